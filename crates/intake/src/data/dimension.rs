//! Levels as codes: for units that have one level, and for people whose level
//! changes over time.

use staywise_core::domain::{Day, Dimension, Level};

/// One level a unit: `codes[unit]` indexes `levels`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The dimension.
    pub dimension: Dimension,
    /// Its levels, in printing order.
    pub levels: Vec<Level>,
    /// Level by unit.
    pub codes: Vec<u32>,
}

/// Levels of people over time: for each person one or more stretches, each
/// from a day on until the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The dimension.
    pub dimension: Dimension,
    /// Its levels, in printing order.
    pub levels: Vec<Level>,
    /// `offsets[person]..offsets[person + 1]` are that person's stretches.
    pub offsets: Vec<u32>,
    /// First day of each stretch, ascending within a person.
    pub from: Vec<i32>,
    /// Level of each stretch.
    pub codes: Vec<u32>,
}

impl History {
    /// The level of a person on a day: that of the last stretch begun by
    /// then, or of the first where none had. Nothing for an unknown person.
    #[must_use]
    pub fn at(&self, person: u32, day: Day) -> Option<u32> {
        let person = usize::try_from(person).ok()?;
        let first = usize::try_from(*self.offsets.get(person)?).ok()?;
        let end = usize::try_from(*self.offsets.get(person + 1)?).ok()?;
        let stretches = self.from.get(first..end)?;
        let begun = stretches.partition_point(|from| *from <= day.0);
        self.codes.get(first + begun.saturating_sub(1)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Dimension, History, Level};

    #[test]
    fn a_rotation_counts_where_the_person_was_then() {
        let site = History {
            dimension: Dimension::new("site"),
            levels: vec![Level::new("North"), Level::new("South")],
            offsets: vec![0, 2, 3],
            from: vec![100, 200, 50],
            codes: vec![0, 1, 1],
        };
        let at = |person, day| site.at(person, Day(day));
        assert_eq!(
            (at(0, 99), at(0, 199), at(0, 200)),
            (Some(0), Some(0), Some(1))
        );
        assert_eq!((at(1, 60), at(2, 60)), (Some(1), None));
    }
}
