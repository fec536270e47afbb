//! What changed between two runs of a study, and why: corrected data, another
//! definition, who is there, what they do. Counts the earlier period again on
//! today's data, under the definitions of either run; every count stays within
//! the run, and what is hidden in any of them is not taken apart.

mod kept;
mod parts;
mod sides;
mod under;
mod words;

pub use kept::{Exact, FIGURES, Kept, QUERIES, STUDY, exact};
pub use parts::{Apart, Part, Why};
pub use words::{csv, json, told};

pub(super) use kept::files;

use super::earlier::{Earlier, label_of};
use super::since::{Unlike, alike};
use super::{Counted, Gathered, Periods, Run, count, digest};
use crate::query::Catalogue;
use crate::report::evidence::{Cause, Changed};
use sides::Sides;
use staywise_core::disclosure::{Protected, Released};
use staywise_core::domain::{Dimension, Group, Kind, Period, Statistic};
use std::fmt;
use under::Then;

/// An earlier run, with what it kept of how it was made; nothing where it was
/// made by a version that kept nothing.
#[derive(Clone, Debug)]
pub struct Before {
    /// The run.
    pub run: Earlier,
    /// What it kept.
    pub kept: Option<Kept>,
}

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'a> {
    /// How people are divided. Where not said, groups are of the first of
    /// site, staff group and organisation that the metric has, and the mix is
    /// by the first of them by which it can be told.
    pub by: Option<&'a Dimension>,
    /// The metrics; all shares where none is named.
    pub metrics: &'a [String],
}

/// A figure that is not taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The metric's name.
    pub metric: String,
    /// The metric's name as printed, with the item.
    pub label: String,
    /// Whom it is about.
    pub group: Group,
    /// Why, in words that follow "not taken apart: ".
    pub why: String,
}

/// Two runs laid side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// The figures taken apart: each metric's about everyone, then by group.
    pub figures: Vec<Apart>,
    /// The others.
    pub left: Vec<Left>,
    /// What to know of all of them, a sentence each.
    pub notes: Vec<String>,
}

/// Why two runs cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// They are of different studies, lengths or in the wrong order, or a row
    /// was changed; which of the two runs it is.
    Unlike(Which, Unlike),
    /// The later run was made from other data than are there today.
    OtherData,
    /// A metric that is no share of the runs, and those that are.
    NoShare(String, Vec<String>),
    /// The dimension is none that people are divided by, and those that are.
    NoDimension(String, Vec<String>),
}

/// One of two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The earlier.
    Earlier,
    /// The later.
    Later,
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlike(_, unlike) => unlike.fmt(f),
            Self::OtherData => {
                f.write_str("The study's data have changed since the later run was made.")
            }
            Self::NoShare(name, _) => {
                write!(f, "`{name}` is no share that the earlier run has a row of.")
            }
            Self::NoDimension(name, _) => {
                write!(
                    f,
                    "People are not divided by `{name}` in a way that can be compared."
                )
            }
        }
    }
}

impl std::error::Error for Incomparable {}

