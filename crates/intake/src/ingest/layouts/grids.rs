//! What exports of several tools share: a question over two header rows, its
//! options each in a column, the rows of a grid, answers in figures. Decides
//! by the cells below a header; changes none of them.

use super::{Choice, Draft, Made, Meaning, Remark, collapsed, present, who};
use crate::data::{Cell, Role};
use crate::ingest::grid::Grid;
use crate::ingest::numerals;
use crate::vocabulary::{scales, text};
use staywise_core::domain::Severity;

/// Responses from which on it is no accident that nobody chose two options.
const NO_ACCIDENT: usize = 10;

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
    fn holds_figures(&self, index: usize) -> bool {
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
        all.remarks.extend(self.ranks(parts));
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
        let closed: Vec<&Part> = parts.iter().filter(|p| !is_other(&p.label)).collect();
        if closed.len() < 2 {
            return None;
        }
        let only = |wanted: &dyn Fn(usize) -> u32| {
            let mut seen = 0;
            let all = closed.iter().enumerate().all(|(at, part)| {
                let values = self.values(part.index);
                seen += usize::from(!values.is_empty());
                values.iter().all(|(cell, _)| {
                    let figure = figure(cell);
                    figure == Some(f64::from(wanted(at))) || figure == Some(0.0)
                })
            });
            all && seen > 0
        };
        let nth = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
        if !only(&|_| 1) && !only(&nth) {
            return None;
        }
        let some_left = (self.from..self.grid.rows()).any(|row| {
            let ticks =
                |part: &&Part| figure(self.grid.cell(row, part.index)).is_some_and(|f| f > 0.0);
            let ticks = closed.iter().filter(|part| ticks(part)).count();
            ticks > 0 && ticks < closed.len()
        });
        some_left.then(|| parts.iter().map(|p| !is_other(&p.label)).collect())
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
             choice, and no rating.",
        );
        remark.count = u64::from(most);
        Some(remark)
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

/// A question with its row or option behind it.
pub(super) fn joined(question: &str, label: &str) -> String {
    match (question, label) {
        ("", words) | (words, "") => words.to_owned(),
        (question, label) => format!("{question} - {label}"),
    }
}

fn one(draft: Draft) -> Questions {
    Questions {
        drafts: vec![draft],
        remarks: Vec::new(),
    }
}

/// A remark of no weight about a column.
pub(super) fn note(rule: &'static str, column: usize, message: &str) -> Remark {
    Remark {
        rule: (rule, Severity::Note),
        row: None,
        column: Some(column),
        message: message.to_owned(),
        remedy: String::new(),
        count: 1,
    }
}

/// A cell as a figure, `4` as well as 4.
pub(super) fn figure(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(n) => Some(*n),
        Cell::Text(words) => numerals::number(words),
        _ => None,
    }
}

fn same(one: &str, other: &str) -> bool {
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

/// Two header rows: questions, and below them options, rows, or a word that
/// says that there is an answer.
#[derive(Clone, Copy)]
pub(super) struct TwoRows {
    pub(super) names: usize,
    /// Nothing where somebody has deleted the second.
    pub(super) labels: Option<usize>,
}

/// The questions of a sheet with two header rows. What `own` knows is what
/// the tool records of a response.
pub(super) fn two_rows(
    sheet: Sheet<'_>,
    rows: TwoRows,
    own: fn(&str) -> Option<Role>,
) -> Questions {
    let mut all = Questions::default();
    let mut open: Option<(String, Vec<Part>)> = None;
    let close = |open: Option<(String, Vec<Part>)>, all: &mut Questions| {
        if let Some((question, parts)) = open {
            let made = sheet.group(&question, &parts);
            all.drafts.extend(made.drafts);
            all.remarks.extend(made.remarks);
        }
    };
    for index in present(sheet.grid, rows.names, sheet.from) {
        let name = collapsed(sheet.grid.cell(rows.names, index));
        let below = rows
            .labels
            .map(|row| collapsed(sheet.grid.cell(row, index)))
            .unwrap_or_default();
        if below.is_empty()
            && let Some(role) = own(&name)
        {
            close(open.take(), &mut all);
            all.drafts.push(Draft::new(index, name, role));
            continue;
        }
        let label = if is_answer(&below) {
            String::new()
        } else {
            below
        };
        let part = Part { index, label };
        match &mut open {
            Some((question, parts)) if goes_on(question, parts, (&name, &part)) => parts.push(part),
            _ => {
                close(open.take(), &mut all);
                open = Some((name, vec![part]));
            }
        }
    }
    close(open, &mut all);
    all.drafts.sort_by_key(|draft| draft.index);
    all
}

/// `Response` and `Open-Ended Response` say only that there is an answer.
fn is_answer(label: &str) -> bool {
    let folded = text::fold(label);
    [
        "response",
        "open-ended response",
        "open ended response",
        "answer",
    ]
    .contains(&folded.as_str())
}

/// Whether a column goes on with the question before it: there is no text
/// over it, or the same one again with an option that is new.
fn goes_on(question: &str, parts: &[Part], (name, part): (&str, &Part)) -> bool {
    if part.label.is_empty() {
        return false;
    }
    name.is_empty()
        || same(name, question)
            && parts
                .iter()
                .all(|p| !p.label.is_empty() && !same(&p.label, &part.label))
}
