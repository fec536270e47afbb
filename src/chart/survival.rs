//! The share still in post by month since starting: steps, the interval as a
//! band, each curve named at its end, and how many are still followed under
//! the axis. A curve ends at the last month that is shown, never past it.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Plot, Span, drawing};
use super::drawing::{Drawing, Form, Svg};
use super::figure::{base, count, figure, group_label};
use super::ink::{Ink, SERIES};
use super::layout::{
    Under, apart, axis_up, cells_apart, room_left, under, under_height, why_words,
};
use super::text::{ellipsis, width};
use super::{Caption, ChartError};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Unit};

/// Top and bottom of the plot.
const DOWN: (f64, f64) = (14.0, 284.0);
/// From one name at the end of a curve to the next.
const GAP: f64 = 38.0;
/// The first line of numbers under the axis.
const FOLLOWED: f64 = 370.0;

/// The most curves that one drawing can tell apart.
pub const MOST: usize = SERIES as usize;

/// One group's curve.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    /// Its rows, a month each, in order of their horizon.
    pub rows: Vec<&'a Released>,
}

impl<'a> Curve<'a> {
    /// The months that may be drawn: from the first to the last before one
    /// that is not shown, each with its horizon.
    #[must_use]
    pub fn shown(&self) -> Vec<(u32, &'a Released)> {
        self.rows
            .iter()
            .filter_map(|row| row.key().horizon_months.map(|month| (month, *row)))
            .take_while(|(_, row)| row.status() == Status::Shown && row.estimate().is_some())
            .collect()
    }

    /// Whose curve it is.
    #[must_use]
    pub fn label(&self) -> String {
        self.rows
            .first()
            .map_or_else(String::new, |row| group_label(row))
    }
}

/// Draws up to `MOST` curves.
///
/// # Errors
/// `ChartError` for more curves than can be told apart, or where the drawing
/// itself fails.
pub fn survival(curves: &[Curve<'_>], caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if curves.len() > MOST {
        return Err(ChartError(format!("more than {MOST} curves")));
    }
    Drawing::of(caption, |form, caption| draw(curves, form, caption))
}

