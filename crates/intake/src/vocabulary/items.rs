//! Which well-known item a question is. Decided by words alone: never by a
//! question's number, which moves between years, and never by its answers.

use super::phrase::{Pattern, Phrase, has_any, position};
use super::{tables, text};
use serde::Deserialize;
use std::sync::LazyLock;

/// A well-known item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownItem {
    /// The slug: `intention_to_stay`.
    pub name: &'static str,
    /// Whether agreeing is unfavourable.
    pub reversed: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    denials: Vec<Phrase>,
    harmless: Vec<Phrase>,
    organisation: Vec<Phrase>,
    item: Vec<ItemRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemRow {
    name: String,
    label: String,
    #[serde(default)]
    reversed: bool,
    pattern: Vec<Pattern>,
}

const TOML: &str = include_str!("items.toml");
static TABLE: LazyLock<Table> = LazyLock::new(|| tables::parse(TOML));

/// Recognises a question by its words. Stay or remain is `intention_to_stay`;
/// leave or look for another job `intention_to_leave`, never folded in;
/// influence of preceptorship `preceptorship_influence`; belonging
/// `belonging`. A question that denies ("I do not intend to stay") is
/// recognised as nothing, as agreeing with it means the contrary.
#[must_use]
pub fn recognise(question: &str) -> Option<KnownItem> {
    let folded = text::words(question);
    let words: Vec<&str> = folded.split(' ').collect();
    if denies(&words) {
        return None;
    }
    TABLE.item.iter().find_map(|item| {
        let pattern = item.pattern.iter().find(|p| p.fits(&words))?;
        Some(KnownItem {
            name: &item.name,
            reversed: pattern.reversed.unwrap_or(item.reversed),
        })
    })
}

/// Whether a denial stands among the words, harmless turns of phrase apart.
fn denies(words: &[&str]) -> bool {
    let mut left = words.to_vec();
    for phrase in &TABLE.harmless {
        while let Some((at, length)) = position(&left, phrase) {
            left.drain(at..at + length);
        }
    }
    has_any(&left, &TABLE.denials)
}

/// Whether the question names the person's own organisation (this trust, my
/// organisation), which decides between two questions of the same item.
#[must_use]
pub fn names_organisation(question: &str) -> bool {
    let folded = text::words(question);
    let words: Vec<&str> = folded.split(' ').collect();
    has_any(&words, &TABLE.organisation)
}

/// The printed name of a well-known item: `Intention to stay`.
#[must_use]
pub fn label(name: &str) -> Option<&'static str> {
    let item = TABLE.item.iter().find(|item| item.name == name)?;
    Some(&item.label)
}

/// Whether a well-known item is itself about what is unfavourable, as
/// intention to leave is: agreeing is then what it counts.
#[must_use]
pub fn is_reversed(name: &str) -> bool {
    TABLE
        .item
        .iter()
        .any(|item| item.name == name && item.reversed)
}

#[cfg(test)]
mod tests {
    use super::{TABLE, TOML, Table, label, names_organisation, recognise};
    use crate::vocabulary::{tables, text};
    use proptest::prelude::{any, proptest};

    fn item(question: &str) -> Option<(&'static str, bool)> {
        recognise(question).map(|i| (i.name, i.reversed))
    }

    fn all_are(name: &str, reversed: bool, questions: &[&str]) {
        for question in questions {
            let found = recognise(question).map(|i| (i.name, i.reversed));
            assert_eq!(found, Some((name, reversed)), "{question}");
        }
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(tables::fault::<Table>(TOML), None);
        assert_eq!(TABLE.item.len(), 11);
        let patterns = TABLE.item.iter().flat_map(|i| &i.pattern);
        for phrase in patterns.flat_map(|p| p.all.iter().flatten().chain(&p.none)) {
            assert_eq!(phrase.replace('*', ""), text::words(phrase), "{phrase}");
        }
    }

