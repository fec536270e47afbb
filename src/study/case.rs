//! `[case]`: what a study says of its business case. Reads what is written,
//! checks what can be checked without the rest, and fills in nothing.

use super::Study;
use super::key::{Findings, Section, nearest, number};
use super::prices::{SETTINGS, shipped};
use super::read::{table, tables};
use staywise_core::casemodel::{Adjustment, Grade, Range};
use staywise_core::domain::Day;
use toml::de::{DeTable, DeValue};

/// An input as the study has it: what is not said stays as it was, but a new
/// number needs a new source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseInput {
    /// What it is an input of: `vacancy_weeks`.
    pub slug: String,
    /// Least, likeliest, most.
    pub range: Option<Range>,
    /// The year of its prices.
    pub price_year: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// When they said so.
    pub dated: Option<Day>,
    /// The last day it is good for.
    pub good_until: Option<Day>,
    /// How good the source is.
    pub grade: Option<Grade>,
    /// What to check.
    pub note: Option<String>,
}

/// A group of staff with inputs of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseGroup {
    /// As printed: "Band 5 nurses".
    pub name: String,
    /// How many start as preceptees in a year.
    pub preceptees: f64,
    /// What it has of its own.
    pub inputs: Vec<CaseInput>,
}

/// A way of doing it.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseOption {
    /// Its slug.
    pub name: String,
    /// As printed.
    pub label: String,
    /// What it is.
    pub what: String,
    /// What it changes.
    pub inputs: Vec<CaseInput>,
}

/// Which difference the case values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CaseEffect {
    /// That of the comparison declared as primary, where there is one.
    #[default]
    Primary,
    /// That of a comparison by name.
    Named(String),
    /// None: break-even only.
    None,
}

/// `[case]`.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseAsked {
    /// The kind of provider: `nhs`, `social_care`, `primary_care`.
    pub setting: String,
    /// How many start as preceptees in a year; nothing where groups say.
    pub preceptees: Option<f64>,
    /// How many of them leave within twelve months as things are, and who
    /// says so.
    pub leavers: Option<(f64, String)>,
    /// When the study's own numbers were written down.
    pub declared_on: Option<Day>,
    /// Which difference is valued.
    pub effect: CaseEffect,
    /// The prudent adjustment; the share put down to preceptorship where not
    /// said.
    pub adjustment: Option<Adjustment>,
    /// What share of its effect the programme has in each year.
    pub reach: Vec<f64>,
    /// The year whose prices all money is brought to.
    pub price_year: Option<String>,
    /// By price year, how much a pound of it is in the case's year.
    pub prices: Vec<(String, f64)>,
    /// A workbook of inputs, beside the study's file.
    pub workbook: Option<String>,
    /// The seed of the draws.
    pub seed: u64,
    /// How many draws.
    pub draws: u32,
    /// Inputs.
    pub inputs: Vec<CaseInput>,
    /// Groups of staff.
    pub groups: Vec<CaseGroup>,
    /// Ways of doing it, beside those that staywise ships.
    pub options: Vec<CaseOption>,
}

impl Default for CaseAsked {
    fn default() -> Self {
        Self {
            setting: "nhs".to_owned(),
            preceptees: None,
            leavers: None,
            declared_on: None,
            effect: CaseEffect::default(),
            adjustment: None,
            reach: vec![0.5, 1.0, 1.0],
            price_year: None,
            prices: Vec::new(),
            workbook: None,
            seed: 2026,
            draws: 100_000,
            inputs: Vec::new(),
            groups: Vec::new(),
            options: Vec::new(),
        }
    }
}

/// The words of adjustments in staywise.toml.
pub const ADJUSTMENTS: [(Adjustment, &str); 4] = [
    (Adjustment::Attribution, "attribution"),
    (Adjustment::OptimismBias, "optimism bias"),
    (Adjustment::LowerEnd, "lower end"),
    (Adjustment::None, "none"),
];

