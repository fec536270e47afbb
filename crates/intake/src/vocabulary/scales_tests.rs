//! What answers are read as, and which scale a column is of.

use super::{Answer, TABLE, TOML, Table, all, named, read, recognise};
use crate::vocabulary::{tables, text};
use proptest::prelude::{any, proptest};
use staywise_core::domain::{Scale, ScaleLevel};

fn name(labels: &[&str]) -> Option<&'static str> {
    let counted: Vec<(&str, u64)> = labels.iter().map(|l| (*l, 1)).collect();
    recognise(&counted).map(|s| s.name.as_str())
}

fn answer(scale: &str, label: &str) -> Answer {
    named(scale).map_or(Answer::Unknown, |scale| read(scale, label))
}

#[test]
fn the_table_is_whole() {
    assert_eq!(tables::fault::<Table>(TOML), None);
    assert_eq!(all().len(), 16);
    for row in &TABLE.scale {
        for level in &row.level {
            for words in level.aliases.iter().chain(&level.instead) {
                assert_eq!(*words, text::words(words));
                assert!(!TABLE.off_scale.contains(words), "{words}");
            }
        }
    }
    for words in &TABLE.off_scale {
        assert_eq!(*words, text::words(words));
    }
}

#[test]
fn every_level_reads_back_and_favour_is_at_the_top() {
    for scale in all() {
        for (index, level) in (0_u8..).zip(&scale.levels) {
            assert_eq!(
                read(scale, &level.label),
                Answer::Level(index),
                "{}",
                level.label
            );
        }
        assert!(
            scale.levels.is_sorted_by_key(|l| l.favourable),
            "{}",
            scale.name
        );
        assert!(scale.levels.last().is_some_and(|l| l.favourable));
        assert!(scale.levels.is_sorted_by(|a, b| a.score < b.score));
    }
}

#[test]
fn favourable_and_scores_are_as_documented() {
    let shape = |scale: &str| {
        named(scale).map(|s| {
            let favourable = s.levels.iter().filter(|l| l.favourable).count();
            let scores = (
                s.levels.first().and_then(|l| l.score),
                s.levels.last().and_then(|l| l.score),
            );
            (s.levels.len(), favourable, scores)
        })
    };
    assert_eq!(shape("agreement_5"), Some((5, 2, (Some(1.0), Some(5.0)))));
    assert_eq!(shape("agreement_7"), Some((7, 3, (Some(1.0), Some(7.0)))));
    assert_eq!(shape("agreement_4"), Some((4, 2, (Some(1.0), Some(4.0)))));
    assert_eq!(shape("rating_0_10"), Some((11, 4, (Some(0.0), Some(10.0)))));
    assert_eq!(shape("yes_no"), Some((2, 1, (Some(0.0), Some(1.0)))));
    assert_eq!(named("nothing"), None);
}

#[test]
fn labels_are_read_in_any_dress() {
    for (scale, label, level) in [
        ("agreement_5", "STRONGLY  agree ", 4),
        ("agreement_5", "5 - Strongly agree", 4),
        ("agreement_5", "(4) Agree", 3),
        ("agreement_5", "Agree (4)", 3),
        ("agreement_5", "Neutral", 2),
        ("agreement_5", "Neither", 2),
        ("agreement_5", "Tend to disagree", 1),
        ("agreement_7", "Somewhat agree", 4),
        ("satisfaction_5", "Fairly satisfied", 3),
        ("satisfaction_5", "Satisfied", 3),
        ("likelihood_5", "Extremely likely", 4),
        ("likelihood_5", "Undecided", 2),
        ("yes_extent_3", "Yes \u{2013} definitely", 2),
        ("yes_no", "TRUE", 1),
        ("rating_0_10", "7", 7),
        ("rating_0_10", "7.0", 7),
        ("rating_0_10", "10 \u{2013} Extremely likely", 10),
        ("rating_0_10", "0 (not at all)", 0),
        ("rating_1_5", "1", 0),
    ] {
        assert_eq!(answer(scale, label), Answer::Level(level), "{label}");
    }
}

#[test]
fn what_is_off_the_scale_is_not_missing_and_not_unknown() {
    for label in [
        "Don\u{2019}t know",
        "Dont know",
        "Not sure",
        "Prefer not to say",
        "Not applicable",
        "N/A",
        "6 - Don't know",
    ] {
        assert_eq!(answer("agreement_5", label), Answer::OffScale, "{label}");
        assert_eq!(answer("rating_0_10", label), Answer::OffScale, "{label}");
    }
    for label in ["", "  ", "-", "NA", "(blank)"] {
        assert_eq!(answer("agreement_5", label), Answer::Missing, "{label}");
    }
    for label in ["Agre", "4", "Yes", "3-4 hours"] {
        assert_eq!(answer("agreement_5", label), Answer::Unknown, "{label}");
    }
    for label in [
        "11",
        "-1",
        "3-4 hours",
        "5 years",
        "7.5",
        "1,0",
        "99999999999999",
    ] {
        assert_eq!(answer("rating_0_10", label), Answer::Unknown, "{label}");
    }
    assert_eq!(answer("rating_1_5", "0"), Answer::Unknown);
    assert_eq!(answer("rating_1_5", "6"), Answer::Unknown);
}

