//! Two groups by each person's latest answer: mean scores, how far apart in
//! standard deviations, and who has the higher answer of all pairs.

use super::super::people::{Refused, nobodys_group};
use super::super::retold::NO_P;
use super::{Answer, Asks, CHECK, Question, What, by};
use staywise_core::disclosure::Modelled;
use staywise_core::domain::sample::{Arm, Malformed, Rows, Sample};
use staywise_core::domain::tally::SCORE_ONE;
use staywise_core::domain::{Interval, Statistic, Unit, Unknown};
use staywise_core::stats::LEVEL;
use staywise_core::stats::mean::Sums;
use staywise_core::stats::permutation::{Draws, gap_of_means, permutation_test};
use staywise_core::stats::ranks::{MannWhitney, mann_whitney};
use staywise_core::stats::two_means::{hedges_g, welch};
use staywise_core::stats::two_shares::Continuity;

/// How often groups are drawn anew, always from the same seed.
const DRAWS: Draws = Draws {
    count: 1999,
    seed: 20_260_701,
};

/// The answers of both groups, each person once.
pub(super) struct Groups {
    compared: Vec<Answer>,
    comparator: Vec<Answer>,
}

/// Each person's latest answer by the group they were of then.
pub(super) fn find(question: &Question<'_>) -> Result<Groups, Refused> {
    let asked = question.asked;
    let compare = question.code(&asked.compare)?;
    let against = asked.against.as_deref();
    let against = against.map(|level| question.code(level)).transpose()?;
    let levels = &question.coded.levels;
    let nobodys = |code: u32| {
        let level = usize::try_from(code).ok().and_then(|c| levels.get(c));
        level.is_none_or(|level| nobodys_group(level.as_str()))
    };
    let mut groups = Groups {
        compared: Vec::new(),
        comparator: Vec::new(),
    };
    let all = question.given();
    for own in all.chunk_by(|a, b| a.person == b.person) {
        let Some(last) = own.last() else { continue };
        let other = match against {
            Some(code) => last.level == code,
            None => !nobodys(last.level),
        };
        if last.level == compare {
            groups.compared.push(*last);
        } else if other {
            groups.comparator.push(*last);
        }
    }
    Ok(groups)
}

fn scores(answers: &[Answer]) -> Vec<f64> {
    answers.iter().map(|a| a.score).collect()
}

fn sums(answers: &[Answer]) -> Sums {
    let mut sums = Sums {
        n: 0,
        sum: 0,
        squares: 0,
    };
    for answer in answers {
        sums.n += 1;
        // Scores are small numbers: a point of a scale is `SCORE_ONE`.
        #[allow(clippy::cast_possible_truncation)]
        let fixed = |value: f64| (value * SCORE_ONE as f64).round() as i128;
        sums.sum += fixed(answer.score);
        sums.squares += fixed(answer.score * answer.score);
    }
    sums
}

fn size(answers: &[Answer]) -> u64 {
    u64::try_from(answers.len()).unwrap_or(u64::MAX)
}

impl Groups {
    pub(super) fn people(&self) -> Vec<u64> {
        vec![size(&self.compared), size(&self.comparator)]
    }

    /// Who does not favour it is taken as one who left: the models of two
    /// groups know no other outcome.
    pub(super) fn sample(&self) -> Result<Sample, Malformed> {
        let arms = [
            (&self.compared, Arm::Compared),
            (&self.comparator, Arm::Comparator),
        ];
        let of = |(answers, arm): (&Vec<Answer>, Arm)| -> Vec<(Arm, bool)> {
            answers.iter().map(|a| (arm, !a.favourable)).collect()
        };
        let all: Vec<(Arm, bool)> = arms.into_iter().flat_map(of).collect();
        Sample::new(Rows {
            arms: all.iter().map(|(arm, _)| *arm).collect(),
            left: all.iter().map(|(_, left)| Some(*left)).collect(),
            ..Rows::default()
        })
    }

    fn ranked(&self) -> Result<MannWhitney, Unknown> {
        let (first, second) = (scores(&self.compared), scores(&self.comparator));
        mann_whitney(&first, &second, Continuity::Corrected, LEVEL)
    }

    /// The answers as numbers, in other ways.
    pub(super) fn modelled(&self, asks: &Asks<'_>) -> Vec<(What, Modelled)> {
        let (first, second) = (sums(&self.compared), sums(&self.comparator));
        let means = welch(first, second, LEVEL).map(|w| (w.estimate, w.interval, w.p));
        let apart = hedges_g(first, second, LEVEL).map(|g| (g.estimate, g.interval, NO_P));
        let pairs = self.ranked().map(|found| {
            let twice = |share: f64| 2.0 * share - 1.0;
            let interval = Interval {
                lower: twice(found.interval.lower),
                upper: twice(found.interval.upper),
                ..found.interval
            };
            (twice(found.superiority), interval, found.p)
        });
        let ways = [
            (
                "Difference of mean scores, Welch's limits",
                (Unit::Score, "means"),
                means,
            ),
            (
                "Hedges' g: the same in standard deviations",
                (Unit::Score, "hedges g"),
                apart,
            ),
            (
                "Of all pairs of one from each group, those in which the group of interest has \
                 the better answer less those in which it has the worse",
                (Unit::Fraction, "ranks"),
                pairs,
            ),
        ];
        ways.into_iter()
            .map(|(name, (unit, slug), found)| {
                let way = (Statistic::Difference, Some(asks.unadjusted_by(slug)));
                ((CHECK, name.to_owned()), asks.figure_in(unit, way, found))
            })
            .collect()
    }

    pub(super) fn notes(&self) -> Vec<String> {
        let (first, second) = (scores(&self.compared), scores(&self.comparator));
        let drawn = permutation_test(&first, &second, DRAWS, gap_of_means).map(|d| d.p);
        let means = welch(sums(&self.compared), sums(&self.comparator), LEVEL).map(|w| w.p);
        vec![
            by("Welch's test of mean scores", means),
            by(
                "Mann and Whitney's test of the answers in order, ties counted",
                self.ranked().map(|found| found.p),
            ),
            by(
                "Groups drawn anew 1,999 times from a fixed seed (permutation test of the gap \
                 between mean scores)",
                drawn,
            ),
        ]
    }
}