fn draw(curves: &[Curve<'_>], form: Form, caption: &Caption<'_>) -> Result<Svg, ChartError> {
    let axis = axis_of(curves);
    let across = match form {
        Form::Wide => (room_left(&axis).max(52.0), 470.0),
        Form::Narrow => (room_left(&axis), form.width() - ends_room(curves)),
    };
    let more = curves.len().saturating_sub(1) as f64;
    let last = if form == Form::Wide { 10.0 } else { 30.0 };
    let height = FOLLOWED + last + under_height(form) * more;
    drawing((form.width(), height), caption, |canvas| {
        let plot = canvas.plot(&Span {
            across,
            down: DOWN,
            x: (0.0, f64::from(last_month(curves))),
            y: (axis.low, axis.high),
        });
        axis_up(canvas, &plot, &axis, across)?;
        let ticks = ticks(last_month(curves), form);
        months(canvas, &plot, &ticks, across)?;
        for (index, curve) in curves.iter().enumerate() {
            area(&plot, curve, series(index))?;
        }
        for (index, curve) in curves.iter().enumerate() {
            steps(&plot, curve, series(index))?;
        }
        names(canvas, &plot, curves, (form, across.1))?;
        let at = (0.0, FOLLOWED - 24.0);
        canvas.text("Still being followed", at, Align::Start, Ink::Tick)?;
        let rows: Vec<Under> = curves
            .iter()
            .enumerate()
            .map(|(index, curve)| followed(&plot, curve, (series(index), form), &ticks))
            .collect();
        under(canvas, &rows, (form, FOLLOWED), across.1 + 28.0)
    })
}

fn series(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(u8::MAX)
}

/// From the least limit that is drawn up to everyone.
fn axis_of(curves: &[Curve<'_>]) -> Axis {
    let shown = curves.iter().flat_map(Curve::shown);
    let drawn = shown.flat_map(|(_, row)| [row.estimate(), row.lower()]);
    let values: Vec<f64> = drawn.flatten().chain([1.0]).collect();
    if values.len() == 1 {
        return Axis::whole_share();
    }
    Axis::holding(&values, Unit::Fraction)
}

/// The room at the right of a phone's plot for the last figures.
fn ends_room(curves: &[Curve<'_>]) -> f64 {
    let last = curves.iter().filter_map(|curve| curve.shown().pop());
    let widths = last.map(|(_, row)| width(&figure(row), Ink::Direct(0)) + 8.0);
    widths.fold(12.0, f64::max)
}

/// The right end of the axis: whole half-years, at least one.
fn last_month(curves: &[Curve<'_>]) -> u32 {
    let ends = curves
        .iter()
        .filter_map(|c| c.shown().last().map(|(m, _)| *m));
    ends.max().unwrap_or(12_u32).max(6).div_ceil(6) * 6
}

/// Half-years or years, as few as have room.
fn ticks(months: u32, form: Form) -> Vec<u32> {
    let most = match form {
        Form::Wide => 7,
        Form::Narrow => 5,
    };
    let steps = [6, 12, 24, 60, 120];
    let step = steps.into_iter().find(|step| months / step < most);
    let step = step.unwrap_or(240);
    (0..=months / step).map(|k| k * step).collect()
}

fn months(
    canvas: &Canvas<'_>,
    plot: &Plot<'_>,
    ticks: &[u32],
    across: (f64, f64),
) -> Result<(), ChartError> {
    for tick in ticks {
        let x = plot.place((f64::from(*tick), 1.0)).0;
        let y = DOWN.1;
        canvas.line((x, y), (x, y + 5.0), Ink::Grid)?;
        canvas.text(&tick.to_string(), (x, y + 20.0), Align::Middle, Ink::Tick)?;
    }
    let at = ((across.0 + across.1) / 2.0, DOWN.1 + 38.0);
    canvas.text("months since starting", at, Align::Middle, Ink::Tick)
}

/// Everyone is in post on the first day.
const START: (f64, f64) = (0.0, 1.0);

/// A step path: flat until each month's end, then to its value.
fn stepped(values: impl Iterator<Item = (u32, f64)>) -> Vec<(f64, f64)> {
    let mut path = vec![START];
    let mut height = START.1;
    for (month, value) in values {
        let month = f64::from(month);
        path.push((month, height));
        path.push((month, value));
        height = value;
    }
    path
}

fn steps(plot: &Plot<'_>, curve: &Curve<'_>, series: u8) -> Result<(), ChartError> {
    let shown = curve.shown();
    if shown.is_empty() {
        return Ok(());
    }
    let values = shown
        .iter()
        .filter_map(|(month, row)| row.estimate().map(|value| (*month, value)));
    plot.path(stepped(values), Ink::Line(series))
}

/// The band, as far as every month has an interval.
fn area(plot: &Plot<'_>, curve: &Curve<'_>, series: u8) -> Result<(), ChartError> {
    let limits: Vec<(u32, f64, f64)> = curve
        .shown()
        .into_iter()
        .map_while(|(month, row)| {
            let (lower, upper) = row.lower().zip(row.upper())?;
            Some((month, lower, upper))
        })
        .collect();
    if limits.is_empty() {
        return Ok(());
    }
    let mut outline = stepped(limits.iter().map(|(month, _, upper)| (*month, *upper)));
    let lower = stepped(limits.iter().map(|(month, lower, _)| (*month, *lower)));
    outline.extend(lower.into_iter().rev());
    plot.shape(outline, Ink::Area(series))
}

/// At each curve's end its name and last figure (on a phone the figure alone;
/// names are under the axis), moved apart where they would touch.
fn names(
    canvas: &Canvas<'_>,
    plot: &Plot<'_>,
    curves: &[Curve<'_>],
    (form, right): (Form, f64),
) -> Result<(), ChartError> {
    let mut ends: Vec<(usize, (f64, f64), u32, &Released)> = curves
        .iter()
        .enumerate()
        .filter_map(|(index, curve)| {
            let (month, row) = curve.shown().pop()?;
            let end = plot.place((f64::from(month), row.estimate()?));
            Some((index, end, month, row))
        })
        .collect();
    ends.sort_by(|a, b| a.1.1.total_cmp(&b.1.1).then(a.0.cmp(&b.0)));
    let heights: Vec<f64> = ends.iter().map(|end| end.1.1).collect();
    let (gap, bottom, left) = match form {
        Form::Wide => (GAP, DOWN.1 - 17.0, right + 28.0),
        Form::Narrow => (20.0, DOWN.1, right + 8.0),
    };
    let places = apart(&heights, gap, (DOWN.0, bottom));
    for ((index, end, month, row), y) in ends.into_iter().zip(places) {
        let ink = Ink::Direct(series(index));
        // From where the curve ends to its name, where that is not beside it.
        if end.0 < right - 1.0 || (y - end.1).abs() > 9.0 {
            canvas.line((end.0 + 3.0, end.1), (left - 4.0, y), Ink::Grid)?;
        }
        if form == Form::Narrow {
            canvas.text(&figure(row), (left, y + 5.0), Align::Start, ink)?;
            continue;
        }
        let name = ellipsis(&group_label(row), ink, form.width() - left);
        canvas.text(&name, (left, y + 5.0), Align::Start, ink)?;
        let at = (left, y + 22.0);
        canvas.text(&end_words(month, row), at, Align::Start, Ink::Tick)?;
    }
    Ok(())
}

fn end_words(month: u32, row: &Released) -> String {
    let noun = if month == 1 { "month" } else { "months" };
    format!("{} at {} {noun}", figure(row), count(u64::from(month)))
}

/// One line of numbers under the axis, or why there is no curve.
fn followed(
    plot: &Plot<'_>,
    curve: &Curve<'_>,
    (series, form): (u8, Form),
    ticks: &[u32],
) -> Under {
    let shown = curve.shown();
    let place = |month: u32| plot.place((f64::from(month), 1.0)).0;
    let wanted = shown.iter().filter(|(month, _)| ticks.contains(month));
    let cells = wanted
        .map(|(month, row)| (place(*month), base(row)))
        .collect();
    let note = match (shown.is_empty(), curve.rows.first()) {
        (true, Some(row)) => Some(why_words(row)),
        _ => None,
    };
    let last = shown.last();
    Under {
        series,
        name: curve.label(),
        last: last.map_or_else(String::new, |(month, row)| end_words(*month, row)),
        cells: cells_apart(cells, |_| true, (0.0, form.width())),
        note,
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, stepped, ticks};

    #[test]
    fn a_step_is_flat_until_its_month() {
        let path = stepped([(1, 0.9), (2, 0.8)].into_iter());
        assert_eq!(
            path,
            [(0.0, 1.0), (1.0, 1.0), (1.0, 0.9), (2.0, 0.9), (2.0, 0.8)]
        );
    }

    #[test]
    fn ticks_are_half_years() {
        assert_eq!(ticks(24, Form::Narrow), [0, 6, 12, 18, 24]);
        assert_eq!(ticks(36, Form::Wide), [0, 6, 12, 18, 24, 30, 36]);
        assert_eq!(ticks(36, Form::Narrow), [0, 12, 24, 36]);
        assert_eq!(ticks(48, Form::Wide), [0, 12, 24, 36, 48]);
    }
}
