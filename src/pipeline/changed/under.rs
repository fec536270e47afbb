//! The earlier period on today's data, as the earlier run defined it: what
//! counts and how units are grouped is the earlier run's; how files are read,
//! and the date the data stand at, are today's.

use super::{Before, Kept, tables};
use crate::pipeline::{Gathered, Periods, Run, count, gather};
use crate::query::Catalogue;
use crate::study::{self, Study};
use staywise_core::disclosure::Protected;

/// What is known of the earlier definitions on today's data.
pub(super) enum Then {
    /// They are today's.
    Same,
    /// Counted under them.
    Counted(Box<Protected>),
    /// Not known: why, as a sentence.
    Unknown(String),
}

/// Counts the earlier period of `before` under its own definitions.
pub(super) fn then((run, gathered): (&Run<'_>, &Gathered), before: &Before) -> Then {
    let Some(kept) = &before.kept else {
        return Then::Unknown(
            "The earlier run did not keep the study and the metrics it was made by.".to_owned(),
        );
    };
    let Some((study, catalogue)) = definitions(kept, run.study) else {
        return Then::Unknown(
            "The study or a metric of the earlier run can be read no longer.".to_owned(),
        );
    };
    if same(&study, run.study) && same_metrics(&catalogue, run.catalogue) {
        return Then::Same;
    }
    let as_then = Run {
        study: &study,
        catalogue: &catalogue,
        since: None,
        before: None,
        ..*run
    };
    let people = same(&study, run.study);
    let again = (!people).then(|| gather(&as_then));
    let gathered = again.as_ref().unwrap_or(gathered);
    if gathered.must_be_mended() {
        return Then::Unknown(
            "Today's data cannot be read by the study of the earlier run.".to_owned(),
        );
    }
    match Periods::choose(Some(&before.run.period.label), &gathered.linked) {
        Ok(periods) => Then::Counted(Box::new(tables(count(&as_then, gathered, &periods)))),
        Err(_) => Then::Unknown("The earlier period cannot be counted again.".to_owned()),
    }
}

/// The study that reads as today's and counts as the earlier one.
fn definitions(kept: &Kept, today: &Study) -> Option<(Study, Catalogue)> {
    let then = study::read(&kept.study).ok()?;
    let (catalogue, wrong) = Catalogue::with_user(&kept.queries);
    let study = Study {
        items: then.items,
        partials: then.partials,
        rehire_gap_days: then.rehire_gap_days,
        case_rules: then.case_rules,
        renames: then.renames,
        parameters: then.parameters,
        ..today.clone()
    };
    wrong.is_empty().then_some((study, catalogue))
}

/// Whether two studies define alike what counts.
fn same(then: &Study, today: &Study) -> bool {
    then.items == today.items
        && then.partials == today.partials
        && then.rehire_gap_days == today.rehire_gap_days
        && then.case_rules == today.case_rules
        && then.renames == today.renames
        && then.parameters == today.parameters
}

fn same_metrics(then: &Catalogue, today: &Catalogue) -> bool {
    let text = |catalogue: &Catalogue| -> Vec<(String, String)> {
        let queries = catalogue.queries().iter();
        let mut all: Vec<(String, String)> = queries
            .map(|query| (query.metric.name.clone(), query.text.clone()))
            .collect();
        all.sort_unstable();
        all
    };
    text(then) == text(today)
}
