//! Jisc Online Surveys: a unique response number, then questions with their
//! numbers before them. A question of several answers has a column an option.

use super::grids::{Part, Questions, Sheet};
use super::{Draft, Shape, collapsed, present};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::{columns, text};

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;
/// Columns from the left in which the response number may stand.
const FIRST: usize = 8;

/// A column with its question's number: `8.a.` and what is asked.
struct Asked {
    index: usize,
    header: String,
    /// `8.a` for `8.a.`; empty where there is none.
    number: String,
    words: String,
}

/// Recognises a header with unique response numbers.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let row = (0..grid.rows().min(ROWS)).find(|row| {
        (0..grid.width().min(FIRST))
            .any(|column| text::fold(&grid.cell(*row, column).text()) == "unique response number")
    })?;
    let sheet = Sheet {
        grid,
        from: row + 1,
    };
    let asked: Vec<Asked> = present(grid, row, row + 1)
        .map(|index| Asked::of(index, collapsed(grid.cell(row, index))))
        .collect();
    let numbered = asked.iter().filter(|a| !a.number.is_empty()).count();
    let made = questions(sheet, &asked);
    let mut remarks = made.remarks;
    remarks.extend(sheet.figures_alone(&made.drafts));
    let reason = format!(
        "row {} has the Unique Response Number of Jisc Online Surveys and {numbered} numbered \
         questions",
        row + 1
    );
    let kind = (Layout::Jisc, Holds::Survey);
    Some(Shape {
        remarks,
        ..Shape::new(kind, reason, row, made.drafts)
    })
}

impl Asked {
    fn of(index: usize, header: String) -> Self {
        let (number, words) = match numbered(&header) {
            Some((number, words)) => (number.to_owned(), words.to_owned()),
            None => (String::new(), header.clone()),
        };
        Self {
            index,
            header,
            number,
            words,
        }
    }

    /// The number of the question it is a part of.
    fn parent(&self) -> Option<&str> {
        self.number.rsplit_once('.').map(|(parent, _)| parent)
    }
}

/// A question's number and words: `7. Title`, `8.a. If other`, `9.1.b. Why`.
fn numbered(header: &str) -> Option<(&str, &str)> {
    let (number, words) = header.split_once(' ')?;
    let number = number.strip_suffix('.')?;
    let mut parts = number.split('.');
    let is_number = |part: &str| {
        !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())
    };
    let is_letter = |part: &str| part.len() == 1 && part.bytes().all(|b| b.is_ascii_lowercase());
    let first = parts.next().is_some_and(is_number);
    (first && parts.all(|part| is_number(part) || is_letter(part))).then_some((number, words))
}

fn questions(sheet: Sheet<'_>, asked: &[Asked]) -> Questions {
    let mut all = Questions::default();
    let mut at = 0;
    while let Some(one) = asked.get(at) {
        let rest = asked.get(at..).unwrap_or_default();
        let same = run(rest, |other| {
            !one.number.is_empty() && other.number == one.number
        });
        let siblings = run(rest, |other| {
            one.parent().is_some() && other.parent() == one.parent()
        });
        let made = several(sheet, rest.get(..same).unwrap_or_default()).or_else(|| {
            let parent = at.checked_sub(1).and_then(|before| asked.get(before));
            ticked_below(sheet, parent, rest.get(..siblings).unwrap_or_default())
        });
        match made {
            Some((made, length, replaces)) => {
                if replaces {
                    all.drafts.pop();
                }
                all.drafts.extend(made.drafts);
                all.remarks.extend(made.remarks);
                at += length;
            }
            None => {
                all.drafts.push(draft(sheet, one));
                at += 1;
            }
        }
    }
    all
}

/// How many columns from the first on are so.
fn run(asked: &[Asked], is: impl Fn(&Asked) -> bool) -> usize {
    asked.iter().take_while(|one| is(one)).count()
}

