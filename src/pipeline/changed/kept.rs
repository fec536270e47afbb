//! What a run keeps in its private/ so that it can be said later what it was
//! made by: the study's text, the study's own metric files, and the counts
//! behind the shares it reported. Writes and reads texts, never files.

use crate::pipeline::{Made, Output, Run};
use crate::query::{Catalogue, Slicing};
use serde_json::{Value, json};
use staywise_core::disclosure::{Protected, ProtectedCell};
use staywise_core::domain::{Dimension, Group, Kind, Level, Period, Tally};
use staywise_core::stats::difference::Share;

/// The counts behind one share that a run reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact {
    /// The metric's name.
    pub metric: String,
    /// The item, where its tables are by item.
    pub item: Option<String>,
    /// Whom it is about.
    pub group: Group,
    /// Units that hit.
    pub hits: u64,
    /// Units.
    pub n: u64,
}

/// What a run kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The study's text.
    pub study: String,
    /// The study's own metric files: path and text.
    pub queries: Vec<(String, String)>,
    /// The counts behind its shares; none where they cannot be read.
    pub figures: Vec<Exact>,
}

/// Where the study's text lies in a run.
pub const STUDY: &str = "private/study.toml";
/// Where the study's own metric files lie in a run.
pub const QUERIES: &str = "private/queries";
/// Where the counts lie in a run.
pub const FIGURES: &str = "private/shares.json";

impl Kept {
    /// Puts together what was read from a run's private/.
    #[must_use]
    pub fn read(study: String, queries: Vec<(String, String)>, figures: &str) -> Self {
        let value: Value = serde_json::from_str(figures).unwrap_or_default();
        let lines = value.as_array().map_or(&[][..], Vec::as_slice);
        Self {
            study,
            queries,
            figures: lines.iter().filter_map(figure).collect(),
        }
    }

    /// The counts of one share.
    pub(super) fn counts(&self, key: (&str, Option<&str>, &Group)) -> Option<Share> {
        let (metric, item, group) = key;
        let same =
            |e: &&Exact| e.metric == metric && e.item.as_deref() == item && e.group == *group;
        let found = self.figures.iter().find(same)?;
        Some(Share {
            hits: found.hits,
            n: found.n,
        })
    }
}

fn figure(line: &Value) -> Option<Exact> {
    let text = |name: &str| line.get(name).and_then(Value::as_str);
    let count = |name: &str| line.get(name).and_then(Value::as_u64);
    let group = match (text("dimension"), text("level")) {
        (Some(dimension), Some(level)) => {
            Group::one(&Dimension::new(dimension), &Level::new(level))
        }
        _ => Group::everyone(),
    };
    Some(Exact {
        metric: text("metric")?.to_owned(),
        item: text("item").map(str::to_owned),
        group,
        hits: count("hits")?,
        n: count("n")?,
    })
}

/// A shown share's counts; nothing for what is hidden or no share.
pub(super) fn share(cell: &ProtectedCell) -> Option<Share> {
    match cell.tally() {
        Some(Tally::Proportion { n, hits }) => Some(Share { hits: *hits, n: *n }),
        _ => None,
    }
}

/// The counts behind every shown share of a period, about everyone and by one
/// dimension.
#[must_use]
pub fn exact(protected: &Protected, reported: &Period) -> Vec<Exact> {
    let mut found = Vec::new();
    for table in protected.tables() {
        let metric = table.metric();
        let counted = Slicing::counted(metric, reported);
        let few = table.dimensions().len() < 2;
        if metric.kind != Kind::Proportion || counted.as_ref() != Some(table.period()) || !few {
            continue;
        }
        let cells = match table.dimensions() {
            [] => std::slice::from_ref(table.total()),
            _ => table.cells(),
        };
        let shown = cells.iter().filter_map(|cell| Some((cell, share(cell)?)));
        let shown = shown.filter(|(_, share)| share.n > 0);
        found.extend(shown.map(|(cell, share)| Exact {
            metric: metric.name.clone(),
            item: table.item().map(str::to_owned),
            group: cell.group().clone(),
            hits: share.hits,
            n: share.n,
        }));
    }
    found
}

/// The files that a run keeps.
#[must_use]
pub(in crate::pipeline) fn files(run: &Run<'_>, made: &Made) -> Vec<Output> {
    let built_in = Catalogue::built_in();
    let own = run.catalogue.queries().iter().filter(|query| {
        let theirs = built_in.get(&query.metric.name);
        theirs.is_none_or(|theirs| theirs.text != query.text)
    });
    let file = |name: String, bytes: &[u8]| Output {
        name,
        bytes: bytes.to_vec(),
    };
    let mut files = vec![file(STUDY.to_owned(), run.study.text.as_bytes())];
    files.extend(own.map(|query| file(format!("private/{}", query.path), query.text.as_bytes())));
    let lines: Vec<Value> = made.exact.iter().map(written).collect();
    let text = serde_json::to_string(&lines).unwrap_or_default();
    files.push(file(FIGURES.to_owned(), text.as_bytes()));
    files
}

fn written(exact: &Exact) -> Value {
    let part = exact.group.parts().first();
    json!({
        "metric": exact.metric,
        "item": exact.item,
        "dimension": part.map(|(dimension, _)| dimension.as_str()),
        "level": part.map(|(_, level)| level.as_str()),
        "hits": exact.hits,
        "n": exact.n,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Exact, Kept, written};
    use staywise_core::domain::{Dimension, Group, Level};

    #[test]
    fn what_is_kept_is_read_back() {
        let site = Group::one(&Dimension::new("site"), &Level::new("North, \"old\""));
        let figures: Vec<Exact> = [(None, Group::everyone()), (Some("q1".to_owned()), site)]
            .into_iter()
            .map(|(item, group)| Exact {
                metric: "belonging".to_owned(),
                item,
                group,
                hits: 41,
                n: 60,
            })
            .collect();
        let lines: Vec<_> = figures.iter().map(written).collect();
        let text = serde_json::to_string(&lines).unwrap();
        assert_eq!(
            Kept::read(String::new(), Vec::new(), &text).figures,
            figures
        );
        assert!(
            Kept::read(String::new(), Vec::new(), "{")
                .figures
                .is_empty()
        );
    }
}
