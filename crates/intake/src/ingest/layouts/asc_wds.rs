//! The three files of an ASC-WDS bulk upload, by their header prefixes. Codes
//! get the labels that are known; others keep their number and are told. What
//! names a person, and where they live, is not kept.

use super::{Draft, Meaning, Remark, SetAside, Shape, collapsed, present};
use crate::data::{Cell, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::asc_wds::{self, Parallel};
use crate::vocabulary::{ethnicity, text};
use staywise_core::domain::Severity;

/// Rows from the top in which the header may stand.
const ROWS: usize = 5;

/// Recognises workplaces: the list of roles and the counts beside it.
pub(super) fn workplaces(grid: &Grid) -> Option<Shape> {
    let row = header(grid, &["LOCALESTID", "STATUS", "ESTNAME"])?;
    let mut shape = shape(
        grid,
        row,
        (Layout::AscWdsWorkplace, Holds::Workplaces),
        of_workplace,
    );
    let pairs = [
        ("ALLJOBROLES", "STARTERS"),
        ("ALLJOBROLES", "LEAVERS"),
        ("ALLJOBROLES", "VACANCIES"),
        ("REASONS", "REASONNOS"),
    ];
    for (entries, numbers) in pairs {
        let found = side_by_side(grid, &shape, (entries, numbers));
        shape.remarks.extend(found);
    }
    Some(shape)
}

/// Recognises workers.
pub(super) fn workers(grid: &Grid) -> Option<Shape> {
    let row = header(grid, &["LOCALESTID", "UNIQUEWORKERID"])?;
    let known = ["STARTDATE", "MAINJOBROLE", "EMPLSTATUS"];
    if column(grid, row, "CATEGORY").is_some()
        || !known.iter().any(|name| column(grid, row, name).is_some())
    {
        return None;
    }
    let kind = (Layout::AscWdsWorker, Holds::Staff);
    let mut shape = shape(grid, row, kind, of_worker);
    shape.remarks.push(Remark {
        rule: ("asc-wds-worker-number", Severity::Note),
        row: None,
        column: column(grid, row, "UNIQUEWORKERID"),
        message: "A worker is known by LOCALESTID and UNIQUEWORKERID together: the same worker \
                  number at two workplaces is two people."
            .to_owned(),
        remedy: "If your worker numbers are unique over all workplaces, say so: columns = { \
                 \"LOCALESTID\" = \"organisation\" } for this source in staywise.toml."
            .to_owned(),
        count: 1,
    });
    Some(shape)
}

/// Recognises training records.
pub(super) fn training(grid: &Grid) -> Option<Shape> {
    let row = header(grid, &["LOCALESTID", "UNIQUEWORKERID", "CATEGORY"])?;
    let kind = (Layout::AscWdsTraining, Holds::Training);
    Some(shape(grid, row, kind, of_training))
}

/// The row that begins with these names.
fn header(grid: &Grid, names: &[&str]) -> Option<usize> {
    (0..grid.rows().min(ROWS)).find(|row| {
        names
            .iter()
            .enumerate()
            .all(|(at, name)| name_of(grid, *row, at) == *name)
    })
}

fn name_of(grid: &Grid, row: usize, column: usize) -> String {
    collapsed(grid.cell(row, column)).to_uppercase()
}

fn column(grid: &Grid, row: usize, name: &str) -> Option<usize> {
    (0..grid.width()).find(|column| name_of(grid, row, *column) == name)
}

fn shape(grid: &Grid, row: usize, kind: (Layout, Holds), role: fn(&str) -> Role) -> Shape {
    let drafts: Vec<Draft> = present(grid, row, row + 1)
        .map(|index| {
            let header = name_of(grid, row, index);
            let role = role(&header);
            let meaning = asc_wds::codes(&header).map(|codes| Meaning {
                labels: codes
                    .labels
                    .iter()
                    .map(|(code, label)| (code.clone(), label.clone()))
                    .collect(),
                missing: codes.missing.clone(),
            });
            Draft {
                meaning: meaning.unwrap_or_default(),
                ..Draft::new(index, header, role)
            }
        })
        .collect();
    let reason = format!("row {} begins as the bulk upload file does", row + 1);
    let mut shape = Shape::new(kind, reason, row, drafts);
    let unlabelled: Vec<Remark> = shape
        .drafts
        .iter()
        .filter_map(|draft| unlabelled(grid, row, draft))
        .collect();
    shape.remarks.extend(unlabelled);
    let deleted = deleted(grid, row);
    if !deleted.is_empty() {
        shape.aside.push(SetAside {
            rule: "deleted-record",
            message: "Rows that the file marks as deleted (STATUS is DELETE) were set aside.",
            rows: deleted,
        });
    }
    shape
}

fn deleted(grid: &Grid, row: usize) -> Vec<u32> {
    let Some(status) = column(grid, row, "STATUS") else {
        return Vec::new();
    };
    (row + 1..grid.rows())
        .filter(|at| text::fold(&grid.cell(*at, status).text()) == "delete")
        .filter_map(|at| u32::try_from(at).ok())
        .collect()
}

/// Codes of a column that people are divided by for which no label is known.
fn unlabelled(grid: &Grid, row: usize, draft: &Draft) -> Option<Remark> {
    let Role::Dimension(slug) = &draft.role else {
        return None;
    };
    if !matches!(
        slug.as_str(),
        "sex" | "disability" | "profession" | "nationality_group" | "ethnic_category"
    ) {
        return None;
    }
    let known = |cell: &Cell| {
        let shown = text::tidy(&cell.text());
        let code = shown.trim_start_matches('0');
        shown.is_empty()
            || draft.meaning.missing.contains(&shown)
            || draft
                .meaning
                .labels
                .iter()
                .any(|(c, _)| *c == shown || c == code)
            || (slug == "ethnic_category" && ethnicity::read(&shown).is_some())
    };
    let at = |row: &usize| !known(grid.cell(*row, draft.index));
    let rows: Vec<usize> = (row + 1..grid.rows()).filter(at).collect();
    Some(Remark {
        rule: ("code-without-label", Severity::Note),
        row: u32::try_from(*rows.first()?).ok(),
        column: Some(draft.index),
        message: "Codes have no label in the list that is built in; they stand as their numbers."
            .to_owned(),
        remedy: "If a code is not in Skills for Care's guidance, correct it in ASC-WDS.".to_owned(),
        count: rows.len() as u64,
    })
}

/// Rows in which two lists that go side by side differ in length.
fn side_by_side(grid: &Grid, shape: &Shape, (entries, numbers): (&str, &str)) -> Option<Remark> {
    let row = shape.names_row;
    let (left, right) = (column(grid, row, entries)?, column(grid, row, numbers)?);
    let status = column(grid, row, "STATUS");
    let unequal = |at: &usize| {
        let gone = status.is_some_and(|s| text::fold(&grid.cell(*at, s).text()) == "delete");
        let pair = asc_wds::parallel(&grid.cell(*at, left).text(), &grid.cell(*at, right).text());
        !gone && matches!(pair, Parallel::Unequal { .. })
    };
    let rows: Vec<usize> = (row + 1..grid.rows()).filter(unequal).collect();
    let first = rows.first()?;
    let counted = asc_wds::parallel(
        &grid.cell(*first, left).text(),
        &grid.cell(*first, right).text(),
    );
    let lengths = match counted {
        Parallel::Unequal { entries, numbers } => format!(" ({entries} and {numbers})"),
        _ => String::new(),
    };
    Some(Remark {
        rule: ("unequal-lists", Severity::Warning),
        row: u32::try_from(*first).ok(),
        column: Some(right),
        message: format!(
            "{entries} and {numbers} list a different number of things{lengths}, so which number \
             belongs to which cannot be told; those of these rows are not used."
        ),
        remedy: format!(
            "Give {numbers} one number for each entry of {entries}, or a single 999 where they \
             are not known."
        ),
        count: rows.len() as u64,
    })
}

fn dimension(slug: &str) -> Role {
    Role::Dimension(slug.to_owned())
}

fn of_worker(header: &str) -> Role {
    match header {
        "LOCALESTID" => dimension("site"),
        "UNIQUEWORKERID" => Role::StaffNumber,
        "DISPLAYID" => Role::PersonName,
        "NINUMBER" | "POSTCODE" => Role::Dropped,
        "DOB" => Role::BirthDate,
        "GENDER" => dimension("sex"),
        "ETHNICITY" => dimension("ethnic_category"),
        "NATIONALITY" => dimension("nationality_group"),
        "DISABLED" => dimension("disability"),
        "STARTDATE" => Role::StartDate,
        "EMPLSTATUS" => Role::Contract,
        "MAINJOBROLE" => dimension("profession"),
        "CONTHOURS" => Role::Hours,
        _ => Role::Unused,
    }
}

fn of_workplace(header: &str) -> Role {
    match header {
        "LOCALESTID" => dimension("site"),
        "ADDRESS1" | "ADDRESS2" | "ADDRESS3" | "POSTTOWN" | "POSTCODE" => Role::Dropped,
        "ALLJOBROLES" | "STARTERS" | "LEAVERS" | "VACANCIES" | "REASONS" | "REASONNOS"
        | "TOTALPERMTEMP" | "MAINSERVICE" => Role::Unknown,
        _ => Role::Unused,
    }
}

fn of_training(header: &str) -> Role {
    match header {
        "LOCALESTID" => dimension("site"),
        "UNIQUEWORKERID" => Role::StaffNumber,
        "NOTES" => Role::Dropped,
        "CATEGORY" | "ACCREDITED" | "DATECOMPLETED" | "EXPIRYDATE" => Role::Unknown,
        _ => Role::Unused,
    }
}
