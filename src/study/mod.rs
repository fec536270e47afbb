//! The study: `staywise.toml`, checked whole and filled with defaults. What it
//! says nothing of has the value that every study has. Reads text, never files.

mod case;
mod declared;
mod key;
pub mod prices;
mod propose;
mod read;

pub use case::{ADJUSTMENTS, CaseAsked, CaseEffect, CaseGroup, CaseInput, CaseOption};
pub use declared::{
    CaseRules, Comparison, Entered, Establishment, Establishments, Rollout, Trends,
};
pub use propose::{Proposal, ProposedItem, ProposedSource, more, write};
pub use read::read;

use crate::data::{Rename, SourceRule};
use globset::{Glob, GlobMatcher};
use staywise_core::domain::{Day, Dimension, Finding, Severity};
use std::collections::BTreeMap;

/// The file's name in a study folder.
pub const FILE: &str = "staywise.toml";

/// One `[[source]]`.
#[derive(Clone, Debug)]
pub struct Source {
    /// The pattern of file names, as written.
    pub pattern: String,
    matcher: GlobMatcher,
    /// What it says of them.
    pub rule: SourceRule,
}

impl Source {
    /// A source by its pattern, or nothing where that is no pattern.
    #[must_use]
    pub fn new(pattern: &str, rule: SourceRule) -> Option<Self> {
        let matcher = Glob::new(pattern).ok()?.compile_matcher();
        Some(Self {
            pattern: pattern.to_owned(),
            matcher,
            rule,
        })
    }

    /// Whether it says something of a file beside what another source says.
    fn is_beside(&self, other: &Self) -> bool {
        let apart = |a: bool, b: bool, same: bool| a && b && !same;
        let (own, others) = (&self.rule, &other.rule);
        let sheets = apart(
            own.sheet.is_some(),
            others.sheet.is_some(),
            own.sheet == others.sheet,
        );
        let kinds = apart(
            own.holds.is_some(),
            others.holds.is_some(),
            own.holds == others.holds,
        );
        sheets || kinds && self.pattern == other.pattern
    }
}

/// One `[[item]]`: what a question is called and how it scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChoice {
    /// The question's words, or the column's name.
    pub question: String,
    /// The item's slug.
    pub name: String,
    /// The scale's slug, where it is not to be recognised.
    pub scale: Option<String>,
    /// Whether agreeing is unfavourable; as the item has it where not said.
    pub reversed: Option<bool>,
    /// The preceptorship principle it belongs to.
    pub principle: Option<String>,
}

/// What to do with unfinished responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partials {
    /// Drop and count them.
    Drop,
    /// Keep them.
    Keep,
}

/// A study, checked.
#[derive(Clone, Debug)]
pub struct Study {
    /// The text it was read from.
    pub text: String,
    /// Its name, as printed on reports.
    pub name: String,
    /// The organisation's name, where given.
    pub organisation: Option<String>,
    /// The date up to which the data are complete; found in the data where
    /// not given.
    pub as_at: Option<Day>,
    /// `England`, `Scotland`, `Wales` or `Northern Ireland`.
    pub nation: String,
    /// `NHS`, `social care` or `independent`.
    pub sector: String,
    /// The month a financial year starts in.
    pub financial_year_starts: u32,
    /// File patterns that are left alone.
    pub ignore: Vec<String>,
    /// Sources in order; the first that matches a file is its rule.
    pub sources: Vec<Source>,
    /// Items declared.
    pub items: Vec<ItemChoice>,
    /// What to do with unfinished responses.
    pub partials: Partials,
    /// Days out of post up to which a return is the same spell.
    pub rehire_gap_days: u32,
    /// Who has left, and when the clock starts.
    pub case_rules: CaseRules,
    /// Comparisons declared.
    pub comparisons: Vec<Comparison>,
    /// Programmes that came to sites at different dates.
    pub rollouts: Vec<Rollout>,
    /// Control charts asked for.
    pub trends: Trends,
    /// Targets by metric.
    pub targets: BTreeMap<String, f64>,
    /// How long the programme lasts, in months.
    pub programme_months: Option<u32>,
    /// Posts planned and paid for.
    pub establishments: Option<Establishments>,
    /// The business case, where one is asked for.
    pub case: Option<CaseAsked>,
    /// The largest share of a needed column that may be unusable.
    pub max_unusable: f64,
    /// Rules whose findings are more, or less, than they are by themselves.
    pub severities: BTreeMap<String, Severity>,
    /// Units that were merged or renamed.
    pub renames: Vec<Rename>,
    /// The period reported, where fixed.
    pub period: Option<String>,
    /// Dimensions, where not all.
    pub dimensions: Option<Vec<Dimension>>,
    /// Pairs of dimensions.
    pub pairs: Vec<(Dimension, Dimension)>,
    /// The disclosure policy's name.
    pub policy: String,
    /// Named parameters that queries read from `params`.
    pub parameters: BTreeMap<String, f64>,
}

