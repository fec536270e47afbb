//! Which tool wrote a sheet, or what shape it has, by what it holds: a layout
//! a file. The study's own word overrides everything recognised.

mod asc_wds;
mod distinct;
mod durations;
mod edited;
mod google_forms;
mod grids;
mod invited;
mod jisc;
mod limesurvey;
mod microsoft_forms;
mod national;
mod nwd;
mod options;
mod pieces;
mod plain;
mod qualtrics;
mod redcap;
mod register;
mod smartsurvey;
mod staff_list;
mod surveymonkey;
mod two_rows;
mod typeform;

use super::grid::Grid;
use super::header;
use super::header_rows::{Chosen, HeaderRows};
use crate::data::{Cell, Holds, Layout, Role, SourceRule, table::letters};
use crate::vocabulary::{columns, items, scales, text};
use staywise_core::domain::Severity;

/// A column as a layout sees it, before its values are taken.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    /// Zero-based column of the sheet.
    pub(crate) index: usize,
    /// The header as written, white space collapsed.
    pub(crate) header: String,
    /// The question's text, where it stands apart.
    pub(crate) question: Option<String>,
    /// What the column is for.
    pub(crate) role: Role,
    /// The item that the study says it is.
    pub(crate) item: Option<String>,
    /// Whether the study states the role.
    pub(crate) stated: bool,
    /// What its values are made of.
    pub(crate) made: Made,
    /// What its values mean.
    pub(crate) meaning: Meaning,
}

impl Draft {
    /// A column by its header, its values as they stand.
    pub(crate) fn new(index: usize, header: String, role: Role) -> Self {
        Self {
            index,
            header,
            question: None,
            role,
            item: None,
            stated: false,
            made: Made::Own,
            meaning: Meaning::default(),
        }
    }
}

/// What the values of a column are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// Of the cells as they stand.
    Own,
    /// Of a column an option, ticked or not: the labels of those ticked, each
    /// with a semicolon behind it, as Forms writes them. `index` is the first.
    Options(Vec<Choice>),
    /// Of the first of these columns that has a value: one question that goes
    /// on in a new column, as the study says. `index` is among them.
    FirstOf(Vec<usize>),
}

/// One option of a question to which several answers may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Zero-based column of the sheet.
    pub(crate) index: usize,
    /// What is chosen when it is ticked.
    pub(crate) label: String,
}

/// What the values of a column mean where that is not what they say. Codes
/// and marks are compared as text, case and white space aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// Codes with their labels.
    pub(crate) labels: Vec<(String, String)>,
    /// What stands for no value, in this column only (999, -99).
    pub(crate) missing: Vec<String>,
}

/// Rows of a shape that are no data by a rule of its layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetAside {
    /// The rule's slug.
    pub(crate) rule: &'static str,
    /// What they are, in a sentence.
    pub(crate) message: &'static str,
    /// Grid rows in order.
    pub(crate) rows: Vec<u32>,
}

/// What a layout has to say of a file beside why it was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    /// The rule's slug and how bad it is.
    pub(crate) rule: (&'static str, Severity),
    /// Grid row, where it is about one.
    pub(crate) row: Option<u32>,
    /// Column, where it is about one.
    pub(crate) column: Option<usize>,
    /// What was found. Holds no value that may be personal.
    pub(crate) message: String,
    /// What to do.
    pub(crate) remedy: String,
    /// How many cells or rows.
    pub(crate) count: u64,
}

/// A sheet as recognised. Rows are grid rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shape {
    pub(crate) layout: Layout,
    pub(crate) holds: Holds,
    /// Why, in a sentence.
    pub(crate) reason: String,
    /// Why this header row, where that was not plain from the layout.
    pub(crate) header_reason: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) names_row: usize,
    /// First row below the header rows.
    pub(crate) data_from: usize,
    pub(crate) drafts: Vec<Draft>,
    /// Headers that the study names and the sheet does not have.
    pub(crate) missing: Vec<String>,
    /// Rows that are no data by a rule of the layout.
    pub(crate) aside: Vec<SetAside>,
    /// What the layout has to say of the file.
    pub(crate) remarks: Vec<Remark>,
}

