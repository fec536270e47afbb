//! What must hold of the business case whatever its inputs are: pence are
//! those of the printed number, dearer programmes need more to stay, pounds
//! may be counted in any coin, and groups that are alike are one group.
#![allow(clippy::unwrap_used)]

mod case_made;

use case_made::{INPUTS, input, plan};
use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_oneof};
use proptest::{prop_assert, prop_assert_eq, proptest};
use staywise_core::casemodel::{
    Adjustment, Model, Plan, Range, Rounding, Target, Unit, named, pence, tornado,
};

// --- pence ---

/// The printed number at fifteen digits, rounded to two places digit by digit
/// and without arithmetic of doubles.
fn by_hand(pounds: f64) -> f64 {
    let printed = format!("{:.14e}", pounds.abs());
    let (digits, exponent) = printed.split_once('e').unwrap();
    let exponent: i32 = exponent.parse().unwrap();
    let digits: i128 = digits.replace('.', "").parse().unwrap();
    // The number is digits times ten to this; pence are a hundred times it.
    let places = exponent - 14 + 2;
    let ten = |n: i32| 10_i128.pow(n.unsigned_abs());
    let whole = if places >= 0 {
        digits * ten(places)
    } else if places < -30 {
        0
    } else {
        (2 * digits + ten(places)) / (2 * ten(places))
    };
    let value: f64 = format!("{whole}e-2").parse().unwrap();
    value.copysign(pounds)
}

/// Pounds of all sizes, half pennies among them.
fn pounds() -> impl Strategy<Value = f64> {
    let half = (-2_000_000_000_i64..2_000_000_000).prop_map(|n| n as f64 / 1000.0);
    let fifths = (0..4_000_000_000_000_i64).prop_map(|n| (n as f64 * 10.0 + 5.0) / 1000.0);
    let sizes = (-1.0..1.0_f64, -6..11_i32).prop_map(|(x, size)| x * 10_f64.powi(size));
    let products = (0.0..500.0_f64, 0.0..200.0_f64).prop_map(|(a, b)| {
        let to = |x: f64, by: f64| (x * by).round() / by;
        to(a, 10.0) * to(b, 100.0) * 0.125
    });
    prop_oneof![half, fifths, sizes, products]
}

proptest! {
    #[test]
    fn pence_are_those_of_the_printed_number(x in pounds()) {
        let (found, wanted) = (pence(x), by_hand(x));
        prop_assert!(found == wanted, "{x}: {found}, not {wanted}");
    }

    #[test]
    fn pence_keep_order_and_what_is_pence_already(x in pounds(), y in pounds()) {
        let (less, more) = if x < y { (x, y) } else { (y, x) };
        prop_assert!(pence(less) <= pence(more));
        prop_assert_eq!(pence(pence(x)), pence(x));
        prop_assert_eq!(pence(-x), -pence(x));
    }
}

// --- plans ---

/// How many times twice itself each input of the example is.
fn doublings() -> impl Strategy<Value = Vec<f64>> {
    vec(-1.0..1.0_f64, INPUTS.len())
}

/// A plan whose inputs are the example's, each from half to twice itself.
fn made(doublings: &[f64]) -> Plan {
    let mut made = plan(Some((0.01, 0.05, 0.09)), Adjustment::None);
    for (i, by) in made.inputs.iter_mut().zip(doublings) {
        let most = match i.unit {
            Unit::Share => 1.0,
            _ => f64::INFINITY,
        };
        let value = (i.range.central * 2.0_f64.powf(*by)).min(most);
        i.range = Range::fixed(match i.unit {
            Unit::People => value.round(),
            _ => value,
        });
    }
    made
}

fn answer(model: &Model, step: &str, rounding: Rounding) -> f64 {
    model.worked(&model.central(), rounding).get(step).unwrap()
}

fn set(plan: &mut Plan, name: &str, change: impl Fn(f64) -> f64) {
    for i in plan.inputs.iter_mut().filter(|i| i.name == name) {
        i.range = Range::fixed(change(i.range.central));
    }
}

/// What the programme is paid with, and nothing that a leaver costs.
const PROGRAMME: [&str; 12] = [
    "preceptor_pay",
    "preceptor_hours",
    "preceptee_hours",
    "study_days",
    "study_fee",
    "backfill_rate",
    "lead_fte",
    "lead_pay",
    "materials",
    "yearly_other",
    "set_up",
    "optimism_bias",
];

/// What a leaver costs, and nothing that the programme is paid with.
const LEAVING: [&str; 13] = [
    "senior_pay",
    "cover_rate",
    "advert",
    "finder_fee",
    "relocation",
    "checks",
    "interview_hours",
    "induction_hours",
    "induction_other",
    "supernumerary_hours",
    "ramp_weeks",
    "exit_hours",
    "exit_other",
];

