//! What stands beside the study's own people and can be counted: flows that
//! somebody else published, and people followed without dates. Coded for
//! counting; adds nothing up, and links nobody.

use super::Coded;
use super::benchmark::{Durations, Flow, TimeUnit};
use crate::vocabulary::groups;
use staywise_core::domain::{Day, Dimension, Level, Period};
use std::collections::{BTreeMap, BTreeSet};

/// The code of a flow that is not of a dimension at all.
pub const OF_NONE: u32 = u32::MAX;

/// One published flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedFlow {
    /// The table that it stands in: flows of two tables are never added.
    pub table: u32,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// In post at the start; nothing where that is not published.
    pub opening: Option<i64>,
    /// Who came.
    pub joiners: Option<i64>,
    /// Who left.
    pub leavers: Option<i64>,
    /// In post at the end.
    pub closing: Option<i64>,
    /// What joiners and leavers do not explain of the change.
    pub unexplained: Option<i64>,
}

/// A dimension of published flows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowDimension {
    /// Levels in printing order, and the code of each flow: `OF_NONE` where its
    /// table does not divide by this.
    pub coded: Coded,
    /// By level, whether it stands for all the others: `All staff groups`. A
    /// flow of such a level is the total of flows of the others.
    pub whole: Vec<bool>,
}

/// Every published flow of days that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedFlows {
    /// The flows, in order of their files and rows.
    pub flows: Vec<PublishedFlow>,
    /// What they are of.
    pub dimensions: Vec<FlowDimension>,
}

impl PublishedFlows {
    /// Of all flows those that somebody else published; an organisation's own
    /// are counts of its people, and stay out.
    #[must_use]
    pub fn of(flows: &[Flow]) -> Self {
        let dated = |flow: &&Flow| flow.published && flow.period.days.is_some();
        let flows: Vec<&Flow> = flows.iter().filter(dated).collect();
        let mut tables: Vec<(&str, Option<&str>)> = Vec::new();
        for flow in &flows {
            let own = place(flow);
            if !tables.contains(&own) {
                tables.push(own);
            }
        }
        let coded = |flow: &&Flow| {
            let (from, to) = flow.period.days?;
            let table = tables.iter().position(|known| *known == place(flow))?;
            Some(PublishedFlow {
                table: u32::try_from(table).ok()?,
                from,
                to,
                opening: flow.opening,
                joiners: flow.joiners,
                leavers: flow.leavers,
                closing: flow.closing,
                unexplained: flow.unexplained(),
            })
        };
        Self {
            dimensions: dimensions(&flows),
            flows: flows.iter().filter_map(coded).collect(),
        }
    }

    /// The periods of flows that have a name, oldest first: a month, a
    /// quarter, a year.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let mut days: Vec<(Day, Day)> = self.flows.iter().map(|f| (f.to, f.from)).collect();
        days.sort_unstable();
        days.dedup();
        let named = |(to, from): (Day, Day)| Period::of_days(from, to);
        days.into_iter().filter_map(named).collect()
    }
}

/// The table that a flow stands in.
fn place(flow: &Flow) -> (&str, Option<&str>) {
    (&flow.origin.file, flow.origin.sheet.as_deref())
}

fn dimensions(flows: &[&Flow]) -> Vec<FlowDimension> {
    let mut slugs: Vec<&str> = Vec::new();
    for level in flows.iter().flat_map(|flow| flow.levels.iter()) {
        if !slugs.contains(&level.dimension.as_str()) {
            slugs.push(&level.dimension);
        }
    }
    slugs
        .into_iter()
        .map(|slug| dimension(flows, slug))
        .collect()
}

fn dimension(flows: &[&Flow], slug: &str) -> FlowDimension {
    let own = |flow: &&Flow| {
        let found = flow.levels.iter().find(|l| l.dimension == slug);
        found.map(|l| (l.level.clone(), l.is_whole()))
    };
    let own: Vec<Option<(String, bool)>> = flows.iter().map(own).collect();
    let mut names: Vec<String> = own.iter().flatten().map(|(name, _)| name.clone()).collect();
    groups::sort(slug, &mut names);
    names.dedup();
    let places: BTreeMap<&str, u32> = names.iter().map(String::as_str).zip(0..).collect();
    let code = |level: &Option<(String, bool)>| {
        let found = level
            .as_ref()
            .and_then(|(name, _)| places.get(name.as_str()));
        found.copied().unwrap_or(OF_NONE)
    };
    let whole = |name: &String| {
        own.iter()
            .flatten()
            .any(|(own, whole)| *whole && own == name)
    };
    FlowDimension {
        whole: names.iter().map(whole).collect(),
        coded: Coded {
            dimension: Dimension::new(slug),
            levels: names.iter().map(|name| Level::new(name)).collect(),
            codes: own.iter().map(code).collect(),
        },
    }
}

/// People followed without dates, ready to be counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FollowedPeople {
    /// How many tables of them the study has: people are taken from one only,
    /// as nobody can say whether two tables are of the same people.
    pub tables: usize,
    /// What their times are counted in; nothing where nobody says.
    pub unit: Option<TimeUnit>,
    /// By person, for how long.
    pub time: Vec<f64>,
    /// By person, the whole day since the start that this reaches.
    pub exit_day: Vec<u32>,
    /// By person, whether they left then.
    pub left: Vec<bool>,
    /// What they are divided by, levels in printing order.
    pub dimensions: Vec<Coded>,
}

