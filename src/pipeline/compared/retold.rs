//! The same two groups in other ways: how many times as likely, odds, a test
//! of two shares with how strong it is, judged with those of the study's other
//! comparisons. Nothing is allowed for in any of them; releases nothing itself.

use super::answers::{Asks, What};
use crate::report::evidence::Purpose;
use staywise_core::disclosure::Modelled;
use staywise_core::domain::sample::{Arm, Sample};
use staywise_core::domain::{Interval, Statistic, Unknown};
use staywise_core::stats::LEVEL;
use staywise_core::stats::association::{Association, SMALL_EXPECTED, chi_square};
use staywise_core::stats::difference::{Share, newcombe};
use staywise_core::stats::multiplicity;
use staywise_core::stats::odds::{Alternative, fisher_exact, odds_ratio};
use staywise_core::stats::ratio_of_shares::{FEWEST_EVENTS, miettinen_nurminen_ratio};
use staywise_core::stats::two_shares::{Continuity, miettinen_nurminen};

/// What those who count as a hit did, and what the others did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Doing {
    /// As "staying".
    pub hit: &'static str,
    /// As "leaving".
    pub missed: &'static str,
}

/// Of people followed to a horizon.
pub(super) const STAYING: Doing = Doing {
    hit: "staying",
    missed: "leaving",
};

/// Those of the two groups whose outcome is known, and those of them who hit.
#[derive(Clone, Copy, Debug)]
pub(super) struct TwoGroups {
    compared: Share,
    comparator: Share,
}

/// The test of a comparison, with its p by itself.
pub(super) struct Tested {
    association: Association,
    exact: bool,
    pub p: f64,
}

/// Tests that are judged together: those of the study's comparisons that may
/// be shown.
#[derive(Default)]
pub(super) struct Family {
    judged: Vec<(String, f64)>,
}

/// A figure with its limits.
pub(super) type Found = Result<(f64, Interval, f64), Unknown>;

/// No p of its own: it is told with the difference.
pub(super) const NO_P: f64 = 1.0;

impl Family {
    pub(super) fn of(tests: Vec<(String, f64)>) -> Self {
        let judged = multiplicity::Family::new("comparisons of the study", tests)
            .map(|family| family.adjusted())
            .unwrap_or_default();
        Self {
            judged: judged.into_iter().map(|m| (m.name, m.adjusted)).collect(),
        }
    }

    pub(super) fn adjusted(&self, name: &str) -> Option<f64> {
        let found = self.judged.iter().find(|(own, _)| own == name);
        found.map(|(_, p)| *p)
    }

    /// `p 0.03 by itself, 0.06 as one of 2 comparisons (Holm)`.
    pub(super) fn words(&self, name: &str, p: f64) -> String {
        match (self.judged.len(), self.adjusted(name)) {
            (2.., Some(adjusted)) => format!(
                "p {} by itself, {} as one of {} comparisons of this study (Holm)",
                p_words(p),
                p_words(adjusted),
                self.judged.len()
            ),
            _ => format!("p {}", p_words(p)),
        }
    }
}

/// A p as it leaves: to two decimals.
pub(in crate::pipeline) fn p_words(p: f64) -> String {
    if p < 0.01 {
        "under 0.01".to_owned()
    } else {
        format!("{p:.2}")
    }
}

fn refuse(why: String) -> Unknown {
    Unknown::NotApplicable(why)
}

impl TwoGroups {
    pub(super) fn of(sample: &Sample) -> Self {
        let of = |arm| {
            let counts = sample.counts(arm);
            Share {
                hits: counts.stayed,
                n: counts.known(),
            }
        };
        Self {
            compared: of(Arm::Compared),
            comparator: of(Arm::Comparator),
        }
    }

    /// The difference of the two shares as they are, with the p that it is
    /// judged by.
    pub(super) fn difference(self, judged: Option<f64>) -> Found {
        let (first, second) = self.pair();
        let found = newcombe(first, second, LEVEL)
            .ok_or_else(|| refuse("nobody in one of the groups".to_owned()))?;
        Ok((found.estimate, found.interval, judged.unwrap_or(NO_P)))
    }

    fn pair(self) -> (Share, Share) {
        (self.compared, self.comparator)
    }

    fn missed(self) -> Self {
        let of = |share: Share| Share {
            hits: share.n - share.hits,
            ..share
        };
        Self {
            compared: of(self.compared),
            comparator: of(self.comparator),
        }
    }

    fn events(self) -> u64 {
        self.compared.hits + self.comparator.hits
    }

