//! What changed at sites when they started, less what changed over the same
//! time at sites that had not: group-time effects of Callaway and Sant'Anna
//! (2021) and their average. Never compares with a site that had started
//! already, as a regression with site and time effects does, and never takes a
//! check of what came before for a proof.

mod panel;

use super::adjusted::Answer;
use super::adjusted::spread::{Making, of_difference};
use super::difference::Share;
use super::tail::t_two_sided;
use crate::domain::Unknown;
use panel::{Cell, Groups, Panel};
use std::collections::{BTreeMap, BTreeSet};

/// The fewest sites on either side.
pub const LEAST_SITES: usize = 5;
/// The fewest periods before a site's start.
pub const LEAST_BEFORE: usize = 2;

/// A standard error below which what is left is rounding.
const FLAT: f64 = 1e-12;

/// One site over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The place of the first period in which it had started; none if it never
    /// has. One past the last period counts as not yet.
    pub start: Option<usize>,
    /// For each period those who began in it and those of them still in post
    /// at the horizon. A period without anybody is left out for that site.
    pub periods: Vec<Share>,
}

/// The change at sites that started in one period, up to one period, less that
/// at sites that had not started by then.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupTime {
    /// The period in which these sites started.
    pub start: usize,
    /// The period the change is up to.
    pub period: usize,
    /// The period it is from: the last before the start; for a period before
    /// the start the one before it.
    pub base: usize,
    /// The difference of the two changes, as a share.
    pub estimate: f64,
    /// Sites that started.
    pub started: usize,
    /// Sites they are compared with.
    pub compared: usize,
    /// People who began at all these sites in the two periods.
    pub people: u64,
}

/// The difference so many periods before the start, over all groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lead {
    /// How many periods before the start.
    pub before: usize,
    /// The change from the period before it, less that at sites compared with.
    pub estimate: f64,
    /// Its standard error.
    pub std_err: f64,
    /// Sites that started.
    pub started: usize,
    /// Degrees of freedom of its test.
    pub freedom: f64,
}

/// Whether sites that were to start already went another way. That they did
/// not, as far as one can see, is no proof that they would not have later.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// From the latest to the earliest.
    pub leads: Vec<Lead>,
    /// That all of them are 0: the smallest of their p, times how many there
    /// are.
    pub p: Result<f64, Unknown>,
}

/// A comparison of sites by when they started.
#[derive(Clone, Debug, PartialEq)]
pub struct DifferenceInDifferences {
    /// The mean effect on the sites that started, over the periods since: each
    /// group's mean, then those by how many people the group has.
    pub average: Result<Answer, Unknown>,
    /// Degrees of freedom of its interval.
    pub freedom: f64,
    /// All group-time effects, before the start too.
    pub effects: Vec<GroupTime>,
    /// What came before.
    pub before: Before,
    /// Sites whose start is judged.
    pub started: usize,
    /// Sites they are compared with at some time, those that started later
    /// among them.
    pub compared: usize,
    /// Sites that started without enough periods before.
    pub too_early: usize,
    /// Sites that started when too few were left to compare with.
    pub too_late: usize,
}

/// A reason not to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Sites have different numbers of periods, or more stayed than began.
    Malformed,
    /// No site that started has two periods before.
    NothingBefore,
    /// Too few sites started with enough periods before.
    FewStarted {
        /// How many did.
        sites: usize,
    },
    /// At no time are there enough sites that had not started.
    FewCompared {
        /// The most there are at any time.
        sites: usize,
    },
}

impl Refusal {
    /// The sentence to print in place of the number.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Malformed => "The sites' periods do not agree with one another.".to_owned(),
            Self::NothingBefore => format!(
                "No site has {LEAST_BEFORE} periods before it started, so nothing says how it \
                 was going."
            ),
            Self::FewStarted { .. } => format!(
                "Fewer than {LEAST_SITES} sites started with {LEAST_BEFORE} periods before, too \
                 few to tell a change from chance."
            ),
            Self::FewCompared { .. } => format!(
                "After the start there were never {LEAST_SITES} sites that had not started yet to \
                 compare with."
            ),
        }
    }
}