impl Shape {
    /// A shape with one header row.
    pub(crate) fn new(
        (layout, holds): (Layout, Holds),
        reason: String,
        names_row: usize,
        drafts: Vec<Draft>,
    ) -> Self {
        Self {
            layout,
            holds,
            reason,
            header_reason: None,
            time_zone: None,
            names_row,
            data_from: names_row + 1,
            drafts,
            missing: Vec::new(),
            aside: Vec::new(),
            remarks: Vec::new(),
        }
    }
}

/// How a tool's export is recognised.
type Recogniser = fn(&Grid) -> Option<Shape>;

/// Layouts that are known by their own marks, in the order in which they are
/// tried: the surest first. Each with what it holds.
const MARKED: [(Layout, Holds, Recogniser); 21] = [
    (Layout::Qualtrics, Holds::Survey, qualtrics::recognise),
    (Layout::SurveyMonkey, Holds::Survey, surveymonkey::recognise),
    (
        Layout::RedcapDictionary,
        Holds::Dictionary,
        redcap::dictionary,
    ),
    (Layout::Redcap, Holds::Survey, redcap::recognise),
    (Layout::LimeSurvey, Holds::Survey, limesurvey::recognise),
    (
        Layout::MicrosoftForms,
        Holds::Survey,
        microsoft_forms::recognise,
    ),
    (
        Layout::AscWdsWorkplace,
        Holds::Workplaces,
        asc_wds::workplaces,
    ),
    (Layout::AscWdsWorker, Holds::Staff, asc_wds::workers),
    (Layout::AscWdsTraining, Holds::Training, asc_wds::training),
    (Layout::Nwd, Holds::Staff, nwd::recognise),
    (
        Layout::TurnoverPack,
        Holds::Benchmark,
        national::turnover_pack,
    ),
    (
        Layout::TurnoverSupplement,
        Holds::Benchmark,
        national::turnover_supplement,
    ),
    (
        Layout::WorkforcePack,
        Holds::Benchmark,
        national::workforce_pack,
    ),
    (
        Layout::LeavingReasons,
        Holds::Benchmark,
        national::leaving_reasons,
    ),
    (
        Layout::StaffSurveyBenchmark,
        Holds::Benchmark,
        national::staff_survey,
    ),
    (
        Layout::PeopleSurvey,
        Holds::Benchmark,
        national::people_survey,
    ),
    (Layout::Flows, Holds::Flows, national::flows),
    (Layout::Jisc, Holds::Survey, jisc::recognise),
    (Layout::SmartSurvey, Holds::Survey, smartsurvey::recognise),
    (Layout::Typeform, Holds::Survey, typeform::recognise),
    (Layout::GoogleForms, Holds::Survey, google_forms::recognise),
];

/// Why a sheet was not recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unrecognised {
    /// No row looks like a header.
    NoHeader,
    /// The study says a layout whose marks are not there.
    NotThis(Layout),
    /// No layout fits and nothing is said.
    Nothing(String),
}

/// Recognises a sheet.
pub(crate) fn recognise(grid: &Grid, rule: &SourceRule) -> Result<Shape, Unrecognised> {
    if let Some(mut shape) = marked(grid, rule)? {
        shape.missing = apply(rule, &mut shape.drafts);
        edited::join_stated(grid, &mut shape);
        return Ok(shape);
    }
    let (rows, header_reason) = header_rows(grid, rule).ok_or(Unrecognised::NoHeader)?;
    let mut named = Named::at(grid, rows);
    let missing = apply(rule, &mut named.drafts);
    let mut shape = by_columns(&named, rule)?;
    shape.missing = missing;
    shape.header_reason = header_reason;
    Ok(shape)
}

