//! The preceptorship register: who had one, and so who is on the programme.

use super::people::{NO_KEY, People};
use super::personal::first_day;
use super::posts::{Place, empty, push};
use super::rows::Listing;
use super::{Building, Rules, placeholders, preceptorships};
use crate::data::stage::{Aside, Words};
use crate::data::{History, Role, Stage, Table, Workforce};
use crate::vocabulary::levels::{self, NOT_KNOWN};
use staywise_core::domain::{Day, Dimension, Finding, Level, Severity};

/// Level of those with a preceptorship from the start.
pub(super) const ON: &str = "On programme";
/// Level of those without.
pub(super) const NOT_ON: &str = "Not on programme";

/// Adds preceptorships and, where no staff list has it, the programme.
pub(super) fn add(
    building: &mut Building,
    registers: &[&Table],
    (people, listing): (&People, &Listing),
    stage: &mut Stage,
) {
    if registers.is_empty() {
        return;
    }
    let mut rows = 0;
    let listed = if listing.staff.is_empty() {
        Listed::Nowhere
    } else {
        Listed::Somewhere
    };
    let preceptors = preceptorships::preceptors(registers);
    for (at, table) in registers.iter().enumerate() {
        let keys = people.registers.get(at).map_or(&[][..], Vec::as_slice);
        let named = people.register_names.get(at).map_or(&[][..], Vec::as_slice);
        let persons: Vec<Option<u32>> = keys
            .iter()
            .map(|k| building.by_key.get(*k as usize).copied().flatten())
            .collect();
        rows += table.rows();
        preceptorships::add(
            &mut building.workforce,
            (table, &persons),
            (&preceptors, listing),
            stage,
        );
        report_people(table, (keys, &persons, named), listed, stage);
    }
    let workforce = &mut building.workforce;
    stage.count("register rows read", rows);
    let records = &workforce.preceptorships;
    stage.count("preceptorships", records.len());
    stage.count("meetings", workforce.meetings.len());
    stage.count(
        "preceptorships of people in the staff list",
        records.iter().filter(|p| p.person.is_some()).count(),
    );
    if !workforce
        .dimensions
        .iter()
        .any(|d| d.dimension.as_str() == "programme")
    {
        let programme = programme(workforce, listing.rules);
        workforce.dimensions.push(programme);
    }
    let further = further(building, registers, people);
    building.workforce.dimensions.extend(further);
}

/// Dimensions that only the registers have, as the route: of those with a
/// preceptorship what the registers say, of all others not known. Where rows
/// differ, the last level in printing order.
fn further(building: &Building, registers: &[&Table], people: &People) -> Vec<History> {
    let mut slugs: Vec<&str> = Vec::new();
    for column in registers.iter().flat_map(|t| &t.columns) {
        let Role::Dimension(slug) = &column.role else {
            continue;
        };
        let known = building
            .workforce
            .dimensions
            .iter()
            .any(|d| d.dimension.as_str() == slug);
        if !known && !slugs.contains(&slug.as_str()) {
            slugs.push(slug);
        }
    }
    slugs.sort_unstable();
    let history = |slug: &&str| {
        let place = Place::new(slug, registers);
        let mut codes: Vec<Option<u32>> = vec![None; building.workforce.people()];
        for (list, keys) in people.registers.iter().enumerate() {
            for (row, key) in keys.iter().enumerate() {
                let person = building.by_key.get(*key as usize).copied().flatten();
                if let Some(slot) = person.and_then(|p| codes.get_mut(p as usize)) {
                    *slot = (*slot).max(place.stated(&[(list, row)]).max());
                }
            }
        }
        let mut history = empty(place.dimension.clone(), place.levels.clone());
        for (posts, code) in building.listed.iter().zip(codes) {
            push(
                &mut history,
                [(first_day(posts), code.unwrap_or(place.not_known))].into_iter(),
            );
        }
        history
    };
    slugs.iter().map(history).collect()
}

fn report_people(
    table: &Table,
    (keys, persons, named): (&[u32], &[Option<u32>], &[bool]),
    listed: Listed,
    stage: &mut Stage,
) {
    let (mut unmatched, mut unnamed) = (Aside::default(), Vec::new());
    for (row, (key, person)) in keys.iter().zip(persons).enumerate() {
        if *key == NO_KEY && named.get(row) == Some(&false) {
            unnamed.push(row);
        } else if person.is_none() {
            unmatched.add(row);
        }
    }
    let place = |row| table.origin(row, None);
    let words = Words {
        rule: "register-unmatched",
        severity: Severity::Warning,
        message: "Preceptorships belong to nobody in the staff list, or to rows of it that were \
                  set aside.",
        remedy: "Check that register and staff list write staff numbers alike.",
    };
    if listed == Listed::Nowhere {
        stage.findings.push(no_staff_list(table));
    } else {
        stage.findings.extend(unmatched.finding(&words, place));
    }
    let words = Words {
        rule: "no-identifier",
        severity: Severity::Warning,
        message: "Preceptorships have no staff number or e-mail address.",
        remedy: "Fill in the identifier.",
    };
    placeholders::report(table, &unnamed, &words, stage);
}

/// Whether there is a staff list at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    Somewhere,
    Nowhere,
}

fn no_staff_list(table: &Table) -> Finding {
    Finding {
        rule: "no-staff-list",
        severity: Severity::Warning,
        origin: table.origin(None, None),
        message: "There is no staff list, so preceptorships belong to nobody who is followed: who \
                  stayed and who left is not available."
            .to_owned(),
        remedy: "Put a staff list beside the register. If the register is that list too, with a \
                 start and a leaving date, name its file in a second [[source]] with holds = \
                 \"staff\"; columns = { \"Its header\" = \"start_date\" } says which column is the \
                 start."
            .to_owned(),
        count: 1,
        private_value: None,
    }
}

/// On programme for a spell where a preceptorship began by so many days after
/// its start; not known where the only records have no start date.
fn programme(workforce: &Workforce, rules: &Rules) -> History {
    let given = [ON, NOT_ON, NOT_KNOWN].map(str::to_owned);
    let (names, places) = levels::sorted("programme", &given);
    let level = |at: usize| places.get(at).copied().unwrap_or(0);
    let mut earliest: Vec<Option<Day>> = vec![None; workforce.people()];
    let mut undated = vec![false; workforce.people()];
    for record in &workforce.preceptorships {
        let Some(person) = record.person.map(|p| p as usize) else {
            continue;
        };
        if let Some(slot) = earliest.get_mut(person) {
            *slot = (*slot).into_iter().chain(record.start).min();
        }
        if let Some(slot) = undated.get_mut(person) {
            *slot |= record.start.is_none();
        }
    }
    let levels = names.iter().map(|l| Level::new(l)).collect();
    let mut history = empty(Dimension::new("programme"), levels);
    for (person, spells) in workforce
        .spells
        .chunk_by(|a, b| a.person == b.person)
        .enumerate()
    {
        let began = earliest.get(person).copied().flatten();
        let undated = undated.get(person) == Some(&true);
        let stretches = spells.iter().map(|spell| {
            let by = spell.start.plus(rules.programme_days);
            let on = began.is_some_and(|began| began <= by);
            let place = if on {
                0
            } else if undated {
                2
            } else {
                1
            };
            (spell.start.0, level(place))
        });
        push(&mut history, stretches);
    }
    history
}
