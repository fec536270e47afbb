//! The template of a business case's inputs: what it holds reads back as it
//! was, a reader's own figures are told from those that came with the program,
//! and everything that is wrong is said at once with its place.

use crate::business_case::{GROUPS, inputs};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use staywise::export::{Template, case_template};
use staywise::ingest;
use staywise::pipeline::case_inputs::{CaseInput, Known, read_back};
use staywise_core::casemodel::{Grade, Input, SetBy};
use staywise_core::domain::{Day, Finding, Severity};
use std::io::Cursor;

fn groups() -> Vec<String> {
    GROUPS.map(str::to_owned).into()
}

fn template(inputs: &[Input], groups: &[String]) -> Vec<u8> {
    let template = Template {
        inputs,
        groups,
        prices_of: "2025-26",
        as_at: Day::from_ymd(2026, 6, 30).unwrap(),
    };
    let bytes = case_template(&template).unwrap();
    assert_eq!(bytes, case_template(&template).unwrap());
    bytes
}

fn read(name: &str, bytes: &[u8]) -> (Vec<CaseInput>, Vec<Finding>) {
    let (inputs, groups) = (inputs(), groups());
    let known = Known {
        inputs: &inputs,
        groups: &groups,
    };
    read_back(ingest::Input { name, bytes }, known)
}

/// What reading an input back gives where nothing was changed.
fn as_it_was(input: &Input) -> CaseInput {
    let from = &input.provenance;
    CaseInput {
        slug: input.slug.clone(),
        group: input.group.clone(),
        low: input.range.low,
        central: input.range.central,
        high: input.range.high,
        price_year: from.price_year.clone(),
        source: from.source.clone(),
        dated: from.dated,
        good_until: from.good_until,
        grade: from.grade,
        note: from.note.clone(),
        set_by: from.set_by,
    }
}

fn sorted(mut inputs: Vec<CaseInput>) -> Vec<CaseInput> {
    inputs.sort_by(|a, b| (&a.slug, &a.group).cmp(&(&b.slug, &b.group)));
    inputs
}

#[test]
fn a_template_that_nobody_touched_gives_back_the_same_inputs() {
    let inputs = inputs();
    let bytes = template(&inputs, &groups());
    let (read, findings) = read("inputs.xlsx", &bytes);
    assert_eq!(findings, []);
    assert_eq!(sorted(read), sorted(inputs.iter().map(as_it_was).collect()));
    // And as CSV, as a spreadsheet program shows the cells.
    let csv = as_csv(&bytes);
    let (from_csv, findings) = self::read("inputs.csv", csv.as_bytes());
    assert_eq!(findings, []);
    assert_eq!(
        sorted(from_csv),
        sorted(inputs.iter().map(as_it_was).collect())
    );
}

/// The sheet of inputs as CSV, dates as a British spreadsheet shows them and
/// money with pound signs and commas.
fn as_csv(bytes: &[u8]) -> String {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    assert_eq!(book.sheet_names(), ["Read me", "Inputs"]);
    let range = book.worksheet_range("Inputs").unwrap();
    let mut csv = csv::Writer::from_writer(Vec::new());
    for row in range.rows() {
        let unit = row[3].to_string();
        let cells = row.iter().map(|cell| match cell {
            Data::DateTime(at) => {
                let (year, month, day, ..) = at.to_ymd_hms_milli();
                format!("{day:02}/{month:02}/{year}")
            }
            Data::Float(n) if unit == "share" => format!("{:.1}%", n * 100.0),
            Data::Float(n) if unit.starts_with("pounds") && *n >= 1000.0 => {
                format!("£{},{:06.2}", (n / 1000.0).trunc(), n % 1000.0)
            }
            Data::Float(n) if unit.starts_with("pounds") => format!("£{n:.2}"),
            cell => cell.to_string(),
        });
        csv.write_record(cells).unwrap();
    }
    String::from_utf8(csv.into_inner().unwrap()).unwrap()
}

