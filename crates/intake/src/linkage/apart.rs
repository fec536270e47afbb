//! Surveys and staff lists that cannot meet: one side has e-mail addresses
//! only and the other staff numbers only, or there is no staff list. Links
//! nothing.

use crate::data::workforce::Identity;

/// Which side has which identifier where they have none in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apart {
    /// The survey has addresses, the staff list numbers.
    AddressesInSurvey,
    /// The survey has numbers or references, the staff list addresses.
    NumbersInSurvey,
}

/// How the two sides are apart; nothing where they have an identifier of one
/// sort in common, or one has none.
pub(super) fn find(people: &[Identity], responses: &[Identity]) -> Option<Apart> {
    let numbers = |all: &[Identity]| {
        let mut all = all.iter();
        all.any(|i| i.staff_number.is_some() || i.reference.is_some())
    };
    let emails = |all: &[Identity]| all.iter().any(|i| i.email.is_some());
    let sides = [people, responses].map(|side| (numbers(side), emails(side)));
    match sides {
        [(true, false), (false, true)] => Some(Apart::AddressesInSurvey),
        [(false, true), (true, false)] => Some(Apart::NumbersInSurvey),
        _ => None,
    }
}

impl Apart {
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::AddressesInSurvey => {
                "The survey has e-mail addresses only and the staff list staff numbers only, so \
                 no response can be linked; they count, but are nobody's."
            }
            Self::NumbersInSurvey => {
                "The survey has staff numbers only and the staff list e-mail addresses only, so \
                 no response can be linked; they count, but are nobody's."
            }
        }
    }

    pub(super) fn remedy(self) -> &'static str {
        match self {
            Self::AddressesInSurvey => {
                "Add a column of e-mail addresses to the staff list; or have the next survey ask \
                 or carry the staff number."
            }
            Self::NumbersInSurvey => {
                "Add a column of staff numbers to the staff list; or have the next survey carry \
                 the e-mail address."
            }
        }
    }
}

/// Rule, message and remedy where responses name people and there is nobody
/// to link them to.
pub(super) const NO_STAFF_LIST: (&str, &str, &str) = (
    "no-staff-list",
    "There is no staff list, so responses are linked to nobody: they count, but what becomes of \
     those who answered is not available.",
    "Put a staff list beside the survey, with the identifier that the survey has: e-mail addresses \
     or staff numbers.",
);