/// The header that the study states, or else the likeliest and why.
fn header_rows(grid: &Grid, rule: &SourceRule) -> Option<(HeaderRows, Option<String>)> {
    if let Some(row) = rule.header_row {
        let row = usize::try_from(row).unwrap_or(1).saturating_sub(1);
        return Some((HeaderRows::of(grid, row, Chosen::Stated), None));
    }
    let heading = header::find(grid)?;
    let rows = HeaderRows::of(grid, heading.best.row, Chosen::Found);
    Some((rows, Some(heading.reason())))
}

/// A layout by its own marks: the one that the study names, or else the first
/// whose marks are there and that holds what the study says.
fn marked(grid: &Grid, rule: &SourceRule) -> Result<Option<Shape>, Unrecognised> {
    if let Some(layout) = rule.layout {
        let Some((.., recogniser)) = MARKED.iter().find(|(known, ..)| *known == layout) else {
            return Ok(None);
        };
        let shape = recogniser(grid).ok_or(Unrecognised::NotThis(layout))?;
        return Ok(Some(shape));
    }
    if rule.header_row.is_some() {
        return Ok(None);
    }
    let fits = |holds: &Holds| rule.holds.is_none_or(|wanted| wanted == *holds);
    let mut tried = MARKED.iter().filter(|(_, holds, _)| fits(holds));
    Ok(tried.find_map(|(.., recogniser)| recogniser(grid)))
}

/// A layout by the columns' roles.
fn by_columns(named: &Named<'_>, rule: &SourceRule) -> Result<Shape, Unrecognised> {
    // What it holds counts before its layout: a plain table of staff is read
    // by its column names too.
    let by_layout = rule.layout.map(|layout| match layout {
        Layout::StaffList => Holds::Staff,
        Layout::Register => Holds::Register,
        Layout::InvitedList => Holds::Invited,
        Layout::Durations => Holds::Durations,
        Layout::Table => Holds::Other,
        marked => MARKED
            .iter()
            .find(|(known, ..)| *known == marked)
            .map_or(Holds::Survey, |(_, holds, _)| *holds),
    });
    if let Some(holds) = rule.holds.or(by_layout) {
        let shape = match holds {
            Holds::Staff => staff_list::shape,
            Holds::Register => register::shape,
            Holds::Invited => invited::shape,
            Holds::Survey => plain::shape,
            Holds::Durations => durations::shape,
            _ => other,
        };
        return Ok(shape(&named.kind(holds), "the study says so".to_owned()));
    }
    plain::by_its_signs(named)
        .or_else(|| register::recognise(named))
        .or_else(|| staff_list::recognise(named))
        .or_else(|| invited::recognise(named))
        .or_else(|| plain::by_its_questions(named))
        .or_else(|| durations::recognise(named))
        .ok_or_else(|| {
            let unknown = [Role::Unknown, Role::Unused];
            let known = named
                .drafts
                .iter()
                .filter(|draft| !unknown.contains(&draft.role));
            let known: Vec<String> = known.map(Draft::place).collect();
            Unrecognised::Nothing(if known.is_empty() {
                "none of its columns is known and none asks a question".to_owned()
            } else {
                format!("only these of its columns are known: {}", known.join(", "))
            })
        })
}

/// A table of another kind, as the study says.
fn other(kind: &Kind<'_>, reason: String) -> Shape {
    kind.shape(Layout::Table, reason)
}

/// A table of which nothing is known, below the likeliest header: read and
/// left alone.
pub(crate) fn unknown(grid: &Grid, rule: &SourceRule) -> Option<Shape> {
    let (rows, header_reason) = header_rows(grid, rule)?;
    let named = Named::at(grid, rows);
    let kind = named.kind(Holds::Other);
    let mut shape = kind.shape(Layout::Table, String::new());
    shape.header_reason = header_reason;
    Some(shape)
}

