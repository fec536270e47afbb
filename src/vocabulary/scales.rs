//! Likert and other scales: their levels in order, scores, which favour, and
//! the answers that are off every scale.

use staywise_core::domain::Scale;

/// What a label is on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The level's index in the scale.
    Level(u8),
    /// Don't know, prefer not to say, not applicable.
    OffScale,
    /// No answer.
    Missing,
    /// Not a label of this scale.
    Unknown,
}

/// Every known scale.
#[must_use]
pub fn all() -> &'static [Scale] {
    &[]
}

/// A scale by its slug.
#[must_use]
pub fn named(name: &str) -> Option<&'static Scale> {
    all().iter().find(|s| s.name == name)
}

/// The scale that a column's distinct labels (with their counts) belong to:
/// the one with most rows on it, at least 70% of the rows that are neither
/// missing nor off scale, and at least two distinct levels (or one, where the
/// label names one scale only). Ties go to the shorter scale.
#[must_use]
pub fn recognise(labels: &[(&str, u64)]) -> Option<&'static Scale> {
    let _ = labels;
    None
}

/// Reads a label on a scale, by its aliases.
#[must_use]
pub fn read(scale: &Scale, label: &str) -> Answer {
    let _ = (scale, label);
    Answer::Unknown
}
