//! What must hold for any comparison: an interval holds its estimate and is
//! made of numbers, and turning the groups round turns the answer round.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::float_cmp
)]

use proptest::prelude::{Strategy, prop_oneof};
use proptest::{collection::vec, prop_assert, proptest};
use staywise_core::domain::estimate::METHODS;
use staywise_core::stats::difference::Share;
use staywise_core::stats::proportion::{agresti_coull, jeffreys, wald, wilson_continuity};
use staywise_core::stats::ranks::{kruskal_wallis, mann_whitney};
use staywise_core::stats::ratio_of_shares::miettinen_nurminen_ratio;
use staywise_core::stats::two_shares::{Continuity, miettinen_nurminen};

const PLAIN: Continuity = Continuity::Uncorrected;
const DRAWN: Continuity = Continuity::Corrected;

fn share() -> impl Strategy<Value = Share> {
    let size = prop_oneof![1..12_u64, 1..400_u64, 1..2_000_000_u64];
    Strategy::prop_flat_map(size, |n| {
        Strategy::prop_map(0..=n, move |hits| Share { hits, n })
    })
}

proptest! {
    #[test]
    fn score_intervals_hold_their_estimate_and_mirror(one in share(), two in share(), level in 0.5..0.999_f64) {
        let found = miettinen_nurminen(one, two, level).unwrap();
        let gap = found.interval;
        prop_assert!(-1.0 <= gap.lower && gap.lower <= found.estimate + 1e-15);
        prop_assert!(found.estimate <= gap.upper + 1e-15 && gap.upper <= 1.0);
        prop_assert!(METHODS.contains(&gap.method));
        let turned = miettinen_nurminen(two, one, level).unwrap().interval;
        prop_assert!((turned.lower + gap.upper).abs() < 1e-14);
        let ratio = miettinen_nurminen_ratio(one, two, level).unwrap();
        prop_assert!(ratio.interval.lower.is_finite() && ratio.interval.lower >= 0.0);
        prop_assert!(ratio.interval.upper.is_none_or(f64::is_finite));
        let estimate = ratio.estimate.unwrap_or(0.0);
        prop_assert!(ratio.interval.lower <= estimate * (1.0 + 1e-12) || ratio.estimate.is_none());
        prop_assert!(ratio.interval.upper.is_none_or(|upper| estimate <= upper * (1.0 + 1e-12)));
        prop_assert!((ratio.interval.upper.is_none()) == (two.hits == 0));
    }

    #[test]
    fn other_intervals_are_numbers(one in share(), level in 0.5..0.999_f64) {
        for method in [wilson_continuity, agresti_coull, wald, jeffreys] {
            let found = method(one.hits, one.n, level).unwrap();
            prop_assert!(found.lower.is_finite() && found.lower <= found.upper && METHODS.contains(&found.method));
            prop_assert!(method(one.n + 1, one.n, level).is_none() && method(0, 0, level).is_none());
        }
    }

    #[test]
    fn ranks_do_not_mind_the_order_of_groups(one in vec(0..6_u8, 1..30), two in vec(0..6_u8, 1..30)) {
        let real = |v: &[u8]| v.iter().map(|x| f64::from(*x)).collect::<Vec<_>>();
        let (one, two) = (real(&one), real(&two));
        if let Ok(found) = mann_whitney(&one, &two, DRAWN, 0.95) {
            let turned = mann_whitney(&two, &one, DRAWN, 0.95).unwrap();
            prop_assert!((found.p - turned.p).abs() < 1e-12);
            prop_assert!((found.superiority + turned.superiority - 1.0).abs() < 1e-12);
            prop_assert!((found.interval.lower + turned.interval.upper - 1.0).abs() < 1e-9);
            prop_assert!(found.interval.lower <= found.superiority && found.superiority <= found.interval.upper);
            // Two groups by Kruskal and Wallis are Mann and Whitney's, uncorrected.
            let plain = mann_whitney(&one, &two, PLAIN, 0.95).unwrap();
            if plain.z.is_some() {
                prop_assert!((kruskal_wallis(&[&one, &two]).unwrap().p - plain.p).abs() < 1e-9);
            }
        }
    }
}
