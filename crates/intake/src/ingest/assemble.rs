//! A grid to a table: the layout is recognised, rows that are no data are set
//! aside, columns take their values and are typed.

use super::body::{self, Body};
use super::findings::finding;
use super::grid::Grid;
use super::layouts::{self, Draft, Shape, Unrecognised};
use super::opening::{Opened, Times};
use super::{
    ColumnReport, FileReport, Input, Reading, checks, date_columns, header, identifiers, merged,
    number_columns, rows_aside, total_rows, typing, values,
};
use crate::data::{Column, Holds, Role, SourceRule, Table, TableColumn};
use crate::vocabulary::columns;
use staywise_core::domain::{Finding, Origin, QuestionType, Severity};
use std::collections::HashSet;

/// Makes a table of a grid.
pub(crate) fn assemble(input: &Input<'_>, opened: Opened, rule: &SourceRule) -> Reading {
    let mut report = FileReport {
        file: input.name.to_owned(),
        sheet: opened.sheet.clone(),
        encoding: opened.encoding,
        delimiter: opened.delimiter,
        ..FileReport::default()
    };
    let origin = Origin {
        sheet: opened.sheet.clone(),
        ..Origin::file(input.name)
    };
    let (shape, said) = shape(&opened, rule, &origin);
    let mut findings = opened.findings;
    findings.extend(said);
    let shape = match shape {
        Ok(shape) => shape,
        Err(reason) => {
            report.reason = reason;
            return Reading {
                tables: Vec::new(),
                findings,
                report,
            };
        }
    };
    let body = body::rows(&opened.grid, &shape);
    findings.extend(remarked(&shape, &origin));
    findings.extend(rows_aside::told(&body, &shape, &origin));
    findings.extend(rows_aside::second_table(&body, &origin));
    findings.extend(checks::ragged(
        &opened.grid,
        &opened.widths,
        (&shape, &body),
        &origin,
    ));
    report.set_aside = rows_aside::counted(&body, &shape);
    report.titles = titles(&opened.grid, shape.names_row);
    let stated = shape.drafts.iter().filter(|d| d.stated);
    let stated: Vec<usize> = stated.map(|d| d.index).collect();
    let mut grid = opened.grid;
    findings.extend(merged::fill(&mut grid, (&shape, &body.data), &origin));
    let mut table = table(grid, shape, &body, rule);
    table.file.clone_from(&origin.file);
    table.sheet = origin.sheet;
    findings.extend(settled(&mut table, rule, &stated));
    in_the_end(&table, rule, &mut findings);
    tell(&mut report, &table);
    Reading {
        tables: vec![table],
        findings,
        report,
    }
}

/// The shape of a sheet, or why none is made of it; with what is to be said.
fn shape(
    opened: &Opened,
    rule: &SourceRule,
    origin: &Origin,
) -> (Result<Shape, String>, Vec<Finding>) {
    let grid = &opened.grid;
    let why = match layouts::recognise(grid, rule) {
        Ok(mut shape) => {
            // What was turned to UK time is not turned again.
            shape.time_zone = shape.time_zone.filter(|_| opened.times == Times::AsWritten);
            let said = recognised(&shape, rule, origin);
            return (Ok(shape), said);
        }
        Err(why) => why,
    };
    let said = unrecognised(grid, &why, rule, origin.clone());
    let left_alone = said.severity != Severity::Error;
    let reason = said.message.clone();
    let shape = match layouts::unknown(grid, rule).filter(|_| left_alone) {
        Some(shape) => Ok(Shape { reason, ..shape }),
        None => Err(reason),
    };
    (shape, vec![said])
}

/// What the whole of a table says: that it has no row; and what would be wrong
/// with one that is left alone is nobody's matter.
fn in_the_end(table: &Table, rule: &SourceRule, findings: &mut Vec<Finding>) {
    let left_alone = table.holds == Holds::Other && rule.holds.is_none();
    if table.rows() == 0 && !findings.iter().any(|f| f.rule == HEADER_ONLY) {
        let severity = if left_alone {
            Severity::Warning
        } else {
            Severity::Error
        };
        findings.push(header_only(table.origin(None, None), severity));
    }
    if left_alone {
        findings.retain(|f| f.severity != Severity::Error);
    }
}

