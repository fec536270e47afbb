//! The same person twice in a wave: the last complete response is kept, and
//! the others leave every column.

use super::matching::Match;
use super::pseudonym::Marked;
use crate::data::Survey;
use std::collections::HashMap;

/// Who somebody is within a wave: a person, or an identifier that the staff
/// list does not have.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Who {
    Person(u32),
    Mark(u128),
}

/// Who gave a response; nothing where that cannot be told.
pub(super) fn who(found: &Match, marks: &Marked) -> Option<Who> {
    match found {
        Match::Person(person, _) => Some(Who::Person(*person)),
        Match::Unmatched => Some(Who::Mark(marks.first())),
        Match::Ambiguous | Match::Anonymous => None,
    }
}

/// By response, whether it is kept. Responses are in order of completion; a
/// finished one counts more than a later one that is not.
pub(super) fn keep(survey: &Survey, matches: &[Match], marks: &[Marked]) -> Vec<bool> {
    let finished = |at: usize| survey.finished.get(at).copied().unwrap_or(true);
    let mut keep = vec![true; survey.responses()];
    let mut last: HashMap<(u32, Who), usize> = HashMap::new();
    for (at, ((found, marks), wave)) in matches.iter().zip(marks).zip(&survey.wave).enumerate() {
        let Some(who) = who(found, marks) else {
            continue;
        };
        let known = last.entry((*wave, who)).or_insert(at);
        if *known == at {
            continue;
        }
        let dropped = if finished(at) >= finished(*known) {
            std::mem::replace(known, at)
        } else {
            at
        };
        if let Some(kept) = keep.get_mut(dropped) {
            *kept = false;
        }
    }
    keep
}

/// Leaves only what is kept in every column of responses.
pub(super) fn retain(survey: &mut Survey, keep: &[bool]) {
    if keep.iter().all(|kept| *kept) {
        return;
    }
    only(&mut survey.answered_on, keep);
    only(&mut survey.finished, keep);
    only(&mut survey.wave, keep);
    only(&mut survey.identities, keep);
    for item in &mut survey.items {
        only(&mut item.codes, keep);
    }
    for dimension in &mut survey.dimensions {
        only(&mut dimension.codes, keep);
    }
}

/// Leaves only what is kept.
pub(super) fn only<T>(values: &mut Vec<T>, keep: &[bool]) {
    let mut kept = keep.iter();
    values.retain(|_| kept.next().copied().unwrap_or(true));
}
