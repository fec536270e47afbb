//! Published flows into tables. A flow of a level that stands for a whole
//! dimension (all staff groups, England) is the total of others, so that each
//! way of dividing takes the totals of what it does not divide by and the
//! parts of what it does, of one publication: no flow is ever added to what it
//! is part of. Sums what was published; estimates nothing.

use super::rows::{Measures, Rows};
use super::slice::{Slicing, Wanted};
use crate::data::PublishedFlows;
use crate::data::beside::{FlowDimension, OF_NONE};
use staywise_core::domain::{Cell, Dimension, Group, Level, Metric, Period, Tally, TallyTable};
use std::collections::BTreeMap;

/// The tables of a metric, by the periods that flows were published for.
pub(super) fn tables(
    (metric, rows): (&Metric, &Rows),
    published: &PublishedFlows,
    slicing: &Slicing,
    wanted: &[Wanted],
) -> Vec<TallyTable> {
    let Measures::Published(amounts) = &rows.measures else {
        return Vec::new();
    };
    let flows = Flows {
        metric,
        published,
        amounts: rows
            .key
            .iter()
            .copied()
            .zip(amounts.iter().copied())
            .collect(),
    };
    let mut made = Vec::new();
    for want in wanted {
        let all = flows.of(&want.period);
        let Some(everyone) = flows.chosen(&all, &[]) else {
            continue;
        };
        let total = flows.sum(Group::everyone(), &everyone);
        made.push(flows.table(&want.period, &[], (vec![total.clone()], &total)));
        for way in flows.ways(slicing, want.pairs) {
            if let Some(chosen) = flows.chosen(&all, &way) {
                let cells = flows.cells(&chosen, &way);
                made.push(flows.table(&want.period, &way, (cells, &total)));
            }
        }
    }
    made
}

/// What is counted: by flow, what the query gives for it.
struct Flows<'a> {
    metric: &'a Metric,
    published: &'a PublishedFlows,
    amounts: BTreeMap<u32, Option<i64>>,
}

/// Flows by their place.
type Places = Vec<usize>;

impl<'a> Flows<'a> {
    /// The flows of a period, table by table.
    fn of(&self, period: &Period) -> BTreeMap<u32, Places> {
        let mut tables: BTreeMap<u32, Places> = BTreeMap::new();
        for (place, flow) in self.published.flows.iter().enumerate() {
            if flow.from == period.start && flow.to == period.last() {
                tables.entry(flow.table).or_default().push(place);
            }
        }
        tables
    }

