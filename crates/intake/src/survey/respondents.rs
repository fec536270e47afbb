//! How a respondent or an invited person can be recognised.

use super::Given;
use crate::data::workforce::Identity;
use crate::data::{Cell, Role, Table};
use crate::vocabulary::identifiers::{normalise_email, normalise_staff_number};

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
