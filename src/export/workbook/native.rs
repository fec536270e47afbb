//! Charts that the spreadsheet program draws, each on a sheet of its own after
//! the tables, beside the few numbers it is drawn from. A hidden row keeps its
//! place and its mark, with a blank where a number would be: text would be
//! drawn as nothing at 0.

use super::format::Literals;
use super::names::{first, held};
use super::styles::Styles;
use super::tables::{Across, Grid, Lines, sheet};
use super::{CONTENTS, Cell, Column, ExportError, Limits, NativeChart, Placed, Role, Sheet};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartErrorBars, ChartErrorBarsType, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartRange, ChartSeries, ChartSolidFill, ChartType, Color,
    Workbook, Worksheet,
};

/// More rows than a drawing can hold and a person can take in.
const MOST_ROWS: usize = 60;
/// More lines than can be told apart.
const MOST_CURVES: usize = 4;

/// The Analysis Function's colours for lines and bars.
const COLOURS: [u32; 4] = [0x12_43_6D, 0xB3_50_0F, 0x28_A1_97, 0x80_16_50];
/// From the first answer of a scale to the last.
const ANSWERS: [u32; 5] = [0x8C_3A_10, 0xDF_A2_7F, 0xAE_B6_BC, 0x86_A6_CB, 0x12_43_6D];
/// Ink and lines.
const INK: u32 = 0x1D_1D_1D;
const GREY: u32 = 0x59_59_59;
const RULE: u32 = 0xD0_D4_D8;

/// The numbers that a chart is drawn from, as the table on its sheet.
struct Drawn {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
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

fn heading(sheet: &Sheet, column: usize) -> &str {
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
                    .map_or(super::NumberFormat::Words, |cell| cell.format),
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
            format: super::NumberFormat::Whole,
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

/// The cells of a column of the drawn table.
fn range(name: &str, column: usize, (drawn, top): (&Drawn, u32)) -> ChartRange {
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    let rows = u32::try_from(drawn.rows.len()).unwrap_or(u32::MAX);
    ChartRange::new_from_range(name, top + 1, column, top.saturating_add(rows), column)
}

fn heading_cell(name: &str, column: usize, top: u32) -> ChartRange {
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    ChartRange::new_from_range(name, top, column, top, column)
}

fn font() -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Arial")
        .set_size(12)
        .set_color(Color::RGB(INK));
    font
}

fn fill(colour: u32) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(colour)));
    format
}

fn stroke(colour: u32, width: f64) -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(colour)).set_width(width);
    line
}

fn picture(
    (name, sheet): (&str, &Sheet),
    native: &NativeChart,
    (drawn, top): (&Drawn, u32),
) -> Chart {
    let mut chart = Chart::new(match native {
        NativeChart::Intervals(_) => ChartType::Bar,
        NativeChart::Shares(_) => ChartType::BarPercentStacked,
        NativeChart::Trend(_) => ChartType::Line,
        NativeChart::Curves { .. } => ChartType::ScatterStraight,
    });
    chart
        .title()
        .set_name(first(&held(&sheet.title), 255))
        .set_font(font().set_size(14).set_bold());
    let code = drawn.rows.iter().flatten().find_map(|cell| {
        let number = cell.number.and(cell.format.code());
        number.filter(|code| code.contains('%') || !matches!(native, NativeChart::Shares(_)))
    });
    for column in 1..drawn.columns.len() {
        let wanted = match native {
            NativeChart::Intervals(_) | NativeChart::Trend(_) => column == 1,
            NativeChart::Shares(_) | NativeChart::Curves { .. } => true,
        };
        if wanted {
            series(&mut chart, (name, native), (drawn, top, column));
        }
    }
    frame(&mut chart, (sheet, native), (drawn, code.as_deref()));
    chart.set_alt_text(alt(sheet, drawn));
    chart
}

