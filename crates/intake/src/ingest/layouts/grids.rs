//! What exports of several tools share: a question over several columns, which
//! are its options, the rows of a grid or a text beside. Decides by the cells
//! below a header; changes none of them.

use super::{Draft, Meaning, Remark, who};
use crate::data::{Cell, Role};
use crate::ingest::grid::Grid;
use crate::ingest::numerals;
use crate::vocabulary::text;

/// Where the data of a sheet begin.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) grid: &'a Grid,
    /// First row of data.
    pub(super) from: usize,
}

/// A column of a question: an option, a row of a grid, or a text beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Zero-based column of the sheet.
    pub(super) index: usize,
    /// What stands over it in the second header row; empty where that says
    /// only that there is an answer.
    pub(super) label: String,
}

/// Questions with what is to be said of them.
#[derive(Default)]
pub(super) struct Questions {
    pub(super) drafts: Vec<Draft>,
    pub(super) remarks: Vec<Remark>,
}

impl Sheet<'_> {
    /// Distinct values of a column that are not blank, with how often each
    /// comes.
    pub(super) fn values(&self, index: usize) -> Vec<(&Cell, u64)> {
        let Some(column) = self.grid.columns().get(index) else {
            return Vec::new();
        };
        let mut counts = vec![0_u64; column.pool().len()];
        for code in column.codes().iter().skip(self.from) {
            if let Some(count) = usize::try_from(*code).ok().and_then(|c| counts.get_mut(c)) {
                *count += 1;
            }
        }
        let pairs = column.pool().iter().zip(counts);
        pairs
            .filter(|(cell, count)| *count > 0 && !cell.is_blank())
            .collect()
    }

    /// Rows of data in which a column has a value.
    pub(super) fn answered(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        (self.from..self.grid.rows()).filter(move |row| !self.grid.cell(*row, index).is_blank())
    }

    /// The role of a column that asks something: whom it asks about, or a
    /// question. Bands of age are no ages.
    pub(super) fn role(&self, question: &str, index: usize) -> Role {
        match who(question) {
            _ if question.is_empty() => Role::Unknown,
            Some(Role::Age) if !self.holds_figures(index) => Role::Dimension("age_band".to_owned()),
            Some(role) => role,
            None => Role::Question,
        }
    }

    /// Whether at least half of a column's values are figures, or it has none.
    pub(super) fn holds_figures(&self, index: usize) -> bool {
        let values = self.values(index);
        let all: u64 = values.iter().map(|(_, n)| n).sum();
        let figures = values.iter().filter(|(cell, _)| figure(cell).is_some());
        figures.map(|(_, n)| n).sum::<u64>() * 2 >= all
    }

    /// Whether a column has a value at all.
    pub(super) fn is_filled(&self, index: usize) -> bool {
        self.answered(index).next().is_some()
    }

    /// The columns of one question: a question an option makes one of several
    /// answers, a grid one question a row.
    pub(super) fn group(&self, question: &str, parts: &[Part]) -> Questions {
        if let [part] = parts
            && part.label.is_empty()
        {
            let role = self.role(question, part.index);
            return one(Draft::new(part.index, question.to_owned(), role));
        }
        if is_contact(parts) {
            return contact(question, parts);
        }
        if let Some(questions) = self.options(question, parts) {
            return questions;
        }
        let mut all = Questions::default();
        for (_, row) in self.by_row(parts) {
            match row.as_slice() {
                [(part, _)] => all.drafts.push(self.row(question, part)),
                several => {
                    let shared = several.first().map_or("", |(part, _)| part.label.as_str());
                    let stem = shared.split(" - ").next().unwrap_or(shared);
                    let parts: Vec<Part> = several
                        .iter()
                        .map(|(part, tail)| Part {
                            index: part.index,
                            label: tail.clone(),
                        })
                        .collect();
                    let words = joined(question, stem);
                    match self.options(&words, &parts) {
                        Some(made) => {
                            all.drafts.extend(made.drafts);
                            all.remarks.extend(made.remarks);
                        }
                        None => {
                            let rows = several.iter().map(|(part, _)| self.row(question, part));
                            all.drafts.extend(rows);
                        }
                    }
                }
            }
        }
        if let Some(ranks) = self.ranks(parts) {
            all.remarks.push(ranks);
            for draft in &mut all.drafts {
                draft.meaning = places(parts.len());
            }
        }
        all
    }

    fn row(&self, question: &str, part: &Part) -> Draft {
        let role = if part.label.is_empty() {
            self.role(question, part.index)
        } else {
            Role::Question
        };
        Draft::new(part.index, joined(question, &part.label), role)
    }

    /// Columns `Row - Option` of a grid of boxes to tick, row by row; others
    /// each alone. With the part after the row's name.
    fn by_row<'p>(&self, parts: &'p [Part]) -> Vec<(String, Vec<(&'p Part, String)>)> {
        let mut rows: Vec<(String, Vec<(&Part, String)>)> = Vec::new();
        for part in parts {
            let split = part.label.split_once(" - ").filter(|(_, tail)| {
                let values = self.values(part.index);
                values.iter().all(|(cell, _)| same(&cell.text(), tail))
            });
            let (key, tail) = split.unwrap_or((part.label.as_str(), part.label.as_str()));
            let own = split.is_some().then(|| key.to_owned());
            match rows.last_mut() {
                Some((last, row)) if own.as_ref() == Some(last) => {
                    row.push((part, tail.to_owned()));
                }
                _ => rows.push((own.unwrap_or_default(), vec![(part, tail.to_owned())])),
            }
        }
        rows
    }

    /// Whether the rows of a grid were put in an order: in each response the
    /// figures from 1 up to the number of rows, none twice.
    fn ranks(&self, parts: &[Part]) -> Option<Remark> {
        let most = u32::try_from(parts.len()).ok().filter(|n| *n >= 3)?;
        let mut whole = 0_u64;
        for row in self.from..self.grid.rows() {
            let mut seen = Vec::new();
            for part in parts {
                let cell = self.grid.cell(row, part.index);
                if cell.is_blank() {
                    continue;
                }
                let rank = figure(cell).filter(|f| {
                    f.fract() == 0.0 && (1.0..=f64::from(most)).contains(f) && !seen.contains(f)
                })?;
                seen.push(rank);
            }
            whole += u64::from(seen.len() == parts.len());
        }
        let first = parts.first().filter(|_| whole > 1)?;
        let mut remark = note(
            "ranks",
            first.index,
            "The rows of this question were put in an order; the figures are places, 1 the first \
             choice, and no rating. They are read as 1st, 2nd and so on.",
        );
        remark.count = u64::from(most);
        Some(remark)
    }
}

