//! Likert and other scales: their levels in order, scores, which favour, and
//! the answers that are off every scale.

use super::{missing, tables, text};
use serde::Deserialize;
use staywise_core::domain::{Scale, ScaleLevel};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a label is on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The level's index in the scale.
    Level(u8),
    /// Don't know, prefer not to say, not applicable.
    OffScale,
    /// No answer.
    Missing,
    /// Not a label of this scale.
    Unknown,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    off_scale: HashSet<String>,
    scale: Vec<ScaleRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleRow {
    name: String,
    #[serde(default)]
    declared: bool,
    first_score: Option<u8>,
    numbers_from: Option<u8>,
    recognised_from: Option<u8>,
    recognised_by: Option<u8>,
    level: Vec<LevelRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelRow {
    label: String,
    #[serde(default)]
    favourable: bool,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    instead: Vec<String>,
}

const TOML: &str = include_str!("scales.toml");
static TABLE: LazyLock<Table> = LazyLock::new(|| tables::parse(TOML));
static SCALES: LazyLock<Vec<Scale>> =
    LazyLock::new(|| TABLE.scale.iter().map(ScaleRow::scale).collect());
static KNOWN: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let known = |row: &'static ScaleRow| (row.name.as_str(), Known::new(row));
    TABLE.scale.iter().map(known).collect()
});

impl ScaleRow {
    fn scale(&self) -> Scale {
        let first = f64::from(self.first_score.unwrap_or(1));
        let level = |(row, index): (&LevelRow, u32)| ScaleLevel {
            label: row.label.clone(),
            score: Some(first + f64::from(index)),
            favourable: row.favourable,
        };
        Scale {
            name: self.name.clone(),
            levels: self.level.iter().zip(0_u32..).map(level).collect(),
        }
    }
}

/// A built-in scale, made ready to look up in.
struct Known {
    row: &'static ScaleRow,
    /// By words: the level, and which make of the scale the wording is of.
    words: HashMap<String, (u8, u8)>,
}

impl Known {
    fn new(row: &'static ScaleRow) -> Self {
        let mut words = HashMap::new();
        for (level, index) in row.level.iter().zip(0_u8..) {
            words.insert(text::words(&level.label), (index, 0));
            for alias in &level.aliases {
                words.insert(alias.clone(), (index, 0));
            }
            for (wording, make) in level.instead.iter().zip(1_u8..) {
                words.insert(wording.clone(), (index, make));
            }
        }
        Self { row, words }
    }

    /// The level of a label, with its wording's make.
    fn level(&self, label: &str) -> Option<(u8, u8)> {
        if let Some(first) = self.row.numbers_from {
            let index = leading_number(label)?.checked_sub(u32::from(first))?;
            let index = u8::try_from(index).ok()?;
            return (usize::from(index) < self.row.level.len()).then_some((index, 0));
        }
        let words = text::words(label);
        self.words
            .get(&words)
            .or_else(|| self.words.get(without_number(&words)?))
            .copied()
    }
}

/// Every known scale.
#[must_use]
pub fn all() -> &'static [Scale] {
    &SCALES
}

/// A scale by its slug.
#[must_use]
pub fn named(name: &str) -> Option<&'static Scale> {
    all().iter().find(|s| s.name == name)
}

/// The scale that a column's distinct labels (with their counts) belong to:
/// the one with most rows on it, at least 70% of the rows that are neither
/// missing nor off scale, and at least two distinct levels (or one, where the
/// label names one scale only). Ties go to the shorter scale. Figures are a
/// rating only where all of them are from 0 to 10 and one is 8 or more. Scales
/// that only a study can declare are not recognised: four levels of agreement, and
/// figures from 1 to 5.
#[must_use]
pub fn recognise(labels: &[(&str, u64)]) -> Option<&'static Scale> {
    let valid: Vec<(&str, u64)> = labels
        .iter()
        .filter(|(label, rows)| *rows > 0 && apart(label).is_none())
        .copied()
        .collect();
    let rows: u128 = valid.iter().map(|(_, rows)| u128::from(*rows)).sum();
    let mut fits: Vec<Fit> = all().iter().filter_map(|s| Fit::of(s, &valid)).collect();
    let only = fits.len() == 1;
    // Everybody gave one answer: a label that several scales have is taken for
    // the shortest of them, where enough people gave it to be no accident.
    let alike = valid.len() == 1 && rows >= ALIKE;
    fits.retain(|fit| {
        // An answer that many gave and the scale has not is no slip of the pen:
        // "Some of them" beside Yes and No.
        let slips_only = fit.strange < STRANGE || fit.strange * 20 < rows;
        fit.rows * 10 >= rows * 7
            && slips_only
            && (fit.levels > 1 || (only || alike) && fit.in_words)
    });
    // The first of the best: the table's order settles what is still equal.
    fits.into_iter()
        .min_by_key(|fit| (u128::MAX - fit.rows, fit.scale.levels.len()))
        .map(|fit| fit.scale)
}

