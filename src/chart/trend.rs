//! A trend: a point a period with its interval as a bar, joined by a thin
//! line only where the next period is shown too. A period without a figure
//! keeps its place. Joins nothing across a gap and draws no slope through it.

use super::axis::Axis;
use super::canvas::{Align, Canvas, Plot, Span, drawing};
use super::drawing::{Drawing, Form, Svg};
use super::figure::{base, figure};
use super::ink::Ink;
use super::layout::{
    LINE, Under, WHITE, apart, axis_up, broken, cells_apart, kept_within, paragraph, room_left,
    shorthand_words, under, under_height,
};
use super::survival::MOST;
use super::text::{ellipsis, lines, width};
use super::{Caption, ChartError};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Unit};

/// The most periods of one trend: a quarter and three years before it.
pub const MOST_MOMENTS: usize = 13;

/// Top and bottom of the plot.
const DOWN: (f64, f64) = (22.0, 252.0);
/// The first line of a period's name.
const NAMED: f64 = DOWN.1 + 20.0;

/// One period of a line.
#[derive(Clone, Debug)]
pub struct Moment<'a> {
    /// A short label: `Apr to Jun 26`.
    pub label: String,
    /// Its figure, or why there is none.
    pub row: &'a Released,
}

/// One line of a trend.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Whose it is.
    pub label: String,
    /// Its periods, oldest first; every line has the same.
    pub moments: Vec<Moment<'a>>,
}

/// Draws up to `MOST` lines over up to `MOST_MOMENTS` periods.
///
/// # Errors
/// `ChartError` for more lines or periods than that, for lines over different
/// periods, or where the drawing itself fails.
pub fn trend(of: &[Line<'_>], caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    let periods =
        |line: &Line<'_>| -> Vec<String> { line.moments.iter().map(|m| m.label.clone()).collect() };
    let labels = of.first().map_or_else(Vec::new, periods);
    if of.len() > MOST || labels.len() > MOST_MOMENTS {
        return Err(ChartError(format!(
            "more than {MOST} lines or {MOST_MOMENTS} periods"
        )));
    }
    if of.iter().any(|line| periods(line) != labels) {
        return Err(ChartError("lines over different periods".to_owned()));
    }
    Drawing::of(caption, |form, caption| {
        Trend::new(of, &labels, form).draw(caption)
    })
}

struct Trend<'a> {
    of: &'a [Line<'a>],
    form: Form,
    axis: Axis,
    across: (f64, f64),
    /// Every how many periods one is named.
    step: usize,
    /// Each period's name over its lines; empty for one that is not named.
    named: Vec<Vec<String>>,
    /// What the shorthand stands for.
    notes: Vec<String>,
}

