//! Interval dots: a row a group, a dot at its figure, a bar over its interval,
//! its base at the right edge, and everyone as a line with a band behind. A
//! group that is hidden keeps its place.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Plot, Span, drawing};
use super::drawing::{Drawing, Form};
use super::figure::{base, figure, group_label};
use super::ink::Ink;
use super::layout::{WHITE, kept_within, paragraph, ticks_across, why_words};
use super::text::{ellipsis, two_lines, width};
use super::{Caption, ChartError, MOST_ROWS};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Unit};

/// From one line of a label to the next.
const LABEL_LINE: f64 = 17.0;
/// The room under the rows for the axis's numbers.
const FOOT: f64 = 30.0;
const RADIUS: f64 = 6.5;

/// Draws a row for each of `rows`, in the order given, against `everyone`.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` rows, or where the drawing itself
/// fails.
pub fn interval_dots(
    rows: &[&Released],
    everyone: Option<&Released>,
    caption: &Caption<'_>,
) -> Result<Drawing, ChartError> {
    if rows.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} rows")));
    }
    let everyone = everyone.filter(|row| is_shown(row));
    let axis = axis_of(rows, everyone);
    Drawing::of(caption, |form, caption| {
        let page = Page::of(form, rows, (everyone, &axis), caption);
        drawing((form.width(), page.bottom + FOOT), caption, |canvas| {
            page.paint(canvas, &axis, (everyone, caption))
        })
    })
}

fn is_shown(row: &Released) -> bool {
    row.status() == Status::Shown && row.estimate().is_some()
}

fn axis_of(rows: &[&Released], everyone: Option<&Released>) -> Axis {
    let all = || rows.iter().copied().chain(everyone);
    let values: Vec<f64> = all()
        .filter(|row| is_shown(row))
        .flat_map(|row| [row.estimate(), row.lower(), row.upper()])
        .flatten()
        .collect();
    let unit = all().next().map_or(Unit::Fraction, Released::unit);
    Axis::holding(&values, unit)
}

/// One row and where it stands.
struct Row<'a> {
    row: &'a Released,
    label: Vec<String>,
    /// The baseline of the label's first line.
    label_y: f64,
    /// In place of a mark, why there is none.
    why: Vec<String>,
    /// The height of the mark.
    y: f64,
}

/// Where everything stands.
struct Page<'a> {
    form: Form,
    rows: Vec<Row<'a>>,
    /// Left and right of the plot.
    across: (f64, f64),
    /// The baseline of the words over the plot, and of the bases' heading.
    over: (f64, f64),
    top: f64,
    bottom: f64,
}

