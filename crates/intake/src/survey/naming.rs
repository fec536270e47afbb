//! What items are called: as the study says, else as a well-known item, else
//! by a slug of the question. One name a question within a file.

use super::{ItemRule, Rules};
use crate::data::{Role, Stage, Table, TableColumn};
use crate::vocabulary::items;
use crate::vocabulary::text;
use staywise_core::domain::{Finding, Severity};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Longest slug, in characters.
const LONGEST: usize = 60;

/// A question to be named.
pub(super) struct Candidate<'a> {
    pub(super) file: usize,
    pub(super) column: &'a TableColumn,
    pub(super) rule: Option<&'a ItemRule>,
    pub(super) table: Option<&'a Table>,
}

/// How a name came about: earlier ones win.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Declared(String),
    Known(&'static str),
    Slug(String),
}

/// The name of each question. Questions of one file stand together.
pub(super) fn names(questions: &[Candidate], rules: &Rules, stage: &mut Stage) -> Vec<String> {
    let mut named: Vec<Name> = questions.iter().map(first_name).collect();
    settle_known(questions, &mut named, rules, stage);
    let short = shortened(&named);
    let mut used: HashSet<(usize, String)> = HashSet::new();
    let mut order: Vec<usize> = (0..named.len()).collect();
    // Declared and well-known names before slugs that happen to be the same.
    order.sort_by_key(|at| (matches!(named.get(*at), Some(Name::Slug(_))), *at));
    let mut names = vec![String::new(); named.len()];
    for at in order {
        let (Some(question), Some(name), Some(slot)) =
            (questions.get(at), named.get(at), names.get_mut(at))
        else {
            continue;
        };
        let base = match name {
            Name::Declared(name) => name.as_str(),
            Name::Known(name) => name,
            Name::Slug(slug) => short.get(slug).map_or(slug.as_str(), String::as_str),
        };
        let mut name = base.to_owned();
        let mut nth = 2;
        while !used.insert((question.file, name.clone())) {
            name = format!("{base}_{nth}");
            nth += 1;
        }
        *slot = name;
    }
    names
}

fn first_name(question: &Candidate) -> Name {
    let column = question.column;
    if let Some(name) = question.rule.and_then(|r| r.name.clone()) {
        return Name::Declared(name);
    }
    // A name of its own that is not made from the header is the study's.
    if !column.header.is_empty() && !column.name.starts_with(column.header.as_str()) {
        return Name::Declared(column.name.clone());
    }
    let asks = base_text(question);
    items::recognise(asks).map_or_else(|| Name::Slug(slug(asks)), |k| Name::Known(k.name))
}

fn slug(asks: &str) -> String {
    let slug = text::slug(asks);
    if slug.is_empty() {
        "question".to_owned()
    } else {
        slug
    }
}

/// The question's words without the number that Microsoft Forms puts behind
/// the second of two questions with the same words.
fn base_text<'a>(question: &Candidate<'a>) -> &'a str {
    let asks = question.column.asks();
    let base = asks
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end();
    let numbered = !base.is_empty() && base.len() < asks.len();
    let stands = numbered
        && question.table.is_some_and(|table| {
            let others = table.columns.iter().filter(|c| c.role == Role::Question);
            others
                .map(|c| text::fold(c.asks()))
                .any(|other| other == text::fold(base))
        });
    if stands { base } else { asks }
}

/// Where different questions of a file are the same well-known item, the one
/// that names the organisation has the name, else the first; the others keep
/// their slug.
fn settle_known(questions: &[Candidate], named: &mut [Name], rules: &Rules, stage: &mut Stage) {
    let mut groups: BTreeMap<(usize, &'static str), Vec<usize>> = BTreeMap::new();
    for (at, (question, name)) in questions.iter().zip(named.iter()).enumerate() {
        match name {
            Name::Known(name) => groups.entry((question.file, name)).or_default().push(at),
            Name::Declared(name) => {
                if let Some(known) = known_of(questions, name) {
                    groups.entry((question.file, known)).or_default().push(at);
                }
            }
            Name::Slug(_) => {}
        }
    }
    let words = |at: usize| {
        questions
            .get(at)
            .map(|q| text::fold(base_text(q)))
            .unwrap_or_default()
    };
    for members in groups.values().filter(|members| members.len() > 1) {
        let declared = |at: &&usize| matches!(named.get(**at), Some(Name::Declared(_)));
        let own = |at: &&usize| {
            let text = words(**at);
            let organisation = rules.organisation.as_deref().map(text::fold);
            items::names_organisation(&text)
                || organisation.is_some_and(|name| !name.is_empty() && text.contains(&name))
        };
        let chosen = members
            .iter()
            .find(declared)
            .or_else(|| members.iter().find(own))
            .or_else(|| members.first());
        let chosen = chosen.map(|at| words(*at)).unwrap_or_default();
        let others: Vec<usize> = members
            .iter()
            .copied()
            .filter(|at| words(*at) != chosen)
            .collect();
        for at in &others {
            if let Some(name) = named.get_mut(*at)
                && matches!(name, Name::Known(_))
            {
                *name = Name::Slug(slug(&words(*at)));
            }
        }
        if let Some(question) = others.first().and_then(|at| questions.get(*at)) {
            stage.findings.push(several(question, others.len()));
        }
    }
}

/// A declared name that is one of the well-known names in use.
fn known_of(questions: &[Candidate], name: &str) -> Option<&'static str> {
    let known = questions
        .iter()
        .filter_map(|q| items::recognise(base_text(q)));
    known.map(|k| k.name).find(|known| *known == name)
}

fn several(question: &Candidate, others: usize) -> Finding {
    let origin = question
        .table
        .map(|t| t.origin(None, Some(question.column)));
    Finding {
        rule: "two-questions-one-item",
        severity: Severity::Note,
        origin: origin.unwrap_or_default(),
        message: "Several questions of this file ask about the same well-known item; the one \
                  that names the organisation was taken, else the first. This one keeps a name \
                  of its own."
            .to_owned(),
        remedy: "If another is meant, say so in staywise.toml under [[item]].".to_owned(),
        count: u64::try_from(others).unwrap_or(u64::MAX),
        private_value: None,
    }
}

/// Slugs cut to length, the same everywhere: where two long ones become the
/// same, later ones in order have a number.
fn shortened(named: &[Name]) -> BTreeMap<String, String> {
    let slugs: BTreeSet<&String> = named
        .iter()
        .filter_map(|name| match name {
            Name::Slug(slug) => Some(slug),
            _ => None,
        })
        .collect();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut short = BTreeMap::new();
    for slug in slugs {
        let cut: String = slug.chars().take(LONGEST).collect();
        let cut = cut.trim_end_matches('_').to_owned();
        let nth = taken.entry(cut.clone()).or_insert(0);
        *nth += 1;
        short.insert(
            slug.clone(),
            if *nth == 1 {
                cut
            } else {
                format!("{cut}_{nth}")
            },
        );
    }
    short
}