impl<'a> Trend<'a> {
    fn new(of: &'a [Line<'a>], labels: &[String], form: Form) -> Self {
        let axis = axis_of(of);
        let across = match form {
            Form::Wide => (room_left(&axis).max(40.0), 508.0),
            Form::Narrow => (room_left(&axis), form.width() - 4.0),
        };
        let slot = (across.1 - across.0) / labels.len().max(1) as f64;
        let (step, named) = names(labels, slot);
        let rows = of
            .iter()
            .flat_map(|line| line.moments.iter().map(|m| m.row));
        Self {
            of,
            form,
            axis,
            across,
            step,
            named,
            notes: broken(&shorthand_words(rows), form),
        }
    }

    fn draw(&self, caption: &Caption<'_>) -> Result<Svg, ChartError> {
        let deepest = self.named.iter().map(Vec::len).max().unwrap_or(0);
        let heading = NAMED + LINE * deepest as f64 + 6.0;
        let first = heading + 24.0;
        let foot = first + under_height(self.form) * self.of.len() as f64;
        let height = foot - 8.0 + LINE * self.notes.len() as f64;
        drawing((self.form.width(), height), caption, |canvas| {
            let plot = canvas.plot(&Span {
                across: self.across,
                down: DOWN,
                x: (0.0, self.moments().max(1) as f64),
                y: (self.axis.low, self.axis.high),
            });
            axis_up(canvas, &plot, &self.axis, self.across)?;
            self.periods(canvas, &plot)?;
            for index in 0..self.of.len() {
                self.line(&plot, index)?;
            }
            self.values(canvas, &plot)?;
            self.ends(canvas, &plot)?;
            let bases = ellipsis(caption.base, Ink::Tick, self.form.width());
            canvas.text(&bases, (0.0, heading), Align::Start, Ink::Tick)?;
            let rows: Vec<Under> = (0..self.of.len()).map(|k| self.under(&plot, k)).collect();
            under(canvas, &rows, (self.form, first), self.across.1 + 28.0)?;
            paragraph(canvas, &self.notes, (0.0, foot + 2.0), Ink::Note)
        })
    }

    fn moments(&self) -> usize {
        self.of.first().map_or(0, |line| line.moments.len())
    }

    /// The middle of a period, moved a little for each of several lines.
    fn middle(&self, index: usize, moment: usize) -> f64 {
        let slot = (self.across.1 - self.across.0) / self.moments().max(1) as f64;
        let each = (slot * 0.62 / self.of.len().max(1) as f64).min(9.0);
        let aside = (index as f64 - (self.of.len() as f64 - 1.0) / 2.0) * each;
        moment as f64 + 0.5 + aside / slot
    }

    fn periods(&self, canvas: &Canvas<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        for (moment, name) in self.named.iter().enumerate() {
            let (x, _) = plot.place((moment as f64 + 0.5, self.axis.low));
            canvas.line((x, DOWN.1), (x, DOWN.1 + 5.0), Ink::Grid)?;
            for (line, words) in name.iter().enumerate() {
                let middle = kept_within(x, words, Ink::Tick, (0.0, self.form.width()));
                let at = (middle, NAMED + LINE * line as f64);
                canvas.text(words, at, Align::Middle, Ink::Tick)?;
            }
        }
        Ok(())
    }

    fn line(&self, plot: &Plot<'_>, index: usize) -> Result<(), ChartError> {
        let series = series(index);
        let moments = self.of.get(index).map_or(&[][..], |line| &line.moments);
        let at = |moment: usize| {
            let value = shown(moments.get(moment)?.row)?;
            Some((self.middle(index, moment), value))
        };
        for moment in 1..moments.len() {
            if let Some((from, to)) = at(moment - 1).zip(at(moment)) {
                plot.path(vec![from, to], Ink::Thread(series))?;
            }
        }
        for (moment, point) in (0..moments.len()).filter_map(|m| Some((m, at(m)?))) {
            let row = moments.get(moment).map(|m| m.row);
            let limits = row.and_then(|row| row.lower().zip(row.upper()));
            if let Some((lower, upper)) = limits {
                plot.path(vec![(point.0, lower), (point.0, upper)], Ink::Bar(series))?;
            }
            plot.dot(
                point,
                if self.of.len() > 2 { 4.0 } else { 5.0 },
                Ink::Point(series),
            )?;
        }
        Ok(())
    }

    /// The figures of a line that is alone, over their intervals, where each
    /// has room.
    fn values(&self, canvas: &Canvas<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        let [line] = self.of else {
            return Ok(());
        };
        let slot = (self.across.1 - self.across.0) / self.moments().max(1) as f64;
        let last = line.moments.iter().rposition(|m| shown(m.row).is_some());
        for (moment, row) in line.moments.iter().map(|m| m.row).enumerate() {
            let Some(estimate) = shown(row) else { continue };
            let words = figure(row);
            let roomy = slot >= width(&words, Ink::Value) + 2.0;
            // On a phone the last figure stands at no line's end.
            if !roomy && (self.form == Form::Wide || Some(moment) != last) {
                continue;
            }
            let upper = row.upper().unwrap_or(estimate).max(estimate);
            let (x, y) = plot.place((moment as f64 + 0.5, upper));
            let middle = kept_within(x, &words, Ink::Value, (0.0, self.form.width()));
            let y = (y - 8.0).min(plot.place((0.0, estimate)).1 - 10.0);
            canvas.text(&words, (middle, y), Align::Middle, Ink::Value)?;
        }
        Ok(())
    }

    /// Each line's name and last figure at its end; a phone has them below.
    fn ends(&self, canvas: &Canvas<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        if self.form == Form::Narrow {
            return Ok(());
        }
        let mut ends: Vec<(usize, (f64, f64))> = (0..self.of.len())
            .filter_map(|index| {
                let (moment, row) = self.last(index)?;
                let x = self.middle(index, moment);
                Some((index, plot.place((x, shown(row)?))))
            })
            .collect();
        ends.sort_by(|a, b| a.1.1.total_cmp(&b.1.1).then(a.0.cmp(&b.0)));
        let heights: Vec<f64> = ends.iter().map(|end| end.1.1).collect();
        let left = self.across.1 + 28.0;
        let slot = (self.across.1 - self.across.0) / self.moments().max(1) as f64;
        for ((index, end), y) in ends
            .iter()
            .zip(apart(&heights, 40.0, (DOWN.0, DOWN.1 - 12.0)))
        {
            if end.0 + slot < self.across.1 || (y - end.1).abs() > 9.0 {
                canvas.line((end.0 + 7.0, end.1), (left - 4.0, y), Ink::Grid)?;
            }
            let ink = Ink::Direct(series(*index));
            let room = self.form.width() - left;
            let name = self.of.get(*index).map_or("", |line| &line.label);
            canvas.text(
                &ellipsis(name, ink, room),
                (left, y + 5.0),
                Align::Start,
                ink,
            )?;
            let words = ellipsis(&self.last_words(*index), Ink::Tick, room);
            canvas.text(&words, (left, y + 22.0), Align::Start, Ink::Tick)?;
        }
        Ok(())
    }

    /// The last period of a line that is shown.
    fn last(&self, index: usize) -> Option<(usize, &'a Released)> {
        let moments = &self.of.get(index)?.moments;
        let last = moments.iter().rposition(|m| shown(m.row).is_some())?;
        Some((last, moments.get(last)?.row))
    }

    /// `69%`, with its period where that is not the last of the trend.
    fn last_words(&self, index: usize) -> String {
        let Some((moment, row)) = self.last(index) else {
            return String::new();
        };
        let label = self.of.get(index).and_then(|line| line.moments.get(moment));
        match label {
            Some(label) if moment + 1 < self.moments() => {
                format!("{}, {}", figure(row), label.label)
            }
            _ => figure(row),
        }
    }

    fn under(&self, plot: &Plot<'_>, index: usize) -> Under {
        let line = self.of.get(index);
        let moments = line.map_or(&[][..], |line| &line.moments);
        let place = |moment: usize| plot.place((moment as f64 + 0.5, self.axis.low)).0;
        let cells: Vec<(f64, String)> = moments
            .iter()
            .enumerate()
            .map(|(moment, m)| (place(moment), base(m.row)))
            .collect();
        let named: Vec<f64> = (0..moments.len())
            .filter(|moment| (moments.len() - 1 - moment).is_multiple_of(self.step))
            .map(place)
            .collect();
        Under {
            series: series(index),
            name: line.map_or_else(String::new, |line| line.label.clone()),
            last: self.last_words(index),
            cells: cells_apart(cells, |x| named.contains(&x), (24.0, self.form.width())),
            note: None,
        }
    }
}

