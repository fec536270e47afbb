//! What was asked and how it is answered. Holds no answer of a person.

/// One level of a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleLevel {
    /// The label as printed.
    pub label: String,
    /// What it scores, where the scale scores.
    pub score: Option<f64>,
    /// Whether it favours what the item asks about.
    pub favourable: bool,
}

/// An ordered set of answers, and those that are off it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// The slug, as `agreement_5`.
    pub name: String,
    /// Levels from the least favourable to the most, in the scale's own order.
    pub levels: Vec<ScaleLevel>,
}

/// What sort of answers a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuestionType {
    /// One level of a known scale.
    Scale,
    /// One of a few options that are no known scale.
    Choice,
    /// Any number of options.
    Multi,
    /// A number.
    Number,
    /// A date.
    Date,
    /// Free text.
    Text,
}

impl QuestionType {
    /// The word in `check --json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::Choice => "choice",
            Self::Multi => "multi",
            Self::Number => "number",
            Self::Date => "date",
            Self::Text => "text",
        }
    }
}

/// A question that metrics can be made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The slug: `intention_to_stay`, or a slug of the question.
    pub name: String,
    /// The question as it was asked.
    pub text: String,
    /// Its scale.
    pub scale: Scale,
    /// Whether agreeing is unfavourable, as for intention to leave.
    pub reversed: bool,
    /// The preceptorship principle it belongs to, where declared.
    pub principle: Option<String>,
}
