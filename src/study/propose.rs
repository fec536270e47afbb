//! What `init` writes: a staywise.toml that says what was recognised and why,
//! meant to be read and changed. Writes text; decides nothing.

mod sources;

use super::Study;
use crate::data::{Holds, Layout};
use sources::sources;
use staywise_core::domain::Day;
use std::fmt::Write;

/// One file as recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedSource {
    /// The file's path inside the study; in an archive, with its path there.
    pub file: String,
    /// The file of the study folder that it stands in.
    pub container: String,
    /// What it holds.
    pub holds: Holds,
    /// Its layout.
    pub layout: Layout,
    /// Why, in a sentence.
    pub reason: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The header's row.
    pub header_row: Option<u32>,
    /// The wave that all its rows belong to, as found.
    pub wave: Option<String>,
    /// The date since which a staff list has leavers, and why that is thought.
    pub leavers_from: Option<(Day, String)>,
    /// Rows read.
    pub rows: u64,
    /// What is doubtful, and what to write about it.
    pub doubts: Vec<String>,
    /// Of a register that tells who left: the header of its start, by which it
    /// may be read as a staff list too.
    pub staff_by: Option<String>,
}

/// What `init` proposes.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The study's name.
    pub name: String,
    /// The as-at date and where it was found.
    pub as_at: Option<(Day, String)>,
    /// The files.
    pub sources: Vec<ProposedSource>,
    /// Items recognised: name, the question's words, the scale's slug, and
    /// a comment where there was a choice.
    pub items: Vec<ProposedItem>,
    /// Questions with a scale that are no well-known item, by their slug.
    pub unrecognised: Vec<ProposedItem>,
    /// Files left alone, with the reason.
    pub left_alone: Vec<(String, String)>,
}

/// One well-known item as recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedItem {
    /// The slug.
    pub name: String,
    /// The question's words.
    pub question: String,
    /// The scale's slug.
    pub scale: String,
    /// Whether agreeing is unfavourable.
    pub reversed: bool,
}

/// The text of staywise.toml.
#[must_use]
pub fn write(proposal: &Proposal) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = head(&mut out, proposal);
    let _ = sources(&mut out, &proposal.sources);
    let _ = left_alone(&mut out, &proposal.left_alone);
    let _ = items(&mut out, &proposal.items);
    let _ = unrecognised(&mut out, &proposal.unrecognised);
    let _ = tail(&mut out);
    out
}

fn head(out: &mut String, proposal: &Proposal) -> std::fmt::Result {
    writeln!(
        out,
        "# What this study is and how its files are read. Written by `staywise init` from what\n\
         # the files hold; read it, change what is wrong, and run `staywise check`.\n\
         # Everything here may be left out: what is not said is recognised or has its default.\n\
         \n[study]\nname = {}",
        quoted(&proposal.name)
    )?;
    match &proposal.as_at {
        Some((day, why)) => writeln!(
            out,
            "# The date up to which the data are complete: {}.\nas_at = {}",
            comment(why),
            day.iso()
        )?,
        None => writeln!(
            out,
            "# The date up to which the data are complete. None was found in the files.\n\
             # as_at = 2026-06-30"
        )?,
    }
    let study = Study::default();
    writeln!(
        out,
        "nation = {}                 # England, Scotland, Wales or Northern Ireland\n\
         sector = {}                     # NHS, social care or independent",
        quoted(&study.nation),
        quoted(sector(proposal).unwrap_or(&study.sector))
    )
}

/// The sector that the files are of, where that is plain: only adult social
/// care has files of its workforce data set.
fn sector(proposal: &Proposal) -> Option<&'static str> {
    let of_social_care = |source: &ProposedSource| {
        matches!(
            source.layout,
            Layout::AscWdsWorker | Layout::AscWdsWorkplace | Layout::AscWdsTraining
        )
    };
    let any = proposal.sources.iter().any(of_social_care);
    any.then_some("social care")
}

/// What a study that is there already does not say: sources that it does not
/// name and items that it does not have, to be added at its end with what
/// moved; nothing where there is nothing to add.
#[must_use]
pub fn more(known: &Study, proposal: &Proposal, moved: &[String]) -> Option<String> {
    let new_sources: Vec<ProposedSource> = proposal
        .sources
        .iter()
        .filter(|s| known.rule_for(&s.container).is_none() && known.rule_for(&s.file).is_none())
        .cloned()
        .collect();
    let has = |item: &ProposedItem| {
        let same = |known: &super::ItemChoice| {
            known.question.eq_ignore_ascii_case(&item.question) || known.name == item.name
        };
        known.items.iter().any(same)
    };
    let new_items: Vec<ProposedItem> = proposal.items.iter().filter(|i| !has(i)).cloned().collect();
    if new_sources.is_empty() && new_items.is_empty() && moved.is_empty() {
        return None;
    }
    let mut out =
        String::from("\n# Added by `staywise init`; what stood here before is as it was.\n");
    for line in moved {
        out.push_str(&format!("# {}\n", comment(line)));
    }
    // Writing into a String cannot fail.
    let _ = sources(&mut out, &new_sources);
    let _ = items(&mut out, &new_items);
    Some(out)
}

