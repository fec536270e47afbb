//! Tables of one metric, item and way of dividing over periods: the trend,
//! the reported period and `all`, which hold one another's people. Never
//! looks across metrics.

use super::measure::flow;
use super::protect::Draft;
use super::remainder::{self, Parts};
use super::{Policy, Precision};
use crate::domain::{Dimension, Period, period::Shape};
use std::collections::BTreeMap;

/// A metric, an item and the dimensions.
type Series = (String, Option<String>, Vec<Dimension>);

/// Which of a series a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    All,
    Reported,
    Trend,
}

fn place(period: &Period, reported: &Period) -> Place {
    if period.shape == Shape::All {
        Place::All
    } else if period.label == reported.label {
        Place::Reported
    } else {
        Place::Trend
    }
}

/// The tables of one series, by their place among the drafts, oldest first.
struct Line {
    all: Vec<usize>,
    reported: Vec<usize>,
    trend: Vec<usize>,
}

impl Line {
    fn dated(&self) -> impl Iterator<Item = usize> {
        self.reported.iter().chain(&self.trend).copied()
    }
}

fn lines(drafts: &[Draft], reported: &Period) -> BTreeMap<Series, Line> {
    let mut lines: BTreeMap<Series, Line> = BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        let t = &draft.table;
        let key = (t.metric.name.clone(), t.item.clone(), t.dimensions.clone());
        let line = lines.entry(key).or_insert(Line {
            all: Vec::new(),
            reported: Vec::new(),
            trend: Vec::new(),
        });
        match place(&t.period, reported) {
            Place::All => line.all.push(i),
            Place::Reported => line.reported.push(i),
            Place::Trend => line.trend.push(i),
        }
    }
    for line in lines.values_mut() {
        line.trend.sort_by_key(|i| {
            let period = &drafts[*i].table.period;
            (period.start, period.end)
        });
    }
    lines
}

/// Hides totals that would give a hidden total, or too few people, away by
/// subtraction, and with them their tables.
///
/// One hidden total hides every total of the trend. What is left of `all`
/// after the totals shown must be 0 or at least the threshold; else the trend
/// goes, and if that is not enough `all` goes. The reported period stays.
/// Overlapping windows, newest first, stay only where they differ from each
/// that stays by 0 or at least the threshold.
pub(super) fn totals(drafts: &mut [Draft], reported: &Period, policy: &Policy) {
    let mut metrics: BTreeMap<(String, Option<String>), BTreeMap<Period, Vec<usize>>> =
        BTreeMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        let t = &draft.table;
        let key = (t.metric.name.clone(), t.item.clone());
        let periods = metrics.entry(key).or_default();
        periods.entry(t.period.clone()).or_default().push(i);
    }
    for periods in metrics.values() {
        let mut shown: Vec<Total<'_>> = Vec::new();
        let mut any_hidden = false;
        for (period, places) in periods {
            let hidden = places.iter().any(|i| drafts[*i].total_hidden);
            any_hidden |= hidden && period.shape != Shape::All;
            let flow = places
                .first()
                .and_then(|i| flow(&drafts[*i].table.total.tally));
            shown.push(Total {
                period,
                flow,
                hidden,
            });
        }
        if any_hidden {
            hide_trend(&mut shown, reported);
        }
        windows(&mut shown, reported, policy);
        what_is_left(&mut shown, reported, policy);
        for total in shown.iter().filter(|t| t.hidden) {
            for i in periods.get(total.period).into_iter().flatten() {
                drafts[*i].hide_total();
            }
        }
    }
}

struct Total<'a> {
    period: &'a Period,
    flow: Option<u64>,
    hidden: bool,
}

