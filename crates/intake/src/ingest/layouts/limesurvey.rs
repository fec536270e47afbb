//! LimeSurvey: what it records of a response, then a column a question or
//! subquestion. Headings are the question's code, its text, or both. The rows
//! of an array are questions of their own; a column an option is one question
//! with several answers.

mod heading;

use super::{Choice, Draft, Made, Remark, Shape, collapsed, distinct, present, who};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::{columns, text};
use heading::{Heading, Own};
use staywise_core::domain::Severity;
use std::collections::HashMap;

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;

/// A column with its heading.
struct Headed {
    index: usize,
    written: String,
    heading: Heading,
}

/// Recognises headings with LimeSurvey's own columns, or with a question's
/// code and text in nearly all.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let (row, reason) = (0..grid.rows().min(ROWS)).find_map(|row| {
        // Only the row itself is looked at: a grid may be large.
        let named = (0..grid.width()).filter(|c| !grid.cell(row, *c).is_blank());
        let reason = reason(row, &headed(grid, row, named))?;
        Some((row, reason))
    })?;
    let headed = headed(grid, row, present(grid, row, row + 1));
    let from = row + 1;
    let groups = several(grid, from, &headed);
    let statements = statements(&headed, &groups);
    let mut drafts = Vec::new();
    for (at, own) in headed.iter().enumerate() {
        if let Some(group) = groups.iter().find(|g| g.columns.contains(&at)) {
            if group.columns.first() == Some(&at) {
                drafts.push(joined(&headed, group));
            }
            continue;
        }
        let mut draft = Draft::new(own.index, own.written.clone(), role(&own.heading));
        if matches!(draft.role, Role::Question | Role::Dimension(_)) {
            draft.question = statements.get(&at).cloned().or_else(|| own.heading.words());
        }
        drafts.push(draft);
    }
    let mut remarks = undated((grid, from), &mut drafts, &headed);
    remarks.extend(ticks(&headed, &groups));
    let answer_code = |word: &str| {
        word.strip_prefix('a')
            .is_some_and(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let coded = distinct::of_codes((grid, from), &drafts, answer_code);
    remarks.extend(distinct::without_labels(
        &drafts,
        &coded,
        "In LimeSurvey export again with full answers (Export results > Responses > Full answers).",
    ));
    Some(Shape {
        remarks,
        ..Shape::new((Layout::LimeSurvey, Holds::Survey), reason, row, drafts)
    })
}

fn headed(grid: &Grid, row: usize, columns: impl Iterator<Item = usize>) -> Vec<Headed> {
    columns
        .map(|index| {
            let written = collapsed(grid.cell(row, index));
            Headed {
                index,
                heading: Heading::of(&written),
                written,
            }
        })
        .collect()
}

fn reason(row: usize, headed: &[Headed]) -> Option<String> {
    let mut signs: Vec<&str> = Vec::new();
    for own in headed {
        let sign = matches!(
            own.heading.own,
            Some(Own::Submitted | Own::LastPage | Own::StartLanguage | Own::LastAction)
        );
        if sign && !signs.contains(&own.written.as_str()) {
            signs.push(&own.written);
        }
    }
    if let [first, second, ..] = signs[..] {
        return Some(format!(
            "row {} has {first} and {second}, as LimeSurvey writes them",
            row + 1
        ));
    }
    // An export that was published without what LimeSurvey records.
    const FEW: usize = 5;
    let named = headed.iter().filter(|h| !h.written.is_empty()).count();
    let both: Vec<&str> = headed
        .iter()
        .filter_map(|h| h.heading.code_of_both())
        .collect();
    let mut stems: Vec<&str> = both
        .iter()
        .map(|code| code.trim_end_matches(|c: char| !c.is_ascii_alphabetic()))
        .map(|code| {
            code.split(|c: char| !c.is_ascii_alphabetic())
                .next()
                .unwrap_or(code)
        })
        .filter(|stem| stem.len() >= 3)
        .collect();
    stems.sort_unstable();
    stems.dedup();
    (both.len() >= FEW && both.len() * 10 >= named * 9 && stems.len() >= 3).then(|| {
        format!(
            "{} of the {named} headings in row {} are a question's code and its text, as \
             LimeSurvey writes them",
            both.len(),
            row + 1
        )
    })
}

fn role(heading: &Heading) -> Role {
    let described = || heading.text.as_deref().unwrap_or_default();
    match &heading.own {
        Some(Own::Id) => Role::ResponseId,
        Some(Own::Submitted) => Role::CompletedAt,
        Some(Own::Started) => Role::StartedAt,
        Some(Own::Token) => Role::ExternalReference,
        Some(Own::Email) => Role::Email,
        Some(Own::PersonName) => Role::PersonName,
        Some(Own::Address) => Role::Dropped,
        Some(Own::Attribute) => {
            columns::recognise_in(Holds::Survey, described()).unwrap_or(Role::Unknown)
        }
        Some(Own::LastPage | Own::StartLanguage | Own::LastAction | Own::Other) => Role::Unused,
        None if heading.is_blank() => Role::Unknown,
        None => who(heading
            .text
            .as_deref()
            .or(heading.code.as_deref())
            .unwrap_or_default())
        .unwrap_or(Role::Question),
    }
}

/// A question with a column an option.
struct Group {
    /// Places of its columns.
    columns: Vec<usize>,
    /// Whether unticked boxes say No, as an array of Yes and No does too.
    says_no: bool,
}

/// The columns of each question that has parts: those of one code, or, where
/// headings are texts, of one question's words.
fn parts(headed: &[Headed]) -> Vec<Vec<usize>> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for (at, own) in headed.iter().enumerate() {
        let heading = &own.heading;
        let single = heading.own.is_none() && heading.subs <= 1 && heading.part.is_some();
        let Some(base) = heading.base().filter(|_| single) else {
            continue;
        };
        let place = *places.entry(base).or_insert(parts.len());
        match parts.get_mut(place) {
            Some(of) => of.push(at),
            None => parts.push(vec![at]),
        }
    }
    parts
}