impl Draft {
    /// The column as a spreadsheet letters it, with its header.
    pub(crate) fn place(&self) -> String {
        format!("{} \"{}\"", letters(self.index), self.header)
    }
}

/// A header row with the columns below it.
pub(crate) struct Named<'a> {
    grid: &'a Grid,
    rows: HeaderRows,
    /// Roles as the study states them, or as names have them in any table.
    drafts: Vec<Draft>,
}

impl<'a> Named<'a> {
    fn at(grid: &'a Grid, rows: HeaderRows) -> Self {
        let drafts = present(grid, rows.names_row, rows.data_from())
            .map(|index| {
                let name = rows.name(index);
                let role = header::role(&Cell::Text(name.into())).unwrap_or(Role::Unknown);
                Draft::new(index, name.to_owned(), role)
            })
            .collect();
        Self { grid, rows, drafts }
    }

    /// The columns as their names are meant in a table of a kind.
    fn kind(&self, holds: Holds) -> Kind<'_> {
        let meant = |draft: &Draft| {
            let mut draft = draft.clone();
            if !draft.stated {
                let role = columns::recognise_in(holds, &draft.header);
                draft.role = role.unwrap_or(Role::Unknown);
            }
            draft
        };
        Kind {
            named: self,
            holds,
            drafts: self.drafts.iter().map(meant).collect(),
        }
    }
}

/// The columns as they are meant in a table of a kind.
pub(crate) struct Kind<'a> {
    named: &'a Named<'a>,
    holds: Holds,
    drafts: Vec<Draft>,
}

impl Kind<'_> {
    /// The first column of any of these roles.
    fn first(&self, roles: &[Role]) -> Option<&Draft> {
        self.drafts.iter().find(|draft| roles.contains(&draft.role))
    }

    /// How many of these roles there are.
    fn count(&self, roles: &[Role]) -> usize {
        roles
            .iter()
            .filter(|role| self.drafts.iter().any(|d| d.role == **role))
            .count()
    }

    /// Columns of any of these roles whose names mean nothing else in a table
    /// of another kind.
    fn plainly(&self, roles: &[Role]) -> impl Iterator<Item = &Draft> {
        const KINDS: [Holds; 4] = [Holds::Staff, Holds::Survey, Holds::Register, Holds::Invited];
        let only = |draft: &&Draft| {
            let elsewhere = |holds: &Holds| {
                *holds != self.holds
                    && columns::recognise_in(*holds, &draft.header)
                        .is_some_and(|role| role != draft.role)
            };
            draft.stated || !KINDS.iter().any(elsewhere)
        };
        let wanted: Vec<Role> = roles.to_vec();
        self.drafts
            .iter()
            .filter(move |d| wanted.contains(&d.role))
            .filter(only)
    }

    /// The first column that asks a question: by its words, or by answers on
    /// a scale of three levels or more; else the first of two with question
    /// marks.
    fn question(&self) -> Option<&Draft> {
        let open = || {
            let asked = [Role::Unknown, Role::Question];
            self.drafts
                .iter()
                .filter(move |draft| asked.contains(&draft.role))
        };
        open()
            .find(|draft| {
                draft.role == Role::Question
                    || items::recognise(&draft.header).is_some()
                    || self.is_on_a_scale(draft)
            })
            .or_else(|| {
                // `Full time?` is the name of a column, no question.
                let asks = |words: &str| words.ends_with('?') && words.split(' ').count() > 3;
                let mut marked = open().filter(|draft| asks(&draft.header));
                marked.next().filter(|_| marked.next().is_some())
            })
    }

    /// Distinct texts of a column with how often each comes; nothing where
    /// there are too many to be options.
    fn labels(&self, draft: &Draft) -> Option<Vec<(&str, u64)>> {
        const LABELS: usize = 200;
        let column = self.named.grid.columns().get(draft.index)?;
        if column.pool().len() > LABELS {
            return None;
        }
        let mut counts = vec![0_u64; column.pool().len()];
        for code in column.codes().iter().skip(self.named.rows.data_from()) {
            if let Some(count) = usize::try_from(*code).ok().and_then(|c| counts.get_mut(c)) {
                *count += 1;
            }
        }
        let labels = column
            .pool()
            .iter()
            .zip(counts)
            .filter_map(|(cell, count)| match cell {
                Cell::Text(words) if count > 0 => Some((&**words, count)),
                _ => None,
            });
        Some(labels.collect())
    }

    fn is_on_a_scale(&self, draft: &Draft) -> bool {
        let Some(labels) = self.labels(draft) else {
            return false;
        };
        // Figures from 0 to 10 may count anything.
        let worded = labels
            .iter()
            .any(|(label, _)| label.chars().any(char::is_alphabetic));
        worded && scales::recognise(&labels).is_some_and(|scale| scale.levels.len() > 2)
    }

    /// Whether no answer to a question comes twice, as in a table that lists
    /// each answer with its count.
    fn lists_answers(&self, draft: &Draft) -> bool {
        self.labels(draft)
            .is_some_and(|labels| labels.iter().all(|(_, count)| *count < 2))
    }

    /// A shape with these columns.
    fn shape(&self, layout: Layout, reason: String) -> Shape {
        let rows = &self.named.rows;
        let kind = (layout, self.holds);
        Shape {
            data_from: rows.data_from(),
            remarks: rows.remarks(),
            ..Shape::new(kind, reason, rows.names_row, self.drafts.clone())
        }
    }
}

