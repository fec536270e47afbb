//! Rows along one axis: a name at the left, marks in the middle, words at the
//! right; on a phone the words stand above their marks. What waterfalls, love
//! plots and charts of sites share. Draws what it is given, in that order.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Span, drawing};
use super::ink::Ink;
use super::layout::kept_within;
use super::lines::{LEADING, high, set, widest, wrapped};
use super::symbols::{Legend, Symbol};
use super::{Caption, ChartError, Form, Svg};

/// One mark of a row, by the values it stands at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Placed {
    /// A thick bar.
    Bar(f64, f64, Ink),
    /// A line; how many pixels below the row's middle.
    Reach(f64, f64, f64),
    /// A shape of so many pixels.
    At(f64, Symbol, f64),
}

/// One row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Its name.
    pub(super) label: String,
    /// What stands beside its marks, each piece in its ink.
    pub(super) words: Vec<(String, Words)>,
    /// Its marks, painted in order; none where there is nothing to show.
    pub(super) marks: Vec<Placed>,
    /// The value from which a thin line leads down to the next row.
    pub(super) join: Option<f64>,
}

/// How strongly words beside a mark are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// A figure.
    Figure,
    /// What is said of it, or why there is none.
    Aside,
}

impl Words {
    fn ink(self) -> Ink {
        match self {
            Self::Figure => Ink::Value,
            Self::Aside => Ink::Note,
        }
    }
}

/// A chart of rows.
pub(super) struct Rows {
    /// Its rows, from the top.
    pub(super) rows: Vec<Row>,
    /// Its axis; none where nothing stands on it.
    pub(super) axis: Option<Axis>,
    /// A tick in words.
    pub(super) tick: fn(&Axis, f64) -> String,
    /// Upright lines by their values.
    pub(super) uprights: Vec<(f64, Ink)>,
    /// What stands over one of them.
    pub(super) over: Option<(f64, String)>,
    /// The axis's title.
    pub(super) foot: String,
    /// What shapes stand for.
    pub(super) key: Vec<(Symbol, String)>,
}

const FOOT: f64 = 24.0;
const TITLE: f64 = 18.0;

/// A row where it stands.
struct Set {
    top: f64,
    middle: f64,
    label: Vec<String>,
    words: Vec<(String, Ink)>,
}

struct Frame {
    form: Form,
    plot: (f64, f64),
    top: f64,
    bottom: f64,
    rows: Vec<Set>,
}

impl Frame {
    fn of(of: &Rows, form: Form) -> Self {
        let from = if of.over.is_some() { 28.0 } else { 6.0 };
        let plot = match form {
            Form::Wide => (204.0, 462.0),
            Form::Narrow => (18.0, 302.0),
        };
        let mut top = from;
        let mut rows = Vec::with_capacity(of.rows.len());
        for row in &of.rows {
            let (set, next) = Set::of(row, form, top);
            rows.push(set);
            top = next;
        }
        Self {
            form,
            plot,
            top: from,
            bottom: top,
            rows,
        }
    }

    /// The stretches that an upright line may run along: on a phone not
    /// through the words above each row.
    fn stretches(&self, of: &Rows) -> Vec<(f64, f64)> {
        match self.form {
            Form::Wide => vec![(self.top, self.bottom)],
            Form::Narrow => self
                .rows
                .iter()
                .zip(&of.rows)
                .filter(|(_, row)| !row.marks.is_empty())
                .map(|(set, _)| (set.middle - 10.0, set.middle + 10.0))
                .collect(),
        }
    }
}

impl Set {
    /// The row from a height down, and the height of the next.
    fn of(row: &Row, form: Form, top: f64) -> (Self, f64) {
        let bare = row.marks.is_empty();
        let (label_room, most, room) = match (form, bare) {
            (Form::Wide, false) => (186.0, 4, 180.0),
            (Form::Wide, true) => (186.0, 4, 450.0),
            (Form::Narrow, _) => (318.0, 4, 318.0),
        };
        let label = wrapped(&row.label, Ink::Label, label_room, most);
        let words: Vec<(String, Ink)> = row
            .words
            .iter()
            .flat_map(|(words, how)| {
                let lines = wrapped(words, how.ink(), room, 4);
                lines.into_iter().map(|line| (line, how.ink()))
            })
            .collect();
        let (middle, next) = match form {
            Form::Wide => {
                let tall = high(label.len().max(words.len()).max(1)) + 20.0;
                (top + tall / 2.0, top + tall)
            }
            Form::Narrow => {
                let middle = top + high(label.len() + words.len()) + 12.0;
                (middle, middle + if bare { 8.0 } else { 26.0 })
            }
        };
        let set = Self {
            top,
            middle,
            label,
            words,
        };
        (set, next)
    }
}

