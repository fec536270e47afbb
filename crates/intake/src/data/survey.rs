//! Responses, their answers item by item, waves, and who was invited.
//! Responses are dense integers from 0. No free text is held.

use super::Coded;
use super::workforce::Identity;
use staywise_core::domain::{Day, Item, Level, ScaleLevel};

/// The code of a response that did not answer an item.
pub const NO_ANSWER: u8 = u8::MAX;
/// The code of an answer that is off the scale: don't know, prefer not to
/// say, not applicable.
pub const OFF_SCALE: u8 = u8::MAX - 1;
/// The code of a label that is not known.
pub const UNKNOWN_LABEL: u8 = u8::MAX - 2;

/// All answers to one item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemAnswers {
    /// The item.
    pub item: Item,
    /// By response: the index of the level in the item's scale, or one of the
    /// codes above.
    pub codes: Vec<u8>,
}

/// Who was invited to which wave; one row an invitation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Invitations {
    /// How each can be recognised.
    pub identities: Vec<Identity>,
    /// When, where known.
    pub invited_on: Vec<Option<Day>>,
    /// The wave, as an index into the survey's `waves`.
    pub wave: Vec<u32>,
}

/// The survey, all waves. Responses are in order of completion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// By response: the day it was completed.
    pub answered_on: Vec<Day>,
    /// By response: whether it was finished; empty where all were.
    pub finished: Vec<bool>,
    /// By response: index into `waves`.
    pub wave: Vec<u32>,
    /// The waves' names, in order of time.
    pub waves: Vec<Level>,
    /// By response: how the person can be recognised; both empty for an
    /// anonymous response.
    pub identities: Vec<Identity>,
    /// Items, each with an answer code a response.
    pub items: Vec<ItemAnswers>,
    /// What the survey itself asked people about themselves, a dimension
    /// each, with a code a response.
    pub dimensions: Vec<Coded>,
    /// Who was invited.
    pub invitations: Invitations,
}

impl Survey {
    /// How many responses.
    #[must_use]
    pub fn responses(&self) -> usize {
        self.answered_on.len()
    }
}

impl ItemAnswers {
    /// The level that a response gave, with its index; nothing for no valid
    /// answer.
    #[must_use]
    pub fn level(&self, response: usize) -> Option<(usize, &ScaleLevel)> {
        let index = usize::from(*self.codes.get(response)?);
        Some((index, self.item.scale.levels.get(index)?))
    }

    /// Whether a response's answer favours what the item asks about; nothing
    /// for no valid answer, and nothing at all on a scale of which no answer
    /// favours anything: none of those who answered is against it.
    #[must_use]
    pub fn favourable(&self, response: usize) -> Option<bool> {
        let mut levels = self.item.scale.levels.iter();
        let (_, level) = self.level(response)?;
        levels.any(|l| l.favourable).then_some(level.favourable)
    }
}
