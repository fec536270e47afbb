//! Where those who started are after whole months: in the same post, moved
//! within, on the bank only, elsewhere in health and care, or gone. Told of
//! everyone, only where the curve is; a state that few are in is told together
//! with another.

use super::fates::{curve_is_shown, fate};
use crate::data::Linked;
use crate::data::workforce::{After, ChangeKind, Spell};
use crate::report::evidence::Fate;
use crate::vocabulary::destinations::Sort;
use staywise_core::disclosure::{Policy, Released};
use staywise_core::stats::LEVEL;
use staywise_core::stats::states::{Occupation, Path, Paths, State};
use staywise_core::stats::survival::day_of_month;

/// The horizons, in months.
const HORIZONS: [u32; 4] = [6, 12, 18, 24];
/// The states; everybody starts in the first.
const STATES: [&str; 5] = [
    "In the same post",
    "Moved within the organisation",
    "On the bank only",
    "Elsewhere in health or social care",
    "Left, retired or died",
];
const SAME: usize = 0;
const WITHIN: usize = 1;
const BANK: usize = 2;
const ELSEWHERE: usize = 3;
const LEFT: usize = 4;
/// What the first two are together, where few moved.
const STILL: &str = "In the same post or another within the organisation";
/// What all ways of being gone are together.
const ALL_GONE: &str = "Gone, in whatever way";
/// What some ways of being gone are together.
const GONE: &str = "Gone in any other way";

/// Which states are told together.
struct Merged {
    labels: Vec<&'static str>,
    /// By state of `STATES`, its place among the labels.
    to: [usize; 5],
}

/// Where everybody is; nothing where the curve does not say.
pub(super) fn all(linked: &Linked, rows: &[Released], policy: &Policy) -> Vec<Fate> {
    if !linked.workforce.sees_leavers {
        return Vec::new();
    }
    let months: Vec<u32> = HORIZONS
        .into_iter()
        .filter(|months| curve_is_shown(rows, *months))
        .collect();
    let walked: Vec<Path> = paths(linked);
    let merged = merged(&walked, &months, policy);
    let kinds: Vec<State> = (0..merged.labels.len())
        .map(|place| match merged.to.iter().position(|to| *to == place) {
            Some(SAME | WITHIN) => State::Followed,
            _ => State::Final,
        })
        .collect();
    let mut paths = Paths::new(&kinds);
    for path in &walked {
        // A path that cannot be is none: its own dates contradict one another.
        let _known = paths.follow(&merged.path(path));
    }
    let fitted = Occupation::fit(&paths, LEVEL);
    let mut fates = Vec::new();
    for months in months {
        let Ok(at) = fitted.at(day_of_month(months)) else {
            continue;
        };
        for (label, share) in merged.labels.iter().zip(&at.states) {
            fates.push(fate(months, label, (share.estimate, share.interval)));
        }
    }
    fates
}

/// Everybody's way through the states.
fn paths(linked: &Linked) -> Vec<Path> {
    let workforce = &linked.workforce;
    let mut moved: Vec<(usize, i32)> = workforce
        .changes
        .iter()
        .filter(|change| {
            matches!(
                change.kind,
                ChangeKind::MovedUnit | ChangeKind::MovedSite | ChangeKind::MovedStaffGroup
            )
        })
        .filter_map(|change| Some((usize::try_from(change.spell).ok()?, change.on.0)))
        .collect();
    moved.sort_unstable();
    let of = |(place, spell): (usize, &Spell)| {
        let exit = spell.ended.unwrap_or(linked.as_at).min(linked.as_at);
        let since = |day: i32| u32::try_from(day - spell.time_zero.0).ok();
        let last = since(exit.0)?;
        let from = moved.partition_point(|one| *one < (place, spell.time_zero.0));
        let first = moved.get(from).filter(|(own, _)| *own == place);
        // A move on the day it ends is the end's.
        let day = first.and_then(|(_, day)| since(*day));
        let day = day.filter(|day| *day < last);
        // Who had moved before they were followed is there from the first.
        let before = day.is_some_and(|day| spell.entry_day > 0 && day <= spell.entry_day);
        let mut moves: Vec<(u32, usize)> = Vec::new();
        moves.extend(day.filter(|_| !before).map(|day| (day, WITHIN)));
        let end = spell.ended.and_then(|_| state_after(spell));
        let begin = if before { WITHIN } else { SAME };
        let now = moves.last().map_or(begin, |(_, state)| *state);
        moves.extend(end.filter(|state| *state != now).map(|state| (last, state)));
        Some(Path {
            entry: spell.entry_day,
            first: begin,
            moves,
            last,
        })
    };
    let spells = workforce.spells.iter().enumerate();
    spells.filter_map(of).collect()
}

/// Where somebody is once their time in post has ended; nothing where the
/// record was closed and does not say.
fn state_after(spell: &Spell) -> Option<usize> {
    let near = [Sort::Nhs, Sort::SocialCare, Sort::OtherHealth];
    let near = near.map(Sort::slug);
    match spell.after {
        After::InPost | After::RecordClosed => None,
        After::MovedWithin => Some(WITHIN),
        After::BankOnly => Some(BANK),
        After::Transferred => Some(ELSEWHERE),
        After::Left | After::OnBreak
            if spell.destination_sort.is_some_and(|to| near.contains(&to)) =>
        {
            Some(ELSEWHERE)
        }
        After::Left | After::OnBreak | After::Retired | After::Died => Some(LEFT),
    }
}

