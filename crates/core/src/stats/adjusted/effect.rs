//! Two shares still in post, one for each arm, made comparable: their
//! difference and their ratios, with intervals. Never a ratio of nobody.

use super::spread::{Answer, Making, of_difference, of_ratio, standard_error};
use crate::domain::Unknown;

/// What an adjusted comparison says.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The share of those compared still in post, from 0 to 1.
    pub compared: f64,
    /// The share of the comparator still in post.
    pub comparator: f64,
    /// The first less the second.
    pub difference: Result<Answer, Unknown>,
    /// The first over the second.
    pub staying_ratio: Result<Answer, Unknown>,
    /// The share that left of those compared over that of the comparator.
    pub leaving_ratio: Result<Answer, Unknown>,
}

/// Two estimated shares and what each person adds to each.
pub(super) struct Shares<'a> {
    pub(super) compared: f64,
    pub(super) comparator: f64,
    /// Each person's influence on the first and on the second.
    pub(super) influence: Vec<[f64; 2]>,
    pub(super) clusters: Option<&'a [u32]>,
}

impl Shares<'_> {
    /// The effect, its intervals at a level.
    pub(super) fn effect(&self, level: f64) -> Effect {
        let (one, two) = (self.compared, self.comparator);
        let difference = self
            .error([1.0, -1.0])
            .and_then(|found| of_difference(one - two, found.0, self.making(level, found.1)));
        let ratio = |first: f64, second: f64, sign: f64, nobody: &str| {
            // Shares this near 0 are rounding.
            if first.min(second) < 1e-12 {
                return Err(Unknown::NotApplicable(nobody.to_owned()));
            }
            let found = self.error([sign / first, -sign / second])?;
            let making = Making {
                method: "sandwich_log",
                ..self.making(level, found.1)
            };
            of_ratio(first / second, found.0, making)
        };
        Effect {
            compared: one,
            comparator: two,
            difference,
            staying_ratio: ratio(one, two, 1.0, "nobody stayed in one of the groups"),
            leaving_ratio: ratio(
                1.0 - one,
                1.0 - two,
                -1.0,
                "nobody left in one of the groups",
            ),
        }
    }

    fn error(&self, by: [f64; 2]) -> Result<(f64, Option<f64>), Unknown> {
        let own = self.influence.iter();
        let of: Vec<f64> = own.map(|[a, b]| by[0] * a + by[1] * b).collect();
        standard_error(&of, self.clusters)
    }

    fn making(&self, level: f64, freedom: Option<f64>) -> Making {
        Making {
            level,
            method: match self.clusters {
                Some(_) => "sandwich_clustered",
                None => "sandwich",
            },
            freedom,
        }
    }
}
