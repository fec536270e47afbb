//! Columns of numbers that are written as text: how thousands and decimals
//! are marked, for each column from all of its rows, and which marks stand for
//! no value. Makes no zero of a mark and no number of a word.

use super::findings::{Places, finding};
use super::grid::relabel;
use super::numerals::{self, Decision};
use crate::data::{Cell, NumberStyle, Role, SourceRule, Table, TableColumn};
use crate::vocabulary::{cells, missing, text};
use staywise_core::domain::{Finding, Severity};
use std::collections::BTreeMap;

/// Settles every column of numbers of a table.
pub(crate) fn settle(table: &mut Table, rule: &SourceRule) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in 0..table.columns.len() {
        if !holds_numbers(&table.columns[at]) {
            continue;
        }
        if let Some(style) = rule.numbers {
            found.extend(as_stated(table, at, style));
            relabel(&mut table.columns[at].cells, |cell| read(cell, style));
            found.extend(marks(table, at));
            continue;
        }
        let decision = numerals::decide(texts(&table.columns[at]));
        let asked = table.columns[at].role == Role::Question;
        let has_commas = matches!(
            decision,
            Decision::Style(NumberStyle::DecimalComma) | Decision::Mixed
        );
        if asked && has_commas {
            // Several codes chosen are joined by commas: `1,5`.
            found.push(numbers_or_lists(table, at));
            continue;
        }
        found.extend(doubt(table, at, decision));
        let style = match decision {
            Decision::Style(style) => style,
            Decision::Either | Decision::Mixed => NumberStyle::DecimalPoint,
        };
        relabel(&mut table.columns[at].cells, |cell| read(cell, style));
        found.extend(marks(table, at));
    }
    found
}

/// What is to be said where the study states how numbers are written: of
/// those that can be read either way, and of those that cannot be read so.
fn as_stated(table: &Table, at: usize, style: NumberStyle) -> Vec<Finding> {
    let (other, mark) = match style {
        NumberStyle::DecimalPoint => (NumberStyle::DecimalComma, "decimal point"),
        NumberStyle::DecimalComma => (NumberStyle::DecimalPoint, "decimal comma"),
    };
    let Some(column) = table.columns.get(at) else {
        return Vec::new();
    };
    let both = |cell: &Cell| match cell {
        Cell::Text(text) => [style, other].map(|style| numerals::read(text, style)),
        _ => [None, None],
    };
    let said = |places: Places, rule, message: String, remedy| {
        (places.count > 0).then(|| Finding {
            count: places.count,
            ..finding(
                rule,
                table.origin(places.first, Some(column)),
                &message,
                remedy,
            )
        })
    };
    let depends = said(
        Places::of(column, |cell| {
            let [own, other] = both(cell);
            own.is_some() && own != other
        }),
        ("numbers-as-stated", Severity::Note),
        format!("Numbers with a comma or point were read with a {mark}, as the study says."),
        "If that is wrong, change `numbers` for this source in staywise.toml.",
    );
    let otherwise = said(
        Places::of(column, |cell| {
            let [own, other] = both(cell);
            own.is_none() && other.is_some()
        }),
        ("numbers-mixed", Severity::Warning),
        format!(
            "Some numbers cannot be read with a {mark}, as the study says; they were left as \
                 text."
        ),
        "Mend the numbers in the file, or change `numbers` for this source in staywise.toml.",
    );
    depends.into_iter().chain(otherwise).collect()
}

/// Whether at least four in five of what a column of a fitting role holds are
/// numbers, in either style.
fn holds_numbers(column: &TableColumn) -> bool {
    let fits = matches!(
        column.role,
        Role::Question
            | Role::Unknown
            | Role::Fte
            | Role::Age
            | Role::Hours
            | Role::SupernumeraryHours
            | Role::ProtectedHours
            | Role::MeetingNumber
            | Role::Duration
    );
    if !fits {
        return false;
    }
    let (mut numbers, mut others) = (0_u64, 0_u64);
    for (cell, count) in column.cells.pool.iter().zip(column.cells.counts()) {
        match cell {
            Cell::Number(_) => numbers += count,
            Cell::Text(text) if missing::is_missing(text) => {}
            Cell::Text(text) if is_numeral(text) => numbers += count,
            Cell::Empty | Cell::Fault(_) => {}
            _ => others += count,
        }
    }
    numbers > 0 && numbers >= 4 * others
}

fn is_numeral(text: &str) -> bool {
    [NumberStyle::DecimalPoint, NumberStyle::DecimalComma]
        .iter()
        .any(|style| numerals::read(text, *style).is_some())
}

fn texts(column: &TableColumn) -> impl Iterator<Item = &str> {
    column.cells.pool.iter().filter_map(|cell| match cell {
        Cell::Text(text) => Some(&**text),
        _ => None,
    })
}

