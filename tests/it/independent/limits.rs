//! Confidence limits by formulas of their own.

/// The 97.5% point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's limits, as the roots of (p - x/n)^2 = z^2 p(1 - p)/n.
pub(crate) fn wilson(hits: u64, base: u64) -> (f64, f64) {
    let (x, n) = (hits as f64, base as f64);
    let share = x / n;
    // a p^2 - b p + c = 0
    let a = 1.0 + Z * Z / n;
    let b = 2.0 * share + Z * Z / n;
    let c = share * share;
    let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
    let lower = if hits == 0 {
        0.0
    } else {
        (b - root) / (2.0 * a)
    };
    let upper = if hits == base {
        1.0
    } else {
        (b + root) / (2.0 * a)
    };
    (lower, upper)
}

/// Exact limits of a Poisson mean, by halving on the sum of its terms.
pub(crate) fn poisson(events: u64) -> (f64, f64) {
    let at_most = |mean: f64, count: u64| {
        let mut term = (-mean).exp();
        let mut sum = term;
        for k in 1..=count {
            term *= mean / k as f64;
            sum += term;
        }
        sum
    };
    let halve = |above: &dyn Fn(f64) -> bool| {
        let (mut low, mut high) = (0.0, 2.0 * events as f64 + 20.0);
        for _ in 0..200 {
            let middle = (low + high) / 2.0;
            if above(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        (low + high) / 2.0
    };
    let lower = match events.checked_sub(1) {
        None => 0.0,
        Some(fewer) => halve(&|mean| 1.0 - at_most(mean, fewer) > 0.025),
    };
    (lower, halve(&|mean| at_most(mean, events) < 0.025))
}

#[cfg(test)]
mod tests {
    use super::{poisson, wilson};

    fn near(found: (f64, f64), lower: f64, upper: f64) {
        assert!((found.0 - lower).abs() < 1e-11, "{found:?}");
        assert!((found.1 - upper).abs() < 1e-11, "{found:?}");
    }

    /// R's prop.test without continuity correction, on the examples of
    /// Newcombe (1998), Statistics in Medicine 17:857, table I; and half the
    /// chi-squared quantiles 2.5% on 20 and 97.5% on 22 degrees of freedom.
    #[test]
    fn limits_are_those_of_other_software() {
        near(wilson(81, 263), 0.255_288_519_878_274, 0.366_209_576_982_8);
        near(
            wilson(1, 29),
            0.006_113_214_292_762_66,
            0.171_755_218_793_203,
        );
        near(wilson(10, 10), 1.0 - 0.277_532_799_862_889_2, 1.0);
        near(poisson(0), 0.0, 3.688_879_454_113_936);
        near(poisson(10), 4.795_388_696_132_4, 18.390_356_042_017_8);
    }
}