/// Settles how the values of a table are meant, and says it.
fn settled(table: &mut Table, rule: &SourceRule, stated: &[usize]) -> Vec<Finding> {
    let mut found = identifiers::settle(table);
    found.extend(date_columns::settle(table, rule));
    found.extend(number_columns::settle(table, rule));
    type_questions(table, stated);
    found.extend(checks::table(table));
    found.extend(total_rows::told(table));
    found
}

/// What the layout itself has to say.
fn remarked(shape: &Shape, origin: &Origin) -> Vec<Finding> {
    let place = |index: usize| {
        let own = shape.drafts.iter().find(|draft| draft.index == index);
        own.map(Draft::place)
    };
    shape
        .remarks
        .iter()
        .map(|remark| Finding {
            count: remark.count,
            ..finding(
                remark.rule,
                Origin {
                    row: remark.row.map(|row| row + 1),
                    column: remark.column.and_then(place),
                    ..origin.clone()
                },
                &remark.message,
                &remark.remedy,
            )
        })
        .collect()
}

/// Tells of a table in the file's report.
fn tell(report: &mut FileReport, table: &Table) {
    report.layout = Some(table.layout);
    report.holds = Some(table.holds);
    report.reason.clone_from(&table.reason);
    report.header_row = Some(table.header_row);
    report.rows_read = table.rows() as u64;
    report.columns = table.columns.iter().map(column_report).collect();
}

/// The texts of the rows above the header.
fn titles(grid: &Grid, header: usize) -> Vec<String> {
    (0..header)
        .flat_map(|row| (0..grid.width()).map(move |column| (row, column)))
        .map(|(row, column)| grid.cell(row, column))
        .filter(|cell| !cell.is_blank())
        .map(|cell| cell.text().into_owned())
        .collect()
}

fn unrecognised(grid: &Grid, why: &Unrecognised, rule: &SourceRule, origin: Origin) -> Finding {
    // What the study counts on must be readable; other files are left alone.
    let severity = if rule.holds.is_some() || rule.layout.is_some() {
        Severity::Error
    } else {
        Severity::Warning
    };
    let is_header_only = header::find(grid).is_some_and(|h| h.best.row + 1 == grid.rows());
    match why {
        Unrecognised::NoHeader => finding(
            ("header-row", severity),
            origin,
            "No row looks like a header: a row of names over the columns.",
            "Write names over the columns, or say which row they are in: `header_row` for this \
             source in staywise.toml.",
        ),
        Unrecognised::NotThis(layout) => finding(
            ("layout", Severity::Error),
            origin,
            &format!(
                "The study says that this is {}, but its header rows are not.",
                layout.as_a_file()
            ),
            "Export it again with all header rows, or take `layout` for this source out of \
             staywise.toml.",
        ),
        Unrecognised::Nothing(_) if is_header_only => header_only(origin, severity),
        Unrecognised::Nothing(reason) => finding(
            ("layout", severity),
            origin,
            &format!("What this file holds was not recognised, and it was left alone: {reason}."),
            "If it belongs to the study, say what it holds (`holds`) and which column is what \
             (`columns`) for this source in staywise.toml.",
        ),
    }
}

const HEADER_ONLY: &str = "header-only";

/// A table without a row.
fn header_only(origin: Origin, severity: Severity) -> Finding {
    finding(
        (HEADER_ONLY, severity),
        origin,
        "There is a header and no row of data below it.",
        "Export the file again, or take it out of the folder.",
    )
}

fn recognised(shape: &Shape, rule: &SourceRule, origin: &Origin) -> Vec<Finding> {
    let mut found = vec![finding(
        ("layout", Severity::Note),
        origin.clone(),
        &format!("Read as {}: {}.", shape.layout.as_a_file(), shape.reason),
        "",
    )];
    if let Some(reason) = shape
        .header_reason
        .as_deref()
        .filter(|_| shape.names_row > 0)
    {
        let row = Origin {
            row: u32::try_from(shape.names_row + 1).ok(),
            ..origin.clone()
        };
        found.push(finding(
            ("header-row", Severity::Note),
            row,
            &format!("The header is below the first row: {reason}."),
            "If another row is the header, say so: `header_row` for this source in staywise.toml.",
        ));
    }
    if !shape.missing.is_empty() && !rule.columns.is_empty() {
        found.push(Finding {
            count: shape.missing.len() as u64,
            ..finding(
                ("no-such-column", Severity::Warning),
                origin.clone(),
                &format!(
                    "The study says what these columns are, but the file does not have them: {}.",
                    shape.missing.join(", ")
                ),
                "Correct `columns` for this source in staywise.toml.",
            )
        });
    }
    found
}