    #[test]
    fn influence_is_never_staying() {
        // Trap T1.
        all_are(
            "preceptorship_influence",
            false,
            &[
                "My preceptorship has influenced my decision to stay",
                "Has the quality of your preceptorship influenced your decision to stay or leave?",
                "The preceptorship programme has had an impact on my intention to remain in this trust",
                "Has your preceptorship affected whether or not you will stay?",
                "My preceptor's support makes me want to stay in this organisation",
                "Did preceptorship play a role in your decision to leave?",
                "The programme has encouraged me to stay working here for the next year",
            ],
        );
        for question in [
            "My manager has influenced my decision to stay here",
            "Pay affects whether I will stay in this organisation",
        ] {
            assert_eq!(item(question), None, "{question}");
        }
    }

    #[test]
    fn staying() {
        all_are(
            "intention_to_stay",
            false,
            &[
                "I intend to stay in this organisation for the next 12 months",
                "How likely are you to still be working here in 12 months' time?",
                "How likely or unlikely are you to remain at this trust over the next year?",
                "After my preceptorship I plan to stay with my current employer",
                "I see myself working here ... I want to stay for at least three years",
                "In 12 months I expect to be working for this organisation",
                "Q12_1 - To what extent do you agree? - I plan to remain in this organisation",
                "Intention to stay",
                "Do you intend to stay, or not?",
            ],
        );
    }

    #[test]
    fn leaving_is_its_own_item_and_reversed() {
        all_are(
            "intention_to_leave",
            true,
            &[
                "I often think about leaving this organisation.",
                "I will probably look for a job at a new organisation in the next 12 months.",
                "As soon as I can find another job, I will leave this organisation.",
                "How often do you consider leaving your job?",
                "I am planning to leave within the year",
                "Are you looking for another job?",
            ],
        );
    }

    #[test]
    fn what_points_the_other_way_or_nowhere_is_not_recognised() {
        for question in [
            "I do not intend to stay in this organisation",
            "I have no plans to leave",
            "I don\u{2019}t feel that I belong",
            "How unlikely are you to stay here?",
            "Do you intend to stay or leave?",
            "If you are considering leaving your current job, what would be your most likely destination?",
            "What would make you stay in the next 12 months?",
            "Why are you thinking about leaving?",
            "I can plan my annual leave",
            "I will stay calm under pressure",
            "My discharge planning reduces length of stay",
            "Will my answers remain confidential?",
            "How would you describe your workload?",
            "I did not get supernumerary time",
            "I am satisfied with my line manager's confidence in me",
            "",
        ] {
            assert_eq!(item(question), None, "{question}");
        }
    }

    #[test]
    fn the_other_items() {
        all_are(
            "belonging",
            false,
            &[
                "I feel I belong",
                "I feel part of the team",
                "A sense of belonging",
                "I feel included in my team",
            ],
        );
        all_are(
            "preceptorship_quality",
            false,
            &[
                "How would you rate the quality of your preceptorship overall?",
                "Overall, how satisfied are you with the preceptorship programme?",
            ],
        );
        all_are(
            "preceptor_support",
            false,
            &[
                "My preceptor is approachable",
                "I feel supported by my preceptor",
            ],
        );
        all_are(
            "supernumerary_time",
            false,
            &["I had supernumerary time when I started"],
        );
        all_are(
            "protected_time",
            false,
            &["I was given protected time for preceptorship"],
        );
        all_are(
            "confidence",
            false,
            &[
                "I feel confident in my clinical practice",
                "How confident do you feel in your role?",
            ],
        );
        all_are(
            "workload",
            false,
            &[
                "My workload is manageable",
                "My workload allows me to give good care",
            ],
        );
        all_are("workload", true, &["My workload is too heavy"]);
        all_are(
            "discrimination",
            true,
            &["In the last 12 months I have personally experienced discrimination at work"],
        );
    }

    #[test]
    fn the_organisation_is_told_from_the_profession() {
        assert!(names_organisation("I intend to stay in this organisation"));
        assert!(names_organisation("I plan to stay at my Trust"));
        assert!(names_organisation("I will still be working here"));
        assert!(!names_organisation("I intend to stay in nursing"));
        assert!(!names_organisation(
            "I will look for a job at a new organisation"
        ));
    }

    #[test]
    fn items_have_names() {
        assert_eq!(label("intention_to_stay"), Some("Intention to stay"));
        assert_eq!(label("nothing"), None);
    }

    proptest! {
        #[test]
        fn any_question_is_read_or_left(question in any::<String>()) {
            if let Some(known) = recognise(&question) {
                assert!(label(known.name).is_some());
            }
        }
    }
}
