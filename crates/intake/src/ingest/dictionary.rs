//! What a REDCap project's data dictionary says of its raw exports: codes get
//! their labels, questions their words, fields their sort of answers. Works on
//! tables as read, those of one folder together; drops no row and reads no
//! file. A table without a dictionary stays as it is, and that is told.

mod codes;
mod entry;

use super::findings::finding;
use super::typing;
use crate::data::{Cell, Column, Layout, Role, Table, TableColumn};
use crate::vocabulary::columns;
use crate::vocabulary::text;
use codes::{Relabelled, relabelled};
use entry::{Entry, Sort};
use staywise_core::domain::{Finding, QuestionType, Severity};
use std::collections::BTreeMap;

/// A dictionary of the study.
struct Dictionary {
    file: String,
    fields: BTreeMap<String, Entry>,
}

/// Applies every data dictionary among the tables to the REDCap exports that
/// stand in the same folder.
#[must_use]
pub fn apply(tables: &mut [Table]) -> Vec<Finding> {
    let dictionaries: Vec<Dictionary> = tables
        .iter()
        .filter(|t| t.layout == Layout::RedcapDictionary)
        .map(|t| Dictionary {
            file: t.file.clone(),
            fields: entry::read(t),
        })
        .collect();
    let mut found = Vec::new();
    let mut used = vec![false; dictionaries.len()];
    let exports = tables.iter_mut().filter(|t| t.layout == Layout::Redcap);
    for table in exports {
        match fitting(&dictionaries, table) {
            Some(at) => {
                if let (Some(dictionary), Some(used)) = (dictionaries.get(at), used.get_mut(at)) {
                    *used = true;
                    found.extend(to_table(table, dictionary));
                }
            }
            None => found.extend(without(table)),
        }
    }
    let idle = dictionaries.iter().zip(used).filter(|(_, used)| !used);
    for (dictionary, _) in idle {
        found.push(finding(
            ("dictionary-unused", Severity::Warning),
            staywise_core::domain::Origin::file(&dictionary.file),
            "No REDCap export of this folder has half of its fields in this data dictionary.",
            "Put the dictionary into the folder of the project's raw export, or take it out.",
        ));
    }
    found
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// REDCap's own columns and statuses are in no dictionary.
fn is_field(column: &TableColumn) -> bool {
    let own = column.header.starts_with("redcap_")
        || column.header.ends_with("_timestamp")
        || matches!(column.role, Role::Finished)
        || column.role == Role::Unused && column.header.ends_with("_complete");
    !own && !column.header.is_empty()
}

/// The dictionary of the same folder that has most of a table's fields, and
/// half of them at least.
fn fitting(dictionaries: &[Dictionary], table: &Table) -> Option<usize> {
    let fields: Vec<&TableColumn> = table.columns.iter().filter(|c| is_field(c)).collect();
    let shared = |dictionary: &Dictionary| {
        let known = |c: &&&TableColumn| dictionary.fields.contains_key(&text::fold(&c.header));
        fields.iter().filter(known).count()
    };
    let near = dictionaries
        .iter()
        .enumerate()
        .filter(|(_, d)| folder(&d.file) == folder(&table.file))
        .map(|(at, d)| (shared(d), at));
    let (count, at) = near.max_by_key(|(count, at)| (*count, usize::MAX - at))?;
    (count * 2 >= fields.len() && count > 1).then_some(at)
}

/// A raw export with codes and no dictionary.
fn without(table: &Table) -> Option<Finding> {
    let figures = |cell: &Cell| {
        let shown = cell.text();
        cell.is_blank() || shown.len() <= 2 && shown.bytes().all(|b| b.is_ascii_digit())
    };
    let coded: Vec<&TableColumn> = table
        .columns
        .iter()
        .filter(|c| matches!(c.role, Role::Question | Role::Dimension(_)))
        .filter(|c| c.cells.pool.len() > 1 && c.cells.pool.iter().all(figures))
        .collect();
    let first = coded.first()?;
    Some(Finding {
        count: coded.len() as u64,
        ..finding(
            ("codes-without-labels", Severity::Warning),
            table.origin(None, Some(first)),
            "Answers are codes, and no data dictionary that fits lies beside the file. Which end \
             is good is not guessed, so they are counted on no scale.",
            "Put the project's data dictionary (Project Setup > Download the current Data \
             Dictionary) into the same folder, or export with labels. Or name the scale of each \
             question: `scale` under [[item]] in staywise.toml.",
        )
    })
}

/// Applies a dictionary to a table.
fn to_table(table: &mut Table, dictionary: &Dictionary) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut told = 0;
    let mut taken: Vec<Role> = table.columns.iter().map(|c| c.role.clone()).collect();
    for at in 0..table.columns.len() {
        let Some(column) = table.columns.get_mut(at) else {
            break;
        };
        let Some(entry) = dictionary.fields.get(&text::fold(&column.header)) else {
            continue;
        };
        told += 1;
        let relabelled = to_column(column, entry, &taken);
        if let Some(slot) = taken.get_mut(at) {
            slot.clone_from(&column.role);
        }
        found.extend(unknown_codes(table, at, &relabelled));
    }
    let note = finding(
        ("dictionary", Severity::Note),
        table.origin(None, None),
        &format!(
            "{} was used: {told} fields have their words and labels from it.",
            dictionary.file
        ),
        "",
    );
    found.insert(0, note);
    found.extend(in_one_only(table, dictionary));
    found
}

