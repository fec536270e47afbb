//! Sites held against the rest: each is like the others, unlike them, or too
//! small to say. Made from released rows alone, so that nothing is told of a
//! hidden group. Ranks nothing.

mod expected;

use super::Periods;
use crate::report::evidence::{Expected, Sites};
use crate::report::words::dimension_name;
use expected::Standard;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Dimension, Statistic, Status, Unknown};
use staywise_core::stats::LEVEL;
use staywise_core::stats::difference::Share;
use staywise_core::stats::funnel::overdispersion;
use staywise_core::stats::pooling::{Pooled, pool};

/// What sites are held against the rest in.
const METRICS: [&str; 2] = ["retention_12m", "intention_to_stay"];
/// Of these, the one of which who did not stay has left.
const LEAVING: &str = "retention_12m";
/// What may be a site, the first with enough groups.
const DIMENSIONS: [&str; 3] = ["site", "unit", "organisation"];
/// Shown groups below which nothing is held against the rest.
const NEEDED: usize = 3;
/// Levels that are nobody's group.
const NO_GROUP: [&str; 3] = ["Not stated", "Not known", "Not linked"];
/// A spread in points below which it is as good as none.
const NO_SPREAD: f64 = 0.005;

/// Each metric by what divides people into sites, over everything up to the
/// as-at date.
pub(super) fn all(rows: &[Released], periods: &Periods) -> Vec<Sites> {
    let of = |metric: &&str| {
        DIMENSIONS
            .iter()
            .map(|name| (Dimension::new(name), groups(rows, (metric, name), periods)))
            .find(|(_, groups)| groups.iter().filter(|row| share(row).is_some()).count() >= NEEDED)
            .map(|(dimension, groups)| {
                let mut held = one(metric, dimension, &groups, periods);
                if *metric == LEAVING {
                    beside_expected(&mut held, rows, (&groups, periods));
                }
                held
            })
    };
    METRICS.iter().filter_map(of).collect()
}

/// Adds what was seen at each group beside what was expected.
fn beside_expected(
    held: &mut Sites,
    rows: &[Released],
    (groups, periods): (&[&Released], &Periods),
) {
    let of = (held.metric.as_str(), held.dimension.as_str());
    let standard = Standard::of(rows, of, (groups, periods));
    let found: Vec<Option<Expected>> = groups.iter().map(|row| standard.at(row)).collect();
    if found.iter().any(Option::is_some) {
        let words = standard.words();
        held.beside = Some((words, found));
    }
}

/// The rows of a dimension's groups, in its own order, hidden ones too; a
/// group without anybody is none.
fn groups<'a>(
    rows: &'a [Released],
    (metric, dimension): (&str, &str),
    periods: &Periods,
) -> Vec<&'a Released> {
    let wanted = |row: &&Released| {
        let key = row.key();
        let plain = key.statistic == Statistic::Value && key.item.is_none();
        let [(of, level)] = key.group.parts() else {
            return false;
        };
        plain
            && key.metric == metric
            && key.period == periods.all
            && of.as_str() == dimension
            && !NO_GROUP.contains(&level.as_str())
            && (share(row).is_some() || row.status() == Status::Confidential)
    };
    rows.iter().filter(wanted).collect()
}

/// How many hit of how many, from what was released: where what is above the
/// line is kept back, from the share and its base.
pub(super) fn share(row: &Released) -> Option<Share> {
    let (Status::Shown, Some(n), Some(estimate)) = (row.status(), row.n(), row.estimate()) else {
        return None;
    };
    let hits = row.numerator().unwrap_or(estimate * n as f64).round();
    if n == 0 || !(0.0..=n as f64).contains(&hits) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let hits = hits as u64;
    Some(Share { hits, n })
}

/// Where nothing is pooled, as with two sites: its note says why.
const NOT_JUDGED: &str = "not judged";

fn one(metric: &str, dimension: Dimension, rows: &[&Released], periods: &Periods) -> Sites {
    let shares: Vec<Share> = rows.iter().filter_map(|row| share(row)).collect();
    let pooled = pool(&shares, LEVEL);
    let mut sites = pooled.iter().flat_map(|pooled| &pooled.sites);
    let groups = rows
        .iter()
        .map(|row| {
            let level = row.key().group.parts().first();
            let name = level.map_or_else(String::new, |(_, level)| level.to_string());
            if share(row).is_none() {
                return (name, None, row.reason().to_owned());
            }
            match sites.next() {
                Some(site) => {
                    let limits = site.interval.map(|i| (site.estimate, i.lower, i.upper));
                    (name, limits, site.verdict.words().to_owned())
                }
                None => (name, own(row), NOT_JUDGED.to_owned()),
            }
        })
        .collect();
    let mut notes = vec![format!("Of {}.", periods.all.in_words())];
    notes.extend(spread(&shares, &pooled, dimension.as_str()));
    if rows.iter().any(|row| row.status() == Status::Confidential) {
        notes.push("What is hidden is not among the rest.".to_owned());
    }
    if rows
        .iter()
        .any(|row| share(row).is_some() && row.numerator().is_none())
    {
        notes.push("Worked out from whole per cents, as these figures leave.".to_owned());
    }
    Sites {
        metric: metric.to_owned(),
        dimension,
        groups,
        beside: None,
        notes,
    }
}

/// A figure with its own limits, where nothing is pooled.
fn own(row: &Released) -> Option<(f64, f64, f64)> {
    Some((row.estimate()?, row.lower()?, row.upper()?))
}

/// How much groups differ beyond chance, in words.
fn spread(shares: &[Share], pooled: &Result<Pooled, Unknown>, dimension: &str) -> Vec<String> {
    let name = dimension_name(dimension);
    let pooled = match pooled {
        Ok(pooled) => pooled,
        Err(Unknown::TooFew(why) | Unknown::NotApplicable(why) | Unknown::NotAvailable(why)) => {
            return vec![format!(
                "Nothing is drawn towards the rest, and each figure is the group's own: {why}."
            )];
        }
    };
    let mut notes = vec![format!(
        "Each figure is drawn towards the mean by {name}, {:.0}%, the more so the fewer people it \
         rests on.",
        pooled.mean * 100.0
    )];
    notes.push(if pooled.between_sites < NO_SPREAD {
        "By these figures they differ by no more than chance makes them.".to_owned()
    } else {
        format!(
            "Beyond chance, true figures lie about {:.0} points from that mean (tau, the standard \
             deviation between them).",
            pooled.between_sites * 100.0
        )
    });
    notes.push(match overdispersion(shares) {
        Ok(found) if found.tau_squared > 0.0 => format!(
            "They vary {:.1} times as much as chance alone would make them.",
            found.phi
        ),
        Ok(_) => "They vary no more than chance alone would make them.".to_owned(),
        Err(Unknown::TooFew(why) | Unknown::NotApplicable(why) | Unknown::NotAvailable(why)) => {
            format!("How many times as much as by chance they vary is not told: {why}.")
        }
    });
    notes
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
