//! Columns of a list of people that no figure uses, so that nothing is left
//! out without a word. Layouts whose columns are laid down elsewhere say
//! themselves which of them are used.

use super::findings::finding;
use crate::data::{Cell, Holds, Layout, Role, Table, TableColumn};
use crate::vocabulary::columns;
use staywise_core::domain::{Finding, Severity};

const RULE: &str = "unused-columns";

/// Most headers that are named.
const NAMED: usize = 20;

/// Names them, once a table.
pub(crate) fn find(table: &Table) -> Option<Finding> {
    of_all(&[table])
}

/// Whether a finding is one of these.
#[must_use]
pub fn is_one(finding: &Finding) -> bool {
    finding.rule == RULE
}

/// Names the columns of one sheet, read as several tables, that no figure uses
/// of any of them.
#[must_use]
pub fn of_all(tables: &[&Table]) -> Option<Finding> {
    let table = tables.first()?;
    let lists = [Holds::Staff, Holds::Register, Holds::Invited];
    let laid_down = |table: &&Table| {
        let known = matches!(
            table.layout,
            Layout::Nwd | Layout::AscWdsWorker | Layout::AscWdsTraining | Layout::AscWdsWorkplace
        );
        known || !lists.contains(&table.holds)
    };
    if tables.iter().any(laid_down) {
        return None;
    }
    let in_vain = |column: &&TableColumn| {
        tables.iter().all(|other| {
            let mut same = other.columns.iter().filter(|c| c.index == column.index);
            same.all(|c| of_no_use(other, c))
        })
    };
    let unused: Vec<&TableColumn> = table.columns.iter().filter(in_vain).collect();
    let first = unused.first()?;
    let mut places: Vec<String> = unused.iter().take(NAMED).map(|c| c.place()).collect();
    if unused.len() > NAMED {
        places.push(format!("and {} more", unused.len() - NAMED));
    }
    let message = format!("No figure uses these columns: {}.", places.join(", "));
    let mut remedy =
        "If one is needed, say what it holds: `columns = { \"Its header\" = \"its role\" \
                      }` for this source in staywise.toml."
            .to_owned();
    let read = |holds: &Holds| tables.iter().any(|table| table.holds == *holds);
    if let Some(other) = other_use(table, &unused).filter(|other| !read(other)) {
        remedy.push_str(&format!(
            " Those of a {} are used where the file is named in a second [[source]] with holds = \
             \"{}\".",
            other.in_words(),
            other.word()
        ));
    }
    Some(Finding {
        count: unused.len() as u64,
        ..finding(
            (RULE, Severity::Note),
            table.origin(None, Some(first)),
            &message,
            &remedy,
        )
    })
}

/// Whether a column with a name and something in it feeds nothing: its role is
/// not known, or is one of another kind of list.
fn of_no_use(table: &Table, column: &TableColumn) -> bool {
    let unread = column.role == Role::Unknown
        || table.holds == Holds::Staff && of_registers(&column.role)
        || table.holds == Holds::Register && of_staff(&column.role);
    unread && !column.header.is_empty() && !column.cells.pool.iter().all(Cell::is_blank)
}

/// The kind of list that would use one of them.
fn other_use(table: &Table, unused: &[&TableColumn]) -> Option<Holds> {
    let meant = |other: Holds, uses: fn(&Role) -> bool| {
        let role = |c: &&TableColumn| columns::recognise_in(other, &c.header);
        let has = unused.iter().filter_map(role).any(|role| uses(&role));
        (table.holds != other && has).then_some(other)
    };
    match table.holds {
        Holds::Staff => meant(Holds::Register, of_registers),
        Holds::Register => meant(Holds::Staff, of_staff),
        _ => None,
    }
}

fn of_registers(role: &Role) -> bool {
    let further = [
        Role::Preceptor,
        Role::Outcome,
        Role::SupernumeraryHours,
        Role::ProtectedHours,
        Role::MeetingOn,
        Role::MeetingNumber,
    ];
    Role::OF_PRECEPTORSHIP.contains(role) || further.contains(role)
}

fn of_staff(role: &Role) -> bool {
    [
        Role::LeaveDate,
        Role::PostStart,
        Role::PostEnd,
        Role::LeavingReason,
        Role::Destination,
        Role::Fte,
        Role::Contract,
        Role::Status,
        Role::Assignment,
        Role::Hours,
    ]
    .contains(role)
}
