//! The inputs of the business case that staywise ships, with where each came
//! from, by kind of provider and by way of doing it. Data only: prices.toml
//! has them, and nothing here changes one.

use serde::Deserialize;
use staywise_core::casemodel::{Grade, Provenance, Range, SetBy, Unit};
use staywise_core::domain::Day;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const TEXT: &str = include_str!("prices.toml");

/// The year whose prices the shipped inputs are in.
pub const PRICE_YEAR: &str = "2026-27";

/// The kinds of provider that inputs are shipped for, with the words that
/// choose them.
pub const SETTINGS: [(&str, &str); 3] = [
    ("nhs", "NHS"),
    ("social_care", "social care"),
    ("primary_care", "primary care"),
];

/// One input as it is shipped.
#[derive(Clone, Debug, PartialEq)]
pub struct Shipped {
    /// What it is an input of: `vacancy_weeks`.
    pub slug: String,
    /// As printed.
    pub label: String,
    /// What it is, and what is in and out of it.
    pub what: String,
    /// What it is counted in.
    pub unit: Unit,
    /// Least, likeliest, most.
    pub range: Range,
    /// Where it came from.
    pub provenance: Provenance,
}

/// A way of doing it that staywise ships.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Its slug.
    pub slug: String,
    /// As printed.
    pub label: String,
    /// What it is.
    pub what: String,
    /// What it changes: ranges and where they came from, by slug.
    pub changes: BTreeMap<String, (Range, Provenance)>,
}

#[derive(Deserialize)]
struct File {
    input: BTreeMap<String, Entry>,
    setting: BTreeMap<String, BTreeMap<String, Entry>>,
    option: BTreeMap<String, Choice>,
}

#[derive(Deserialize)]
struct Entry {
    label: Option<String>,
    unit: Option<String>,
    what: Option<String>,
    low: f64,
    central: f64,
    high: f64,
    price_year: Option<String>,
    source: String,
    dated: Option<String>,
    good_until: Option<String>,
    grade: String,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Choice {
    label: String,
    what: String,
    #[serde(flatten)]
    inputs: BTreeMap<String, Entry>,
}

impl Entry {
    fn range(&self) -> Range {
        Range {
            low: self.low,
            central: self.central,
            high: self.high,
        }
    }

    /// Where it came from; what a setting or a way does not say of money's
    /// year is as the base has it.
    fn provenance(&self, base_year: Option<&String>, set_by: SetBy) -> Provenance {
        let day = |text: &Option<String>| text.as_deref().and_then(Day::parse_iso);
        Provenance {
            price_year: self.price_year.clone().or_else(|| base_year.cloned()),
            source: Some(self.source.clone()),
            dated: day(&self.dated),
            good_until: day(&self.good_until),
            grade: Grade::from_letter(&self.grade),
            set_by,
            note: self.note.clone(),
        }
    }
}

fn file() -> Option<&'static File> {
    static FILE: OnceLock<Option<File>> = OnceLock::new();
    FILE.get_or_init(|| toml::from_str(TEXT).ok()).as_ref()
}

/// Every input that is shipped for a kind of provider, in the order in which
/// they are listed.
#[must_use]
pub fn shipped(setting: &str) -> Vec<Shipped> {
    let Some(file) = file() else {
        return Vec::new();
    };
    let mut slugs: Vec<&String> = file.input.keys().collect();
    slugs.sort_by_key(|slug| TEXT.find(&format!("\n[input.{slug}]")));
    slugs
        .into_iter()
        .filter_map(|slug| {
            let base = file.input.get(slug)?;
            let own = file.setting.get(setting).and_then(|s| s.get(slug));
            let taken = own.unwrap_or(base);
            Some(Shipped {
                slug: slug.clone(),
                label: base.label.clone()?,
                what: base.what.clone()?,
                unit: Unit::from_slug(base.unit.as_deref()?)?,
                range: taken.range(),
                provenance: taken.provenance(base.price_year.as_ref(), SetBy::Shipped),
            })
        })
        .collect()
}

/// The ways of doing it that are shipped, in the order in which they are
/// listed.
#[must_use]
pub fn ways() -> Vec<Way> {
    let Some(file) = file() else {
        return Vec::new();
    };
    let mut slugs: Vec<&String> = file.option.keys().collect();
    slugs.sort_by_key(|slug| TEXT.find(&format!("\n[option.{slug}]")));
    let year = |slug: &String| {
        file.input
            .get(slug)
            .and_then(|base| base.price_year.as_ref())
    };
    slugs
        .into_iter()
        .filter_map(|slug| {
            let way = file.option.get(slug)?;
            let changes = way.inputs.iter().map(|(of, entry)| {
                let from = entry.provenance(year(of), SetBy::Choice);
                (of.clone(), (entry.range(), from))
            });
            Some(Way {
                slug: slug.clone(),
                label: way.label.clone(),
                what: way.what.clone(),
                changes: changes.collect(),
            })
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{PRICE_YEAR, SETTINGS, TEXT, shipped, ways};

    #[test]
    fn every_shipped_input_is_whole() {
        let file: super::File = toml::from_str(TEXT).unwrap();
        for (setting, _) in SETTINGS {
            let inputs = shipped(setting);
            assert_eq!(inputs.len(), file.input.len(), "{setting}");
            for input in &inputs {
                let from = &input.provenance;
                assert!(input.range.is_ordered(), "{}", input.slug);
                assert!(from.grade.is_some(), "{}", input.slug);
                let year = input.unit.is_money().then_some(PRICE_YEAR);
                assert_eq!(from.price_year.as_deref(), year, "{}", input.slug);
            }
        }
        for (setting, changed) in &file.setting {
            assert!(SETTINGS.iter().any(|(s, _)| s == setting));
            assert!(changed.keys().all(|slug| file.input.contains_key(slug)));
        }
        for (_, entry) in file.input.iter() {
            for day in [&entry.dated, &entry.good_until].into_iter().flatten() {
                assert!(super::Day::parse_iso(day).is_some(), "{day}");
            }
        }
    }

    #[test]
    fn every_way_changes_inputs_that_there_are() {
        let inputs = shipped("nhs");
        let ways = ways();
        let slugs: Vec<&str> = ways.iter().map(|w| w.slug.as_str()).collect();
        assert_eq!(slugs, ["core", "gold", "shared_lead"]);
        for (slug, (range, _)) in ways.iter().flat_map(|w| &w.changes) {
            assert!(inputs.iter().any(|i| i.slug == *slug), "{slug}");
            assert!(range.is_ordered());
        }
    }
}