impl FollowedPeople {
    /// The people of the study's one table; nobody where it has several.
    #[must_use]
    pub fn of(tables: &[Durations]) -> Self {
        let [table] = tables else {
            return Self {
                tables: tables.len(),
                ..Self::default()
            };
        };
        let days = |time: f64| table.unit.map_or(0, |unit| unit.day(time));
        let followed = &table.followed;
        let coded = |place: usize| {
            let grouping = table.groupings.get(place)?;
            let code = |f: &super::benchmark::Followed| f.levels.get(place).copied().unwrap_or(0);
            Some(in_order(
                &grouping.dimension,
                &grouping.levels,
                followed.iter().map(code).collect(),
            ))
        };
        Self {
            tables: 1,
            unit: table.unit,
            time: followed.iter().map(|f| f.time).collect(),
            exit_day: followed.iter().map(|f| days(f.time)).collect(),
            left: followed.iter().map(|f| f.left).collect(),
            dimensions: (0..table.groupings.len()).filter_map(coded).collect(),
        }
    }
}

/// Levels in printing order, only those that occur.
fn in_order(slug: &str, levels: &[String], codes: Vec<u32>) -> Coded {
    let name = |code: u32| levels.get(usize::try_from(code).ok()?);
    let distinct: BTreeSet<u32> = codes.iter().copied().collect();
    let mut used: Vec<String> = distinct.into_iter().filter_map(name).cloned().collect();
    groups::sort(slug, &mut used);
    let place = |code: u32| {
        let found = used.iter().position(|own| Some(own) == name(code));
        found.and_then(|p| u32::try_from(p).ok()).unwrap_or(0)
    };
    Coded {
        dimension: Dimension::new(slug),
        codes: codes.into_iter().map(place).collect(),
        levels: used.iter().map(|name| Level::new(name)).collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{FollowedPeople, OF_NONE, PublishedFlows};
    use crate::data::benchmark::{self, Durations, Flow, Followed, Grouping, TimeUnit};
    use staywise_core::domain::{Day, Origin};
    use staywise_core::stats::survival::day_of_month;
    use std::sync::Arc;

    fn flow(published: bool, levels: &[(&str, &str)], days: Option<(&str, &str)>) -> Flow {
        let day = |text| Day::parse_iso(text).unwrap();
        Flow {
            published,
            levels: levels
                .iter()
                .map(|(d, l)| benchmark::Level::new(d, l))
                .collect(),
            period: Arc::new(benchmark::Period {
                label: String::new(),
                days: days.map(|(from, to)| (day(from), day(to))),
            }),
            opening: Some(10),
            joiners: Some(2),
            leavers: Some(1),
            closing: Some(12),
            origin: Origin::file("pack.csv"),
        }
    }

    #[test]
    fn an_organisations_own_flows_and_those_of_no_days_stay_out() {
        let october = Some(("2025-10-01", "2025-10-31"));
        let all = [
            flow(false, &[("unit", "Ward 7")], october),
            flow(true, &[("staff_group", "All staff groups")], october),
            flow(
                true,
                &[("region", "London"), ("staff_group", "Midwives")],
                october,
            ),
            flow(true, &[("staff_group", "Midwives")], None),
        ];
        let made = PublishedFlows::of(&all);
        assert_eq!(made.flows.len(), 2);
        assert_eq!(made.flows[0].unexplained, Some(1));
        let labels: Vec<String> = made.periods().into_iter().map(|p| p.label).collect();
        assert_eq!(labels, ["2025-M10"]);
        let group = &made.dimensions[0];
        assert_eq!(
            (group.coded.codes.as_slice(), group.whole.as_slice()),
            (&[0, 1][..], &[true, false][..])
        );
        assert_eq!(made.dimensions[1].coded.codes, [OF_NONE, 0]);
    }

    #[test]
    fn a_whole_month_is_the_day_that_curves_are_read_at() {
        for month in 0..=60_u32 {
            let day = day_of_month(month);
            assert_eq!(TimeUnit::Months.day(f64::from(month)), day, "{month}");
            if month % 12 == 0 {
                assert_eq!(TimeUnit::Years.day(f64::from(month / 12)), day);
            }
        }
        assert_eq!(TimeUnit::Weeks.day(2.0), 14);
        assert_eq!(TimeUnit::Days.day(0.4), 0);
        assert_eq!(TimeUnit::Years.day(f64::MAX), u32::MAX);
    }

    #[test]
    fn people_come_from_one_table_only() {
        let followed = |time, left, level| Followed {
            row: 2,
            time,
            left,
            levels: vec![level],
        };
        let table = Durations {
            unit: Some(TimeUnit::Months),
            groupings: vec![Grouping {
                dimension: "score".to_owned(),
                levels: vec!["10".into(), "Not known".into(), "9".into(), "unused".into()],
            }],
            followed: vec![
                followed(12.0, true, 0),
                followed(6.0, false, 1),
                followed(1.0, false, 2),
            ],
            origin: Origin::default(),
        };
        let made = FollowedPeople::of(std::slice::from_ref(&table));
        assert_eq!(made.exit_day, [365, 183, 30]);
        let levels: Vec<&str> = made.dimensions[0]
            .levels
            .iter()
            .map(|l| l.as_str())
            .collect();
        assert_eq!(levels, ["9", "10", "Not known"]);
        assert_eq!(made.dimensions[0].codes, [1, 2, 0]);
        let two = FollowedPeople::of(&[table.clone(), table]);
        assert_eq!((two.tables, two.time.len()), (2, 0));
    }
}
