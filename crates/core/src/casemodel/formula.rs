//! A line of the business case as a formula that is written once: worked out
//! here, put into a workbook's cell by the program, and told in words. Knows
//! nothing of what it is about.

/// A formula over the values before it.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number that is nobody's input: days in a year.
    Number(f64),
    /// An input or an earlier step, by name.
    Value(String),
    /// All of these added.
    Sum(Vec<Formula>),
    /// All of these multiplied.
    Product(Vec<Formula>),
    /// The first less the second.
    Less(Box<Formula>, Box<Formula>),
    /// The first divided by the second.
    Over(Box<Formula>, Box<Formula>),
    /// A power with a whole exponent.
    Power(Box<Formula>, i32),
    /// Rounded to whole pence, halves away from nought.
    Pence(Box<Formula>),
}

/// An input or an earlier step.
#[must_use]
pub(super) fn value(name: &str) -> Formula {
    Formula::Value(name.to_owned())
}

/// A plain number.
#[must_use]
pub(super) fn number(n: f64) -> Formula {
    Formula::Number(n)
}

/// What is not in a share.
#[must_use]
pub(super) fn rest_of(share: Formula) -> Formula {
    number(1.0).less(share)
}

/// All of these multiplied.
#[must_use]
pub(super) fn product<const N: usize>(parts: [Formula; N]) -> Formula {
    Formula::Product(parts.into())
}

/// All of these added.
#[must_use]
pub(super) fn sum(parts: Vec<Formula>) -> Formula {
    Formula::Sum(parts)
}

impl Formula {
    /// This less another.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self::Less(Box::new(self), Box::new(other))
    }

    /// This divided by another.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self::Over(Box::new(self), Box::new(other))
    }

    /// This to a whole power.
    #[must_use]
    pub fn power(self, exponent: i32) -> Self {
        Self::Power(Box::new(self), exponent)
    }

    /// This rounded to pence.
    #[must_use]
    pub fn pence(self) -> Self {
        Self::Pence(Box::new(self))
    }

    /// Every name it reads, in order, repeats and all.
    pub fn reads(&self, names: &mut Vec<String>) {
        match self {
            Self::Number(_) => {}
            Self::Value(name) => names.push(name.clone()),
            Self::Sum(parts) | Self::Product(parts) => parts.iter().for_each(|p| p.reads(names)),
            Self::Less(a, b) | Self::Over(a, b) => {
                a.reads(names);
                b.reads(names);
            }
            Self::Power(a, _) | Self::Pence(a) => a.reads(names),
        }
    }

    /// The formula as text, with names told by `tell`: the one way in which
    /// cells and words are written. Multiplication is `*`; a caller may put
    /// another sign.
    #[must_use]
    pub fn text(&self, tell: &impl Fn(&str) -> String) -> String {
        self.written(tell, 0)
    }

    fn written(&self, tell: &impl Fn(&str) -> String, outer: u8) -> String {
        let join = |parts: &[Self], sign: &str, rank| {
            let written: Vec<String> = parts.iter().map(|p| p.written(tell, rank)).collect();
            written.join(sign)
        };
        let (rank, text) = match self {
            Self::Number(n) => (4, n.to_string()),
            Self::Value(name) => (4, tell(name)),
            Self::Sum(parts) if parts.is_empty() => (4, "0".to_owned()),
            Self::Product(parts) if parts.is_empty() => (4, "1".to_owned()),
            Self::Sum(parts) => (1, join(parts, " + ", 1)),
            Self::Product(parts) => (2, join(parts, " * ", 2)),
            Self::Less(a, b) => {
                let text = format!("{} - {}", a.written(tell, 1), b.written(tell, 2));
                (1, text)
            }
            Self::Over(a, b) => {
                let text = format!("{} / {}", a.written(tell, 2), b.written(tell, 3));
                (2, text)
            }
            Self::Power(a, exponent) => (3, format!("{}^{exponent}", a.written(tell, 4))),
            Self::Pence(a) => (4, format!("ROUND({}, 2)", a.written(tell, 0))),
        };
        if rank < outer {
            format!("({text})")
        } else {
            text
        }
    }
}

/// Whether money is rounded to pence on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// As on the page: a person with a calculator gets the same.
    Pence,
    /// Not at all: for draws, slopes and the point at which a sign turns.
    None,
}

