//! A case as written in TOML into linked data. Tables are words in columns,
//! `-` for nothing.

use crate::data::benchmark::{self, Durations, Flow, Followed, Grouping, TimeUnit};
use crate::data::linked::{LinkageReport, NOBODY, givers};
use crate::data::survey::{Invitations, ItemAnswers, NO_ANSWER, OFF_SCALE, Survey, UNKNOWN_LABEL};
use crate::data::workforce::{Identity, Post, PostKind, Standing};
use crate::data::{
    Coded, FollowedPeople, History, Linked, Preceptorship, PublishedFlows, Spell, Workforce,
};
use crate::query::Slicing;
use staywise_core::domain::{Day, Dimension, Item, Level, Origin, Period, Scale, ScaleLevel};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// One case.
pub(super) struct Case {
    pub metric: String,
    pub files: Vec<(String, String)>,
    pub linked: Linked,
    pub slicing: Slicing,
    pub params: BTreeMap<String, f64>,
    pub expect: Vec<String>,
    pub unavailable: Option<String>,
    pub findings: Vec<String>,
}

/// Rows of words under named columns.
struct Words {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Words {
    fn read(text: &str) -> Self {
        let mut lines = text.lines().filter(|l| !l.trim().is_empty());
        let split = |line: &str| line.split_whitespace().map(str::to_owned).collect();
        let head: Vec<String> = lines.next().map(split).unwrap_or_default();
        let rows: Vec<Vec<String>> = lines.map(split).collect();
        assert!(rows.iter().all(|r| r.len() == head.len()), "ragged: {text}");
        Self { head, rows }
    }

    fn column(&self, name: &str) -> Vec<Option<&str>> {
        let place = self.head.iter().position(|h| h == name);
        let cell = |row: &'_ [String], place: usize| -> Option<usize> {
            (row[place] != "-").then_some(place)
        };
        let rows = self.rows.iter();
        rows.map(|row| Some(row[cell(row, place?)?].as_str()))
            .collect()
    }

    fn days(&self, name: &str) -> Vec<Option<Day>> {
        let day = |word: &str| Day::parse_iso(word).unwrap_or_else(|| panic!("no day: {word}"));
        self.column(name).into_iter().map(|w| w.map(day)).collect()
    }

    fn numbers(&self, name: &str) -> Vec<Option<u32>> {
        let number = |word: &str| word.parse().unwrap_or_else(|_| panic!("no number: {word}"));
        self.column(name)
            .into_iter()
            .map(|w| w.map(number))
            .collect()
    }

    fn others(&self, known: &[&str]) -> Vec<&str> {
        let names = self.head.iter().map(String::as_str);
        names.filter(|n| !known.contains(n)).collect()
    }
}

/// Levels in order of their names.
fn levels(mut names: Vec<String>) -> Vec<Level> {
    names.sort();
    names.dedup();
    names.iter().map(|n| Level::new(n)).collect()
}

fn code(levels: &[Level], name: &str) -> u32 {
    u32::try_from(levels.iter().position(|l| l.as_str() == name).unwrap()).unwrap()
}

fn coded(words: &Words, name: &str) -> Coded {
    let column = words.column(name);
    let text = |w: &Option<&str>| w.unwrap_or("Not known").to_owned();
    let levels = levels(column.iter().map(text).collect());
    Coded {
        dimension: Dimension::new(name),
        codes: column.iter().map(|w| code(&levels, &text(w))).collect(),
        levels,
    }
}

/// `North>2026-05-01:South` was in the north and from that day in the south.
fn history(words: &Words, name: &str) -> History {
    let (mut offsets, mut from, mut names) = (vec![0], Vec::new(), Vec::new());
    for word in words.column(name) {
        for stretch in word.unwrap_or("Not_known").split('>') {
            let (day, level) = stretch.split_once(':').unwrap_or(("1970-01-01", stretch));
            from.push(Day::parse_iso(day).unwrap().0);
            names.push(level.to_owned());
        }
        offsets.push(u32::try_from(from.len()).unwrap());
    }
    let levels = levels(names.clone());
    History {
        dimension: Dimension::new(name),
        codes: names.iter().map(|n| code(&levels, n)).collect(),
        levels,
        offsets,
        from,
    }
}

