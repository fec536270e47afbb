//! The XmR chart: individual values with limits from their moving ranges, as
//! NHS Making Data Count draws it. Never draws one of rolling windows.

use super::rebase::{Rebase, Suggestion, stretches, suggestion};
use super::refused::Refused;
use super::rules::{Bounds, causes};
use super::{Assurance, Judged, Point, Variation, Windows, trial_words};
use crate::domain::Good;

/// Mean moving ranges from the mean to a process limit: 3 / 1.128.
const TO_LIMIT: f64 = 2.66;
/// Mean moving ranges from which a moving range is screened out.
const SCREENED_FROM: f64 = 3.267;
/// Points below which a stretch has no moving range at all.
const NEEDED: usize = 2;

/// Whether large moving ranges count to the limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screening {
    /// Moving ranges of 3.267 times their mean or more are set aside once.
    #[default]
    On,
    /// All count, as in the spreadsheets of NHS Making Data Count.
    Off,
}

impl Screening {
    /// What to print beside the limits.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::On => {
                "moving ranges of 3.267 times their mean or more were set aside once; the \
                 Making Data Count spreadsheets do not do this"
            }
            Self::Off => {
                "all moving ranges count, as in the Making Data Count spreadsheets; one jump \
                 can widen the limits"
            }
        }
    }
}

/// A series and what is good for it.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// Its points, in order of time.
    pub points: &'a [Point],
    /// What each counts.
    pub windows: Windows,
    /// Which way is better.
    pub good: Good,
    /// A target, in the unit of the points.
    pub target: Option<f64>,
}

/// How its limits are made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings<'a> {
    /// Whether large moving ranges count.
    pub screening: Screening,
    /// Where limits are made anew, in any order.
    pub rebases: &'a [Rebase],
}

/// A stretch of points with the same limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Its points, in order of time.
    pub points: Vec<Judged>,
    /// Why the limits were made anew at its first point; nothing for the first
    /// stretch.
    pub reason: Option<String>,
    /// The mean moving range that the limits are made of.
    pub moving_range: f64,
    /// Moving ranges set aside.
    pub screened_out: usize,
    /// Its limits.
    pub bounds: Bounds,
    /// What its latest point says.
    pub variation: Variation,
    /// What its limits say of the target.
    pub assurance: Option<Assurance>,
    /// What to say where the limits are on trial.
    pub trial: Option<String>,
}

/// A control chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its stretches, at least one; the icons are those of the last.
    pub segments: Vec<Segment>,
    /// Whether large moving ranges were set aside.
    pub screening: Screening,
    /// A rebase that the points suggest; never applied.
    pub suggestion: Option<Suggestion>,
}

impl Chart {
    /// The latest stretch, whose icons stand for the series today.
    #[must_use]
    pub fn latest(&self) -> Option<&Segment> {
        self.segments.last()
    }
}

/// The XmR chart of a series.
///
/// # Errors
/// Rolling windows; a stretch of fewer than two points; values that are no
/// numbers; points out of order; a rebase without a reason or without points
/// before and after it.
pub fn xmr(series: &Series<'_>, settings: &Settings<'_>) -> Result<Chart, Refused> {
    check(series)?;
    let segments = stretches(series.points, settings.rebases)?
        .into_iter()
        .map(|(range, reason)| {
            let points = series.points.get(range).unwrap_or_default();
            let made = segment(points, series, settings.screening)?;
            Ok(Segment { reason, ..made })
        })
        .collect::<Result<Vec<_>, Refused>>()?;
    let suggestion = segments.last().and_then(|last| suggestion(&last.points));
    Ok(Chart {
        segments,
        screening: settings.screening,
        suggestion,
    })
}

fn check(series: &Series<'_>) -> Result<(), Refused> {
    if let Windows::Rolling { months } = series.windows {
        return Err(Refused::RollingWindow { months });
    }
    let finite = series.points.iter().all(|point| point.value.is_finite());
    if !finite || series.target.is_some_and(|target| !target.is_finite()) {
        return Err(Refused::NotANumber);
    }
    match series.points.windows(2).find(|w| w[0].from >= w[1].from) {
        Some(pair) => Err(Refused::NotInOrder { at: pair[1].from }),
        None => Ok(()),
    }
}

fn segment(
    points: &[Point],
    series: &Series<'_>,
    screening: Screening,
) -> Result<Segment, Refused> {
    if points.len() < NEEDED {
        return Err(Refused::TooFewPoints {
            points: points.len(),
            needed: NEEDED,
        });
    }
    let values: Vec<f64> = points.iter().map(|point| point.value).collect();
    let (moving_range, screened_out) = moving_range(&values, screening);
    let bounds = around(mean(&values), TO_LIMIT * moving_range);
    if !(bounds.lower.is_finite() && bounds.upper.is_finite()) {
        return Err(Refused::NotANumber);
    }
    let same = vec![bounds; values.len()];
    let points: Vec<Judged> = points
        .iter()
        .zip(causes(&values, &same))
        .map(|(point, cause)| Judged {
            from: point.from,
            value: point.value,
            bounds,
            cause,
            variation: Variation::of(cause, series.good),
        })
        .collect();
    let variation = points
        .last()
        .map_or(Variation::CommonCause, |p| p.variation);
    let limits = (bounds.lower, bounds.upper);
    let trial = trial_words(points.len());
    Ok(Segment {
        points,
        reason: None,
        moving_range,
        screened_out,
        bounds,
        variation,
        assurance: series
            .target
            .and_then(|target| Assurance::of(limits, target, series.good)),
        trial,
    })
}

/// The limits at `reach` from the mean, the near ones two thirds of the way.
fn around(centre: f64, reach: f64) -> Bounds {
    let near = reach * 2.0 / 3.0;
    Bounds {
        lower: centre - reach,
        near_lower: centre - near,
        centre,
        near_upper: centre + near,
        upper: centre + reach,
    }
}

/// The mean moving range, and how many were set aside.
fn moving_range(values: &[f64], screening: Screening) -> (f64, usize) {
    let all: Vec<f64> = values.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    let whole = mean(&all);
    if screening == Screening::Off {
        return (whole, 0);
    }
    // Where all are 0 the mean is, too, and none is large.
    let kept: Vec<f64> = all
        .iter()
        .copied()
        .filter(|range| *range < SCREENED_FROM * whole)
        .collect();
    if kept.is_empty() {
        return (whole, 0);
    }
    (mean(&kept), all.len() - kept.len())
}

/// The mean; not a number for none.
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
