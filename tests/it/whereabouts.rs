//! Where those who started are, through the program: 400 people who all start
//! on one day, of whom so many move, go elsewhere or leave.

use crate::harness::Study;
use std::fmt::Write;

/// What becomes of a person, by number: 40 move to another ward, then 32 go
/// elsewhere in the NHS, 36 leave, 20 go on the bank and 4 have their record
/// closed.
fn staff(bank: usize) -> String {
    let mut out = String::from(
        "Employee Number,Assignment Number,Ward,Assignment Category,Start Date,Assignment Start \
         Date,Assignment End Date,Termination Date,Leaving Reason,Destination On Leaving\n",
    );
    let start = "15/02/2023";
    for person in 0..400 {
        let mut line = |post: usize, rest: &str| {
            let head = format!("S{person:04},S{person:04}-{post}");
            writeln!(out, "{head},{rest}").unwrap();
        };
        let gone = "Voluntary Resignation - Relocation";
        match person {
            0..40 => {
                line(1, &format!("Oak,Permanent,{start},{start},15/06/2023,,,"));
                line(1, &format!("Elm,Permanent,{start},15/06/2023,,,,"));
            }
            40..72 => line(
                1,
                &format!(
                    "Oak,Permanent,{start},{start},15/09/2023,15/09/2023,{gone},NHS Organisation"
                ),
            ),
            72..108 => line(
                1,
                &format!(
                    "Oak,Permanent,{start},{start},15/12/2023,15/12/2023,{gone},No Employment"
                ),
            ),
            _ if (108..108 + bank).contains(&person) => {
                line(1, &format!("Oak,Permanent,{start},{start},15/10/2023,,,"));
                line(2, &format!("Oak,Bank,{start},{start},,,,"));
            }
            _ => line(1, &format!("Oak,Permanent,{start},{start},,,,")),
        }
    }
    out
}

fn page(bank: usize) -> String {
    let study = Study::with(&[("staff-list.csv", staff(bank).as_bytes())]);
    study.write(
        "staywise.toml",
        b"[study]\nname = \"Ours\"\nas_at = 2026-06-30\n",
    );
    let said = study.run(&["report", "--period", "2026-Q2"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    study.read("out/2026-Q2/cohorts.html")
}

/// The cells of the table of where people are, a line each.
fn lines(page: &str) -> Vec<Vec<String>> {
    let from = page.find("Where those who started are</").unwrap();
    let table = &page[from..];
    let table = &table[..table.find("</table>").unwrap()];
    table
        .split("<tr")
        .skip(2)
        .map(|row| {
            row.split("</t")
                .filter_map(|cell| {
                    cell.rsplit_once('>')
                        .map(|(_, text)| text.trim().to_owned())
                })
                .filter(|text| !text.is_empty())
                .collect()
        })
        .collect()
}

fn share(lines: &[Vec<String>], what: &str, months: &str) -> Option<String> {
    let found = lines.iter().find(|l| l[0] == what && l[1] == months)?;
    Some(found[2].clone())
}

#[test]
fn the_shares_of_states_are_those_of_the_list() {
    let lines = lines(&page(20));
    for (what, months, expected) in [
        ("In the same post", "6", "90"),
        ("Moved within the organisation", "6", "10"),
        ("Elsewhere in health or social care", "6", "0"),
        ("In the same post", "12", "68"),
        ("Moved within the organisation", "12", "10"),
        ("On the bank only", "12", "5"),
        ("Elsewhere in health or social care", "12", "8"),
        ("Left, retired or died", "12", "9"),
        ("Left, retired or died", "24", "9"),
    ] {
        assert_eq!(
            share(&lines, what, months).as_deref(),
            Some(expected),
            "{what} at {months} in {lines:#?}"
        );
    }
}

#[test]
fn a_state_that_few_are_in_is_told_with_another() {
    let page = page(4);
    let lines = lines(&page);
    assert_eq!(share(&lines, "On the bank only", "12"), None);
    assert_eq!(
        share(&lines, "Gone in any other way", "12").as_deref(),
        Some("9"),
        "4 and 32 of 400: {lines:#?}"
    );
    assert_eq!(
        share(&lines, "Left, retired or died", "12").as_deref(),
        Some("9")
    );
}
