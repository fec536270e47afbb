//! One metric: its query run, its rows counted for every wanted period and
//! way of dividing.

use super::contract;
use super::count::{Caption, Chosen, Mark, Numbers, marks, table};
use super::divide::Divide;
use super::engine::{Run, Stop};
use super::flows;
use super::header::MetricQuery;
use super::rows::{Measures, Rows};
use super::slice::{Outcome, Slicing, Wanted};
use super::sql::Select;
use super::stock::Stock;
use super::units::Units;
use super::window::Window;
use crate::data::Linked;
use crate::frames::{Frame, Frames};
use polars::prelude::DataFrame;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use staywise_core::domain::period::Shape;
use staywise_core::domain::{Day, Grain, Kind, Level, Metric, Period, TallyTable};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What metrics are counted on.
#[derive(Clone, Copy)]
pub(super) struct Study<'a> {
    pub linked: &'a Linked,
    pub slicing: &'a Slicing,
    pub params: &'a BTreeMap<String, f64>,
}

/// Rows that make one set of tables: all of a metric's, or one item's.
struct Batch<'a> {
    query: &'a MetricQuery,
    item: Option<&'a str>,
    rows: Rows,
}

impl<'a> Study<'a> {
    /// Counts one metric.
    pub(super) fn count(
        self,
        query: &'a MetricQuery,
        select: &'a Select,
        wanted: &[Wanted],
    ) -> Outcome {
        let (wanted, left_out_before) = self.since_leavers(&query.metric, wanted);
        let mut outcome = Outcome {
            left_out_before,
            ..Outcome::default()
        };
        match self.tables(query, select, &wanted) {
            Ok(tables) => outcome.tables = tables,
            Err(Stop::Unavailable(why)) => outcome.unavailable = Some(why),
            Err(Stop::Wrong(findings)) => outcome.findings = findings,
        }
        outcome
    }

    /// A list that has leavers only since a date lacks those who left before
    /// it: counts of people and their times in post for an earlier period
    /// would be too small, so there are none.
    fn since_leavers(self, metric: &Metric, wanted: &[Wanted]) -> (Vec<Wanted>, Option<Day>) {
        // A share over a window is of those there at its opening.
        let over_time = metric.kind == Kind::Proportion && metric.window_months.is_some();
        let counts = matches!(
            metric.kind,
            Kind::Event | Kind::Stock | Kind::Exposure | Kind::Sum
        ) || over_time;
        let since = self.linked.workforce.leavers_from;
        let Some(since) = since.filter(|_| counts && of_people(metric)) else {
            return (wanted.to_vec(), None);
        };
        let whole = |w: &&Wanted| w.period.shape == Shape::All || w.period.start >= since;
        let kept: Vec<Wanted> = wanted.iter().filter(whole).cloned().collect();
        let some_left_out = kept.len() < wanted.len();
        (kept, some_left_out.then_some(since))
    }

    fn tables(
        self,
        query: &'a MetricQuery,
        select: &'a Select,
        wanted: &[Wanted],
    ) -> Result<Vec<TallyTable>, Stop> {
        let items = &self.linked.survey.items;
        let declared = query.item.as_deref();
        let declared = match declared.map(|name| items.iter().position(|a| a.item.name == name)) {
            Some(None) => {
                let name = declared.unwrap_or_default();
                let why = format!("no survey question was recognised as `{name}`");
                return Err(Stop::Unavailable(why));
            }
            found => found.flatten(),
        };
        let run = Run {
            query,
            select,
            frames: Frames::new(self.linked, self.params),
        };
        run.ready()?;
        if !select.reads(Frame::Answers) {
            let frame = run.rows(0)?;
            let rows = self.read(query, &frame, declared)?;
            let item = None;
            return Ok(self.batch(&Batch { query, item, rows }, wanted));
        }
        self.by_item(&run, declared, wanted)
    }

