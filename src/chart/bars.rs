//! Answers that take no sides: a bar a question from nothing to all, its
//! parts in the order asked and from deep to pale, the figure inside a part
//! where it fits. A question of which any answer is hidden has no bar.

use super::answers::{Question, Side, scale};
use super::canvas::{Align, Canvas, drawing};
use super::figure::figure;
use super::ink::{FULL, Ground, Ink, Pole, SLICES};
use super::key::{Entry, Key};
use super::lines::{high, set, widest, wrapped};
use super::text::width;
use super::{Caption, ChartError, Drawing, Form, MOST_ROWS, Svg};

const BAR: f64 = 26.0;
const UNDER_LABEL: f64 = 6.0;
const UNDER_BAR: f64 = 16.0;
/// Slices up to this one are so deep that words are left blank in them.
const DEEP: u8 = 3;

/// The most answers on a scale that one drawing can tell apart; those outside
/// the scale share one grey beside them.
pub const MOST_ANSWERS: usize = SLICES as usize;

/// Draws a bar for each question, all of one list of answers.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` questions or `MOST_ANSWERS` answers, for questions with
/// different answers, or where the drawing itself fails.
pub fn bars(questions: &[Question<'_>], caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if questions.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} rows")));
    }
    let answers = scale(questions)?;
    let on = answers.iter().filter(|(_, side)| *side != Side::Outside);
    let count = on.count();
    if count > MOST_ANSWERS {
        return Err(ChartError(format!(
            "{count} answers, and a bar can tell {MOST_ANSWERS} apart: show them as a table"
        )));
    }
    let mut before = 0;
    let inks: Vec<Ink> = answers
        .iter()
        .map(|(_, side)| match side {
            Side::Outside => Ink::Part(Pole::Neither, FULL),
            _ => {
                before += 1;
                slice(before - 1, count)
            }
        })
        .collect();
    let entries: Vec<Entry> = answers
        .iter()
        .zip(&inks)
        .map(|((words, _), ink)| Entry {
            ink: *ink,
            words: words.clone(),
        })
        .collect();
    Drawing::of(caption, |form, caption| {
        let key = Key::new(entries.clone(), form.width());
        one((questions, &inks), &key, caption, form)
    })
}

/// Slices spread from the deepest to the palest.
fn slice(at: usize, count: usize) -> Ink {
    let last = f64::from(SLICES - 1);
    let share = at as f64 / count.saturating_sub(1).max(1) as f64;
    Ink::Slice((share * last).round() as u8)
}

fn one(
    (questions, inks): (&[Question<'_>], &[Ink]),
    key: &Key,
    caption: &Caption<'_>,
    form: Form,
) -> Result<Svg, ChartError> {
    let bases: Vec<String> = questions
        .iter()
        .map(|question| question.base_words(caption, form))
        .collect();
    let base_room = widest(bases.iter().map(String::as_str), Ink::Tick);
    let (bar_end, label_room, most, head) = match form {
        Form::Wide => {
            let end = form.width() - base_room.max(width(caption.base, Ink::Tick)) - 20.0;
            (end, end, 2, 18.0)
        }
        Form::Narrow => (form.width() - 1.0, form.width() - base_room - 14.0, 4, 2.0),
    };
    let mut top = head;
    let mut rows = Vec::with_capacity(questions.len());
    for question in questions {
        let lines = wrapped(&question.label, Ink::Label, label_room, most);
        let next = top + high(lines.len()) + UNDER_LABEL + BAR + UNDER_BAR;
        rows.push((top, lines));
        top = next;
    }
    drawing((form.width(), top + key.high() + 2.0), caption, |canvas| {
        if form == Form::Wide {
            let at = (form.width(), 14.0);
            canvas.text(caption.base, at, Align::End, Ink::Tick)?;
        }
        for (index, (top, lines)) in rows.iter().enumerate() {
            set(canvas, lines, (0.0, top + 14.0), (Align::Start, Ink::Label))?;
            let bar = top + high(lines.len()) + UNDER_LABEL;
            let foot = match form {
                Form::Wide => bar + 18.0,
                Form::Narrow => top + 14.0,
            };
            parts(canvas, (&questions[index], inks), bar, bar_end)?;
            let at = (form.width(), foot);
            canvas.text(&bases[index], at, Align::End, Ink::Base)?;
        }
        key.draw(canvas, top)
    })
}

/// A question's bar, or why there is none.
fn parts(
    canvas: &Canvas<'_>,
    (question, inks): (&Question<'_>, &[Ink]),
    top: f64,
    end: f64,
) -> Result<(), ChartError> {
    let baseline = top + 18.0;
    let shares = match question.shares() {
        Ok(shares) => shares,
        Err(words) => {
            let lines = wrapped(words.trim(), Ink::Tick, end, 1);
            return set(canvas, &lines, (0.0, baseline), (Align::Start, Ink::Note));
        }
    };
    let whole = end - 1.0;
    let mut x = 0.5;
    for ((answered, share), ink) in question.answers.iter().zip(shares).zip(inks) {
        // Shares that sum to more than all by a rounding stay on the canvas.
        let next = (x + share * whole).min(end);
        if share > 0.0 && next > x {
            canvas.rectangle((x, top), (next, top + BAR), *ink)?;
            let words = figure(answered.row);
            if width(&words, Ink::Inside(Ground::Pale)) + 10.0 <= next - x {
                let at = (f64::midpoint(x, next), baseline);
                canvas.text(&words, at, Align::Middle, Ink::Inside(ground(*ink)))?;
            }
        }
        x = next;
    }
    Ok(())
}

fn ground(ink: Ink) -> Ground {
    match ink {
        Ink::Slice(k) if k <= DEEP => Ground::Deep,
        _ => Ground::Pale,
    }
}