    /// The ways of dividing that the study asks for: one dimension, then two.
    fn ways(&self, slicing: &Slicing, pairs: bool) -> Vec<Vec<&'a FlowDimension>> {
        let find = |wanted: &Dimension| {
            let mut all = self.published.dimensions.iter();
            all.find(|d| d.coded.dimension == *wanted)
        };
        let single = slicing.dimensions.iter();
        let mut ways: Vec<_> = single.filter_map(|d| Some(vec![find(d)?])).collect();
        let both = slicing.pairs.iter().filter(|(a, b)| pairs && a != b);
        ways.extend(both.filter_map(|(a, b)| Some(vec![find(a)?, find(b)?])));
        ways
    }

    /// The flows that a way of dividing adds up, of one table: that which
    /// follows most people and then that of the fewest flows. None where no
    /// table divides so.
    fn chosen(&self, tables: &BTreeMap<u32, Places>, way: &[&FlowDimension]) -> Option<Places> {
        let mut best: Option<(i64, Places)> = None;
        for places in tables.values() {
            let fit = self.fitting(places, way);
            let people = self.people(&fit);
            let better = best.as_ref().is_none_or(|(most, chosen)| {
                people > *most || people == *most && fit.len() < chosen.len()
            });
            if better && !fit.is_empty() {
                best = Some((people, fit));
            }
        }
        best.map(|(_, places)| places)
    }

    /// Of one table's flows those whose every dimension is divided by and a
    /// part, or not divided by and the whole; the parts where the table has no
    /// whole of it.
    fn fitting(&self, places: &[usize], way: &[&FlowDimension]) -> Places {
        let divides = |d: &FlowDimension| way.iter().any(|axis| std::ptr::eq(*axis, d));
        let totalled = |d: &&FlowDimension| places.iter().any(|p| is_whole(d, *p));
        let dimensions = self.published.dimensions.iter();
        let rolled: Vec<&FlowDimension> = dimensions.filter(totalled).collect();
        let fits = |place: &&usize| {
            way.iter().all(|d| code(d, **place).is_some())
                && rolled.iter().all(|d| is_whole(d, **place) != divides(d))
        };
        places.iter().filter(fits).copied().collect()
    }

    /// How many people some flows follow.
    fn people(&self, places: &[usize]) -> i64 {
        let of = |place: &usize| {
            let flow = self.published.flows.get(*place)?;
            flow.closing.or(flow.opening)
        };
        places.iter().filter_map(of).fold(0, i64::saturating_add)
    }

    /// A cell for each group that was published, in printing order.
    fn cells(&self, chosen: &[usize], way: &[&FlowDimension]) -> Vec<Cell> {
        let mut groups: BTreeMap<Vec<usize>, Places> = BTreeMap::new();
        for place in chosen {
            let codes: Option<Vec<usize>> = way.iter().map(|d| code(d, *place)).collect();
            if let Some(codes) = codes {
                groups.entry(codes).or_default().push(*place);
            }
        }
        let cell = |(codes, places): (&Vec<usize>, &Places)| {
            let part = |at: usize| -> Option<(&Dimension, &Level)> {
                let coded = &way.get(at)?.coded;
                Some((&coded.dimension, coded.levels.get(*codes.get(at)?)?))
            };
            let group = match (part(0)?, part(1)) {
                ((dimension, level), None) => Group::one(dimension, level),
                (first, Some(second)) => Group::pair(first, second),
            };
            Some(self.sum(group, places))
        };
        groups.iter().filter_map(cell).collect()
    }

    /// The sum of some flows; of none of them where one is not given. Flows
    /// that the query leaves out are no part of it.
    fn sum(&self, group: Group, places: &[usize]) -> Cell {
        let key = |place: &usize| u32::try_from(*place).ok();
        let asked = places.iter().filter_map(|p| self.amounts.get(&key(p)?));
        let given: Option<Vec<i64>> = asked.copied().collect();
        let given = given.unwrap_or_default();
        Cell {
            group,
            tally: Tally::Sum {
                n: u64::try_from(given.len()).unwrap_or(u64::MAX),
                total: given.into_iter().map(i128::from).sum(),
            },
            // Who they are nobody here knows.
            persons: None,
        }
    }

    fn table(
        &self,
        period: &Period,
        way: &[&FlowDimension],
        (cells, total): (Vec<Cell>, &Cell),
    ) -> TallyTable {
        TallyTable {
            metric: self.metric.clone(),
            period: period.clone(),
            dimensions: way.iter().map(|d| d.coded.dimension.clone()).collect(),
            item: None,
            answers: Vec::new(),
            cells,
            // As published, not what the parts come to: they need not add up.
            total: total.clone(),
            not_yet_due: None,
        }
    }
}

/// The level of a flow; none where its table does not divide so.
fn code(dimension: &FlowDimension, place: usize) -> Option<usize> {
    let code = dimension.coded.codes.get(place)?;
    (*code != OF_NONE).then_some(usize::try_from(*code).ok()?)
}

/// Whether a flow's level stands for all of a dimension.
fn is_whole(dimension: &FlowDimension, place: usize) -> bool {
    let whole = code(dimension, place).and_then(|code| dimension.whole.get(code));
    whole == Some(&true)
}
