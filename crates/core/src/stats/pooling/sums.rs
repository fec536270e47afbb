//! Long sums of a smooth function over whole numbers, without taking every
//! term: the first terms one by one, then stretches with equal counts by the
//! integral and its Euler-Maclaurin corrections, to double precision.

/// Terms that are taken one by one.
const HEAD: usize = 64;

/// Places and weights of Gauss-Legendre quadrature on 10 points, the upper
/// half.
const NODES: [(f64, f64); 5] = [
    (0.148_874_338_981_631_22, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// A function of j with its first, third and fifth derivative.
pub(super) trait Smooth {
    fn at(&self, j: f64) -> f64;
    fn derivatives(&self, j: f64) -> [f64; 3];
}

/// How many sites have more than j of something, j from 0: the first counts
/// singly, the rest as stretches of equal counts.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    head: Vec<f64>,
    /// From, to and without, and the count.
    stretches: Vec<(f64, f64, f64)>,
    total: f64,
}

impl Counts {
    /// From how many each site has.
    pub(super) fn above(counts: impl Iterator<Item = u64>) -> Self {
        let mut ends: Vec<u64> = counts.filter(|n| *n > 0).collect();
        ends.sort_unstable();
        let total = ends.iter().map(|n| *n as f64).sum();
        let longest = ends.last().copied().unwrap_or(0);
        let more_than = |j: u64| (ends.len() - ends.partition_point(|end| *end <= j)) as f64;
        let head = (0..longest.min(HEAD as u64)).map(more_than).collect();
        let mut stretches = Vec::new();
        let mut from = HEAD as u64;
        for &end in ends.iter().filter(|end| **end > HEAD as u64) {
            let count = more_than(from);
            // A stretch no longer than where it begins is far from where the
            // function bends.
            while from < end {
                let to = end.min(from * 2);
                stretches.push((from as f64, to as f64, count));
                from = to;
            }
        }
        Self {
            head,
            stretches,
            total,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.head.is_empty()
    }

    /// All counts added.
    pub(super) fn total(&self) -> f64 {
        self.total
    }

    /// The sum over j of the count times the function.
    pub(super) fn sum(&self, f: &impl Smooth) -> f64 {
        let head = self.head.iter().enumerate();
        let head: f64 = head.map(|(j, count)| count * f.at(j as f64)).sum();
        let rest = self.stretches.iter();
        head + rest
            .map(|(from, to, count)| count * stretch(f, *from, *to))
            .sum::<f64>()
    }
}

/// The function from `from` up to but without `to`, added.
fn stretch(f: &impl Smooth, from: f64, to: f64) -> f64 {
    let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    let integral: f64 = NODES
        .iter()
        .map(|(at, weight)| weight * (f.at(middle - half * at) + f.at(middle + half * at)))
        .sum();
    let (low, high) = (f.derivatives(from), f.derivatives(to));
    half * integral + (f.at(from) - f.at(to)) / 2.0 + (high[0] - low[0]) / 12.0
        - (high[1] - low[1]) / 720.0
        + (high[2] - low[2]) / 30_240.0
}

/// `ln(start + j spread)`.
pub(super) struct Log(pub(super) f64, pub(super) f64);
/// `1 / (start + j spread)`.
pub(super) struct Inverse(pub(super) f64, pub(super) f64);
/// `1 / (start + j spread)` squared.
pub(super) struct Square(pub(super) f64, pub(super) f64);
/// `j / (start + j spread)`.
pub(super) struct Share(pub(super) f64, pub(super) f64);

impl Smooth for Log {
    fn at(&self, j: f64) -> f64 {
        (self.0 + j * self.1).ln()
    }

    fn derivatives(&self, j: f64) -> [f64; 3] {
        let part = self.1 / (self.0 + j * self.1);
        [part, 2.0 * part.powi(3), 24.0 * part.powi(5)]
    }
}

impl Smooth for Inverse {
    fn at(&self, j: f64) -> f64 {
        1.0 / (self.0 + j * self.1)
    }

    fn derivatives(&self, j: f64) -> [f64; 3] {
        let one = self.at(j);
        let part = one * self.1;
        [
            -one * part,
            -6.0 * one * part.powi(3),
            -120.0 * one * part.powi(5),
        ]
    }
}

impl Smooth for Square {
    fn at(&self, j: f64) -> f64 {
        let one = 1.0 / (self.0 + j * self.1);
        one * one
    }

    fn derivatives(&self, j: f64) -> [f64; 3] {
        let one = 1.0 / (self.0 + j * self.1);
        let (square, part) = (one * one, one * self.1);
        [
            -2.0 * square * part,
            -24.0 * square * part.powi(3),
            -720.0 * square * part.powi(5),
        ]
    }
}

impl Smooth for Share {
    fn at(&self, j: f64) -> f64 {
        j / (self.0 + j * self.1)
    }

    fn derivatives(&self, j: f64) -> [f64; 3] {
        let one = 1.0 / (self.0 + j * self.1);
        let (first, part) = (self.0 * one * one, one * self.1);
        [
            first,
            6.0 * first * part.powi(2),
            120.0 * first * part.powi(4),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, Inverse, Log, Share, Smooth, Square};

    fn direct(sites: &[u64], f: &impl Smooth) -> f64 {
        let (mut sum, mut lost) = (0.0_f64, 0.0);
        for j in sites.iter().flat_map(|n| 0..*n) {
            let term = f.at(j as f64);
            let next = sum + term;
            lost += if sum.abs() > term.abs() {
                (sum - next) + term
            } else {
                (term - next) + sum
            };
            sum = next;
        }
        sum + lost
    }

    #[test]
    fn a_long_sum_is_what_its_terms_add_up_to() {
        let sites = [3, 64, 65, 127, 128, 1_000, 1_000, 70_001, 200_000];
        let counts = Counts::above(sites.into_iter());
        assert!((counts.total() - 272_388.0).abs() < 1e-9);
        let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 2e-13, "{a} {b}");
        for (start, spread) in [
            (0.3, 0.0),
            (0.7, 1e-9),
            (0.02, 0.004),
            (0.5, 1.0),
            (1.0, 300.0),
        ] {
            near(
                counts.sum(&Log(start, spread)),
                direct(&sites, &Log(start, spread)),
            );
            let inverse = Inverse(start, spread);
            near(counts.sum(&inverse), direct(&sites, &inverse));
            let square = Square(start, spread);
            near(counts.sum(&square), direct(&sites, &square));
            let share = Share(start, spread);
            near(counts.sum(&share), direct(&sites, &share));
        }
        assert!(Counts::above([0, 0].into_iter()).is_empty());
    }
}
