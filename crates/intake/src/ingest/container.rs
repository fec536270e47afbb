//! What a file really is, by its first bytes and its parts, whatever its name
//! says. Reads no cell.

use super::encoding::{Zeros, zero_bytes};
use std::io::Cursor;

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// Nothing, or only white space.
    Empty,
    /// Text, to be read as delimited.
    Text,
    /// A workbook.
    Workbook(Book),
    /// A zip archive of other files.
    Archive,
    /// Parquet.
    Parquet,
    /// The data of SPSS.
    Spss,
    /// Locked with a password.
    Locked,
    /// Begins as a workbook, but its end is missing or broken.
    Broken,
    /// Would unpack to far more than a workbook holds.
    Bomb,
    /// Something else; its name.
    Foreign(&'static str),
}

/// A kind of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Book {
    /// .xlsx and .xlsm.
    Xlsx,
    /// .xlsb.
    Xlsb,
    /// .xls of Excel 97 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
}

/// Most bytes that the parts of a workbook may unpack to.
const MAX_UNPACKED: u128 = 2 << 30;
/// Above this many bytes, unpacked may be at most `MAX_RATIO` times packed.
const SUSPICIOUS: u128 = 100 << 20;
const MAX_RATIO: u128 = 200;

/// What is said of an archive of gzip.
pub(crate) const GZIP: &str = "a gzip archive";

/// First bytes of files that are no table.
const MARKS: [(&[u8], &str); 12] = [
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"%PDF", "a PDF document"),
    (b"RIFF", "an image or sound file"),
    (b"\x1f\x8b", GZIP),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
];

/// Beginnings, in lower case and after white space, of text that is no table.
const TEXT_MARKS: [(&str, &str); 5] = [
    ("<!doctype html", "a web page (HTML)"),
    ("<html", "a web page (HTML)"),
    ("<table", "a web page (HTML)"),
    ("<?xml", "an XML file"),
    ("<?mso-application", "an XML file"),
];

/// Recognises what the bytes are.
pub(crate) fn recognise(bytes: &[u8]) -> Container {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace()) || bytes == b"\xef\xbb\xbf" {
        return Container::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return packed(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(bytes);
    }
    if bytes.starts_with(b"PAR1") {
        return Container::Parquet;
    }
    if bytes.starts_with(b"$FL2") || bytes.starts_with(b"$FL3") {
        return Container::Spss;
    }
    if let Some((_, name)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Container::Foreign(name);
    }
    let begin = &bytes[..bytes.len().min(256)];
    let begin = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin);
    let begin = String::from_utf8_lossy(begin.trim_ascii_start()).to_lowercase();
    if let Some((_, name)) = TEXT_MARKS.iter().find(|(mark, _)| begin.starts_with(mark)) {
        return Container::Foreign(name);
    }
    match zero_bytes(bytes) {
        Zeros::Many => Container::Foreign(UNREADABLE),
        Zeros::Few if has_control_bytes(bytes) => Container::Foreign(UNREADABLE),
        _ => Container::Text,
    }
}

const UNREADABLE: &str = "no kind of file that can be read here";

/// Whether more than one byte in fifty of a file's beginning is a control
/// byte that no text has: a damaged or encrypted file, whatever its name.
fn has_control_bytes(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    // Vertical tabs and form feeds are line breaks inside cells.
    let odd = |byte: &&u8| byte.is_ascii_control() && !matches!(byte, 0 | b'\t'..=b'\r');
    let found = start.iter().filter(odd).count();
    found >= 2 && found * 50 > start.len()
}

/// Whether a name says that the file is a workbook.
pub(crate) fn is_named_workbook(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn packed(bytes: &[u8]) -> Container {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Container::Broken;
    };
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| name.ok().map(|n| n.to_lowercase().replace('\\', "/")))
        .collect();
    let has = |part: &str| names.iter().any(|name| name.ends_with(part));
    let found = if has("workbook.bin") {
        Container::Workbook(Book::Xlsb)
    } else if has("workbook.xml") {
        Container::Workbook(Book::Xlsx)
    } else if has("word/document.xml") {
        Container::Foreign("a Word document")
    } else if has("ppt/presentation.xml") {
        Container::Foreign("a PowerPoint presentation")
    } else if has("content.xml") {
        Container::Workbook(Book::Ods)
    } else if names.iter().any(|name| name.ends_with(".iwa")) {
        Container::Foreign("an Apple Numbers document")
    } else {
        // Its tables are unpacked one by one, each with limits of its own.
        return Container::Archive;
    };
    if is_bomb(&mut archive, bytes.len()) {
        return Container::Bomb;
    }
    found
}

/// Whether the parts of a workbook unpack to too much, as far as they say.
/// A part that says too little of itself is broken: the reader unpacks no
/// more of it than it says.
fn is_bomb(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, packed: usize) -> bool {
    let unpacked: u128 = (0..archive.len())
        .filter_map(|part| {
            archive
                .by_index_raw(part)
                .ok()
                .map(|p| u128::from(p.size()))
        })
        .sum();
    unpacked > MAX_UNPACKED || (unpacked > SUSPICIOUS && unpacked > packed as u128 * MAX_RATIO)
}

/// The older container: names of its streams stand in it as UTF-16.
fn compound(bytes: &[u8]) -> Container {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if has("EncryptedPackage") {
        Container::Locked
    } else if has("Workbook") || has("Book") {
        Container::Workbook(Book::Xls)
    } else if has("WordDocument") {
        Container::Foreign("a Word document")
    } else {
        Container::Broken
    }
}

#[cfg(test)]
mod tests {
    use super::{Container, UNREADABLE, is_named_workbook, recognise};

    #[test]
    fn files_are_known_by_what_they_hold() {
        assert_eq!(recognise(b""), Container::Empty);
        assert_eq!(recognise(b" \r\n"), Container::Empty);
        assert_eq!(
            recognise(b"\x89PNG\r\n\x1a\n"),
            Container::Foreign("a PNG image")
        );
        assert_eq!(
            recognise(b"\n <HTML><body>"),
            Container::Foreign("a web page (HTML)")
        );
        assert_eq!(recognise(b"PK\x03\x04 cut short"), Container::Broken);
        let damaged: Vec<u8> = (1..=200_u8).map(|k| k.wrapping_mul(73)).collect();
        assert_eq!(recognise(&damaged), Container::Foreign(UNREADABLE));
        assert_eq!(recognise(b"a,b\n1,2\n"), Container::Text);
        assert_eq!(recognise(b"name\tDon\x92t\n\x0b\t1\n"), Container::Text);
        assert_eq!(recognise(b"\xff\xfea\0,\0b\0"), Container::Text);
        assert_eq!(recognise(b"start\x0b1,start\x0b2\n1,2\n"), Container::Text);
        assert!(is_named_workbook("Staff.XLSX") && !is_named_workbook("staff.csv"));
    }
}
