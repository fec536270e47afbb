//! Comparisons of answers on a scale: two groups by each person's latest
//! answer, or the same people in two waves. Allows for nothing else that is
//! known of people, and rests only on cells that may be shown.

mod groups;
mod same;

use super::answers::{Asks, What, purpose, told};
use super::people::Refused;
use super::retold::{self, Doing, Family, TwoGroups, p_words};
use super::{Setting, blank};
use crate::data::survey::ItemAnswers;
use crate::data::{Coded, Linked};
use crate::report::evidence::{Comparison as Told, Guard, Purpose};
use crate::study::{Comparison as Asked, Entered};
use groups::Groups;
use same::Same;
use staywise_core::disclosure::{Basis, Modelled, release_modelled};
use staywise_core::domain::metric::Grain;
use staywise_core::domain::sample::Sample;
use staywise_core::domain::{Group, Kind, Level, Metric, Statistic, Unknown};

/// Of answers on a scale.
const ANSWERING: Doing = Doing {
    hit: "answering favourably",
    missed: "not answering favourably",
};
/// The dimension whose groups are the same people twice.
const WAVE: &str = "wave";

/// Whose answers are compared.
enum Whose {
    /// Of two groups.
    Groups(Groups),
    /// The same people's, in two waves.
    Same(Same),
}

/// A comparison of answers whose people are known.
pub(super) struct Ready<'a> {
    asked: &'a Asked,
    metric: &'a Metric,
    whose: Whose,
    sample: Sample,
    basis: Basis,
    told: Told,
}

/// What was asked of whom.
struct Question<'a> {
    linked: &'a Linked,
    asked: &'a Asked,
    answers: &'a ItemAnswers,
    coded: &'a Coded,
}

/// One valid answer.
#[derive(Clone, Copy)]
struct Answer {
    person: u32,
    /// To tell the latest: by day, then wave, then place in the file.
    given: (i32, u32, usize),
    favourable: bool,
    score: f64,
    /// The level of what people are divided by.
    level: u32,
}

/// The item whose favourable answers a metric is the share of, where it is
/// one.
pub(super) fn item<'a>(linked: &'a Linked, metric: &Metric) -> Option<&'a ItemAnswers> {
    let of_answers = metric.grain == Grain::Response && metric.kind == Kind::Proportion;
    let mut items = linked.survey.items.iter();
    items.find(|one| of_answers && one.item.name == metric.name)
}

impl Question<'_> {
    fn code(&self, level: &str) -> Result<u32, Refused> {
        let levels = &self.coded.levels;
        let place = levels.iter().position(|l| l.as_str() == level);
        let code = place.and_then(|p| u32::try_from(p).ok());
        code.ok_or_else(|| {
            let known: Vec<&str> = levels.iter().map(|l| l.as_str()).collect();
            Refused {
                why: format!(
                    "`{}` has no level \"{level}\".",
                    self.asked.dimension.as_str()
                ),
                instead: format!("Its levels are {}.", known.join(", ")),
            }
        })
    }

    /// Every valid answer up to the as-at date, in order of person and time.
    /// Who is in no staff list is one person by the same identifier; without
    /// one, each answer is somebody's own.
    fn given(&self) -> Vec<Answer> {
        let survey = &self.linked.survey;
        let mut all: Vec<Answer> = Vec::new();
        for response in 0..survey.responses() {
            let found = || {
                let day = *survey.answered_on.get(response)?;
                let (_, level) = self.answers.level(response)?;
                let answer = Answer {
                    person: *self.linked.response_giver.get(response)?,
                    given: (day.0, *survey.wave.get(response)?, response),
                    favourable: self.answers.favourable(response)?,
                    score: level.score?,
                    level: *self.coded.codes.get(response)?,
                };
                (day <= self.linked.as_at).then_some(answer)
            };
            all.extend(found());
        }
        all.sort_by_key(|answer| (answer.person, answer.given));
        all
    }
}

