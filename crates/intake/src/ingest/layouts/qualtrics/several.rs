//! Questions of Qualtrics to which several answers may be given: a column an
//! option, or all options of a response in one cell with commas between them.
//! Where it cannot be told what is one option, the column is left alone.

use super::{Draft, is_text, note};
use crate::data::{Cell, Role};
use crate::ingest::grid::Grid;
use crate::ingest::layouts::{Choice, Made, Remark, distinct};
use crate::vocabulary::text;
use std::collections::{BTreeMap, HashMap};

/// Between a question and its options in the row of texts.
const CHOICE: &str = " - Selected Choice";

/// Joins what is a column an option, and takes apart what is in one cell.
pub(super) fn join((grid, from): (&Grid, usize), drafts: &mut Vec<Draft>) -> Vec<Remark> {
    let mut gone = Vec::new();
    for group in groups(drafts) {
        let Some(labels) = labels(drafts, &group) else {
            continue;
        };
        if !are_ticks((grid, from), drafts, &labels) {
            continue;
        }
        let choices = labels.options.iter().zip(&group).filter_map(|(label, at)| {
            Some(Choice {
                index: drafts.get(*at)?.index,
                label: label.clone(),
            })
        });
        let made = Made::Options(choices.collect());
        let base = group.first().and_then(|at| drafts.get(*at)).map(base_of);
        if let Some(first) = group.first().and_then(|at| drafts.get_mut(*at)) {
            first.made = made;
            first.header = base.unwrap_or_default();
            first.question = Some(labels.stem);
        }
        gone.extend(group.into_iter().skip(1));
    }
    let mut at = 0;
    drafts.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
    for draft in drafts.iter_mut() {
        if let Some(bare) = draft
            .question
            .as_deref()
            .and_then(|q| q.strip_suffix(CHOICE))
        {
            draft.question = Some(bare.to_owned());
        }
    }
    in_one_cell((grid, from), drafts)
}

/// The variable without the number of its option: `Q5` of `Q5_2`.
fn base_of(draft: &Draft) -> String {
    draft
        .header
        .rsplit_once('_')
        .map_or(draft.header.as_str(), |(base, _)| base)
        .to_owned()
}

