//! The people of a declared comparison: who is in it, in which group, and what
//! became of each. Counts who is out and why; estimates nothing.

use crate::data::workforce::Spell;
use crate::data::{History, Linked};
use crate::pipeline::enrolled::Enrolments;
use crate::report::evidence::{Comparison as Told, Guard};
use crate::study::{Comparison, Entered};
use staywise_core::domain::sample::{Arm, Covariate, FollowUp, Malformed, Rows, Sample, Values};
use staywise_core::domain::tally::Ending;
use staywise_core::domain::{Day, Dimension};
use staywise_core::stats::immortal::{self, Post, Question, Verdict};

/// Levels that are nobody's group.
const NO_GROUP: [&str; 3] = ["Not stated", "Not known", "Not linked"];

/// Whether a level is nobody's group.
pub(in crate::pipeline) fn nobodys_group(level: &str) -> bool {
    NO_GROUP.contains(&level)
}

/// One time in post that may be compared.
#[derive(Clone, Copy, Debug)]
pub(in crate::pipeline) struct Candidate {
    pub person: u32,
    pub zero: Day,
    pub exit: Day,
    /// Whether it ended by leaving.
    pub left: bool,
    /// Whether they had left by the horizon; none where that is not known.
    pub outcome: Option<bool>,
}

/// Who is out, and why.
pub(in crate::pipeline) type Out = Vec<(String, u64)>;

/// Times in post whose horizon has come.
pub(in crate::pipeline) struct Candidates {
    pub all: u64,
    pub out: Out,
    pub list: Vec<Candidate>,
}

/// Everybody whose horizon has come and who was followed from the start.
pub(in crate::pipeline) fn candidates(linked: &Linked, days: i32) -> Candidates {
    let spells = &linked.workforce.spells;
    let mut found = Candidates {
        all: u64::try_from(spells.len()).unwrap_or(u64::MAX),
        out: Vec::new(),
        list: Vec::new(),
    };
    let (mut late, mut early) = (0, 0);
    for spell in spells {
        let exit = spell.ended.unwrap_or(linked.as_at).min(linked.as_at);
        let due = spell.time_zero.plus(days);
        if spell.entry_day > 0 || exit < spell.time_zero {
            late += 1;
        } else if due > linked.as_at {
            early += 1;
        } else {
            found.list.push(candidate(spell, exit, due));
        }
    }
    found.out = vec![
        ("Followed only from a date after the start".to_owned(), late),
        ("Horizon not yet reached".to_owned(), early),
    ];
    found
}

fn candidate(spell: &Spell, exit: Day, due: Day) -> Candidate {
    let gone = spell.leave.is_some_and(|leave| leave <= due);
    let followed = spell.ended.is_none_or(|ended| ended > due);
    Candidate {
        person: spell.person,
        zero: spell.time_zero,
        exit,
        left: spell.leave.is_some(),
        outcome: if gone {
            Some(true)
        } else {
            followed.then_some(false)
        },
    }
}

/// The people of both groups, with what the guard said.
pub(super) struct Placed {
    pub list: Vec<(Candidate, Arm)>,
    pub out: Out,
    /// Days since the start from which they are compared.
    pub landmark: Option<u32>,
    /// Why the comparison is fair in time.
    pub words: String,
}

/// Why no comparison is made, and what to do instead.
pub(super) struct Refused {
    pub why: String,
    pub instead: String,
}

impl Refused {
    /// A comparison of which nothing more is told.
    pub(super) fn told(self, told: Told) -> Told {
        Told {
            guard: Guard::Refused {
                why: self.why,
                instead: self.instead,
            },
            ..told
        }
    }
}

/// Puts everybody into their group.
pub(super) fn place(
    linked: &Linked,
    asked: &Comparison,
    found: &Candidates,
) -> Result<Placed, Refused> {
    match asked.entered {
        Entered::Characteristic => by_level(linked, asked, found),
        Entered::Enrolment => by_days(linked, asked, found, immortal::Comparison::ByEnrolment),
        Entered::Completion => by_days(linked, asked, found, immortal::Comparison::ByCompletion),
    }
}

pub(in crate::pipeline) fn history<'a>(
    linked: &'a Linked,
    dimension: &Dimension,
) -> Option<&'a History> {
    let all = &linked.workforce.dimensions;
    all.iter().find(|history| history.dimension == *dimension)
}

