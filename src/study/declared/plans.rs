//! Reads `[trend]`, `[targets]`, `[programme]` and `[establishment]`: what is
//! charted, aimed at and paid for.

use super::{Establishment, Establishments, Trends};
use crate::study::Study;
use crate::study::key::{Findings, Section, number};
use crate::study::read::{table, tables};
use staywise_core::domain::Day;
use std::collections::{BTreeMap, BTreeSet};

/// What posts are counted by.
const LEVELS: [&str; 6] = [
    "organisation",
    "site",
    "unit",
    "staff_group",
    "profession",
    "band",
];

/// Reads all four.
pub(in crate::study) fn plans(
    top: &mut Section<'_, '_>,
    study: &mut Study,
    found: &mut Findings<'_>,
) {
    if let Some(section) = table(top, "trend", found) {
        trends(section, &mut study.trends, found);
    }
    study.targets = top
        .free("targets", "a number", found, number)
        .into_iter()
        .collect();
    if let Some(mut section) = table(top, "programme", found) {
        study.programme_months = section.whole("months", 1..=36, found);
        section.finish(found);
    }
    study.establishments = establishments(top, found);
}

fn trends(mut section: Section<'_, '_>, trends: &mut Trends, found: &mut Findings<'_>) {
    trends.control = section.texts("control", found).unwrap_or_default();
    let screening = [(false, "on"), (true, "off")];
    if let Some(off) = section.one_of("screening", &screening, found) {
        trends.unscreened = off;
    }
    for (at, mut rebase) in tables(&mut section, "rebase", found) {
        let metric = rebase.text("metric", found);
        let on = rebase.day("on", found);
        let reason = rebase.text("reason", found);
        rebase.finish(found);
        match (metric, on, reason) {
            (Some(metric), Some(on), Some(reason)) => trends.rebases.push((metric, on, reason)),
            _ => found.say(
                at,
                "A [[trend.rebase]] needs `metric`, `on` and `reason`.".to_owned(),
                "Write, for instance, metric = \"intention_to_stay\", on = 2026-01-01 and reason = \
                 \"a new rota\"."
                    .to_owned(),
            ),
        }
    }
    section.finish(found);
}

/// What every one of several establishments needs.
const EACH: &str = "Write, for instance, fte = 412.6 and on = 2026-04-01 under each \
                    [[establishment]], each with another date.";

/// One `[establishment]`, or several `[[establishment]]`s by their dates.
fn establishments(top: &mut Section<'_, '_>, found: &mut Findings<'_>) -> Option<Establishments> {
    const NAME: &str = "establishment";
    let listed = |top: &mut Section<'_, '_>| Some(top.value(NAME)?.get_ref().as_array().is_some());
    if !listed(top)? {
        let (_, one) = establishment(table(top, NAME, found)?, found);
        return one.map(Establishments::Every);
    }
    let mut each = tables(top, NAME, found);
    let alone = each.len() == 1;
    let mut days = BTreeSet::new();
    let mut all: Vec<(Option<Day>, Establishment)> = Vec::new();
    for (at, mut section) in each.drain(..) {
        let has = ["fte", "on"].map(|key| section.value(key).is_some());
        let (on, one) = establishment(section, found);
        let mut lacks = |what: &str| found.say(at, what.to_owned(), EACH.to_owned());
        if !has[0] {
            lacks("An [[establishment]] does not say how many posts it has (`fte`).");
        }
        if !has[1] && !alone {
            lacks(
                "There are several [[establishment]]s, and one does not say of when it is (`on`).",
            );
        }
        if let Some(twice) = on.filter(|on| !days.insert(*on)) {
            lacks(&format!("Two [[establishment]]s are of {twice}."));
        }
        all.extend(one.map(|one| (on, one)));
    }
    if let [(None, one)] = all.as_slice() {
        return Some(Establishments::Every(one.clone()));
    }
    let mut dated: Vec<(Day, Establishment)> = all
        .into_iter()
        .filter_map(|(on, one)| Some((on?, one)))
        .collect();
    dated.sort_by_key(|(on, _)| *on);
    (!dated.is_empty()).then_some(Establishments::From(dated))
}

