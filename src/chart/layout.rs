//! Where words may stand: ticks that do not touch, names moved apart, axes
//! and lists that several kinds of chart share. Draws no figure of its own.

use super::ChartError;
use super::axis::Axis;
use super::canvas::{Align, At, Canvas, Plot};
use super::drawing::Form;
use super::figure::{shorthand, status_words, why_not};
use super::ink::Ink;
use super::text::{ellipsis, lines, width};
use staywise_core::disclosure::Released;
use staywise_core::domain::Status;

/// The least white between two words in pixels.
pub(super) const WHITE: f64 = 8.0;

/// From one line of small words to the next.
pub(super) const LINE: f64 = 18.0;

/// The middle of words that stay between two ends, as near `x` as they can.
pub(super) fn kept_within(x: f64, words: &str, ink: Ink, (from, to): (f64, f64)) -> f64 {
    let half = width(words, ink) / 2.0;
    x.min(to - half).max(from + half)
}

/// The ticks of an axis across that have room for their number, each with its
/// number's middle.
pub(super) fn ticks_across(
    axis: &Axis,
    place: impl Fn(f64) -> f64,
    ends: (f64, f64),
) -> Vec<(f64, f64, String)> {
    let zero = axis.ticks.iter().position(|tick| tick.abs() < 1e-12);
    let every = |step: usize| {
        let first = zero.unwrap_or(0) % step;
        let kept = axis.ticks.iter().skip(first).step_by(step);
        kept.map(|tick| {
            let label = axis.label(*tick);
            let middle = kept_within(place(*tick), &label, Ink::Tick, ends);
            (*tick, middle, label)
        })
        .collect::<Vec<_>>()
    };
    let roomy = |ticks: &Vec<(f64, f64, String)>| {
        ticks.windows(2).all(|pair| {
            let [(_, x, left), (_, next, right)] = pair else {
                return true;
            };
            let need = (width(left, Ink::Tick) + width(right, Ink::Tick)) / 2.0;
            next - x >= need + WHITE
        })
    };
    let steps = 1..axis.ticks.len().max(2);
    steps
        .map(every)
        .find(roomy)
        .unwrap_or_else(|| every(axis.ticks.len().max(1)))
}

/// The room that an axis's numbers need at the left of a plot.
pub(super) fn room_left(axis: &Axis) -> f64 {
    let widths = axis
        .ticks
        .iter()
        .map(|tick| width(&axis.label(*tick), Ink::Tick));
    widths.fold(0.0, f64::max) + WHITE
}

/// The lines and numbers of an axis upwards.
pub(super) fn axis_up(
    canvas: &Canvas<'_>,
    plot: &Plot<'_>,
    axis: &Axis,
    across: (f64, f64),
) -> Result<(), ChartError> {
    for tick in &axis.ticks {
        let (_, y) = plot.place((0.0, *tick));
        canvas.line((across.0, y), (across.1, y), Ink::Grid)?;
        let at = (across.0 - WHITE, y + 4.5);
        canvas.text(&axis.label(*tick), at, Align::End, Ink::Tick)?;
    }
    Ok(())
}

/// Heights, ascending, moved so that each is `gap` from the next and none is
/// outside the ends, as far as there is room.
pub(super) fn apart(heights: &[f64], gap: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let wanted: Vec<(f64, f64)> = heights.iter().map(|height| (*height, gap)).collect();
    sized_apart(&wanted, (top - gap / 2.0, bottom + gap / 2.0))
}

/// The middles of labels of given heights, ascending, moved so that none
/// touches the next and none leaves the bounds, as long as all have room.
pub(super) fn sized_apart(wanted: &[(f64, f64)], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut placed: Vec<f64> = Vec::with_capacity(wanted.len());
    let mut least = top;
    for (middle, size) in wanted {
        let at = middle.max(least + size / 2.0);
        placed.push(at);
        least = at + size / 2.0;
    }
    let mut most = bottom;
    for (at, (_, size)) in placed.iter_mut().zip(wanted).rev() {
        *at = at.min(most - size / 2.0);
        most = *at - size / 2.0;
    }
    placed
}