/// Lays a later run beside an earlier one. `run` has the study and the metrics
/// by which the later one was made, `gathered` today's data under them.
///
/// # Errors
/// `Incomparable` where the two are no two runs of one study on its data of
/// today.
pub fn compare(
    run: &Run<'_>,
    gathered: &Gathered,
    (before, after): (&Before, &Earlier),
    question: Question<'_>,
) -> Result<Compared, Incomparable> {
    let of = |which: Which| move |unlike: Unlike| Incomparable::Unlike(which, unlike);
    alike(run, after, &after.period).map_err(of(Which::Later))?;
    alike(run, &before.run, &after.period).map_err(of(Which::Earlier))?;
    if !on_these_data(gathered, after) {
        return Err(Incomparable::OtherData);
    }
    let first = shares(run.catalogue, &before.run).map_err(of(Which::Earlier))?;
    let last = shares(run.catalogue, after).map_err(of(Which::Later))?;
    known_metrics(question.metrics, &first)?;
    let periods = periods(&gathered.linked, (&before.run.period, &after.period));
    let today = count(run, gathered, &periods);
    let dimensions = groups_of(&today.dimensions);
    if let Some(by) = question.by.filter(|by| !dimensions.contains(by)) {
        let known = dimensions.iter().map(|d| d.as_str().to_owned()).collect();
        return Err(Incomparable::NoDimension(by.as_str().to_owned(), known));
    }
    let then = under::then((run, gathered), before);
    let sides = Sides {
        run,
        linked: &gathered.linked,
        today: &today.protected,
        then: &then,
        before,
        periods: (&before.run.period, &after.period),
        rows: (&first, &last),
        by: question.by,
        dimensions: &dimensions,
    };
    let mut compared = Compared {
        notes: notes(before, after, &then),
        ..Compared::default()
    };
    let asked = |row: &&Released| match question.metrics {
        [] => !is_one_of_many(run.catalogue, row),
        names => names.contains(&row.key().metric),
    };
    let everyone = |row: &&Released| row.key().group.is_everyone();
    for row in first.iter().filter(everyone).filter(asked) {
        sides.add(row, &mut compared);
        let by = sides.dimension(row);
        for group in first
            .iter()
            .filter(|other| is_group_of(other, row, by.as_ref()))
        {
            sides.add(group, &mut compared);
        }
    }
    Ok(compared)
}

/// Whether a row is of a group of the dimension, of the same share as a row
/// about everyone.
fn is_group_of(other: &Released, row: &Released, by: Option<&Dimension>) -> bool {
    let (other, row) = (other.key(), row.key());
    let same = other.metric == row.metric && other.item == row.item;
    match other.group.parts() {
        [(dimension, _)] => same && Some(dimension) == by,
        _ => false,
    }
}

/// Whether each metric that is asked for is a share of the earlier run.
fn known_metrics(asked: &[String], first: &[Released]) -> Result<(), Incomparable> {
    let unknown = |name: &&String| first.iter().all(|row| row.key().metric != **name);
    let Some(name) = asked.iter().find(unknown) else {
        return Ok(());
    };
    let mut known: Vec<String> = Vec::new();
    for row in first {
        if !known.contains(&row.key().metric) {
            known.push(row.key().metric.clone());
        }
    }
    Err(Incomparable::NoShare(name.clone(), known))
}

/// The changes that a page on this run may tell, of an earlier run's figures
/// about everyone. Only what follows from counts that leave exactly: figures
/// of tables with nothing hidden, in tenths of a point.
pub(super) fn for_page(
    run: &Run<'_>,
    gathered: &Gathered,
    (protected, periods): (&Protected, &Periods),
    rows: &[Released],
) -> Vec<Changed> {
    let Some(before) = run.before else {
        return Vec::new();
    };
    let Ok(first) = shares(run.catalogue, &before.run) else {
        return Vec::new();
    };
    let then = under::then((run, gathered), before);
    let reported = &periods.reported;
    let last: Vec<Released> = rows
        .iter()
        .filter(|row| is_share(row) && row.key().period.label == reported.label)
        .cloned()
        .collect();
    let sides = Sides {
        run,
        linked: &gathered.linked,
        today: protected,
        then: &then,
        before,
        periods: (&before.run.period, reported),
        rows: (&first, &last),
        by: None,
        dimensions: &[],
    };
    let about_all =
        |row: &&Released| row.key().group.is_everyone() && !is_one_of_many(run.catalogue, row);
    let apart = first.iter().filter(about_all);
    let apart = apart.filter_map(|row| Some((row, sides.apart(row).ok()?)));
    apart
        .filter(|(_, apart)| apart.may_leave)
        .map(|(row, apart)| page(row, &apart, (&before.run.period, reported)))
        .collect()
}

/// In tenths of a point, so that nothing finer leaves; they still add up.
fn page(row: &Released, apart: &Apart, (earlier, later): (&Period, &Period)) -> Changed {
    let tenths = |share: f64| (share * 1000.0).round() / 1000.0;
    let (start, end) = (tenths(apart.figures.0), tenths(apart.figures.1));
    let mut parts = Vec::new();
    for part in &apart.parts {
        let cause = match part.why {
            Why::Data => Cause::Data,
            Why::Definition | Why::DataOrDefinition => Cause::Definition,
            Why::Mix => Cause::Mix,
            Why::Rate => Cause::Rate,
            Why::Groups | Why::Rest => Cause::Remainder,
        };
        let change = part.tenths as f64 / 1000.0;
        let interval = part.interval.map(|mut interval| {
            interval.lower = tenths(interval.lower);
            interval.upper = tenths(interval.upper);
            interval
        });
        parts.push((cause, change, interval));
    }
    Changed {
        metric: row.key().metric.clone(),
        label: row.label().to_owned(),
        periods: (earlier.clone(), later.clone()),
        figures: (start, end),
        by: apart.by.clone(),
        parts,
        sentence: apart.sentence(),
    }
}

