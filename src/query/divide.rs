//! The ways in which units are divided: not at all, by one dimension, by a
//! pair. Says which cell a unit falls in; counts nothing.

use super::rows::Rows;
use super::slice::Slicing;
use super::units::{Lookup, Units, Who};
use staywise_core::domain::{Dimension, Group, Level};

/// The level of units that belong to no known person, where the dimension is
/// one of people.
const NOT_LINKED: &str = "Not linked";

/// A dimension with its levels as these units have them.
pub(super) struct Axis<'a> {
    pub dimension: Dimension,
    pub levels: Vec<Level>,
    lookup: Lookup<'a>,
    /// The level of units that have none.
    none: u32,
}

/// One way of dividing: by none, one or two of the axes.
pub(super) struct Way {
    pub axes: Vec<usize>,
    /// How many cells it has.
    pub size: usize,
    /// Whether the wave is one of the axes: a person answers once a wave, so
    /// every response counts.
    pub by_wave: bool,
}

/// The axes and ways of one metric.
pub(super) struct Divide<'a> {
    pub units: Units<'a>,
    pub axes: Vec<Axis<'a>>,
    pub ways: Vec<Way>,
}

impl<'a> Divide<'a> {
    /// The ways that these units can be divided in. `day` is when levels are
    /// looked up, by row.
    pub(super) fn new(
        units: Units<'a>,
        slicing: &Slicing,
        rows: &Rows,
        day: &dyn Fn(usize) -> i32,
    ) -> Self {
        let mut wanted: Vec<&Dimension> = slicing.dimensions.iter().collect();
        for dimension in slicing.pairs.iter().flat_map(|(a, b)| [a, b]) {
            if !wanted.contains(&dimension) {
                wanted.push(dimension);
            }
        }
        let mut divide = Self {
            units,
            axes: Vec::new(),
            ways: Vec::new(),
        };
        for dimension in wanted {
            if let Some(lookup) = units.dimension(dimension) {
                let axis = divide.axis(dimension, lookup, (rows, day));
                divide.axes.push(axis);
            }
        }
        divide.ways = divide.all_ways(slicing);
        divide
    }

    fn axis(
        &self,
        dimension: &Dimension,
        lookup: Lookup<'a>,
        rows: (&Rows, &dyn Fn(usize) -> i32),
    ) -> Axis<'a> {
        let mut levels = lookup.levels.to_vec();
        let (rows, day) = rows;
        let nowhere = |row: usize| lookup.code(self.who(rows, row), day(row)).is_none();
        let named = levels.iter().position(|l| l.as_str() == NOT_LINKED);
        let none = named.unwrap_or(levels.len());
        if named.is_none() && (0..rows.len()).any(nowhere) {
            levels.push(Level::new(NOT_LINKED));
        }
        Axis {
            dimension: dimension.clone(),
            levels,
            lookup,
            none: u32::try_from(none).unwrap_or(u32::MAX),
        }
    }

    fn all_ways(&self, slicing: &Slicing) -> Vec<Way> {
        let find = |d: &Dimension| self.axes.iter().position(|a| a.dimension == *d);
        let mut ways = vec![Vec::new()];
        ways.extend(
            slicing
                .dimensions
                .iter()
                .filter_map(|d| Some(vec![find(d)?])),
        );
        let pairs = slicing.pairs.iter().filter(|(a, b)| a != b);
        ways.extend(pairs.filter_map(|(a, b)| Some(vec![find(a)?, find(b)?])));
        ways.into_iter()
            .map(|axes| {
                let of = |axis: &usize| self.axes.get(*axis);
                Way {
                    size: axes.iter().filter_map(of).map(|a| a.levels.len()).product(),
                    by_wave: axes
                        .iter()
                        .filter_map(of)
                        .any(|a| a.dimension.as_str() == "wave"),
                    axes,
                }
            })
            .filter(|way| way.size > 0)
            .collect()
    }

    fn who(&self, rows: &Rows, row: usize) -> Who {
        let key = rows.key.get(row).copied().unwrap_or(u32::MAX);
        Who {
            person: rows.person.get(row).copied().unwrap_or(u32::MAX),
            unit: self.units.response(key).unwrap_or(key),
        }
    }

    /// For each axis the level of each of the rows `chosen`, on its day.
    pub(super) fn codes(&self, rows: &Rows, chosen: &[u32], day: &dyn Fn(usize) -> i32) -> Codes {
        let of = |axis: &Axis<'_>| {
            let code = |row: &u32| {
                let row = usize::try_from(*row).unwrap_or(usize::MAX);
                let code = axis.lookup.code(self.who(rows, row), day(row));
                code.unwrap_or(axis.none)
            };
            chosen.iter().map(code).collect()
        };
        Codes(self.axes.iter().map(of).collect())
    }

    /// Whom each cell of a way counts, in order.
    pub(super) fn groups(&self, way: &Way) -> Vec<Group> {
        let axis = |place: usize| way.axes.get(place).and_then(|a| self.axes.get(*a));
        match (axis(0), axis(1)) {
            (None, _) => vec![Group::everyone()],
            (Some(a), None) => {
                let one = |level| Group::one(&a.dimension, level);
                a.levels.iter().map(one).collect()
            }
            (Some(a), Some(b)) => {
                let row = |first| {
                    let pair =
                        move |second| Group::pair((&a.dimension, first), (&b.dimension, second));
                    b.levels.iter().map(pair)
                };
                a.levels.iter().flat_map(row).collect()
            }
        }
    }

    /// The dimensions of a way.
    pub(super) fn dimensions(&self, way: &Way) -> Vec<Dimension> {
        let axis = |a: &usize| self.axes.get(*a).map(|a| a.dimension.clone());
        way.axes.iter().filter_map(axis).collect()
    }

    /// The cell of each row of `codes` under a way.
    pub(super) fn cells(&self, way: &Way, codes: &Codes) -> Option<Vec<u32>> {
        let of = |place: usize| way.axes.get(place).and_then(|a| codes.0.get(*a));
        let (first, second) = (of(0)?, of(1));
        let Some(second) = second else {
            return Some(first.clone());
        };
        let width = way.axes.get(1).and_then(|a| self.axes.get(*a));
        let width = u32::try_from(width?.levels.len()).ok()?;
        let cell = |(a, b): (&u32, &u32)| a * width + b;
        Some(first.iter().zip(second).map(cell).collect())
    }
}

/// For each axis, the level of each row.
pub(super) struct Codes(Vec<Vec<u32>>);
