//! The made survey: four waves, who was invited, who answered and when, with
//! the planted defects of each wave.

use super::chance::Chance;
use super::people::{Person, category};
use super::places::{CATEGORIES, JOBS, SITES, WHITE};
use super::questions::{Answerer, Answers, Ask, answer};
use super::truths::{TRUTHS, WaveDefects};
use staywise_core::domain::Day;

/// Which tool a wave was made with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    /// Qualtrics, with the time zone its times are in.
    Qualtrics(&'static str),
    /// Microsoft Forms.
    Forms,
}

/// One wave, as planned.
pub(super) struct Wave {
    /// Its name.
    pub(super) name: &'static str,
    /// The tool.
    pub(super) tool: Tool,
    /// When people were invited: the first day of answers.
    pub(super) opens: Day,
    /// The last day of answers.
    pub(super) closes: Day,
    /// What was asked.
    pub(super) questions: Vec<Ask>,
    /// What is spoilt.
    pub(super) defects: WaveDefects,
}

/// A time of day on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    /// The day.
    pub(super) day: Day,
    /// Seconds since midnight, always in working hours, so that no time zone
    /// in use here makes another day of it.
    pub(super) second: u32,
}

/// Whose response it is, as the file tells it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Signed {
    /// With the identifier of this number.
    Number(u32),
    /// The same in other letter case.
    OtherCase(u32),
    /// The same with spaces around it.
    Padded(u32),
    /// Anonymous.
    Nobody,
}

/// What sort of row it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A finished response.
    Finished,
    /// A response broken off.
    Unfinished,
    /// Made while previewing.
    Preview,
    /// Made by the tool's test.
    Test,
}

/// One row of a survey file.
pub(super) struct Response {
    /// Whose it is.
    pub(super) signed: Signed,
    /// What sort of row.
    pub(super) sort: Sort,
    /// Begun.
    pub(super) began: Moment,
    /// Completed.
    pub(super) completed: Moment,
    /// One answer a question.
    pub(super) answers: Answers,
}

/// A wave as it went.
pub(super) struct Round {
    /// The employee numbers' digits of those invited.
    pub(super) invited: Vec<u32>,
    /// Rows in order of completion.
    pub(super) responses: Vec<Response>,
}

/// The first number of people who are not in the staff list.
const OUTSIDE: u32 = 990_001;

impl Wave {
    /// Runs the wave with `count` responses that stay after cleaning, as far
    /// as there are people to give them.
    pub(super) fn run(&self, people: &[Person], count: usize, chance: &mut Chance) -> Round {
        let eligible: Vec<&Person> = people.iter().filter(|p| p.in_post(self.opens)).collect();
        let invited = eligible.iter().map(|person| person.number).collect();
        let outside = self.defects.outside.min(count);
        let (chosen, silent) = choose(&eligible, count - outside, chance);
        let mut responses: Vec<Response> = chosen
            .iter()
            .map(|person| self.response(person, chance))
            .collect();
        self.spoil(&mut responses, chance);
        let mut extra = self.repeats(&mut responses, &chosen, chance);
        extra.extend((0..outside).map(|nth| self.outsider(nth, chance)));
        let signed = responses.iter().zip(&chosen).rev();
        let mut signed = signed.filter(|(r, _)| matches!(r.signed, Signed::Number(_)));
        let answered = signed.next().map(|(_, person)| *person);
        extra.extend(self.unfinished(&silent, answered, chance));
        extra.extend(self.trials(chance));
        responses.append(&mut extra);
        responses.sort_by_key(|response| response.completed);
        Round { invited, responses }
    }

    /// Most answer in the first days.
    fn times(&self, until: Day, chance: &mut Chance) -> (Moment, Moment) {
        let last = until.max(self.opens);
        let day = chance
            .day(self.opens, last)
            .min(chance.day(self.opens, last));
        let second = 8 * 3_600 + chance.below(7 * 3_600);
        let taken = 120 + chance.below(1_200);
        let began = Moment { day, second };
        let completed = Moment {
            day,
            second: second + taken,
        };
        (began, completed)
    }

    fn response(&self, person: &Person, chance: &mut Chance) -> Response {
        let last = person.posts.iter().map(|post| post.ended).max().flatten();
        let stays = person.posts.iter().any(|post| post.ended.is_none());
        let until = last.filter(|_| !stays).map_or(self.closes, |d| d.plus(-1));
        let (began, completed) = self.times(until.min(self.closes), chance);
        let post = person.post_on(completed.day);
        let who = Answerer {
            minority: person.category >= WHITE,
            ethnic: CATEGORIES.get(person.category).map_or("", |c| c.1),
            programme: person.programme,
            site: post.map_or(0, |post| post.site),
            job: post.map_or(0, |post| post.job),
        };
        let anonymous = match self.tool {
            Tool::Forms => 0.10,
            Tool::Qualtrics(_) => 0.02,
        };
        let signed = if chance.happens(anonymous) {
            Signed::Nobody
        } else {
            Signed::Number(person.number)
        };
        Response {
            signed,
            sort: Sort::Finished,
            began,
            completed,
            answers: answer(&self.questions, who, chance),
        }
    }

