//! Who is a person: a distinct staff number over all lists, else an e-mail
//! address. Never a name, never a date of birth.

use super::{identity, placeholders};
use crate::data::stage::{Aside, Words};
use crate::data::workforce::Identity;
use crate::data::{Layout, Role, Stage, Table, TableColumn};
use crate::vocabulary::identifiers::{StaffNumbers, normalise_email, normalise_staff_number};
use crate::vocabulary::text;
use staywise_core::domain::Severity;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// The key of a row that names nobody.
pub(super) const NO_KEY: u32 = u32::MAX;

/// All people of the staff lists, before any of their rows is set aside.
pub(super) struct People {
    /// By key; keys are in order of the identifiers.
    pub(super) identities: Vec<Identity>,
    /// By staff list and row, the key.
    pub(super) staff: Vec<Vec<u32>>,
    /// By register and row, the key.
    pub(super) registers: Vec<Vec<u32>>,
    /// By register and row, whether there was an identifier at all.
    pub(super) register_names: Vec<Vec<bool>>,
}

/// A column as codes and what each stands for.
type Values<'a> = (Cow<'a, [u32]>, Vec<Option<String>>);

/// The identifiers of one table, each distinct value read once.
struct Identifiers<'a> {
    table: &'a Table,
    numbers: Option<Values<'a>>,
    emails: Option<Values<'a>>,
}

impl<'a> Identifiers<'a> {
    fn new(table: &'a Table) -> Self {
        let number = table.column(&Role::StaffNumber);
        let email = table.column(&Role::Email);
        Self {
            table,
            numbers: number.map(|c| {
                let values = c.cells.read(normalise_staff_number);
                within_workplace(table, c, &values)
                    .unwrap_or((Cow::Borrowed(&*c.cells.codes), values))
            }),
            emails: email.map(|c| {
                (
                    Cow::Borrowed(&*c.cells.codes),
                    c.cells.read(normalise_email),
                )
            }),
        }
    }

    fn canonical(&mut self, numbers: &StaffNumbers) {
        for number in self.numbers.iter_mut().flat_map(|(_, values)| values) {
            if let Some(written) = number {
                *number = Some(numbers.canonical(written).to_owned());
            }
        }
    }

    fn number(&self, row: usize) -> Option<&str> {
        value(self.numbers.as_ref(), row)
    }

    fn email(&self, row: usize) -> Option<&str> {
        value(self.emails.as_ref(), row)
    }
}

/// In an ASC-WDS file a worker's number is one within the workplace: the same
/// at two workplaces is two people.
fn within_workplace<'a>(
    table: &Table,
    numbers: &TableColumn,
    values: &[Option<String>],
) -> Option<Values<'a>> {
    let ours = matches!(table.layout, Layout::AscWdsWorker | Layout::AscWdsTraining);
    let site = table
        .column(&Role::Dimension("site".to_owned()))
        .filter(|c| ours && c.header == "LOCALESTID" && numbers.header == "UNIQUEWORKERID")?;
    let sites = site
        .cells
        .read(|cell| text::tidy(&cell.text()).to_uppercase());
    let mut made: HashMap<(u32, u32), u32> = HashMap::new();
    let mut all = Vec::new();
    let codes = site
        .cells
        .codes
        .iter()
        .zip(&numbers.cells.codes)
        .map(|(site, number)| {
            *made.entry((*site, *number)).or_insert_with(|| {
                let site = sites.get(*site as usize).map_or("", String::as_str);
                let number = values.get(*number as usize).cloned().flatten();
                all.push(number.map(|number| format!("{site}/{number}")));
                u32::try_from(all.len() - 1).unwrap_or(0)
            })
        })
        .collect();
    Some((Cow::Owned(codes), all))
}

fn value<'a>(column: Option<&'a Values>, row: usize) -> Option<&'a str> {
    let (codes, values) = column?;
    values.get(*codes.get(row)? as usize)?.as_deref()
}

/// A person's key while keys are made: the staff number, else the address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(&'a str),
    Email(&'a str),
}

/// Whose an address is.
enum Owner<'a> {
    One(&'a str),
    Several,
}

