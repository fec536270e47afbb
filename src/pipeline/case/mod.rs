//! The business case of a study: its inputs gathered, the difference taken
//! from the study's own comparison or from none, the model worked, every
//! input moved. Holds no price; prints nothing.

mod basis;
mod inputs;
mod worked;

pub use inputs::{WhatIf, what_if};

use super::{Library, Run, case_inputs};
use crate::case::{Case, Choice, Leavers};
use crate::export::{ExportError, Template, case_template};
use crate::ingest;
use crate::report::evidence::Comparison;
use crate::study::prices::{PRICE_YEAR, ways};
use crate::study::{CaseAsked, CaseInput, FILE};
use inputs::Gathered;
use staywise_core::casemodel::{
    Adjustment, Effect, Input, Model, Plan, Range, SetBy, Wrong, verdict,
};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Day, Finding, Origin, Severity};

/// What a case is made from beside what the study declares.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Every row of the run.
    pub rows: &'a [Released],
    /// The comparisons that the run made.
    pub comparisons: &'a [Comparison],
    /// Inputs read back from a workbook.
    pub workbook: &'a [Written],
    /// What-ifs.
    pub what_ifs: &'a [WhatIf],
    /// The day of the data, by which sources are judged where the study's own
    /// numbers are not of a later one.
    pub today: Day,
}

/// The case of a study, or what must be mended in it first.
///
/// # Errors
///
/// A finding for what is missing or cannot be.
pub fn make(asked: &CaseAsked, given: &Given<'_>) -> Result<Case, Vec<Finding>> {
    let given = &Given {
        today: given.today.max(asked.declared_on.unwrap_or(given.today)),
        ..*given
    };
    let basis = basis::find(asked, given);
    let effect = basis.effect();
    let adjustment = match (effect, asked.adjustment) {
        (Effect::BreakEven, _) => Adjustment::None,
        (Effect::Measured, said) => said.unwrap_or(Adjustment::Attribution),
    };
    let prices_of = asked.price_year.as_deref().unwrap_or(PRICE_YEAR);
    let gathered = Gathered::new(asked, given, prices_of);
    let years = u16::try_from(asked.reach.len()).unwrap_or(u16::MAX);
    let made = |inputs: Vec<Input>, effect, adjustment| {
        let plan = Plan {
            inputs,
            groups: gathered.groups.clone(),
            years,
            effect,
            adjustment,
        };
        plan.model()
    };
    let mut inputs = gathered.all();
    inputs.extend(basis.input(given.what_ifs));
    let model = made(inputs, effect, adjustment).map_err(|why| vec![wrong(&why)])?;
    let leavers = basis::leavers(asked, given, (&model, &basis));
    let count = leavers.as_ref().and_then(Leavers::most);
    let Some(answers) = worked::answers(&model, (effect, adjustment), (asked, count)) else {
        return Err(vec![finding(
            "The business case comes to no figure.",
            "Check that there are preceptees, and that the programme and a leaver cost something.",
        )]);
    };
    let choices = choices(asked, &gathered)
        .into_iter()
        .filter_map(|(slug, label, what, inputs)| {
            let model = made(inputs, Effect::BreakEven, Adjustment::None).ok()?;
            let verdict = verdict(&model, (Effect::BreakEven, Adjustment::None), count)?;
            Some(Choice {
                slug,
                label,
                what,
                model,
                verdict,
            })
        })
        .collect();
    let not_set = worked::not_set(&model, &answers.bars);
    Ok(Case {
        model,
        groups: gathered.groups.clone(),
        years,
        effect,
        adjustment,
        basis: basis.told(),
        leavers,
        prices_of: prices_of.to_owned(),
        setting: asked.setting.clone(),
        today: given.today,
        answers,
        choices,
        not_set,
        what_ifs: given.what_ifs.iter().map(WhatIf::typed).collect(),
    })
}

type Way = (String, String, String, Vec<Input>);

/// Other ways of doing it: those that are shipped and those of the study, a
/// study's own before a shipped one of the same name.
fn choices(asked: &CaseAsked, gathered: &Gathered) -> Vec<Way> {
    let own = |slug: &str| asked.options.iter().any(|o| o.name == slug);
    let shipped = ways().into_iter().filter(|way| !own(&way.slug)).map(|way| {
        let inputs = gathered.changed(|input| {
            let (range, provenance) = way.changes.get(&input.slug)?;
            Some((*range, provenance.clone()))
        });
        (way.slug, way.label, way.what, inputs)
    });
    let mut all: Vec<Way> = shipped.collect();
    all.extend(asked.options.iter().map(|option| {
        let inputs = gathered.changed(|input| {
            let change = option.inputs.iter().find(|i| i.slug == input.slug)?;
            let changed = inputs::with(input, change, SetBy::Choice);
            Some((changed.range, changed.provenance))
        });
        let (name, label, what) = (&option.name, &option.label, &option.what);
        (name.clone(), label.clone(), what.clone(), inputs)
    }));
    all
}

