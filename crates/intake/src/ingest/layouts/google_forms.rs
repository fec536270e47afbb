//! Google Forms: a timestamp, perhaps an address and a score, then a column a
//! question; the rows of a grid stand in brackets behind it. From its
//! spreadsheet, several answers have commas between them.

use super::grids::{Sheet, note};
use super::pieces::{self, Verdict};
use super::{Draft, Meaning, Remark, Shape, edited, headers};
use crate::data::{Cell, DateOrder, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::{columns, dates, text};
use staywise_core::domain::Severity;
use std::collections::BTreeSet;

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;

/// Recognises a header that begins with a timestamp over moments.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let row = (0..grid.rows().min(ROWS))
        .find(|row| text::fold(&grid.cell(*row, 0).text()) == "timestamp")?;
    let sheet = Sheet {
        grid,
        from: row + 1,
    };
    let columns = headers(grid, row);
    if columns.len() < 2 || !has_moments(sheet) || is_of_staff(&columns) {
        return None;
    }
    let mut drafts = drafts(sheet, &columns);
    let mut remarks = Vec::new();
    for draft in drafts.iter_mut().filter(|d| d.role == Role::Question) {
        remarks.extend(part_answers(sheet, draft));
    }
    remarks.extend(edited::pairs(sheet, &drafts));
    remarks.extend(sheet.figures_alone(&drafts));
    let reason = format!(
        "row {} begins with the Timestamp of Google Forms, and each row below with a time",
        row + 1
    );
    let kind = (Layout::GoogleForms, Holds::Survey);
    Some(Shape {
        time_zone: zone(sheet),
        remarks,
        ..Shape::new(kind, reason, row, drafts)
    })
}

/// Whether what stands in the first column are moments, by half at least.
fn has_moments(sheet: Sheet<'_>) -> bool {
    let is_moment = |cell: &Cell| match cell {
        Cell::Moment(_) => true,
        Cell::Text(words) => [DateOrder::DayFirst, DateOrder::MonthFirst]
            .into_iter()
            .any(|order| dates::read(words, order).is_some()),
        _ => false,
    };
    let values = sheet.values(0);
    let all: u64 = values.iter().map(|(_, n)| n).sum();
    let moments = values.iter().filter(|(cell, _)| is_moment(cell));
    moments.map(|(_, n)| n).sum::<u64>() * 2 >= all
}

/// A form may keep a list of staff or a register: their columns say so.
fn is_of_staff(columns: &[(usize, String)]) -> bool {
    let listed = [
        Role::StartDate,
        Role::LeaveDate,
        Role::PostStart,
        Role::PostEnd,
        Role::Fte,
        Role::LeavingReason,
        Role::PreceptorshipStart,
        Role::PlannedEnd,
        Role::CompletedOn,
        Role::WithdrawnOn,
    ];
    let roles: BTreeSet<Role> = columns
        .iter()
        .skip(1)
        .filter_map(|(_, header)| columns::recognise(header))
        .filter(|role| listed.contains(role))
        .collect();
    roles.len() >= 2
}

fn drafts(sheet: Sheet<'_>, columns: &[(usize, String)]) -> Vec<Draft> {
    let is_there = |wanted: &str| columns.iter().any(|(_, header)| header == wanted);
    let rows = |stem: &str| {
        let same =
            |(_, header): &&(usize, String)| grid_row(header).is_some_and(|(s, _)| s == stem);
        columns.iter().filter(same).count()
    };
    let mut is_quiz = false;
    let mut all = Vec::with_capacity(columns.len());
    for (at, (index, header)) in columns.iter().enumerate() {
        let role = if at < 4 { own(header) } else { None };
        is_quiz |= at < 4 && text::fold(header) == "score";
        let draft = Draft::new(*index, header.clone(), Role::Question);
        all.push(match (role, grid_row(header)) {
            (Some(role), _) => Draft { role, ..draft },
            (None, Some((stem, "Score" | "Feedback"))) if is_quiz && is_there(stem) => Draft {
                role: Role::Unused,
                ..draft
            },
            (None, Some((stem, row))) if rows(stem) > 1 => Draft {
                question: Some(format!("{stem} - {row}")),
                ..draft
            },
            (None, _) => Draft {
                role: sheet.role(header, *index),
                ..draft
            },
        });
    }
    all
}