pub(super) fn level<'a>(history: &'a History, candidate: &Candidate) -> &'a str {
    let code = history.at(candidate.person, candidate.zero);
    let level = code.and_then(|code| history.levels.get(usize::try_from(code).ok()?));
    level.map_or("Not known", |level| level.as_str())
}

fn by_level(linked: &Linked, asked: &Comparison, found: &Candidates) -> Result<Placed, Refused> {
    let Some(history) = history(linked, &asked.dimension) else {
        return Err(Refused {
            why: format!("The study has no `{}`.", asked.dimension.as_str()),
            instead: "Name a dimension of the staff list in [[comparison]].".to_owned(),
        });
    };
    for wanted in [Some(&asked.compare), asked.against.as_ref()]
        .into_iter()
        .flatten()
    {
        if history.levels.iter().all(|l| l.as_str() != wanted) {
            let known: Vec<&str> = history.levels.iter().map(|l| l.as_str()).collect();
            return Err(Refused {
                why: format!("`{}` has no level \"{wanted}\".", asked.dimension.as_str()),
                instead: format!("Its levels are {}.", known.join(", ")),
            });
        }
    }
    let (mut list, mut neither) = (Vec::new(), 0);
    for candidate in &found.list {
        let own = level(history, candidate);
        let other = match &asked.against {
            Some(against) => own == against,
            None => !nobodys_group(own),
        };
        if own == asked.compare {
            list.push((*candidate, Arm::Compared));
        } else if other {
            list.push((*candidate, Arm::Comparator));
        } else {
            neither += 1;
        }
    }
    let placed = Placed {
        list,
        out: vec![("In neither group".to_owned(), neither)],
        landmark: None,
        words: "Each person counts as what they were on the day they started.".to_owned(),
    };
    match asked.landmark_day {
        Some(day) => Ok(since(placed, day)),
        None => Ok(placed),
    }
}

/// Those still in post on a day.
fn since(mut placed: Placed, day: u32) -> Placed {
    let at = i32::try_from(day).unwrap_or(i32::MAX);
    let before = placed.list.len();
    placed
        .list
        .retain(|(c, _)| c.exit.0.saturating_sub(c.zero.0) > at);
    let gone = before - placed.list.len();
    placed.out.push((
        format!("Left or no longer followed by day {day}"),
        u64::try_from(gone).unwrap_or(u64::MAX),
    ));
    placed.landmark = Some(day);
    placed.words = format!("Both groups are of those still in post on day {day}.");
    placed
}

/// Every candidate's time in post, with the programme's days.
pub(super) fn posts(linked: &Linked, found: &Candidates) -> Vec<Post> {
    let all = Enrolments::of(&linked.workforce);
    let of = |candidate: &Candidate| {
        let first = all.first(candidate.person, (candidate.zero, candidate.exit));
        let known = |day: &Day| *day <= candidate.exit;
        Post {
            start: candidate.zero,
            enrolled: first.and_then(|p| p.start),
            completed: first.and_then(|p| p.completed).filter(known),
            standards: Vec::new(),
            followed_from: candidate.zero,
            until: candidate.exit,
            ending: match candidate.left {
                true => Ending::Event,
                false => Ending::StillFollowed,
            },
        }
    };
    found.list.iter().map(of).collect()
}

fn by_days(
    linked: &Linked,
    asked: &Comparison,
    found: &Candidates,
    way: immortal::Comparison,
) -> Result<Placed, Refused> {
    if linked.workforce.preceptorships.is_empty() {
        return Err(Refused {
            why: "The study has no preceptorship register, so it is not known who was on the \
                  programme."
                .to_owned(),
            instead: "Add the register to the folder.".to_owned(),
        });
    }
    let posts = posts(linked, found);
    if let Some(day) = asked.landmark_day {
        return at_landmark(&posts, found, (way, day));
    }
    let question = Question::new(way, 90);
    match immortal::guard(&posts, question) {
        Ok(Verdict::Allowed(allowed)) => Ok(Placed {
            list: kept(found, allowed.rows.iter().map(|r| (r.person, r.arm))),
            out: vec![("Without a day of follow-up".to_owned(), allowed.set_aside)],
            landmark: None,
            words: "Those on the programme were enrolled on or before the day they started. The \
                    few who enrolled later count with those who were not."
                .to_owned(),
        }),
        Ok(Verdict::Refused(refusal)) => Err(Refused {
            // The counts of who enrolled when stay inside.
            why: match way {
                immortal::Comparison::ByEnrolment => {
                    "People enrolled after they had started. Those who enrol later have, by \
                     definition, stayed that long."
                        .to_owned()
                }
                _ => refusal.why,
            },
            instead: refusal
                .instead
                .iter()
                .map(|i| format!("{i} Set landmark_day in [[comparison]]."))
                .next()
                .unwrap_or_default(),
        }),
        Err(unknown) => Err(Refused {
            why: sentence(&unknown),
            instead: "Add a register that has both groups.".to_owned(),
        }),
    }
}

