//! How figures that are no rows are written: shares as percentages and their
//! changes in points, with one decimal place where the figures have one.
//! Computes nothing and rounds nothing away that was not rounded before.

use crate::chart::figure::amount;
use crate::report::cells::{Cell, plain, signed};
use crate::report::phrases;
use staywise_core::domain::Unit;

/// The unit of some figures and how closely they are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    unit: Unit,
    places: u8,
}

impl Scale {
    /// As closely as the figures come: whole where all of them are whole.
    pub(super) fn of(unit: Unit, values: impl IntoIterator<Item = f64>) -> Self {
        let times = if shares(unit) { 100.0 } else { 1.0 };
        let whole = |value: f64| {
            let value = value * times;
            (value - value.round()).abs() < 1e-6
        };
        Self {
            unit,
            places: u8::from(!values.into_iter().all(whole)),
        }
    }

    /// `25.0%`, `3.8`.
    pub(super) fn level(self, value: f64) -> String {
        match self.unit {
            unit if shares(unit) => format!("{}%", plain(value * 100.0, self.places)),
            Unit::People | Unit::Count | Unit::Score => plain(value, self.places),
            unit => amount(unit, value),
        }
    }

    /// `+5.0 points`, `-0.3`.
    pub(super) fn change(self, value: f64) -> String {
        match shares(self.unit) {
            true => format!("{} {}", self.bare(value), phrases::IN_POINTS.say([])),
            false => self.bare(value),
        }
    }

    /// `between -15.0 and -9.0`.
    pub(super) fn reach(self, (lower, upper): (f64, f64)) -> String {
        phrases::POINTS_REACH.say([&self.bare(lower), &self.bare(upper)])
    }

    /// The change without its unit.
    fn bare(self, value: f64) -> String {
        signed(value * self.times(), self.places)
    }

    fn times(self) -> f64 {
        if shares(self.unit) { 100.0 } else { 1.0 }
    }

    /// A level's cell; its heading has the per cent.
    pub(super) fn level_cell(self, value: f64) -> Cell {
        Cell::decimal(value * self.times(), self.places)
    }

    /// A change's cell.
    pub(super) fn change_cell(self, value: f64) -> Cell {
        Cell::signed(value * self.times(), self.places)
    }

    /// The heading of levels.
    pub(super) fn level_heading(self) -> String {
        match shares(self.unit) {
            true => phrases::COLUMN_LEVEL_PERCENT.say([]),
            false => phrases::COLUMN_LEVEL.say([]),
        }
    }

    /// The heading of changes.
    pub(super) fn change_heading(self) -> String {
        match shares(self.unit) {
            true => phrases::COLUMN_CHANGE_POINTS.say([]),
            false => phrases::COLUMN_CHANGE.say([]),
        }
    }
}

/// Whether figures are told in per cent.
fn shares(unit: Unit) -> bool {
    matches!(unit, Unit::Fraction | Unit::Rate)
}

#[cfg(test)]
mod tests {
    use super::Scale;
    use staywise_core::domain::Unit;

    #[test]
    fn figures_are_written_as_closely_as_they_come() {
        let exact = Scale::of(Unit::Rate, [0.25, 0.3, 30.0 / 140.0]);
        assert_eq!(
            [0.25, 0.3, 30.0 / 140.0].map(|v| exact.level(v)),
            ["25.0%", "30.0%", "21.4%"]
        );
        assert_eq!(exact.change(-0.0857), "-8.6 points");
        let rounded = Scale::of(Unit::Rate, [0.25, 0.3, 0.21]);
        assert_eq!([0.25, 0.21].map(|v| rounded.level(v)), ["25%", "21%"]);
        assert_eq!(rounded.change(0.0), "0 points");
        assert_eq!(rounded.reach((-0.15, 0.04)), "between -15 and +4");
        let score = Scale::of(Unit::Score, [3.8]);
        assert_eq!(
            (score.level(3.8).as_str(), score.change(0.2).as_str()),
            ("3.8", "+0.2")
        );
    }
}
