//! Monthly workforce tables: a headcount or full-time equivalents a row, as
//! published. `All staff groups` and its parts are rows beside one another:
//! nothing is added up. Sickness absence and staff by nationality too.

use super::cells::{Figures, WORKFORCE, count, share};
use super::levels::{Of, column};
use super::turnover::{Place, unreadable};
use super::{Made, Said, periods, publication};
use crate::data::benchmark::{Benchmark, Given, Level, Period, Unit};
use crate::data::{Table, TableColumn};
use crate::vocabulary::text;
use staywise_core::domain::Severity;
use std::sync::Arc;

const NOTE: &str = "Staff of NHS trusts and core organisations at the close of a day. Rows of all \
staff groups hold their parts: never add them.";
const SICKNESS: &str = "Full-time equivalent days lost over days available in the month; a rate of \
several organisations is the ratio of their sums, not the mean of their rates.";
const PERIODS: [&str; 4] = ["data_month", "date", "month", "period"];
const RATE: &str = "sickness_absence_rate_percent";

/// Makes counts or rates.
pub(super) fn build(table: &Table, made: &mut Made) {
    let lost = column(table, &["fte_days_lost"]);
    let available = column(table, &["fte_days_available"]);
    if let (Some(lost), Some(available)) = (lost, available) {
        sickness(table, (lost, available), made);
    } else if table.columns.iter().any(|c| c.question.is_some()) {
        by_nationality(table, made);
    } else {
        counts(table, made);
    }
}

fn place(table: &Table, row: usize, of: &Of<'_>, period: Arc<Period>) -> Place {
    Place {
        levels: of.levels(row),
        period,
        publication: publication(table),
        row: table.row_numbers.get(row).copied().unwrap_or(0),
        note: NOTE,
    }
}

fn counts(table: &Table, made: &mut Made) {
    const COLUMNS: [(&str, &str, Unit); 6] = [
        ("hc", "headcount", Unit::Count),
        ("headcount", "headcount", Unit::Count),
        ("total_hc", "headcount", Unit::Count),
        ("fte", "fte", Unit::Fte),
        ("wte", "fte", Unit::Fte),
        ("total_fte", "fte", Unit::Fte),
    ];
    let columns: Vec<(&str, Unit, Figures<'_>)> = COLUMNS
        .iter()
        .filter_map(|(name, measure, unit)| {
            let column = column(table, &[name])?;
            Some((*measure, *unit, Figures::of(column, &WORKFORCE)))
        })
        .collect();
    for (.., figures) in &columns {
        unreadable(table, figures, made);
    }
    let not: Vec<&str> = COLUMNS
        .iter()
        .map(|(name, ..)| *name)
        .chain(PERIODS)
        .collect();
    let of = Of::all_but(table, &not);
    let month = column(table, &PERIODS);
    for row in 0..table.rows() {
        let period = when(month, row, periods::Dates::Themselves);
        let place = place(table, row, &of, period);
        for (measure, unit, figures) in &columns {
            let given = figures.given(row);
            made.all.figures.push(Benchmark {
                label: figures.column().header.as_str().into(),
                unit: *unit,
                base: count(given).filter(|_| *unit == Unit::Count),
                column: Some(figures.column().place().into()),
                ..place.figure((measure, "in_post"), given)
            });
        }
    }
}

fn when(column: Option<&TableColumn>, row: usize, of: periods::Dates) -> Arc<Period> {
    match column {
        Some(column) => periods::of_cell(column.cells.cell(row), of),
        None => periods::labelled(""),
    }
}

/// The columns of a table of sickness absence.
struct Sickness<'a> {
    lost: Figures<'a>,
    available: Figures<'a>,
    /// The rate as published, in per cent.
    rate: Option<Figures<'a>>,
}

