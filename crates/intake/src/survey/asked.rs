//! Which questions are items, what each is called and on which scale it is
//! answered. The same item in several files is one item.

use super::kept::Kept;
use super::naming::{self, Candidate};
use super::{ItemRule, Rules};
use crate::data::{Cell, Role, Stage, Table, TableColumn};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::columns::dimension_of_question;
use crate::vocabulary::items::is_reversed;
use crate::vocabulary::scales::{self, Answer};
use crate::vocabulary::text;
use staywise_core::domain::{Finding, Item, QuestionType, Scale, Severity};
use std::collections::BTreeMap;

/// Distinct answers above which a question is no item.
const LABELS: usize = 200;

/// An item and the questions that ask it.
pub(super) struct Asked {
    pub(super) item: Item,
    /// File and column of each question.
    pub(super) columns: Vec<(usize, usize)>,
}

/// A question that may be an item.
struct Question<'a> {
    file: usize,
    at: usize,
    column: &'a TableColumn,
    rule: Option<&'a ItemRule>,
    labels: Vec<(String, u64)>,
    own: Option<Scale>,
}

/// Finds all items, in the order in which they are first asked.
pub(super) fn items(
    files: &[&Table],
    kept: &[Kept],
    rules: &Rules,
    stage: &mut Stage,
) -> Vec<Asked> {
    let questions = questions(files, kept, rules, stage);
    let candidates: Vec<Candidate> = questions
        .iter()
        .map(|q| Candidate {
            file: q.file,
            column: q.column,
            rule: q.rule,
            table: files.get(q.file).copied(),
        })
        .collect();
    let names = naming::names(&candidates, rules, stage);
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        groups.entry(name.as_str()).or_default().push(at);
    }
    let mut items: Vec<(usize, Asked)> = Vec::new();
    for (name, members) in &groups {
        let members: Vec<&Question> = members.iter().filter_map(|m| questions.get(*m)).collect();
        for (nth, (scale, members)) in by_scale(&members).into_iter().enumerate() {
            let Some(first) = members.first() else {
                continue;
            };
            if nth > 0 {
                stage.findings.push(scale_differs(first, files));
            }
            let name = if nth == 0 {
                (*name).to_owned()
            } else {
                format!("{name}_{}", nth + 1)
            };
            let place = questions
                .iter()
                .position(|q| std::ptr::eq(q, *first))
                .unwrap_or(0);
            items.push((place, asked(name, scale, &members)));
        }
    }
    items.sort_by_key(|(place, _)| *place);
    items.into_iter().map(|(_, asked)| asked).collect()
}

fn asked(name: String, scale: Scale, members: &[&Question]) -> Asked {
    let known = members
        .iter()
        .find_map(|q| crate::vocabulary::items::recognise(q.column.asks()));
    let reversed = members.iter().find_map(|q| q.rule?.reversed);
    let known = known.filter(|k| k.name == name).map(|k| k.reversed);
    let reversed = reversed.or(known).unwrap_or_else(|| is_reversed(&name));
    // Intention to leave counts those who agree; a question that is worded the
    // other way round than its item counts those who do not.
    let scale = if reversed == is_reversed(&name) {
        scale
    } else {
        mirrored(scale)
    };
    Asked {
        item: Item {
            text: members
                .first()
                .map(|q| q.column.asks().to_owned())
                .unwrap_or_default(),
            reversed,
            principle: members.iter().find_map(|q| q.rule?.principle.clone()),
            name,
            scale,
        },
        columns: members.iter().map(|q| (q.file, q.at)).collect(),
    }
}

/// The question columns that could be items: those on a scale, those that the
/// study names, and options few enough to be labels of a scale that another
/// file shows. Questions that ask a person about themselves are not.
fn questions<'a>(
    files: &[&'a Table],
    kept: &[Kept],
    rules: &'a Rules,
    stage: &mut Stage,
) -> Vec<Question<'a>> {
    let mut found = Vec::new();
    for (file, (table, kept)) in files.iter().zip(kept).enumerate() {
        let asked = table
            .columns
            .iter()
            .enumerate()
            .filter(|(_, c)| c.role == Role::Question);
        for (at, column) in asked {
            let rule = rule_for(column, rules);
            let about = rule.is_none() && dimension_of_question(column.asks()).is_some();
            if about || column.cells.pool.len() > LABELS {
                continue;
            }
            let labels = labels(column, kept);
            let own = match rule.and_then(|r| r.scale.as_deref()) {
                Some(named) => declared(named, (table, column), stage),
                None => recognised(&labels).filter(|_| {
                    column.question_type == Some(QuestionType::Scale) || rule.is_some()
                }),
            };
            found.push(Question {
                file,
                at,
                column,
                rule,
                labels,
                own,
            });
        }
    }
    adopt(&mut found);
    found
}