#[test]
fn a_column_names_its_scale() {
    assert_eq!(name(&["Agree", "Disagree"]), Some("agreement_5"));
    assert_eq!(
        name(&["Agree", "Strongly agree", "Don't know"]),
        Some("agreement_5")
    );
    // Qualtrics' five: "Somewhat" stands instead of the plain word.
    assert_eq!(
        name(&[
            "Strongly agree",
            "Somewhat agree",
            "Neither agree nor disagree",
            "Somewhat disagree"
        ]),
        Some("agreement_5")
    );
    assert_eq!(
        name(&["Strongly agree", "Agree", "Somewhat agree", "Disagree"]),
        Some("agreement_7")
    );
    assert_eq!(
        name(&["Very satisfied", "Somewhat satisfied", "Very dissatisfied"]),
        Some("satisfaction_5")
    );
    assert_eq!(name(&["Likely", "Very likely"]), Some("likelihood_5"));
    assert_eq!(name(&["Never", "Often"]), Some("frequency_5"));
    assert_eq!(name(&["Good", "Excellent", "Poor"]), Some("quality_5"));
    assert_eq!(
        name(&["Good", "Very good", "Excellent"]),
        Some("quality_poor_excellent_5")
    );
    assert_eq!(name(&["Yes", "No", "Unsure"]), Some("yes_no"));
    assert_eq!(name(&["Yes, definitely", "No"]), Some("yes_extent_3"));
    assert_eq!(name(&["0", "5", "9"]), Some("rating_0_10"));
    // Small figures may be of any scale; a study says which.
    assert_eq!(name(&["1", "2", "3", "4", "5"]), None);
    assert_eq!(name(&["1", "7"]), None);
    // Nor is a count or a number of years a rating.
    assert_eq!(name(&["0", "5", "9", "10", "10", "10", "10", "40"]), None);
    assert_eq!(name(&["9", "9.5"]), None);
    assert_eq!(name(&["9"]), None);
    assert_eq!(name(&["9", "8", "0", "a comment"]), Some("rating_0_10"));
    assert_eq!(name(&["Ward 1", "Ward 2"]), None);
    assert_eq!(name(&[]), None);
    assert_eq!(name(&["Don't know", ""]), None);
}

#[test]
fn one_label_is_enough_only_where_it_names_one_scale() {
    assert_eq!(name(&["Yes"]), Some("yes_no"));
    assert_eq!(name(&["Always", "always"]), Some("frequency_5"));
    assert_eq!(name(&["Neutral"]), None);
}

#[test]
fn seven_rows_in_ten_decide() {
    let of = |labels: &[(&str, u64)]| recognise(labels).map(|s| s.name.as_str());
    assert_eq!(
        of(&[("Agree", 4), ("Disagree", 3), ("Maybe", 3)]),
        Some("agreement_5")
    );
    assert_eq!(of(&[("Agree", 4), ("Disagree", 3), ("Maybe", 4)]), None);
    // Missing and off-scale rows count on neither side.
    assert_eq!(
        of(&[("Agree", 1), ("Disagree", 1), ("", 90), ("N/A", 90)]),
        Some("agreement_5")
    );
    assert_eq!(
        of(&[("Agree", u64::MAX), ("Disagree", u64::MAX)]),
        Some("agreement_5")
    );
    assert_eq!(of(&[("Agree", 5), ("Disagree", 0)]), None);
}

#[test]
fn a_scale_of_a_study_has_its_own_labels() {
    let level = |label: &str| ScaleLevel {
        label: label.to_owned(),
        score: None,
        favourable: false,
    };
    let own = Scale {
        name: "mood".to_owned(),
        levels: vec![level("Low"), level("Not sure"), level("High")],
    };
    assert_eq!(read(&own, "3. high"), Answer::Level(2));
    assert_eq!(read(&own, "Not sure"), Answer::Level(1));
    assert_eq!(read(&own, "Agree"), Answer::Unknown);
    assert_eq!(read(&own, "N/A"), Answer::OffScale);
}

#[test]
fn likert_94_labels_with_other_spellings() {
    // However the five are spelt, a column is on one scale and in one order.
    let spelt = [
        [
            "Strongly disagree",
            "Disagree",
            "Neither",
            "Agree",
            "Strongly agree",
        ],
        [
            "strongly  Disagree",
            "disagree",
            "Neutral",
            "agree",
            "STRONGLY AGREE",
        ],
        [
            "1 - Strongly disagree",
            "2 - Disagree",
            "3 - Neither agree or disagree",
            "4 - Agree",
            "5 - Strongly agree",
        ],
        [
            "Disagree strongly",
            "Tend to disagree",
            "Neither agree nor dis-agree",
            "Tend to agree",
            "Agree strongly",
        ],
    ];
    for labels in spelt {
        assert_eq!(name(&labels), Some("agreement_5"), "{labels:?}");
        for (label, level) in labels.iter().zip(0_u8..) {
            assert_eq!(
                answer("agreement_5", label),
                Answer::Level(level),
                "{label}"
            );
        }
    }
}

#[test]
fn importance_extent_and_maybe_have_scales() {
    assert_eq!(
        name(&["Very important", "Not at all important"]),
        Some("importance_5")
    );
    assert_eq!(name(&["To a large extent", "Not at all"]), Some("extent_5"));
    assert_eq!(name(&["Yes", "No", "Maybe"]), Some("yes_no_maybe"));
    assert_eq!(name(&["Yes", "No"]), Some("yes_no"));
    let seven = [
        "Slightly satisfied",
        "Extremely satisfied",
        "Moderately dissatisfied",
    ];
    assert_eq!(name(&seven), Some("satisfaction_7"));
}

proptest! {
    #[test]
    fn any_label_is_read_or_refused(label in any::<String>(), rows in any::<u64>()) {
        let _ = recognise(&[(&label, rows), (&label, rows)]);
        for scale in all() {
            if let Answer::Level(level) = read(scale, &label) {
                assert!(usize::from(level) < scale.levels.len());
            }
        }
    }
}