/// A text as a number, where later stages would not read it or would read it
/// otherwise. Per cent are hundredths, as they read them.
fn read(cell: &Cell, style: NumberStyle) -> Option<Cell> {
    let Cell::Text(words) = cell else {
        return None;
    };
    let number = numerals::read(words, style)?;
    let number = if words.contains('%') {
        number / 100.0
    } else {
        number
    };
    let as_it_is = cells::number(cell);
    (as_it_is.map(f64::to_bits) != Some(number.to_bits())).then_some(Cell::Number(number))
}

fn numbers_or_lists(table: &Table, at: usize) -> Finding {
    finding(
        ("numbers-or-lists", Severity::Warning),
        table.origin(None, table.columns.get(at)),
        "Answers such as 1,5 may be numbers with a decimal comma or several codes that were \
         chosen; they were left as text.",
        "If they are numbers, say so: `numbers = \"decimal comma\"` for this source in \
         staywise.toml; if they are codes, export the choices as text.",
    )
}

/// What is to be said where the decimal mark is not plain.
fn doubt(table: &Table, at: usize, decision: Decision) -> Option<Finding> {
    let column = table.columns.get(at)?;
    let places = Places::of(column, |cell| match cell {
        Cell::Text(text) => {
            let both = [NumberStyle::DecimalPoint, NumberStyle::DecimalComma]
                .map(|style| numerals::read(text, style));
            match decision {
                Decision::Mixed => both[0].is_none() && both[1].is_some(),
                _ => both[0] != both[1],
            }
        }
        _ => false,
    });
    let (rule, message, remedy) = match decision {
        Decision::Style(NumberStyle::DecimalPoint) => return None,
        Decision::Style(NumberStyle::DecimalComma) => (
            ("decimal-comma", Severity::Note),
            "Numbers have a decimal comma, as 1.234,5; they were read so, as this cell and others \
             can be read in no other way.",
            "If that is wrong, say so: `numbers = \"decimal point\"` for this source in staywise.toml.",
        ),
        Decision::Either => (
            ("numbers-either-way", Severity::Note),
            "Every number with a comma or point could be written the UK way or the continental \
             one; the UK way was taken: 1,234 is a thousand and more, 1.234 is one and a bit.",
            "If that is wrong, say so: `numbers = \"decimal comma\"` for this source in staywise.toml.",
        ),
        Decision::Mixed => (
            ("numbers-mixed", Severity::Warning),
            "Some numbers have a decimal point and others a decimal comma, so none between them \
             can be trusted; those with a comma were left as text.",
            "Mend the numbers in the file: write all of them one way. If those of one way are typing \
             errors, say which way is meant: `numbers = \"decimal comma\"` for this source in \
             staywise.toml.",
        ),
    };
    Some(Finding {
        count: places.count,
        ..finding(
            rule,
            table.origin(places.first, Some(column)),
            message,
            remedy,
        )
    })
}

