//! Who was invited and answered. Where too many of a wave's responses are
//! anonymous that cannot be told, and the wave's invitations are left out
//! rather than counted as unanswered.

use super::matching::{Index, Match};
use super::pseudonym::Marked;
use super::repeats::{Who, only, who};
use crate::data::linked::WaveInvited;
use crate::data::{Stage, Survey};
use staywise_core::domain::Severity;
use std::collections::HashSet;

/// The share of a wave's responses that may be anonymous.
pub(super) const MOST_ANONYMOUS: f64 = 0.05;

/// The invitations as they are left.
pub(super) struct Invited {
    pub(super) persons: Vec<u32>,
    pub(super) answered: Vec<bool>,
    pub(super) waves: Vec<WaveInvited>,
    repeated: u64,
    /// Waves that are kept though some responses are anonymous, with how many.
    partly: Vec<(u32, u64)>,
}

/// Settles the survey's invitations: one a person and wave.
pub(super) fn settle(
    survey: &mut Survey,
    (marks, index): (&[Marked], &Index),
    (given, matches): (&[Marked], &[Match]),
) -> Invited {
    let found: Vec<Match> = marks.iter().map(|m| index.find(m)).collect();
    let mut seen = HashSet::new();
    let mut keep: Vec<bool> = found
        .iter()
        .zip(marks)
        .zip(&survey.invitations.wave)
        .map(|((found, marks), wave)| {
            // Whoever shares an address is told apart by nothing: all stay.
            who(found, marks).is_none_or(|who| seen.insert((*wave, who)))
        })
        .collect();
    let repeated = keep.iter().filter(|kept| !**kept).count();
    let (waves, partly) = by_wave(survey, &keep, matches);
    let left_out: Vec<u32> = waves
        .iter()
        .filter(|w| w.set_aside)
        .map(|w| w.wave)
        .collect();
    for (kept, wave) in keep.iter_mut().zip(&survey.invitations.wave) {
        *kept &= !left_out.contains(wave);
    }
    let responded = Responded::new(survey, (given, matches), index);
    let answered = found.iter().zip(marks).zip(&survey.invitations.wave);
    let mut answered: Vec<bool> = answered
        .map(|((found, marks), wave)| responded.has(*wave, found, marks))
        .collect();
    let mut persons: Vec<u32> = found.iter().map(Match::person).collect();
    only(&mut answered, &keep);
    only(&mut persons, &keep);
    only(&mut survey.invitations.identities, &keep);
    only(&mut survey.invitations.invited_on, &keep);
    only(&mut survey.invitations.wave, &keep);
    Invited {
        persons,
        answered,
        waves,
        repeated: u64::try_from(repeated).unwrap_or(u64::MAX),
        partly,
    }
}

/// Counts by wave with invitations.
fn by_wave(
    survey: &Survey,
    keep: &[bool],
    matches: &[Match],
) -> (Vec<WaveInvited>, Vec<(u32, u64)>) {
    let mut counts = vec![[0_u64; 3]; survey.waves.len()];
    let mut add = |wave: u32, which: usize| {
        let slot = counts.get_mut(wave as usize).and_then(|c| c.get_mut(which));
        if let Some(count) = slot {
            *count += 1;
        }
    };
    let invited = survey
        .invitations
        .wave
        .iter()
        .zip(keep)
        .filter(|(_, kept)| **kept);
    invited.for_each(|(wave, _)| add(*wave, 0));
    for (wave, found) in survey.wave.iter().zip(matches) {
        add(*wave, 1);
        if matches!(found, Match::Anonymous) {
            add(*wave, 2);
        }
    }
    let (mut waves, mut partly) = (Vec::new(), Vec::new());
    for (wave, [invited, responses, anonymous]) in (0..).zip(counts) {
        if invited == 0 {
            continue;
        }
        // Counts of responses are far below 2^52.
        #[allow(clippy::cast_precision_loss)]
        let set_aside = anonymous as f64 > MOST_ANONYMOUS * responses as f64;
        waves.push(WaveInvited {
            wave,
            invited,
            responses,
            set_aside,
        });
        if anonymous > 0 && !set_aside {
            partly.push((wave, anonymous));
        }
    }
    (waves, partly)
}

/// Who answered which wave.
struct Responded<'a> {
    people: HashSet<(u32, Who)>,
    marks: HashSet<(u32, u128)>,
    index: &'a Index,
}

impl<'a> Responded<'a> {
    fn new(survey: &Survey, (given, matches): (&[Marked], &[Match]), index: &'a Index) -> Self {
        let mut responded = Self {
            people: HashSet::new(),
            marks: HashSet::new(),
            index,
        };
        if survey.invitations.wave.is_empty() {
            return responded;
        }
        for ((wave, marks), found) in survey.wave.iter().zip(given).zip(matches) {
            responded
                .people
                .extend(who(found, marks).map(|who| (*wave, who)));
            responded
                .marks
                .extend(marks.all().map(|mark| (*wave, mark)));
        }
        responded
    }

    fn has(&self, wave: u32, found: &Match, marks: &Marked) -> bool {
        let person = who(found, marks).is_some_and(|who| self.people.contains(&(wave, who)));
        let own = |mark: &u128| !self.index.is_shared(*mark);
        person
            || marks
                .all()
                .filter(own)
                .any(|mark| self.marks.contains(&(wave, mark)))
    }
}

impl Invited {
    /// What was found.
    pub(super) fn find(&self, survey: &Survey, stage: &mut Stage) {
        let name = |wave: u32| survey.waves.get(wave as usize).map_or("", |w| w.as_str());
        if self.repeated > 0 {
            let message = "Somebody is invited to the same wave more than once; it counts once.";
            let said = ("duplicate-invitation", Severity::Note);
            stage
                .findings
                .push(super::finding(said, self.repeated, message.to_owned(), ""));
        }
        for wave in self.waves.iter().filter(|w| w.set_aside) {
            let message = format!(
                "Too many responses of {} are anonymous to tell who of those invited answered; \
                 its response rate is not made for groups.",
                name(wave.wave)
            );
            let said = ("answered-not-known", Severity::Note);
            stage
                .findings
                .push(super::finding(said, wave.invited, message, ""));
        }
        for (wave, anonymous) in &self.partly {
            let message = format!(
                "Some responses of {} are anonymous, so that its response rate, which counts \
                 those recognised, is too low.",
                name(*wave)
            );
            let said = ("response-rate-too-low", Severity::Warning);
            let remedy = "Send personal links, so that every response has its reference.";
            stage
                .findings
                .push(super::finding(said, *anonymous, message, remedy));
        }
    }
}
