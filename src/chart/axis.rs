//! Where an axis starts, ends and has its ticks. Shares go by tenths, all
//! else by 1, 2 or 5 times a power of ten and with 0 on it.

use super::figure::amount;
use staywise_core::domain::Unit;

/// An axis over values.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The value at its left or lower end.
    pub low: f64,
    /// The value at its other end; above `low`.
    pub high: f64,
    /// Tick values, ascending.
    pub ticks: Vec<f64>,
    unit: Unit,
}

impl Axis {
    /// An axis that holds every value given.
    #[must_use]
    pub fn holding(values: &[f64], unit: Unit) -> Self {
        let finite = || values.iter().copied().filter(|v| v.is_finite());
        let least = finite().fold(f64::INFINITY, f64::min);
        let most = finite().fold(f64::NEG_INFINITY, f64::max);
        // A limit of nothing or all may come a rounding error outside.
        let share = least >= -1e-9 && most <= 1.0 + 1e-9 || least > most;
        if unit == Unit::Fraction && share {
            return Self::tenths(least, most);
        }
        Self::round(least.min(0.0), most.max(0.0), unit)
    }

    /// An axis close round the values given, which need not have 0 on it: for
    /// marks whose length is measured from one another.
    #[must_use]
    pub fn close(values: &[f64], unit: Unit) -> Self {
        let finite = || values.iter().copied().filter(|v| v.is_finite());
        let least = finite().fold(f64::INFINITY, f64::min);
        let most = finite().fold(f64::NEG_INFINITY, f64::max);
        if least > most {
            return Self::holding(values, unit);
        }
        let pad = if most > least { 0.0 } else { 0.05 };
        let low = if least < 0.0 {
            least - pad
        } else {
            (least - pad).max(0.0)
        };
        Self::round(low, most + pad - 1e-12, unit)
    }

    /// A share's axis, from 0 to 1 in steps of a fifth.
    #[must_use]
    pub fn whole_share() -> Self {
        Self::of_tenths(0, 10, 2)
    }

    fn tenths(least: f64, most: f64) -> Self {
        if least > most {
            return Self::whole_share();
        }
        // A limit that stands on a tenth needs no further tenth.
        let mut low = tenth((least * 10.0 + 1e-9).floor());
        let mut high = tenth((most * 10.0 - 1e-9).ceil());
        while high - low < 4 {
            if high < 10 {
                high += 1;
            }
            if high - low < 4 && low > 0 {
                low -= 1;
            }
        }
        Self::of_tenths(low, high, if high - low > 6 { 2 } else { 1 })
    }

    fn of_tenths(low: i32, high: i32, step: i32) -> Self {
        let low = low - low.rem_euclid(step);
        let high = (high + (high - low).rem_euclid(step)).min(10);
        let value = |tenths: i32| f64::from(tenths) / 10.0;
        let mut ticks = Vec::new();
        let mut at = low;
        while at <= high {
            ticks.push(value(at));
            at += step;
        }
        Self {
            low: value(low),
            high: value(high),
            ticks,
            unit: Unit::Fraction,
        }
    }

    fn round(least: f64, most: f64, unit: Unit) -> Self {
        let span = if most > least { most - least } else { 1.0 };
        let power = 10_f64.powf((span / 5.0).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .map(|times| times * power)
            .into_iter()
            .find(|step| span / step <= 5.0 + 1e-9)
            .unwrap_or(10.0 * power);
        let whole = matches!(unit, Unit::Count | Unit::People);
        let step = match unit {
            _ if whole => step.max(1.0),
            // Its ticks are whole percentages.
            Unit::Fraction | Unit::Rate => step.max(0.01),
            _ => step,
        };
        let first = (least / step).floor();
        let last = (most / step).ceil().max(first + 1.0);
        // At most a dozen ticks by the choice of the step.
        let ticks: Vec<f64> = (0..12)
            .map(|k| first + f64::from(k))
            .take_while(|k| *k <= last)
            .map(|k| k * step)
            .collect();
        Self {
            low: first * step,
            high: last * step,
            ticks,
            unit,
        }
    }

    /// What its values are measured in.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// A tick's number as printed.
    #[must_use]
    pub fn label(&self, tick: f64) -> String {
        match self.unit {
            Unit::Score | Unit::Months | Unit::Per100PersonYears | Unit::Per100PersonMonths => {
                let short = format!("{:.2}", tick + 0.0);
                short.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            Unit::Fraction | Unit::Rate if tick.abs() < 1e-12 => "0%".to_owned(),
            unit => amount(unit, tick),
        }
    }
}

/// A tenth as a whole number from 0 to 10.
fn tenth(value: f64) -> i32 {
    (0..=10)
        .find(|t| f64::from(*t) >= value - 0.5)
        .unwrap_or(10)
}

#[cfg(test)]
mod tests {
    use super::{Axis, Unit};

    #[test]
    fn shares_go_by_tenths_and_hold_their_limits() {
        let axis = Axis::holding(&[0.523, 0.82], Unit::Fraction);
        assert_eq!((axis.low, axis.high), (0.5, 0.9));
        assert_eq!(axis.ticks.len(), 5);
        let wide = Axis::holding(&[0.07, 0.95], Unit::Fraction);
        assert_eq!((wide.low, wide.high, wide.ticks.len()), (0.0, 1.0, 6));
        assert_eq!(Axis::holding(&[], Unit::Fraction), Axis::whole_share());
        let top = Axis::holding(&[1.0], Unit::Fraction);
        assert_eq!((top.low, top.high), (0.6, 1.0));
    }

    #[test]
    fn other_amounts_start_at_nothing() {
        let axis = Axis::holding(&[0.11, 0.34], Unit::Rate);
        assert_eq!(axis.low, 0.0);
        assert!(axis.high >= 0.34 && axis.ticks.len() <= 7);
        assert_eq!(axis.label(axis.ticks[0]), "0%");
        let change = Axis::holding(&[-0.2, 0.3], Unit::Fraction);
        assert!(change.low <= -0.2 && change.high >= 0.3);
        let none = Axis::holding(&[0.0], Unit::Count);
        assert!(none.high > none.low);
        let few = Axis::holding(&[2.0], Unit::Count);
        assert_eq!(few.ticks, [0.0, 1.0, 2.0]);
        let ends = Axis::holding(&[-1e-17, 1.0 + 1e-16], Unit::Fraction);
        assert_eq!((ends.low, ends.high), (0.0, 1.0));
    }

    #[test]
    fn a_close_axis_need_not_start_at_nothing() {
        let close = Axis::close(&[0.75, 0.88], Unit::Fraction);
        assert!(close.low > 0.5 && close.low <= 0.75 && close.high >= 0.88);
        let labels: Vec<String> = close.ticks.iter().map(|t| close.label(*t)).collect();
        let mut once = labels.clone();
        once.dedup();
        assert_eq!(labels, once);
        let narrow = Axis::close(&[0.801, 0.803], Unit::Rate);
        assert!(narrow.ticks.len() >= 2 && narrow.low <= 0.801 && narrow.high >= 0.803);
        let one = Axis::close(&[0.0], Unit::Rate);
        assert!(one.low == 0.0 && one.high > 0.0);
        assert_eq!(Axis::close(&[], Unit::Fraction), Axis::whole_share());
    }

    #[test]
    fn every_axis_holds_its_values() {
        for k in 0..200 {
            let least = f64::from(k) / 200.0;
            let axis = Axis::holding(&[least, (least + 0.04).min(1.0)], Unit::Fraction);
            assert!(axis.low <= least + 1e-9 && axis.high >= (least + 0.04).min(1.0) - 1e-9);
        }
    }
}