impl Rows {
    /// Draws the chart in one form.
    pub(super) fn draw(&self, caption: &Caption<'_>, form: Form) -> Result<Svg, ChartError> {
        let frame = Frame::of(self, form);
        let key = Legend::new(self.key.clone(), form.width());
        let (foot, title) = match (&self.axis, self.foot.is_empty()) {
            (None, _) => (2.0, 0.0),
            (Some(_), true) => (FOOT, 0.0),
            (Some(_), false) => (FOOT, TITLE),
        };
        let end = frame.bottom + foot + title;
        let height = end + key.high() + if key.high() > 0.0 { 8.0 } else { 0.0 };
        drawing((form.width(), height), caption, |canvas| {
            if let Some(axis) = &self.axis {
                let span = Span {
                    across: frame.plot,
                    down: (frame.top, frame.bottom),
                    x: (axis.low, axis.high),
                    y: (0.0, 1.0),
                };
                let place = |value: f64| span.place((value, 0.0)).0;
                self.grid(canvas, axis, &frame, &place)?;
                self.joins(canvas, &frame, &place)?;
                for (row, set) in self.rows.iter().zip(&frame.rows) {
                    canvas.group("row", || {
                        marks(canvas, row, set, &place)?;
                        words(canvas, row, set, &frame)
                    })?;
                }
                if title > 0.0 {
                    let middle = f64::midpoint(frame.plot.0, frame.plot.1);
                    let ends = (0.0, form.width());
                    let x = kept_within(middle, &self.foot, Ink::Tick, ends);
                    let at = (x, frame.bottom + foot + title - 5.0);
                    canvas.text(&self.foot, at, Align::Middle, Ink::Tick)?;
                }
            } else {
                for (row, set) in self.rows.iter().zip(&frame.rows) {
                    canvas.group("row", || words(canvas, row, set, &frame))?;
                }
            }
            key.draw(canvas, end + 4.0)
        })
    }

    fn grid(
        &self,
        canvas: &Canvas<'_>,
        axis: &Axis,
        frame: &Frame,
        place: &impl Fn(f64) -> f64,
    ) -> Result<(), ChartError> {
        let said: Vec<String> = axis.ticks.iter().map(|t| (self.tick)(axis, *t)).collect();
        let each = (frame.plot.1 - frame.plot.0) / axis.ticks.len().saturating_sub(1).max(1) as f64;
        let needed = widest(said.iter().map(String::as_str), Ink::Tick) + 10.0;
        let every = (needed / each).ceil().max(1.0) as usize;
        let zero = axis.ticks.iter().position(|tick| tick.abs() < 1e-12);
        for (index, (tick, said)) in axis.ticks.iter().zip(&said).enumerate() {
            let x = place(*tick);
            for (from, to) in frame.stretches(self) {
                canvas.line((x, from), (x, to), Ink::Grid)?;
            }
            if zero.unwrap_or(0).abs_diff(index).is_multiple_of(every) {
                let middle = kept_within(x, said, Ink::Tick, (0.0, frame.form.width()));
                let at = (middle, frame.bottom + 17.0);
                canvas.text(said, at, Align::Middle, Ink::Tick)?;
            }
        }
        for (value, ink) in &self.uprights {
            let x = place(*value);
            for (from, to) in frame.stretches(self) {
                canvas.line((x, from), (x, to), *ink)?;
            }
        }
        if let Some((value, said)) = &self.over {
            let ends = (0.0, frame.form.width());
            let x = kept_within(place(*value), said, Ink::Tick, ends);
            canvas.text(said, (x, frame.top - 11.0), Align::Middle, Ink::Tick)?;
        }
        Ok(())
    }

    /// Thin lines from row to row; on a phone words stand in their way.
    fn joins(
        &self,
        canvas: &Canvas<'_>,
        frame: &Frame,
        place: &impl Fn(f64) -> f64,
    ) -> Result<(), ChartError> {
        if frame.form == Form::Narrow {
            return Ok(());
        }
        for (pair, row) in frame.rows.windows(2).zip(&self.rows) {
            if let ([from, to], Some(value)) = (pair, row.join) {
                let x = place(value);
                canvas.line((x, from.middle), (x, to.middle), Ink::Join)?;
            }
        }
        Ok(())
    }
}

fn marks(
    canvas: &Canvas<'_>,
    row: &Row,
    set: &Set,
    place: &impl Fn(f64) -> f64,
) -> Result<(), ChartError> {
    for mark in &row.marks {
        match *mark {
            Placed::Bar(from, to, ink) => {
                let (left, right) = (place(from.min(to)), place(from.max(to)));
                // A step of nothing is still there.
                let right = right.max(left + 2.0);
                let (top, bottom) = (set.middle - 7.0, set.middle + 7.0);
                canvas.rectangle((left, top), (right, bottom), ink)?;
            }
            Placed::Reach(from, to, down) => {
                let y = set.middle + down;
                canvas.line((place(from), y), (place(to), y), Ink::Interval)?;
            }
            Placed::At(value, symbol, size) => {
                symbol.draw(canvas, (place(value), set.middle), size)?;
            }
        }
    }
    Ok(())
}

fn words(canvas: &Canvas<'_>, row: &Row, set: &Set, frame: &Frame) -> Result<(), ChartError> {
    let first = |lines: usize| set.middle + 5.0 - LEADING / 2.0 * lines.saturating_sub(1) as f64;
    let (x, mut y) = match frame.form {
        Form::Wide => {
            let at = (frame.plot.0 - 18.0, first(set.label.len()));
            self::set(canvas, &set.label, at, (Align::End, Ink::Label))?;
            let x = match row.marks.is_empty() {
                true => frame.plot.0 + 4.0,
                false => frame.plot.1 + 18.0,
            };
            (x, first(set.words.len()))
        }
        Form::Narrow => {
            let at = (0.0, set.top + 14.0);
            self::set(canvas, &set.label, at, (Align::Start, Ink::Label))?;
            (0.0, at.1 + high(set.label.len()))
        }
    };
    for (said, ink) in &set.words {
        canvas.text(said, (x, y), Align::Start, *ink)?;
        y += LEADING;
    }
    Ok(())
}
