//! Charts that the spreadsheet program draws, each on a sheet of its own after
//! the tables, beside the few numbers it is drawn from. A hidden row keeps its
//! place and its mark, with a blank where a number would be: text would be
//! drawn as nothing at 0.

use super::format::Literals;
use super::picture::picture;
use super::styles::Styles;
use super::tables::{Across, Grid, Lines, WIDEST, sheet};
use super::{
    CONTENTS, Cell, Column, ExportError, Limits, NativeChart, NumberFormat, Placed, Role, Sheet,
};
use rust_xlsxwriter::{Chart, Workbook, Worksheet};

/// More rows than a drawing can hold and a person can take in.
const MOST_ROWS: usize = 60;
/// More lines than can be told apart.
const MOST_CURVES: usize = 4;

/// The numbers that a chart is drawn from, as the table on its sheet.
pub(super) struct Drawn {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// Whether there is anything to draw, and not too much.
pub(super) fn can_be_drawn(sheet: &Sheet, native: &NativeChart) -> bool {
    let drawn = drawn(sheet, native);
    let curves = drawn.columns.len().saturating_sub(1);
    let room = match native {
        NativeChart::Curves { .. } => curves <= MOST_CURVES && drawn.rows.len() <= 400,
        NativeChart::Shares(answers) => answers.len() <= 11 && drawn.rows.len() <= MOST_ROWS,
        NativeChart::Intervals(_) | NativeChart::Trend(_) => drawn.rows.len() <= MOST_ROWS,
    };
    let any = drawn
        .rows
        .iter()
        .flatten()
        .any(|cell| cell.number.is_some());
    room && any
}

/// Writes the sheet of a table's chart, where it has one.
pub(super) fn chart(
    file: &mut Workbook,
    styles: &Styles,
    place: &Placed<'_>,
) -> Result<(), ExportError> {
    let Some((name, native)) = &place.chart else {
        return Ok(());
    };
    let drawn = drawn(place.sheet, native);
    let page = sheet(file, name, Across::Wide)?;
    let mut lines = Lines::new(styles);
    let title = format!("Chart of table {}: {}", place.number, place.sheet.title);
    lines.title(page, &title)?;
    lines.line(page, &what_is_here(native))?;
    lines.line(
        page,
        "A blank cell is a figure that is not shown: its mark stands beside its name and is \
         explained on the Notes worksheet.",
    )?;
    lines.link(page, &place.name, "Go to the table")?;
    lines.link(page, CONTENTS, "Back to the contents")?;
    let grid = Grid {
        name: &format!("chart_{}", place.number),
        columns: &drawn.columns,
        rows: &drawn.rows,
        about: &title,
        widest: WIDEST,
    };
    let top = lines.next;
    grid.write(page, (top, styles, &mut Literals::default()))?;
    let picture = picture((name, place.sheet), native, (&drawn, top));
    let beside = u16::try_from(drawn.columns.len() + 1).unwrap_or(u16::MAX);
    insert(page, (top, beside), &picture)
}

fn insert(page: &mut Worksheet, at: (u32, u16), picture: &Chart) -> Result<(), ExportError> {
    page.insert_chart(at.0, at.1, picture)?;
    Ok(())
}

fn what_is_here(native: &NativeChart) -> String {
    let how = match native {
        NativeChart::Intervals(_) => {
            "The length of a bar is the figure; the line across its end is the interval."
        }
        NativeChart::Shares(_) => "Each bar is divided into the shares of the answers.",
        NativeChart::Trend(_) => "The line across each point is the interval.",
        NativeChart::Curves { .. } => {
            "Each line ends where too few are left to show. Intervals are in the table."
        }
    };
    format!("This worksheet contains one chart and the table that it is drawn from. {how}")
}

/// A row's name: its name cells, and the mark of one without a figure.
fn label(sheet: &Sheet, row: &[Cell], figure: Option<&Cell>) -> Cell {
    let names = sheet
        .columns
        .iter()
        .zip(row)
        .filter(|(column, _)| column.role == Role::Name)
        .map(|(_, cell)| cell.text.as_str());
    let mut label = names.collect::<Vec<_>>().join(", ");
    if let Some(figure) = figure.filter(|figure| figure.number.is_none()) {
        label = format!("{label} {}", figure.text);
    }
    Cell::words(label.trim())
}

fn number(heading: &str) -> Column {
    Column {
        heading: heading.to_owned(),
        role: Role::Number,
    }
}

fn names(heading: &str) -> Column {
    Column {
        heading: heading.to_owned(),
        role: Role::Name,
    }
}

/// A cell that is drawn: a number, or a blank.
fn drawn_cell(cell: Option<&Cell>) -> Cell {
    match cell {
        Some(cell) if cell.number.is_some() => cell.clone(),
        _ => Cell::words(""),
    }
}

fn drawn(sheet: &Sheet, native: &NativeChart) -> Drawn {
    match native {
        NativeChart::Intervals(limits) | NativeChart::Trend(limits) => intervals(sheet, *limits),
        NativeChart::Shares(answers) => shares(sheet, answers),
        NativeChart::Curves { month, figure } => curves(sheet, *month, *figure),
    }
}

pub(super) fn heading(sheet: &Sheet, column: usize) -> &str {
    sheet
        .columns
        .get(column)
        .map_or("Figure", |column| column.heading.as_str())
}

fn first_name(sheet: &Sheet) -> &str {
    let named = sheet.columns.iter().find(|c| c.role == Role::Name);
    named.map_or("Row", |column| column.heading.as_str())
}

/// A row a figure, with how far its interval reaches to each side.
fn intervals(sheet: &Sheet, limits: Limits) -> Drawn {
    let columns = vec![
        names(first_name(sheet)),
        number(heading(sheet, limits.figure)),
        number("From the figure down to the lower limit"),
        number("From the figure up to the upper limit"),
    ];
    let reach = |row: &[Cell], figure: Option<&Cell>, limit: usize| {
        let value = |cell: Option<&Cell>| cell.and_then(|cell| cell.number);
        let gap = value(figure).zip(value(row.get(limit)));
        gap.map_or_else(
            || Cell::words(""),
            |(figure, limit)| Cell {
                text: String::new(),
                number: Some((figure - limit).abs()),
                format: row
                    .get(limits.figure)
                    .map_or(NumberFormat::Words, |cell| without_sign(cell.format)),
            },
        )
    };
    let rows = sheet.rows.iter().map(|row| {
        let figure = row.get(limits.figure);
        vec![
            label(sheet, row, figure),
            drawn_cell(figure),
            reach(row, figure, limits.lower),
            reach(row, figure, limits.upper),
        ]
    });
    Drawn {
        columns,
        rows: rows.map(shown_by_format).collect(),
    }
}

/// A distance has no sign.
fn without_sign(format: NumberFormat) -> NumberFormat {
    match format {
        NumberFormat::Signed(places) => NumberFormat::Decimal(places),
        format => format,
    }
}

/// A number that no page prints reads as its format has it.
fn shown_by_format(row: Vec<Cell>) -> Vec<Cell> {
    let fill = |mut cell: Cell| {
        if let (Some(number), "") = (cell.number, cell.text.as_str()) {
            let plain = cell.format.plain(number);
            cell.text = plain.unwrap_or_else(|| crate::export::number12(number));
        }
        cell
    };
    row.into_iter().map(fill).collect()
}

/// A row a question, a column an answer.
fn shares(sheet: &Sheet, answers: &[usize]) -> Drawn {
    let mut columns = vec![names(first_name(sheet))];
    columns.extend(answers.iter().map(|column| number(heading(sheet, *column))));
    let rows = sheet.rows.iter().map(|row| {
        let cells = answers.iter().map(|column| row.get(*column));
        let nothing = cells.clone().flatten().find(|cell| cell.number.is_none());
        let all = cells.clone().flatten().all(|cell| cell.number.is_none());
        let mut line = vec![label(sheet, row, nothing.filter(|_| all))];
        line.extend(cells.map(drawn_cell));
        line
    });
    Drawn {
        rows: rows.collect(),
        columns,
    }
}

/// A row a month, a column a group.
fn curves(sheet: &Sheet, month: usize, figure: usize) -> Drawn {
    let mut groups: Vec<(String, Vec<(u32, Cell)>)> = Vec::new();
    let mut months: Vec<u32> = Vec::new();
    for row in &sheet.rows {
        let name = label(sheet, row, None).text;
        let at = match groups.iter().position(|(known, _)| *known == name) {
            Some(at) => at,
            None => {
                groups.push((name, Vec::new()));
                groups.len() - 1
            }
        };
        let month: Option<u32> = row.get(month).and_then(|cell| cell.text.parse().ok());
        let figure = row.get(figure);
        let Some((name, points)) = groups.get_mut(at) else {
            continue;
        };
        match (month, figure) {
            (Some(month), Some(cell)) if cell.number.is_some() => {
                points.push((month, cell.clone()));
                if !months.contains(&month) {
                    months.push(month);
                }
            }
            (_, Some(cell)) if points.is_empty() => *name = format!("{name} {}", cell.text),
            _ => {}
        }
    }
    months.sort_unstable();
    let mut columns = vec![number(heading(sheet, month))];
    columns.extend(groups.iter().map(|(name, _)| number(name)));
    let rows = months.iter().map(|month| {
        let mut line = vec![Cell {
            text: month.to_string(),
            number: Some(f64::from(*month)),
            format: NumberFormat::Whole,
        }];
        line.extend(groups.iter().map(|(_, points)| {
            let point = points.iter().find(|(at, _)| at == month);
            drawn_cell(point.map(|(_, cell)| cell))
        }));
        line
    });
    Drawn {
        rows: rows.collect(),
        columns,
    }
}
