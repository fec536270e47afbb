//! Which rows are responses, and why the others are not: every row is kept,
//! or dropped under exactly one rule.

use super::{Partials, respondents, waves};
use crate::data::{Cell, Layout, Role, Stage, Table, TableColumn};
use crate::vocabulary::cells::{Moment, is_missing, moments};
use crate::vocabulary::text;
use staywise_core::domain::{Day, Finding, QuestionType, Severity};
use std::borrow::Cow;
use std::collections::HashMap;

/// Why a row is no response. The first that holds counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dropped {
    /// Made while previewing the survey.
    Preview,
    /// Made by the tool's own test.
    Test,
    /// Taken for spam by the tool.
    Spam,
    /// Not finished.
    Unfinished,
    /// No date that can be read.
    NoDate,
    /// Completed after the as-at date.
    AfterAsAt,
    /// No question answered.
    Blank,
    /// The same response again.
    SameResponse,
    /// An earlier or less complete answer of the same numbered respondent in
    /// the same wave.
    EarlierAnswer,
}

impl Dropped {
    /// All, in the order in which they are tried.
    pub const ALL: [Self; 9] = [
        Self::Preview,
        Self::Test,
        Self::Spam,
        Self::Unfinished,
        Self::NoDate,
        Self::AfterAsAt,
        Self::Blank,
        Self::SameResponse,
        Self::EarlierAnswer,
    ];

    /// The word in `check --json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Test => "test",
            Self::Spam => "spam",
            Self::Unfinished => "unfinished",
            Self::NoDate => "no-date",
            Self::AfterAsAt => "after-as-at",
            Self::Blank => "blank",
            Self::SameResponse => "same-response",
            Self::EarlierAnswer => "earlier-answer",
        }
    }
}

/// A row that is a response.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) row: usize,
    pub(super) at: f64,
    pub(super) finished: bool,
}

/// The responses of a file.
pub(super) struct Kept {
    pub(super) rows: usize,
    pub(super) responses: Vec<Row>,
    dropped: [usize; Dropped::ALL.len()],
}

impl Kept {
    /// How many rows a rule dropped.
    pub(super) fn dropped(&self, rule: Dropped) -> usize {
        let at = Dropped::ALL.iter().position(|r| *r == rule);
        at.and_then(|at| self.dropped.get(at)).copied().unwrap_or(0)
    }

    /// Counts a row as dropped.
    pub(super) fn drop(&mut self, rule: Dropped) {
        let at = Dropped::ALL.iter().position(|r| *r == rule);
        if let Some(count) = at.and_then(|at| self.dropped.get_mut(at)) {
            *count += 1;
        }
    }

    /// Sorts the rows of a file.
    pub(super) fn of(table: &Table, partials: Partials, as_at: Day, stage: &mut Stage) -> Self {
        let sorts = Sorts::new(table);
        let times = Times::new(table, as_at, stage);
        let answered = answered(table);
        let mut kept = Self {
            rows: table.rows(),
            responses: Vec::with_capacity(table.rows()),
            dropped: [0; Dropped::ALL.len()],
        };
        for row in 0..table.rows() {
            let finished = sorts.finished(row);
            let at = times.at(row);
            let rule = if let Some(trial) = sorts.trial(row) {
                Some(trial)
            } else if !finished && partials == Partials::Drop {
                Some(Dropped::Unfinished)
            } else if at.day().is_none() {
                Some(Dropped::NoDate)
            } else if at.day().is_some_and(|day| day > as_at) {
                Some(Dropped::AfterAsAt)
            } else if answered.as_ref().is_some_and(|a| a.get(row) != Some(&true)) {
                Some(Dropped::Blank)
            } else {
                None
            };
            match (rule, at) {
                (None, Moment::At(at)) => kept.responses.push(Row { row, at, finished }),
                (rule, _) => kept.drop(rule.unwrap_or(Dropped::NoDate)),
            }
        }
        kept
    }
}

/// A column's reading of each distinct value.
struct Read<'a, T> {
    column: &'a TableColumn,
    values: Vec<T>,
}

impl<'a, T: Copy> Read<'a, T> {
    fn new(table: &'a Table, role: &Role, read: impl FnMut(&Cell) -> T) -> Option<Self> {
        let column = table.column(role)?;
        Some(Self {
            column,
            values: column.cells.read(read),
        })
    }

