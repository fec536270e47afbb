//! The four special-cause rules, in their order. Knows no target and no
//! direction of improvement; sees one stretch of points between two rebases.

/// Points in a row that make a trend or a shift.
pub(super) const RUN: usize = 7;

/// How far two figures may differ and still be taken as equal, as a share of
/// their size: what is left of rounding.
const ROUNDING: f64 = 1e-12;

/// The limits a point is judged by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Lower process limit; as computed, also where a share cannot go.
    pub lower: f64,
    /// Two thirds of the way down.
    pub near_lower: f64,
    /// The mean.
    pub centre: f64,
    /// Two thirds of the way up.
    pub near_upper: f64,
    /// Upper process limit.
    pub upper: f64,
}

/// A rule that tells a special cause from chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Outside a process limit.
    OutsideLimit,
    /// One of seven in a row that rise, or fall, at every step.
    Trend,
    /// One of two among three in a row, all on one side of the mean, that lie
    /// in the outer third.
    TwoOfThree,
    /// One of seven in a row on one side of the mean.
    OneSide,
}

/// Which way a special cause points: a trend by where it goes, the others by
/// the side of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Up.
    Higher,
    /// Down.
    Lower,
}

/// The rule that a point meets, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SpecialCause {
    /// The first rule it meets, in their order.
    pub rule: Rule,
    /// Which way.
    pub side: Side,
}

impl SpecialCause {
    /// The words beside the point.
    #[must_use]
    pub fn words(self) -> &'static str {
        match (self.rule, self.side) {
            (Rule::OutsideLimit, Side::Higher) => "above the upper limit",
            (Rule::OutsideLimit, Side::Lower) => "below the lower limit",
            (Rule::Trend, Side::Higher) => "one of seven or more in a row that rise",
            (Rule::Trend, Side::Lower) => "one of seven or more in a row that fall",
            (Rule::TwoOfThree, Side::Higher) => "two of three in a row near the upper limit",
            (Rule::TwoOfThree, Side::Lower) => "two of three in a row near the lower limit",
            (Rule::OneSide, Side::Higher) => "one of seven or more in a row above the mean",
            (Rule::OneSide, Side::Lower) => "one of seven or more in a row below the mean",
        }
    }
}

/// Whether one figure is above another by more than rounding.
pub(crate) fn clearly(above: f64, below: f64) -> bool {
    above - below > ROUNDING * (above.abs() + below.abs())
}

/// Which side of `middle` a figure is on; nothing where it is on it.
pub(super) fn side(value: f64, middle: f64) -> Option<Side> {
    if clearly(value, middle) {
        Some(Side::Higher)
    } else if clearly(middle, value) {
        Some(Side::Lower)
    } else {
        None
    }
}

/// The rule each point of one stretch meets, the first in their order.
/// `bounds` has one for each value.
pub(crate) fn causes(values: &[f64], bounds: &[Bounds]) -> Vec<Option<SpecialCause>> {
    let pairs = || values.iter().zip(bounds);
    let sides: Vec<Option<Side>> = pairs().map(|(v, b)| side(*v, b.centre)).collect();
    let outside: Vec<Option<Side>> = pairs().map(|(v, b)| beyond(*v, b.lower, b.upper)).collect();
    let close: Vec<Option<Side>> = pairs()
        .map(|(v, b)| beyond(*v, b.near_lower, b.near_upper))
        .zip(&outside)
        .map(|(near, out)| if out.is_some() { None } else { near })
        .collect();
    let rules = [
        (Rule::OutsideLimit, outside),
        (Rule::Trend, trends(values)),
        (Rule::TwoOfThree, two_of_three(&close, &sides)),
        (Rule::OneSide, runs(&sides)),
    ];
    (0..values.len())
        .map(|at| {
            rules.iter().find_map(|(rule, marks)| {
                let side = marks.get(at).copied().flatten()?;
                Some(SpecialCause { rule: *rule, side })
            })
        })
        .collect()
}

fn beyond(value: f64, lower: f64, upper: f64) -> Option<Side> {
    if clearly(value, upper) {
        Some(Side::Higher)
    } else if clearly(lower, value) {
        Some(Side::Lower)
    } else {
        None
    }
}

/// All points of every seven that move the same way six times. A point that
/// ends one trend and begins the next counts to the first.
fn trends(values: &[f64]) -> Vec<Option<Side>> {
    let moves: Vec<Option<Side>> = values.windows(2).map(|w| side(w[1], w[0])).collect();
    let mut marks = vec![None; values.len()];
    for (at, six) in moves.windows(RUN - 1).enumerate() {
        let Some(way) = six[0].filter(|_| six.iter().all(|m| *m == six[0])) else {
            continue;
        };
        for mark in &mut marks[at..at + RUN] {
            mark.get_or_insert(way);
        }
    }
    marks
}

/// The close points of every three on one side of which two or more are close.
fn two_of_three(close: &[Option<Side>], sides: &[Option<Side>]) -> Vec<Option<Side>> {
    let mut marks = vec![None; sides.len()];
    for (at, three) in sides.windows(3).enumerate() {
        let same = three[0].is_some() && three.iter().all(|s| *s == three[0]);
        let near = &close[at..at + 3];
        if same && near.iter().flatten().count() >= 2 {
            for (mark, found) in marks[at..at + 3].iter_mut().zip(near) {
                *mark = mark.or(*found);
            }
        }
    }
    marks
}

/// All points of every seven on one side.
fn runs(sides: &[Option<Side>]) -> Vec<Option<Side>> {
    let mut marks = vec![None; sides.len()];
    for (at, seven) in sides.windows(RUN).enumerate() {
        if seven[0].is_some() && seven.iter().all(|s| *s == seven[0]) {
            marks[at..at + RUN].fill(seven[0]);
        }
    }
    marks
}
