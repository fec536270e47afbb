//! Holds a run's results.csv against figures counted independently.

use super::{Figure, Figures, Key};
use std::collections::HashMap;

/// What comparing found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// Every figure that is missing or differs, in words.
    pub(crate) mismatches: Vec<String>,
    /// Figures shown and compared.
    pub(crate) compared: usize,
    /// Figures hidden to protect people (status `c`): nothing to compare.
    pub(crate) hidden: usize,
}

/// Compares every expected figure with its row: the statistic `value`, one
/// dimension at most. Estimates and limits are held to what is printed: half
/// of the last decimal, and never more than half a point in a hundred.
pub(crate) fn compare(results_csv: &str, expected: &Figures) -> Comparison {
    let rows = rows(results_csv);
    let mut found = Comparison::default();
    for (key, figure) in expected {
        match rows.get(key) {
            None => found.mismatches.push(format!("{key:?}: no such row")),
            Some(row) if row["status"] == "c" => found.hidden += 1,
            Some(row) => {
                found.compared += 1;
                found.mismatches.extend(differences(key, row, figure));
            }
        }
    }
    found
}

type Row = HashMap<String, String>;

fn rows(results_csv: &str) -> HashMap<Key, Row> {
    let mut reader = csv::Reader::from_reader(results_csv.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let mut rows = HashMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let cells = header.iter().cloned();
        let row: Row = cells.zip(record.iter().map(str::to_owned)).collect();
        if row["statistic"] == "value" && row["dimension_2"].is_empty() {
            let part = |name: &str| row[name].clone();
            let key = (
                part("metric"),
                part("period"),
                part("dimension"),
                part("level"),
            );
            rows.insert(key, row);
        }
    }
    rows
}

fn differences(key: &Key, row: &Row, figure: &Figure) -> Vec<String> {
    let mut out = Vec::new();
    if row["status"] != "shown" {
        out.push(format!("{key:?}: {} {}", row["status"], row["reason"]));
        return out;
    }
    let mut hold = |name: &str, expected: Option<f64>, need: Need| {
        let (Some(expected), printed) = (expected, row[name].as_str()) else {
            return;
        };
        match (printed.parse::<f64>(), need) {
            (Ok(value), Need::Exact) if (value - expected).abs() <= 1e-9 => {}
            (Ok(value), Need::AsPrinted) if (value - expected).abs() <= slack(printed) => {}
            // A base may be withheld with its rate shown.
            (Err(_), Need::Exact) if printed.is_empty() => {}
            _ => out.push(format!("{key:?}: {name} is {printed:?}, not {expected}")),
        }
    };
    hold("n", figure.n.map(|n| n as f64), Need::Exact);
    hold("numerator", figure.numerator, Need::Exact);
    hold("denominator", figure.denominator, Need::Exact);
    hold("estimate", Some(figure.estimate), Need::AsPrinted);
    hold("lower", figure.lower, Need::AsPrinted);
    hold("upper", figure.upper, Need::AsPrinted);
    out
}

/// How near a printed number must be.
#[derive(Clone, Copy)]
enum Need {
    /// The very number, or none.
    Exact,
    /// The number as far as it is printed.
    AsPrinted,
}

/// Half of the last printed decimal, at most half a hundredth.
fn slack(printed: &str) -> f64 {
    let decimals = printed.split_once('.').map_or(0, |(_, part)| part.len());
    let decimals = i32::try_from(decimals).unwrap();
    (0.5 * 10_f64.powi(-decimals)).min(0.005) + 1e-9
}

#[cfg(test)]
mod tests {
    use super::{Figure, Figures, compare};

    const HEADER: &str = "metric,definition,kind,period,dimension,level,dimension_2,level_2,\
                          status,reason,n,numerator,denominator,estimate,lower,upper,statistic\n";

    fn expected() -> Figures {
        let figure = Figure {
            n: Some(31),
            numerator: Some(23.0),
            denominator: Some(31.0),
            estimate: 23.0 / 31.0,
            lower: Some(0.5675),
            upper: Some(0.8630),
        };
        let key = ["intention_to_stay", "2026-Q2", "site", "North"].map(str::to_owned);
        let [metric, period, dimension, level] = key;
        Figures::from([((metric, period, dimension, level), figure)])
    }

    fn with(numbers: &str) -> super::Comparison {
        let start = "intention_to_stay,i,proportion,2026-Q2,site,North,,,";
        compare(&format!("{HEADER}{start}{numbers},value\n"), &expected())
    }

    #[test]
    fn a_figure_is_held_to_what_is_printed() {
        let right = with("shown,,31,23,31,0.742,0.57,0.86");
        assert_eq!((right.compared, right.mismatches.len()), (1, 0));
        assert_eq!(with("shown,,,,,0.74,0.57,0.86").mismatches.len(), 0);
        assert_eq!(with("shown,,31,23,31,0.741,0.57,0.86").mismatches.len(), 1);
        assert_eq!(with("shown,,32,23,31,0.742,,0.86").mismatches.len(), 2);
    }

    #[test]
    fn hidden_figures_are_counted_and_absent_ones_are_told() {
        let hidden = with("c,hidden to protect people,,,,,,");
        assert_eq!((hidden.hidden, hidden.mismatches.len()), (1, 0));
        assert_eq!(with("z,not yet due,,,,,,").mismatches.len(), 1);
        assert_eq!(compare(HEADER, &expected()).mismatches.len(), 1);
    }
}
