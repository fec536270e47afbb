//! Names that Excel takes: of sheets, of tables, of columns; and texts cut to
//! what a cell holds. Every cut is said in words.

use std::collections::BTreeSet;

/// The longest name of a sheet, in UTF-16 units.
const LONGEST_SHEET: usize = 31;
/// The longest heading of a table's column.
const LONGEST_HEADING: usize = 255;
/// The longest text of a cell.
const LONGEST_TEXT: usize = 32_767;
/// What stands at the end of a text that was cut.
const CUT: &str = " … (cut here: a cell holds no more)";

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The first characters of a text, at most so many UTF-16 units of them.
pub(in crate::export) fn first(text: &str, most: usize) -> &str {
    let mut used = 0;
    for (at, letter) in text.char_indices() {
        used += letter.len_utf16();
        if used > most {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// A text that a cell holds.
pub(in crate::export) fn held(text: &str) -> String {
    // XML has no place for most control characters.
    let text: String = text
        .chars()
        .map(|c| match c {
            '\n' => c,
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => ' ',
            c => c,
        })
        .collect();
    if units(&text) <= LONGEST_TEXT {
        return text;
    }
    format!("{}{CUT}", first(&text, LONGEST_TEXT - units(CUT)))
}

/// Cut at the last word that fits, never inside one where there are two.
pub(super) fn words(text: &str, most: usize) -> &str {
    let cut = first(text, most);
    if cut.len() == text.len() {
        return cut;
    }
    let end = text.get(cut.len()..).unwrap_or_default();
    let whole = if end.starts_with(' ') {
        cut
    } else {
        cut.rfind(' ')
            .and_then(|at| cut.get(..at))
            .unwrap_or_default()
    };
    let whole = whole.trim_end_matches([' ', ',', '.', ':', ';', '-']);
    if whole.is_empty() { cut } else { whole }
}

/// A name of a sheet that says how it begins and how it ends: what a table is
/// by stands last.
fn shortened(text: &str) -> String {
    if units(text) <= LONGEST_SHEET {
        return text.to_owned();
    }
    let tails = text.rmatch_indices(' ').map(|(at, _)| &text[at + 1..]);
    let tail = tails.take(2).filter(|tail| units(tail) <= 16).last();
    let Some(tail) = tail else {
        return words(text, LONGEST_SHEET).to_owned();
    };
    let head = words(text, LONGEST_SHEET - units(tail) - 2);
    format!("{head}… {tail}")
}

/// Names of sheets, each once. A number in front keeps them apart and in order.
#[derive(Debug, Default)]
pub(super) struct SheetNames(BTreeSet<String>);

impl SheetNames {
    /// A name that Excel takes, made from what a sheet shows.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let clean: String = wanted
            .chars()
            .map(|c| match c {
                '[' | ']' | ':' | '*' | '?' | '/' | '\\' => ' ',
                c if c.is_control() => ' ',
                c => c,
            })
            .collect();
        let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        let clean = clean.trim_matches('\'').trim();
        // Excel keeps `History` to itself.
        let clean = match clean {
            "" => "Sheet",
            name if name.eq_ignore_ascii_case("history") => "History of the figures",
            name => name,
        };
        let mut name = shortened(clean).trim_end_matches('\'').to_owned();
        let mut copy = 2;
        while !self.0.insert(name.to_lowercase()) {
            let end = format!(" ({copy})");
            let start = first(clean, LONGEST_SHEET - end.len()).trim_end_matches([' ', '\'']);
            name = format!("{start}{end}");
            copy += 1;
        }
        name
    }
}

/// Headings of a table: none empty, no two the same whatever their case.
pub(super) fn headings<'a>(wanted: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    wanted
        .enumerate()
        .map(|(index, heading)| {
            let heading = held(heading).replace('\n', " ");
            let base = match first(heading.trim(), LONGEST_HEADING) {
                "" => format!("Column {}", index + 1),
                heading => heading.to_owned(),
            };
            let mut name = base.clone();
            let mut copy = 2;
            while !taken.insert(name.to_lowercase()) {
                let end = format!(" ({copy})");
                name = format!("{}{end}", first(&base, LONGEST_HEADING - end.len()));
                copy += 1;
            }
            name
        })
        .collect()
}

/// The name of a table: `table_3_intention_to_stay_by_site`.
pub(super) fn table(number: usize, what: &str) -> String {
    let mut name = format!("table_{number}");
    for word in what.split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if name.len() + word.len() > 80 {
            break;
        }
        name.push('_');
        name.push_str(&word.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{SheetNames, first, headings, held, table, units, words};

    #[test]
    fn sheets_have_names_that_excel_takes_and_each_its_own() {
        let mut names = SheetNames::default();
        let long = "1 Still in post at 12 months, by ethnic group and programme";
        let taken: Vec<String> = [long, long, "a[b]:c*?/\\", "'", "", "HISTORY", "x", "X"]
            .into_iter()
            .map(|wanted| names.take(wanted))
            .collect();
        assert_eq!(
            taken,
            [
                "1 Still in post… and programme",
                "1 Still in post at 12 month (2)",
                "a b c",
                "Sheet",
                "Sheet (2)",
                "History of the figures",
                "x",
                "X (2)",
            ]
        );
        let by = "9 Intention to stay, by staff group";
        assert_eq!(names.take(by), "9 Intention to… staff group");
        // No spaces to cut at, and letters that are two units each.
        let wide = names.take(&"🙂".repeat(40));
        assert!(units(&wide) <= 31 && !wide.is_empty(), "{wide}");
        for name in &taken {
            assert!(rust_xlsxwriter::utility::check_sheet_name(name).is_ok());
        }
    }

    #[test]
    fn texts_are_cut_in_words() {
        assert_eq!(held("a\u{1}b\nc"), "a b\nc");
        let long = held(&"é".repeat(40_000));
        assert_eq!(units(&long), 32_767);
        assert!(long.ends_with("(cut here: a cell holds no more)"));
        assert_eq!(first("🙂🙂", 3), "🙂");
        assert_eq!(words("by site, ward", 8), "by site");
        assert_eq!(words("by site, ward", 9), "by site");
        assert_eq!(words("bysite", 3), "bys");
    }

    #[test]
    fn headings_are_there_and_apart() {
        let got = headings(["Site", "", "site", "Site"].into_iter());
        assert_eq!(got, ["Site", "Column 2", "site (2)", "Site (3)"]);
        let long = "x".repeat(300);
        let got = headings([long.as_str(), long.as_str()].into_iter());
        assert!(got.iter().all(|h| units(h) == 255) && got[0] != got[1]);
    }

    #[test]
    fn tables_are_named_after_what_they_show() {
        assert_eq!(
            table(3, "Intention to stay, by site"),
            "table_3_intention_to_stay_by_site"
        );
        assert_eq!(table(1, "=é!"), "table_1");
        assert!(table(1, &"word ".repeat(80)).len() < 90);
    }
}
