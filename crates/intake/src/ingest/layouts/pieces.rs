//! Several answers in one cell with commas between, as spreadsheets have them
//! from Google Forms. An option may hold a comma itself, and so may any text:
//! pieces are taken for options only where they come again on their own, and
//! a text is rather left alone than torn.

use std::collections::{BTreeMap, BTreeSet};

/// Options that a question may have.
const OPTIONS: usize = 40;

/// What the cells of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// One answer a cell, or free text.
    Whole,
    /// Perhaps several answers a cell, but not where one ends.
    Unclear,
    /// Several answers a cell.
    Several(Several),
}

/// Cells that hold several answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Several {
    /// Each distinct cell, and its answers with a semicolon behind each.
    pub(super) labels: Vec<(String, String)>,
    /// Options that hold a comma.
    pub(super) with_commas: usize,
}

/// An answer as pieces, and how often it comes.
struct Answer<'a> {
    written: &'a str,
    pieces: Vec<&'a str>,
    count: u64,
}

/// Sorts a column by its distinct texts with their counts.
pub(super) fn sorted(texts: &[(&str, u64)]) -> Verdict {
    let answers: Vec<Answer> = texts
        .iter()
        .map(|(written, count)| Answer {
            written,
            pieces: written
                .split(", ")
                .map(str::trim)
                .filter(|piece| !piece.is_empty())
                .collect(),
            count: *count,
        })
        .collect();
    let total: u64 = answers.iter().map(|a| a.count).sum();
    let parted = |a: &&Answer| a.pieces.len() > 1;
    let with_comma: u64 = answers.iter().filter(parted).map(|a| a.count).sum();
    let with_semicolon = answers.iter().filter(|a| a.written.contains(';'));
    let with_semicolon: u64 = with_semicolon.map(|a| a.count).sum();
    if with_comma < 3 || with_comma * 10 < total || with_semicolon * 10 >= total * 3 {
        return Verdict::Whole;
    }
    let Some(glue) = Glue::of(&answers) else {
        return Verdict::Whole;
    };
    let joined: Vec<Option<Vec<String>>> = answers.iter().map(|a| glue.options(a)).collect();
    weigh(&answers, &joined, (total, glue.is_unclear))
}

/// Whether the options found account for the answers.
fn weigh(
    answers: &[Answer],
    joined: &[Option<Vec<String>>],
    (total, is_unclear): (u64, bool),
) -> Verdict {
    let mut chosen: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut explained, mut several, mut combinations) = (0, 0, 0);
    for (answer, options) in answers.iter().zip(joined) {
        let Some(options) = options else { continue };
        let distinct: BTreeSet<&str> = options.iter().map(String::as_str).collect();
        if distinct.len() < options.len() {
            continue;
        }
        explained += answer.count;
        if options.len() > 1 {
            several += answer.count;
            combinations += 1;
        }
        for option in distinct {
            *chosen.entry(option).or_default() += answer.count;
        }
    }
    let known = chosen.values().filter(|count| **count > 1).count();
    let is_list = several >= 3
        && several * 10 >= total
        && combinations > 1
        && explained * 10 >= total * 8
        && (2..=OPTIONS).contains(&known);
    match (is_list, is_unclear) {
        (false, _) => Verdict::Whole,
        (true, true) => Verdict::Unclear,
        (true, false) => {
            let with_commas = chosen
                .iter()
                .filter(|(option, count)| **count > 1 && option.contains(", "));
            let with_commas = with_commas.count();
            let label = |(answer, options): (&Answer, &Option<Vec<String>>)| {
                let options = options.as_ref()?;
                let marked = options.iter().map(|o| format!("{};", o.replace(';', ",")));
                Some((answer.written.to_owned(), marked.collect()))
            };
            Verdict::Several(Several {
                labels: answers.iter().zip(joined).filter_map(label).collect(),
                with_commas,
            })
        }
    }
}

/// Which pieces come again, and which of them are only ever the end of an
/// option that holds a comma.
struct Glue<'a> {
    known: BTreeSet<&'a str>,
    /// A piece with the only piece it ever stands behind.
    behind: BTreeMap<&'a str, &'a str>,
    /// Whether some piece begins no answer and stands behind several others:
    /// an option, or the end of several.
    is_unclear: bool,
}