/// A question to which everyone gave the same answer shows no scale: it takes
/// that of the other questions of its file, where the answer is on it. Never
/// for figures, which may be anything.
fn adopt(questions: &mut [Question]) {
    let mut shown: BTreeMap<usize, Vec<(Scale, usize)>> = BTreeMap::new();
    for question in questions.iter() {
        let Some(own) = &question.own else { continue };
        let scales = shown.entry(question.file).or_default();
        match scales.iter_mut().find(|(scale, _)| scale == own) {
            Some((_, count)) => *count += 1,
            None => scales.push((own.clone(), 1)),
        }
    }
    for scales in shown.values_mut() {
        scales.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    let silent = questions
        .iter_mut()
        .filter(|q| q.own.is_none() && !q.labels.is_empty());
    for question in silent {
        let figure = |(label, _): &(String, u64)| label.trim().parse::<f64>().is_ok();
        if question.labels.iter().any(figure) {
            continue;
        }
        let level = |scale: &Scale, label: &str| match scales::read(scale, label) {
            Answer::Level(_) => Some(true),
            Answer::OffScale => Some(false),
            Answer::Missing | Answer::Unknown => None,
        };
        let fits = |(scale, _): &&(Scale, usize)| {
            let read: Option<Vec<bool>> = question
                .labels
                .iter()
                .map(|(label, _)| level(scale, label))
                .collect();
            read.is_some_and(|levels| levels.contains(&true)) && !merges(scale, &question.labels)
        };
        let found = shown
            .get(&question.file)
            .and_then(|scales| scales.iter().find(fits));
        question.own = found.map(|(scale, _)| scale.clone());
    }
}

/// Whether a scale would make one answer of two that a question tells apart,
/// as Often and Very often: then the question is answered on another.
fn merges(scale: &Scale, labels: &[(String, u64)]) -> bool {
    let mut seen: BTreeMap<u8, String> = BTreeMap::new();
    labels.iter().any(|(label, _)| {
        let Answer::Level(level) = scales::read(scale, label) else {
            return false;
        };
        let words = text::words(label);
        *seen.entry(level).or_insert_with(|| words.clone()) != words
    })
}

fn rule_for<'a>(column: &TableColumn, rules: &'a Rules) -> Option<&'a ItemRule> {
    let asks = text::fold(column.asks());
    let names = [text::fold(&column.header), text::fold(&column.name)];
    rules.items.iter().find(|rule| {
        let question = text::fold(&rule.question);
        question == asks || names.contains(&question)
    })
}

