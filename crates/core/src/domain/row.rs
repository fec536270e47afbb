//! The one result shape: what identifies a figure, wherever it is shown.

use super::{Group, Level, Period, Statistic};

/// What identifies one figure in results.csv, in a table, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RowKey {
    /// The metric's slug.
    pub metric: String,
    /// The definition's id.
    pub definition: String,
    /// When.
    pub period: Period,
    /// Whom.
    pub group: Group,
    /// Which statistic.
    pub statistic: Statistic,
    /// The item's slug, for a metric counted item by item.
    pub item: Option<String>,
    /// The answer, for a distribution.
    pub answer: Option<Level>,
    /// The horizon in months.
    pub horizon_months: Option<u32>,
    /// What a difference or ratio is against.
    pub comparator: Option<Level>,
    /// How and for what it is adjusted, in words; nothing for a plain figure.
    pub adjusted_for: Option<String>,
}

impl RowKey {
    /// The claim id: `C-` and 12 characters, the same in every run for the
    /// same metric, definition, period, groups and statistic. FNV-1a, 64 bits
    /// (Fowler, Noll, Vo), of which the top 60 are written.
    #[must_use]
    pub fn claim(&self) -> String {
        let mut hash = Fnv::new();
        hash.field(&self.metric);
        hash.field(&self.definition);
        hash.field(&self.period.label);
        for (dimension, level) in self.group.parts() {
            hash.field(dimension.as_str());
            hash.field(level.as_str());
        }
        hash.field(self.statistic.word());
        hash.field(self.item.as_deref().unwrap_or(""));
        hash.field(self.answer.as_ref().map_or("", Level::as_str));
        let horizon = self.horizon_months.map(|m| m.to_string());
        hash.field(horizon.as_deref().unwrap_or(""));
        hash.field(self.comparator.as_ref().map_or("", Level::as_str));
        // A plain figure's claim is what it was before there were others.
        if let Some(adjusted) = &self.adjusted_for {
            hash.field(adjusted);
        }
        hash.write()
    }

    /// The earlier period that this is a change since: of a difference about
    /// everyone, whose comparator is a period's label.
    #[must_use]
    pub fn change_since(&self) -> Option<Period> {
        let change = self.statistic == Statistic::Difference && self.group.is_everyone();
        let label = self.comparator.as_ref().filter(|_| change)?;
        Period::parse(label.as_str()).ok()
    }
}

struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn field(&mut self, text: &str) {
        for byte in text.bytes().chain([0x1f]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write(&self) -> String {
        const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let digits = (0..12).map(|i| {
            let index = (self.0 >> (59 - 5 * i)) & 31;
            char::from(LETTERS[usize::try_from(index).unwrap_or(0)])
        });
        format!("C-{}", digits.collect::<String>())
    }
}

/// What may be said about a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Shown.
    Shown,
    /// Hidden to protect people.
    Confidential,
    /// Not available.
    NotAvailable,
    /// Not applicable, not yet due, refused, or not estimable.
    NotApplicable,
    /// Too few to say.
    TooFew,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Shown,
        Self::Confidential,
        Self::NotAvailable,
        Self::NotApplicable,
        Self::TooFew,
    ];

    /// The code in results.csv.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Confidential => "c",
            Self::NotAvailable => "x",
            Self::NotApplicable => "z",
            Self::TooFew => "u",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Period, RowKey, Statistic};

    #[test]
    fn a_claim_is_stable_and_told_apart() {
        let mut key = RowKey {
            metric: "intention_to_stay".into(),
            definition: "intention_to_stay".into(),
            period: Period::parse("2026-Q2").unwrap_or_else(|_| Period::all(super::super::Day(0))),
            group: Group::everyone(),
            statistic: Statistic::Value,
            item: None,
            answer: None,
            horizon_months: None,
            comparator: None,
            adjusted_for: None,
        };
        let first = key.claim();
        assert_eq!(first.len(), 14);
        assert_eq!(first, key.claim());
        key.statistic = Statistic::Difference;
        assert_ne!(first, key.claim());
    }
}