/// The case of a run, where the study asks for one, and what is wrong with it.
pub(super) fn of_run(
    run: &Run<'_>,
    (rows, comparisons): (&[Released], &[Comparison]),
    as_at: Day,
) -> (Option<Case>, Vec<Finding>) {
    let Some(asked) = &run.study.case else {
        return (None, Vec::new());
    };
    let (read, mut found) = match workbook(asked, run.library) {
        Ok(read) => read,
        Err(findings) => return (None, findings),
    };
    let given = Given {
        rows,
        comparisons,
        workbook: &read,
        what_ifs: &[],
        // The same data give the same page on every day.
        today: as_at,
    };
    match make(asked, &given) {
        Ok(case) => (Some(case), found),
        Err(findings) => {
            found.extend(findings);
            (None, found)
        }
    }
}

/// What is wrong with a model, as a finding of the study's file.
fn wrong(why: &Wrong) -> Finding {
    match why {
        Wrong::Missing(name) if name.starts_with("preceptees") => finding(
            "[case] does not say how many preceptees start in a year.",
            "Write preceptees = 60 in [case], or in each [[case.group]].",
        ),
        Wrong::Missing(name) => finding(
            &format!("The business case needs `{name}`, which nothing gives."),
            &format!("Give it as [case.input.{name}]."),
        ),
        Wrong::Twice(name) => finding(
            &format!("The business case has `{name}` twice."),
            "Take one of the two out.",
        ),
        Wrong::Unordered(name) => finding(
            &format!("The least, likeliest and most of `{name}` are not in that order."),
            "Put the least first and the most last.",
        ),
        Wrong::Impossible(name) => finding(
            &format!("`{name}` lies where it cannot: below 0, or a share above 1."),
            "A share is a number from 0 to 1: 80% is 0.8.",
        ),
        Wrong::Ramp => finding(
            "`reach` in [case] does not have a share for each year.",
            "Write, for instance, reach = [0.5, 1.0, 1.0]",
        ),
    }
}

fn finding(message: &str, remedy: &str) -> Finding {
    Finding {
        rule: "case",
        severity: Severity::Error,
        origin: Origin::file(FILE),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
        count: 1,
        private_value: None,
    }
}

/// The inputs now in use, before the difference.
fn in_use(asked: &CaseAsked, given: &Given<'_>) -> Gathered {
    let prices_of = asked.price_year.as_deref().unwrap_or(PRICE_YEAR);
    Gathered::new(asked, given, prices_of)
}

/// The template workbook, filled with the inputs now in use.
///
/// # Errors
///
/// Where the workbook cannot be put together.
pub fn template_of(asked: &CaseAsked, given: &Given<'_>) -> Result<Vec<u8>, ExportError> {
    let gathered = in_use(asked, given);
    case_template(&Template {
        inputs: &gathered.to_fill_in(),
        groups: &gathered.groups,
        prices_of: asked.price_year.as_deref().unwrap_or(PRICE_YEAR),
        as_at: given.today,
    })
}

/// The model of a case, for those who only ask for its steps.
#[must_use]
pub fn central(case: &Case) -> staywise_core::casemodel::Values<'_> {
    let model: &Model = &case.model;
    model.worked(&model.central(), staywise_core::casemodel::Rounding::Pence)
}

/// Every name that a what-if may have in a study's case.
#[must_use]
pub fn known(asked: &CaseAsked) -> Vec<String> {
    let mut names = vec!["preceptees".to_owned(), "effect".to_owned()];
    for input in in_use(asked, &NOTHING).all() {
        for name in [input.name, input.slug] {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.retain(|name| name != "reach");
    names
}

/// An input of the workbook, of all or of a group of staff.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The group it is of; none where it is of all.
    pub group: Option<String>,
    /// What is said of it.
    pub input: CaseInput,
}

/// What a study's workbook of inputs says of its own; nothing where it has
/// none. Findings that are no errors come with it.
///
/// # Errors
///
/// Every finding, where the workbook cannot be read or a cell of it cannot be
/// used.
pub fn workbook(
    asked: &CaseAsked,
    library: &dyn Library,
) -> Result<(Vec<Written>, Vec<Finding>), Vec<Finding>> {
    let Some(name) = &asked.workbook else {
        return Ok((Vec::new(), Vec::new()));
    };
    let bytes = library.open(name).map_err(|why| {
        let message = format!("The workbook of inputs `{name}` cannot be read: {why}.");
        let remedy = "Put it beside staywise.toml, or take `inputs_from` out of [case].";
        vec![finding(&message, remedy)]
    })?;
    let gathered = in_use(asked, &NOTHING);
    let inputs = gathered.to_fill_in();
    let known = case_inputs::Known {
        inputs: &inputs,
        groups: &gathered.groups,
    };
    let (read, findings) = case_inputs::read_back(
        ingest::Input {
            name,
            bytes: &bytes,
        },
        known,
    );
    if findings.iter().any(|f| f.severity == Severity::Error) {
        return Err(findings);
    }
    let own = read.into_iter().filter(|i| i.set_by == SetBy::Workbook);
    let written = own.map(|read| Written {
        group: read.group,
        input: CaseInput {
            slug: read.slug,
            range: Some(Range {
                low: read.low,
                central: read.central,
                high: read.high,
            }),
            price_year: read.price_year,
            source: read.source,
            dated: read.dated,
            good_until: read.good_until,
            grade: read.grade,
            note: read.note,
        },
    });
    Ok((written.collect(), findings))
}

/// A case of nobody, on no day.
const NOTHING: Given<'_> = Given {
    rows: &[],
    comparisons: &[],
    workbook: &[],
    what_ifs: &[],
    today: Day(0),
};