/// A formula whose names are places in a row of values.
#[derive(Clone, Debug)]
pub(super) enum Bound {
    Number(f64),
    At(usize),
    Sum(Vec<Bound>),
    Product(Vec<Bound>),
    Less(Box<Bound>, Box<Bound>),
    Over(Box<Bound>, Box<Bound>),
    Power(Box<Bound>, i32),
    Pence(Box<Bound>),
}

impl Bound {
    /// The formula with each name's place; the first name that has none.
    pub(super) fn new(
        formula: &Formula,
        place: &impl Fn(&str) -> Option<usize>,
    ) -> Result<Self, String> {
        let all = |parts: &[Formula]| -> Result<Vec<Self>, String> {
            parts.iter().map(|p| Self::new(p, place)).collect()
        };
        let one = |part: &Formula| Self::new(part, place).map(Box::new);
        Ok(match formula {
            Formula::Number(n) => Self::Number(*n),
            Formula::Value(name) => Self::At(place(name).ok_or_else(|| name.clone())?),
            Formula::Sum(parts) => Self::Sum(all(parts)?),
            Formula::Product(parts) => Self::Product(all(parts)?),
            Formula::Less(a, b) => Self::Less(one(a)?, one(b)?),
            Formula::Over(a, b) => Self::Over(one(a)?, one(b)?),
            Formula::Power(a, exponent) => Self::Power(one(a)?, *exponent),
            Formula::Pence(a) => Self::Pence(one(a)?),
        })
    }

    /// Its value; not finite where something was divided by nought.
    pub(super) fn worth(&self, values: &[f64], rounding: Rounding) -> f64 {
        let of = |part: &Self| part.worth(values, rounding);
        match self {
            Self::Number(n) => *n,
            Self::At(place) => values.get(*place).copied().unwrap_or(f64::NAN),
            Self::Sum(parts) => parts.iter().map(of).sum(),
            Self::Product(parts) => parts.iter().map(of).product(),
            Self::Less(a, b) => of(a) - of(b),
            Self::Over(a, b) => of(a) / of(b),
            Self::Power(a, exponent) => of(a).powi(*exponent),
            Self::Pence(a) => match rounding {
                Rounding::None => of(a),
                Rounding::Pence => pence(of(a)),
            },
        }
    }
}

/// Rounded to whole pence as spreadsheets do it: halves away from nought, of
/// the number as it prints at fifteen digits, so that 1.005 is 1.01.
#[must_use]
pub fn pence(pounds: f64) -> f64 {
    if !pounds.is_finite() || pounds == 0.0 {
        return pounds;
    }
    let magnitude = pounds.abs().log10().floor().clamp(-5.0, 14.0);
    let digits = (14.0 - magnitude) as usize;
    let printed: f64 = format!("{pounds:.digits$}").parse().unwrap_or(pounds);
    let hundredfold = printed * 100.0;
    // Times a hundred may fall a hair short of a half that was meant.
    let nudged = hundredfold + hundredfold.signum() * hundredfold.abs() * f64::EPSILON;
    nudged.round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::{Formula, number, pence, product, rest_of, sum, value};

    #[test]
    fn brackets_stand_where_they_must_and_nowhere_else() {
        let tell = |name: &str| name.to_owned();
        let text = |f: &Formula| f.text(&tell);
        let all = product([value("a"), rest_of(value("b")), value("c")]);
        assert_eq!(text(&all), "a * (1 - b) * c");
        let minus = value("a").less(sum(vec![value("b"), number(2.0)]));
        assert_eq!(text(&minus), "a - (b + 2)");
        let over = value("a").over(product([number(365.0), value("h")]));
        assert_eq!(text(&over), "a / (365 * h)");
        let power = sum(vec![number(1.0), value("r")]).power(2).pence();
        assert_eq!(text(&power), "ROUND((1 + r)^2, 2)");
        assert_eq!(
            text(&value("a").over(value("b")).over(value("c"))),
            "a / b / c"
        );
    }

    #[test]
    fn halves_of_a_penny_go_away_from_nought() {
        for (pounds, rounded) in [
            (1.005, 1.01),
            (2.675, 2.68),
            (-1.005, -1.01),
            (0.004_999, 0.0),
            (0.005, 0.01),
            (1_234_567.885, 1_234_567.89),
            (0.0, 0.0),
        ] {
            assert!((pence(pounds) - rounded).abs() < 1e-9, "{pounds}");
        }
        assert!(pence(f64::NAN).is_nan());
    }
}
