//! The same people in two waves: who changed, and which way.

use super::super::people::Refused;
use super::super::retold::{Family, NO_P};
use super::{Answer, Question, by};
use staywise_core::domain::sample::{Arm, Malformed, Rows, Sample};
use staywise_core::domain::{Interval, Unknown};
use staywise_core::stats::LEVEL;
use staywise_core::stats::paired::{McNemar, Pairs, mcnemar, paired_difference};
use staywise_core::stats::ranks::signed_rank;
use staywise_core::stats::two_shares::Continuity;

/// Those who answered in both waves.
pub(super) struct Same {
    /// The wave of interest comes first.
    pairs: Pairs,
    /// Score in the wave of interest less that in the other.
    changes: Vec<f64>,
    /// Who answered in the one wave alone, and in the other alone.
    alone: [u64; 2],
}

/// Pairs each person's answers of the two waves.
pub(super) fn find(question: &Question<'_>) -> Result<Same, Refused> {
    let asked = question.asked;
    let Some(against) = asked.against.as_deref() else {
        return Err(Refused {
            why: "The same people are compared in two waves.".to_owned(),
            instead: "Name the other wave: against = \"its name\".".to_owned(),
        });
    };
    let (compare, against) = (question.code(&asked.compare)?, question.code(against)?);
    let mut same = Same {
        pairs: Pairs {
            both: 0,
            first_only: 0,
            second_only: 0,
            neither: 0,
        },
        changes: Vec::new(),
        alone: [0, 0],
    };
    let all = question.given();
    for own in all.chunk_by(|a, b| a.person == b.person) {
        let of = |code: u32| own.iter().rev().find(|a| a.level == code);
        same.add(of(compare), of(against));
    }
    if same.changes.is_empty() {
        return Err(Refused {
            why: "Nobody is known to have answered in both waves.".to_owned(),
            instead: "Answers are matched by a staff number or e-mail address in the survey. \
                      Without one, compare groups within a wave."
                .to_owned(),
        });
    }
    Ok(same)
}

impl Same {
    fn add(&mut self, first: Option<&Answer>, second: Option<&Answer>) {
        let (first, second) = match (first, second) {
            (Some(first), Some(second)) => (first, second),
            (first, second) => {
                self.alone[0] += u64::from(first.is_some());
                self.alone[1] += u64::from(second.is_some());
                return;
            }
        };
        let slot = match (first.favourable, second.favourable) {
            (true, true) => &mut self.pairs.both,
            (true, false) => &mut self.pairs.first_only,
            (false, true) => &mut self.pairs.second_only,
            (false, false) => &mut self.pairs.neither,
        };
        *slot += 1;
        self.changes.push(first.score - second.score);
    }

    /// The pairs, and those of one wave alone: where these are few, a wave's
    /// own figure less that of the pairs would tell of them.
    pub(super) fn people(&self) -> Vec<u64> {
        let [one, two] = self.alone;
        vec![
            u64::try_from(self.changes.len()).unwrap_or(u64::MAX),
            one,
            two,
        ]
    }

    /// Each pair once.
    pub(super) fn sample(&self) -> Result<Sample, Malformed> {
        let people = self.changes.len();
        Sample::new(Rows {
            arms: vec![Arm::Compared; people],
            left: vec![Some(false); people],
            ..Rows::default()
        })
    }

    pub(super) fn changed(&self) -> Result<McNemar, Unknown> {
        mcnemar(self.pairs, Continuity::Corrected)
    }

    pub(super) fn difference(&self, judged: Option<f64>) -> Result<(f64, Interval, f64), Unknown> {
        let found = paired_difference(self.pairs, LEVEL)?;
        Ok((found.estimate, found.interval, judged.unwrap_or(NO_P)))
    }

    pub(super) fn notes(&self, (name, family): (&str, &Family)) -> Vec<String> {
        let test = "McNemar's exact test of who changed";
        let changed = match self.changed() {
            Ok(found) => format!("{test}: {}.", family.words(name, found.exact_p)),
            Err(why) => by(test, Err(why)),
        };
        let moved = signed_rank(&self.changes, Continuity::Corrected).map(|found| found.p);
        vec![
            changed,
            by(
                "Wilcoxon's signed-rank test of how far answers moved on the scale",
                moved,
            ),
        ]
    }
}