/// Why a row has no mark: `[c] hidden to protect people`.
pub(super) fn why_words(row: &Released) -> String {
    let words = format!("{} {}", shorthand(row.status()), why_not(row));
    words.trim().to_owned()
}

/// What each shorthand of a drawing stands for, in the order of first use.
pub(super) fn shorthand_words<'a>(rows: impl Iterator<Item = &'a Released>) -> String {
    let mut told: Vec<String> = Vec::new();
    for status in rows.map(Released::status) {
        let words = format!("{} {}", shorthand(status), status_words(status));
        if status != Status::Shown && !told.contains(&words) {
            told.push(words);
        }
    }
    told.join(", ")
}

/// Words over as many lines as they need from `at` down; gives the height
/// that they take.
pub(super) fn paragraph(
    canvas: &Canvas<'_>,
    words: &[String],
    at: At,
    ink: Ink,
) -> Result<(), ChartError> {
    for (index, line) in words.iter().enumerate() {
        let y = at.1 + LINE * index as f64;
        canvas.text(line, (at.0, y), Align::Start, ink)?;
    }
    Ok(())
}

/// A list broken over the lines of a form's width.
pub(super) fn broken(words: &str, form: Form) -> Vec<String> {
    lines(words, Ink::Note, form.width())
}

/// One line of numbers under an axis.
pub(super) struct Under {
    /// Which series it is of.
    pub(super) series: u8,
    /// The series' name.
    pub(super) name: String,
    /// Its last figure in words; empty where there is none.
    pub(super) last: String,
    /// Numbers and the middles they stand at.
    pub(super) cells: Vec<(f64, String)>,
    /// In place of numbers, why there are none.
    pub(super) note: Option<String>,
}

/// The height of a line of numbers: on a phone its name has a line above it.
pub(super) fn under_height(form: Form) -> f64 {
    match form {
        Form::Wide => 24.0,
        Form::Narrow => 46.0,
    }
}

/// Lines of numbers under an axis, each after a sample of its series' line.
/// `names` is where names start in the wide form.
pub(super) fn under(
    canvas: &Canvas<'_>,
    rows: &[Under],
    (form, top): (Form, f64),
    names: f64,
) -> Result<(), ChartError> {
    for (index, row) in rows.iter().enumerate() {
        let y = top + under_height(form) * index as f64;
        canvas.group("row", || one_under(canvas, row, (form, y), names))?;
    }
    Ok(())
}

fn one_under(
    canvas: &Canvas<'_>,
    row: &Under,
    (form, y): (Form, f64),
    names: f64,
) -> Result<(), ChartError> {
    let ink = Ink::Direct(row.series);
    let sample = |end: f64| canvas.line((0.0, y - 4.5), (end, y - 4.5), Ink::Sample(row.series));
    let numbers = match form {
        Form::Wide => {
            sample(18.0)?;
            let name = ellipsis(&row.name, Ink::Tick, form.width() - names);
            canvas.text(&name, (names, y), Align::Start, Ink::Tick)?;
            y
        }
        Form::Narrow => {
            sample(24.0)?;
            let taken = width(&row.last, Ink::Tick) + WHITE;
            let name = ellipsis(&row.name, ink, form.width() - 32.0 - taken);
            canvas.text(&name, (32.0, y), Align::Start, ink)?;
            canvas.text(&row.last, (form.width(), y), Align::End, Ink::Tick)?;
            y + 20.0
        }
    };
    if let Some(note) = &row.note {
        let from = if form == Form::Wide { 32.0 } else { 0.0 };
        let to = if form == Form::Wide {
            names - WHITE
        } else {
            form.width()
        };
        let note = ellipsis(note, Ink::Note, to - from);
        return canvas.text(&note, (from, numbers), Align::Start, Ink::Note);
    }
    for (x, number) in &row.cells {
        canvas.text(number, (*x, numbers), Align::Middle, Ink::Base)?;
    }
    Ok(())
}

