//! Every file of a study, read in parallel: the tables they hold, what was
//! found, and a keyed digest of each. A file that was read already under
//! another name is left alone and said.

use super::{Library, Run};
use crate::data::{Holds, SourceRule, Table};
use crate::ingest::{self, FileReport, Input, Reading, unused_columns};
use crate::study::Study;
use hmac::{Hmac, KeyInit, Mac};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use sha2::Sha256;
use staywise_core::domain::{Finding, Origin, Severity};
use std::collections::BTreeMap;

/// One file as read, or one table of a file that has several.
#[derive(Debug)]
pub struct FileRead {
    /// The file of the study folder that it stands in.
    pub container: String,
    /// Which table of it, from 0.
    pub part: usize,
    /// What `check --json` says of it.
    pub report: FileReport,
    /// Its tables.
    pub tables: Vec<Table>,
    /// What was found in it.
    pub findings: Vec<Finding>,
    /// Keyed digest of its bytes, in hex.
    pub digest: String,
}

/// Reads every file that the study does not ask to leave alone.
#[must_use]
pub(super) fn read_in(run: &Run<'_>) -> Vec<FileRead> {
    let (library, study) = (run.library, run.study);
    let names: Vec<&String> = library
        .names()
        .iter()
        .filter(|n| !study.ignores(n))
        .collect();
    let mut files: Vec<FileRead> = names
        .par_iter()
        .map(|name| {
            let read = one(library, study, (run.key, name));
            run.progress.file_done(names.len());
            read
        })
        .collect::<Vec<Vec<FileRead>>>()
        .into_iter()
        .flatten()
        .collect();
    let twins = twins(&files, study);
    for file in &mut files {
        let name = file.report.file.clone();
        let this = (file.digest.clone(), file.part);
        let Some(other) = twins.get(&this).filter(|kept| **kept != name) else {
            continue;
        };
        if file.tables.is_empty() || meant_apart(study, (&name, other)) {
            continue;
        }
        file.tables.clear();
        file.findings = vec![Finding {
            rule: "same-file-twice",
            severity: Severity::Note,
            origin: Origin::file(&name),
            message: format!("This is the same file as {other}; it was left alone."),
            remedy: "Delete one of the two.".to_owned(),
            count: 1,
            private_value: None,
        }];
        file.report.holds = None;
        file.report.reason = format!("the same file as {other}");
        file.report.set_aside = vec![("same-file-twice".to_owned(), file.report.rows_read)];
    }
    files
}

/// Gives codes the labels that a data dictionary beside them has, with what
/// was found on the way.
pub(super) fn with_labels(mut files: Vec<FileRead>) -> (Vec<FileRead>, Vec<Finding>) {
    let counts: Vec<usize> = files.iter().map(|f| f.tables.len()).collect();
    let mut tables: Vec<Table> = files.iter_mut().flat_map(|f| f.tables.drain(..)).collect();
    let found = ingest::dictionary::apply(&mut tables);
    let mut tables = tables.into_iter();
    for (file, count) in files.iter_mut().zip(counts) {
        file.tables.extend(tables.by_ref().take(count));
    }
    (files, found)
}

/// Whether the study says of two copies that they hold different things, as of
/// a list that is the staff list and the register.
fn meant_apart(study: &Study, (a, b): (&str, &str)) -> bool {
    let said = |name| study.rule_for(name).and_then(|rule| rule.holds);
    said(a).zip(said(b)).is_some_and(|(a, b)| a != b)
}

/// For each digest the name that is kept: one that the study names, else the
/// shortest, as copies are named after what they are copies of.
fn twins(files: &[FileRead], study: &Study) -> BTreeMap<(String, usize), String> {
    let rank = |name: &str| (study.rule_for(name).is_none(), name.len(), name.to_owned());
    let mut kept: BTreeMap<(String, usize), String> = BTreeMap::new();
    for file in files {
        let name = &file.report.file;
        let best = kept
            .entry((file.digest.clone(), file.part))
            .or_insert_with(|| name.clone());
        if rank(name) < rank(best) {
            best.clone_from(name);
        }
    }
    kept
}

