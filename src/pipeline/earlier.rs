//! A run that was made earlier, read back: what its manifest says, and the
//! rows that it released. Reads texts, never files; takes no figure that is
//! not in them.

use super::vacancy;
use crate::export::{Line, Results, read_results};
use serde_json::Value;
use staywise_core::disclosure::{NotPublished, PublishedFields, Released};
use staywise_core::domain::{Day, Period};
use std::fmt;

/// An earlier run.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The study's name.
    pub study: String,
    /// The keyed digest of the study's file.
    pub study_digest: String,
    /// The date that its data stand at.
    pub as_at: Day,
    /// The period that it reported on.
    pub period: Period,
    /// The version of the program that made it.
    pub version: String,
    /// The disclosure policy's name.
    pub policy: String,
    /// Whether it was a draft.
    pub draft: bool,
    /// What was counted, as it was defined then.
    pub definitions: Vec<Stood>,
    /// Each input's path inside the study, and its keyed digest.
    pub inputs: Vec<(String, String)>,
    results: Results,
}

/// A metric's definition as it stood in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    /// The metric's slug.
    pub metric: String,
    /// The definition in words.
    pub definition: String,
    /// What was left out, in words.
    pub exclusions: String,
    /// Where the definition comes from.
    pub source: String,
}

/// Why a folder cannot be read as a run, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotARun(pub String);

impl fmt::Display for NotARun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotARun {}

impl Earlier {
    /// Reads a run from the text of its manifest and the bytes of its
    /// results.csv.
    ///
    /// # Errors
    /// `NotARun` where either is not as a run writes it.
    pub fn read(manifest: &str, results: &[u8]) -> Result<Self, NotARun> {
        let unread = |what: &str| NotARun(format!("Its manifest.json has no {what}."));
        let value: Value = serde_json::from_str(manifest)
            .map_err(|_| NotARun("Its manifest.json is no JSON.".to_owned()))?;
        let text = |place: &str| value.pointer(place).and_then(Value::as_str);
        let owned = |place: &str| text(place).unwrap_or_default().to_owned();
        if text("/product") != Some("staywise") {
            return Err(NotARun(
                "Its manifest.json is not one of staywise.".to_owned(),
            ));
        }
        let as_at = text("/as_at").and_then(Day::parse_iso);
        let as_at = as_at.ok_or_else(|| unread("as-at date"))?;
        let period = match text("/period/label") {
            Some("all") => Some(Period::all(as_at)),
            Some(label) => Period::parse(label).ok(),
            None => None,
        };
        let list = |place: &str| value.pointer(place).and_then(Value::as_array);
        let definitions = list("/definitions").into_iter().flatten();
        let inputs = list("/inputs").into_iter().flatten();
        Ok(Self {
            study: owned("/study"),
            study_digest: owned("/study_digest"),
            as_at,
            period: period.ok_or_else(|| unread("period"))?,
            version: owned("/version"),
            policy: owned("/policy"),
            draft: value.pointer("/draft") != Some(&Value::Bool(false)),
            definitions: definitions.map(stood).collect(),
            inputs: inputs.map(|i| (of(i, "path"), of(i, "digest"))).collect(),
            results: read_results(results)
                .map_err(|wrong| NotARun(format!("Of its files, {wrong}.")))?,
        })
    }

    /// Every line of its results.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.results.lines()
    }

    /// A metric's definition as it stood.
    #[must_use]
    pub fn stood(&self, metric: &str) -> Option<&Stood> {
        self.definitions.iter().find(|stood| stood.metric == metric)
    }

    /// The row of a line. `label` is the metric's name as printed, which
    /// results.csv does not hold.
    ///
    /// # Errors
    /// `NotPublished` where no run writes such a line.
    pub fn released(&self, line: &Line<'_>, label: &str) -> Result<Released, NotPublished> {
        let fields = PublishedFields::new(line.fields());
        Released::published(label, self.as_at, &fields)
    }
}