fn left_alone(out: &mut String, files: &[(String, String)]) -> std::fmt::Result {
    for (file, why) in files {
        writeln!(out, "\n# Left alone: {}: {}", comment(file), comment(why))?;
    }
    Ok(())
}

fn items(out: &mut String, items: &[ProposedItem]) -> std::fmt::Result {
    for item in items {
        writeln!(
            out,
            "\n[[item]]\nquestion = {}\nname = \"{}\"\nscale = \"{}\"",
            quoted(&item.question),
            item.name,
            item.scale
        )?;
        if item.reversed {
            writeln!(
                out,
                "reversed = true                   # agreeing is unfavourable"
            )?;
        }
    }
    Ok(())
}

fn unrecognised(out: &mut String, items: &[ProposedItem]) -> std::fmt::Result {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n# Questions with a scale that were not recognised as an item that built-in metrics use.\n\
         # If one of them is, say so: take the # away and write its name, as intention_to_stay,\n\
         # intention_to_leave, preceptorship_influence or belonging."
    )?;
    for item in items {
        writeln!(
            out,
            "#\n# [[item]]\n# question = {}\n# name = \"{}\"\n# scale = \"{}\"",
            comment(&quoted(&item.question)),
            item.name,
            item.scale
        )?;
    }
    Ok(())
}

fn tail(out: &mut String) -> std::fmt::Result {
    let study = Study::default();
    writeln!(
        out,
        "\n[survey]\npartials = \"drop\"                 # unfinished responses: drop, or keep\n\
         \n[workforce]\nrehire_gap_days = {}              # a return within this many days is the same spell\n\
         # clock, bank, breaks and leavings say who is in post and who has left: docs/study.md\n\
         \n[quality]\nmax_unusable = {}               # the largest unusable share of a needed column\n\
         \n[disclosure]\npolicy = \"{}\"                 # fewer than 10 people are never shown\n\
         \n[report]\n# period = \"2026-Q1\"               # for example; left out: the latest quarter that has ended\n\
         pairs = [[\"wave\", \"ethnic_minority\"], [\"programme\", \"ethnic_minority\"]]\n\
         \n# What is to be compared, declared before its figures are looked at:\n\
         # [[comparison]]\n\
         # name = \"programme\"\n\
         # dimension = \"programme\"\n\
         # compare = \"On programme\"\n\
         # against = \"Not on programme\"\n\
         # among.staff_group = [\"Nursing\"]   # whom it is about; left out: everybody\n\
         # covariates = [\"band\", \"site\"]   # what the two are made alike in\n\
         # declared_on = 2026-04-01\n\
         # primary = true",
        study.rehire_gap_days, study.max_unusable, study.policy
    )
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A file name as a pattern that matches only itself.
fn globbed(file: &str) -> String {
    file.chars()
        .flat_map(|c| {
            let special = matches!(c, '*' | '?' | '[' | ']' | '{' | '}' | '!');
            let (open, close) = if special { ("[", "]") } else { ("", "") };
            format!("{open}{c}{close}").chars().collect::<Vec<char>>()
        })
        .collect()
}

/// Text on one comment line.
fn comment(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Day, Holds, Layout, Proposal, ProposedItem, ProposedSource, write};
    use crate::study::read;

    #[test]
    fn what_init_writes_reads_back_whatever_the_names() {
        let proposal = Proposal {
            name: "A \"quoted\" \\ name".into(),
            as_at: Some((Day(20_634), "the title of\nstaff.xlsx".into())),
            sources: vec![ProposedSource {
                file: "wave [1] *.csv".into(),
                container: "wave [1] *.csv".into(),
                holds: Holds::Survey,
                layout: Layout::Qualtrics,
                reason: "three header rows".into(),
                sheet: None,
                header_row: Some(1),
                wave: Some("2026-Q2".into()),
                leavers_from: None,
                rows: 12,
                doubts: vec!["Day or month first?\nWrite dates = \"day first\".".into()],
                staff_by: Some("Start \"of\" it".into()),
            }],
            items: vec![ProposedItem {
                name: "intention_to_leave".into(),
                question: "Line one\nline two \u{2013} \"x\"".into(),
                scale: "agreement_5".into(),
                reversed: true,
            }],
            unrecognised: vec![ProposedItem {
                name: "x".into(),
                question: "I see myself\nhere".into(),
                scale: "agreement_5".into(),
                reversed: false,
            }],
            left_alone: vec![("~$x.xlsx".into(), "a lock file".into())],
        };
        let text = write(&proposal);
        let study = read(&text);
        // Scales come from the vocabulary; nothing else may be wrong.
        let study = match study {
            Ok(study) => study,
            Err(found) => {
                assert!(
                    found.iter().all(|f| f.message.contains("scale")),
                    "{found:?}\n{text}"
                );
                return;
            }
        };
        assert!(study.rule_for("wave [1] *.csv").is_some());
        assert!(study.rule_for("wave 1 x.csv").is_none());
        assert_eq!(study.as_at, Some(Day(20_634)));
        assert_eq!(study.items[0].question, "Line one\nline two \u{2013} \"x\"");
    }
}
