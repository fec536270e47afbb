//! Answers that take sides: against to the left of a line, for to the right,
//! both from the middle outward in scale order, neither apart in its own
//! column, all at one length for one share. A question that is hidden, or of
//! which any answer is, keeps its place and has no bar.

use super::answers::{Question, Side, scale};
use super::canvas::{Align, Canvas, drawing};
use super::figure::amount;
use super::ink::{FULL, Ink, Pole};
use super::key::{Entry, Key};
use super::lines::{high, set, widest, wrapped};
use super::text::width;
use super::{Caption, ChartError, Drawing, Form, MOST_ROWS, Svg};
use staywise_core::domain::Unit;

const BAR: f64 = 21.0;
const UNDER_LABEL: f64 = 6.0;
const UNDER_BAR: f64 = 16.0;
/// From a bar's end to its figure.
const TO_FIGURE: f64 = 6.0;
/// From the line to the words over a side.
const FROM_LINE: f64 = 8.0;
const POLES: [(Pole, Side); 3] = [
    (Pole::Against, Side::Against),
    (Pole::Neither, Side::Neither),
    (Pole::For, Side::For),
];

/// Draws a bar for each question, all of one scale of 2 to 11 answers.
///
/// # Errors
/// `ChartError` for more than `MOST_ROWS` rows, where the questions do not share one scale, or where the
/// drawing itself fails.
pub fn likert(questions: &[Question<'_>], caption: &Caption<'_>) -> Result<Drawing, ChartError> {
    if questions.len() > MOST_ROWS {
        return Err(ChartError(format!("more than {MOST_ROWS} rows")));
    }
    let scale = Scale::of(scale(questions)?);
    Drawing::of(caption, |form, caption| {
        one(&scale, questions, caption, form)
    })
}

/// The scale that the questions share.
struct Scale {
    answers: Vec<(String, Side)>,
    inks: Vec<Option<Ink>>,
}

impl Scale {
    fn of(answers: Vec<(String, Side)>) -> Self {
        let first = answers.iter().map(|(_, side)| *side);
        let mut sided = first.filter(|side| matches!(side, Side::Against | Side::For));
        // A scale may be asked from the best answer down.
        let down = sided.next() == Some(Side::For) && sided.any(|side| side == Side::Against);
        let inks = (0..answers.len())
            .map(|at| ink(&answers, at, down))
            .collect();
        Self { answers, inks }
    }

    /// Which answers stand on a side, from the middle outward.
    fn outward(&self, side: Side) -> Vec<usize> {
        let mut on: Vec<usize> = (0..self.answers.len())
            .filter(|at| self.answers[*at].1 == side)
            .collect();
        let strength = |at: &usize| match self.inks[*at] {
            Some(Ink::Part(_, strength)) => strength,
            _ => 0,
        };
        on.sort_by_key(strength);
        on
    }

    /// What the answers of a side have in common, else from which to which.
    fn head(&self, side: Side) -> String {
        let on: Vec<&str> = self
            .answers
            .iter()
            .filter(|(_, of)| *of == side)
            .map(|(answer, _)| answer.as_str())
            .collect();
        let (Some(first), Some(last)) = (on.first(), on.last()) else {
            return String::new();
        };
        let shortest = on.iter().min_by_key(|a| a.chars().count()).unwrap_or(first);
        let wanted = shortest.to_lowercase();
        let common = on.iter().all(|a| a.to_lowercase().ends_with(&wanted));
        if side == Side::Neither && wanted.starts_with("neither") && common {
            "Neither".to_owned()
        } else if common {
            (*shortest).to_owned()
        } else {
            format!("{first} to {last}")
        }
    }

    fn key(&self, room: f64) -> Key {
        let entries = self.answers.iter().zip(&self.inks);
        let drawn = entries.filter_map(|((words, _), ink)| {
            Some(Entry {
                ink: (*ink)?,
                words: words.clone(),
            })
        });
        Key::new(drawn.collect(), room)
    }
}

/// The ink of one answer: the further from the middle, the stronger.
fn ink(answers: &[(String, Side)], at: usize, down: bool) -> Option<Ink> {
    let side = answers[at].1;
    let (pole, _) = POLES.into_iter().find(|(_, of)| *of == side)?;
    let count = answers.iter().filter(|(_, of)| *of == side).count();
    let before = answers[..at].iter().filter(|(_, of)| *of == side).count();
    // The first of those against is the furthest out, the last of those for.
    let rank = if (pole == Pole::Against) == down {
        before
    } else {
        count - 1 - before
    };
    let strength = match (pole, count) {
        (_, 0 | 1) => FULL,
        (Pole::Against | Pole::For, 2) => {
            if rank == 0 {
                0
            } else {
                FULL
            }
        }
        _ => {
            let least = if count > 9 { 1.0 } else { 2.0 };
            let full = f64::from(FULL);
            let share = rank.min(count - 1) as f64 / (count - 1) as f64;
            (least + (full - least) * share).round() as u8
        }
    };
    Some(Ink::Part(pole, strength))
}

/// A question's shares by answer, or why it has no bar.
type Shares = Result<Vec<f64>, String>;

/// Where things stand across a drawing.
struct Frame {
    form: Form,
    /// Pixels for a whole.
    whole: f64,
    line: f64,
    neither: Option<f64>,
    /// The right edge of the words over those for.
    for_end: f64,
}

impl Frame {
    fn of(scale: &Scale, shares: &[Shares], bases: f64, form: Form) -> Self {
        let shown = || shares.iter().flatten();
        let most = |side| {
            let sums = shown().map(|shares| total(scale, shares, side));
            sums.fold(0.0, f64::max)
        };
        let has = |side| scale.answers.iter().any(|(_, of)| *of == side);
        let room = |side| {
            let words = shown().map(|shares| printed(total(scale, shares, side)));
            let words: Vec<String> = words.collect();
            widest(words.iter().map(String::as_str), Ink::Value) + TO_FIGURE
        };
        let (cap, longest, gap) = match form {
            Form::Wide => (320.0, 130.0, 28.0),
            Form::Narrow => (160.0, 76.0, 14.0),
        };
        let head = |side| width(&scale.head(side), Ink::Tick).min(longest) + FROM_LINE;
        let across = |side, whole: f64| {
            if has(side) {
                (most(side) * whole + room(side)).max(head(side))
            } else {
                0.0
            }
        };
        let needed = |whole| {
            let sides = across(Side::Against, whole) + across(Side::For, whole);
            let apart = across(Side::Neither, whole);
            sides + apart + bases + if apart > 0.0 { 2.0 * gap } else { gap }
        };
        let tried = (0..64).map(|step| cap - 4.0 * f64::from(step));
        let whole = tried
            .take_while(|whole| *whole > 24.0)
            .find(|whole| needed(*whole) <= form.width())
            .unwrap_or(24.0);
        let line = across(Side::Against, whole).max(1.0);
        // The columns at the right stand at the right edge.
        let right = form.width() - if bases > 0.0 { bases + gap } else { 0.0 };
        let apart = across(Side::Neither, whole);
        let neither = has(Side::Neither).then_some(right - apart);
        Self {
            form,
            whole,
            line,
            neither,
            for_end: neither.unwrap_or(right) - gap,
        }
    }
}

fn total(scale: &Scale, shares: &[f64], side: Side) -> f64 {
    let answers = scale.answers.iter().zip(shares);
    let sum: f64 = answers
        .filter(|((_, of), _)| *of == side)
        .map(|(_, share)| share)
        .sum();
    // A sum of floating shares may miss the whole by its last digits.
    if sum > 1.0 - 1e-9 { 1.0 } else { sum }
}

fn printed(share: f64) -> String {
    amount(Unit::Fraction, share)
}

fn one(
    scale: &Scale,
    questions: &[Question<'_>],
    caption: &Caption<'_>,
    form: Form,
) -> Result<Svg, ChartError> {
    let shares: Vec<Shares> = questions.iter().map(Question::shares).collect();
    let bases: Vec<String> = questions
        .iter()
        .map(|question| question.base_words(caption, form))
        .collect();
    let base_room = widest(bases.iter().map(String::as_str), Ink::Tick);
    let head_room = width(caption.base, Ink::Tick);
    let column = match form {
        Form::Wide => base_room.max(head_room),
        Form::Narrow => 0.0,
    };
    let frame = Frame::of(scale, &shares, column, form);
    let (label_room, most) = match form {
        Form::Wide => (form.width() - column - 20.0, 2),
        Form::Narrow => (form.width() - base_room - 14.0, 4),
    };
    let heads = Heads::of(scale, &frame);
    let mut top = heads.high() + 6.0;
    let mut rows = Vec::with_capacity(questions.len());
    for question in questions {
        let lines = wrapped(&question.label, Ink::Label, label_room, most);
        let next = top + high(lines.len()) + UNDER_LABEL + BAR + UNDER_BAR;
        rows.push((top, lines));
        top = next;
    }
    let key = scale.key(form.width());
    drawing((form.width(), top + key.high() + 2.0), caption, |canvas| {
        heads.draw(canvas, &frame)?;
        if form == Form::Wide {
            let at = (form.width(), heads.foot());
            canvas.text(caption.base, at, Align::End, Ink::Tick)?;
        }
        for (index, (top, lines)) in rows.iter().enumerate() {
            set(canvas, lines, (0.0, top + 14.0), (Align::Start, Ink::Label))?;
            let bar = top + high(lines.len()) + UNDER_LABEL;
            let foot = match form {
                Form::Wide => bar + 15.0,
                Form::Narrow => top + 14.0,
            };
            row(canvas, (scale, &frame), &shares[index], bar)?;
            let at = (form.width(), foot);
            canvas.text(&bases[index], at, Align::End, Ink::Base)?;
        }
        key.draw(canvas, top)
    })
}

/// The words over the sides.
struct Heads {
    against: Vec<String>,
    neither: Vec<String>,
    favour: Vec<String>,
}

impl Heads {
    fn of(scale: &Scale, frame: &Frame) -> Self {
        let lines = |side, room| wrapped(&scale.head(side), Ink::Tick, room, 3);
        let apart = frame.neither.map_or(0.0, |x| {
            let edge = match frame.form {
                Form::Wide => 130.0,
                Form::Narrow => frame.form.width() - x,
            };
            edge.min(frame.form.width() - x)
        });
        Self {
            against: lines(Side::Against, frame.line - FROM_LINE),
            neither: lines(Side::Neither, apart),
            favour: lines(Side::For, frame.for_end - frame.line - FROM_LINE),
        }
    }

    fn lines(&self) -> usize {
        let all = [&self.against, &self.neither, &self.favour];
        all.map(Vec::len).into_iter().max().unwrap_or(0).max(1)
    }

    fn high(&self) -> f64 {
        high(self.lines())
    }

    /// The baseline of the last line.
    fn foot(&self) -> f64 {
        self.high() - 4.0
    }

    fn draw(&self, canvas: &Canvas<'_>, frame: &Frame) -> Result<(), ChartError> {
        let first = |lines: &[String]| self.foot() - high(lines.len().saturating_sub(1));
        let left = (frame.line - FROM_LINE, first(&self.against));
        set(canvas, &self.against, left, (Align::End, Ink::Tick))?;
        let right = (frame.line + FROM_LINE, first(&self.favour));
        set(canvas, &self.favour, right, (Align::Start, Ink::Tick))?;
        match frame.neither {
            Some(x) => {
                let at = (x, first(&self.neither));
                set(canvas, &self.neither, at, (Align::Start, Ink::Tick))
            }
            None => Ok(()),
        }
    }
}

/// A question's bar, or why there is none.
fn row(
    canvas: &Canvas<'_>,
    (scale, frame): (&Scale, &Frame),
    shares: &Shares,
    top: f64,
) -> Result<(), ChartError> {
    let baseline = top + 15.5;
    let shares = match shares {
        Ok(shares) => shares,
        Err(words) => {
            let lines = wrapped(words.trim(), Ink::Tick, frame.form.width(), 1);
            return set(canvas, &lines, (0.0, baseline), (Align::Start, Ink::Note));
        }
    };
    for (_, side) in POLES {
        let on = scale.outward(side);
        let (from, sign) = match side {
            Side::Against => (frame.line, -1.0),
            Side::Neither => (frame.neither.unwrap_or(frame.for_end), 1.0),
            _ => (frame.line, 1.0),
        };
        if on.is_empty() {
            continue;
        }
        let mut x = from;
        for at in on {
            let next = x + sign * shares[at] * frame.whole;
            if let (Some(ink), true) = (scale.inks[at], shares[at] > 0.0) {
                canvas.rectangle((x.min(next), top), (x.max(next), top + BAR), ink)?;
            }
            x = next;
        }
        let words = printed(total(scale, shares, side));
        let align = if sign < 0.0 { Align::End } else { Align::Start };
        let at = (x + sign * TO_FIGURE, baseline);
        canvas.text(&words, at, align, Ink::Value)?;
    }
    let ends = ((frame.line, top - 4.0), (frame.line, top + BAR + 4.0));
    canvas.line(ends.0, ends.1, Ink::Reference)
}
