//! What somebody wants a case of: the inputs, the groups of staff, how many
//! years and how soon it works. Makes the steps of the model from it. Holds
//! no price and no default.

use super::formula::{Formula, number, product, rest_of, sum, value};
use super::input::{Input, Range, Unit};
use super::model::{Model, Part, Purse, Step, Wrong};

/// The one prudent adjustment that a case makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adjustment {
    /// None is made.
    #[default]
    None,
    /// Only a share of the difference is put down to preceptorship: the
    /// input `attribution`.
    Attribution,
    /// The programme is taken to cost more than planned: the input
    /// `optimism_bias`.
    OptimismBias,
    /// The difference is taken at the lower end of its interval.
    LowerEnd,
}

/// Whether the study has a difference in retention to value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It has: the input `effect`, a share of preceptees.
    Measured,
    /// It has not: how many would have to stay is all that is asked.
    BreakEven,
}

/// What a model is made of.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Every input: those of all, and those that a group has of its own,
    /// whose names end in `.1`, `.2` and so on. Each group has its own
    /// `preceptees`.
    pub inputs: Vec<Input>,
    /// The groups of staff as printed; one without a name where all are one.
    pub groups: Vec<String>,
    /// How many years: the inputs `reach_1`, `reach_2` and so on say what
    /// share of the effect each year has.
    pub years: u16,
    /// Whether the study has a difference.
    pub effect: Effect,
    /// The prudent adjustment.
    pub adjustment: Adjustment,
}

/// Inputs that are shares, and cannot be above 1.
const SHARES: [&str; 8] = [
    "finder_share",
    "cover_share",
    "ramp_gap",
    "backfill_share",
    "usual_share",
    "attribution",
    "effect",
    "leaving_share",
];

/// Inputs that something is divided by.
const DIVISORS: [&str; 1] = ["contract_hours"];

impl Plan {
    /// The model, with each step after all that it reads.
    ///
    /// # Errors
    ///
    /// Which input is missing, stands twice, has no order or is impossible.
    pub fn model(mut self) -> Result<Model, Wrong> {
        years::ramp(&self)?;
        let mut interval = None;
        if self.adjustment == Adjustment::LowerEnd {
            for input in self.inputs.iter_mut().filter(|i| i.name == "effect") {
                // An interval out of order stays, to be refused.
                if !input.range.is_ordered() {
                    continue;
                }
                interval = Some(input.range);
                input.range = Range::fixed(input.range.low);
            }
        }
        for input in &self.inputs {
            possible(input)?;
        }
        let mut lines = Lines {
            plan: &self,
            steps: Vec::new(),
        };
        for group in 0..self.groups.len() {
            lines.rates(group);
            lines.leaver(group);
            lines.preceptee(group);
        }
        lines.fixed();
        lines.averages();
        for year in 1..=self.years {
            lines.year(year);
        }
        lines.answers();
        let steps = lines.steps;
        Ok(Model::new(self.inputs, steps)?.with_interval(interval))
    }
}

/// Whether an input lies where such a thing can.
fn possible(input: &Input) -> Result<(), Wrong> {
    let range = input.range;
    let slug = input.slug.as_str();
    let share = SHARES.contains(&slug) || years::is_reach(&input.name);
    let wrong = (share && range.high > 1.0)
        || (slug != "effect" && range.low < 0.0)
        || (slug == "effect" && range.low < -1.0)
        || (DIVISORS.contains(&slug) && range.low <= 0.0);
    if wrong && range.is_ordered() {
        return Err(Wrong::Impossible(input.name.clone()));
    }
    Ok(())
}

/// The steps of a plan, one after the other.
struct Lines<'p> {
    plan: &'p Plan,
    steps: Vec<Step>,
}

/// What a step is, beside its formula.
struct Line<'l> {
    slug: &'l str,
    label: &'l str,
    unit: Unit,
    part: Part,
    purse: Purse,
}

