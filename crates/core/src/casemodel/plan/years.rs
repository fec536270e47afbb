//! The years of a case and its answers: costs, what is saved, both brought to
//! the first year's value, and how many would have to stay.

use super::{Adjustment, Effect, Line, Lines, Plan};
use crate::casemodel::formula::{Formula, number, product, sum, value};
use crate::casemodel::input::Unit;
use crate::casemodel::model::{Part, Purse, Wrong};

/// The name of a line of a year.
#[must_use]
pub fn of_year(slug: &str, year: u16) -> String {
    format!("{slug}_{year}")
}

/// Whether an input says what share of the effect a year has.
pub(super) fn is_reach(name: &str) -> bool {
    name.starts_with("reach_")
}

/// Each year has its share of the effect, there is no share without a year,
/// and there is a year: a case of none would cost nothing.
pub(super) fn ramp(plan: &Plan) -> Result<(), Wrong> {
    let shares = plan.inputs.iter().filter(|i| is_reach(&i.name)).count();
    if plan.years == 0 || shares != usize::from(plan.years) {
        return Err(Wrong::Ramp);
    }
    Ok(())
}

/// A line's slug, label and unit.
type Told<'l> = (&'l str, &'l str, Unit);

impl Lines<'_> {
    /// Something a preceptee, over all preceptees.
    fn over_groups(&self, each: impl Fn(usize) -> Formula) -> Formula {
        let groups = 0..self.plan.groups.len();
        let parts: Vec<Formula> = groups
            .map(|g| product([value(&self.own("preceptees", g)), each(g)]))
            .collect();
        sum(parts)
    }

    /// Makes programme costs what they are taken to be.
    fn raised(&self, cost: Formula) -> Formula {
        if self.plan.adjustment == Adjustment::OptimismBias {
            product([cost, sum(vec![number(1.0), value("optimism_bias")])])
        } else {
            cost
        }
    }

    /// The share of preceptees who stay and would else have left, as credited.
    fn credited(&self) -> Formula {
        if self.plan.adjustment == Adjustment::Attribution {
            product([value("effect"), value("attribution")])
        } else {
            value("effect")
        }
    }

    /// How many there are, what a year of the programme costs, and what one
    /// leaver costs on average over the groups.
    pub(super) fn averages(&mut self) {
        let groups = 0..self.plan.groups.len();
        let everyone = sum(groups.map(|g| value(&self.own("preceptees", g))).collect());
        let told = ("preceptees_all", "Preceptees a year", Unit::People);
        self.answer(told, everyone);
        for (slug, fixed, each, label) in [
            (
                "programme_year",
                ["lead_line", "yearly_line"],
                "preceptee_cost",
                "The programme, a year",
            ),
            (
                "programme_cash_year",
                ["lead_line", "yearly_line"],
                "preceptee_cash",
                "Of that, money paid out",
            ),
        ] {
            let all = sum(vec![
                self.over_groups(|g| self.step(each, g)),
                value(fixed[0]),
                value(fixed[1]),
            ]);
            let raised = self.raised(all).pence();
            self.answer((slug, label, Unit::Pounds), raised);
        }
        for (slug, each, label) in [
            ("leaver_mean", "leaver_cost", "One leaver costs, on average"),
            (
                "leaver_cash_mean",
                "leaver_cash",
                "Of that, money paid out, on average",
            ),
        ] {
            let mean = self
                .over_groups(|g| self.step(each, g))
                .over(value("preceptees_all"));
            self.answer((slug, label, Unit::Pounds), mean);
        }
    }

    /// A line of a year, under its year's name.
    fn yearly(&mut self, year: u16, (slug, label, unit): Told<'_>, formula: Formula) {
        let line = Line {
            slug: &of_year(slug, year),
            label,
            unit,
            part: Part::Year(year),
            purse: Purse::Mixed,
        };
        self.add(&line, None, formula);
    }

    /// An answer.
    fn answer(&mut self, (slug, label, unit): Told<'_>, formula: Formula) {
        let line = Line {
            slug,
            label,
            unit,
            part: Part::Answer,
            purse: Purse::Mixed,
        };
        self.add(&line, None, formula);
    }

    /// The lines of one year; the first counts at its full value.
    pub(super) fn year(&mut self, year: u16) {
        let y = |slug: &str| value(&of_year(slug, year));
        let exponent = i32::from(year) - 1;
        let growth = sum(vec![number(1.0), value("discount_rate")]).power(exponent);
        let factor = number(1.0).over(growth);
        self.yearly(year, ("factor", "Discount factor", Unit::Number), factor);
        for (cost, running, label) in [
            ("cost", "programme_year", "Programme"),
            (
                "cash_cost",
                "programme_cash_year",
                "Programme: money paid out",
            ),
        ] {
            let mut parts = vec![value(running)];
            if year == 1 {
                parts.push(self.raised(value("set_up_line")));
            }
            self.yearly(year, (cost, label, Unit::Pounds), sum(parts).pence());
        }
        let funding = self.over_groups(|g| self.of("funding", g)).pence();
        self.yearly(year, ("funding", "Paid by others", Unit::Pounds), funding);
        for (slug, cost, label) in [
            ("pv_cost", "cost", "Cost at the first year's value"),
            (
                "pv_cash_cost",
                "cash_cost",
                "Money paid out at the first year's value",
            ),
        ] {
            let own = y(cost).less(y("funding"));
            let today = product([own, y("factor")]).pence();
            self.yearly(year, (slug, label, Unit::Pounds), today);
        }
        let weight = product([y("reach"), y("factor")]);
        let label = "Share of the effect, discounted";
        self.yearly(year, ("weight", label, Unit::Number), weight);
        if self.plan.effect == Effect::Measured {
            self.year_saved(year);
        }
    }

    /// What a year saves, by the difference that was measured.
    fn year_saved(&mut self, year: u16) {
        let y = |slug: &str| value(&of_year(slug, year));
        let share = || product([self.credited(), y("reach")]);
        let stayers = product([value("preceptees_all"), share()]);
        let saved = product([self.over_groups(|g| self.step("leaver_cost", g)), share()]);
        let cash = product([self.over_groups(|g| self.step("leaver_cash", g)), share()]);
        self.yearly(year, ("stayers", "More who stay", Unit::People), stayers);
        let told = ("saved", "Leavers' cost saved", Unit::Pounds);
        self.yearly(year, told, saved.pence());
        let told = ("cash_saved", "Of that, money", Unit::Pounds);
        self.yearly(year, told, cash.pence());
        for (slug, of, label) in [
            ("pv_saved", "saved", "Saved at the first year's value"),
            (
                "pv_cash_saved",
                "cash_saved",
                "Money saved at the first year's value",
            ),
        ] {
            let today = product([y(of), y("factor")]).pence();
            self.yearly(year, (slug, label, Unit::Pounds), today);
        }
        let net = y("pv_saved").less(y("pv_cost"));
        self.yearly(year, ("net", "Saved less cost", Unit::Pounds), net);
    }

    /// Something of every year, added.
    fn over_years(&self, slug: &str) -> Formula {
        let years = 1..=self.plan.years;
        sum(years.map(|y| value(&of_year(slug, y))).collect())
    }

    /// The answers: how many must stay, and what it comes to.
    pub(super) fn answers(&mut self) {
        for (slug, label, unit) in [
            ("pv_cost", "The programme costs", Unit::Pounds),
            ("pv_cash_cost", "Of that, money paid out", Unit::Pounds),
            ("weight", "Years of whole effect, discounted", Unit::Years),
        ] {
            self.answer((slug, label, unit), self.over_years(slug));
        }
        for (slug, cost, each, label) in [
            (
                "break_even",
                "pv_cost",
                "leaver_mean",
                "How many more must stay of a year's preceptees",
            ),
            (
                "cash_break_even",
                "pv_cash_cost",
                "leaver_cash_mean",
                "How many more must stay, counting money only",
            ),
        ] {
            let one = product([value("weight"), value(each)]);
            self.answer((slug, label, Unit::People), value(cost).over(one));
        }
        let share = value("break_even").over(value("preceptees_all"));
        let told = ("break_even_share", "That, as a share", Unit::Share);
        self.answer(told, share);
        if self.plan.effect == Effect::Measured {
            self.answers_of_effect();
        }
    }

    /// What the difference that was measured comes to.
    fn answers_of_effect(&mut self) {
        let money = |slug, label| (slug, label, Unit::Pounds);
        for (slug, label) in [
            ("pv_saved", "Leavers' cost saved"),
            ("pv_cash_saved", "Of that, money"),
        ] {
            self.answer(money(slug, label), self.over_years(slug));
        }
        let net = value("pv_saved").less(value("pv_cost"));
        self.answer(money("npv", "Saved less cost"), net);
        let cash = value("pv_cash_saved").less(value("pv_cash_cost"));
        self.answer(money("cash_npv", "Money saved less money paid"), cash);
        let ratio = value("pv_saved").over(value("pv_cost"));
        let told = ("bcr", "Saved for each pound of cost", Unit::Number);
        self.answer(told, ratio);
        let stayers = self.over_years("stayers");
        let told = ("stayers", "More who stay, all years", Unit::People);
        self.answer(told, stayers);
        let each = value("pv_cost").over(value("stayers"));
        let told = money("cost_per_stayer", "Cost for each person kept");
        self.answer(told, each);
        let full = product([value("preceptees_all"), self.credited()]);
        let told = ("stayers_year", "More who stay, a year", Unit::People);
        self.answer(told, full);
    }
}
