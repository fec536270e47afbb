//! Ratios from the tables of their parts: the same period, the same way of
//! dividing, cell by cell. Runs no query.

use super::compose::{Composition, Edge, Part};
use staywise_core::domain::{Cell, Dimension, Grain, Group, Metric, Period, Tally, TallyTable};
use std::collections::BTreeSet;

/// One part's count in one group, with the people behind it.
fn count(part: &Part, cell: &Cell) -> Option<(u64, u64)> {
    let (count, units) = match (&cell.tally, part.edge) {
        (Tally::Event { n }, Edge::During) => (*n, *n),
        (Tally::Sum { n, total }, Edge::During) => (u64::try_from(*total).ok()?, *n),
        (Tally::Stock { opening, .. }, Edge::Start) => (*opening, *opening),
        (Tally::Stock { closing, .. }, Edge::End) => (*closing, *closing),
        (
            Tally::Amounts {
                opening,
                opening_amount,
                ..
            },
            Edge::Start,
        ) => (*opening_amount, *opening),
        (
            Tally::Amounts {
                closing,
                closing_amount,
                ..
            },
            Edge::End,
        ) => (*closing_amount, *closing),
        _ => return None,
    };
    Some((count, cell.persons.unwrap_or(units).min(units)))
}

/// One part's count in one group, of published flows; nothing where it is not
/// given, or is no count of people.
fn given(cell: &Cell) -> Option<u64> {
    match cell.tally {
        Tally::Sum { n, total } if n > 0 => u64::try_from(total).ok(),
        _ => None,
    }
}

/// A count, and the table it is in.
type Side<'a> = (Part, &'a TallyTable);

/// The tables of a ratio for its periods. `parts` gives the tables of a
/// metric by name.
pub(super) fn tables<'a>(
    metric: &Metric,
    composition: &'a Composition,
    periods: &[Period],
    parts: &dyn Fn(&str) -> &'a [TallyTable],
) -> Vec<TallyTable> {
    let mut made = Vec::new();
    for period in periods {
        let counts = composition.parts().flat_map(|part| part.counts(period));
        let counts: Vec<(Part, Period)> = counts.collect();
        let Some((below, when)) = counts.get(1) else {
            continue;
        };
        let mut seen: BTreeSet<&[Dimension]> = BTreeSet::new();
        let ways = parts(&below.metric).iter();
        for way in ways.filter(|t| t.period == *when) {
            if !seen.insert(&way.dimensions) {
                continue;
            }
            let side = |(part, when): &(Part, Period)| {
                let fits = |t: &&TallyTable| t.period == *when && t.dimensions == way.dimensions;
                Some((part.clone(), parts(&part.metric).iter().find(fits)?))
            };
            let sides: Option<Vec<Side<'_>>> = counts.iter().map(side).collect();
            made.extend(sides.and_then(|sides| table(metric, period, &sides)));
        }
    }
    made
}

fn table(metric: &Metric, period: &Period, sides: &[Side<'_>]) -> Option<TallyTable> {
    let (_, first) = sides.get(1)?;
    let published = metric.grain == Grain::Flow;
    // Below the line first: its order is that of the dimension. A group that
    // only the others have comes after.
    let mut groups: Vec<&Group> = Vec::new();
    for (_, table) in sides.iter().skip(1).chain(sides.first()) {
        for cell in &table.cells {
            if !groups.contains(&&cell.group) {
                groups.push(&cell.group);
            }
        }
    }
    let cell_of =
        |table: &TallyTable, group: &Group| table.cells.iter().find(|c| c.group == *group).cloned();
    let measured = sides
        .iter()
        .any(|(_, t)| matches!(t.total.tally, Tally::Amounts { .. } | Tally::Sum { .. }));
    let in_group = |group: &Group| {
        if published {
            let of = |(_, table): &Side<'_>| cell_of(table, group).and_then(|c| given(&c));
            return Some(of_published(group.clone(), sides.iter().map(of).collect()));
        }
        let of = |(part, table): &Side<'_>| {
            let cell = table.cells.iter().find(|c| c.group == *group);
            cell.map_or(Some((0, 0)), |cell| count(part, cell))
        };
        let counts: Option<Vec<_>> = sides.iter().map(of).collect();
        ratio(group.clone(), &counts?, measured)
    };
    let total = if published {
        let of = |(_, table): &Side<'_>| given(&table.total);
        of_published(Group::everyone(), sides.iter().map(of).collect())
    } else {
        let of = |(part, table): &Side<'_>| count(part, &table.total);
        ratio(
            Group::everyone(),
            &sides.iter().map(of).collect::<Option<Vec<_>>>()?,
            measured,
        )?
    };
    Some(TallyTable {
        metric: metric.clone(),
        period: period.clone(),
        dimensions: first.dimensions.clone(),
        item: None,
        answers: Vec::new(),
        cells: groups.into_iter().map(in_group).collect::<Option<_>>()?,
        total,
        not_yet_due: None,
    })
}

/// A ratio of published counts, with nobody behind it; of nothing over nothing
/// where one of them is not given.
fn of_published(group: Group, counts: Option<Vec<u64>>) -> Cell {
    let counts = counts.unwrap_or_default();
    let (above, below) = counts.split_first().unwrap_or((&0, &[]));
    Cell {
        group,
        tally: Tally::Ratio {
            numerator: *above,
            denominator: below.iter().sum(),
            parts: u64::try_from(below.len()).unwrap_or(u64::MAX),
            smallest: counts.iter().copied().filter(|n| *n > 0).min().unwrap_or(0),
        },
        persons: None,
    }
}

/// The numerator's count first, then those below the line; `measured` where
/// they are amounts and not units.
fn ratio(group: Group, counts: &[(u64, u64)], measured: bool) -> Option<Cell> {
    let ((numerator, _), below) = counts.split_first()?;
    let smallest = |of: fn(&(u64, u64)) -> u64| {
        let all = counts.iter().map(of).filter(|n| *n > 0);
        all.min().unwrap_or(0)
    };
    let numerator = *numerator;
    let denominator = below.iter().map(|(n, _)| n).sum();
    let parts = u64::try_from(below.len()).ok()?;
    let persons = smallest(|(_, persons)| *persons);
    let tally = match measured {
        true => Tally::AmountRatio {
            numerator,
            denominator,
            parts,
            smallest: persons,
        },
        false => Tally::Ratio {
            numerator,
            denominator,
            parts,
            smallest: smallest(|(n, _)| *n),
        },
    };
    Some(Cell {
        group,
        tally,
        persons: Some(persons),
    })
}
