//! Which person a key belongs to, and which level of a dimension it had on a
//! day. Looks up; counts nothing.

use crate::data::linked::NOBODY;
use crate::data::{History, Linked};
use crate::frames;
use staywise_core::domain::{Day, Dimension, Grain, Level};

/// The units of one grain.
#[derive(Clone, Copy)]
pub(super) struct Units<'a> {
    pub linked: &'a Linked,
    pub grain: Grain,
}

fn at<T: Copy>(values: &[T], index: u32) -> Option<T> {
    values.get(usize::try_from(index).ok()?).copied()
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl<'a> Units<'a> {
    /// How many keys there are: every key is below it.
    pub(super) fn count(&self) -> u32 {
        let survey = &self.linked.survey;
        match self.grain {
            Grain::Person => size(self.linked.workforce.people()),
            Grain::Spell => size(self.linked.workforce.spells.len()),
            Grain::Preceptorship => size(self.linked.workforce.preceptorships.len()),
            Grain::Response => size(survey.responses()),
            Grain::Answer => size(survey.responses().saturating_mul(survey.items.len())),
            Grain::Post => size(self.linked.workforce.posts.len()),
            Grain::Invitation => size(survey.invitations.wave.len()),
            Grain::Flow => size(self.linked.flows.flows.len()),
            Grain::Followed => size(self.linked.followed.time.len()),
        }
    }

    /// The response of a key, for responses and answers.
    pub(super) fn response(&self, key: u32) -> Option<u32> {
        match self.grain {
            Grain::Response => Some(key),
            Grain::Answer => frames::answer_response(key, self.linked.survey.items.len()),
            _ => None,
        }
    }

    /// A number for the person of a key. Someone unknown has a number of
    /// their own, past all known people: whoever is in no staff list is one
    /// person by the same identifier, and an anonymous response is one person.
    pub(super) fn person(&self, key: u32) -> u32 {
        let workforce = &self.linked.workforce;
        let unit = self.response(key).unwrap_or(key);
        let known = match self.grain {
            Grain::Person => Some(key),
            Grain::Spell => usize::try_from(key)
                .ok()
                .and_then(|k| workforce.spells.get(k))
                .map(|s| s.person),
            Grain::Preceptorship => usize::try_from(key)
                .ok()
                .and_then(|k| workforce.preceptorships.get(k))
                .and_then(|p| p.person),
            Grain::Response | Grain::Answer => at(&self.linked.response_giver, unit),
            Grain::Post => usize::try_from(key)
                .ok()
                .and_then(|k| workforce.posts.get(k))
                .map(|p| p.person),
            Grain::Invitation => at(&self.linked.invitation_person, unit),
            // Each is somebody of their own, in no staff list.
            Grain::Followed | Grain::Flow => None,
        };
        known
            .filter(|p| *p != NOBODY)
            .unwrap_or_else(|| size(workforce.people()).saturating_add(unit))
    }

    /// When a response was given, to tell a person's latest: by day, then
    /// wave, then place in the file.
    pub(super) fn given(&self, response: u32) -> (i32, u32, u32) {
        let survey = &self.linked.survey;
        let day = at(&survey.answered_on, response).map_or(i32::MIN, |d| d.0);
        (day, at(&survey.wave, response).unwrap_or(0), response)
    }

    /// How a dimension is looked up; nothing where these units do not have
    /// it.
    pub(super) fn dimension(&self, wanted: &Dimension) -> Option<Lookup<'a>> {
        let linked = self.linked;
        let (coded, waves) = match self.grain {
            Grain::Person | Grain::Spell | Grain::Preceptorship | Grain::Post => {
                let all = &linked.workforce.dimensions;
                let history = all.iter().find(|h| h.dimension == *wanted)?;
                return Some(Lookup {
                    levels: &history.levels,
                    by: By::of(history),
                });
            }
            Grain::Followed => {
                let mut all = linked.followed.dimensions.iter();
                let coded = all.find(|c| c.dimension == *wanted)?;
                return Some(Lookup {
                    levels: &coded.levels,
                    by: By::Unit(&coded.codes),
                });
            }
            // Flows are divided by what they were published of.
            Grain::Flow => return None,
            Grain::Response | Grain::Answer => (&linked.response_dimensions, &linked.survey.wave),
            Grain::Invitation => (
                &linked.invitation_dimensions,
                &linked.survey.invitations.wave,
            ),
        };
        let (levels, codes) = match coded.iter().find(|c| c.dimension == *wanted) {
            Some(coded) => (&coded.levels, &coded.codes),
            None if wanted.as_str() == "wave" => (&linked.survey.waves, waves),
            None => return None,
        };
        Some(Lookup {
            levels,
            by: By::Unit(codes),
        })
    }
}

/// How a dimension is looked up.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'a> {
    pub levels: &'a [Level],
    by: By<'a>,
}

#[derive(Clone, Copy)]
enum By<'a> {
    /// By person and day.
    Person(&'a History),
    /// By person, where nobody's level ever changes.
    Constant(&'a [u32]),
    /// By response or invitation, whatever the day.
    Unit(&'a [u32]),
}

impl<'a> By<'a> {
    fn of(history: &'a History) -> Self {
        let one_each = |(person, offset): (usize, &u32)| usize::try_from(*offset) == Ok(person);
        let constant = history.offsets.len() == history.codes.len() + 1;
        if constant && history.offsets.iter().enumerate().all(one_each) {
            Self::Constant(&history.codes)
        } else {
            Self::Person(history)
        }
    }
}

impl Lookup<'_> {
    /// The level of each of some people, or else of responses or invitations,
    /// on a day; `none` where there is no such level.
    pub(super) fn codes(&self, of: &Whom, day: &dyn Fn(usize) -> i32, none: u32) -> Vec<u32> {
        let count = size(self.levels.len());
        let known = |code: Option<u32>| code.filter(|c| *c < count).unwrap_or(none);
        match self.by {
            By::Person(history) => {
                let places = of.person.iter().enumerate();
                let level =
                    |(place, person): (usize, &u32)| known(history.at(*person, Day(day(place))));
                places.map(level).collect()
            }
            By::Constant(codes) => of.person.iter().map(|p| known(at(codes, *p))).collect(),
            By::Unit(codes) => of.unit.iter().map(|u| known(at(codes, *u))).collect(),
        }
    }
}

/// Whose levels are looked up.
pub(super) struct Whom {
    pub person: Vec<u32>,
    /// The responses or the invitations.
    pub unit: Vec<u32>,
}