impl<'a> Glue<'a> {
    /// Nothing where too few pieces come again, or too many.
    fn of(answers: &[Answer<'a>]) -> Option<Self> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let mut before: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
        let mut longest = 0;
        for answer in answers {
            let mut last = None;
            longest = longest.max(answer.pieces.len());
            for piece in &answer.pieces {
                *counts.entry(piece).or_default() += answer.count;
                before.entry(piece).or_default().insert(last);
                last = Some(*piece);
            }
        }
        let again = counts.into_iter().filter(|(_, count)| *count > 1);
        let known: BTreeSet<&str> = again.map(|(piece, _)| piece).collect();
        if !(2..=OPTIONS * 2).contains(&known.len()) {
            return None;
        }
        let mut glue = Self {
            known,
            behind: BTreeMap::new(),
            is_unclear: false,
        };
        for (piece, before) in before {
            let begins = before.contains(&None);
            let only = before.iter().next().copied().flatten();
            match only.filter(|_| before.len() == 1) {
                _ if begins || !glue.known.contains(piece) => {}
                Some(only) => {
                    glue.behind.insert(piece, only);
                }
                None => glue.is_unclear |= longest < 3,
            }
        }
        Some(glue)
    }

    /// The options of an answer. What was written beside `Other` comes last
    /// and once; its commas are its own. Nothing where a piece that comes
    /// once stands before one that comes again.
    fn options(&self, answer: &Answer) -> Option<Vec<String>> {
        let mut options: Vec<String> = Vec::new();
        let mut last: Option<&str> = None;
        let mut beside = false;
        for piece in &answer.pieces {
            let is_known = self.known.contains(piece);
            let is_end = last.is_some() && self.behind.get(piece).copied() == last;
            if beside && is_known {
                return None;
            }
            match options.last_mut() {
                Some(option) if is_end || beside => {
                    option.push_str(", ");
                    option.push_str(piece);
                }
                _ => options.push((*piece).to_owned()),
            }
            beside |= !is_known;
            last = Some(*piece);
        }
        (!options.is_empty()).then_some(options)
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, sorted};

    fn of(texts: &[&str]) -> Verdict {
        let mut counted: Vec<(&str, u64)> = Vec::new();
        for text in texts {
            match counted.iter_mut().find(|(known, _)| known == text) {
                Some((_, count)) => *count += 1,
                None => counted.push((text, 1)),
            }
        }
        sorted(&counted)
    }

    fn labels(texts: &[&str]) -> Vec<String> {
        match of(texts) {
            Verdict::Several(several) => several.labels.into_iter().map(|(_, to)| to).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn options_that_come_again_on_their_own_are_parted() {
        let texts = [
            "Pay, Rota",
            "Pay",
            "Rota",
            "Pay, Rota, Peers",
            "Peers",
            "Rota, Peers",
        ];
        let parted = labels(&texts);
        assert_eq!(parted[0], "Pay;Rota;");
        assert_eq!(parted[1], "Pay;");
        assert_eq!(parted[3], "Pay;Rota;Peers;");
    }

    #[test]
    fn an_option_that_holds_a_comma_is_not_torn() {
        let texts = [
            "Pay, terms and conditions, Rota",
            "Pay, terms and conditions",
            "Rota",
            "Rota, Peers",
            "Pay, terms and conditions, Peers",
            "Peers",
        ];
        let parted = labels(&texts);
        assert_eq!(parted[0], "Pay, terms and conditions;Rota;");
        assert_eq!(parted[4], "Pay, terms and conditions;Peers;");
    }

    #[test]
    fn one_answer_with_a_comma_is_one_answer() {
        let scale = [
            "Yes, definitely",
            "Yes, to some extent",
            "No",
            "Yes, definitely",
            "Yes, to some extent",
            "No",
        ];
        assert_eq!(of(&scale), Verdict::Whole);
        let strength = [
            "Agree, strongly",
            "Disagree, strongly",
            "Agree",
            "Disagree",
            "Agree, strongly",
            "Disagree, strongly",
        ];
        assert_eq!(of(&strength), Verdict::Unclear);
        let tales = [
            "I like it, mostly",
            "Too busy, too few of us",
            "None, really",
        ];
        assert_eq!(of(&tales), Verdict::Whole);
    }

    #[test]
    fn what_is_written_beside_other_keeps_its_commas() {
        let texts = [
            "Pay, Rota",
            "Pay",
            "Rota",
            "Pay, Rota",
            "Rota",
            "Rota, the car park, and the bus",
            "Pay, Rota",
        ];
        let parted = labels(&texts);
        assert!(
            parted.contains(&"Rota;the car park, and the bus;".to_owned()),
            "{parted:?}"
        );
    }
}
