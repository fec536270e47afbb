//! What others published, as it leaves a run: all of it as benchmarks.csv, and
//! on the page what is of everyone or of the study's own organisation. Figures
//! are as published; nothing here is of the study's people.

use super::private::line;
use crate::data::benchmark::{Benchmark, Benchmarks, Given, Unit};
use crate::report::{Published, PublishedLine};
use crate::vocabulary::text::fold;
use std::collections::BTreeMap;

/// Most lines on a page.
const LINES: usize = 24;

/// benchmarks.csv; nothing where no published figure was read.
#[must_use]
pub(super) fn csv(benchmarks: &Benchmarks) -> Option<Vec<u8>> {
    if benchmarks.figures.is_empty() {
        return None;
    }
    let mut out = String::from(
        "measure,definition,label,of,period,from,to,unit,status,value,numerator,denominator,base,\
         publisher,file,sheet,row,column,note\n",
    );
    let days = |figure: &Benchmark| figure.period.days;
    for figure in &benchmarks.figures {
        let day = |pick: fn((_, _)) -> staywise_core::domain::Day| {
            days(figure).map(pick).map(|d| d.iso()).unwrap_or_default()
        };
        let number = |n: Option<f64>| n.map(|n| format!("{n}")).unwrap_or_default();
        let whole = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        line(
            &mut out,
            &[
                &figure.measure,
                figure.definition,
                &figure.label,
                &of(figure),
                &figure.period.label,
                &day(|(from, _)| from),
                &day(|(_, to)| to),
                unit(figure.unit),
                status(figure.given),
                &number(figure.value()),
                &whole(figure.numerator),
                &number(figure.denominator),
                &whole(figure.base),
                figure.publication.publisher,
                &figure.publication.file,
                figure.publication.sheet.as_deref().unwrap_or(""),
                &figure.row.to_string(),
                figure.column.as_deref().unwrap_or(""),
                figure.note,
            ],
        );
    }
    Some(out.into_bytes())
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::Score => "score",
        Unit::Count => "count",
        Unit::Fte => "fte",
    }
}

fn status(given: Given) -> &'static str {
    match given {
        Given::Value(_) => "shown",
        Given::Suppressed => "c",
        Given::NotAvailable => "x",
    }
}

fn of(figure: &Benchmark) -> String {
    let levels = figure.levels.iter();
    let words: Vec<String> = levels
        .map(|l| format!("{}: {}", l.dimension, l.level))
        .collect();
    words.join("; ")
}

/// What a page shows: shares and scores of everyone or of the organisation,
/// the latest of each.
#[must_use]
pub(super) fn told(benchmarks: &Benchmarks, organisation: Option<&str>) -> Published {
    let own = organisation.map(fold);
    let wanted = |figure: &&Benchmark| {
        matches!(figure.unit, Unit::Share | Unit::Score)
            && figure.value().is_some()
            && is_of_all(figure, own.as_deref())
    };
    let mut latest: BTreeMap<(String, String, String), &Benchmark> = BTreeMap::new();
    for figure in benchmarks.figures.iter().filter(wanted) {
        let key = (
            figure.measure.to_string(),
            figure.definition.to_owned(),
            of(figure),
        );
        let kept = latest.entry(key).or_insert(figure);
        if later(figure, kept) {
            *kept = figure;
        }
    }
    Published {
        lines: latest.values().take(LINES).map(|f| words(f)).collect(),
        all: benchmarks.figures.len(),
    }
}

/// What only says more of an organisation that is named.
const OF_AN_ORGANISATION: [&str; 8] = [
    "region",
    "ics",
    "organisation_type",
    "organisation_code",
    "cluster_group",
    "benchmark_group",
    "care_setting",
    "type",
];

/// Whether a figure is of everyone in a nation, or of everyone in the study's
/// own organisation: never of a part of them.
fn is_of_all(figure: &Benchmark, own: Option<&str>) -> bool {
    const NATIONS: [&str; 4] = ["england", "scotland", "wales", "northern ireland"];
    let organisation = figure
        .level("organisation")
        .filter(|name| !name.to_lowercase().starts_with("all "));
    let is_own = match (organisation, own) {
        (Some(name), Some(own)) => fold(name).contains(own),
        (Some(_), None) => return false,
        (None, _) => false,
    };
    if organisation.is_some() && !is_own {
        return false;
    }
    figure.levels.iter().all(|level| {
        level.is_all()
            || NATIONS.contains(&fold(&level.level).as_str())
            || is_own
                && (level.dimension == "organisation"
                    || OF_AN_ORGANISATION.contains(&level.dimension.as_str()))
    })
}

fn later(one: &Benchmark, other: &Benchmark) -> bool {
    match (one.period.days, other.period.days) {
        (Some((_, one)), Some((_, other))) => one > other,
        _ => one.period.label > other.period.label,
    }
}

fn words(figure: &Benchmark) -> PublishedLine {
    let value = figure.value().unwrap_or_default();
    let publication = &figure.publication;
    PublishedLine {
        measure: format!("{} ({})", figure.label, figure.definition.replace('_', " ")),
        of: if figure.levels.is_empty() {
            "everyone in the source".to_owned()
        } else {
            let levels = figure.levels.iter().map(|l| l.level.clone());
            levels.collect::<Vec<_>>().join(", ")
        },
        period: figure.period.label.clone(),
        figure: match figure.unit {
            Unit::Share => format!("{:.1}%", value * 100.0),
            _ => format!("{value:.2} of 10"),
        },
        source: format!("{}, {}", publication.publisher, publication.file),
        note: figure.note.to_owned(),
    }
}
