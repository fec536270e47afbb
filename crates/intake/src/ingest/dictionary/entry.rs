//! A field of a data dictionary: its words, its choices, what stands for no
//! answer. Reads a dictionary's table only.

use crate::data::{Table, TableColumn};
use crate::vocabulary::text;
use std::collections::BTreeMap;

/// What sort of answers a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// One of its choices.
    One,
    /// Several of its choices.
    Several,
    /// A figure: a calculation, a slider, or a text that must be one.
    Number,
    /// A date.
    Date,
    /// Free text of any length: never an item.
    Notes,
    /// A text, typed by what it holds.
    Text,
    /// A heading, a file or a signature.
    NoAnswer,
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) sort: Sort,
    /// Codes with labels.
    pub(super) choices: Vec<(String, String)>,
    /// Codes that stand for no answer.
    pub(super) missing: Vec<String>,
    /// Whether the project marks it as identifying people.
    pub(super) identifies: bool,
}

/// The fields of a dictionary by name.
pub(super) fn read(table: &Table) -> BTreeMap<String, Entry> {
    let column = |names: [&str; 2]| {
        let found = table
            .columns
            .iter()
            .find(|c| names.contains(&text::fold(&c.header).as_str()));
        move |row: usize| -> String {
            found.map_or(String::new(), |c: &TableColumn| {
                c.cells.cell(row).text().trim().to_owned()
            })
        }
    };
    let name = column(["variable / field name", "field_name"]);
    let field_type = column(["field type", "field_type"]);
    let label = column(["field label", "field_label"]);
    let choices = column([
        "choices, calculations, or slider labels",
        "select_choices_or_calculations",
    ]);
    let validation = column([
        "text validation type or show slider number",
        "text_validation_type_or_show_slider_number",
    ]);
    let identifier = column(["identifier?", "identifier"]);
    let annotation = column(["field annotation", "field_annotation"]);
    let mut fields = BTreeMap::new();
    for row in 0..table.rows() {
        let own = name(row);
        if own.is_empty() {
            continue;
        }
        let field_type = text::fold(&field_type(row));
        let entry = Entry {
            label: plain(&label(row)),
            sort: sort(&field_type, &text::fold(&validation(row))),
            choices: choices_of(&field_type, &choices(row)),
            missing: declared_missing(&annotation(row)),
            identifies: text::fold(&identifier(row)).starts_with('y'),
            name: own.clone(),
        };
        fields.insert(text::fold(&own), entry);
    }
    fields
}

fn sort(field_type: &str, validation: &str) -> Sort {
    match field_type {
        "radio" | "dropdown" | "yesno" | "truefalse" | "select" => Sort::One,
        "checkbox" => Sort::Several,
        "calc" | "slider" => Sort::Number,
        "notes" => Sort::Notes,
        "descriptive" | "file" | "signature" => Sort::NoAnswer,
        _ if validation.starts_with("date") => Sort::Date,
        _ if validation.starts_with("integer") || validation.starts_with("number") => Sort::Number,
        _ => Sort::Text,
    }
}

/// `1, Agree | 2, Disagree`. A calculation stands in the same column.
fn choices_of(field_type: &str, written: &str) -> Vec<(String, String)> {
    let pair = |code: &str, label: &str| (code.to_owned(), label.to_owned());
    match field_type {
        "yesno" => vec![pair("1", "Yes"), pair("0", "No")],
        "truefalse" => vec![pair("1", "True"), pair("0", "False")],
        "radio" | "dropdown" | "checkbox" | "select" => written
            .split('|')
            .filter_map(|choice| {
                let (code, label) = choice.split_once(',')?;
                Some((text::tidy(code), plain(label)))
            })
            .filter(|(code, _)| !code.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}

/// Words without the marks of rich text.
fn plain(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('<') {
        let tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.split_once('>').filter(|_| tag) {
            Some((_, behind)) => {
                out.push_str(before);
                out.push(' ');
                rest = behind;
            }
            None => {
                out.push_str(before);
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    text::tidy(&out.replace("&nbsp;", " ").replace("&amp;", "&"))
}

/// Codes that an annotation declares to stand for no answer:
/// `@MISSING=-99,-88` or `Missing: -99`.
fn declared_missing(annotation: &str) -> Vec<String> {
    let folded = text::fold(annotation);
    let Some((_, after)) = folded.split_once("missing") else {
        return Vec::new();
    };
    if folded.contains("nomissing") {
        return Vec::new();
    }
    // Up to the next tag: its figures are its own.
    let own = after.split('@').next().unwrap_or(after);
    own.split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .filter(|part| part.parse::<i64>().is_ok())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{choices_of, declared_missing, plain};

    #[test]
    fn choices_and_what_is_missing_are_read_as_declared() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            choices_of("radio", "1, Yes, definitely | -99, Not asked|x"),
            [pair("1", "Yes, definitely"), pair("-99", "Not asked")]
        );
        assert!(choices_of("calc", "round([a],1)").is_empty());
        let tags = "@MISSING=-99,-88 @CHARLIMIT=7";
        assert_eq!(declared_missing(tags), ["-99", "-88"]);
        assert_eq!(declared_missing("Missing: -99"), ["-99"]);
        assert!(declared_missing("@NOMISSING 5").is_empty());
        assert!(declared_missing("@HIDDEN -99").is_empty());
    }

    #[test]
    fn rich_text_is_shown_plain() {
        assert_eq!(plain("<div class=\"x\"><p>My work</p></div>"), "My work");
        assert_eq!(plain("score < 5 &amp; > 2"), "score < 5 & > 2");
    }
}
