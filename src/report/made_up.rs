//! Made-up figures for tests: small tallies through disclosure control, as in
//! a run.

use super::facts::{Asked, Facts, FileLine, FindingLine, Quality};
use super::made_up_estimator::{Leaving, Times, Tiny, Untested};
use crate::chart::Side;
use staywise_core::disclosure::{
    Comparator, Estimator, Policy, Release, Released, protect, release,
};
use staywise_core::domain::metric::Grain;
use staywise_core::domain::tally::Ending;
use staywise_core::domain::{
    Cell, Day, Dimension, Good, Group, Kind, Level, LifeTable, Metric, Period, Severity, Statistic,
    Status, Tally, TallyTable, Unit,
};

pub(crate) const HOSTILE: &str = "[x](javascript:alert(1)) <script>alert(\"&\")</script>";

const ANSWERS: [&str; 5] = [
    "Strongly disagree",
    "Disagree",
    "Neither agree nor disagree",
    "Agree",
    "Strongly agree",
];

pub(crate) fn metric(name: &str, label: &str, kind: Kind) -> Metric {
    Metric {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        grain: match name {
            "response_rate" => Grain::Invitation,
            "item_distribution" | "item_favourable" => Grain::Answer,
            "duration_curve" => Grain::Followed,
            _ if name.starts_with("published") => Grain::Flow,
            _ if kind == Kind::Proportion && name != "retention_12m" => Grain::Response,
            _ => Grain::Spell,
        },
        additive: true,
        good: Good::Higher,
        definition_id: name.to_owned(),
        definition: format!("{label}, over everyone it could be said of."),
        exclusions: String::new(),
        source: String::new(),
        unit: match kind {
            Kind::Event | Kind::Stock => Unit::People,
            Kind::Ratio => Unit::Rate,
            _ => Unit::Fraction,
        },
        window_months: (name == "leaver_rate_12m").then_some(12),
        horizon_months: (name == "retention_12m").then_some(12),
    }
}

pub(crate) fn quarter() -> Period {
    Period::parse("2026-Q2").unwrap()
}

fn share(hits: u64, n: u64) -> Tally {
    Tally::Proportion { n, hits }
}

fn cell(group: Group, tally: Tally) -> Cell {
    let persons = Some(tally.base());
    Cell {
        group,
        tally,
        persons,
    }
}

pub(crate) struct Table<'a> {
    pub(crate) metric: &'a Metric,
    pub(crate) period: Period,
    pub(crate) by: &'a str,
    pub(crate) levels: Vec<(&'a str, Tally)>,
}

impl Table<'_> {
    pub(crate) fn tallies(&self) -> TallyTable {
        let mut total: Option<Tally> = None;
        for (_, tally) in &self.levels {
            match total.as_mut() {
                Some(total) => total.add(tally).unwrap(),
                None => total = Some(tally.clone()),
            }
        }
        let total = cell(Group::everyone(), total.unwrap());
        let dimension = Dimension::new(self.by);
        let cells = if self.by.is_empty() {
            vec![total.clone()]
        } else {
            let levels = self.levels.iter();
            levels
                .map(|(level, tally)| {
                    cell(Group::one(&dimension, &Level::new(level)), tally.clone())
                })
                .collect()
        };
        TallyTable {
            metric: self.metric.clone(),
            period: self.period.clone(),
            dimensions: if self.by.is_empty() {
                Vec::new()
            } else {
                vec![dimension]
            },
            item: None,
            answers: Vec::new(),
            cells,
            total,
            not_yet_due: None,
        }
    }
}

/// What hardly any study has, with why not.
pub(crate) fn beside() -> Vec<(Metric, String)> {
    let names = [
        "duration_curve",
        "published_opening",
        "published_joiners",
        "published_leavers",
        "published_closing",
        "published_unexplained",
        "published_leaver_rate",
        "published_joiner_rate",
    ];
    let none = |name| (metric(name, name, Kind::Sum), "there is none".to_owned());
    names.map(none).to_vec()
}

pub(crate) fn metrics() -> Vec<Metric> {
    [
        ("intention_to_stay", "Intention to stay", Kind::Proportion),
        (
            "preceptorship_influence",
            "Preceptorship influenced the decision",
            Kind::Proportion,
        ),
        ("belonging", "Belonging", Kind::Proportion),
        ("response_rate", "Response rate", Kind::Proportion),
        (
            "item_distribution",
            "Answers to each question",
            Kind::Distribution,
        ),
        ("item_favourable", "Favourable answers", Kind::Proportion),
        ("intention_to_leave", "Intention to leave", Kind::Proportion),
        (
            "retention_12m",
            "Still in post at 12 months",
            Kind::Proportion,
        ),
        (
            "retention_curve",
            "Still in post, by time since starting",
            Kind::Survival,
        ),
        ("headcount", "Headcount", Kind::Stock),
        ("starters", "Starters", Kind::Event),
        ("leavers", "Leavers", Kind::Event),
        ("leaver_rate", "Leaver rate in the period", Kind::Ratio),
        ("leaver_rate_12m", "Leaver rate, 12 months", Kind::Ratio),
    ]
    .map(|(name, label, kind)| metric(name, label, kind))
    .into()
}

