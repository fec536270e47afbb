//! `explain`: what stands behind a figure of a run, as a person asks it. Reads
//! what the run may show and nothing else.

use super::arguments::Explain;
use super::folder::{command, folder_of};
use super::look::Look;
use super::say::Talk;
use super::study_folder::StudyFolder;
use super::{Ended, Failed};
use crate::files::{self, RunFolder};
use crate::pipeline::claims;
use crate::pipeline::earlier::{self, Earlier, NotARun};
use crate::pipeline::explain::{self, Explained};
use crate::query::Catalogue;
use crate::report::facts::people;
use serde_json::{Value, json};
use staywise_core::domain::{Kind, Status};
use std::path::{Path, PathBuf};

/// How wide the text beside the headings is.
const WIDTH: usize = 76;

pub(super) fn explain(
    explain: &Explain,
    study: Option<&Path>,
    talk: &Talk,
) -> Result<Ended, Failed> {
    let dir = folder_of(None, study);
    let folder = match StudyFolder::open(dir)? {
        Ok(folder) => folder,
        Err(wrong) => {
            talk.findings(&wrong);
            return Ok(Ended::Mend);
        }
    };
    let claim = claims::claim(&explain.claim);
    let found = find(&folder, &claim, explain.run.as_deref(), talk)?;
    if explain.json {
        talk.data(&written(&found));
    } else {
        talk.data(&told(&found, talk.data_look));
        say_next(&found, dir, talk);
    }
    Ok(Ended::Done)
}

/// A figure and the run it was found in.
struct Found {
    path: PathBuf,
    run: Earlier,
    told: Explained,
    built_in: bool,
}

/// Looks for a claim in the run that is named, or in all of the study's, the
/// latest first.
fn find(
    folder: &StudyFolder,
    claim: &str,
    named: Option<&str>,
    talk: &Talk,
) -> Result<Found, Failed> {
    let runs = match named {
        Some(named) => vec![files::run_at(&folder.path, named)?],
        None => latest_first(&folder.path)?,
    };
    let mut near: Vec<(String, String)> = Vec::new();
    for (index, at) in runs.iter().enumerate() {
        let run = match read(at) {
            Ok(run) => run,
            Err(failed) if named.is_some() => return Err(failed),
            Err(failed) => {
                talk.line(&format!(
                    "left alone: {} ({})",
                    at.path.display(),
                    failed.what
                ));
                continue;
            }
        };
        let known = (&folder.study, &folder.catalogue);
        let told = explain::explain(&run, claim, known)
            .map_err(|wrong| changed(&at.path, &wrong.to_string()))?;
        if let Some(told) = told {
            return Ok(Found {
                built_in: is_built_in(&told),
                path: at.path.clone(),
                run,
                told,
            });
        }
        if index == 0 {
            near = claims::nearest(&run, claim, &folder.catalogue);
        }
    }
    Err(unknown(claim, &runs, &near))
}

fn is_built_in(told: &Explained) -> bool {
    let built_in = Catalogue::built_in();
    let same = |(_, text): &(String, String)| {
        built_in
            .get(&told.row.key().metric)
            .is_some_and(|query| query.text == *text)
    };
    told.query.as_ref().is_some_and(same)
}

/// The study's runs, that of the latest period first.
fn latest_first(study: &Path) -> Result<Vec<RunFolder>, Failed> {
    let mut runs = files::runs(study)?;
    if runs.is_empty() {
        let failed = Failed::new(
            "There is no run yet, so there is no figure to explain.",
            &format!("Type `{}` first.", command(study, "report")),
        );
        return Err(failed.at(&study.join("out")));
    }
    runs.sort_by_cached_key(|run| std::cmp::Reverse(earlier::when(&run.manifest)));
    Ok(runs)
}

/// A run's manifest and results, read.
pub(super) fn read(at: &RunFolder) -> Result<Earlier, Failed> {
    let results = at.results()?;
    Earlier::read(&at.manifest, &results).map_err(|NotARun(why)| {
        let remedy = "Name another run, or make this one again with `staywise report`.";
        Failed::new(&why, remedy).at(&at.path)
    })
}

