//! Outputs appear at once or not at all: written to a sibling folder, the old
//! one set aside, the new one renamed in. What a cut-short run left behind is
//! put right at the next start.

use super::{FileError, Why};
use std::fs;
use std::path::{Path, PathBuf};

fn sibling(target: &Path, prefix: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{prefix}-{name}"))
}

/// The file that every run leaves, and by which a folder is known to be one.
const MARK: &str = "manifest.json";

/// What a run rewrites whole; anything else in its folder stays.
const OWN: &str = "private";

/// Whether a folder is a run of this program.
#[must_use]
pub fn is_run(folder: &Path) -> bool {
    fs::read_to_string(folder.join(MARK))
        .is_ok_and(|text| text.contains("\"product\": \"staywise\""))
}

/// Why a run may not be put into `target`; nothing where it may: the folder is
/// new, empty, or a run already, and does not hold the study.
fn refusal(study: &Path, target: &Path) -> Option<Why> {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    if let (Some(study), Some(target)) = (whole(study), whole(target))
        && study.starts_with(&target)
    {
        return Some(Why::new(
            "it is the study's own folder, or holds it",
            "Name a new folder.",
        ));
    }
    let empty = fs::read_dir(target).map_or(true, |mut entries| entries.next().is_none());
    (target.exists() && !empty && !is_run(target)).then(|| {
        Why::new(
            "it holds files that are no run of staywise",
            "Name a new or an empty folder.",
        )
    })
}

/// Puts a run of a study in place of what the folder `target` held. Names are
/// paths inside it with forward slashes. Whatever the old folder held beside
/// what is written anew, and beside its private/, stays.
///
/// # Errors
/// `FileError::Write`; the old folder is then as it was.
pub fn publish(study: &Path, target: &Path, files: &[(String, Vec<u8>)]) -> Result<(), FileError> {
    if let Some(why) = refusal(study, target) {
        return Err(FileError::Write {
            path: target.display().to_string(),
            why,
        });
    }
    recover(target)?;
    let new = sibling(target, "new");
    let old = sibling(target, "old");
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |e: std::io::Error| FileError::write(&path, &e)
    };
    fs::create_dir_all(&new).map_err(failed(target))?;
    for (name, bytes) in files {
        let path = place(&new, name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        fs::write(&path, bytes).map_err(failed(&path))?;
    }
    if target.exists() {
        fs::rename(target, &old).map_err(failed(target))?;
    }
    if let Err(e) = fs::rename(&new, target) {
        // Put the old folder back before saying so.
        let _ = fs::rename(&old, target);
        return Err(FileError::write(target, &e));
    }
    if old.exists() {
        for entry in fs::read_dir(&old).map_err(failed(&old))?.flatten() {
            let to = target.join(entry.file_name());
            if entry.file_name() != OWN && !to.exists() {
                fs::rename(entry.path(), &to).map_err(failed(&to))?;
            }
        }
        fs::remove_dir_all(&old).map_err(failed(&old))?;
    }
    owner_only(&target.join(OWN));
    Ok(())
}

/// Where a name with forward slashes lies in a folder.
#[must_use]
pub fn place(folder: &Path, name: &str) -> PathBuf {
    name.split('/')
        .fold(folder.to_path_buf(), |path, part| path.join(part))
}

/// Puts right what a run that was cut short left beside `target`.
///
/// # Errors
/// `FileError::Write` where it cannot.
pub fn recover(target: &Path) -> Result<(), FileError> {
    let (new, old) = (sibling(target, "new"), sibling(target, "old"));
    let failed = |e: std::io::Error| FileError::write(target, &e);
    if new.exists() {
        fs::remove_dir_all(&new).map_err(failed)?;
    }
    if old.exists() {
        if target.exists() {
            fs::remove_dir_all(&old).map_err(failed)?;
        } else {
            fs::rename(&old, target).map_err(failed)?;
        }
    }
    Ok(())
}

/// Lets only the owner into a private folder or file, where the system knows
/// owners.
pub(super) fn owner_only(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A shared drive may not know permissions; the files are still right.
        let mode = if folder.is_dir() { 0o700 } else { 0o600 };
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{publish, recover, sibling};
    use std::fs;

    fn file(name: &str, text: &str) -> (String, Vec<u8>) {
        (name.to_owned(), text.as_bytes().to_vec())
    }

    fn manifest() -> (String, Vec<u8>) {
        file("manifest.json", "{\n  \"product\": \"staywise\"\n}")
    }

    #[test]
    fn a_run_replaces_its_own_files_and_no_others() {
        let dir = tempfile::tempdir().unwrap();
        let study = dir.path().join("study");
        let target = study.join("out").join("2026-Q2");
        let first = [manifest(), file("a.html", "1"), file("private/x.csv", "1")];
        publish(&study, &target, &first).unwrap();
        fs::write(target.join("notes.txt"), "mine").unwrap();
        publish(&study, &target, &[manifest(), file("b.html", "2")]).unwrap();
        assert_eq!(fs::read_to_string(target.join("a.html")).unwrap(), "1");
        assert_eq!(fs::read_to_string(target.join("b.html")).unwrap(), "2");
        assert_eq!(
            fs::read_to_string(target.join("notes.txt")).unwrap(),
            "mine"
        );
        assert!(!target.join("private").exists());
        assert_eq!(fs::read_dir(study.join("out")).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_of_somebody_elses_is_refused_and_left_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let study = dir.path().join("study");
        let board = dir.path().join("board");
        fs::create_dir_all(&study).unwrap();
        fs::create_dir_all(&board).unwrap();
        fs::write(board.join("minutes.docx"), "mine").unwrap();
        for target in [&board, &study, &dir.path().to_path_buf()] {
            assert!(
                publish(&study, target, &[manifest()]).is_err(),
                "{}",
                target.display()
            );
        }
        assert_eq!(
            fs::read_to_string(board.join("minutes.docx")).unwrap(),
            "mine"
        );
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_run_cut_short_is_put_right() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("all");
        fs::create_dir_all(sibling(&target, "new")).unwrap();
        fs::create_dir_all(sibling(&target, "old")).unwrap();
        fs::write(sibling(&target, "old").join("a"), "kept").unwrap();
        recover(&target).unwrap();
        assert_eq!(fs::read_to_string(target.join("a")).unwrap(), "kept");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
