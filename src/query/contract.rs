//! What a metric's rows must look like, by kind: checked on the schema before
//! anything is computed. Never looks at a value.

use super::header::MetricQuery;
use super::sql::Select;
use super::wrong::mistake;
use crate::frames::Frame;
use polars::prelude::{DataType, Schema};
use staywise_core::domain::{Finding, Grain, Kind};

/// What a column must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Flag,
    Whole,
    Number,
    Day,
    LevelOrText,
}

impl Holds {
    fn takes(self, held: &DataType) -> bool {
        match self {
            Self::Flag => *held == DataType::Boolean,
            Self::Whole => held.is_integer(),
            Self::Number => held.is_integer() || held.is_float(),
            Self::Day => held.is_integer() || *held == DataType::Date,
            Self::LevelOrText => held.is_integer() || *held == DataType::String,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Flag => "true or false",
            Self::Whole => "a whole number",
            Self::Number => "a number",
            Self::Day => "a date or a whole day",
            Self::LevelOrText => "a level's number from 1, or text",
        }
    }
}

/// The measure columns of a kind.
fn measures(kind: Kind) -> &'static [(&'static str, Holds)] {
    match kind {
        Kind::Proportion => &[("hit", Holds::Flag)],
        Kind::Mean => &[("score", Holds::Number)],
        Kind::Distribution => &[("level", Holds::LevelOrText)],
        Kind::Event | Kind::Ratio => &[],
        Kind::Stock => &[("from_day", Holds::Day), ("to_day", Holds::Day)],
        Kind::Exposure => &[("events", Holds::Whole), ("person_days", Holds::Whole)],
        Kind::Survival => &[
            ("entry_day", Holds::Whole),
            ("exit_day", Holds::Whole),
            ("event", Holds::Flag),
        ],
        Kind::Sum => &[("amount", Holds::Whole)],
        Kind::Paired => &[("before", Holds::Number), ("after", Holds::Number)],
    }
}

/// What a kind may return beside or instead of its own measures.
fn over_time(kind: Kind, schema: &Schema) -> Option<&'static [(&'static str, Holds)]> {
    let stays = schema.contains("from_day") && schema.contains("to_day");
    match kind {
        Kind::Proportion if stays => Some(&[
            ("from_day", Holds::Day),
            ("to_day", Holds::Day),
            ("there", Holds::Flag),
        ]),
        Kind::Exposure if stays => Some(&[
            ("from_day", Holds::Day),
            ("to_day", Holds::Day),
            ("event", Holds::Flag),
        ]),
        Kind::Stock if schema.contains("amount") => Some(&[
            ("from_day", Holds::Day),
            ("to_day", Holds::Day),
            ("amount", Holds::Whole),
        ]),
        _ => None,
    }
}

/// Whether a query's rows are stretches of time that each period cuts for
/// itself.
pub(super) fn of_stretches(kind: Kind, schema: &Schema) -> bool {
    kind != Kind::Stock && over_time(kind, schema).is_some()
}

/// Every column that a query of this kind and grain must return.
fn columns(kind: Kind, grain: Grain, schema: &Schema) -> Vec<(&'static str, Holds)> {
    let mut all = vec![(grain.word(), Holds::Whole)];
    if let Some(measures) = over_time(kind, schema) {
        all.extend(measures);
        return all;
    }
    if kind != Kind::Stock {
        all.push(("at", Holds::Day));
    }
    all.extend(measures(kind));
    all
}

/// Whether the tables of this query are made item by item.
pub(super) fn item_by_item(schema: &Schema) -> bool {
    schema.contains("item")
}

/// What is wrong with a query's grain, whatever the data. A query of published
/// flows reads them and nothing of people: what comes of it is not protected,
/// as somebody else has published it.
pub(super) fn check_grain(query: &MetricQuery, select: &Select) -> Vec<Finding> {
    let of_flows = query.metric.grain == Grain::Flow;
    let alone = |frame: &Frame| matches!(frame, Frame::Flows | Frame::Params);
    let flows = match (of_flows, select.reads(Frame::Flows)) {
        (true, true) if !select.frames.iter().all(alone) => Some((
            "a query of published flows reads something else beside them",
            "Read `flows` and `params` only: figures of published flows are not protected.",
        )),
        (true, true) if query.metric.kind != Kind::Sum => Some((
            "published flows are counts already, and can only be summed",
            "Write `kind: sum` and return the count as `amount`.",
        )),
        (true, false) => Some((
            "the grain is flow, but the query does not read `flows`",
            "Read `flows`, or name the grain that a row of the query is.",
        )),
        (false, true) => Some((
            "a row of `flows` is a published flow and nothing of the study's people",
            "Write `grain: flow`, or read another frame.",
        )),
        _ => None,
    };
    if let Some((what, remedy)) = flows {
        let words = (what.to_owned(), remedy.to_owned());
        return vec![mistake(&query.path, None, words)];
    }
    let of_answers = query.metric.grain == Grain::Answer;
    let words = match (of_answers, select.reads(Frame::Answers)) {
        (true, false) => (
            "the grain is answer, but the query does not read `answers`",
            "Read `answers`, or name the grain that a row of the query is.",
        ),
        (false, true) => (
            "`answers` comes an item at a time, so the grain must be answer",
            "Write `grain: answer`, or read the item's columns from `responses`.",
        ),
        _ => return Vec::new(),
    };
    vec![mistake(
        &query.path,
        None,
        (words.0.to_owned(), words.1.to_owned()),
    )]
}

/// What is wrong with the columns that a query would return.
pub(super) fn check(query: &MetricQuery, schema: &Schema) -> Vec<Finding> {
    let (kind, name) = (query.metric.kind, &query.metric.name);
    let wanted = columns(kind, query.metric.grain, schema);
    let mut words: Vec<(String, String)> = Vec::new();
    for (column, holds) in &wanted {
        match schema.get(column) {
            None => {
                let all: Vec<String> = wanted.iter().map(|(c, _)| format!("`{c}`")).collect();
                words.push((
                    format!("`{name}` returns no column `{column}`"),
                    format!(
                        "A {} of grain {} returns {}.",
                        kind.word(),
                        query.metric.grain.word(),
                        all.join(", ")
                    ),
                ));
            }
            Some(held) if !holds.takes(held) => words.push((
                format!("the column `{column}` of `{name}` holds {held}"),
                format!("Return {} there.", holds.words()),
            )),
            Some(_) => {}
        }
    }
    let answers = query.metric.grain == Grain::Answer;
    if item_by_item(schema) && !answers {
        words.push((
            format!("`{name}` returns a column `item`, but its rows are no answers"),
            "Leave it out; name the item in the header, `item: belonging`.".to_owned(),
        ));
    }
    words
        .into_iter()
        .map(|words| mistake(&query.path, None, words))
        .collect()
}