impl Study {
    /// How bad a finding is in this study. An error stays one: what cannot be
    /// used cannot be made usable by a word.
    #[must_use]
    pub fn severity_of(&self, finding: &Finding) -> Severity {
        match self.severities.get(finding.rule) {
            Some(said) if finding.severity != Severity::Error => *said,
            _ => finding.severity,
        }
    }
}

impl Default for Study {
    fn default() -> Self {
        let pair = |a, b| (Dimension::new(a), Dimension::new(b));
        Self {
            text: String::new(),
            name: "Preceptorship study".to_owned(),
            organisation: None,
            as_at: None,
            nation: "England".to_owned(),
            sector: "NHS".to_owned(),
            financial_year_starts: 4,
            ignore: Vec::new(),
            sources: Vec::new(),
            items: Vec::new(),
            partials: Partials::Drop,
            rehire_gap_days: 30,
            case_rules: CaseRules::default(),
            comparisons: Vec::new(),
            rollouts: Vec::new(),
            trends: Trends::default(),
            targets: BTreeMap::new(),
            programme_months: None,
            establishments: None,
            case: None,
            severities: BTreeMap::new(),
            renames: Vec::new(),
            max_unusable: 0.05,
            period: None,
            dimensions: None,
            pairs: vec![
                pair("wave", "ethnic_minority"),
                pair("programme", "ethnic_minority"),
            ],
            policy: "nss10".to_owned(),
            parameters: BTreeMap::new(),
        }
    }
}

impl Study {
    /// What the study says of a file; nothing where no source names it.
    #[must_use]
    pub fn rule_for(&self, file: &str) -> Option<&SourceRule> {
        self.sources
            .iter()
            .find(|source| source.matcher.is_match(file))
            .map(|source| &source.rule)
    }

    /// Everything that the study says of a file: more than one where each names
    /// a sheet of its own, or where sources of the same words say that it holds
    /// different things, as a staff list that is the register too.
    #[must_use]
    pub fn rules_for(&self, file: &str) -> Vec<&SourceRule> {
        let mut used: Vec<&Source> = Vec::new();
        for source in self.sources.iter().filter(|s| s.matcher.is_match(file)) {
            if used.iter().all(|known| source.is_beside(known)) {
                used.push(source);
            }
        }
        used.into_iter().map(|source| &source.rule).collect()
    }

    /// Whether the study asks for a file to be left alone, or it is the business
    /// case's workbook of inputs.
    #[must_use]
    pub fn ignores(&self, file: &str) -> bool {
        let of_case = self.case.as_ref().and_then(|case| case.workbook.as_deref());
        of_case == Some(file)
            || self.ignore.iter().any(|pattern| {
                Glob::new(pattern).is_ok_and(|glob| glob.compile_matcher().is_match(file))
            })
    }

    /// Sources that match none of the files.
    pub fn unmatched<'a>(&'a self, files: &'a [String]) -> impl Iterator<Item = &'a Source> {
        self.sources
            .iter()
            .filter(|source| !files.iter().any(|file| source.matcher.is_match(file)))
    }
}