    /// No ratio is made of a handful; how many they are is not said.
    fn enough(self, doing: &str) -> Result<(), Unknown> {
        if self.events() >= FEWEST_EVENTS {
            return Ok(());
        }
        Err(Unknown::TooFew(format!(
            "too few to say: fewer than {FEWEST_EVENTS} {doing} in both groups together"
        )))
    }

    /// How many times as likely, in the group of interest as in the other.
    fn ratio(self, doing: &str) -> Found {
        self.enough(doing)?;
        let (first, second) = self.pair();
        let found = miettinen_nurminen_ratio(first, second, LEVEL)?;
        let both = found.estimate.zip(found.interval.closed());
        let (estimate, interval) = both.ok_or_else(|| {
            refuse(format!(
                "a ratio has no upper end where so few were {doing} in one of the groups"
            ))
        })?;
        Ok((estimate, interval, NO_P))
    }

    /// The odds of the group of interest over those of the other, by the
    /// method that goes with the test.
    fn odds(self, doing: Doing, exact: bool) -> Found {
        self.enough(doing.hit)?;
        self.missed().enough(doing.missed)?;
        let (first, second) = self.pair();
        if !exact {
            let (estimate, interval) = odds_ratio(first, second, LEVEL)?;
            return Ok((estimate, interval, NO_P));
        }
        let found = fisher_exact(first, second, Alternative::TwoSided, LEVEL)?;
        let both = found.odds_ratio.zip(found.interval.closed());
        let (estimate, interval) = both.ok_or_else(|| {
            refuse("everybody or nobody in one of the groups: there are no odds to divide".into())
        })?;
        Ok((estimate, interval, NO_P))
    }

    /// Pearson's chi-square; Fisher's exact test where fewer than 5 would be
    /// expected somewhere.
    pub(super) fn test(self) -> Result<Tested, Unknown> {
        let row = |share: Share| vec![share.hits, share.n - share.hits];
        let table = [row(self.compared), row(self.comparator)];
        let association = chi_square(&table, Continuity::Uncorrected)?;
        let exact = association.smallest_expected < SMALL_EXPECTED;
        let p = if exact {
            let (first, second) = self.pair();
            fisher_exact(first, second, Alternative::TwoSided, LEVEL)?.p
        } else {
            association.p
        };
        Ok(Tested {
            association,
            exact,
            p,
        })
    }
}

/// Every other way to tell the difference.
pub(super) fn modelled(asks: &Asks<'_>, doing: Doing, family: &Family) -> Vec<(What, Modelled)> {
    let groups = TwoGroups::of(asks.sample);
    let tested = groups.test();
    let exact = tested.as_ref().is_ok_and(|t| t.exact);
    let (first, second) = groups.pair();
    let p = family.adjusted(&asks.asked.name).unwrap_or(NO_P);
    let points = miettinen_nurminen(first, second, LEVEL).map(|d| (d.estimate, d.interval, p));
    let missed = groups.missed();
    let odds = match exact {
        true => "Odds ratio, Fisher's exact limits",
        false => "Odds ratio, Woolf's limits",
    };
    let ways = [
        (
            "Difference, score limits".to_owned(),
            (Statistic::Difference, "score"),
            points,
        ),
        (
            format!("Relative likelihood of {}", doing.missed),
            (Statistic::Ratio, "relative likelihood of missing"),
            missed.ratio(doing.missed),
        ),
        (
            format!("Relative likelihood of {}", doing.hit),
            (Statistic::Ratio, "relative likelihood"),
            groups.ratio(doing.hit),
        ),
        (
            format!("{odds}, of {}", doing.missed),
            (Statistic::Ratio, "odds of missing"),
            missed.odds(
                Doing {
                    hit: doing.missed,
                    missed: doing.hit,
                },
                exact,
            ),
        ),
    ];
    ways.into_iter()
        .map(|(name, way, found)| {
            (
                (Purpose::Sensitivity, name),
                asks.figure(way.0, Some(asks.unadjusted_by(way.1)), found),
            )
        })
        .collect()
}

/// What the test found, in words; only where the comparison may be shown.
pub(super) fn notes(asks: &Asks<'_>, family: &Family) -> Vec<String> {
    let tested = match TwoGroups::of(asks.sample).test() {
        Ok(tested) => tested,
        Err(why) => {
            return vec![format!(
                "No test of the two shares: {}",
                super::people::sentence(&why)
            )];
        }
    };
    let name = match tested.exact {
        true => {
            "Fisher's exact test, as fewer than 5 would be expected in one of the groups if they \
             were alike"
        }
        false => "Chi-square test of the two shares",
    };
    vec![format!(
        "{name}: {}. Strength of association (Cram\u{e9}r's V, from 0 for none to 1): {:.2}.",
        family.words(&asks.asked.name, tested.p),
        tested.association.cramers_v
    )]
}