fn shown(row: &Released) -> Option<f64> {
    row.estimate().filter(|_| row.status() == Status::Shown)
}

fn series(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(u8::MAX)
}

fn axis_of(of: &[Line<'_>]) -> Axis {
    let rows = || {
        of.iter()
            .flat_map(|line| line.moments.iter().map(|m| m.row))
    };
    let values: Vec<f64> = rows()
        .filter(|row| shown(row).is_some())
        .flat_map(|row| [row.estimate(), row.lower(), row.upper()])
        .flatten()
        .collect();
    Axis::holding(
        &values,
        rows().next().map_or(Unit::Fraction, Released::unit),
    )
}

/// How often a period is named, the last always, and each name over at most
/// three lines of the room that it then has.
pub(super) fn names(labels: &[String], slot: f64) -> (usize, Vec<Vec<String>>) {
    let most = labels.len().max(1);
    let at = |step: usize| -> Vec<Vec<String>> {
        let room = (slot * step as f64 - WHITE).max(24.0);
        let named = |place: usize| (labels.len() - 1 - place).is_multiple_of(step);
        let name = |(place, label): (usize, &String)| {
            if named(place) {
                lines(label, Ink::Tick, room)
            } else {
                Vec::new()
            }
        };
        labels.iter().enumerate().map(name).collect()
    };
    let whole = |names: &[Vec<String>]| {
        names.iter().zip(labels).all(|(name, label)| {
            name.is_empty()
                || name.len() <= 3
                    && name.join(" ") == label.split_whitespace().collect::<Vec<_>>().join(" ")
        })
    };
    for step in 1..most {
        let names = at(step);
        if whole(&names) {
            return (step, names);
        }
    }
    let mut names = at(most);
    for name in &mut names {
        name.truncate(3);
    }
    (most, names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn periods_are_named_in_full_and_the_last_always() {
        let labels: Vec<String> = (0..13)
            .map(|k| format!("Apr to Jun {:02}", 14 + k))
            .collect();
        for slot in [20.0, 36.0, 50.0, 120.0] {
            let (step, named) = names(&labels, slot);
            assert_eq!(named[12].join(" "), "Apr to Jun 26", "{slot}");
            assert_eq!(
                named.iter().filter(|n| !n.is_empty()).count(),
                12 / step + 1
            );
            assert!(named.iter().all(|n| n.len() <= 3));
        }
        assert_eq!(names(&labels, 120.0).0, 1);
        assert_eq!(names(&[], 100.0).1.len(), 0);
    }
}
