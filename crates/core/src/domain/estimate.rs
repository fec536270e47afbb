//! A figure with how sure we are of it, or why there is none. An impossible
//! statistic is a value here: it is never 0 and never NaN.

use super::Unit;

/// Which statistic of a metric a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Statistic {
    /// The metric itself.
    Value,
    /// A level less its comparator.
    Difference,
    /// A level over its comparator.
    Ratio,
    /// The time by which half have left.
    Median,
    /// Mean time in post up to a horizon.
    Rmst,
    /// Leavings for each person-month, in one month since the start.
    LeavingRate,
}

impl Statistic {
    /// Every statistic.
    pub const ALL: [Self; 6] = [
        Self::Value,
        Self::Difference,
        Self::Ratio,
        Self::Median,
        Self::Rmst,
        Self::LeavingRate,
    ];

    /// The word in results.csv.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Difference => "difference",
            Self::Ratio => "ratio",
            Self::Median => "median",
            Self::Rmst => "rmst",
            Self::LeavingRate => "leaving_rate",
        }
    }
}

/// A confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// Confidence level, as 0.95.
    pub level: f64,
    /// The method's slug, as `wilson`: one of `METHODS`.
    pub method: &'static str,
}

/// The slug of every method that an interval may be made by.
pub const METHODS: &[&str] = &[
    "wilson",
    "clopper_pearson",
    "newcombe",
    "t",
    "poisson_exact",
    "km_loglog",
    "sandwich",
    "sandwich_log",
    "sandwich_clustered",
    "hc2",
    "hc3",
    "clustered",
    "did_clustered",
    "cox_wald",
    "cox_robust",
    "cox_clustered",
    "wilson_continuity",
    "agresti_coull",
    "wald",
    "jeffreys",
    "wald_difference",
    "miettinen_nurminen",
    "katz_log",
    "fisher_exact",
    "woolf_log",
    "mantel_haenszel",
    "newcombe_superiority",
    "welch",
    "noncentral_t",
    "newcombe_paired",
    "km_log",
    "km_plain",
    "km_beta_product",
    "rmst_log_lost",
    "rmst_normal",
    "aj_loglog",
    "rate_ratio_exact",
    "wilson_hours",
    "beta_binomial",
    "linearised_by_person",
    "leavers_prediction",
    "poisson_prediction",
];

/// The numbers of a figure that could be made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Base: units with a valid measure; for a curve, those still followed.
    pub n: u64,
    /// What is above the line, where there is a line.
    pub numerator: Option<f64>,
    /// What is below the line, where there is a line.
    pub denominator: Option<f64>,
    /// The figure.
    pub estimate: f64,
    /// Its interval; a count of everybody has none.
    pub interval: Option<Interval>,
    /// What it is measured in.
    pub unit: Unit,
}

/// Why there is no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The data do not have it (status `x`).
    NotAvailable(String),
    /// It does not apply, is not yet due, or cannot be estimated (`z`).
    NotApplicable(String),
    /// Too few to say (`u`).
    TooFew(String),
}

/// One statistic of one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Which statistic.
    pub statistic: Statistic,
    /// The answer it is about, for a distribution: index in scale order.
    pub answer: Option<usize>,
    /// The horizon in months, for retention and its curve.
    pub horizon_months: Option<u32>,
    /// The figure, or why there is none.
    pub outcome: Result<Figures, Unknown>,
}
