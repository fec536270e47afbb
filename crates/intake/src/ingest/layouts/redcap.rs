//! REDCap: a record a row, or a row for each event and each repeat of it, raw
//! or with labels; and the project's data dictionary. One instrument is the
//! survey: rows in which it has no place are set aside, so that repeats of
//! another never count as people. The record id is a respondent who is linked
//! to nobody.

mod fields;
mod rows;

use super::{Choice, Draft, Made, Remark, Shape, collapsed, distinct, present};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::{columns, text};
use fields::{Field, Instrument, Kind, instruments};
use staywise_core::domain::Severity;

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;

/// Recognises an export of records.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let (row, fields, mark) = (0..grid.rows().min(ROWS)).find_map(|row| {
        // Only the row itself is looked at first: a grid may be large.
        (0..grid.width()).find(|c| fields::may_be(&grid.cell(row, *c).text()))?;
        let fields = fields::read(grid, row);
        let mark = mark(grid, row, &fields)?;
        Some((row, fields, mark))
    })?;
    let parts = instruments(&fields);
    let survey = survey_among(&parts);
    let rows = rows::sort((grid, row + 1), &fields, &parts, survey);
    let mut drafts = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        drafts.extend(draft((grid, row + 1), &fields, at));
        if let (Some(draft), Kind::Complete | Kind::Timestamp) = (drafts.last_mut(), &field.kind)
            && draft.index == field.index
            && !survey.is_some_and(|s| parts.get(s).is_some_and(|p| p.has(at)))
        {
            draft.role = Role::Unused;
        }
    }
    keep_one_completion(&mut drafts, &fields);
    let mut remarks = rows.wave_of(&mut drafts, &fields);
    remarks.extend(about_the_survey(&parts, survey, &fields));
    remarks.extend(nobody_complete((grid, row + 1), &parts, survey, &fields));
    remarks.extend(named_as_a_number(&fields));
    let shape = Shape::new(
        (Layout::Redcap, Holds::Survey),
        format!("row {} has {mark}, as REDCap writes it", row + 1),
        row,
        drafts,
    );
    Some(Shape {
        aside: rows.aside,
        remarks,
        ..shape
    })
}

/// What shows that a header row is REDCap's.
fn mark(grid: &Grid, row: usize, fields: &[Field]) -> Option<String> {
    let own = fields.iter().find(|f| f.header.starts_with("redcap_"));
    if let Some(own) = own.filter(|f| f.kind != Kind::Own) {
        return Some(own.header.clone());
    }
    let complete = fields.iter().find(|f| f.kind == Kind::Complete)?;
    let is = |kind: fn(&Kind) -> bool| fields.iter().find(|f| kind(&f.kind));
    if let Some(other) = is(|k| matches!(k, Kind::Tick(..) | Kind::Event | Kind::Instance)) {
        return Some(format!("{} and {}", other.header, complete.header));
    }
    // A column that ends in `_complete` may stand in any table: the first must
    // be a record id, every name a variable's, and a status be 2.
    let variable = |name: &str| {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        name.bytes().all(plain)
    };
    let id = fields.first().filter(|f| {
        f.header.ends_with("_id") && columns::recognise(&f.header) != Some(Role::StaffNumber)
    })?;
    let two = distinct::folded(grid, complete.index, row + 1)
        .iter()
        .any(|v| v == "2" || v == "complete");
    (two && fields.iter().all(|f| variable(&f.header)))
        .then(|| format!("{} and {}", id.header, complete.header))
}

/// The instrument that is the survey: one that people filled in themselves
/// (it has a time stamp) before others, then the one with most questions.
fn survey_among(parts: &[Instrument]) -> Option<usize> {
    let worth = |part: &Instrument| (part.questions > 0, part.timed, part.questions);
    let best = parts.iter().map(worth).max()?;
    parts.iter().position(|part| worth(part) == best)
}

/// The column of a field; of options it is the first that stands for all.
fn draft((grid, from): (&Grid, usize), fields: &[Field], at: usize) -> Option<Draft> {
    let field = fields.get(at)?;
    let new = |role| Draft::new(field.index, field.header.clone(), role);
    Some(match &field.kind {
        Kind::Record => new(Role::Respondent),
        Kind::Event | Kind::Instrument | Kind::Instance => new(Role::Unused),
        Kind::Group => {
            let mut draft = new(Role::Dimension("site".to_owned()));
            draft.meaning.labels = readable(grid, field.index, from);
            draft
        }
        Kind::Person => {
            let values = distinct::folded(grid, field.index, from);
            let addresses = values.iter().filter(|v| v.contains('@')).count();
            new(if addresses * 2 > values.len() {
                Role::Email
            } else {
                Role::ExternalReference
            })
        }
        Kind::Timestamp => {
            let mut draft = new(Role::CompletedAt);
            draft.meaning.missing = vec!["[not completed]".to_owned()];
            draft
        }
        Kind::Complete => {
            let mut draft = new(Role::Finished);
            let words = [("0", "No"), ("1", "No"), ("2", "Yes")];
            let said = [
                ("Incomplete", "No"),
                ("Unverified", "No"),
                ("Complete", "Yes"),
            ];
            let pairs = words.into_iter().chain(said);
            draft.meaning.labels = pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
            draft
        }
        Kind::Tick(base, _) => {
            let same = |f: &&Field| matches!(&f.kind, Kind::Tick(b, _) if b == base);
            let mut all = fields.iter().filter(same);
            if all.clone().next().map(|f| f.index) != Some(field.index) {
                return None;
            }
            let choice = |f: &Field| match &f.kind {
                Kind::Tick(_, label) => Some(Choice {
                    index: f.index,
                    label: label.clone(),
                }),
                _ => None,
            };
            let choices = all.by_ref().filter_map(choice).collect();
            Draft {
                header: base.clone(),
                made: Made::Options(choices),
                ..new(Role::Question)
            }
        }
        Kind::Own => new(fields::role(grid, field, from)),
    })
}