/// The cells that do not touch: what is not a number first, since a hidden
/// figure keeps its place, then those wanted, later ones first.
pub(super) fn cells_apart(
    cells: Vec<(f64, String)>,
    wanted: impl Fn(f64) -> bool,
    ends: (f64, f64),
) -> Vec<(f64, String)> {
    let mut cells: Vec<(f64, String)> = cells
        .into_iter()
        .filter(|(x, words)| !words.is_empty() && (words.starts_with('[') || wanted(*x)))
        .collect();
    cells.sort_by(|a, b| {
        let key = |cell: &(f64, String)| !cell.1.starts_with('[');
        key(a).cmp(&key(b)).then(b.0.total_cmp(&a.0))
    });
    let mut kept: Vec<(f64, f64, String)> = Vec::new();
    for (x, words) in cells {
        let half = width(&words, Ink::Base) / 2.0;
        let x = kept_within(x, &words, Ink::Base, ends);
        let close = |other: &(f64, f64, String)| (other.0 - x).abs() < other.1 + half + 1.0;
        if !kept.iter().any(close) {
            kept.push((x, half, words));
        }
    }
    kept.sort_by(|a, b| a.0.total_cmp(&b.0));
    kept.into_iter().map(|(x, _, words)| (x, words)).collect()
}

#[cfg(test)]
mod tests {
    use super::{apart, cells_apart, ticks_across, width};
    use crate::chart::axis::Axis;
    use crate::chart::ink::Ink;
    use staywise_core::domain::Unit;

    #[test]
    fn names_never_touch_and_stay_on_the_plot() {
        for heights in [vec![20.0, 21.0, 22.0, 23.0], vec![80.0, 81.0, 283.0, 284.0]] {
            let placed = apart(&heights, 38.0, (14.0, 267.0));
            assert!(placed.windows(2).all(|w| w[1] - w[0] >= 38.0));
            assert!(placed.iter().all(|y| (14.0..=267.0).contains(y)));
        }
        assert_eq!(apart(&[50.0, 200.0], 38.0, (14.0, 267.0)), [50.0, 200.0]);
    }

    #[test]
    fn ticks_keep_their_distance_and_nothing() {
        let axis = Axis::holding(&[-250_000_000.0, 420_000_000.0], Unit::Pence);
        let span = axis.high - axis.low;
        for room in [60.0, 120.0, 300.0, 500.0] {
            let place = |value: f64| (value - axis.low) / span * room;
            let ticks = ticks_across(&axis, place, (-60.0, room + 60.0));
            assert!(
                !ticks.is_empty() && ticks.iter().any(|t| t.2 == "£0"),
                "{room}"
            );
            let ends: Vec<(f64, f64)> = ticks
                .iter()
                .map(|(_, x, label)| {
                    let half = width(label, Ink::Tick) / 2.0;
                    (x - half, x + half)
                })
                .collect();
            assert!(ends.windows(2).all(|w| w[0].1 < w[1].0), "{room}");
        }
    }

    #[test]
    fn a_hidden_cell_keeps_its_place_before_numbers() {
        let cells = vec![
            (0.0, "1,204".to_owned()),
            (20.0, "[c]".to_owned()),
            (40.0, "1,350".to_owned()),
            (60.0, "1,351".to_owned()),
        ];
        let kept = cells_apart(cells, |_| true, (-30.0, 90.0));
        let words: Vec<&str> = kept.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["[c]", "1,351"]);
    }

    #[test]
    fn labels_of_any_height_never_touch_and_stay_in_their_bounds() {
        for from in [0.0, 60.0, 190.0] {
            let wanted: Vec<(f64, f64)> = (0..5).map(|k| (from + f64::from(k), 20.0)).collect();
            let placed = super::sized_apart(&wanted, (0.0, 200.0));
            assert!(placed.windows(2).all(|w| w[1] - w[0] >= 20.0 - 1e-9));
            assert!(placed.iter().all(|y| *y >= 10.0 && *y <= 190.0));
        }
        assert_eq!(
            super::sized_apart(&[(50.0, 20.0), (120.0, 20.0)], (0.0, 200.0)),
            [50.0, 120.0]
        );
    }
}
