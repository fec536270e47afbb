//! Where limits are made anew: at stated dates with a reason. A rebase that
//! the points suggest is told and never applied.

use super::refused::Refused;
use super::rules::{RUN, Side, side};
use super::{Judged, Point};
use crate::domain::Day;
use std::ops::Range;

/// Limits made anew from a date on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebase {
    /// The first day of the new process: points from it on get limits of
    /// their own.
    pub from: Day,
    /// What changed; never empty.
    pub reason: String,
}

/// A rebase that the points suggest. Nothing is changed by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The first day of the first point of the run.
    pub from: Day,
    /// Points in the run, seven or more; the last of the series is one.
    pub points: usize,
    /// The side of the mean that they are on.
    pub side: Side,
}

impl Suggestion {
    /// Which rule suggests it, and what to do.
    #[must_use]
    pub fn words(&self) -> String {
        let side = match self.side {
            Side::Higher => "above",
            Side::Lower => "below",
        };
        format!(
            "the latest {} points, since {}, are all {side} the mean (rule: seven or more in a \
             row on one side, still going on). If something is known to have changed then, \
             the limits may be made anew from that day with this as the reason; they have not \
             been",
            self.points,
            self.from.date()
        )
    }
}

/// The places of a stretch's points and why it began; the first has no reason.
pub(super) type Stretch = (Range<usize>, Option<String>);

/// The stretches between rebases, in order.
pub(super) fn stretches(points: &[Point], rebases: &[Rebase]) -> Result<Vec<Stretch>, Refused> {
    let mut ordered: Vec<&Rebase> = rebases.iter().collect();
    ordered.sort_by_key(|rebase| rebase.from);
    let (mut begins, mut why) = (0, None);
    let mut found = Vec::new();
    for rebase in ordered {
        let from = rebase.from;
        if rebase.reason.trim().is_empty() {
            return Err(Refused::RebaseWithoutReason { from });
        }
        let at = points.partition_point(|point| point.from < from);
        if at == begins || at == points.len() {
            return Err(Refused::RebaseNowhere { from });
        }
        found.push((begins..at, why));
        (begins, why) = (at, Some(rebase.reason.trim().to_owned()));
    }
    found.push((begins..points.len(), why));
    Ok(found)
}

/// The rebase that the last stretch suggests: its latest seven or more points
/// are on one side of the mean and others came before them.
pub(super) fn suggestion(latest: &[Judged]) -> Option<Suggestion> {
    let of = |point: &Judged| side(point.value, point.bounds.centre);
    let way = of(latest.last()?)?;
    let points = latest
        .iter()
        .rev()
        .take_while(|p| of(p) == Some(way))
        .count();
    let first = latest
        .len()
        .checked_sub(points)
        .filter(|before| *before > 0)?;
    (points >= RUN).then_some(Suggestion {
        from: latest[first].from,
        points,
        side: way,
    })
}
