//! Words of a list that say something of posts and leavings and are not known:
//! each sort of them told once, with the nearest that is known. The words
//! themselves are kept as written.

use super::rows::Listing;
use crate::data::stage::{Aside, Words};
use crate::data::{Role, Stage, TableColumn};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::{assignment_status, contracts, destinations, leaving_reasons, nearest};
use staywise_core::domain::{Origin, Severity};

/// What is looked at: the role, whether words are known, the vocabulary whose
/// nearest word is offered, and what is said.
struct Looked {
    role: Role,
    known: fn(&str) -> bool,
    offered: &'static str,
    words: Words<'static>,
}

/// Says what is not known.
pub(super) fn find(listing: &Listing, stage: &mut Stage) {
    for looked in &all() {
        look(looked, listing, stage);
    }
}

fn look(looked: &Looked, listing: &Listing, stage: &mut Stage) {
    let mut aside = Aside::default();
    let mut place: Option<Origin> = None;
    let mut texts: Vec<String> = Vec::new();
    for table in listing.staff {
        let Some(column) = table.column(&looked.role) else {
            continue;
        };
        let strange = strange(column, looked.known);
        let first = |code: &u32| strange.iter().any(|(at, _)| at == code);
        let row = column.cells.codes.iter().position(first);
        if row.is_some() {
            place.get_or_insert_with(|| table.origin(row, Some(column)));
        }
        for (code, count) in strange {
            aside.count += count;
            let cell = column.cells.pool.get(code as usize);
            texts.extend(cell.map(|cell| cell.text().into_owned()));
        }
    }
    let near = texts.iter().find_map(|text| nearest(looked.offered, text));
    let remedy = near.map_or_else(
        || looked.words.remedy.to_owned(),
        |near| format!("{} The nearest known: {near}.", looked.words.remedy),
    );
    aside.value = (!texts.is_empty()).then(|| texts.join("; "));
    let words = Words {
        remedy: remedy.trim_start(),
        ..looked.words
    };
    let place = place.unwrap_or_default();
    stage
        .findings
        .extend(aside.finding(&words, |_| place.clone()));
}

/// The pool values that are not known, and how many rows have each.
fn strange(column: &TableColumn, known: fn(&str) -> bool) -> Vec<(u32, u64)> {
    let counts = column.cells.counts();
    (0_u32..)
        .zip(column.cells.pool.iter().zip(counts))
        .filter(|(_, (cell, count))| *count > 0 && !is_missing(cell) && !known(&cell.text()))
        .map(|(code, (_, count))| (code, count))
        .collect()
}

fn all() -> [Looked; 4] {
    let words = |rule, message, remedy| Words {
        rule,
        severity: Severity::Note,
        message,
        remedy,
    };
    [
        Looked {
            role: Role::LeavingReason,
            known: |text| leaving_reasons::read(text).is_some(),
            offered: "leaving_reason",
            words: words(
                "unknown-leaving-reason",
                "Leaving reasons are none of the known ones; they stand as written, and count as \
                 leaving for a reason that is not known.",
                "If one is a slip, correct it.",
            ),
        },
        Looked {
            role: Role::Destination,
            known: |text| destinations::read(text).is_some(),
            offered: "destination",
            words: words(
                "unknown-destination",
                "Destinations on leaving are none of the known ones; they stand as written, and \
                 count as not known.",
                "If one is a slip, correct it.",
            ),
        },
        Looked {
            role: Role::Contract,
            known: |text| contracts::read(text).is_some(),
            offered: "",
            words: words(
                "unknown-contract",
                "Contracts are none of the known words; these posts count as substantive.",
                "If they are bank, agency or honorary posts, write Bank, Agency or Honorary. If they \
                 say how an assignment stands, give the column the role assignment_status.",
            ),
        },
        Looked {
            role: Role::Status,
            known: |text| assignment_status::read(text).is_some(),
            offered: "",
            words: words(
                "unknown-assignment-status",
                "Statuses of assignments are none of the known words; these posts count as at work.",
                "If they are a break, write Career Break or Maternity & Adoption.",
            ),
        },
    ]
}
