//! Tables of cells taken from words that headers, titles, notes and data are
//! made of, so that the header finder sees what looks like a table.

#![no_main]

use libfuzzer_sys::fuzz_target;
use staywise_fuzz::{end_at_our_own_panics, read_and_hold};

const WORDS: [&str; 48] = [
    "", "", "", "Employee Number", "Start Date", "Leaving Date", "Staff Group", "Name", "Total",
    "Grand Total", "Note: rounded", "Source: a return", "1", "2", "999", "1,234", "1.234,5", "-",
    "..", "[c]", "*", "n/a", "01/02/2026", "2026-03-31", "31/12/2025", "45291", "Mar-24", "Q1",
    "2011-12", "I intend to stay", "Agree", "Strongly disagree", "Yes", "No", "a;b;", "a; b",
    "Response ID", "Email", "p1@example.org", "Timestamp", "Nursing", "A", "Z", "12.5%", "(3)",
    "=1+1", "#N/A", "Unnamed",
];

fuzz_target!(init: end_at_our_own_panics(), |data: &[u8]| {
    let Some((width, rest)) = data.split_first() else {
        return;
    };
    let width = usize::from(width % 12) + 1;
    let mut text = String::new();
    for row in rest.chunks(width) {
        let cells: Vec<String> = row
            .iter()
            .map(|byte| format!("\"{}\"", WORDS[usize::from(*byte) % WORDS.len()]))
            .collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    read_and_hold("table.csv", text.as_bytes());
});