/// Questions with a column an option: every box of them says Y, or Yes and
/// No, and nothing else; what is written beside Other may be anything.
fn several(grid: &Grid, from: usize, headed: &[Headed]) -> Vec<Group> {
    let mut groups = Vec::new();
    for part in parts(headed) {
        let heading = |at: &usize| headed.get(*at).map(|h| &h.heading);
        let boxes: Vec<usize> = part
            .iter()
            .filter(|at| heading(at).is_some_and(|h| !h.is_comment()))
            .copied()
            .collect();
        let (mut ticked, mut says_no, mut only) = (false, false, true);
        let mut options = 0;
        for own in boxes.iter().filter_map(|at| headed.get(*at)) {
            if own.heading.is_other() {
                continue;
            }
            options += 1;
            let values = distinct::folded(grid, own.index, from);
            ticked |= values.iter().any(|v| v == "y" || v == "yes");
            says_no |= values.iter().any(|v| v == "no");
            let words = ["y", "yes", "no", "n/a"];
            only &= values.is_empty() || distinct::are_all(&values, &words);
        }
        if ticked && only && options > 0 && boxes.len() > 1 {
            groups.push(Group {
                columns: boxes,
                says_no,
            });
        }
    }
    groups
}

fn joined(headed: &[Headed], group: &Group) -> Draft {
    let of: Vec<&Headed> = group
        .columns
        .iter()
        .filter_map(|at| headed.get(*at))
        .collect();
    let choices = of
        .iter()
        .map(|own| Choice {
            index: own.index,
            label: own.heading.option(),
        })
        .collect();
    let first = of.first();
    let base = first.and_then(|own| own.heading.base()).unwrap_or_default();
    Draft {
        question: first
            .and_then(|own| own.heading.stem())
            .filter(|s| s != base),
        made: Made::Options(choices),
        ..Draft::new(
            first.map_or(0, |own| own.index),
            base.to_owned(),
            Role::Question,
        )
    }
}

/// The rows of arrays that say enough by themselves, where no other question
/// has the same words: places with the statement.
fn statements(headed: &[Headed], groups: &[Group]) -> HashMap<usize, String> {
    const WORDS: usize = 4;
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut rows = Vec::new();
    for part in parts(headed).into_iter().filter(|part| part.len() > 1) {
        if groups.iter().any(|g| g.columns == part) {
            continue;
        }
        for at in part {
            let heading = headed.get(at).map(|h| &h.heading);
            let words = heading.filter(|h| h.text.is_some() && !h.is_comment() && !h.is_other());
            if let Some(words) = words.and_then(|h| h.part_text()) {
                *counts.entry(text::fold(&words)).or_default() += 1;
                rows.push((at, words));
            }
        }
    }
    rows.retain(|(_, words)| {
        words.split(' ').count() >= WORDS && counts.get(&text::fold(words)) == Some(&1)
    });
    rows.into_iter().collect()
}

/// A survey without date stamps has 1 January 1980 wherever a response was
/// submitted: it says that it was, and not when.
fn undated((grid, from): (&Grid, usize), drafts: &mut [Draft], headed: &[Headed]) -> Vec<Remark> {
    let submitted = headed
        .iter()
        .find(|h| h.heading.own == Some(Own::Submitted))
        .map(|h| h.index);
    let Some(index) = submitted else {
        return Vec::new();
    };
    let values = distinct::folded(grid, index, from);
    let never = |value: &String| value.starts_with("1980-01-01");
    if values.is_empty() || !values.iter().all(never) {
        return Vec::new();
    }
    if let Some(draft) = drafts.iter_mut().find(|d| d.index == index) {
        draft.role = Role::Finished;
    }
    vec![Remark {
        rule: ("limesurvey-undated", Severity::Warning),
        row: None,
        column: Some(index),
        message: "The survey was run without date stamps: its dates of submission are all 1 \
                  January 1980 and say only that a response was submitted."
            .to_owned(),
        remedy: "Put the month or quarter of the survey into the file's name (as `2026-Q1.csv`), \
                 or set `wave` for this source in staywise.toml."
            .to_owned(),
        count: 1,
    }]
}

/// That boxes which say Yes or No were joined.
fn ticks(headed: &[Headed], groups: &[Group]) -> Option<Remark> {
    let of: Vec<&Headed> = groups
        .iter()
        .filter(|g| g.says_no)
        .filter_map(|g| headed.get(*g.columns.first()?))
        .collect();
    let first = of.first()?;
    let names: Vec<&str> = of.iter().filter_map(|own| own.heading.base()).collect();
    Some(Remark {
        rule: ("options-joined", Severity::Note),
        row: None,
        column: Some(first.index),
        message: format!(
            "A column an option with Yes or No was read as one question with several answers: \
             {}.",
            names.join(", ")
        ),
        remedy: "Where the rows are questions of their own, export answer codes (Y and N) instead."
            .to_owned(),
        count: of.len() as u64,
    })
}
