//! What levels are printed as, and in which order.

use super::{TABLE, TOML, Table, age_band, comparator, label, level, sort};
use crate::vocabulary::{ethnicity, tables, text};
use proptest::prelude::{any, proptest};

fn all_are(dimension: &str, expected: &[(&str, &str)]) {
    for (text, printed) in expected {
        assert_eq!(level(dimension, text), *printed, "{dimension}: {text}");
    }
}

fn sorted(dimension: &str, levels: &[&str]) -> Vec<String> {
    let mut levels: Vec<String> = levels.iter().map(|l| (*l).to_owned()).collect();
    sort(dimension, &mut levels);
    levels
}

#[test]
fn a_part_of_a_piped_text_that_says_nothing_is_not_known() {
    assert_eq!(level("band", "|*"), "Not known");
    assert_eq!(level("staff_group", ".|Staff Nurse"), "Not known");
}

#[test]
fn the_table_is_whole() {
    assert_eq!(tables::fault::<Table>(TOML), None);
    assert_eq!(TABLE.dimension.len(), 18);
    for (slug, row) in &TABLE.dimension {
        for names in &row.levels {
            assert!(
                names.iter().skip(1).all(|n| *n == text::words(n)),
                "{names:?}"
            );
            for name in names {
                let apart = level(slug, name);
                assert_eq!(Some(&apart), names.first(), "{slug}: {name}");
            }
        }
        let printed: Vec<&String> = row.levels.iter().filter_map(|n| n.first()).collect();
        assert!(row.comparator.iter().all(|c| printed.contains(&c)));
        assert!(row.yes_no.iter().flatten().all(|n| printed.contains(&n)));
    }
}

#[test]
fn a_printed_name_stays_itself() {
    for dimension in TABLE.dimension.keys() {
        for name in ["Not stated", "Not known", "Not linked"] {
            assert_eq!(level(dimension, name), name);
        }
    }
    for category in ethnicity::categories() {
        assert_eq!(level("ethnic_category", category), category);
        assert_ne!(level("ethnic_group", category), "Not known");
        assert_ne!(level("ethnic_minority", category), "Not known");
    }
    for band in ["Under 25", "25 to 34", "55 and over"] {
        assert_eq!(level("age_band", band), band);
    }
}

#[test]
fn blanks_are_not_known_and_declining_is_not_stated() {
    for dimension in [
        "site",
        "sex",
        "ethnic_category",
        "ethnic_minority",
        "age_band",
        "band",
        "shift",
    ] {
        all_are(
            dimension,
            &[
                ("", "Not known"),
                ("-", "Not known"),
                ("Unknown", "Not known"),
                ("Prefer not to say", "Not stated"),
            ],
        );
    }
    // Trap T13.
    all_are(
        "ethnic_minority",
        &[
            ("Z", "Not stated"),
            ("99", "Not known"),
            ("Martian", "Not known"),
        ],
    );
    all_are(
        "ethnic_category",
        &[("Martian ", "Martian"), ("r", "Asian - Chinese")],
    );
    all_are(
        "ethnic_group",
        &[("R", "Asian"), ("S", "Other"), ("A", "White")],
    );
}

#[test]
fn staff_groups_have_one_name() {
    all_are(
        "staff_group",
        &[
            (
                "Add Prof Scientific and Technic",
                "Additional Professional Scientific and Technical",
            ),
            (
                "NURSING AND MIDWIFERY REGISTERED",
                "Nursing and Midwifery Registered",
            ),
            (
                "Nursing & Midwifery Registered",
                "Nursing and Midwifery Registered",
            ),
            (
                "Nursing and Midwifery Registered|Staff Nurse",
                "Nursing and Midwifery Registered",
            ),
            ("Allied Health Professional", "Allied Health Professionals"),
            ("Social  Work", "Social Work"),
        ],
    );
    all_are(
        "profession",
        &[
            (
                "Nursing and Midwifery Registered|Staff Nurse",
                "Staff Nurse",
            ),
            (
                "4362624|Community Nurse Band 5|N6H|Community Health Services|",
                "Community Nurse Band 5",
            ),
            ("Midwife", "Midwife"),
            ("|", "|"),
        ],
    );
}

#[test]
fn bands() {
    all_are(
        "band",
        &[
            ("NHS|XR05|Review Body Band 5", "Band 5"),
            ("5", "Band 5"),
            ("Band 5", "Band 5"),
            ("band5", "Band 5"),
            ("AfC Band 05", "Band 5"),
            ("8a", "Band 8a"),
            ("Band 8A", "Band 8a"),
            ("Band 8 - Range A", "Band 8a"),
            ("NHS|XR09|Review Body Band 8 - Range B", "Band 8b"),
            ("XR07", "Band 7"),
            ("XR09", "XR09"),
            ("Band 8 a", "Band 8a"),
            ("VSM", "VSM"),
            ("15", "15"),
            ("Band 12", "Band 12"),
            ("5a", "5a"),
            ("NHS|XR05|", "Band 5"),
        ],
    );
    assert_eq!(
        sorted(
            "band",
            &["Band 8a", "VSM", "Band 5", "Not known", "Band 8b", "Band 2"]
        ),
        ["Band 2", "Band 5", "Band 8a", "Band 8b", "VSM", "Not known"]
    );
}

