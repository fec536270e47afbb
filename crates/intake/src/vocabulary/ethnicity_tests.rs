//! What ethnic codes and labels are read as.

#![allow(clippy::unwrap_used)]
use super::{Scheme, TABLE, TOML, Table, categories, read};
use crate::vocabulary::tables;

fn parts(text: &str) -> Option<(&'static str, &'static str, &'static str)> {
    read(text).map(|e| (e.category, e.group, e.minority))
}

#[test]
fn the_table_is_whole() {
    assert_eq!(tables::fault::<Table>(TOML), None);
    assert_eq!(categories().count(), 19);
    for row in &TABLE.category {
        assert!(
            TABLE.group.iter().any(|g| g.name == row.group),
            "{}",
            row.name
        );
        for words in row.labels.iter().chain(&row.after_prefix) {
            assert_eq!(*words, crate::vocabulary::text::words(words));
        }
    }
}

#[test]
fn printed_names_read_back() {
    for name in categories().chain(["Not stated", "Not known"]) {
        assert_eq!(parts(name).unwrap().0, name);
    }
    for group in ["Asian", "Black", "Mixed", "White", "Other"] {
        assert_eq!(parts(group).unwrap().0, group);
        assert_eq!(parts(group).unwrap().1, group);
    }
    assert_eq!(
        parts("Ethnic minority"),
        Some(("Ethnic minority", "Not known", "Ethnic minority"))
    );
}

#[test]
fn national_codes_of_2001() {
    let expected = [
        ("A", "White - British"),
        ("B", "White - Irish"),
        ("C", "White - Any other White background"),
        ("D", "Mixed - White and Black Caribbean"),
        ("E", "Mixed - White and Black African"),
        ("F", "Mixed - White and Asian"),
        ("G", "Mixed - Any other mixed background"),
        ("H", "Asian - Indian"),
        ("J", "Asian - Pakistani"),
        ("K", "Asian - Bangladeshi"),
        ("L", "Asian - Any other Asian background"),
        ("M", "Black - Caribbean"),
        ("N", "Black - African"),
        ("P", "Black - Any other Black background"),
        ("R", "Asian - Chinese"),
        ("S", "Other - Any other ethnic group"),
    ];
    for (code, category) in expected {
        assert_eq!(parts(code).unwrap().0, category);
    }
    for code in ["I", "O", "Q", "U", "8", "100"] {
        assert_eq!(read(code), None, "{code}");
    }
}

#[test]
fn the_first_character_is_national() {
    for text in [
        "CA",
        "C3",
        "CP White Polish",
        "C - Any other White background",
    ] {
        assert_eq!(parts(text).unwrap().1, "White", "{text}");
    }
    assert_eq!(parts("LB").unwrap().0, "Asian - Any other Asian background");
    assert_eq!(parts("SC Filipino").unwrap().1, "Other");
    assert_eq!(parts("A White - British").unwrap().0, "White - British");
    for text in [
        "NO",
        "No",
        "me",
        "As above",
        "A nurse and a mother",
        "A White - Irish",
        "NA",
        "N/A",
        "",
        "CA -",
        "\u{e9}A",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn declined_is_not_the_same_as_not_known() {
    // Trap T13.
    for text in ["Z", "z", "Z Not Stated", "Not Stated", "Prefer not to say"] {
        assert_eq!(parts(text).unwrap().2, "Not stated", "{text}");
    }
    for text in ["99", "9", "X", "99 - Not known", "Unknown", "Not Known"] {
        assert_eq!(parts(text).unwrap().2, "Not known", "{text}");
    }
}

#[test]
fn chinese_is_asian_in_every_scheme() {
    // Trap T14.
    for text in [
        "R",
        "Chinese",
        "Asian or Asian British - Chinese",
        "Other Ethnic Groups - Chinese",
        "Asian, Asian British or Asian Welsh: Chinese",
    ] {
        assert_eq!(
            parts(text),
            Some(("Asian - Chinese", "Asian", "Ethnic minority")),
            "{text}"
        );
    }
}

#[test]
fn labels_of_both_schemes() {
    let expected = [
        ("White - British", "White - British"),
        (
            "White: English, Welsh, Scottish, Northern Irish or British",
            "White - British",
        ),
        (
            "English / Welsh / Scottish / Northern Irish / British",
            "White - British",
        ),
        ("WHITE BRITISH", "White - British"),
        ("White \u{2013} Irish", "White - Irish"),
        ("White: Roma", "White - Roma"),
        (
            "Gypsy or Irish Traveller",
            "White - Gypsy or Irish Traveller",
        ),
        ("White other", "White - Any other White background"),
        ("Mixed - White & Asian", "Mixed - White and Asian"),
        ("White and Black African", "Mixed - White and Black African"),
        (
            "Mixed/Multiple ethnic groups: White and Black Caribbean",
            "Mixed - White and Black Caribbean",
        ),
        (
            "Any other Mixed or Multiple ethnic background",
            "Mixed - Any other mixed background",
        ),
        ("Asian or Asian British - Indian", "Asian - Indian"),
        (
            "Asian/Asian British: Any other Asian background",
            "Asian - Any other Asian background",
        ),
        ("Black African", "Black - African"),
        ("Black or Black British - Caribbean", "Black - Caribbean"),
        (
            "Black, Black British, Caribbean or African: African",
            "Black - African",
        ),
        (
            "Any other Black, Black British, or Caribbean background",
            "Black - Any other Black background",
        ),
        ("Arab", "Other - Arab"),
        (
            "Other Ethnic Groups - Any other ethnic group",
            "Other - Any other ethnic group",
        ),
        ("Black, Black British, Caribbean or African", "Black"),
        ("Asian or Asian British", "Asian"),
    ];
    for (text, category) in expected {
        assert_eq!(parts(text).map(|p| p.0), Some(category), "{text}");
    }
    for text in ["British", "Martian", "Whitehall", "White and"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn t13_z_is_not_99_and_local_codes_roll_up_to_the_first_character() {
    for (text, category) in [
        ("Z", "Not stated"),
        ("99", "Not known"),
        ("CP", "White - Any other White background"),
        ("CA", "White - Any other White background"),
        ("SC", "Other - Any other ethnic group"),
        ("A", "White - British"),
        ("A1", "White - British"),
    ] {
        assert_eq!(read(text).map(|e| e.category), Some(category), "{text}");
    }
    // In neither scheme is "not stated" a group, nor the same as "not known".
    for scheme in [Scheme::Nhs2001, Scheme::Census2021] {
        let group = |text: &str| read(text).map(|e| scheme.group(&e));
        assert_eq!(group("Z"), Some("Not stated"));
        assert_eq!(group("99"), Some("Not known"));
    }
}

#[test]
fn t14_chinese_moves_and_the_scheme_is_named() {
    for text in [
        "R",
        "Other Ethnic Groups - Chinese",
        "Asian, Asian British: Chinese",
        "42",
    ] {
        let group = |scheme: Scheme| read(text).map(|e| scheme.group(&e));
        assert_eq!(group(Scheme::Census2021), Some("Asian"), "{text}");
        assert_eq!(group(Scheme::Nhs2001), Some("Other"), "{text}");
    }
    // Nobody else moves.
    for category in categories().filter(|c| !c.contains("Chinese")) {
        let group = |scheme: Scheme| read(category).map(|e| scheme.group(&e));
        assert_eq!(
            group(Scheme::Nhs2001),
            group(Scheme::Census2021),
            "{category}"
        );
    }
    assert_ne!(Scheme::Nhs2001.name(), Scheme::Census2021.name());
    assert!(Scheme::Census2021.name().contains("Chinese"));
}
