//! The flow of people as boxes: who went on from step to step, and beside
//! each step who went out and why. On a phone those who went out stand
//! between the boxes. A count that is hidden is words; nothing is taken from
//! anything here.

use super::canvas::{Align, Canvas, drawing};
use super::drawing::{Drawing, Form, Svg};
use super::ink::Ink;
use super::lines::{LEADING, wrapped};
use super::{Caption, ChartError, MOST_ROWS};

/// One box, and who went out after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowBox {
    /// Who they are.
    pub label: String,
    /// How many, in words.
    pub count: String,
    /// Who went out here: why, and how many in words.
    pub out: Vec<(String, String)>,
}

/// White inside a box, and from a box to the next.
const PAD: f64 = 12.0;
const GAP: f64 = 26.0;
/// The arrow's head.
const HEAD: f64 = 6.0;

/// Draws boxes from the top down.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` boxes, or where the drawing fails.
pub fn flow(boxes: &[FlowBox], caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if boxes.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} boxes")));
    }
    Drawing::of(caption, |form, caption| one(boxes, caption, form))
}

/// A box with its lines, placed.
struct Set {
    left: f64,
    right: f64,
    top: f64,
    lines: Vec<(String, Ink)>,
    ink: Ink,
}

impl Set {
    fn high(&self) -> f64 {
        2.0 * PAD + LEADING * self.lines.len() as f64 - 2.0
    }

    fn bottom(&self) -> f64 {
        self.top + self.high()
    }

    fn draw(&self, canvas: &Canvas<'_>) -> Result<(), ChartError> {
        canvas.rectangle((self.left, self.top), (self.right, self.bottom()), self.ink)?;
        for (index, (words, ink)) in self.lines.iter().enumerate() {
            let y = self.top + PAD + 12.5 + LEADING * index as f64;
            canvas.text(words, (self.left + PAD, y), Align::Start, *ink)?;
        }
        Ok(())
    }
}

/// Where the columns of a form stand: the boxes, those who went out, and the
/// line that leads down.
struct Columns {
    on: (f64, f64),
    out: (f64, f64),
    wire: f64,
}

impl Columns {
    fn of(form: Form) -> Self {
        match form {
            Form::Wide => Self {
                on: (1.0, 320.0),
                out: (372.0, 659.0),
                wire: 160.0,
            },
            Form::Narrow => Self {
                on: (1.0, 319.0),
                out: (48.0, 319.0),
                wire: 22.0,
            },
        }
    }
}

fn went_on(of: &FlowBox, (left, right): (f64, f64), top: f64) -> Set {
    let room = right - left - 2.0 * PAD;
    let label = wrapped(&of.label, Ink::Label, room, 6);
    let count = wrapped(&of.count, Ink::Value, room, 2);
    let mut lines: Vec<(String, Ink)> = label.into_iter().map(|l| (l, Ink::Label)).collect();
    lines.extend(count.into_iter().map(|l| (l, Ink::Value)));
    Set {
        left,
        right,
        top,
        lines,
        ink: Ink::Box,
    }
}

fn went_out(of: &FlowBox, (left, right): (f64, f64), top: f64) -> Option<Set> {
    if of.out.is_empty() {
        return None;
    }
    let room = right - left - 2.0 * PAD;
    let told = of.out.iter().flat_map(|(why, count)| {
        let words = format!("{why}: {count}");
        wrapped(&words, Ink::Note, room, 5)
    });
    let heading = std::iter::once(("Out".to_owned(), Ink::Value));
    Some(Set {
        left,
        right,
        top,
        lines: heading.chain(told.map(|l| (l, Ink::Note))).collect(),
        ink: Ink::Out,
    })
}

fn one(boxes: &[FlowBox], caption: &Caption<'_>, form: Form) -> Result<Svg, ChartError> {
    let columns = Columns::of(form);
    let mut placed: Vec<(Set, Option<Set>)> = Vec::with_capacity(boxes.len());
    let mut top = 1.0;
    for (index, of) in boxes.iter().enumerate() {
        let on = went_on(of, columns.on, top);
        let out = went_out(of, columns.out, on.bottom() + GAP);
        let last = index + 1 == boxes.len();
        top = match &out {
            Some(out) => out.bottom() + if last { 1.0 } else { GAP },
            None => on.bottom() + if last { 1.0 } else { GAP },
        };
        placed.push((on, out));
    }
    drawing((form.width(), top.max(2.0)), caption, |canvas| {
        for (index, (on, out)) in placed.iter().enumerate() {
            let next = placed.get(index + 1).map(|(next, _)| next);
            canvas.group("row", || wires(canvas, (on, out.as_ref(), next), &columns))?;
        }
        for (on, out) in &placed {
            canvas.group("row", || {
                on.draw(canvas)?;
                out.as_ref().map_or(Ok(()), |out| out.draw(canvas))
            })?;
        }
        Ok(())
    })
}

/// The line down to the next box, and the one aside to those who went out.
fn wires(
    canvas: &Canvas<'_>,
    (on, out, next): (&Set, Option<&Set>, Option<&Set>),
    columns: &Columns,
) -> Result<(), ChartError> {
    let x = columns.wire;
    let aside = out.map(|out| out.top + out.high() / 2.0);
    let down = next.map(|next| next.top).or(aside);
    if let Some(end) = down {
        canvas.line((x, on.bottom()), (x, end), Ink::Wire)?;
    }
    if let Some(next) = next {
        let tip = next.top;
        let head = [(x, tip), (x - HEAD, tip - 9.0), (x + HEAD, tip - 9.0)];
        canvas.shape(&head, Ink::Head)?;
    }
    if let Some((out, y)) = out.zip(aside) {
        canvas.line((x, y), (out.left, y), Ink::Wire)?;
        let tip = out.left;
        let head = [(tip, y), (tip - 9.0, y - HEAD), (tip - 9.0, y + HEAD)];
        canvas.shape(&head, Ink::Head)?;
    }
    Ok(())
}
