//! A business case in words: the first sentence, money as it is read, what is
//! held back and why. What the page and the terminal both say is said here.

use super::{Basis, Case};
use staywise_core::casemodel::{
    Adjustment, Effect, Input, Range, Rounding, SetBy, Target, Turn, Unit, Verdict, Withheld,
};
use std::fmt::Write;

/// Pounds as they are read: to the pound under ten thousand, else three
/// figures: £9,876, £188,800, £1.24 million.
#[must_use]
pub fn about(pounds: f64) -> String {
    let size = pounds.abs();
    if size < 10_000.0 {
        return exact(pounds);
    }
    let step = 10f64.powf(size.log10().floor() - 3.0).max(1.0);
    exact((pounds / step).round() * step)
}

/// Pounds to the pound.
#[must_use]
pub fn exact(pounds: f64) -> String {
    let sign = if pounds.round() < 0.0 { "−" } else { "" };
    format!("{sign}£{}", thousands(pounds.abs().round()))
}

/// Pounds with pence.
#[must_use]
pub fn pence(pounds: f64) -> String {
    let hundredths = (pounds.abs() * 100.0).round();
    let sign = if pounds < 0.0 && hundredths > 0.0 {
        "−"
    } else {
        ""
    };
    let whole = (hundredths / 100.0).floor();
    format!(
        "{sign}£{}.{:02.0}",
        thousands(whole),
        hundredths - whole * 100.0
    )
}