fn text<'a>(case: &'a toml::Table, key: &str) -> Option<&'a str> {
    case.get(key).map(|v| v.as_str().unwrap())
}

fn list(case: &toml::Table, key: &str) -> Vec<String> {
    let all = case.get(key).and_then(|v| v.as_array()).cloned();
    let words = all.unwrap_or_default().into_iter();
    words.map(|v| v.as_str().unwrap().to_owned()).collect()
}

fn workforce(case: &toml::Table) -> Workforce {
    let people = Words::read(text(case, "people").unwrap_or(""));
    let spells = Words::read(text(case, "spells").unwrap_or(""));
    let register = Words::read(text(case, "preceptorships").unwrap_or(""));
    let (start, leave) = (spells.days("start"), spells.days("leave"));
    let (ended, zero) = (spells.days("ended"), spells.days("zero"));
    let (sort, went) = (spells.column("sort"), spells.column("went"));
    let (entry, reason) = (spells.numbers("entry"), spells.column("reason"));
    let person = spells.numbers("person");
    let spell = |row: usize| Spell {
        ended: ended[row].or(leave[row]),
        leave: leave[row],
        time_zero: zero[row].unwrap_or(start[row].unwrap()),
        entry_day: entry[row].unwrap_or(0),
        sort: sort[row].map(|s| &*s.to_owned().leak()),
        destination_sort: went[row].map(|s| &*s.to_owned().leak()),
        first: row == 0 || person[row - 1] != person[row],
        reason: reason[row].map(str::to_owned),
        ..Spell::open(person[row].unwrap(), start[row].unwrap())
    };
    let begun = (register.days("start"), register.days("completed"));
    let of = register.numbers("person");
    let dimensions = people.others(&["person"]).into_iter();
    Workforce {
        identities: vec![Identity::default(); people.rows.len()],
        spells: (0..spells.rows.len()).map(spell).collect(),
        posts: posts(case),
        preceptorships: (0..register.rows.len())
            .map(|row| Preceptorship {
                person: of[row],
                start: begun.0[row],
                completed: begun.1[row],
                ..Preceptorship::default()
            })
            .collect(),
        dimensions: dimensions.map(|name| history(&people, name)).collect(),
        leavers_from: text(case, "leavers_from").and_then(Day::parse_iso),
        sees_leavers: leave.iter().any(Option::is_some),
        ..Workforce::default()
    }
}

/// `fte` in thousandths; `kind` bank where it is no substantive post.
fn posts(case: &toml::Table) -> Vec<Post> {
    let posts = Words::read(text(case, "posts").unwrap_or(""));
    let (start, end) = (posts.days("start"), posts.days("end"));
    let (person, fte) = (posts.numbers("person"), posts.numbers("fte"));
    let kind = posts.column("kind");
    let post = |row: usize| Post {
        person: person[row].unwrap(),
        start: start[row].unwrap(),
        end: end[row],
        fte_milli: fte[row],
        kind: match kind[row] {
            Some("bank") => PostKind::Bank,
            _ => PostKind::Substantive,
        },
        standing: Standing::Active,
    };
    (0..posts.rows.len()).map(post).collect()
}

/// `Agree*` favours; scores count from 1.
fn item(name: &str, labels: &toml::Value) -> Item {
    let labels = labels
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l.as_str().unwrap());
    let level = |(index, label): (usize, &str)| ScaleLevel {
        label: label.trim_end_matches('*').to_owned(),
        score: Some(index as f64 + 1.0),
        favourable: label.ends_with('*'),
    };
    Item {
        name: name.to_owned(),
        text: format!("{name}?"),
        scale: Scale {
            name: "case".to_owned(),
            levels: labels.enumerate().map(level).collect(),
        },
        reversed: false,
        principle: None,
    }
}

