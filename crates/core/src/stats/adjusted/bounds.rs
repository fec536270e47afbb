//! What those nobody knows about could change: the figures if all of them had
//! left or stayed, said yes or said no, and from where on the sentence would be
//! another. Counts only, so the bounds are exact; never a guess in between.

use crate::domain::Unknown;
use crate::domain::sample::{Arm, ArmCounts, Assumption};
use crate::stats::difference::{Difference, Share, newcombe};

/// The lowest and the highest share there could be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// If none of those not known counted.
    pub lower: f64,
    /// If all of them did.
    pub upper: f64,
}

/// The share still in post whatever became of those not known. None for
/// nobody.
#[must_use]
pub fn staying(counts: ArmCounts) -> Option<Bounds> {
    let people = counts.people();
    (people > 0).then(|| Bounds {
        lower: counts.stayed as f64 / people as f64,
        upper: (counts.stayed + counts.unknown) as f64 / people as f64,
    })
}

/// The difference in the share still in post, compared less comparator, by
/// Newcombe, under each assumption about those not known. None where an arm
/// has nobody. The last two are its extremes.
#[must_use]
pub fn differences(
    compared: ArmCounts,
    comparator: ArmCounts,
    level: f64,
) -> Option<[(Assumption, Difference); 4]> {
    let under = |assumption: Assumption| {
        let left = |arm: Arm| match assumption {
            Assumption::AllLeft => true,
            Assumption::AllStayed => false,
            Assumption::ComparedLeft => arm == Arm::Compared,
            Assumption::ComparedStayed => arm == Arm::Comparator,
        };
        let share = |arm: Arm, counts: ArmCounts| {
            let gone = if left(arm) { counts.unknown } else { 0 };
            all(counts, gone)
        };
        let first = share(Arm::Compared, compared);
        let second = share(Arm::Comparator, comparator);
        newcombe(first, second, level).map(|found| (assumption, found))
    };
    Some([
        under(Assumption::AllLeft)?,
        under(Assumption::AllStayed)?,
        under(Assumption::ComparedLeft)?,
        under(Assumption::ComparedStayed)?,
    ])
}

/// What a comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// Fewer of those compared stayed.
    Lower,
    /// The figures fit either.
    CannotTell,
    /// More of those compared stayed.
    Higher,
}

/// From how many leavers among those of one arm nobody knows about the
/// sentence would be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TippingPoint {
    /// The arm.
    pub arm: Arm,
    /// How many of it are not known.
    pub unknown: u64,
    /// What is said if they left as often as the others of their arm did.
    pub sentence: Sentence,
    /// How many of them would then have left, to the nearest whole.
    pub as_others: u64,
    /// The sentence changes if no more than this many of them left.
    pub at_most: Option<u64>,
    /// The sentence changes if at least this many of them left.
    pub at_least: Option<u64>,
}

/// The tipping point of each arm, those of the other not known taken to have
/// left as often as its others did. None where nothing is known of an arm.
#[must_use]
pub fn tipping_points(
    compared: ArmCounts,
    comparator: ArmCounts,
    level: f64,
) -> Option<[TippingPoint; 2]> {
    let base = [as_others(compared)?, as_others(comparator)?];
    let say = |gone: [u64; 2]| {
        let found = newcombe(all(compared, gone[0]), all(comparator, gone[1]), level)?;
        Some(if found.interval.lower > 0.0 {
            Sentence::Higher
        } else if found.interval.upper < 0.0 {
            Sentence::Lower
        } else {
            Sentence::CannotTell
        })
    };
    let sentence = say(base)?;
    let point = |place: usize, arm: Arm, unknown: u64| {
        let other = |gone: &u64| {
            let mut set = base;
            set[place] = *gone;
            say(set) != Some(sentence)
        };
        TippingPoint {
            arm,
            unknown,
            sentence,
            as_others: base[place],
            at_most: (0..base[place]).rev().find(other),
            at_least: (base[place] + 1..=unknown).find(other),
        }
    };
    Some([
        point(0, Arm::Compared, compared.unknown),
        point(1, Arm::Comparator, comparator.unknown),
    ])
}

/// Everybody of an arm, with so many of those not known taken to have left.
fn all(counts: ArmCounts, gone: u64) -> Share {
    Share {
        hits: counts.stayed + counts.unknown.saturating_sub(gone),
        n: counts.people(),
    }
}

/// How many of those not known left, had they left as often as the others:
/// half a person is a person.
fn as_others(counts: ArmCounts) -> Option<u64> {
    let known = u128::from(counts.known());
    if known == 0 {
        return None;
    }
    let twice = 2 * u128::from(counts.unknown) * u128::from(counts.left) + known;
    u64::try_from(twice / (2 * known)).ok()
}

/// Who was asked, who answered, and how many of them said yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Who was asked.
    pub invited: u64,
    /// Who answered.
    pub answered: u64,
    /// How many of them said yes.
    pub yes: u64,
}

/// What those who did not answer could make of "more than this share say yes".
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Silent {
    /// Nothing: it holds whatever they think.
    Always,
    /// Nothing: it fails whatever they think.
    Never,
    /// It holds if at least this many of them would say yes.
    Decide {
        /// How many of the silent, from 1.
        yes: u64,
        /// The same as a share of them.
        share: f64,
    },
}

impl Answered {
    /// The share that would have said yes if everybody had answered, whatever
    /// the silent think.
    ///
    /// # Errors
    /// Nobody was asked, or more answered than were.
    pub fn bounds(&self) -> Result<Bounds, Unknown> {
        let silent = self.silent()?;
        Ok(Bounds {
            lower: self.yes as f64 / self.invited as f64,
            upper: (self.yes + silent) as f64 / self.invited as f64,
        })
    }

    /// What the silent could make of "more than `share` of everybody say yes",
    /// `share` given as hits of n (`1` of `2` for "most").
    ///
    /// # Errors
    /// As of `bounds`, and a share of nothing.
    pub fn more_than(&self, share: Share) -> Result<Silent, Unknown> {
        let silent = self.silent()?;
        if share.n == 0 {
            return Err(Unknown::NotApplicable("a share of nothing".to_owned()));
        }
        // The fewest yes in all that are more than the share.
        let product = u128::from(share.hits) * u128::from(self.invited);
        let fewest = product / u128::from(share.n) + 1;
        let needed = fewest.saturating_sub(u128::from(self.yes));
        Ok(match u64::try_from(needed) {
            Ok(0) => Silent::Always,
            Ok(yes) if yes <= silent => Silent::Decide {
                yes,
                share: yes as f64 / silent as f64,
            },
            _ => Silent::Never,
        })
    }

    fn silent(&self) -> Result<u64, Unknown> {
        if self.invited == 0 {
            return Err(Unknown::NotApplicable("nobody was asked".to_owned()));
        }
        if self.yes > self.answered {
            return Err(Unknown::NotApplicable(
                "the counts do not agree: more said yes than answered".to_owned(),
            ));
        }
        self.invited.checked_sub(self.answered).ok_or_else(|| {
            Unknown::NotApplicable(
                "the counts do not agree: more answered than were asked".to_owned(),
            )
        })
    }
}
