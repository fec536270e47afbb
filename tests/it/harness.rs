//! A folder of files, a command run in it, and what it left.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A temporary study folder.
pub struct Study {
    dir: tempfile::TempDir,
}

/// What a command said.
pub struct Said {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Study {
    pub fn new() -> Self {
        Self {
            dir: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// A folder whose files are given.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let study = Self::new();
        for (name, bytes) in files {
            study.write(name, bytes);
        }
        study
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join("study")
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder is made");
        fs::write(path, bytes).expect("the file is written");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Runs the program; the folder's own path reads `STUDY` in what it says.
    pub fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, &[])
    }

    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
        fs::create_dir_all(self.path()).expect("the folder is made");
        let output = Command::new(env!("CARGO_BIN_EXE_staywise"))
            .args(arguments)
            .current_dir(self.path())
            .envs(environment.iter().copied())
            .output()
            .expect("the program runs");
        let text = |bytes: &[u8]| {
            let here = self.path().display().to_string();
            let whole = fs::canonicalize(self.path()).map(|p| p.display().to_string());
            let text = String::from_utf8_lossy(bytes).replace(&here, "STUDY");
            whole.map(|w| text.replace(&w, "STUDY")).unwrap_or(text)
        };
        Said {
            code: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// init and report, which must both succeed.
    pub fn make(&self) -> Said {
        let said = self.run(&["init", "."]);
        assert_eq!(said.code, 0, "init: {}{}", said.stdout, said.stderr);
        let said = self.run(&["report"]);
        assert_eq!(said.code, 0, "report: {}{}", said.stdout, said.stderr);
        said
    }

    /// Every file of the folder by its path in it.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut out = BTreeMap::new();
        walk(&self.path(), &self.path(), &mut out);
        out
    }
}

fn walk(base: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(base, &path, out);
        } else {
            let name = path.strip_prefix(base).expect("it is inside");
            let name = name.to_string_lossy().replace('\\', "/");
            out.insert(name, fs::read(&path).expect("the file reads"));
        }
    }
}

/// Compares a text with the golden file, or writes it where BLESS is set.
pub fn golden(path: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder is made");
        fs::write(&path, text).expect("the golden file is written");
        return;
    }
    let expected = fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("{}: {e}; run once with BLESS=1 and read it", path.display()));
    assert!(
        expected == text,
        "{} is not what the program says now.\n--- expected\n{expected}\n--- now\n{text}",
        path.display()
    );
}

/// The real files beside the clone, where they are there.
pub fn shared_data() -> Option<PathBuf> {
    let mut at = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    loop {
        let data = at.join("shared").join("data");
        if data.join("INDEX.md").exists() {
            return Some(data);
        }
        if !at.pop() {
            println!("skipped: the folder shared/data is not here");
            return None;
        }
    }
}

/// A small workbook: rows of text, numbers left to the caller's text.
pub fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate() {
            let (r, c) = (
                u32::try_from(r).expect("few"),
                u16::try_from(c).expect("few"),
            );
            sheet
                .write_string(r, c, *text)
                .expect("the cell is written");
        }
    }
    book.save_to_buffer().expect("the workbook is written")
}
