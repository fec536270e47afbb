//! Files for private/, for the data team alone: exact counts, values and
//! pseudonyms, never to be sent on.

use super::Gathered;
use crate::data::linked::NOBODY;
use staywise_core::domain::Finding;

/// `private/findings.csv`: every finding with its value.
#[must_use]
pub(super) fn findings(findings: &[Finding]) -> Vec<u8> {
    let mut out = String::from("severity,rule,file,sheet,row,column,count,message,remedy,value\n");
    for f in findings {
        let row = f.origin.row.map(|r| r.to_string()).unwrap_or_default();
        let count = f.count.to_string();
        let fields = [
            f.severity.word(),
            f.rule,
            &f.origin.file,
            f.origin.sheet.as_deref().unwrap_or(""),
            &row,
            f.origin.column.as_deref().unwrap_or(""),
            &count,
            &f.message,
            &f.remedy,
            f.private_value.as_deref().unwrap_or(""),
        ];
        line(&mut out, &fields);
    }
    out.into_bytes()
}

/// `private/linkage.csv`: each response with its person, both as pseudonyms.
#[must_use]
pub(super) fn linkage(gathered: &Gathered) -> Vec<u8> {
    let linked = &gathered.linked;
    let mut out = String::from("response,wave,answered_on,response_pseudonym,person_pseudonym\n");
    for response in 0..linked.survey.responses() {
        let person = linked
            .response_person
            .get(response)
            .copied()
            .unwrap_or(NOBODY);
        let person = usize::try_from(person)
            .ok()
            .and_then(|p| linked.person_pseudonyms.get(p))
            .map_or("", String::as_str);
        let wave = linked
            .survey
            .wave
            .get(response)
            .and_then(|w| linked.survey.waves.get(usize::try_from(*w).ok()?))
            .map_or("", |level| level.as_str());
        let day = linked
            .survey
            .answered_on
            .get(response)
            .map(|d| d.iso())
            .unwrap_or_default();
        let number = (response + 1).to_string();
        let pseudonym = linked
            .response_pseudonyms
            .get(response)
            .map_or("", String::as_str);
        line(&mut out, &[&number, wave, &day, pseudonym, person]);
    }
    out.into_bytes()
}

/// `private/linkage_report.csv`: how many of each wave and ethnic group were
/// linked, from the side of the responses and from the side of the people.
#[must_use]
pub(super) fn linkage_report(gathered: &Gathered) -> Vec<u8> {
    let report = &gathered.linked.report;
    let mut out = String::from("side,by,level,all,matched\n");
    let mut row = |side: &str, by: &str, (level, all, matched): (&str, u64, u64)| {
        line(
            &mut out,
            &[side, by, level, &all.to_string(), &matched.to_string()],
        );
    };
    row(
        "responses",
        "",
        ("everyone", report.responses, report.linked),
    );
    row("responses", "", ("anonymous", report.anonymous, 0));
    row(
        "responses",
        "",
        ("not in the staff list", report.unmatched, 0),
    );
    row(
        "responses",
        "",
        ("an identifier of several people", report.ambiguous, 0),
    );
    row(
        "responses",
        "",
        ("earlier answers left out", report.repeats, 0),
    );
    row(
        "people",
        "",
        (
            "in post during the waves without a response",
            report.people_without_response,
            0,
        ),
    );
    for (by, counts) in [
        ("wave", &report.by_wave),
        ("ethnic_group", &report.by_ethnic_group),
    ] {
        for c in counts {
            row("responses", by, (c.level.as_str(), c.responses, c.linked));
        }
    }
    let people = [
        ("wave", &report.people_by_wave),
        ("ethnic_group", &report.people_by_ethnic_group),
    ];
    for (by, counts) in people {
        for c in counts {
            row("people", by, (c.level.as_str(), c.people, c.answered));
        }
    }
    out.into_bytes()
}

/// One CSV line; text that a spreadsheet would take for a formula is guarded,
/// which no number is.
pub(super) fn line(out: &mut String, fields: &[&str]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let guard = if formula && field.parse::<f64>().is_err() {
            "'"
        } else {
            ""
        };
        if field.contains([',', '"', '\n', '\r']) || !guard.is_empty() {
            out.push('"');
            out.push_str(guard);
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn private_lines_are_quoted_and_guarded() {
        let mut out = String::new();
        line(&mut out, &["a", "b,c", "=1+1", "say \"x\"", ""]);
        assert_eq!(out, "a,\"b,c\",\"'=1+1\",\"say \"\"x\"\"\",\n");
    }
}
