//! staywise.toml to a `Study`: everything that is wrong is said at once.

use super::case;
use super::declared;
use super::key::{Findings, Section, number};
use super::{ItemChoice, Partials, Source, Study};
use crate::data::{DateOrder, Holds, Layout, NumberStyle, Rename, SourceRule};
use crate::vocabulary::text::slug;
use staywise_core::domain::{Dimension, Finding, Period, Severity};
use toml::de::{DeTable, DeValue};

/// Reads the study's text.
///
/// # Errors
/// Every finding, each with its line, where any is wrong.
pub fn read(text: &str) -> Result<Study, Vec<Finding>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut found = Findings {
        text,
        list: Vec::new(),
    };
    for error in &errors {
        found.say(
            error.span().map_or(0, |s| s.start),
            format!("The file is not TOML here: {}.", error.message()),
            "Mend the line; text goes in quotes, lists in [ ].".to_owned(),
        );
    }
    let mut study = Study {
        text: text.to_owned(),
        ..Study::default()
    };
    let mut top = Section::new("", document.get_ref());
    study_section(&mut top, &mut study, &mut found);
    sources(&mut top, &mut study, &mut found);
    items(&mut top, &mut study, &mut found);
    renames(&mut top, &mut study, &mut found);
    rules(&mut top, &mut study, &mut found);
    declared::comparisons(&mut top, &mut study, &mut found);
    declared::rollouts(&mut top, &mut study, &mut found);
    declared::plans(&mut top, &mut study, &mut found);
    case::case(&mut top, &mut study, &mut found);
    report(&mut top, &mut study, &mut found);
    let parameters = top.free("parameters", "a number", &mut found, number);
    study.parameters = parameters.into_iter().collect();
    top.finish(&mut found);
    if found.list.is_empty() {
        Ok(study)
    } else {
        found.list.sort_by_key(|f| f.origin.row);
        Err(found.list)
    }
}

pub(super) fn table<'a, 'i>(
    top: &mut Section<'a, 'i>,
    name: &'static str,
    found: &mut Findings<'_>,
) -> Option<Section<'a, 'i>> {
    let value = top.value(name)?;
    let table = value.get_ref().as_table();
    if table.is_none() {
        found.say(
            value.span().start,
            format!("`{name}` must be a table."),
            format!("Write [{name}] on a line of its own."),
        );
    }
    table.map(|t| Section::new(name, t))
}

pub(super) fn tables<'a, 'i>(
    top: &mut Section<'a, 'i>,
    name: &'static str,
    found: &mut Findings<'_>,
) -> Vec<(usize, Section<'a, 'i>)> {
    let Some(value) = top.value(name) else {
        return Vec::new();
    };
    let Some(list) = value.get_ref().as_array() else {
        found.say(
            value.span().start,
            format!("`{name}` must be a list of tables."),
            format!("Write [[{name}]] on a line of its own for each."),
        );
        return Vec::new();
    };
    let mut out = Vec::new();
    for entry in list {
        let at = entry.span().start;
        match entry.get_ref().as_table() {
            Some(table) => out.push((at, Section::new(name, table))),
            None => found.say(
                at,
                format!("`{name}` must be a list of tables."),
                format!("Write [[{name}]] on a line of its own for each."),
            ),
        }
    }
    out
}

fn study_section(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    let Some(mut section) = table(top, "study", found) else {
        return;
    };
    if let Some(name) = section.text("name", found) {
        study.name = name;
    }
    study.organisation = section.text("organisation", found);
    study.as_at = section.day("as_at", found);
    let nations = ["England", "Scotland", "Wales", "Northern Ireland"].map(|n| (n, n));
    if let Some(nation) = section.one_of("nation", &nations, found) {
        study.nation = nation.to_owned();
    }
    let sectors = ["NHS", "social care", "independent"].map(|s| (s, s));
    if let Some(sector) = section.one_of("sector", &sectors, found) {
        study.sector = sector.to_owned();
    }
    if let Some(month) = section.whole("financial_year_starts", 4..=4, found) {
        study.financial_year_starts = month;
    }
    study.ignore = section.texts("ignore", found).unwrap_or_default();
    section.finish(found);
}

fn sources(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    for (at, mut section) in tables(top, "source", found) {
        let files = section.text("files", found);
        let order = [
            (DateOrder::DayFirst, "day first"),
            (DateOrder::MonthFirst, "month first"),
        ];
        let rule = SourceRule {
            holds: section.one_of("holds", &Holds::WORDS, found),
            layout: section.one_of("layout", &Layout::WORDS, found),
            sheet: section.text("sheet", found),
            header_row: section.whole("header_row", 1..=1_048_576, found),
            columns: section
                .free("columns", "text in quotes", found, |v: &DeValue<'_>| {
                    v.as_str().map(str::to_owned)
                })
                .into_iter()
                .collect(),
            wave: section.text("wave", found),
            dates: section.one_of("dates", &order, found),
            numbers: section.one_of("numbers", &NumberStyle::WORDS, found),
            leavers_from: section.day("leavers_from", found),
        };
        section.finish(found);
        let Some(pattern) = files else {
            found.say(
                at,
                "A [[source]] needs `files`: a file name, or a pattern with * in it.".to_owned(),
                "Write, for instance, files = \"staff-list.xlsx\"".to_owned(),
            );
            continue;
        };
        match Source::new(&pattern, rule) {
            Some(source) => study.sources.push(source),
            None => found.say(
                at,
                format!("`files` in [source] is no pattern of file names: \"{pattern}\"."),
                "Use * for any letters and ? for one, and put [ and ] round a bracket that is \
                 part of a name."
                    .to_owned(),
            ),
        }
    }
}