impl Lines<'_> {
    /// An input of a group: its own where it has one, else that of all.
    fn of(&self, slug: &str, group: usize) -> Formula {
        let own = self.own(slug, group);
        if self.plan.inputs.iter().any(|i| i.name == own) {
            value(&own)
        } else {
            value(slug)
        }
    }

    /// The name that a group's own input or step has.
    fn own(&self, slug: &str, group: usize) -> String {
        named(slug, group, self.plan.groups.len())
    }

    /// A step of a group, by value.
    fn step(&self, slug: &str, group: usize) -> Formula {
        value(&self.own(slug, group))
    }

    fn add(&mut self, line: &Line<'_>, group: Option<usize>, formula: Formula) {
        let several = self.plan.groups.len() > 1;
        self.steps.push(Step {
            name: group.map_or_else(|| line.slug.to_owned(), |g| self.own(line.slug, g)),
            label: line.label.to_owned(),
            group: group
                .filter(|_| several)
                .and_then(|g| self.plan.groups.get(g).cloned()),
            unit: line.unit,
            formula,
            part: line.part,
            purse: line.purse,
        });
    }

    /// What an hour of each kind of person costs, with on-costs: a year's pay
    /// is for 365 / 7 weeks.
    fn rates(&mut self, group: usize) {
        for (slug, pay, label) in [
            ("hour", "pay", "An hour of the preceptee's time"),
            (
                "preceptor_hour",
                "preceptor_pay",
                "An hour of the preceptor's time",
            ),
            ("senior_hour", "senior_pay", "An hour of a manager's time"),
        ] {
            let year = product([
                self.of(pay, group),
                sum(vec![number(1.0), self.of("on_costs", group)]),
                number(7.0),
            ]);
            let hours = product([number(365.0), self.of("contract_hours", group)]);
            let line = Line {
                slug,
                label,
                unit: Unit::PoundsAnHour,
                part: Part::Rates,
                purse: Purse::Time,
            };
            self.add(&line, Some(group), year.over(hours).pence());
        }
    }

    /// What one leaver costs, line by line. Salary that is not paid while the
    /// post is empty comes off what its cover costs.
    fn leaver(&mut self, group: usize) {
        let of = |slug: &str| self.of(slug, group);
        let hour = || self.step("hour", group);
        let senior = || self.step("senior_hour", group);
        let vacant = || product([of("vacancy_weeks"), of("contract_hours")]);
        let lines = [
            ("advert_line", "Advertising", Purse::Cash, of("advert")),
            (
                "finder_line",
                "Agencies that find people",
                Purse::Cash,
                product([of("finder_share"), of("finder_fee")]),
            ),
            (
                "relocation_line",
                "Relocation",
                Purse::Cash,
                of("relocation"),
            ),
            ("checks_line", "Checks", Purse::Cash, of("checks")),
            (
                "interview_line",
                "Shortlisting and interviews",
                Purse::Time,
                product([of("interview_hours"), senior()]),
            ),
            (
                "induction_line",
                "Induction: time",
                Purse::Time,
                product([of("induction_hours"), hour()]),
            ),
            (
                "induction_other_line",
                "Induction: other",
                Purse::Cash,
                of("induction_other"),
            ),
            (
                "supernumerary_line",
                "Supernumerary time of the next person",
                Purse::Time,
                product([of("supernumerary_hours"), hour()]),
            ),
            (
                "cover_line",
                "Cover while the post is empty",
                Purse::Cash,
                product([vacant(), of("cover_share"), of("cover_rate")]),
            ),
            (
                "unpaid_line",
                "Salary not paid while the post is empty",
                Purse::Cash,
                number(0.0).less(product([vacant(), hour()])),
            ),
            // Valued at what it would have cost: an hour that nobody works saves
            // its pay and loses its work.
            (
                "undone_line",
                "Work not done while the post is empty",
                Purse::Time,
                product([vacant(), rest_of(of("cover_share")), hour()]),
            ),
            (
                "ramp_line",
                "Finding their feet",
                Purse::Time,
                product([
                    of("ramp_weeks"),
                    of("contract_hours"),
                    hour(),
                    of("ramp_gap"),
                ]),
            ),
            (
                "exit_line",
                "Leaving: time",
                Purse::Time,
                product([of("exit_hours"), senior()]),
            ),
            (
                "exit_other_line",
                "Leaving: other",
                Purse::Cash,
                of("exit_other"),
            ),
        ];
        let totals = [
            ("leaver_cost", "One leaver costs"),
            ("leaver_cash", "Of that, money paid out"),
        ];
        self.lines(group, &lines, (Part::Leaver, Part::LeaverTotal), totals);
    }

    /// What the programme costs for one preceptee, line by line. An hour that
    /// is released costs its cover where it is covered, and its pay where it
    /// is not: never both.
    fn preceptee(&mut self, group: usize) {
        let of = |slug: &str| self.of(slug, group);
        let hour = || self.step("hour", group);
        let uncovered = || rest_of(of("backfill_share"));
        let protected = || product([of("preceptee_hours"), rest_of(of("usual_share"))]);
        // A working day is a fifth of a week's hours.
        let study_hours = || product([of("study_days"), of("contract_hours")]).over(number(5.0));
        let lines = [
            (
                "preceptor_line",
                "Preceptors' protected time",
                Purse::Time,
                product([
                    of("preceptor_hours"),
                    uncovered(),
                    self.step("preceptor_hour", group),
                ]),
            ),
            (
                "protected_line",
                "Preceptees' supernumerary and protected time",
                Purse::Time,
                product([protected(), uncovered(), hour()]),
            ),
            (
                "study_line",
                "Study days: time",
                Purse::Time,
                product([study_hours(), uncovered(), hour()]),
            ),
            (
                "backfill_line",
                "Cover of released hours",
                Purse::Cash,
                product([
                    sum(vec![of("preceptor_hours"), protected(), study_hours()]),
                    of("backfill_share"),
                    of("backfill_rate"),
                ]),
            ),
            (
                "study_fee_line",
                "Study days: fees",
                Purse::Cash,
                of("study_fee"),
            ),
            ("materials_line", "Materials", Purse::Cash, of("materials")),
        ];
        let totals = [
            ("preceptee_cost", "One preceptee costs"),
            ("preceptee_cash", "Of that, money paid out"),
        ];
        self.lines(
            group,
            &lines,
            (Part::Preceptee, Part::PrecepteeTotal),
            totals,
        );
    }

    /// A block of lines in pence with its total, and the money within it.
    fn lines(
        &mut self,
        group: usize,
        lines: &[(&str, &str, Purse, Formula)],
        (part, total): (Part, Part),
        totals: [(&str, &str); 2],
    ) {
        for (slug, label, purse, formula) in lines {
            let line = Line {
                slug,
                label,
                unit: Unit::Pounds,
                part,
                purse: *purse,
            };
            self.add(&line, Some(group), formula.clone().pence());
        }
        let of = |wanted: Option<Purse>| {
            let within = lines
                .iter()
                .filter(|(_, _, purse, _)| wanted.is_none_or(|w| w == *purse));
            sum(within.map(|(slug, ..)| self.step(slug, group)).collect())
        };
        let sums = [
            (of(None), Purse::Mixed),
            (of(Some(Purse::Cash)), Purse::Cash),
        ];
        for ((slug, label), (formula, purse)) in totals.into_iter().zip(sums) {
            let line = Line {
                slug,
                label,
                unit: Unit::Pounds,
                part: total,
                purse,
            };
            self.add(&line, Some(group), formula);
        }
    }

    /// What the programme costs however many take part.
    fn fixed(&mut self) {
        let line = |slug, label| Line {
            slug,
            label,
            unit: Unit::Pounds,
            part: Part::Fixed,
            purse: Purse::Cash,
        };
        let lead = product([
            value("lead_fte"),
            value("lead_pay"),
            sum(vec![number(1.0), value("on_costs")]),
        ]);
        self.add(&line("lead_line", "Preceptorship lead"), None, lead.pence());
        let other = value("yearly_other").pence();
        self.add(&line("yearly_line", "Other costs of a year"), None, other);
        let once = value("set_up").pence();
        self.add(&line("set_up_line", "Set-up, once"), None, once);
    }
}

/// The name of a group's own input or step: the slug itself where there is
/// but one group.
#[must_use]
pub fn named(slug: &str, group: usize, groups: usize) -> String {
    if groups > 1 {
        format!("{slug}.{}", group + 1)
    } else {
        slug.to_owned()
    }
}

mod years;
pub use years::of_year;
