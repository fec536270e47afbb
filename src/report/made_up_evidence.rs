//! Made-up evidence for tests: a clear answer, one that cannot tell, one that
//! was refused, hidden counts, and the definitions of a leaver rate.

use super::evidence::{
    Answer, Balance, Cause, Changed, Comparison, Control, Evidence, Expected, Fate, FlowStep,
    Forward, Guard, Purpose, RateStep, Retold, Rollout, Signal, Sites, Standing, Turnover,
};
use super::made_up::{against, quarter};
use super::made_up_rates::leaver_rate;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Day, Dimension, Interval, Period};

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

fn answer(purpose: Purpose, method: &str, row: Released) -> Answer {
    Answer {
        purpose,
        method: method.to_owned(),
        row,
    }
}

fn step(label: &str, count: Option<u64>, out: &[(&str, Option<u64>)]) -> FlowStep {
    FlowStep {
        label: label.to_owned(),
        count,
        out: out.iter().map(|(why, n)| ((*why).to_owned(), *n)).collect(),
    }
}

fn alike(covariate: &str, level: &str, before: Option<f64>, after: Option<f64>) -> Balance {
    Balance {
        covariate: covariate.to_owned(),
        level: level.to_owned(),
        before,
        after,
    }
}

/// The primary comparison, with a clear answer.
pub(crate) fn clear() -> Comparison {
    Comparison {
        is_of_some: false,
        name: "programme".to_owned(),
        title: "On the programme, against not on the programme".to_owned(),
        standing: Standing::Primary,
        declared_on: Some(day(2026, 5, 1)),
        outcome: "retention_12m".to_owned(),
        outcome_label: "Still in post at 12 months".to_owned(),
        dimension: Dimension::new("programme"),
        compared: "On the programme".to_owned(),
        comparator: "Not on the programme".to_owned(),
        covariates: ["staff group", "band", "site"].map(str::to_owned).into(),
        guard: Guard::Allowed(
            "Everyone's enrolment is on or before the day they started, so time can be compared from the start."
                .to_owned(),
        ),
        flow: vec![
            step(
                "People who started between 1 April 2024 and 30 June 2025",
                Some(1204),
                &[("Started before the programme began", Some(212)), ("No start date", None)],
            ),
            step("Starters whose 12 months have ended", None, &[("Group not known", Some(24))]),
            step("Compared", Some(940), &[]),
        ],
        answers: vec![
            answer(Purpose::Unadjusted, "No allowance", against((440, 480), (360, 460))),
            answer(Purpose::Primary, "Overlap weights", against((430, 480), (375, 460))),
            answer(Purpose::Sensitivity, "Standardisation", against((425, 480), (378, 460))),
        ],
        retold: Retold {
            answers: vec![answer(
                Purpose::Sensitivity,
                "Difference, score limits",
                against((440, 480), (360, 460)),
            )],
            notes: vec!["Chi-square test of the two shares: p under 0.01.".to_owned()],
        },
        refusals: Vec::new(),
        about: Some("The answer is about people who might as well have been in either group.".to_owned()),
        balance: vec![
            alike("Staff group", "Nursing", Some(0.42), Some(0.001)),
            alike("Staff group", "Allied health professions", Some(-0.31), Some(-0.02)),
            alike("Band", "5", Some(0.09), Some(0.0)),
            alike("Site", "South", None, None),
        ],
        notes: vec!["The weights leave 78% of the people's worth of information.".to_owned()],
        could_show: Some(
            "Before the fact: 480 against 460 people would reliably show a fall from 80% to 72%, not a smaller one."
                .to_owned(),
        ),
        bounds: vec!["Had all those not linked left, the difference would be from 2 to 9 points.".to_owned()],
    }
}

