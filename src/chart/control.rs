//! A control chart: a point a period, told apart by shape and shade, the mean
//! and the limits that hold at each point, and the target. Judges no point
//! and moves no limit.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Plot, Span, drawing};
use super::drawing::{Drawing, Form, Svg};
use super::figure::amount;
use super::ink::{Cause, Ink};
use super::layout::{LINE, apart, axis_up, room_left};
use super::symbols::{Legend, Symbol};
use super::text::ellipsis;
use super::trend::names;
use super::{Caption, ChartError, MOST_ROWS};
use staywise_core::domain::Unit;

const DOWN: (f64, f64) = (14.0, 244.0);
const NAMED: f64 = DOWN.1 + 20.0;
/// From one name at the right to the next.
const BESIDE: f64 = 18.0;

/// One point.
#[derive(Clone, Debug, PartialEq)]
pub struct Charted {
    /// Its period in few letters.
    pub label: String,
    /// Its figure.
    pub value: f64,
    /// What it is put down to.
    pub cause: Cause,
    /// Mean, lower and upper limit at it.
    pub limits: Option<(f64, f64, f64)>,
}

/// What a control chart is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlChart {
    /// The points, oldest first.
    pub points: Vec<Charted>,
    /// The target, where there is one.
    pub target: Option<f64>,
    /// What the figures are measured in.
    pub unit: Unit,
}

/// What a cause is called in a key.
#[must_use]
pub fn cause_words(cause: Cause) -> &'static str {
    match cause {
        Cause::Common => "as usual",
        Cause::Better => "unusual, better",
        Cause::Worse => "unusual, worse",
        Cause::Either => "unusual",
    }
}

fn symbol(cause: Cause) -> Symbol {
    let ink = Ink::Signal(cause);
    match cause {
        Cause::Common => Symbol::Round(ink),
        Cause::Better => Symbol::Diamond(ink),
        Cause::Worse => Symbol::Square(ink),
        Cause::Either => Symbol::Triangle(ink),
    }
}

/// Draws one control chart.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` points, for a figure that is no
/// number, or where the drawing fails.
pub fn control(of: &ControlChart, caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if of.points.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} points")));
    }
    let limits = of.points.iter().filter_map(|point| point.limits);
    let values: Vec<f64> = of
        .points
        .iter()
        .map(|point| point.value)
        .chain(limits.flat_map(|(mean, lower, upper)| [mean, lower, upper]))
        .chain(of.target)
        .collect();
    if values.iter().any(|value| !value.is_finite()) {
        return Err(ChartError("a point without a place".to_owned()));
    }
    let axis = Axis::holding(&values, of.unit);
    Drawing::of(caption, |form, caption| {
        Chart::new(of, &axis, form).draw(caption)
    })
}

struct Chart<'a> {
    of: &'a ControlChart,
    axis: &'a Axis,
    form: Form,
    across: (f64, f64),
    named: Vec<Vec<String>>,
    key: Legend,
}

impl<'a> Chart<'a> {
    fn new(of: &'a ControlChart, axis: &'a Axis, form: Form) -> Self {
        let across = match form {
            Form::Wide => (room_left(axis).max(40.0), 508.0),
            Form::Narrow => (room_left(axis), form.width() - 6.0),
        };
        let labels: Vec<String> = of.points.iter().map(|p| p.label.clone()).collect();
        let slot = (across.1 - across.0) / labels.len().max(1) as f64;
        let (_, named) = names(&labels, slot);
        let causes = Cause::ALL.into_iter();
        let mut key: Vec<(Symbol, String)> = causes
            .filter(|cause| of.points.iter().any(|point| point.cause == *cause))
            .map(|cause| (symbol(cause), cause_words(cause).to_owned()))
            .collect();
        if form == Form::Narrow {
            let lines = lines_of(of).into_iter();
            key.extend(lines.map(|(_, ink, words)| (Symbol::Stroke(ink), words)));
        }
        Self {
            of,
            axis,
            form,
            across,
            named,
            key: Legend::new(key, form.width()),
        }
    }

