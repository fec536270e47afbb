//! Whether the XML parts of a zipped workbook are such as a program writes:
//! no declarations of entities, elements that end where they should and are
//! not nested without measure, and no cell repeated into more cells than a
//! table can have. Takes no value out of them.

use super::workbook::Unreadable;
use std::io::{BufRead, BufReader, Cursor, Read};

/// Which family of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Office Open XML: streamed by its reader, so only how each part begins
    /// is looked at.
    Office,
    /// OpenDocument: its reader holds every sheet, so that the whole content
    /// is looked at.
    Open,
}

/// Bytes at the beginning of a part in which a declaration must stand.
const PROLOGUE: u64 = 4096;
/// Deeper than any spreadsheet program nests.
const DEEPEST: usize = 256;
/// Longest tag; a sheet's longest have a few hundred bytes.
const LONGEST: usize = 1 << 20;
/// Cells that the reader of OpenDocument may be asked to hold.
const MOST_CELLS: u64 = 20_000_000;
const MOST_COLUMNS: u64 = 16_384;

const DECLARES: Unreadable = Unreadable::Unsafe("its XML declares a document type or entities");

/// Looks through the parts of a workbook before a reader does.
pub(crate) fn validate(bytes: &[u8], kind: Kind) -> Result<(), Unreadable> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Ok(());
    };
    for at in 0..archive.len() {
        // What cannot be unpacked the reader will say.
        let Ok(part) = archive.by_index(at) else {
            continue;
        };
        let name = part.name().map_or(String::new(), |n| n.to_lowercase());
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        if kind == Kind::Open && name == "content.xml" {
            content(BufReader::new(part))?;
            continue;
        }
        let mut begin = Vec::new();
        if part.take(PROLOGUE).read_to_end(&mut begin).is_ok() {
            prologue(&begin)?;
        }
    }
    Ok(())
}

fn prologue(begin: &[u8]) -> Result<(), Unreadable> {
    let has = |mark: &[u8]| {
        begin
            .windows(mark.len())
            .any(|w| w.eq_ignore_ascii_case(mark))
    };
    if has(b"<!DOCTYPE") || has(b"<!ENTITY") {
        return Err(DECLARES);
    }
    Ok(())
}

fn broken(what: &str) -> Unreadable {
    Unreadable::Broken(what.to_owned())
}

/// Where a walk through the content stands.
#[derive(Default)]
struct Walk {
    /// Names of the elements that are open.
    open: Vec<Vec<u8>>,
    /// Cells of the row so far, the columns that its last value needs.
    row: u64,
    /// Empty cells since the last value.
    pending: u64,
    /// How often the row is repeated.
    rows: u64,
    /// Empty rows since the last row with a value.
    empty_rows: u64,
    /// Cells of all rows so far.
    cells: u64,
    /// Widest row so far.
    widest: u64,
}

fn content(mut part: impl BufRead) -> Result<(), Unreadable> {
    let mut walk = Walk::default();
    let mut text = Vec::new();
    let mut tag = Vec::new();
    loop {
        text.clear();
        let read = part.read_until(b'<', &mut text);
        if read.map_err(|_| broken("a part cannot be unpacked"))? == 0 || !text.ends_with(b"<") {
            break;
        }
        tag.clear();
        read_tag(&mut part, &mut tag)?;
        walk.tag(&tag)?;
    }
    if walk.open.is_empty() {
        Ok(())
    } else {
        Err(broken("a part ends before its elements do"))
    }
}

/// Reads to the end of a tag, comment or other mark; without the last `>`.
fn read_tag(part: &mut impl BufRead, tag: &mut Vec<u8>) -> Result<(), Unreadable> {
    let mut quote = None;
    loop {
        let before = tag.len();
        let read = part
            .by_ref()
            .take(LONGEST as u64)
            .read_until(b'>', tag)
            .map_err(|_| broken("a part cannot be unpacked"))?;
        if read == 0 || !tag.ends_with(b">") {
            return Err(broken("a part ends inside a tag"));
        }
        let ended = if tag.starts_with(b"!--") {
            tag.len() > 5 && tag.ends_with(b"-->")
        } else if tag.starts_with(b"![CDATA[") {
            tag.ends_with(b"]]>")
        } else if tag.starts_with(b"?") {
            tag.ends_with(b"?>")
        } else if tag.starts_with(b"!") {
            return Err(DECLARES);
        } else {
            quote = quoted(quote, &tag[before..]);
            quote.is_none()
        };
        if ended {
            tag.pop();
            return Ok(());
        }
        if tag.len() > LONGEST {
            return Err(broken("a tag has no end"));
        }
    }
}

/// The quotation mark that is open after more of a tag, if one is.
fn quoted(before: Option<u8>, more: &[u8]) -> Option<u8> {
    more.iter().fold(before, |quote, byte| match (quote, byte) {
        (None, b'"' | b'\'') => Some(*byte),
        (Some(open), byte) if open == *byte => None,
        (quote, _) => quote,
    })
}

impl Walk {
    fn tag(&mut self, tag: &[u8]) -> Result<(), Unreadable> {
        if tag.starts_with(b"!") || tag.starts_with(b"?") {
            return Ok(());
        }
        if let Some(name) = tag.strip_prefix(b"/") {
            let open = self.open.pop();
            if open.as_deref() != Some(name.trim_ascii()) {
                return Err(broken("an element ends where another is open"));
            }
            return self.ends(name.trim_ascii());
        }
        let closed = tag.ends_with(b"/");
        let length = tag
            .iter()
            .position(|b| b.is_ascii_whitespace() || *b == b'/');
        let name = &tag[..length.unwrap_or(tag.len())];
        self.starts(name, tag, closed)?;
        if closed {
            return self.ends(name);
        }
        self.open.push(name.to_vec());
        if self.open.len() > DEEPEST {
            return Err(Unreadable::Unsafe("its XML is nested too deep"));
        }
        Ok(())
    }

