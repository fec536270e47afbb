//! A ratio's header: which metrics stand above and below the line, and at
//! which end of the period. Never counts anything.

use super::catalogue::Catalogue;
use super::header::{Body, MetricQuery};
use super::wrong::{mistake, nearest};
use staywise_core::domain::{Finding, Grain, Kind, Period};

/// Which count of a metric is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// What happened in the period.
    During,
    /// Who was there at the close of the day before it.
    Start,
    /// Who was there at its close.
    End,
    /// Who was there at its start and at the close of each of its months.
    MonthEnds,
}

/// One count of one metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The metric's name.
    pub metric: String,
    /// Which of its counts.
    pub edge: Edge,
}

/// What stands above and below the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composition {
    /// Above.
    pub numerator: Part,
    /// Below: the mean of these counts.
    pub denominator: Vec<Part>,
}

impl Part {
    /// The counts that it stands for, each with its period: itself, or one at
    /// the start and one at the close of each month.
    pub(super) fn counts(&self, period: &Period) -> Vec<(Self, Period)> {
        if self.edge != Edge::MonthEnds {
            return vec![(self.clone(), period.clone())];
        }
        let months = period.months();
        let at = |edge: Edge, month: &Period| {
            let part = Self {
                metric: self.metric.clone(),
                edge,
            };
            (part, month.clone())
        };
        let opening = months.first().map(|month| at(Edge::Start, month));
        let closes = months.iter().map(|month| at(Edge::End, month));
        opening.into_iter().chain(closes).collect()
    }
}

impl Composition {
    /// Reads `leavers` and `mean(headcount@start, headcount@end)`.
    ///
    /// # Errors
    /// Whether it was the numerator, and why.
    pub(super) fn read(numerator: &str, denominator: &str) -> Result<Self, (bool, String)> {
        let below = denominator.trim();
        let inside = below
            .strip_prefix("mean(")
            .and_then(|rest| rest.strip_suffix(')'));
        let parts = inside.map_or_else(|| vec![below], |list| list.split(',').collect());
        Ok(Self {
            numerator: part(numerator).map_err(|why| (true, why))?,
            denominator: parts
                .into_iter()
                .map(part)
                .collect::<Result<_, _>>()
                .map_err(|why| (false, why))?,
        })
    }

    /// Every part, the numerator first.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        std::iter::once(&self.numerator).chain(&self.denominator)
    }
}

fn part(text: &str) -> Result<Part, String> {
    let text = text.trim();
    let (metric, edge) = match text.split_once('@') {
        None => (text, Edge::During),
        Some((metric, "start")) => (metric, Edge::Start),
        Some((metric, "end")) => (metric, Edge::End),
        Some((metric, "month_ends")) => (metric, Edge::MonthEnds),
        Some(_) => {
            return Err(format!(
                "`{text}` names neither the start, the end nor the month_ends"
            ));
        }
    };
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if metric.is_empty() || !metric.chars().all(slug) {
        return Err(format!("`{text}` is no count of a metric"));
    }
    Ok(Part {
        metric: metric.to_owned(),
        edge,
    })
}

/// What is wrong with a ratio among the metrics it is made of.
pub(super) fn check(query: &MetricQuery, catalogue: &Catalogue) -> Vec<Finding> {
    let Body::Ratio(composition) = &query.body else {
        return Vec::new();
    };
    let found = composition
        .parts()
        .filter_map(|part| unfit(part, catalogue).or_else(|| mixed(query, part, catalogue)));
    found
        .map(|words| mistake(&query.path, None, words))
        .collect()
}

/// A ratio is of published flows or of the study's own people, never of both:
/// the one is not protected, and the other would be read from it.
fn mixed(query: &MetricQuery, part: &Part, catalogue: &Catalogue) -> Option<(String, String)> {
    let name = &part.metric;
    let published = |grain: Grain| grain == Grain::Flow;
    let whole = published(query.metric.grain);
    let of_part = published(catalogue.get(name)?.metric.grain);
    match (whole, of_part) {
        (true, false) => Some((
            format!("a ratio of published flows names `{name}`, which is none"),
            "Name metrics of published flows only.".to_owned(),
        )),
        (false, true) => Some((
            format!("the ratio names `{name}`, which is of published flows"),
            "Write `grain: flow`, and name no metric of the study's own people.".to_owned(),
        )),
        _ => None,
    }
}

fn unfit(part: &Part, catalogue: &Catalogue) -> Option<(String, String)> {
    let name = &part.metric;
    let Some(found) = catalogue.get(name) else {
        let meant = nearest(name, catalogue.names());
        return Some((
            format!("the ratio names `{name}`, which is no metric"),
            meant.map_or_else(String::new, |n| format!("Did you mean `{n}`?")),
        ));
    };
    if found.metric.window_months.is_some() {
        return Some((
            format!("the ratio's part `{name}` has a window of its own"),
            "Give the window to the ratio.".to_owned(),
        ));
    }
    match (found.metric.kind, part.edge) {
        (Kind::Event | Kind::Sum, Edge::During)
        | (Kind::Stock, Edge::Start | Edge::End | Edge::MonthEnds) => None,
        (Kind::Stock, Edge::During) => Some((
            format!("`{name}` is counted at a date"),
            format!("Write `{name}@start` or `{name}@end`."),
        )),
        (Kind::Event | Kind::Sum, _) => Some((
            format!("`{name}` is counted over the period"),
            format!("Write `{name}`."),
        )),
        (kind, _) => Some((
            format!("`{name}` is a {}, of which no ratio is made", kind.word()),
            "Name metrics of kind event, sum or stock.".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{Composition, Edge};

    #[test]
    fn reads_plain_counts_and_means() {
        let read = |a, b| {
            Composition::read(a, b).map(|c| {
                let all = c.parts().map(|p| (p.metric.clone(), p.edge));
                all.collect::<Vec<_>>()
            })
        };
        let head = |edge| ("headcount".to_owned(), edge);
        assert_eq!(
            read("leavers", "mean(headcount@start, headcount@end)"),
            Ok(vec![
                ("leavers".to_owned(), Edge::During),
                head(Edge::Start),
                head(Edge::End)
            ])
        );
        assert_eq!(
            read("headcount@end", "headcount@start"),
            Ok(vec![head(Edge::End), head(Edge::Start)])
        );
        assert!(read("leavers", "headcount@middle").is_err_and(|(above, _)| !above));
        assert!(read("2 * leavers", "headcount@end").is_err_and(|(above, _)| above));
        assert!(read("leavers", "mean()").is_err());
        assert!(read("leavers", "mean(headcount@end").is_err());
    }
}
