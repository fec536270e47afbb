//! Charts of made-up series: what is drawn, what is refused and why.

use super::{all, findings};
use crate::pipeline::made_up::{Kept, built_in, day, periods, rows, series};
use crate::pipeline::vacancy;
use crate::report::evidence::{Control, Signal};
use staywise_core::domain::Tally;

fn charts(toml: &str, tables: Vec<(&str, Vec<Tally>)>, as_at: &str) -> Vec<Control> {
    let kept = Kept::new(toml, &[]);
    let quarters = tables.iter().map(|(_, t)| t.len()).max().unwrap_or(1);
    let periods = periods(quarters);
    let made = tables.iter().flat_map(|(name, tallies)| {
        let metric = built_in(name);
        let from = periods.trend.len() - tallies.len();
        series(&metric, &periods.trend[from..], tallies)
    });
    let rows = rows(made.collect());
    all(&kept.run(), &rows, (&periods, day(as_at)))
}

fn share(hits: u64) -> Tally {
    Tally::Proportion { n: 200, hits }
}

/// Eleven steady quarters and two far above them.
fn risen() -> Vec<Tally> {
    let mut hits: Vec<u64> = (0..11).map(|at| 140 + at % 3).collect();
    hits.extend([180, 182]);
    hits.into_iter().map(share).collect()
}

const ASKED: &str = "[trend]\ncontrol = [\"intention_to_stay\"]\n";

#[test]
fn shares_are_judged_by_the_limits_of_their_base() {
    let toml = format!("{ASKED}[targets]\nintention_to_stay = 0.5\n");
    let made = charts(&toml, vec![("intention_to_stay", risen())], "2026-06-30");
    assert_eq!(made.len(), 1);
    let chart = &made[0];
    assert_eq!((chart.kind.as_str(), chart.points.len()), ("p", 13));
    let signals: Vec<Signal> = chart.points.iter().map(|p| p.2).collect();
    assert_eq!(signals[11..], [Signal::Improvement; 2]);
    assert_eq!(signals[0], Signal::Concern, "one of seven on one side");
    let (mean, lower, upper) = chart.limits[0];
    // Thirteen shares of 200: 140 to 142, then 180 and 182.
    let hits = (0..11).map(|at| 140 + at % 3).sum::<u64>() + 362;
    assert!((mean - hits as f64 / 2600.0).abs() < 1e-12);
    assert!(lower > 0.5 && lower < mean && mean < upper && upper < 1.0);
    assert_eq!(chart.target, Some(0.5));
    assert_eq!(
        chart.assurance.as_deref(),
        Some("Consistently passing the target")
    );
    assert!(
        chart.notes.iter().all(|n| !n.starts_with("Trial")),
        "{:?}",
        chart.notes
    );
}

#[test]
fn t34_fewer_than_twelve_points_are_trial_limits() {
    let few: Vec<Tally> = risen().into_iter().skip(2).collect();
    let made = charts(ASKED, vec![("intention_to_stay", few)], "2026-06-30");
    let trial = made[0].notes.iter().find(|n| n.starts_with("Trial limits"));
    assert!(trial.unwrap().contains("11 points"), "{:?}", made[0].notes);
}

#[test]
fn limits_are_made_anew_where_the_study_says_so_and_why() {
    let toml = format!(
        "{ASKED}[[trend.rebase]]\nmetric = \"intention_to_stay\"\non = 2026-01-01\nreason = \
         \"a new rota\"\n"
    );
    let made = charts(&toml, vec![("intention_to_stay", risen())], "2026-06-30");
    let chart = &made[0];
    assert!(
        (chart.limits[12].0 - 0.905).abs() < 1e-12,
        "of the last two"
    );
    assert!(
        (chart.limits[0].0 - 0.704_545_454).abs() < 1e-6,
        "of the first eleven"
    );
    let anew = "Limits are made anew from 1 January 2026: a new rota.";
    assert!(chart.notes.iter().any(|n| n == anew), "{:?}", chart.notes);
}

#[test]
fn a_run_on_one_side_suggests_a_rebase_and_changes_nothing() {
    let mut hits = vec![140, 141, 139, 140, 142];
    hits.extend([170; 8]);
    let tallies = hits.into_iter().map(share).collect();
    let made = charts(ASKED, vec![("intention_to_stay", tallies)], "2026-06-30");
    let said = made[0].notes.last().unwrap();
    assert!(said.starts_with("The latest 8 points"), "{said}");
    assert_eq!(
        made[0].limits[0].0.to_bits(),
        made[0].limits[12].0.to_bits()
    );
}

#[test]
fn nothing_is_drawn_of_a_series_with_a_hidden_point() {
    let mut tallies = risen();
    tallies[4] = Tally::Proportion { n: 6, hits: 3 };
    let made = charts(ASKED, vec![("intention_to_stay", tallies)], "2026-06-30");
    assert!(made[0].points.is_empty() && made[0].limits.is_empty());
    assert_eq!(
        made[0].notes,
        ["Not drawn: a figure of the series is hidden to protect people."]
    );
}

#[test]
fn rolling_windows_are_refused_in_words() {
    let toml = "[trend]\ncontrol = [\"leaver_rate_12m\"]\n";
    let made = charts(
        toml,
        vec![("starters", vec![Tally::Event { n: 30 }; 13])],
        "2026-06-30",
    );
    assert!(made[0].points.is_empty());
    assert!(
        made[0].notes[0].contains("counts 12 months"),
        "{:?}",
        made[0].notes
    );
}

#[test]
fn counts_have_moving_ranges_and_an_unfinished_period_no_point() {
    let toml = "[trend]\ncontrol = [\"starters\"]\nscreening = \"off\"\n";
    let starters: Vec<Tally> = [30, 34, 30, 34, 30, 34, 12]
        .map(|n| Tally::Event { n })
        .into();
    let made = charts(toml, vec![("starters", starters)], "2026-05-31");
    let chart = &made[0];
    assert_eq!((chart.kind.as_str(), chart.points.len()), ("XmR", 6));
    assert_eq!(
        chart.notes[0],
        "April to June 2026 is left out, as the data end before it does."
    );
    // Mean 32, every moving range 4: limits at 32 and 2.66 times 4.
    let (mean, lower, upper) = chart.limits[0];
    assert!((mean - 32.0).abs() < 1e-12);
    assert!((lower - 21.36).abs() < 1e-9 && (upper - 42.64).abs() < 1e-9);
}

#[test]
fn names_that_are_no_metric_are_found_with_the_nearest() {
    let toml = "[trend]\ncontrol = [\"intention_to_stya\", \"vacancy_rate\"]\n[targets]\n\
                retention_12m = 85\nvacancy_rate = 0.05\nnothing_alike = 1\n";
    let kept = Kept::new(toml, &[]);
    let found = findings(&kept.run());
    let said: Vec<(&str, &str)> = found.iter().map(|f| (f.rule, f.remedy.as_str())).collect();
    assert_eq!(
        said,
        [
            ("no-such-metric", "Did you mean \"intention_to_stay\"?"),
            ("no-such-metric", "`staywise metrics` lists them all."),
            ("target-not-a-share", "Write 80% as 0.8."),
        ]
    );
    assert!(vacancy::metric("vacancy_rate").is_some());
}
