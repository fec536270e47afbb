//! Tests on ranks, for answers that have an order but no even distances:
//! Mann and Whitney for two groups, Wilcoxon for the same people twice,
//! Kruskal and Wallis for several groups. Ties share their mean rank. Never
//! compares means.

use super::quantile::{chi_square_tail, two_sided_normal};
use super::root::boundary;
use super::tail::normal_two_sided;
use super::two_shares::{Continuity, checked_level, refuse};
use crate::domain::{Interval, Unknown};

/// Groups smaller than this are compared exactly where there are no ties, as
/// in R.
const EXACT_BELOW: usize = 50;

/// How a p was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankMethod {
    /// By counting every order.
    Exact,
    /// By the normal deviate, with or without half a rank drawn in.
    Normal(Continuity),
}

/// Mann and Whitney's test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannWhitney {
    /// Pairs of one from each group in which the first has more; a tie counts
    /// as half.
    pub u: f64,
    /// Two-sided.
    pub p: f64,
    /// How p was found.
    pub method: RankMethod,
    /// The normal deviate, where p is from it.
    pub z: Option<f64>,
    /// In how many of all pairs the first has more: 0.5 where neither does.
    pub superiority: f64,
    /// Its interval (Newcombe 2006, method 5).
    pub interval: Interval,
    /// People in the first group.
    pub first: usize,
    /// People in the second group.
    pub second: usize,
}

/// Wilcoxon's signed-rank test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignedRank {
    /// Sum of the ranks of those who went up.
    pub v: f64,
    /// Two-sided.
    pub p: f64,
    /// How p was found.
    pub method: RankMethod,
    /// The normal deviate, where p is from it.
    pub z: Option<f64>,
    /// People who changed.
    pub changed: usize,
    /// People who did not: they have no rank.
    pub unchanged: usize,
}

/// Kruskal and Wallis' test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KruskalWallis {
    /// The statistic, corrected for ties.
    pub chi_square: f64,
    /// Groups with anybody less one.
    pub degrees_of_freedom: u32,
    /// The chance of a statistic at least as large.
    pub p: f64,
}

/// Twice the mean rank of each value, in the order given, and the sum of
/// t^3 - t over the ties.
struct Ranks {
    doubled: Vec<u64>,
    ties: f64,
}

fn ranks(values: &[f64]) -> Ranks {
    let mut order: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut doubled = vec![0; values.len()];
    let (mut ties, mut before) = (0.0, 0_u64);
    for tied in order.chunk_by(|a, b| a.0 == b.0) {
        let count = tied.len() as u64;
        for (_, place) in tied {
            if let Some(slot) = doubled.get_mut(*place) {
                *slot = 2 * before + count + 1;
            }
        }
        before += count;
        let t = count as f64;
        ties += t * t * t - t;
    }
    Ranks { doubled, ties }
}

fn all_numbers(values: &[f64]) -> Result<(), Unknown> {
    if values.iter().all(|value| value.is_finite()) {
        Ok(())
    } else {
        Err(refuse("an answer is no number"))
    }
}

/// Does one group tend to have more than the other, as R's `wilcox.test`:
/// exact where both groups are under 50 and nothing is tied, else by the
/// normal deviate. `continuity` is for the latter.
///
/// # Errors
/// Where a group has nobody, everybody has the same, an answer is no number
/// or the level cannot be.
pub fn mann_whitney(
    first: &[f64],
    second: &[f64],
    continuity: Continuity,
    level: f64,
) -> Result<MannWhitney, Unknown> {
    checked_level(level)?;
    if first.is_empty() || second.is_empty() {
        return Err(refuse("nobody in one of the groups"));
    }
    let both = [first, second].concat();
    all_numbers(&both)?;
    let ranked = ranks(&both);
    let (m, n) = (first.len(), second.len());
    let doubled = ranked.doubled.iter().take(m).sum::<u64>();
    let (mf, nf) = (m as f64, n as f64);
    let least = m as u64 * (m as u64 + 1);
    let twice_u = doubled - least;
    let u = twice_u as f64 / 2.0;
    let superiority = twice_u as f64 / (2.0 * mf * nf);
    let (p, z, method) = if m < EXACT_BELOW && n < EXACT_BELOW && ranked.ties == 0.0 {
        let p = exact_two_sided(&orders_of_two(m, n), twice_u / 2);
        (p, None, RankMethod::Exact)
    } else {
        let all = mf + nf;
        let variance = mf * nf / 12.0 * (all + 1.0 - ranked.ties / (all * (all - 1.0)));
        let (p, z) = by_normal(u - mf * nf / 2.0, variance, continuity)
            .ok_or_else(|| refuse("everybody has the same: there is no order to compare"))?;
        (p, Some(z), RankMethod::Normal(continuity))
    };
    Ok(MannWhitney {
        u,
        p,
        method,
        z,
        superiority,
        interval: superiority_interval(superiority, (mf, nf), level),
        first: m,
        second: n,
    })
}

/// Two-sided p and deviate; none where there is no variance.
fn by_normal(off: f64, variance: f64, continuity: Continuity) -> Option<(f64, f64)> {
    if variance <= 0.0 {
        return None;
    }
    let drawn = match continuity {
        Continuity::Corrected if off != 0.0 => 0.5_f64.copysign(off),
        _ => 0.0,
    };
    let z = (off - drawn) / variance.sqrt();
    Some((normal_two_sided(z), z))
}

