//! A comparison of people followed without dates: the hazard of leaving of two
//! groups, with what is known of each allowed for. There is no horizon and no
//! enrolment here, so no difference in shares is made.

use super::answers;
use super::coefficients::{Coefficients, Ratio};
use crate::data::benchmark::{Durations, TimeUnit};
use crate::report::evidence::{Comparison as Told, Guard, Purpose};
use crate::report::words::dimension_name;
use crate::study::Comparison as Asked;
use staywise_core::disclosure::{Basis, Modelled, Protected, release_modelled};
use staywise_core::domain::{
    Dimension, Figures, Group, Level, Metric, Period, Statistic, Unit, Unknown,
};
use staywise_core::stats::LEVEL;
use staywise_core::stats::cox::{self, CoxModel};

/// Those of one table who are in either group.
struct People<'a> {
    table: &'a Durations,
    /// Rows of the table.
    kept: Vec<usize>,
    /// 1 in the group of interest.
    arm: Vec<f64>,
}

/// One column of a model.
struct Column {
    term: String,
    level: Option<String>,
    values: Vec<f64>,
}

impl<'a> People<'a> {
    fn of(table: &'a Durations, asked: &Asked) -> Result<Self, String> {
        let named = |slug: &Dimension| {
            let mut all = table.groupings.iter();
            all.position(|g| g.dimension == slug.as_str())
        };
        let place = named(&asked.dimension)
            .ok_or_else(|| format!("The table has no `{}`.", asked.dimension.as_str()))?;
        let levels = table.groupings.get(place).map_or(&[][..], |g| &g.levels);
        let code = |level: &str| levels.iter().position(|l| l == level);
        let unknown = |level: &str| {
            format!(
                "`{}` has no level \"{level}\"; its levels are {}.",
                asked.dimension.as_str(),
                levels.join(", ")
            )
        };
        let compare = code(&asked.compare).ok_or_else(|| unknown(&asked.compare))?;
        let against = match &asked.against {
            Some(level) => Some(code(level).ok_or_else(|| unknown(level))?),
            None => None,
        };
        let (mut kept, mut arm) = (Vec::new(), Vec::new());
        for (row, own) in table.codes(place).into_iter().enumerate() {
            let own = usize::try_from(own).unwrap_or(usize::MAX);
            if own == compare || against.is_none_or(|a| a == own) {
                kept.push(row);
                arm.push(f64::from(u8::from(own == compare)));
            }
        }
        Ok(Self { table, kept, arm })
    }

    fn rows(&self) -> Vec<cox::Followed> {
        let unit = self.table.unit.unwrap_or(TimeUnit::Days);
        let of = |row: &usize| {
            let person = self.table.followed.get(*row)?;
            let day = i32::try_from(unit.day(person.time)).unwrap_or(i32::MAX);
            Some(cox::Followed::until(day, person.left))
        };
        self.kept.iter().filter_map(of).collect()
    }

    /// Numbers as they are, levels as columns of 0 and 1 against the most
    /// common one.
    fn covariate(&self, slug: &Dimension) -> Vec<Column> {
        let mut all = self.table.groupings.iter();
        let Some(place) = all.position(|g| g.dimension == slug.as_str()) else {
            return Vec::new();
        };
        let pick = |values: &[f64]| -> Vec<f64> {
            let of = |row: &usize| values.get(*row).copied();
            self.kept.iter().filter_map(of).collect()
        };
        let term = dimension_name(slug.as_str());
        if let Some(numbers) = self.table.numbers(place) {
            return vec![Column {
                term,
                level: None,
                values: pick(&numbers),
            }];
        }
        let levels = self
            .table
            .groupings
            .get(place)
            .map_or(&[][..], |g| &g.levels);
        let codes = self.table.codes(place);
        let own: Vec<usize> = self
            .kept
            .iter()
            .filter_map(|row| usize::try_from(*codes.get(*row)?).ok())
            .collect();
        let people = |level: usize| own.iter().filter(|c| **c == level).count();
        let counts: Vec<usize> = (0..levels.len()).map(people).collect();
        let most = counts.iter().max().copied().unwrap_or(0);
        let common = counts.iter().position(|n| *n == most);
        let others = levels
            .iter()
            .enumerate()
            .filter(|(l, _)| Some(*l) != common);
        others
            .filter(|(l, _)| counts.get(*l).is_some_and(|n| *n > 0))
            .map(|(l, level)| Column {
                term: term.clone(),
                level: Some(level.clone()),
                values: own.iter().map(|c| f64::from(u8::from(*c == l))).collect(),
            })
            .collect()
    }

    /// How many are in each group.
    fn counts(&self) -> Vec<u64> {
        let compared = self.arm.iter().filter(|a| **a > 0.5).count();
        let size = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        vec![size(compared), size(self.arm.len() - compared)]
    }