impl<'a> Page<'a> {
    fn of(
        form: Form,
        rows: &[&'a Released],
        (everyone, axis): (Option<&Released>, &Axis),
        caption: &Caption<'_>,
    ) -> Self {
        let heading = width(caption.base, Ink::Tick);
        let bases = rows.iter().map(|row| width(&base(row), Ink::Base));
        let room = bases.fold(0.0, f64::max) + 2.0 * WHITE + RADIUS;
        let across = match form {
            Form::Wide => (204.0, (form.width() - room.max(90.0)).max(360.0)),
            Form::Narrow => (WHITE, (form.width() - room.max(52.0)).max(160.0)),
        };
        // Everyone's name stands over its line; where the heading is in its
        // way, the heading goes a line up.
        let beside = everyone.is_none_or(|row| {
            let share = (row.estimate().unwrap_or(axis.low) - axis.low) / (axis.high - axis.low);
            let x = across.0 + share * (across.1 - across.0);
            let half = width(&everyone_words(row), Ink::Tick) / 2.0;
            x.max(half) + half + 2.0 * WHITE + heading <= form.width()
        });
        let (over, top) = if beside {
            ((22.0, 22.0), 34.0)
        } else {
            ((40.0, 20.0), 52.0)
        };
        let mut page = Self {
            form,
            rows: Vec::new(),
            across,
            over,
            top,
            bottom: top,
        };
        for row in rows.iter().copied() {
            page.add(row);
        }
        page
    }

    fn add(&mut self, row: &'a Released) {
        let name = group_label(row);
        let why = |room: f64| {
            if is_shown(row) {
                Vec::new()
            } else {
                two_lines(&why_words(row), Ink::Note, room)
            }
        };
        let top = self.bottom;
        let placed = match self.form {
            Form::Wide => {
                let label = two_lines(&name, Ink::Label, self.across.0 - 18.0);
                let y = top + 22.0;
                let label_y = if label.len() > 1 { y - 4.0 } else { y + 5.0 };
                self.bottom += 44.0;
                let why = why(self.across.1 - self.across.0 - WHITE);
                Row {
                    row,
                    label,
                    label_y,
                    why,
                    y,
                }
            }
            Form::Narrow => {
                let label = two_lines(&name, Ink::Label, self.form.width());
                let why = why(self.form.width());
                let label_y = top + 18.0;
                let under = label_y + LABEL_LINE * (label.len().max(1) - 1) as f64;
                // A mark has its figure above it, a reason stands alone.
                let y = under + if why.is_empty() { 28.0 } else { 15.0 };
                self.bottom = y + 14.0 + LABEL_LINE * why.len().saturating_sub(1) as f64;
                Row {
                    row,
                    label,
                    label_y,
                    why,
                    y,
                }
            }
        };
        self.rows.push(placed);
    }

    fn paint(
        &self,
        canvas: &Canvas<'_>,
        axis: &Axis,
        (everyone, caption): (Option<&Released>, &Caption<'_>),
    ) -> Result<(), ChartError> {
        // Upwards the plot's values are the canvas's own pixels.
        let plot = canvas.plot(&Span {
            across: self.across,
            down: (self.top, self.bottom.max(self.top + 1.0)),
            x: (axis.low, axis.high),
            y: (self.bottom.max(self.top + 1.0), self.top),
        });
        self.grid(canvas, &plot, axis)?;
        if let Some(everyone) = everyone {
            self.reference(canvas, &plot, everyone)?;
        }
        let heading = ellipsis(caption.base, Ink::Tick, self.form.width());
        let at = (self.form.width(), self.over.1);
        canvas.text(&heading, at, Align::End, Ink::Tick)?;
        for row in &self.rows {
            canvas.group("row", || self.one(canvas, &plot, row))?;
        }
        Ok(())
    }

    fn grid(&self, canvas: &Canvas<'_>, plot: &Plot<'_>, axis: &Axis) -> Result<(), ChartError> {
        let place = |value: f64| plot.place((value, self.top)).0;
        for (tick, middle, label) in ticks_across(axis, place, (0.0, self.form.width())) {
            let x = place(tick);
            canvas.line((x, self.top), (x, self.bottom), Ink::Grid)?;
            canvas.text(
                &label,
                (middle, self.bottom + 20.0),
                Align::Middle,
                Ink::Tick,
            )?;
        }
        Ok(())
    }

    /// Everyone: the band of the interval, the line of the figure, its name
    /// above.
    fn reference(
        &self,
        canvas: &Canvas<'_>,
        plot: &Plot<'_>,
        everyone: &Released,
    ) -> Result<(), ChartError> {
        let Some(estimate) = everyone.estimate() else {
            return Ok(());
        };
        if let Some((lower, upper)) = everyone.lower().zip(everyone.upper()) {
            let (from, to) = (
                plot.place((lower, self.top)),
                plot.place((upper, self.bottom)),
            );
            canvas.rectangle(from, to, Ink::Band)?;
        }
        let (x, _) = plot.place((estimate, self.top));
        canvas.line((x, self.top - 6.0), (x, self.bottom), Ink::Reference)?;
        let words = everyone_words(everyone);
        let middle = kept_within(x, &words, Ink::Tick, (0.0, self.form.width()));
        canvas.text(&words, (middle, self.over.0), Align::Middle, Ink::Tick)
    }

    fn one(&self, canvas: &Canvas<'_>, plot: &Plot<'_>, row: &Row<'_>) -> Result<(), ChartError> {
        let (x, align) = match self.form {
            Form::Wide => (self.across.0 - 18.0, Align::End),
            Form::Narrow => (0.0, Align::Start),
        };
        for (line, words) in row.label.iter().enumerate() {
            let at = (x, row.label_y + LABEL_LINE * line as f64);
            canvas.text(words, at, align, Ink::Label)?;
        }
        let Some(estimate) = row.row.estimate().filter(|_| row.why.is_empty()) else {
            let at = match self.form {
                Form::Wide if row.why.len() > 1 => (self.across.0 + 4.0, row.y - 4.0),
                Form::Wide => (self.across.0 + 4.0, row.y + 5.0),
                Form::Narrow => (0.0, row.y + 5.0),
            };
            return paragraph(canvas, &row.why, at, Ink::Note);
        };
        if let Some((lower, upper)) = row.row.lower().zip(row.row.upper()) {
            plot.path(vec![(lower, row.y), (upper, row.y)], Ink::Interval)?;
        }
        plot.dot((estimate, row.y), RADIUS, Ink::Dot)?;
        let words = figure(row.row);
        let ends = match self.form {
            // The name ends before, the base starts after.
            Form::Wide => (self.across.0 - 10.0, self.across.1 + WHITE),
            Form::Narrow => (0.0, self.form.width()),
        };
        let middle = kept_within(plot.place((estimate, row.y)).0, &words, Ink::Value, ends);
        canvas.text(&words, (middle, row.y - 10.0), Align::Middle, Ink::Value)?;
        let at = (self.form.width(), row.y + 5.0);
        canvas.text(&base(row.row), at, Align::End, Ink::Base)
    }
}

fn everyone_words(row: &Released) -> String {
    format!("everyone {}", figure(row))
}
