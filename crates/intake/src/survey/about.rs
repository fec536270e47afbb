//! What a survey asks people about themselves, as dimensions.

use super::Given;
use crate::data::stage::Words;
use crate::data::{Coded, Column, Role, Stage, Table, TableColumn};
use crate::vocabulary::cells::number;
use crate::vocabulary::columns::dimension_of_question;
use crate::vocabulary::groups::age_band;
use crate::vocabulary::levels::{self, ETHNIC_PARTS, Ethnic, EthnicPart, NOT_KNOWN};
use staywise_core::domain::{Dimension, Level, Severity};

/// The dimensions that any file asks for, each with a level a response: not
/// known where a file does not ask or the answer is blank.
pub(super) fn dimensions(files: &[&Table], given: &[Given], stage: &mut Stage) -> Vec<Coded> {
    let mut slugs: Vec<&str> = files
        .iter()
        .flat_map(|t| &t.columns)
        .filter_map(slug_of)
        .collect();
    slugs.sort_unstable();
    slugs.dedup();
    let mut found = Vec::new();
    let ethnic = ["ethnic_category", "ethnic_group"];
    if slugs.iter().any(|slug| ethnic.contains(slug)) {
        found.extend(ethnicity(files, given, stage));
        slugs.retain(|slug| !ethnic.contains(slug) && *slug != "ethnic_minority");
    }
    for slug in slugs.into_iter().filter(|slug| *slug != "wave") {
        let columns = columns(files, slug);
        let read = |column: &TableColumn| {
            column.cells.read(
                |cell| match number(cell).filter(|_| column.role == Role::Age) {
                    // An age of 0 to 150 in whole years.
                    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    Some(age) if (14.0..100.0).contains(&age) => {
                        age_band(age.floor() as u32).to_owned()
                    }
                    Some(_) => NOT_KNOWN.to_owned(),
                    None => levels::read(slug, cell),
                },
            )
        };
        let read: Vec<Option<Vec<String>>> = columns.iter().map(|c| c.map(read)).collect();
        found.push(coded(slug, (&columns, &read), given));
    }
    found
}

/// The dimension that a column is about.
fn slug_of(column: &TableColumn) -> Option<&str> {
    match &column.role {
        Role::Dimension(slug) => Some(slug),
        Role::Age => Some("age_band"),
        Role::Question => dimension_of_question(column.asks()),
        _ => None,
    }
}

/// By file, the first column about a dimension.
fn columns<'a>(files: &[&'a Table], slug: &str) -> Vec<Option<&'a TableColumn>> {
    files
        .iter()
        .map(|t| t.columns.iter().find(|c| slug_of(c) == Some(slug)))
        .collect()
}

/// Levels by response from the levels of each file's column.
fn coded(
    slug: &str,
    (columns, read): (&[Option<&TableColumn>], &[Option<Vec<String>>]),
    given: &[Given],
) -> Coded {
    let mut all = vec![NOT_KNOWN.to_owned()];
    let mut spans = Vec::with_capacity(read.len());
    for read in read {
        spans.push(all.len());
        all.extend(read.iter().flatten().cloned());
    }
    let (names, places) = levels::sorted(slug, &all);
    let not_known = places.first().copied().unwrap_or(0);
    let level = |one: &Given| -> Option<u32> {
        let cells: &Column = &columns.get(one.file)?.as_ref()?.cells;
        let code = *cells.codes.get(one.row)? as usize;
        places.get(spans.get(one.file)? + code).copied()
    };
    Coded {
        dimension: Dimension::new(slug),
        levels: names.iter().map(|l| Level::new(l)).collect(),
        codes: given
            .iter()
            .map(|one| level(one).unwrap_or(not_known))
            .collect(),
    }
}

const STRANGE: Words = Words {
    rule: "unknown-label",
    severity: Severity::Warning,
    message: "Answers are no ethnic category of the NHS or census lists; they count as Not known.",
    remedy: "Offer the categories of the list in the survey.",
};

/// Ethnic category, group and minority from one question.
fn ethnicity(files: &[&Table], given: &[Given], stage: &mut Stage) -> Vec<Coded> {
    let by_category = columns(files, "ethnic_category");
    let by_group = columns(files, "ethnic_group");
    let columns: Vec<Option<&TableColumn>> = by_category
        .into_iter()
        .zip(by_group)
        .map(|(category, group)| category.or(group))
        .collect();
    let read: Vec<Option<Vec<Ethnic>>> = files
        .iter()
        .zip(&columns)
        .map(|(table, column)| column.map(|column| read_ethnic(table, column, stage)))
        .collect();
    let of = |(slug, part): &(&str, EthnicPart)| {
        let read: Vec<Option<Vec<String>>> = read
            .iter()
            .map(|read| Some(read.as_ref()?.iter().map(|e| part(e).clone()).collect()))
            .collect();
        coded(slug, (&columns, &read), given)
    };
    ETHNIC_PARTS.iter().map(of).collect()
}

fn read_ethnic(table: &Table, column: &TableColumn, stage: &mut Stage) -> Vec<Ethnic> {
    let (read, strange) = levels::ethnicities(&column.cells, levels::ethnic);
    let origin = |_| table.origin(None, Some(column));
    stage.findings.extend(strange.finding(&STRANGE, origin));
    read
}