fn changed(path: &Path, why: &str) -> Failed {
    Failed::new(
        &format!("The row was changed since the run wrote it: {why}."),
        "Make the run again with `staywise report`, or look in another copy with --run.",
    )
    .at(&path.join("results.csv"))
}

fn unknown(claim: &str, runs: &[RunFolder], near: &[(String, String)]) -> Failed {
    let places: Vec<String> = runs
        .iter()
        .map(|run| run.path.display().to_string())
        .collect();
    let copy = "Copy the claim from the report, or from the column `claim` of results.csv.";
    let near: Vec<String> = near
        .iter()
        .map(|(claim, what)| format!("{claim} ({what})"))
        .collect();
    let remedy = if near.is_empty() {
        copy.to_owned()
    } else {
        format!("Did you mean {}? {copy}", near.join(" or "))
    };
    Failed::new(&format!("No figure has the claim `{claim}`."), &remedy)
        .at(Path::new(&places.join(", ")))
}

/// What is told, headings in one column.
fn told(found: &Found, look: Look) -> String {
    let told = &found.told;
    let row = &told.row;
    let figure = match &told.plainly {
        Some(plainly) => format!("{}: {plainly}", told.figure),
        None => told.figure.clone(),
    };
    let mut page = Page {
        look,
        text: format!("{}\n{}\n", look.bold(&told.title), look.bold(&figure)),
    };
    page.line("Claim", &row.claim());
    page.line("Whom", &told.whom);
    page.line("When", &told.when);
    if row.status() != Status::Shown {
        page.line(
            "Status",
            &format!("{}: {}", row.status().code(), row.reason()),
        );
    }
    page.counts(told);
    if let (Some((method, section)), Some(level)) = (&told.method, row.interval_level()) {
        let level = (level * 100.0).round();
        let words = format!("{level}%: {method}; docs/methods.md, \"{section}\"");
        page.line("Interval", &words);
    }
    page.line("Definition", &told.definition);
    page.line("Left out", &told.exclusions);
    page.line("Source", &told.source);
    page.list("Rules", &told.rules);
    let draft = if found.run.draft {
        "a draft"
    } else {
        "released"
    };
    page.line(
        "Run",
        &format!(
            "{}: {draft}, as at {}, by staywise {}",
            found.path.display(),
            found.run.as_at,
            found.run.version
        ),
    );
    page.line(
        "In the file",
        &format!(
            "{}, row {}",
            found.path.join("results.csv").display(),
            told.line
        ),
    );
    page.query(found);
    page.text.trim_end().to_owned()
}

/// Lines under headings.
struct Page {
    look: Look,
    text: String,
}

impl Page {
    /// A heading with its words, wrapped; nothing where there are none.
    fn line(&mut self, heading: &str, words: &str) {
        self.lines(heading, wrapped(words, WIDTH));
    }

    /// A heading with a list under it.
    fn list(&mut self, heading: &str, sentences: &[String]) {
        let mut lines = Vec::new();
        for sentence in sentences {
            for (index, line) in wrapped(sentence, WIDTH - 2).into_iter().enumerate() {
                let mark = if index == 0 { "- " } else { "  " };
                lines.push(format!("{mark}{line}"));
            }
        }
        self.lines(heading, lines);
    }

    fn lines(&mut self, heading: &str, lines: Vec<String>) {
        const COLUMN: usize = 14;
        for (index, line) in lines.iter().enumerate() {
            let shown = if index == 0 { heading } else { "" };
            let gap = " ".repeat(COLUMN - shown.chars().count());
            let text = format!("\n  {}{gap}{line}", self.look.bold(shown));
            self.text.push_str(&text);
        }
    }

