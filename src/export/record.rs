//! The one result shape as columns: the names and order of results.csv, and
//! what each holds for a row. No number leaves a row that is not shown.

use super::number::number12;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Level, Status};

/// The columns of results.csv, in order.
pub const COLUMNS: [&str; 29] = [
    "metric",
    "definition",
    "kind",
    "period",
    "dimension",
    "level",
    "dimension_2",
    "level_2",
    "status",
    "reason",
    "n",
    "numerator",
    "denominator",
    "estimate",
    "lower",
    "upper",
    "interval_level",
    "method",
    "unit",
    "good",
    "claim",
    "statistic",
    "item",
    "answer",
    "horizon_months",
    "comparator_level",
    "weighted",
    "persons",
    "adjusted_for",
];

/// One cell of a result file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A number as `number12` writes it.
    Number(String),
    /// Yes or no.
    Flag(bool),
}

fn text(words: &str) -> Field {
    match words {
        "" => Field::Empty,
        words => Field::Text(words.to_owned()),
    }
}

fn number(value: Option<f64>) -> Field {
    let digits = value.map(number12).filter(|digits| !digits.is_empty());
    digits.map_or(Field::Empty, Field::Number)
}

fn integer(value: Option<u64>) -> Field {
    value.map_or(Field::Empty, |n| Field::Number(n.to_string()))
}

/// A row's fields, in the order of `COLUMNS`.
#[must_use]
pub fn record(row: &Released) -> [Field; 29] {
    let key = row.key();
    let shown = row.status() == Status::Shown;
    let only_shown = |field: Field| if shown { field } else { Field::Empty };
    let part = |index: usize| key.group.parts().get(index);
    let dimension = |index| text(part(index).map_or("", |(dimension, _)| dimension.as_str()));
    let level = |index| text(part(index).map_or("", |(_, level)| level.as_str()));
    let named = |level: Option<&Level>| text(level.map_or("", Level::as_str));
    [
        text(&key.metric),
        text(&key.definition),
        text(row.kind().word()),
        text(&key.period.label),
        dimension(0),
        level(0),
        dimension(1),
        level(1),
        text(row.status().code()),
        text(row.reason()),
        only_shown(integer(row.n())),
        only_shown(number(row.numerator())),
        only_shown(number(row.denominator())),
        only_shown(number(row.estimate())),
        only_shown(number(row.lower())),
        only_shown(number(row.upper())),
        only_shown(number(row.interval_level())),
        only_shown(text(row.method().unwrap_or(""))),
        text(row.unit().word()),
        text(row.good().word()),
        text(&row.claim()),
        text(key.statistic.word()),
        text(key.item.as_deref().unwrap_or("")),
        named(key.answer.as_ref()),
        integer(key.horizon_months.map(u64::from)),
        named(key.comparator.as_ref()),
        Field::Flag(row.weighted()),
        only_shown(integer(row.persons())),
        text(row.adjusted_for()),
    ]
}
