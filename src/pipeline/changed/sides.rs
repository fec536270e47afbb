//! One figure of an earlier run held against its like in a later one: found
//! in both, counted again, and taken apart. What is hidden anywhere on the way
//! stops it.

use super::kept::share;
use super::parts::{Apart, parts};
use super::under::Then;
use super::{Before, Compared, Left};
use crate::data::Linked;
use crate::pipeline::Run;
use crate::query::{Behind, Slicing, members};
use staywise_core::disclosure::{Precision, Protected, ProtectedTable, Released};
use staywise_core::domain::{Dimension, Period, Status, Unknown};
use staywise_core::stats::LEVEL;
use staywise_core::stats::decomposition::{Change, Row, Steps, decompose};
use staywise_core::stats::difference::Share;

/// What people are divided by where nothing is said: the first that there is.
const DIMENSIONS: [&str; 3] = ["site", "staff_group", "organisation"];

/// Half of a whole per cent: figures further apart were not rounded from one.
const HALF: f64 = 0.005 + 1e-9;

/// Everything that figures are looked up in.
pub(super) struct Sides<'a> {
    pub run: &'a Run<'a>,
    pub linked: &'a Linked,
    /// Both periods on today's data as today defines.
    pub today: &'a Protected,
    /// The earlier one on today's data as it was defined then.
    pub then: &'a Then,
    pub before: &'a Before,
    pub periods: (&'a Period, &'a Period),
    /// What the two runs published.
    pub rows: (&'a [Released], &'a [Released]),
    pub by: Option<&'a Dimension>,
    /// Others that may be named in its place.
    pub dimensions: &'a [Dimension],
}

/// A shown share, and whether it leaves exactly.
#[derive(Clone, Copy)]
struct Found {
    share: Share,
    exact: bool,
}

/// The earlier figure's three counts and the later one.
struct Counts {
    published: Share,
    again: Share,
    mapped: Share,
    now: Share,
    /// Whether all of them leave exactly.
    exact: bool,
}

