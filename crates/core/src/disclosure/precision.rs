//! At what precision a figure may leave. Rounds; never hides.
//!
//! The check in `protect` gives the attacker the exact counts of every shown
//! cell, so that a table with nothing hidden, or with something hidden, stays
//! protected whatever precision its shown cells leave at. Rounding where
//! something is hidden is a second lock: it takes away the exact numerators
//! that the attacker was allowed in the check, so that a mistake in one
//! relation (another metric, another release) is not at once a number. It is
//! not relied on: at small bases a whole per cent gives its count back.

use crate::domain::{Figures, Unit};

/// How exactly the cells of a table leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Estimates in full, counts too: nothing in the table or its series of
    /// periods is hidden.
    Exact,
    /// Whole per cent, scores to 1 decimal, rates to 2 significant digits,
    /// whole months; the base, but nothing above or below the line.
    Rounded,
}

impl Precision {
    /// The figure as it may leave.
    pub(super) fn apply(self, mut figures: Figures) -> Figures {
        if self == Self::Exact {
            return figures;
        }
        let unit = figures.unit;
        figures.numerator = None;
        figures.denominator = None;
        figures.estimate = rounded(figures.estimate, unit);
        if let Some(interval) = &mut figures.interval {
            interval.lower = rounded(interval.lower, unit);
            interval.upper = rounded(interval.upper, unit);
        }
        figures
    }
}

/// A value at the rounded precision of its unit. Counts are bases themselves
/// and leave as they are.
fn rounded(value: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Fraction => decimals(value, 2),
        Unit::Score => decimals(value, 1),
        Unit::Months | Unit::Fte => decimals(value, 0),
        Unit::Rate | Unit::Per100PersonYears | Unit::Per100PersonMonths | Unit::Pence => {
            significant(value, 2)
        }
        Unit::People | Unit::Count => value,
    }
}

fn decimals(value: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    let whole = (value * scale).round() / scale;
    // A small negative difference must not print as -0.
    if whole == 0.0 { 0.0 } else { whole }
}

fn significant(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    // Through the decimal text, so that the result is the double nearest the
    // decimal number whatever its size.
    let places = usize::try_from(digits - 1).unwrap_or(0);
    format!("{value:.places$e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::{Precision, rounded};
    use crate::domain::{Figures, Interval, Unit};

    #[test]
    fn each_unit_has_its_precision() {
        let cases = [
            (23.0 / 31.0, Unit::Fraction, 0.74),
            (-0.001, Unit::Fraction, 0.0),
            (3.449, Unit::Score, 3.4),
            (0.123_456, Unit::Rate, 0.12),
            (12.345, Unit::Per100PersonYears, 12.0),
            (123_456.0, Unit::Pence, 120_000.0),
            (0.0, Unit::Rate, 0.0),
            (14.4, Unit::Months, 14.0),
            (57.0, Unit::People, 57.0),
        ];
        for (value, unit, expected) in cases {
            let got = rounded(value, unit);
            assert_eq!(got.to_bits(), f64::to_bits(expected), "{value} {unit:?}");
        }
    }

    #[test]
    fn rounding_keeps_the_base_and_drops_the_counts() {
        let figures = Figures {
            n: 31,
            numerator: Some(23.0),
            denominator: Some(31.0),
            estimate: 23.0 / 31.0,
            interval: Some(Interval {
                lower: 0.567_9,
                upper: 0.863_2,
                level: 0.95,
                method: "wilson",
            }),
            unit: Unit::Fraction,
        };
        assert_eq!(Precision::Exact.apply(figures), figures);
        let out = Precision::Rounded.apply(figures);
        assert_eq!((out.n, out.numerator, out.denominator), (31, None, None));
        let limits = out.interval.map(|i| (i.lower, i.upper));
        assert_eq!((out.estimate, limits), (0.74, Some((0.57, 0.86))));
    }
}