    fn starts(&mut self, name: &[u8], tag: &[u8], closed: bool) -> Result<(), Unreadable> {
        match name {
            b"table:table" => {
                (self.empty_rows, self.widest) = (0, 0);
            }
            b"table:table-row" => {
                self.rows = repeats(tag, b"table:number-rows-repeated=")?;
                (self.row, self.pending) = (0, 0);
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                let columns = repeats(tag, b"table:number-columns-repeated=")?;
                let valued = !closed || contains(tag, b"office:") || contains(tag, b":formula=");
                if valued {
                    self.row = self.row + self.pending + columns;
                    self.pending = 0;
                } else {
                    self.pending = self.pending.saturating_add(columns).min(MOST_COLUMNS);
                }
                self.row = self.row.min(MOST_COLUMNS);
            }
            _ => {}
        }
        Ok(())
    }

    fn ends(&mut self, name: &[u8]) -> Result<(), Unreadable> {
        if name != b"table:table-row" {
            return Ok(());
        }
        if self.row == 0 {
            self.empty_rows = self.empty_rows.saturating_add(self.rows);
            return Ok(());
        }
        self.widest = self.widest.max(self.row);
        // Empty rows between rows of values are held too.
        let rows = self
            .rows
            .saturating_add(std::mem::take(&mut self.empty_rows));
        self.cells = self
            .cells
            .saturating_add(rows.min(1 << 20).saturating_mul(self.widest));
        if self.cells > MOST_CELLS {
            return Err(Unreadable::TooLarge);
        }
        Ok(())
    }
}

fn contains(tag: &[u8], mark: &[u8]) -> bool {
    tag.windows(mark.len()).any(|w| w == mark)
}

/// How often a tag says that it is repeated.
fn repeats(tag: &[u8], attribute: &[u8]) -> Result<u64, Unreadable> {
    let Some(at) = tag.windows(attribute.len()).position(|w| w == attribute) else {
        return Ok(1);
    };
    let value = tag.get(at + attribute.len() + 1..).unwrap_or_default();
    let digits: Vec<u8> = value
        .iter()
        .copied()
        .take_while(u8::is_ascii_digit)
        .collect();
    let number = std::str::from_utf8(&digits)
        .ok()
        .and_then(|d| d.parse().ok());
    number.ok_or_else(|| broken("a number of repeats is none"))
}

#[cfg(test)]
mod tests {
    use super::{DECLARES, Unreadable, content, prologue};

    fn walked(body: &str) -> Result<(), Unreadable> {
        let whole = format!("<?xml version=\"1.0\"?><a><table:table>{body}</table:table></a>");
        content(whole.as_bytes())
    }

    fn row(repeats: u32, cells: &str) -> String {
        format!(
            "<table:table-row table:number-rows-repeated=\"{repeats}\">{cells}</table:table-row>"
        )
    }

    #[test]
    fn what_programs_write_passes() {
        let one = "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>";
        let rest = "<table:table-cell table:number-columns-repeated=\"16383\"/>";
        let end = row(
            1_048_000,
            "<table:table-cell table:number-columns-repeated=\"16384\"/>",
        );
        assert_eq!(walked(&(row(1, &format!("{one}{rest}")) + &end)), Ok(()));
        assert_eq!(
            walked("<!-- a > b --><text:p x='>'>a<![CDATA[<b>]]></text:p>"),
            Ok(())
        );
    }

    #[test]
    fn repeats_that_make_a_bomb_are_refused() {
        let wide = "<table:table-cell table:number-columns-repeated=\"16384\" office:value=\"1\"/>";
        assert_eq!(walked(&row(1, wide)), Ok(()));
        assert_eq!(walked(&row(100_000, wide)), Err(Unreadable::TooLarge));
        let far = row(1, wide) + &row(900_000, "<table:table-cell/>") + &row(1, wide);
        assert_eq!(walked(&far), Err(Unreadable::TooLarge));
        let many: String = (0..2000).map(|_| row(1, wide)).collect();
        assert_eq!(walked(&many), Err(Unreadable::TooLarge));
    }

    #[test]
    fn parts_without_an_end_or_without_a_bottom_are_refused() {
        assert!(matches!(
            content(&b"<a><table:table><b></b>"[..]),
            Err(Unreadable::Broken(_))
        ));
        assert!(matches!(
            content(&b"<a><b></a></b>"[..]),
            Err(Unreadable::Broken(_))
        ));
        assert!(matches!(
            content(&b"<a x='"[..]),
            Err(Unreadable::Broken(_))
        ));
        let deep = "<text:span>".repeat(300) + &"</text:span>".repeat(300);
        assert!(matches!(walked(&deep), Err(Unreadable::Unsafe(_))));
    }

    #[test]
    fn declarations_are_refused() {
        assert_eq!(
            content(&b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"[..]),
            Err(DECLARES)
        );
        assert_eq!(
            prologue(b"<?xml version=\"1.0\"?>\n<!doctype a>"),
            Err(DECLARES)
        );
        assert_eq!(prologue(b"<?xml version=\"1.0\"?><a/>"), Ok(()));
    }
}
