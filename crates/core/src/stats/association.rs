//! Tables of counts: do the rows differ? Pearson's chi-square with what was
//! expected and where it is off, how strong the association is, and the trend
//! of shares over ordered groups. Never for people counted in two cells.

use super::difference::Share;
use super::quantile::chi_square_tail;
use super::two_shares::{Continuity, refuse};
use crate::domain::Unknown;

/// An expected count below which the chi-square of a table is not to be
/// trusted by itself.
pub const SMALL_EXPECTED: f64 = 5.0;

/// Pearson's chi-square of a table of counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Association {
    /// People counted.
    pub n: u64,
    /// The statistic.
    pub chi_square: f64,
    /// Rows with anybody less one, times columns with anybody less one.
    pub degrees_of_freedom: u32,
    /// The chance of a statistic at least as large where there is nothing.
    pub p: f64,
    /// What each cell would hold if rows did not differ.
    pub expected: Vec<Vec<f64>>,
    /// How far each cell is from that, in standard errors; 0 in a row or
    /// column of nobody.
    pub residuals: Vec<Vec<f64>>,
    /// The smallest expected count where there is anybody: under
    /// `SMALL_EXPECTED` the test is not to be trusted by itself.
    pub smallest_expected: f64,
    /// Cramer's V, from 0 (nothing) to 1, without Yates' correction.
    pub cramers_v: f64,
    /// Cramer's V less what chance alone would give (Bergsma 2013); none
    /// where nothing is left to divide by.
    pub cramers_v_corrected: Option<f64>,
    /// Whether Yates' correction was made: two rows and two columns only.
    pub continuity: Continuity,
}

/// Row, column and whole sums of a table.
struct Margins {
    rows: Vec<u64>,
    columns: Vec<u64>,
    n: u64,
}

impl Margins {
    fn of(table: &[Vec<u64>]) -> Result<Self, Unknown> {
        let width = table.first().map_or(0, Vec::len);
        if table.iter().any(|row| row.len() != width) {
            return Err(refuse("the rows of the table have different lengths"));
        }
        let too_many = || refuse("more people than can be counted");
        let mut columns = vec![0_u64; width];
        let mut rows = Vec::new();
        let mut n = 0_u64;
        for row in table {
            let mut sum = 0_u64;
            for (total, count) in columns.iter_mut().zip(row) {
                *total = total.checked_add(*count).ok_or_else(too_many)?;
                sum = sum.checked_add(*count).ok_or_else(too_many)?;
            }
            n = n.checked_add(sum).ok_or_else(too_many)?;
            rows.push(sum);
        }
        if n == 0 {
            return Err(refuse("nobody in the table"));
        }
        Ok(Self { rows, columns, n })
    }

    /// How many rows and columns have anybody.
    fn used(&self) -> (usize, usize) {
        let some = |sums: &[u64]| sums.iter().filter(|sum| **sum > 0).count();
        (some(&self.rows), some(&self.columns))
    }
}

/// Pearson's chi-square of a table: rows of counts. Rows and columns of
/// nobody count for nothing. Yates' correction is made where asked for, with
/// two rows and two columns, as in R.
///
/// # Errors
/// Where rows differ in length, nobody is in the table, or all are in one row
/// or one column.
pub fn chi_square(table: &[Vec<u64>], continuity: Continuity) -> Result<Association, Unknown> {
    let margins = Margins::of(table)?;
    let (rows, columns) = margins.used();
    if rows < 2 {
        return Err(refuse("only one group has anybody"));
    }
    if columns < 2 {
        return Err(refuse("everybody gave the same answer"));
    }
    let n = margins.n as f64;
    let (mut expected, mut residuals) = (Vec::new(), Vec::new());
    let (mut plain, mut corrected, mut smallest) = (0.0, 0.0, f64::INFINITY);
    for (row, total) in table.iter().zip(&margins.rows) {
        let (mut line, mut off) = (Vec::new(), Vec::new());
        for (count, sum) in row.iter().zip(&margins.columns) {
            let hoped = *total as f64 * (*sum as f64 / n);
            let cell = cell(*count, (*total, *sum, margins.n));
            line.push(hoped);
            if hoped > 0.0 {
                smallest = smallest.min(hoped);
                plain += cell.gap * cell.gap / hoped;
                let drawn = cell.gap.abs() - cell.gap.abs().min(0.5);
                corrected += drawn * drawn / hoped;
            }
            off.push(cell.residual);
        }
        expected.push(line);
        residuals.push(off);
    }
    let two_by_two = table.len() == 2 && margins.columns.len() == 2;
    let continuity = if two_by_two {
        continuity
    } else {
        Continuity::Uncorrected
    };
    let statistic = match continuity {
        Continuity::Corrected => corrected,
        Continuity::Uncorrected => plain,
    };
    let freedom = u32::try_from((rows - 1) * (columns - 1)).unwrap_or(u32::MAX);
    let less = (rows.min(columns) - 1) as f64;
    Ok(Association {
        n: margins.n,
        chi_square: statistic,
        degrees_of_freedom: freedom,
        p: chi_square_tail(statistic, freedom).ok_or_else(|| refuse("the test has no p"))?,
        expected,
        residuals,
        smallest_expected: smallest,
        cramers_v: (plain / (n * less)).sqrt().min(1.0),
        cramers_v_corrected: without_chance(plain / n, (rows, columns), n),
        continuity,
    })
}