/// How many equal answers say which scale is meant.
const ALIKE: u128 = 10;

/// How many times an answer may stand that is on no level, whatever its share.
const STRANGE: u128 = 5;

/// How a column fits a scale.
struct Fit {
    scale: &'static Scale,
    rows: u128,
    levels: usize,
    /// How often the commonest answer stands that is on no level.
    strange: u128,
    /// Whether the scale is of words, not figures.
    in_words: bool,
}

impl Fit {
    /// Nothing where no label is on the scale, or where two labels claim the
    /// same level in wordings that exclude each other.
    fn of(scale: &'static Scale, labels: &[(&str, u64)]) -> Option<Self> {
        let known = KNOWN.get(scale.name.as_str())?;
        if known.row.declared {
            return None;
        }
        let mut makes: HashMap<u8, u8> = HashMap::new();
        let (mut on, mut strange) = (0_u128, 0_u128);
        for (label, rows) in labels {
            let Some((level, make)) = known.level(label) else {
                // Figures beyond the scale: years or a count, no rating.
                if known.row.numbers_from.is_some() && label.trim().parse::<f64>().is_ok() {
                    return None;
                }
                strange = strange.max(u128::from(*rows));
                continue;
            };
            if *makes.entry(level).or_insert(make) != make {
                return None;
            }
            on += u128::from(*rows);
        }
        let from = known.row.recognised_from.unwrap_or(0);
        let by = known.row.recognised_by;
        let shows = makes.keys().any(|level| *level >= from)
            && by.is_none_or(|level| makes.contains_key(&level));
        shows.then_some(Self {
            scale,
            rows: on,
            levels: makes.len(),
            strange,
            in_words: known.row.numbers_from.is_none(),
        })
    }
}

/// Reads a label on a scale, by its aliases. A scale that a study made itself
/// has its labels only, and may have `Not sure` among them.
#[must_use]
pub fn read(scale: &Scale, label: &str) -> Answer {
    let own = KNOWN.get(scale.name.as_str()).filter(|known| {
        let built_in = known.row.level.iter().map(|level| &level.label);
        built_in.eq(scale.levels.iter().map(|level| &level.label))
    });
    let level = |found: Option<u8>| found.map(Answer::Level);
    let answer = match own {
        // "6 - Don't know" is not a 6.
        Some(known) => apart(label).or_else(|| level(known.level(label).map(|(at, _)| at))),
        None => level(own_level(scale, label)).or_else(|| apart(label)),
    };
    answer.unwrap_or(Answer::Unknown)
}

fn own_level(scale: &Scale, label: &str) -> Option<u8> {
    let words = text::words(label);
    let bare = without_number(&words);
    let same = |level: &ScaleLevel| {
        let own = text::words(&level.label);
        !own.is_empty() && (own == words || Some(own.as_str()) == bare)
    };
    u8::try_from(scale.levels.iter().position(same)?).ok()
}

/// What a label is on every scale, where it is on none: off scale or missing.
fn apart(label: &str) -> Option<Answer> {
    let words = text::words(label);
    let off = |words: &str| TABLE.off_scale.contains(words);
    if off(&words) || without_number(&words).is_some_and(off) {
        Some(Answer::OffScale)
    } else if missing::is_missing(label) {
        Some(Answer::Missing)
    } else {
        None
    }
}

/// The words without a number before or behind: `5 strongly agree`.
fn without_number(words: &str) -> Option<&str> {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let (first, rest) = words.split_once(' ')?;
    if is_number(first) {
        return Some(rest);
    }
    let (rest, last) = words.rsplit_once(' ')?;
    is_number(last).then_some(rest)
}

/// The number of a label that is one, or begins with one and says in words
/// what it means: `7`, `10 - Extremely likely`, `0 (not at all)`. Not of
/// `3-4 hours`, nor of `5 years`.
fn leading_number(label: &str) -> Option<u32> {
    let tidied = text::tidy(label);
    let end = tidied
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(tidied.len());
    let (digits, rest) = tidied.split_at(end);
    let rest = rest.strip_prefix(".0").unwrap_or(rest).trim_start();
    let told = rest
        .strip_prefix(['-', '=', ':', '.', '(', ')'])
        .is_some_and(|words| words.trim_start().starts_with(char::is_alphabetic));
    (rest.is_empty() || told).then_some(())?;
    digits.parse().ok()
}

#[cfg(test)]
#[path = "scales_tests.rs"]
mod tests;
