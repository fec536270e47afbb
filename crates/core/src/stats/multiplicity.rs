//! Several tests at once. Only adjusts p; never says which tests make a
//! family, and makes none.

/// Each p of a family adjusted by Holm's step-down method (1979), in the order
/// given: the smallest times how many there are, the next times one fewer, and
/// so on, none smaller than the one before it and none above 1. What is no
/// number from 0 to 1 counts as 1.
#[must_use]
pub fn holm(family: &[f64]) -> Vec<f64> {
    let chance = |p: f64| if (0.0..=1.0).contains(&p) { p } else { 1.0 };
    let mut order: Vec<(usize, f64)> = family.iter().copied().map(chance).enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut adjusted = vec![1.0; family.len()];
    let mut least = 0.0_f64;
    for (rank, (place, p)) in order.into_iter().enumerate() {
        let left = family.len() - rank;
        least = least.max(p * left as f64).min(1.0);
        if let Some(slot) = adjusted.get_mut(place) {
            *slot = least;
        }
    }
    adjusted
}