fn declared(
    named: &str,
    (table, column): (&Table, &TableColumn),
    stage: &mut Stage,
) -> Option<Scale> {
    let scale = scales::named(named).cloned();
    if scale.is_none() {
        stage.findings.push(Finding {
            rule: "unknown-scale",
            severity: Severity::Error,
            origin: table.origin(None, Some(column)),
            message: format!("The study gives this question the scale \"{named}\", which is none."),
            remedy: format!(
                "Use one of: {}.",
                scales::all()
                    .iter()
                    .map(|s| s.name.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            count: 1,
            private_value: None,
        });
    }
    scale
}

/// Distinct answers with how many responses gave them; those that stand for
/// nothing left out.
fn labels(column: &TableColumn, kept: &Kept) -> Vec<(String, u64)> {
    let mut counts = vec![0_u64; column.cells.pool.len()];
    for response in &kept.responses {
        let code = column.cells.codes.get(response.row).map(|c| *c as usize);
        if let Some(count) = code.and_then(|c| counts.get_mut(c)) {
            *count += 1;
        }
    }
    let said = column
        .cells
        .pool
        .iter()
        .zip(counts)
        .filter(|(cell, count)| *count > 0 && !is_missing(cell) && !matches!(cell, Cell::Fault(_)));
    said.map(|(cell, count)| (cell.text().into_owned(), count))
        .collect()
}

fn recognised(labels: &[(String, u64)]) -> Option<Scale> {
    let labels: Vec<(&str, u64)> = labels.iter().map(|(l, n)| (l.as_str(), *n)).collect();
    scales::recognise(&labels).cloned()
}

/// Divides the questions of one item by scale. Most often there is one: that
/// of all answers together, as a small wave may have chosen few of its
/// levels. The scale with most answers comes first.
fn by_scale<'a, 'b>(members: &[&'a Question<'b>]) -> Vec<(Scale, Vec<&'a Question<'b>>)> {
    let on_scale: Vec<&&Question> = members.iter().filter(|q| q.own.is_some()).collect();
    if on_scale.is_empty() {
        return Vec::new();
    }
    let declared = on_scale
        .iter()
        .find(|q| q.rule.is_some_and(|r| r.scale.is_some()));
    let together: Vec<(String, u64)> = on_scale
        .iter()
        .flat_map(|q| q.labels.iter().cloned())
        .collect();
    let common = match declared {
        Some(declared) => declared.own.clone(),
        None => recognised(&together),
    };
    let mut divided: Vec<(Scale, Vec<&Question>, u64)> = Vec::new();
    for question in members {
        let Some(scale) = scale_of(question, common.as_ref(), &on_scale) else {
            continue;
        };
        let answers: u64 = question.labels.iter().map(|(_, n)| n).sum();
        match divided.iter_mut().find(|(known, _, _)| *known == scale) {
            Some((_, members, all)) => {
                members.push(question);
                *all += answers;
            }
            None => divided.push((scale, vec![question], answers)),
        }
    }
    divided.sort_by_key(|(_, _, answers)| std::cmp::Reverse(*answers));
    divided
        .into_iter()
        .map(|(scale, members, _)| (scale, members))
        .collect()
}

/// The common scale where the answers fit it as well as their own; their own
/// else. Answers that show no scale by themselves take the common one, or any
/// that another file shows, where most fit it.
fn scale_of(question: &Question, common: Option<&Scale>, others: &[&&Question]) -> Option<Scale> {
    let fits = |scale: &&Scale| match &question.own {
        Some(own) => on(scale, question) >= on(own, question),
        None => {
            let all: u64 = question.labels.iter().map(|(_, n)| n).sum();
            all > 0 && on(scale, question) * 10 >= all * 7 && !merges(scale, &question.labels)
        }
    };
    if let Some(common) = common.filter(fits) {
        return Some(common.clone());
    }
    let other = || {
        others
            .iter()
            .filter_map(|q| q.own.as_ref())
            .find(fits)
            .cloned()
    };
    question.own.clone().or_else(other)
}

/// How many answers are on a scale or knowingly off it.
fn on(scale: &Scale, question: &Question) -> u64 {
    let on = |label: &str| !matches!(scales::read(scale, label), Answer::Unknown);
    question
        .labels
        .iter()
        .filter(|(label, _)| on(label))
        .map(|(_, n)| n)
        .sum()
}

fn scale_differs(question: &Question, files: &[&Table]) -> Finding {
    let origin = files
        .get(question.file)
        .map(|t| t.origin(None, Some(question.column)));
    Finding {
        rule: "scale-differs",
        severity: Severity::Warning,
        origin: origin.unwrap_or_default(),
        message: "The same item is answered on different scales in different files; the two are \
                  kept apart."
            .to_owned(),
        remedy: "If they are different questions, give them different names in staywise.toml."
            .to_owned(),
        count: 1,
        private_value: None,
    }
}

/// The scale with its scores and what favours turned end to end; its labels
/// and their order stay.
fn mirrored(mut scale: Scale) -> Scale {
    let turned: Vec<(Option<f64>, bool)> = scale
        .levels
        .iter()
        .rev()
        .map(|l| (l.score, l.favourable))
        .collect();
    for (level, (score, favourable)) in scale.levels.iter_mut().zip(turned) {
        level.score = score;
        level.favourable = favourable;
    }
    scale
}
