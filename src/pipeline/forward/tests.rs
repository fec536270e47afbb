//! People made up by hand, and a small study in memory: what is due, what is
//! expected, and what may not stand.

use super::{all, quarters};
use crate::data::workforce::Preceptorship;
use crate::data::{
    FollowedPeople, LinkageReport, Linked, PublishedFlows, Spell, Survey, Workforce,
};
use crate::pipeline::made_up::{Kept, built_in, day, periods, rows, series};
use crate::pipeline::{Periods, gather, make};
use crate::report::evidence::Forward;
use staywise_core::disclosure::Policy;
use staywise_core::domain::{Day, Tally};

fn linked(workforce: Workforce) -> Linked {
    Linked {
        workforce,
        survey: Survey::default(),
        wave_invited: Vec::new(),
        response_person: Vec::new(),
        response_giver: Vec::new(),
        invitation_person: Vec::new(),
        invitation_answered: Vec::new(),
        response_dimensions: Vec::new(),
        invitation_dimensions: Vec::new(),
        response_pseudonyms: Vec::new(),
        person_pseudonyms: Vec::new(),
        as_at: day("2026-06-30"),
        report: LinkageReport::default(),
        flows: PublishedFlows::default(),
        followed: FollowedPeople::default(),
    }
}

/// So many people who started on each day and are still there.
fn there(groups: &[(&str, u32)]) -> Vec<Spell> {
    let starts = groups
        .iter()
        .flat_map(|(start, people)| (0..*people).map(|_| day(start)));
    let numbered = (0_u32..).zip(starts);
    numbered
        .map(|(person, start)| Spell::open(person, start))
        .collect()
}

fn lines(toml: &str, workforce: Workforce) -> Vec<Forward> {
    let periods = periods(4);
    let tables = series(
        &built_in("starters"),
        &periods.trend,
        &[20, 24, 18, 22].map(|n| Tally::Event { n }),
    );
    let kept = Kept::new(toml, &[]);
    let told = (&rows(tables)[..], &Policy::nss10());
    all(&kept.run(), &linked(workforce), told)
}

fn expected(lines: &[Forward], what: &str) -> Vec<Option<f64>> {
    let of = lines.iter().filter(|line| line.what.starts_with(what));
    of.map(|line| line.expected).collect()
}

#[test]
fn the_two_quarters_are_whole_ones() {
    let labels = |on: &str| quarters(day(on)).map(|q| q.label);
    assert_eq!(labels("2026-06-30"), ["2026-Q3", "2026-Q4"]);
    assert_eq!(labels("2026-05-15"), ["2026-Q3", "2026-Q4"]);
    assert_eq!(labels("2026-07-01"), ["2026-Q4", "2027-Q1"]);
}

#[test]
fn milestones_fall_on_day_365_and_few_people_are_not_counted() {
    let workforce = |few| Workforce {
        spells: there(&[("2025-07-01", 12), ("2025-10-01", few), ("2023-01-01", 40)]),
        ..Workforce::default()
    };
    let due = |few| expected(&lines("", workforce(few)), "12-month");
    assert_eq!(due(15), [Some(12.0), Some(15.0)]);
    assert_eq!(due(0), [Some(12.0), Some(0.0)]);
    assert_eq!(due(9), [Some(12.0), None]);
}

#[test]
fn what_is_left_of_a_whole_is_no_few_people_either() {
    let workforce = Workforce {
        spells: there(&[("2025-07-01", 12), ("2025-10-01", 15), ("2023-01-01", 4)]),
        ..Workforce::default()
    };
    assert_eq!(expected(&lines("", workforce), "12-month"), [None, None]);
}

#[test]
fn starters_have_a_range_of_whole_people() {
    let workforce = Workforce {
        spells: there(&[("2023-01-01", 40)]),
        ..Workforce::default()
    };
    let told = lines("", workforce);
    let starters: Vec<&Forward> = told
        .iter()
        .filter(|l| l.what.starts_with("Starters"))
        .collect();
    assert_eq!(starters.len(), 2);
    assert_eq!(starters[0].expected, Some(21.0), "84 in four quarters");
    let (lower, upper) = starters[0].range.unwrap();
    assert!((10.0..13.0).contains(&lower) && (31.0..34.0).contains(&upper));
    assert_eq!((lower.fract(), upper.fract()), (0.0, 0.0));
    // A list that does not show who left says nothing of leavers.
    assert!(expected(&told, "Leavers").is_empty());
}

#[test]
fn starters_of_a_hidden_quarter_are_not_expected_and_of_an_unknown_one_not_told() {
    let told = |starters: &[u64]| {
        let periods = periods(starters.len());
        let tallies: Vec<Tally> = starters.iter().map(|n| Tally::Event { n: *n }).collect();
        let rows = rows(series(&built_in("starters"), &periods.trend, &tallies));
        let workforce = Workforce {
            spells: there(&[("2023-01-01", 40)]),
            ..Workforce::default()
        };
        let kept = Kept::new("", &[]);
        let lines = all(&kept.run(), &linked(workforce), (&rows, &Policy::nss10()));
        expected(&lines, "Starters")
    };
    assert_eq!(told(&[20, 24, 3, 22]), [None, None]);
    assert_eq!(told(&[24, 18, 22]), []);
}

fn preceptorship(person: u32, (preceptor, end): (u32, Option<Day>)) -> Preceptorship {
    Preceptorship {
        person: Some(person),
        start: Some(day("2026-04-01")),
        planned_end: end,
        preceptor: Some(preceptor),
        ..Preceptorship::default()
    }
}