fn table(mut grid: Grid, shape: Shape, body: &Body, rule: &SourceRule) -> Table {
    let mut names = HashSet::new();
    let kept = |draft: &Draft| is_kept(&draft.role);
    let values = values::all(&mut grid, &shape.drafts, kept, &body.data);
    let drafts = shape.drafts.into_iter().zip(values);
    let columns = drafts
        .map(|(draft, cells)| column(draft, cells, &mut names))
        .collect();
    let reason = match shape.header_reason {
        Some(header) => format!("{}; {header}", shape.reason),
        None => shape.reason,
    };
    Table {
        file: String::new(),
        sheet: None,
        holds: rule.holds.unwrap_or(shape.holds),
        layout: shape.layout,
        reason,
        wave: rule.wave.clone(),
        leavers_from: rule.leavers_from,
        time_zone: shape.time_zone,
        header_row: u32::try_from(shape.names_row + 1).unwrap_or(u32::MAX),
        row_numbers: body.data.iter().map(|row| row + 1).collect(),
        columns,
    }
}

/// Types questions; some of them ask who the person is, and so are what
/// people are divided by. What the study states of a column stays.
fn type_questions(table: &mut Table, stated: &[usize]) {
    if table.holds != Holds::Survey {
        return;
    }
    for at in 0..table.columns.len() {
        let column = &table.columns[at];
        let asks_who = match column.role {
            Role::Question if stated.contains(&column.index) => None,
            Role::Question => columns::dimension_of_question(column.asks()),
            Role::Dimension(_) => None,
            _ => continue,
        };
        let kind = typing::question_type(&column.cells);
        let one_of_few = matches!(kind, QuestionType::Choice | QuestionType::Scale);
        let dimension = asks_who
            .filter(|_| one_of_few)
            .map(|slug| Role::Dimension(slug.to_owned()))
            .filter(|role| table.column(role).is_none());
        let column = &mut table.columns[at];
        column.question_type = Some(kind);
        if let Some(dimension) = dimension {
            column.role = dimension;
        }
    }
}

/// Names, addresses of machines and places are of no use: their values stay
/// behind here.
fn is_kept(role: &Role) -> bool {
    !matches!(role, Role::Dropped | Role::Unused | Role::PersonName)
}

fn column(draft: Draft, cells: Column, names: &mut HashSet<String>) -> TableColumn {
    let base = match (&draft.item, draft.header.as_str()) {
        (Some(item), _) => item.clone(),
        (None, "") => format!("column {}", crate::data::table::letters(draft.index)),
        (None, header) => header.to_owned(),
    };
    let mut name = base.clone();
    let mut next = 2;
    while !names.insert(name.clone()) {
        name = format!("{base} ({next})");
        next += 1;
    }
    TableColumn {
        index: draft.index,
        header: draft.header,
        question: draft.question,
        name,
        role: draft.role,
        question_type: None,
        dates: None,
        cells,
    }
}

fn column_report(column: &TableColumn) -> ColumnReport {
    let kind = match (&column.role, column.question_type) {
        (_, Some(question)) => question.word(),
        (role, _) if date_columns::is_date(role) => QuestionType::Date.word(),
        (role, _) if !is_kept(role) => "dropped",
        (
            Role::StaffNumber
            | Role::Email
            | Role::RegistrationNumber
            | Role::Assignment
            | Role::ResponseId
            | Role::Respondent
            | Role::ExternalReference
            | Role::Preceptor,
            _,
        ) => "identifier",
        (
            Role::Fte
            | Role::Age
            | Role::Hours
            | Role::SupernumeraryHours
            | Role::ProtectedHours
            | Role::Duration,
            _,
        ) => QuestionType::Number.word(),
        (Role::Unknown, _) => QuestionType::Text.word(),
        _ => "category",
    };
    ColumnReport {
        name: column.name.clone(),
        header: column.header.clone(),
        role: column.role.word().to_owned(),
        kind: kind.to_owned(),
    }
}

/// Whether a table is of people, who must be recognisable.
pub(crate) fn lists_people(holds: Holds) -> bool {
    matches!(holds, Holds::Staff | Holds::Register | Holds::Invited)
}
