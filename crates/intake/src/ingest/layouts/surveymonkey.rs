//! SurveyMonkey: what it records of a response and the questions, then a
//! second header row with the options or rows of each. Whether the columns
//! are condensed or expanded, and the answers texts or figures, is told by the
//! cells.

use super::grids::{Sheet, note};
use super::two_rows::{TwoRows, two_rows};
use super::{Draft, Remark, Shape, collapsed};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::text;
use staywise_core::domain::Severity;

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;
/// Columns from the left in which the respondent's number may stand.
const FIRST: usize = 3;

/// Recognises a header with respondents' numbers over a row of options, or
/// with collectors' numbers beside.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let (row, first) = (0..grid.rows().min(ROWS)).find_map(|row| {
        let mut cells = 0..grid.width().min(FIRST);
        let first = cells.find(|column| bare(grid, row, *column) == "respondentid")?;
        Some((row, first))
    })?;
    let collectors = (0..grid.width()).any(|column| bare(grid, row, column) == "collectorid");
    let labels = Some(row + 1).filter(|below| {
        let names_blank = is_under_own(grid, row, *below);
        grid.cell(*below, first).is_blank()
            && names_blank
            && (collectors || has_labels(grid, *below))
    });
    if labels.is_none() && !collectors {
        return None;
    }
    let from = labels.map_or(row + 1, |labels| labels + 1);
    let sheet = Sheet { grid, from };
    let mut made = two_rows(sheet, TwoRows { names: row, labels }, own);
    keep_one_of_each(&mut made.drafts);
    let mut remarks = made.remarks;
    remarks.extend(sheet.figures_alone(&made.drafts));
    remarks.extend(carried(sheet, &made.drafts));
    if labels.is_none() {
        remarks.push(no_second_row(row));
    }
    let with = if collectors { " and Collector ID" } else { "" };
    let reason = match labels {
        Some(labels) => format!(
            "row {} has the Respondent ID{with} of SurveyMonkey, and row {} what stands under \
             each question",
            row + 1,
            labels + 1
        ),
        None => format!(
            "row {} has the Respondent ID{with} of SurveyMonkey",
            row + 1
        ),
    };
    let kind = (Layout::SurveyMonkey, Holds::Survey);
    Some(Shape {
        data_from: from,
        remarks,
        ..Shape::new(kind, reason, row, made.drafts)
    })
}

fn bare(grid: &Grid, row: usize, column: usize) -> String {
    text::words(&grid.cell(row, column).text()).replace(' ', "")
}

/// Whether a row has something, but nothing under what SurveyMonkey itself
/// records: the second header row has not.
fn is_under_own(grid: &Grid, names: usize, row: usize) -> bool {
    let mut filled = (0..grid.width()).filter(|column| !grid.cell(row, *column).is_blank());
    let mut some = false;
    let clear = filled.all(|column| {
        some = true;
        own(&collapsed(grid.cell(names, column))).is_none()
    });
    some && clear
}

/// Whether `Response` or its like stands in a row, or an option that is
/// answered below in its own words.
fn has_labels(grid: &Grid, row: usize) -> bool {
    (0..grid.width()).any(|column| {
        let label = text::fold(&collapsed(grid.cell(row, column)));
        let again = || {
            (row + 1..grid.rows()).any(|below| {
                let cell = grid.cell(below, column);
                !cell.is_blank() && text::fold(&cell.text()) == label
            })
        };
        matches!(label.as_str(), "response" | "open-ended response") || !label.is_empty() && again()
    })
}

/// What SurveyMonkey itself records, by the name over it.
fn own(name: &str) -> Option<Role> {
    let folded = text::words(name);
    Some(match folded.as_str() {
        "respondent id" | "respondentid" => Role::ResponseId,
        "collector id" | "collectorid" => Role::Unused,
        "start date" | "startdate" | "date created" => Role::StartedAt,
        "end date" | "enddate" | "date modified" => Role::CompletedAt,
        "ip address" => Role::Dropped,
        "email address" | "email" => Role::Email,
        "first name" | "last name" | "name" => Role::PersonName,
        _ if is_carried(&folded) => Role::Unused,
        _ => return None,
    })
}

/// `Custom Data 1`: what the sender put beside each address.
fn is_carried(folded: &str) -> bool {
    let number = folded
        .strip_prefix("custom data")
        .or_else(|| folded.strip_prefix("custom value"));
    number.is_some_and(|rest| rest.trim().bytes().all(|b| b.is_ascii_digit()))
}

/// Exports of different years name start and end differently; some have both.
fn keep_one_of_each(drafts: &mut [Draft]) {
    for role in [Role::StartedAt, Role::CompletedAt] {
        let own = drafts.iter_mut().filter(|draft| draft.role == role);
        for later in own.skip(1) {
            later.role = Role::Unused;
        }
    }
}

/// What the sender put beside each address may be a staff number, a name or
/// anything: only the study knows.
fn carried(sheet: Sheet<'_>, drafts: &[Draft]) -> Option<Remark> {
    let mut carried = drafts
        .iter()
        .filter(|draft| is_carried(&text::words(&draft.header)) && sheet.is_filled(draft.index));
    let first = carried.next()?;
    Some(Remark {
        count: carried.count() as u64 + 1,
        remedy: format!(
            "If it links people, say so: `columns = {{ \"{}\" = \"staff_number\" }}` (or \
             \"external_reference\") for this source in staywise.toml.",
            first.header
        ),
        ..note(
            "custom-data",
            first.index,
            "The sender of the survey put something of their own beside each address. What it is \
             cannot be told from the file, so it was left behind.",
        )
    })
}

fn no_second_row(row: usize) -> Remark {
    Remark {
        rule: ("second-header-row", Severity::Warning),
        row: u32::try_from(row).ok(),
        column: None,
        message: "The second header row of SurveyMonkey is not there, so which columns belong to \
                  one question cannot be told; each is read as a question."
            .to_owned(),
        remedy: "Export the responses again and leave both header rows in.".to_owned(),
        count: 1,
    }
}