/// Whether a run was made from the files that are there today.
fn on_these_data(gathered: &Gathered, run: &Earlier) -> bool {
    let mut today: Vec<(&str, &str)> = gathered
        .files
        .iter()
        .filter(|f| f.part == 0)
        .map(|f| (f.report.file.as_str(), f.digest.as_str()))
        .collect();
    today.sort_unstable();
    let mut then: Vec<(&str, &str)> = run
        .inputs
        .iter()
        .map(|(path, digest)| (path.as_str(), digest.as_str()))
        .collect();
    then.sort_unstable();
    today == then && gathered.linked.as_at == run.as_at
}

/// Whether a study's text is that of a run.
#[must_use]
pub fn made_by(run: &Earlier, key: &[u8], text: &str) -> bool {
    run.study_digest == digest(key, text.as_bytes())
}

/// The periods of the later run with the earlier one's among them.
fn periods(linked: &crate::data::Linked, (earlier, later): (&Period, &Period)) -> Periods {
    let all = Period::all(linked.as_at);
    let mut periods = Periods::choose(Some(&later.label), linked).unwrap_or(Periods {
        reported: later.clone(),
        trend: vec![later.clone()],
        all,
    });
    if !periods.trend.contains(earlier) {
        periods.trend.insert(0, earlier.clone());
    }
    periods
}

fn is_share(row: &Released) -> bool {
    row.kind() == Kind::Proportion && row.key().statistic == Statistic::Value
}

/// The rows of a run on its own period that are shares, as they were released.
fn shares(catalogue: &Catalogue, run: &Earlier) -> Result<Vec<Released>, Unlike> {
    let mut rows = Vec::new();
    for line in run.lines() {
        let is = |column: &str, word: &str| line.get(column) == word;
        let plain = is("statistic", "value") && is("kind", "proportion") && is("dimension_2", "");
        if !plain || !is("period", &run.period.label) || !is("adjusted_for", "") {
            continue;
        }
        let slug = line.get("metric");
        let label = catalogue
            .get(slug)
            .map_or_else(|| label_of(slug), |query| query.metric.label.clone());
        let row = run
            .released(&line, &label)
            .map_err(|wrong| Unlike::Row(line.row(), wrong.to_string()))?;
        rows.push(row);
    }
    Ok(rows)
}

/// Whether a row is one question's of a metric that has a row for every
/// question: those are taken apart where the metric is asked for by name.
fn is_one_of_many(catalogue: &Catalogue, row: &Released) -> bool {
    let declared = |name: &str| {
        catalogue
            .get(name)
            .is_some_and(|query| query.item.is_some())
    };
    row.key().item.is_some() && !declared(&row.key().metric)
}

/// The dimensions of groups of people. A wave is a time, which is another one
/// in every period.
fn groups_of(dimensions: &[Dimension]) -> Vec<Dimension> {
    let groups = dimensions.iter().filter(|d| d.as_str() != "wave");
    groups.cloned().collect()
}

fn notes(before: &Before, after: &Earlier, then: &Then) -> Vec<String> {
    let mut notes = Vec::new();
    if let Then::Unknown(why) = then {
        notes.push(format!(
            "{why} So what comes of corrected data and what of another definition is told \
             together, as data or definition."
        ));
    }
    if before.run.version != after.version {
        notes.push(format!(
            "The earlier run was made by staywise {}, the later one by {}: what one of them reads \
             or counts otherwise than the other shows as data.",
            before.run.version, after.version
        ));
    }
    notes
}

/// Tables that a period was counted into.
fn tables(counted: Counted) -> Protected {
    counted.protected
}
