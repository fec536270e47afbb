//! The made workforce: who they are, when they came and left, and in which
//! posts. No person has a name.

use super::chance::{Chance, Staying};
use super::places::{CATEGORIES, DEPARTMENTS, JOBS, REASONS, SITES, WHITE};
use super::truths::{AS_AT, DEFECTS, LIST_FROM, TRUTHS};
use staywise_core::domain::Day;
use std::cmp::Reverse;

/// One post: a row of the staff list.
#[derive(Clone, Copy)]
pub(super) struct Post {
    /// The person's latest start with the organisation.
    pub(super) hired: Day,
    /// When this post began.
    pub(super) begun: Day,
    /// When it ended, where the person went on in another.
    pub(super) until: Option<Day>,
    /// When the person left the organisation.
    pub(super) ended: Option<Day>,
    /// Why.
    pub(super) reason: &'static str,
    /// Index into `SITES`.
    pub(super) site: usize,
    /// Department.
    pub(super) department: &'static str,
    /// Index into `JOBS`.
    pub(super) job: usize,
    /// Full-time equivalent in hundredths.
    pub(super) fte: u32,
}

/// One person.
pub(super) struct Person {
    /// The digits of the employee number.
    pub(super) number: u32,
    /// Index into `CATEGORIES`: what the person would say.
    pub(super) category: usize,
    /// What the staff list says: a code, `Z` (not stated) or `99` (not known).
    pub(super) recorded: &'static str,
    /// Gender as ESR has it.
    pub(super) gender: &'static str,
    /// Disability as ESR has it.
    pub(super) disability: &'static str,
    /// Nationality.
    pub(super) nationality: &'static str,
    /// Date of birth.
    pub(super) birth: Day,
    /// On the preceptorship programme from the first day.
    pub(super) programme: bool,
    /// Educated abroad.
    pub(super) international: bool,
    /// Posts, in the order they began.
    pub(super) posts: Vec<Post>,
}

impl Person {
    /// Whether the person is in some post at the close of a day.
    pub(super) fn in_post(&self, day: Day) -> bool {
        let held = |post: &Post| post.hired <= day && post.ended.is_none_or(|ended| ended > day);
        self.posts.iter().any(held)
    }

    /// The post that says where the person is on a day: of those held, the one
    /// with the most hours, then the first begun.
    pub(super) fn post_on(&self, day: Day) -> Option<&Post> {
        let held = |post: &&Post| {
            let end = post.until.or(post.ended);
            post.begun <= day && end.is_none_or(|end| end > day)
        };
        let held = self.posts.iter().filter(held);
        held.min_by_key(|post| (Reverse(post.fte), post.begun))
            .or(self.posts.first())
    }

    /// The employee number as the staff list writes it.
    pub(super) fn employee_number(&self) -> String {
        format!("E{}", self.number)
    }
}

/// The address that goes with an employee number.
pub(super) fn email(number: u32) -> String {
    format!("e{number}@example.nhs.test")
}

/// The number of the first person.
pub(super) const FIRST_NUMBER: u32 = 100_001;
/// Share of people who started over a year before `LIST_FROM`.
const LONG_SERVING: f64 = 0.25;
/// How long after the as-at date notice may already be known.
const NOTICE: i32 = 45;

/// `count` people.
pub(super) fn people(count: u32, seed: u64) -> Vec<Person> {
    let mut chance = Chance::new(seed, 1);
    let staying = [
        Staying::new(TRUTHS.retention_12m_no_programme, TRUTHS.later_year),
        Staying::new(TRUTHS.retention_12m_programme, TRUTHS.later_year),
        Staying::new(TRUTHS.later_year, TRUTHS.later_year),
    ];
    let mut people: Vec<Person> = (0..count)
        .map(|index| person(FIRST_NUMBER.saturating_add(index), &staying, &mut chance))
        .collect();
    plant(&mut people, &mut chance);
    people
}