/// Finds everyone.
pub(super) fn identify(staff: &[&Table], registers: &[&Table], stage: &mut Stage) -> People {
    let mut tables: Vec<Identifiers> = staff
        .iter()
        .chain(registers)
        .map(|t| Identifiers::new(t))
        .collect();
    let written = tables.iter().enumerate().flat_map(|(list, t)| {
        let values = t.numbers.iter().flat_map(|(_, values)| values);
        values.flatten().map(move |number| (list, number.as_str()))
    });
    let numbers = StaffNumbers::new(written);
    tables.iter_mut().for_each(|t| t.canonical(&numbers));
    let (staff, registers) = tables.split_at(staff.len());
    let owners = owners(staff);
    let keyed: Vec<Vec<Option<Key>>> = staff.iter().map(|t| keys(t, &owners)).collect();
    for (table, keys) in staff.iter().zip(&keyed) {
        report_rows(table, keys, stage);
    }
    let mut all: BTreeMap<Key, (u32, Option<&str>)> = BTreeMap::new();
    for (table, keys) in staff.iter().zip(&keyed) {
        for (row, key) in keys.iter().enumerate() {
            let Some(key) = key else { continue };
            let (_, email) = all.entry(*key).or_default();
            // Of several addresses the first in order, whatever the rows' order.
            *email = match (*email, table.email(row)) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }
    for (at, (_, (id, _))) in (0..).zip(all.iter_mut()) {
        *id = at;
    }
    let id = |key: &Option<Key>| key.and_then(|k| all.get(&k)).map_or(NO_KEY, |(id, _)| *id);
    let ids = |keys: &Vec<Option<Key>>| keys.iter().map(id).collect();
    People {
        staff: keyed.iter().map(ids).collect(),
        registers: registers.iter().map(|t| ids(&keys(t, &owners))).collect(),
        register_names: registers
            .iter()
            .map(|t| {
                (0..t.table.rows())
                    .map(|r| t.number(r).or(t.email(r)).is_some())
                    .collect()
            })
            .collect(),
        identities: all
            .iter()
            .map(|(key, (_, email))| of_key(*key, *email))
            .collect(),
    }
}

fn of_key(key: Key, email: Option<&str>) -> Identity {
    match key {
        Key::Number(number) => identity(Some(number), email),
        Key::Email(email) => identity(None, Some(email)),
    }
}

/// The staff number of each address, where rows have both.
fn owners<'a>(staff: &'a [Identifiers]) -> HashMap<&'a str, Owner<'a>> {
    let mut owners: HashMap<&str, Owner> = HashMap::new();
    for table in staff {
        for row in 0..table.table.rows() {
            let (Some(number), Some(email)) = (table.number(row), table.email(row)) else {
                continue;
            };
            let owner = owners.entry(email).or_insert(Owner::One(number));
            if matches!(owner, Owner::One(other) if *other != number) {
                *owner = Owner::Several;
            }
        }
    }
    owners
}

/// By row: nothing where there is no identifier, or only an address that
/// belongs to several people.
fn keys<'a>(table: &'a Identifiers, owners: &HashMap<&'a str, Owner<'a>>) -> Vec<Option<Key<'a>>> {
    let key = |row| match (table.number(row), table.email(row)) {
        (Some(number), _) => Some(Key::Number(number)),
        (None, Some(email)) => match owners.get(email) {
            Some(Owner::One(number)) => Some(Key::Number(number)),
            Some(Owner::Several) => None,
            None => Some(Key::Email(email)),
        },
        (None, None) => None,
    };
    (0..table.table.rows()).map(key).collect()
}

fn report_rows(table: &Identifiers, keys: &[Option<Key>], stage: &mut Stage) {
    // That a list has no such column at all was found when it was read.
    if table.numbers.is_none() && table.emails.is_none() {
        return;
    }
    let mut several = Aside::default();
    let mut nobody = Vec::new();
    for (row, _) in keys.iter().enumerate().filter(|(_, key)| key.is_none()) {
        match table.email(row) {
            Some(_) => several.add(row),
            None => nobody.push(row),
        }
    }
    let words = Words {
        rule: "no-identifier",
        severity: Severity::Warning,
        message: "Rows without a staff number or e-mail address belong to nobody who can be \
                  counted and are set aside.",
        remedy: "Fill in the identifier.",
    };
    placeholders::report(table.table, &nobody, &words, stage);
    let words = Words {
        rule: "ambiguous-identifier",
        severity: Severity::Warning,
        message: "Rows have only an e-mail address that several staff numbers share, and are set \
                  aside.",
        remedy: "Fill in the staff number.",
    };
    let place = |row| table.table.origin(row, None);
    stage.findings.extend(several.finding(&words, place));
}
