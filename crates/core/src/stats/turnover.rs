//! One workforce under every definition of turnover, and the way from one
//! definition's rate to another's in steps that add up. Never says "turnover"
//! without its definition, and never counts who left.

use crate::domain::Unknown;

/// Rates are kept to 2^-40, so that differences of them add up exactly.
const STEP: f64 = 1.0 / 1_099_511_627_776.0;
/// Tenths of a point in a rate of one.
const TENTHS: f64 = 1000.0;

/// Who counts as having left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeaversCounted {
    /// Every leaving in the period, from a list of leavings.
    Events,
    /// In post at the start and not at the end, from two lists of staff: who
    /// came and went between them is on neither.
    Snapshot,
    /// Leavings for a voluntary reason; unknown reasons are not among them.
    Voluntary,
}

/// What leavers are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DividedBy {
    /// The mean of those in post at the start and at the end.
    MeanOfEnds,
    /// Those in post at the start.
    Start,
    /// Workers on the day the figure is made.
    Current,
    /// The mean of 13 month ends.
    ThirteenPoints,
    /// Years that people were in post.
    PersonYears,
}

/// A definition of turnover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Definition {
    /// NHS England's leaver rate.
    NhsEngland,
    /// NHS Scotland's turnover.
    NhsScotland,
    /// Skills for Care's turnover rate.
    SkillsForCare,
    /// The mean of 13 month ends, as many employers have it.
    ThirteenPoints,
    /// Leavers for each person-year.
    PersonYears,
    /// Voluntary leavers over NHS England's denominator.
    Voluntary,
}

impl Definition {
    /// Every definition.
    pub const ALL: [Self; 6] = [
        Self::NhsEngland,
        Self::NhsScotland,
        Self::SkillsForCare,
        Self::ThirteenPoints,
        Self::PersonYears,
        Self::Voluntary,
    ];

    /// The id in results.csv.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::NhsEngland => "nhs_england",
            Self::NhsScotland => "nhs_scotland_start",
            Self::SkillsForCare => "skills_for_care",
            Self::ThirteenPoints => "thirteen_points",
            Self::PersonYears => "person_years",
            Self::Voluntary => "nhs_england_voluntary",
        }
    }

    /// The name as printed; never "turnover" alone.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NhsEngland => "leaver rate as NHS England defines it",
            Self::NhsScotland => "turnover as NHS Scotland defines it",
            Self::SkillsForCare => "turnover as Skills for Care defines it",
            Self::ThirteenPoints => "leavers over the mean of 13 month ends",
            Self::PersonYears => "leavers for each person-year",
            Self::Voluntary => "voluntary leaver rate over NHS England's denominator",
        }
    }

    /// Who counts as having left.
    #[must_use]
    pub fn leavers(self) -> LeaversCounted {
        match self {
            Self::NhsScotland => LeaversCounted::Snapshot,
            Self::Voluntary => LeaversCounted::Voluntary,
            Self::NhsEngland | Self::SkillsForCare | Self::ThirteenPoints | Self::PersonYears => {
                LeaversCounted::Events
            }
        }
    }

    /// What they are divided by.
    #[must_use]
    pub fn divided_by(self) -> DividedBy {
        match self {
            Self::NhsEngland | Self::Voluntary => DividedBy::MeanOfEnds,
            Self::NhsScotland => DividedBy::Start,
            Self::SkillsForCare => DividedBy::Current,
            Self::ThirteenPoints => DividedBy::ThirteenPoints,
            Self::PersonYears => DividedBy::PersonYears,
        }
    }
}

/// The counts that definitions are made of, in people or all in full-time
/// equivalents, over the same period; those that the data do not have are
/// nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// In post at the start.
    pub start: Option<f64>,
    /// In post at the end.
    pub end: Option<f64>,
    /// Permanent and temporary workers on the day the figure is made.
    pub current: Option<f64>,
    /// The mean of 13 month ends.
    pub mean_of_13: Option<f64>,
    /// Years that people were in post.
    pub person_years: Option<f64>,
    /// Leavings in the period.
    pub leavers: Option<f64>,
    /// In post at the start and not at the end.
    pub snapshot_leavers: Option<f64>,
    /// Leavings for a voluntary reason.
    pub voluntary_leavers: Option<f64>,
}

impl Counts {
    /// The leavers that a definition counts.
    ///
    /// # Errors
    /// `NotAvailable` where the data do not have them.
    pub fn leavers(&self, counted: LeaversCounted) -> Result<f64, Unknown> {
        let (found, what) = match counted {
            LeaversCounted::Events => (self.leavers, "a list of leavings"),
            LeaversCounted::Snapshot => (
                self.snapshot_leavers,
                "lists of staff at the start and the end",
            ),
            LeaversCounted::Voluntary => (self.voluntary_leavers, "reasons for leaving"),
        };
        number(found, what)
    }

