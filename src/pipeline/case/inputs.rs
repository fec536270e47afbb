//! The inputs of a case: what staywise ships, then the workbook, then
//! staywise.toml, then what-ifs, each over what was before it; with prices
//! brought to the case's year where the study says how.

use super::Given;
use crate::study::prices::{Shipped, shipped};
use crate::study::{CaseAsked, CaseInput};
use staywise_core::casemodel::{
    Grade, Input, Provenance, Range, SetBy, Spread, Unit, named, of_year,
};
use staywise_core::domain::Day;

/// A what-if: an input at one value.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The input's name: `vacancy_weeks`, or `vacancy_weeks.2`.
    pub input: String,
    /// What it is taken to be.
    pub value: f64,
}

impl WhatIf {
    /// As it was typed.
    #[must_use]
    pub fn typed(&self) -> String {
        format!("{}={}", self.input, self.value)
    }
}

/// Reads `vacancy_weeks=8`, `cover_share=80%` or `advert=£1,200`; otherwise
/// what is wrong with it, in words.
///
/// # Errors
///
/// No equals sign, no number, or no input of that name in the study's case.
pub fn what_if(typed: &str, known: &[String]) -> Result<WhatIf, String> {
    let (name, value) = typed.split_once('=').ok_or_else(|| {
        format!("`{typed}` has no equals sign. Write, for instance, vacancy_weeks=8.")
    })?;
    let name = name.trim();
    if !known.iter().any(|k| k == name) {
        let near = known
            .iter()
            .map(|k| (strsim::normalized_damerau_levenshtein(name, k), k))
            .filter(|(likeness, _)| *likeness >= 0.5)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        return Err(match near {
            Some((_, near)) => format!("`{name}` is no input. Did you mean `{near}`?"),
            None => format!("`{name}` is no input. They are: {}.", known.join(", ")),
        });
    }
    let plain: String = value
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '£' && *c != ',')
        .collect();
    let (digits, scale) = match plain.strip_suffix('%') {
        Some(digits) => (digits, 0.01),
        None => (plain.as_str(), 1.0),
    };
    match digits.parse::<f64>() {
        Ok(n) if n.is_finite() => Ok(WhatIf {
            input: name.to_owned(),
            value: n * scale,
        }),
        _ => Err(format!("`{}` is no number.", value.trim())),
    }
}

/// The inputs of a study, before the difference.
pub(super) struct Gathered {
    /// The groups as printed; one without a name where all are one.
    pub(super) groups: Vec<String>,
    inputs: Vec<Input>,
}

impl Gathered {
    pub(super) fn new(asked: &CaseAsked, given: &Given<'_>, prices_of: &str) -> Self {
        let groups: Vec<String> = match asked.groups.as_slice() {
            [] => vec![String::new()],
            several => several.iter().map(|g| g.name.clone()).collect(),
        };
        let mut inputs: Vec<Input> = shipped(&asked.setting).iter().map(as_input).collect();
        let of_all = given.workbook.iter().filter(|w| w.group.is_none());
        let of_all = of_all.map(|w| (&w.input, SetBy::Workbook));
        let of_study = asked.inputs.iter().map(|change| (change, SetBy::Study));
        for (change, set_by) in of_all.chain(of_study) {
            if let Some(input) = inputs.iter_mut().find(|i| i.slug == change.slug) {
                *input = with(input, change, set_by);
            }
        }
        let own = own(asked, given, (&groups, &inputs));
        let mut all = people(asked, given, &groups);
        all.append(&mut inputs);
        all.extend(own);
        all.extend(reach(asked));
        for input in &mut all {
            repriced(input, asked, prices_of);
            for what_if in given.what_ifs {
                if what_if.input == input.name || what_if.input == input.slug {
                    taken_to_be(input, what_if.value, prices_of);
                }
            }
        }
        Self {
            groups,
            inputs: all,
        }
    }

    pub(super) fn all(&self) -> Vec<Input> {
        self.inputs.clone()
    }

    /// The inputs that a workbook asks for: what share of its effect the
    /// programme has in each year stands in the study alone.
    pub(super) fn to_fill_in(&self) -> Vec<Input> {
        let mut inputs = self.all();
        inputs.retain(|input| input.slug != "reach");
        inputs
    }

    /// The inputs with some of them changed.
    pub(super) fn changed(
        &self,
        change: impl Fn(&Input) -> Option<(Range, Provenance)>,
    ) -> Vec<Input> {
        let mut inputs = self.all();
        for input in &mut inputs {
            if let Some((range, provenance)) = change(input) {
                input.range = range;
                input.provenance = provenance;
            }
        }
        inputs
    }
}

fn as_input(shipped: &Shipped) -> Input {
    Input {
        name: shipped.slug.clone(),
        slug: shipped.slug.clone(),
        group: None,
        label: shipped.label.clone(),
        what: shipped.what.clone(),
        unit: shipped.unit,
        range: shipped.range,
        provenance: shipped.provenance.clone(),
        spread: Spread::Triangle,
    }
}