fn answer(word: Option<&str>) -> u8 {
    match word {
        None => NO_ANSWER,
        Some("off") => OFF_SCALE,
        Some("?") => UNKNOWN_LABEL,
        Some(level) => level.parse::<u8>().unwrap() - 1,
    }
}

fn linked(case: &toml::Table, as_at: Day) -> Linked {
    let responses = Words::read(text(case, "responses").unwrap_or(""));
    let invited = Words::read(text(case, "invited").unwrap_or(""));
    let items = case.get("items").and_then(|v| v.as_table()).cloned();
    let items = items.unwrap_or_default();
    let waves: Vec<Level> = list(case, "waves").iter().map(|w| Level::new(w)).collect();
    let wave = |words: &Words| -> Vec<u32> {
        let names = words.column("wave").into_iter();
        names.map(|w| w.map_or(0, |w| code(&waves, w))).collect()
    };
    let person = |words: &Words| -> Vec<u32> {
        let all = words.numbers("person").into_iter();
        all.map(|p| p.unwrap_or(NOBODY)).collect()
    };
    let mut known = vec!["person", "wave", "answered", "invited", "email"];
    known.extend(items.keys().map(String::as_str));
    let dimensions = |words: &Words| -> Vec<Coded> {
        let others = words.others(&known).into_iter();
        others.map(|name| coded(words, name)).collect()
    };
    let identity = |email: Option<&str>| Identity {
        email: email.map(str::to_owned),
        ..Identity::default()
    };
    let survey = Survey {
        finished: Vec::new(),
        answered_on: responses.days("answered").into_iter().flatten().collect(),
        wave: wave(&responses),
        waves: waves.clone(),
        identities: responses
            .column("email")
            .into_iter()
            .map(identity)
            .collect(),
        items: items
            .iter()
            .map(|(name, labels)| ItemAnswers {
                item: item(name, labels),
                codes: responses.column(name).into_iter().map(answer).collect(),
            })
            .collect(),
        dimensions: Vec::new(),
        invitations: Invitations {
            identities: vec![Identity::default(); invited.rows.len()],
            invited_on: invited.days("invited"),
            wave: wave(&invited),
        },
    };
    let answered = invited.column("answered").into_iter();
    let workforce = workforce(case);
    let response_person = person(&responses);
    let emails = responses.column("email").into_iter();
    let marks: Vec<_> = response_person.iter().copied().zip(emails).collect();
    Linked {
        response_giver: givers(workforce.people(), &marks),
        workforce,
        survey,
        wave_invited: Vec::new(),
        response_person,
        invitation_person: person(&invited),
        invitation_answered: answered.map(|w| w == Some("yes")).collect(),
        response_dimensions: dimensions(&responses),
        invitation_dimensions: dimensions(&invited),
        response_pseudonyms: Vec::new(),
        person_pseudonyms: Vec::new(),
        flows: flows(case),
        followed: FollowedPeople::of(&durations(case)),
        as_at,
        report: LinkageReport::default(),
    }
}

/// Published flows; `_` in a level is a blank.
fn flows(case: &toml::Table) -> PublishedFlows {
    let words = Words::read(text(case, "flows").unwrap_or(""));
    let counts = ["opening", "joiners", "leavers", "closing"];
    let mut known = vec!["table", "from", "to"];
    known.extend(counts);
    let count = |name: &str| -> Vec<Option<i64>> {
        let all = words.numbers(name).into_iter();
        all.map(|n| n.map(i64::from)).collect()
    };
    let [opening, joiners, leavers, closing] = counts.map(count);
    let (from, to, table) = (words.days("from"), words.days("to"), words.column("table"));
    let others = words.others(&known);
    let level = |row: usize| {
        let of = |name: &&str| {
            let level = words.column(name)[row]?.replace('_', " ");
            Some(benchmark::Level::new(name, &level))
        };
        others.iter().filter_map(of).collect()
    };
    let flow = |row: usize| Flow {
        levels: level(row),
        period: Arc::new(benchmark::Period {
            label: String::new(),
            days: from[row].zip(to[row]),
        }),
        published: true,
        opening: opening[row],
        joiners: joiners[row],
        leavers: leavers[row],
        closing: closing[row],
        origin: Origin::file(table[row].unwrap()),
    };
    PublishedFlows::of(&(0..words.rows.len()).map(flow).collect::<Vec<Flow>>())
}

