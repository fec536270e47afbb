//! The decision: the first sentence, the few figures a board asks for, and
//! what is not told and why. Promises nothing that the study does not carry.

use super::amounts::{about, more_or_fewer, people, share};
use super::told::{Told, why};
use crate::case::{Basis, Whose};
use crate::chart::figure::{figure, interval};
use crate::chart::text::escape;
use crate::report::phrases::case as say;
use crate::report::words::capital;
use staywise_core::casemodel::{Adjustment, HeldBack, Target, Verdict, Withheld};
use staywise_core::domain::Status;

/// The first sentence and the figures under it, as markup.
pub(super) fn answer(told: &Told<'_>) -> String {
    let (bold, rest) = first(told);
    let mut html = format!(
        "<p class=\"decision\"><strong>{}</strong>{}</p>\n",
        escape(&bold),
        escape(&rest)
    );
    let items: String = lines(told)
        .iter()
        .map(|line| format!("<li>{}</li>\n", escape(line)))
        .collect();
    html.push_str(&format!("<ul class=\"read\">\n{items}</ul>\n"));
    html
}

/// The figures under the first sentence, a sentence each.
pub(super) fn lines(told: &Told<'_>) -> Vec<String> {
    let mut lines = what_ifs(told);
    lines.extend(costs(told));
    lines.extend(value(told));
    lines.extend(grounds(told));
    lines
}

/// The first sentence: its bold part and the rest.
pub(super) fn first(told: &Told<'_>) -> (String, String) {
    let all = people(told.everyone());
    let verdict = told.case.answers.verdict;
    let n = people(verdict.people().unwrap_or(0.0));
    let associated = || match told.credited() {
        Some((low, _, high)) => {
            let [low, high] = told_people(told, (low, high));
            say::CASE_ASSOCIATED.say([&low, &high])
        }
        None => ".".to_owned(),
    };
    match verdict {
        Verdict::Free => (say::CASE_FREE.say([]), say::CASE_FREE_REST.say([])),
        Verdict::NothingToSave => (say::CASE_NOTHING.say([]), say::CASE_NOTHING_REST.say([])),
        Verdict::CannotPay { leavers, .. } => {
            let bold = match leavers < told.everyone() {
                true => say::CASE_CANNOT_PAY.say([&n, &people(leavers), &all]),
                false => say::CASE_CANNOT_PAY_ALL.say([&n, &all]),
            };
            match reach(told).filter(|_| told.spans()) {
                Some([low, high]) => (bold, say::CASE_AND_CANNOT_TELL.say([&low, &high, &all])),
                None => (bold, ".".to_owned()),
            }
        }
        // Whatever adjustment was made, what the study cannot tell comes first.
        _ if told.spans() => {
            let [low, high] = reach(told).unwrap_or_default();
            (
                say::CASE_CANNOT_TELL.say([&low, &high, &all]),
                format!(".{}", say::CASE_WOULD_PAY.say([&n])),
            )
        }
        Verdict::PaysIf { .. } | Verdict::CannotTell { .. } => {
            let bold = match n.as_str() {
                "1" => say::CASE_PAYS_IF_ONE.say([&all]),
                n => say::CASE_PAYS_IF.say([n, &all]),
            };
            (bold, say::CASE_ONCE_FULL.say([]))
        }
        Verdict::Pays { .. } => (say::CASE_PAYS.say([&n, &all]), associated()),
        Verdict::MayPay { .. } => (say::CASE_MAY_PAY.say([&n, &all]), associated()),
        Verdict::DoesNotPay { .. } => (say::CASE_DOES_NOT_PAY.say([&n, &all]), associated()),
    }
}

/// The study's own interval in people.
fn reach(told: &Told<'_>) -> Option<[String; 2]> {
    let (low, _, high) = told.found()?;
    Some([low, high].map(more_or_fewer))
}

/// Two limits in whole people that lie on the side of what is needed on which
/// they are.
fn told_people(told: &Told<'_>, (low, high): (f64, f64)) -> [String; 2] {
    let needed = told.needed().unwrap_or(0.0);
    let whole = told.case.answers.verdict.people().unwrap_or(0.0);
    let of = |value: f64| {
        let near = value.round();
        let near = match value >= needed {
            true => near.max(whole),
            false => near.min(whole - 1.0),
        };
        more_or_fewer(near)
    };
    [of(low), of(high)]
}

fn what_ifs(told: &Told<'_>) -> Vec<String> {
    let all = told.case.what_ifs.iter();
    all.map(|one| say::CASE_WHAT_IF.say([one])).collect()
}

