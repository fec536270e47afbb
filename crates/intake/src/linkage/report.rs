//! What linking did, from both sides.

use super::matching::{Key, Match};
use crate::data::linked::{LinkedCount, NOBODY, ReachedCount};
use crate::data::{LinkageReport, Survey, Workforce};
use staywise_core::domain::{Day, Level};

/// First and last day of a wave's responses.
type Window = Option<(Day, Day)>;

/// The report, after repeats were dropped.
pub(super) fn report(
    workforce: &Workforce,
    survey: &Survey,
    matches: &[Match],
    repeats: usize,
) -> LinkageReport {
    let count = |wanted: fn(&Match) -> bool| whole(matches.iter().filter(|m| wanted(m)).count());
    let by_number = count(|m| matches!(m, Match::Person(_, Key::StaffNumber)));
    let by_email = count(|m| matches!(m, Match::Person(_, Key::Email)));
    let linked = |at: usize| matches.get(at).is_some_and(|m| m.person() != NOBODY);
    let group = survey
        .dimensions
        .iter()
        .find(|d| d.dimension.as_str() == "ethnic_group");
    let reached = Reached::new(workforce, survey, matches);
    LinkageReport {
        responses: whole(matches.len()),
        linked: by_number + by_email,
        anonymous: count(|m| matches!(m, Match::Anonymous)),
        unmatched: count(|m| matches!(m, Match::Unmatched)),
        ambiguous: count(|m| matches!(m, Match::Ambiguous)),
        people_without_response: whole(reached.without()),
        repeats: whole(repeats),
        by_wave: counted(&survey.waves, &survey.wave, linked),
        by_ethnic_group: group.map_or_else(Vec::new, |g| counted(&g.levels, &g.codes, linked)),
        people_by_wave: reached.by_wave(survey),
        people_by_ethnic_group: reached.by_ethnic_group(workforce),
        key: match (by_number, by_email) {
            (0, 0) => None,
            (_, 0) => Some("staff number"),
            (0, _) => Some("e-mail address"),
            (_, _) => Some("staff number, else e-mail address"),
        },
    }
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn counted(levels: &[Level], codes: &[u32], linked: impl Fn(usize) -> bool) -> Vec<LinkedCount> {
    let mut counts: Vec<LinkedCount> = levels
        .iter()
        .map(|level| LinkedCount {
            level: level.clone(),
            responses: 0,
            linked: 0,
        })
        .collect();
    for (at, code) in codes.iter().enumerate() {
        if let Some(count) = counts.get_mut(*code as usize) {
            count.responses += 1;
            count.linked += u64::from(linked(at));
        }
    }
    counts
}

/// The staff list's side: who was in post during a wave, and who answered.
struct Reached {
    /// By wave and person, whether in post and whether answered.
    waves: Vec<Vec<(bool, bool)>>,
    /// By person, the same over all waves.
    all: Vec<(bool, bool)>,
    last: Option<Day>,
}

impl Reached {
    fn new(workforce: &Workforce, survey: &Survey, matches: &[Match]) -> Self {
        let mut windows: Vec<Window> = vec![None; survey.waves.len()];
        for (wave, day) in survey.wave.iter().zip(&survey.answered_on) {
            if let Some(window) = windows.get_mut(*wave as usize) {
                let (first, last) = window.unwrap_or((*day, *day));
                *window = Some((first.min(*day), last.max(*day)));
            }
        }
        let mut waves = vec![vec![(false, false); workforce.people()]; windows.len()];
        for (people, window) in waves.iter_mut().zip(&windows) {
            let Some((first, last)) = window else {
                continue;
            };
            for spell in &workforce.spells {
                let there = spell.start <= *last && spell.ended.is_none_or(|ended| ended > *first);
                if let Some((in_post, _)) = people.get_mut(spell.person as usize) {
                    *in_post |= there;
                }
            }
        }
        let mut all = vec![(false, false); workforce.people()];
        for (wave, found) in survey.wave.iter().zip(matches) {
            let person = found.person() as usize;
            let of_wave = waves
                .get_mut(*wave as usize)
                .and_then(|w| w.get_mut(person));
            for (_, answered) in of_wave.into_iter().chain(all.get_mut(person)) {
                *answered = true;
            }
        }
        for people in &waves {
            for ((in_post, _), (there, _)) in all.iter_mut().zip(people) {
                *in_post |= there;
            }
        }
        let last = windows.iter().flatten().map(|(_, last)| *last).max();
        Self { waves, all, last }
    }

    fn without(&self) -> usize {
        self.all
            .iter()
            .filter(|(in_post, answered)| *in_post && !answered)
            .count()
    }

    fn by_wave(&self, survey: &Survey) -> Vec<ReachedCount> {
        let count = |(level, people): (&Level, &Vec<(bool, bool)>)| {
            let in_post = people.iter().filter(|(in_post, _)| *in_post);
            ReachedCount {
                level: level.clone(),
                people: whole(in_post.clone().count()),
                answered: whole(in_post.filter(|(_, answered)| *answered).count()),
            }
        };
        survey.waves.iter().zip(&self.waves).map(count).collect()
    }

    fn by_ethnic_group(&self, workforce: &Workforce) -> Vec<ReachedCount> {
        let group = workforce
            .dimensions
            .iter()
            .find(|d| d.dimension.as_str() == "ethnic_group");
        let (Some(group), Some(last)) = (group, self.last) else {
            return Vec::new();
        };
        let mut counts: Vec<ReachedCount> = group
            .levels
            .iter()
            .map(|level| ReachedCount {
                level: level.clone(),
                people: 0,
                answered: 0,
            })
            .collect();
        for (person, (in_post, answered)) in (0..).zip(&self.all) {
            let level = group
                .at(person, last)
                .and_then(|code| counts.get_mut(code as usize));
            if let Some(count) = level.filter(|_| *in_post) {
                count.people += 1;
                count.answered += u64::from(*answered);
            }
        }
        counts
    }
}