/// An input with what a change says of it. A new number has no more of a
/// source than is said with it; a source alone is the old number's.
pub(super) fn with(input: &Input, change: &CaseInput, set_by: SetBy) -> Input {
    let old = input.provenance.clone();
    let kept = |new: &Option<String>, old: Option<String>| match change.range {
        Some(_) => new.clone(),
        None => new.clone().or(old),
    };
    let kept_day = |new: Option<Day>, old: Option<Day>| match change.range {
        Some(_) => new,
        None => new.or(old),
    };
    let grade = match change.range {
        Some(_) => change.grade,
        None => change.grade.or(old.grade),
    };
    Input {
        range: change.range.unwrap_or(input.range),
        provenance: Provenance {
            price_year: kept(&change.price_year, old.price_year),
            source: kept(&change.source, old.source),
            dated: kept_day(change.dated, old.dated),
            good_until: kept_day(change.good_until, old.good_until),
            grade,
            set_by,
            note: kept(&change.note, old.note),
        },
        ..input.clone()
    }
}

/// What groups have of their own.
fn own(
    asked: &CaseAsked,
    given: &Given<'_>,
    (groups, common): (&[String], &[Input]),
) -> Vec<Input> {
    let mut all: Vec<Input> = Vec::new();
    for (at, group) in asked.groups.iter().enumerate() {
        let written = given.workbook.iter();
        let written = written.filter(|w| w.group.as_ref() == Some(&group.name));
        let written = written.map(|w| (&w.input, SetBy::Workbook));
        let of_study = group.inputs.iter().map(|change| (change, SetBy::Study));
        for (change, set_by) in written.chain(of_study) {
            let Some(base) = common.iter().find(|i| i.slug == change.slug) else {
                continue;
            };
            let name = named(&change.slug, at, groups.len());
            all.retain(|i| i.name != name);
            all.push(Input {
                name,
                group: Some(group.name.clone()),
                ..with(base, change, set_by)
            });
        }
    }
    all
}

/// Something that the study itself says, which needs no source but that.
fn of_study(name: String, slug: &str, (label, what): (&str, &str), unit: Unit) -> Input {
    Input {
        name,
        slug: slug.to_owned(),
        group: None,
        label: label.to_owned(),
        what: what.to_owned(),
        unit,
        range: Range::fixed(0.0),
        provenance: Provenance {
            price_year: None,
            source: Some("as given in staywise.toml".to_owned()),
            dated: None,
            good_until: None,
            grade: Some(Grade::C),
            set_by: SetBy::Study,
            note: None,
        },
        spread: Spread::Triangle,
    }
}

/// How many preceptees start in a year, by group.
fn people(asked: &CaseAsked, given: &Given<'_>, groups: &[String]) -> Vec<Input> {
    let told = (
        "Preceptees a year",
        "How many start as preceptees in a year.",
    );
    if asked.groups.is_empty() {
        let mut input = of_study("preceptees".to_owned(), "preceptees", told, Unit::People);
        input.provenance.dated = asked.declared_on;
        let read = given.workbook.iter().find(|w| w.input.slug == "preceptees");
        if let Some(written) = read {
            input = with(&input, &written.input, SetBy::Workbook);
        }
        return match (asked.preceptees, read) {
            (Some(n), _) => {
                input.range = Range::fixed(n);
                input.provenance.set_by = SetBy::Study;
                vec![input]
            }
            (None, Some(_)) => vec![input],
            (None, None) => Vec::new(),
        };
    }
    let several = asked.groups.iter().enumerate();
    several
        .map(|(at, group)| {
            let name = named("preceptees", at, groups.len());
            let mut input = of_study(name, "preceptees", told, Unit::People);
            input.range = Range::fixed(group.preceptees);
            input.provenance.dated = asked.declared_on;
            input.group = Some(group.name.clone());
            input
        })
        .collect()
}

/// What share of its effect the programme has in each year.
fn reach(asked: &CaseAsked) -> Vec<Input> {
    let years = asked.reach.iter().zip(1u16..);
    years
        .map(|(share, year)| {
            let label = format!("Share of the effect in year {year}");
            let what = "How much of its whole effect the programme has in this year: in the \
                        first, those who start late in it have been there for a part of it.";
            let name = of_year("reach", year);
            let mut input = of_study(name, "reach", (&label, what), Unit::Share);
            input.range = Range::fixed(*share);
            if asked.reach == CaseAsked::default().reach {
                input.provenance.source =
                    Some("an assumption of this program, to be replaced by yours".to_owned());
                input.provenance.set_by = SetBy::Shipped;
                input.provenance.grade = Some(Grade::D);
            }
            input.provenance.dated = asked.declared_on;
            input
        })
        .collect()
}

/// Brings an input's prices to the case's year where the study says how.
fn repriced(input: &mut Input, asked: &CaseAsked, prices_of: &str) {
    let Some(year) = input.provenance.price_year.clone() else {
        return;
    };
    let Some((_, factor)) = asked.prices.iter().find(|(y, _)| *y == year) else {
        return;
    };
    if !input.unit.is_money() || year == prices_of {
        return;
    }
    for end in [
        &mut input.range.low,
        &mut input.range.central,
        &mut input.range.high,
    ] {
        *end *= factor;
    }
    let brought = format!("Brought from prices of {year} by {factor}.");
    input.provenance.price_year = Some(prices_of.to_owned());
    let note = input.provenance.note.take();
    input.provenance.note = Some(match note {
        Some(note) => format!("{note} {brought}"),
        None => brought,
    });
}

/// An input at one value, which is nobody's claim.
pub(super) fn taken_to_be(input: &mut Input, value: f64, prices_of: &str) {
    input.range = Range::fixed(value);
    input.provenance = Provenance {
        price_year: input.unit.is_money().then(|| prices_of.to_owned()),
        source: None,
        dated: None,
        good_until: None,
        grade: None,
        set_by: SetBy::WhatIf,
        note: None,
    };
}
