//! The units behind a share: who each is of, the level it has and whether it
//! hit. For laying two periods side by side person by person, within the run
//! alone: never for anything that leaves, and never a rate.

use super::catalogue::Catalogue;
use super::divide::Divide;
use super::engine::Run;
use super::header::{Body, MetricQuery};
use super::one::{Study, latest};
use super::rows::{Measures, Rows};
use super::slice::Slicing;
use super::sql::Select;
use super::window::Window;
use crate::data::Linked;
use crate::frames::{Frame, Frames};
use staywise_core::domain::{Dimension, Level, Period};
use std::collections::BTreeMap;

/// Which share, and of when.
#[derive(Clone, Copy, Debug)]
pub struct Behind<'a> {
    /// The metric's name.
    pub metric: &'a str,
    /// The item, where its tables are by item.
    pub item: Option<&'a str>,
    /// How units are divided.
    pub dimension: Option<&'a Dimension>,
    /// The earlier and the later period, as the metric counts them.
    pub periods: (&'a Period, &'a Period),
}

/// One unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// A number for its person: the same in both periods.
    pub person: u32,
    /// The place of its level; 0 where units are not divided.
    pub level: u32,
    /// Whether it hit.
    pub hit: bool,
}

/// The units of two periods, in order of person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// The levels, in order; empty where units are not divided.
    pub levels: Vec<Level>,
    /// Those of the earlier period.
    pub before: Vec<Unit>,
    /// Those of the later one.
    pub now: Vec<Unit>,
}

/// The units behind a share of two periods: the very rows that its table
/// about everyone counts. Nothing where the metric is no share, where the study
/// has not what it needs, or where its units have not the dimension.
#[must_use]
pub fn members(
    catalogue: &Catalogue,
    (linked, params): (&Linked, &BTreeMap<String, f64>),
    asked: &Behind<'_>,
) -> Option<Members> {
    let query = catalogue.get(asked.metric)?;
    let Body::Select(select) = &query.body else {
        return None;
    };
    let slicing = Slicing {
        reported: asked.periods.1.clone(),
        trend: Vec::new(),
        all: Period::all(linked.as_at),
        dimensions: asked.dimension.cloned().into_iter().collect(),
        pairs: Vec::new(),
        as_at: linked.as_at,
    };
    let study = Study {
        linked,
        slicing: &slicing,
        params,
    };
    let rows = study.all_rows((query, select), asked.item)?;
    let day = |row: usize| rows.at.get(row).copied().unwrap_or_default();
    let (divide, codes) = Divide::new(study.units(&query.metric), &slicing, &rows, &day);
    let way = divide.ways.get(1);
    if asked.dimension.is_some() && way.is_none() {
        return None;
    }
    let cells = way.and_then(|way| divide.cells(way, &codes));
    let of = |period: &Period| match &rows.measures {
        Measures::Hit(hits) => {
            let every = study.counted_in((&query.metric, &rows), period);
            let chosen = latest(&rows, &every, &divide.units).unwrap_or(every);
            let unit = |number: u32| {
                let row = usize::try_from(number).ok()?;
                Some(Unit {
                    person: *rows.person.get(row)?,
                    level: cells.as_ref().map_or(Some(0), |c| c.get(row).copied())?,
                    hit: *hits.get(row)?,
                })
            };
            Some(chosen.into_iter().filter_map(unit).collect())
        }
        Measures::Stretch { .. } => Some(stretches(query, (&rows, &divide), (linked, period))),
        _ => None,
    };
    Some(Members {
        before: of(asked.periods.0)?,
        now: of(asked.periods.1)?,
        levels: way
            .and(divide.axes.first())
            .map_or_else(Vec::new, |axis| axis.levels.clone()),
    })
}

/// Of those there when a period opens, whether each was there at its close.
fn stretches(
    query: &MetricQuery,
    (rows, divide): (&Rows, &Divide<'_>),
    (linked, period): (&Linked, &Period),
) -> Vec<Unit> {
    let window = Window {
        metric: &query.metric,
        rows,
        divide,
        as_at: linked.as_at,
    };
    let cuts = window.stayed(period);
    let places: Vec<u32> = cuts.iter().map(|cut| cut.row).collect();
    let codes = divide.codes_at(&places, &|place| cuts.get(place).map_or(0, |cut| cut.day));
    let way = divide.ways.get(1);
    let cells = way.and_then(|way| divide.cells(way, &codes));
    let unit = |(place, cut): (usize, &super::window::Cut)| {
        Some(Unit {
            person: *rows.person.get(usize::try_from(cut.row).ok()?)?,
            level: cells.as_ref().map_or(Some(0), |c| c.get(place).copied())?,
            hit: cut.hit,
        })
    };
    cuts.iter().enumerate().filter_map(unit).collect()
}

impl Study<'_> {
    /// Every row of a metric, or of one of its items.
    fn all_rows(
        self,
        (query, select): (&MetricQuery, &Select),
        item: Option<&str>,
    ) -> Option<Rows> {
        let items = &self.linked.survey.items;
        let named = item.or(query.item.as_deref());
        let index = named.and_then(|name| items.iter().position(|a| a.item.name == name));
        let run = Run {
            query,
            select,
            frames: Frames::new(self.linked, self.params),
        };
        run.ready().ok()?;
        // Answers come an item at a time.
        let place = match select.reads(Frame::Answers) {
            true => index?,
            false => 0,
        };
        let frame = run.rows(place).ok()?;
        self.read(query, &frame, index).ok()
    }
}
