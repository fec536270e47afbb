//! What a page is told beside its rows about comparisons, turnover under
//! several definitions, trends, sites and the quarters to come. Every figure
//! in here is a `Released` row or was judged by disclosure control before it
//! came; nothing here computes one.

use staywise_core::disclosure::Released;
use staywise_core::domain::{Day, Dimension, Interval, Period};

/// Everything that models and rules found, as pages show it.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The comparisons that the study declares, the primary one first.
    pub comparisons: Vec<Comparison>,
    /// Programmes that came to sites at different dates, the primary one
    /// first.
    pub rollouts: Vec<Rollout>,
    /// One workforce under every turnover definition.
    pub turnover: Option<Turnover>,
    /// Control charts, where the study asks for them.
    pub control: Vec<Control>,
    /// Sites held against the rest.
    pub sites: Vec<Sites>,
    /// What is due and to be expected in the next quarters.
    pub forward: Vec<Forward>,
    /// What changed since an earlier run, and why.
    pub changed: Vec<Changed>,
    /// What became of people by a year and by two.
    pub fates: Vec<Fate>,
    /// Where those who started are, month by month.
    pub whereabouts: Vec<Fate>,
    /// The business case, where the study asks for one.
    pub case: Option<crate::case::Case>,
    /// How many months the programme lasts, where the study says so.
    pub programme_months: Option<u32>,
}

/// Whether a comparison was the one declared before the data were seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Declared as the primary one.
    Primary,
    /// Everything else.
    #[default]
    Exploratory,
}

/// Two groups of people and what became of them.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Whether it is of people of some levels only, which its title names.
    pub is_of_some: bool,
    /// Its slug.
    pub name: String,
    /// As "On the programme, against not on the programme".
    pub title: String,
    /// Primary or exploratory.
    pub standing: Standing,
    /// When it was declared.
    pub declared_on: Option<Day>,
    /// The outcome's metric.
    pub outcome: String,
    /// The outcome as printed.
    pub outcome_label: String,
    /// How people are divided.
    pub dimension: Dimension,
    /// The group of interest.
    pub compared: String,
    /// The group it is held against.
    pub comparator: String,
    /// What the two are made alike in, as printed.
    pub covariates: Vec<String>,
    /// Whether time can be compared fairly.
    pub guard: Guard,
    /// Who was in, and who was out and why.
    pub flow: Vec<FlowStep>,
    /// The answers: unadjusted, the primary adjusted one, sensitivity.
    pub answers: Vec<Answer>,
    /// The same difference in other ways, with nothing allowed for.
    pub retold: Retold,
    /// Why there is no adjusted answer, a sentence each.
    pub refusals: Vec<String>,
    /// Whom the adjusted answer is about.
    pub about: Option<String>,
    /// How alike the groups were, before and after.
    pub balance: Vec<Balance>,
    /// Further sentences: effective sample, proportional hazards, E-value.
    pub notes: Vec<String>,
    /// What this many people could have shown, before the fact.
    pub could_show: Option<String>,
    /// What would be so if all those unknown had left or stayed, a sentence
    /// each.
    pub bounds: Vec<String>,
}

/// What the guard against immortal time said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The comparison from the start is fair in time; why.
    Allowed(String),
    /// Compared among those still in post on a day.
    Landmark {
        /// Days since the start.
        day: u32,
        /// Why, and who is out by it.
        words: String,
    },
    /// No figure is made.
    Refused {
        /// Why.
        why: String,
        /// What to do instead.
        instead: String,
    },
}

/// One box of the flow of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowStep {
    /// Who they are.
    pub label: String,
    /// How many; none where that may not be shown.
    pub count: Option<u64>,
    /// Who went out here and why, with how many.
    pub out: Vec<(String, Option<u64>)>,
}

/// What an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Nothing is allowed for.
    Unadjusted,
    /// The declared answer.
    Primary,
    /// Another way to the same question.
    Sensitivity,
    /// Not declared.
    Exploratory,
}

/// One answer of a comparison.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it is for.
    pub purpose: Purpose,
    /// The method in words: "Overlap weights".
    pub method: String,
    /// The figure.
    pub row: Released,
}

/// The difference of two groups in other ways than the answers.
#[derive(Clone, Debug, Default)]
pub struct Retold {
    /// Ratios, odds and differences.
    pub answers: Vec<Answer>,
    /// What tests of them found, a sentence each.
    pub notes: Vec<String>,
}

/// A programme that came to sites at different dates.
#[derive(Clone, Debug)]
pub struct Rollout {
    /// Its slug.
    pub name: String,
    /// Primary or exploratory.
    pub standing: Standing,
    /// When it was declared.
    pub declared_on: Option<Day>,
    /// The outcome as printed.
    pub outcome_label: String,
    /// What a site is called.
    pub site: String,
    /// The change where it had begun less that where it had not; none where
    /// it was refused.
    pub answer: Option<Released>,
    /// Why there is none, a sentence each.
    pub refusals: Vec<String>,
    /// Who is in it and how it went before, a sentence each.
    pub notes: Vec<String>,
}

