//! What the columns of NHS Staff Survey workbooks are: a question by its
//! number in its own year, a score, a rate or a count. Never by number alone:
//! the numbers move between years.

use super::{tables, text};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    item: Vec<Item>,
    score: Vec<Score>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    measure: String,
    label: String,
    numbers: Vec<(u16, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Score {
    variable: String,
    measure: String,
    label: String,
}

const TOML: &str = include_str!("staff_survey.toml");
static TABLE: LazyLock<Table> = LazyLock::new(|| tables::parse(TOML));

/// A column's variable and year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variable {
    /// The variable in lower case: `q26a`, `theme_morale`.
    pub name: String,
    /// The year of the survey.
    pub year: u16,
    /// Whether the column counts the answers to it (`response_rate_n_2025`).
    pub is_base: bool,
}

/// What kind of figure a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A share of the answers to a question.
    Question,
    /// A score from 0 to 10.
    Score,
    /// Responses among those asked.
    ResponseRate,
}

impl Variable {
    /// What kind of figure it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        if self.name == "response_rate" {
            Kind::ResponseRate
        } else if is_question(&self.name) {
            Kind::Question
        } else {
            Kind::Score
        }
    }
}

/// Reads a column's name: `q26a_2025`, `theme_morale_2024`, `PP4_2_n_2021`.
#[must_use]
pub fn variable(header: &str) -> Option<Variable> {
    let slug = text::slug(header);
    let (stem, year) = slug.rsplit_once('_')?;
    let year: u16 = year.parse().ok().filter(|y| (2003..=2100).contains(y))?;
    let base = stem.strip_suffix("_n");
    let name = base.unwrap_or(stem);
    (is_question(name) || is_score(name) || name == "response_rate").then(|| Variable {
        name: name.to_owned(),
        year,
        is_base: base.is_some(),
    })
}

fn is_question(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next() == Some('q') && chars.next().is_some_and(|c| c.is_ascii_digit())
}

fn is_score(name: &str) -> bool {
    let numbered = |prefix: &str| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    name.starts_with("theme_") || ["pp", "m_", "e_"].into_iter().any(numbered)
}

/// What a variable measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The measure's slug.
    pub measure: String,
    /// As printed.
    pub label: String,
    /// Whether the number is that of a later questionnaire, under which the
    /// workbook gives earlier years too.
    pub harmonised: bool,
}

/// What a variable of a year measures, given the other variables of its file.
/// A number that was another question in that year is that other question.
#[must_use]
pub fn measure(variable: &Variable, all: &[Variable]) -> Measured {
    if let Some(score) = TABLE.score.iter().find(|s| s.variable == variable.name) {
        return Measured {
            measure: score.measure.clone(),
            label: score.label.clone(),
            harmonised: false,
        };
    }
    for item in &TABLE.item {
        let had = |year: u16| item.numbers.iter().find(|(own, _)| *own == year);
        let own = had(variable.year).is_some_and(|(_, number)| *number == variable.name);
        let latest = item
            .numbers
            .last()
            .is_some_and(|(_, number)| *number == variable.name);
        // One that the file gives in its own year too is the same question.
        let beside = || {
            all.iter().any(|other| {
                other.name == variable.name
                    && had(other.year).is_some_and(|(_, number)| *number == other.name)
            })
        };
        let harmonised = !own && latest && variable.year < first(item, &variable.name) && beside();
        if own || harmonised {
            return Measured {
                measure: item.measure.clone(),
                label: item.label.clone(),
                harmonised,
            };
        }
    }
    Measured {
        measure: format!("nss_{}", variable.name),
        label: variable.name.clone(),
        harmonised: false,
    }
}

/// The first year in which an item had a number.
fn first(item: &Item, number: &str) -> u16 {
    let mut years = item.numbers.iter().filter(|(_, own)| own == number);
    years.next().map_or(0, |(year, _)| *year)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Kind, TOML, Table, measure, variable};
    use crate::vocabulary::tables;

    fn measured(headers: &[&str], of: &str) -> (String, bool) {
        let all: Vec<_> = headers.iter().filter_map(|h| variable(h)).collect();
        let found = measure(&variable(of).unwrap(), &all);
        (found.measure, found.harmonised)
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(tables::fault::<Table>(TOML), None);
    }

    #[test]
    fn t3_a_question_is_known_by_its_number_in_its_own_year() {
        let leaving = ("intention_to_leave".to_owned(), false);
        for (headers, of) in [
            (["q22a_2021"], "q22a_2021"),
            (["q24a_2022"], "q24a_2022"),
            (["q26a_2023"], "q26a_2023"),
            (["q26a_2025"], "q26a_2025"),
        ] {
            assert_eq!(measured(&headers, of), leaving, "{of}");
        }
        // The same number in another year is another question.
        for (of, name) in [
            ("q22a_2023", "nss_q22a"),
            ("q24a_2025", "nss_q24a"),
            ("q26a_2021", "nss_q26a"),
        ] {
            assert_eq!(measured(&[of], of), (name.to_owned(), false), "{of}");
        }
        // Unless the file gives every year under the latest number.
        let file = ["q26a_2021", "q26a_2022", "q26a_2025"];
        assert_eq!(
            measured(&file, "q26a_2021"),
            ("intention_to_leave".to_owned(), true)
        );
    }

    #[test]
    fn columns_are_questions_scores_rates_or_bases() {
        let read =
            |header: &str| variable(header).map(|v| (v.name.clone(), v.year, v.is_base, v.kind()));
        assert_eq!(
            read("q26a_2025"),
            Some(("q26a".to_owned(), 2025, false, Kind::Question))
        );
        assert_eq!(
            read("PP3_2_2024"),
            Some(("pp3_2".to_owned(), 2024, false, Kind::Score))
        );
        assert_eq!(
            read("response_rate_n_2025"),
            Some(("response_rate".to_owned(), 2025, true, Kind::ResponseRate))
        );
        assert_eq!(read("M_1_2021").map(|v| v.3), Some(Kind::Score));
        for header in [
            "org_id",
            "year_2024",
            "q26a",
            "quarter_2024",
            "theme_morale",
        ] {
            assert_eq!(read(header), None, "{header}");
        }
    }
}
