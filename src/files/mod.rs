//! The rim where the disk is: what a study folder holds, reading its files,
//! and putting a run's outputs in place all at once or not at all. Nothing
//! else in the program touches the file system.

mod publish;
mod runs;
mod scan;
mod secret;

pub use publish::{is_run, place, publish, recover};
pub use runs::{RunFolder, run_at, runs};
pub use scan::{Entry, Folder, scan};
pub use secret::{key, write_private};

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What went wrong with a file: where, what, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("cannot read {path}: {}", .why.reason)]
    Read {
        /// The path as given.
        path: String,
        /// Why, and what to do.
        why: Why,
    },
    /// It cannot be written.
    #[error("cannot write {path}: {}", .why.reason)]
    Write {
        /// The path as given.
        path: String,
        /// Why, and what to do.
        why: Why,
    },
}

/// Why a file could not be read or written, in words that go on after a
/// colon, and what to do, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Why.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

impl Why {
    fn new(reason: &str, remedy: &str) -> Self {
        Self {
            reason: reason.to_owned(),
            remedy: remedy.to_owned(),
        }
    }
}

impl FileError {
    pub(crate) fn read(path: &Path, error: &io::Error) -> Self {
        let denied = "Close it in other programs, and check that you may read it.";
        Self::Read {
            path: path.display().to_string(),
            why: why(error, denied),
        }
    }

    pub(crate) fn write(path: &Path, error: &io::Error) -> Self {
        let denied = "Close what is open there (in Excel?), or choose another folder.";
        Self::Write {
            path: path.display().to_string(),
            why: why(error, denied),
        }
    }

    /// Why, and what to do.
    #[must_use]
    pub fn why(&self) -> &Why {
        match self {
            Self::Read { why, .. } | Self::Write { why, .. } => why,
        }
    }
}

fn why(error: &io::Error, denied: &str) -> Why {
    match error.kind() {
        io::ErrorKind::NotFound => Why::new(
            "there is no such file or folder",
            "Check how the path is written.",
        ),
        io::ErrorKind::PermissionDenied => Why::new("access is denied", denied),
        io::ErrorKind::StorageFull => {
            Why::new("the disk is full", "Make room on it, and try again.")
        }
        _ => Why::new(&error.to_string(), denied),
    }
}

/// The bytes of a file.
///
/// # Errors
/// `FileError::Read` with the path and why.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    fs::read(path).map_err(|e| FileError::read(path, &e))
}

/// The text of a file if it is there; bytes that are not UTF-8 are replaced.
///
/// # Errors
/// `FileError::Read` where it is there and cannot be read.
pub fn read_text(path: &Path) -> Result<Option<String>, FileError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(FileError::read(path, &e)),
    }
}

/// Writes one new file, with its folders; through a temporary sibling, so
/// that it is whole or not there.
///
/// # Errors
/// `FileError::Write` with the path and why.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |e: io::Error| FileError::write(path, &e);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    fs::write(&part, bytes).map_err(failed)?;
    fs::rename(&part, path).map_err(failed)
}

/// Renames a file to `NAME.old`, over one that is there.
///
/// # Errors
/// `FileError::Write` with the path and why.
pub fn set_aside(path: &Path) -> Result<(), FileError> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".old");
    fs::rename(path, path.with_file_name(name)).map_err(|e| FileError::write(path, &e))
}

/// Whether a folder is there and has anything in it.
#[must_use]
pub fn holds_anything(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// The texts of a user's own `.sql` or `.md` files in a folder of the study,
/// with their paths, in order of path; none where there is no such folder.
///
/// # Errors
/// `FileError::Read` where one is there and cannot be read.
pub fn own_texts(folder: &Path, extension: &str) -> Result<Vec<(String, String)>, FileError> {
    let mut paths = Vec::new();
    walk(folder, &mut paths);
    paths.retain(|p| {
        p.extension()
            .is_some_and(|e| e.eq_ignore_ascii_case(extension))
    });
    paths.sort();
    let base = folder.parent().unwrap_or(folder);
    let mut out = Vec::new();
    for path in paths {
        if let Some(text) = read_text(&path)? {
            out.push((inside(base, &path), text));
        }
    }
    Ok(out)
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, out),
            Ok(_) => out.push(path),
            Err(_) => {}
        }
    }
}

/// A path inside a folder, with forward slashes.
fn inside(base: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(base).unwrap_or(path);
    let parts: Vec<String> = relative
        .components()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.join("/")
}
