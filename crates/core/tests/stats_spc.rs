//! Control charts: published data, the rules one by one, and what is refused.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)]

mod stats_read;

use stats_read::assert_same;
use staywise_core::domain::{Day, Good};
use staywise_core::stats::spc::{
    Assurance, Chart, Point, Rebase, Refused, Rule, Screening, Segment, Series, Settings, Side,
    Variation, Windows, xmr,
};

/// The days of quarters, one after another.
fn quarter(at: usize) -> Day {
    Day(i32::try_from(at).unwrap() * 91)
}

fn points(values: &[f64]) -> Vec<Point> {
    let at = |(at, value): (usize, &f64)| Point {
        from: quarter(at),
        value: *value,
    };
    values.iter().enumerate().map(at).collect()
}

fn series(points: &[Point], good: Good) -> Series<'_> {
    Series {
        points,
        windows: Windows::Apart,
        good,
        target: None,
    }
}

fn chart(values: &[f64], good: Good) -> Chart {
    xmr(&series(&points(values), good), &Settings::default()).unwrap()
}

fn latest(chart: &Chart) -> &Segment {
    chart.latest().unwrap()
}

/// Which rule each point of a chart of one stretch meets.
fn rules(values: &[f64]) -> Vec<Option<(Rule, Side)>> {
    let chart = chart(values, Good::Higher);
    let causes = latest(&chart).points.iter().map(|p| p.cause);
    causes.map(|c| c.map(|c| (c.rule, c.side))).collect()
}

const GOLDEN: [f64; 18] = [
    1., 2., 1., 2., 10., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1.,
];

/// The data of the NHSRplotthedots vignette on screening of moving ranges, with
/// its limits to two decimals and in fractions: 35/18 and 1, 35/18 and 32/17.
#[test]
fn xmr_limits_of_the_plotthedots_vignette() {
    let points = points(&GOLDEN);
    for (screening, range, lower, upper, out) in [
        (Screening::On, 1.0, -0.72, 4.60, 2),
        (Screening::Off, 32.0 / 17.0, -3.06, 6.95, 0),
    ] {
        let settings = Settings {
            screening,
            rebases: &[],
        };
        let made = xmr(&series(&points, Good::Higher), &settings).unwrap();
        let found = latest(&made);
        assert_same(found.bounds.centre, 35.0 / 18.0, &"mean");
        assert_same(found.moving_range, range, &"moving range");
        assert_same(found.bounds.upper, 35.0 / 18.0 + 2.66 * range, &"upper");
        let near = 35.0 / 18.0 - 2.66 * 2.0 / 3.0 * range;
        assert_same(found.bounds.near_lower, near, &"near");
        assert!((found.bounds.lower - lower).abs() < 0.005);
        assert!((found.bounds.upper - upper).abs() < 0.005);
        assert_eq!((found.screened_out, made.screening), (out, screening));
        assert_eq!(found.trial, None, "18 points");
    }
}

/// Sixteen moving ranges of 1 and one of r, which is r * 17 / (16 + r) times
/// their mean: 3.28 at 3.825, 3.25 at 3.782.
#[test]
fn moving_ranges_are_screened_from_3_267_times_their_mean() {
    for (jump, out) in [(3.825, 1), (3.782, 0)] {
        let low = [0.0, 1.0].repeat(4);
        let mut values = low.clone();
        values.push(0.0);
        values.push(jump);
        values.extend(low.iter().map(|v| jump + 1.0 - v));
        let found = chart(&values, Good::Higher);
        assert_eq!(latest(&found).screened_out, out, "{jump}");
    }
}

#[test]
fn outside_a_limit_comes_first_and_on_a_limit_is_not_outside() {
    let found = rules(&GOLDEN);
    assert_eq!(found[4], Some((Rule::OutsideLimit, Side::Higher)));
    assert_eq!(found.iter().flatten().count(), 1);
    // Mean 0, moving ranges of 2: limits at 5.32; nothing is beyond a limit
    // that all points share.
    assert!(rules(&[5.0; 20]).iter().all(Option::is_none));
}

#[test]
fn seven_points_that_rise_are_a_trend_and_an_equal_pair_breaks_it() {
    let noise = [5.0, 30.0, 8.0, 28.0, 9.0, 31.0, 8.0, 27.0];
    let mut rising = noise.to_vec();
    rising.extend([14.0, 15.0, 16.0, 17.0, 18.0, 19.0, 20.0]);
    rising.extend([10.0, 26.0]);
    let up = Some((Rule::Trend, Side::Higher));
    let found = rules(&rising);
    assert_eq!(found[8..15], [up; 7], "all seven are marked");
    assert_eq!(found[..8], [None; 8]);
    assert_eq!(found[15..], [None; 2]);
    rising[11] = rising[10];
    assert!(rules(&rising).iter().all(Option::is_none), "an equal pair");
    rising[11] = 17.0;
    rising[14] = 17.5;
    let six: Vec<_> = rules(&rising).into_iter().flatten().collect();
    assert_eq!(six, [], "six points that rise are five moves");
}

