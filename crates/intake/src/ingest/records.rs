//! Delimited text taken apart into records and fields by the rules of the csv
//! crate's reader (a test holds it to them), but in place: a field is a piece
//! of the text wherever it can be one. Interprets no value.

use std::borrow::Cow;

/// What stands behind a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    /// Another field of the record.
    Field,
    /// The end of the record.
    End,
}

/// One in each of eight bytes.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The records of a text, one field after the other.
pub(crate) struct Records<'a> {
    text: &'a str,
    at: usize,
    delimiter: u8,
    /// What ends a field outside quotation marks, each eight times over.
    ends: [u64; 3],
    /// The last record ended in a carriage return: a line feed right behind
    /// it belongs to it.
    after_return: bool,
}

impl<'a> Records<'a> {
    pub(crate) fn new(text: &'a str, delimiter: u8) -> Self {
        Self {
            text,
            // The reader passes over one byte order mark.
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            delimiter,
            ends: [delimiter, b'\n', b'\r'].map(|byte| u64::from(byte) * ONES),
            after_return: false,
        }
    }

    /// The byte that is next.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// Goes to the next record: how many blank lines stand before it.
    pub(crate) fn begin(&mut self) -> Option<usize> {
        let mut blank = 0;
        loop {
            match self.byte(self.at)? {
                b'\n' if self.after_return => self.after_return = false,
                b'\n' => blank += 1,
                b'\r' => {
                    blank += 1;
                    self.after_return = true;
                }
                _ => {
                    self.after_return = false;
                    return Some(blank);
                }
            }
            self.at += 1;
        }
    }

    /// The next field of the record.
    pub(crate) fn field(&mut self) -> (Cow<'a, str>, Behind) {
        if self.byte(self.at) == Some(b'"') {
            return self.quoted();
        }
        let end = self.end_of_field(self.at);
        let field = self.piece(self.at, end);
        (Cow::Borrowed(field), self.close(end))
    }

    /// A field that begins with a quotation mark; two are one of its
    /// characters. What stands behind the closing mark belongs to it too.
    fn quoted(&mut self) -> (Cow<'a, str>, Behind) {
        let mut field = Cow::Borrowed("");
        let mut from = self.at + 1;
        let end = loop {
            let rest = self.text.as_bytes().get(from..).unwrap_or_default();
            let Some(mark) = rest.iter().position(|byte| *byte == b'"') else {
                append(&mut field, self.piece(from, self.text.len()));
                break self.text.len();
            };
            let mark = from + mark;
            if self.byte(mark + 1) == Some(b'"') {
                append(&mut field, self.piece(from, mark + 1));
                from = mark + 2;
                continue;
            }
            let end = self.end_of_field(mark + 1);
            append(&mut field, self.piece(from, mark));
            append(&mut field, self.piece(mark + 1, end));
            break end;
        };
        (field, self.close(end))
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Fields end at ASCII characters, so a piece has whole characters.
    fn piece(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Looks at eight bytes at once.
    fn end_of_field(&self, from: usize) -> usize {
        let mut rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let mut at = from;
        while let Some((eight, behind)) = rest.split_first_chunk::<8>() {
            let found = self.ends_in(u64::from_le_bytes(*eight));
            if found != 0 {
                let before = usize::try_from(found.trailing_zeros() / 8).unwrap_or(0);
                return at + before;
            }
            rest = behind;
            at += 8;
        }
        let is_end = |byte: &u8| *byte == self.delimiter || matches!(*byte, b'\n' | b'\r');
        at + rest.iter().position(is_end).unwrap_or(rest.len())
    }

    /// The highest bit of the first byte that ends a field, with those above
    /// it in any state; nothing where none does. Of the bytes that differ
    /// from one that is sought, the first that is nought borrows.
    fn ends_in(&self, eight: u64) -> u64 {
        self.ends.iter().fold(0, |found, end| {
            let differs = eight ^ end;
            found | (differs.wrapping_sub(ONES) & !differs & (ONES << 7))
        })
    }

    /// Passes over what ends a field.
    fn close(&mut self, end: usize) -> Behind {
        let Some(byte) = self.byte(end) else {
            self.at = end;
            return Behind::End;
        };
        self.at = end + 1;
        if byte == self.delimiter {
            return Behind::Field;
        }
        self.after_return = byte == b'\r';
        Behind::End
    }
}

fn append<'a>(field: &mut Cow<'a, str>, piece: &'a str) {
    if field.is_empty() {
        *field = Cow::Borrowed(piece);
    } else if !piece.is_empty() {
        field.to_mut().push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::{Behind, Records};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn ours(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut records = Records::new(text, delimiter);
        let mut all = Vec::new();
        while records.begin().is_some() {
            let mut record = Vec::new();
            loop {
                let (field, behind) = records.field();
                record.push(field.into_owned());
                if behind == Behind::End {
                    break;
                }
            }
            all.push(record);
        }
        all
    }

    fn of_the_crate(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes())
            .records()
            .flatten()
            .map(|record| record.iter().map(str::to_owned).collect())
            .collect()
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_crate(
            text in "([a\u{e9}\",;\\t |\r\n\u{feff}]|[a-z]{1,20}){0,40}",
            delimiter in 0..5_usize,
        ) {
            let delimiter = b",;\t|\""[delimiter];
            prop_assert_eq!(ours(&text, delimiter), of_the_crate(&text, delimiter));
        }
    }

    #[test]
    fn a_field_is_a_piece_of_the_text_where_it_can_be() {
        use std::borrow::Cow;
        let mut records = Records::new("\"a,b\",c,\"d\"\"e\"x\r\n", b',');
        assert_eq!(records.begin(), Some(0));
        let fields = [records.field(), records.field(), records.field()];
        assert!(matches!(fields[0], (Cow::Borrowed("a,b"), Behind::Field)));
        assert!(matches!(fields[1], (Cow::Borrowed("c"), Behind::Field)));
        assert_eq!(fields[2], (Cow::Owned("d\"ex".to_owned()), Behind::End));
        assert_eq!(records.begin(), None);
    }
}