/// 12 preceptorships end on the last day of September, 10 have no end.
fn register(preceptors: u32) -> Workforce {
    let end = |person| (person < 12).then(|| day("2026-09-30"));
    Workforce {
        spells: there(&[("2026-04-01", 22), ("2023-01-01", 40)]),
        preceptorships: (0..22)
            .map(|person| preceptorship(person, (person % preceptors, end(person))))
            .collect(),
        ..Workforce::default()
    }
}

#[test]
fn preceptorships_end_and_preceptors_are_due_hours() {
    let told = lines("", register(22));
    assert_eq!(expected(&told, "Preceptorships"), [Some(12.0), Some(0.0)]);
    // 22 preceptors for 92 days, then 10 for 92: 8 hours a year.
    let hours = |people: f64| Some((people * 92.0 * 8.0 / 365.0).round());
    assert_eq!(
        expected(&told, "Preceptor hours"),
        [hours(22.0), hours(10.0)]
    );
    // Without a planned end, eight months from April end with November.
    let told = lines("[programme]\nmonths = 8\n", register(22));
    assert_eq!(expected(&told, "Preceptorships"), [Some(12.0), Some(10.0)]);
}

#[test]
fn hours_of_few_preceptors_and_beside_hidden_ends_are_not_told() {
    let few = lines("", register(9));
    assert_eq!(expected(&few, "Preceptor hours"), [None, None]);
    let mut workforce = register(22);
    for one in workforce.preceptorships.iter_mut().take(5) {
        one.planned_end = Some(day("2026-10-31"));
    }
    // 7 end by September and 5 later, 10 without an end.
    let told = lines("", workforce);
    assert_eq!(expected(&told, "Preceptorships"), [None, None]);
    assert_eq!(expected(&told, "Preceptor hours"), [None, None]);
    let mut over = register(22);
    for one in &mut over.preceptorships {
        one.completed = Some(day("2026-06-30"));
    }
    assert_eq!(
        expected(&lines("", over), "Preceptor hours"),
        [Some(0.0); 2]
    );
}

/// 320 people, two every eight days; one in four leaves within the first year.
fn staff() -> String {
    let mut text = String::from("Employee Number,Start Date,Leaving Date,FTE,Site\n");
    let sites = ["North", "South", "East", "West", "Mid"];
    for person in 0..320_i32 {
        let start = day("2023-01-02").plus(person / 2 * 8);
        let leave = start.plus(150 + person % 7 * 20);
        let left = person % 4 == 0 && leave <= day("2026-06-30");
        let left = if left { leave.iso() } else { String::new() };
        let site = sites[usize::try_from(person % 5).unwrap()];
        let line = format!("{},{},{left},1.0,{site}\n", 1000 + person, start.iso());
        text.push_str(&line);
    }
    text
}

const STUDY: &str = "[study]\nas_at = 2026-06-30\n[trend]\ncontrol = [\"starters\", \
                     \"leaver_rate_12m\", \"vacancy_rate\"]\n[establishment]\nfte = 300\n\
                     [establishment.site]\nNorth = 60\nNorht = 1\n";

#[test]
fn a_whole_study_has_its_outlook() {
    let staff = staff();
    let kept = Kept::new(STUDY, &[("staff.csv", &staff)]);
    let run = kept.run();
    let gathered = gather(&run);
    let rules: Vec<&str> = gathered.findings.iter().map(|f| f.rule).collect();
    assert!(!gathered.must_be_mended(), "{:?}", gathered.findings);
    assert!(rules.contains(&"establishment-undated"), "{rules:?}");
    assert!(rules.contains(&"establishment-of-nothing"), "{rules:?}");
    let periods = Periods::choose(None, &gathered.linked).unwrap();
    let made = make(&run, &gathered, periods);
    let told = &made.evidence;
    let drawn: Vec<bool> = told.control.iter().map(|c| !c.points.is_empty()).collect();
    assert_eq!(drawn, [true, false, true], "{:?}", told.control);
    assert_eq!(told.sites.len(), 1, "{:?}", told.sites);
    let sites = &told.sites[0];
    assert_eq!((sites.dimension.as_str(), sites.groups.len()), ("site", 5));
    assert_eq!(told.forward.len(), 6, "three lines a quarter");
    let vacant = |row: &&staywise_core::disclosure::Released| row.key().metric == "vacancy_rate";
    assert!(made.rows.iter().filter(vacant).count() > 10);
    // By hand: of those in post, whose day 365 falls in July to September.
    let spells = &gathered.linked.workforce.spells;
    let due = spells
        .iter()
        .filter(|s| s.covers(day("2026-06-30")))
        .filter(|s| {
            let due = s.start.plus(365);
            day("2026-07-01") <= due && due <= day("2026-09-30")
        });
    let due = due.count() as f64;
    assert_eq!(expected(&told.forward, "12-month")[0], Some(due));
    let leavers = told
        .forward
        .iter()
        .find(|l| l.what.starts_with("Leavers"))
        .unwrap();
    let (lower, upper) = leavers.range.unwrap();
    let likely = leavers.expected.unwrap();
    // One in four of the 22 who start in a quarter, about 5 a quarter.
    assert!((3.0..9.0).contains(&likely), "{likely}");
    assert!(lower < likely && likely < upper);
}