/// peers.md, test 15: 2-of-3 on the same side only (NHSRplotthedots#143).
#[test]
fn peers_15_two_of_three_only_on_one_side_and_only_the_close_points() {
    let steady = [10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0];
    let with = |three: [f64; 3]| {
        let mut values = steady.to_vec();
        values.extend(three);
        values.extend([9.0, 10.0, 11.0, 9.0, 10.0, 11.0]);
        let chart = chart(&values, Good::Higher);
        let bounds = latest(&chart).bounds;
        (rules(&values), bounds)
    };
    let near = Some((Rule::TwoOfThree, Side::Higher));
    let (found, bounds) = with([14.2, 11.0, 14.2]);
    assert!(
        bounds.near_upper < 14.2 && 14.2 < bounds.upper,
        "{bounds:?}"
    );
    assert!(bounds.centre < 11.0, "{bounds:?}");
    assert_eq!(found[10..13], [near, None, near], "not the one between");
    assert_eq!(found.iter().flatten().count(), 2);
    // One of the three on the other side of the mean: nothing.
    let (found, bounds) = with([14.2, 9.9, 14.2]);
    assert!(9.9 < bounds.centre && bounds.near_upper < 14.2);
    assert!(found.iter().all(Option::is_none), "{found:?}");
    // Close on either side: nothing.
    let (found, bounds) = with([14.2, 10.5, 6.6]);
    assert!(6.6 < bounds.near_lower, "{bounds:?}");
    assert!(found.iter().all(Option::is_none), "{found:?}");
}

#[test]
fn seven_on_one_side_are_all_marked_and_a_point_on_the_mean_breaks_the_run() {
    let mut values = vec![9.0, 12.0, 8.5, 12.5, 9.0, 12.0, 8.0];
    values.extend([10.8, 11.0, 10.9, 11.2, 10.8, 11.1, 10.9, 8.2, 7.8]);
    let chart = chart(&values, Good::Higher);
    let centre = latest(&chart).bounds.centre;
    assert!(10.0 < centre && centre < 10.8);
    let found = rules(&values);
    let above = Some((Rule::OneSide, Side::Higher));
    assert_eq!(found[7..14], [above; 7]);
    assert_eq!(found.iter().flatten().count(), 7);
    // The same seven with one of them exactly on the mean of all, 10.
    let level = [
        7.0, 14.0, 6.0, 13.0, 7.0, 11.0, 11.5, 11.0, 10.0, 11.5, 11.0, 11.5, 5.5,
    ];
    assert_same(level.iter().sum::<f64>() / 13.0, 10.0, &"mean");
    let found = rules(&level);
    assert!(found.iter().all(Option::is_none), "{found:?}");
}

/// peers.md, test 15: trends are coloured alike in both directions (#167), and
/// by where they go, not by the side of the mean they are on.
#[test]
fn trend_colours_are_symmetric() {
    let rising = [
        5.0, 30.0, 8.0, 28.0, 9.0, 31.0, 8.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0, 20.0,
    ];
    let falling: Vec<f64> = rising.iter().map(|v| 40.0 - v).collect();
    let colours = |values: &[f64], good| -> Vec<Variation> {
        let chart = chart(values, good);
        latest(&chart).points.iter().map(|p| p.variation).collect()
    };
    let up = colours(&rising, Good::Higher);
    assert_eq!(up[7..], [Variation::Improvement; 7]);
    assert_eq!(up, colours(&falling, Good::Lower), "mirrored");
    assert_eq!(colours(&rising, Good::Lower)[7..], [Variation::Concern; 7]);
    assert_eq!(
        colours(&falling, Good::Higher)[7..],
        [Variation::Concern; 7]
    );
    let neither = colours(&falling, Good::Neither);
    assert_eq!(neither[7..], [Variation::Neutral; 7]);
    assert_eq!(neither[1], Variation::CommonCause);
    // The first of the rising seven are below the mean, and improve all the same.
    let made = chart(&rising, Good::Higher);
    assert!(rising[7] < latest(&made).bounds.centre);
}

/// peers.md, test 15: no rebase by itself (#142), and icons made anew after
/// one that was asked for (#172).
#[test]
fn a_rebase_is_suggested_and_never_applied_and_icons_follow_it() {
    let mut values = vec![10., 12., 11., 9., 10., 12., 11., 9., 10., 12., 11., 9.];
    values.extend([20., 22., 21., 19., 20., 22., 21., 20.]);
    let points = points(&values);
    let with_target = Series {
        target: Some(15.0),
        ..series(&points, Good::Higher)
    };
    let plain = xmr(&with_target, &Settings::default()).unwrap();
    assert_eq!(plain.segments.len(), 1, "not applied");
    let asked = plain.suggestion.clone().expect("a shift of eight points");
    assert_eq!((asked.from, asked.points), (quarter(12), 8));
    assert_eq!(asked.side, Side::Higher);
    assert!(asked.words().contains("seven or more in a row on one side"));
    assert_eq!(latest(&plain).assurance, Some(Assurance::HitAndMiss));
    let rebases = [Rebase {
        from: asked.from,
        reason: "the new preceptorship programme".into(),
    }];
    let settings = Settings {
        screening: Screening::On,
        rebases: &rebases,
    };
    let made = xmr(&with_target, &settings).unwrap();
    let [before, after] = &made.segments[..] else {
        panic!("{made:?}");
    };
    assert_eq!((before.points.len(), after.points.len()), (12, 8));
    assert_eq!(before.assurance, Some(Assurance::ConsistentlyFailing));
    assert_eq!(after.assurance, Some(Assurance::ConsistentlyPassing));
    assert_eq!(after.variation, Variation::CommonCause, "judged anew");
    assert_eq!(latest(&plain).variation, Variation::Improvement);
    assert_eq!(
        after.reason.as_deref(),
        Some("the new preceptorship programme")
    );
    assert_eq!(made.suggestion, None);
    // The step between the stretches is in neither's moving ranges.
    assert_same(before.moving_range, 17.0 / 11.0, &"before");
    assert!(after.trial.is_some() && before.trial.is_none());
}

