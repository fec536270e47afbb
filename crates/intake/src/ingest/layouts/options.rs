//! The options of a question each in a column, ticked or not; and questions
//! that are answered in figures alone. Changes no cell.

use super::grids::{Part, Questions, Sheet, figure, is_other, joined, note, one, same};
use super::{Choice, Draft, Made, Meaning, Remark};
use crate::data::{Cell, Role};
use crate::vocabulary::scales;

/// Responses from which on it is no accident that nobody chose two options.
const NO_ACCIDENT: usize = 10;

impl Sheet<'_> {
    /// One question of several answers, a column an option; a text beside it
    /// is a question of its own. Nothing where the columns are no options.
    pub(super) fn options(&self, question: &str, parts: &[Part]) -> Option<Questions> {
        let marked: Vec<bool> = self.marks(parts)?;
        let (options, beside): (Vec<_>, Vec<_>) = parts
            .iter()
            .zip(&marked)
            .partition(|(_, is_option)| **is_option);
        let choices: Vec<Choice> = options
            .iter()
            .map(|(part, _)| Choice {
                index: part.index,
                label: part.label.clone(),
            })
            .collect();
        let first = choices.first()?.index;
        let exclusive = self.is_exclusive(&choices);
        let labels = exclusive.then(|| choices.iter().map(alone).collect());
        let mut made = one(Draft {
            made: Made::Options(choices),
            meaning: Meaning {
                labels: labels.unwrap_or_default(),
                missing: Vec::new(),
            },
            ..Draft::new(first, question.to_owned(), Role::Question)
        });
        if exclusive {
            made.remarks.push(note(
                "one-of-the-options",
                first,
                "The options of this question stand each in a column and nobody chose two; it \
                 was read as a question of one answer.",
            ));
        }
        for (part, _) in beside {
            let words = joined(question, &part.label);
            made.drafts
                .push(Draft::new(part.index, words, Role::Question));
        }
        Some(made)
    }

    /// Which parts are options that are ticked or not; nothing where they are
    /// none. One part may be a text beside the options.
    fn marks(&self, parts: &[Part]) -> Option<Vec<bool>> {
        if parts.len() < 2 || parts.iter().any(|part| part.label.is_empty()) {
            return None;
        }
        let (mut ticked, mut beside) = (0, 0);
        let mut marked = Vec::with_capacity(parts.len());
        for (at, part) in parts.iter().enumerate() {
            let values = self.values(part.index);
            let own = values
                .iter()
                .all(|(cell, _)| same(&cell.text(), &part.label));
            if own && !(values.is_empty() && is_other(&part.label)) {
                ticked += usize::from(!values.is_empty());
                marked.push(true);
            } else if is_other(&part.label) || at + 1 == parts.len() {
                beside += 1;
                marked.push(false);
            } else {
                return self.numbered(parts);
            }
        }
        if ticked == 0 || beside > 1 || beside == parts.len() {
            return self.numbered(parts);
        }
        Some(marked)
    }

    /// Options ticked by a figure: 1 in each, or each option's own number. A
    /// grid is answered in every row; options are not.
    fn numbered(&self, parts: &[Part]) -> Option<Vec<bool>> {
        let nth = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
        let fits = |at: usize, part: &Part, wanted: u32| {
            let values = self.values(part.index);
            let ticked = |cell: &Cell| figure(cell) == Some(f64::from(wanted));
            let beside = is_other(&part.label) || at + 1 == parts.len();
            match values.iter().all(|(cell, _)| ticked(cell)) {
                true => Some(!values.is_empty() || !is_other(&part.label)),
                false => beside.then_some(false),
            }
        };
        let marked = |wanted: &dyn Fn(usize) -> u32| -> Option<Vec<bool>> {
            let all = parts.iter().enumerate();
            all.map(|(at, part)| fits(at, part, wanted(at))).collect()
        };
        let marked = marked(&|_| 1).or_else(|| marked(&nth))?;
        let options: Vec<&Part> = parts
            .iter()
            .zip(&marked)
            .filter(|(_, is_option)| **is_option)
            .map(|(part, _)| part)
            .collect();
        let some_left = (self.from..self.grid.rows()).any(|row| {
            let ticks =
                |part: &&&Part| figure(self.grid.cell(row, part.index)).is_some_and(|f| f > 0.0);
            let ticks = options.iter().filter(ticks).count();
            ticks > 0 && ticks < options.len()
        });
        (some_left && options.len() > 1 && options.len() + 1 >= parts.len()).then_some(marked)
    }

    /// Whether the options stand for one answer: no row has two, and there
    /// are many rows or the labels are a scale.
    fn is_exclusive(&self, choices: &[Choice]) -> bool {
        let mut answered = 0;
        for row in self.from..self.grid.rows() {
            let ticks = choices.iter().filter(|choice| {
                let cell = self.grid.cell(row, choice.index);
                !cell.is_blank() && figure(cell) != Some(0.0)
            });
            match ticks.count() {
                0 => {}
                1 => answered += 1,
                _ => return false,
            }
        }
        let labels: Vec<(&str, u64)> = choices.iter().map(|c| (c.label.as_str(), 1)).collect();
        answered >= NO_ACCIDENT || answered > 0 && scales::recognise(&labels).is_some()
    }

    /// Questions that are answered in a few small figures of which the file
    /// does not say what they mean.
    pub(super) fn figures_alone(&self, drafts: &[Draft]) -> Option<Remark> {
        let is_coded = |draft: &&Draft| {
            draft.role == Role::Question
                && draft.made == Made::Own
                && draft.meaning == Meaning::default()
                && self.is_coded(draft.index)
        };
        let mut coded = drafts.iter().filter(is_coded);
        let first = coded.next()?;
        Some(Remark {
            count: coded.count() as u64 + 1,
            remedy: "Export the answers as text if the tool can; else name the scale of each \
                     under [[item]] in staywise.toml: scale = \"rating_1_5\"."
                .to_owned(),
            ..note(
                "figures-without-labels",
                first.index,
                "Questions are answered in figures, and the file does not say what they mean nor \
                 which end is good.",
            )
        })
    }

    /// Whether a column has nothing but whole figures from 0 to 7, of which
    /// some come again. From 8 on they are a rating from 0 to 10.
    fn is_coded(&self, index: usize) -> bool {
        let values = self.values(index);
        let all: u64 = values.iter().map(|(_, n)| n).sum();
        let small = |cell: &Cell| {
            figure(cell).is_some_and(|f| f.fract() == 0.0 && (0.0..=7.0).contains(&f))
        };
        values.len() > 1
            && all >= 2 * values.len() as u64
            && values.iter().all(|(cell, _)| small(cell))
    }
}

/// A label with the mark behind it as options are joined, and without.
fn alone(choice: &Choice) -> (String, String) {
    let label = choice.label.replace(';', ",");
    (format!("{label};"), label)
}
