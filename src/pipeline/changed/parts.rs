//! The parts of a change, as they are told: data and definition apart or
//! together, mix and rate apart or together. Computes none of them.

use staywise_core::domain::{Dimension, Group, Interval};
use staywise_core::stats::decomposition::Change;

/// What a part of a change is put down to, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The earlier period's data were corrected or completed.
    Data,
    /// What counts, or how units are grouped, is another.
    Definition,
    /// Either, where the two cannot be told apart.
    DataOrDefinition,
    /// Who is there.
    Mix,
    /// What they do.
    Rate,
    /// Groups with people in one of the periods only.
    Groups,
    /// Mix and rate together, where the mix cannot be told.
    Rest,
}

/// A part of a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// What it is put down to.
    pub why: Why,
    /// By how much, as a fraction; the parts sum to the change exactly.
    pub change: f64,
    /// The same in tenths of a point, rounded so that those add up too.
    pub tenths: i64,
    /// Its limits, for mix and rate.
    pub interval: Option<Interval>,
}

/// One figure's change taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// The metric's name.
    pub metric: String,
    /// Its name as printed.
    pub label: String,
    /// The item, where its tables are by item.
    pub item: Option<String>,
    /// Whom it is about.
    pub group: Group,
    /// How people are divided for the mix.
    pub by: Option<Dimension>,
    /// The earlier figure as it was published and the later one.
    pub figures: (f64, f64),
    /// The later figure less the earlier.
    pub change: f64,
    /// The change in tenths of a point.
    pub tenths: i64,
    /// The parts, in order.
    pub parts: Vec<Part>,
    /// People then, now and in both.
    pub people: (u64, u64, u64),
    /// Why the mix is not told.
    pub untold: Option<String>,
    /// Whether it follows from counts that leave exactly.
    pub may_leave: bool,
}

/// The parts as they are told: data and definition together where they must
/// be, mix and rate apart where they may be.
pub(super) fn parts(change: &Change, joined: bool, (everyone, divided): (bool, bool)) -> Vec<Part> {
    let points = change.points();
    let part = |why, change, tenths| Part {
        why,
        change,
        tenths,
        interval: None,
    };
    let mut parts = if joined {
        let tenths = points.data + points.definition;
        vec![part(
            Why::DataOrDefinition,
            change.data + change.definition,
            tenths,
        )]
    } else {
        vec![
            part(Why::Data, change.data, points.data),
            part(Why::Definition, change.definition, points.definition),
        ]
    };
    let rate = Part {
        interval: change.rate_interval,
        ..part(Why::Rate, change.rate, points.rate)
    };
    match (everyone, divided) {
        (true, true) => {
            let mix = part(Why::Mix, change.mix, points.mix);
            parts.push(Part {
                interval: change.mix_interval,
                ..mix
            });
            parts.push(rate);
            parts.push(part(Why::Groups, change.remainder, points.remainder));
        }
        (true, false) => parts.push(part(Why::Rest, change.rate, points.rate)),
        (false, _) => parts.push(rate),
    }
    parts
}