/// The people of a comparison of answers, or why there are none.
pub(super) fn ready<'a>(
    setting: Setting<'a>,
    (asked, metric): (&'a Asked, &'a Metric),
    answers: &'a ItemAnswers,
) -> Result<Ready<'a>, Refused> {
    if !asked.among.is_empty() {
        return Err(Refused {
            why: "A comparison of answers is of everybody who answered.".to_owned(),
            instead: "Take out `among`.".to_owned(),
        });
    }
    if asked.entered == Entered::Completion || asked.landmark_day.is_some() {
        return Err(Refused {
            why: "An answer is given on one day, so that answers are compared neither by \
                  completing nor from a landmark."
                .to_owned(),
            instead: "Take out landmark_day and entered_by.".to_owned(),
        });
    }
    let linked = &setting.gathered.linked;
    let mut all = linked.response_dimensions.iter();
    let coded = all
        .find(|coded| coded.dimension == asked.dimension)
        .ok_or_else(|| Refused {
            why: format!("Answers have no `{}`.", asked.dimension.as_str()),
            instead: "Name a dimension of the survey in [[comparison]].".to_owned(),
        })?;
    let question = Question {
        linked,
        asked,
        answers,
        coded,
    };
    let (whose, sample) = if asked.dimension.as_str() == WAVE {
        let same = same::find(&question)?;
        let sample = same.sample();
        (Whose::Same(same), sample)
    } else {
        let groups = groups::find(&question)?;
        let sample = groups.sample();
        (Whose::Groups(groups), sample)
    };
    let sample = sample.map_err(|_| Refused {
        why: "The people of the comparison could not be put together.".to_owned(),
        instead: "Check the survey files.".to_owned(),
    })?;
    let mut told = blank(asked, Some(metric));
    told.covariates.clear();
    told.guard = Guard::Allowed(whose.words().to_owned());
    if !asked.covariates.is_empty() {
        told.notes
            .push("Answers on a scale are compared with nothing allowed for.".to_owned());
    }
    Ok(Ready {
        basis: basis(setting, (asked, metric), &whose),
        asked,
        metric,
        whose,
        sample,
        told,
    })
}

impl Whose {
    fn words(&self) -> &'static str {
        match self {
            Self::Groups(_) => {
                "Each person counts with their latest answer, and as what they were on the day \
                 they gave it."
            }
            Self::Same(_) => {
                "Only those who answered in both waves are compared, each with themselves."
            }
        }
    }
}

/// Whom it rests on: the cells of the metric and of the item's answers.
fn basis(setting: Setting<'_>, (asked, metric): (&Asked, &Metric), whose: &Whose) -> Basis {
    let group = |level: &str| Group::one(&asked.dimension, &Level::new(level));
    let mut groups = vec![group(&asked.compare), Group::everyone()];
    groups.extend(asked.against.as_deref().map(group));
    let tables = [metric.name.as_str(), "item_distribution", "item_favourable"];
    let cells = tables.iter().flat_map(|name| {
        let own = groups.iter().cloned();
        own.map(|group| ((*name).to_owned(), setting.period.clone(), group))
    });
    Basis {
        cells: cells.collect(),
        people: match whose {
            Whose::Groups(groups) => groups.people(),
            Whose::Same(same) => same.people(),
        },
        left_out: Vec::new(),
        item: Some(metric.name.clone()),
    }
}

impl Ready<'_> {
    /// The test that is judged with those of other comparisons.
    pub(super) fn test(&self, setting: Setting<'_>) -> Option<(String, f64)> {
        let p = match &self.whose {
            Whose::Groups(_) => TwoGroups::of(&self.sample).test().ok().map(|t| t.p),
            Whose::Same(same) => same.changed().ok().map(|m| m.exact_p),
        };
        let shown = self.basis.is_shown(setting.protected);
        Some((self.asked.name.clone(), p.filter(|_| shown)?))
    }

    pub(super) fn tell(self, setting: Setting<'_>, family: &Family) -> Told {
        let mut told_of = self.told;
        let asks = Asks {
            asked: self.asked,
            metric: self.metric,
            period: setting.period,
            sample: &self.sample,
        };
        let judged = family.adjusted(&self.asked.name);
        let answer = match &self.whose {
            Whose::Groups(_) => TwoGroups::of(&self.sample).difference(judged),
            Whose::Same(same) => same.difference(judged),
        };
        let name = match self.whose {
            Whose::Groups(_) => "As the groups are",
            Whose::Same(_) => "The same people both times",
        };
        let words = format!("nothing: {} of this comparison", self.asked.name);
        let answers = vec![(
            (purpose(self.asked), name.to_owned()),
            asks.figure(Statistic::Difference, Some(words), answer),
        )];
        let mut others = Vec::new();
        if let Whose::Groups(groups) = &self.whose {
            others.extend(retold::modelled(&asks, ANSWERING, family));
            others.extend(groups.modelled(&asks));
        }
        let released = |modelled: Vec<(What, Modelled)>| {
            let (what, figures): (Vec<_>, Vec<_>) = modelled.into_iter().unzip();
            told(
                what,
                release_modelled(setting.protected, &self.basis, figures),
            )
        };
        told_of.answers = released(answers);
        told_of.retold.answers = released(others);
        if self.basis.is_shown(setting.protected) {
            told_of.retold.notes = match &self.whose {
                Whose::Groups(groups) => {
                    let mut notes = retold::notes(&asks, family);
                    notes.extend(groups.notes());
                    notes
                }
                Whose::Same(same) => same.notes((&self.asked.name, family)),
            };
        }
        told_of
    }
}

/// A test's p in words, or why there is none.
fn by(test: &str, p: Result<f64, Unknown>) -> String {
    match p {
        Ok(p) => format!("{test}: p {} by itself.", p_words(p)),
        Err(why) => format!("{test}: {}", super::people::sentence(&why)),
    }
}

/// What every other way is for.
const CHECK: Purpose = Purpose::Sensitivity;