    /// What a definition divides by.
    ///
    /// # Errors
    /// `NotAvailable` where the data do not have it; `NotApplicable` where it
    /// is nobody.
    pub fn divided_by(&self, by: DividedBy) -> Result<f64, Unknown> {
        let found = match by {
            DividedBy::MeanOfEnds => {
                let start = number(self.start, "the headcount at the start")?;
                f64::midpoint(start, number(self.end, "the headcount at the end")?)
            }
            DividedBy::Start => number(self.start, "the headcount at the start")?,
            DividedBy::Current => number(self.current, "the number of workers now")?,
            DividedBy::ThirteenPoints => number(self.mean_of_13, "13 month ends")?,
            DividedBy::PersonYears => number(self.person_years, "the time people were in post")?,
        };
        if found > 0.0 {
            Ok(found)
        } else {
            Err(Unknown::NotApplicable(
                "nobody was in post to divide by".to_owned(),
            ))
        }
    }

    /// The rate under a definition: leavers for each person (or year) of what
    /// it divides by; may pass 1.
    ///
    /// # Errors
    /// As `leavers` and `divided_by`.
    pub fn rate(&self, definition: Definition) -> Result<f64, Unknown> {
        over(
            self.leavers(definition.leavers())?,
            self.divided_by(definition.divided_by())?,
        )
    }
}

fn number(found: Option<f64>, what: &str) -> Result<f64, Unknown> {
    match found {
        Some(value) if value.is_finite() && value >= 0.0 => Ok(value),
        Some(_) => Err(Unknown::NotApplicable(format!(
            "{what}: not a count of people"
        ))),
        None => Err(Unknown::NotAvailable(format!(
            "the data do not have {what}"
        ))),
    }
}

fn over(leavers: f64, people: f64) -> Result<f64, Unknown> {
    let rate = (leavers / people / STEP).round() * STEP;
    if rate.is_finite() {
        Ok(rate)
    } else {
        Err(Unknown::NotApplicable(
            "too few were in post to divide by".to_owned(),
        ))
    }
}

/// One step from a definition's rate towards another's.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is counted otherwise.
    pub words: &'static str,
    /// What that adds to the rate.
    pub change: f64,
    /// The rate after it.
    pub after: f64,
}

/// The way from one definition's rate to another's. The steps add up to the
/// difference exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// Where it starts.
    pub from: Definition,
    /// The rate there.
    pub start: f64,
    /// First who counts as a leaver, then what they are divided by; only what
    /// differs.
    pub steps: Vec<Step>,
    /// Where it ends.
    pub to: Definition,
    /// The rate there.
    pub end: f64,
}

/// The way from one definition's rate to another's.
///
/// # Errors
/// As `Counts::rate`, for what either definition needs.
pub fn waterfall(counts: &Counts, from: Definition, to: Definition) -> Result<Waterfall, Unknown> {
    let start = counts.rate(from)?;
    let end = counts.rate(to)?;
    let mut steps = Vec::new();
    let mut before = start;
    if from.leavers() != to.leavers() {
        let leavers = counts.leavers(to.leavers())?;
        let after = over(leavers, counts.divided_by(from.divided_by())?)?;
        steps.push(Step {
            words: leavers_words(from.leavers(), to.leavers()),
            change: after - before,
            after,
        });
        before = after;
    }
    if from.divided_by() != to.divided_by() {
        steps.push(Step {
            words: divided_words(to.divided_by()),
            change: end - before,
            after: end,
        });
    }
    Ok(Waterfall {
        from,
        start,
        steps,
        to,
        end,
    })
}

fn leavers_words(from: LeaversCounted, to: LeaversCounted) -> &'static str {
    match (from, to) {
        (LeaversCounted::Events, LeaversCounted::Snapshot) => {
            "without those who came and went within the period: two lists of staff do not show them"
        }
        (LeaversCounted::Snapshot, LeaversCounted::Events) => {
            "with those who came and went within the period, whom two lists of staff do not show"
        }
        (_, LeaversCounted::Voluntary) => "leavings for a voluntary reason only",
        (LeaversCounted::Voluntary, LeaversCounted::Snapshot) => {
            "whatever the reason, between two lists of staff"
        }
        (LeaversCounted::Voluntary, LeaversCounted::Events) => "leavings whatever the reason",
        (LeaversCounted::Events, LeaversCounted::Events)
        | (LeaversCounted::Snapshot, LeaversCounted::Snapshot) => "the same leavers",
    }
}

fn divided_words(by: DividedBy) -> &'static str {
    match by {
        DividedBy::MeanOfEnds => "divided by the mean of those in post at the start and at the end",
        DividedBy::Start => "divided by those in post at the start",
        DividedBy::Current => "divided by workers now",
        DividedBy::ThirteenPoints => "divided by the mean of 13 month ends",
        DividedBy::PersonYears => "divided by the years that people were in post",
    }
}

impl Waterfall {
    /// The waterfall in lines, rates in per cent to one decimal: changes as
    /// printed add up to the rates as printed.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut before = tenths(self.start);
        let mut lines = vec![format!("{}: {}%", self.from.name(), tenth(before))];
        for step in &self.steps {
            let after = tenths(step.after);
            let sign = if after >= before { "+" } else { "" };
            let change = tenth(after - before);
            lines.push(format!("{}: {sign}{change} points", step.words));
            before = after;
        }
        lines.push(format!("{}: {}%", self.to.name(), tenth(before)));
        lines
    }
}

fn tenths(rate: f64) -> i64 {
    // Saturates: a rate of 10^15 is no rate.
    #[allow(clippy::cast_possible_truncation)]
    let whole = (rate * TENTHS).round() as i64;
    whole
}

fn tenth(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let size = tenths.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}