    /// How many it rests on, and what is above and below the line.
    fn counts(&mut self, told: &Explained) {
        let row = &told.row;
        let people = row
            .persons()
            .filter(|persons| Some(*persons) != row.n())
            .map(|persons| format!("{} distinct people behind it", people(persons)));
        let base: Vec<String> = told.base.clone().into_iter().chain(people).collect();
        self.line("Base", &base.join("; "));
        let has_line = matches!(
            row.kind(),
            Kind::Proportion | Kind::Distribution | Kind::Ratio
        );
        let plain = row.key().comparator.is_none() && row.status() == Status::Shown;
        match told.parts {
            Some((above, below)) => self.line("Counts", &format!("{above} over {below}")),
            None if has_line && plain => self.line(
                "Counts",
                "not given: a figure beside it is hidden, and exact counts could give it away",
            ),
            None => {}
        }
    }

    /// The metric's file and its text.
    fn query(&mut self, found: &Found) {
        let told = &found.told;
        let Some((path, text)) = &told.query else {
            self.line(
                "Query",
                "the study has this metric no longer; the definition is that of the run",
            );
            return;
        };
        let whose = if found.built_in {
            "built in"
        } else {
            "the study's own"
        };
        let since = if told.changed {
            "; its definition has changed since the run"
        } else {
            ""
        };
        self.line("Query", &format!("{path} ({whose}{since})"));
        self.text.push_str("\n\n");
        self.text.push_str(text.trim_end());
    }
}

/// Words in lines of at most so many letters; a longer word has a line of its
/// own.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn say_next(found: &Found, dir: &Path, talk: &Talk) {
    let metric = &found.told.row.key().metric;
    let next = command(dir, &format!("metrics {metric}"));
    let query = found.told.query.as_ref();
    // A vacancy rate is counted by no query.
    let alone = query
        .filter(|(path, _)| path.ends_with(".sql"))
        .map_or_else(
            || ".".to_owned(),
            |_| format!("; the query alone: {}", talk.look.bold(&next)),
        );
    talk.line(&format!(
        "\nTo see it among its like, filter the column `claim` or `metric` of results.csv. \
         Rules are set in staywise.toml{alone}"
    ));
}

fn written(found: &Found) -> String {
    let told = &found.told;
    let row = &told.row;
    let key = row.key();
    let everything = key.period.label == "all";
    let group: Vec<Value> = key
        .group
        .parts()
        .iter()
        .map(|(dimension, level)| json!({"dimension": dimension.as_str(), "level": level.as_str()}))
        .collect();
    let document = json!({
        "claim": row.claim(),
        "run": found.path.display().to_string(),
        "row": told.line,
        "draft": found.run.draft,
        "as_at": found.run.as_at.iso(),
        "version": found.run.version,
        "title": told.title,
        "metric": key.metric,
        "definition_id": key.definition,
        "kind": row.kind().word(),
        "statistic": key.statistic.word(),
        "group": group,
        "period": {
            "label": key.period.label,
            "first_day": (!everything).then(|| key.period.start.iso()),
            "last_day": key.period.last().iso(),
            "in_words": told.when,
        },
        "status": row.status().code(),
        "reason": row.reason(),
        "figure": told.figure,
        "estimate": row.estimate(),
        "lower": row.lower(),
        "upper": row.upper(),
        "interval_level": row.interval_level(),
        "unit": row.unit().word(),
        "n": row.n(),
        "numerator": row.numerator(),
        "denominator": row.denominator(),
        "persons": row.persons(),
        "method": told.method.as_ref().map(|(words, section)| {
            json!({"slug": row.method(), "in_words": words, "section": section})
        }),
        "definition": told.definition,
        "exclusions": told.exclusions,
        "source": told.source,
        "rules": told.rules,
        "query": told.query.as_ref().map(|(file, sql)| {
            json!({"file": file, "built_in": found.built_in, "sql": sql,
                   "definition_changed": told.changed})
        }),
    });
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_end_at_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("unbreakable x", 4), ["unbreakable", "x"]);
        assert!(wrapped("  ", 4).is_empty());
    }
}