/// One that was not declared, whose interval spans no difference.
pub(crate) fn cannot_tell() -> Comparison {
    Comparison {
        is_of_some: false,
        name: "late".to_owned(),
        title: "Enrolled by day 90, against not enrolled".to_owned(),
        standing: Standing::Exploratory,
        declared_on: None,
        guard: Guard::Landmark {
            day: 90,
            words: "Those who left before it are out, and counted.".to_owned(),
        },
        answers: vec![answer(
            Purpose::Exploratory,
            "Overlap weights",
            against((88, 100), (90, 100)),
        )],
        retold: Retold::default(),
        refusals: vec![
            "The smaller group has fewer than 10 people for each thing allowed for: allow for fewer things."
                .to_owned(),
        ],
        flow: Vec::new(),
        balance: Vec::new(),
        about: None,
        could_show: None,
        bounds: Vec::new(),
        notes: Vec::new(),
        ..clear()
    }
}

/// One that the guard refused; what it holds must not be printed.
pub(crate) fn refused() -> Comparison {
    Comparison {
        is_of_some: false,
        name: "completed".to_owned(),
        title: "Completed the programme, against not".to_owned(),
        standing: Standing::Exploratory,
        declared_on: None,
        guard: Guard::Refused {
            why: "Those who finish have, by definition, stayed that long.".to_owned(),
            instead:
                "Compare by enrolment at the start, or among those still in post on a stated day."
                    .to_owned(),
        },
        ..clear()
    }
}

/// 100 people grow to 140, and 30 leave.
pub(crate) fn turnover() -> Turnover {
    let rates = vec![
        leaver_rate(
            ("leaver_rate_nhs", "Leaver rate, NHS England"),
            30,
            (240, 2),
        ),
        leaver_rate(
            ("leaver_rate_scotland", "Leaver rate, NHS Scotland"),
            30,
            (100, 1),
        ),
        leaver_rate(
            ("leaver_rate_sfc", "Leaver rate, Skills for Care"),
            30,
            (140, 1),
        ),
    ];
    let to = |label: &str, to: f64, change: Option<f64>| RateStep {
        label: label.to_owned(),
        to,
        change,
    };
    let now = 30.0 / 140.0;
    Turnover {
        period: quarter(),
        rates,
        steps: vec![
            to("NHS England: over the mean headcount", 0.25, None),
            to("Over the opening headcount", 0.3, Some(0.05)),
            to("NHS Scotland: over the opening headcount", 0.3, None),
            to("Over the headcount now", now, Some(now - 0.3)),
            to("Skills for Care: over the headcount now", now, None),
        ],
        flow: vec![
            ("Opening".to_owned(), Some(100)),
            ("Starters".to_owned(), None),
            ("Leavers".to_owned(), Some(-30)),
            ("Other ends".to_owned(), None),
            ("Closing".to_owned(), Some(140)),
        ],
        notes: vec!["People who joined and left between two lists are in neither.".to_owned()],
    }
}

fn control() -> Vec<Control> {
    let quarters = [
        "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2",
    ];
    let figures = [0.12, 0.11, 0.13, 0.12, 0.21, 0.06];
    let signals = [
        Signal::CommonCause,
        Signal::CommonCause,
        Signal::CommonCause,
        Signal::CommonCause,
        Signal::Concern,
        Signal::Improvement,
    ];
    let points = quarters.iter().zip(figures).zip(signals);
    vec![
        Control {
            metric: "leaver_rate".to_owned(),
            kind: "XmR".to_owned(),
            points: points
                .map(|((label, value), signal)| (Period::parse(label).unwrap(), value, signal))
                .collect(),
            limits: vec![(0.12, 0.07, 0.17); 6],
            target: Some(0.1),
            assurance: Some("The target will be met in some quarters and missed in others.".to_owned()),
            notes: vec!["Trial limits: fewer than 12 quarters.".to_owned()],
        },
        Control {
            metric: "leaver_rate_12m".to_owned(),
            kind: "XmR".to_owned(),
            points: Vec::new(),
            limits: Vec::new(),
            target: None,
            assurance: None,
            notes: vec!["There is no control chart of a rolling 12 months: each shares months with the next."
                .to_owned()],
        },
    ]
}

