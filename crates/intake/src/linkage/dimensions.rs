//! Every dimension of every response and invitation: the workforce's value on
//! the day where linked, else the survey's own, else `Not linked`.

use crate::data::linked::NOBODY;
use crate::data::{Coded, History, Survey, Workforce};
use crate::vocabulary::levels::{self, NOT_KNOWN, NOT_LINKED, OTHER, is_known};
use staywise_core::domain::{Day, Dimension, Level};
use std::collections::BTreeSet;

/// Levels of both sides in one printing order.
struct Merged {
    levels: Vec<Level>,
    /// Place of each of the workforce's levels.
    staff: Vec<u32>,
    /// Place of each of the survey's levels.
    survey: Vec<u32>,
    not_linked: u32,
    not_known: u32,
}

impl Merged {
    fn new(slug: &str, staff: &[Level], survey: &[Level]) -> Self {
        let mut given: Vec<String> = staff
            .iter()
            .chain(survey)
            .map(|l| l.as_str().to_owned())
            .collect();
        given.extend([NOT_LINKED, NOT_KNOWN].map(str::to_owned));
        let (names, places) = levels::sorted(slug, &given);
        let (of_staff, rest) = places.split_at(staff.len());
        let (of_survey, rest) = rest.split_at(survey.len());
        Self {
            levels: names.iter().map(|l| Level::new(l)).collect(),
            staff: of_staff.to_vec(),
            survey: of_survey.to_vec(),
            not_linked: rest.first().copied().unwrap_or(0),
            not_known: rest.last().copied().unwrap_or(0),
        }
    }

    fn says(&self, code: u32) -> bool {
        self.levels
            .get(code as usize)
            .is_some_and(|l| l.as_str() != NOT_KNOWN)
    }

    fn is_known(&self, code: u32) -> bool {
        self.levels
            .get(code as usize)
            .is_some_and(|l| is_known(l.as_str()))
    }

    /// The dimension with the two levels that nobody may have only where
    /// somebody has them.
    fn coded(self, dimension: Dimension, codes: Vec<u32>) -> Coded {
        let mut used = vec![false; self.levels.len()];
        for code in self.staff.iter().chain(&self.survey).chain(&codes) {
            if let Some(used) = used.get_mut(*code as usize) {
                *used = true;
            }
        }
        let mut next = 0;
        let moved: Vec<u32> = used
            .iter()
            .map(|used| {
                let at = next;
                next += u32::from(*used);
                at
            })
            .collect();
        let levels = self
            .levels
            .into_iter()
            .zip(&used)
            .filter(|(_, used)| **used);
        Coded {
            dimension,
            levels: levels.map(|(level, _)| level).collect(),
            codes: codes
                .iter()
                .map(|c| moved.get(*c as usize).copied().unwrap_or(0))
                .collect(),
        }
    }
}

/// What people typed themselves and few others did is no level: it may say
/// who they are. A level that only the survey has, that fewer than ten
/// responses have and that is no word of the field becomes `Other`.
fn without_rare(own: &Coded, staff: &[Level]) -> Coded {
    const FEW: usize = 10;
    let mut counts = vec![0_usize; own.levels.len()];
    for code in &own.codes {
        if let Some(count) = counts.get_mut(*code as usize) {
            *count += 1;
        }
    }
    let stays = |(level, count): (&Level, &usize)| {
        *count >= FEW
            || staff.contains(level)
            || !is_known(level.as_str())
            || levels::is_of_the_field(own.dimension.as_str(), level.as_str())
    };
    let mut levels: Vec<Level> = Vec::new();
    let places: Vec<u32> = own
        .levels
        .iter()
        .zip(&counts)
        .map(|(level, count)| {
            let kept = if stays((level, count)) {
                level.clone()
            } else {
                Level::new(OTHER)
            };
            let at = levels.iter().position(|l| *l == kept).unwrap_or_else(|| {
                levels.push(kept);
                levels.len() - 1
            });
            u32::try_from(at).unwrap_or(0)
        })
        .collect();
    Coded {
        dimension: own.dimension.clone(),
        levels,
        codes: own
            .codes
            .iter()
            .map(|c| places.get(*c as usize).copied().unwrap_or(0))
            .collect(),
    }
}