/// Reads `[case]`.
pub(super) fn case(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    let at = top.value("case").map_or(0, |v| v.span().start);
    let Some(mut section) = table(top, "case", found) else {
        return;
    };
    let settings = SETTINGS.map(|(slug, word)| (slug, word));
    let by_sector = match study.sector.as_str() {
        "social care" => "social_care",
        _ => "nhs",
    };
    let setting = section.one_of("setting", &settings, found);
    let groups = groups(&mut section, found);
    let mut asked = CaseAsked {
        setting: setting.unwrap_or(by_sector).to_owned(),
        preceptees: section.positive("preceptees", found),
        leavers: leavers(&mut section, found),
        declared_on: section.day("declared_on", found),
        effect: effect(&mut section, found),
        adjustment: section.one_of("adjustment", &ADJUSTMENTS, found),
        price_year: section.text("price_year", found),
        prices: section.free("prices", "a number above 0", found, |v| {
            number(v).filter(|n| *n > 0.0)
        }),
        workbook: section.text("inputs_from", found),
        inputs: inputs(&mut section, "case.input", found),
        groups,
        options: options(&mut section, found),
        ..CaseAsked::default()
    };
    if let Some(seed) = section.whole("seed", 0..=u32::MAX, found) {
        asked.seed = u64::from(seed);
    }
    if let Some(draws) = section.whole("draws", 4_000..=4_000_000, found) {
        asked.draws = draws;
    }
    if let Some(reach) = reach(&mut section, found) {
        asked.reach = reach;
    }
    section.finish(found);
    if asked.preceptees.is_some() && !asked.groups.is_empty() {
        found.say(
            at,
            "[case] says how many preceptees there are, and so do its groups.".to_owned(),
            "Leave `preceptees` with each [[case.group]] and take it out of [case].".to_owned(),
        );
    }
    one_adjustment(&asked, at, found);
    study.case = Some(asked);
}

/// At most one prudent adjustment: an input of one that is not made would
/// look as if it were.
fn one_adjustment(asked: &CaseAsked, at: usize, found: &mut Findings<'_>) {
    let made = asked.adjustment.unwrap_or(Adjustment::Attribution);
    for (adjustment, slug) in [
        (Adjustment::Attribution, "attribution"),
        (Adjustment::OptimismBias, "optimism_bias"),
    ] {
        if adjustment != made && asked.inputs.iter().any(|i| i.slug == slug) {
            let word = ADJUSTMENTS.iter().find(|(a, _)| *a == made);
            let made = word.map_or("none", |(_, word)| word);
            found.say(
                at,
                format!("[case] gives `{slug}`, but its one prudent adjustment is \"{made}\"."),
                "Choose one with `adjustment`, and take the other's input out: two at once \
                 discount the same doubt twice."
                    .to_owned(),
            );
        }
    }
}

fn effect(section: &mut Section<'_, '_>, found: &mut Findings<'_>) -> CaseEffect {
    match section.text("comparison", found) {
        None => CaseEffect::Primary,
        Some(name) if name == "none" => CaseEffect::None,
        Some(name) => CaseEffect::Named(name),
    }
}

fn leavers(section: &mut Section<'_, '_>, found: &mut Findings<'_>) -> Option<(f64, String)> {
    let at = section.value("leavers").map(|v| v.span().start);
    let count = section.whole("leavers", 0..=100_000, found);
    let source = section.text("leavers_source", found);
    if source.is_some() && at.is_none() {
        found.say(
            0,
            "[case] has `leavers_source` without `leavers`.".to_owned(),
            "Write leavers = 9, or take the source out.".to_owned(),
        );
    }
    let source = source.unwrap_or_else(|| "as given in staywise.toml".to_owned());
    count.map(|n| (f64::from(n), source))
}

/// What share of its effect the programme has, a number a year.
fn reach(section: &mut Section<'_, '_>, found: &mut Findings<'_>) -> Option<Vec<f64>> {
    let value = section.value("reach")?;
    let read = |v: &DeValue<'_>| -> Option<Vec<f64>> {
        v.as_array()?.iter().map(|n| number(n.get_ref())).collect()
    };
    let taken = read(value.get_ref()).filter(|years| {
        let known = (1..=10).contains(&years.len());
        known && years.iter().all(|y| (0.0..=1.0).contains(y)) && years.iter().any(|y| *y > 0.0)
    });
    if taken.is_none() {
        found.say(
            value.span().start,
            "`reach` in [case] must be a list of one to ten shares from 0 to 1, a year each, not \
             all 0."
                .to_owned(),
            "Write, for instance, reach = [0.5, 1.0, 1.0]".to_owned(),
        );
    }
    taken
}

