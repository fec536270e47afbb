//! Every metric there is: the built-in files and the study's own. Says what
//! is wrong with them all at once; never reads a folder and never counts.

use super::compose;
use super::header::{MetricQuery, read};
use super::wrong::{mistake, nearest};
use staywise_core::domain::{Finding, Metric};

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../", $path)))),*]
    };
}

/// The built-in files, in the order in which metrics are listed.
const BUILT_IN: &[(&str, &str)] = files![
    "queries/survey/response_rate.sql",
    "queries/survey/intention_to_stay.sql",
    "queries/survey/intention_to_leave.sql",
    "queries/survey/preceptorship_influence.sql",
    "queries/survey/belonging.sql",
    "queries/survey/item_distribution.sql",
    "queries/survey/item_favourable.sql",
    "queries/workforce/headcount.sql",
    "queries/workforce/fte.sql",
    "queries/workforce/starters.sql",
    "queries/workforce/leavers.sql",
    "queries/workforce/leavers_fte.sql",
    "queries/workforce/voluntary_leavers.sql",
    "queries/workforce/other_ends.sql",
    "queries/workforce/leaver_rate.sql",
    "queries/workforce/leaver_rate_12m.sql",
    "queries/workforce/leaver_rate_fte_12m.sql",
    "queries/workforce/leaver_rate_start_12m.sql",
    "queries/workforce/leaver_rate_end_12m.sql",
    "queries/workforce/leaver_rate_monthly_12m.sql",
    "queries/workforce/leaving_rate_12m.sql",
    "queries/workforce/voluntary_leaver_rate_12m.sql",
    "queries/workforce/joiner_rate_12m.sql",
    "queries/workforce/stability_12m.sql",
    "queries/workforce/leaving_reason_known.sql",
    "queries/workforce/leaving_reasons.sql",
    "queries/workforce/destinations.sql",
    "queries/retention/retention_3m.sql",
    "queries/retention/retention_6m.sql",
    "queries/retention/retention_12m.sql",
    "queries/retention/retention_18m.sql",
    "queries/retention/retention_24m.sql",
    "queries/retention/retention_curve.sql",
    "queries/retention/duration_curve.sql",
    "queries/flows/published_opening.sql",
    "queries/flows/published_joiners.sql",
    "queries/flows/published_leavers.sql",
    "queries/flows/published_closing.sql",
    "queries/flows/published_unexplained.sql",
    "queries/flows/published_leaver_rate.sql",
    "queries/flows/published_leaver_rate_start.sql",
    "queries/flows/published_joiner_rate.sql",
];

/// All metrics, in the order in which they are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    queries: Vec<MetricQuery>,
}

impl Catalogue {
    /// The built-in metrics.
    #[must_use]
    pub fn built_in() -> Self {
        let read = |(path, text): &(&str, &str)| read(path, text).ok();
        Self {
            queries: BUILT_IN.iter().filter_map(read).collect(),
        }
    }

    /// The built-in metrics extended or, by name, replaced by the study's own
    /// files (path and text), and everything that is wrong with those. A file
    /// that is wrong is left out.
    #[must_use]
    pub fn with_user(files: &[(String, String)]) -> (Self, Vec<Finding>) {
        let mut catalogue = Self::built_in();
        let mut findings = Vec::new();
        let mut own: Vec<(String, &str)> = Vec::new();
        for (path, text) in files {
            let query = match read(path, text) {
                Ok(query) => query,
                Err(wrong) => {
                    findings.extend(wrong);
                    continue;
                }
            };
            let name = query.metric.name.clone();
            if let Some((_, first)) = own.iter().find(|(n, _)| *n == name) {
                let message = format!("`{name}` is also the metric of {first}");
                let remedy = "Rename one of the two files and its metric.".to_owned();
                findings.push(mistake(path, None, (message, remedy)));
                continue;
            }
            own.push((name, path));
            catalogue.put(query);
        }
        let wrong: Vec<Finding> = catalogue
            .queries
            .iter()
            .flat_map(|query| compose::check(query, &catalogue))
            .collect();
        catalogue
            .queries
            .retain(|query| wrong.iter().all(|f| f.origin.file != query.path));
        findings.extend(wrong);
        (catalogue, findings)
    }

    fn put(&mut self, query: MetricQuery) {
        let same = |q: &&mut MetricQuery| q.metric.name == query.metric.name;
        match self.queries.iter_mut().find(same) {
            Some(old) => *old = query,
            None => self.queries.push(query),
        }
    }

