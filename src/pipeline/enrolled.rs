//! The preceptorship that belongs to a time in post: the first one begun from
//! a year before the clock starts until the time in post ends. Counts nothing
//! and judges nothing.

use crate::data::{Preceptorship, Workforce};
use staywise_core::domain::Day;

/// How long before the clock starts somebody may have enrolled.
const EARLIEST: i32 = -365;

/// Everybody's preceptorships, by person and day.
pub(super) struct Enrolments<'a> {
    by_start: Vec<(u32, Day, &'a Preceptorship)>,
}

impl<'a> Enrolments<'a> {
    pub(super) fn of(workforce: &'a Workforce) -> Self {
        let all = workforce.preceptorships.iter();
        let mut by_start: Vec<_> = all.filter_map(|p| Some((p.person?, p.start?, p))).collect();
        // Two begun on one day stay in the order of the register.
        by_start.sort_by_key(|(person, start, _)| (*person, *start));
        Self { by_start }
    }

    /// The first of a person's that belongs to the time in post from `zero`
    /// to `until`.
    pub(super) fn first(
        &self,
        person: u32,
        (zero, until): (Day, Day),
    ) -> Option<&'a Preceptorship> {
        let earliest = (person, zero.plus(EARLIEST));
        let from = self
            .by_start
            .partition_point(|(person, start, _)| (*person, *start) < earliest);
        let (own, start, found) = self.by_start.get(from)?;
        (*own == person && *start <= until).then_some(*found)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Enrolments;
    use crate::data::{Preceptorship, Workforce};
    use staywise_core::domain::Day;

    #[test]
    fn the_first_from_a_year_before_until_the_end_belongs_to_a_time_in_post() {
        let begun = |person, day| Preceptorship {
            person: Some(person),
            start: Some(Day(day)),
            ..Preceptorship::default()
        };
        let workforce = Workforce {
            preceptorships: vec![
                begun(0, 1200),
                begun(0, 635),
                begun(0, 634),
                begun(1, 2001),
                begun(2, 1000),
            ],
            ..Workforce::default()
        };
        let all = Enrolments::of(&workforce);
        let first = |person| {
            let found = all.first(person, (Day(1000), Day(2000)));
            found.and_then(|p| p.start)
        };
        assert_eq!(
            first(0),
            Some(Day(635)),
            "a year before, and not a day more"
        );
        assert_eq!(first(1), None, "begun after the end");
        assert_eq!(first(2), Some(Day(1000)));
        assert_eq!(first(3), None);
    }
}
