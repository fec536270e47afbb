//! Which well-known item a question is.

/// A well-known item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownItem {
    /// The slug: `intention_to_stay`.
    pub name: &'static str,
    /// Whether agreeing is unfavourable.
    pub reversed: bool,
}

/// Recognises a question by its words. Stay or remain is `intention_to_stay`;
/// leave or look for another job `intention_to_leave`, never folded in;
/// influence of preceptorship `preceptorship_influence`; belonging
/// `belonging`.
#[must_use]
pub fn recognise(question: &str) -> Option<KnownItem> {
    let _ = question;
    None
}

/// Whether the question names the person's own organisation (this trust, my
/// organisation), which decides between two questions of the same item.
#[must_use]
pub fn names_organisation(question: &str) -> bool {
    let _ = question;
    false
}

/// The printed name of a well-known item: `Intention to stay`.
#[must_use]
pub fn label(name: &str) -> Option<&'static str> {
    let _ = name;
    None
}
