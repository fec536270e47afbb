//! Keyed pseudonyms of identifiers: HMAC-SHA256, cut to 128 bits. A staff
//! number and an address that look alike have different pseudonyms.

use crate::data::workforce::Identity;
use crate::data::{Survey, Workforce};
use crate::vocabulary::identifiers::StaffNumbers;
use hmac::{Hmac, KeyInit, Mac};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use sha2::Sha256;
use std::collections::HashMap;

/// The pseudonyms of one identity; 0 where it has no such identifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    /// Of the reference that the survey's sender gave, as a staff number.
    pub(super) reference: u128,
    /// Of the staff number.
    pub(super) number: u128,
    /// Of the e-mail address.
    pub(super) email: u128,
}

impl Marked {
    /// All, in the order in which they are tried.
    pub(super) fn all(&self) -> impl Iterator<Item = u128> {
        [self.reference, self.number, self.email]
            .into_iter()
            .filter(|mark| *mark != 0)
    }

    /// The first there is, or 0.
    pub(super) fn first(&self) -> u128 {
        self.all().next().unwrap_or(0)
    }
}

/// What kind of identifier a pseudonym is of.
#[derive(Clone, Copy)]
enum Kind {
    StaffNumber,
    Email,
}

impl Kind {
    /// What is put before the identifier, so that kinds never meet.
    fn domain(self) -> &'static [u8] {
        match self {
            Self::StaffNumber => b"staff-number\0",
            Self::Email => b"e-mail\0",
        }
    }
}

/// The pseudonyms of everyone.
pub(super) struct Marks {
    pub(super) people: Vec<Marked>,
    pub(super) responses: Vec<Marked>,
    pub(super) invitations: Vec<Marked>,
}

impl Marks {
    /// Each distinct identifier is hashed once.
    pub(super) fn new(workforce: &Workforce, survey: &Survey, key: &[u8]) -> Self {
        let invited = &survey.invitations;
        let numbers = StaffNumbers::new(numbers(workforce, survey));
        let identities = || {
            workforce
                .identities
                .iter()
                .chain(&survey.identities)
                .chain(&invited.identities)
        };
        let of_numbers = identities()
            .flat_map(|i| [i.reference.as_deref(), i.staff_number.as_deref()])
            .flatten()
            .map(|number| numbers.canonical(number));
        let of_numbers = hashed(of_numbers, Kind::StaffNumber, key);
        let of_emails = identities().filter_map(|i| i.email.as_deref());
        let of_emails = hashed(of_emails, Kind::Email, key);
        let number = |written: &Option<String>| {
            let canonical = written.as_deref().map(|n| numbers.canonical(n));
            canonical
                .and_then(|n| of_numbers.get(n))
                .copied()
                .unwrap_or(0)
        };
        let marked = |identity: &Identity| Marked {
            reference: number(&identity.reference),
            number: number(&identity.staff_number),
            email: identity
                .email
                .as_deref()
                .and_then(|e| of_emails.get(e))
                .copied()
                .unwrap_or(0),
        };
        Self {
            people: workforce.identities.iter().map(marked).collect(),
            responses: survey.identities.iter().map(marked).collect(),
            invitations: invited.identities.iter().map(marked).collect(),
        }
    }
}

/// All staff numbers with the list they stand in: the staff list, and each
/// wave's responses and invitations, as waves may write them differently.
fn numbers<'a>(
    workforce: &'a Workforce,
    survey: &'a Survey,
) -> impl Iterator<Item = (usize, &'a str)> {
    let of = |list: usize, identity: &'a Identity| {
        let both = [&identity.reference, &identity.staff_number];
        both.into_iter()
            .flatten()
            .map(move |number| (list, number.as_str()))
    };
    let by_wave = move |wave: &u32, invited: usize| 1 + 2 * (*wave as usize) + invited;
    let people = workforce.identities.iter().flat_map(move |i| of(0, i));
    let responses = survey.identities.iter().zip(&survey.wave);
    let responses = responses.flat_map(move |(i, wave)| of(by_wave(wave, 0), i));
    let invited = survey
        .invitations
        .identities
        .iter()
        .zip(&survey.invitations.wave);
    let invited = invited.flat_map(move |(i, wave)| of(by_wave(wave, 1), i));
    people.chain(responses).chain(invited)
}

fn hashed<'a>(
    identifiers: impl Iterator<Item = &'a str>,
    kind: Kind,
    key: &[u8],
) -> HashMap<&'a str, u128> {
    let mut distinct: Vec<&str> = identifiers.collect();
    distinct.sort_unstable();
    distinct.dedup();
    // HMAC takes keys of any length, so that there always is one.
    let Ok(mut keyed) = Hmac::<Sha256>::new_from_slice(key) else {
        return HashMap::new();
    };
    keyed.update(kind.domain());
    let mark = |identifier: &&'a str| {
        let mut mac = keyed.clone();
        mac.update(identifier.as_bytes());
        let bytes = mac.finalize().into_bytes();
        let first = bytes
            .iter()
            .take(16)
            .fold(0_u128, |mark, byte| mark << 8 | u128::from(*byte));
        // 0 stands for none.
        (*identifier, first.max(1))
    };
    let marks: Vec<(&str, u128)> = distinct.par_iter().map(mark).collect();
    marks.into_iter().collect()
}

/// A pseudonym as written into private files; empty for none.
pub(super) fn hex(mark: u128) -> String {
    if mark == 0 {
        String::new()
    } else {
        format!("{mark:032x}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, hashed, hex};

    #[test]
    fn a_pseudonym_is_the_first_half_of_the_keyed_hash() {
        // Python: hmac.new(b'key', b'staff-number\x00123', 'sha256').hexdigest()[:32]
        let marks = hashed(["123"].into_iter(), Kind::StaffNumber, b"key");
        let hex_of = |m: Option<&u128>| m.map(|m| hex(*m)).unwrap_or_default();
        assert_eq!(hex_of(marks.get("123")), EXPECTED);
        let other = hashed(["123"].into_iter(), Kind::Email, b"key");
        assert_ne!(marks.get("123"), other.get("123"));
        assert_eq!(hex(0), "");
    }

    const EXPECTED: &str = "3363b25f3d1af92550972cb939357a8f";
}
