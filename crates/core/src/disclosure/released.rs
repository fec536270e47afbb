//! A figure that may be presented: one row of the results. Its fields are
//! private to this module: its `release`, what a user declares, and what an
//! earlier run released make one.

use super::Policy;
use crate::domain::{Figures, Good, Kind, Metric, RowKey, Statistic, Status, Unit, Unknown};

/// One figure, or why there is none, at the precision it may leave at.
#[derive(Clone, Debug, PartialEq)]
pub struct Released {
    pub(super) key: RowKey,
    pub(super) label: String,
    pub(super) kind: Kind,
    pub(super) unit: Unit,
    pub(super) good: Good,
    pub(super) status: Status,
    pub(super) reason: String,
    pub(super) base: Option<u64>,
    pub(super) figures: Option<Figures>,
    pub(super) persons: Option<u64>,
    pub(super) not_yet_due: Option<u64>,
    pub(super) adjusted_p: Option<f64>,
}

impl Released {
    /// A row with nothing in it yet.
    fn blank(key: RowKey, metric: &Metric, status: Status, reason: &str) -> Self {
        Self {
            key,
            label: metric.label.clone(),
            kind: metric.kind,
            unit: metric.unit,
            good: metric.good,
            status,
            reason: reason.to_owned(),
            base: None,
            figures: None,
            persons: None,
            not_yet_due: None,
            adjusted_p: None,
        }
    }

    /// A hidden cell: the same words whatever hid it.
    pub(super) fn confidential(key: RowKey, metric: &Metric, policy: &Policy) -> Self {
        Self::blank(key, metric, Status::Confidential, policy.words())
    }

    /// A figure that could be made. One that is not a number is not shown.
    pub(super) fn shown(key: RowKey, metric: &Metric, figures: Figures) -> Self {
        if !figures.estimate.is_finite() {
            let reason = "This cannot be worked out from these figures.";
            return Self::blank(key, metric, Status::NotApplicable, reason);
        }
        let finite = |f: &f64| f.is_finite();
        Self {
            unit: figures.unit,
            base: Some(figures.n),
            figures: Some(Figures {
                numerator: figures.numerator.filter(finite),
                denominator: figures.denominator.filter(finite),
                interval: figures
                    .interval
                    .filter(|i| i.lower.is_finite() && i.upper.is_finite()),
                ..figures
            }),
            ..Self::blank(key, metric, Status::Shown, "")
        }
    }

    /// A figure that could not be made.
    pub(super) fn unknown(key: RowKey, metric: &Metric, why: &Unknown) -> Self {
        let (status, reason) = match why {
            Unknown::NotAvailable(reason) => (Status::NotAvailable, reason),
            Unknown::NotApplicable(reason) => (Status::NotApplicable, reason),
            Unknown::TooFew(reason) => (Status::TooFew, reason),
        };
        Self::blank(key, metric, status, reason)
    }

    /// With the distinct people behind it, if it is shown.
    pub(super) fn with_persons(mut self, persons: Option<u64>) -> Self {
        if self.status == Status::Shown {
            self.persons = persons;
        }
        self
    }

    /// With the units not yet due, unless it is hidden.
    pub(super) fn with_not_yet_due(mut self, not_yet_due: Option<u64>) -> Self {
        if self.status != Status::Confidential {
            self.not_yet_due = not_yet_due;
        }
        self
    }

    /// Without its base, where that would tell how many were left out.
    pub(super) fn without_base(mut self) -> Self {
        self.base = None;
        self.persons = None;
        self
    }

    /// Gives a difference that is shown its p.
    pub(super) fn judged(&mut self, p: Option<f64>) {
        if self.status == Status::Shown && self.key.statistic == Statistic::Difference {
            self.adjusted_p = p.filter(|p| (0.0..=1.0).contains(p));
        }
    }

    /// An amount that the user declares (a price, a headcount typed into the
    /// business case): it comes from no tally and nothing is hidden in it.
    /// One that is not a number becomes not available.
    #[must_use]
    pub fn declared(key: RowKey, label: &str, unit: Unit, amount: f64) -> Self {
        let given = amount.is_finite();
        Self {
            key,
            label: label.to_owned(),
            kind: Kind::Sum,
            unit,
            good: Good::Neither,
            status: if given {
                Status::Shown
            } else {
                Status::NotAvailable
            },
            reason: if given {
                String::new()
            } else {
                "The study does not give this amount.".to_owned()
            },
            base: None,
            figures: given.then_some(Figures {
                n: 0,
                numerator: None,
                denominator: None,
                estimate: amount,
                interval: None,
                unit,
            }),
            persons: None,
            not_yet_due: None,
            adjusted_p: None,
        }
    }

    /// The share of posts that are vacant: posts that a user declares, in
    /// full-time equivalents, less those a row says are filled, over those
    /// declared; negative where more are filled than planned. It is made from
    /// the figure as it leaves, so that it tells no more than that: a row
    /// without a figure, as a hidden one, gives one without, with the same
    /// status and reason. `metric` is the header of the new row.
    #[must_use]
    pub fn vacancy(filled: &Self, metric: &Metric, posts: f64) -> Self {
        let (Status::Shown, Some(fte)) = (filled.status, filled.figures) else {
            return Self::vacancy_not_known(filled, metric, "");
        };
        let vacant = posts - fte.estimate;
        let known = fte.unit == Unit::Fte && posts.is_finite() && posts > 0.0;
        let shares = known.then_some((vacant, posts));
        filled.share_vacant(metric, shares)
    }