/// The marks for no value in a column of numbers, each with its count.
fn marks(table: &Table, at: usize) -> Option<Finding> {
    let column = table.columns.get(at)?;
    let is_mark = |cell: &Cell| match cell {
        Cell::Text(words) => !cell.is_blank() && missing::is_missing(words),
        Cell::Fault(_) => true,
        _ => false,
    };
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (cell, count) in column.cells.pool.iter().zip(column.cells.counts()) {
        if count > 0 && is_mark(cell) {
            *counts.entry(text::tidy(&cell.text())).or_default() += count;
        }
    }
    let places = Places::of(column, is_mark);
    let listed: Vec<String> = counts
        .iter()
        .map(|(mark, count)| format!("`{mark}` {count}"))
        .collect();
    (places.count > 0).then(|| Finding {
        count: places.count,
        ..finding(
            ("missing-marks", Severity::Note),
            table.origin(places.first, Some(column)),
            &format!(
                "Marks that stand for no value, taken as missing and never as nought: {}.",
                listed.join(", ")
            ),
            "",
        )
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::data::{Cell, Holds, NumberStyle, SourceRule, Table};
    use crate::ingest::{Input, Reading, read};

    fn reading(text: &str) -> Reading {
        let rule = SourceRule {
            holds: Some(Holds::Other),
            ..SourceRule::default()
        };
        let input = Input {
            name: "x.csv",
            bytes: text.as_bytes(),
        };
        read(input, &rule).remove(0)
    }

    fn stated(text: &str, numbers: NumberStyle) -> Reading {
        let rule = SourceRule {
            holds: Some(Holds::Other),
            numbers: Some(numbers),
            ..SourceRule::default()
        };
        let input = Input {
            name: "x.csv",
            bytes: text.as_bytes(),
        };
        read(input, &rule).remove(0)
    }

    fn numbers(table: &Table, column: usize) -> Vec<Option<f64>> {
        let cells = &table.columns[column].cells;
        (0..table.rows())
            .map(|row| crate::vocabulary::cells::number(cells.cell(row)))
            .collect()
    }

    fn said(reading: &Reading, rule: &str) -> Vec<(u64, String)> {
        let of_rule = reading.findings.iter().filter(|f| f.rule == rule);
        of_rule.map(|f| (f.count, f.message.clone())).collect()
    }

    #[test]
    fn t40_thousands_commas_are_numbers_and_a_dash_is_no_nought() {
        let read = reading(
            "Team,Heads,Cost\nA,\"1,234\",\"1,5\"\nB,-,\"1.234,5\"\nC,..,\"(2,25)\"\nD,(12),[c]\n\
             E,\"2,345\",7\nF,3-,8\n",
        );
        let table = &read.tables[0];
        assert_eq!(
            numbers(table, 1),
            [
                Some(1234.0),
                None,
                None,
                Some(-12.0),
                Some(2345.0),
                Some(-3.0)
            ]
        );
        assert_eq!(
            numbers(table, 2),
            [
                Some(1.5),
                Some(1234.5),
                Some(-2.25),
                None,
                Some(7.0),
                Some(8.0)
            ]
        );
        assert_eq!(said(&read, "numbers-either-way").len(), 1);
        assert_eq!(said(&read, "decimal-comma").len(), 1);
        let marks = said(&read, "missing-marks");
        assert_eq!(marks[0].0, 2);
        assert!(marks[0].1.contains("`-` 1, `..` 1"), "{}", marks[0].1);
        assert!(marks[1].1.contains("`[c]` 1"), "{}", marks[1].1);
    }

    #[test]
    fn t40_the_study_may_say_how_numbers_are_written() {
        let text = "Team,Heads,Cost\nA,1.234,\"1,5\"\nB,2.345,1.5\nC,12,7\n";
        let comma = stated(text, NumberStyle::DecimalComma);
        let table = &comma.tables[0];
        assert_eq!(numbers(table, 1), [Some(1234.0), Some(2345.0), Some(12.0)]);
        assert_eq!(numbers(table, 2)[0], Some(1.5));
        let told = said(&comma, "numbers-as-stated");
        assert_eq!(told[0].0, 2);
        assert!(told[0].1.contains("decimal comma"), "{}", told[0].1);
        // 1.5 has no decimal comma, and no thousand of one digit.
        assert_eq!(said(&comma, "numbers-mixed")[0].0, 1);
        let point = stated(text, NumberStyle::DecimalPoint);
        assert_eq!(numbers(&point.tables[0], 1)[0], Some(1.234));
        assert!(said(&point, "numbers-either-way").is_empty());
    }

    #[test]
    fn t11_999_is_a_number_where_no_layout_says_otherwise() {
        let read = reading("Team,Days\nA,999\nB,-99\nC,12\n");
        assert_eq!(
            numbers(&read.tables[0], 1),
            [Some(999.0), Some(-99.0), Some(12.0)]
        );
        assert!(said(&read, "missing-marks").is_empty());
    }

    #[test]
    fn codes_joined_by_commas_are_no_numbers() {
        let rule = SourceRule {
            holds: Some(Holds::Survey),
            ..SourceRule::default()
        };
        let input = Input {
            name: "x.csv",
            bytes: b"ID,Why did you stay here this year?\n1,\"1,2\"\n2,3\n3,\"1,3\"\n4,2\n5,1\n",
        };
        let read = read(input, &rule).remove(0);
        let asked = &read.tables[0].columns[1];
        assert_eq!(asked.cells.cell(0), &Cell::Text("1,2".into()));
        assert_eq!(said(&read, "numbers-or-lists").len(), 1);
    }

    #[test]
    fn words_stay_words_and_numbers_as_they_are_stay_text() {
        let read = reading("Code,Share\nA1,45%\n007,50%\nB2,55.5%\n");
        let table = &read.tables[0];
        assert_eq!(table.columns[0].cells.cell(1), &Cell::Text("007".into()));
        assert_eq!(table.columns[1].cells.cell(0), &Cell::Text("45%".into()));
    }

    #[test]
    fn numbers_of_both_kinds_are_told_and_not_guessed() {
        let read = reading("Team,Cost\nA,\"1,5\"\nB,2.5\nC,\"3,75\"\nD,4\nE,5\nF,6\n");
        let told = said(&read, "numbers-mixed");
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].0, 2);
        let numbers = numbers(&read.tables[0], 1);
        assert_eq!(numbers[..3], [None, Some(2.5), None]);
    }
}