/// One series: a bar for each row, a part of each bar, or a line.
fn series(
    chart: &mut Chart,
    (name, native): (&str, &NativeChart),
    (drawn, top, column): (&Drawn, u32, usize),
) {
    let series: &mut ChartSeries = chart.add_series();
    series
        .set_name(&heading_cell(name, column, top))
        .set_categories(&range(name, 0, (drawn, top)))
        .set_values(&range(name, column, (drawn, top)));
    let colour = COLOURS[(column - 1) % COLOURS.len()];
    match native {
        NativeChart::Intervals(_) => {
            series.set_format(&mut fill(COLOURS[0])).set_gap(60);
            series.set_y_error_bars(&reaches(name, (drawn, top)));
        }
        NativeChart::Trend(_) => {
            series.set_format(ChartFormat::new().set_line(&stroke(COLOURS[0], 2.25)));
            let mut marker = rust_xlsxwriter::ChartMarker::new();
            marker
                .set_type(rust_xlsxwriter::ChartMarkerType::Circle)
                .set_size(8)
                .set_format(&mut fill(COLOURS[0]));
            series.set_marker(&marker);
            series.set_y_error_bars(&reaches(name, (drawn, top)));
        }
        NativeChart::Shares(answers) => {
            let of_scale = answers.len() <= ANSWERS.len();
            let steps = ANSWERS.len() - 1;
            let at = match answers.len() {
                0 | 1 => steps,
                n if of_scale => (column - 1) * steps / (n - 1),
                _ => (column - 1) % ANSWERS.len(),
            };
            let colour = ANSWERS[at];
            let dark = matches!(at, 0 | 4);
            let mut ink = font();
            ink.set_color(Color::RGB(if dark { 0xFF_FF_FF } else { INK }));
            let mut labels = ChartDataLabel::new();
            labels.show_value().set_num_format("0%").set_font(&ink);
            series
                .set_format(
                    ChartFormat::new()
                        .set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(colour))),
                )
                .set_gap(40)
                .set_data_label(&labels);
        }
        NativeChart::Curves { .. } => {
            series.set_format(ChartFormat::new().set_line(&stroke(colour, 2.25)));
        }
    }
}

/// The intervals as error bars, from the numbers beside the chart.
fn reaches(name: &str, drawn: (&Drawn, u32)) -> ChartErrorBars {
    let mut bars = ChartErrorBars::new();
    bars.set_type(ChartErrorBarsType::Custom(
        range(name, 3, drawn),
        range(name, 2, drawn),
    ))
    .set_format(ChartFormat::new().set_line(&stroke(GREY, 1.5)));
    bars
}

/// Axes, legend and size.
fn frame(
    chart: &mut Chart,
    (sheet, native): (&Sheet, &NativeChart),
    (drawn, code): (&Drawn, Option<&str>),
) {
    let rows = u32::try_from(drawn.rows.len()).unwrap_or(60);
    let lying = matches!(native, NativeChart::Intervals(_) | NativeChart::Shares(_));
    chart.x_axis().set_font(&font());
    chart.y_axis().set_font(&font());
    chart
        .y_axis()
        .set_major_gridlines(true)
        .set_major_gridlines_line(&stroke(RULE, 0.75));
    let share = code.is_some_and(|code| code.contains('%'));
    if let Some(code) = code {
        chart.y_axis().set_num_format(code);
    }
    if share {
        chart.y_axis().set_min(0);
        let over = |cell: &Cell| cell.number.is_some_and(|number| number > 1.0);
        let past_all = drawn.rows.iter().any(|row| row.get(1).is_some_and(over));
        if !past_all {
            chart.y_axis().set_max(1);
        }
    }
    if lying {
        // The first row at the top, the numbers still at the foot.
        chart.x_axis().set_reverse();
        chart
            .y_axis()
            .set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::High);
    }
    if let NativeChart::Curves { month, .. } = native {
        let longest = drawn.rows.last().and_then(|row| row.first());
        let months = longest.and_then(|cell| cell.number).unwrap_or(12.0);
        chart
            .x_axis()
            .set_name(heading(sheet, *month))
            .set_name_font(&font())
            .set_min(0)
            .set_max((months / 6.0).ceil() * 6.0)
            .set_major_unit(6);
    }
    match native {
        NativeChart::Intervals(_) | NativeChart::Trend(_) => {
            chart.legend().set_hidden();
        }
        NativeChart::Shares(_) | NativeChart::Curves { .. } => {
            chart
                .legend()
                .set_position(ChartLegendPosition::Bottom)
                .set_font(&font());
        }
    }
    chart.set_width(900);
    chart.set_height(if lying {
        (140 + rows * 34).clamp(320, 1800)
    } else {
        460
    });
}

/// What a screen reader says: the title, then as many rows as there is room for.
fn alt(sheet: &Sheet, drawn: &Drawn) -> String {
    const MOST: usize = 250;
    let mut words = format!("{}.", first(&held(&sheet.title), 150));
    let end = " The table beside it has all.";
    for row in &drawn.rows {
        let name = row.first().map_or("", |cell| cell.text.as_str());
        let told: Vec<&str> = row
            .iter()
            .skip(1)
            .take(1)
            .map(|cell| cell.text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        let told = format!(" {}.", [&[name], told.as_slice()].concat().join(": "));
        if (words.len() + told.len() + end.len()) > MOST {
            break;
        }
        words.push_str(&told);
    }
    words + end
}
