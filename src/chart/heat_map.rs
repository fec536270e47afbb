//! A heat map: items down, groups across, the percentage in every cell and
//! behind it one of six steps from 0 to 100%, whatever the figures are. A
//! hidden cell keeps its place on plain paper.

use super::canvas::{Align, At, Canvas, drawing};
use super::figure::{HIDDEN, figure};
use super::ink::{Ground, Ink, STEPS};
use super::lines::{LEADING, high, set, wrapped};
use super::text::width;
use super::{Caption, ChartError, Drawing, Form, MOST_ROWS, Svg};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Unit};

const CELL: f64 = 34.0;
const GAP: f64 = 2.0;
/// From the words over a column to its first row.
const UNDER_HEADS: f64 = 8.0;
const BLOCKS_APART: f64 = 26.0;
const LEGEND: f64 = 58.0;
/// The first step that is so deep that words are left blank in it.
const DEEP: u8 = 3;

/// Figures by item and group.
#[derive(Clone, Debug)]
pub struct Grid<'a> {
    /// What the rows are about.
    pub rows: Vec<String>,
    /// What the columns are about.
    pub columns: Vec<String>,
    /// The figure of each row and column; none where it was not asked.
    pub cells: Vec<Vec<Option<&'a Released>>>,
}

impl<'a> Grid<'a> {
    fn at(&self, row: usize, column: usize) -> Option<&'a Released> {
        *self.cells.get(row)?.get(column)?
    }
}

/// Draws the grid, in blocks under one another where the columns do not fit.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` rows or columns, where a row has more cells than there are columns, where there
/// are more rows of cells than names, or where the drawing itself fails.
pub fn heat_map(grid: &Grid<'_>, caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if grid.rows.len().max(grid.columns.len()) > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} rows")));
    }
    let columns = grid.columns.len();
    let over = grid.cells.iter().any(|cells| cells.len() > columns);
    if over || grid.cells.len() > grid.rows.len() {
        return Err(ChartError("a cell without a row or a column".to_owned()));
    }
    Drawing::of(caption, |form, caption| one(grid, caption, form))
}

/// Where things stand.
struct Frame {
    form: Form,
    /// The left edge of the first column.
    left: f64,
    /// Pixels from one column to the next.
    column: f64,
    /// The columns of each block: from and to.
    blocks: Vec<(usize, usize)>,
    labels: Vec<Vec<String>>,
}

impl Frame {
    fn of(grid: &Grid<'_>, form: Form) -> Self {
        let (left, least, label_room, most) = match form {
            Form::Wide => (196.0, 72.0, 184.0, 4),
            Form::Narrow => (0.0, 100.0, 318.0, 3),
        };
        let room = form.width() - left;
        let words = grid.columns.iter().flat_map(|head| head.split_whitespace());
        let longest = words.map(|w| width(w, Ink::Tick)).fold(0.0, f64::max) + 8.0;
        let count = (room / longest.clamp(least, 116.0)).floor().max(1.0) as usize;
        let columns = grid.columns.len();
        // Blocks of near the same size, not full ones and a remainder.
        let blocks = columns.div_ceil(count).max(1);
        let size = columns.div_ceil(blocks).max(1);
        let from = (0..columns).step_by(size);
        Self {
            form,
            left,
            column: (room / size as f64).min(130.0),
            blocks: if columns == 0 {
                vec![(0, 0)]
            } else {
                from.map(|at| (at, (at + size).min(columns))).collect()
            },
            labels: grid
                .rows
                .iter()
                .map(|label| wrapped(label, Ink::Label, label_room, most))
                .collect(),
        }
    }

    /// Pixels of a row, and of them those above its cells.
    fn row(&self, lines: usize) -> (f64, f64) {
        match self.form {
            Form::Wide => (CELL.max(high(lines) + 2.0) + GAP, 0.0),
            Form::Narrow => (high(lines) + 4.0 + CELL + 10.0, high(lines) + 4.0),
        }
    }

    fn heads(&self, grid: &Grid<'_>, (from, to): (usize, usize)) -> Vec<Vec<String>> {
        let room = self.column - 8.0;
        let heads = grid.columns[from..to].iter();
        heads
            .map(|head| wrapped(head, Ink::Tick, room, 5))
            .collect()
    }

    fn block_high(&self, heads: &[Vec<String>]) -> f64 {
        let rows: f64 = self.labels.iter().map(|l| self.row(l.len()).0).sum();
        head_high(heads) + rows
    }
}

fn head_high(heads: &[Vec<String>]) -> f64 {
    high(heads.iter().map(Vec::len).max().unwrap_or(0)) + UNDER_HEADS
}