/// What it costs, what a leaver costs, and what money alone says.
fn costs(told: &Told<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(leavers) = &told.case.leavers {
        let said = match leavers.whose {
            Whose::WithoutIt => say::CASE_OF_LEAVERS,
            Whose::Everyone => say::CASE_OF_ALL_LEAVERS,
        };
        let all = people(told.everyone());
        lines.push(said.say([&people(leavers.count), &all, &leavers.source]));
    }
    let [year, cash] = ["programme_year", "programme_cash_year"].map(|name| about(told.at(name)));
    lines.push(say::CASE_COSTS.say([&year, &cash]));
    let once = told.at("set_up_line");
    if once > 0.0 {
        lines.push(say::CASE_SET_UP.say([&about(once)]));
    }
    let funding = told.year("funding", 1);
    if funding > 0.0 {
        lines.push(say::CASE_FUNDED.say([&about(funding)]));
    }
    let (one, money) = (told.at("leaver_mean"), told.at("leaver_cash_mean"));
    lines.push(match money > 0.0 {
        true => say::CASE_LEAVER.say([&about(one), &about(money)]),
        false => say::CASE_LEAVER_NO_CASH.say([&about(one)]),
    });
    if told.needed().is_some() {
        lines.extend(range_of_needed(told));
        lines.extend(money_alone(told, money));
    }
    lines
}

/// How many must stay at the better and the worse ends, where that is what
/// inputs were moved for.
fn range_of_needed(told: &Told<'_>) -> Option<String> {
    let answers = &told.case.answers;
    let scenarios = answers
        .scenarios
        .filter(|_| answers.target == Target::BreakEven)?;
    let all = told.everyone();
    let [best, worst] =
        [scenarios.best, scenarios.worst].map(|n| match (n - 1e-9).ceil().max(0.0) {
            n if n > all => say::CASE_MORE_THAN_ALL.say([]),
            n => people(n),
        });
    Some(say::CASE_NEEDED_RANGE.say([&best, &worst]))
}

fn money_alone(told: &Told<'_>, leaver: f64) -> Option<String> {
    let needed = told.get("cash_break_even").filter(|n| *n > 0.0);
    match (leaver > 0.0, needed) {
        (true, Some(n)) if n > told.everyone() => Some(say::CASE_CASH_ABOVE.say([])),
        (true, Some(n)) => Some(say::CASE_CASH_BREAK_EVEN.say([&people((n - 1e-9).ceil())])),
        (true, None) => None,
        (false, _) => Some(say::CASE_CASH_NEVER.say([])),
    }
}

/// What it comes to over the years, where there is a difference to value.
fn value(told: &Told<'_>) -> Vec<String> {
    if !told.is_valued() || told.needed().is_none() {
        return Vec::new();
    }
    let held = told.held();
    let years = told.case.years.to_string();
    if told.spans() {
        return spanning(told, &years).into_iter().collect();
    }
    if held.one_figure.is_some() {
        return ranged(told, &years).into_iter().collect();
    }
    let net = told.at("npv");
    let mut lines = vec![match net < 0.0 {
        true => say::CASE_NET_LESS.say([&years, &about(-net)]),
        false => say::CASE_NET_MORE.say([&years, &about(net)]),
    }];
    let (saved, paid) = (told.at("pv_cash_saved"), about(told.at("pv_cash_cost")));
    lines.push(match saved > 0.0 {
        true => say::CASE_NET_CASH.say([&about(saved), &paid, &years]),
        false => say::CASE_NET_CASH_NONE.say([&about(-saved), &paid, &years]),
    });
    if let Some([low, high]) = drawn(told) {
        lines.push(say::CASE_NET_DRAWN.say([&low, &high]));
    }
    if let Some(ratio) = told.get("bcr") {
        lines.push(say::CASE_RATIO.say([&format!("£{ratio:.1}0")]));
    }
    lines.push(match told.case.answers.payback {
        None => say::CASE_PAYBACK_NOT.say([&years]),
        Some(0.0) => say::CASE_PAYBACK_AT_ONCE.say([]),
        Some(after) => say::CASE_PAYBACK.say([&format!("{after:.1}")]),
    });
    if held.per_stayer.is_none()
        && let Some(cost) = told.get("cost_per_stayer")
    {
        lines.push(say::CASE_PER_STAYER.say([&about(cost)]));
    }
    lines.extend(chance(told, &held));
    lines
}

