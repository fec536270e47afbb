//! Answers about times in post, as reasons for leaving, before they are
//! protected: told of everyone only, and those of too few people as one.
//! A reason beside a group and a date can be one person's.

use staywise_core::disclosure::Policy;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::{Cell, Kind, Level, Tally, TallyTable};

/// What the answers of too few people are called together.
const TOGETHER: &str = "Any other, or fewer than 10";

/// Keeps the tables of everyone, their rare answers as one; takes the divided
/// ones out.
pub(super) fn together(tables: &mut Vec<TallyTable>, policy: &Policy) {
    let reasons =
        |t: &TallyTable| t.metric.kind == Kind::Distribution && t.metric.grain == Grain::Spell;
    tables.retain(|t| !reasons(t) || t.dimensions.is_empty());
    for table in tables.iter_mut().filter(|t| reasons(t)) {
        let Tally::Distribution { counts } = &table.total.tally else {
            continue;
        };
        let rare = rare(counts, policy);
        if rare.is_empty() {
            continue;
        }
        table.answers = kept(&table.answers, &rare);
        table.answers.push(Level::new(TOGETHER));
        let merge = |cell: &mut Cell| {
            if let Tally::Distribution { counts } = &cell.tally {
                let sum = rare.iter().filter_map(|place| counts.get(*place)).sum();
                let mut merged = kept(counts, &rare);
                merged.push(sum);
                cell.tally = Tally::Distribution { counts: merged };
            }
        };
        merge(&mut table.total);
        table.cells.iter_mut().for_each(merge);
    }
}

/// The answers that are told as one: those of too few people, with the next
/// smallest until they are enough.
fn rare(counts: &[u64], policy: &Policy) -> Vec<usize> {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    let of = |place: usize| counts.get(place).copied().unwrap_or(0);
    order.sort_by_key(|place| (of(*place), *place));
    let (mut rare, mut sum) = (Vec::new(), 0);
    for place in order {
        let few = policy.too_few(of(place));
        if of(place) > 0 && (few || (!rare.is_empty() && policy.too_few(sum))) {
            rare.push(place);
            sum += of(place);
        }
    }
    rare.sort_unstable();
    rare
}

fn kept<T: Clone>(all: &[T], without: &[usize]) -> Vec<T> {
    let places = all.iter().enumerate();
    places
        .filter(|(place, _)| !without.contains(place))
        .map(|(_, value)| value.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::rare;
    use staywise_core::disclosure::Policy;

    #[test]
    fn rare_answers_are_joined_until_they_are_enough() {
        let of = |counts: &[u64]| rare(counts, &Policy::nss10());
        assert_eq!(of(&[40, 30, 20]), Vec::<usize>::new());
        assert_eq!(of(&[40, 1, 20, 6]), [1, 2, 3]);
        assert_eq!(of(&[40, 4, 20, 6]), [1, 3]);
        assert_eq!(of(&[0, 12, 3]), [1, 2]);
        assert_eq!(of(&[]), Vec::<usize>::new());
    }
}
