//! What a study declares beforehand: the case rules of its workforce, its
//! comparisons, control charts, targets and establishment. Each is read whole,
//! and what is wrong is said with its line. Computes nothing.

use super::Study;
use super::key::{Findings, Section, number};
use super::read::{table, tables};
use crate::workforce::{BankPosts, Breaks, Clock, Ending, Leavings};
use staywise_core::domain::{Day, Dimension};
use std::collections::BTreeMap;

/// The switches of who has left, and when the clock starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CaseRules {
    /// Which ends count as leaving.
    pub leavings: Leavings,
    /// The day on which the clock starts.
    pub clock: Clock,
    /// How bank posts count.
    pub bank: BankPosts,
    /// How breaks count.
    pub breaks: Breaks,
}

/// By what people came into the group of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// By what they were when they started: nothing that time can bring.
    Characteristic,
    /// By enrolling on a programme, on a day of their own.
    Enrolment,
    /// By completing a programme.
    Completion,
}

/// One `[[comparison]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Its slug.
    pub name: String,
    /// The outcome's metric: a retention at a horizon.
    pub outcome: String,
    /// How people are divided.
    pub dimension: Dimension,
    /// The level of interest.
    pub compare: String,
    /// The level it is held against; nothing for all others.
    pub against: Option<String>,
    /// By what people came into the group of interest.
    pub entered: Entered,
    /// The day from which both groups are compared, where not the start.
    pub landmark_day: Option<u32>,
    /// What the two groups are made alike in.
    pub covariates: Vec<Dimension>,
    /// People of one level of this are alike in ways that are not recorded.
    pub cluster: Option<Dimension>,
    /// When it was declared.
    pub declared_on: Option<Day>,
    /// Whether it is the one that was declared as primary.
    pub primary: bool,
}

/// Which control charts are made, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trends {
    /// Metrics that have a control chart.
    pub control: Vec<String>,
    /// Whether large moving ranges are left out once; they are where not said.
    pub unscreened: bool,
    /// Limits worked out anew from a date on: metric, date, reason.
    pub rebases: Vec<(String, Day, String)>,
}

/// Posts that are planned and paid for.
#[derive(Clone, Debug, PartialEq)]
pub struct Establishment {
    /// Full-time equivalents.
    pub fte: f64,
    /// By dimension and level, where given.
    pub levels: BTreeMap<(String, String), f64>,
    /// Where it was taken from.
    pub source: String,
    /// Of when it is.
    pub on: Option<Day>,
}

const ENDINGS: [(Ending, &str); 2] = [
    (Ending::Counts, "counts"),
    (Ending::EndsFollowUp, "ends follow-up"),
];

