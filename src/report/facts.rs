//! What a page may say beside its figures: facts that the study declares or
//! that the run counted about the data. Counts of people or responses under
//! ten are never printed as they are.

use super::Evidence;
pub use crate::chart::figure::count;
use crate::chart::{FunnelLimits, Side};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Day, Dimension, Metric, Period, Severity};

/// Everything a page is told that is not a `Released` row.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The study's name.
    pub study: String,
    /// The date the data stand at.
    pub as_at: Day,
    /// The period reported on.
    pub reported: Period,
    /// The nation whose definitions apply, in words; empty where not said.
    pub nation: String,
    /// The disclosure policy in words, a sentence or more.
    pub policy: String,
    /// The program's version.
    pub version: String,
    /// Figures that others published.
    pub published: Published,
    /// How good the data are.
    pub quality: Quality,
    /// The metrics that were computed.
    pub definitions: Vec<Metric>,
    /// The metrics that were not, each with why ("the data have no ...").
    pub unavailable: Vec<(Metric, String)>,
    /// The questions that were asked, in the order of the questionnaire.
    pub items: Vec<Asked>,
    /// Where chance would put groups of a size, in the period reported on.
    pub funnels: Vec<Funnel>,
    /// An earlier run, where one was named.
    pub since: Option<Since>,
    /// The slugs of the dimensions that the study has.
    pub dimensions: Vec<String>,
    /// Comparisons, turnover by definition, control charts, the quarters to
    /// come.
    pub evidence: Evidence,
    /// Whether the page is a draft.
    pub draft: bool,
}

/// Figures that others published, as a page shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Those that are of everyone, or of the study's own organisation.
    pub lines: Vec<PublishedLine>,
    /// How many were read in all.
    pub all: usize,
}

/// One published figure, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedLine {
    /// What is measured, with its definition.
    pub measure: String,
    /// Of whom.
    pub of: String,
    /// When.
    pub period: String,
    /// The figure as published.
    pub figure: String,
    /// Who published it, in which file.
    pub source: String,
    /// What it can be compared with.
    pub note: String,
}

/// One question and the answers that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The item's slug.
    pub item: String,
    /// The question as asked.
    pub text: String,
    /// Its answers in the order of its scale, each with where it stands.
    pub answers: Vec<(String, Side)>,
}

impl Asked {
    /// Whether its answers take sides.
    #[must_use]
    pub fn has_sides(&self) -> bool {
        let any = |side: Side| self.answers.iter().any(|(_, of)| *of == side);
        any(Side::Against) && any(Side::For)
    }

    /// Where an answer stands.
    #[must_use]
    pub fn side(&self, answer: &str) -> Side {
        let found = self.answers.iter().find(|(known, _)| known == answer);
        found.map_or(Side::Outside, |(_, side)| *side)
    }
}

/// Where chance alone would put the groups of a dimension, by their size.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// The metric.
    pub metric: String,
    /// The dimension.
    pub dimension: Dimension,
    /// The limits round everyone's figure.
    pub limits: FunnelLimits,
}

/// An earlier run's figures.
#[derive(Clone, Debug)]
pub struct Since {
    /// The period that it reported on.
    pub period: Period,
    /// What it released.
    pub rows: Vec<Released>,
}

impl Facts {
    /// A question by its item's slug.
    #[must_use]
    pub fn question(&self, item: &str) -> Option<&Asked> {
        self.items.iter().find(|asked| asked.item == item)
    }

    /// The header of a metric, computed or not.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<&Metric> {
        let missing = self.unavailable.iter().map(|(metric, _)| metric);
        self.definitions
            .iter()
            .chain(missing)
            .find(|metric| metric.name == name)
    }

    /// Why a metric was not computed.
    #[must_use]
    pub fn why_unavailable(&self, name: &str) -> Option<&str> {
        self.unavailable
            .iter()
            .find(|(metric, _)| metric.name == name)
            .map(|(_, why)| why.as_str())
    }
}

/// What the run counted about the data. `None` is "not counted", as where
/// there is no survey or no staff list.
#[derive(Clone, Debug, Default)]
pub struct Quality {
    /// Each file that was looked at.
    pub files: Vec<FileLine>,
    /// Responses read.
    pub responses: Option<u64>,
    /// Of them, those matched to one person of the staff list.
    pub linked: Option<u64>,
    /// Of them, those without an identifier, never matched.
    pub anonymous: Option<u64>,
    /// Of them, those whose identifier nobody has.
    pub unmatched: Option<u64>,
    /// Of them, those whose identifier several people have.
    pub ambiguous: Option<u64>,
    /// Of them, earlier answers of the same person in the same wave, left out.
    pub repeats: Option<u64>,
    /// What was found, by rule.
    pub findings: Vec<FindingLine>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct FileLine {
    /// Its path inside the study.
    pub file: String,
    /// What it holds, in a word or two: `responses`, `staff list`.
    pub holds: String,
    /// Its layout in words: `Qualtrics CSV`.
    pub layout: String,
    /// Rows read.
    pub rows: u64,
    /// Rows used.
    pub used: u64,
    /// Rows set aside, by why.
    pub set_aside: Vec<(String, u64)>,
}

/// One rule's findings.
#[derive(Clone, Debug)]
pub struct FindingLine {
    /// The rule's slug.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// Where it first occurs, as far down as may be said.
    pub place: String,
    /// What was found, without a value that could be personal.
    pub message: String,
    /// Cells, rows or files.
    pub count: u64,
}

/// A count of people or responses: from 1 to 9 it is "fewer than 10".
#[must_use]
pub fn people(n: u64) -> String {
    match n {
        1..=9 => "fewer than 10".to_owned(),
        n => count(n),
    }
}

/// Counts of a whole and its parts, as printed. A part from 1 to 9 would come
/// out by taking the others from the whole, so where there is one, or where
/// one is left over, all other counts are rounded to tens.
#[must_use]
pub fn parts(whole: u64, parts: &[u64]) -> (String, Vec<String>) {
    let sum = parts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    let rest = whole.abs_diff(sum);
    let small = |n: &u64| (1..=9).contains(n);
    let any = parts.iter().any(small) || small(&rest) || small(&whole);
    let print = |n: u64| match n {
        0..=9 => people(n),
        n if any => format!("about {}", count((n + 5) / 10 * 10)),
        n => count(n),
    };
    (print(whole), parts.iter().map(|n| print(*n)).collect())
}

#[cfg(test)]
mod tests {
    use super::{parts, people};

    #[test]
    fn small_counts_are_not_printed() {
        let printed = [0, 1, 9, 10, 1204].map(people);
        assert_eq!(
            printed,
            ["0", "fewer than 10", "fewer than 10", "10", "1,204"]
        );
    }

    #[test]
    fn a_small_part_cannot_be_had_by_taking_away() {
        let (whole, of) = parts(120, &[115, 5]);
        assert_eq!(whole, "about 120");
        assert_eq!(of, ["about 120", "fewer than 10"]);
        // Left over, though in no part.
        assert_eq!(parts(120, &[116]).0, "about 120");
        assert_eq!(parts(120, &[100, 20]).1, ["100", "20"]);
    }

    #[test]
    fn every_small_part_stays_possible() {
        // Whatever a small part is, some other gives the same page.
        for small in 1..=9_u64 {
            let (whole, of) = parts(100 + small, &[100, small]);
            let others = (1..=9_u64).filter(|other| *other != small).any(|other| {
                (95..=104_u64).any(|large| {
                    parts(large + other, &[large, other]) == (whole.clone(), of.clone())
                })
            });
            assert!(others, "{small} stands alone");
        }
    }
}
