//! Laws of a whole run: the same bytes every time and on any number of
//! threads, and nothing that tells two studies apart which differ only in what
//! is hidden.

use crate::harness::Study;
use std::collections::BTreeMap;

/// Files for anybody, with the manifest's keyed digests masked.
fn shareable(study: &Study) -> BTreeMap<String, String> {
    study
        .files()
        .into_iter()
        .filter(|(n, _)| n.starts_with("out/") && !n.contains("/private/"))
        .map(|(name, bytes)| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let text = if name.ends_with("manifest.json") {
                masked(&text)
            } else {
                text
            };
            (name, text)
        })
        .collect()
}

/// Every run of 64 hex digits is a keyed digest.
fn masked(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_hexdigit() {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() == 64 { "digest" } else { &run });
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// One person of a small study.
#[derive(Clone)]
struct Person {
    site: &'static str,
    ethnic: &'static str,
    stays: &'static str,
    leave: &'static str,
}

/// A staff list with two title rows and one Qualtrics wave that links by
/// reference.
fn study(people: &[Person]) -> Study {
    let mut staff = String::from(
        "Staff list,,,,,,\nAs at 30 June 2026,,,,,,\n\
         Employee Number,Site,Staff Group,Ethnic Origin,Latest Start Date,Termination Date,FTE\n",
    );
    let mut wave = String::from(
        "StartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,ExternalReference,Q1\n\
         Start Date,End Date,Response Type,Progress,Finished,Recorded Date,Response ID,External Data Reference,I intend to stay with this organisation for the next 12 months\n\
         \"{\"\"ImportId\"\":\"\"startDate\"\",\"\"timeZone\"\":\"\"Europe/London\"\"}\",\"{\"\"ImportId\"\":\"\"endDate\"\",\"\"timeZone\"\":\"\"Europe/London\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"progress\"\"}\",\"{\"\"ImportId\"\":\"\"finished\"\"}\",\"{\"\"ImportId\"\":\"\"recordedDate\"\",\"\"timeZone\"\":\"\"Europe/London\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"externalDataReference\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n",
    );
    for (n, p) in people.iter().enumerate() {
        let number = format!("ZQ{}", 50_001 + n);
        // One day for those who may swap, so that nothing else tells them apart.
        let start = if ["South", "West"].contains(&p.site) {
            13
        } else {
            13 + n % 15
        };
        staff.push_str(&format!(
            "{number},{},Nursing and Midwifery Registered,{},{:02}/05/2025,{},1\n",
            p.site, p.ethnic, start, p.leave
        ));
        wave.push_str(&format!(
            "2026-05-{0:02} 10:00:00,2026-05-{0:02} 10:05:00,IP Address,100,True,2026-05-{0:02} 10:05:01,R_{number},{number},{1}\n",
            1 + n % 28,
            p.stays
        ));
    }
    Study::with(&[
        ("staff-list.csv", staff.as_bytes()),
        ("feedback-2026-Q2.csv", wave.as_bytes()),
    ])
}

/// People of a site: how many, and how many of them mean to stay.
fn people(site: &'static str, n: usize, stay: usize) -> Vec<Person> {
    (0..n)
        .map(|i| Person {
            site,
            ethnic: if i % 4 == 0 { "H" } else { "A" },
            stays: if i < stay { "Agree" } else { "Disagree" },
            leave: "",
        })
        .collect()
}

fn base() -> Vec<Person> {
    let mut all = people("North", 60, 41);
    all.extend(people("East", 48, 30));
    all.extend(people("South", 14, 9));
    all.extend(people("West", 4, 2));
    all
}

fn told_apart(first: &[Person], second: &[Person]) -> Vec<String> {
    let (one, two) = (study(first), study(second));
    one.make();
    two.make();
    let (one, two) = (shareable(&one), shareable(&two));
    assert!(
        one.keys().any(|n| n.ends_with("results.csv")),
        "a run was made"
    );
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        two.keys().collect::<Vec<_>>()
    );
    one.iter()
        .filter(|(name, text)| two.get(*name) != Some(*text))
        .map(|(name, text)| {
            let other = &two[name];
            let line = text.lines().zip(other.lines()).find(|(a, b)| a != b);
            format!("{name}: {line:?}")
        })
        .collect()
}

