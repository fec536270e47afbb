//! The sample's figures, counted a second time from the files themselves by
//! code that shares nothing with the program, and compared with what a run
//! wrote. Holds the rules of counting in their plainest form.

pub(crate) mod compare;
pub(crate) mod files;
pub(crate) mod limits;
mod periods;
mod tallies;
#[cfg(test)]
mod tests;

use files::{Day, Files, SurveyRow};
use periods::{PERIODS, Period};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tallies::{Groups, counts, proportions, rates, tally};

/// What the counting depends on beside the files.
#[derive(Clone)]
pub(crate) struct Rules {
    /// The last day of the data.
    pub(crate) as_at: Day,
    /// The first day since which the staff list has leavers: who started
    /// before is not followed from the start.
    pub(crate) leavers_from: Day,
    /// Days out of post that do not break a spell.
    pub(crate) rehire_gap: Day,
    /// The share of a wave's responses that may be anonymous for its response
    /// rate to be known.
    pub(crate) most_anonymous: f64,
}

/// The rules of the sample: as at 30 June 2026, leavers since 1 July 2023.
pub(crate) const RULES: Rules = Rules {
    as_at: 20_634,
    leavers_from: 19_539,
    rehire_gap: 30,
    most_anonymous: 0.05,
};

/// Which figure: metric, period, dimension and level, the last two empty for
/// everyone.
pub(crate) type Key = (String, String, String, String);

/// The key of a figure.
pub(crate) fn key(metric: &str, period: &str, dimension: &str, level: &str) -> Key {
    let own = str::to_owned;
    (own(metric), own(period), own(dimension), own(level))
}

/// One figure. `n` where it is a base of people or responses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) n: Option<u64>,
    pub(crate) numerator: Option<f64>,
    pub(crate) denominator: Option<f64>,
    pub(crate) estimate: f64,
    pub(crate) lower: Option<f64>,
    pub(crate) upper: Option<f64>,
}

/// All figures.
pub(crate) type Figures = BTreeMap<Key, Figure>;