    /// A metric's file by the metric's name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&MetricQuery> {
        self.queries.iter().find(|q| q.metric.name == name)
    }

    /// Every metric file, in order.
    #[must_use]
    pub fn queries(&self) -> &[MetricQuery] {
        &self.queries
    }

    /// Every metric, in order.
    pub fn metrics(&self) -> impl Iterator<Item = &Metric> {
        self.queries.iter().map(|q| &q.metric)
    }

    /// Every name, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.metrics().map(|m| m.name.as_str())
    }

    /// The name nearest to one that is none, where one is near.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.names())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{BUILT_IN, Catalogue};
    use std::path::Path;

    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "sql") {
                let root = Path::new(env!("CARGO_MANIFEST_DIR"));
                let name = path.strip_prefix(root).unwrap().to_string_lossy();
                found.push(name.replace('\\', "/"));
            }
        }
    }

    #[test]
    fn every_file_of_the_folder_is_built_in_and_right() {
        let mut found = Vec::new();
        walk(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("queries"),
            &mut found,
        );
        found.sort();
        let mut listed: Vec<&str> = BUILT_IN.iter().map(|(path, _)| *path).collect();
        listed.sort_unstable();
        assert_eq!(found, listed);
        let (catalogue, findings) = Catalogue::with_user(&[]);
        assert_eq!(findings, []);
        assert_eq!(catalogue.queries().len(), BUILT_IN.len());
    }

    #[test]
    fn influence_is_no_intention() {
        let catalogue = Catalogue::built_in();
        let metric = &catalogue.get("preceptorship_influence").unwrap().metric;
        let said = format!("{} {}", metric.label, metric.definition).to_lowercase();
        for word in ["intend", "intention", "to stay", "to leave"] {
            assert!(!said.contains(word), "{said}");
        }
    }

    /// Agreeing with an item that is itself about what is unfavourable is not
    /// favourable, so those that the vocabulary knows are in no list of shares
    /// of which higher is better.
    #[test]
    fn what_nobody_wishes_for_is_in_no_list_of_favourable_answers() {
        let catalogue = Catalogue::built_in();
        let text = &catalogue.get("item_favourable").unwrap().text;
        let known: toml::Table = include_str!("../../crates/intake/src/vocabulary/items.toml")
            .parse()
            .unwrap();
        let mut found = 0;
        for item in known["item"].as_array().unwrap() {
            let name = item["name"].as_str().unwrap();
            if item.get("reversed").is_some() {
                found += 1;
                for name in [name.to_owned(), format!("{name}_2"), format!("{name}_3")] {
                    assert!(text.contains(&format!("'{name}'")), "{name}");
                }
            } else {
                assert!(!text.contains(&format!("'{name}'")), "{name}");
            }
        }
        assert!(found > 0);
    }

    #[test]
    fn a_study_extends_and_replaces() {
        let old = Catalogue::built_in();
        let text = &old.get("belonging").unwrap().text;
        let mine = text.replace("label:      Belonging", "label:      Fitting in");
        assert_ne!(&mine, text);
        let new = text.replace("metric:     belonging", "metric:     fitting");
        let files = [
            ("queries/belonging.sql".to_owned(), mine),
            ("queries/x/fitting.sql".to_owned(), new.clone()),
            ("queries/y/fitting.sql".to_owned(), new),
            ("queries/broken.sql".to_owned(), "select 1".to_owned()),
        ];
        let (catalogue, findings) = Catalogue::with_user(&files);
        assert_eq!(
            catalogue.get("belonging").unwrap().metric.label,
            "Fitting in"
        );
        assert_eq!(catalogue.queries().len(), old.queries().len() + 1);
        assert!(catalogue.get("fitting").unwrap().path.contains("/x/"));
        assert!(
            findings
                .iter()
                .any(|f| f.message.contains("also the metric of queries/x"))
        );
        assert!(
            findings
                .iter()
                .any(|f| f.origin.file == "queries/broken.sql")
        );
        assert_eq!(
            catalogue.nearest("intention_to_sty"),
            Some("intention_to_stay")
        );
        assert_eq!(catalogue.nearest("zzz"), None);
    }

    #[test]
    fn a_ratio_of_what_is_not_there_is_left_out() {
        let built_in = Catalogue::built_in();
        let text = &built_in.get("leaver_rate").unwrap().text;
        let wrong = text
            .replace("leaver_rate", "wrong_rate")
            .replace(" leavers\n", " leaver\n");
        let files = [("queries/wrong_rate.sql".to_owned(), wrong)];
        let (catalogue, findings) = Catalogue::with_user(&files);
        assert!(catalogue.get("wrong_rate").is_none());
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].remedy, "Did you mean `leavers`?");
    }

    /// What is published is not protected, so no ratio may hold both.
    #[test]
    fn a_ratio_of_published_flows_and_of_people_is_left_out() {
        let head = "-- label: L\n-- additive: no\n-- good: lower\n-- definition: D\n\
                    -- exclusions: E\n-- source: S\n";
        let ratio = |more: &str| {
            let text = format!("-- metric: mixed\n{head}-- kind: ratio\n{more}");
            ("queries/mixed.sql".to_owned(), text)
        };
        let of_own =
            ratio("-- grain: flow\n-- numerator: leavers\n-- denominator: published_opening\n");
        let of_published = ratio(
            "-- numerator: published_leavers\n\
             -- denominator: mean(headcount@start, headcount@end)\n",
        );
        for (file, message) in [
            (
                of_own,
                "a ratio of published flows names `leavers`, which is none",
            ),
            (
                of_published,
                "the ratio names `published_leavers`, which is of published flows",
            ),
        ] {
            let (catalogue, findings) = Catalogue::with_user(&[file]);
            assert!(catalogue.get("mixed").is_none());
            let said: Vec<&str> = findings.iter().map(|f| f.message.as_str()).collect();
            assert_eq!(said, [message]);
        }
        // Nor may a part be put in the stead of a published one.
        let text = format!(
            "-- metric: published_leavers\n{head}-- kind: event\n-- grain: spell\n\
             select spell, leave as at from spells where leave is not null\n"
        );
        let files = [("queries/published_leavers.sql".to_owned(), text)];
        let (catalogue, findings) = Catalogue::with_user(&files);
        assert!(catalogue.get("published_leaver_rate").is_none());
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(findings.iter().all(|f| f.message.contains("which is none")));
    }
}
