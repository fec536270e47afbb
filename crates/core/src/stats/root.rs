//! The point where something stops holding, by halving. Never steps outside
//! the bracket it is given and always ends.

/// Halvings before giving up on a nearer point: more than a double has bits.
const HALVINGS: u32 = 200;

/// The point between `holds`' end and the other end at which it stops
/// holding: `inside` is where it holds, `outside` where it does not. Either
/// may be the lower.
pub(super) fn boundary(inside: f64, outside: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut inside, mut outside) = (inside, outside);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(inside, outside);
        if middle == inside || middle == outside {
            break;
        }
        if holds(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    inside
}

/// The first of `from`, `from` + 1, + 2, + 4 and so on, in the direction of
/// `step`, at which it does not hold; none up to `furthest` away.
pub(super) fn outside(
    from: f64,
    step: f64,
    furthest: f64,
    holds: impl Fn(f64) -> bool,
) -> Option<f64> {
    let mut away = 1.0;
    while away <= furthest {
        let point = from + step * away;
        if !holds(point) {
            return Some(point);
        }
        away *= 2.0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{boundary, outside};

    #[test]
    fn halving_finds_the_place_from_either_side() {
        assert!((boundary(0.0, 2.0, |x| x * x < 2.0) - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!((boundary(2.0, 0.0, |x| x * x > 2.0) - 2.0_f64.sqrt()).abs() < 1e-15);
        // At 0 there is always a nearer double: it still ends.
        assert!(boundary(1.0, 0.0, |x| x > 0.0) < 1e-50);
        assert_eq!(outside(0.0, -1.0, 100.0, |x| x > -5.0), Some(-8.0));
        assert_eq!(outside(0.0, 1.0, 100.0, |_| true), None);
    }
}