fn one(library: &dyn Library, study: &Study, (key, name): (&[u8], &str)) -> Vec<FileRead> {
    let bytes = match library.open(name) {
        Ok(bytes) => bytes,
        Err(message) => return vec![unreadable(name, &message)],
    };
    let bytes = &bytes;
    let Some(unpacked) = ingest::unpack(Input { name, bytes }) else {
        return tables(study.rules_for(name), (key, name), Input { name, bytes });
    };
    // Each table of an archive is read as if it lay in the folder, by what the
    // study says of it or else of the archive.
    let mut read: Vec<FileRead> = unpacked
        .members
        .iter()
        .filter(|member| !study.ignores(&member.name))
        .flat_map(|member| {
            let own = study.rules_for(&member.name);
            let rules = if own.is_empty() {
                study.rules_for(name)
            } else {
                own
            };
            let (inside, bytes) = (&member.name, &member.bytes);
            let input = Input {
                name: inside,
                bytes,
            };
            tables(rules, (key, name), input)
        })
        .collect();
    match read.first_mut() {
        Some(first) => {
            first.findings.splice(0..0, unpacked.findings);
        }
        None => {
            let nothing = Reading::of_nothing(name, unpacked.findings);
            read.push(FileRead::of((name, 0), nothing, digest(key, bytes)));
        }
    }
    read
}

/// The tables of one file, by each of the rules that the study has for it.
fn tables(
    rules: Vec<&SourceRule>,
    (key, container): (&[u8], &str),
    input: Input<'_>,
) -> Vec<FileRead> {
    let digest = digest(key, input.bytes);
    let unruled = SourceRule::default();
    let rules = if rules.is_empty() {
        vec![&unruled]
    } else {
        rules
    };
    let mut readings: Vec<Reading> = rules
        .into_iter()
        .flat_map(|rule| ingest::read(input, rule))
        .collect();
    used_by_any(&mut readings);
    readings
        .into_iter()
        .enumerate()
        .map(|(part, mut reading)| {
            // Of no use to the study: what it is was said, and it is left alone.
            if reading.report.holds == Some(Holds::Other) {
                reading.report.holds = None;
                reading.tables.clear();
            }
            FileRead::of((container, part), reading, digest.clone())
        })
        .collect()
}

/// Of a sheet that is read as several things, what no figure uses is what none
/// of its readings does; it is said with the first.
fn used_by_any(readings: &mut [Reading]) {
    let place = |reading: &Reading| {
        let (file, sheet) = (&reading.report.file, &reading.report.sheet);
        let header = reading.tables.first().map(|table| table.header_row);
        (file.clone(), sheet.clone(), header)
    };
    for at in 0..readings.len() {
        let Some(own) = readings.get(at).map(place) else {
            continue;
        };
        let same = |reading: &&Reading| place(reading) == own;
        let several = readings.iter().filter(same).count() > 1;
        if !several {
            continue;
        }
        let tables: Vec<&Table> = readings
            .iter()
            .filter(same)
            .flat_map(|r| &r.tables)
            .collect();
        let first = readings.iter().position(|reading| place(reading) == own);
        let found = unused_columns::of_all(&tables).filter(|_| first == Some(at));
        if let Some(reading) = readings.get_mut(at) {
            reading.findings.retain(|f| !unused_columns::is_one(f));
            reading.findings.extend(found);
        }
    }
}

impl FileRead {
    fn of((container, part): (&str, usize), reading: Reading, digest: String) -> Self {
        Self {
            container: container.to_owned(),
            part,
            report: reading.report,
            tables: reading.tables,
            findings: reading.findings,
            digest,
        }
    }
}

fn unreadable(name: &str, message: &str) -> FileRead {
    FileRead {
        container: name.to_owned(),
        part: 0,
        report: FileReport {
            file: name.to_owned(),
            ..FileReport::default()
        },
        tables: Vec::new(),
        findings: vec![Finding {
            rule: "cannot-open",
            severity: Severity::Error,
            origin: Origin::file(name),
            message: format!("The file cannot be opened: {message}."),
            remedy: "Close it in other programs, and check that you may read it.".to_owned(),
            count: 1,
            private_value: None,
        }],
        digest: name.to_owned(),
    }
}

/// A keyed digest (HMAC-SHA256) in hex: the same bytes give another digest in
/// another study, so nobody can test a guess at a small file.
#[must_use]
pub fn digest(key: &[u8], bytes: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return String::new();
    };
    mac.update(b"file\x1f");
    mac.update(bytes);
    let bytes = mac.finalize().into_bytes();
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