fn items(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    for (at, mut section) in tables(top, "item", found) {
        let question = section.text("question", found);
        let name = section.text("name", found);
        let scale = section.text("scale", found);
        if let Some(scale) = &scale
            && crate::vocabulary::scales::named(scale).is_none()
        {
            let known: Vec<&str> = crate::vocabulary::scales::all()
                .iter()
                .map(|s| s.name.as_str())
                .collect();
            let near = super::key::nearest(scale, known.iter().copied());
            found.say(
                at,
                format!(
                    "`{scale}` is not a known scale; known: {}.",
                    known.join(", ")
                ),
                near.map_or_else(
                    || "Write one of them, or leave `scale` out: it is then recognised.".to_owned(),
                    |n| format!("Did you mean \"{n}\"?"),
                ),
            );
        }
        let reversed = section.truth("reversed", found);
        let principle = section.text("principle", found);
        section.finish(found);
        match (question, name) {
            (Some(question), Some(name)) if slug(&name) == name => study.items.push(ItemChoice {
                question,
                name,
                scale,
                reversed,
                principle,
            }),
            _ => found.say(
                at,
                "An [[item]] needs `question` (its words, or the column's name) and `name` \
                 (small letters, digits and _)."
                    .to_owned(),
                "Write, for instance, question = \"I plan to stay\" and name = \"intention_to_stay\""
                    .to_owned(),
            ),
        }
    }
}

fn renames(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    for (at, mut section) in tables(top, "rename", found) {
        let dimension = section.text("dimension", found);
        let from = section.text("from", found);
        let to = section.text("to", found);
        let since = section.day("since", found);
        section.finish(found);
        match (dimension, from, to) {
            (Some(dimension), Some(from), Some(to)) => study.renames.push(Rename {
                dimension,
                from,
                to,
                since,
            }),
            _ => found.say(
                at,
                "A [[rename]] needs `dimension`, `from` and `to`.".to_owned(),
                "Write, for instance, dimension = \"unit\", from = \"Ward 7\" and to = \"Ward 9\"; \
                 with since = 2026-01-01 where it was so from a day on."
                    .to_owned(),
            ),
        }
    }
}

fn rules(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    if let Some(mut section) = table(top, "survey", found) {
        let choices = [(Partials::Drop, "drop"), (Partials::Keep, "keep")];
        if let Some(partials) = section.one_of("partials", &choices, found) {
            study.partials = partials;
        }
        section.finish(found);
    }
    declared::workforce(top, study, found);
    if let Some(mut section) = table(top, "quality", found) {
        if let Some(share) = section.share("max_unusable", found) {
            study.max_unusable = share;
        }
        let severity = |v: &DeValue<'_>| match v.as_str() {
            Some("error") => Some(Severity::Error),
            Some("warning") => Some(Severity::Warning),
            Some("note") => Some(Severity::Note),
            _ => None,
        };
        let expected = "\"error\", \"warning\" or \"note\"";
        let severities = section.free("severity", expected, found, severity);
        study.severities = severities.into_iter().collect();
        section.finish(found);
    }
    if let Some(mut section) = table(top, "disclosure", found) {
        if let Some(policy) = section.one_of("policy", &[("nss10", "nss10")], found) {
            study.policy = policy.to_owned();
        }
        section.finish(found);
    }
}

fn report(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    let Some(mut section) = table(top, "report", found) else {
        return;
    };
    if let Some(value) = section.value("period") {
        let text = value.get_ref().as_str().unwrap_or("");
        match Period::parse(text) {
            Ok(_) => study.period = Some(text.to_owned()),
            Err(_) if text == "all" => study.period = Some(text.to_owned()),
            Err(unknown) => found.say(
                value.span().start,
                format!("`{}` is not a period.", unknown.0),
                "Write a quarter, as period = \"2026-Q2\" or \"2026-27-Q1\", a year, or \"all\"; or \
                 leave it out for the latest quarter."
                    .to_owned(),
            ),
        }
    }
    if let Some(dimensions) = section.texts("dimensions", found) {
        study.dimensions = Some(dimensions.iter().map(|d| Dimension::new(d)).collect());
    }
    if let Some(pairs) = section.pairs("pairs", found) {
        study.pairs = pairs
            .iter()
            .map(|(a, b)| (Dimension::new(a), Dimension::new(b)))
            .collect();
    }
    section.finish(found);
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn an_empty_file_has_every_default() {
        let study = read("");
        assert!(study.is_ok_and(|s| s.policy == "nss10" && s.rehire_gap_days == 30));
    }

    #[test]
    fn everything_wrong_is_said_at_once_with_its_line() {
        let text =
            "[study]\nnmae = \"x\"\nas_at = \"30/06/2026\"\n\n[[source]]\nholds = \"staf\"\n";
        let found = read(text).err().unwrap_or_default();
        let lines: Vec<Option<u32>> = found.iter().map(|f| f.origin.row).collect();
        assert_eq!(lines, [Some(2), Some(3), Some(5), Some(6)]);
        assert_eq!(found[0].remedy, "Did you mean `name`?");
        assert_eq!(found[3].remedy, "Did you mean \"staff\"?");
    }

    #[test]
    fn broken_toml_is_a_finding_not_a_panic() {
        let found = read("[study\nname = ").err().unwrap_or_default();
        assert!(!found.is_empty());
        assert!(found.iter().all(|f| f.rule == "study"));
    }
}
