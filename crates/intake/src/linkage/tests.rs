//! Linking small workforces and surveys made by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use super::link;
use crate::data::linked::NOBODY;
use crate::data::workforce::{Identity, Spell};
use crate::data::{Coded, History, Invitations, ItemAnswers, Linked, Stage, Survey, Workforce};
use proptest::prelude::{Strategy, any, prop, proptest};
use staywise_core::domain::{Day, Dimension, Item, Level, Scale};

fn number(text: &str) -> Identity {
    Identity {
        staff_number: Some(text.to_owned()),
        ..Identity::default()
    }
}

fn email(text: &str) -> Identity {
    Identity {
        email: Some(text.to_owned()),
        ..Identity::default()
    }
}

fn reference(text: &str) -> Identity {
    Identity {
        reference: Some(text.to_owned()),
        ..Identity::default()
    }
}

fn levels(names: &[&str]) -> Vec<Level> {
    names.iter().map(|n| Level::new(n)).collect()
}

/// People in post from day 0, at site North until day 150 and then South.
fn workforce(identities: Vec<Identity>) -> Workforce {
    let people = u32::try_from(identities.len()).unwrap();
    let spell = |person| Spell::open(person, Day(0));
    Workforce {
        spells: (0..people).map(spell).collect(),
        dimensions: vec![History {
            dimension: Dimension::new("site"),
            levels: levels(&["North", "South"]),
            offsets: (0..=people).map(|p| p * 2).collect(),
            from: (0..people).flat_map(|_| [0, 150]).collect(),
            codes: (0..people).flat_map(|_| [0, 1]).collect(),
        }],
        identities,
        ..Workforce::default()
    }
}

/// Responses in one wave, a day after another from day 100, who say they are
/// at site East.
fn survey(identities: Vec<Identity>) -> Survey {
    let count = identities.len();
    Survey {
        answered_on: (100..).take(count).map(Day).collect(),
        wave: vec![0; count],
        waves: levels(&["Wave 1"]),
        identities,
        items: vec![ItemAnswers {
            item: Item {
                name: "x".to_owned(),
                text: String::new(),
                scale: Scale {
                    name: "y".to_owned(),
                    levels: Vec::new(),
                },
                reversed: false,
                principle: None,
            },
            codes: (0..).take(count).collect(),
        }],
        dimensions: vec![Coded {
            dimension: Dimension::new("site"),
            levels: levels(&["East", "Not known"]),
            codes: (0..).take(count).map(|n| u32::from(n % 2 == 1)).collect(),
        }],
        ..Survey::default()
    }
}

fn linked(workforce: Workforce, survey: Survey) -> (Linked, Stage) {
    link(workforce, survey, b"a key", Day(400))
}

fn rules_of(stage: &Stage) -> Vec<&str> {
    stage.findings.iter().map(|f| f.rule).collect()
}

fn said<'a>(dimensions: &'a [Coded], slug: &str) -> Vec<&'a str> {
    let found = dimensions
        .iter()
        .find(|d| d.dimension.as_str() == slug)
        .unwrap();
    found
        .codes
        .iter()
        .map(|c| found.levels[*c as usize].as_str())
        .collect()
}

#[test]
fn a_response_finds_its_person_by_reference_number_or_address() {
    let both = Identity {
        email: Some("a@x.uk".to_owned()),
        ..number("007")
    };
    let people = workforce(vec![both, email("b@x.uk")]);
    let contact = Identity {
        staff_number: Some("7".to_owned()),
        ..reference("CONTACT9")
    };
    let answers = vec![
        contact,
        email("b@x.uk"),
        reference("8"),
        Identity::default(),
    ];
    let (linked, stage) = linked(people, survey(answers));
    assert_eq!(linked.response_person, [0, 1, NOBODY, NOBODY]);
    let report = &linked.report;
    assert_eq!(
        (report.linked, report.unmatched, report.anonymous),
        (2, 1, 1)
    );
    assert_eq!(report.key, Some("staff number, else e-mail address"));
    assert_eq!(linked.response_pseudonyms[0], linked.person_pseudonyms[0]);
    assert_eq!(linked.response_pseudonyms[3], "");
    assert!(!linked.person_pseudonyms[0].contains("007"));
    assert_eq!(
        rules_of(&stage),
        ["not-in-staff-list", "dimension-disagrees"]
    );
}

#[test]
fn t38_anonymous_responses_stay_nobodys() {
    let (linked, _) = linked(
        workforce(vec![number("1")]),
        survey(vec![Identity::default(); 3]),
    );
    assert_eq!(linked.response_person, [NOBODY; 3]);
    assert_eq!((linked.report.anonymous, linked.report.repeats), (3, 0));
    assert_eq!(linked.report.people_without_response, 1);
}

#[test]
fn an_identifier_of_two_people_links_to_neither_and_doubles_nothing() {
    let people = workforce(vec![email("team@x.uk"), email("team@x.uk")]);
    let (linked, _) = linked(people, survey(vec![email("team@x.uk"), email("team@x.uk")]));
    assert_eq!(linked.response_person, [NOBODY, NOBODY]);
    assert_eq!((linked.report.ambiguous, linked.report.responses), (2, 2));
}