#[test]
fn people() {
    all_are(
        "sex",
        &[
            ("F", "Female"),
            ("MALE", "Male"),
            ("Non Binary", "Non-binary"),
            ("1", "1"),
        ],
    );
    // Kept apart: a record of sex says nothing of gender identity.
    all_are(
        "gender_identity",
        &[("Female", "Woman"), ("non binary", "Non-binary")],
    );
    all_are(
        "profession",
        &[
            ("Physio", "Physiotherapist"),
            ("Staff Nurse", "Staff Nurse"),
        ],
    );
    all_are(
        "disability",
        &[
            ("No known disability", "No"),
            ("Yes - limited a little", "Yes"),
            ("N", "No"),
            ("Not Declared", "Not stated"),
            ("No answer", "Not stated"),
            ("Undefined", "Not known"),
        ],
    );
    all_are(
        "programme",
        &[
            ("TRUE", "On programme"),
            ("y", "On programme"),
            ("No", "Not on programme"),
            ("Yes, since March", "On programme"),
            ("Nobody", "Nobody"),
        ],
    );
    all_are(
        "nationality_group",
        &[
            ("Filipino", "Rest of world"),
            ("British", "UK"),
            ("Unknown", "Not known"),
        ],
    );
    all_are(
        "route",
        &[
            ("NQN", "Newly registered"),
            ("Overseas", "Internationally educated"),
        ],
    );
}

#[test]
fn ages() {
    all_are(
        "age_band",
        &[
            ("25-34", "25 to 34"),
            ("25 \u{2013} 34 years", "25 to 34"),
            ("<25", "Under 25"),
            ("Under 25", "Under 25"),
            ("55+", "55 and over"),
            ("55 or over", "55 and over"),
            ("Over 55", "Over 55"),
            ("28", "25 to 34"),
            ("16-20", "16 to 20"),
            ("34-25", "34-25"),
        ],
    );
    assert_eq!(
        (age_band(24), age_band(25), age_band(54), age_band(55)),
        ("Under 25", "25 to 34", "45 to 54", "55 and over")
    );
    assert_eq!((age_band(0), age_band(999)), ("Not known", "Not known"));
    assert_eq!(
        sorted(
            "age_band",
            &["55 and over", "Not stated", "25 to 34", "Under 25"]
        ),
        ["Under 25", "25 to 34", "55 and over", "Not stated"]
    );
}

#[test]
fn order() {
    assert_eq!(
        sorted(
            "unit",
            &[
                "Not linked",
                "Ward 10",
                "Other",
                "Not known",
                "ward 2",
                "Not stated",
                "Acute"
            ]
        ),
        [
            "Acute",
            "ward 2",
            "Ward 10",
            "Other",
            "Not stated",
            "Not known",
            "Not linked"
        ]
    );
    assert_eq!(
        sorted(
            "ethnic_group",
            &[
                "Not known",
                "Other",
                "White",
                "Black",
                "Asian",
                "Mixed",
                "Not stated"
            ]
        ),
        [
            "Asian",
            "Black",
            "Mixed",
            "White",
            "Other",
            "Not stated",
            "Not known"
        ]
    );
    assert_eq!(
        sorted("ethnic_minority", &["Ethnic minority", "White"]),
        ["White", "Ethnic minority"]
    );
    assert_eq!(
        sorted("programme", &["Not on programme", "On programme"]),
        ["On programme", "Not on programme"]
    );
}

#[test]
fn names_and_comparators() {
    assert_eq!(label("ethnic_group"), "Ethnic group");
    assert_eq!(label("shift_pattern"), "Shift pattern");
    assert_eq!(label(""), "");
    assert_eq!(comparator("ethnic_minority"), Some("White"));
    assert_eq!(comparator("programme"), Some("Not on programme"));
    assert_eq!(comparator("disability"), Some("No"));
    assert_eq!((comparator("sex"), comparator("site")), (None, None));
}

proptest! {
    #[test]
    fn a_level_read_again_is_the_same(text in any::<String>()) {
        for dimension in TABLE.dimension.keys() {
            let once = level(dimension, &text);
            assert!(!once.is_empty());
            assert_eq!(level(dimension, &once), once, "{dimension}");
        }
    }
}