fn at_landmark(
    posts: &[Post],
    found: &Candidates,
    (way, day): (immortal::Comparison, u32),
) -> Result<Placed, Refused> {
    let made = immortal::landmark(posts, way, day).map_err(|unknown| Refused {
        why: sentence(&unknown),
        instead: "Choose an earlier landmark_day in [[comparison]].".to_owned(),
    })?;
    let left: u64 = made.left_before.values().sum();
    let what = match way {
        immortal::Comparison::ByCompletion => "completed",
        _ => "enrolled",
    };
    Ok(Placed {
        list: kept(found, made.rows.iter().map(|r| (r.person, r.arm))),
        out: vec![
            (format!("Left by day {day}"), left),
            (
                format!("No longer followed by day {day}"),
                made.ended_before,
            ),
            ("Without a day of follow-up".to_owned(), made.set_aside),
        ],
        landmark: Some(day),
        words: format!(
            "Both groups are of those still in post on day {day}, by whether they had {what} by \
             then. Whoever left before is in neither."
        ),
    })
}

fn kept(found: &Candidates, rows: impl Iterator<Item = (usize, u32)>) -> Vec<(Candidate, Arm)> {
    rows.filter_map(|(place, arm)| {
        let arm = if arm > 0 {
            Arm::Compared
        } else {
            Arm::Comparator
        };
        Some((*found.list.get(place)?, arm))
    })
    .collect()
}

pub(super) fn sentence(unknown: &staywise_core::domain::Unknown) -> String {
    use staywise_core::domain::Unknown;
    let (Unknown::NotAvailable(why) | Unknown::NotApplicable(why) | Unknown::TooFew(why)) = unknown;
    let mut letters = why.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// The sample that models take.
pub(super) fn sample(
    linked: &Linked,
    asked: &Comparison,
    placed: &Placed,
) -> Result<Sample, Malformed> {
    let people = || placed.list.iter().map(|(c, _)| c);
    let code = |history: &History, c: &Candidate| -> u32 {
        let none = u32::try_from(history.levels.len()).unwrap_or(u32::MAX);
        let known = history.at(c.person, c.zero);
        known.filter(|code| *code < none).unwrap_or(none)
    };
    let covariate = |dimension: &Dimension| {
        let history = history(linked, dimension)?;
        let mut levels: Vec<String> = history
            .levels
            .iter()
            .map(|l| l.as_str().to_owned())
            .collect();
        let codes: Vec<u32> = people().map(|c| code(history, c)).collect();
        let beyond = u32::try_from(levels.len()).unwrap_or(u32::MAX);
        if codes.contains(&beyond) {
            levels.push("Not known".to_owned());
        }
        Some(Covariate {
            name: crate::report::words::dimension_name(dimension.as_str()),
            values: Values::Categorical { levels, codes },
        })
    };
    let cluster = asked.cluster.as_ref().and_then(|c| history(linked, c));
    let since = placed.landmark.unwrap_or(0);
    let follow = |c: &Candidate| FollowUp {
        entry: since,
        exit: u32::try_from(c.exit.0.saturating_sub(c.zero.0)).unwrap_or(0),
        left: c.left,
    };
    Sample::new(Rows {
        arms: placed.list.iter().map(|(_, arm)| *arm).collect(),
        left: people().map(|c| c.outcome).collect(),
        covariates: asked.covariates.iter().filter_map(covariate).collect(),
        clusters: cluster.map(|history| people().map(|c| code(history, c)).collect()),
        follow_up: Some(people().map(follow).collect()),
    })
}