/// Everyone's levels on some day: site, ethnic minority, programme.
pub(crate) type Levels = [(&'static str, String); 3];

/// A continuous time in post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spell {
    pub(crate) person: String,
    pub(crate) start: Day,
    pub(crate) leave: Option<Day>,
    /// Whether its end is a leaving.
    pub(crate) counts: bool,
}

/// The files, linked.
pub(crate) struct Study {
    pub(crate) files: Files,
    pub(crate) spells: Vec<Spell>,
    rules: Rules,
    /// Rows of the staff list by person, in the order posts began.
    posts: HashMap<String, Vec<files::StaffRow>>,
    /// Person by e-mail address.
    addresses: HashMap<String, String>,
}

/// A number or address as it is compared.
pub(crate) fn plain(id: &str) -> String {
    id.trim().to_lowercase()
}

impl Study {
    pub(crate) fn new(files: Files, rules: &Rules) -> Self {
        let mut posts: HashMap<String, Vec<files::StaffRow>> = HashMap::new();
        let mut addresses = HashMap::new();
        for row in &files.staff {
            addresses.insert(plain(&row.email), plain(&row.number));
            posts
                .entry(plain(&row.number))
                .or_default()
                .push(row.clone());
        }
        for rows in posts.values_mut() {
            rows.sort_by_key(|row| row.begun);
        }
        let mut study = Self {
            files,
            spells: Vec::new(),
            rules: rules.clone(),
            posts,
            addresses,
        };
        study.spells = study
            .posts
            .keys()
            .flat_map(|p| study.spells_of(p))
            .collect();
        study
    }

    /// The person an identifier belongs to.
    pub(crate) fn person(&self, id: &str) -> Option<&str> {
        let id = plain(id);
        let known = self.posts.get_key_value(&id).map(|(person, _)| person);
        known.or(self.addresses.get(&id)).map(String::as_str)
    }

    fn spells_of(&self, person: &str) -> Vec<Spell> {
        let by_now = |day: &Day| *day <= self.rules.as_at;
        let mut times: Vec<(Day, Option<Day>, bool)> = self.posts[person]
            .iter()
            .map(|row| (row.hired, row.ended.filter(by_now), !row.transferred))
            .collect();
        times.sort();
        let mut spells: Vec<Spell> = Vec::new();
        for (start, leave, counts) in times {
            match spells.last_mut() {
                Some(spell) if spell.leave.is_none() => {}
                Some(spell) if spell.leave.unwrap() + self.rules.rehire_gap >= start => {
                    spell.leave = leave.map(|leave| leave.max(spell.leave.unwrap()));
                    spell.counts = counts;
                }
                _ => spells.push(Spell {
                    person: person.to_owned(),
                    start,
                    leave,
                    counts,
                }),
            }
        }
        spells
    }

    /// The row that holds on a day: of the posts held at its close, the one
    /// with most hours, then the first begun. Once all have ended, the row
    /// that held last; before any began, the first.
    fn row_on(&self, person: &str, day: Day) -> &files::StaffRow {
        let rows = &self.posts[person];
        let changes = rows.iter().flat_map(|row| [Some(row.begun), row.until]);
        let mut days: Vec<Day> = changes.flatten().filter(|at| *at <= day).collect();
        days.sort();
        for at in days.into_iter().rev() {
            let mut held: Option<&files::StaffRow> = None;
            for row in rows {
                let there = row.begun <= at && row.until.is_none_or(|until| until > at);
                if there && held.is_none_or(|held| row.fte > held.fte) {
                    held = Some(row);
                }
            }
            if let Some(row) = held {
                return row;
            }
        }
        &rows[0]
    }

    fn levels(&self, person: &str, day: Day) -> Levels {
        let row = self.row_on(person, day);
        let minority = match row.ethnic.chars().next() {
            Some('A'..='C') => "White",
            Some('D'..='S') => "Ethnic minority",
            Some('Z') => "Not stated",
            _ => "Not known",
        };
        [
            ("site", row.site.clone()),
            ("ethnic_minority", minority.to_owned()),
            ("programme", programme(&row.programme).to_owned()),
        ]
    }

    /// A response's levels: the staff list's where it is linked and the list
    /// knows, else its own.
    fn response_levels(&self, row: &SurveyRow) -> Levels {
        let own = match row.ethnic.as_str() {
            "Prefer not to say" => "Not stated",
            own if own.starts_with("White") => "White",
            _ => "Ethnic minority",
        };
        let Some(person) = self.person(&row.id) else {
            return [
                ("site", row.site.clone()),
                ("ethnic_minority", own.to_owned()),
                ("programme", "Not linked".to_owned()),
            ];
        };
        let [site, (minority, listed), programme] = self.levels(person, row.day);
        let said = if listed == "Not known" {
            own.to_owned()
        } else {
            listed
        };
        [site, (minority, said), programme]
    }

    /// The site that the staff list has for a response, where it is linked.
    pub(crate) fn listed_site(&self, row: &SurveyRow) -> Option<&str> {
        let person = self.person(&row.id)?;
        Some(&self.row_on(person, row.day).site)
    }

    /// Finished responses, the last of each person in each wave; anonymous
    /// ones all.
    pub(crate) fn responses(&self) -> Vec<&SurveyRow> {
        let mut last: BTreeMap<(String, String), &SurveyRow> = BTreeMap::new();
        for (nth, row) in self.files.survey.iter().enumerate() {
            if row.sort != files::Sort::Finished {
                continue;
            }
            let who = self.identity(row, nth);
            let kept = last.entry((row.wave.clone(), who)).or_insert(row);
            if (row.day, row.second) >= (kept.day, kept.second) {
                *kept = row;
            }
        }
        last.into_values().collect()
    }

    /// The person, else the identifier as written, else a mark of its own.
    fn identity(&self, row: &SurveyRow, nth: usize) -> String {
        match self.person(&row.id) {
            Some(person) => person.to_owned(),
            None if row.id.trim().is_empty() => format!("nobody {nth}"),
            None => plain(&row.id),
        }
    }

    /// All figures of all periods.
    pub(crate) fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for period in &PERIODS {
            let mut add = |metric: &str, groups: Groups| {
                for ((dimension, level), figure) in groups {
                    figures.insert(key(metric, period.label, &dimension, &level), figure);
                }
            };
            add("intention_to_stay", proportions(&self.intentions(period)));
            add("response_rate", proportions(&self.invitations(period)));
            add("retention_12m", proportions(&self.retained(period)));
            // The list does not have those who left before it began: all of
            // the time has retention of those followed from their start only.
            let Some(year) = period.year_start else {
                continue;
            };
            let starters = tally(&self.starts(period));
            let leavers = tally(&self.leaves(period.start, period.end));
            let there = tally(&self.in_post(period.end - 1));
            add("starters", counts(&starters));
            add("leavers", counts(&leavers));
            add("headcount", counts(&there));
            for (metric, from) in [("leaver_rate", period.start), ("leaver_rate_12m", year)] {
                let leavers = tally(&self.leaves(from, period.end));
                let before = tally(&self.in_post(from - 1));
                add(metric, rates(&leavers, &before, &there));
            }
        }
        figures
    }

    /// Valid answers, the latest of each person in the period.
    fn intentions(&self, period: &Period) -> Vec<(Levels, bool)> {
        let mut latest: BTreeMap<String, (&SurveyRow, bool)> = BTreeMap::new();
        for (nth, row) in self.responses().into_iter().enumerate() {
            let Some(stays) = favours(&row.stay).filter(|_| period.holds(row.day)) else {
                continue;
            };
            let kept = latest
                .entry(self.identity(row, nth))
                .or_insert((row, stays));
            if (row.day, row.second) >= (kept.0.day, kept.0.second) {
                *kept = (row, stays);
            }
        }
        let levels = latest.into_values();
        levels
            .map(|(row, hit)| (self.response_levels(row), hit))
            .collect()
    }

    fn invitations(&self, period: &Period) -> Vec<(Levels, bool)> {
        let responses = self.responses();
        let answered: BTreeSet<(&str, &str)> = responses
            .iter()
            .filter_map(|row| Some((row.wave.as_str(), self.person(&row.id)?)))
            .collect();
        let known = |wave: &str| {
            let rows = responses.iter().filter(|row| row.wave == wave);
            let nobody = rows.clone().filter(|row| row.id.trim().is_empty());
            nobody.count() as f64 <= self.rules.most_anonymous * rows.count() as f64
        };
        let invited = self.files.invited.iter();
        let invited = invited.filter(|i| period.holds(i.day) && known(&i.wave));
        let unit = |invited: &files::Invited| {
            let person = self.person(&invited.id).unwrap();
            let hit = answered.contains(&(invited.wave.as_str(), person));
            (self.levels(person, invited.day), hit)
        };
        invited.map(unit).collect()
    }

    /// Spells followed from their start whose day 365 falls in the period, and
    /// whether they were still going at the close of that day.
    fn retained(&self, period: &Period) -> Vec<(Levels, bool)> {
        let mut units = Vec::new();
        for spell in &self.spells {
            let due = spell.start + 365;
            let known = spell.counts || spell.leave.is_none_or(|leave| leave > due);
            if spell.start >= self.rules.leavers_from && period.holds(due) && known {
                let hit = spell.leave.is_none_or(|leave| leave > due);
                units.push((self.levels(&spell.person, due), hit));
            }
        }
        units
    }

    fn starts(&self, period: &Period) -> Vec<Levels> {
        let started = self.spells.iter().filter(|spell| period.holds(spell.start));
        started.map(|s| self.levels(&s.person, s.start)).collect()
    }

    fn leaves(&self, from: Day, end: Day) -> Vec<Levels> {
        let mut units = Vec::new();
        for spell in &self.spells {
            let leave = spell.leave.filter(|_| spell.counts);
            if let Some(leave) = leave.filter(|leave| (from..end).contains(leave)) {
                units.push(self.levels(&spell.person, leave));
            }
        }
        units
    }

    /// Who is in post at the close of a day.
    fn in_post(&self, day: Day) -> Vec<Levels> {
        let there = |s: &&Spell| s.start <= day && s.leave.is_none_or(|leave| leave > day);
        let spells = self.spells.iter().filter(there);
        spells.map(|s| self.levels(&s.person, day)).collect()
    }
}

/// How the programme's levels are printed.
fn programme(listed: &str) -> &str {
    match listed {
        "Yes" => "On programme",
        "No" => "Not on programme",
        other => other,
    }
}

/// Whether an answer favours staying; nothing for one that is not valid.
pub(crate) fn favours(answer: &str) -> Option<bool> {
    match answer {
        "Agree" | "Strongly agree" => Some(true),
        "Neither agree nor disagree" | "Disagree" | "Strongly disagree" => Some(false),
        _ => None,
    }
}