/// People followed for different times, one in `leave` of whom left.
fn life(people: u32, leave: u32) -> Tally {
    let mut table = LifeTable::default();
    for person in 0..people {
        let exit = 20 + (person * 37) % 760;
        let ending = if person % leave == 0 {
            Ending::Event
        } else {
            Ending::StillFollowed
        };
        table.follow(0, exit, ending);
    }
    Tally::Survival(table)
}

/// Curves of which one is about so few people that all are hidden.
pub(crate) fn hidden_curves() -> Vec<Released> {
    let metric = metric("retention_curve", "Still in post", Kind::Survival);
    let table = Table {
        metric: &metric,
        period: Period::all(Day::from_ymd(2026, 6, 30).unwrap()),
        by: "programme",
        levels: vec![
            ("On the programme", life(240, 7)),
            ("Not on it", life(4, 4)),
        ],
    };
    released(vec![table.tallies()])
}

/// A whole quarter's rows.
pub(crate) fn rows() -> Vec<Released> {
    let mut tables = shares();
    tables.extend(workforce());
    tables.extend(items());
    released(tables)
}

fn of(name: &str) -> Metric {
    metrics().into_iter().find(|m| m.name == name).unwrap()
}

fn table(name: &str, by: &str, levels: Vec<(&str, Tally)>) -> TallyTable {
    let whole = Period::all(Day::from_ymd(2026, 6, 30).unwrap());
    let ever = name == "retention_curve" || by == "wave";
    Table {
        metric: &of(name),
        period: if ever { whole } else { quarter() },
        by,
        levels,
    }
    .tallies()
}

fn shares() -> Vec<TallyTable> {
    let minority = [
        ("White", share(305, 412)),
        ("Ethnic minority", share(163, 268)),
        ("Not stated", share(20, 31)),
    ];
    let long = "Northshire Community and Mental Health Partnership, Riverside House";
    let sites = [
        (HOSTILE, share(140, 190)),
        ("South", share(4, 7)),
        ("West", share(5, 6)),
        (long, share(90, 150)),
        ("East", share(249, 358)),
    ];
    let waves = [
        ("3 months", share(280, 372)),
        ("6 months", share(240, 350)),
        ("12 months", share(190, 300)),
    ];
    let kept = [
        ("White", share(180, 205)),
        ("Ethnic minority", share(98, 121)),
        ("Not stated", share(11, 12)),
    ];
    vec![
        table("intention_to_stay", "ethnic_minority", minority.into()),
        table("intention_to_stay", "site", sites.into()),
        table("intention_to_stay", "wave", waves.into()),
        table("retention_12m", "ethnic_minority", kept.into()),
        table("response_rate", "", vec![("", share(711, 1083))]),
        table("belonging", "", vec![("", share(9, 14))]),
    ]
}

fn workforce() -> Vec<TallyTable> {
    let rate = |numerator| Tally::Ratio {
        numerator,
        denominator: 2394,
        parts: 2,
        smallest: numerator,
    };
    let stock = Tally::Stock {
        opening: 1190,
        closing: 1204,
    };
    let curves = [
        ("On the programme", life(240, 7)),
        ("Not on it", life(240, 4)),
    ];
    vec![
        table("headcount", "", vec![("", stock)]),
        table("starters", "", vec![("", Tally::Event { n: 61 })]),
        table("leavers", "", vec![("", Tally::Event { n: 47 })]),
        table("leaver_rate", "", vec![("", rate(47))]),
        table("leaver_rate_12m", "", vec![("", rate(188))]),
        table("retention_curve", "programme", curves.into()),
    ]
}

fn items() -> Vec<TallyTable> {
    let asked = [
        ("belonging", vec![40, 60, 100, 300, 200]),
        ("protected_time", vec![120, 180, 110, 200, 90]),
    ];
    let favourable = [
        (
            "belonging",
            [("East", share(300, 420)), ("South", share(3, 8))],
        ),
        (
            "protected_time",
            [("East", share(150, 400)), ("South", share(2, 9))],
        ),
    ];
    let favourable = favourable.map(|(item, levels)| TallyTable {
        item: Some(item.to_owned()),
        ..table("item_favourable", "site", levels.into())
    });
    asked
        .into_iter()
        .map(|(item, counts)| TallyTable {
            item: Some(item.to_owned()),
            answers: ANSWERS.map(Level::new).into(),
            ..table(
                "item_distribution",
                "",
                vec![("", Tally::Distribution { counts })],
            )
        })
        .chain(favourable)
        .collect()
}

