//! Columns of a list of people that no figure uses, so that nothing is left
//! out without a word. Layouts whose columns are laid down elsewhere say
//! themselves which of them are used.

use super::findings::finding;
use crate::data::{Cell, Holds, Layout, Role, Table, TableColumn};
use crate::vocabulary::columns;
use staywise_core::domain::{Finding, Severity};

/// Most headers that are named.
const NAMED: usize = 20;

/// Names them, once a table.
pub(crate) fn find(table: &Table) -> Option<Finding> {
    let laid_down = matches!(
        table.layout,
        Layout::Nwd | Layout::AscWdsWorker | Layout::AscWdsTraining | Layout::AscWdsWorkplace
    );
    let lists = [Holds::Staff, Holds::Register, Holds::Invited];
    if laid_down || !lists.contains(&table.holds) {
        return None;
    }
    let unused: Vec<&TableColumn> = table
        .columns
        .iter()
        .filter(|c| of_no_use(table, c))
        .collect();
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
    if let Some(other) = other_use(table, &unused) {
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
            ("unused-columns", Severity::Note),
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
