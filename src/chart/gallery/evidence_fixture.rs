//! The gallery's waterfalls, flows of people, love plots, control charts,
//! months of leaving, and groups held against the rest. For tests.

use super::fixture::{Picture, picture};
use super::made_up::LONG;
use crate::chart::figure::amount;
use crate::chart::{
    Alike, Cause, Charted, ControlChart, FlowBox, Month, Stand, Step, Unlike, balance, control,
    flow, months, standardised, unlike, waterfall,
};
use crate::report::made_up::{leaving_hidden, leaving_rows};
use staywise_core::domain::Unit;

pub(super) fn of_evidence() -> Vec<Picture> {
    let mut all = waterfalls();
    all.extend(flows());
    all.extend(balances());
    all.extend(controls());
    all.extend(leavings());
    all.extend(sites());
    all
}

fn level(label: &str, at: f64) -> Step {
    Step {
        label: label.to_owned(),
        words: format!("{:.1}%", at * 100.0),
        aside: String::new(),
        stand: Stand::Level(at),
    }
}

fn change(label: &str, from: f64, by: f64, reach: Option<(f64, f64)>) -> Step {
    let points = |value: f64| format!("{:+.1}", value * 100.0);
    Step {
        label: label.to_owned(),
        words: format!("{} points", points(by)),
        aside: reach.map_or_else(String::new, |(lower, upper)| {
            format!("between {} and {}", points(lower), points(upper))
        }),
        stand: Stand::Change {
            from,
            to: from + by,
            reach,
        },
    }
}

fn waterfalls() -> Vec<Picture> {
    let several = vec![
        level("NHS England: mean headcount", 0.25),
        change("Over the opening headcount instead", 0.25, 0.05, None),
        level("NHS Scotland: opening headcount", 0.3),
        change("Over the closing headcount instead", 0.3, -0.086, None),
        level("Skills for Care: headcount now", 0.214),
    ];
    let changed = vec![
        level("January to March 2026", 0.88),
        change("Earlier data amended", 0.88, -0.01, None),
        change("Definition", 0.87, 0.0, None),
        change("Who is there", 0.87, -0.12, Some((-0.15, -0.09))),
        change("What they do", 0.75, 0.04, Some((-0.01, 0.09))),
        change("The rest", 0.79, 0.01, None),
        level("April to June 2026", 0.8),
    ];
    let forty: Vec<Step> = (0..40)
        .map(|k| {
            change(
                &format!("Step {}", k + 1),
                0.1 + 0.01 * f64::from(k),
                0.01,
                None,
            )
        })
        .collect();
    let long = vec![
        level(LONG, 0.4),
        change(
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
            0.4,
            -0.3,
            None,
        ),
        level("A & B <c>", 0.1),
    ];
    let zero = vec![
        level("Before", 0.0),
        change("Nothing", 0.0, 0.0, None),
        level("After", 0.0),
    ];
    let below = vec![change("Fewer", 0.1, -0.5, Some((-0.8, 0.1)))];
    [
        ("several", several),
        ("changed", changed),
        ("forty", forty),
        ("one", vec![level("Only one", 0.2)]),
        ("none", Vec::new()),
        ("long names", long),
        ("zero", zero),
        ("below nothing", below),
    ]
    .into_iter()
    .map(|(case, steps)| {
        let labels = steps.iter().map(|step| step.label.clone()).collect();
        picture(&format!("waterfall, {case}"), labels, &[], |caption| {
            waterfall(&steps, Unit::Rate, caption).unwrap()
        })
    })
    .collect()
}

fn boxed(label: &str, count: &str, out: &[(&str, &str)]) -> FlowBox {
    FlowBox {
        label: label.to_owned(),
        count: count.to_owned(),
        out: out
            .iter()
            .map(|(why, n)| ((*why).to_owned(), (*n).to_owned()))
            .collect(),
    }
}

fn flows() -> Vec<Picture> {
    let hidden = "[c] hidden to protect people";
    let several = vec![
        boxed(
            "People who started between 1 April 2024 and 30 June 2025",
            "1,204",
            &[
                ("Started before the programme began", "212"),
                ("No start date", hidden),
            ],
        ),
        boxed(
            "Newly registered starters",
            "980",
            &[("Left before day 90", "41")],
        ),
        boxed("Still in post on day 90", "939", &[]),
        boxed("Compared", "939", &[]),
    ];
    let forty: Vec<FlowBox> = (0..40)
        .map(|k| boxed(&format!("Step {}", k + 1), "120", &[("Out", "10")]))
        .collect();
    let long = vec![
        boxed(LONG, "1,204", &[(LONG, hidden)]),
        boxed(LONG, hidden, &[]),
    ];
    let all_hidden = vec![
        boxed("Started", hidden, &[("Left", hidden)]),
        boxed("Compared", hidden, &[]),
    ];
    [
        ("several", several),
        ("forty", forty),
        ("one", vec![boxed("Everyone", "60", &[])]),
        ("none", Vec::new()),
        ("long names", long),
        ("all hidden", all_hidden),
        ("zero", vec![boxed("Started", "0", &[("Left", "0")])]),
    ]
    .into_iter()
    .map(|(case, boxes)| {
        let labels = boxes
            .iter()
            .flat_map(|of| {
                std::iter::once(of.label.clone()).chain(of.out.iter().map(|o| o.0.clone()))
            })
            .collect();
        picture(&format!("flow, {case}"), labels, &[], |caption| {
            flow(&boxes, caption).unwrap()
        })
    })
    .collect()
}

