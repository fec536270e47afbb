//! Rows in order of person, so that distinct people can be counted in one
//! pass. Knows nothing of measures.

/// Row numbers in order of person, then key. People are dense numbers, so
/// they are counted into place.
pub(super) fn by_person(person: &[u32], key: &[u32]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..key.len()).collect();
    if !key.is_sorted() {
        rows.sort_unstable_by_key(|row| key.get(*row));
    }
    let place = |row: usize| person.get(row).and_then(|p| usize::try_from(*p).ok());
    let last = person.iter().max().and_then(|p| usize::try_from(*p).ok());
    let mut starts = vec![0_usize; last.map_or(0, |p| p + 2)];
    for row in 0..key.len() {
        if let Some(next) = place(row).and_then(|p| starts.get_mut(p + 1)) {
            *next += 1;
        }
    }
    let mut before = 0;
    for start in &mut starts {
        before += *start;
        *start = before;
    }
    let mut order = vec![0; rows.len()];
    for row in rows {
        let Some(start) = place(row).and_then(|p| starts.get_mut(p)) else {
            continue;
        };
        if let Some(slot) = order.get_mut(*start) {
            *slot = row;
        }
        *start += 1;
    }
    order
}

/// The values of some rows, in their order.
pub(super) fn pick<T: Copy>(values: &[T], order: &[usize]) -> Vec<T> {
    order
        .iter()
        .filter_map(|i| values.get(*i))
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{by_person, pick};

    #[test]
    fn people_in_order_and_their_keys_in_order() {
        let (person, key) = ([3, 0, 3, 7, 0], [4, 9, 1, 2, 0]);
        let order = by_person(&person, &key);
        assert_eq!(pick(&person, &order), [0, 0, 3, 3, 7]);
        assert_eq!(pick(&key, &order), [0, 9, 1, 4, 2]);
        assert_eq!(by_person(&[], &[]), Vec::<usize>::new());
    }
}
