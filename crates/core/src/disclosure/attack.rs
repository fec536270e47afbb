//! The attacker of a one-way table, in whole numbers. Says whether a set of
//! hidden cells withstands; chooses nothing and hides nothing.
//!
//! The attacker knows the total, every shown cell, which cells are hidden, the
//! threshold t, and the rule in full. From the first two comes the sum S of
//! the k hidden cells, and from the last whatever the choice of those cells
//! tells. A rule that took the smallest cells first would tell that no hidden
//! cell is larger than a shown one, and that fewer were not enough.
//!
//! The rule here (`pattern`) therefore takes cells in blocks that are fixed by
//! their printed order, hides a block for having a primary cell whichever of
//! its cells that is, and is content by k and S alone, both of which are
//! published:
//!
//! ```text
//! t + k - 2 <= S
//! ```
//!
//! and a block of two is always among them. Then each hidden cell can hold
//! each value v from 1 to t - 1 in some table that is published in just this
//! way. Put v into it, 1 into one cell of every other hidden block and at
//! least 1 into the rest; v and the k - 1 others need no more than t + k - 2.
//! What is left of S goes where no block loses its primary cell by it: to the
//! cell's own partner or, where it stands alone, to the second cell of a
//! hidden block of two. So every hidden block has a primary cell, and the rule
//! hides these blocks and is content with them.
//!
//! A small group that other tables of the same people have too (those not
//! linked) stands alone in each. Where it is v, each of those tables can hold
//! v; where another cell is v, let it be 1 in each. What is left goes, as
//! above, to a cell of one table alone.
//!
//! Tests enumerate every table of small total and hold this proof to it.

/// What is published of one count of a one-way table with hidden cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct View {
    /// Hidden cells.
    pub(super) hidden: u64,
    /// Their sum: the total less what is shown.
    pub(super) sum: u64,
    /// The threshold.
    pub(super) threshold: u64,
}

impl View {
    /// Whether each hidden cell can be anything from 1 to the threshold less
    /// 1. A sum of 0 withstands: an empty cell may be known to be empty.
    pub(super) fn withstands(self) -> bool {
        let (k, t) = (self.hidden, self.threshold);
        k >= 2 && (self.sum == 0 || self.sum >= t.saturating_add(k - 2))
    }
}

#[cfg(test)]
mod tests {
    use super::View;

    fn withstands(hidden: u64, sum: u64) -> bool {
        View {
            hidden,
            sum,
            threshold: 10,
        }
        .withstands()
    }

    #[test]
    fn the_sum_of_seven_is_not_protected_and_with_43_more_it_is() {
        // Bases 4, 3, 43, 50: the example of the rule.
        assert!(!withstands(2, 7));
        assert!(withstands(4, 100));
    }

    #[test]
    fn every_other_cell_needs_one() {
        assert!(withstands(2, 10) && !withstands(2, 9));
        assert!(withstands(5, 13) && !withstands(5, 12));
    }

    #[test]
    fn one_hidden_cell_is_no_secret_and_nobody_is_none() {
        assert!(!withstands(1, 12));
        assert!(withstands(2, 0));
    }
}
