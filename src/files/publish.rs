//! Outputs appear at once or not at all: written to a sibling folder, the old
//! one set aside, the new one renamed in. What a cut-short run left behind is
//! put right at the next start.

use super::FileError;
use std::fs;
use std::path::{Path, PathBuf};

fn sibling(target: &Path, prefix: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{prefix}-{name}"))
}

/// Puts a set of files in place of whatever the folder `target` held. Names
/// are paths inside it with forward slashes. Files of the old folder that
/// `keep` says yes to, and that are not written anew, stay.
///
/// # Errors
/// `FileError::Write`; the old folder is then as it was.
pub fn publish(
    target: &Path,
    files: &[(String, Vec<u8>)],
    keep: impl Fn(&str) -> bool,
) -> Result<(), FileError> {
    recover(target)?;
    let new = sibling(target, "new");
    let old = sibling(target, "old");
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |e: std::io::Error| FileError::write(&path, &e)
    };
    fs::create_dir_all(&new).map_err(failed(&new))?;
    for (name, bytes) in files {
        let path = place(&new, name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        fs::write(&path, bytes).map_err(failed(&path))?;
    }
    if target.exists() {
        for entry in fs::read_dir(target).map_err(failed(target))?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let to = new.join(&name);
            if entry.path().is_file() && keep(&name) && !to.exists() {
                fs::copy(entry.path(), &to).map_err(failed(&to))?;
            }
        }
        fs::rename(target, &old).map_err(failed(target))?;
    }
    if let Err(e) = fs::rename(&new, target) {
        // Put the old folder back before saying so.
        let _ = fs::rename(&old, target);
        return Err(FileError::write(target, &e));
    }
    if old.exists() {
        fs::remove_dir_all(&old).map_err(failed(&old))?;
    }
    owner_only(&target.join("private"));
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

/// Lets only the owner into a private folder, where the system knows owners.
pub(super) fn owner_only(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A shared drive may not know permissions; the files are still right.
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
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

    #[test]
    fn a_run_replaces_the_folder_whole() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("2026-Q2");
        publish(
            &target,
            &[file("a.html", "1"), file("private/x.csv", "1")],
            |_| false,
        )
        .unwrap();
        publish(&target, &[file("b.html", "2")], |name| name == "a.html").unwrap();
        assert_eq!(fs::read_to_string(target.join("a.html")).unwrap(), "1");
        assert_eq!(fs::read_to_string(target.join("b.html")).unwrap(), "2");
        assert!(!target.join("private").exists());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
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
