//! The workforce and the survey, linked: which person gave which response,
//! and every dimension looked up for every unit. What queries and slicing
//! read.

use super::{Coded, FollowedPeople, PublishedFlows, Survey, Workforce};
use staywise_core::domain::{Day, Level};
use std::collections::HashMap;
use std::hash::Hash;

/// The code of a response or invitation that belongs to no known person.
pub const NOBODY: u32 = u32::MAX;

/// How many of a group were linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedCount {
    /// The group: a wave or an ethnic group.
    pub level: Level,
    /// Responses.
    pub responses: u64,
    /// Responses that were linked to a person.
    pub linked: u64,
}

/// How many of a group's people answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachedCount {
    /// The group: a wave or an ethnic group.
    pub level: Level,
    /// People in post at some time between a wave's first and last response.
    pub people: u64,
    /// Those of them with a response.
    pub answered: u64,
}

/// How many were invited to a wave and how many responses came, whoever gave
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaveInvited {
    /// The wave, as an index into the survey's `waves`.
    pub wave: u32,
    /// Invitations, one a person.
    pub invited: u64,
    /// Responses, repeats dropped.
    pub responses: u64,
    /// Whether the wave's invitations were left out below, because too many
    /// of its responses are anonymous to tell who answered.
    pub set_aside: bool,
}

/// What linking did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkageReport {
    /// Responses in all.
    pub responses: u64,
    /// Linked to one person.
    pub linked: u64,
    /// Anonymous: no identifier; never matched by anything else.
    pub anonymous: u64,
    /// With an identifier that the staff list does not have.
    pub unmatched: u64,
    /// With an identifier that more than one person has.
    pub ambiguous: u64,
    /// People of the staff list in post during the waves with no response.
    pub people_without_response: u64,
    /// Responses dropped as an earlier answer of the same person in a wave.
    pub repeats: u64,
    /// By wave.
    pub by_wave: Vec<LinkedCount>,
    /// By ethnic group, as the survey itself says.
    pub by_ethnic_group: Vec<LinkedCount>,
    /// By wave, from the staff list's side.
    pub people_by_wave: Vec<ReachedCount>,
    /// By ethnic group as the staff list says, over all waves.
    pub people_by_ethnic_group: Vec<ReachedCount>,
    /// Which identifier linked, in words: `staff number`, `e-mail address`,
    /// or `staff number, else e-mail address`.
    pub key: Option<&'static str>,
}

/// The linked data.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// People and spells.
    pub workforce: Workforce,
    /// Responses and answers, repeats already dropped; invitations one a
    /// person and wave, without those of waves that are `set_aside`.
    pub survey: Survey,
    /// By wave with invitations, how many were invited and answered.
    pub wave_invited: Vec<WaveInvited>,
    /// By response: the person, or `NOBODY`.
    pub response_person: Vec<u32>,
    /// By response: a number for whoever gave it. The person's, or one past all
    /// people: the same for the same identifier that the staff list does not
    /// have, one of its own for every response without.
    pub response_giver: Vec<u32>,
    /// By invitation: the person, or `NOBODY`.
    pub invitation_person: Vec<u32>,
    /// By invitation: whether that person (or address) answered that wave.
    pub invitation_answered: Vec<bool>,
    /// Every dimension by response: the workforce's value at the answer date
    /// where linked, else the survey's own, else `Not linked` or `Not known`.
    pub response_dimensions: Vec<Coded>,
    /// Every dimension by invitation.
    pub invitation_dimensions: Vec<Coded>,
    /// By response, a keyed pseudonym for private files: empty if anonymous.
    pub response_pseudonyms: Vec<String>,
    /// By person, a keyed pseudonym for private files.
    pub person_pseudonyms: Vec<String>,
    /// Flows that somebody else published; linked to nobody.
    pub flows: PublishedFlows,
    /// People followed without dates; linked to nobody.
    pub followed: FollowedPeople,
    /// The as-at date.
    pub as_at: Day,
    /// What linking did.
    pub report: LinkageReport,
}

/// By response, a number for whoever gave it: the person's, or else one past
/// all people, that of the first response with the same mark. A response
/// without a mark is somebody of its own.
#[must_use]
pub fn givers<Mark: Eq + Hash>(people: usize, of: &[(u32, Option<Mark>)]) -> Vec<u32> {
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    let mut first: HashMap<&Mark, u32> = HashMap::new();
    let mut givers = Vec::with_capacity(of.len());
    for (response, (person, mark)) in (0_u32..).zip(of) {
        let same = mark.as_ref().map(|m| *first.entry(m).or_insert(response));
        givers.push(match *person {
            NOBODY => people.saturating_add(same.unwrap_or(response)),
            known => known,
        });
    }
    givers
}
