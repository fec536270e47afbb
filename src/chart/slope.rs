//! Two waves side by side: a line a group from before to after, named and
//! with its figure at both ends, its interval as a thin bar. A group of which
//! either end is hidden has no line and keeps its place in a list below.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Plot, Span, drawing};
use super::figure::figure;
use super::ink::Ink;
use super::layout::{sized_apart, why_words};
use super::lines::{high, set, wrapped};
use super::text::width;
use super::{Caption, ChartError, Drawing, Form, MOST_ROWS, Svg};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Unit};

/// How far apart two intervals stand that would lie on one another.
const LANE: f64 = 5.0;
const LANES: usize = 5;

/// One group in two waves.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The group.
    pub label: String,
    /// Its figure in the earlier wave.
    pub before: &'a Released,
    /// Its figure in the later wave.
    pub after: &'a Released,
}

impl Change<'_> {
    fn ends(&self) -> Option<(f64, f64)> {
        figure_of(self.before).zip(figure_of(self.after))
    }
}

fn figure_of(row: &Released) -> Option<f64> {
    row.estimate().filter(|_| row.status() == Status::Shown)
}

/// Draws each group's change between two waves, whose names are given, the
/// earlier first.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` rows, where the drawing itself fails.
pub fn slope(
    changes: &[Change<'_>],
    names: (&str, &str),
    caption: &Caption<'_>,
) -> Result<Drawing, ChartError> {
    if changes.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} rows")));
    }
    Drawing::of(caption, |form, caption| one(changes, names, caption, form))
}

/// Where things stand across a drawing.
struct Frame {
    form: Form,
    ends: (f64, f64),
    /// The left edge of the names at the right, and their room.
    right: (f64, f64),
    /// Lines that a name may take.
    most: usize,
    values: f64,
}

