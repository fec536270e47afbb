//! When people leave: a point a month since starting, with its interval as a
//! bar, and a line where the programme ends. A month that is hidden keeps its
//! place. Joins nothing and smooths nothing.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Plot, Span, drawing};
use super::drawing::{Drawing, Form, Svg};
use super::figure::{base, shorthand};
use super::ink::Ink;
use super::layout::{
    LINE, axis_up, broken, cells_apart, kept_within, paragraph, room_left, shorthand_words,
};
use super::{Caption, ChartError};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Unit};

const DOWN: (f64, f64) = (30.0, 250.0);
const TICKS: f64 = DOWN.1 + 18.0;
const TITLE: f64 = TICKS + 19.0;
const HEADING: f64 = TITLE + 27.0;
const BASES: f64 = HEADING + 20.0;

/// The most months: five years.
pub const MOST_MONTHS: u32 = 60;

/// One month since starting.
#[derive(Clone, Copy, Debug)]
pub struct Month<'a> {
    /// The month, from 1.
    pub month: u32,
    /// Its rate, or why there is none.
    pub row: &'a Released,
}

/// Draws months in their order; `ends` is the month at whose end the
/// programme ends.
///
/// # Errors
/// `ChartError` for a month past `MOST_MONTHS`, or where the drawing fails.
pub fn months(
    of: &[Month<'_>],
    ends: Option<u32>,
    caption: &Caption<'_>,
) -> Result<Drawing, ChartError> {
    let last = of.iter().map(|month| month.month).max().unwrap_or(0);
    if last > MOST_MONTHS {
        return Err(ChartError(format!("more than {MOST_MONTHS} months")));
    }
    let values: Vec<f64> = of
        .iter()
        .filter(|month| month.row.status() == Status::Shown)
        .flat_map(|month| [month.row.estimate(), month.row.lower(), month.row.upper()])
        .flatten()
        .collect();
    let shown = of.iter().find(|month| month.row.status() == Status::Shown);
    let unit = shown.map_or(Unit::Per100PersonMonths, |month| month.row.unit());
    let axis = Axis::holding(&values, unit);
    Drawing::of(caption, |form, caption| {
        Chart::new(of, (last, ends), &axis, form).draw(caption)
    })
}

struct Chart<'a> {
    of: &'a [Month<'a>],
    last: u32,
    ends: Option<u32>,
    axis: &'a Axis,
    form: Form,
    across: (f64, f64),
    notes: Vec<String>,
}