#[test]
fn a_template_of_no_numbers_of_people_asks_for_them_and_has_no_difference() {
    let mut given: Vec<Input> = inputs();
    given.retain(|input| input.slug != "preceptees");
    let mut effect = given[0].clone();
    (effect.name, effect.slug) = ("effect".to_owned(), "effect".to_owned());
    effect.provenance.set_by = SetBy::Data;
    given.push(effect);
    let bytes = template(&given, &groups());
    let csv = as_csv(&bytes);
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].starts_with("Name,What it is,Staff group,Unit,Least,Likeliest,Most,"));
    assert!(rows[1].starts_with("preceptees,") && rows[1].contains("Nurses"));
    assert!(rows[2].starts_with("preceptees,") && rows[3].starts_with("leavers,"));
    assert!(!csv.contains("\neffect,"));
    let (read, findings) = read("inputs.xlsx", &bytes);
    assert_eq!(findings, []);
    assert!(
        read.iter()
            .all(|input| input.slug != "preceptees" && input.slug != "leavers")
    );
}

const HEAD: &str = "Name,What it is,Staff group,Unit,Least,Likeliest,Most,Prices of,Source,Date,\
    Good until,Grade,Set by,Note\n";

fn of_rows(rows: &[&str]) -> (Vec<CaseInput>, Vec<Finding>) {
    read("in.csv", format!("{HEAD}{}\n", rows.join("\n")).as_bytes())
}

#[test]
fn figures_as_people_type_them_are_read() {
    let (read, findings) = of_rows(&[
        "vacancy_weeks,,,,4,8,12,,Our list,1 May 2026,,c,,three posts",
        "cover_share,,,,60%,0.85,1,,Rota,03/04/2026,,C,,",
        "finder_fee,,,,\"£2,500\",\" £3,250.50 \",4000,2025/26,Invoices,2026-04-03,,C,,",
        "Preceptees,,nurses,,,12,,,HR,,,,,",
        "leavers,,,,2,2,2,,HR,,,,,",
    ]);
    assert_eq!(findings, []);
    let own: Vec<(&str, [f64; 3])> = read
        .iter()
        .map(|i| (i.slug.as_str(), [i.low, i.central, i.high]))
        .collect();
    assert_eq!(
        own,
        [
            ("vacancy_weeks", [4.0, 8.0, 12.0]),
            ("cover_share", [0.6, 0.85, 1.0]),
            ("finder_fee", [2500.0, 3250.5, 4000.0]),
            ("preceptees", [12.0; 3]),
            ("leavers", [2.0; 3]),
        ]
    );
    assert!(read.iter().all(|input| input.set_by == SetBy::Workbook));
    assert_eq!(read[0].dated, Day::from_ymd(2026, 5, 1));
    assert_eq!(read[0].grade, Some(Grade::C));
    assert_eq!(read[1].dated, Day::from_ymd(2026, 4, 3));
    assert_eq!(read[2].price_year.as_deref(), Some("2025-26"));
    assert_eq!(read[3].group.as_deref(), Some("Nurses"));
}

