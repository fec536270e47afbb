//! The study's key: 32 random bytes in `private/key`, made once, for its owner
//! only. Pseudonyms and digests are keyed with it; it is never printed.

use super::{FileError, Why, publish::owner_only, read_text, write};
use std::path::Path;

/// The study's key; made and kept where there is none yet.
///
/// # Errors
/// `FileError` where the key cannot be read, is not a key, or cannot be kept.
pub fn key(study: &Path) -> Result<Vec<u8>, FileError> {
    let path = study.join("private").join("key");
    if let Some(text) = read_text(&path)? {
        return from_hex(text.trim()).ok_or_else(|| FileError::Read {
            path: path.display().to_string(),
            why: Why::new(
                "it is not a key",
                "Restore it from a backup, or delete it to start a new series of pseudonyms.",
            ),
        });
    }
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| FileError::Write {
        path: path.display().to_string(),
        why: Why::new(
            &format!("the system gave no random numbers ({e})"),
            "Start the computer anew, and try again.",
        ),
    })?;
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    write(&path, format!("{hex}\n").as_bytes())?;
    owner_only(&path);
    owner_only(&study.join("private"));
    Ok(bytes.to_vec())
}

/// Writes one file of a study's private folder, for its owner only.
///
/// # Errors
/// `FileError::Write` with the path and why.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write(path, bytes)?;
    owner_only(path);
    if let Some(folder) = path.parent() {
        owner_only(folder);
    }
    Ok(())
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..32)
        .map(|i| u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{from_hex, key};

    #[test]
    fn the_key_is_made_once() {
        let dir = tempfile::tempdir().unwrap();
        let first = key(dir.path()).unwrap();
        assert_eq!(first.len(), 32);
        assert_eq!(first, key(dir.path()).unwrap());
        std::fs::write(dir.path().join("private/key"), "short").unwrap();
        assert!(key(dir.path()).is_err());
        assert_eq!(from_hex(""), None);
    }
}
