//! How a respondent or an invited person can be recognised, and the tool's
//! own number of a respondent, by which nobody is: it tells only which
//! responses of a file one person gave.

use super::Given;
use super::kept::{Dropped, Kept};
use crate::data::stage::{Aside, Words};
use crate::data::workforce::Identity;
use crate::data::{Cell, Role, Stage, Table};
use crate::vocabulary::identifiers::{normalise_email, normalise_staff_number};
use staywise_core::domain::Severity;
use std::collections::HashMap;

/// The identifiers of one table, each distinct value read once.
pub(super) struct Identifiers<'a> {
    references: Option<Read<'a>>,
    reference_emails: Option<Read<'a>>,
    numbers: Option<Read<'a>>,
    emails: Option<Read<'a>>,
}

type Read<'a> = (&'a [u32], Vec<Option<String>>);

impl<'a> Identifiers<'a> {
    pub(super) fn new(table: &'a Table) -> Self {
        let read = |role: Role, normalise: fn(&Cell) -> Option<String>| {
            table
                .column(&role)
                .map(|c| (&*c.cells.codes, c.cells.read(normalise)))
        };
        Self {
            references: read(Role::ExternalReference, |cell| {
                match normalise_email(cell) {
                    Some(_) => None,
                    None => normalise_staff_number(cell),
                }
            }),
            // Some send surveys with the address as the reference.
            reference_emails: read(Role::ExternalReference, normalise_email),
            numbers: read(Role::StaffNumber, normalise_staff_number),
            emails: read(Role::Email, normalise_email),
        }
    }

    pub(super) fn at(&self, row: usize) -> Identity {
        let value = |read: &Option<Read>| -> Option<String> {
            let (codes, values) = read.as_ref()?;
            values.get(*codes.get(row)? as usize)?.clone()
        };
        Identity {
            reference: value(&self.references),
            staff_number: value(&self.numbers),
            email: value(&self.emails).or_else(|| value(&self.reference_emails)),
        }
    }
}

/// The identity behind each response; empty where anonymous.
pub(super) fn identities(files: &[&Table], given: &[Given]) -> Vec<Identity> {
    let read: Vec<Identifiers> = files.iter().map(|t| Identifiers::new(t)).collect();
    given
        .iter()
        .map(|one| {
            read.get(one.file)
                .map(|r| r.at(one.row))
                .unwrap_or_default()
        })
        .collect()
}

/// A respondent's number as it is compared: 12, `12.0` and ` 12` are one.
pub(super) fn number(cell: &Cell) -> Option<String> {
    normalise_staff_number(cell)
}

/// Drops all but one of the responses that a numbered respondent gave in one
/// wave: the last that was finished, or the last where none was. Numbers are
/// of a file: another project may number its people alike. Whether any went.
pub(super) fn without_earlier(
    files: &[&Table],
    kept: &mut [Kept],
    (given, waves): (&[Given], &[u32]),
    stage: &mut Stage,
) -> bool {
    let numbers: Vec<Option<Read>> = files
        .iter()
        .map(|table| {
            let column = table.column(&Role::Respondent)?;
            Some((&*column.cells.codes, column.cells.read(number)))
        })
        .collect();
    let number = |one: &Given| -> Option<&str> {
        let (codes, read) = numbers.get(one.file)?.as_ref()?;
        read.get(*codes.get(one.row)? as usize)?.as_deref()
    };
    // In order of time: a later one replaces what is no more finished.
    let mut last: HashMap<(usize, u32, &str), &Given> = HashMap::new();
    let mut earlier: Vec<Vec<usize>> = vec![Vec::new(); files.len()];
    for (one, wave) in given.iter().zip(waves) {
        let Some(number) = number(one) else { continue };
        let known = last.entry((one.file, *wave, number)).or_insert(one);
        if known.row == one.row {
            continue;
        }
        let gone = if one.finished >= known.finished {
            std::mem::replace(known, one)
        } else {
            one
        };
        if let Some(rows) = earlier.get_mut(gone.file) {
            rows.push(gone.row);
        }
    }
    let mut any = false;
    for ((table, kept), mut rows) in files.iter().zip(kept).zip(earlier) {
        rows.sort_unstable();
        kept.responses
            .retain(|row| rows.binary_search(&row.row).is_err());
        let mut aside = Aside::default();
        for row in rows {
            kept.drop(Dropped::EarlierAnswer);
            aside.add(row);
            any = true;
        }
        let words = Words {
            rule: "same-respondent",
            severity: Severity::Note,
            message: "Respondents answered more than once in a wave; of each the last complete \
                      response counts.",
            remedy: "",
        };
        let column = table.column(&Role::Respondent);
        stage
            .findings
            .extend(aside.finding(&words, |row| table.origin(row, column)));
    }
    any
}