#[test]
fn everything_that_is_wrong_is_said_at_once_with_its_place() {
    let (read, findings) = of_rows(&[
        "vacancy_week,,,,4,8,12,,,,,,,",       // 2: nearest name
        "cover_share,,,,60,80,100,,,,,,,",     // 3: 80 for 80%
        "ramp_weeks,,,,8,4,12,,,,,,,",         // 4: out of order
        "cover_rate,,,,about 20,25,30,,,,,,,", // 5: words
        "advert,,,,€5,6,7,,,,,,,",             // 6: euros
        "exit_hours,,,,1,-2,3,,,,,,,",         // 7: negative
        "checks,,,,50,60,70,2025,,,,,,",       // 8: price year
        "materials,,,,1,2,3,,,soon,,,,",       // 9: date
        "yearly_other,,,,1,2,3,,,,,good,,",    // 10: grade
        "exit_other,,,,1,2,3,,,,,,,",          // 11
        "exit_other,,,,1,2,3,,,,,,,",          // 12: twice
        "pay,,Nurse,,1,2,3,,,,,,,",            // 13: group
        ",,,,1,2,3,,,,,,,",                    // 14: no name
        "set_up,,,,1,,3,,,,,,,",               // 15: a gap
        "induction_hours,,,,5%,6,7,,,,,,,",    // 16: percent of hours
        "contract_hours,,,,0,37.5,40,,,,,,,",  // 17: divides
        "preceptees,,Nurses,,,10,,,,,,,,",
        "leavers,,,,,11,,,,,,,,", // more than there are
    ]);
    let errors: Vec<&Finding> = findings
        .iter()
        .filter(|f| f.severity == Severity::Error)
        .collect();
    let told: Vec<(Option<u32>, &str, &str)> = errors
        .iter()
        .map(|f| {
            let column = f.origin.column.as_deref().unwrap_or_default();
            (f.origin.row, column, f.rule)
        })
        .collect();
    assert_eq!(
        told,
        [
            (None, "", "case-leavers"),
            (Some(2), "A \"Name\"", "case-input-name"),
            (Some(3), "E \"Least\"", "case-figure"),
            (Some(3), "F \"Likeliest\"", "case-figure"),
            (Some(3), "G \"Most\"", "case-figure"),
            (Some(4), "F \"Likeliest\"", "case-order"),
            (Some(5), "E \"Least\"", "case-figure"),
            (Some(6), "E \"Least\"", "case-figure"),
            (Some(7), "F \"Likeliest\"", "case-figure"),
            (Some(8), "H \"Prices of\"", "case-price-year"),
            (Some(9), "J \"Date\"", "case-date"),
            (Some(10), "L \"Grade\"", "case-grade"),
            (Some(12), "A \"Name\"", "case-input-twice"),
            (Some(13), "C \"Staff group\"", "case-group"),
            (Some(14), "A \"Name\"", "case-input-name"),
            (Some(15), "F \"Likeliest\"", "case-figure"),
            (Some(16), "E \"Least\"", "case-figure"),
            (Some(17), "E \"Least\"", "case-figure"),
        ]
    );
    assert!(
        errors
            .iter()
            .all(|f| !f.remedy.is_empty() && !f.message.is_empty())
    );
    assert!(errors[1].remedy.contains("\"vacancy_weeks\""));
    assert!(errors[13].remedy.contains("\"Nurses\""));
    let slugs: Vec<&str> = read.iter().map(|input| input.slug.as_str()).collect();
    assert_eq!(slugs, ["exit_other", "preceptees", "leavers"]);
}

#[test]
fn a_figure_of_ones_own_does_not_keep_the_shipped_source() {
    let bytes = template(&inputs(), &groups());
    let csv = as_csv(&bytes);
    let old = csv
        .lines()
        .find(|l| l.starts_with("vacancy_weeks,"))
        .unwrap();
    let changed = csv.replace(old, &old.replace(",6,10,16,", ",6,9,16,"));
    assert_ne!(changed, csv);
    let (read, findings) = read("in.csv", changed.as_bytes());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule, "case-own-figure");
    assert_eq!(findings[0].severity, Severity::Warning);
    let own: Vec<&CaseInput> = read
        .iter()
        .filter(|i| i.set_by == SetBy::Workbook)
        .collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].central.to_bits(), 9.0_f64.to_bits());
    assert_eq!(
        (&own[0].source, own[0].dated, own[0].grade),
        (&None, None, None)
    );
}

#[test]
fn what_is_no_template_is_refused_in_words() {
    for (name, bytes, rule) in [
        ("in.csv", &b"Name,Least,Most\npay,1,2\n"[..], "case-columns"),
        ("in.csv", b"Hello\n", "case-columns"),
        ("in.xlsx", b"", "empty-file"),
        ("in.xlsx", b"PK\x03\x04 cut", "truncated-workbook"),
    ] {
        let (read, findings) = read(name, bytes);
        assert!(read.is_empty());
        assert!(findings.iter().any(|f| f.rule == rule), "{findings:?}");
    }
    let mut other = rust_xlsxwriter::Workbook::new();
    other.add_worksheet().write_string(0, 0, "Name").unwrap();
    let (_, findings) = read("in.xlsx", &other.save_to_buffer().unwrap());
    assert_eq!(findings[0].rule, "no-such-sheet");
    assert!(findings[0].remedy.contains("\"Inputs\""));
}

#[test]
fn a_damaged_template_never_stops_the_program() {
    let bytes = template(&inputs(), &groups());
    for at in (0..bytes.len()).step_by(bytes.len() / 40) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x5a;
        read("in.xlsx", &damaged);
        let (inputs, findings) = read("in.xlsx", &bytes[..at]);
        assert!(inputs.is_empty() && !findings.is_empty());
    }
}