    /// The share of posts that are vacant: vacancies that a workplace states,
    /// over them and the people that a row counts in post. Made from the
    /// figure as it leaves, as is `vacancy`.
    #[must_use]
    pub fn vacancy_stated(filled: &Self, metric: &Metric, vacancies: u32) -> Self {
        let (Status::Shown, Some(people)) = (filled.status, filled.figures) else {
            return Self::vacancy_not_known(filled, metric, "");
        };
        let vacant = f64::from(vacancies);
        let posts = vacant + people.estimate;
        let known = people.unit == Unit::People && posts > 0.0;
        filled.share_vacant(metric, known.then_some((vacant, posts)))
    }

    /// A vacancy rate that cannot be told because what is planned or vacant is
    /// not known. Where the row of those in post has no figure it is that
    /// row's reason that stands, a hidden one's before all.
    #[must_use]
    pub fn vacancy_not_known(filled: &Self, metric: &Metric, why: &str) -> Self {
        let key = filled.key_of(metric);
        if filled.status == Status::Shown {
            Self::blank(key, metric, Status::NotAvailable, why)
        } else {
            Self::blank(key, metric, filled.status, &filled.reason)
        }
    }

    /// The row's key as another metric's.
    fn key_of(&self, metric: &Metric) -> RowKey {
        RowKey {
            metric: metric.name.clone(),
            definition: metric.definition_id.clone(),
            ..self.key.clone()
        }
    }

    /// Vacant posts over all, where there are any.
    fn share_vacant(&self, metric: &Metric, shares: Option<(f64, f64)>) -> Self {
        let key = self.key_of(metric);
        let Some((vacant, posts)) = shares else {
            let reason = "There are no posts here, filled or planned, so none can be vacant.";
            return Self::blank(key, metric, Status::NotApplicable, reason);
        };
        let figures = Figures {
            n: self.figures.map_or(0, |f| f.n),
            numerator: Some(vacant),
            denominator: Some(posts),
            estimate: vacant / posts,
            interval: None,
            unit: metric.unit,
        };
        let row = Self::shown(key, metric, figures);
        if self.base.is_none() {
            return row.without_base();
        }
        row
    }

    /// What identifies the row.
    #[must_use]
    pub fn key(&self) -> &RowKey {
        &self.key
    }

    /// The metric's printed name.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The metric's kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What the figure is measured in.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// Which way is good.
    #[must_use]
    pub fn good(&self) -> Good {
        self.good
    }

    /// What may be said.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// Why there is no figure, in plain words; empty where there is one.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The base; none for an amount that was declared.
    #[must_use]
    pub fn n(&self) -> Option<u64> {
        self.base
    }

    /// What is above the line, where that may leave.
    #[must_use]
    pub fn numerator(&self) -> Option<f64> {
        self.figures.and_then(|f| f.numerator)
    }

    /// What is below the line, where that may leave.
    #[must_use]
    pub fn denominator(&self) -> Option<f64> {
        self.figures.and_then(|f| f.denominator)
    }

    /// The figure.
    #[must_use]
    pub fn estimate(&self) -> Option<f64> {
        self.figures.map(|f| f.estimate)
    }

    /// Lower limit of its interval.
    #[must_use]
    pub fn lower(&self) -> Option<f64> {
        self.figures.and_then(|f| f.interval).map(|i| i.lower)
    }

    /// Upper limit of its interval.
    #[must_use]
    pub fn upper(&self) -> Option<f64> {
        self.figures.and_then(|f| f.interval).map(|i| i.upper)
    }

    /// Confidence level of its interval, as 0.95.
    #[must_use]
    pub fn interval_level(&self) -> Option<f64> {
        self.figures.and_then(|f| f.interval).map(|i| i.level)
    }

    /// The slug of the method behind its interval.
    #[must_use]
    pub fn method(&self) -> Option<&'static str> {
        self.figures.and_then(|f| f.interval).map(|i| i.method)
    }

    /// Distinct people behind it, where known.
    #[must_use]
    pub fn persons(&self) -> Option<u64> {
        self.persons
    }

    /// Whether survey weights are in it.
    #[must_use]
    pub fn weighted(&self) -> bool {
        false
    }

    /// What it is adjusted for, in words; empty for a plain figure.
    #[must_use]
    pub fn adjusted_for(&self) -> &str {
        self.key.adjusted_for.as_deref().unwrap_or("")
    }

    /// The claim id that stands beside it wherever it is shown.
    #[must_use]
    pub fn claim(&self) -> String {
        self.key.claim()
    }

    /// Units not yet due and so in no cell: on the rows about everyone, and
    /// only 0 or at least the threshold.
    #[must_use]
    pub fn not_yet_due(&self) -> Option<u64> {
        self.not_yet_due
    }

    /// How likely a difference as clear as this one is where there is none,
    /// allowing for all that its family compares: of a difference that is
    /// shown and has a test, from 0 to 1. It decides what may be said and is
    /// never printed itself.
    #[must_use]
    pub fn adjusted_p(&self) -> Option<f64> {
        self.adjusted_p
    }
}