impl Sides<'_> {
    /// Takes a row of the earlier run apart, or says why not.
    pub(super) fn add(&self, row: &Released, compared: &mut Compared) {
        match self.apart(row) {
            Ok(apart) => compared.figures.push(apart),
            Err(why) => compared.left.push(Left {
                metric: row.key().metric.clone(),
                label: super::words::which(row.label(), row.key().item.as_deref()),
                group: row.key().group.clone(),
                why,
            }),
        }
    }

    pub(super) fn apart(&self, row: &Released) -> Result<Apart, String> {
        let counts = self.counts(row)?;
        let by = self.division(row);
        let change = self.decomposed(row, &counts, by.as_ref().ok())?;
        let joined = matches!(self.then, Then::Unknown(_));
        let everyone = row.key().group.is_everyone();
        let fine = by.as_ref().map_or(true, |(_, exact)| *exact);
        let small = self.small(&counts) && change.data != 0.0 && change.definition != 0.0;
        let (divided, untold) = match by {
            Ok((dimension, _)) => (Some(dimension), None),
            Err(why) => (None, Some(why).filter(|_| everyone)),
        };
        Ok(Apart {
            metric: row.key().metric.clone(),
            label: row.label().to_owned(),
            item: row.key().item.clone(),
            group: row.key().group.clone(),
            figures: (change.before, change.before + change.change),
            change: change.change,
            tenths: change.points().change,
            parts: parts(&change, joined, (everyone, divided.is_some())),
            people: (
                change.people_before,
                change.people_now,
                change.people_in_both,
            ),
            may_leave: counts.exact && fine && !small && !joined,
            by: divided,
            untold,
        })
    }

    /// Finds the figure in both runs and counts it again.
    fn counts(&self, row: &Released) -> Result<Counts, String> {
        let (earlier, later) = self.periods;
        shown(row, earlier)?;
        let last = self.rows.1.iter().find(|other| alike(other, row));
        let gone = || format!("{} has no figure of that name", later.in_words());
        let last = last.ok_or_else(gone)?;
        shown(last, later)?;
        let mapped = self.find(self.today, row, earlier)?;
        let now = self.find(self.today, row, later)?;
        if last
            .estimate()
            .is_none_or(|shown| (shown - rate(now.share)).abs() > HALF)
        {
            let label = &later.label;
            return Err(format!(
                "today's data no longer give the figure of {label}; make that run again"
            ));
        }
        let again = match self.then {
            Then::Counted(then) => self.find(then, row, earlier)?,
            Then::Same | Then::Unknown(_) => mapped,
        };
        let published = self.published(row, again.share);
        let known = row.numerator().is_some();
        Ok(Counts {
            published,
            // What cannot be told from the definition is told with it.
            again: match self.then {
                Then::Unknown(_) => published,
                _ => again.share,
            },
            mapped: mapped.share,
            now: now.share,
            exact: known && again.exact && mapped.exact && now.exact,
        })
    }

    /// The counts behind the earlier figure: those that its run kept, else
    /// those that it published, else as near as its rounding tells.
    fn published(&self, row: &Released, again: Share) -> Share {
        let key = row.key();
        let kept = self.before.kept.as_ref();
        let kept = kept.and_then(|k| k.counts((&key.metric, key.item.as_deref(), &key.group)));
        if let Some(share) = kept {
            return share;
        }
        if let (Some(hits), Some(n)) = (row.numerator(), row.denominator()) {
            return Share {
                hits: whole(hits),
                n: whole(n),
            };
        }
        match row.estimate() {
            Some(shown) if (shown - rate(again)).abs() > HALF => Share {
                hits: whole(shown * 100.0),
                n: 100,
            },
            _ => again,
        }
    }

    fn find(
        &self,
        protected: &Protected,
        row: &Released,
        period: &Period,
    ) -> Result<Found, String> {
        let key = row.key();
        let dimensions: Vec<Dimension> = key.group.parts().iter().map(|(d, _)| d.clone()).collect();
        let table = table(protected, row, (period, &dimensions));
        let cell = table.and_then(|table| {
            let own = || table.cells().iter().find(|cell| *cell.group() == key.group);
            let cell = if dimensions.is_empty() {
                Some(table.total())
            } else {
                own()
            };
            Some((cell?, table.precision() == Precision::Exact))
        });
        let when = period.in_words();
        let Some((cell, exact)) = cell else {
            return Err(format!("today's data have no such figure of {when}"));
        };
        if cell.is_hidden() {
            return Err(format!(
                "as {when} is counted today it is hidden to protect people"
            ));
        }
        let share = share(cell).ok_or("it is no share any more")?;
        Ok(Found { share, exact })
    }

    /// How people are divided for a metric.
    pub(super) fn dimension(&self, row: &Released) -> Option<Dimension> {
        if let Some(by) = self.by {
            return Some(by.clone());
        }
        let has = |dimension: &Dimension| {
            let wanted = (self.periods.0, std::slice::from_ref(dimension));
            table(self.today, row, wanted).is_some()
        };
        DIMENSIONS.into_iter().map(Dimension::new).find(has)
    }

    /// The first way to divide people by which the mix can be told, where
    /// none is named.
    fn tellable(&self, row: &Released) -> Option<Dimension> {
        let mut all = DIMENSIONS.into_iter().map(Dimension::new);
        let told = |dimension: &Dimension| self.told_by(row, dimension).is_ok();
        all.find(told).filter(|_| self.by.is_none())
    }

    /// How people are divided for the mix, and whether its cells leave
    /// exactly; or why there is no mix.
    fn division(&self, row: &Released) -> Result<(Dimension, bool), String> {
        if !row.key().group.is_everyone() {
            return Err("a group is not divided again".to_owned());
        }
        let none = "the people behind it are not divided by site, staff group or organisation";
        let dimension = self.tellable(row).or_else(|| self.dimension(row));
        let dimension = dimension.ok_or(none)?;
        match self.told_by(row, &dimension) {
            Ok(exact) => Ok((dimension, exact)),
            Err(why) => {
                let others = self.dimensions.iter();
                let others = others.filter(|other| self.told_by(row, other).is_ok());
                let others: Vec<&str> = others.map(Dimension::as_str).collect();
                Err(match others.as_slice() {
                    [] => why,
                    others => format!("{why}; it can be told with --by {}", others.join(" or ")),
                })
            }
        }
    }

    /// Whether every cell of a dimension is shown in both periods, and leaves
    /// exactly; or why the mix cannot be told by it.
    fn told_by(&self, row: &Released, dimension: &Dimension) -> Result<bool, String> {
        let name = crate::report::words::dimension_name(dimension.as_str());
        let mut exact = true;
        for period in [self.periods.0, self.periods.1] {
            let wanted = (period, std::slice::from_ref(dimension));
            let Some(table) = table(self.today, row, wanted) else {
                return Err(format!("the people behind it are not divided by {name}"));
            };
            if table.cells().iter().any(|cell| cell.is_hidden()) {
                return Err(format!(
                    "the mix by {name} cannot be told without showing hidden groups"
                ));
            }
            exact &= table.precision() == Precision::Exact;
        }
        Ok(exact)
    }

    fn decomposed(
        &self,
        row: &Released,
        counts: &Counts,
        by: Option<&(Dimension, bool)>,
    ) -> Result<Change, String> {
        let key = row.key();
        let own = key.group.parts().first();
        let dimension = own.map(|(d, _)| d).or(by.map(|(d, _)| d));
        let unmatched = || "the people behind it cannot be matched".to_owned();
        let metric = self.run.catalogue.get(&key.metric).map(|q| &q.metric);
        let counted = |period| Slicing::counted(metric?, period);
        let (Some(before), Some(now)) = (counted(self.periods.0), counted(self.periods.1)) else {
            return Err(unmatched());
        };
        let asked = Behind {
            metric: &key.metric,
            item: key.item.as_deref(),
            dimension,
            periods: (&before, &now),
        };
        let study = (self.linked, &self.run.study.parameters);
        let found = members(self.run.catalogue, study, &asked).ok_or_else(unmatched)?;
        let place = own.and_then(|(_, level)| found.levels.iter().position(|l| l == level));
        let place = place.and_then(|place| u32::try_from(place).ok());
        let rows = |units: &[crate::query::Unit]| -> Vec<Row> {
            let inside = units
                .iter()
                .filter(|u| own.is_none() || Some(u.level) == place);
            let row = |unit: &crate::query::Unit| Row {
                person: u64::from(unit.person),
                cell: if by.is_some() { unit.level } else { 0 },
                hit: unit.hit,
            };
            inside.map(row).collect()
        };
        let (earlier, later) = (rows(&found.before), rows(&found.now));
        // The units are those that the tables count, or nothing is said.
        if of(&earlier) != counts.mapped || of(&later) != counts.now {
            return Err(unmatched());
        }
        let steps = Steps {
            published: counts.published,
            on_todays_data: counts.again,
            earlier: &earlier,
            now: &later,
        };
        decompose(&steps, LEVEL).map_err(|unknown| {
            let (Unknown::NotAvailable(why) | Unknown::NotApplicable(why) | Unknown::TooFew(why)) =
                unknown;
            why
        })
    }

    /// Whether one count of the earlier period differs from another by a few
    /// people.
    fn small(&self, counts: &Counts) -> bool {
        let policy = self.today.policy();
        let few = |a: u64, b: u64| a != b && policy.too_few(a.abs_diff(b));
        let near = |a: Share, b: Share| {
            let misses = |share: Share| share.n.saturating_sub(share.hits);
            few(a.n, b.n) || few(a.hits, b.hits) || few(misses(a), misses(b))
        };
        near(counts.published, counts.again) || near(counts.again, counts.mapped)
    }
}

