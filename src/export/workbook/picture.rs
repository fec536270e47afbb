//! How a chart of the spreadsheet program looks: axes, colours, labels, and
//! what a screen reader says of it.

use super::names::{first, held};
use super::native::{Drawn, heading};
use super::{Cell, NativeChart, Sheet};
use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartAxisLabelPosition, ChartDataLabel, ChartErrorBars,
    ChartErrorBarsType, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartRange,
    ChartSeries, ChartSolidFill, ChartType, Color,
};

/// The Analysis Function's colours for lines and bars.
const COLOURS: [u32; 4] = [0x12_43_6D, 0xB3_50_0F, 0x28_A1_97, 0x80_16_50];
/// From the first answer of a scale to the last.
const ANSWERS: [u32; 5] = [0x8C_3A_10, 0xDF_A2_7F, 0xAE_B6_BC, 0x86_A6_CB, 0x12_43_6D];
/// Ink and lines.
const INK: u32 = 0x1D_1D_1D;
const GREY: u32 = 0x59_59_59;
const RULE: u32 = 0xD0_D4_D8;

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

/// The chart of a sheet's table, drawn from the cells on the sheet of the name.
pub(super) fn picture(
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
    let figures = drawn.rows.iter().flat_map(|row| row.iter().skip(1));
    let code = figures
        .filter(|cell| cell.number.is_some())
        .find_map(|cell| cell.format.code());
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
            series.set_x_error_bars(&reaches(name, (drawn, top)));
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
    if lying {
        // The first row at the top, the numbers still at the foot.
        chart
            .y_axis()
            .set_major_gridlines(false)
            .set_label_position(ChartAxisLabelPosition::Low)
            .set_reverse()
            .set_crossing(ChartAxisCrossing::Max);
    }
    let numbers = if lying {
        chart.x_axis()
    } else {
        chart.y_axis()
    };
    numbers
        .set_major_gridlines(true)
        .set_major_gridlines_line(&stroke(RULE, 0.75));
    if let Some(code) = code {
        numbers.set_num_format(code);
    }
    if code.is_some_and(|code| code.contains('%')) {
        numbers.set_min(0);
        let over = |cell: &Cell| cell.number.is_some_and(|number| number > 1.0);
        let past_all = drawn.rows.iter().any(|row| row.iter().skip(1).any(over));
        if !past_all {
            numbers.set_max(1);
        }
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