/// When a run is of: the last day of its period and the date its data stand
/// at; nothing where the text is no manifest.
#[must_use]
pub fn when(manifest: &str) -> Option<(Day, Day)> {
    let value: Value = serde_json::from_str(manifest).ok()?;
    let day = |place: &str| value.pointer(place)?.as_str().and_then(Day::parse_iso);
    Some((day("/period/last_day")?, day("/as_at")?))
}

fn of(value: &Value, name: &str) -> String {
    let text = value.get(name).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn stood(value: &Value) -> Stood {
    Stood {
        metric: of(value, "metric"),
        definition: of(value, "definition"),
        exclusions: of(value, "exclusions"),
        source: of(value, "source"),
    }
}

/// A name for a metric that no query of the study counts: a vacancy rate's
/// own, else one made of the slug, as of a metric that it has no longer.
#[must_use]
pub fn label_of(slug: &str) -> String {
    if let Some(metric) = vacancy::metric(slug) {
        return metric.label;
    }
    let words = slug.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use super::{Earlier, when};
    use crate::export::{ManifestFacts, manifest, results_csv};
    use staywise_core::disclosure::Released;
    use staywise_core::domain::{Day, Group, Period, RowKey, Statistic, Unit};

    /// The manifest of a run of a study on a period.
    pub(in crate::pipeline) fn manifest_of(study: &str, period: &Period) -> String {
        let facts = ManifestFacts {
            version: "0.1.0".to_owned(),
            study: study.to_owned(),
            as_at: Day::from_ymd(2026, 6, 30).unwrap(),
            period: period.clone(),
            policy: "nss10".to_owned(),
            inputs: vec![("staff.xlsx".to_owned(), "11".to_owned())],
            study_digest: "33".to_owned(),
            definitions: Vec::new(),
        };
        String::from_utf8(manifest(&facts)).unwrap()
    }

    /// A row about everyone in a period.
    pub(in crate::pipeline) fn row(period: &Period) -> Released {
        let key = RowKey {
            metric: "headcount".to_owned(),
            definition: "headcount".to_owned(),
            period: period.clone(),
            group: Group::everyone(),
            statistic: Statistic::Value,
            item: None,
            answer: None,
            horizon_months: None,
            comparator: None,
            adjusted_for: None,
        };
        Released::declared(key, "Headcount", Unit::People, 1204.0)
    }

    #[test]
    fn what_a_run_wrote_is_read_back() {
        let period = Period::parse("2026-Q1").unwrap();
        let rows = [row(&period)];
        let run = Earlier::read(&manifest_of("Ours", &period), &results_csv(&rows)).unwrap();
        assert_eq!((run.study.as_str(), &run.period), ("Ours", &period));
        let days = when(&manifest_of("Ours", &period));
        assert_eq!(days, Some((period.last(), run.as_at)));
        let line = run.lines().next().unwrap();
        let read = run.released(&line, "Headcount").unwrap();
        assert_eq!(read.claim(), rows[0].claim());
        assert_eq!(read.estimate(), Some(1204.0));
    }

    #[test]
    fn what_is_no_run_is_said() {
        let said = |manifest: &str, results: &str| {
            Earlier::read(manifest, results.as_bytes())
                .unwrap_err()
                .to_string()
        };
        assert_eq!(said("{", ""), "Its manifest.json is no JSON.");
        let other = "{\"product\": \"other\"}";
        assert_eq!(said(other, ""), "Its manifest.json is not one of staywise.");
        let bare = "{\"product\": \"staywise\"}";
        assert_eq!(said(bare, ""), "Its manifest.json has no as-at date.");
        let whole = manifest_of("Ours", &Period::parse("2026").unwrap());
        assert_eq!(
            said(&whole, "a,b\n"),
            "Of its files, results.csv has no column `metric`."
        );
    }
}