/// How alike two groups are in one level of one covariate.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// The covariate as printed.
    pub covariate: String,
    /// The level.
    pub level: String,
    /// Standardised difference before; none where it may not be shown.
    pub before: Option<f64>,
    /// Standardised difference after weighting.
    pub after: Option<f64>,
}

/// One workforce under several definitions, and how one leads to the next.
#[derive(Clone, Debug)]
pub struct Turnover {
    /// The window they are counted over.
    pub period: Period,
    /// The rates, each under its own name.
    pub rates: Vec<Released>,
    /// From one definition's rate to the next: what changes, and by how many
    /// points; the steps sum to the difference.
    pub steps: Vec<RateStep>,
    /// Opening, starters, leavers, other ends, closing.
    pub flow: Vec<(String, Option<i64>)>,
    /// Blind spots, a sentence each.
    pub notes: Vec<String>,
}

/// One step of a waterfall between definitions.
#[derive(Clone, Debug, PartialEq)]
pub struct RateStep {
    /// What it leads to, or what changes.
    pub label: String,
    /// The level after it, as a fraction; the first and the last are rates.
    pub to: f64,
    /// The change, as a fraction; none for a rate itself.
    pub change: Option<f64>,
}

/// How a point of a control chart is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Nothing unusual.
    CommonCause,
    /// Unusual, the good way.
    Improvement,
    /// Unusual, the bad way.
    Concern,
    /// Unusual, where neither way is good.
    Neutral,
}

/// A control chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// The metric.
    pub metric: String,
    /// The kind: "XmR", "p".
    pub kind: String,
    /// Each period's figure with its mark.
    pub points: Vec<(Period, f64, Signal)>,
    /// By point: mean, lower and upper limit.
    pub limits: Vec<(f64, f64, f64)>,
    /// The target, where the study has one.
    pub target: Option<f64>,
    /// Whether the target will be met, in words.
    pub assurance: Option<String>,
    /// What to know: trial limits, screening, a suggested rebase.
    pub notes: Vec<String>,
}

/// A group: its name, its pooled figure with its limits, and the verdict.
pub type Held = (String, Option<(f64, f64, f64)>, String);

/// The share who left, and that who would have: shares, as what leaves may be
/// too coarse to give a count back, and a count may be of few people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// The share who left.
    pub observed: f64,
    /// The share who would have, had they left as everyone like them.
    pub expected: f64,
    /// The one less the other, a fraction.
    pub difference: f64,
    /// Its limits.
    pub limits: Option<(f64, f64)>,
}

/// The groups of a dimension held against the rest: no ranks.
#[derive(Clone, Debug, PartialEq)]
pub struct Sites {
    /// The metric.
    pub metric: String,
    /// The dimension.
    pub dimension: Dimension,
    /// Each group in the dimension's own order: name, pooled figure with its
    /// limits, and the verdict in words. None where hidden.
    pub groups: Vec<Held>,
    /// Whom each group's people are held against, and what was seen beside
    /// what was expected, group by group in the same order.
    pub beside: Option<(String, Vec<Option<Expected>>)>,
    /// How much groups differ beyond chance, in words.
    pub notes: Vec<String>,
}

/// One line of the forward look.
#[derive(Clone, Debug, PartialEq)]
pub struct Forward {
    /// The quarter.
    pub quarter: Period,
    /// What is due or expected.
    pub what: String,
    /// The count or hours due, or the figure expected; none where it may not
    /// be shown.
    pub expected: Option<f64>,
    /// The range it will lie in 19 times of 20, for what is not certain.
    pub range: Option<(f64, f64)>,
    /// How it was worked out.
    pub note: String,
}

/// One way to go, or to stay, by a horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Fate {
    /// The horizon in months.
    pub months: u32,
    /// What became of them.
    pub what: String,
    /// The share, from 0 to 1, at the precision it leaves at.
    pub share: f64,
    /// Its limits.
    pub limits: Option<(f64, f64)>,
}

/// What a part of a change is put down to, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The earlier period's data were amended.
    Data,
    /// What counts, or how units are grouped, was changed.
    Definition,
    /// Who is there.
    Mix,
    /// What they do.
    Rate,
    /// The rest.
    Remainder,
}

/// One metric's change taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The metric.
    pub metric: String,
    /// Its printed name.
    pub label: String,
    /// The earlier and the later period.
    pub periods: (Period, Period),
    /// The earlier and the later figure.
    pub figures: (f64, f64),
    /// How people are divided for the mix.
    pub by: Option<Dimension>,
    /// The parts in order; they sum to the change.
    pub parts: Vec<(Cause, f64, Option<Interval>)>,
    /// The sentence.
    pub sentence: String,
}