fn chance(told: &Told<'_>, held: &HeldBack) -> Option<String> {
    let answers = &told.case.answers;
    let (drawn, _) = answers.drawn.as_ref()?;
    let may = held.probability.is_none() && answers.target == Target::NetValue;
    let hundred = drawn.share_even * 100.0;
    let share = match hundred {
        h if h < 1.0 => say::CASE_UNDER_ONE.say([]),
        h if h > 99.0 => say::CASE_OVER_NINETY_NINE.say([]),
        h => say::CASE_ABOUT_SO_MANY.say([&format!("{h:.0}")]),
    };
    may.then(|| say::CASE_CHANCE.say([&share]))
}

/// From one end of the study's interval to the other.
fn spanning(told: &Told<'_>, years: &str) -> Option<String> {
    let answers = &told.case.answers;
    let bars = answers.bars.iter();
    let mut bars = bars.filter(|_| answers.target == Target::NetValue);
    let bar = bars.find(|bar| bar.input == "effect")?;
    let low = about(bar.at_low.min(bar.at_high));
    let high = about(bar.at_low.max(bar.at_high));
    Some(say::CASE_NET_SPANS.say([years, &low, &high]))
}

/// A range in place of one figure.
fn ranged(told: &Told<'_>, years: &str) -> Option<String> {
    if let Some([low, high]) = drawn(told) {
        return Some(say::CASE_NET_RANGE.say([years, &low, &high]));
    }
    let answers = &told.case.answers;
    let scenarios = answers
        .scenarios
        .filter(|_| answers.target == Target::NetValue)?;
    let [worst, best] = [scenarios.worst, scenarios.best].map(about);
    Some(say::CASE_NET_WORST.say([years, &worst, &best]))
}

/// Where 9 of 10 draws of the net value lie.
fn drawn(told: &Told<'_>) -> Option<[String; 2]> {
    let answers = &told.case.answers;
    let (drawn, _) = answers.drawn.as_ref()?;
    let [low, .., high] = drawn.points;
    (answers.target == Target::NetValue).then(|| [low, high].map(about))
}

/// Where the difference comes from, the adjustment, and what is not told.
fn grounds(told: &Told<'_>) -> Vec<String> {
    let mut lines = vec![match &told.case.basis {
        Basis::BreakEven(why) => capital(why),
        Basis::Measured {
            title, method, row, ..
        } => {
            let mut words = figure(row);
            if row.status() == Status::Shown {
                words.extend(interval(row).map(|reach| format!(" ({reach})")));
            }
            say::CASE_MEASURED.say([title, method, &words])
        }
    }];
    lines.push(adjustment(told));
    lines.extend(not_told(told));
    lines
}

fn adjustment(told: &Told<'_>) -> String {
    match told.case.adjustment {
        Adjustment::None => say::CASE_ADJUST_NONE.say([]),
        Adjustment::Attribution => {
            say::CASE_ADJUST_ATTRIBUTION.say([&share(told.at("attribution"))])
        }
        Adjustment::OptimismBias => {
            say::CASE_ADJUST_OPTIMISM.say([&share(told.at("optimism_bias"))])
        }
        Adjustment::LowerEnd => say::CASE_ADJUST_LOWER.say([]),
    }
}

/// What is held back, each reason once.
fn not_told(told: &Told<'_>) -> Vec<String> {
    let held = told.held();
    let mut reasons: Vec<(Withheld, Vec<String>)> = Vec::new();
    let mut add = |reason: Option<Withheld>, what: String| {
        let Some(reason) = reason else { return };
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, all)) => all.push(what),
            None => reasons.push((reason, vec![what])),
        }
    };
    let figure = match held.one_figure {
        Some(Withheld::NoEffect) => say::CASE_WHAT_POUNDS.say([]),
        _ => say::CASE_WHAT_FIGURE.say([]),
    };
    add(held.one_figure.clone(), figure);
    let ratio = match &held.one_figure {
        Some(Withheld::NoEffect) => None,
        other => told
            .spans()
            .then_some(Withheld::SpansNought)
            .or_else(|| other.clone()),
    };
    add(ratio, say::CASE_WHAT_RATIO.say([]));
    add(held.per_stayer, say::CASE_WHAT_STAYER.say([]));
    add(held.probability, say::CASE_WHAT_CHANCE.say([]));
    reasons
        .iter()
        .map(|(reason, what)| say::CASE_NOT_TOLD.say([&what.join("; "), &why(reason)]))
        .collect()
}