#[test]
fn the_staff_number_goes_before_the_address() {
    let people = workforce(vec![number("1"), email("b@x.uk")]);
    let torn = Identity {
        email: Some("b@x.uk".to_owned()),
        ..reference("1")
    };
    let (linked, stage) = linked(people, survey(vec![torn]));
    assert_eq!(linked.response_person, [0]);
    assert!(rules_of(&stage).contains(&"identifiers-disagree"));
}

#[test]
fn t25_of_two_answers_in_a_wave_the_last_complete_one_counts() {
    let mut twice = survey(vec![
        number("1"),
        number("9"),
        number("01"),
        number("9"),
        number("1"),
    ]);
    twice.finished = vec![true, true, true, true, false];
    twice.identities[2] = number("1");
    let (linked, stage) = linked(workforce(vec![number("1")]), twice);
    assert_eq!(
        linked.survey.items[0].codes,
        [2, 3],
        "the last finished of each"
    );
    assert_eq!(linked.survey.answered_on, [Day(102), Day(103)]);
    assert_eq!(linked.survey.dimensions[0].codes.len(), 2);
    assert_eq!(linked.response_person, [0, NOBODY]);
    assert_eq!((linked.report.repeats, linked.report.responses), (3, 2));
    assert!(rules_of(&stage).contains(&"repeat"));
}

#[test]
fn an_answer_in_another_wave_is_no_repeat() {
    let mut two = survey(vec![number("1"), number("1")]);
    two.waves = levels(&["Wave 1", "Wave 2"]);
    two.wave = vec![0, 1];
    let (linked, _) = linked(workforce(vec![number("1")]), two);
    assert_eq!(linked.response_person, [0, 0]);
}

#[test]
fn an_identifier_that_the_staff_list_does_not_have_is_one_person_in_every_wave() {
    let shared = || email("team@x.uk");
    let given = vec![
        email("a@x.uk"),
        number("1"),
        shared(),
        Identity::default(),
        email("a@x.uk"),
        number("1"),
        shared(),
        Identity::default(),
        email("b@x.uk"),
    ];
    let mut two = survey(given);
    two.waves = levels(&["Wave 1", "Wave 2"]);
    two.wave = vec![0, 0, 0, 0, 1, 1, 1, 1, 1];
    let staff = workforce(vec![number("1"), shared(), shared()]);
    let (linked, _) = linked(staff, two);
    let unknown = [NOBODY; 3];
    assert_eq!(
        linked.response_person[..5],
        [NOBODY, 0, NOBODY, NOBODY, NOBODY]
    );
    assert_eq!(linked.response_person[6..], unknown);
    // Nobody is told apart by an address that several people share.
    assert_eq!(linked.response_giver, [3, 0, 5, 6, 3, 0, 9, 10, 11]);
}

#[test]
fn t30_the_staff_list_holds_where_the_person_was_on_the_day() {
    let mut answers = survey(vec![
        number("1"),
        number("2"),
        number("1"),
        number("2"),
        number("3"),
    ]);
    answers.answered_on[2] = Day(160);
    answers.wave = vec![0, 0, 1, 1, 1];
    answers.waves = levels(&["Wave 1", "Wave 2"]);
    let (linked, stage) = linked(workforce(vec![number("1")]), answers);
    assert_eq!(
        said(&linked.response_dimensions, "site"),
        ["North", "Not linked", "South", "Not linked", "Other"]
    );
    assert_eq!(said(&linked.response_dimensions, "wave")[2], "Wave 2");
    let disagree: Vec<u64> = stage.of("dimension-disagrees").map(|f| f.count).collect();
    assert_eq!(disagree, [2]);
}

#[test]
fn numbers_without_their_zeros_meet_unless_they_are_two_peoples() {
    let (one, _) = linked(
        workforce(vec![number("00123")]),
        survey(vec![reference("123")]),
    );
    assert_eq!(one.response_person, [0]);
    let people = workforce(vec![number("00123"), number("0123")]);
    let (two, _) = linked(people, survey(vec![reference("123"), reference("0123")]));
    assert_eq!(two.response_person, [NOBODY, 1]);
}

fn invited(survey: &mut Survey, identities: Vec<Identity>) {
    let count = identities.len();
    survey.invitations = Invitations {
        identities,
        invited_on: vec![Some(Day(90)); count],
        wave: vec![0; count],
    };
}