fn person(number: u32, staying: &[Staying; 3], chance: &mut Chance) -> Person {
    let long_serving = chance.happens(LONG_SERVING);
    let programme = !long_serving && chance.happens(TRUTHS.on_programme);
    let hired = if long_serving {
        chance.day(LIST_FROM.plus(-3_650), LIST_FROM.plus(-366))
    } else {
        starting_day(chance)
    };
    let followed_from = if long_serving {
        LIST_FROM.plus(-1)
    } else {
        hired
    };
    let [without, on_it, long] = staying;
    let kind = match (long_serving, programme) {
        (true, _) => long,
        (_, true) => on_it,
        _ => without,
    };
    let days = u32::try_from(AS_AT.0 + NOTICE - followed_from.0).unwrap_or(0);
    let left = kind
        .leaves_after(days, chance)
        .map(|after| followed_from.plus(after));
    let minority = chance.happens(TRUTHS.ethnic_minority);
    let category = category(minority, chance);
    let abroad = if programme {
        TRUTHS.internationally_educated
    } else {
        0.12
    };
    let international = chance.happens(abroad);
    Person {
        number,
        category,
        recorded: recorded(category, chance),
        gender: chance.pick(&[("Female", 78), ("Male", 22)]),
        disability: chance.pick(&[
            ("No", 78),
            ("Yes", 7),
            ("Not Declared", 11),
            ("Prefer Not To Answer", 4),
        ]),
        nationality: nationality(international, minority, chance),
        birth: hired.plus(-chance.between(21 * 366, 52 * 365)),
        programme,
        international,
        posts: posts(hired, left, chance),
    }
}

/// Starters come all year round, and more in the autumn; on weekdays.
fn starting_day(chance: &mut Chance) -> Day {
    let autumn = [(2023, 1), (2024, 1), (2025, 1)];
    let day = if chance.happens(0.3) {
        let year: i32 = chance.pick(&autumn);
        let first = Day::from_ymd(year, 9, 1).unwrap_or(LIST_FROM);
        first.plus(chance.between(0, 55))
    } else {
        chance.day(LIST_FROM, AS_AT)
    };
    // Day 0 was a Thursday, so that 5 and 6 are the weekend here.
    match (day.0 + 3).rem_euclid(7) {
        5 => day.plus(2).min(AS_AT),
        6 => day.plus(1).min(AS_AT),
        _ => day,
    }
}

/// An index into `CATEGORIES`.
pub(super) fn category(minority: bool, chance: &mut Chance) -> usize {
    let weights: Vec<u32> = CATEGORIES.iter().map(|(_, _, weight)| *weight).collect();
    let (white, others) = weights.split_at(WHITE);
    if minority {
        WHITE + chance.weighed(others)
    } else {
        chance.weighed(white)
    }
}

fn recorded(category: usize, chance: &mut Chance) -> &'static str {
    let code = CATEGORIES.get(category).map_or("99", |(code, _, _)| *code);
    match chance.weighed(&[91, 5, 4]) {
        1 => "Z",
        2 => "99",
        // Local second characters, which roll up to C.
        _ if code == "C" => chance.pick(&[("C", 5), ("CA", 1), ("CY", 2)]),
        _ => code,
    }
}

fn nationality(international: bool, minority: bool, chance: &mut Chance) -> &'static str {
    match (international, minority) {
        (true, true) => chance.pick(&[
            ("Indian", 40),
            ("Filipino", 25),
            ("Nigerian", 20),
            ("Zimbabwean", 15),
        ]),
        (true, false) => chance.pick(&[("Irish", 35), ("Portuguese", 35), ("Polish", 30)]),
        (false, _) => chance.pick(&[("British", 93), ("Irish", 3), ("", 4)]),
    }
}

fn a_post(hired: Day, begun: Day, chance: &mut Chance) -> Post {
    let sites: Vec<u32> = SITES.iter().map(|(_, weight)| *weight).collect();
    let jobs: Vec<u32> = JOBS.iter().map(|job| job.weight).collect();
    let departments = DEPARTMENTS.map(|name| (name, 1));
    Post {
        hired,
        begun,
        until: None,
        ended: None,
        reason: "",
        site: chance.weighed(&sites),
        department: chance.pick(&departments),
        job: chance.weighed(&jobs),
        fte: chance.pick(&[(100, 62), (80, 16), (60, 12), (92, 4), (53, 6)]),
    }
}

