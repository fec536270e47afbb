//! Which rows of a REDCap export are responses to its survey, and which wave
//! each belongs to. Rows of other instruments and of their repeats are set
//! aside: a record has one row for each, and people are not to be counted so.

use super::fields::{Field, Instrument, Kind, words};
use crate::data::Role;
use crate::ingest::grid::Grid;
use crate::ingest::layouts::{Draft, Remark, SetAside};
use crate::vocabulary::text;
use std::collections::BTreeSet;

/// Rows sorted, and what their events and instances are.
pub(super) struct Rows {
    pub(super) aside: Vec<SetAside>,
    /// Events of the rows that stay, as written.
    events: BTreeSet<String>,
    /// Whether the survey itself or its event comes several times.
    repeats: bool,
}

/// Sorts the rows below the header.
pub(super) fn sort(
    (grid, from): (&Grid, usize),
    fields: &[Field],
    parts: &[Instrument],
    survey: Option<usize>,
) -> Rows {
    let column = |kind: Kind| fields.iter().find(|f| f.kind == kind).map(|f| f.index);
    let (event, instrument, instance) = (
        column(Kind::Event),
        column(Kind::Instrument),
        column(Kind::Instance),
    );
    let part = survey.and_then(|at| parts.get(at));
    let written = |row: usize, index: Option<usize>| {
        index.map_or(String::new(), |i| text::tidy(&grid.cell(row, i).text()))
    };
    let several = parts.len() > 1;
    let mut rows = Rows {
        aside: Vec::new(),
        events: BTreeSet::new(),
        repeats: false,
    };
    let (mut repeats, mut others) = (Vec::new(), Vec::new());
    for row in from..grid.rows() {
        let Ok(number) = u32::try_from(row) else {
            break;
        };
        let repeated = written(row, instrument);
        let has_place = part.is_none_or(|part| has_place((grid, row), fields, part));
        let foreign = part.is_some_and(|part| is_another(&repeated, part));
        if !repeated.is_empty() && (foreign || !has_place) {
            repeats.push(number);
        } else if several && !has_place {
            others.push(number);
        } else if fields.iter().any(|f| !grid.cell(row, f.index).is_blank()) {
            rows.repeats |= !written(row, instance).is_empty();
            let event = written(row, event);
            if !event.is_empty() {
                rows.events.insert(event);
            }
        }
    }
    rows.aside = set_aside(repeats, others);
    rows
}

/// The rows of other instruments than the survey, by why they are none of its.
fn set_aside(repeats: Vec<u32>, others: Vec<u32>) -> Vec<SetAside> {
    let mut aside = Vec::new();
    let sorts = [
        (
            "redcap-repeats",
            "Repeats of another instrument than the survey were set aside: they are no people.",
            repeats,
        ),
        (
            "redcap-other-instrument",
            "Rows in which the survey has no place were set aside: they hold other instruments \
             of a record.",
            others,
        ),
    ];
    for (rule, message, numbers) in sorts {
        if !numbers.is_empty() {
            aside.push(SetAside {
                rule,
                message,
                rows: numbers,
            });
        }
    }
    aside
}

/// Whether an instrument has a status or an answer in a row. An unticked box
/// is 0 in every row, so boxes tell nothing.
fn has_place((grid, row): (&Grid, usize), fields: &[Field], part: &Instrument) -> bool {
    let mut own = part.fields.iter().filter_map(|at| fields.get(*at));
    own.any(|f| !matches!(f.kind, Kind::Tick(..)) && !grid.cell(row, f.index).is_blank())
}

/// Whether a row's repeated instrument, by name or label, is not this one.
fn is_another(repeated: &str, part: &Instrument) -> bool {
    let name = part.name.as_deref().map(text::slug);
    name.is_some_and(|name| !repeated.is_empty() && text::slug(repeated) != name)
}

impl Rows {
    /// Gives the wave its column: the event, or the instance where the survey
    /// repeats and there is no more than one event.
    pub(super) fn wave_of(&self, drafts: &mut [Draft], fields: &[Field]) -> Vec<Remark> {
        let place = |kind: Kind| fields.iter().find(|f| f.kind == kind).map(|f| f.index);
        let (event, instance) = (place(Kind::Event), place(Kind::Instance));
        let mut remarks = Vec::new();
        let mut give = |index: Option<usize>, labels: Vec<(String, String)>| {
            let draft = drafts.iter_mut().find(|d| Some(d.index) == index);
            if let Some(draft) = draft {
                draft.role = Role::Wave;
                draft.meaning.labels = labels;
            }
        };
        if self.repeats && self.events.len() <= 1 {
            give(instance, Vec::new());
            remarks.push(Remark::note(
                "redcap-instance",
                instance,
                "The survey repeats within a record: each repeat is a wave, by its number."
                    .to_owned(),
                "To name a wave for all rows, set `wave` for this source in staywise.toml.",
            ));
            return remarks;
        }
        let read: Vec<(String, String, Option<String>)> = self
            .events
            .iter()
            .map(|event| {
                let (name, arm) = event_name(event);
                (event.clone(), name, arm)
            })
            .collect();
        let labels = read
            .iter()
            .map(|(event, name, _)| (event.clone(), name.clone()));
        give(event, labels.collect());
        remarks.extend(several_arms(event, &read));
        if self.repeats {
            remarks.push(Remark::note(
                "redcap-instance",
                instance,
                "The survey repeats within an event. The event is the wave, and of a record's \
                 repeats in it the last complete one counts."
                    .to_owned(),
                "",
            ));
        }
        remarks
    }
}

/// That events, read as `event_name` does, are of several arms.
fn several_arms(
    column: Option<usize>,
    events: &[(String, String, Option<String>)],
) -> Option<Remark> {
    let arms: BTreeSet<&str> = events
        .iter()
        .filter_map(|(.., arm)| arm.as_deref())
        .collect();
    if arms.len() < 2 {
        return None;
    }
    let named: Vec<&str> = arms.into_iter().collect();
    Some(Remark::note(
        "redcap-arms",
        column,
        format!(
            "Events are of several arms ({}). An event of the same name is one wave in all of \
             them.",
            named.join(", ")
        ),
        "",
    ))
}

/// The words of an event and its arm: `month_6_arm_1` is Month 6 of arm 1,
/// `Baseline (Arm 2: Allied health)` is Baseline of arm 2.
fn event_name(event: &str) -> (String, Option<String>) {
    if let Some((name, arm)) = event.rsplit_once("_arm_") {
        let number = arm.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        if numbered && !name.is_empty() {
            return (words(name), Some(format!("arm {number}")));
        }
    }
    let labelled = event
        .strip_suffix(')')
        .and_then(|e| e.rsplit_once(" (Arm "));
    if let Some((name, arm)) = labelled {
        let number = arm.split(':').next().unwrap_or(arm);
        return (name.to_owned(), Some(format!("arm {number}")));
    }
    (event.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::event_name;

    #[test]
    fn events_are_made_readable() {
        let of = |event: &str| {
            let (name, arm) = event_name(event);
            format!("{name}|{}", arm.unwrap_or_default())
        };
        assert_eq!(of("baseline_arm_1"), "Baseline|arm 1");
        assert_eq!(of("month_6_arm_2b"), "Month 6|arm 2");
        assert_eq!(of("Baseline (Arm 2: Allied health)"), "Baseline|arm 2");
        assert_eq!(of("Event 1"), "Event 1|");
        assert_eq!(of("_arm_1"), "_arm_1|");
    }
}