#[test]
fn who_answered_an_invitation_is_known_by_pseudonym() {
    // Of 21 responses one is anonymous, which is few enough.
    let mut who = vec![number("1"), number("1"), number("8"), Identity::default()];
    who.extend((50..68).map(|n| number(&n.to_string())));
    let mut answers = survey(who);
    let list = ["1", "1", "2", "8", "9"].map(number).into();
    invited(&mut answers, list);
    let (linked, stage) = linked(workforce(vec![number("1"), number("2")]), answers);
    assert_eq!(linked.invitation_person, [0, 1, NOBODY, NOBODY]);
    assert_eq!(linked.invitation_answered, [true, false, true, false]);
    assert_eq!(
        said(&linked.invitation_dimensions, "site")[..3],
        ["North", "North", "Not linked"]
    );
    assert!(rules_of(&stage).contains(&"duplicate-invitation"));
    assert!(rules_of(&stage).contains(&"response-rate-too-low"));
    let wave = linked.wave_invited[0];
    assert_eq!(
        (wave.invited, wave.responses, wave.set_aside),
        (4, 21, false)
    );
}

#[test]
fn a_wave_of_anonymous_answers_cannot_tell_who_was_silent() {
    let mut answers = survey(vec![Identity::default(), Identity::default()]);
    invited(&mut answers, ["1", "2", "3"].map(number).into());
    let (linked, stage) = linked(workforce(vec![number("1")]), answers);
    assert_eq!(linked.invitation_answered, Vec::<bool>::new());
    assert_eq!(linked.survey.invitations, Invitations::default());
    let wave = linked.wave_invited[0];
    assert_eq!((wave.invited, wave.responses, wave.set_aside), (3, 2, true));
    assert_eq!(rules_of(&stage), ["answered-not-known"]);
}

#[test]
fn the_report_counts_both_sides() {
    let mut people = workforce(vec![number("1"), number("2"), number("3")]);
    people.spells[2].ended = Some(Day(100));
    people.spells[2].leave = Some(Day(100));
    let (linked, _) = linked(people, survey(vec![number("1"), number("7")]));
    let report = &linked.report;
    assert_eq!(
        report.people_without_response, 1,
        "the third had left before the first answer"
    );
    assert_eq!(
        (
            report.people_by_wave[0].people,
            report.people_by_wave[0].answered
        ),
        (2, 1)
    );
    assert_eq!(
        (report.by_wave[0].responses, report.by_wave[0].linked),
        (2, 1)
    );
}

fn identity() -> impl Strategy<Value = Identity> {
    (any::<bool>(), 0..6_u8, any::<bool>(), 0..4_u8).prop_map(|(n, number, e, email)| Identity {
        staff_number: n.then(|| number.to_string()),
        email: e.then(|| format!("{email}@x.uk")),
        ..Identity::default()
    })
}

proptest! {
    #[test]
    fn a_response_never_doubles_and_columns_stay_whole(
        people in prop::collection::vec(identity(), 0..6),
        answers in prop::collection::vec(identity(), 0..12),
    ) {
        let before = answers.len();
        let (linked, _) = linked(workforce(people), survey(answers));
        let count = linked.survey.responses();
        let report = &linked.report;
        assert_eq!(u64::try_from(before - count).unwrap(), report.repeats);
        assert_eq!(linked.response_person.len(), count);
        assert_eq!(linked.response_pseudonyms.len(), count);
        assert_eq!(linked.survey.items[0].codes.len(), count);
        assert!(linked.response_dimensions.iter().all(|d| d.codes.len() == count));
        let parts = report.linked + report.anonymous + report.unmatched + report.ambiguous;
        assert_eq!(parts, report.responses);
        let mut persons: Vec<u32> =
            linked.response_person.iter().copied().filter(|p| *p != NOBODY).collect();
        let all = persons.len();
        persons.sort_unstable();
        persons.dedup();
        assert_eq!(persons.len(), all, "one response a person and wave");
    }
}

/// What is said of responses that are nobody's.
fn nobodys(people: Vec<Identity>, responses: Vec<Identity>) -> Vec<(&'static str, String)> {
    let (_, stage) = link(workforce(people), survey(responses), b"key", Day(300));
    let found = stage.findings.into_iter();
    let wanted = ["not-in-staff-list", "no-staff-list"];
    found
        .filter(|f| wanted.contains(&f.rule))
        .map(|f| (f.rule, f.remedy))
        .collect()
}

#[test]
fn addresses_and_numbers_that_cannot_meet_are_told_so() {
    let said = nobodys(vec![number("1")], vec![email("a@x.uk"), email("b@x.uk")]);
    assert_eq!(said.len(), 1);
    assert!(
        said[0]
            .1
            .contains("column of e-mail addresses to the staff list")
    );
    let said = nobodys(vec![email("a@x.uk")], vec![number("1")]);
    assert!(
        said[0]
            .1
            .contains("column of staff numbers to the staff list")
    );
    // One sort in common: they may be written differently.
    let said = nobodys(vec![number("1")], vec![number("2")]);
    assert!(said[0].1.contains("writes identifiers alike"));
    let said = nobodys(
        vec![number("1"), number("2")],
        vec![number("1"), email("b@x.uk")],
    );
    assert!(said[0].1.contains("writes identifiers alike"));
}

#[test]
fn without_a_staff_list_it_is_that_which_is_said() {
    let said = nobodys(Vec::new(), vec![email("a@x.uk")]);
    assert_eq!(said[0].0, "no-staff-list");
    assert_eq!(nobodys(Vec::new(), vec![Identity::default()]), []);
}
