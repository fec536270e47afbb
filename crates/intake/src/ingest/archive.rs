//! A zip of tables: each table in it, to be read as if it lay in the folder
//! under `pack.zip/inner/name.csv`. A member's path is a name here and never a
//! place: nothing is written. Archives inside archives are not opened.

use super::Input;
use super::container::{self, Container};
use super::findings::finding;
use super::refusals::{self, refuse};
use super::workbook::Unreadable;
use staywise_core::domain::{Finding, Origin, Severity};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// A table inside an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The archive's name, a slash, and the path inside it.
    pub name: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// What an archive holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unpacked {
    /// Its tables in the order of their names.
    pub members: Vec<Member>,
    /// What was found, of the archive and of members that cannot be read.
    pub findings: Vec<Finding>,
}

/// Ends of names of files that may be tables, as in a study folder.
const TABLES: [&str; 12] = [
    "csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "parquet", "sav", "zsav",
];
const ARCHIVES: [&str; 6] = ["zip", "7z", "rar", "gz", "tar", "tgz"];

/// Most files in an archive.
const MAX_MEMBERS: usize = 1000;
/// Most bytes that one file, and that all together, may unpack to.
const MAX_MEMBER: u64 = 512 << 20;
const MAX_ALL: u64 = 1 << 30;
/// Above this many bytes a file may be at most `MAX_RATIO` times its packed
/// size.
const SUSPICIOUS: u64 = 32 << 20;
const MAX_RATIO: u64 = 200;

/// Members that are no tables, by what they are.
#[derive(Default)]
struct LeftOut {
    folders: u64,
    hidden: u64,
    nested: Vec<String>,
    others: BTreeMap<String, u64>,
}

/// Takes the tables out of a zip archive; nothing where the bytes are no zip
/// archive, or one that is a workbook or a document.
#[must_use]
pub fn unpack(input: Input<'_>) -> Option<Unpacked> {
    if !input.bytes.starts_with(b"PK") || container::recognise(input.bytes) != Container::Archive {
        return None;
    }
    let origin = Origin::file(input.name);
    let failed = |refusal| {
        Some(Unpacked {
            members: Vec::new(),
            findings: vec![*refuse(origin.clone(), refusal)],
        })
    };
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(input.bytes)) else {
        return failed(broken());
    };
    if archive.len() > MAX_MEMBERS {
        return failed((
            "zip-too-large",
            format!(
                "The archive has {} files; at most {MAX_MEMBERS} are read.",
                archive.len()
            ),
            "Put the tables that are needed into the study folder by themselves.",
        ));
    }
    let mut out = Unpacked::default();
    let mut left_out = LeftOut::default();
    let mut all = 0;
    for at in 0..archive.len() {
        let name = match sorted(&mut archive, at, &mut left_out) {
            Ok(Some(name)) => format!("{}/{name}", input.name),
            Ok(None) => continue,
            Err(()) => return failed(broken()),
        };
        match member(&mut archive, at, &mut all) {
            Ok(bytes) if is_archive(&bytes) => left_out.nested.push(name),
            Ok(bytes) => out.members.push(Member { name, bytes }),
            Err(refusal) => out.findings.push(*refuse(Origin::file(&name), refusal)),
        }
    }
    out.members.sort_by(|a, b| a.name.cmp(&b.name));
    tell(&mut out, &left_out, &origin);
    Some(out)
}

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// The name of a member that may be a table; nothing for any other, which is
/// counted.
fn sorted(archive: &mut Archive<'_>, at: usize, out: &mut LeftOut) -> Result<Option<String>, ()> {
    let member = archive.by_index_raw(at).map_err(|_| ())?;
    // Not every program says in which encoding its names are.
    let name = member.name().map_err(|_| ())?.into_owned();
    if member.is_dir() || name.ends_with(['/', '\\']) {
        out.folders += 1;
        return Ok(None);
    }
    let name = shown(&name);
    let parts = || name.split('/');
    if parts().any(|part| part == "__MACOSX" || part.starts_with('.') || part.starts_with("~$")) {
        out.hidden += 1;
        return Ok(None);
    }
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let end = end.to_ascii_lowercase();
    if ARCHIVES.contains(&end.as_str()) {
        out.nested.push(name);
        return Ok(None);
    }
    if !TABLES.contains(&end.as_str()) {
        let sort = if name.contains('.') && end.len() <= 8 && !end.contains('/') {
            format!(".{end}")
        } else {
            "without an extension".to_owned()
        };
        *out.others.entry(sort).or_default() += 1;
        return Ok(None);
    }
    Ok(Some(name))
}