/// Places of question columns whose variables differ in their last part only.
pub(super) fn groups(drafts: &[Draft]) -> Vec<Vec<usize>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let asked = draft.role == Role::Question && draft.made == Made::Own && !is_text(draft);
        if !asked || !draft.header.contains('_') || draft.question.is_none() {
            continue;
        }
        let place = *places.entry(base_of(draft)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// What a group asks and its options.
struct Labels {
    stem: String,
    options: Vec<String>,
    group: Vec<usize>,
    /// Whether the texts themselves say that each is a choice.
    said: bool,
}

fn labels(drafts: &[Draft], group: &[usize]) -> Option<Labels> {
    let texts: Option<Vec<&str>> = group
        .iter()
        .map(|at| drafts.get(*at)?.question.as_deref())
        .collect();
    let texts = texts?;
    let marker = format!("{CHOICE} - ");
    let said: Option<Vec<(&str, &str)>> =
        texts.iter().map(|text| text.split_once(&marker)).collect();
    if let Some(parts) = said {
        let (stem, _) = *parts.first()?;
        let options = parts.iter().map(|(_, option)| (*option).to_owned());
        return parts.iter().all(|(s, _)| *s == stem).then(|| Labels {
            stem: stem.to_owned(),
            options: options.collect(),
            group: group.to_vec(),
            said: true,
        });
    }
    let (stem, options) = stem_of(&texts)?;
    Some(Labels {
        stem,
        options,
        group: group.to_vec(),
        said: false,
    })
}

/// What texts begin with up to a dash, and what follows it in each: `Stem -
/// Statement`, or `Stem-Statement` in the older export.
pub(super) fn stem_of(texts: &[&str]) -> Option<(String, Vec<String>)> {
    let first = texts.first()?;
    let shared = texts.iter().fold(first.len(), |length, text| {
        let same = first.bytes().zip(text.bytes()).take_while(|(a, b)| a == b);
        length.min(same.count())
    });
    let shared = (0..=shared).rev().find(|at| first.is_char_boundary(*at))?;
    let head = first.get(..shared)?;
    let (stem, end) = match head.rfind(" - ") {
        Some(at) => (head.get(..at)?, at + 3),
        None => {
            let at = head.rfind('-')?;
            (head.get(..at)?, at + 1)
        }
    };
    let options: Option<Vec<String>> = texts
        .iter()
        .map(|text| Some(text::tidy(text.get(end..)?)).filter(|option| !option.is_empty()))
        .collect();
    Some((text::tidy(stem), options?)).filter(|(stem, _)| !stem.is_empty())
}

/// Whether every column holds nothing but a mark: 1 or its own option. Unless
/// the texts say that it is a choice, some row must have one ticked and
/// another not: else all may have answered 1 to every statement.
fn are_ticks((grid, from): (&Grid, usize), drafts: &[Draft], labels: &Labels) -> bool {
    let mut columns = Vec::new();
    for (at, option) in labels.group.iter().zip(&labels.options) {
        let Some(draft) = drafts.get(*at) else {
            return false;
        };
        let values = distinct::folded(grid, draft.index, from);
        let own = text::fold(option);
        let mark = |v: &String| *v == "1" || *v == own || labels.said && v.as_str() != "-99";
        if values.len() > 1 || !values.iter().all(mark) {
            return false;
        }
        columns.push(draft.index);
    }
    let ticked = |row: usize, index: &usize| !grid.cell(row, *index).is_blank();
    let mixed = |row: usize| {
        columns.iter().any(|c| ticked(row, c)) && !columns.iter().all(|c| ticked(row, c))
    };
    labels.said || (from..grid.rows()).any(mixed)
}

/// Gives cells with several answers a semicolon between them.
fn in_one_cell((grid, from): (&Grid, usize), drafts: &mut [Draft]) -> Vec<Remark> {
    let mut parted = Vec::new();
    for draft in drafts.iter_mut() {
        if draft.role != Role::Question || draft.made != Made::Own || is_text(draft) {
            continue;
        }
        let values = distinct::below(grid, draft.index, from);
        if let Some(labels) = apart(&values) {
            draft.meaning.labels = labels;
            parted.push((draft.index, draft.header.clone()));
        }
    }
    let Some((first, _)) = parted.first() else {
        return Vec::new();
    };
    let names: Vec<&str> = parted.iter().map(|(_, name)| name.as_str()).collect();
    let message = format!(
        "Several answers stand in one cell with commas between them and were taken apart: {}. A \
         comma with a space behind it was taken for part of an answer.",
        names.join(", ")
    );
    vec![Remark {
        count: parted.len() as u64,
        ..note("answers-apart", Some(*first), message)
    }]
}

/// Each distinct cell with its answers apart, where the column is of several
/// answers: few answers that come again in different company.
fn apart(values: &[(&Cell, u64)]) -> Option<Vec<(String, String)>> {
    const OPTIONS: usize = 40;
    const LONGEST: usize = 120;
    let mut cells: Vec<(&str, Vec<&str>, u64)> = Vec::new();
    for (cell, count) in values {
        let Cell::Text(written) = cell else {
            return None;
        };
        cells.push((written, pieces(written), *count));
    }
    if !cells.iter().any(|(_, pieces, _)| pieces.len() > 1) {
        return None;
    }
    let options = glued(&cells);
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (answers, count) in &options {
        for answer in answers {
            *counts.entry(answer.clone()).or_default() += count;
        }
    }
    let chosen: u64 = counts.values().sum();
    let short = counts
        .keys()
        .all(|o| !o.is_empty() && o.chars().count() <= LONGEST);
    let mixed = options
        .iter()
        .filter(|(answers, _)| answers.len() > 1)
        .count();
    let figures = counts.keys().all(|o| o.bytes().all(|b| b.is_ascii_digit()));
    if mixed == 0 || !short || counts.len() > OPTIONS || chosen < 3 * counts.len() as u64 {
        return None;
    }
    if figures && !are_codes(&options) {
        return None;
    }
    let labelled = cells
        .iter()
        .zip(&options)
        .map(|((written, ..), (answers, _))| {
            let joined: String = answers
                .iter()
                .map(|answer| format!("{};", answer.replace(';', ",")))
                .collect();
            ((*written).to_owned(), joined)
        });
    Some(labelled.collect())
}

/// Between commas that have no space behind them.
fn pieces(written: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in written.match_indices(',') {
        let next = written[at + 1..].chars().next();
        if next.is_some_and(|c| !c.is_whitespace()) {
            found.push(written[start..at].trim());
            start = at + 1;
        }
    }
    found.push(written[start..].trim());
    found
}

/// Pieces that stand only ever next to each other are one answer with a comma
/// in it.
fn glued(cells: &[(&str, Vec<&str>, u64)]) -> Vec<(Vec<String>, u64)> {
    let mut follow: HashMap<&str, Option<&str>> = HashMap::new();
    let mut precede: HashMap<&str, Option<&str>> = HashMap::new();
    for (_, pieces, _) in cells {
        for (at, piece) in pieces.iter().enumerate() {
            let next = pieces.get(at + 1).copied();
            let known = follow.entry(piece).or_insert(next);
            if *known != next {
                *known = None;
            }
            let before = at.checked_sub(1).and_then(|b| pieces.get(b)).copied();
            let known = precede.entry(piece).or_insert(before);
            if *known != before {
                *known = None;
            }
        }
    }
    let one =
        |a: &str, b: &str| follow.get(a) == Some(&Some(b)) && precede.get(b) == Some(&Some(a));
    let glue = |(_, pieces, count): &(&str, Vec<&str>, u64)| {
        let mut answers: Vec<String> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|b| pieces.get(b));
            match answers.last_mut() {
                Some(last) if before.is_some_and(|b| one(b, piece)) => {
                    last.push(',');
                    last.push_str(piece);
                }
                _ => answers.push((*piece).to_owned()),
            }
        }
        (answers, *count)
    };
    cells.iter().map(glue).collect()
}