/// Whether a count of people in a state by some horizon is of too few.
fn few(paths: &[Path], months: &[u32], (policy, states): (&Policy, &[usize])) -> bool {
    months.iter().any(|months| {
        let day = day_of_month(*months);
        let there = |path: &&Path| {
            let by = path.moves.iter().any(|(on, _)| *on <= day);
            by && path
                .moves
                .iter()
                .any(|(on, to)| *on <= day && states.contains(to))
        };
        let people = paths.iter().filter(there).count();
        policy.too_few(u64::try_from(people).unwrap_or(u64::MAX))
    })
}

fn merged(paths: &[Path], months: &[u32], policy: &Policy) -> Merged {
    let ever = |states: &[usize]| {
        let there = |path: &&Path| {
            let moved = path.moves.iter().any(|(_, to)| states.contains(to));
            moved || states.contains(&path.first)
        };
        paths.iter().filter(there).count()
    };
    let few = |states: &[usize]| few(paths, months, (policy, states));
    let mut labels = Vec::new();
    let mut to = [0; 5];
    if ever(&[WITHIN]) == 0 || few(&[WITHIN]) {
        labels.push(if ever(&[WITHIN]) == 0 {
            STATES[SAME]
        } else {
            STILL
        });
    } else {
        labels.extend([STATES[SAME], STATES[WITHIN]]);
        to[WITHIN] = 1;
    }
    // Those of few are one; the rarest of the others joins them until they
    // are enough.
    let mut all: Vec<usize> = [BANK, ELSEWHERE, LEFT]
        .into_iter()
        .filter(|state| ever(&[*state]) > 0)
        .collect();
    all.sort_by_key(|state| (ever(&[*state]), *state));
    let (mut together, mut gone): (Vec<usize>, Vec<usize>) =
        all.into_iter().partition(|state| few(&[*state]));
    while !gone.is_empty() && few(&together) {
        together.push(gone.remove(0));
    }
    let rest = if gone.is_empty() { ALL_GONE } else { GONE };
    gone.sort_unstable();
    for state in gone {
        to[state] = labels.len();
        labels.push(STATES[state]);
    }
    if let Some(last) = together.first() {
        let label = match together.len() {
            1 => STATES[*last],
            _ => rest,
        };
        for state in together {
            to[state] = labels.len();
        }
        labels.push(label);
    }
    Merged { labels, to }
}

impl Merged {
    /// A path in the states that are told.
    fn path(&self, path: &Path) -> Path {
        let first = self.to[path.first];
        let mut now = first;
        let mut moves = Vec::new();
        for (day, state) in &path.moves {
            let to = self.to[*state];
            if to != now {
                moves.push((*day, to));
                now = to;
            }
        }
        Path {
            first,
            moves,
            ..path.clone()
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{ALL_GONE, BANK, ELSEWHERE, GONE, LEFT, Merged, STATES, STILL, WITHIN, merged};
    use staywise_core::disclosure::Policy;
    use staywise_core::stats::states::Path;

    fn those(counts: &[(usize, usize, u32)]) -> Vec<Path> {
        let of = |(state, people, day): &(usize, usize, u32)| {
            let path = Path {
                entry: 0,
                first: 0,
                moves: vec![(*day, *state)],
                last: 800,
            };
            vec![path; *people]
        };
        counts.iter().flat_map(of).collect()
    }

    fn told(counts: &[(usize, usize, u32)]) -> Merged {
        merged(&those(counts), &[12, 24], &Policy::nss10())
    }

    #[test]
    fn states_that_few_are_in_are_told_together() {
        let plenty = [
            (WITHIN, 20, 100),
            (BANK, 12, 100),
            (ELSEWHERE, 30, 100),
            (LEFT, 40, 100),
        ];
        assert_eq!(told(&plenty).labels, STATES);
        let few = [(WITHIN, 4, 100), (BANK, 3, 100), (LEFT, 40, 100)];
        let found = told(&few);
        assert_eq!(found.labels, [STILL, ALL_GONE]);
        assert_eq!(found.to[LEFT], found.to[BANK]);
        // Enough by two years, and too few by one.
        let late = [
            (BANK, 3, 100),
            (BANK, 20, 500),
            (ELSEWHERE, 20, 100),
            (LEFT, 40, 100),
        ];
        assert_eq!(told(&late).labels, [STATES[0], STATES[LEFT], GONE]);
        assert_eq!(told(&[]).labels, [STATES[0]]);
    }

    #[test]
    fn a_move_between_states_told_together_is_none() {
        let found = told(&[(WITHIN, 4, 100), (LEFT, 40, 100)]);
        let path = Path {
            entry: 0,
            first: 0,
            moves: vec![(100, WITHIN), (300, LEFT)],
            last: 300,
        };
        assert_eq!(found.path(&path).moves, [(300, found.to[LEFT])]);
    }
}