    fn at(&self, row: usize) -> Option<T> {
        self.values
            .get(*self.column.cells.codes.get(row)? as usize)
            .copied()
    }
}

/// What the tool says of each row.
struct Sorts<'a> {
    status: Option<Read<'a, Option<Dropped>>>,
    channel: Option<Read<'a, Option<Dropped>>>,
    finished: Option<Read<'a, bool>>,
}

impl<'a> Sorts<'a> {
    fn new(table: &'a Table) -> Self {
        Self {
            status: Read::new(table, &Role::ResponseStatus, status),
            channel: Read::new(table, &Role::Channel, channel),
            finished: finished(table),
        }
    }

    fn trial(&self, row: usize) -> Option<Dropped> {
        let status = self.status.as_ref().and_then(|s| s.at(row)).flatten();
        status.or_else(|| self.channel.as_ref().and_then(|c| c.at(row)).flatten())
    }

    fn finished(&self, row: usize) -> bool {
        self.finished
            .as_ref()
            .and_then(|f| f.at(row))
            .unwrap_or(true)
    }
}

/// Whether each row was finished. LimeSurvey says so by the date on which a
/// response was submitted: one without is not finished.
fn finished(table: &Table) -> Option<Read<'_, bool>> {
    let blank_is_not = table.layout == Layout::LimeSurvey;
    let own = Read::new(table, &Role::Finished, |cell| {
        let says_no = ["0", "false", "no", "n"].contains(&text::fold(&cell.text()).as_str());
        !(says_no || blank_is_not && is_missing(cell))
    });
    let submitted = || Read::new(table, &Role::CompletedAt, |cell| !is_missing(cell));
    own.or_else(|| submitted().filter(|_| blank_is_not))
}

/// Qualtrics writes the status as a label or as its number.
fn status(cell: &Cell) -> Option<Dropped> {
    match text::fold(&cell.text()).as_str() {
        "1" | "survey preview" | "preview" | "17" | "offline survey preview" => {
            Some(Dropped::Preview)
        }
        "2" | "survey test" | "test" => Some(Dropped::Test),
        "8"
        | "spam"
        | "possible spam"
        | "9"
        | "survey preview spam"
        | "12"
        | "imported spam"
        | "imported (possible spam)" => Some(Dropped::Spam),
        _ => None,
    }
}

fn channel(cell: &Cell) -> Option<Dropped> {
    match text::fold(&cell.text()).as_str() {
        "preview" => Some(Dropped::Preview),
        "test" => Some(Dropped::Test),
        _ => None,
    }
}

/// When each response was completed, else begun. A file without any time has
/// one day for all: that of its name, else the as-at date.
struct Times<'a> {
    completed: Option<(&'a TableColumn, Vec<Moment>)>,
    started: Option<(&'a TableColumn, Vec<Moment>)>,
    else_on: Day,
}

impl<'a> Times<'a> {
    fn new(table: &'a Table, as_at: Day, stage: &mut Stage) -> Self {
        let read = |role| table.column(&role).map(|c| (c, moments(c)));
        let (completed, started) = (read(Role::CompletedAt), read(Role::StartedAt));
        let else_on = waves::stated_day(table).map_or(as_at, |day| day.min(as_at));
        if completed.is_none() && started.is_none() && table.rows() > 0 {
            stage.findings.push(Finding {
                rule: "no-completion-dates",
                severity: Severity::Warning,
                origin: table.origin(None, None),
                message: format!(
                    "No column says when a response was given; all count as given on {else_on}."
                ),
                remedy: "Name the column in staywise.toml: columns = { \"Its header\" = \
                         \"completed_at\" }."
                    .to_owned(),
                count: u64::try_from(table.rows()).unwrap_or(u64::MAX),
                private_value: None,
            });
        }
        Self {
            completed,
            started,
            else_on,
        }
    }

    fn at(&self, row: usize) -> Moment {
        if self.completed.is_none() && self.started.is_none() {
            return Moment::At(f64::from(self.else_on.0));
        }
        let read = |column: &Option<(&TableColumn, Vec<Moment>)>| {
            let (column, values) = column.as_ref()?;
            values.get(*column.cells.codes.get(row)? as usize).copied()
        };
        match read(&self.completed) {
            Some(at @ Moment::At(_)) => at,
            _ => read(&self.started).unwrap_or(Moment::Missing),
        }
    }
}

/// Whether each row answers any question; nothing where there is none.
fn answered(table: &Table) -> Option<Vec<bool>> {
    let mut questions = table
        .columns
        .iter()
        .filter(|c| c.role == Role::Question)
        .peekable();
    questions.peek()?;
    let mut answered = vec![false; table.rows()];
    for question in questions {
        // On a scale "n/a" is an answer: not applicable.
        let scale = question.question_type == Some(QuestionType::Scale);
        let says = question.cells.read(|cell| match cell {
            Cell::Fault(_) => false,
            cell if scale => !cell.is_blank(),
            cell => !is_missing(cell),
        });
        for (answered, code) in answered.iter_mut().zip(&question.cells.codes) {
            *answered |= says.get(*code as usize) == Some(&true);
        }
    }
    Some(answered)
}

/// A response number, with its file unless numbers are unique over all files.
type ResponseKey<'a> = (Option<usize>, Cow<'a, str>);

