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
mod named;
mod national;
mod nwd;
mod options;
mod pieces;
mod plain;
mod qualtrics;
mod redcap;
mod register;
mod shape;
mod smartsurvey;
mod staff_list;
mod surveymonkey;
mod two_rows;
mod typeform;

use super::grid::Grid;
use super::header;
use super::header_rows::{Chosen, HeaderRows};
use crate::data::{Cell, Holds, Layout, Role, SourceRule};
use crate::vocabulary::{columns, text};
pub(crate) use named::{Kind, Named};
pub(crate) use shape::{Choice, Draft, Made, Meaning, Remark, SetAside, Shape};

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

/// The columns that have a name in a row or a value below it, with that name.
fn headers(grid: &Grid, row: usize) -> Vec<(usize, String)> {
    let columns = present(grid, row, row + 1);
    columns
        .map(|index| (index, collapsed(grid.cell(row, index))))
        .collect()
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
