//! `case`: the business case on the terminal, with what-ifs, and the template
//! workbook of its inputs. Writes nothing but the template.

use super::arguments::CaseArguments;
use super::check::verdict;
use super::folder::{command, folder_of, open_any, run_of};
use super::report::periods;
use super::say::Talk;
use super::study_folder::StudyFolder;
use super::{Ended, Failed};
use crate::case::{Case, words};
use crate::files;
use crate::pipeline::case::{Given, WhatIf, known, make, template_of, what_if, workbook};
use crate::pipeline::{self, Made, Run};
use crate::study::CaseAsked;
use serde_json::json;
use staywise_core::domain::{Day, Severity};
use std::path::Path;

pub(super) fn case(
    typed: &CaseArguments,
    study: Option<&Path>,
    talk: &Talk,
) -> Result<Ended, Failed> {
    let dir = folder_of(None, study);
    let Some(folder) = open_any(dir, talk)? else {
        return Ok(Ended::Mend);
    };
    let mut asked = folder.study.case.clone().unwrap_or_default();
    let what_ifs = what_ifs(typed, &mut asked)?;
    let read = match workbook(&asked, &folder.library) {
        Ok(read) => read,
        Err(findings) => {
            talk.findings(&findings);
            talk.failed(&Failed::new(
                "The workbook of inputs must be mended first.",
                "Mend the cells above, and type the command again.",
            ));
            return Ok(Ended::Mend);
        }
    };
    let Some(made) = figures(&folder, typed, talk)? else {
        return Ok(Ended::Mend);
    };
    let as_at = made.as_ref().map(|(_, day)| *day);
    let today = run_of(&folder, b"", talk).today;
    let given = Given {
        rows: made.as_ref().map_or(&[], |(made, _)| &made.rows),
        comparisons: made
            .as_ref()
            .map_or(&[], |(made, _)| &made.evidence.comparisons),
        workbook: &read,
        what_ifs: &what_ifs,
        today: as_at.unwrap_or(today),
    };
    if let Some(path) = &typed.template {
        return template(path, (&asked, &given), &folder, talk);
    }
    match make(&asked, &given) {
        Ok(case) => {
            talk.data(&if typed.json {
                as_json(&case)
            } else {
                words::on_terminal(&case)
            });
            say_next(&folder, talk);
            Ok(Ended::Done)
        }
        Err(findings) => {
            talk.findings(&findings);
            talk.failed(&Failed::new(
                "There is no business case yet.",
                &format!(
                    "Write [case] with preceptees = 60 into staywise.toml, or type `{}` to be \
                     led through its inputs.",
                    command(&folder.path, "case --template case-inputs.xlsx")
                ),
            ));
            Ok(Ended::Mend)
        }
    }
}

/// The what-ifs as typed. How many preceptees there are can be one too, where
/// the study does not say.
fn what_ifs(typed: &CaseArguments, asked: &mut CaseAsked) -> Result<Vec<WhatIf>, Failed> {
    let names = known(asked);
    let mut read = Vec::new();
    for text in &typed.set {
        let one = what_if(text, &names).map_err(|why| {
            Failed::new(
                &format!("--set {text} cannot be used. {why}"),
                "Write the input's name, an equals sign and a number: --set vacancy_weeks=8.",
            )
        })?;
        if one.input == "preceptees" && asked.groups.is_empty() && asked.preceptees.is_none() {
            asked.preceptees = Some(one.value);
        }
        read.push(one);
    }
    Ok(read)
}

/// The study's own figures; nothing within where there are no data, nothing at
/// all where they must be mended.
#[allow(clippy::type_complexity)]
fn figures(
    folder: &StudyFolder,
    typed: &CaseArguments,
    talk: &Talk,
) -> Result<Option<Option<(Made, Day)>>, Failed> {
    if !folder.has_files() || typed.template.is_some() {
        return Ok(Some(None));
    }
    let key = files::key(&folder.path)?;
    let run = Run {
        reports: &[],
        ..run_of(folder, &key, talk)
    };
    let gathered = pipeline::gather(&run);
    if gathered.must_be_mended() {
        let errors = gathered.findings.iter();
        talk.findings(errors.filter(|f| f.severity == Severity::Error));
        verdict(&gathered, talk);
        return Ok(None);
    }
    let periods = periods(&run, &gathered)?;
    let as_at = gathered.linked.as_at;
    Ok(Some(Some((
        pipeline::make(&run, &gathered, periods),
        as_at,
    ))))
}

/// Writes the template workbook, never over another file.
fn template(
    path: &Path,
    (asked, given): (&CaseAsked, &Given<'_>),
    folder: &StudyFolder,
    talk: &Talk,
) -> Result<Ended, Failed> {
    let target = folder.path.join(path);
    if target.exists() {
        return Err(Failed::new(
            "There is a file of that name, and it may have figures in it.",
            "Choose another name.",
        )
        .at(&target));
    }
    let bytes = template_of(asked, given).map_err(|error| {
        Failed::new(&error.to_string(), "Report this: the template is built in.")
    })?;
    files::write(&target, &bytes)?;
    talk.data(&target.display().to_string());
    talk.line(&format!(
        "\nFill in what you know, save it, and write into staywise.toml:\n\n  [case]\n  \
         inputs_from = \"{}\"\n\nThen type {}",
        path.display(),
        talk.look.bold(&command(&folder.path, "case"))
    ));
    Ok(Ended::Done)
}

fn say_next(folder: &StudyFolder, talk: &Talk) {
    let typed = |rest: &str| talk.look.bold(&command(&folder.path, rest));
    talk.line(&format!(
        "\n  {}\n      what if a post stood vacant for eight weeks\n  {}\n      the page for the \
         board and for finance",
        typed("case --set vacancy_weeks=8"),
        typed("report business-case")
    ));
}

/// The case as JSON, for a machine: every input and every step.
fn as_json(case: &Case) -> String {
    let values = pipeline::case::central(case);
    let inputs: Vec<_> = case
        .model
        .inputs
        .iter()
        .map(|input| {
            let from = &input.provenance;
            let faults = input.faults(case.today, &case.prices_of);
            json!({
                "name": input.name, "label": input.label, "group": input.group,
                "unit": input.unit.slug(), "low": input.range.low,
                "central": input.range.central, "high": input.range.high,
                "price_year": from.price_year, "source": from.source,
                "dated": from.dated.map(Day::iso), "grade": from.grade.map(|g| g.letter()),
                "set_by": from.set_by.words(),
                "faults": faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
            })
        })
        .collect();
    let steps: Vec<_> = case
        .model
        .steps
        .iter()
        .filter(|step| !words::is_held_back(case, &step.name))
        .map(|step| {
            json!({
                "name": step.name, "label": step.label, "group": step.group,
                "unit": step.unit.slug(), "value": values.get(&step.name),
                "formula": step.formula.text(&str::to_owned),
            })
        })
        .collect();
    let json = json!({
        "answer": words::answer(case), "prices_of": case.prices_of,
        "what_ifs": case.what_ifs, "inputs": inputs, "steps": steps,
    });
    json.to_string()
}
