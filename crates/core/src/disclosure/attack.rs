//! The attacker of a one-way table, in whole numbers. Says whether a set of
//! hidden cells withstands; chooses nothing and hides nothing.
//!
//! The attacker knows the total, every shown cell, which cells are hidden,
//! the threshold t, and the rule in full with its tie-break. From the first
//! two comes the sum S of the k hidden cells. From the rule comes more: cells
//! are hidden smallest first, so none is larger than the smallest shown one
//! (`bound`, u below); and the rule stopped at k cells, so it was *not*
//! content with fewer. That last fact is the one that a rule written only
//! against bounds gives away: with bases 4, 12, 13, 14 the bounds allow the
//! first to be 1 once three are hidden, but with a 1 in it two would have
//! been enough, so it is not 1.
//!
//! The rule is therefore a function of what is published alone (k, S, u), and
//! it is content with k cells where
//!
//! ```text
//! k = 2:   t <= S <= u + 1
//! k >= 3:  t + k - 2 <= S <= u + t + k - 4
//! ```
//!
//! (k = 1 never; no upper side where no cell is shown.) Then each hidden cell
//! can hold each value v from 1 to t - 1 in some table that is published in
//! just this way:
//!
//! - k = 2: v and S - v, which is at least 1 and at most u.
//! - v up to t - 2: v and k - 2 more cells that sum with it to t + k - 4, one
//!   under what k - 1 cells need, so the rule went on to the last cell, which
//!   holds S - t - k + 4, at least 2 and at most u.
//! - v = t - 1, S up to k(t - 1): k cells under t, all primary.
//! - v = t - 1, S larger: v and k - 1 cells as equal as can be. Any first k'
//!   of them sum to more than the upper side allows beside the next (for
//!   k' = 2 this needs t >= 4), so the rule went on to the last.
//!
//! Tests enumerate every table of small total and hold this proof to it.

/// What is published of one count of a one-way table with hidden cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct View {
    /// Hidden cells.
    pub(super) hidden: u64,
    /// Their sum: the total less what is shown.
    pub(super) sum: u64,
    /// The largest that a hidden cell can be by the tie-break; nothing where
    /// every cell with anybody in it is hidden.
    pub(super) bound: Option<u64>,
    /// The threshold.
    pub(super) threshold: u64,
}

impl View {
    /// Whether each hidden cell can be anything from 1 to the threshold less
    /// 1. A sum of 0 withstands: an empty cell may be known to be empty.
    pub(super) fn withstands(self) -> bool {
        if self.hidden < 2 {
            return false;
        }
        if self.sum == 0 {
            return true;
        }
        let (k, t) = (self.hidden, self.threshold);
        let enough = self.sum >= t.saturating_add(k - 2);
        let slack = if k == 2 { 1 } else { t.saturating_add(k) - 4 };
        let open = self
            .bound
            .is_none_or(|bound| self.sum <= bound.saturating_add(slack));
        enough && open
    }
}

#[cfg(test)]
mod tests {
    use super::View;

    fn withstands(hidden: u64, sum: u64, bound: Option<u64>) -> bool {
        View {
            hidden,
            sum,
            bound,
            threshold: 10,
        }
        .withstands()
    }

    #[test]
    fn the_sum_of_seven_is_not_protected_and_with_43_more_it_is() {
        // Bases 4, 3, 43, 50: the example of the rule.
        assert!(!withstands(2, 7, Some(43)));
        assert!(withstands(3, 50, Some(50)));
    }

    #[test]
    fn the_tie_break_is_inverted() {
        // 4 and 12 beside a shown 13: were the first 1, the second would be
        // 15 and not the smallest.
        assert!(!withstands(2, 16, Some(13)));
        assert!(withstands(2, 16, Some(15)));
        // 4, 12, 13 beside a shown 14.
        assert!(!withstands(3, 29, Some(14)));
        assert!(withstands(3, 29, Some(20)));
    }

    #[test]
    fn one_hidden_cell_is_no_secret_and_nobody_is_none() {
        assert!(!withstands(1, 12, Some(40)));
        assert!(!withstands(1, 12, None));
        assert!(withstands(2, 0, Some(40)));
        assert!(withstands(2, 10, None));
        assert!(!withstands(2, 9, None));
    }
}