/// Reads `[workforce]`.
pub(super) fn workforce(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    let Some(mut section) = table(top, "workforce", found) else {
        return;
    };
    if let Some(days) = section.whole("rehire_gap_days", 0..=365, found) {
        study.rehire_gap_days = days;
    }
    let rules = &mut study.case_rules;
    let clocks = [
        (Clock::Start, "start"),
        (Clock::Registration, "registration"),
        (Clock::Later, "later"),
    ];
    if let Some(clock) = section.one_of("clock", &clocks, found) {
        rules.clock = clock;
    }
    let banks = [(BankPosts::Apart, "apart"), (BankPosts::Count, "count")];
    if let Some(bank) = section.one_of("bank", &banks, found) {
        rules.bank = bank;
    }
    let breaks = [(Breaks::InPost, "in post"), (Breaks::Leaving, "leaving")];
    if let Some(said) = section.one_of("breaks", &breaks, found) {
        rules.breaks = said;
    }
    if let Some(mut leavings) = table(&mut section, "leavings", found) {
        let of = &mut rules.leavings;
        let slots: [(&'static str, &mut Ending); 5] = [
            ("contract_end", &mut of.contract_end),
            ("administrative", &mut of.administrative),
            ("retirement", &mut of.retirement),
            ("death", &mut of.death),
            ("internal_move", &mut of.internal_move),
        ];
        for (key, slot) in slots {
            if let Some(ending) = leavings.one_of(key, &ENDINGS, found) {
                *slot = ending;
            }
        }
        leavings.finish(found);
    }
    section.finish(found);
}

/// Reads every `[[comparison]]`.
pub(super) fn comparisons(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    for (at, mut section) in tables(top, "comparison", found) {
        let name = section.text("name", found);
        let outcome = section.text("outcome", found);
        let dimension = section.text("dimension", found);
        let compare = section.text("compare", found);
        let against = section.text("against", found);
        let ways = [
            (Entered::Characteristic, "characteristic"),
            (Entered::Enrolment, "enrolment"),
            (Entered::Completion, "completion"),
        ];
        let entered = section.one_of("entered_by", &ways, found);
        let landmark_day = section.whole("landmark_day", 1..=730, found);
        let covariates = section.texts("covariates", found).unwrap_or_default();
        let cluster = section.text("cluster", found);
        let declared_on = section.day("declared_on", found);
        let primary = section.truth("primary", found);
        section.finish(found);
        let (Some(name), Some(dimension), Some(compare)) = (name, dimension, compare) else {
            found.say(
                at,
                "A [[comparison]] needs `name`, `dimension` and `compare`.".to_owned(),
                "Write, for instance, name = \"programme\", dimension = \"programme\" and compare \
                 = \"On the programme\"."
                    .to_owned(),
            );
            continue;
        };
        if study.comparisons.iter().any(|c| c.name == name) {
            found.say(
                at,
                format!("Two comparisons are called `{name}`."),
                "Give each a name of its own.".to_owned(),
            );
            continue;
        }
        let programme = dimension == "programme";
        study.comparisons.push(Comparison {
            name,
            outcome: outcome.unwrap_or_else(|| "retention_12m".to_owned()),
            dimension: Dimension::new(&dimension),
            compare,
            against,
            entered: entered.unwrap_or(if programme {
                Entered::Enrolment
            } else {
                Entered::Characteristic
            }),
            landmark_day,
            covariates: covariates.iter().map(|c| Dimension::new(c)).collect(),
            cluster: cluster.map(|c| Dimension::new(&c)),
            declared_on,
            primary: primary.unwrap_or(false),
        });
    }
    let primaries = study.comparisons.iter().filter(|c| c.primary).count();
    if primaries > 1 {
        found.say(
            0,
            "More than one [[comparison]] is primary.".to_owned(),
            "Leave primary = true with the one that was declared beforehand.".to_owned(),
        );
    }
}

/// Reads `[trend]`, `[targets]`, `[programme]` and `[establishment]`.
pub(super) fn plans(top: &mut Section<'_, '_>, study: &mut Study, found: &mut Findings<'_>) {
    if let Some(mut section) = table(top, "trend", found) {
        study.trends.control = section.texts("control", found).unwrap_or_default();
        let screening = [(false, "on"), (true, "off")];
        if let Some(off) = section.one_of("screening", &screening, found) {
            study.trends.unscreened = off;
        }
        for (at, mut rebase) in tables(&mut section, "rebase", found) {
            let metric = rebase.text("metric", found);
            let on = rebase.day("on", found);
            let reason = rebase.text("reason", found);
            rebase.finish(found);
            match (metric, on, reason) {
                (Some(metric), Some(on), Some(reason)) => {
                    study.trends.rebases.push((metric, on, reason));
                }
                _ => found.say(
                    at,
                    "A [[trend.rebase]] needs `metric`, `on` and `reason`.".to_owned(),
                    "Write, for instance, metric = \"intention_to_stay\", on = 2026-01-01 and \
                     reason = \"a new rota\"."
                        .to_owned(),
                ),
            }
        }
        section.finish(found);
    }
    study.targets = top
        .free("targets", "a number", found, number)
        .into_iter()
        .collect();
    if let Some(mut section) = table(top, "programme", found) {
        study.programme_months = section.whole("months", 1..=36, found);
        section.finish(found);
    }
    if let Some(mut section) = table(top, "establishment", found) {
        let fte = section.positive("fte", found);
        let source = section.text("source", found);
        let on = section.day("on", found);
        let mut levels = BTreeMap::new();
        for dimension in [
            "organisation",
            "site",
            "unit",
            "staff_group",
            "profession",
            "band",
        ] {
            for (level, amount) in section.free(dimension, "a number", found, number) {
                levels.insert((dimension.to_owned(), level), amount);
            }
        }
        section.finish(found);
        if let Some(fte) = fte {
            study.establishment = Some(Establishment {
                fte,
                levels,
                source: source.unwrap_or_else(|| "as given in staywise.toml".to_owned()),
                on,
            });
        }
    }
}