fn hide_trend(totals: &mut [Total<'_>], reported: &Period) {
    for total in totals {
        total.hidden |= place(total.period, reported) == Place::Trend;
    }
}

/// Windows, the reported one first and then newest first.
fn windows(totals: &mut [Total<'_>], reported: &Period, policy: &Policy) {
    let is_window = |t: &Total<'_>| t.period.shape == Shape::Window && !t.hidden;
    let mut order: Vec<usize> = (0..totals.len())
        .filter(|i| is_window(&totals[*i]))
        .collect();
    order.sort_by_key(|i| {
        let period = totals[*i].period;
        let newest = std::cmp::Reverse(period.end);
        (place(period, reported) != Place::Reported, newest)
    });
    let mut kept: Vec<usize> = Vec::new();
    for i in order {
        let close = kept.iter().any(|j| {
            let (a, b) = (&totals[i], &totals[*j]);
            overlap(a.period, b.period) && differ_by_few(a.flow, b.flow, policy)
        });
        if close {
            totals[i].hidden = true;
        } else {
            kept.push(i);
        }
    }
}

fn what_is_left(totals: &mut [Total<'_>], reported: &Period, policy: &Policy) {
    if few_left(totals, policy) {
        hide_trend(totals, reported);
    }
    if few_left(totals, policy) {
        for total in totals {
            total.hidden |= total.period.shape == Shape::All;
        }
    }
}

/// Whether `all`, less shown periods that do not overlap, leaves too few. Of
/// windows, each chain of those that end where the next begins is taken, and
/// each part of it that starts at its newest.
fn few_left(totals: &[Total<'_>], policy: &Policy) -> bool {
    let shown = || totals.iter().filter(|t| !t.hidden);
    let dated: Vec<&Total<'_>> = shown().filter(|t| t.period.shape != Shape::All).collect();
    shown()
        .filter(|t| t.period.shape == Shape::All)
        .filter_map(|t| t.flow)
        .any(|all| {
            dated
                .iter()
                .any(|newest| chain_leaves_few(all, newest, &dated, policy))
        })
}

fn chain_leaves_few(all: u64, newest: &Total<'_>, dated: &[&Total<'_>], policy: &Policy) -> bool {
    let mut left = all;
    let mut next = Some(newest);
    while let Some(total) = next {
        let Some(rest) = left.checked_sub(total.flow.unwrap_or(0)) else {
            return false;
        };
        left = rest;
        if policy.too_few(left) && total.flow.is_some() {
            return true;
        }
        let before = dated.iter().filter(|t| t.period.end <= total.period.start);
        next = before.max_by_key(|t| t.period.end).copied();
    }
    false
}

fn overlap(a: &Period, b: &Period) -> bool {
    a.start < b.end && b.start < a.end
}

fn differ_by_few(a: Option<u64>, b: Option<u64>, policy: &Policy) -> bool {
    a.zip(b).is_some_and(|(a, b)| policy.too_few(a.abs_diff(b)))
}

/// Hides cells that another period of the same series would give away.
///
/// Any hidden cell in a dated period hides every cell of the trend but the
/// reported period's; so do windows that overlap and differ in a cell by too
/// few. `all` keeps its cells only where what is left of it, cell by cell and
/// in the hidden cells together, withstands (`remainder`).
pub(super) fn cells(drafts: &mut [Draft], reported: &Period, policy: &Policy) {
    for line in lines(drafts, reported).values() {
        let everyone = line.dated().chain(line.all.iter().copied()).next();
        if everyone.is_none_or(|i| drafts[i].is_everyone()) {
            continue;
        }
        let hides = line.dated().any(|i| drafts[i].hides());
        if hides || windows_differ_by_few(drafts, line, policy) {
            for i in &line.trend {
                drafts[*i].hide_cells();
            }
        }
        for all in &line.all {
            let parts = Parts {
                all: &drafts[*all],
                reported: line.reported.iter().map(|i| &drafts[*i]).collect(),
                trend: line.trend.iter().map(|i| &drafts[*i]).collect(),
            };
            if !remainder::withstands(&parts, policy) {
                drafts[*all].hide_cells();
            }
        }
    }
}

fn windows_differ_by_few(drafts: &[Draft], line: &Line, policy: &Policy) -> bool {
    let windows: Vec<&Draft> = line
        .dated()
        .map(|i| &drafts[i])
        .filter(|d| d.table.period.shape == Shape::Window && !d.is_whole())
        .collect();
    windows.iter().enumerate().any(|(i, a)| {
        windows[i + 1..].iter().any(|b| {
            overlap(&a.table.period, &b.table.period)
                && a.table.cells.iter().any(|cell| {
                    let other = b.table.cells.iter().find(|c| c.group == cell.group);
                    let other = other.and_then(|c| flow(&c.tally));
                    differ_by_few(flow(&cell.tally), other, policy)
                })
        })
    })
}

/// At what precision each table's cells, and its total, leave: rounded where
/// the series has a hidden cell, or a hidden total.
pub(super) fn precisions(drafts: &[Draft]) -> Vec<(Precision, Precision)> {
    let of = |hides: bool| {
        if hides {
            Precision::Rounded
        } else {
            Precision::Exact
        }
    };
    let mut cells: BTreeMap<Series, bool> = BTreeMap::new();
    let mut totals: BTreeMap<(String, Option<String>), bool> = BTreeMap::new();
    let keys: Vec<Series> = drafts
        .iter()
        .map(|d| {
            let t = &d.table;
            (t.metric.name.clone(), t.item.clone(), t.dimensions.clone())
        })
        .collect();
    for (draft, (metric, item, dimensions)) in drafts.iter().zip(&keys) {
        let series = (metric.clone(), item.clone(), dimensions.clone());
        *cells.entry(series).or_default() |= draft.hides();
        *totals.entry((metric.clone(), item.clone())).or_default() |= draft.total_hidden;
    }
    keys.into_iter()
        .map(|key| {
            let total = (key.0.clone(), key.1.clone());
            let cells = cells.get(&key).copied().unwrap_or(true);
            let total = totals.get(&total).copied().unwrap_or(true);
            (of(cells), of(total))
        })
        .collect()
}
