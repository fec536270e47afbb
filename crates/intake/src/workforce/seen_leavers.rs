//! Whether leavers can be seen at all: a leaving that could not be given to
//! anybody's time in post is none that is seen, and where most of a list's are
//! lost so, nothing may be made of the rest. Counts no figure.

use super::rows::{Listed, Listing};
use crate::data::stage::{Aside, Words};
use crate::data::{Layout, Stage};
use staywise_core::domain::{Finding, Origin, Severity};

/// The largest share of a list's leavings that may be lost, whatever is
/// allowed of a column: with one list of staff a year, about a quarter of
/// those who leave came and went in between.
const MOST_LOST: f64 = 1.0 / 3.0;

/// The leavings of one list by the as-at date, and those of which no time in
/// post could be made.
#[derive(Clone, Debug, Default)]
pub(super) struct Leavings {
    /// Rows with a leaving date that has come.
    pub(super) all: u64,
    /// Those that were lost.
    pub(super) lost: Aside,
}

/// Stops where a list has lost more of its leavings than may be: what is left
/// would look as though hardly anybody left.
pub(super) fn report(leavings: Vec<Leavings>, listing: &Listing, stage: &mut Stage) {
    // That there is no list of staff in post at all is said by itself.
    if listing.lists.are_all_of_leavers() {
        return;
    }
    let most = listing.rules.max_unusable.max(MOST_LOST);
    for (table, leavings) in listing.staff.iter().zip(leavings) {
        if super::dates::exceeds(leavings.lost.count, leavings.all, most) {
            let place = |row| table.origin(row, None);
            stage.findings.extend(leavings.lost.finding(&LOST, place));
        }
    }
}

const LOST: Words = Words {
    rule: "leavings-lost",
    severity: Severity::Error,
    message: "More than a third of the leavings in this list belong to nobody whose start is \
              known: leaver rates, stability and retention would be made as though these people \
              had not left.",
    remedy: "If a column of this list says when they started, say so in staywise.toml: columns = \
             { \"Its header\" = \"start_date\" }. Else put a list of staff in post as of a day \
             before these leavings beside it, export the leavers with their start dates, or leave \
             this list out (ignore under [study]): then leavers are not available.",
};

/// Whether any leaving that has come by the as-at date stands in somebody's
/// time in post, or there are snapshots to be missing from.
pub(super) fn any(listed: &[Vec<Listed>], listing: &Listing) -> bool {
    let come = |post: &Listed| {
        let mut ends = [post.end, post.left].into_iter().flatten();
        ends.any(|day| day <= listing.as_at.0)
    };
    !listing.lists.days.is_empty() || listed.iter().flatten().any(come)
}

/// Says of files that have nobody who left why that is so, where no list
/// beside them has.
pub(super) fn say_none(listing: &Listing, stage: &mut Stage) {
    let workers = |table: &&&crate::data::Table| table.layout == Layout::AscWdsWorker;
    if let Some(table) = listing.staff.iter().find(workers) {
        stage.findings.push(Finding {
            rule: "asc-wds-sees-no-leavers",
            severity: Severity::Note,
            origin: Origin::file(&table.file),
            message: "A worker file has those employed now and nobody who left, and no other list \
                      says who did: there is no leaver, no turnover and no retention."
                .to_owned(),
            remedy: "Put a list of leavers beside it, each with the day they started and the day \
                     they left, or keep each quarter's file and give each a column with its month."
                .to_owned(),
            count: 1,
            private_value: None,
        });
    }
}