/// The rows that disclosure control lets out.
pub(crate) fn released(tables: Vec<TallyTable>) -> Vec<Released> {
    let wanted = Release {
        tables,
        reported: quarter(),
    };
    let protected = protect(wanted, &Policy::nss10());
    let white = Comparator {
        dimension: Dimension::new("ethnic_minority"),
        level: Level::new("White"),
    };
    release(&protected, &Tiny, &[white])
}

pub(crate) fn facts() -> Facts {
    let mut definitions = metrics();
    definitions.retain(|metric| metric.name != "preceptorship_influence");
    Facts {
        study: format!("Northshire & {HOSTILE}"),
        as_at: Day::from_ymd(2026, 6, 30).unwrap(),
        reported: quarter(),
        nation: "England".to_owned(),
        policy: "Groups of fewer than 10 people are hidden, and others with them.".to_owned(),
        version: "0.1.0".to_owned(),
        published: crate::report::Published::default(),
        quality: Quality {
            files: vec![FileLine {
                file: "surveys/wave 3.csv".to_owned(),
                holds: "responses".to_owned(),
                layout: "Qualtrics CSV".to_owned(),
                rows: 372,
                used: 368,
                set_aside: vec![("previews".to_owned(), 4)],
            }],
            responses: Some(711),
            linked: Some(640),
            anonymous: Some(50),
            unmatched: Some(21),
            ambiguous: Some(0),
            repeats: None,
            findings: vec![FindingLine {
                rule: "unknown-label".to_owned(),
                severity: Severity::Warning,
                place: "surveys/wave 3.csv > row 12 > column F \"Q4\"".to_owned(),
                message: "A label that is on no known scale was set aside.".to_owned(),
                count: 3,
            }],
        },
        definitions,
        unavailable: [(
            metric(
                "preceptorship_influence",
                "Preceptorship influenced the decision",
                Kind::Proportion,
            ),
            "no question asks about it".to_owned(),
        )]
        .into_iter()
        .chain(beside())
        .collect(),
        items: vec![Asked {
            item: "protected_time".to_owned(),
            text: "My preceptor had protected time".to_owned(),
            answers: ANSWERS
                .into_iter()
                .zip([
                    Side::Against,
                    Side::Against,
                    Side::Neither,
                    Side::For,
                    Side::For,
                ])
                .map(|(answer, side)| (answer.to_owned(), side))
                .collect(),
        }],
        funnels: Vec::new(),
        since: None,
        dimensions: vec!["shift_pattern".to_owned()],
        evidence: super::Evidence::default(),
        draft: true,
    }
}

/// Leaving rates of the first months, of which two are hidden.
pub(crate) fn leaving_rows(months: u32) -> Vec<Released> {
    leaving(&Leaving { months, few: 6..=7 })
}

/// The same with every month hidden.
pub(crate) fn leaving_hidden() -> Vec<Released> {
    leaving(&Leaving {
        months: 24,
        few: 1..=24,
    })
}

/// Mean and median times in post.
pub(crate) fn times_rows() -> Vec<Released> {
    leaving(&Times)
}

fn leaving(estimator: &dyn Estimator) -> Vec<Released> {
    let wanted = Release {
        tables: vec![table("retention_curve", "", vec![("", life(400, 5))])],
        reported: quarter(),
    };
    release(&protect(wanted, &Policy::nss10()), estimator, &[])
}

/// A difference of two shares, on the programme less not on it.
pub(crate) fn against(on: (u64, u64), not: (u64, u64)) -> Released {
    less(on, not, &Tiny)
}

/// The same without a test.
pub(crate) fn untested(on: (u64, u64), not: (u64, u64)) -> Released {
    less(on, not, &Untested)
}

fn less(on: (u64, u64), not: (u64, u64), estimator: &dyn Estimator) -> Released {
    let levels = [
        ("On the programme", share(on.0, on.1)),
        ("Not on the programme", share(not.0, not.1)),
    ];
    let wanted = Release {
        tables: vec![table("retention_12m", "programme", levels.into())],
        reported: quarter(),
    };
    let comparator = Comparator {
        dimension: Dimension::new("programme"),
        level: Level::new("Not on the programme"),
    };
    let rows = release(&protect(wanted, &Policy::nss10()), estimator, &[comparator]);
    let found = rows.into_iter().find(|row| {
        let parts = row.key().group.parts();
        parts
            .iter()
            .any(|(_, level)| level.as_str() == "On the programme")
            && (row.status() != Status::Shown || row.key().statistic == Statistic::Difference)
    });
    found.unwrap()
}
