//! Typeform: a token or a number, the questions, then when each response was
//! begun and sent, in UTC. The options of a question of several answers stand
//! each in a column with only their own words over it.

use super::grids::{self, Part, Sheet, note};
use super::{Draft, Meaning, Remark, Shape, headers};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::text;

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;
/// Options named in a question's place.
const NAMED: usize = 3;

/// Recognises a header that begins with `#` or has a token, with when
/// responses were begun or sent.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let row = (0..grid.rows().min(ROWS)).find(|row| is_header(grid, *row))?;
    let sheet = Sheet {
        grid,
        from: row + 1,
    };
    let columns = headers(grid, row);
    let in_utc = columns.iter().any(|(_, header)| header.ends_with("(UTC)"));
    let (drafts, mut remarks) = drafts(sheet, &columns);
    remarks.extend(sheet.figures_alone(&drafts));
    let reason = format!(
        "row {} has the token or number and the times of Typeform{}",
        row + 1,
        if in_utc { ", which are in UTC" } else { "" }
    );
    let kind = (Layout::Typeform, Holds::Survey);
    Some(Shape {
        time_zone: in_utc.then(|| "UTC".to_owned()),
        remarks,
        ..Shape::new(kind, reason, row, drafts)
    })
}

fn is_header(grid: &Grid, row: usize) -> bool {
    let names: Vec<String> = (0..grid.width())
        .map(|column| text::fold(&grid.cell(row, column).text()))
        .collect();
    let has = |name: &str| names.iter().any(|n| n == name);
    let first = names.iter().find(|name| !name.is_empty());
    let numbered = first.is_some_and(|name| name == "#") || has("token") || has("network id");
    let timed = ["start date (utc)", "submit date (utc)", "submitted at"];
    numbered && timed.into_iter().any(has)
}

/// What Typeform itself records.
fn own(header: &str) -> Option<Role> {
    Some(match text::fold(header).as_str() {
        "#" | "token" => Role::ResponseId,
        "start date (utc)" => Role::StartedAt,
        "submit date (utc)" | "submitted at" => Role::CompletedAt,
        "network id" => Role::Dropped,
        "response type" => Role::Finished,
        "stage date (utc)" | "tags" | "ending" => Role::Unused,
        _ => return None,
    })
}

fn drafts(sheet: Sheet<'_>, columns: &[(usize, String)]) -> (Vec<Draft>, Vec<Remark>) {
    let (mut all, mut remarks) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some((index, header)) = columns.get(at) {
        let run = run(sheet, columns.get(at..).unwrap_or_default());
        if let Some((made, length)) = several(sheet, columns.get(at..at + run).unwrap_or_default())
        {
            remarks.extend(made.remarks);
            remarks.extend(made.drafts.first().map(|draft| unnamed(draft.index)));
            all.extend(made.drafts);
            at += length;
            continue;
        }
        let mut draft = Draft::new(*index, header.clone(), Role::Question);
        draft.role = own(header).unwrap_or_else(|| sheet.role(header, *index));
        if draft.role == Role::Finished {
            draft.meaning = finished();
        }
        if all
            .iter()
            .any(|known: &Draft| known.role == draft.role && is_single(&draft.role))
        {
            draft.role = Role::Unused;
        }
        all.push(draft);
        at += 1;
    }
    (all, remarks)
}

fn is_single(role: &Role) -> bool {
    matches!(role, Role::ResponseId | Role::StartedAt | Role::CompletedAt)
}

/// `completed`, `partial` and `started` as whether it was finished.
fn finished() -> Meaning {
    let labels = [("completed", "Yes"), ("partial", "No"), ("started", "No")];
    Meaning {
        labels: labels
            .map(|(code, label)| (code.to_owned(), label.to_owned()))
            .to_vec(),
        missing: Vec::new(),
    }
}

/// How many columns from the first on hold nothing but the words over them:
/// options. A header that comes again belongs to the next question, and so
/// does what is behind `Other`.
fn run(sheet: Sheet<'_>, columns: &[(usize, String)]) -> usize {
    let mut length = 0;
    for (at, (index, header)) in columns.iter().enumerate() {
        let words = text::fold(header);
        let mut before = columns.iter().take(at);
        if words.is_empty() || own(header).is_some() || before.any(|(_, h)| text::fold(h) == words)
        {
            break;
        }
        if at > 0 && length == at && grids::is_other(header) {
            return at + 1;
        }
        let values = sheet.values(*index);
        let ticked = values
            .iter()
            .all(|(cell, _)| text::fold(&cell.text()) == words);
        if !ticked {
            break;
        }
        if !values.is_empty() {
            length = at + 1;
        }
    }
    length
}

/// A question of several answers from its options.
fn several(sheet: Sheet<'_>, columns: &[(usize, String)]) -> Option<(grids::Questions, usize)> {
    let parts: Vec<Part> = columns
        .iter()
        .map(|(index, header)| Part {
            index: *index,
            label: header.clone(),
        })
        .collect();
    let mut named: Vec<&str> = columns.iter().map(|(_, header)| header.as_str()).collect();
    if named.len() > NAMED {
        named.truncate(NAMED);
        named.push("..");
    }
    let made = sheet.options(&named.join(" / "), &parts)?;
    Some((made, columns.len()))
}

fn unnamed(column: usize) -> Remark {
    Remark {
        remedy: "To give the question a name: `columns = { \"The options as shown\" = \
                 \"item:reasons\" }` for this source in staywise.toml."
            .to_owned(),
        ..note(
            "question-not-there",
            column,
            "Columns that hold only their own header are the options of one question, whose words \
             Typeform leaves out; it is named after its first options.",
        )
    }
}