/// A member's path as a name: forward slashes, no step up, no root.
fn shown(name: &str) -> String {
    let parts: Vec<String> = name
        .split(['/', '\\'])
        .map(|part| part.chars().filter(|c| !c.is_control()).collect::<String>())
        .filter(|part| !part.is_empty() && part != "." && part != "..")
        .collect();
    parts.join("/")
}

fn is_archive(bytes: &[u8]) -> bool {
    matches!(
        container::recognise(bytes),
        Container::Archive | Container::Foreign(container::GZIP)
    )
}

/// The bytes of a member. What it says of its size is not believed: it is
/// unpacked as far as a table may go and no further.
fn member(
    archive: &mut Archive<'_>,
    at: usize,
    all: &mut u64,
) -> Result<Vec<u8>, refusals::Refusal> {
    let raw = archive.by_index_raw(at).map_err(|_| broken())?;
    let (locked, packed, says) = (raw.encrypted(), raw.compressed_size(), raw.size());
    drop(raw);
    if locked {
        let (rule, _, _) = refusals::unreadable(&Unreadable::Locked);
        return Err((
            rule,
            "The file is locked with a password inside the archive.".to_owned(),
            "Unpack the archive with its password and put the files into the study folder.",
        ));
    }
    let ratio = SUSPICIOUS.max(packed.saturating_mul(MAX_RATIO));
    let most = MAX_MEMBER.min(ratio).min(MAX_ALL - (*all).min(MAX_ALL));
    if says > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let unpacked = archive.by_index(at).map_err(|_| broken())?;
    unpacked
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| broken())?;
    let size = bytes.len() as u64;
    *all += size;
    if size > most {
        return Err(too_large());
    }
    Ok(bytes)
}

fn broken() -> refusals::Refusal {
    (
        "broken-archive",
        "The zip archive is broken or cut short here.".to_owned(),
        "Copy or download it again, or unpack it and put the files into the study folder.",
    )
}

fn too_large() -> refusals::Refusal {
    (
        "zip-too-large",
        "The file would unpack to far more than a table holds, so it was not unpacked.".to_owned(),
        "If it is what it should be, unpack it and put the files into the study folder.",
    )
}

/// What was left out, as a sentence; nothing where nothing was.
fn left_out(left: &LeftOut) -> String {
    let others: u64 = left.others.values().sum();
    let mut said = Vec::new();
    if others > 0 {
        let sorts: Vec<String> = left
            .others
            .iter()
            .map(|(sort, count)| format!("{count} {sort}"))
            .collect();
        said.push(format!(
            "{others} that are no tables ({})",
            sorts.join(", ")
        ));
    }
    if left.hidden > 0 {
        said.push(format!("{} hidden or of a system's own", left.hidden));
    }
    if left.folders > 0 {
        said.push(format!("{} folders", left.folders));
    }
    match said.join(", ") {
        none if none.is_empty() => String::new(),
        some => format!(" Left out: {some}."),
    }
}

/// What was taken out and what was left.
fn tell(out: &mut Unpacked, left: &LeftOut, origin: &Origin) {
    if !left.nested.is_empty() {
        out.findings.push(Finding {
            count: left.nested.len() as u64,
            ..finding(
                ("zip-inside-zip", Severity::Warning),
                origin.clone(),
                &format!(
                    "Archives inside the archive were not opened: {}.",
                    left.nested.join(", ")
                ),
                "Unpack them, and put the tables in them into the study folder.",
            )
        });
    }
    let said = left_out(left);
    if out.members.is_empty() && out.findings.is_empty() {
        let message = format!("The archive holds no table.{said}");
        out.findings.push(*refuse(
            origin.clone(),
            (
                "not-a-table",
                message,
                "Put .csv or .xlsx files into it, or take it out of the folder.",
            ),
        ));
        return;
    }
    out.findings.push(Finding {
        count: out.members.len() as u64,
        ..finding(
            ("zip-members", Severity::Note),
            origin.clone(),
            &format!(
                "Tables taken out of the archive: {}.{said}",
                out.members.len()
            ),
            "",
        )
    });
}