/// The table of a row's metric and item for a period and some dimensions.
fn table<'a>(
    protected: &'a Protected,
    row: &Released,
    (period, dimensions): (&Period, &[Dimension]),
) -> Option<&'a ProtectedTable> {
    let key = row.key();
    protected.tables().iter().find(|table| {
        let metric = table.metric();
        metric.name == key.metric
            && table.item() == key.item.as_deref()
            && table.dimensions() == dimensions
            && Slicing::counted(metric, period).as_ref() == Some(table.period())
    })
}

/// The same figure of another run.
fn alike(one: &Released, other: &Released) -> bool {
    let (one, other) = (one.key(), other.key());
    one.metric == other.metric && one.item == other.item && one.group == other.group
}

fn shown(row: &Released, period: &Period) -> Result<(), String> {
    let when = period.in_words();
    match row.status() {
        Status::Shown => Ok(()),
        Status::Confidential => Err(format!("in {when} it is hidden to protect people")),
        _ => Err(format!("it has no figure in {when}")),
    }
}

fn rate(share: Share) -> f64 {
    if share.n == 0 {
        return 0.0;
    }
    share.hits as f64 / share.n as f64
}

/// A count that was published as a number.
fn whole(count: f64) -> u64 {
    // Counts of people: far below the largest whole number, never negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = count.round().max(0.0) as u64;
    whole
}

fn of(rows: &[Row]) -> Share {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Share {
        hits: count(rows.iter().filter(|row| row.hit).count()),
        n: count(rows.len()),
    }
}
