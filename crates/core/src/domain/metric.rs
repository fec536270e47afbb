//! What is measured. A metric is one `.sql` file; this is its header, read.
//! Holds no number and no rule of counting.

/// How a metric's units turn into a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Units that hit, over units.
    Proportion,
    /// The mean of a score.
    Mean,
    /// How the units divide over the levels of an answer.
    Distribution,
    /// Dated things that happened.
    Event,
    /// Who is there at a date.
    Stock,
    /// Events over time at risk.
    Exposure,
    /// Time until an event, for units followed for different times.
    Survival,
    /// A total of an integer amount.
    Sum,
    /// The same unit measured twice.
    Paired,
    /// One metric over a composition of others.
    Ratio,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::Proportion,
        Self::Mean,
        Self::Distribution,
        Self::Event,
        Self::Stock,
        Self::Exposure,
        Self::Survival,
        Self::Sum,
        Self::Paired,
        Self::Ratio,
    ];

    /// The word in a query's header and in results.csv.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Proportion => "proportion",
            Self::Mean => "mean",
            Self::Distribution => "distribution",
            Self::Event => "event",
            Self::Stock => "stock",
            Self::Exposure => "exposure",
            Self::Survival => "survival",
            Self::Sum => "sum",
            Self::Paired => "paired",
            Self::Ratio => "ratio",
        }
    }
}

/// The unit a query returns one row of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grain {
    /// A person of the workforce.
    Person,
    /// A continuous time in post of a person.
    Spell,
    /// A preceptorship of a person.
    Preceptorship,
    /// One filled-in questionnaire.
    Response,
    /// One answer to one item.
    Answer,
    /// One invitation to one wave.
    Invitation,
    /// A post of a person, of which there may be several at once.
    Post,
    /// One published flow: how a number of people came to be another, as
    /// somebody else published it. No person stands behind it here.
    Flow,
    /// A person followed without dates.
    Followed,
}

impl Grain {
    /// Every grain.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Spell,
        Self::Preceptorship,
        Self::Response,
        Self::Answer,
        Self::Invitation,
        Self::Post,
        Self::Flow,
        Self::Followed,
    ];

    /// The word in a header, which is also the name of the key column.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Spell => "spell",
            Self::Preceptorship => "preceptorship",
            Self::Response => "response",
            Self::Answer => "answer",
            Self::Invitation => "invitation",
            Self::Post => "post",
            Self::Flow => "flow",
            Self::Followed => "followed",
        }
    }
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Good {
    /// A higher figure is better.
    Higher,
    /// A lower figure is better.
    Lower,
    /// Neither is.
    Neither,
}

impl Good {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Higher, Self::Lower, Self::Neither];

    /// The word in a header and in results.csv.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "neither",
        }
    }
}

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A share from 0 to 1.
    Fraction,
    /// People.
    People,
    /// Things counted that are not people.
    Count,
    /// Points of a scale.
    Score,
    /// Events for each unit of the denominator, as leavers for each person in
    /// post; may pass 1.
    Rate,
    /// Events for each 100 person-years.
    Per100PersonYears,
    /// Events for each 100 person-months.
    Per100PersonMonths,
    /// Months.
    Months,
    /// Pence.
    Pence,
    /// Full-time equivalents.
    Fte,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 10] = [
        Self::Fraction,
        Self::People,
        Self::Count,
        Self::Score,
        Self::Rate,
        Self::Per100PersonYears,
        Self::Per100PersonMonths,
        Self::Months,
        Self::Pence,
        Self::Fte,
    ];

    /// The word in results.csv.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fraction => "fraction",
            Self::People => "people",
            Self::Count => "count",
            Self::Score => "score",
            Self::Rate => "rate",
            Self::Per100PersonYears => "per_100_person_years",
            Self::Per100PersonMonths => "per_100_person_months",
            Self::Months => "months",
            Self::Pence => "pence",
            Self::Fte => "fte",
        }
    }
}

/// A metric's header: everything said about it before anything is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// The slug, the file's stem.
    pub name: String,
    /// The name as printed.
    pub label: String,
    /// How units turn into a figure.
    pub kind: Kind,
    /// What one row of the query is.
    pub grain: Grain,
    /// Whether totals are sums of parts over groups and periods.
    pub additive: bool,
    /// Which way is good.
    pub good: Good,
    /// The id of the definition, as `nhs_england`; the metric's name where
    /// there is only one.
    pub definition_id: String,
    /// The definition in words.
    pub definition: String,
    /// What is left out, in words.
    pub exclusions: String,
    /// Where the definition comes from.
    pub source: String,
    /// What the figure is measured in.
    pub unit: Unit,
    /// A window in months that ends with the period, where the metric is not
    /// counted over the period itself.
    pub window_months: Option<u32>,
    /// For a fixed-horizon metric, the horizon in months.
    pub horizon_months: Option<u32>,
}
