//! Bytes to text: UTF-8, UTF-16 by its byte order mark, else Windows-1252, and
//! which it was. Every byte becomes some character; none is dropped.

use std::borrow::Cow;

/// Text with the encoding it was in.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// The encoding's name, as `check` says it.
    pub(crate) encoding: &'static str,
}

/// Decodes a text file.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return utf8_or_windows(rest, "UTF-8 with BOM");
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(encoding_rs::UTF_16LE, rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(encoding_rs::UTF_16BE, rest);
    }
    match zero_bytes(bytes) {
        Zeros::InOddPlaces => utf16(encoding_rs::UTF_16LE, bytes),
        Zeros::InEvenPlaces => utf16(encoding_rs::UTF_16BE, bytes),
        Zeros::Few | Zeros::Many => utf8_or_windows(bytes, "UTF-8"),
    }
}

fn utf8_or_windows<'a>(bytes: &'a [u8], utf8: &'static str) -> Decoded<'a> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: Cow::Borrowed(text),
            encoding: utf8,
        };
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    Decoded {
        text,
        encoding: "Windows-1252",
    }
}

fn utf16<'a>(encoding: &'static encoding_rs::Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text,
        encoding: encoding.name(),
    }
}

/// Where a file's zero bytes are: text in UTF-16 has them in every other
/// place, a text file in one byte has next to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zeros {
    Few,
    InOddPlaces,
    InEvenPlaces,
    Many,
}

/// Looks at the beginning of a file for zero bytes.
pub(crate) fn zero_bytes(bytes: &[u8]) -> Zeros {
    let start = &bytes[..bytes.len().min(4096)];
    let mut zeros = [0_usize; 2];
    for (place, byte) in start.iter().enumerate() {
        if *byte == 0 {
            zeros[place % 2] += 1;
        }
    }
    let [even, odd] = zeros;
    let many = start.len() / 5;
    match (even > many, odd > many) {
        _ if (even + odd) * 50 <= start.len() || even + odd < 2 => Zeros::Few,
        (false, true) if even * 20 < odd => Zeros::InOddPlaces,
        (true, false) if odd * 20 < even => Zeros::InEvenPlaces,
        _ => Zeros::Many,
    }
}

#[cfg(test)]
mod tests {
    use super::{Zeros, decode, zero_bytes};

    #[test]
    fn each_encoding_is_read_and_named() {
        let of = |bytes: &[u8]| {
            let decoded = decode(bytes);
            (decoded.text.into_owned(), decoded.encoding)
        };
        assert_eq!(of("é–".as_bytes()), ("é–".into(), "UTF-8"));
        assert_eq!(of(b"\xef\xbb\xbfa"), ("a".into(), "UTF-8 with BOM"));
        assert_eq!(of(b"\xff\xfea\0,\0"), ("a,".into(), "UTF-16LE"));
        assert_eq!(of(b"\xfe\xff\0a\0,"), ("a,".into(), "UTF-16BE"));
        assert_eq!(of(b"a\0,\0b\0\n\0"), ("a,b\n".into(), "UTF-16LE"));
        // 0x96 is an en dash, 0x92 an apostrophe as Excel saves them.
        assert_eq!(
            of(b"Don\x92t \x96"),
            ("Don\u{2019}t \u{2013}".into(), "Windows-1252")
        );
    }

    #[test]
    fn a_file_of_many_zeros_is_no_text() {
        assert_eq!(zero_bytes(&[0; 100]), Zeros::Many);
        assert_eq!(zero_bytes(b"\0,2,3\na,b,c\n"), Zeros::Few);
        assert_eq!(zero_bytes(b""), Zeros::Few);
    }
}
