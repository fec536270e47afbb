//! Delimited text into a grid: which delimiter it has, and how many fields
//! each row has. Blank lines keep their row numbers, as in a spreadsheet.

use super::filling::{Filling, Unread, fill_by};
use super::grid::{Grid, TooLarge, Value};
use super::records::{Behind, Records};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use std::borrow::Cow;

/// A text file as read.
pub(crate) struct Delimited {
    pub(crate) grid: Grid,
    pub(crate) delimiter: char,
    /// Fields by grid row; 0 for a blank line.
    pub(crate) widths: Vec<u32>,
    /// The grid row of a quotation mark that nothing closes, so that the rest
    /// of the file was taken for one cell.
    pub(crate) unclosed: Option<usize>,
    /// Zero bytes that were left out.
    pub(crate) zero_bytes: u64,
}

/// Walks at once. Each goes through the whole text for its own columns: a
/// second makes one file on two idle cores a sixth faster; more would only
/// take cores from the other files.
const MOST_LANES: usize = 2;

/// In order of preference where two fit equally well.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a text file.
pub(crate) fn read(text: &str) -> Result<Delimited, TooLarge> {
    let (stated, body) = stated_delimiter(text);
    let delimiter = stated.unwrap_or_else(|| likeliest(body));
    // Finding where fields end costs less than handing them to another
    // thread: each walks through the whole text for columns of its own.
    let lanes = rayon::current_num_threads().clamp(1, MOST_LANES);
    let has_zeros = body.as_bytes().contains(&0);
    let walk = |lane| {
        let mut walk = Walk {
            records: Records::new(body, delimiter),
            has_zeros,
            lane: (lane, lanes),
            widths: Vec::new(),
            zero_bytes: 0,
            last: 0,
        };
        let grid = fill_by(0, |filling: &mut Filling<'_, Cow<'_, str>>| {
            walk.all(filling)
        });
        grid.map(|grid| (grid, walk))
    };
    let walks: Result<Vec<(Grid, Walk<'_>)>, TooLarge> =
        (0..lanes).into_par_iter().map(walk).collect();
    let (grids, walks): (Vec<Grid>, Vec<Walk<'_>>) = walks?.into_iter().unzip();
    let zero_bytes = walks.iter().map(|walk| walk.zero_bytes).sum();
    let first = walks.into_iter().next();
    let (widths, last) = first.map_or((Vec::new(), 0), |walk| (walk.widths, walk.last));
    let swallowed = record_swallows_lines(body.as_bytes().get(last..).unwrap_or_default());
    Ok(Delimited {
        grid: Grid::joined(grids)?,
        delimiter: char::from(delimiter),
        unclosed: swallowed.then(|| widths.len().saturating_sub(1)),
        widths,
        zero_bytes,
    })
}

/// A walk through the records of a text.
struct Walk<'a> {
    records: Records<'a>,
    has_zeros: bool,
    /// Which of so many walks this is: in turns each takes a column.
    lane: (usize, usize),
    widths: Vec<u32>,
    zero_bytes: u64,
    /// Where the last record began.
    last: usize,
}

impl<'a> Walk<'a> {
    fn all(&mut self, filling: &mut Filling<'_, Cow<'a, str>>) -> Result<(), TooLarge> {
        loop {
            let start = self.records.place();
            let Some(blank) = self.records.begin() else {
                return Ok(());
            };
            self.last = start;
            let row = self.widths.len() + blank;
            self.widths.resize(row, 0);
            let (mut mine, lanes) = self.lane;
            let mut column = 0;
            loop {
                let (field, behind) = self.records.field();
                if column == mine {
                    mine += lanes;
                    // Trailing separators may make any number of empty columns.
                    if !field.is_empty() {
                        self.put(filling, (row, column), field)?;
                    }
                }
                column += 1;
                if behind == Behind::End {
                    break;
                }
            }
            self.widths.push(u32::try_from(column).unwrap_or(u32::MAX));
        }
    }

    fn put(
        &mut self,
        filling: &mut Filling<'_, Cow<'a, str>>,
        (row, column): (usize, usize),
        field: Cow<'a, str>,
    ) -> Result<(), TooLarge> {
        if !self.has_zeros || !field.contains('\0') {
            return filling.put(row, column, field);
        }
        self.zero_bytes += field.bytes().filter(|byte| *byte == 0).count() as u64;
        let field = field.replace('\0', "");
        if field.is_empty() {
            return filling.widen(column);
        }
        filling.put(row, column, Cow::Owned(field))
    }
}

impl Unread for Cow<'_, str> {
    fn give(&self, take: impl FnOnce(Value<'_>)) {
        take(Value::Text(self));
    }
}

/// Excel's own first line `sep=;`, which it does not show as a row; some
/// programs write it in quotation marks.
fn stated_delimiter(text: &str) -> (Option<u8>, &str) {
    let line = text
        .find(['\r', '\n'])
        .map_or(text.len(), |end| match text.get(end..end + 2) {
            Some("\r\n") => end + 2,
            _ => end + 1,
        });
    let (first, body) = text.split_at(line);
    let first = first.trim_end_matches(['\r', '\n']);
    let bare = first
        .strip_prefix('"')
        .and_then(|inner| inner.strip_suffix('"'))
        .unwrap_or(first);
    match bare.as_bytes() {
        [s, e, p, b'=', byte]
            if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && !byte.is_ascii_alphanumeric() =>
        {
            (Some(*byte), body)
        }
        _ => (None, text),
    }
}

/// The delimiter that gives most of the first records the same number of
/// fields, and many of them.
fn likeliest(text: &str) -> u8 {
    const RECORDS: usize = 100;
    const BYTES: usize = 1 << 18;
    let mut end = text.len().min(BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut best = (0.0, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let mut records = Records::new(&text[..end], delimiter);
        let mut counts = Vec::with_capacity(RECORDS);
        while counts.len() < RECORDS && records.begin().is_some() {
            let mut fields = 1;
            while records.field().1 == Behind::Field {
                fields += 1;
            }
            counts.push(fields);
        }
        counts.sort_unstable();
        let score = evenness(&counts);
        if score > best.0 + 1e-9 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// How even sorted field counts are, times the root of the commonest count;
/// 0 where the commonest is one field.
fn evenness(counts: &[usize]) -> f64 {
    let most = counts
        .chunk_by(|a, b| a == b)
        .filter(|same| same[0] > 1)
        .max_by_key(|same| (same.len(), same[0]));
    let Some(most) = most else {
        return 0.0;
    };
    // Both are small: at most a hundred records are counted.
    #[allow(clippy::cast_precision_loss)]
    let (share, fields) = (
        most.len() as f64 / counts.len() as f64,
        most[0].min(40) as f64,
    );
    share * share * fields.sqrt()
}

/// Whether the file's last record has an odd number of quotation marks and
/// runs over lines: its quotation was never closed.
fn record_swallows_lines(record: &[u8]) -> bool {
    let text = record.trim_ascii();
    let marks = text.iter().filter(|byte| **byte == b'"').count();
    marks % 2 == 1 && text.contains(&b'\n')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{likeliest, read};
    use crate::data::Cell;

    fn text(cell: &Cell) -> String {
        cell.text().into_owned()
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_even_rows() {
        assert_eq!(likeliest("a,b,c\n1,2,3\n"), b',');
        assert_eq!(likeliest("a;b;c\n1,5;2;3\n1;2,5;3\n"), b';');
        assert_eq!(likeliest("a\tb\n1\t2\n"), b'\t');
        assert_eq!(likeliest("a|b\n1|2\n"), b'|');
        // Multi-select answers hold semicolons; quotations hold commas.
        assert_eq!(likeliest("q,\"a, b\",d\nx;y;,1,2\nz;,1,2\n"), b',');
        assert_eq!(likeliest("only\n1\n"), b',');
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        let read = read("\r\n\r\na,b\r\n1,\"x\r\ny\"\r\n\r\n2,z\r\n").unwrap();
        assert_eq!(read.widths, [0, 0, 2, 2, 0, 2]);
        assert_eq!(text(read.grid.cell(2, 0)), "a");
        assert_eq!(text(read.grid.cell(3, 1)), "x\r\ny");
        assert_eq!(text(read.grid.cell(5, 1)), "z");
        assert_eq!(read.unclosed, None);
    }

    #[test]
    fn old_line_ends_and_a_stated_separator_are_read() {
        assert_eq!(read("a,b\r1,2\r\r3,4\r").unwrap().widths, [2, 2, 0, 2]);
        let stated = read("sep=;\r\na;b,c\r\n").unwrap();
        assert_eq!((stated.delimiter, stated.widths), (';', vec![2]));
        for first in ["\"sep=|\"\r", "Sep=|\n"] {
            let stated = read(&format!("{first}a|b,c,d\n1|2\n")).unwrap();
            assert_eq!((stated.delimiter, stated.widths), ('|', vec![2, 2]));
        }
        // A column of that name is no statement.
        assert_eq!(read("sep=ab,c\n1,2\n").unwrap().widths, [2, 2]);
    }

    #[test]
    fn zero_bytes_are_left_out_and_counted() {
        let read = read("\0,2,a\0b\n").unwrap();
        assert_eq!(read.zero_bytes, 2);
        assert_eq!(text(read.grid.cell(0, 0)), "");
        assert_eq!(text(read.grid.cell(0, 2)), "ab");
    }

    #[test]
    fn a_quotation_that_never_ends_is_found() {
        let open = read("a,b\n1,2\n\"3,4\n5,6\n").unwrap();
        assert_eq!(open.unclosed, Some(2));
        assert_eq!(read("a,b\n1,5\" pipe\n").unwrap().unclosed, None);
    }
}
