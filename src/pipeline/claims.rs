//! Claims as people type them: which one is meant, and which of a run's are
//! written most like it.

use super::earlier::{Earlier, label_of};
use crate::query::Catalogue;

/// A claim as it stands in results.csv: `C-` and small letters, whatever a
/// person typed.
#[must_use]
pub fn claim(typed: &str) -> String {
    let lower = typed.trim().to_lowercase();
    let letters = lower.strip_prefix("c-").unwrap_or(&lower);
    format!("C-{letters}")
}

/// The claims of a run that are written most like one, nearest first, each
/// with what it is of.
#[must_use]
pub fn nearest(run: &Earlier, wanted: &str, catalogue: &Catalogue) -> Vec<(String, String)> {
    const MOST: usize = 3;
    const FARTHEST: usize = 4;
    let mut near: Vec<(usize, String, String)> = Vec::new();
    for line in run.lines() {
        let claim = line.get("claim");
        let away = distance(wanted, claim);
        if away <= FARTHEST {
            let slug = line.get("metric");
            let label = catalogue
                .get(slug)
                .map_or_else(|| label_of(slug), |query| query.metric.label.clone());
            let level = match (line.get("level"), line.get("level_2")) {
                ("", _) => "everyone".to_owned(),
                (level, "") => level.to_owned(),
                (level, second) => format!("{level}, {second}"),
            };
            let what = format!("{label}, {level}, {}", line.get("period"));
            near.push((away, claim.to_owned(), what));
        }
    }
    near.sort();
    near.truncate(MOST);
    near.into_iter()
        .map(|(_, claim, what)| (claim, what))
        .collect()
}

/// How many letters must be put in, taken out, changed, or swapped with the
/// next, to make one text of another (Damerau; each place once).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let width = b.len() + 1;
    let mut rows: Vec<Vec<usize>> = vec![(0..width).collect()];
    for (i, from) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let at =
                |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX - 1);
            let last = rows.last().map_or(&[][..], Vec::as_slice);
            let change = at(last, j) + usize::from(from != to);
            let mut best = change.min(at(last, j + 1) + 1).min(at(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from);
            if swapped && let Some(before) = rows.len().checked_sub(2).and_then(|r| rows.get(r)) {
                best = best.min(at(before, j - 1) + 1);
            }
            next.push(best);
        }
        rows.push(next);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{claim, distance, nearest};
    use crate::export::results_csv;
    use crate::pipeline::earlier::Earlier;
    use crate::pipeline::earlier::tests::{manifest_of, row};
    use crate::query::Catalogue;
    use staywise_core::domain::Period;

    #[test]
    fn a_claim_is_read_however_it_is_typed() {
        for typed in ["C-h7yq", "c-H7YQ", " h7yq ", "H7yq"] {
            assert_eq!(claim(typed), "C-h7yq");
        }
    }

    #[test]
    fn letters_are_counted_as_a_typist_slips() {
        assert_eq!(distance("abcd", "abcd"), 0);
        assert_eq!(distance("abcd", "abd"), 1);
        assert_eq!(distance("abcd", "abdc"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abcd", "xyz"), 4);
    }

    #[test]
    fn the_nearest_claim_is_offered_with_what_it_is_of() {
        let period = Period::parse("2026-Q1").unwrap();
        let rows = [row(&period)];
        let run = Earlier::read(&manifest_of("Ours", &period), &results_csv(&rows)).unwrap();
        let catalogue = Catalogue::built_in();
        let slip = rows[0].claim().replace("C-", "C-x");
        let near = nearest(&run, &slip, &catalogue);
        assert_eq!(near[0].0, rows[0].claim());
        assert_eq!(near[0].1, "Headcount, everyone, 2026-Q1");
        assert!(nearest(&run, "C-000000000000", &catalogue).is_empty());
    }
}
