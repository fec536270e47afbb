//! What registration numbers tell of people: where they qualified, whether
//! they returned to practice, when they registered. The number itself goes no
//! further, into no finding and into no file.

use super::Building;
use super::people::People;
use super::personal::first_day;
use super::posts::{empty, push};
use super::rows::Listing;
use crate::data::stage::{Aside, Words};
use crate::data::{History, Role, Stage, Table};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::levels::{self, NOT_KNOWN, is_known};
use crate::vocabulary::registration::{self, Registration};
use staywise_core::domain::{Dimension, Level, Origin, Severity};

/// Levels of those whose number can tell.
const RETURNED: [&str; 2] = ["Returned to practice", "Not a return to practice"];

/// Adds what all lists tell; `beside` are registers, then registrations.
pub(super) fn add(
    building: &mut Building,
    beside: &[&Table],
    (people, listing): (&People, &Listing),
    stage: &mut Stage,
) {
    let staff = listing.staff.iter().zip(&people.staff);
    let lists = staff.chain(beside.iter().zip(&people.registers));
    let lists: Vec<(&&Table, &Vec<u32>)> = lists
        .filter(|(table, _)| table.column(&Role::RegistrationNumber).is_some())
        .collect();
    if lists.is_empty() {
        return;
    }
    let mut of: Vec<Option<Registration>> = vec![None; building.workforce.people()];
    let mut several = Aside::default();
    for (table, keys) in lists {
        read(
            table,
            keys,
            (building, listing),
            &mut of,
            &mut several,
            stage,
        );
    }
    stage
        .findings
        .extend(several.finding(&SEVERAL, |_| Origin::default()));
    let known = of.iter().flatten().count();
    stage.count("people whose registration number tells something", known);
    if known == 0 {
        return;
    }
    country(building, &of, stage);
    returned(building, &of);
    profession(building, &of);
    if of.iter().flatten().any(|r| r.month.is_some()) {
        building.workforce.registered = of
            .iter()
            .map(|r| r.as_ref().and_then(|r| r.month))
            .collect();
    }
}

/// Reads the numbers of one list; the first in order where a person has two.
fn read(
    table: &Table,
    keys: &[u32],
    (building, listing): (&Building, &Listing),
    of: &mut [Option<Registration>],
    several: &mut Aside,
    stage: &mut Stage,
) {
    let Some(column) = table.column(&Role::RegistrationNumber) else {
        return;
    };
    let mut malformed = Aside::default();
    let values = column
        .cells
        .read(|cell| (!is_missing(cell)).then(|| registration::read(&cell.text(), listing.as_at)));
    for (row, (code, key)) in column.cells.codes.iter().zip(keys).enumerate() {
        let Some(Some(value)) = values.get(*code as usize) else {
            continue;
        };
        let Some(value) = value else {
            malformed.add(row);
            continue;
        };
        let person = building.by_key.get(*key as usize).copied().flatten();
        let Some(slot) = person.and_then(|p| of.get_mut(p as usize)) else {
            continue;
        };
        if slot.as_ref().is_some_and(|known| known != value) {
            several.add(0);
        }
        *slot = slot.take().into_iter().chain([value.clone()]).min();
    }
    let place = |row| table.origin(row, Some(column));
    stage.findings.extend(malformed.finding(&MALFORMED, place));
}

const MALFORMED: Words = Words {
    rule: "malformed-registration-number",
    severity: Severity::Warning,
    message: "Registration numbers are no NMC PIN and no HCPC number; nothing was taken from them.",
    remedy: "Correct them where the list is kept. An NMC PIN is two figures, a letter, four \
             figures and a letter.",
};
const SEVERAL: Words = Words {
    rule: "several-registration-numbers",
    severity: Severity::Note,
    message: "People have registration numbers that tell different things, as with two \
              registrations; of two the first in order is used.",
    remedy: "",
};
const DISAGREE: Words = Words {
    rule: "country-of-training-disagrees",
    severity: Severity::Warning,
    message: "The country of training in the list is not the one that the registration number \
              tells; the list's is used.",
    remedy: "Find out which of the two is right.",
};

/// A history of one level a person.
fn constant(slug: &str, building: &Building, given: &[String]) -> History {
    let (names, places) = levels::sorted(slug, given);
    let levels = names.iter().map(|name| Level::new(name)).collect();
    let mut history = empty(Dimension::new(slug), levels);
    for (posts, place) in building.listed.iter().zip(places) {
        push(&mut history, [(first_day(posts), place)].into_iter());
    }
    history
}

fn find<'a>(building: &'a Building, slug: &str) -> Option<&'a History> {
    let mut all = building.workforce.dimensions.iter();
    all.find(|d| d.dimension.as_str() == slug)
}

/// The list's own country, where it says one; else the number's.
fn country(building: &mut Building, of: &[Option<Registration>], stage: &mut Stage) {
    if of.iter().flatten().all(|r| r.country.is_none()) {
        return;
    }
    let mut disagree = Aside::default();
    let given: Vec<String> = (0_u32..)
        .zip(of)
        .map(|(person, registration)| {
            let own = find(building, "country_of_training").and_then(|history| {
                let first = *history.offsets.get(person as usize)?;
                let code = *history.codes.get(first as usize)?;
                Some(history.levels.get(code as usize)?.as_str().to_owned())
            });
            let told = registration.as_ref().and_then(|r| r.country);
            match (own.filter(|own| is_known(own)), told) {
                (Some(own), told) => {
                    if told.is_some_and(|told| !agree(&own, told)) {
                        disagree.add(0);
                    }
                    own
                }
                (None, told) => told.unwrap_or(NOT_KNOWN).to_owned(),
            }
        })
        .collect();
    let history = constant("country_of_training", building, &given);
    let dimensions = &mut building.workforce.dimensions;
    dimensions.retain(|d| d.dimension != history.dimension);
    dimensions.push(history);
    stage
        .findings
        .extend(disagree.finding(&DISAGREE, |_| Origin::default()));
}

/// Whether a country in a list may be the one of a number's letter.
fn agree(own: &str, told: &str) -> bool {
    const NATIONS: [&str; 4] = ["England", "Scotland", "Wales", "Northern Ireland"];
    let at_home = own == "United Kingdom" || NATIONS.contains(&own);
    match told {
        "Overseas" => !at_home,
        nation => own == "United Kingdom" || own == nation,
    }
}

fn returned(building: &mut Building, of: &[Option<Registration>]) {
    if of.iter().flatten().all(|r| r.returned != Some(true)) {
        return;
    }
    let given: Vec<String> = of
        .iter()
        .map(|r| match r.as_ref().and_then(|r| r.returned) {
            Some(true) => RETURNED[0].to_owned(),
            Some(false) => RETURNED[1].to_owned(),
            None => NOT_KNOWN.to_owned(),
        })
        .collect();
    let history = constant("return_to_practice", building, &given);
    building.workforce.dimensions.push(history);
}

/// The profession of HCPC numbers, where no list has one.
fn profession(building: &mut Building, of: &[Option<Registration>]) {
    let told = of.iter().flatten().any(|r| r.profession.is_some());
    if !told || find(building, "profession").is_some() {
        return;
    }
    let given: Vec<String> = of
        .iter()
        .map(|r| r.as_ref().and_then(|r| r.profession))
        .map(|told| told.unwrap_or(NOT_KNOWN).to_owned())
        .collect();
    let history = constant("profession", building, &given);
    building.workforce.dimensions.push(history);
}
