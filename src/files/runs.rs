//! The runs that a study has: folders with a manifest under out/, and those
//! named by a path. Reads a run's manifest and results, and of its private/ only
//! what it was made by.

use super::{FileError, Why, own_texts, place, read, read_text};
use std::fs;
use std::path::{Path, PathBuf};

/// The file that says what a run is.
const MANIFEST: &str = "manifest.json";

/// The file with every figure of a run.
const RESULTS: &str = "results.csv";

/// A run on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFolder {
    /// Its folder, as it is printed.
    pub path: PathBuf,
    /// The text of its manifest.
    pub manifest: String,
}

impl RunFolder {
    /// The bytes of results.csv.
    ///
    /// # Errors
    /// `FileError::Read` where it is not there or cannot be read.
    pub fn results(&self) -> Result<Vec<u8>, FileError> {
        read(&self.path.join(RESULTS))
    }

    /// The text of one of the run's files, where it is there.
    ///
    /// # Errors
    /// `FileError::Read` where it is there and cannot be read.
    pub fn text(&self, name: &str) -> Result<Option<String>, FileError> {
        read_text(&place(&self.path, name))
    }

    /// The texts of the metric files in one of the run's folders, with their
    /// paths from that folder on.
    ///
    /// # Errors
    /// `FileError::Read` where one is there and cannot be read.
    pub fn metrics(&self, folder: &str) -> Result<Vec<(String, String)>, FileError> {
        own_texts(&place(&self.path, folder), "sql")
    }
}

/// The runs under a study's out/, in order of name; none where it has none.
///
/// # Errors
/// `FileError::Read` where a manifest is there and cannot be read.
pub fn runs(study: &Path) -> Result<Vec<RunFolder>, FileError> {
    let Ok(entries) = fs::read_dir(study.join("out")) else {
        return Ok(Vec::new());
    };
    let hidden = |path: &PathBuf| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'))
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.retain(|path| path.is_dir() && !hidden(path));
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        found.extend(opened(path)?);
    }
    Ok(found)
}

/// The run that a person names: a folder, or a period's label under out/.
///
/// # Errors
/// `FileError::Read` where there is no such folder or it is no run.
pub fn run_at(study: &Path, named: &str) -> Result<RunFolder, FileError> {
    let wrong = |path: String, reason: &str, remedy: &str| FileError::Read {
        path,
        why: Why::new(reason, remedy),
    };
    let under_out = place(&study.join("out"), named);
    let as_given = PathBuf::from(named);
    let in_study = study.join(named);
    let folder = [under_out, as_given, in_study]
        .into_iter()
        .find(|path| path.is_dir());
    let Some(folder) = folder else {
        let known: Vec<String> = runs(study)?.iter().map(|run| name(&run.path)).collect();
        let remedy = if known.is_empty() {
            "There is no run under out/ yet; `staywise report` makes one.".to_owned()
        } else {
            format!(
                "Name a folder, or one of the runs under out/: {}.",
                known.join(", ")
            )
        };
        return Err(wrong(named.to_owned(), "there is no such run", &remedy));
    };
    let shown = folder.display().to_string();
    let remedy = "Name a folder that `staywise report` made, as out/2026-Q1.";
    opened(folder)?.ok_or_else(|| wrong(shown, "it is not a run of staywise", remedy))
}

/// The folder's own name.
fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn opened(path: PathBuf) -> Result<Option<RunFolder>, FileError> {
    if !super::is_run(&path) {
        return Ok(None);
    }
    let manifest = read_text(&path.join(MANIFEST))?;
    Ok(manifest.map(|manifest| RunFolder { path, manifest }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{run_at, runs};
    use std::fs;

    #[test]
    fn a_run_is_found_by_its_period_and_by_its_folder() {
        let dir = tempfile::tempdir().unwrap();
        let study = dir.path();
        assert_eq!(runs(study).unwrap(), []);
        let said = run_at(study, "2026-Q1").unwrap_err();
        assert!(said.why().remedy.contains("staywise report"), "{said}");
        let run = study.join("out").join("2026-Q1");
        fs::create_dir_all(&run).unwrap();
        fs::create_dir_all(study.join("out").join(".new-2026-Q2")).unwrap();
        fs::create_dir_all(study.join("out").join("notes")).unwrap();
        fs::write(run.join("manifest.json"), "{\n  \"product\": \"staywise\"}").unwrap();
        assert_eq!(runs(study).unwrap().len(), 1);
        let whole = run.display().to_string();
        for named in ["2026-Q1", "out/2026-Q1", whole.as_str()] {
            let found = run_at(study, named).unwrap();
            assert!(found.manifest.contains("staywise"), "{named}");
        }
        let said = run_at(study, "2026-Q3").unwrap_err();
        assert!(said.why().remedy.contains("out/: 2026-Q1."), "{said}");
        let said = run_at(study, "notes").unwrap_err();
        assert!(said.to_string().contains("not a run"), "{said}");
    }
}