/// Most people have one row; some have moved (the row began later than the
/// person did), some rotate (a row for each place) and some have two posts.
fn posts(hired: Day, left: Option<Day>, chance: &mut Chance) -> Vec<Post> {
    let first = a_post(hired, hired, chance);
    let until = left.unwrap_or(AS_AT).min(AS_AT);
    let room = until.0 - hired.0;
    let shape = chance.weighed(&[82, 9, 6, 3]);
    let mut posts = match shape {
        1 if room > 200 => {
            let begun = hired.plus(chance.between(100, room - 60));
            vec![Post { begun, ..first }]
        }
        2 if room > 300 => {
            let next = a_post(hired, hired.plus(chance.between(110, 135)), chance);
            let last = a_post(hired, hired.plus(chance.between(230, 260)), chance);
            let place = |post: Post, until| Post {
                job: first.job,
                fte: first.fte,
                until,
                ..post
            };
            let rotation = [first, next, last];
            let untils = [Some(next.begun), Some(last.begun), None];
            let places = rotation.into_iter().zip(untils);
            places.map(|(post, until)| place(post, until)).collect()
        }
        3 if room > 120 => {
            let second = a_post(hired, hired.plus(chance.between(30, room - 30)), chance);
            let (first, second) = (Post { fte: 60, ..first }, Post { fte: 40, ..second });
            vec![first, second]
        }
        _ => vec![first],
    };
    if left.is_some() {
        let reason = chance.pick(&REASONS);
        for post in &mut posts {
            (post.ended, post.reason) = (left, reason);
        }
    }
    posts
}

/// Makes the planted cases: exact numbers of people who come back, whose one
/// post ended, who leave later or who left on the list's first day.
fn plant(people: &mut [Person], chance: &mut Chance) {
    leave_later(people);
    let long_serving_leaver = people.iter_mut().find(|person| {
        let first = person.posts.first();
        first.is_some_and(|p| p.hired < LIST_FROM && p.ended.is_some_and(|e| e <= AS_AT))
    });
    for post in long_serving_leaver.into_iter().flat_map(|p| &mut p.posts) {
        post.ended = Some(LIST_FROM);
        post.begun = post.begun.min(LIST_FROM.plus(-30));
    }
    come_back(people, chance);
    end_one_post(people, chance);
}

/// Notice already known on the as-at date: kept for a few, not yet written
/// for the rest.
fn leave_later(people: &mut [Person]) {
    let mut kept = 0;
    for person in people {
        if person
            .posts
            .iter()
            .all(|p| p.ended.is_none_or(|e| e <= AS_AT))
        {
            continue;
        }
        if kept < DEFECTS.leave_later {
            kept += 1;
        } else {
            for post in &mut person.posts {
                (post.ended, post.reason) = (None, "");
            }
        }
    }
}

fn come_back(people: &mut [Person], chance: &mut Chance) {
    let could = |person: &&mut Person| match person.posts.as_slice() {
        [
            Post {
                hired,
                ended: Some(ended),
                ..
            },
        ] => *hired >= LIST_FROM && *ended <= AS_AT.plus(-180),
        _ => false,
    };
    let soon = (0..DEFECTS.back_soon).map(|nth| 7 + 3 * nth);
    let late = (0..DEFECTS.back_late).map(|nth| 45 + 25 * nth);
    for (person, gap) in people.iter_mut().filter(could).zip(soon.chain(late)) {
        let left = person.posts.first().and_then(|post| post.ended);
        let gap = i32::try_from(gap).unwrap_or(0);
        if let Some(again) = left.map(|left| left.plus(gap)) {
            person.posts.push(a_post(again, again, chance));
        }
    }
}

fn end_one_post(people: &mut [Person], chance: &mut Chance) {
    let could = |person: &&mut Person| match person.posts.as_slice() {
        [post] => {
            post.ended.is_none() && post.begun == post.hired && post.hired <= AS_AT.plus(-400)
        }
        _ => false,
    };
    for person in people.iter_mut().filter(could).take(DEFECTS.one_post_ended) {
        if let Some(first) = person.posts.first_mut() {
            let begun = first.hired.plus(120);
            first.until = Some(begun.plus(60));
            let next = a_post(first.hired, begun, chance);
            person.posts.push(next);
        }
    }
}