/// A whole number with commas.
fn thousands(n: f64) -> String {
    let digits = format!("{n:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number without needless noughts.
#[must_use]
pub fn plain(n: f64) -> String {
    let text = format!("{n:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" => "0".to_owned(),
        _ => text.replace('-', "−"),
    }
}

/// A value in its unit: "£29.00 an hour", "80%", "10 weeks".
#[must_use]
pub fn in_unit(n: f64, unit: Unit) -> String {
    match unit {
        Unit::Pounds => about(n),
        Unit::PoundsAYear => format!("{} a year", exact(n)),
        Unit::PoundsAnHour => format!("{} an hour", pence(n)),
        Unit::Share => format!("{}%", plain(n * 100.0)),
        Unit::Number => plain(n),
        Unit::Fte => format!("{} full-time posts", plain(n)),
        Unit::HoursAWeek => format!("{} hours a week", plain(n)),
        Unit::Hours | Unit::Weeks | Unit::Days | Unit::People | Unit::Years => {
            let word = match unit {
                Unit::Hours => "hour",
                Unit::Weeks => "week",
                Unit::Days => "day",
                Unit::Years => "year",
                _ => "",
            };
            let plural = if (n - 1.0).abs() < 1e-9 { "" } else { "s" };
            match word {
                "" => plain(n),
                word => format!("{} {word}{plural}", plain(n)),
            }
        }
    }
}

/// A range in its unit: "6 to 16 weeks, likeliest 10".
#[must_use]
pub fn range(input: &Input) -> String {
    let Range { low, central, high } = input.range;
    if input.range.is_fixed() {
        return in_unit(central, input.unit);
    }
    format!(
        "{} to {}, likeliest {}",
        in_unit(low, input.unit),
        in_unit(high, input.unit),
        in_unit(central, input.unit)
    )
}

/// The value of a step in the central case.
#[must_use]
pub fn central(case: &Case, step: &str) -> Option<f64> {
    let model = &case.model;
    model.worked(&model.central(), Rounding::Pence).get(step)
}

/// How many preceptees a year, as printed.
fn preceptees(case: &Case) -> f64 {
    central(case, "preceptees_all").unwrap_or(0.0)
}

/// Whether the programme has its whole effect from the first year on.
fn runs_fully(case: &Case) -> bool {
    let reach = case.model.inputs.iter().filter(|i| i.slug == "reach");
    reach.map(|i| i.range.central).all(|share| share >= 1.0)
}

/// How many more stay of a year's preceptees, as credited, at the ends of the
/// interval and at its middle; none without a difference.
#[must_use]
pub fn more_who_stay(case: &Case) -> Option<Range> {
    if case.effect == Effect::BreakEven {
        return None;
    }
    let range = case.model.range("effect")?;
    let credited = match case.adjustment {
        Adjustment::Attribution => case.model.range("attribution")?.central,
        _ => 1.0,
    };
    let people = preceptees(case) * credited;
    Some(Range {
        low: range.low * people,
        central: range.central * people,
        high: range.high * people,
    })
}

/// People to a tenth: "4.5".
fn people(n: f64) -> String {
    plain((n * 10.0).round() / 10.0)
}

/// "4 more of each year's 60 preceptees stay".
fn must_stay(case: &Case, needed: f64) -> String {
    let (verb, when) = (
        if needed > 1.0 { "stay" } else { "stays" },
        if runs_fully(case) {
            ""
        } else {
            ", once it runs fully"
        },
    );
    format!(
        "{} more of each year’s {} preceptees {verb}{when}",
        plain(needed),
        plain(preceptees(case))
    )
}

/// What the case comes to: the first thing that is said of it.
#[must_use]
pub fn answer(case: &Case) -> String {
    let needed = case.answers.verdict.people().unwrap_or(0.0);
    let range = more_who_stay(case).unwrap_or(Range::fixed(0.0));
    let between = || format!("between {} and {}", people(range.low), people(range.high));
    match case.answers.verdict {
        Verdict::Free => "It costs nothing here: others pay for all of it.".to_owned(),
        Verdict::NothingToSave => "By these inputs a leaver costs nothing, so that nothing can \
             be saved: the pay that is not paid while a post stands empty is more than all else."
            .to_owned(),
        Verdict::CannotPay { leavers, .. } => {
            let all = preceptees(case);
            let only = if leavers >= all {
                format!("there are only {} preceptees a year", plain(all))
            } else {
                format!(
                    "only {} of a year’s {} preceptees leave",
                    people(leavers),
                    plain(all)
                )
            };
            format!(
                "It cannot pay for itself on leavers alone: {} more would have to stay, and {only}.",
                plain(needed)
            )
        }
        Verdict::PaysIf { .. } => format!("It pays for itself if {}.", must_stay(case, needed)),
        Verdict::CannotTell { .. } => format!(
            "We cannot tell whether more stay: the figures fit anything from {} fewer to {} more \
             of a year’s {} preceptees. It pays for itself if {}.",
            people(-range.low),
            people(range.high),
            plain(preceptees(case)),
            must_stay(case, needed)
        ),
        Verdict::Pays { .. } => format!(
            "It pays for itself over all that the figures fit: {} more of a year’s {} preceptees \
             must stay, and preceptorship is associated with {} more who do.",
            plain(needed),
            plain(preceptees(case)),
            between()
        ),
        Verdict::MayPay { .. } => format!(
            "It may pay for itself: {} more of a year’s {} preceptees must stay, and \
             preceptorship is associated with {} more who do.",
            plain(needed),
            plain(preceptees(case)),
            between()
        ),
        Verdict::DoesNotPay { .. } => format!(
            "It does not pay for itself on leavers alone: {} more of a year’s {} preceptees would \
             have to stay, and preceptorship is associated with at most {} more.",
            plain(needed),
            plain(preceptees(case)),
            people(range.high)
        ),
    }
}

/// The one prudent adjustment, named.
#[must_use]
pub fn adjustment(case: &Case) -> String {
    let share = |name: &str| {
        let input = case.model.input(name);
        input.map_or_else(String::new, |i| in_unit(i.range.central, i.unit))
    };
    match case.adjustment {
        Adjustment::None if case.effect == Effect::BreakEven => {
            "No adjustment is made, since no difference is valued.".to_owned()
        }
        Adjustment::None => "No prudent adjustment is made.".to_owned(),
        Adjustment::Attribution => format!(
            "One prudent adjustment: {} of the difference is put down to preceptorship.",
            share("attribution")
        ),
        Adjustment::OptimismBias => format!(
            "One prudent adjustment: the programme is taken to cost {} more than planned \
             (optimism bias).",
            share("optimism_bias")
        ),
        Adjustment::LowerEnd => "One prudent adjustment: the difference is taken at the lower \
             end of its interval."
            .to_owned(),
    }
}

/// Where the difference came from, or why there is none.
#[must_use]
pub fn basis(case: &Case) -> String {
    match &case.basis {
        Basis::Measured {
            title, method, row, ..
        } => format!(
            "The difference is this study’s own: {title} ({}), claim {}.",
            method.to_lowercase(),
            row.claim()
        ),
        Basis::BreakEven(why) => format!("Break-even only. {why}"),
    }
}

/// Why something is not said.
#[must_use]
pub fn withheld(why: &Withheld) -> String {
    match why {
        Withheld::NoEffect => "there is no difference that may be valued".to_owned(),
        Withheld::SpansNought => {
            "the interval of the difference touches nought, so that nobody may have been kept"
                .to_owned()
        }
        Withheld::Few => "there are too few preceptees for more than a range".to_owned(),
        Withheld::Driver { label, grade } => format!(
            "it would rest on “{}”, {}",
            label.to_lowercase(),
            match grade {
                Some(grade) => format!("whose source is graded {}", grade.letter()),
                None => "which has no graded source".to_owned(),
            }
        ),
    }
}

/// Whether a step may not be told by itself.
#[must_use]
pub fn is_held_back(case: &Case, step: &str) -> bool {
    let held = &case.answers.held_back;
    let one = held.one_figure.is_some();
    match step {
        "cost_per_stayer" => held.per_stayer.is_some(),
        "npv" | "bcr" | "cash_npv" | "pv_saved" | "pv_cash_saved" => one,
        step if step.starts_with("net_") || step.contains("saved_") => one,
        _ => false,
    }
}

/// The answer in the unit of what inputs were moved for.
#[must_use]
pub fn target(case: &Case, n: f64) -> String {
    match case.answers.target {
        Target::NetValue => about(n),
        Target::BreakEven => format!("{} people", people(n)),
    }
}

/// Everything that a terminal is told.
#[must_use]
pub fn on_terminal(case: &Case) -> String {
    let mut out = format!("{}\n\n", answer(case));
    let mut line = |label: &str, words: String| {
        // Writing into a String cannot fail.
        let _ = writeln!(out, "  {label:<34} {words}");
    };
    let money = |step: &str| central(case, step).map_or_else(|| "not known".to_owned(), about);
    line(
        "The programme, a year",
        format!(
            "{}, of that money {}",
            money("programme_year"),
            money("programme_cash_year")
        ),
    );
    line(
        "One leaver costs",
        format!(
            "{}, of that money {}",
            money("leaver_mean"),
            money("leaver_cash_mean")
        ),
    );
    if let Some((leavers, source)) = &case.leavers {
        line(
            "Leave within twelve months",
            format!("{} a year ({source})", people(*leavers)),
        );
    }
    if let Some(needed) = central(case, "break_even") {
        line(
            "Must stay for it to pay",
            format!("{} more a year", people(needed)),
        );
    }
    if case.effect == Effect::Measured {
        if case.answers.held_back.one_figure.is_none() {
            line(
                &format!("Saved less cost, {} years", case.years),
                format!(
                    "{}, {} for each pound",
                    money("npv"),
                    central(case, "bcr").map_or_else(String::new, pence)
                ),
            );
        }
        if let Some(years) = case.answers.payback {
            line(
                "Has paid for itself after",
                format!("{} years", plain(years)),
            );
        }
    }
    if let Some(scenarios) = case.answers.scenarios {
        let (worst, best) = (target(case, scenarios.worst), target(case, scenarios.best));
        line(
            "Everything at its worst, its best",
            format!("{worst}, {best}"),
        );
    }
    out.push('\n');
    for bar in case.answers.bars.iter().take(5) {
        let Some(input) = case.model.input(&bar.input) else {
            continue;
        };
        let ends = (target(case, bar.at_low), target(case, bar.at_high));
        let turn = case.answers.switching.iter().find(|(n, _)| *n == bar.input);
        let turn = match turn {
            Some((_, Turn::At(at))) => format!("; breaks even at {}", in_unit(*at, input.unit)),
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "  {}: {} gives {} to {}{turn}",
            input.label,
            range(input),
            ends.0,
            ends.1
        );
    }
    let _ = writeln!(out, "\n{}\n{}", basis(case), adjustment(case));
    out.push_str(&own_inputs(case));
    out
}

/// How many of the inputs are the study's own.
fn own_inputs(case: &Case) -> String {
    let inputs = &case.model.inputs;
    let shipped = inputs
        .iter()
        .filter(|i| i.provenance.set_by == SetBy::Shipped)
        .count();
    if shipped == 0 {
        return String::new();
    }
    let most = case.not_set.iter().take(3);
    let most: Vec<String> = most
        .filter_map(|not_set| case.model.input(&not_set.input))
        .map(|input| format!("{} ({})", input.label.to_lowercase(), input.name))
        .collect();
    format!(
        "{shipped} of {} inputs came with staywise and are not yours. Those that move the answer \
         most: {}.",
        inputs.len(),
        most.join("; ")
    )
}

#[cfg(test)]
mod tests {
    use super::{about, exact, pence, plain};

    #[test]
    fn money_is_read_as_money() {
        assert_eq!(about(9_876.4), "£9,876");
        assert_eq!(about(188_766.2), "£188,800");
        assert_eq!(about(-520_159.36), "−£520,200");
        assert_eq!(about(1_234_567.0), "£1,235,000");
        assert_eq!(exact(-0.3), "£0");
        assert_eq!(pence(29.0), "£29.00");
        assert_eq!(pence(-0.004), "£0.00");
        assert_eq!(pence(1_234.995), "£1,235.00");
        assert_eq!(plain(4.0), "4");
        assert_eq!(plain(0.25), "0.25");
    }
}