    /// The cells it rests on.
    fn basis(&self, asked: &Asked, (metric, period): (&Metric, &Period)) -> Basis {
        let cell = |group: Group| (metric.name.clone(), period.clone(), group);
        let mut cells = vec![cell(group(asked, &asked.compare)), cell(Group::everyone())];
        let against = asked.against.as_deref();
        cells.extend(against.map(|level| cell(group(asked, level))));
        Basis {
            cells,
            people: self.counts(),
            left_out: Vec::new(),
            item: None,
        }
    }

    fn fit(&self, asked: &Asked, allowed: Allowed) -> Result<Coefficients, Unknown> {
        let refuse = |why: String| Unknown::NotApplicable(why);
        let mut columns = vec![Column {
            term: dimension_name(asked.dimension.as_str()),
            level: Some(asked.compare.clone()),
            values: self.arm.clone(),
        }];
        if allowed == Allowed::Covariates {
            columns.extend(asked.covariates.iter().flat_map(|c| self.covariate(c)));
        }
        let taken: Vec<cox::Column<'_>> = columns
            .iter()
            .map(|c| cox::Column {
                term: &c.term,
                level: c.level.as_deref(),
                values: &c.values,
            })
            .collect();
        let model = CoxModel::new(&self.rows(), &taken).map_err(|w| refuse(w.to_string()))?;
        let options = cox::Options {
            level: LEVEL,
            ..cox::Options::default()
        };
        let fit = model.fit(options).map_err(|w| refuse(w.to_string()))?;
        let proportional = model.proportional(&fit).ok();
        Ok(Coefficients {
            comparison: asked.name.clone(),
            fit,
            proportional,
        })
    }
}

/// What a model allows for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Allowed {
    Nothing,
    Covariates,
}

impl Allowed {
    /// What it is for, and what is said to be allowed for.
    fn told(self, asked: &Asked) -> (Purpose, String) {
        match self {
            Self::Nothing => (Purpose::Unadjusted, "cox: nothing".to_owned()),
            Self::Covariates => {
                let names: Vec<&str> = asked.covariates.iter().map(|c| c.as_str()).collect();
                (
                    answers::purpose(asked),
                    format!("cox: {}", names.join(", ")),
                )
            }
        }
    }
}

/// The answers of a comparison of people followed without dates.
pub(super) fn one(
    (tables, protected): (&[Durations], &Protected),
    (metric, period): (&Metric, &Period),
    asked: &Asked,
    mut told: Told,
) -> (Told, Vec<Coefficients>) {
    let people = match tables {
        [table] => People::of(table, asked),
        _ => Err(
            "The study does not have just one table of people followed without dates.".to_owned(),
        ),
    };
    let people = match people {
        Ok(people) => people,
        Err(why) => {
            let instead = "Name a dimension and levels that one table of durations has.".to_owned();
            told.guard = Guard::Refused { why, instead };
            return (told, Vec::new());
        }
    };
    told.guard = Guard::Allowed(
        "Each person counts as the table has them, from when they were first followed. Nothing \
         is known of when they came into their group."
            .to_owned(),
    );
    let basis = people.basis(asked, (metric, period));
    let (mut figures, mut what, mut made) = (Vec::new(), Vec::new(), Vec::new());
    for allowed in [Allowed::Nothing, Allowed::Covariates] {
        let (purpose, words) = allowed.told(asked);
        let fitted = people.fit(asked, allowed);
        let ratio = fitted.as_ref().map_err(Clone::clone).and_then(|model| {
            let first = model.first();
            first.ok_or_else(|| Unknown::NotApplicable("no group to compare".to_owned()))
        });
        figures.push(modelled((asked, words), (metric, period), (&basis, ratio)));
        what.push((
            purpose,
            "Hazard ratio of leaving over all the time followed, Cox's model".to_owned(),
        ));
        if allowed == Allowed::Covariates {
            made.extend(fitted.ok());
        }
    }
    let mut checked = made.iter().filter_map(Coefficients::first_check);
    if checked.any(|p| p < 0.05) {
        told.notes.push(super::told::NOT_THE_SAME.to_owned());
    }
    told.answers = answers::told(what, release_modelled(protected, &basis, figures));
    (told, made)
}

fn group(asked: &Asked, level: &str) -> Group {
    Group::one(&asked.dimension, &Level::new(level))
}

fn modelled(
    (asked, words): (&Asked, String),
    (metric, period): (&Metric, &Period),
    (basis, ratio): (&Basis, Result<Ratio, Unknown>),
) -> Modelled {
    Modelled {
        metric: metric.clone(),
        period: period.clone(),
        group: group(asked, &asked.compare),
        comparator: Some(Level::new(asked.against.as_deref().unwrap_or("All others"))),
        statistic: Statistic::Ratio,
        horizon_months: None,
        adjusted_for: Some(words),
        p: ratio.as_ref().ok().map(|(_, _, p)| *p),
        outcome: ratio.map(|(estimate, interval, _)| Figures {
            n: basis.people.iter().sum(),
            numerator: None,
            denominator: None,
            estimate,
            interval: Some(interval),
            unit: Unit::Rate,
        }),
    }
}