#[test]
fn a_run_that_has_ended_or_began_the_stretch_suggests_nothing() {
    let mut ended = vec![1.0, 3.0, 2.0, 1.0, 3.0];
    ended.extend([9.0, 9.5, 9.0, 9.5, 9.0, 9.5, 9.0, 1.0]);
    assert_eq!(chart(&ended, Good::Higher).suggestion, None);
    ended.pop();
    let found = chart(&ended, Good::Higher).suggestion.unwrap();
    assert_eq!(found.points, 7);
    ended.pop();
    assert_eq!(chart(&ended, Good::Higher).suggestion, None, "six points");
}

#[test]
fn assurance_by_direction_and_none_where_neither_is_better() {
    let of = |target, good| Assurance::of((10.0, 20.0), target, good);
    let (pass, fail) = (
        Assurance::ConsistentlyPassing,
        Assurance::ConsistentlyFailing,
    );
    assert_eq!(of(21.0, Good::Higher), Some(fail));
    assert_eq!(of(9.0, Good::Higher), Some(pass));
    assert_eq!(of(21.0, Good::Lower), Some(pass));
    assert_eq!(of(9.0, Good::Lower), Some(fail));
    for on in [10.0, 15.0, 20.0] {
        assert_eq!(of(on, Good::Higher), Some(Assurance::HitAndMiss));
    }
    assert_eq!(of(21.0, Good::Neither), None);
}

/// Trap T34: fewer than 12 points presented as robust.
#[test]
fn t34_fewer_than_twelve_points_are_trial_limits() {
    let eleven = chart(&GOLDEN[..11], Good::Higher);
    let told = latest(&eleven).trial.clone().expect("told");
    assert!(
        told.contains("trial limits") && told.contains("11 points"),
        "{told}"
    );
    assert_eq!(latest(&chart(&GOLDEN[..12], Good::Higher)).trial, None);
}

#[test]
fn rolling_windows_are_refused() {
    let points = points(&GOLDEN);
    let rolling = Series {
        windows: Windows::Rolling { months: 12 },
        ..series(&points, Good::Higher)
    };
    let refused = xmr(&rolling, &Settings::default()).unwrap_err();
    assert_eq!(refused, Refused::RollingWindow { months: 12 });
    let words = refused.to_string();
    assert!(
        words.contains("12 months") && words.contains("stand apart"),
        "{words}"
    );
}

#[test]
fn charts_are_refused_where_there_can_be_none() {
    let refused = |values: &[f64]| {
        let points = points(values);
        xmr(&series(&points, Good::Higher), &Settings::default()).unwrap_err()
    };
    let few = |points| Refused::TooFewPoints { points, needed: 2 };
    assert_eq!(refused(&[]), few(0));
    assert_eq!(refused(&[1.0]), few(1));
    assert_eq!(refused(&[1.0, f64::NAN]), Refused::NotANumber);
    assert_eq!(refused(&[f64::MAX, -f64::MAX]), Refused::NotANumber);
    let mut back = points(&[1.0, 2.0, 3.0]);
    back[2].from = back[1].from;
    let found = xmr(&series(&back, Good::Higher), &Settings::default());
    assert_eq!(found, Err(Refused::NotInOrder { at: back[1].from }));
    let good = points(&GOLDEN);
    let rebased = |from: Day, reason: &str| {
        let rebases = [Rebase {
            from,
            reason: reason.into(),
        }];
        let settings = Settings {
            screening: Screening::On,
            rebases: &rebases,
        };
        xmr(&series(&good, Good::Higher), &settings)
    };
    let from = quarter(5);
    assert_eq!(
        rebased(from, " "),
        Err(Refused::RebaseWithoutReason { from })
    );
    for from in [quarter(0), quarter(18)] {
        assert_eq!(rebased(from, "moved"), Err(Refused::RebaseNowhere { from }));
    }
    assert_eq!(
        rebased(quarter(17), "moved"),
        Err(few(1)),
        "one point after"
    );
    // A date between two points begins the stretch at the next one.
    let between = rebased(quarter(5).plus(-3), "moved").unwrap();
    assert_eq!(between.segments[1].points[0].from, quarter(5));
}