/// Of when it is, and the establishment where it says how many posts.
fn establishment(
    mut section: Section<'_, '_>,
    found: &mut Findings<'_>,
) -> (Option<Day>, Option<Establishment>) {
    let fte = section.positive("fte", found);
    let source = section.text("source", found);
    let on = section.day("on", found);
    let mut levels = BTreeMap::new();
    for dimension in LEVELS {
        for (level, amount) in section.free(dimension, "a number", found, number) {
            levels.insert((dimension.to_owned(), level), amount);
        }
    }
    section.finish(found);
    let one = fte.map(|fte| Establishment {
        fte,
        levels,
        source: source.unwrap_or_else(|| "as given in staywise.toml".to_owned()),
        on,
    });
    (on, one)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Establishments;
    use crate::study;
    use staywise_core::domain::Day;

    fn read(text: &str) -> Establishments {
        study::read(text).unwrap().establishments.unwrap()
    }

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    fn on(read: &Establishments, text: &str) -> Result<f64, String> {
        let one = read.on(day(text));
        one.map(|one| one.fte).map_err(|first| first.iso())
    }

    #[test]
    fn one_establishment_holds_at_all_times_as_it_did() {
        let dated = read("[establishment]\nfte = 250\non = 2026-04-01\n");
        assert_eq!(on(&dated, "2020-01-01"), Ok(250.0));
        // One in the list without a date says no other thing.
        let alone = read("[[establishment]]\nfte = 250\n[establishment.site]\nNorth = 10\n");
        assert!(matches!(&alone, Establishments::Every(one) if one.levels.len() == 1));
    }

    #[test]
    fn of_several_the_last_dated_on_or_before_a_day_holds() {
        let text = "[[establishment]]\nfte = 260\non = 2026-04-01\n\
                    [[establishment]]\nfte = 240\non = 2025-04-01\nsource = \"ledger\"\n\
                    [establishment.site]\nNorth = 90\n";
        let read = read(text);
        let first = "2025-04-01".to_owned();
        assert_eq!(on(&read, "2025-03-31"), Err(first));
        assert_eq!(on(&read, "2025-04-01"), Ok(240.0));
        assert_eq!(on(&read, "2026-03-31"), Ok(240.0));
        assert_eq!(on(&read, "2026-04-01"), Ok(260.0));
        let levels: Vec<usize> = read.all().map(|one| one.levels.len()).collect();
        assert_eq!(
            levels,
            [1, 0],
            "the table is of the one that it stands under"
        );
    }

    #[test]
    fn one_dated_in_the_list_begins_on_its_day() {
        let read = read("[[establishment]]\nfte = 260\non = 2026-04-01\n");
        assert!(on(&read, "2026-03-31").is_err());
    }

    #[test]
    fn what_is_wrong_with_several_is_said_at_once() {
        let text = "[[establishment]]\nfte = 260\non = 2026-04-01\n\
                    [[establishment]]\non = 2026-04-01\n\
                    [[establishment]]\nfte = 240\n\
                    [[establishment]]\nfte = 240\non = \"spring\"\nofte = 1\n";
        let wrong = study::read(text).unwrap_err();
        let said: Vec<(Option<u32>, &str)> = wrong
            .iter()
            .map(|f| (f.origin.row, f.message.lines().next().unwrap()))
            .collect();
        let expected = [
            (
                Some(4),
                "An [[establishment]] does not say how many posts it has (`fte`).",
            ),
            (Some(4), "Two [[establishment]]s are of 1 April 2026."),
            (
                Some(6),
                "There are several [[establishment]]s, and one does not say of when it is (`on`).",
            ),
            (Some(10), "`on` in [establishment] must be a date."),
            (Some(11), "`ofte` is not a key of [establishment]."),
        ];
        let mut said = said;
        said.sort_unstable();
        assert_eq!(said, expected);
        assert!(wrong.iter().all(|f| !f.remedy.is_empty()));
    }
}