fn balances() -> Vec<Picture> {
    let of = |label: &str, before: Option<f64>, after: Option<f64>| Alike {
        label: label.to_owned(),
        before,
        after,
    };
    let several = vec![
        of("Staff group: nursing", Some(0.42), Some(0.001)),
        of(
            "Staff group: allied health professions",
            Some(-0.31),
            Some(-0.02),
        ),
        of("Band: 5", Some(0.09), Some(0.0)),
        of("Site: South", None, None),
        of("Age: under 25", Some(0.24), None),
    ];
    let forty: Vec<Alike> = (0..40)
        .map(|k| {
            let before = f64::from(k) / 40.0 - 0.5;
            of(
                &format!("Level {}", k + 1),
                Some(before),
                Some(before / 9.0),
            )
        })
        .collect();
    [
        ("several", several),
        ("forty", forty),
        ("one", vec![of("Sex: female", Some(0.2), Some(0.0))]),
        ("none", Vec::new()),
        ("long names", vec![of(LONG, Some(1.6), Some(-0.05))]),
        (
            "all hidden",
            vec![of("Site: A", None, None), of("Site: B", None, None)],
        ),
        ("zero", vec![of("Sex: female", Some(0.0), Some(0.0))]),
    ]
    .into_iter()
    .map(|(case, rows)| {
        let labels = rows.iter().map(|row| row.label.clone()).collect();
        let mut of = picture(&format!("balance, {case}"), labels, &[], |caption| {
            balance(&rows, caption).unwrap()
        });
        let printed = rows.iter().filter_map(|row| row.before.map(standardised));
        of.labels.extend(printed);
        of
    })
    .collect()
}

fn charted(count: usize, figure: impl Fn(usize) -> (f64, Cause)) -> ControlChart {
    let quarters = ["Jan to Mar", "Apr to Jun", "Jul to Sep", "Oct to Dec"];
    ControlChart {
        points: (0..count)
            .map(|k| {
                let (value, cause) = figure(k);
                Charted {
                    label: format!("{} {}", quarters[k % 4], 20 + k / 4),
                    value,
                    cause,
                    limits: Some(if k < count / 2 {
                        (0.12, 0.05, 0.19)
                    } else {
                        (0.1, 0.04, 0.16)
                    }),
                }
            })
            .collect(),
        target: Some(0.08),
        unit: Unit::Rate,
    }
}

fn controls() -> Vec<Picture> {
    let wave = |k: usize| (0.1 + 0.03 * (k as f64 * 1.7).sin(), Cause::ALL[k % 4]);
    let usual = |value: f64| move |_: usize| (value, Cause::Common);
    [
        ("several", charted(12, wave)),
        ("forty", charted(40, wave)),
        ("one", charted(1, wave)),
        ("none", charted(0, wave)),
        ("zero", charted(8, usual(0.0))),
        ("100%", charted(8, usual(1.0))),
    ]
    .into_iter()
    .map(|(case, of)| {
        let labels = match of.points.is_empty() {
            true => Vec::new(),
            false => ["mean", "upper limit", "lower limit", "target"]
                .map(str::to_owned)
                .into(),
        };
        picture(&format!("control, {case}"), labels, &[], |caption| {
            control(&of, caption).unwrap()
        })
    })
    .collect()
}

fn leavings() -> Vec<Picture> {
    let several = leaving_rows(24);
    let sixty = leaving_rows(60);
    let hidden = leaving_hidden();
    let cases = [
        ("several", &several[..], Some(12)),
        ("forty", &sixty[..], Some(24)),
        ("one", &several[..1], None),
        ("none", &several[..0], Some(12)),
        ("all hidden", &hidden[..], Some(12)),
    ];
    cases
        .into_iter()
        .map(|(case, rows, ends)| {
            let of: Vec<Month<'_>> = rows
                .iter()
                .map(|row| Month {
                    month: row.key().horizon_months.unwrap(),
                    row,
                })
                .collect();
            let labels = ends.map(|end| format!("programme ends at {end} months"));
            let labels = labels.into_iter().collect();
            picture(&format!("months, {case}"), labels, &[], |caption| {
                months(&of, ends, caption).unwrap()
            })
        })
        .collect()
}

fn sites() -> Vec<Picture> {
    let of = |label: &str, figure: Option<(f64, f64, f64)>, verdict: &str| Unlike {
        label: label.to_owned(),
        figure,
        verdict: verdict.to_owned(),
    };
    let several = vec![
        of("East", Some((0.71, 0.6, 0.8)), "like the rest"),
        of("South", None, "cannot be shown"),
        of(
            "West",
            Some((0.52, 0.45, 0.6)),
            "lower than the rest by more than chance",
        ),
    ];
    let forty: Vec<Unlike> = (0..40)
        .map(|k| {
            let at = 0.4 + f64::from(k) / 100.0;
            of(
                &format!("Ward {}", k + 1),
                Some((at, at - 0.1, at + 0.1)),
                "like the rest",
            )
        })
        .collect();
    [
        ("several", several.clone()),
        ("forty", forty),
        ("one", several[..1].to_vec()),
        ("none", Vec::new()),
        ("long names", vec![of(LONG, Some((0.5, 0.4, 0.6)), LONG)]),
        ("all hidden", vec![several[1].clone()]),
        (
            "zero",
            vec![of("East", Some((0.0, 0.0, 0.1)), "like the rest")],
        ),
        (
            "100%",
            vec![of("East", Some((1.0, 0.9, 1.0)), "like the rest")],
        ),
    ]
    .into_iter()
    .map(|(case, groups)| {
        let labels = groups
            .iter()
            .flat_map(|group| {
                let figure = group.figure.map(|(at, ..)| amount(Unit::Fraction, at));
                [Some(group.label.clone()), figure].into_iter().flatten()
            })
            .collect();
        picture(&format!("unlike, {case}"), labels, &[], |caption| {
            unlike(&groups, Unit::Fraction, caption).unwrap()
        })
    })
    .collect()
}
