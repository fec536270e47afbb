//! Differences against a line at no difference: a dot at each, a bar over its
//! interval, the difference in words beside it. Both ends of the axis are
//! named, and the better one is said in words. A hidden row keeps its place.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Plot, Span, drawing};
use super::figure::{base, figure, group_label};
use super::ink::Ink;
use super::layout::why_words;
use super::lines::{LEADING, high, set, widest, wrapped};
use super::text::width;
use super::{Caption, ChartError, Drawing, Form, MOST_ROWS, Svg};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Good, Status, Unit};

const FOOT: f64 = 42.0;
const TOP: f64 = 48.0;

/// Draws a row for each difference, in the order given.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` rows, where the drawing itself fails.
pub fn forest(rows: &[&Released], caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    let named: Vec<Named<'_>> = rows
        .iter()
        .map(|row| Named {
            label: group_label(row),
            row,
        })
        .collect();
    forest_named(&named, caption)
}

/// A difference under a name of its own: the method, where the groups are the
/// same in every row.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// What stands beside it.
    pub label: String,
    /// The difference.
    pub row: &'a Released,
}

/// Draws a row for each difference under the names given.
///
/// # Errors
/// As `forest`.
pub fn forest_named(rows: &[Named<'_>], caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if rows.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} rows")));
    }
    let axis = axis_of(rows);
    Drawing::of(caption, |form, caption| {
        one(rows, axis.as_ref(), caption, form)
    })
}

