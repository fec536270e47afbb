//! The rows of a register to preceptorships and meetings. A preceptorship may
//! have several rows: one a meeting, or one a rotation. Names nobody: a
//! preceptor is a number.

use super::dates::Dates;
use super::rows::{Listing, all_words};
use crate::data::stage::{Aside, Words};
use crate::data::workforce::{Meeting, Outcome, Preceptorship};
use crate::data::{Cell, Role, Stage, Table, TableColumn, Workforce};
use crate::vocabulary::cells::{is_missing, number};
use crate::vocabulary::text;
use staywise_core::domain::{Day, Severity};
use std::collections::{HashMap, HashSet};

/// Every preceptor of all registers as compared, in order.
pub(super) fn preceptors(registers: &[&Table]) -> Vec<String> {
    all_words(registers, &Role::Preceptor)
}

/// Adds the preceptorships and meetings of a register.
pub(super) fn add(
    workforce: &mut Workforce,
    (table, persons): (&Table, &[Option<u32>]),
    (preceptors, listing): (&[String], &Listing),
    stage: &mut Stage,
) {
    let reader = Reader::new(table, preceptors, listing);
    if let Some(starts) = reader.dates.first() {
        starts.report(table, listing.rules.max_unusable, stage);
    }
    let mut aside = Asides::default();
    let starts = reader.only_starts(persons);
    // By person and start, the place among all preceptorships.
    let mut known: HashMap<(u32, Option<Day>), usize> = HashMap::new();
    let mut seen = HashSet::new();
    let mut meetings: Vec<Meeting> = Vec::new();
    for (row, person) in persons.iter().enumerate() {
        let mut record = reader.preceptorship(row, *person, &mut aside);
        if is_none(&record) {
            aside.not_enrolled.add(row);
            continue;
        }
        let met = reader.meetings(row, record.start, &mut aside);
        let Some(person) = *person else {
            meetings.extend(of(workforce.preceptorships.len(), &met));
            workforce.preceptorships.push(record);
            continue;
        };
        // Later rows of a preceptorship may leave its start out.
        record.start = record
            .start
            .or_else(|| starts.get(&person).copied().flatten());
        let repeats = !seen.insert((reader.raw(row), person, met.clone()));
        let key = (person, record.start);
        let at = known.get(&key).copied();
        match at.and_then(|at| workforce.preceptorships.get_mut(at)) {
            Some(_) if repeats => aside.repeated.add(row),
            Some(first) => {
                merge(first, record);
                aside.several.add(row);
            }
            None => {
                if record.start.is_none() {
                    aside.undated.add(row);
                }
                known.insert(key, workforce.preceptorships.len());
                workforce.preceptorships.push(record);
            }
        }
        if !repeats && let Some(at) = known.get(&key) {
            meetings.extend(of(*at, &met));
        }
    }
    meetings.sort_by_key(|m| (m.preceptorship, m.on, m.number));
    meetings.dedup_by_key(|m| (m.preceptorship, m.on));
    workforce.meetings.extend(meetings);
    reader.report(aside, stage);
}

/// Whether a row says that there was no preceptorship, and no date that there
/// was one.
fn is_none(record: &Preceptorship) -> bool {
    let dated = [record.start, record.completed, record.withdrawn];
    record.outcome == Some(Outcome::NotEnrolled) && dated.iter().all(Option::is_none)
}

fn of(at: usize, met: &[(Day, Option<u32>)]) -> impl Iterator<Item = Meeting> {
    let preceptorship = u32::try_from(at).unwrap_or(u32::MAX);
    met.iter().map(move |(on, number)| Meeting {
        preceptorship,
        on: *on,
        number: *number,
    })
}

/// What a further row says of a preceptorship; of two dates the later.
fn merge(known: &mut Preceptorship, row: Preceptorship) {
    known.planned_end = known.planned_end.max(row.planned_end);
    known.completed = known.completed.max(row.completed);
    known.withdrawn = known.withdrawn.max(row.withdrawn);
    known.extended_to = known.extended_to.max(row.extended_to);
    known.outcome = row.outcome.or(known.outcome);
    known.supernumerary_hours_milli = known
        .supernumerary_hours_milli
        .max(row.supernumerary_hours_milli);
    known.protected_hours_milli = known.protected_hours_milli.max(row.protected_hours_milli);
    known.preceptor = known.preceptor.or(row.preceptor);
}

#[derive(Default)]
struct Asides {
    repeated: Aside,
    several: Aside,
    undated: Aside,
    backwards: Aside,
    met_before: Aside,
    unknown: Aside,
    not_enrolled: Aside,
}

