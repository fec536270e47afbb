//! The sentence about a change: in tenths of a point that add up as printed.
//! Says which parts there are, never which of them is to be praised.

use super::Change;

/// Tenths of a point in a share of one.
const TENTHS: f64 = 1000.0;

/// A change and its parts in tenths of a percentage point. The parts add up to
/// the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// The change.
    pub change: i64,
    /// From the data.
    pub data: i64,
    /// From the definition.
    pub definition: i64,
    /// From the mix.
    pub mix: i64,
    /// From the rates.
    pub rate: i64,
    /// What is left.
    pub remainder: i64,
}

impl Change {
    /// The change and its parts in tenths of a point. The change is that of
    /// the two figures as printed, so that nobody subtracts them and comes to
    /// another; the parts are rounded to add up to it, those the other way
    /// that are nearest to it.
    #[must_use]
    pub fn points(&self) -> Points {
        let exact = [
            self.data,
            self.definition,
            self.mix,
            self.rate,
            self.remainder,
        ]
        .map(|part| part * TENTHS);
        let [from, to] = [self.before, self.before + self.change].map(|at| tenths(at * TENTHS));
        let change = to - from;
        let mut parts = exact.map(tenths);
        // At most three steps: each of five parts is off by at most a half, and
        // the change by at most one.
        for _ in 0..parts.len() {
            let over: i64 = parts.iter().sum::<i64>() - change;
            if over == 0 {
                break;
            }
            let up = over < 0;
            let gap = |(at, part): (usize, &i64)| {
                let off = exact[at] - *part as f64;
                (at, if up { off } else { -off })
            };
            // A part that is exactly nothing stays nothing.
            let nearest = parts
                .iter()
                .enumerate()
                .map(gap)
                .filter(|(at, _)| exact[*at] != 0.0)
                .max_by(|a, b| a.1.total_cmp(&b.1));
            let Some((at, _)) = nearest else { break };
            parts[at] += if up { 1 } else { -1 };
        }
        let [data, definition, mix, rate, remainder] = parts;
        Points {
            change,
            data,
            definition,
            mix,
            rate,
            remainder,
        }
    }

    /// The sentence: the change in points and its parts, those that are
    /// nothing left out.
    #[must_use]
    pub fn sentence(&self) -> String {
        let points = self.points();
        let named = [
            (points.data, "corrected data"),
            (points.definition, "definition"),
            (points.mix, "mix"),
            (points.rate, "rate"),
            (points.remainder, "groups new or gone"),
        ];
        let parts: Vec<String> = named
            .iter()
            .filter(|(part, _)| *part != 0)
            .map(|(part, name)| format!("{name} {}", signed(*part)))
            .collect();
        let change = signed(points.change);
        if parts.is_empty() {
            return format!("{change} points: no part moved it");
        }
        let last = parts.len() - 1;
        let list = match parts.split_at(last) {
            ([], [only]) => only.clone(),
            (others, [one]) => format!("{} and {one}", others.join(", ")),
            _ => String::new(),
        };
        format!("{change} points: {list}")
    }
}

fn tenths(value: f64) -> i64 {
    // A share differs from another by at most one: thousands of tenths.
    #[allow(clippy::cast_possible_truncation)]
    let whole = value.round() as i64;
    whole
}

/// Tenths of a point as printed: `+4.0`, `-12.0`, `0.0`.
fn signed(tenths: i64) -> String {
    let sign = match tenths {
        0 => "",
        1.. => "+",
        _ => "-",
    };
    let size = tenths.unsigned_abs();
    format!("{sign}{}.{}", size / 10, size % 10)
}