/// Figures as places in an order, so that no 9 is ever taken for a rating.
fn places(rows: usize) -> Meaning {
    let ordinal = |n: usize| {
        let end = match (n % 10, n % 100) {
            (_, 11..=13) => "th",
            (1, _) => "st",
            (2, _) => "nd",
            (3, _) => "rd",
            _ => "th",
        };
        (n.to_string(), format!("{n}{end}"))
    };
    Meaning {
        labels: (1..=rows).map(ordinal).collect(),
        missing: Vec::new(),
    }
}

/// A question with its row or option behind it.
pub(super) fn joined(question: &str, label: &str) -> String {
    match (question, label) {
        ("", words) | (words, "") => words.to_owned(),
        (question, label) => format!("{question} - {label}"),
    }
}

/// A question of one column.
pub(super) fn one(draft: Draft) -> Questions {
    Questions {
        drafts: vec![draft],
        remarks: Vec::new(),
    }
}

/// A remark of no weight about a column.
pub(super) fn note(rule: &'static str, column: usize, message: &str) -> Remark {
    Remark::note(rule, Some(column), message.to_owned(), "")
}

/// A cell as a figure, `4` as well as 4.
pub(super) fn figure(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(n) => Some(*n),
        Cell::Text(words) => numerals::number(words),
        _ => None,
    }
}

/// Whether two texts are the same words.
pub(super) fn same(one: &str, other: &str) -> bool {
    text::fold(one) == text::fold(other)
}

/// `Other (please specify)` and its like.
pub(super) fn is_other(label: &str) -> bool {
    let folded = text::fold(label);
    folded == "other"
        || [
            "specify",
            "please state",
            "please describe",
            "please explain",
        ]
        .iter()
        .any(|words| folded.contains(words))
}

/// What the block of contact details asks for, in the tool's own words.
const CONTACT: [(&str, Role); 10] = [
    ("name", Role::PersonName),
    ("company", Role::Dropped),
    ("address", Role::Dropped),
    ("address 2", Role::Dropped),
    ("city/town", Role::Dropped),
    ("state/province", Role::Dropped),
    ("zip/postal code", Role::Dropped),
    ("country", Role::Dropped),
    ("email address", Role::Email),
    ("phone number", Role::Dropped),
];

fn contact_role(label: &str) -> Option<Role> {
    let folded = text::fold(label);
    let folded = folded.trim_end_matches(':');
    let found = CONTACT.iter().find(|(word, _)| *word == folded);
    found.map(|(_, role)| role.clone())
}

fn is_contact(parts: &[Part]) -> bool {
    let known = parts
        .iter()
        .filter(|part| contact_role(&part.label).is_some());
    let known = known.count();
    known >= 3 && known * 2 > parts.len()
}

/// Contact details are personal: the address links a person, the rest goes.
fn contact(question: &str, parts: &[Part]) -> Questions {
    let draft = |part: &Part| {
        let role = contact_role(&part.label).unwrap_or(Role::Dropped);
        Draft::new(part.index, joined(question, &part.label), role)
    };
    Questions {
        drafts: parts.iter().map(draft).collect(),
        remarks: Vec::new(),
    }
}