/// A column and the figure of each of its values.
type Figures<'a> = (&'a TableColumn, Vec<Option<u32>>);

/// One register, its columns read.
struct Reader<'a> {
    table: &'a Table,
    as_at: Day,
    /// Start, planned end, completed, withdrawn, extended to.
    dates: [Dates<'a>; 5],
    outcomes: Vec<(&'a TableColumn, Vec<Said>)>,
    hours: [Option<Figures<'a>>; 2],
    preceptor: Option<Figures<'a>>,
    /// The columns of meetings from left to right.
    meetings: Vec<Dates<'a>>,
    number: Option<Figures<'a>>,
}

/// What a cell says of how a preceptorship stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    So(Outcome),
    Unknown,
}

impl<'a> Reader<'a> {
    fn new(table: &'a Table, preceptors: &[String], listing: &Listing) -> Self {
        let dates = Role::OF_PRECEPTORSHIP.map(|role| {
            let role = match role {
                // A register's plain start date is the preceptorship's.
                Role::PreceptorshipStart if table.column(&role).is_none() => Role::StartDate,
                role => role,
            };
            Dates::new(table, &role)
        });
        let of = |role: Role| table.columns.iter().filter(move |c| c.role == role);
        let whole = |role: &Role, read: &dyn Fn(&Cell) -> Option<u32>| {
            table.column(role).map(|c| (c, c.cells.read(read)))
        };
        let place = |cell: &Cell| {
            let found = preceptors.binary_search(&text::fold(&cell.text())).ok()?;
            u32::try_from(found).ok()
        };
        Self {
            table,
            as_at: listing.as_at,
            dates,
            outcomes: of(Role::Outcome).map(|c| (c, c.cells.read(said))).collect(),
            hours: [Role::SupernumeraryHours, Role::ProtectedHours]
                .map(|role| whole(&role, &hours)),
            preceptor: whole(&Role::Preceptor, &place),
            meetings: of(Role::MeetingOn).map(Dates::of).collect(),
            number: whole(&Role::MeetingNumber, &ordinal),
        }
    }

    /// The dates of a row as they stand.
    fn raw(&self, row: usize) -> [Option<Day>; 5] {
        [0, 1, 2, 3, 4].map(|at: usize| self.dates.get(at).and_then(|d| d.at(row).day()))
    }

    /// By person the start that all their rows with one have; nothing where
    /// they differ.
    fn only_starts(&self, persons: &[Option<u32>]) -> HashMap<u32, Option<Day>> {
        let mut starts: HashMap<u32, Option<Day>> = HashMap::new();
        for (row, person) in persons.iter().enumerate() {
            let [start, ..] = self.raw(row);
            if let (Some(person), Some(start)) = (person, start) {
                let known = starts.entry(*person).or_insert(Some(start));
                *known = known.filter(|k| *k == start);
            }
        }
        starts
    }

    fn preceptorship(&self, row: usize, person: Option<u32>, aside: &mut Asides) -> Preceptorship {
        let [start, planned_end, completed, withdrawn, extended_to] = self.raw(row);
        let mut after_start = |day: Option<Day>| {
            let back = day.is_some() && day < start;
            if back {
                aside.backwards.add(row);
            }
            day.filter(|d| !back && *d <= self.as_at)
        };
        let (completed, withdrawn) = (after_start(completed), after_start(withdrawn));
        let record = Preceptorship {
            person,
            start,
            planned_end,
            completed,
            withdrawn,
            extended_to,
            outcome: self.outcome(row, aside),
            supernumerary_hours_milli: at(self.hours[0].as_ref(), row),
            protected_hours_milli: at(self.hours[1].as_ref(), row),
            preceptor: at(self.preceptor.as_ref(), row),
        };
        if start.is_none() && person.is_none() && !is_none(&record) {
            aside.undated.add(row);
        }
        record
    }

    /// Of several columns the one that says most: withdrawn, completed,
    /// extended, under way.
    fn outcome(&self, row: usize, aside: &mut Asides) -> Option<Outcome> {
        const ORDER: [Outcome; 5] = [
            Outcome::Withdrawn,
            Outcome::Completed,
            Outcome::Extended,
            Outcome::UnderWay,
            Outcome::NotEnrolled,
        ];
        let mut found = Vec::new();
        for (column, said) in &self.outcomes {
            let code = column.cells.codes.get(row).copied().unwrap_or(0);
            match said.get(code as usize) {
                Some(Said::So(outcome)) => found.push(*outcome),
                Some(Said::Unknown) => aside.unknown.add(row),
                _ => {}
            }
        }
        ORDER.into_iter().find(|outcome| found.contains(outcome))
    }

    /// When they met by the as-at date, and which meeting it was: by the
    /// number the row has, else by the order of the columns.
    fn meetings(
        &self,
        row: usize,
        start: Option<Day>,
        aside: &mut Asides,
    ) -> Vec<(Day, Option<u32>)> {
        let several = self.meetings.len() > 1;
        let mut met = Vec::new();
        for (column, dates) in (1..).zip(&self.meetings) {
            let Some(on) = dates.at(row).day().filter(|on| *on <= self.as_at) else {
                continue;
            };
            if start.is_some_and(|start| on < start) {
                aside.met_before.add(row);
                continue;
            }
            let number = at(self.number.as_ref(), row).or(several.then_some(column));
            met.push((on, number));
        }
        met
    }

    fn report(&self, aside: Asides, stage: &mut Stage) {
        for (aside, words) in [
            (aside.repeated, REPEATED),
            (aside.several, SEVERAL),
            (aside.undated, UNDATED),
            (aside.backwards, BACKWARDS),
            (aside.met_before, MET_BEFORE),
            (aside.unknown, UNKNOWN),
            (aside.not_enrolled, NOT_ENROLLED),
        ] {
            stage
                .findings
                .extend(aside.finding(&words, |row| self.table.origin(row, None)));
        }
    }
}

fn at(column: Option<&Figures>, row: usize) -> Option<u32> {
    let (column, values) = column?;
    *values.get(*column.cells.codes.get(row)? as usize)?
}

/// Hours in thousandths: `75`, `37.5 hours`.
fn hours(cell: &Cell) -> Option<u32> {
    let plain = match cell {
        Cell::Text(words) => {
            let folded = text::fold(words);
            let bare = ["hours", "hrs", "hour", "hr", "h"]
                .iter()
                .find_map(|unit| folded.strip_suffix(unit))
                .unwrap_or(&folded);
            number(&Cell::Text(bare.trim().into()))?
        }
        cell => number(cell)?,
    };
    // Within 0 to 10 million by the check.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..=10_000.0)
        .contains(&plain)
        .then(|| (plain * 1000.0).round() as u32)
}

/// The number in `3`, `3rd` or `Meeting 3`.
fn ordinal(cell: &Cell) -> Option<u32> {
    let words = text::fold(&cell.text());
    let mut figures = words
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let first = figures.next()?.parse().ok()?;
    figures.next().is_none().then_some(first)
}

/// How a preceptorship stands, by words.
fn said(cell: &Cell) -> Said {
    if is_missing(cell) {
        return Said::Nothing;
    }
    crate::vocabulary::outcomes::read(&cell.text()).map_or(Said::Unknown, Said::So)
}

const REPEATED: Words = Words {
    rule: "duplicate-row",
    severity: Severity::Warning,
    message: "The same preceptorship of the same person is listed more than once; it counts once.",
    remedy: "Remove the repeated rows.",
};
const SEVERAL: Words = Words {
    rule: "rows-of-one-preceptorship",
    severity: Severity::Note,
    message: "Preceptorships have more than one row, as with a row a meeting or a rotation; each \
              counts once.",
    remedy: "",
};
const NOT_ENROLLED: Words = Words {
    rule: "not-enrolled",
    severity: Severity::Note,
    message: "People of the register were not enrolled, as it says; they count as not on the \
              programme.",
    remedy: "",
};
const UNDATED: Words = Words {
    rule: "no-start-date",
    severity: Severity::Warning,
    message: "Preceptorships have no start date that can be read; whether these people were on \
              the programme from the start is not known.",
    remedy: "Fill in the start date.",
};
const BACKWARDS: Words = Words {
    rule: "ends-before-start",
    severity: Severity::Warning,
    message: "Preceptorships were completed or withdrawn from before they began; that date is set \
              aside.",
    remedy: "Correct whichever date is wrong.",
};
const MET_BEFORE: Words = Words {
    rule: "met-before-start",
    severity: Severity::Warning,
    message: "Meetings lie before the start of the preceptorship, and are set aside.",
    remedy: "Correct whichever date is wrong.",
};
const UNKNOWN: Words = Words {
    rule: "unknown-outcome",
    severity: Severity::Warning,
    message: "How these preceptorships stand is said in words that are not known; they count by \
              their dates alone.",
    remedy: "Write completed, withdrawn, extended or in progress.",
};