#[test]
fn the_twin_with_another_answer_in_a_hidden_cell() {
    // West has 4 people and is hidden, South with 14 hides it: one answer
    // moves from one to the other.
    let first = base();
    let mut second = base();
    let south = second
        .iter()
        .position(|p| p.site == "South" && p.stays == "Agree")
        .unwrap();
    let west = second
        .iter()
        .position(|p| p.site == "West" && p.stays == "Disagree")
        .unwrap();
    second[south].stays = "Disagree";
    second[west].stays = "Agree";
    // The two people swap what they are otherwise, so that only the sites differ.
    let (a, b) = (second[south].ethnic, second[west].ethnic);
    second[south].ethnic = b;
    second[west].ethnic = a;
    assert_eq!(told_apart(&first, &second), Vec::<String>::new());
}

#[test]
fn the_twin_with_a_person_in_another_hidden_site() {
    let first = base();
    let mut second = base();
    let moved = second.iter().position(|p| p.site == "South").unwrap();
    second[moved].site = "West";
    assert_eq!(told_apart(&first, &second), Vec::<String>::new());
}

#[test]
fn the_twin_with_another_leaver_in_a_hidden_cell() {
    // Ten leave in the quarter, all from the two hidden sites; one fewer from
    // the one and one more from the other.
    let leaving = |south: usize, west: usize| {
        let mut all = base();
        let (mut s, mut w) = (0, 0);
        for person in &mut all {
            let leaves = match person.site {
                "South" => {
                    s += 1;
                    s <= south
                }
                "West" => {
                    w += 1;
                    w <= west
                }
                _ => false,
            };
            if leaves {
                person.leave = "20/06/2026";
                person.ethnic = "A";
                person.stays = "Disagree";
            }
        }
        for person in all
            .iter_mut()
            .filter(|p| p.site == "South" || p.site == "West")
        {
            person.ethnic = "A";
            person.stays = "Disagree";
        }
        all
    };
    assert_eq!(
        told_apart(&leaving(8, 2), &leaving(7, 3)),
        Vec::<String>::new()
    );
}

#[test]
fn the_same_bytes_every_time_and_on_any_number_of_threads() {
    let study = Study::new();
    let said = study.run(&["demo", "."]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let untimed = |study: &Study| -> BTreeMap<String, Vec<u8>> {
        let mut files = study.files();
        files.retain(|n, _| !n.ends_with("private/timings.json"));
        files
    };
    let first = untimed(&study);
    assert!(first.keys().any(|n| n.ends_with("/quarterly.html")));
    for threads in ["1", "2"] {
        let environment = [
            ("RAYON_NUM_THREADS", threads),
            ("POLARS_MAX_THREADS", threads),
        ];
        let said = study.run_with(&["report"], &environment);
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
        let again = untimed(&study);
        for (name, bytes) in &first {
            assert!(
                again.get(name) == Some(bytes),
                "{name} differs on {threads} threads"
            );
        }
        assert_eq!(first.len(), again.len());
    }
}

#[test]
fn nothing_that_names_a_person_is_outside_private() {
    let study = study(&base());
    study.make();
    for (name, text) in shareable(&study) {
        assert!(!text.contains("ZQ50"), "{name} holds a staff number");
    }
}

/// A survey with one question that the study names, thirty-one answers of
/// which twelve agree.
fn named(question: &str, item: &str) -> Study {
    let mut text = format!("Response,Completion date,{question}\n");
    for n in 0..31 {
        let answer = if n < 12 { "Agree" } else { "Disagree" };
        text.push_str(&format!("{n},2026-05-{:02},{answer}\n", 1 + n % 28));
    }
    let toml =
        format!("[study]\nas_at = 2026-06-30\n\n[[item]]\nquestion = \"{question}\"\n{item}\n");
    let study = Study::with(&[
        ("feedback-2026-Q2.csv", text.as_bytes()),
        ("staywise.toml", toml.as_bytes()),
    ]);
    let said = study.run(&["report"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    study
}

fn hits(study: &Study, metric: &str) -> String {
    let text = study.read("out/2026-Q2/results.csv");
    let row = text
        .lines()
        .find(|l| l.starts_with(&format!("{metric},")) && l.contains(",2026-Q2,,,,,"));
    let cells: Vec<&str> = row.unwrap_or("").split(',').collect();
    format!("{}/{}", cells[11], cells[12])
}

#[test]
fn a_question_turned_round_counts_the_other_way() {
    let stay = named("I will go", "name = \"intention_to_stay\"\nreversed = true");
    assert_eq!(hits(&stay, "intention_to_stay"), "19/31");
    let stay = named("I like it here", "name = \"intention_to_stay\"");
    assert_eq!(hits(&stay, "intention_to_stay"), "12/31");
    // Leaving is reversed by itself, said or not: it counts those who agree.
    for said in ["", "\nreversed = true"] {
        let leave = named("I will go", &format!("name = \"intention_to_leave\"{said}"));
        assert_eq!(hits(&leave, "intention_to_leave"), "12/31");
    }
}