    fn somebody(&self, signed: Signed, chance: &mut Chance) -> Response {
        let minority = chance.happens(TRUTHS.ethnic_minority);
        let ethnic = CATEGORIES.get(category(minority, chance));
        let who = Answerer {
            minority,
            ethnic: ethnic.map_or("", |c| c.1),
            programme: chance.happens(0.5),
            site: chance.weighed(&SITES.map(|(_, weight)| weight)),
            job: chance.weighed(&JOBS.map(|job| job.weight)),
        };
        let (began, completed) = self.times(self.closes, chance);
        Response {
            signed,
            sort: Sort::Finished,
            began,
            completed,
            answers: answer(&self.questions, who, chance),
        }
    }

    fn outsider(&self, nth: usize, chance: &mut Chance) -> Response {
        // Each wave has numbers of its own, so that nobody outside answers
        // twice.
        let wave = u32::try_from(self.opens.0).unwrap_or(0) % 1_000;
        let number = OUTSIDE + wave * 10 + u32::try_from(nth).unwrap_or(0);
        self.somebody(Signed::Number(number), chance)
    }

    /// Earlier finished responses of people who answered again: two days
    /// before at least, from the first day on.
    fn repeats(
        &self,
        responses: &mut [Response],
        chosen: &[&Person],
        chance: &mut Chance,
    ) -> Vec<Response> {
        let again = responses.iter_mut().zip(chosen).rev().filter(|(r, _)| {
            matches!(r.signed, Signed::Number(_)) && r.completed.day >= self.opens.plus(3)
        });
        let mut earlier = Vec::new();
        for (response, person) in again.take(self.defects.repeats) {
            let mut first = self.response(person, chance);
            first.signed = response.signed;
            first.began.day = response.began.day.plus(-3);
            first.completed.day = response.completed.day.plus(-3);
            earlier.push(first);
        }
        earlier
    }

    /// Broken off by people who did not answer otherwise and, last, by one
    /// who had answered already: that must not undo the finished response.
    fn unfinished(
        &self,
        silent: &[&Person],
        answered: Option<&Person>,
        chance: &mut Chance,
    ) -> Vec<Response> {
        let silent = silent.iter().copied();
        let few = silent.take(self.defects.unfinished.saturating_sub(1));
        let mut rows = Vec::new();
        for person in few.chain(answered).take(self.defects.unfinished) {
            let mut row = self.response(person, chance);
            row.sort = Sort::Unfinished;
            row.signed = Signed::Number(person.number);
            for answer in row.answers.iter_mut().skip(2) {
                *answer = "".into();
            }
            rows.push(row);
        }
        if let Some(last) = rows.last_mut() {
            last.began.day = self.closes;
            last.completed.day = self.closes;
        }
        rows
    }

    fn trials(&self, chance: &mut Chance) -> Vec<Response> {
        let previews = (0..self.defects.previews).map(|_| Sort::Preview);
        let tests = (0..self.defects.tests).map(|_| Sort::Test);
        let mut rows = Vec::new();
        for sort in previews.chain(tests) {
            let mut row = self.somebody(Signed::Nobody, chance);
            row.sort = sort;
            row.began.day = self.opens.plus(-4);
            row.completed.day = self.opens.plus(-4);
            rows.push(row);
        }
        rows
    }

    /// Plants untidy identifiers, unknown labels and other sites.
    fn spoil(&self, responses: &mut [Response], chance: &mut Chance) {
        let number = |response: &Response| match response.signed {
            Signed::Number(number) => Some(number),
            _ => None,
        };
        let mut untidy = 0;
        let mut elsewhere = 0;
        for response in responses.iter_mut() {
            let Some(number) = number(response) else {
                continue;
            };
            if untidy < self.defects.untidy {
                response.signed = if untidy % 2 == 0 {
                    Signed::OtherCase(number)
                } else {
                    Signed::Padded(number)
                };
                untidy += 1;
            } else if elsewhere < self.defects.other_site {
                self.move_site(response, chance);
                elsewhere += 1;
            }
        }
        let valid = responses.iter_mut().filter_map(|r| r.answers.first_mut());
        let valid = valid.filter(|stay| !stay.is_empty() && *stay != "Don't know");
        for stay in valid.take(self.defects.unknown_labels) {
            *stay = "Agree, I suppose".into();
        }
    }

    fn move_site(&self, response: &mut Response, chance: &mut Chance) {
        let at = self.questions.iter().position(|ask| *ask == Ask::Site);
        let Some(site) = at.and_then(|at| response.answers.get_mut(at)) else {
            return;
        };
        let own = SITES.iter().position(|(name, _)| *site == *name);
        let next = own.unwrap_or(0) + 1 + usize::from(chance.happens(0.5));
        if let Some((name, _)) = SITES.get(next % 4) {
            *site = (*name).into();
        }
    }
}

/// Splits people into `count` who answer and the rest, by chance, in order.
fn choose<'a>(
    people: &[&'a Person],
    count: usize,
    chance: &mut Chance,
) -> (Vec<&'a Person>, Vec<&'a Person>) {
    let (mut chosen, mut silent) = (Vec::new(), Vec::new());
    for (index, person) in people.iter().enumerate() {
        let left = u32::try_from(people.len() - index).unwrap_or(u32::MAX);
        let wanted = count.saturating_sub(chosen.len());
        let draw = usize::try_from(chance.below(left)).unwrap_or(0);
        if draw < wanted {
            chosen.push(*person);
        } else {
            silent.push(*person);
        }
    }
    (chosen, silent)
}