fn groups(section: &mut Section<'_, '_>, found: &mut Findings<'_>) -> Vec<CaseGroup> {
    let mut groups: Vec<CaseGroup> = Vec::new();
    for (at, mut group) in tables(section, "group", found) {
        let name = group.text("name", found);
        let preceptees = group.positive("preceptees", found);
        let inputs = inputs(&mut group, "case.group.input", found);
        group.finish(found);
        match (name, preceptees) {
            (Some(name), Some(preceptees)) if groups.iter().all(|g| g.name != name) => {
                groups.push(CaseGroup {
                    name,
                    preceptees,
                    inputs,
                });
            }
            _ => found.say(
                at,
                "A [[case.group]] needs a `name` of its own and `preceptees`.".to_owned(),
                "Write, for instance, name = \"Band 5 nurses\" and preceptees = 40.".to_owned(),
            ),
        }
    }
    groups
}

fn options(section: &mut Section<'_, '_>, found: &mut Findings<'_>) -> Vec<CaseOption> {
    let mut options: Vec<CaseOption> = Vec::new();
    for (at, mut option) in tables(section, "option", found) {
        let name = option.text("name", found);
        let label = option.text("label", found);
        let what = option.text("what", found);
        let inputs = inputs(&mut option, "case.option.input", found);
        option.finish(found);
        match name {
            Some(name) if options.iter().all(|o| o.name != name) => options.push(CaseOption {
                label: label.unwrap_or_else(|| name.clone()),
                name,
                what: what.unwrap_or_default(),
                inputs,
            }),
            _ => found.say(
                at,
                "A [[case.option]] needs a `name` of its own.".to_owned(),
                "Write, for instance, name = \"half_lead\".".to_owned(),
            ),
        }
    }
    options
}

/// Every input of a table: a number alone, or a table of its own.
fn inputs(section: &mut Section<'_, '_>, place: &str, found: &mut Findings<'_>) -> Vec<CaseInput> {
    let Some(value) = section.value("input") else {
        return Vec::new();
    };
    let Some(table) = value.get_ref().as_table() else {
        found.say(
            value.span().start,
            format!("`{place}` must be a table."),
            format!("Write [{place}.vacancy_weeks] on a line of its own."),
        );
        return Vec::new();
    };
    let known = shipped("nhs");
    let mut inputs = Vec::new();
    for (key, value) in table {
        let slug = key.get_ref().to_string();
        let at = key.span().start;
        if !known.iter().any(|k| k.slug == slug) {
            let near = nearest(&slug, known.iter().map(|k| k.slug.as_str()));
            found.say(
                at,
                format!("`{slug}` is no input of the business case."),
                near.map_or_else(
                    || "docs/business-case-inputs.md lists them.".to_owned(),
                    |near| format!("Did you mean `{near}`?"),
                ),
            );
            continue;
        }
        let read = match value.get_ref() {
            DeValue::Table(table) => Some(whole_input(&slug, (place, at), table, found)),
            other => number(other).map(|n| CaseInput {
                slug: slug.clone(),
                range: Some(Range::fixed(n)),
                ..CaseInput::default()
            }),
        };
        match read {
            Some(input) => inputs.push(input),
            None => found.say(
                at,
                format!("`{slug}` must be a number or a table."),
                format!("Write {slug} = 8, or [{place}.{slug}] with low, central and high."),
            ),
        }
    }
    inputs
}

/// An input with its range and where it came from.
fn whole_input(
    slug: &str,
    (place, at): (&str, usize),
    table: &DeTable<'_>,
    found: &mut Findings<'_>,
) -> CaseInput {
    let mut section = Section::new(&format!("{place}.{slug}"), table);
    let ends = ["low", "central", "high"].map(|key| section.number(key, found));
    let grades = Grade::ALL.map(|grade| (grade, grade.letter()));
    let input = CaseInput {
        slug: slug.to_owned(),
        range: match ends {
            [low, Some(central), high] => Some(Range {
                low: low.unwrap_or(central),
                central,
                high: high.unwrap_or(central),
            }),
            _ => None,
        },
        price_year: section.text("price_year", found),
        source: section.text("source", found),
        dated: section.day("dated", found),
        good_until: section.day("good_until", found),
        grade: section.one_of("grade", &grades, found),
        note: section.text("note", found),
    };
    section.finish(found);
    if input.range.is_none() && (ends[0].is_some() || ends[2].is_some()) {
        found.say(
            at,
            format!("[{place}.{slug}] has no `central`."),
            "Give the likeliest value as `central`.".to_owned(),
        );
    }
    if input.range.is_some_and(|range| !range.is_ordered()) {
        found.say(
            at,
            format!("[{place}.{slug}] is not in the order low, central, high."),
            "Put the least in `low` and the most in `high`.".to_owned(),
        );
    }
    input
}
