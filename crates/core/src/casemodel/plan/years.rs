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
        let answer = |slug, label, unit| Line {
            slug,
            label,
            unit,
            part: Part::Answer,
            purse: Purse::Mixed,
        };
        let line = answer("preceptees_all", "Preceptees a year", Unit::People);
        self.add(&line, None, everyone);
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
            self.add(&answer(slug, label, Unit::Pounds), None, raised);
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
            self.add(&answer(slug, label, Unit::Pounds), None, mean);
        }
    }

    /// The lines of one year; the first counts at its full value.
    pub(super) fn year(&mut self, year: u16) {
        let y = |slug: &str| of_year(slug, year);
        let add = |lines: &mut Self, slug: &str, label: &str, unit, formula| {
            let line = Line {
                slug: &y(slug),
                label,
                unit,
                part: Part::Year(year),
                purse: Purse::Mixed,
            };
            lines.add(&line, None, formula);
        };
        let exponent = i32::from(year) - 1;
        let growth = sum(vec![number(1.0), value("discount_rate")]).power(exponent);
        let factor = number(1.0).over(growth);
        add(self, "factor", "Discount factor", Unit::Number, factor);
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
            add(self, cost, label, Unit::Pounds, sum(parts).pence());
        }
        let funding = self.over_groups(|g| self.of("funding", g)).pence();
        add(self, "funding", "Paid by others", Unit::Pounds, funding);
        let at_value = |amount: Formula| product([amount, value(&y("factor"))]).pence();
        for (slug, cost, label) in [
            ("pv_cost", "cost", "Cost at the first year's value"),
            (
                "pv_cash_cost",
                "cash_cost",
                "Money paid out at the first year's value",
            ),
        ] {
            let own = value(&y(cost)).less(value(&y("funding")));
            add(self, slug, label, Unit::Pounds, at_value(own));
        }
        let weight = product([value(&y("reach")), value(&y("factor"))]);
        add(
            self,
            "weight",
            "Share of the effect, discounted",
            Unit::Number,
            weight,
        );
        if self.plan.effect == Effect::BreakEven {
            return;
        }
        let share = || product([self.credited(), value(&y("reach"))]);
        let stayers = product([value("preceptees_all"), share()]);
        let saved = product([self.over_groups(|g| self.step("leaver_cost", g)), share()]);
        let cash = product([self.over_groups(|g| self.step("leaver_cash", g)), share()]);
        add(self, "stayers", "More who stay", Unit::People, stayers);
        add(
            self,
            "saved",
            "Leavers' cost saved",
            Unit::Pounds,
            saved.pence(),
        );
        add(
            self,
            "cash_saved",
            "Of that, money",
            Unit::Pounds,
            cash.pence(),
        );
        for (slug, of, label) in [
            ("pv_saved", "saved", "Saved at the first year's value"),
            (
                "pv_cash_saved",
                "cash_saved",
                "Money saved at the first year's value",
            ),
        ] {
            add(self, slug, label, Unit::Pounds, at_value(value(&y(of))));
        }
        let net = value(&y("pv_saved")).less(value(&y("pv_cost")));
        add(self, "net", "Saved less cost", Unit::Pounds, net);
    }

    /// The answers: how many must stay, and what it comes to.
    pub(super) fn answers(&mut self) {
        let add = |lines: &mut Self, slug, label, unit, formula| {
            let line = Line {
                slug,
                label,
                unit,
                part: Part::Answer,
                purse: Purse::Mixed,
            };
            lines.add(&line, None, formula);
        };
        let years = self.plan.years;
        let over_years = |slug: &str| sum((1..=years).map(|y| value(&of_year(slug, y))).collect());
        add(
            self,
            "pv_cost",
            "The programme costs",
            Unit::Pounds,
            over_years("pv_cost"),
        );
        add(
            self,
            "pv_cash_cost",
            "Of that, money paid out",
            Unit::Pounds,
            over_years("pv_cash_cost"),
        );
        add(
            self,
            "weight",
            "Years of whole effect, discounted",
            Unit::Years,
            over_years("weight"),
        );
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
            add(self, slug, label, Unit::People, value(cost).over(one));
        }
        let share = value("break_even").over(value("preceptees_all"));
        add(
            self,
            "break_even_share",
            "That, as a share",
            Unit::Share,
            share,
        );
        if self.plan.effect == Effect::BreakEven {
            return;
        }
        let saved = over_years("pv_saved");
        add(self, "pv_saved", "Leavers' cost saved", Unit::Pounds, saved);
        let cash = over_years("pv_cash_saved");
        add(self, "pv_cash_saved", "Of that, money", Unit::Pounds, cash);
        let npv = value("pv_saved").less(value("pv_cost"));
        add(self, "npv", "Saved less cost", Unit::Pounds, npv);
        let cash_npv = value("pv_cash_saved").less(value("pv_cash_cost"));
        add(
            self,
            "cash_npv",
            "Money saved less money paid",
            Unit::Pounds,
            cash_npv,
        );
        let ratio = value("pv_saved").over(value("pv_cost"));
        add(
            self,
            "bcr",
            "Saved for each pound of cost",
            Unit::Number,
            ratio,
        );
        let stayers = over_years("stayers");
        add(
            self,
            "stayers",
            "More who stay, all years",
            Unit::People,
            stayers,
        );
        let each = value("pv_cost").over(value("stayers"));
        add(
            self,
            "cost_per_stayer",
            "Cost for each person kept",
            Unit::Pounds,
            each,
        );
        let full = product([value("preceptees_all"), self.credited()]);
        add(
            self,
            "stayers_year",
            "More who stay, a year",
            Unit::People,
            full,
        );
    }
}
