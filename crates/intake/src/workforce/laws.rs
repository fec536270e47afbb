//! What holds for every staff list, tried on many.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::tests::{built, day, staff};
use crate::data::Table;
use proptest::prelude::{Strategy, any, prop, proptest};

/// Person, start, length (or open) and unit.
type Row = (u8, u16, Option<u8>, u8);

/// Small random lists.
fn lists() -> impl Strategy<Value = (Vec<Row>, Vec<u64>)> {
    let row = (0..6_u8, 0..900_u16, any::<Option<u8>>(), 0..3_u8);
    prop::collection::vec((row, any::<u64>()), 1..25).prop_map(|rows| rows.into_iter().unzip())
}

fn listed(rows: &[Row]) -> Table {
    let from = day("2023-01-01");
    let texts: Vec<[String; 4]> = rows
        .iter()
        .map(|(person, start, length, unit)| {
            let start = from.plus(i32::from(*start));
            let left = length
                .map(|l| start.plus(i32::from(l)).iso())
                .unwrap_or_default();
            [
                person.to_string(),
                start.iso(),
                left,
                format!("Unit {unit}"),
            ]
        })
        .collect();
    let rows: Vec<Vec<&str>> = texts
        .iter()
        .map(|r| r.iter().map(String::as_str).collect())
        .collect();
    staff(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter((rows, keys) in lists()) {
        let mut shuffled: Vec<_> = rows.iter().zip(keys).collect();
        shuffled.sort_by_key(|(_, key)| *key);
        let shuffled: Vec<_> = shuffled.into_iter().map(|(row, _)| *row).collect();
        let (one, counts) = built(&[listed(&rows)]);
        let (other, other_counts) = built(&[listed(&shuffled)]);
        assert_eq!(one, other);
        assert_eq!(counts.counts, other_counts.counts);
    }

    #[test]
    fn spells_of_a_person_are_apart_by_more_than_the_gap((rows, _) in lists()) {
        let (workforce, _) = built(&[listed(&rows)]);
        for pair in workforce.spells.windows(2).filter(|p| p[0].person == p[1].person) {
            let left = pair[0].leave.expect("only the last spell is open");
            assert!(pair[1].start.0 - left.0 > 30);
        }
        let known = workforce.dimensions.iter().all(|d| d.offsets.len() == workforce.people() + 1);
        assert!(known && workforce.identities.len() <= 6);
    }
}
