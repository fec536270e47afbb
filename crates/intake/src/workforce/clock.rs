//! The day on which the clock of each spell starts, and from which day on it
//! the person is followed.

use super::{Clock, Rules};
use crate::data::workforce::Spell;
use crate::data::{Stage, Workforce};
use staywise_core::domain::Day;

/// Sets the clock of every spell. Registrations must be known by now.
pub(super) fn set(workforce: &mut Workforce, rules: &Rules, stage: &mut Stage) {
    let (registered, from) = (&workforce.registered, workforce.leavers_from);
    let (mut by_registration, mut before) = (0, 0);
    for spell in &mut workforce.spells {
        let month = registered.get(spell.person as usize).copied().flatten();
        let zero = zero(spell, month, rules.clock);
        by_registration += usize::from(zero != spell.start);
        before += usize::from(month.is_some_and(|m| spell.ended.is_some_and(|e| e <= m)));
        spell.time_zero = zero;
        let followed = from.map_or(spell.start, |from| from.max(spell.start));
        spell.entry_day = u32::try_from(followed.0.saturating_sub(zero.0)).unwrap_or(0);
    }
    if rules.clock != Clock::Start {
        stage.count(
            "spells whose clock starts with the registration",
            by_registration,
        );
        stage.count("spells that ended before the registration", before);
    }
}

/// When the clock of a spell starts. One that had ended by the registration
/// has no time after it, and keeps its start.
fn zero(spell: &Spell, month: Option<Day>, clock: Clock) -> Day {
    let month = month.filter(|month| spell.ended.is_none_or(|ended| ended > *month));
    match (clock, month) {
        (Clock::Registration, Some(month)) => month,
        (Clock::Later, Some(month)) => month.max(spell.start),
        (Clock::Start, _) | (_, None) => spell.start,
    }
}
