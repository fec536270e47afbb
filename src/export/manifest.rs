//! manifest.json: what a release was made from and by what rules. Holds keyed
//! digests only, no clock, no count, and no path outside the study.

use serde::Serialize;
use staywise_core::domain::{Day, Metric, Period};

/// What a manifest says. Digests are keyed and given as text.
#[derive(Clone, Debug)]
pub struct ManifestFacts {
    /// The program's version.
    pub version: String,
    /// The study's name.
    pub study: String,
    /// The date the data stand at.
    pub as_at: Day,
    /// The period reported on.
    pub period: Period,
    /// The disclosure policy's name, as `nss10`.
    pub policy: String,
    /// Each input's path inside the study, and its keyed digest.
    pub inputs: Vec<(String, String)>,
    /// The keyed digest of the study file.
    pub study_digest: String,
    /// The definitions that the figures rest on.
    pub definitions: Vec<Metric>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    product: &'static str,
    version: &'a str,
    draft: bool,
    study: &'a str,
    as_at: String,
    period: Dates<'a>,
    policy: &'a str,
    study_digest: &'a str,
    inputs: Vec<Input<'a>>,
    definitions: Vec<Definition<'a>>,
}

#[derive(Serialize)]
struct Dates<'a> {
    label: &'a str,
    /// Nothing for `all`, which has no first day.
    first_day: Option<String>,
    last_day: String,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Input<'a> {
    path: &'a str,
    digest: &'a str,
}

#[derive(Serialize)]
struct Definition<'a> {
    metric: &'a str,
    id: &'a str,
    kind: &'static str,
    unit: &'static str,
    definition: &'a str,
    exclusions: &'a str,
    source: &'a str,
}

/// The manifest as JSON, a line a field. Inputs are in order of their path.
#[must_use]
pub fn manifest(facts: &ManifestFacts) -> Vec<u8> {
    let mut inputs: Vec<Input<'_>> = facts
        .inputs
        .iter()
        .map(|(path, digest)| Input { path, digest })
        .collect();
    inputs.sort();
    let everything = facts.period.label == "all";
    let written = Manifest {
        product: "staywise",
        version: &facts.version,
        draft: true,
        study: &facts.study,
        as_at: facts.as_at.iso(),
        period: Dates {
            label: &facts.period.label,
            first_day: (!everything).then(|| facts.period.start.iso()),
            last_day: facts.period.last().iso(),
        },
        policy: &facts.policy,
        study_digest: &facts.study_digest,
        inputs,
        definitions: facts.definitions.iter().map(definition).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&written).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn definition(metric: &Metric) -> Definition<'_> {
    Definition {
        metric: &metric.name,
        id: &metric.definition_id,
        kind: metric.kind.word(),
        unit: metric.unit.word(),
        definition: &metric.definition,
        exclusions: &metric.exclusions,
        source: &metric.source,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{ManifestFacts, manifest};
    use staywise_core::domain::{Day, Period};

    #[test]
    fn a_manifest_is_the_same_whatever_order_the_inputs_come_in() {
        let mut facts = ManifestFacts {
            version: "0.1.0".to_owned(),
            study: "Northshire \"A&E\"".to_owned(),
            as_at: Day::from_ymd(2026, 6, 30).unwrap(),
            period: Period::parse("2026-Q2").unwrap(),
            policy: "nss10".to_owned(),
            inputs: vec![
                ("waves/b.csv".to_owned(), "22".to_owned()),
                ("staff.xlsx".to_owned(), "11".to_owned()),
            ],
            study_digest: "33".to_owned(),
            definitions: Vec::new(),
        };
        let first = manifest(&facts);
        facts.inputs.reverse();
        assert_eq!(first, manifest(&facts));
        let read: serde_json::Value = serde_json::from_slice(&first).unwrap();
        assert_eq!(read["draft"], true);
        assert_eq!(read["inputs"][0]["path"], "staff.xlsx");
        assert_eq!(read["period"]["first_day"], "2026-04-01");
        assert_eq!(read["period"]["last_day"], "2026-06-30");
        assert_eq!(read["study"], "Northshire \"A&E\"");
    }
}
