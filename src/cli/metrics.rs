//! `metrics`: every metric, or one of them as its file says it.

use super::arguments::Metrics;
use super::folder::folder_of;
use super::say::Talk;
use super::{Ended, Failed};
use crate::files;
use crate::query::{Catalogue, MetricQuery};
use std::path::Path;

pub(super) fn metrics(
    metrics: &Metrics,
    study: Option<&Path>,
    talk: &Talk,
) -> Result<Ended, Failed> {
    let dir = folder_of(None, study);
    let own = files::own_texts(&dir.join("queries"), "sql")?;
    let (catalogue, wrong) = Catalogue::with_user(&own);
    talk.findings(&wrong);
    match &metrics.name {
        Some(name) => {
            let query = catalogue
                .get(name)
                .ok_or_else(|| unknown(name, &catalogue))?;
            if metrics.json {
                talk.data(&written(&one_json(query)));
            } else {
                talk.data(query.text.trim_end());
            }
        }
        None if metrics.json => {
            let all: Vec<serde_json::Value> = catalogue.queries().iter().map(one_json).collect();
            talk.data(&written(&serde_json::Value::Array(all)));
        }
        None => list(&catalogue, talk),
    }
    Ok(if wrong.is_empty() {
        Ended::Done
    } else {
        Ended::Mend
    })
}

fn unknown(name: &str, catalogue: &Catalogue) -> Failed {
    let remedy = catalogue.nearest(name).map_or_else(
        || "Type `staywise metrics` for all of them.".to_owned(),
        |near| format!("Did you mean `{near}`? `staywise metrics` has all of them."),
    );
    Failed::new(&format!("There is no metric `{name}`."), &remedy)
}

fn list(catalogue: &Catalogue, talk: &Talk) {
    let width = catalogue.names().map(str::len).max().unwrap_or(0);
    for metric in catalogue.metrics() {
        let name = format!("{:<width$}", metric.name);
        talk.data(&format!(
            "{}  {:<12}  {}",
            talk.data_look.bold(&name),
            metric.kind.word(),
            metric.label
        ));
    }
    talk.line("\nOne of them, with its definition and SQL: staywise metrics NAME");
}

fn written(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn one_json(query: &MetricQuery) -> serde_json::Value {
    let m = &query.metric;
    serde_json::json!({
        "name": m.name, "label": m.label, "kind": m.kind.word(),
        "grain": m.grain.word(), "additive": m.additive, "good": m.good.word(),
        "definition_id": m.definition_id, "definition": m.definition,
        "exclusions": m.exclusions, "source": m.source, "unit": m.unit.word(),
        "file": query.path,
    })
}