/// What Forms itself puts before the questions.
fn own(header: &str) -> Option<Role> {
    Some(match text::fold(header).as_str() {
        "timestamp" => Role::CompletedAt,
        "email address" | "username" => Role::Email,
        "score" | "total score" => Role::Unused,
        _ => return None,
    })
}

/// A grid's question and row: `How much do you agree? [I belong]`.
fn grid_row(header: &str) -> Option<(&str, &str)> {
    let (stem, row) = header.strip_suffix(']')?.split_once(" [")?;
    (!stem.is_empty() && !row.is_empty()).then_some((stem, row))
}

/// Parts several answers of one cell where it is plain how.
fn part_answers(sheet: Sheet<'_>, draft: &mut Draft) -> Option<Remark> {
    let values = sheet.values(draft.index);
    let texts: Vec<(&str, u64)> = values
        .iter()
        .filter_map(|(cell, count)| match cell {
            Cell::Text(words) => Some((&**words, *count)),
            _ => None,
        })
        .collect();
    match pieces::sorted(&texts) {
        Verdict::Whole => None,
        Verdict::Unclear => Some(Remark {
            rule: ("answers-with-commas", Severity::Warning),
            remedy: "Download the responses from the form itself as a CSV file: it parts answers \
                     by semicolons."
                .to_owned(),
            ..note(
                "",
                draft.index,
                "Cells of this question may hold several answers, but some have commas of their \
                 own; where one ends cannot be told, and each cell was left whole.",
            )
        }),
        Verdict::Several(several) => {
            draft.meaning = Meaning {
                labels: several.labels,
                missing: Vec::new(),
            };
            let inside = match several.with_commas {
                0 => String::new(),
                n => format!(" {n} of the options hold a comma themselves and were kept whole."),
            };
            Some(Remark {
                count: texts.iter().map(|(_, n)| n).sum(),
                ..note(
                    "answers-parted",
                    draft.index,
                    &format!(
                        "Cells of this question hold several answers with commas between; the \
                         pieces come again on their own, and so were taken for its options.{inside}"
                    ),
                )
            })
        }
    }
}

/// The zone behind the times, where the form's own download has one.
fn zone(sheet: Sheet<'_>) -> Option<String> {
    let zones: BTreeSet<String> = sheet
        .values(0)
        .into_iter()
        .map(|(cell, _)| behind_time(&text::fold(&cell.text())).to_owned())
        .collect();
    let zones: Vec<&str> = zones.iter().map(String::as_str).collect();
    match zones.as_slice() {
        ["gmt"] | ["utc"] => Some("UTC".to_owned()),
        // One hour more: summer in London, or any time further east.
        ["gmt+1"] => Some("Etc/GMT-1".to_owned()),
        ["bst"] | ["gmt", "gmt+1"] | ["bst", "gmt"] => Some("Europe/London".to_owned()),
        _ => None,
    }
}

fn behind_time(folded: &str) -> &str {
    match folded.rsplit_once(' ') {
        Some((_, zone)) if zone.starts_with(|c: char| c.is_ascii_alphabetic()) => zone,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{behind_time, grid_row};

    #[test]
    fn the_row_of_a_grid_stands_in_brackets() {
        assert_eq!(grid_row("How so? [Pay]"), Some(("How so?", "Pay")));
        assert_eq!(grid_row("How so?"), None);
        assert_eq!(grid_row("[Pay]"), None);
    }

    #[test]
    fn the_zone_stands_behind_the_time() {
        assert_eq!(behind_time("2021/03/25 4:36:37 pm gmt"), "gmt");
        assert_eq!(behind_time("2021/06/25 4:36:37 pm gmt+1"), "gmt+1");
        assert_eq!(behind_time("25/03/2021 16:36:37"), "");
        assert_eq!(behind_time("3/25/2021 4:36 pm"), "pm");
    }
}