    /// Answers come an item at a time, so that they never all stand in
    /// memory; they are pooled only where the query asks for no tables by
    /// item. An item of which the query returns no row has no tables.
    fn by_item(
        self,
        run: &Run<'a>,
        declared: Option<usize>,
        wanted: &[Wanted],
    ) -> Result<Vec<TallyTable>, Stop> {
        let (query, items) = (run.query, &self.linked.survey.items);
        let one = |index: usize| -> Result<_, Stop> {
            let frame = run.rows(index)?;
            if !contract::item_by_item(frame.schema()) {
                return Ok((Vec::new(), Some(frame)));
            }
            if frame.height() == 0 {
                return Ok((Vec::new(), None));
            }
            let rows = self.read(query, &frame, Some(index))?;
            let item = items.get(index).map(|a| a.item.name.as_str());
            Ok((self.batch(&Batch { query, item, rows }, wanted), None))
        };
        let only = |index: &usize| declared.is_none_or(|d| d == *index);
        let indices: Vec<usize> = (0..items.len()).filter(only).collect();
        let all: Vec<Result<_, Stop>> = indices.into_par_iter().map(one).collect();
        let (mut tables, mut pooled) = (Vec::new(), None::<DataFrame>);
        for made in all {
            let (of_item, frame) = made?;
            tables.extend(of_item);
            pooled = match (pooled, frame) {
                (Some(before), Some(frame)) => before.vstack(&frame).ok(),
                (before, frame) => before.or(frame),
            };
        }
        if let Some(frame) = pooled {
            let rows = self.read(query, &frame, declared)?;
            let item = None;
            tables = self.batch(&Batch { query, item, rows }, wanted);
        } else if tables.is_empty() {
            let why = "no survey question has an answer that it counts".to_owned();
            return Err(Stop::Unavailable(why));
        }
        Ok(tables)
    }

    pub(super) fn units(self, metric: &Metric) -> Units<'a> {
        Units {
            linked: self.linked,
            grain: metric.grain,
        }
    }

    /// `item` is whose scale orders the answers of a distribution.
    pub(super) fn read(
        self,
        query: &MetricQuery,
        frame: &DataFrame,
        item: Option<usize>,
    ) -> Result<Rows, Stop> {
        let item = item.and_then(|index| self.linked.survey.items.get(index));
        let levels = item.map(|answers| {
            let levels = answers.item.scale.levels.iter();
            levels.map(|l| Level::new(&l.label)).collect::<Vec<_>>()
        });
        let units = self.units(&query.metric);
        Rows::read(query, frame, &units, levels.as_deref()).map_err(Stop::Wrong)
    }

    fn batch(self, batch: &Batch<'a>, wanted: &[Wanted]) -> Vec<TallyTable> {
        let metric = &batch.query.metric;
        let rows = &batch.rows;
        if metric.grain == Grain::Flow {
            return flows::tables((metric, rows), &self.linked.flows, self.slicing, wanted);
        }
        let as_at = self.slicing.as_at;
        let stock = metric.kind == Kind::Stock;
        let day = |row: usize| match stock {
            true => as_at.0,
            false => rows.at.get(row).copied().unwrap_or_default(),
        };
        let (divide, codes) = Divide::new(self.units(metric), self.slicing, rows, &day);
        if stock {
            let stock = Stock {
                metric,
                rows,
                divide: &divide,
                as_at,
            };
            return stock.tables(wanted);
        }
        if matches!(rows.measures, Measures::Stretch { .. }) {
            let window = Window {
                metric,
                rows,
                divide: &divide,
                as_at,
            };
            return window.tables(wanted);
        }
        let ways = divide.ways.iter();
        let cells: Vec<Option<Cow<'_, [u32]>>> =
            ways.map(|way| divide.cells(way, &codes)).collect();
        let periods: Vec<Chapter<'_>> = wanted
            .iter()
            .map(|want| self.chapter(batch, &divide, want))
            .collect();
        let mut tables = Vec::new();
        for chapter in &periods {
            for (way, cells) in divide.ways.iter().zip(&cells) {
                if chapter.want.pairs || way.axes.len() < 2 {
                    let chosen = chapter.chosen(rows, way.by_wave, cells.as_deref());
                    let counted = chosen.count(way.size, rows.answers.len());
                    tables.push(table(&divide, way, &chapter.caption, counted));
                }
            }
        }
        tables
    }

    fn chapter<'b>(
        self,
        batch: &'b Batch<'a>,
        divide: &Divide<'_>,
        want: &'b Wanted,
    ) -> Chapter<'b> {
        let rows = &batch.rows;
        let metric = &batch.query.metric;
        let every = self.counted_in((metric, rows), &want.period);
        let latest = latest(rows, &every, &divide.units);
        let everything = want.period.shape == Shape::All;
        let not_yet_due = (everything && metric.horizon_months.is_some()).then(|| {
            let later = rows.at.iter().filter(|at| **at > self.slicing.as_at.0);
            u64::try_from(later.count()).unwrap_or(u64::MAX)
        });
        Chapter {
            marks: marks(rows, &every),
            latest: latest.map(|numbers| Numbers::new(rows, numbers)),
            every: Numbers::new(rows, every),
            want,
            caption: Caption {
                metric,
                period: &want.period,
                item: batch.item,
                answers: &rows.answers,
                not_yet_due,
            },
        }
    }

    /// The rows whose day falls in a period, and not past the as-at date. Of
    /// people who started before leavers are listed only those who stayed are
    /// known, so that events of all time are counted from that date on.
    pub(super) fn counted_in(self, (metric, rows): (&Metric, &Rows), period: &Period) -> Vec<u32> {
        let (start, end) = (period.start.0, period.end.min(self.slicing.as_at.plus(1)).0);
        let since = self.linked.workforce.leavers_from;
        let since = since.filter(|_| metric.kind == Kind::Event && of_people(metric));
        let start = since.map_or(start, |since| start.max(since.0));
        let days = rows.at.iter().enumerate();
        days.filter(|(_, at)| start <= **at && **at < end)
            .filter_map(|(row, _)| u32::try_from(row).ok())
            .collect()
    }
}

