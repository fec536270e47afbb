//! What the questions and answers of a Qualtrics export say: statements of a
//! matrix by themselves, the turns of a loop apart, questions seen and not
//! answered, and answers that are bare numbers.

use super::several::{groups, stem_of};
use super::{is_text, note};
use crate::data::Role;
use crate::ingest::grid::Grid;
use crate::ingest::layouts::{Draft, Made, Remark, distinct};
use crate::vocabulary::text;
use std::collections::HashMap;

/// What Qualtrics writes for a question that was seen and not answered.
const UNANSWERED: &str = "-99";

/// A statement of a matrix asks by itself, as other tools have it, where it
/// says enough and nothing else in the file has the same words. Turns of a
/// loop that ask in the same words are told by their number.
pub(super) fn say_statements(drafts: &mut [Draft]) {
    const WORDS: usize = 4;
    let mut said: Vec<(usize, String)> = Vec::new();
    for group in groups(drafts) {
        let texts: Vec<&str> = group
            .iter()
            .filter_map(|at| drafts.get(*at)?.question.as_deref())
            .collect();
        // Columns beside one another have a heading of their own.
        let beside = |at: &usize| drafts.get(*at).is_some_and(|d| d.header.contains('#'));
        if texts.len() != group.len() || group.iter().any(beside) {
            continue;
        }
        let Some((stem, statements)) = stem_of(&texts) else {
            continue;
        };
        // A dash inside a word parts nothing.
        if texts
            .iter()
            .all(|text| text.starts_with(&format!("{stem} - ")))
        {
            said.extend(group.into_iter().zip(statements));
        }
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    let asked = drafts.iter().filter(|d| d.role == Role::Question);
    let whole = asked.filter_map(|d| d.question.as_deref().map(text::fold));
    for words in whole.chain(said.iter().map(|(_, statement)| text::fold(statement))) {
        *counts.entry(words).or_default() += 1;
    }
    for (at, statement) in said {
        let alone = counts.get(&text::fold(&statement)) == Some(&1);
        if let Some(draft) = drafts.get_mut(at)
            && alone
            && statement.split(' ').count() >= WORDS
        {
            draft.question = Some(statement);
        }
    }
    tell_turns(drafts);
}

/// `1_Q10` and `2_Q10` are turns of a loop.
fn tell_turns(drafts: &mut [Draft]) {
    let turn = |draft: &Draft| {
        let (turn, rest) = draft.header.split_once('_')?;
        let number = !turn.is_empty() && turn.bytes().all(|b| b.is_ascii_digit());
        let named = rest.starts_with(|c: char| c.is_ascii_alphabetic());
        (number && named).then(|| turn.to_owned())
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for draft in drafts.iter().filter(|d| d.role == Role::Question) {
        if let Some(words) = &draft.question {
            *counts.entry(text::fold(words)).or_default() += 1;
        }
    }
    for draft in drafts.iter_mut().filter(|d| d.role == Role::Question) {
        let again = |words: &&String| counts.get(&text::fold(words)).is_some_and(|n| *n > 1);
        let told = draft.question.as_ref().filter(again).zip(turn(draft));
        if let Some((words, turn)) = told {
            draft.question = Some(format!("{words} (loop {turn})"));
        }
    }
}

/// Takes `-99` for no answer.
pub(super) fn unanswered((grid, from): (&Grid, usize), drafts: &mut [Draft]) -> Option<Remark> {
    let (mut count, mut first) = (0, None);
    for draft in drafts.iter_mut() {
        let asked = matches!(draft.role, Role::Question | Role::Dimension(_));
        if !asked || draft.made != Made::Own || is_text(draft) {
            continue;
        }
        let values = distinct::below(grid, draft.index, from);
        let blank: u64 = values
            .iter()
            .filter(|(cell, _)| text::fold(&cell.text()) == UNANSWERED)
            .map(|(_, n)| n)
            .sum();
        if blank > 0 {
            draft.meaning.missing.push(UNANSWERED.to_owned());
            first.get_or_insert(draft.index);
            count += blank;
        }
    }
    let message =
        "-99 was taken for a question that was seen and not answered, as Qualtrics writes it.";
    first.map(|column| Remark {
        count,
        ..note("seen-unanswered", Some(column), message.to_owned())
    })
}

/// Questions whose answers are numbers, in an export of values. One of labels
/// says True and False where this one says 1 and 0.
pub(super) fn numbered(below: (&Grid, usize), drafts: &[Draft]) -> Option<Remark> {
    let recorded: Vec<String> = drafts
        .iter()
        .filter(|d| matches!(d.role, Role::Finished | Role::ResponseStatus))
        .flat_map(|d| distinct::folded(below.0, d.index, below.1))
        .collect();
    let figures = |word: &String| word.bytes().all(|b| b.is_ascii_digit());
    if !recorded.iter().all(figures) {
        return None;
    }
    let coded = distinct::of_codes(below, drafts, |_| false);
    let coded: Vec<usize> = coded
        .into_iter()
        .filter(|at| drafts.get(*at).is_some_and(|draft| !is_text(draft)))
        .collect();
    distinct::without_labels(
        drafts,
        &coded,
        "In Qualtrics export again with labels (Data & Analysis > Export > Use choice text).",
    )
}