/// Compares sites by when they started.
///
/// # Errors
/// Every reason not to.
pub fn difference_in_differences(
    sites: &[Site],
    level: f64,
) -> Result<DifferenceInDifferences, Vec<Refusal>> {
    let panel = Panel::of(sites).ok_or_else(|| vec![Refusal::Malformed])?;
    let refused = panel.refused();
    if !refused.is_empty() {
        return Err(refused);
    }
    let cells = panel.cells();
    let mut after: Groups = BTreeMap::new();
    for cell in cells.iter().filter(|c| c.period >= c.start) {
        after.entry(cell.start).or_default().push(cell);
    }
    let whole = panel.combined(&after);
    let judged: BTreeSet<usize> = after.keys().copied().collect();
    let compared = compared(&after);
    if whole.started < LEAST_SITES {
        let sites = whole.started;
        return Err(vec![Refusal::FewStarted { sites }]);
    }
    let freedom = whole.freedom(compared);
    let making = Making {
        level,
        method: "did_clustered",
        freedom: Some(freedom),
    };
    let in_data = |start: usize| start < panel.periods;
    let count = |wanted: &dyn Fn(usize) -> bool| {
        let starts = sites.iter().filter_map(|site| site.start);
        starts
            .filter(|start| in_data(*start) && wanted(*start))
            .count()
    };
    Ok(DifferenceInDifferences {
        average: of_difference(whole.estimate, whole.std_err(), making),
        freedom,
        effects: cells.iter().map(|cell| panel.group_time(cell)).collect(),
        before: panel.before(&cells),
        started: whole.started,
        compared,
        too_early: count(&|start| start < LEAST_BEFORE),
        too_late: count(&|start| start >= LEAST_BEFORE && !judged.contains(&start)),
    })
}

impl Panel<'_> {
    fn refused(&self) -> Vec<Refusal> {
        let starts = self.starts();
        if starts.is_empty() {
            return vec![Refusal::NothingBefore];
        }
        let mut refused = Vec::new();
        let of = |site: &&Site| site.start.is_some_and(|start| starts.contains(&start));
        let started = self.sites.iter().filter(of).count();
        if started < LEAST_SITES {
            refused.push(Refusal::FewStarted { sites: started });
        }
        let most = starts
            .iter()
            .flat_map(|start| (*start..self.periods).map(|period| self.cell(*start, period)))
            .filter(|cell| !cell.started.is_empty())
            .map(|cell| cell.compared.len())
            .max()
            .unwrap_or(0);
        if most < LEAST_SITES {
            refused.push(Refusal::FewCompared { sites: most });
        }
        refused
    }

    fn before(&self, cells: &[Cell]) -> Before {
        let mut leads = Vec::new();
        for before in 1..self.periods {
            let mut groups: Groups = BTreeMap::new();
            for cell in cells.iter().filter(|c| c.period + before == c.start) {
                groups.entry(cell.start).or_default().push(cell);
            }
            let lead = self.combined(&groups);
            if lead.started >= LEAST_SITES {
                leads.push(Lead {
                    before,
                    estimate: lead.estimate,
                    std_err: lead.std_err(),
                    started: lead.started,
                    freedom: lead.freedom(compared(&groups)),
                });
            }
        }
        let p = jointly(&leads);
        Before { leads, p }
    }
}

/// How many sites groups are compared with at some time.
fn compared(groups: &Groups) -> usize {
    let cells = groups.values().flatten();
    let sites = cells.flat_map(|cell| cell.compared.iter().map(|change| change.site));
    sites.collect::<BTreeSet<usize>>().len()
}

/// That all are 0: the smallest p times how many there are (Bonferroni), which
/// holds whatever goes with what.
fn jointly(leads: &[Lead]) -> Result<f64, Unknown> {
    let mut smallest = None;
    for lead in leads {
        let p = t_two_sided(lead.estimate / lead.std_err, lead.freedom).filter(|p| p.is_finite());
        let Some(p) = p.filter(|_| lead.std_err > FLAT) else {
            return Err(Unknown::NotApplicable(
                "all sites changed alike before, so nothing says how sure we are".to_owned(),
            ));
        };
        smallest = Some(smallest.map_or(p, |least: f64| least.min(p)));
    }
    let smallest = smallest.ok_or_else(|| {
        Unknown::TooFew("too few sites have more than one period before they started".to_owned())
    })?;
    Ok((smallest * leads.len() as f64).min(1.0))
}
