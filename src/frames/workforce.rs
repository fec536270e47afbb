//! The frames of people, their times in post and preceptorships. Never reads
//! who a person is.

use super::{Fields, posts};
use crate::data::linked::NOBODY;
use crate::data::{Linked, Spell, Workforce};
use crate::vocabulary::destinations;
use crate::vocabulary::leaving_reasons::Sort;
use std::sync::Arc;

/// Days after the start on which 3, 6, 12, 18 and 24 months are reached.
const HORIZONS: [(&str, i32); 5] = [
    ("due_3m", 91),
    ("due_6m", 183),
    ("due_12m", 365),
    ("due_18m", 548),
    ("due_24m", 730),
];

const NO_LEAVERS: &str = "the staff list has no leaving dates";

pub(super) fn people<'a>(linked: &'a Linked) -> Fields<'a> {
    let workforce = &linked.workforce;
    let mut fields = Fields::new(workforce.people());
    fields.whole("person", |row| u32::try_from(row).ok());
    fields.day("first_start", |row| {
        let person = u32::try_from(row).ok()?;
        spells_of(workforce, person).first().map(|s| s.start.0)
    });
    fields
}

/// A person's spells; they stand in order of person.
fn spells_of(workforce: &Workforce, person: u32) -> &[Spell] {
    let spells = &workforce.spells;
    let from = spells.partition_point(|s| s.person < person);
    let to = spells.partition_point(|s| s.person <= person);
    spells.get(from..to).unwrap_or(&[])
}

pub(super) fn spells<'a>(linked: &'a Linked) -> Fields<'a> {
    let (spells, as_at) = (&linked.workforce.spells, linked.as_at.0);
    let mut fields = Fields::new(spells.len());
    fields.whole("spell", |row| u32::try_from(row).ok());
    fields.whole("person", |row| spells.get(row).map(|s| s.person));
    fields.day("start", |row| spells.get(row).map(|s| s.start.0));
    fields.day("time_zero", |row| spells.get(row).map(|s| s.time_zero.0));
    for (name, days) in HORIZONS {
        fields.day(name, move |row| {
            spells.get(row).map(|s| s.time_zero.plus(days).0)
        });
    }
    fields.flag("first_spell", |row| spells.get(row).map(|s| s.first));
    if linked.workforce.sees_leavers {
        fields.day("leave", |row| spells.get(row)?.leave.map(|d| d.0));
        fields.day("ended", |row| spells.get(row)?.ended.map(|d| d.0));
        fields.whole("entry_day", |row| spells.get(row).map(|s| s.entry_day));
        fields.day("followed_to", move |row| {
            let ended = spells.get(row)?.ended;
            Some(ended.map_or(as_at, |d| d.0.min(as_at)))
        });
        fields.text("after", |row| Some(spells.get(row)?.after.slug()));
    } else {
        let names = [
            "leave",
            "leave_day",
            "ended",
            "ended_day",
            "entry_day",
            "followed_to",
            "followed_to_day",
            "after",
        ];
        fields.absent(&names, NO_LEAVERS);
    }
    why(&mut fields, linked);
    posts::full_time(&mut fields, linked);
    fields
}

/// Why people left and where they went, where the list says.
fn why<'a>(fields: &mut Fields<'a>, linked: &'a Linked) {
    let spells = &linked.workforce.spells;
    let sees = linked.workforce.sees_leavers;
    let reasons = ["reason", "reason_group"];
    if spells.iter().any(|s| s.reason.is_some()) {
        fields.text("reason", |row| spells.get(row)?.reason.as_deref());
        fields.text("reason_group", |row| {
            Some(reason_label(spells.get(row)?.sort?))
        });
    } else if sees {
        fields.absent(&reasons, "the staff list has no leaving reasons");
    } else {
        fields.absent(&reasons, NO_LEAVERS);
    }
    let destinations = ["destination_group"];
    if spells.iter().any(|s| s.destination.is_some()) {
        fields.text("destination_group", |row| {
            Some(destination_label(spells.get(row)?.destination_sort?))
        });
    } else if sees {
        fields.absent(
            &destinations,
            "the staff list has no destinations on leaving",
        );
    } else {
        fields.absent(&destinations, NO_LEAVERS);
    }
}