/// Unique names of groups with their words: `north_site` is North site. Those
/// with capitals or spaces are labels and stay.
fn readable(grid: &Grid, index: usize, from: usize) -> Vec<(String, String)> {
    let slug = |value: &str| {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        !value.is_empty() && value.bytes().all(plain)
    };
    let values = distinct::below(grid, index, from).into_iter();
    values
        .map(|(cell, _)| cell.text().into_owned())
        .filter(|value| slug(value))
        .map(|value| (value.clone(), fields::words(&value)))
        .collect()
}

/// The survey's own time stamp is when a response was completed; a field that
/// is named so stands in only where there is none.
fn keep_one_completion(drafts: &mut [Draft], fields: &[Field]) {
    let stamp = |draft: &Draft| {
        let own = fields.iter().find(|f| f.index == draft.index);
        own.is_some_and(|f| f.kind == Kind::Timestamp)
    };
    let stamped = drafts
        .iter()
        .find(|d| d.role == Role::CompletedAt && stamp(d))
        .or_else(|| drafts.iter().find(|d| d.role == Role::CompletedAt))
        .map(|d| d.index);
    for draft in drafts.iter_mut().filter(|d| d.role == Role::CompletedAt) {
        if Some(draft.index) != stamped {
            draft.role = Role::Unused;
        }
    }
}

fn about_the_survey(
    parts: &[Instrument],
    survey: Option<usize>,
    fields: &[Field],
) -> Option<Remark> {
    let part = parts.get(survey?)?;
    let asking = parts.iter().filter(|part| part.questions > 0).count();
    if asking < 2 {
        return None;
    }
    let column = part.complete.and_then(|at| fields.get(at)).map(|f| f.index);
    Some(Remark::note(
        "redcap-survey",
        column,
        format!(
            "The file has {asking} instruments with questions. {} is taken for the survey: a row \
             counts where it has a place, and is finished where it is complete.",
            part.called()
        ),
        "If another is the survey, export the fields of that one only.",
    ))
}

/// That by the status nobody finished, as where records are typed in and the
/// status is left alone.
fn nobody_complete(
    (grid, from): (&Grid, usize),
    parts: &[Instrument],
    survey: Option<usize>,
    fields: &[Field],
) -> Option<Remark> {
    let part = parts.get(survey?)?;
    let field = fields.get(part.complete?)?;
    let values = distinct::folded(grid, field.index, from);
    let done = values.iter().any(|v| v == "2" || v == "complete");
    if done || values.is_empty() {
        return None;
    }
    Some(Remark {
        rule: ("none-complete", Severity::Warning),
        ..Remark::note(
            "none-complete",
            Some(field.index),
            "No record is marked Complete, so every row counts as unfinished.".to_owned(),
            "If the status was never set, keep unfinished responses: `partials = \"keep\"` under \
             [survey] in staywise.toml.",
        )
    })
}

fn named_as_a_number(fields: &[Field]) -> Option<Remark> {
    let id = fields.iter().find(|f| f.kind == Kind::Record)?;
    (columns::recognise(&id.header) == Some(Role::StaffNumber)).then(|| {
        Remark::note(
            "redcap-record-id",
            Some(id.index),
            "The record id has the name of a staff number. It tells respondents apart and is \
             compared with no staff list."
                .to_owned(),
            "If it is the staff number, give it the role `staff_number` in `columns` for this \
             source in staywise.toml.",
        )
    })
}

/// Recognises a data dictionary, as downloaded or by the API's names.
pub(super) fn dictionary(grid: &Grid) -> Option<Shape> {
    let names = [
        ("variable / field name", "field_name"),
        ("form name", "form_name"),
        ("field type", "field_type"),
        ("field label", "field_label"),
    ];
    let row = (0..grid.rows().min(ROWS)).find(|row| {
        let cells: Vec<String> = (0..grid.width())
            .map(|c| text::fold(&grid.cell(*row, c).text()))
            .collect();
        let has = |(a, b): &(&str, &str)| cells.iter().any(|c| c == a || c == b);
        names.iter().all(has)
    })?;
    let drafts = present(grid, row, row + 1)
        .map(|index| Draft::new(index, collapsed(grid.cell(row, index)), Role::Unknown))
        .collect();
    let reason = format!("row {} names the columns of a data dictionary", row + 1);
    let kind = (Layout::RedcapDictionary, Holds::Dictionary);
    Some(Shape::new(kind, reason, row, drafts))
}
