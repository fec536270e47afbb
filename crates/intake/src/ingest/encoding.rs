//! Bytes to text: UTF-8, UTF-16 with a byte order mark or without, else
//! Windows-1252 or, where the bytes tell, Mac OS Roman; and which it was. Every
//! byte becomes some character; none is dropped.

use std::borrow::Cow;

/// Text with the encoding it was in.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    /// The encoding's name, as `check` says it.
    pub(crate) encoding: &'static str,
    /// Places where bytes are no character of the encoding; each became a mark
    /// of replacement.
    pub(crate) broken: u64,
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
            broken: 0,
        };
    }
    let (characters, broken) = utf8_beyond_ascii(bytes);
    if broken * 10 <= characters {
        return Decoded {
            text: String::from_utf8_lossy(bytes),
            encoding: utf8,
            broken,
        };
    }
    let (encoding, name) = if is_from_a_mac(bytes) {
        (encoding_rs::MACINTOSH, "Mac OS Roman")
    } else {
        (encoding_rs::WINDOWS_1252, "Windows-1252")
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text,
        encoding: name,
        broken: 0,
    }
}

fn utf16<'a>(encoding: &'static encoding_rs::Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let marks = || text.matches('\u{fffd}').count() as u64;
    Decoded {
        broken: if broken { marks() } else { 0 },
        encoding: encoding.name(),
        text,
    }
}

/// Characters beyond ASCII that are UTF-8, and places that are not. A file of
/// another encoding has next to none of the first.
fn utf8_beyond_ascii(bytes: &[u8]) -> (u64, u64) {
    bytes
        .utf8_chunks()
        .fold((0, 0), |(characters, broken), chunk| {
            let beyond = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            let ends = u64::from(!chunk.invalid().is_empty());
            (characters + beyond as u64, broken + ends)
        })
}

/// Whether the bytes beyond ASCII make better words in the encoding of old
/// Macs than in that of Windows: `Don\u{d5}t` is no word in the latter. Where
/// neither is better it is Windows, which is far commoner.
fn is_from_a_mac(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 10_000;
    let places = bytes.iter().enumerate().filter(|(_, byte)| **byte >= 0x80);
    let mut lead = 0_i64;
    for (at, byte) in places.take(LOOKED_AT) {
        let near = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        let around = (near(at.checked_sub(1)), near(Some(at + 1)));
        let read = |encoding: &'static encoding_rs::Encoding| {
            let one = [*byte];
            let (text, _) = encoding.decode_without_bom_handling(&one);
            text.chars().next().map_or(0, |c| fits(c, around))
        };
        lead += read(encoding_rs::MACINTOSH) - read(encoding_rs::WINDOWS_1252);
    }
    lead > 0
}

/// How well a character stands between two bytes: 1 where it makes a word or
/// a sentence, -1 where nobody writes so.
fn fits(c: char, (before, after): (u8, u8)) -> i64 {
    let letters = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
    let spaced = !before.is_ascii_alphabetic() && !after.is_ascii_alphabetic();
    match c {
        _ if c.is_lowercase() => i64::from(letters),
        _ if c.is_uppercase() && before.is_ascii_lowercase() => -1,
        _ if c.is_uppercase() => i64::from(after.is_ascii_alphabetic()),
        '\u{2019}' => i64::from(before.is_ascii_alphabetic()),
        '\u{2018}' | '\u{201c}' => {
            i64::from(!before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric())
        }
        '\u{201d}' | '\u{2026}' => i64::from(before.is_ascii_graphic()),
        '\u{2013}' | '\u{2014}' | '\u{2022}' => i64::from(spaced),
        '\u{a3}' | '\u{20ac}' => i64::from(after.is_ascii_digit()),
        _ if c.is_control() => -1,
        _ => -i64::from(before.is_ascii_lowercase() && after.is_ascii_lowercase()),
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
        // A short text of rare letters has zero bytes in either place.
        _ if odd > even && is_utf16(encoding_rs::UTF_16LE, start) => Zeros::InOddPlaces,
        _ if even > odd && is_utf16(encoding_rs::UTF_16BE, start) => Zeros::InEvenPlaces,
        (false, true) if even * 20 < odd => Zeros::InOddPlaces,
        (true, false) if odd * 20 < even => Zeros::InEvenPlaces,
        _ => Zeros::Many,
    }
}

/// Whether bytes are text in an encoding of two bytes a unit, and much of it
/// plain letters, figures and marks.
fn is_utf16(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> bool {
    // A pair of units may be cut in two at the end of what is looked at.
    let whole = &bytes[..bytes.len() - bytes.len() % 2];
    let (text, _) = encoding.decode_without_bom_handling(whole);
    let text = text.trim_end_matches('\u{fffd}');
    let (mut plain, mut all) = (0_usize, 0_usize);
    for c in text.chars() {
        let is_odd = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}');
        if is_odd || c == '\u{fffd}' {
            return false;
        }
        plain += usize::from(c.is_ascii());
        all += 1;
    }
    all > 0 && plain * 4 >= all
}

#[cfg(test)]
mod tests {
    use super::{Zeros, decode, zero_bytes};

    #[test]
    fn a_short_text_of_rare_letters_in_utf16_is_text() {
        let text = "h0,h1\n\"\u{1f600}\u{1f600}\",end\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(zero_bytes(&little), Zeros::InOddPlaces);
        assert_eq!(zero_bytes(&big), Zeros::InEvenPlaces);
    }

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
    fn bytes_of_an_old_mac_are_known_by_the_words_they_make() {
        let of = |bytes: &[u8]| {
            let decoded = decode(bytes);
            (decoded.text.into_owned(), decoded.encoding)
        };
        let mac = (
            "Don\u{2019}t, caf\u{e9} \u{2013} \u{a3}5".into(),
            "Mac OS Roman",
        );
        assert_eq!(of(b"Don\xd5t, caf\x8e \xd0 \xa35"), mac);
        for (bytes, text) in [
            (&b"caf\xe9 Don\x92t"[..], "caf\u{e9} Don\u{2019}t"),
            (b"\x93Zo\xeb\x94", "\u{201c}Zo\u{eb}\u{201d}"),
            (b"\xa9", "\u{a9}"),
            (b"\xa350", "\u{a3}50"),
            // A space garbled twice on its way: neither reading is a word.
            (b"Universe?\x8c\xe6,", "Universe?\u{152}\u{e6},"),
        ] {
            assert_eq!(of(bytes), (text.into(), "Windows-1252"));
        }
    }

    #[test]
    fn a_character_cut_in_two_spoils_no_others() {
        let mut bytes = "\u{e9}\u{2013}\u{2019}".repeat(10).into_bytes();
        bytes.pop();
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.broken), ("UTF-8", 1));
        assert!(decoded.text.starts_with("\u{e9}\u{2013}"));
        assert!(decoded.text.ends_with('\u{fffd}'));
        assert_eq!(decode(b"\xff\xfea\0,\0\x3d\xd8").broken, 1);
    }

    #[test]
    fn a_file_of_many_zeros_is_no_text() {
        assert_eq!(zero_bytes(&[0; 100]), Zeros::Many);
        assert_eq!(zero_bytes(b"\0,2,3\na,b,c\n"), Zeros::Few);
        assert_eq!(zero_bytes(b""), Zeros::Few);
    }
}
