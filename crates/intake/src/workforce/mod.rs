//! Staff lists and registers to people, their spells and what was true of
//! them when. The case rules of the workforce live here: who is a person,
//! when a spell starts and ends. Counts no figure and reads no file.

#[cfg(test)]
mod about_tests;
mod ages;
mod changes;
#[cfg(test)]
mod changes_tests;
mod clock;
mod dates;
mod ends;
#[cfg(test)]
mod laws;
mod leavers;
#[cfg(test)]
mod leavings_tests;
mod lists;
#[cfg(test)]
mod lists_tests;
mod people;
mod personal;
mod placeholders;
mod posts;
mod preceptorships;
mod register;
mod registered;
mod renames;
mod repeats;
mod rows;
mod rules;
#[cfg(test)]
mod rules_tests;
mod seen_leavers;
#[cfg(test)]
mod seen_leavers_tests;
mod snapshots;
mod spells;
mod standings;
#[cfg(test)]
mod standings_tests;
#[cfg(test)]
mod tests;
mod unknown_leavers;
mod unknown_words;
mod unlisted;

use crate::data::table::holding;
use crate::data::workforce::{Identity, Post, Spell};
use crate::data::{Holds, Stage, Table, Workforce};
use lists::Lists;
use rows::{Listed, Listing};
pub use rules::{BankPosts, Breaks, Clock, Ending, Leavings, Rules};
use staywise_core::domain::Day;

/// Builds the workforce from all staff lists and registers together; tables
/// that hold something else are left alone. The order of rows within a list
/// does not matter, but for the register's own order.
#[must_use]
pub fn build(tables: &[Table], rules: &Rules, as_at: Day) -> (Workforce, Stage) {
    let mut stage = Stage::default();
    let of = |holds| holding(tables, holds);
    let (staff, registers) = (of(Holds::Staff), of(Holds::Register));
    let registrations = of(Holds::Registrations);
    let beside: Vec<&Table> = registers.iter().chain(&registrations).copied().collect();
    let people = people::identify(&staff, &beside, &mut stage);
    let lists = Lists::of(&staff, &people.staff, as_at, &mut stage);
    let listing = Listing {
        staff: &staff,
        rules,
        as_at,
        lists: &lists,
    };
    let places = posts::Places::new(&staff);
    let mut rows = rows::read(&listing, &people, &mut stage);
    let mut listed = rows.listed;
    snapshots::add(&mut listed, rows.sightings, (&places, &listing), &mut stage);
    let leavings = (&*rows.events, &mut *rows.leavings);
    leavers::join(&mut listed, leavings, &listing, &mut stage);
    seen_leavers::report(rows.leavings, &listing, &mut stage);
    let listed = repeats::settle(listed, &places, &listing, &mut stage);
    let mut listed = leavers::close(listed, &listing, &mut stage);
    standings::date_breaks(&mut listed, &listing, &mut stage);
    standings::report_outside(&listed, &listing, &mut stage);
    let leavers_from = leavers::listed_from(&rows.events, &listing, &mut stage);
    let sees_leavers = seen_leavers::any(&listed, &listing);
    if !sees_leavers {
        seen_leavers::say_none(&listing, &mut stage);
    }
    let kept = spells::spells(&listed, &listing, leavers_from, &mut stage);
    let mut workforce = assemble(&people, listed, kept);
    workforce.workforce.leavers_from = leavers_from;
    workforce.workforce.sees_leavers = sees_leavers;
    describe(&mut workforce, &listing, &places, &mut stage);
    register::add(&mut workforce, &registers, (&people, &listing), &mut stage);
    registered::add(&mut workforce, &beside, (&people, &listing), &mut stage);
    clock::set(&mut workforce.workforce, rules, &mut stage);
    unlisted::find(&staff, &mut stage);
    unknown_words::find(&listing, &mut stage);
    renames::apply(&mut workforce.workforce.dimensions, rules, &mut stage);
    changes::find(&mut workforce, &listing, &mut stage);
    unknown_leavers::find(&workforce.workforce, &listing, &mut stage);
    let done = workforce.workforce;
    stage.count("people", done.people());
    stage.count("spells", done.spells.len());
    stage.count("posts", done.posts.len());
    stage.count(
        "leavers",
        done.spells.iter().filter(|s| s.leave.is_some()).count(),
    );
    ends::count(&done.spells, &mut stage);
    (done, stage)
}

/// The workforce while it is built: the rows behind each person's posts are
/// still known.
struct Building {
    workforce: Workforce,
    /// By person, in order of start.
    listed: Vec<Vec<Listed>>,
    /// The person of each key, where the key has a spell.
    by_key: Vec<Option<u32>>,
}

fn assemble(people: &people::People, listed: Vec<Vec<Listed>>, kept: Vec<Vec<Spell>>) -> Building {
    let mut building = Building {
        workforce: Workforce::default(),
        listed: Vec::new(),
        by_key: vec![None; people.identities.len()],
    };
    for (key, (rows, spells)) in listed.into_iter().zip(kept).enumerate() {
        let Some(first) = spells.first().map(|s| s.start) else {
            continue;
        };
        let person = u32::try_from(building.listed.len()).unwrap_or(u32::MAX);
        let workforce = &mut building.workforce;
        let rows: Vec<Listed> = rows
            .into_iter()
            .filter(|r| belongs(r, &spells, first))
            .collect();
        workforce
            .identities
            .push(people.identities.get(key).cloned().unwrap_or_default());
        workforce
            .spells
            .extend(spells.into_iter().map(|s| Spell { person, ..s }));
        workforce.posts.extend(rows.iter().map(|r| Post {
            person,
            start: Day(r.start),
            end: r.end.map(Day),
            fte_milli: r.fte,
            kind: r.kind(),
            standing: r.standing.unwrap_or_default(),
        }));
        building.listed.push(rows);
        if let Some(slot) = building.by_key.get_mut(key) {
            *slot = Some(person);
        }
    }
    building
}

/// Whether a post lies in one of the kept spells: posts of spells that were
/// set aside go with them.
fn belongs(row: &Listed, spells: &[Spell], first: Day) -> bool {
    row.start >= first.0
        || spells
            .iter()
            .any(|s| row.end.is_none_or(|end| end > s.start.0))
}

fn describe(building: &mut Building, listing: &Listing, places: &posts::Places, stage: &mut Stage) {
    let mut dimensions = posts::histories(&building.listed, places, listing.rules);
    dimensions.extend(personal::histories(&building.listed, listing, stage));
    if let Some(age) = ages::history(building, listing, stage) {
        dimensions.retain(|d| d.dimension != age.dimension);
        dimensions.push(age);
    }
    building.workforce.dimensions = dimensions;
}

/// The identity of a person from all that their rows say.
fn identity(staff_number: Option<&str>, email: Option<&str>) -> Identity {
    Identity {
        staff_number: staff_number.map(str::to_owned),
        email: email.map(str::to_owned),
        ..Identity::default()
    }
}
