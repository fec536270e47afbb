//! SmartSurvey, as far as its exports are known: a respondent's number, a
//! tracking id, when each began and ended, then the questions, with or
//! without a second header row of options.

use super::grids::{Sheet, note};
use super::two_rows::{TwoRows, two_rows};
use super::{Draft, Remark, Shape, collapsed};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::text;

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;

/// Recognises a header with a user's number and two more of what SmartSurvey
/// records, one of them a time.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let row = (0..grid.rows().min(ROWS)).find(|row| is_header(grid, *row))?;
    let first = (0..grid.width()).find(|column| !grid.cell(row, *column).is_blank())?;
    let below = (0..grid.width()).any(|column| !grid.cell(row + 1, column).is_blank());
    let labels = Some(row + 1).filter(|labels| below && grid.cell(*labels, first).is_blank());
    let from = labels.map_or(row + 1, |labels| labels + 1);
    let sheet = Sheet { grid, from };
    let mut made = two_rows(sheet, TwoRows { names: row, labels }, own);
    for role in [Role::ResponseId, Role::StartedAt, Role::CompletedAt] {
        let same = made.drafts.iter_mut().filter(|draft| draft.role == role);
        for later in same.skip(1) {
            later.role = Role::Unused;
        }
    }
    let mut remarks = made.remarks;
    remarks.extend(sheet.figures_alone(&made.drafts));
    remarks.extend(tracked(sheet, &made.drafts));
    let rows = match labels {
        Some(labels) => format!("rows {} and {} look", row + 1, labels + 1),
        None => format!("row {} looks", row + 1),
    };
    let reason = format!(
        "{rows} like the header of SmartSurvey (UserID, Started, Ended), as far as its exports \
         are known"
    );
    let kind = (Layout::SmartSurvey, Holds::Survey);
    Some(Shape {
        data_from: from,
        remarks,
        ..Shape::new(kind, reason, row, made.drafts)
    })
}

fn is_header(grid: &Grid, row: usize) -> bool {
    let names: Vec<String> = (0..grid.width().min(20))
        .map(|column| text::words(&collapsed(grid.cell(row, column))).replace(' ', ""))
        .collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    let timed = has("started") || has("ended");
    let others = [
        "trackingid",
        "trackinglink",
        "started",
        "ended",
        "ipaddress",
        "uniqueid",
    ];
    let others = others.into_iter().filter(|name| has(name)).count();
    (has("userid") || has("userno")) && timed && others >= 2
}

/// What SmartSurvey itself records, by the name over it.
fn own(name: &str) -> Option<Role> {
    let bare = text::words(name).replace(' ', "");
    Some(match bare.as_str() {
        "userid" | "userno" | "uniqueid" => Role::ResponseId,
        "started" | "datestarted" | "startdate" => Role::StartedAt,
        "ended" | "dateended" | "enddate" => Role::CompletedAt,
        "ipaddress" => Role::Dropped,
        "email" | "emailaddress" => Role::Email,
        "name" | "firstname" | "lastname" => Role::PersonName,
        "trackingid" | "trackinglink" | "tracking" | "device" | "browser" | "language"
        | "duration" | "timetaken" => Role::Unused,
        _ => return None,
    })
}

/// A tracking id may be one for everybody, or name each person: only the
/// study knows.
fn tracked(sheet: Sheet<'_>, drafts: &[Draft]) -> Option<Remark> {
    let tracking = drafts.iter().find(|draft| {
        text::fold(&draft.header).starts_with("tracking") && sheet.is_filled(draft.index)
    })?;
    Some(Remark {
        remedy: format!(
            "If it links people, say so: `columns = {{ \"{}\" = \"external_reference\" }}` for \
             this source in staywise.toml.",
            tracking.header
        ),
        ..note(
            "custom-data",
            tracking.index,
            "Whether the tracking id names a person or only the way in cannot be told from the \
             file, so it was left behind.",
        )
    })
}