impl Sickness<'_> {
    /// The rate of a row: as published where it is, else of its days.
    fn given(&self, row: usize) -> Given {
        match self.published(row) {
            Some(Given::Value(per_cent)) => Given::Value(per_cent / 100.0),
            Some(other) => other,
            None => self.made(row),
        }
    }

    fn made(&self, row: usize) -> Given {
        share(self.lost.given(row), self.available.given(row))
    }

    fn published(&self, row: usize) -> Option<Given> {
        let given = self.rate.as_ref()?.given(row);
        (given != Given::NotAvailable).then_some(given)
    }

    /// Whether a published rate is another than its days make. Rates are
    /// published to two decimals of a per cent.
    fn is_apart(&self, row: usize) -> bool {
        let made = self.made(row).value();
        let stated = self.published(row).and_then(Given::value);
        stated
            .zip(made)
            .is_some_and(|(stated, made)| (stated / 100.0 - made).abs() > 0.000_051)
    }
}

fn sickness(table: &Table, (lost, available): (&TableColumn, &TableColumn), made: &mut Made) {
    let columns = Sickness {
        lost: Figures::of(lost, &WORKFORCE),
        available: Figures::of(available, &WORKFORCE),
        rate: column(table, &[RATE]).map(|column| Figures::of(column, &WORKFORCE)),
    };
    for figures in [&columns.lost, &columns.available]
        .into_iter()
        .chain(&columns.rate)
    {
        unreadable(table, figures, made);
    }
    let days = ["fte_days_lost", "fte_days_available", RATE];
    let not: Vec<&str> = PERIODS.into_iter().chain(days).collect();
    let of = Of::all_but(table, &not);
    let month = column(table, &PERIODS);
    for row in 0..table.rows() {
        let period = when(month, row, periods::Dates::TheirMonths);
        let place = Place {
            note: SICKNESS,
            ..place(table, row, &of, period)
        };
        let used = columns
            .rate
            .as_ref()
            .filter(|_| columns.published(row).is_some());
        let given = columns.given(row);
        made.all.figures.push(Benchmark {
            label: "Sickness absence rate".into(),
            denominator: columns.available.given(row).value(),
            column: used.map(|figures| figures.column().place().into()),
            ..place.figure(("sickness_absence_rate", "fte_days"), given)
        });
    }
    let apart: Vec<usize> = (0..table.rows())
        .filter(|row| columns.is_apart(*row))
        .collect();
    made.found(
        table,
        &Said {
            rule: "rate-not-its-parts",
            severity: Severity::Warning,
            row: apart.first().copied(),
            count: apart.len(),
            message: "Published rates are not days lost over days available; they were used as \
                      published.",
            remedy: "Look whether columns have slipped.",
        },
    );
}

/// Staff groups under nationalities; what the rows are of stands in the
/// columns without a name.
fn by_nationality(table: &Table, made: &mut Made) {
    let unnamed: Vec<&TableColumn> = table
        .columns
        .iter()
        .filter(|c| c.header.is_empty())
        .collect();
    let columns: Vec<(Figures<'_>, &str)> = table
        .columns
        .iter()
        .filter_map(|c| Some((Figures::of(c, &WORKFORCE), c.question.as_deref()?)))
        .collect();
    for (figures, _) in &columns {
        unreadable(table, figures, made);
    }
    let (publication, period) = (publication(table), periods::labelled(""));
    for row in 0..table.rows() {
        let words = unnamed
            .iter()
            .map(|c| text::tidy(&c.cells.cell(row).text()));
        let words: Vec<String> = words.filter(|w| !w.is_empty()).collect();
        let name = words.iter().max_by_key(|w| w.chars().count());
        let code = words.iter().find(|w| Some(*w) != name);
        for (figures, nationality) in &columns {
            let mut levels: Vec<Level> = Vec::new();
            levels.extend(name.map(|name| Level::new("organisation", name)));
            levels.extend(code.map(|code| Level::new("organisation_code", code)));
            levels.push(Level::new("nationality_group", nationality));
            levels.push(Level::new("staff_group", &figures.column().header));
            let place = Place {
                levels: levels.into(),
                period: period.clone(),
                publication: publication.clone(),
                row: table.row_numbers.get(row).copied().unwrap_or(0),
                note: NOTE,
            };
            let given = figures.given(row);
            made.all.figures.push(Benchmark {
                label: figures.column().header.as_str().into(),
                unit: Unit::Count,
                base: count(given),
                column: Some(figures.column().place().into()),
                ..place.figure(("headcount", "in_post"), given)
            });
        }
    }
}