/// Drops all but the last of the rows that have the same response number: in
/// one file, and over files of a tool whose numbers are unique everywhere, as
/// when one export holds what an earlier one held.
pub(super) fn without_same_response(files: &[&Table], kept: &mut [Kept]) {
    let mut last: HashMap<ResponseKey, (f64, usize, usize)> = HashMap::new();
    let keys: Vec<Vec<Option<ResponseKey>>> = files
        .iter()
        .enumerate()
        .map(|(file, table)| response_keys(file, table))
        .collect();
    let key = |file: usize, row: usize| keys.get(file)?.get(row)?.clone();
    for (file, kept) in kept.iter().enumerate() {
        for row in &kept.responses {
            let Some(key) = key(file, row.row) else {
                continue;
            };
            let this = (row.at, file, row.row);
            let known = last.entry(key).or_insert(this);
            if this
                .0
                .total_cmp(&known.0)
                .then((this.1, this.2).cmp(&(known.1, known.2)))
                .is_gt()
            {
                *known = this;
            }
        }
    }
    for (file, kept) in kept.iter_mut().enumerate() {
        let before = kept.responses.len();
        kept.responses.retain(|row| {
            let holder = key(file, row.row).and_then(|key| last.get(&key).copied());
            holder.is_none_or(|(_, f, r)| (f, r) == (file, row.row))
        });
        for _ in kept.responses.len()..before {
            kept.drop(Dropped::SameResponse);
        }
    }
}

/// By row the response number, with the file unless numbers are unique over
/// all files. A numbered respondent at the same second is the same response in
/// another export of the project.
fn response_keys(file: usize, table: &Table) -> Vec<Option<ResponseKey<'_>>> {
    let Some(column) = table.column(&Role::ResponseId) else {
        return respondent_keys(table);
    };
    let within = (table.layout != Layout::Qualtrics).then_some(file);
    let key = |code: &u32| match column.cells.pool.get(*code as usize) {
        Some(cell @ Cell::Text(id)) if !is_missing(cell) => Some((within, Cow::Borrowed(&**id))),
        _ => None,
    };
    column.cells.codes.iter().map(key).collect()
}

/// Respondents of one project have its questions and its name for them.
fn respondent_keys(table: &Table) -> Vec<Option<ResponseKey<'_>>> {
    let respondent = table.column(&Role::Respondent);
    let Some((respondent, completed)) = respondent.zip(table.column(&Role::CompletedAt)) else {
        return Vec::new();
    };
    let numbers = respondent.cells.read(respondents::number);
    let times = moments(completed);
    let key = |row: usize| {
        let number = numbers
            .get(*respondent.cells.codes.get(row)? as usize)?
            .as_ref()?;
        let Moment::At(at) = *times.get(*completed.cells.codes.get(row)? as usize)? else {
            return None;
        };
        // A day alone is no time: two people may have answered on it.
        (at.fract() != 0.0).then(|| {
            let named = format!(
                "{}\n{}\n{number}\n{at}",
                respondent.header, completed.header
            );
            (None, Cow::Owned(named))
        })
    };
    (0..table.rows()).map(key).collect()
}