/// Codes stand in ascending order and are small; `1,300` and `7,5` are no
/// lists. Two figures prove nothing.
fn are_codes(options: &[(Vec<String>, u64)]) -> bool {
    let mut three = false;
    for (answers, _) in options {
        let read: Option<Vec<u32>> = answers.iter().map(|a| a.parse().ok()).collect();
        let Some(codes) = read else { return false };
        if codes.iter().any(|code| *code > 99) || !codes.is_sorted_by(|a, b| a < b) {
            return false;
        }
        three |= codes.len() > 2;
    }
    three
}

#[cfg(test)]
mod tests {
    use super::{apart, stem_of};
    use crate::data::Cell;

    fn parted(cells: &[(&str, u64)]) -> Option<Vec<String>> {
        let cells: Vec<(Cell, u64)> = cells
            .iter()
            .map(|(text, n)| (Cell::Text((*text).into()), *n))
            .collect();
        let values: Vec<(&Cell, u64)> = cells.iter().map(|(c, n)| (c, *n)).collect();
        Some(apart(&values)?.into_iter().map(|(_, to)| to).collect())
    }

    #[test]
    fn answers_in_one_cell_come_apart_and_labels_with_commas_do_not() {
        let labels = [
            ("Time,Peers", 4),
            ("Peers", 3),
            ("Time", 2),
            ("Time,Study days, paid", 3),
        ];
        let expected = ["Time;Peers;", "Peers;", "Time;", "Time;Study days, paid;"];
        assert_eq!(parted(&labels).unwrap_or_default(), expected);
        // One option has a comma without a space: its halves never part.
        let halves = [("Yes,always", 5), ("Yes,always,No", 4), ("No", 4)];
        let expected = ["Yes,always;", "Yes,always;No;", "No;"];
        assert_eq!(parted(&halves).unwrap_or_default(), expected);
    }

    #[test]
    fn what_may_be_one_answer_is_left_alone() {
        assert_eq!(parted(&[("Yes,always", 5), ("No,never", 5)]), None);
        assert_eq!(parted(&[("1,300", 5), ("2,500", 5), ("900", 3)]), None);
        assert_eq!(parted(&[("7,5", 9), ("3,5", 9)]), None);
        assert_eq!(parted(&[("well,no", 1), ("I,for one,think", 1)]), None);
        let codes = parted(&[("1,2,3", 5), ("1,3", 5), ("2", 3)]);
        assert_eq!(codes.unwrap_or_default(), ["1;2;3;", "1;3;", "2;"]);
    }

    #[test]
    fn a_stem_ends_at_the_dash_that_all_share() {
        let texts = ["Self-care - I rest", "Self-care - I run"];
        let (stem, parts) = stem_of(&texts).unwrap_or_default();
        assert_eq!(
            (stem.as_str(), parts),
            ("Self-care", vec!["I rest".into(), "I run".into()])
        );
        let older = ["Click here-Statement 1", "Click here-Statement 2"];
        assert_eq!(stem_of(&older).unwrap_or_default().0, "Click here");
        assert_eq!(stem_of(&["Alpha", "Beta"]), None);
    }
}