proptest! {
    #[test]
    fn a_dearer_programme_needs_more_to_stay_and_dearer_leavers_fewer(
        by in doublings(), more in 1.0..3.0_f64, biased in proptest::bool::ANY,
    ) {
        let mut plan = made(&by);
        if biased {
            plan.adjustment = Adjustment::OptimismBias;
        }
        let before = plan.clone().model().unwrap();
        for rounding in [Rounding::Pence, Rounding::None] {
            let people = answer(&before, "break_even", rounding);
            // A leaver who costs nothing is another answer.
            if answer(&before, "leaver_mean", rounding) <= 1.0 {
                continue;
            }
            let hair = 1e-9 * people;
            for name in PROGRAMME {
                let mut dearer = plan.clone();
                set(&mut dearer, name, |x| x * more);
                let after = answer(&dearer.model().unwrap(), "break_even", rounding);
                prop_assert!(after >= people - hair, "{}: {} from {}", name, after, people);
            }
            for name in LEAVING {
                let mut dearer = plan.clone();
                set(&mut dearer, name, |x| x * more);
                let after = answer(&dearer.model().unwrap(), "break_even", rounding);
                prop_assert!(after <= people + hair, "{}: {} from {}", name, after, people);
            }
        }
    }

    /// An hour that is covered costs its cover, one that is not its work, and
    /// each saves its pay.
    #[test]
    fn weeks_vacant_cost_what_they_cost_more_than_pay(by in doublings(), more in 1.1..3.0_f64) {
        let plan = made(&by);
        let before = plan.clone().model().unwrap();
        let value = |name: &str| before.range(name).unwrap().central;
        let hour = answer(&before, "hour", Rounding::None);
        let share = value("cover_share");
        let extra = share * value("cover_rate") + (1.0 - share) * hour - hour;
        let mut longer = plan.clone();
        set(&mut longer, "vacancy_weeks", |x| x * more);
        let cost = |model: &Model| answer(model, "leaver_cost", Rounding::None);
        let rise = cost(&longer.model().unwrap()) - cost(&before);
        prop_assert!(rise.signum() == extra.signum() || extra.abs() < 1e-9);
        let hours = value("vacancy_weeks") * (more - 1.0) * value("contract_hours");
        prop_assert!((rise - extra * hours).abs() < 1e-6, "{} not {}", rise, extra * hours);
    }

    #[test]
    fn pounds_may_be_counted_in_any_coin(by in doublings(), coin in 0.01..200.0_f64) {
        let plan = made(&by);
        let before = plan.clone().model().unwrap();
        let mut other = plan.clone();
        for i in other.inputs.iter_mut().filter(|i| i.unit.is_money()) {
            i.range = Range::fixed(i.range.central * coin);
        }
        let after = other.model().unwrap();
        let same = |one: f64, other: f64| (one - other).abs() <= 1e-9 * one.abs().max(1e-9);
        for step in ["break_even", "cash_break_even", "bcr", "break_even_share"] {
            let (one, other) = (
                before.worked(&before.central(), Rounding::None).get(step),
                after.worked(&after.central(), Rounding::None).get(step),
            );
            let both = one.zip(other).is_some_and(|(a, b)| same(a, b));
            // Money alone may come to nearly nothing on a leaver.
            prop_assert!(both || step == "cash_break_even", "{}: {:?} {:?}", step, one, other);
        }
        let npv = answer(&before, "npv", Rounding::None) * coin;
        prop_assert!((npv - answer(&after, "npv", Rounding::None)).abs() <= 1e-9 * npv.abs().max(1.0));
    }

    #[test]
    fn groups_that_are_alike_are_one_group(by in doublings(), parts in vec(1_u32..60, 2..5)) {
        let plan = made(&by);
        let mut one = plan.clone();
        let all: u32 = parts.iter().sum();
        set(&mut one, "preceptees", |_| f64::from(all));
        let mut several = plan.clone();
        let groups = parts.len();
        several.groups = (0..groups).map(|g| format!("group {g}")).collect();
        several.inputs.retain(|i| i.name != "preceptees");
        for (group, people) in parts.iter().enumerate() {
            for (slug, unit, _, central, _) in INPUTS {
                // Some inputs are each group's own, though they are alike.
                let own = match *slug {
                    "preceptees" => f64::from(*people),
                    "pay" | "cover_rate" | "study_fee" if group > 0 => {
                        plan.inputs.iter().find(|i| i.name == *slug).unwrap().range.central
                    }
                    _ => continue,
                };
                prop_assert!(*central >= 0.0);
                several.inputs.push(input(&named(slug, group, groups), *unit, Range::fixed(own)));
            }
        }
        let (one, several) = (one.model().unwrap(), several.model().unwrap());
        for (rounding, near) in [(Rounding::None, 1e-9), (Rounding::Pence, 1e-6)] {
            for step in ["npv", "pv_cost", "pv_saved", "break_even", "leaver_mean", "preceptees_all"] {
                let (a, b) = (answer(&one, step, rounding), answer(&several, step, rounding));
                // A rounded flow a year may fall on the other penny.
                let pennies = if rounding == Rounding::Pence { 0.07 } else { 0.0 };
                prop_assert!((a - b).abs() <= near * a.abs() + pennies, "{}: {} {}", step, a, b);
            }
        }
    }

    /// Whatever is asked, an answer is a number or none.
    #[test]
    fn no_inputs_give_what_is_not_a_number(
        by in doublings(), nothing in vec(proptest::bool::weighted(0.3), INPUTS.len() + 1),
    ) {
        let mut plan = made(&by);
        for (i, nothing) in plan.inputs.iter_mut().zip(nothing) {
            if nothing && i.slug != "contract_hours" {
                i.range = Range { low: 0.0, central: 0.0, ..i.range };
            }
        }
        let model = plan.model().unwrap();
        let values = model.worked(&model.central(), Rounding::Pence);
        for step in &model.steps {
            prop_assert!(values.get(&step.name).is_none_or(f64::is_finite));
        }
        for target in [Target::NetValue, Target::BreakEven] {
            for bar in tornado(&model, target) {
                prop_assert!(bar.swing() > 0.0);
                // Of people, no number may be enough: infinite, and never less
                // than nobody.
                let least = if target == Target::BreakEven { 0.0 } else { f64::MIN };
                let all = [bar.at_low, bar.at_high];
                prop_assert!(all.iter().all(|end| *end >= least), "{:?}", bar);
                prop_assert!(target == Target::BreakEven || bar.swing().is_finite());
            }
        }
    }
}
