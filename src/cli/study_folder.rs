//! A study folder opened: its files, its staywise.toml, its own queries and
//! reports. The one place where the command line's folder meets the pipeline.

use super::folder::command_on;
use super::{Failed, say::Talk};
use crate::files::{self, Folder};
use crate::pipeline::Library;
use crate::query::Catalogue;
use crate::report;
use crate::study::{self, Study};
use staywise_core::domain::Finding;
use std::path::{Path, PathBuf};

/// Files on disk, by their names inside the study.
pub(super) struct OnDisk {
    folder: PathBuf,
    names: Vec<String>,
}

impl Library for OnDisk {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn open(&self, name: &str) -> Result<Vec<u8>, String> {
        // The finding that is made of it names the file.
        files::read(&files::place(&self.folder, name)).map_err(|e| e.why().reason.clone())
    }
}

/// A study folder.
pub(super) struct StudyFolder {
    pub(super) path: PathBuf,
    pub(super) library: OnDisk,
    pub(super) left_alone: Vec<(String, String)>,
    pub(super) study: Study,
    pub(super) has_file: bool,
    pub(super) catalogue: Catalogue,
    pub(super) reports: Vec<(String, String)>,
}

impl StudyFolder {
    /// Opens a folder; what is wrong with its staywise.toml, queries or
    /// reports comes back as findings.
    pub(super) fn open(path: &Path) -> Result<Result<Self, Vec<Finding>>, Failed> {
        if !path.is_dir() {
            let failed = Failed::new(
                "There is no such folder.",
                "Make it and put the staff list and the survey exports in, or type `staywise \
                 demo` to see a sample.",
            );
            return Err(failed.at(path));
        }
        let Folder { data, left_alone } = files::scan(path)?;
        let text = files::read_text(&path.join(study::FILE))?;
        let has_file = text.is_some();
        let mut wrong = Vec::new();
        let study = match study::read(text.as_deref().unwrap_or("")) {
            Ok(study) => study,
            Err(found) => {
                wrong.extend(found);
                Study::default()
            }
        };
        let own = files::own_texts(&path.join("queries"), "sql")?;
        let (catalogue, found) = Catalogue::with_user(&own);
        wrong.extend(found);
        let reports = reports(path)?;
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        let left_alone = left_alone
            .into_iter()
            .map(|(n, why)| (n, why.to_owned()))
            .collect();
        Ok(Ok(Self {
            path: path.to_path_buf(),
            library: OnDisk {
                folder: path.to_path_buf(),
                names: data.into_iter().map(|e| e.name).collect(),
            },
            left_alone,
            study,
            has_file,
            catalogue,
            reports,
        }))
    }

    /// Whether there is any data file that the study does not leave alone.
    pub(super) fn has_files(&self) -> bool {
        let mut names = self.library.names.iter();
        names.any(|name| !self.study.ignores(name))
    }

    /// Whether there is any data file; says what to do where there is none.
    pub(super) fn has_data(&self, talk: &Talk) -> bool {
        if !self.has_files() {
            let failed = Failed::new(
                "The folder has no spreadsheet or CSV file.",
                &format!(
                    "Put the staff list and the survey exports there and type `{}`, or type \
                     `staywise demo` to see a sample.",
                    command_on(&self.path, "init")
                ),
            );
            talk.failed(&failed.at(&self.path));
        }
        self.has_files()
    }
}

/// The built-in reports, extended or replaced by the study's own.
fn reports(path: &Path) -> Result<Vec<(String, String)>, Failed> {
    let mut all: Vec<(String, String)> = report::BUILT_IN
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    for (file, text) in files::own_texts(&path.join("reports"), "md")? {
        let name = Path::new(&file)
            .file_stem()
            .map(|s| s.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name.eq_ignore_ascii_case("readme") {
            continue;
        }
        all.retain(|(n, _)| *n != name);
        all.push((name, text));
    }
    Ok(all)
}
