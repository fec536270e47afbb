//! The ways in which units are divided: not at all, by one dimension, by a
//! pair. Says which cell a unit falls in; counts nothing.

use super::rows::Rows;
use super::slice::Slicing;
use super::units::{Lookup, Units, Whom};
use staywise_core::domain::{Dimension, Group, Level};
use std::borrow::Cow;

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

/// The axes and ways of one metric's rows.
pub(super) struct Divide<'a> {
    pub units: Units<'a>,
    rows: &'a Rows,
    pub axes: Vec<Axis<'a>>,
    pub ways: Vec<Way>,
}

impl<'a> Divide<'a> {
    /// The ways that these rows can be divided in, and the level of every row
    /// on its `day`.
    pub(super) fn new(
        units: Units<'a>,
        slicing: &Slicing,
        rows: &'a Rows,
        day: &dyn Fn(usize) -> i32,
    ) -> (Self, Codes) {
        let mut wanted: Vec<&Dimension> = slicing.dimensions.iter().collect();
        for dimension in slicing.pairs.iter().flat_map(|(a, b)| [a, b]) {
            if !wanted.contains(&dimension) {
                wanted.push(dimension);
            }
        }
        let axes = wanted.into_iter().filter_map(|dimension| {
            let lookup = units.dimension(dimension)?;
            let mut levels = lookup.levels.iter();
            let named = levels.position(|l| l.as_str() == NOT_LINKED);
            let none = named.unwrap_or(lookup.levels.len());
            Some(Axis {
                dimension: dimension.clone(),
                levels: lookup.levels.to_vec(),
                lookup,
                none: u32::try_from(none).unwrap_or(u32::MAX),
            })
        });
        let unit = |key: &u32| units.response(*key).unwrap_or(*key);
        let mut divide = Self {
            units,
            rows,
            axes: axes.collect(),
            ways: Vec::new(),
        };
        let whom = Whom {
            person: rows.person.clone(),
            unit: rows.key.iter().map(unit).collect(),
        };
        let codes = divide.codes(&whom, day);
        for (axis, codes) in divide.axes.iter_mut().zip(&codes.0) {
            let beyond = usize::try_from(axis.none) == Ok(axis.levels.len());
            if beyond && codes.contains(&axis.none) {
                axis.levels.push(Level::new(NOT_LINKED));
            }
        }
        divide.ways = divide.all_ways(slicing);
        (divide, codes)
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

    /// For each axis the level of each of the rows `chosen`, all on one day.
    pub(super) fn codes_on(&self, chosen: &[u32], day: i32) -> Codes {
        self.codes_at(chosen, &|_| day)
    }

    /// The same, each on a day of its own, by its place among the chosen.
    pub(super) fn codes_at(&self, chosen: &[u32], day: &dyn Fn(usize) -> i32) -> Codes {
        let pick = |values: &[u32]| {
            let of = |row: &u32| values.get(usize::try_from(*row).ok()?).copied();
            chosen.iter().filter_map(of).collect()
        };
        let whom = Whom {
            person: pick(&self.rows.person),
            unit: Vec::new(),
        };
        self.codes(&whom, day)
    }

    fn codes(&self, whom: &Whom, day: &dyn Fn(usize) -> i32) -> Codes {
        let of = |axis: &Axis<'_>| axis.lookup.codes(whom, day, axis.none);
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

    /// The cell of each row of `codes` under a way; nothing where there is
    /// one cell.
    pub(super) fn cells<'c>(&self, way: &Way, codes: &'c Codes) -> Option<Cow<'c, [u32]>> {
        let of = |place: usize| way.axes.get(place).and_then(|a| codes.0.get(*a));
        let (first, second) = (of(0)?, of(1));
        let Some(second) = second else {
            return Some(Cow::Borrowed(first));
        };
        let width = way.axes.get(1).and_then(|a| self.axes.get(*a));
        let width = u32::try_from(width?.levels.len()).ok()?;
        let cell = |(a, b): (&u32, &u32)| a * width + b;
        Some(first.iter().zip(second).map(cell).collect())
    }
}

/// For each axis, the level of each row.
pub(super) struct Codes(Vec<Vec<u32>>);