fn one(grid: &Grid<'_>, caption: &Caption<'_>, form: Form) -> Result<Svg, ChartError> {
    let frame = Frame::of(grid, form);
    let mut top = 0.0;
    let mut blocks = Vec::with_capacity(frame.blocks.len());
    for (from, to) in &frame.blocks {
        let heads = frame.heads(grid, (*from, *to));
        let next = top + frame.block_high(&heads) + BLOCKS_APART;
        blocks.push((top, *from, heads));
        top = next;
    }
    let hidden = grid.cells.iter().flatten().flatten();
    let hidden = hidden
        .filter(|row| row.status() == Status::Confidential)
        .count();
    let under = LEGEND + if hidden > 0 { 24.0 } else { 0.0 };
    drawing((form.width(), top + under), caption, |canvas| {
        for (top, from, heads) in &blocks {
            block(canvas, (grid, &frame), (*from, heads), *top)?;
        }
        legend(canvas, form, top)?;
        if hidden > 0 {
            let at = (0.0, top + LEGEND + 16.0);
            canvas.text(&format!("[c] {HIDDEN}"), at, Align::Start, Ink::Tick)?;
        }
        Ok(())
    })
}

fn block(
    canvas: &Canvas<'_>,
    (grid, frame): (&Grid<'_>, &Frame),
    (from, heads): (usize, &[Vec<String>]),
    top: f64,
) -> Result<(), ChartError> {
    let foot = top + head_high(heads) - UNDER_HEADS - 3.0;
    let left = |column: usize| frame.left + frame.column * column as f64;
    for (column, lines) in heads.iter().enumerate() {
        let x = left(column) + (frame.column - GAP) / 2.0;
        let y = foot - high(lines.len().saturating_sub(1));
        set(canvas, lines, (x, y), (Align::Middle, Ink::Tick))?;
    }
    let mut y = top + head_high(heads);
    for (row, lines) in frame.labels.iter().enumerate() {
        let (whole, above) = frame.row(lines.len());
        let cell_high = match frame.form {
            Form::Wide => whole - GAP,
            Form::Narrow => CELL,
        };
        match frame.form {
            Form::Wide => {
                let middle = y + cell_high / 2.0 + 5.0;
                let first = middle - LEADING / 2.0 * lines.len().saturating_sub(1) as f64;
                let at = (frame.left - 12.0, first);
                set(canvas, lines, at, (Align::End, Ink::Label))?;
            }
            Form::Narrow => set(canvas, lines, (0.0, y + 14.0), (Align::Start, Ink::Label))?,
        }
        for column in 0..heads.len() {
            let from_corner = (left(column) + 0.5, y + above);
            let to_corner = (left(column) + frame.column - GAP, y + above + cell_high);
            cell(canvas, grid.at(row, from + column), from_corner, to_corner)?;
        }
        y += whole;
    }
    Ok(())
}

fn cell(canvas: &Canvas<'_>, row: Option<&Released>, from: At, to: At) -> Result<(), ChartError> {
    let at = (
        f64::midpoint(from.0, to.0),
        f64::midpoint(from.1, to.1) + 5.0,
    );
    let Some(row) = row else {
        return canvas.text("–", at, Align::Middle, Ink::Tick);
    };
    let words = figure(row);
    match step(row) {
        Some(step) => {
            canvas.rectangle(from, to, Ink::Heat(step))?;
            let ground = if step < DEEP {
                Ground::Pale
            } else {
                Ground::Deep
            };
            canvas.text(&words, at, Align::Middle, Ink::Inside(ground))
        }
        None => canvas.text(&words, at, Align::Middle, Ink::Tick),
    }
}

/// The step of a share, by its percentage as printed, so that a figure and
/// its background never differ; none for what is not shown or no share.
fn step(row: &Released) -> Option<u8> {
    let shown = row.status() == Status::Shown && row.unit() == Unit::Fraction;
    let share = row.estimate().filter(|_| shown)?;
    let percent = (share * 100.0).round().clamp(0.0, 100.0);
    (0..STEPS).rev().find(|step| percent >= boundary(*step))
}

/// The whole percentage at which a step starts.
fn boundary(step: u8) -> f64 {
    (f64::from(step) * 100.0 / f64::from(STEPS)).round()
}

/// The steps in order, with the percentages between them.
fn legend(canvas: &Canvas<'_>, form: Form, top: f64) -> Result<(), ChartError> {
    let wide = match form {
        Form::Wide => 60.0,
        Form::Narrow => 46.0,
    };
    let left = 14.0;
    let y = top + 4.0;
    let x = |step: u8| left + wide * f64::from(step);
    for step in 0..STEPS {
        canvas.rectangle((x(step), y), (x(step + 1) - GAP, y + 16.0), Ink::Heat(step))?;
    }
    for step in 0..=STEPS {
        let words = format!("{}%", boundary(step));
        let at = (x(step) - GAP / 2.0, y + 34.0);
        canvas.text(&words, at, Align::Middle, Ink::Tick)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{STEPS, boundary};

    #[test]
    fn the_steps_are_the_same_whatever_the_figures() {
        let all: Vec<f64> = (0..=STEPS).map(boundary).collect();
        assert_eq!(all, [0.0, 17.0, 33.0, 50.0, 67.0, 83.0, 100.0]);
    }
}
