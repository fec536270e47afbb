//! What sort of answers a question takes, from all of its rows: one text in
//! the last row counts as much as in the first.

use super::numerals;
use crate::data::{Cell, Column, DateOrder};
use crate::vocabulary::{dates, missing, scales};
use staywise_core::domain::QuestionType;
use std::borrow::Cow;
use std::collections::HashMap;

/// Distinct labels among which a scale is looked for: misspellings add to
/// those of the scale, but not without end.
const LABELS: usize = 200;
/// Longest option of a choice, in characters.
const OPTION: usize = 80;

/// Types a question.
pub(crate) fn question_type(column: &Column) -> QuestionType {
    let answers = Answers::of(column);
    if answers.total == 0 {
        return QuestionType::Text;
    }
    if answers.are_lists() {
        QuestionType::Multi
    } else if answers.are_on_a_scale() {
        QuestionType::Scale
    } else if answers.most(|cell| matches!(cell, Cell::Moment(_))) {
        QuestionType::Date
    } else if answers.most(is_number) {
        QuestionType::Number
    } else if answers.are_dates() {
        QuestionType::Date
    } else if answers.are_options() {
        QuestionType::Choice
    } else {
        QuestionType::Text
    }
}

fn is_number(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => numerals::number(text).is_some(),
        _ => false,
    }
}

/// Distinct answers that are not missing, with their counts.
struct Answers<'a> {
    distinct: Vec<(&'a Cell, u64)>,
    total: u64,
}

impl<'a> Answers<'a> {
    fn of(column: &'a Column) -> Self {
        let mut distinct: Vec<(&Cell, u64)> = column
            .pool
            .iter()
            .zip(column.counts())
            .filter(|(cell, count)| {
                *count > 0
                    && match cell {
                        Cell::Text(text) => !missing::is_missing(text),
                        Cell::Empty | Cell::Fault(_) => false,
                        _ => true,
                    }
            })
            .collect();
        distinct.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self {
            total: distinct.iter().map(|(_, count)| count).sum(),
            distinct,
        }
    }

    fn texts(&self) -> impl Iterator<Item = (&'a str, u64)> {
        self.distinct.iter().filter_map(|(cell, count)| match cell {
            Cell::Text(text) => Some((&**text, *count)),
            _ => None,
        })
    }

    /// Whether at least four in five rows are so.
    fn most(&self, is: impl Fn(&Cell) -> bool) -> bool {
        let so: u64 = self
            .distinct
            .iter()
            .filter(|(c, _)| is(c))
            .map(|(_, n)| n)
            .sum();
        so * 5 >= self.total * 4
    }

    /// Whether answers are lists: all with the closing semicolon of Forms, or
    /// made of a few options that come again and again.
    fn are_lists(&self) -> bool {
        let ends = |cell: &Cell| matches!(cell, Cell::Text(t) if t.trim_end().ends_with(';'));
        if self.most(ends) {
            return true;
        }
        let with: u64 = self
            .texts()
            .filter(|(t, _)| t.contains(';'))
            .map(|(_, n)| n)
            .sum();
        if with * 10 < self.total * 3 {
            return false;
        }
        let mut options: HashMap<&str, u64> = HashMap::new();
        for (text, count) in self.texts() {
            for option in text.split(';').map(str::trim).filter(|o| !o.is_empty()) {
                *options.entry(option).or_default() += count;
                if options.len() > 60 {
                    return false;
                }
            }
        }
        let chosen: u64 = options.values().sum();
        chosen >= 3 * options.len() as u64
    }

    fn are_on_a_scale(&self) -> bool {
        let shown: Vec<(Cow<'_, str>, u64)> = self
            .distinct
            .iter()
            .take(LABELS)
            .map(|(c, n)| (c.text(), *n))
            .collect();
        let covered: u64 = shown.iter().map(|(_, count)| count).sum();
        if covered * 10 < self.total * 7 {
            return false;
        }
        let labels: Vec<(&str, u64)> = shown.iter().map(|(t, n)| (t.as_ref(), *n)).collect();
        scales::recognise(&labels).is_some()
    }

    fn are_dates(&self) -> bool {
        const TRIED: usize = 50;
        let either = |text: &str| {
            dates::read(text, DateOrder::DayFirst).is_some()
                || dates::read(text, DateOrder::MonthFirst).is_some()
        };
        // Free text is seldom a date, and there may be much of it.
        if !self.texts().take(TRIED).any(|(text, _)| either(text)) {
            return false;
        }
        self.most(|cell| matches!(cell, Cell::Text(text) if either(text)))
    }

    /// Few distinct short values of which some come again.
    fn are_options(&self) -> bool {
        let distinct = self.distinct.len() as u64;
        let few = distinct <= 30 && distinct * 2 <= self.total
            || distinct <= 12 && distinct * 3 <= self.total * 2;
        few && self
            .texts()
            .all(|(t, _)| t.chars().count() <= OPTION && !t.contains('\n'))
    }
}

#[cfg(test)]
mod tests {
    use super::question_type;
    use crate::data::{Cell, Column};
    use staywise_core::domain::QuestionType;

    fn of(values: &[&str]) -> QuestionType {
        let mut column = Column::default();
        for value in values {
            let cell = Cell::Text((*value).into());
            let at = column
                .pool
                .iter()
                .position(|c| *c == cell)
                .unwrap_or_else(|| {
                    column.pool.push(cell);
                    column.pool.len() - 1
                });
            column.codes.push(u32::try_from(at).unwrap_or(0));
        }
        question_type(&column)
    }

    #[test]
    fn types_follow_all_rows() {
        assert_eq!(of(&["a;b;", "b;", "c;a;"]), QuestionType::Multi);
        assert_eq!(of(&["1", "2", "1,300", "n/a"]), QuestionType::Number);
        assert_eq!(
            of(&["red", "blue", "red", "blue", "red"]),
            QuestionType::Choice
        );
        assert_eq!(of(&["a long tale", "another one"]), QuestionType::Text);
        assert_eq!(of(&["", ""]), QuestionType::Text);
    }

    #[test]
    fn late_texts_make_a_column_of_numbers_text() {
        let mut values = vec!["1"; 10];
        let tales: Vec<String> = (0..30).map(|n| format!("tale {n}")).collect();
        values.extend(tales.iter().map(String::as_str));
        assert_eq!(of(&values), QuestionType::Text);
    }

    #[test]
    fn options_joined_by_semicolons_are_a_list_where_they_come_again() {
        assert_eq!(of(&["a;b", "b", "a;b", "a"]), QuestionType::Multi);
        assert_eq!(of(&["well; no", "I think; so", "x"]), QuestionType::Text);
    }
}