/// All dimensions by response, and how often both sides know a value and
/// differ, by dimension.
pub(super) fn of_responses(
    workforce: &Workforce,
    survey: &Survey,
    persons: &[u32],
) -> (Vec<Coded>, Vec<(String, u64)>) {
    let mut found = Vec::new();
    let mut disagree = Vec::new();
    for dimension in dimensions(workforce, survey) {
        let slug = dimension.as_str();
        let staff = workforce
            .dimensions
            .iter()
            .find(|d| d.dimension == dimension);
        let own = survey.dimensions.iter().find(|d| d.dimension == dimension);
        let own = own.map(|o| without_rare(o, staff.map_or(&[], |s| &s.levels)));
        let own = own.as_ref();
        let merged = Merged::new(
            slug,
            staff.map_or(&[], |s| &s.levels),
            own.map_or(&[], |o| &o.levels),
        );
        let mut differ = 0;
        let mut codes = Vec::with_capacity(persons.len());
        for (at, (person, day)) in persons.iter().zip(&survey.answered_on).enumerate() {
            let listed = staff.and_then(|s| of_person(s, *person, *day, &merged));
            let said = own
                .and_then(|o| merged.survey.get(*o.codes.get(at)? as usize))
                .copied();
            let (listed, said) = (
                listed.filter(|c| merged.says(*c)),
                said.filter(|c| merged.says(*c)),
            );
            if let (Some(listed), Some(said)) = (listed, said) {
                let known = merged.is_known(listed) && merged.is_known(said);
                differ += u64::from(
                    known && listed != said && !only_group(&merged, slug, [listed, said]),
                );
            }
            let otherwise = if *person == NOBODY && staff.is_some() {
                merged.not_linked
            } else {
                merged.not_known
            };
            codes.push(listed.or(said).unwrap_or(otherwise));
        }
        if differ > 0 {
            disagree.push((slug.to_owned(), differ));
        }
        found.push(merged.coded(dimension, codes));
    }
    found.push(waves(survey, &survey.wave));
    (found, disagree)
}

/// All dimensions by invitation, on the day of the invitation or, where that
/// is not known, of the wave's first response.
pub(super) fn of_invitations(
    workforce: &Workforce,
    survey: &Survey,
    persons: &[u32],
    as_at: Day,
) -> Vec<Coded> {
    let mut opened = vec![as_at; survey.waves.len()];
    for (wave, day) in survey.wave.iter().zip(&survey.answered_on) {
        if let Some(opened) = opened.get_mut(*wave as usize) {
            *opened = (*opened).min(*day);
        }
    }
    let invited = &survey.invitations;
    let day = |at: usize| {
        let wave = invited.wave.get(at).and_then(|w| opened.get(*w as usize));
        invited
            .invited_on
            .get(at)
            .copied()
            .flatten()
            .or(wave.copied())
            .unwrap_or(as_at)
    };
    let coded = |history: &History| {
        let merged = Merged::new(history.dimension.as_str(), &history.levels, &[]);
        let codes = persons.iter().enumerate().map(|(at, person)| {
            of_person(history, *person, day(at), &merged).unwrap_or(merged.not_linked)
        });
        let codes = codes.collect();
        merged.coded(history.dimension.clone(), codes)
    };
    let mut found: Vec<Coded> = workforce.dimensions.iter().map(coded).collect();
    found.push(waves(survey, &invited.wave));
    found
}

fn of_person(history: &History, person: u32, day: Day, merged: &Merged) -> Option<u32> {
    let code = (person != NOBODY)
        .then(|| history.at(person, day))
        .flatten()?;
    merged.staff.get(code as usize).copied()
}

/// The workforce's dimensions, then those that only the survey has.
fn dimensions(workforce: &Workforce, survey: &Survey) -> Vec<Dimension> {
    let mut seen = BTreeSet::new();
    let all = workforce.dimensions.iter().map(|d| &d.dimension);
    all.chain(survey.dimensions.iter().map(|d| &d.dimension))
        .filter(|d| d.as_str() != "wave" && seen.insert(d.as_str()))
        .cloned()
        .collect()
}

/// Whether one of two ethnic categories is only a group, as where the survey
/// offered the five groups: `Asian` does not contradict `Asian - Indian`.
fn only_group(merged: &Merged, slug: &str, codes: [u32; 2]) -> bool {
    let name = |code: u32| merged.levels.get(code as usize).map_or("", Level::as_str);
    let [one, other] = codes.map(name);
    let within = |group: &str, category: &str| {
        category
            .strip_prefix(group)
            .is_some_and(|rest| rest.starts_with(" - "))
    };
    slug == "ethnic_category" && (within(one, other) || within(other, one))
}

fn waves(survey: &Survey, codes: &[u32]) -> Coded {
    Coded {
        dimension: Dimension::new("wave"),
        levels: survey.waves.clone(),
        codes: codes.to_vec(),
    }
}