/// In how many orders of `m` among `m + n` each count of pairs comes: the
/// Gaussian binomial coefficient, in whole numbers (at most 98 over 49, which
/// 128 bits hold).
fn orders_of_two(m: usize, n: usize) -> Vec<f64> {
    let most = m * n;
    let mut ways = vec![0_i128; most + 1];
    if let Some(first) = ways.first_mut() {
        *first = 1;
    }
    for i in 1..=m {
        for place in (n + i..=most).rev() {
            ways[place] -= ways[place - n - i];
        }
        for place in i..=most {
            ways[place] += ways[place - i];
        }
    }
    ways.into_iter().map(|count| count as f64).collect()
}

/// Twice the smaller tail that holds `found`, at most 1.
fn exact_two_sided(ways: &[f64], found: u64) -> f64 {
    let place = usize::try_from(found).unwrap_or(usize::MAX);
    let all: f64 = ways.iter().sum();
    let below: f64 = ways.iter().take(place.saturating_add(1)).sum();
    let above: f64 = ways.iter().skip(place).sum();
    (2.0 * below.min(above) / all).min(1.0)
}

/// Newcombe's method 5 (2006): the score interval from a variance that has
/// one form for all shares of pairs, so that it never leaves 0 to 1 and has
/// width even where every pair goes one way.
fn superiority_interval(estimate: f64, (m, n): (f64, f64), level: f64) -> Interval {
    let z = two_sided_normal(level);
    let fewer = f64::midpoint(m, n) - 1.0;
    let held = |share: f64| {
        let shape = 1.0 + fewer * ((1.0 - share) / (2.0 - share) + share / (1.0 + share));
        let variance = share * (1.0 - share) * shape / (m * n);
        (estimate - share).powi(2) <= z * z * variance
    };
    let end = |at: f64| {
        if estimate == at {
            at
        } else {
            boundary(estimate, at, held)
        }
    };
    Interval {
        lower: end(0.0),
        upper: end(1.0),
        level,
        method: "newcombe_superiority",
    }
}

/// Did the same people go up or down, as R's `wilcox.test` with `paired`:
/// `changes` are after less before. Exact where fewer than 50 changed, nobody
/// stayed the same and no two changed by the same amount.
///
/// # Errors
/// Where there is nobody, nobody changed, or a change is no number.
pub fn signed_rank(changes: &[f64], continuity: Continuity) -> Result<SignedRank, Unknown> {
    all_numbers(changes)?;
    if changes.is_empty() {
        return Err(refuse("nobody answered both times"));
    }
    let moved: Vec<f64> = changes.iter().copied().filter(|c| *c != 0.0).collect();
    if moved.is_empty() {
        return Err(refuse("nobody changed"));
    }
    let sizes: Vec<f64> = moved.iter().map(|c| c.abs()).collect();
    let ranked = ranks(&sizes);
    let up = moved.iter().zip(&ranked.doubled).filter(|(c, _)| **c > 0.0);
    let twice_v: u64 = up.map(|(_, rank)| rank).sum();
    let v = twice_v as f64 / 2.0;
    let n = moved.len() as f64;
    let unchanged = changes.len() - moved.len();
    let exact = changes.len() < EXACT_BELOW && ranked.ties == 0.0 && unchanged == 0;
    let (p, z, method) = if exact {
        let p = exact_two_sided(&orders_of_signs(moved.len()), twice_v / 2);
        (p, None, RankMethod::Exact)
    } else {
        let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - ranked.ties / 48.0;
        let (p, z) = by_normal(v - n * (n + 1.0) / 4.0, variance, continuity)
            .ok_or_else(|| refuse("nobody changed"))?;
        (p, Some(z), RankMethod::Normal(continuity))
    };
    Ok(SignedRank {
        v,
        p,
        method,
        z,
        changed: moved.len(),
        unchanged,
    })
}

/// In how many of the 2^n ways of giving signs to the ranks 1 to n each sum
/// of those with a plus comes.
fn orders_of_signs(n: usize) -> Vec<f64> {
    let most = n * (n + 1) / 2;
    let mut ways = vec![0_u64; most + 1];
    if let Some(first) = ways.first_mut() {
        *first = 1;
    }
    for rank in 1..=n {
        for place in (rank..=most).rev() {
            ways[place] += ways[place - rank];
        }
    }
    ways.into_iter().map(|count| count as f64).collect()
}

/// Does any of several groups tend to have more than the others, as R's
/// `kruskal.test`. Groups of nobody count for nothing.
///
/// # Errors
/// Where fewer than two groups have anybody, everybody has the same, or an
/// answer is no number.
pub fn kruskal_wallis(groups: &[&[f64]]) -> Result<KruskalWallis, Unknown> {
    let all = groups.concat();
    all_numbers(&all)?;
    let used = groups.iter().filter(|group| !group.is_empty()).count();
    if used < 2 {
        return Err(refuse("fewer than two groups have anybody"));
    }
    let ranked = ranks(&all);
    let n = all.len() as f64;
    let mut rest = ranked.doubled.as_slice();
    let mut spread = 0.0;
    for group in groups.iter().filter(|group| !group.is_empty()) {
        let (own, others) = rest.split_at(group.len());
        rest = others;
        let size = group.len() as f64;
        // From the middle rank, so that nothing cancels.
        let off = own.iter().sum::<u64>() as f64 / 2.0 - size * (n + 1.0) / 2.0;
        spread += off * off / size;
    }
    let tied = 1.0 - ranked.ties / (n * n * n - n);
    if tied <= 0.0 {
        return Err(refuse(
            "everybody has the same: there is no order to compare",
        ));
    }
    let chi_square = 12.0 * spread / (n * (n + 1.0)) / tied;
    let freedom = u32::try_from(used - 1).unwrap_or(u32::MAX);
    Ok(KruskalWallis {
        chi_square,
        degrees_of_freedom: freedom,
        p: chi_square_tail(chi_square, freedom).ok_or_else(|| refuse("the test has no p"))?,
    })
}
