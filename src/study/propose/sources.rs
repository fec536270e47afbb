//! The `[[source]]`s that `init` writes: a file each, with why it was taken for
//! what it is. Writes text; decides nothing.

use super::{ProposedSource, comment, globbed, quoted};
use crate::data::Holds;
use staywise_core::domain::Day;
use std::fmt::Write;

/// A source for each file, however many tables it has.
pub(super) fn sources(out: &mut String, sources: &[ProposedSource]) -> std::fmt::Result {
    for (at, source) in sources.iter().enumerate() {
        let tables = sources.iter().filter(|s| s.container == source.container);
        if tables.count() == 1 && source.container == source.file {
            one_source(out, source)?;
            continue;
        }
        let first = sources.iter().position(|s| s.container == source.container);
        if first == Some(at) {
            let tables = sources.iter().filter(|s| s.container == source.container);
            several_tables(out, &source.container, tables)?;
        }
    }
    Ok(())
}

/// A file of several tables is read as recognised, each of them.
fn several_tables<'a>(
    out: &mut String,
    container: &str,
    tables: impl Iterator<Item = &'a ProposedSource>,
) -> std::fmt::Result {
    writeln!(out)?;
    for table in tables {
        let place = match &table.sheet {
            Some(sheet) => format!("{} > {sheet}", table.file),
            None => table.file.clone(),
        };
        writeln!(
            out,
            "# {}: {}, {} rows. {}",
            comment(&place),
            table.holds.in_words(),
            table.rows,
            comment(&table.reason)
        )?;
        doubts(out, table)?;
    }
    writeln!(
        out,
        "# Each table of it is read as recognised. To read one sheet only, write sheet = \"its name\".\n\
         [[source]]\nfiles = {}",
        quoted(&globbed(container))
    )
}

fn doubts(out: &mut String, source: &ProposedSource) -> std::fmt::Result {
    for doubt in &source.doubts {
        writeln!(out, "# In doubt: {}", comment(doubt))?;
    }
    Ok(())
}

fn one_source(out: &mut String, source: &ProposedSource) -> std::fmt::Result {
    writeln!(
        out,
        "\n# {}: {} rows. {}",
        comment(&source.file),
        source.rows,
        comment(&source.reason)
    )?;
    doubts(out, source)?;
    writeln!(
        out,
        "[[source]]\nfiles = {}\nholds = \"{}\"\nlayout = \"{}\"",
        quoted(&globbed(&source.file)),
        source.holds.word(),
        source.layout.word()
    )?;
    if let Some(sheet) = &source.sheet {
        writeln!(out, "sheet = {}", quoted(sheet))?;
    }
    if let Some(row) = source.header_row {
        writeln!(out, "header_row = {row}")?;
    }
    match (&source.wave, source.holds) {
        (Some(wave), Holds::Survey | Holds::Invited) => writeln!(out, "wave = {}", quoted(wave))?,
        (_, Holds::Staff) => leavers(out, source.leavers_from.as_ref())?,
        _ => {}
    }
    source
        .staff_by
        .as_ref()
        .map_or(Ok(()), |start| as_staff(out, source, start))
}

/// The same file as a staff list, to be taken where it is one.
fn as_staff(out: &mut String, source: &ProposedSource, start: &str) -> std::fmt::Result {
    let mut lines = vec![
        "It tells who left too. If it is your list of staff as well, take the # away: then".into(),
        "people are followed from the start of the programme until they left.".into(),
        "[[source]]".into(),
        format!("files = {}", quoted(&globbed(&source.file))),
        "holds = \"staff\"".to_owned(),
    ];
    let sheet = source.sheet.as_deref();
    lines.extend(sheet.map(|sheet| format!("sheet = {}", quoted(sheet))));
    let row = source.header_row;
    lines.extend(row.map(|row| format!("header_row = {row}")));
    lines.push(format!(
        "columns = {{ {} = \"start_date\" }}",
        quoted(start)
    ));
    lines
        .iter()
        .try_for_each(|line| writeln!(out, "# {}", comment(line)))
}

fn leavers(out: &mut String, from: Option<&(Day, String)>) -> std::fmt::Result {
    match from {
        Some((day, why)) => writeln!(
            out,
            "# The list has leavers only since this date: {}. People who started before\n\
             # are followed from then on. If it is complete from an earlier date, write that.\n\
             leavers_from = {}",
            comment(why),
            day.iso()
        ),
        None => writeln!(
            out,
            "# If this list has leavers only since a date, say so, or every retention figure is\n\
             # too high: leavers_from = 2024-04-01"
        ),
    }
}
