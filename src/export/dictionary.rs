//! data-dictionary.csv: what each column of results.csv and results.parquet is.
//! One table gives the dictionary its lines and the Parquet file its types.

use super::results::guarded;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Words, UTF-8.
    Text,
    /// A number at 12 significant digits.
    Number,
    /// A whole number.
    Whole,
    /// true or false.
    Flag,
}

impl Type {
    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Whole => "whole number",
            Self::Flag => "true or false",
        }
    }
}

/// What a column is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    pub(super) column: &'static str,
    pub(super) holds: Type,
    pub(super) meaning: &'static str,
    pub(super) unit: &'static str,
    pub(super) values: &'static str,
    pub(super) empty_when: &'static str,
}

const NOT_SHOWN: &str = "status is not shown";
const IN_UNIT: &str = "as the column unit says";

const fn text(
    column: &'static str,
    meaning: &'static str,
    values: &'static str,
    empty_when: &'static str,
) -> Meaning {
    Meaning {
        column,
        holds: Type::Text,
        meaning,
        unit: "",
        values,
        empty_when,
    }
}

const fn number(
    column: &'static str,
    holds: Type,
    (meaning, unit): (&'static str, &'static str),
    empty_when: &'static str,
) -> Meaning {
    Meaning {
        column,
        holds,
        meaning,
        unit,
        values: "",
        empty_when,
    }
}

/// Every column, in the order of results.csv.
pub(super) const MEANINGS: [Meaning; 29] = [
    text(
        "metric",
        "The measure: the name of its .sql file",
        "the worksheet Definitions of tables.xlsx and manifest.json list them",
        "never",
    ),
    text(
        "definition",
        "Which definition of the measure, where there are several",
        "an id; the measure's own name where there is one definition",
        "never",
    ),
    text(
        "kind",
        "How units turn into a figure",
        "proportion; mean; distribution; event; stock; exposure; survival; sum; paired; ratio",
        "never",
    ),
    text(
        "period",
        "When: a quarter, a year or everything up to the as-at date",
        "as 2026-Q2 (April to June 2026), 2026-27-Q1, 2026, 2026-27, or all",
        "never",
    ),
    text(
        "dimension",
        "What people are divided by",
        "a dimension's name: site, staff_group, ethnic_group ...",
        "the figure is about everyone",
    ),
    text(
        "level",
        "Which group of that dimension",
        "as the data name it, or Not stated, Not known, Not linked",
        "the figure is about everyone",
    ),
    text(
        "dimension_2",
        "What people are also divided by",
        "a dimension's name",
        "the figure is not about two dimensions",
    ),
    text(
        "level_2",
        "Which group of the second dimension",
        "as level",
        "the figure is not about two dimensions",
    ),
    text(
        "status",
        "Whether the figure is shown, and if not, why",
        "shown; c (hidden to protect people); x (not available); z (not applicable, not yet due, \
         refused, or cannot be estimated); u (too few to say)",
        "never",
    ),
    text(
        "reason",
        "Why there is no figure, in words; every hidden figure has the same words",
        "words",
        "status is shown",
    ),
    number(
        "n",
        Type::Whole,
        (
            "The base: units with a valid measure; on a curve, those still being followed",
            "people, spells, responses or answers, as the measure says",
        ),
        "status is not shown, or the amount was declared by the study",
    ),
    number(
        "numerator",
        Type::Number,
        (
            "What is above the line",
            "units, or the score's or amount's own unit",
        ),
        "status is not shown, there is no line, or exact counts may not leave",
    ),
    number(
        "denominator",
        Type::Number,
        ("What is below the line", "units, people or person-years"),
        "status is not shown, there is no line, or exact counts may not leave",
    ),
    number(
        "estimate",
        Type::Number,
        (
            "The figure, at the precision at which it may leave",
            IN_UNIT,
        ),
        NOT_SHOWN,
    ),
    number(
        "lower",
        Type::Number,
        ("The lower limit of its interval", IN_UNIT),
        "status is not shown, or the figure is a full count",
    ),
    number(
        "upper",
        Type::Number,
        ("The upper limit of its interval", IN_UNIT),
        "status is not shown, or the figure is a full count",
    ),
    number(
        "interval_level",
        Type::Number,
        (
            "The confidence level of the interval: 0.95 for 95%",
            "fraction",
        ),
        "there is no interval",
    ),
    text(
        "method",
        "How the interval was made",
        "wilson; newcombe; clopper_pearson; poisson_exact; t; km_loglog; of adjusted figures \
         sandwich; sandwich_log; sandwich_clustered; hc2; hc3; clustered; cox_wald; cox_robust; \
         cox_clustered; docs/methods.md explains each",
        "there is no interval",
    ),
    text(
        "unit",
        "What estimate, lower and upper are measured in",
        "fraction (0 to 1; a difference of fractions: -1 to 1); people; count; score; rate (may \
         pass 1); per_100_person_years; per_100_person_months; months; pence",
        "never",
    ),
    text(
        "good",
        "Which way is good",
        "higher; lower; neither",
        "never",
    ),
    text(
        "claim",
        "The figure's id, the same in every run for the same measure, definition, period, groups, \
         statistic, item, answer, horizon and comparator",
        "C- and 12 letters and digits",
        "never",
    ),
    text(
        "statistic",
        "Which statistic of the measure",
        "value; difference (level less comparator_level); ratio (level over comparator_level); \
         median; rmst (mean time in post up to the horizon); leaving_rate (in the month that ends at \
         the horizon)",
        "never",
    ),
    text(
        "item",
        "Which question, for a measure that is counted question by question",
        "an item's name",
        "the measure is not about single questions",
    ),
    text(
        "answer",
        "Which answer, for how answers divide",
        "as the scale has it",
        "the figure is not about one answer",
    ),
    number(
        "horizon_months",
        Type::Whole,
        ("How long after starting", "months"),
        "the measure has no horizon",
    ),
    text(
        "comparator_level",
        "What a difference or ratio is against: a level of the same dimension, or an earlier \
         period",
        "as level, or as period",
        "statistic is not difference or ratio",
    ),
    Meaning {
        column: "weighted",
        holds: Type::Flag,
        meaning: "Whether survey weights are in the figure",
        unit: "",
        values: "true; false",
        empty_when: "never",
    },
    number(
        "persons",
        Type::Whole,
        ("Distinct people behind the figure", "people"),
        "status is not shown, or the number of people is not known",
    ),
    text(
        "adjusted_for",
        "What the figure is adjusted for",
        "words",
        "the figure is not adjusted",
    ),
];