/// A cell's distance from what is expected.
struct Gap {
    gap: f64,
    residual: f64,
}

/// From whole numbers, so that nothing cancels: `totals` are those of the
/// row, the column and the table.
fn cell(count: u64, totals: (u64, u64, u64)) -> Gap {
    let (row, column, n) = totals;
    let (own, hoped) = (
        u128::from(count) * u128::from(n),
        u128::from(row) * u128::from(column),
    );
    let off = own.abs_diff(hoped) as f64 / n as f64;
    let gap = if own < hoped { -off } else { off };
    let whole = n as f64;
    let spread = hoped as f64 / whole * ((n - row) as f64 / whole) * ((n - column) as f64 / whole);
    let residual = if spread > 0.0 {
        gap / spread.sqrt()
    } else {
        0.0
    };
    Gap { gap, residual }
}

/// Cramer's V less what chance alone gives (Bergsma 2013).
fn without_chance(square: f64, (rows, columns): (usize, usize), n: f64) -> Option<f64> {
    if n <= 1.0 {
        return None;
    }
    let (r, c) = (rows as f64 - 1.0, columns as f64 - 1.0);
    let left = (square - r * c / (n - 1.0)).max(0.0);
    let fewer = (r - r_square(r, n)).min(c - r_square(c, n));
    (fewer > 0.0).then(|| (left / fewer).sqrt().min(1.0))
}

fn r_square(less: f64, n: f64) -> f64 {
    less * less / (n - 1.0)
}

/// Do the shares of several groups differ: Pearson's chi-square of those who
/// hit and those who did not, uncorrected.
///
/// # Errors
/// As for `chi_square`, and where counts do not agree.
pub fn shares_alike(groups: &[Share]) -> Result<Association, Unknown> {
    let rows = groups
        .iter()
        .map(|share| {
            let missed = share.n.checked_sub(share.hits);
            missed
                .map(|missed| vec![share.hits, missed])
                .ok_or_else(|| refuse("the counts do not agree: more hits than people"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    chi_square(&rows, Continuity::Uncorrected)
}

/// The trend of shares over ordered groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// The change of the share with one step of the score, each person
    /// weighing the same.
    pub slope: f64,
    /// The statistic, with one degree of freedom.
    pub chi_square: f64,
    /// Two-sided.
    pub p: f64,
    /// People counted.
    pub n: u64,
}

/// Do the shares of ordered groups rise or fall (Cochran 1954, Armitage
/// 1955), as R's `prop.trend.test`: each group with its score, as 1, 2, 3.
///
/// # Errors
/// Where nobody is there, everybody or nobody hit, all have one score, a
/// score is no number, or counts do not agree.
pub fn trend(groups: &[(Share, f64)]) -> Result<Trend, Unknown> {
    if groups.iter().any(|(share, _)| share.hits > share.n) {
        return Err(refuse("the counts do not agree: more hits than people"));
    }
    if groups.iter().any(|(_, score)| !score.is_finite()) {
        return Err(refuse("a group's place in the order is no number"));
    }
    let sum = |of: &dyn Fn(&(Share, f64)) -> f64| groups.iter().map(of).sum::<f64>();
    let n = sum(&|(share, _)| share.n as f64);
    let hits = sum(&|(share, _)| share.hits as f64);
    if n == 0.0 {
        return Err(refuse("nobody in any group"));
    }
    if hits == 0.0 || hits == n {
        return Err(refuse("the share is 0% or 100% in every group"));
    }
    let centre = sum(&|(share, score)| share.n as f64 * score) / n;
    let spread = sum(&|(share, score)| share.n as f64 * (score - centre).powi(2));
    let share = hits / n;
    let slope =
        sum(&|(group, score)| (group.hits as f64 - group.n as f64 * share) * (score - centre))
            / spread;
    let chi_square = slope * slope * spread / (share * ((n - hits) / n));
    if !(spread > 0.0 && chi_square.is_finite()) {
        return Err(refuse("all groups have the same place in the order"));
    }
    Ok(Trend {
        slope,
        chi_square,
        p: chi_square_tail(chi_square, 1).ok_or_else(|| refuse("the test has no p"))?,
        n: groups.iter().fold(0, |all, (s, _)| all.saturating_add(s.n)),
    })
}