impl<'a> Chart<'a> {
    fn new(
        of: &'a [Month<'a>],
        (last, ends): (u32, Option<u32>),
        axis: &'a Axis,
        form: Form,
    ) -> Self {
        Self {
            of,
            last: last.max(ends.unwrap_or(0)).min(MOST_MONTHS).max(1),
            ends,
            axis,
            form,
            across: (room_left(axis).max(24.0), form.width() - 6.0),
            notes: broken(&shorthand_words(of.iter().map(|month| month.row)), form),
        }
    }

    fn draw(&self, caption: &Caption<'_>) -> Result<Svg, ChartError> {
        let height = BASES + 8.0 + LINE * self.notes.len() as f64;
        drawing((self.form.width(), height), caption, |canvas| {
            let plot = canvas.plot(&Span {
                across: self.across,
                down: DOWN,
                x: (0.0, f64::from(self.last)),
                y: (self.axis.low, self.axis.high),
            });
            axis_up(canvas, &plot, self.axis, self.across)?;
            self.ticks(canvas, &plot)?;
            self.end(canvas, &plot)?;
            for month in self.of {
                canvas.group("row", || self.month(&plot, month))?;
            }
            self.hidden(canvas, &plot)?;
            self.bases(canvas, caption, &plot)?;
            paragraph(canvas, &self.notes, (0.0, BASES + 20.0), Ink::Note)
        })
    }

    fn step(&self) -> u32 {
        match (self.form, self.last) {
            (_, 0..=6) => 1,
            (Form::Wide, 0..=36) | (Form::Narrow, 0..=18) => 3,
            (Form::Narrow, 49..) => 12,
            _ => 6,
        }
    }

    fn ticks(&self, canvas: &Canvas<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        let step = usize::try_from(self.step()).unwrap_or(1);
        for month in (0..=self.last).step_by(step) {
            let words = month.to_string();
            let (x, _) = plot.place((f64::from(month), self.axis.low));
            canvas.line((x, DOWN.1), (x, DOWN.1 + 5.0), Ink::Reference)?;
            let x = kept_within(x, &words, Ink::Tick, (0.0, self.form.width()));
            canvas.text(&words, (x, TICKS), Align::Middle, Ink::Tick)?;
        }
        let middle = f64::midpoint(self.across.0, self.across.1);
        let title = "months since starting";
        canvas.text(title, (middle, TITLE), Align::Middle, Ink::Tick)
    }

    fn end(&self, canvas: &Canvas<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        let Some(end) = self.ends.filter(|end| *end <= self.last) else {
            return Ok(());
        };
        let (x, _) = plot.place((f64::from(end), self.axis.low));
        canvas.line((x, DOWN.0 - 8.0), (x, DOWN.1), Ink::Moment)?;
        let words = format!("programme ends at {end} months");
        let x = kept_within(x, &words, Ink::Tick, (0.0, self.form.width()));
        canvas.text(&words, (x, DOWN.0 - 15.0), Align::Middle, Ink::Tick)
    }

    fn month(&self, plot: &Plot<'_>, month: &Month<'_>) -> Result<(), ChartError> {
        let shown = month.row.status() == Status::Shown;
        let Some(rate) = month.row.estimate().filter(|_| shown) else {
            return Ok(());
        };
        let x = f64::from(month.month) - 0.5;
        if let Some((lower, upper)) = month.row.lower().zip(month.row.upper()) {
            plot.path(vec![(x, lower), (x, upper)], Ink::Bar(0))?;
        }
        plot.dot((x, rate), 4.0, Ink::Point(0))
    }

    /// The mark of each run of months without a figure, once.
    fn hidden(&self, canvas: &Canvas<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        let mut cells: Vec<(f64, String)> = Vec::new();
        let mut run: Option<(Status, f64, f64)> = None;
        let mut close = |run: Option<(Status, f64, f64)>| {
            cells.extend(run.map(|(status, from, to)| {
                let (x, _) = plot.place((f64::midpoint(from, to), self.axis.low));
                (x, shorthand(status))
            }));
        };
        for month in self.of {
            let (status, at) = (month.row.status(), f64::from(month.month));
            run = match run {
                Some((same, from, to)) if same == status && to + 1.0 >= at => {
                    Some((same, from, at))
                }
                before => {
                    close(before);
                    (status != Status::Shown).then_some((status, at - 1.0, at))
                }
            };
        }
        close(run);
        for (x, words) in cells_apart(cells, |_| true, (self.across.0, self.form.width())) {
            canvas.text(&words, (x, DOWN.1 - 8.0), Align::Middle, Ink::Note)?;
        }
        Ok(())
    }

    /// How many are still followed, at the months that are named.
    fn bases(
        &self,
        canvas: &Canvas<'_>,
        caption: &Caption<'_>,
        plot: &Plot<'_>,
    ) -> Result<(), ChartError> {
        let words = super::text::ellipsis(caption.base, Ink::Tick, self.form.width());
        canvas.text(&words, (0.0, HEADING), Align::Start, Ink::Tick)?;
        let step = self.step();
        let cells: Vec<(f64, String)> = self
            .of
            .iter()
            .filter(|month| month.month % step == 0 || month.month == 1)
            .filter(|month| month.row.status() == Status::Shown)
            .map(|month| {
                let x = f64::from(month.month) - 0.5;
                (plot.place((x, self.axis.low)).0, base(month.row))
            })
            .collect();
        for (x, words) in cells_apart(cells, |_| true, (0.0, self.form.width())) {
            canvas.text(&words, (x, BASES), Align::Middle, Ink::Base)?;
        }
        Ok(())
    }
}