impl Frame {
    fn of(shown: &[&Change<'_>], form: Form) -> Self {
        let words = shown
            .iter()
            .flat_map(|change| [change.before, change.after])
            .map(|row| width(&figure(row), Ink::Value));
        let values = words.fold(width("00%", Ink::Value), f64::max);
        let (ends, most) = match form {
            Form::Wide => ((236.0, 424.0), 3),
            Form::Narrow => ((values + 14.0, values + 104.0), 3),
        };
        let left = ends.1 + 14.0 + values + 8.0;
        Self {
            form,
            ends,
            right: (left, form.width() - left),
            most,
            values,
        }
    }

    fn lines(&self, change: &Change<'_>) -> Vec<String> {
        wrapped(&change.label, Ink::Label, self.right.1, self.most)
    }
}

fn one(
    changes: &[Change<'_>],
    names: (&str, &str),
    caption: &Caption<'_>,
    form: Form,
) -> Result<Svg, ChartError> {
    let (shown, hidden): (Vec<&Change<'_>>, Vec<&Change<'_>>) =
        changes.iter().partition(|change| change.ends().is_some());
    let frame = Frame::of(&shown, form);
    let needed: f64 = shown.iter().map(|c| high(frame.lines(c).len()) + 3.0).sum();
    let axis = Range::of(&shown);
    let heads = Heads::of(names, &frame, shown.is_empty());
    let top = heads.high + 12.0;
    let bottom = if shown.is_empty() {
        top
    } else {
        top + needed.max(axis.high) + 10.0
    };
    let listed: Vec<Listed> = hidden
        .iter()
        .map(|change| Listed::of(change, names, form))
        .collect();
    let list_high: f64 = listed.iter().map(|l| l.high).sum();
    let below = if listed.is_empty() {
        0.0
    } else {
        list_high + 14.0
    };
    drawing((form.width(), bottom + below), caption, |canvas| {
        if !shown.is_empty() {
            heads.draw(canvas, &frame)?;
            lines(canvas, (&frame, &axis), &shown, (top, bottom - 10.0))?;
        }
        let mut y = bottom + 14.0;
        for entry in &listed {
            entry.draw(canvas, form, y)?;
            y += entry.high;
        }
        Ok(())
    })
}

/// The names of the waves over the ends.
struct Heads {
    before: Vec<String>,
    after: Vec<String>,
    high: f64,
}

impl Heads {
    fn of(names: (&str, &str), frame: &Frame, none: bool) -> Self {
        let half = f64::midpoint(frame.ends.0, frame.ends.1) - 8.0;
        let room = match frame.form {
            Form::Wide => (half, frame.form.width() - half - 16.0),
            Form::Narrow => (half, frame.form.width() - frame.ends.1 + 10.0),
        };
        let before = wrapped(names.0, Ink::Tick, room.0, 2);
        let after = wrapped(names.1, Ink::Tick, room.1, 2);
        let most = if none {
            0
        } else {
            before.len().max(after.len())
        };
        Self {
            before,
            after,
            high: high(most),
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, frame: &Frame) -> Result<(), ChartError> {
        let foot = |lines: &[String]| self.high - 4.0 - high(lines.len().saturating_sub(1));
        let (before, after) = ((Align::End, Ink::Tick), (Align::Start, Ink::Tick));
        let left = match frame.form {
            Form::Wide => (frame.ends.0 + 4.0, before),
            Form::Narrow => (0.0, after),
        };
        set(canvas, &self.before, (left.0, foot(&self.before)), left.1)?;
        let right = match frame.form {
            Form::Wide => frame.ends.1 - 4.0,
            Form::Narrow => frame.ends.1 - 10.0,
        };
        set(canvas, &self.after, (right, foot(&self.after)), after)
    }
}

/// The values between which the lines run, and the pixels that they are worth.
struct Range {
    low: f64,
    top: f64,
    high: f64,
}

impl Range {
    fn of(shown: &[&Change<'_>]) -> Self {
        let rows = || shown.iter().flat_map(|c| [c.before, c.after]);
        let values: Vec<f64> = rows()
            .flat_map(|row| [row.estimate(), row.lower(), row.upper()])
            .flatten()
            .collect();
        let unit = rows().next().map_or(Unit::Fraction, Released::unit);
        // The scale is that of a whole axis, so that a small change looks
        // small; what of it holds no value is left out.
        let axis = Axis::holding(&values, unit);
        let whole = (axis.high - axis.low).max(f64::MIN_POSITIVE);
        let least = values.iter().copied().fold(axis.high, f64::min);
        let most = values.iter().copied().fold(axis.low, f64::max);
        let low = (least - whole * 0.02).max(axis.low);
        let top = (most + whole * 0.02).min(axis.high).max(low + whole * 0.04);
        Self {
            low,
            top,
            high: 12.0 + 250.0 * (top - low) / whole,
        }
    }
}

/// The lines, their ends and their names.
fn lines(
    canvas: &Canvas<'_>,
    (frame, range): (&Frame, &Range),
    shown: &[&Change<'_>],
    (top, bottom): (f64, f64),
) -> Result<(), ChartError> {
    let plot = canvas.plot(&Span {
        across: frame.ends,
        down: (top + 6.0, bottom - 6.0),
        x: (0.0, 1.0),
        y: (range.low, range.top),
    });
    let before: Vec<&Released> = shown.iter().map(|c| c.before).collect();
    let after: Vec<&Released> = shown.iter().map(|c| c.after).collect();
    let span = frame.ends.1 - frame.ends.0;
    let left: Vec<f64> = lanes(&before).iter().map(|at| at / span).collect();
    let right: Vec<f64> = lanes(&after).iter().map(|at| 1.0 - at / span).collect();
    for (index, change) in shown.iter().enumerate() {
        let Some((from, to)) = change.ends() else {
            continue;
        };
        interval(&plot, change.before, left[index])?;
        interval(&plot, change.after, right[index])?;
        let path = vec![(left[index], from), (right[index], to)];
        plot.path(path, Ink::Slope)?;
        plot.dot((left[index], from), 4.5, Ink::Dot)?;
        plot.dot((right[index], to), 4.5, Ink::Dot)?;
    }
    let bounds = (top, bottom);
    names(canvas, (frame, &plot), (shown, &before, bounds), Align::End)?;
    names(
        canvas,
        (frame, &plot),
        (shown, &after, bounds),
        Align::Start,
    )
}

fn interval(plot: &Plot<'_>, row: &Released, x: f64) -> Result<(), ChartError> {
    match row.lower().zip(row.upper()) {
        Some((lower, upper)) => plot.path(vec![(x, lower), (x, upper)], Ink::Whisker),
        None => Ok(()),
    }
}

/// Pixels inward for each end, so that intervals stand beside one another
/// where they overlap, as far as there is room.
fn lanes(rows: &[&Released]) -> Vec<f64> {
    let mut taken: Vec<Vec<(f64, f64)>> = vec![Vec::new(); LANES];
    let mut places = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let reach = row.lower().zip(row.upper()).or_else(|| {
            let at = row.estimate()?;
            Some((at, at))
        });
        let Some((lower, upper)) = reach else {
            places.push(0.0);
            continue;
        };
        let free = |lane: &Vec<(f64, f64)>| lane.iter().all(|(l, u)| upper < *l || lower > *u);
        let lane = taken.iter().position(free).unwrap_or(index % LANES);
        taken[lane].push((lower, upper));
        places.push(lane as f64 * LANE);
    }
    places
}

/// The names and figures of one end, moved apart where they would touch.
fn names(
    canvas: &Canvas<'_>,
    (frame, plot): (&Frame, &Plot<'_>),
    (shown, rows, bounds): (&[&Change<'_>], &[&Released], (f64, f64)),
    align: Align,
) -> Result<(), ChartError> {
    let with_name = align == Align::Start || frame.form == Form::Wide;
    let mut ends: Vec<(f64, &Released, Vec<String>)> = Vec::with_capacity(rows.len());
    for (change, row) in shown.iter().zip(rows) {
        let Some(estimate) = row.estimate() else {
            continue;
        };
        let lines = if with_name {
            frame.lines(change)
        } else {
            Vec::new()
        };
        ends.push((plot.place((0.0, estimate)).1, row, lines));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let sizes: Vec<(f64, f64)> = ends
        .iter()
        .map(|(y, _, lines)| (*y, high(lines.len().max(1)) + 3.0))
        .collect();
    let places = sized_apart(&sizes, bounds);
    let (edge, sign) = match align {
        Align::Start => (frame.ends.1, 1.0),
        _ => (frame.ends.0, -1.0),
    };
    for ((y, row, lines), middle) in ends.iter().zip(places) {
        let first = middle + 5.0 - high(lines.len().saturating_sub(1)) / 2.0;
        if (middle - y).abs() > 3.0 {
            let (from, to) = ((edge + sign * 5.5, *y), (edge + sign * 12.0, middle));
            canvas.line(from, to, Ink::Leader)?;
        }
        let x = edge + sign * 14.0;
        let value_first = match frame.form {
            Form::Wide => middle + 5.0,
            Form::Narrow => first,
        };
        canvas.text(&figure(row), (x, value_first), align, Ink::Value)?;
        let x = x + sign * (frame.values + 8.0);
        set(canvas, lines, (x, first), (align, Ink::Label))?;
    }
    Ok(())
}

/// A group that has no line.
struct Listed {
    name: Vec<String>,
    words: Vec<String>,
    high: f64,
}

impl Listed {
    fn of(change: &Change<'_>, names: (&str, &str), form: Form) -> Self {
        let (before, after) = (said(change.before), said(change.after));
        let words = if before == after {
            vec![before]
        } else {
            vec![
                format!("{}: {before}", names.0),
                format!("{}: {after}", names.1),
            ]
        };
        let (name_room, words_room) = match form {
            Form::Wide => (230.0, 416.0),
            Form::Narrow => (318.0, 318.0),
        };
        let name = wrapped(&change.label, Ink::Label, name_room, 2);
        let words: Vec<String> = words
            .iter()
            .flat_map(|words| wrapped(words, Ink::Note, words_room, 2))
            .collect();
        let lines = match form {
            Form::Wide => name.len().max(words.len()),
            Form::Narrow => name.len() + words.len(),
        };
        Self {
            name,
            words,
            high: high(lines) + 10.0,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, form: Form, y: f64) -> Result<(), ChartError> {
        let first = y + 14.0;
        set(canvas, &self.name, (0.0, first), (Align::Start, Ink::Label))?;
        let at = match form {
            Form::Wide => (244.0, first),
            Form::Narrow => (0.0, first + high(self.name.len())),
        };
        set(canvas, &self.words, at, (Align::Start, Ink::Note))
    }
}

/// A figure, or why there is none.
fn said(row: &Released) -> String {
    match row.status() {
        Status::Shown => figure(row),
        _ => why_words(row),
    }
}
