//! The share still in post by month since starting: steps, the interval as a
//! band, each curve named at its end, and how many are still followed under
//! the axis. A curve ends at the last month that is shown, never past it.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Plot, Span, drawing};
use super::figure::{base, count, figure, group_label, shorthand, why_not};
use super::ink::{Ink, SERIES};
use super::text::ellipsis;
use super::{Caption, ChartError, Drawing, Svg};
use staywise_core::disclosure::Released;
use staywise_core::domain::Status;

const WIDTH: f64 = 660.0;
const PLOT: (f64, f64) = (52.0, 470.0);
const DOWN: (f64, f64) = (14.0, 284.0);
const NAMES: f64 = 498.0;
const FOLLOWED: f64 = 368.0;
const LINE: f64 = 24.0;
const GAP: f64 = 38.0;
const LABEL_SIZE: f64 = 15.0;
const NOTE_SIZE: f64 = 13.5;

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
    Drawing::of(caption, |_, caption| draw(curves, caption))
}

fn draw(curves: &[Curve<'_>], caption: &Caption<'_>) -> Result<Svg, ChartError> {
    if curves.len() > MOST {
        return Err(ChartError(format!("more than {MOST} curves")));
    }
    let months = last_month(curves);
    let height = FOLLOWED + 10.0 + LINE * curves.len().saturating_sub(1) as f64;
    drawing((WIDTH, height), caption, |canvas| {
        let plot = canvas.plot(&Span {
            across: PLOT,
            down: DOWN,
            x: (0.0, f64::from(months)),
            y: (0.0, 1.0),
        });
        let ticks = ticks(months);
        axes(canvas, &plot, &ticks)?;
        for (index, curve) in curves.iter().enumerate() {
            area(&plot, curve, series(index))?;
        }
        for (index, curve) in curves.iter().enumerate() {
            steps(&plot, curve, series(index))?;
        }
        names(canvas, &plot, curves)?;
        canvas.text(
            "Still being followed",
            (0.0, FOLLOWED - 22.0),
            Align::Start,
            Ink::Tick,
        )?;
        for (index, curve) in curves.iter().enumerate() {
            followed(canvas, &plot, (index, curve), &ticks)?;
        }
        Ok(())
    })
}

fn series(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(u8::MAX)
}

/// The right end of the axis: whole half-years, at least one.
fn last_month(curves: &[Curve<'_>]) -> u32 {
    let ends = curves
        .iter()
        .filter_map(|c| c.shown().last().map(|(m, _)| *m));
    ends.max().unwrap_or(12_u32).max(6).div_ceil(6) * 6
}

fn ticks(months: u32) -> Vec<u32> {
    let step = if months > 36 { 12 } else { 6 };
    (0..=months / step).map(|k| k * step).collect()
}

fn axes(canvas: &Canvas<'_>, plot: &Plot<'_>, ticks: &[u32]) -> Result<(), ChartError> {
    let axis = Axis::whole_share();
    for tick in &axis.ticks {
        let (_, y) = plot.place((0.0, *tick));
        canvas.line((PLOT.0, y), (PLOT.1, y), Ink::Grid)?;
        let label = axis.label(*tick);
        canvas.text(&label, (PLOT.0 - 8.0, y + 4.5), Align::End, Ink::Tick)?;
    }
    for tick in ticks {
        let (x, y) = plot.place((f64::from(*tick), 0.0));
        canvas.line((x, y), (x, y + 5.0), Ink::Grid)?;
        canvas.text(&tick.to_string(), (x, y + 20.0), Align::Middle, Ink::Tick)?;
    }
    let middle = (PLOT.0 + PLOT.1) / 2.0;
    let at = (middle, DOWN.1 + 38.0);
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

/// Each curve's name and last figure at its end, moved apart where they would
/// touch.
fn names(canvas: &Canvas<'_>, plot: &Plot<'_>, curves: &[Curve<'_>]) -> Result<(), ChartError> {
    let mut ends: Vec<(usize, f64, u32, &Released)> = curves
        .iter()
        .enumerate()
        .filter_map(|(index, curve)| {
            let (month, row) = curve.shown().pop()?;
            let (_, y) = plot.place((0.0, row.estimate()?));
            Some((index, y, month, row))
        })
        .collect();
    ends.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let places = apart(&ends.iter().map(|end| end.1).collect::<Vec<f64>>());
    for ((index, _, month, row), y) in ends.into_iter().zip(places) {
        let name = ellipsis(&group_label(row), LABEL_SIZE * 1.08, WIDTH - NAMES);
        let at = (NAMES, y);
        canvas.text(&name, at, Align::Start, Ink::Direct(series(index)))?;
        let words = format!("{} at {}", figure(row), months_words(month));
        canvas.text(&words, (NAMES, y + 17.0), Align::Start, Ink::Tick)?;
    }
    Ok(())
}

fn months_words(month: u32) -> String {
    let noun = if month == 1 { "month" } else { "months" };
    format!("{} {noun}", count(u64::from(month)))
}

/// Heights, ascending, moved so that each is `GAP` from the next and none
/// leaves the plot.
fn apart(heights: &[f64]) -> Vec<f64> {
    let mut placed: Vec<f64> = Vec::with_capacity(heights.len());
    for height in heights {
        let least = placed.last().map_or(DOWN.0, |above| above + GAP);
        placed.push(height.max(least));
    }
    let mut most = DOWN.1 - 17.0;
    for height in placed.iter_mut().rev() {
        *height = height.min(most);
        most = *height - GAP;
    }
    placed
}

/// One line of numbers under the axis, or why there is no curve.
fn followed(
    canvas: &Canvas<'_>,
    plot: &Plot<'_>,
    (index, curve): (usize, &Curve<'_>),
    ticks: &[u32],
) -> Result<(), ChartError> {
    let y = FOLLOWED + LINE * index as f64;
    let swatch = ((0.0, y - 10.0), (12.0, y + 1.0));
    canvas.rectangle(swatch.0, swatch.1, Ink::Swatch(series(index)))?;
    let name = ellipsis(&curve.label(), NOTE_SIZE, WIDTH - NAMES);
    canvas.text(&name, (NAMES, y), Align::Start, Ink::Tick)?;
    let shown = curve.shown();
    if shown.is_empty() {
        let words = curve.rows.first().map_or_else(String::new, |row| {
            format!("{} {}", shorthand(row.status()), why_not(row))
        });
        let words = ellipsis(words.trim(), NOTE_SIZE, PLOT.1 - PLOT.0);
        return canvas.text(&words, (PLOT.0 - 8.0, y), Align::Start, Ink::Note);
    }
    for tick in ticks {
        if let Some((_, row)) = shown.iter().find(|(month, _)| month == tick) {
            let (x, _) = plot.place((f64::from(*tick), 0.0));
            canvas.text(&base(row), (x, y), Align::Middle, Ink::Base)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{DOWN, GAP, apart, stepped, ticks};

    #[test]
    fn names_never_touch_and_stay_on_the_plot() {
        for heights in [
            vec![20.0, 21.0, 22.0, 23.0],
            vec![280.0, 281.0, 283.0, 284.0],
        ] {
            let placed = apart(&heights);
            assert!(placed.windows(2).all(|w| w[1] - w[0] >= GAP));
            assert!(placed.iter().all(|y| *y >= DOWN.0 && *y <= DOWN.1));
        }
        assert_eq!(apart(&[50.0, 200.0]), [50.0, 200.0]);
    }

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
        assert_eq!(ticks(24), [0, 6, 12, 18, 24]);
        assert_eq!(ticks(48), [0, 12, 24, 36, 48]);
    }
}