/// An axis that has no difference on it with room to both sides; none where
/// there is nothing to set on it.
fn axis_of(rows: &[Named<'_>]) -> Option<Axis> {
    let shown = rows
        .iter()
        .map(|named| named.row)
        .filter(|row| row.status() == Status::Shown);
    let values: Vec<f64> = shown
        .flat_map(|row| [row.estimate(), row.lower(), row.upper()])
        .flatten()
        .collect();
    if values.is_empty() {
        return None;
    }
    let unit = rows
        .first()
        .map_or(Unit::Fraction, |named| named.row.unit());
    let least = values.iter().copied().fold(0.0, f64::min);
    let most = values.iter().copied().fold(0.0, f64::max);
    let small = match unit {
        Unit::Fraction | Unit::Rate => 0.05,
        _ => 1.0,
    };
    let side = (0.1 * most.max(-least)).max(small);
    Some(Axis::holding(&[least.min(-side), most.max(side)], unit))
}

/// Where things stand.
struct Frame {
    form: Form,
    plot: (f64, f64),
    rows: Vec<Row>,
    top: f64,
    bottom: f64,
}

struct Row {
    top: f64,
    /// The height of its mark.
    middle: f64,
    label: Vec<String>,
    words: Vec<String>,
    base: String,
}

impl Frame {
    fn of(rows: &[Named<'_>], caption: &Caption<'_>, form: Form, from: f64) -> Self {
        let mut top = from;
        let mut placed = Vec::with_capacity(rows.len());
        for row in rows {
            let one = Row::of(row, caption, form, top);
            top = match form {
                Form::Wide => one.middle * 2.0 - top,
                // Without a mark there is nothing to leave room for.
                Form::Narrow if one.base.is_empty() => one.middle + 8.0,
                Form::Narrow => one.middle + 26.0,
            };
            placed.push(one);
        }
        Self {
            form,
            plot: match form {
                Form::Wide => (204.0, 462.0),
                Form::Narrow => (18.0, 302.0),
            },
            rows: placed,
            top: from,
            bottom: top,
        }
    }
}

impl Row {
    fn of(named: &Named<'_>, caption: &Caption<'_>, form: Form, top: f64) -> Self {
        let (row, name) = (named.row, &named.label);
        let shown = row.status() == Status::Shown && row.estimate().is_some();
        let words = if shown { figure(row) } else { why_words(row) };
        let number = if shown { base(row) } else { String::new() };
        let size = if shown { Ink::Value } else { Ink::Note };
        match form {
            Form::Wide => {
                let label = wrapped(name, Ink::Label, 186.0, 4);
                let room = if shown { 112.0 } else { 250.0 };
                let words = wrapped(words.trim(), size, room, 3);
                let lines = label.len().max(words.len()).max(1);
                Self {
                    top,
                    middle: top + (high(lines) + 20.0) / 2.0,
                    label,
                    words,
                    base: number,
                }
            }
            Form::Narrow => {
                let base = if number.is_empty() {
                    number
                } else {
                    format!("{number} {}", caption.base)
                };
                let label = wrapped(name, Ink::Label, 318.0, 3);
                let room = 308.0 - width(&base, Ink::Tick);
                let words = wrapped(words.trim(), size, room, 3);
                let above = high(label.len() + words.len());
                Self {
                    top,
                    middle: top + above + 12.0,
                    label,
                    words,
                    base,
                }
            }
        }
    }
}

fn one(
    rows: &[Named<'_>],
    axis: Option<&Axis>,
    caption: &Caption<'_>,
    form: Form,
) -> Result<Svg, ChartError> {
    let (top, foot) = if axis.is_some() {
        (TOP, FOOT)
    } else {
        (2.0, 2.0)
    };
    let frame = Frame::of(rows, caption, form, top);
    drawing((form.width(), frame.bottom + foot), caption, |canvas| {
        let plot = canvas.plot(&Span {
            across: frame.plot,
            down: (frame.top, frame.bottom),
            x: axis.map_or((0.0, 1.0), |axis| (axis.low, axis.high)),
            y: (0.0, 1.0),
        });
        if let Some(axis) = axis {
            grid(canvas, &plot, axis, &frame)?;
            head(canvas, &plot, rows, &frame)?;
        }
        if form == Form::Wide && axis.is_some() {
            let at = (form.width(), TOP - 12.0);
            canvas.text(caption.base, at, Align::End, Ink::Tick)?;
        }
        for (row, placed) in rows.iter().zip(&frame.rows) {
            canvas.group("row", || mark(canvas, (&plot, &frame), row.row, placed))?;
        }
        Ok(())
    })
}

/// The stretches of the plot that a grid line may run along: on a phone not
/// through the words above each row.
fn stretches(frame: &Frame) -> Vec<(f64, f64)> {
    match frame.form {
        Form::Wide => vec![(frame.top, frame.bottom)],
        Form::Narrow => frame
            .rows
            .iter()
            .filter(|row| !row.base.is_empty())
            .map(|row| (row.middle - 9.0, row.middle + 9.0))
            .collect(),
    }
}

fn grid(
    canvas: &Canvas<'_>,
    plot: &Plot<'_>,
    axis: &Axis,
    frame: &Frame,
) -> Result<(), ChartError> {
    let words: Vec<String> = axis
        .ticks
        .iter()
        .map(|tick| tick_words(axis, *tick))
        .collect();
    let step = (frame.plot.1 - frame.plot.0) / axis.ticks.len().saturating_sub(1).max(1) as f64;
    let needed = widest(words.iter().map(String::as_str), Ink::Tick) + 10.0;
    let every = (needed / step).ceil().max(1.0) as usize;
    let zero = axis.ticks.iter().position(|tick| tick.abs() < 1e-12);
    for (index, (tick, words)) in axis.ticks.iter().zip(&words).enumerate() {
        let (x, _) = plot.place((*tick, 0.0));
        let ink = if Some(index) == zero {
            Ink::Reference
        } else {
            Ink::Grid
        };
        for (from, to) in stretches(frame) {
            canvas.line((x, from), (x, to), ink)?;
        }
        if zero.unwrap_or(0).abs_diff(index).is_multiple_of(every) {
            let at = (x, frame.bottom + 19.0);
            canvas.text(words, at, Align::Middle, Ink::Tick)?;
        }
    }
    let middle = f64::midpoint(frame.plot.0, frame.plot.1);
    let at = (middle, frame.bottom + 37.0);
    let title = match axis.unit() {
        Unit::Fraction | Unit::Rate => "difference in points",
        _ => "difference",
    };
    canvas.text(title, at, Align::Middle, Ink::Tick)
}

/// A tick of a difference: `-10`, `0`, `+10`.
fn tick_words(axis: &Axis, tick: f64) -> String {
    let words = match axis.unit() {
        Unit::Fraction | Unit::Rate => {
            let tenths = format!("{:.1}", tick.abs() * 100.0);
            tenths.trim_end_matches(".0").to_owned()
        }
        _ => axis.label(tick.abs()),
    };
    match tick {
        t if t.abs() < 1e-12 => "0".to_owned(),
        t if t < 0.0 => format!("\u{2212}{words}"),
        _ => format!("+{words}"),
    }
}

/// What the line is, and which way is which.
fn head(
    canvas: &Canvas<'_>,
    plot: &Plot<'_>,
    rows: &[Named<'_>],
    frame: &Frame,
) -> Result<(), ChartError> {
    let shown = rows
        .iter()
        .map(|named| named.row)
        .filter(|row| row.status() == Status::Shown);
    let of: Vec<_> = shown
        .map(|row| (row.good(), &row.key().comparator))
        .collect();
    let first = of.first().copied();
    let all_alike = of.iter().all(|one| Some(*one) == first);
    let (good, against) = match first {
        Some((good, against)) if all_alike => (good, against.as_ref()),
        _ => (Good::Neither, None),
    };
    let (left, right) = match good {
        Good::Higher => ("lower", "higher is better"),
        Good::Lower => ("lower is better", "higher"),
        Good::Neither => ("lower", "higher"),
    };
    let y = TOP - 12.0;
    canvas.text(left, (frame.plot.0, y), Align::Start, Ink::Tick)?;
    canvas.text(right, (frame.plot.1, y), Align::End, Ink::Tick)?;
    let words = against.map_or_else(
        || "no difference".to_owned(),
        |level| format!("same as {}", level.as_str()),
    );
    let room = match frame.form {
        Form::Wide => 420.0,
        Form::Narrow => 300.0,
    };
    let words = super::text::ellipsis(&words, Ink::Tick, room);
    let half = width(&words, Ink::Tick) / 2.0;
    let (x, _) = plot.place((0.0, 0.0));
    let x = x.clamp(half, (frame.form.width() - half).max(half));
    canvas.text(&words, (x, y - 20.0), Align::Middle, Ink::Tick)
}

fn mark(
    canvas: &Canvas<'_>,
    (plot, frame): (&Plot<'_>, &Frame),
    row: &Released,
    placed: &Row,
) -> Result<(), ChartError> {
    let middle = placed.middle;
    let shown = row.status() == Status::Shown;
    let estimate = row.estimate().filter(|_| shown);
    let ink = if estimate.is_some() {
        Ink::Value
    } else {
        Ink::Note
    };
    let end = frame.form.width();
    match frame.form {
        Form::Wide => {
            let first = |lines: &[String]| {
                middle + 5.0 - LEADING / 2.0 * lines.len().saturating_sub(1) as f64
            };
            let at = (frame.plot.0 - 18.0, first(&placed.label));
            set(canvas, &placed.label, at, (Align::End, Ink::Label))?;
            let x = if estimate.is_some() {
                frame.plot.1 + 18.0
            } else {
                frame.plot.0 + 4.0
            };
            set(
                canvas,
                &placed.words,
                (x, first(&placed.words)),
                (Align::Start, ink),
            )?;
            let at = (end, middle + 5.0);
            canvas.text(&placed.base, at, Align::End, Ink::Base)?;
        }
        Form::Narrow => {
            let at = (0.0, placed.top + 14.0);
            set(canvas, &placed.label, at, (Align::Start, Ink::Label))?;
            let y = at.1 + high(placed.label.len());
            set(canvas, &placed.words, (0.0, y), (Align::Start, ink))?;
            canvas.text(&placed.base, (end, y), Align::End, Ink::Base)?;
        }
    }
    let Some(estimate) = estimate else {
        return Ok(());
    };
    let height = (frame.bottom - middle) / (frame.bottom - frame.top).max(1.0);
    if let Some((lower, upper)) = row.lower().zip(row.upper()) {
        plot.path(vec![(lower, height), (upper, height)], Ink::Interval)?;
    }
    plot.dot((estimate, height), 6.0, Ink::Dot)
}
