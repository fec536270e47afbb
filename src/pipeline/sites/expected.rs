//! How many left a site less how many would have, had its people left as
//! everyone like them. From released rows alone: within a second dimension
//! where the study has the pair and all of it is shown, else beside everyone.

use super::{Periods, share};
use crate::report::evidence::Expected;
use crate::report::words::dimension_name;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Statistic, Status};
use staywise_core::stats::LEVEL;
use staywise_core::stats::difference::Share;
use staywise_core::stats::funnel::{Stratum, expected, observed_expected};

/// What sites are held against: rows of one metric over one period.
pub(super) struct Standard<'a> {
    rows: Vec<&'a Released>,
    dimension: &'a str,
    /// A second dimension within which sites are compared.
    within: Option<&'a str>,
}

/// Those who did not hit: who left.
fn left(row: &Released) -> Option<Share> {
    share(row).map(|share| Share {
        hits: share.n - share.hits,
        ..share
    })
}

fn nobody(row: &Released) -> bool {
    row.status() == Status::NotApplicable
}

impl<'a> Standard<'a> {
    /// The rows of a metric; within the first second dimension of which all
    /// is shown for each of the sites.
    pub(super) fn of(
        rows: &'a [Released],
        (metric, dimension): (&str, &'a str),
        (sites, periods): (&[&Released], &Periods),
    ) -> Self {
        let wanted = |row: &&Released| {
            let key = row.key();
            let plain = key.statistic == Statistic::Value && key.adjusted_for.is_none();
            plain && key.metric == metric && key.period == periods.all && key.item.is_none()
        };
        let mut standard = Self {
            rows: rows.iter().filter(wanted).collect(),
            dimension,
            within: None,
        };
        let mut seconds: Vec<&'a str> = Vec::new();
        for row in &standard.rows {
            if let [(a, _), (b, _)] = row.key().group.parts() {
                let (a, b) = (a.as_str(), b.as_str());
                let other = match (a == dimension, b == dimension) {
                    (true, _) => b,
                    (_, true) => a,
                    _ => continue,
                };
                if !seconds.contains(&other) {
                    seconds.push(other);
                }
            }
        }
        let shown: Vec<&&Released> = sites.iter().filter(|s| left(s).is_some()).collect();
        let whole = |second: &&&str| {
            let mut all = shown.iter();
            all.all(|site| standard.strata(site, second).is_some())
        };
        standard.within = seconds.iter().find(whole).copied();
        standard
    }

    /// Whom a site's people are held against, as a page says it.
    pub(super) fn words(&self) -> String {
        match self.within {
            Some(second) => format!("everyone of the same {}", dimension_name(second)),
            None => "everyone".to_owned(),
        }
    }

    /// A site's people by a second dimension, where all of it is shown.
    fn strata(&self, site: &Released, second: &str) -> Option<Vec<Stratum>> {
        let [(_, own)] = site.key().group.parts() else {
            return None;
        };
        let mut strata = Vec::new();
        for row in &self.rows {
            let parts = row.key().group.parts();
            let level = |name: &str| {
                let found = parts.iter().find(|(d, _)| d.as_str() == name);
                found.map(|(_, level)| level)
            };
            if parts.len() != 2 || level(self.dimension) != Some(own) || nobody(row) {
                continue;
            }
            let Some(other) = level(second) else { continue };
            let standard = self.rows.iter().find(|row| {
                let parts = row.key().group.parts();
                matches!(parts, [(d, l)] if d.as_str() == second && l == other)
            })?;
            strata.push(Stratum {
                people: share(row)?.n,
                standard: left(standard)?,
            });
        }
        let people: u64 = strata.iter().map(|s| s.people).sum();
        (people > 0 && people == share(site)?.n).then_some(strata)
    }

    /// What was seen at a site beside what was expected.
    pub(super) fn at(&self, site: &Released) -> Option<Expected> {
        let own = left(site)?;
        let strata = match self.within {
            Some(second) => self.strata(site, second)?,
            None => {
                let all = self.rows.iter().find(|row| row.key().group.is_everyone())?;
                vec![Stratum {
                    people: own.n,
                    standard: left(all)?,
                }]
            }
        };
        let found = observed_expected(own.hits, expected(&strata).ok()?, LEVEL).ok()?;
        let of_all = |people: f64| people / own.n as f64;
        Some(Expected {
            observed: of_all(found.observed as f64),
            expected: of_all(found.expected),
            difference: of_all(found.difference),
            limits: found
                .difference_interval
                .map(|i| (of_all(i.lower), of_all(i.upper))),
        })
    }
}
