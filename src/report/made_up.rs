//! Made-up figures for tests: small tallies through disclosure control, as in
//! a run, with an estimator just large enough to draw a page.

use super::facts::{Facts, FileLine, FindingLine, Quality};
use staywise_core::disclosure::{
    Comparator, Estimator, Policy, Release, Released, protect, release,
};
use staywise_core::domain::metric::Grain;
use staywise_core::domain::tally::Ending;
use staywise_core::domain::{
    Cell, Day, Dimension, Estimate, Figures, Good, Group, Interval, Kind, Level, LifeTable, Metric,
    Period, Severity, Statistic, Tally, TallyTable, Unit, Unknown,
};

pub(crate) const HOSTILE: &str = "[x](javascript:alert(1)) <script>alert(\"&\")</script>";

pub(crate) fn metric(name: &str, label: &str, kind: Kind) -> Metric {
    Metric {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        grain: match name {
            "response_rate" => Grain::Invitation,
            "item_distribution" => Grain::Answer,
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
    fn tallies(&self) -> TallyTable {
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
            dimensions: if self.by.is_empty() { Vec::new() } else { vec![dimension] },
            item: None,
            answers: Vec::new(),
            cells,
            total,
            not_yet_due: None,
        }
    }
}

pub(crate) fn metrics() -> Vec<Metric> {
    [
        ("intention_to_stay", "Intention to stay", Kind::Proportion),
        ("preceptorship_influence", "Preceptorship influenced the decision", Kind::Proportion),
        ("belonging", "Belonging", Kind::Proportion),
        ("response_rate", "Response rate", Kind::Proportion),
        ("item_distribution", "Answers to each question", Kind::Distribution),
        ("retention_12m", "Still in post at 12 months", Kind::Proportion),
        ("retention_curve", "Still in post, by time since starting", Kind::Survival),
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
        let ending = if person % leave == 0 { Ending::Event } else { Ending::StillFollowed };
        table.follow(0, exit, ending);
    }
    Tally::Survival(table)
}

/// Curves of which one is about so few people that all are hidden.
pub(crate) fn hidden_curves() -> Vec<Released> {
    let metric = metric("retention_curve", "Still in post", Kind::Survival);
    let table = Table {
        metric: &metric,
        period: quarter(),
        by: "programme",
        levels: vec![("On the programme", life(240, 7)), ("Not on it", life(4, 4))],
    };
    released(vec![table.tallies()])
}

/// A whole quarter's rows.
pub(crate) fn rows() -> Vec<Released> {
    let all = metrics();
    let of = |name: &str| all.iter().find(|m| m.name == name).unwrap();
    let stay = of("intention_to_stay");
    let ever = Period::all(Day::from_ymd(2026, 6, 30).unwrap());
    let by = |metric, by, levels| Table { metric, period: quarter(), by, levels }.tallies();
    let rate = |metric, numerator, denominator| {
        by(metric, "", vec![("", Tally::Ratio { numerator, denominator, parts: 2, smallest: numerator })])
    };
    let mut tables = vec![
        by(stay, "ethnic_minority", vec![("White", share(305, 412)), ("Ethnic minority", share(163, 268)), ("Not stated", share(20, 31))]),
        by(stay, "site", vec![
            (HOSTILE, share(140, 190)), ("Northshire Community and Mental Health Partnership, Riverside House", share(90, 150)),
            ("South", share(4, 7)), ("West", share(5, 6)), ("East", share(249, 358)),
        ]),
        by(of("response_rate"), "", vec![("", share(711, 1083))]),
        by(of("belonging"), "", vec![("", share(9, 14))]),
        by(of("retention_12m"), "ethnic_minority", vec![("White", share(180, 205)), ("Ethnic minority", share(98, 121)), ("Not stated", share(11, 12))]),
        by(of("headcount"), "", vec![("", Tally::Stock { opening: 1190, closing: 1204 })]),
        by(of("starters"), "", vec![("", Tally::Event { n: 61 })]),
        by(of("leavers"), "", vec![("", Tally::Event { n: 47 })]),
        rate(of("leaver_rate"), 47, 2394),
        rate(of("leaver_rate_12m"), 188, 2394),
        Table { metric: of("retention_curve"), period: ever.clone(), by: "programme", levels: vec![("On the programme", life(240, 7)), ("Not on it", life(240, 4))] }.tallies(),
        Table { metric: stay, period: ever, by: "wave", levels: vec![("3 months", share(280, 372)), ("6 months", share(240, 350)), ("12 months", share(190, 300))] }.tallies(),
    ];
    let agreement = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"];
    for (item, counts) in [("belonging", vec![40, 60, 100, 300, 200]), ("protected_time", vec![120, 180, 110, 200, 90])] {
        let mut table = by(of("item_distribution"), "", vec![("", Tally::Distribution { counts })]);
        table.item = Some(item.to_owned());
        table.answers = agreement.map(Level::new).into();
        tables.push(table);
    }
    released(tables)
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

/// An estimator just large enough for a page.
struct Tiny;

impl Estimator for Tiny {
    fn estimates(&self, metric: &Metric, tally: &Tally) -> Vec<Estimate> {
        estimates(metric, tally)
    }

    fn difference(&self, metric: &Metric, level: &Tally, comparator: &Tally) -> Option<Estimate> {
        let (Tally::Proportion { n, hits }, Tally::Proportion { n: m, hits: h }) =
            (level, comparator)
        else {
            return None;
        };
        let (one, other) = (wilson(*hits, *n), wilson(*h, *m));
        let apart = one.estimate - other.estimate;
        let half = 1.96
            * (one.estimate * (1.0 - one.estimate) / *n as f64
                + other.estimate * (1.0 - other.estimate) / *m as f64)
                .sqrt();
        Some(Estimate {
            statistic: Statistic::Difference,
            answer: None,
            horizon_months: metric.horizon_months,
            outcome: Ok(Figures {
                numerator: None,
                denominator: None,
                estimate: apart,
                interval: Some(Interval {
                    lower: apart - half,
                    upper: apart + half,
                    level: 0.95,
                    method: "newcombe",
                }),
                ..one
            }),
        })
    }
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
        unavailable: vec![(
            metric("preceptorship_influence", "Preceptorship influenced the decision", Kind::Proportion),
            "no question asks about it".to_owned(),
        )],
        items: vec![("protected_time".to_owned(), "My preceptor had protected time".to_owned())],
        dimensions: vec!["shift_pattern".to_owned()],
        draft: true,
    }
}

fn estimates(metric: &Metric, tally: &Tally) -> Vec<Estimate> {
    let one = |outcome| Estimate {
        statistic: Statistic::Value,
        answer: None,
        horizon_months: metric.horizon_months,
        outcome: Ok(outcome),
    };
    let bare = |n: u64, estimate: f64| Figures {
        n,
        numerator: None,
        denominator: None,
        estimate,
        interval: None,
        unit: metric.unit,
    };
    match tally {
        Tally::Proportion { n, hits } => vec![one(wilson(*hits, *n))],
        Tally::Distribution { counts } => {
            let n = counts.iter().sum();
            let each = counts.iter().enumerate();
            each.map(|(answer, hits)| Estimate { answer: Some(answer), ..one(wilson(*hits, n)) })
                .collect()
        }
        Tally::Survival(table) => curve(table),
        Tally::Event { n } | Tally::Stock { closing: n, .. } => vec![one(bare(*n, *n as f64))],
        Tally::Ratio { numerator, denominator, parts, .. } => {
            let below = *denominator as f64 / *parts as f64;
            vec![one(bare(denominator / parts, *numerator as f64 / below))]
        }
        _ => Vec::new(),
    }
}

fn wilson(hits: u64, n: u64) -> Figures {
    let (z, size, p) = (1.959_963_985_f64, n as f64, hits as f64 / n as f64);
    let wide = 1.0 + z * z / size;
    let centre = (p + z * z / (2.0 * size)) / wide;
    let half = z / wide * (p * (1.0 - p) / size + z * z / (4.0 * size * size)).sqrt();
    Figures {
        n,
        numerator: Some(hits as f64),
        denominator: Some(size),
        estimate: p,
        interval: Some(Interval { lower: centre - half, upper: centre + half, level: 0.95, method: "wilson" }),
        unit: Unit::Fraction,
    }
}

/// Kaplan and Meier by month with a plain interval, enough to be drawn.
fn curve(table: &LifeTable) -> Vec<Estimate> {
    (1..=26_u32)
        .map(|month| {
            let end = month * 365 / 12;
            let (mut left, mut kept, mut spread) = (table.entered() as f64, 1.0, 0.0);
            for (_, day) in table.days.range(..=end) {
                let gone = day.events as f64;
                if gone > 0.0 && left > gone {
                    kept *= 1.0 - gone / left;
                    spread += gone / (left * (left - gone));
                }
                left -= gone + day.ended as f64;
            }
            let half = 1.96 * kept * f64::sqrt(spread);
            let outcome = if left < 1.0 {
                Err(Unknown::NotApplicable("nobody was followed so far".to_owned()))
            } else {
                Ok(Figures {
                    n: left as u64,
                    numerator: None,
                    denominator: None,
                    estimate: kept,
                    interval: Some(Interval {
                        lower: (kept - half).max(0.0),
                        upper: (kept + half).min(1.0),
                        level: 0.95,
                        method: "km_loglog",
                    }),
                    unit: Unit::Fraction,
                })
            };
            Estimate { statistic: Statistic::Value, answer: None, horizon_months: Some(month), outcome }
        })
        .collect()
}
