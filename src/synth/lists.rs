//! The made preceptorship register, in Windows-1252 as Excel saves CSV, and
//! the lists of those invited.

use super::chance::Chance;
use super::people::{Person, email};
use super::sheet::{Ending, british, line};
use super::truths::{AS_AT, DEFECTS};
use super::waves::{Round, Tool, Wave};
use encoding_rs::WINDOWS_1252;
use staywise_core::domain::Day;
use std::borrow::Cow;

const REGISTER: [&str; 9] = [
    "Employee Number",
    "Preceptorship Start Date",
    "Planned End Date",
    "Completed On",
    "Withdrawn On",
    "Preceptor",
    "Route",
    "Backfill cost (\u{a3})",
    "Notes",
];
const PRECEPTORS: u32 = 160;

/// The register: everyone on the programme, from their first day.
pub(super) fn register(people: &[Person], seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed, 3);
    let mut out = String::new();
    let mut bad = 0;
    line(&mut out, Ending::ReturnFeed, REGISTER.map(Cow::Borrowed));
    for person in people.iter().filter(|person| person.programme) {
        let Some(start) = person.posts.first().map(|post| post.hired) else {
            continue;
        };
        let planned = start.plus(365);
        let (completed, withdrawn) = outcome(person, planned, &mut chance);
        let completed = match completed {
            Some(_) if bad < DEFECTS.bad_completions => {
                bad += 1;
                "31/11/2025".to_owned()
            }
            other => other.map(british).unwrap_or_default(),
        };
        let route = match (person.international, chance.below(20)) {
            (true, _) => "Internationally educated",
            (false, 0) => "Return to practice",
            (false, _) => "Newly registered",
        };
        let fields = [
            person.employee_number(),
            british(start),
            british(planned),
            completed,
            withdrawn.map(british).unwrap_or_default(),
            format!("PR{:03}", chance.below(PRECEPTORS) + 1),
            route.to_owned(),
            (150 + 25 * chance.below(9)).to_string(),
            chance
                .pick(&[("", 8), ("Supernumerary \u{2013} two weeks", 2)])
                .to_owned(),
        ];
        line(&mut out, Ending::ReturnFeed, fields.map(Cow::Owned));
    }
    WINDOWS_1252.encode(&out).0.into_owned()
}

/// When the programme was completed or withdrawn from, for those still in
/// post then.
fn outcome(person: &Person, planned: Day, chance: &mut Chance) -> (Option<Day>, Option<Day>) {
    let there = |day: &Day| *day <= AS_AT && person.in_post(*day);
    let withdraws = chance.happens(0.04);
    let withdrawn = planned.plus(-chance.between(120, 300));
    let done = planned.plus(chance.between(-20, 40));
    if withdraws {
        (None, Some(withdrawn).filter(there))
    } else {
        (Some(done).filter(there), None)
    }
}

/// The list of those invited: by employee number where the wave was sent by
/// Qualtrics, by e-mail address where by Microsoft Forms.
pub(super) fn invited(wave: &Wave, round: &Round) -> Vec<u8> {
    let by_number = wave.tool != Tool::Forms;
    let mut out = String::new();
    let key = if by_number {
        "Employee Number"
    } else {
        "Email Address"
    };
    line(
        &mut out,
        Ending::ReturnFeed,
        [key, "Wave", "Invited on"].map(Cow::Borrowed),
    );
    for number in &round.invited {
        let (who, day) = if by_number {
            (format!("E{number}"), british(wave.opens))
        } else {
            (email(*number), wave.opens.iso())
        };
        let fields = [Cow::Owned(who), Cow::Borrowed(wave.name), Cow::Owned(day)];
        line(&mut out, Ending::ReturnFeed, fields);
    }
    out.into_bytes()
}