fn sites() -> Vec<Sites> {
    vec![Sites {
        metric: "intention_to_stay".to_owned(),
        dimension: Dimension::new("site"),
        groups: vec![
            (
                "East".to_owned(),
                Some((0.71, 0.6, 0.8)),
                "like the rest".to_owned(),
            ),
            ("South".to_owned(), None, String::new()),
            (
                "West".to_owned(),
                Some((0.52, 0.45, 0.6)),
                "lower than the rest by more than chance".to_owned(),
            ),
        ],
        beside: Some((
            "everyone".to_owned(),
            vec![
                Some(Expected {
                    observed: 0.29,
                    expected: 0.364,
                    difference: -0.074,
                    limits: Some((-0.17, 0.052)),
                }),
                None,
                None,
            ],
        )),
        notes: vec!["Sites differ a little more than chance alone would have them.".to_owned()],
    }]
}

fn rollout() -> Rollout {
    Rollout {
        name: "academy".to_owned(),
        standing: Standing::Exploratory,
        declared_on: None,
        outcome_label: "Still in post at 12 months".to_owned(),
        site: "site".to_owned(),
        answer: Some(against((400, 480), (375, 460))),
        refusals: Vec::new(),
        notes: vec!["Left out: 1 that began too early to know how they were going.".to_owned()],
    }
}

fn not_rolled_out() -> Rollout {
    Rollout {
        name: "later".to_owned(),
        answer: None,
        refusals: vec!["Fewer than 5 sites started with 2 periods before.".to_owned()],
        notes: Vec::new(),
        ..rollout()
    }
}

fn fates() -> Vec<Fate> {
    let line = |what: &str, share: f64, limits: Option<(f64, f64)>| Fate {
        months: 12,
        what: what.to_owned(),
        share,
        limits,
    };
    vec![
        line("Still in post", 0.82, Some((0.79, 0.85))),
        line("Left the organisation", 0.15, Some((0.12, 0.18))),
        line("Went in any other way", 0.03, None),
    ]
}

fn forward() -> Vec<Forward> {
    let line = |what: &str, expected: Option<f64>, range: Option<(f64, f64)>| Forward {
        quarter: Period::parse("2026-Q3").unwrap(),
        what: what.to_owned(),
        expected,
        range,
        note: "From the dates in the staff list.".to_owned(),
    };
    vec![
        line("Meetings at 12 weeks due", Some(61.0), None),
        line("Preceptor hours due", Some(1220.5), None),
        line("Leavers expected", Some(46.4), Some((33.0, 61.0))),
        line("Milestones due on ward 7", None, None),
    ]
}

fn changed() -> Vec<Changed> {
    let interval = |lower: f64, upper: f64| {
        Some(Interval {
            lower,
            upper,
            level: 0.95,
            method: "newcombe",
        })
    };
    vec![Changed {
        metric: "retention_12m".to_owned(),
        label: "Still in post at 12 months".to_owned(),
        periods: (Period::parse("2026-Q1").unwrap(), quarter()),
        figures: (0.88, 0.8),
        by: Some(Dimension::new("staff_group")),
        parts: vec![
            (Cause::Data, -0.005, None),
            (Cause::Definition, 0.0, None),
            (Cause::Mix, -0.12, interval(-0.15, -0.09)),
            (Cause::Rate, 0.04, interval(-0.01, 0.09)),
            (Cause::Remainder, 0.005, None),
        ],
        sentence: "Fell by 8.0 points: who is there took 12.0 away, what they do gave 4.0 back."
            .to_owned(),
    }]
}

/// Everything there is.
pub(crate) fn evidence() -> Evidence {
    Evidence {
        comparisons: vec![clear(), cannot_tell(), refused()],
        turnover: Some(turnover()),
        control: control(),
        sites: sites(),
        forward: forward(),
        fates: fates(),
        whereabouts: fates(),
        rollouts: vec![rollout(), not_rolled_out()],
        changed: changed(),
        case: None,
        programme_months: Some(12),
    }
}