/// The dictionary as CSV: UTF-8, comma, LF line ends, one line a column of
/// results.csv, in its order.
#[must_use]
pub fn data_dictionary() -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    // Writing to memory fails for nothing: every record has six fields.
    let _ = writer.write_record(["column", "type", "meaning", "unit", "values", "empty_when"]);
    for of in &MEANINGS {
        let line = [
            of.column,
            of.holds.word(),
            of.meaning,
            of.unit,
            of.values,
            of.empty_when,
        ];
        let _ = writer.write_record(line.map(|words| guarded(words.to_owned())));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{MEANINGS, Meaning, Type, data_dictionary};
    use crate::export::record::{COLUMNS, Field, record};
    use crate::report::made_up::rows;
    use staywise_core::domain::{Good, Kind, Statistic, Status, Unit};

    fn of(column: &str) -> &'static Meaning {
        MEANINGS.iter().find(|m| m.column == column).unwrap()
    }

    #[test]
    fn every_column_is_in_it_in_order() {
        let columns: Vec<&str> = MEANINGS.iter().map(|m| m.column).collect();
        assert_eq!(columns, COLUMNS);
        let bytes = data_dictionary();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(lines.len(), COLUMNS.len());
        for (line, column) in lines.iter().zip(COLUMNS) {
            assert_eq!(&line[0], column);
            for (index, what) in [(1, "type"), (2, "meaning"), (5, "empty_when")] {
                assert!(!line[index].is_empty(), "{column} has no {what}");
            }
            let said = !line[3].is_empty() || !line[4].is_empty();
            assert!(said, "{column} has neither unit nor values");
        }
    }

    #[test]
    fn every_code_is_in_it() {
        let kinds = Kind::ALL.map(Kind::word);
        let statuses = [
            Status::Shown,
            Status::Confidential,
            Status::NotAvailable,
            Status::NotApplicable,
            Status::TooFew,
        ]
        .map(Status::code);
        let statistics = [
            Statistic::Value,
            Statistic::Difference,
            Statistic::Ratio,
            Statistic::Median,
            Statistic::Rmst,
            Statistic::LeavingRate,
        ]
        .map(Statistic::word);
        let units = [
            Unit::Fraction,
            Unit::People,
            Unit::Count,
            Unit::Score,
            Unit::Rate,
            Unit::Per100PersonYears,
            Unit::Per100PersonMonths,
            Unit::Months,
            Unit::Pence,
        ]
        .map(Unit::word);
        let goods = [Good::Higher, Good::Lower, Good::Neither].map(Good::word);
        let all: [(&str, &[&str]); 5] = [
            ("kind", &kinds),
            ("status", &statuses),
            ("statistic", &statistics),
            ("unit", &units),
            ("good", &goods),
        ];
        for (column, words) in all {
            let listed: Vec<&str> = of(column)
                .values
                .split(';')
                .filter_map(|value| value.split_whitespace().next())
                .collect();
            for word in words {
                assert!(listed.contains(word), "{column} lacks {word}: {listed:?}");
            }
        }
    }

    #[test]
    fn fields_are_of_their_type_and_empty_when_said() {
        for row in &rows() {
            for (field, meaning) in record(row).iter().zip(&MEANINGS) {
                let right = match (field, meaning.holds) {
                    (Field::Empty, _) => meaning.empty_when != "never",
                    (Field::Text(_), Type::Text)
                    | (Field::Number(_), Type::Number)
                    | (Field::Flag(_), Type::Flag) => true,
                    (Field::Number(digits), Type::Whole) => digits.parse::<i64>().is_ok(),
                    _ => false,
                };
                assert!(right, "{}: {field:?}", meaning.column);
            }
            let method = row.method().unwrap_or("wilson");
            assert!(of("method").values.contains(method), "{method}");
        }
    }
}