    fn draw(&self, caption: &Caption<'_>) -> Result<Svg, ChartError> {
        let deepest = self.named.iter().map(Vec::len).max().unwrap_or(0);
        let foot = NAMED + LINE * deepest as f64;
        let height = foot + self.key.high() + 2.0;
        drawing((self.form.width(), height), caption, |canvas| {
            let plot = canvas.plot(&Span {
                across: self.across,
                down: DOWN,
                x: (0.0, self.of.points.len().max(1) as f64),
                y: (self.axis.low, self.axis.high),
            });
            axis_up(canvas, &plot, self.axis, self.across)?;
            self.periods(canvas, &plot)?;
            self.limits(&plot)?;
            self.points(canvas, &plot)?;
            if self.form == Form::Wide {
                self.beside(canvas, &plot)?;
            }
            self.key.draw(canvas, foot)
        })
    }

    fn periods(&self, canvas: &Canvas<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        for (index, name) in self.named.iter().enumerate() {
            let (x, _) = plot.place((index as f64 + 0.5, self.axis.low));
            for (line, words) in name.iter().enumerate() {
                let at = (x, NAMED + LINE * line as f64);
                let half = super::text::width(words, Ink::Tick) / 2.0;
                let x = at.0.clamp(half, (self.form.width() - half).max(half));
                canvas.text(words, (x, at.1), Align::Middle, Ink::Tick)?;
            }
        }
        Ok(())
    }

    /// Mean, limits and target, each as a line over the points it holds at.
    fn limits(&self, plot: &Plot<'_>) -> Result<(), ChartError> {
        let limits: Vec<_> = self.of.points.iter().map(|point| point.limits).collect();
        let mut from = 0;
        while from < limits.len() {
            let same = limits[from..].iter().take_while(|of| **of == limits[from]);
            let to = from + same.count();
            if let Some((mean, lower, upper)) = limits[from] {
                let (left, right) = (from as f64, to as f64);
                for (value, ink) in [
                    (mean, Ink::Reference),
                    (lower, Ink::Inner),
                    (upper, Ink::Inner),
                ] {
                    plot.path(vec![(left, value), (right, value)], ink)?;
                }
            }
            from = to;
        }
        let Some(target) = self.of.target else {
            return Ok(());
        };
        let end = self.of.points.len().max(1) as f64;
        plot.path(vec![(0.0, target), (end, target)], Ink::Target)
    }

    fn points(&self, canvas: &Canvas<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        let places: Vec<(f64, f64)> = self
            .of
            .points
            .iter()
            .enumerate()
            .map(|(index, point)| (index as f64 + 0.5, point.value))
            .collect();
        if places.len() > 1 {
            plot.path(places.clone(), Ink::Leader)?;
        }
        for (place, point) in places.iter().zip(&self.of.points) {
            let at = plot.place(*place);
            canvas.group("row", || symbol(point.cause).draw(canvas, at, 5.0))?;
        }
        Ok(())
    }

    /// Each line's name at its end.
    fn beside(&self, canvas: &Canvas<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        let end = self.of.points.len() as f64;
        let mut lines: Vec<(f64, Ink, String)> = lines_of(self.of)
            .into_iter()
            .map(|(value, ink, words)| (plot.place((end, value)).1, ink, words))
            .collect();
        lines.sort_by(|a, b| a.0.total_cmp(&b.0));
        let heights: Vec<f64> = lines.iter().map(|line| line.0).collect();
        let left = self.across.1 + 22.0;
        for ((height, ink, words), y) in lines.iter().zip(apart(&heights, BESIDE, DOWN)) {
            if (y - height).abs() > 2.0 {
                canvas.line((self.across.1 + 2.0, *height), (left - 4.0, y), Ink::Leader)?;
            } else {
                canvas.line((self.across.1 + 2.0, y), (left - 4.0, y), *ink)?;
            }
            let words = ellipsis(words, Ink::Tick, self.form.width() - left);
            canvas.text(&words, (left, y + 4.5), Align::Start, Ink::Tick)?;
        }
        Ok(())
    }
}

/// The lines that hold at the last point, and the target, in words.
fn lines_of(of: &ControlChart) -> Vec<(f64, Ink, String)> {
    let said = |name: &str, value: f64| format!("{name} {}", amount(of.unit, value));
    let mut lines = Vec::new();
    if let Some((mean, lower, upper)) = of.points.last().and_then(|point| point.limits) {
        lines.push((mean, Ink::Reference, said("mean", mean)));
        lines.push((lower, Ink::Inner, said("lower limit", lower)));
        lines.push((upper, Ink::Inner, said("upper limit", upper)));
    }
    lines.extend(
        of.target
            .map(|target| (target, Ink::Target, said("target", target))),
    );
    lines
}
