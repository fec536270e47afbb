//! The page of `check`: what was read and what was found, by rule, for the
//! data team. Holds places and counts, no value; never a figure of a report.

use super::error::ReportError;
use super::page::{FACE, policy};
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use staywise_core::domain::{Finding, Severity};

const TEMPLATE: &str = include_str!("../../reports/check.html");
const STYLE: &str = include_str!("../../reports/page.css");
const FILE: &str = "reports/check.html";

/// Most places listed of one thing found; private/findings.csv has all.
const PLACES: usize = 200;

/// A table as `check` read it.
#[derive(Clone, Debug, Default)]
pub struct CheckedTable {
    /// The file, with its sheet.
    pub place: String,
    /// What it holds, in words; or that it was left alone.
    pub holds: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Data rows.
    pub rows: u64,
    /// Rows that were not used, by rule.
    pub set_aside: Vec<(String, u64)>,
}

/// The page as HTML.
///
/// # Errors
/// A template that names what is not there.
pub fn findings_page(
    (study, as_at): (&str, &str),
    tables: &[CheckedTable],
    findings: &[Finding],
) -> Result<String, ReportError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let style = format!("{}{STYLE}", *FACE);
    let values = context! {
        study => study,
        as_at => as_at,
        policy => Value::from_safe_string(policy(&style, "")),
        style => Value::from_safe_string(style),
        tables => tables.iter().map(table).collect::<Vec<Value>>(),
        severities => severities(findings),
    };
    let page = environment.render_named_str(FILE, TEMPLATE, values);
    page.map_err(|error| ReportError {
        file: FILE.to_owned(),
        line: error.line(),
        message: error.to_string(),
    })
}

fn table(table: &CheckedTable) -> Value {
    let aside: Vec<String> = table
        .set_aside
        .iter()
        .map(|(rule, n)| format!("{rule}: {n}"))
        .collect();
    context! {
        place => &table.place,
        holds => &table.holds,
        reason => &table.reason,
        rows => table.rows,
        aside => aside.join(", "),
    }
}

/// Findings by severity and, within, by what is found, with their places.
fn severities(findings: &[Finding]) -> Vec<Value> {
    let words = [
        (
            Severity::Error,
            "Errors",
            "to be mended before figures are made",
        ),
        (Severity::Warning, "Warnings", "set aside and counted"),
        (Severity::Note, "Notes", "worth knowing"),
    ];
    words
        .into_iter()
        .map(|(severity, name, heading)| {
            let these = findings.iter().filter(|f| f.severity == severity);
            context! { name => name, heading => heading, found => by_what_is_found(these) }
        })
        .collect()
}

fn by_what_is_found<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<Value> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let same = |group: &&mut Vec<&Finding>| {
            group.first().is_some_and(|f| {
                f.rule == finding.rule && f.message == finding.message && f.remedy == finding.remedy
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
        .iter()
        .filter_map(|group| {
            let first = group.first()?;
            let places: Vec<Value> = group.iter().take(PLACES).map(|f| place(f)).collect();
            Some(context! {
                rule => first.rule,
                message => &first.message,
                remedy => &first.remedy,
                count => group.iter().map(|f| f.count).fold(0, u64::saturating_add),
                places => places,
                more => group.len().saturating_sub(PLACES),
            })
        })
        .collect()
}

fn place(finding: &Finding) -> Value {
    let origin = &finding.origin;
    context! {
        file => &origin.file,
        sheet => origin.sheet.clone().unwrap_or_default(),
        row => origin.row.map(|r| r.to_string()).unwrap_or_default(),
        column => origin.column.clone().unwrap_or_default(),
        count => finding.count,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{CheckedTable, findings_page};
    use staywise_core::domain::{Finding, Origin, Severity};

    #[test]
    fn what_is_found_stands_once_with_its_places_and_nothing_is_markup() {
        let finding = |row| Finding {
            rule: "no-date",
            severity: Severity::Warning,
            origin: Origin {
                row: Some(row),
                ..Origin::file("<b>.csv")
            },
            message: "Cells are <no> date.".into(),
            remedy: "Mend them.".into(),
            count: 3,
            private_value: Some("secret".into()),
        };
        let table = CheckedTable {
            place: "a.csv".into(),
            holds: "staff list".into(),
            ..CheckedTable::default()
        };
        let page = findings_page(
            ("S & T", "30 June 2026"),
            &[table],
            &[finding(3), finding(4)],
        );
        let page = page.unwrap();
        assert_eq!(page.matches("Cells are &lt;no&gt; date.").count(), 1);
        assert!(page.contains("&lt;b&gt;.csv") && page.contains("S &amp; T"));
        assert!(!page.contains("secret") && page.contains("default-src 'none'"));
    }
}
