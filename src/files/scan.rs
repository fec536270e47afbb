//! What a study folder holds: data files in order of name, and what is left
//! alone, with the reason. Opens no file.

use super::{FileError, inside, is_run};
use std::fs;
use std::path::{Path, PathBuf};

/// A data file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path inside the study, with forward slashes.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
}

/// What a folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Data files, in order of name.
    pub data: Vec<Entry>,
    /// Names left alone, each with the reason.
    pub left_alone: Vec<(String, &'static str)>,
}

const DATA: [&str; 13] = [
    "csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "parquet", "zip", "sav",
    "zsav",
];
const OWN: [&str; 6] = [
    "out",
    "private",
    "queries",
    "reports",
    "standards",
    "target",
];

/// Looks through a study folder.
///
/// # Errors
/// `FileError::Read` where the folder cannot be listed.
pub fn scan(folder: &Path) -> Result<Folder, FileError> {
    let mut found = Folder::default();
    level(folder, folder, &mut found)?;
    found.data.sort();
    found.left_alone.sort();
    Ok(found)
}

fn level(base: &Path, folder: &Path, found: &mut Folder) -> Result<(), FileError> {
    let entries = fs::read_dir(folder).map_err(|e| FileError::read(folder, &e))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let name = inside(base, &path);
        let Ok(facts) = entry.metadata() else {
            found.left_alone.push((name, "it cannot be opened"));
            continue;
        };
        if facts.is_dir() {
            let own = folder == base && OWN.contains(&file_name.as_str());
            if is_run(&path) {
                found.left_alone.push((name, "a run of staywise, not data"));
            } else if !own && !file_name.starts_with('.') {
                level(base, &path, found)?;
            }
            continue;
        }
        match verdict(&file_name) {
            Verdict::Data => found.data.push(Entry {
                name,
                path,
                size: facts.len(),
            }),
            Verdict::LeftAlone(why) => found.left_alone.push((name, why)),
            Verdict::Own => {}
        }
    }
    Ok(())
}

enum Verdict {
    Data,
    LeftAlone(&'static str),
    Own,
}

fn verdict(file_name: &str) -> Verdict {
    let lower = file_name.to_lowercase();
    if lower == crate::study::FILE || lower == "readme.md" || lower == "readme.txt" {
        return Verdict::Own;
    }
    if lower.starts_with("~$") {
        return Verdict::LeftAlone("a lock file that Excel leaves while a workbook is open");
    }
    if lower.starts_with('.') {
        return Verdict::LeftAlone("a hidden file");
    }
    let extension = Path::new(&lower)
        .extension()
        .map(|e| e.to_string_lossy().into_owned());
    if extension.is_some_and(|e| DATA.contains(&e.as_str())) {
        Verdict::Data
    } else {
        Verdict::LeftAlone("not a spreadsheet or a CSV file")
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, verdict};

    #[test]
    fn junk_is_left_alone() {
        let data = |name| matches!(verdict(name), Verdict::Data);
        assert!(data("Staff.XLSX") && data("wave 1.csv"));
        assert!(!data("~$staff.xlsx") && !data(".hidden.csv") && !data("notes.docx"));
        assert!(matches!(verdict("staywise.toml"), Verdict::Own));
    }
}