/// As printed.
fn reason_label(slug: &'static str) -> &'static str {
    const SORTS: [Sort; 9] = [
        Sort::Voluntary,
        Sort::Involuntary,
        Sort::Retirement,
        Sort::ContractEnd,
        Sort::Administrative,
        Sort::Death,
        Sort::Break,
        Sort::Unknown,
        Sort::InternalMove,
    ];
    let named = SORTS.iter().find(|sort| sort.slug() == slug);
    named.map_or(slug, |sort| sort.label())
}

fn destination_label(slug: &'static str) -> &'static str {
    let named = destinations::Sort::ALL
        .iter()
        .find(|sort| sort.slug() == slug);
    named.map_or(slug, |sort| sort.label())
}

pub(super) fn preceptorships<'a>(linked: &'a Linked) -> Fields<'a> {
    let all = &linked.workforce.preceptorships;
    let mut fields = Fields::new(all.len());
    fields.whole("preceptorship", |row| u32::try_from(row).ok());
    fields.whole("person", |row| all.get(row)?.person);
    let known = [
        (
            "start",
            "start dates",
            all.iter().any(|p| p.start.is_some()),
        ),
        (
            "planned_end",
            "planned end dates",
            all.iter().any(|p| p.planned_end.is_some()),
        ),
        (
            "completed",
            "completion dates",
            all.iter().any(|p| p.completed.is_some()),
        ),
        (
            "withdrawn",
            "withdrawal dates",
            all.iter().any(|p| p.withdrawn.is_some()),
        ),
    ];
    for (name, words, any) in known {
        if any {
            fields.day(name, move |row| {
                let preceptorship = all.get(row)?;
                let day = match name {
                    "start" => preceptorship.start,
                    "planned_end" => preceptorship.planned_end,
                    "completed" => preceptorship.completed,
                    _ => preceptorship.withdrawn,
                };
                day.map(|d| d.0)
            });
        } else {
            let names = [name, &super::day_name(name)];
            fields.absent(
                &names,
                &format!("the preceptorship register has no {words}"),
            );
        }
    }
    fields
}

/// A response of a known person, and the time in post it was given in.
struct Pair<'a> {
    response: u32,
    person: u32,
    answered: i32,
    spell: Option<&'a Spell>,
}

/// Responses of known people. The time in post is the last one begun by the
/// day of the answer, or the first where none had.
pub(super) fn linked<'a>(linked: &'a Linked) -> Fields<'a> {
    let pairs: Vec<Pair<'a>> = linked
        .response_person
        .iter()
        .zip(&linked.survey.answered_on)
        .enumerate()
        .filter(|(_, (person, _))| **person != NOBODY)
        .filter_map(|(response, (person, answered))| {
            let spells = spells_of(&linked.workforce, *person);
            let begun = spells.partition_point(|s| s.start <= *answered);
            Some(Pair {
                response: u32::try_from(response).ok()?,
                person: *person,
                answered: answered.0,
                spell: spells.get(begun.saturating_sub(1)),
            })
        })
        .collect();
    let pairs = Arc::new(pairs);
    let mut fields = Fields::new(pairs.len());
    let of = |pairs: &Arc<Vec<Pair<'a>>>| Arc::clone(pairs);
    let all = of(&pairs);
    fields.whole("response", move |row| all.get(row).map(|p| p.response));
    let all = of(&pairs);
    fields.whole("person", move |row| all.get(row).map(|p| p.person));
    let all = of(&pairs);
    fields.day("answered_on", move |row| all.get(row).map(|p| p.answered));
    let all = of(&pairs);
    fields.day("start", move |row| all.get(row)?.spell.map(|s| s.start.0));
    if linked.workforce.sees_leavers {
        let all = of(&pairs);
        fields.day("leave", move |row| all.get(row)?.spell?.leave.map(|d| d.0));
    } else {
        fields.absent(&["leave", "leave_day"], NO_LEAVERS);
    }
    fields
}
