//! Names beside dots that touch neither one another nor any dot. A name that
//! finds no room is not placed; the chart lists it instead.

use super::canvas::At;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Taken {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Taken {
    /// What a dot takes.
    pub(super) fn round((x, y): At, radius: f64) -> Self {
        Self {
            left: x - radius,
            top: y - radius,
            right: x + radius,
            bottom: y + radius,
        }
    }

    fn touches(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Where names may still go.
#[derive(Debug)]
pub(super) struct Labels {
    bounds: Taken,
    taken: Vec<Taken>,
}

/// Of small words, how far they rise over and fall under their baseline.
const RISE: f64 = 11.0;
const FALL: f64 = 4.0;
/// White between a dot and its name.
const BESIDE: f64 = 4.0;

impl Labels {
    /// Names within two corners.
    pub(super) fn within((left, top): At, (right, bottom): At) -> Self {
        Self {
            bounds: Taken {
                left,
                top,
                right,
                bottom,
            },
            taken: Vec::new(),
        }
    }

    /// No name may touch this.
    pub(super) fn keep_clear(&mut self, taken: Taken) {
        self.taken.push(taken);
    }

    /// Where a name of this width starts beside a dot: right of it, left,
    /// above or below, the first that is clear.
    pub(super) fn beside(&mut self, (x, y): At, radius: f64, width: f64) -> Option<At> {
        let aside = radius + BESIDE;
        let middle = (x - width / 2.0)
            .min(self.bounds.right - width)
            .max(self.bounds.left);
        let places = [
            (x + aside, y + 4.5),
            (x - aside - width, y + 4.5),
            (middle, y - aside - FALL + 1.0),
            (middle, y + aside + RISE),
        ];
        for (left, baseline) in places {
            let words = Taken {
                left,
                top: baseline - RISE,
                right: left + width,
                bottom: baseline + FALL,
            };
            let inside = words.left >= self.bounds.left
                && words.right <= self.bounds.right
                && words.top >= self.bounds.top
                && words.bottom <= self.bounds.bottom;
            if inside && !self.taken.iter().any(|taken| taken.touches(&words)) {
                self.taken.push(words);
                return Some((left, baseline));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Labels, Taken};

    #[test]
    fn a_name_goes_where_it_is_clear_or_nowhere() {
        let mut labels = Labels::within((0.0, 0.0), (200.0, 100.0));
        labels.keep_clear(Taken::round((100.0, 50.0), 5.0));
        assert_eq!(labels.beside((100.0, 50.0), 5.0, 60.0), Some((109.0, 54.5)));
        // The right is taken now.
        assert_eq!(labels.beside((100.0, 50.0), 5.0, 60.0), Some((31.0, 54.5)));
        let above = labels.beside((100.0, 50.0), 5.0, 60.0).map(|at| at.1);
        assert!(above.is_some_and(|y| y < 45.0));
        let below = labels.beside((100.0, 50.0), 5.0, 60.0).map(|at| at.1);
        assert!(below.is_some_and(|y| y > 60.0));
        assert_eq!(labels.beside((100.0, 50.0), 5.0, 60.0), None);
        assert_eq!(labels.beside((100.0, 20.0), 5.0, 260.0), None);
    }
}