fn draft(sheet: Sheet<'_>, one: &Asked) -> Draft {
    let role = match text::fold(&one.header).as_str() {
        "" => Role::Unknown,
        "unique response number" => Role::ResponseId,
        _ if one.number.is_empty() => columns::recognise_in(Holds::Survey, &one.header)
            .unwrap_or_else(|| sheet.role(&one.header, one.index)),
        _ => sheet.role(&one.words, one.index),
    };
    let draft = Draft::new(one.index, one.header.clone(), role);
    Draft {
        question: (!one.number.is_empty()).then(|| one.words.clone()),
        ..draft
    }
}

/// Questions made, of how many columns, and whether they take the place of
/// the column before.
type Made = (Questions, usize, bool);

/// Columns of one number: the question's words, then an option or a row in
/// each; or the same words in each.
fn several(sheet: Sheet<'_>, columns: &[Asked]) -> Option<Made> {
    let first = columns.first().filter(|_| columns.len() > 1)?;
    let (question, labels) = parted(columns).or_else(|| {
        let alike = columns.iter().all(|one| one.words == first.words);
        let labels = alike.then(|| columns.iter().map(|one| only_value(sheet, one.index)));
        Some((first.words.clone(), labels?.collect::<Option<Vec<_>>>()?))
    })?;
    let parts: Vec<Part> = columns
        .iter()
        .zip(labels)
        .map(|(one, label)| Part {
            index: one.index,
            label,
        })
        .collect();
    let made = sheet.group(&question, &parts);
    Some((with_number(made, &first.number), columns.len(), false))
}

/// The words that columns share, and what each has behind them.
fn parted(columns: &[Asked]) -> Option<(String, Vec<String>)> {
    [" - ", ": "].into_iter().find_map(|mark| {
        let parts: Option<Vec<(&str, &str)>> = columns
            .iter()
            .map(|one| one.words.split_once(mark))
            .collect();
        let parts = parts?;
        let stem = parts.first()?.0;
        let alike = parts.iter().all(|(own, _)| *own == stem);
        alike.then(|| {
            let labels = parts.iter().map(|(_, label)| (*label).to_owned());
            (stem.to_owned(), labels.collect())
        })
    })
}

fn only_value(sheet: Sheet<'_>, index: usize) -> Option<String> {
    match sheet.values(index).as_slice() {
        [(cell, _)] => Some(cell.text().into_owned()),
        _ => None,
    }
}

/// Options as parts of a question: `9.a. Pay`, `9.b. Rota`, each ticked or
/// not. The question itself stands before them, without an answer.
fn ticked_below(sheet: Sheet<'_>, before: Option<&Asked>, columns: &[Asked]) -> Option<Made> {
    let parent = columns.first()?.parent()?;
    let parts: Vec<Part> = columns
        .iter()
        .map(|one| Part {
            index: one.index,
            label: one.words.clone(),
        })
        .collect();
    let heading = before.filter(|one| one.number == parent && !sheet.is_filled(one.index));
    let question = heading.map_or_else(|| format!("Question {parent}"), |one| one.words.clone());
    let made = sheet.options(&question, &parts)?;
    Some((with_number(made, parent), columns.len(), heading.is_some()))
}

/// The number before each header; the words without it are the question.
fn with_number(mut made: Questions, number: &str) -> Questions {
    for draft in &mut made.drafts {
        draft.question = Some(draft.header.clone());
        draft.header = format!("{number}. {}", draft.header);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn numbers_stand_before_questions() {
        assert_eq!(numbered("7. Your site"), Some(("7", "Your site")));
        assert_eq!(numbered("8.a. If other"), Some(("8.a", "If other")));
        assert_eq!(numbered("9.1.b. Why?"), Some(("9.1.b", "Why?")));
        assert_eq!(numbered("12 months from now"), None);
        assert_eq!(numbered("i.e. this"), None);
        assert_eq!(numbered("Unique Response Number"), None);
    }
}