/// Gives a column what its entry says.
fn to_column(column: &mut TableColumn, entry: &Entry, taken: &[Role]) -> Relabelled {
    if column.question.is_none() && matches!(column.role, Role::Question) {
        column.question = Some(entry.label.clone()).filter(|label| !label.is_empty());
    }
    let relabelled = relabelled(column, entry);
    let asked = matches!(column.role, Role::Question);
    // A field that the study itself named keeps its role.
    let open = asked && column.name.starts_with(column.header.as_str());
    let who = open.then(|| who(&entry.label, taken)).flatten();
    if entry.identifies && open && who.is_none() || entry.sort == Sort::NoAnswer {
        column.role = if entry.identifies {
            Role::Dropped
        } else {
            Role::Unused
        };
        column.question_type = None;
        empty(column);
        return relabelled;
    }
    if let Some(role) = who {
        column.role = role;
    }
    match column.role {
        Role::PersonName | Role::Dropped => {
            column.question_type = None;
            empty(column);
        }
        Role::Question | Role::Dimension(_) => {
            column.question_type = Some(kind(entry, &column.cells));
        }
        _ => column.question_type = None,
    }
    relabelled
}

/// Nothing of these values is wanted.
fn empty(column: &mut TableColumn) {
    column.cells = Column {
        codes: vec![0; column.cells.codes.len()],
        pool: vec![Cell::Empty],
    };
}

/// Who a person is, where a field's label asks that and no other column says.
fn who(label: &str, taken: &[Role]) -> Option<Role> {
    let by_name = columns::recognise_in(crate::data::Holds::Survey, label).filter(|role| {
        matches!(
            role,
            Role::Email
                | Role::StaffNumber
                | Role::PersonName
                | Role::RegistrationNumber
                | Role::BirthDate
                | Role::Age
                | Role::Dimension(_)
                | Role::Dropped
        )
    });
    let by_words =
        || columns::dimension_of_question(label).map(|slug| Role::Dimension(slug.to_owned()));
    let many = [Role::PersonName, Role::Dropped];
    by_name
        .or_else(by_words)
        .filter(|role| many.contains(role) || !taken.contains(role))
}

/// The sort of answers: the dictionary's word counts before what was typed.
fn kind(entry: &Entry, cells: &Column) -> QuestionType {
    let typed = typing::question_type(cells);
    match entry.sort {
        Sort::Notes => QuestionType::Text,
        Sort::Number => QuestionType::Number,
        Sort::Date => QuestionType::Date,
        Sort::Several => QuestionType::Multi,
        Sort::One => {
            let labels: Vec<(&str, u64)> =
                entry.choices.iter().map(|(_, l)| (l.as_str(), 1)).collect();
            let scale = crate::vocabulary::scales::recognise(&labels).is_some();
            match typed {
                QuestionType::Scale => QuestionType::Scale,
                _ if scale => QuestionType::Scale,
                _ => QuestionType::Choice,
            }
        }
        Sort::Text | Sort::NoAnswer => typed,
    }
}

fn unknown_codes(table: &Table, at: usize, relabelled: &Relabelled) -> Option<Finding> {
    let column = table.columns.get(at)?;
    (relabelled.unknown > 0).then(|| Finding {
        count: relabelled.unknown,
        ..finding(
            ("code-not-in-dictionary", Severity::Warning),
            table.origin(relabelled.first, Some(column)),
            "Answers have codes that the data dictionary does not have; they stay as they are.",
            "Export data and dictionary at the same time. If a code stands for no answer, declare \
             it in the Field Annotation of the dictionary: `@MISSING=-99`.",
        )
    })
}

/// Fields that only the export or only the dictionary has.
fn in_one_only(table: &Table, dictionary: &Dictionary) -> Vec<Finding> {
    let headers: Vec<String> = table
        .columns
        .iter()
        .map(|c| text::fold(&c.header))
        .collect();
    let strange: Vec<&TableColumn> = table
        .columns
        .iter()
        .filter(|c| is_field(c) && !dictionary.fields.contains_key(&text::fold(&c.header)))
        .collect();
    let absent: Vec<&str> = dictionary
        .fields
        .iter()
        .filter(|(name, e)| e.sort != Sort::NoAnswer && !headers.contains(name))
        .map(|(_, e)| e.name.as_str())
        .collect();
    let mut found = Vec::new();
    if let Some(first) = strange.first() {
        let names: Vec<&str> = strange.iter().map(|c| c.header.as_str()).collect();
        found.push(Finding {
            count: strange.len() as u64,
            ..finding(
                ("field-not-in-dictionary", Severity::Warning),
                table.origin(None, Some(first)),
                &format!(
                    "These fields are not in {}: {}. They keep their codes.",
                    dictionary.file,
                    names.join(", ")
                ),
                "Download the dictionary again when the export is made.",
            )
        });
    }
    if !absent.is_empty() {
        found.push(Finding {
            count: absent.len() as u64,
            ..finding(
                ("field-not-in-data", Severity::Note),
                table.origin(None, None),
                &format!(
                    "The data dictionary {} has fields that the export does not have: {}.",
                    dictionary.file,
                    absent.join(", ")
                ),
                "If one is needed, export it too.",
            )
        });
    }
    found
}