/// Whether what a metric counts rests on the staff list.
fn of_people(metric: &Metric) -> bool {
    matches!(metric.grain, Grain::Person | Grain::Spell | Grain::Post)
}

/// One period of one batch.
struct Chapter<'a> {
    want: &'a Wanted,
    caption: Caption<'a>,
    /// Every row of the period.
    every: Numbers,
    /// Those of each person's latest response; none where rows are not of
    /// responses.
    latest: Option<Numbers>,
    marks: Vec<Mark>,
}

impl Chapter<'_> {
    fn chosen<'b>(&'b self, rows: &'b Rows, by_wave: bool, cells: Option<&'b [u32]>) -> Chosen<'b> {
        let latest = self.latest.as_ref().filter(|_| !by_wave);
        Chosen {
            rows,
            numbers: latest.unwrap_or(&self.every),
            cells,
            marks: &self.marks,
        }
    }
}

/// Of the rows of a period, those of each person's latest response among
/// them; answers follow their response. Rows stand in order of person.
pub(super) fn latest(rows: &Rows, numbers: &[u32], units: &Units<'_>) -> Option<Vec<u32>> {
    if !matches!(units.grain, Grain::Response | Grain::Answer) {
        return None;
    }
    let place = |number: &u32| usize::try_from(*number).unwrap_or(usize::MAX);
    let person = |number: &u32| rows.person.get(place(number)).copied();
    let given = |number: &u32| {
        let key = rows.key.get(place(number)).copied();
        key.and_then(|k| units.response(k)).map(|r| units.given(r))
    };
    let mut kept = Vec::with_capacity(numbers.len());
    for of_person in numbers.chunk_by(|a, b| person(a) == person(b)) {
        if of_person.len() > 1 {
            let last = of_person.iter().map(given).max().flatten();
            kept.extend(of_person.iter().filter(|n| given(n) == last));
        } else {
            kept.extend(of_person);
        }
    }
    Some(kept)
}