/// The role of a question that asks who the person is, or which group they
/// belong to, in the words of a column header.
fn who(question: &str) -> Option<Role> {
    columns::recognise_in(Holds::Survey, question).filter(|role| {
        matches!(
            role,
            Role::StaffNumber
                | Role::Email
                | Role::PersonName
                | Role::RegistrationNumber
                | Role::ExternalReference
                | Role::Wave
                | Role::Age
                | Role::BirthDate
                | Role::Dimension(_)
        )
    })
}

/// Columns that have a name or a value below it.
fn present(grid: &Grid, names_row: usize, data_from: usize) -> impl Iterator<Item = usize> {
    grid.columns()
        .iter()
        .enumerate()
        .filter_map(move |(index, column)| {
            let blank: Vec<bool> = column.pool().iter().map(Cell::is_blank).collect();
            let holds = |code: &u32| {
                usize::try_from(*code).is_ok_and(|c| blank.get(c).is_some_and(|blank| !blank))
            };
            let named = !column.cell(names_row).is_blank();
            (named || column.codes().iter().skip(data_from).any(holds)).then_some(index)
        })
}

/// Text with white space collapsed and marks of no width left out.
pub(crate) fn collapsed(cell: &Cell) -> String {
    let shown = cell.text();
    let words = shown.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<String> = words
        .map(|word| word.replace(['\u{200b}', '\u{2060}', '\u{feff}'], ""))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// Gives columns the roles that the study states; the headers it names in
/// vain.
fn apply(rule: &SourceRule, drafts: &mut [Draft]) -> Vec<String> {
    let mut missing = Vec::new();
    for (header, word) in &rule.columns {
        let wanted = text::fold(header);
        let by_header = drafts.iter().position(|d| text::fold(&d.header) == wanted);
        let found = by_header.or_else(|| {
            let asks = |d: &Draft| d.question.as_deref().map(text::fold);
            drafts
                .iter()
                .position(|d| asks(d).as_deref() == Some(wanted.as_str()))
        });
        let Some(draft) = found.and_then(|at| drafts.get_mut(at)) else {
            missing.push(header.clone());
            continue;
        };
        draft.stated = true;
        match word.strip_prefix("item:") {
            Some(name) => {
                draft.role = Role::Question;
                draft.item = Some(name.trim().to_owned());
            }
            None => draft.role = Role::from_word(word),
        }
    }
    missing
}
