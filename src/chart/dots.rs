//! Interval dots: a row a group, a dot at its figure, a bar over its interval,
//! its base at the right edge, and everyone as a line with a band behind. A
//! group that is hidden keeps its place.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Plot, Span, drawing};
use super::figure::{base, figure, group_label, shorthand, why_not};
use super::ink::Ink;
use super::text::{ellipsis, two_lines, width};
use super::{Caption, ChartError, Drawing, Svg};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Unit};

const WIDTH: f64 = 660.0;
const TOP: f64 = 34.0;
const ROW: f64 = 44.0;
const FOOT: f64 = 30.0;
const LABEL_END: f64 = 186.0;
const PLOT: (f64, f64) = (204.0, 570.0);
const BASE_END: f64 = 656.0;
const LABEL_SIZE: f64 = 15.0;
const NOTE_SIZE: f64 = 13.5;

/// Draws a row for each of `rows`, in the order given, against `everyone`.
///
/// # Errors
/// `ChartError` where the drawing itself fails.
pub fn interval_dots(
    rows: &[&Released],
    everyone: Option<&Released>,
    caption: &Caption<'_>,
) -> Result<Drawing, ChartError> {
    Drawing::of(caption, |_, caption| draw(rows, everyone, caption))
}

fn draw(
    rows: &[&Released],
    everyone: Option<&Released>,
    caption: &Caption<'_>,
) -> Result<Svg, ChartError> {
    let axis = axis_of(rows, everyone);
    let bottom = TOP + ROW * rows.len() as f64;
    drawing((WIDTH, bottom + FOOT), caption, |canvas| {
        let plot = canvas.plot(&Span {
            across: PLOT,
            down: (TOP, bottom),
            x: (axis.low, axis.high),
            y: (rows.len().max(1) as f64, 0.0),
        });
        grid(canvas, &plot, &axis, bottom)?;
        if let Some(everyone) = everyone {
            reference(canvas, &plot, everyone, rows.len())?;
        }
        canvas.text(caption.base, (BASE_END, TOP - 12.0), Align::End, Ink::Tick)?;
        for (index, row) in rows.iter().enumerate() {
            canvas.group("row", || one(canvas, &plot, (index, row)))?;
        }
        Ok(())
    })
}

fn axis_of(rows: &[&Released], everyone: Option<&Released>) -> Axis {
    let all = || rows.iter().copied().chain(everyone);
    let shown = all().filter(|row| row.status() == Status::Shown);
    let values: Vec<f64> = shown
        .flat_map(|row| [row.estimate(), row.lower(), row.upper()])
        .flatten()
        .collect();
    let unit = all().next().map_or(Unit::Fraction, Released::unit);
    Axis::holding(&values, unit)
}

fn grid(canvas: &Canvas<'_>, plot: &Plot<'_>, axis: &Axis, bottom: f64) -> Result<(), ChartError> {
    for tick in &axis.ticks {
        let (x, _) = plot.place((*tick, 0.0));
        canvas.line((x, TOP), (x, bottom), Ink::Grid)?;
        let label = axis.label(*tick);
        canvas.text(&label, (x, bottom + 20.0), Align::Middle, Ink::Tick)?;
    }
    Ok(())
}

/// Everyone: the band of the interval, the line of the figure, its name above.
fn reference(
    canvas: &Canvas<'_>,
    plot: &Plot<'_>,
    everyone: &Released,
    rows: usize,
) -> Result<(), ChartError> {
    let shown = everyone.status() == Status::Shown;
    let Some(estimate) = everyone.estimate().filter(|_| shown) else {
        return Ok(());
    };
    let foot = rows as f64;
    if let Some((lower, upper)) = everyone.lower().zip(everyone.upper()) {
        let (from, to) = (plot.place((lower, 0.0)), plot.place((upper, foot)));
        canvas.rectangle(from, to, Ink::Band)?;
    }
    let (from, to) = (plot.place((estimate, 0.0)), plot.place((estimate, foot)));
    canvas.line(from, to, Ink::Reference)?;
    let words = format!("everyone {}", figure(everyone));
    let at = within_plot(from.0, &words);
    canvas.text(&words, (at, TOP - 12.0), Align::Middle, Ink::Tick)
}

fn one(
    canvas: &Canvas<'_>,
    plot: &Plot<'_>,
    (index, row): (usize, &Released),
) -> Result<(), ChartError> {
    let middle = index as f64 + 0.5;
    let (_, y) = plot.place((0.0, middle));
    let lines = two_lines(&group_label(row), LABEL_SIZE, LABEL_END);
    let first = if lines.len() > 1 { y - 4.0 } else { y + 5.0 };
    for (line, words) in lines.iter().enumerate() {
        let at = (LABEL_END, first + 17.0 * line as f64);
        canvas.text(words, at, Align::End, Ink::Label)?;
    }
    let shown = row.status() == Status::Shown;
    let Some(estimate) = row.estimate().filter(|_| shown) else {
        let words = format!("{} {}", shorthand(row.status()), why_not(row));
        let words = ellipsis(words.trim(), NOTE_SIZE, PLOT.1 - PLOT.0);
        return canvas.text(&words, (PLOT.0 + 4.0, y + 5.0), Align::Start, Ink::Note);
    };
    if let Some((lower, upper)) = row.lower().zip(row.upper()) {
        plot.path(vec![(lower, middle), (upper, middle)], Ink::Interval)?;
    }
    plot.dot((estimate, middle), 6.5, Ink::Dot)?;
    let words = figure(row);
    let at = within_plot(plot.place((estimate, middle)).0, &words);
    canvas.text(&words, (at, y - 10.0), Align::Middle, Ink::Value)?;
    canvas.text(&base(row), (BASE_END, y + 5.0), Align::End, Ink::Base)
}

/// Where words may be centred without leaving the plot.
fn within_plot(x: f64, words: &str) -> f64 {
    let half = width(words, NOTE_SIZE) / 2.0;
    x.clamp(PLOT.0 + half.min(90.0), PLOT.1 - half.min(90.0))
}
