//! The columns of a REDCap export: which are the project's fields, which are
//! REDCap's own, and where one instrument ends and the next begins.

use crate::data::{Holds, Role};
use crate::ingest::grid::Grid;
use crate::ingest::layouts::{collapsed, distinct, present, who};
use crate::vocabulary::{columns, text};

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The record id: the first column.
    Record,
    /// The event.
    Event,
    /// The instrument that a row repeats.
    Instrument,
    /// Which repeat a row is.
    Instance,
    /// The data access group.
    Group,
    /// The survey's identifier of a participant.
    Person,
    /// When an instrument was filled in as a survey.
    Timestamp,
    /// The status of the instrument whose fields stand before it.
    Complete,
    /// An option of a checkbox: its field and its code, or its label.
    Tick(String, String),
    /// A field of the project.
    Own,
}

/// A column of the export.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) index: usize,
    pub(super) header: String,
    pub(super) kind: Kind,
}

/// An instrument: a stretch of fields up to a status.
#[derive(Clone, Debug, Default)]
pub(super) struct Instrument {
    /// Its name, where the export has variable names.
    pub(super) name: Option<String>,
    /// Places of its fields, its time stamp and its status.
    pub(super) fields: Vec<usize>,
    /// Place of its status.
    pub(super) complete: Option<usize>,
    /// How many fields ask something; the options of a checkbox are one.
    pub(super) questions: usize,
    /// Whether it has a time stamp, as surveys have.
    pub(super) timed: bool,
}

impl Instrument {
    /// Whether a field is one of it.
    pub(super) fn has(&self, at: usize) -> bool {
        self.fields.contains(&at)
    }

    /// How it is called in a sentence.
    pub(super) fn called(&self) -> String {
        match &self.name {
            Some(name) => format!("\"{name}\""),
            None => "The one with most questions".to_owned(),
        }
    }
}

/// Whether a header may be one of REDCap's, before anything below it is seen.
pub(super) fn may_be(header: &str) -> bool {
    header.starts_with("redcap_")
        || header.ends_with("_complete")
        || header.trim() == "Complete?"
        || header.trim() == "Event Name"
}

/// Reads a header row.
pub(super) fn read(grid: &Grid, row: usize) -> Vec<Field> {
    let mut fields: Vec<Field> = present(grid, row, row + 1)
        .map(|index| {
            let header = collapsed(grid.cell(row, index));
            let kind = kind(&header, || distinct::folded(grid, index, row + 1));
            Field {
                index,
                header,
                kind,
            }
        })
        .collect();
    let first = fields.first_mut();
    if let Some(first) = first.filter(|f| f.kind == Kind::Own && !f.header.is_empty()) {
        first.kind = Kind::Record;
    }
    fields
}

fn kind(header: &str, values: impl Fn() -> Vec<String>) -> Kind {
    const STATUS: [&str; 6] = ["0", "1", "2", "incomplete", "unverified", "complete"];
    match header {
        "redcap_event_name" | "Event Name" => return Kind::Event,
        "redcap_repeat_instrument" | "Repeat Instrument" => return Kind::Instrument,
        "redcap_repeat_instance" | "Repeat Instance" => return Kind::Instance,
        "redcap_data_access_group" | "Data Access Group" => return Kind::Group,
        "redcap_survey_identifier" | "Survey Identifier" => return Kind::Person,
        "Survey Timestamp" => return Kind::Timestamp,
        _ => {}
    }
    if header.len() > "_timestamp".len() && header.ends_with("_timestamp") {
        return Kind::Timestamp;
    }
    if header == "Complete?" || header.len() > "_complete".len() && header.ends_with("_complete") {
        let values = values();
        if values.is_empty() || distinct::are_all(&values, &STATUS) {
            return Kind::Complete;
        }
    }
    match tick(header) {
        Some((field, label)) => Kind::Tick(field, label),
        None => Kind::Own,
    }
}

/// `field___code`, or `Question (choice=Label)` where headers are labels.
fn tick(header: &str) -> Option<(String, String)> {
    if let Some((field, code)) = header.split_once("___") {
        let plain =
            |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        return (plain(field) && plain(code)).then(|| (field.to_owned(), minus(code)));
    }
    let (question, label) = header.strip_suffix(')')?.rsplit_once(" (choice=")?;
    Some((question.to_owned(), label.to_owned()))
}

/// The minus of a code is written as an underscore: `field____99` is -99.
fn minus(code: &str) -> String {
    match code.strip_prefix('_') {
        Some(rest) if !rest.is_empty() => format!("-{rest}"),
        _ => code.to_owned(),
    }
}

/// The instruments, by the statuses that end them.
pub(super) fn instruments(fields: &[Field]) -> Vec<Instrument> {
    let mut parts = vec![Instrument::default()];
    let mut ticked: Option<&str> = None;
    for (at, field) in fields.iter().enumerate() {
        let Some(part) = parts.last_mut() else { break };
        match &field.kind {
            Kind::Own => part.questions += usize::from(!field.header.is_empty()),
            Kind::Tick(base, _) => {
                part.questions += usize::from(ticked != Some(base));
                ticked = Some(base);
            }
            Kind::Timestamp => part.timed = true,
            Kind::Complete => {}
            _ => continue,
        }
        part.fields.push(at);
        if field.kind == Kind::Complete {
            part.complete = Some(at);
            part.name = field.header.strip_suffix("_complete").map(str::to_owned);
            parts.push(Instrument::default());
        }
    }
    parts.retain(|part| !part.fields.is_empty());
    parts
}

/// The role of one of the project's own fields.
pub(super) fn role(grid: &Grid, field: &Field, from: usize) -> Role {
    if field.header.is_empty() {
        return Role::Unknown;
    }
    let values = distinct::folded(grid, field.index, from);
    if distinct::are_all(&values, &["[document]"]) {
        return Role::Unused;
    }
    known(&field.header).unwrap_or(Role::Question)
}

/// What a field is by its name, where it is no question.
fn known(header: &str) -> Option<Role> {
    let folded = text::fold(header).replace('_', " ");
    let names = [
        "name first",
        "name last",
        "name full",
        "name middle",
        "initials",
    ];
    if names.contains(&folded.as_str()) {
        return Some(Role::PersonName);
    }
    let dropped = |role: &Role| matches!(role, Role::Dropped | Role::CompletedAt);
    who(header).or_else(|| columns::recognise_in(Holds::Survey, header).filter(dropped))
}

/// A unique name as words: `month_6` is Month 6.
pub(super) fn words(name: &str) -> String {
    let spaced = text::tidy(&name.replace('_', " "));
    let mut letters = spaced.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => spaced,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind, tick, words};

    #[test]
    fn columns_are_told_by_their_names() {
        let of = |header: &str, values: &[&str]| {
            kind(header, || values.iter().map(|v| (*v).to_owned()).collect())
        };
        assert_eq!(of("survey_complete", &["0", "2"]), Kind::Complete);
        assert_eq!(of("course_complete", &["yes", "2"]), Kind::Own);
        assert_eq!(of("Complete?", &["unverified"]), Kind::Complete);
        assert_eq!(of("pre_survey_timestamp", &[]), Kind::Timestamp);
        assert_eq!(of("timestamp", &[]), Kind::Own);
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(tick("helped___1"), pair("helped", "1"));
        assert_eq!(tick("helped____99"), pair("helped", "-99"));
        assert_eq!(
            tick("What helped? (choice=Peers (others))"),
            pair("What helped?", "Peers (others)")
        );
        assert_eq!(tick("a_b"), None);
        assert_eq!(words("month_6"), "Month 6");
    }
}