/// One table of people followed without dates; `unit` is said beside it.
fn durations(case: &toml::Table) -> Vec<Durations> {
    let Some(followed) = text(case, "durations") else {
        return Vec::new();
    };
    let words = Words::read(followed);
    let unit = text(case, "unit").map(|word| match word {
        "months" => TimeUnit::Months,
        "weeks" => TimeUnit::Weeks,
        other => panic!("no unit: {other}"),
    });
    let others = words.others(&["time", "left"]);
    let groupings: Vec<Coded> = others.iter().map(|name| coded(&words, name)).collect();
    let (time, left) = (words.column("time"), words.column("left"));
    let person = |row: usize| Followed {
        row: u32::try_from(row + 2).unwrap(),
        time: time[row].unwrap().parse().unwrap(),
        left: left[row] == Some("yes"),
        levels: groupings.iter().map(|g| g.codes[row]).collect(),
    };
    let grouping = |g: &Coded| Grouping {
        dimension: g.dimension.as_str().to_owned(),
        levels: g.levels.iter().map(|l| l.as_str().to_owned()).collect(),
    };
    vec![Durations {
        unit,
        groupings: groupings.iter().map(grouping).collect(),
        followed: (0..words.rows.len()).map(person).collect(),
        origin: Origin::file("durations.csv"),
    }]
}

impl Case {
    /// Reads a case; the folder names the metric unless the case brings its
    /// own SQL.
    pub(super) fn read(folder: &str, toml: &str, path: &Path) -> Self {
        let case: toml::Table = toml
            .parse()
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let as_at = Day::parse_iso(text(&case, "as_at").unwrap()).unwrap();
        let period = |label: &String| match label.as_str() {
            "all" => Period::all(as_at),
            _ => Period::parse(label).unwrap(),
        };
        let trend: Vec<Period> = list(&case, "trend").iter().map(period).collect();
        let dimension = |name: &String| Dimension::new(name);
        let pairs = list(&case, "pairs").into_iter().map(|pair| {
            let (a, b) = pair.split_once(" x ").unwrap();
            (Dimension::new(a), Dimension::new(b))
        });
        let sql = text(&case, "sql").map(str::to_owned);
        let metric = sql.as_ref().map(|sql| {
            let line = sql.lines().find_map(|l| l.strip_prefix("-- metric:"));
            line.unwrap().trim().to_owned()
        });
        let metric = metric.unwrap_or_else(|| folder.to_owned());
        let params = case.get("params").and_then(|v| v.as_table()).cloned();
        let lines = text(&case, "expect").unwrap_or("").lines();
        Self {
            files: sql
                .map(|sql| (format!("queries/{metric}.sql"), sql))
                .into_iter()
                .collect(),
            metric,
            linked: linked(&case, as_at),
            slicing: Slicing {
                reported: trend.last().cloned().unwrap_or_else(|| Period::all(as_at)),
                trend,
                all: Period::all(as_at),
                dimensions: list(&case, "dimensions").iter().map(dimension).collect(),
                pairs: pairs.collect(),
                as_at,
            },
            params: params
                .unwrap_or_default()
                .into_iter()
                .map(|(name, value)| (name, value.as_float().unwrap()))
                .collect(),
            expect: lines
                .map(str::trim)
                .filter(|l| !l.is_empty())
                .map(str::to_owned)
                .collect(),
            unavailable: text(&case, "unavailable").map(str::to_owned),
            findings: list(&case, "findings"),
        }
    }
}
