//! The straight line: files -> tables -> workforce and survey -> linked ->
//! tallies -> protected -> released -> documents. Every stage meets the next
//! here and nowhere else. Touches no disk: a `Library` opens files, and what a
//! run leaves is a list of names and bytes.

pub mod as_at;
mod book;
pub mod case;
pub mod case_inputs;
pub mod changed;
mod checked;
pub mod claims;
mod compared;
mod control;
pub mod earlier;
mod enrolled;
mod estimator;
mod evidence;
pub mod explain;
mod fates;
mod few_reasons;
mod forward;
mod immortal;
mod initial;
mod leavers;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod made_up;
mod outputs;
mod periods;
mod plan;
mod private;
mod published;
mod read_in;
mod rollout;
mod say;
mod seen;
mod since;
mod sites;
mod switchboard;
mod told;
mod vacancy;
mod whereabouts;

pub use checked::{CheckFiles, check_files};
pub use initial::{Proposed, propose};
pub use outputs::{Output, Outputs};
pub use periods::Periods;
pub use plan::plan;
pub use read_in::{FileRead, digest};
pub use say::{check_json, finding_json, of_period};
pub use seen::{Moved, Moves, Seen, moved, read as read_seen, write as write_seen};
pub use since::{Unlike, since};

use crate::benchmark;
use crate::data::benchmark::Benchmarks;
use crate::data::{FollowedPeople, Holds, Linked, PublishedFlows, Table, Workplace};
use crate::linkage;
use crate::query::{self, Catalogue, Slicing};
use crate::report::{Evidence, Since};
use crate::study::{Partials, Study};
use crate::survey;
use crate::survey::FileResponses;
use crate::workforce;
use crate::workplaces;
use staywise_core::disclosure::{self, Comparator, Policy, Released};
use staywise_core::domain::{Day, Dimension, Finding, Level, Metric, Severity};

/// The study folder as the pipeline sees it.
pub trait Library: Sync {
    /// The data files' names, in order.
    fn names(&self) -> &[String];
    /// The bytes of one.
    ///
    /// # Errors
    /// Why it cannot be opened, in words.
    fn open(&self, name: &str) -> Result<Vec<u8>, String>;
}

/// Told what is being done.
pub trait Progress: Sync {
    /// A stage begins.
    fn stage(&self, what: &str);
    /// One more of so many files is done; from any thread.
    fn file_done(&self, of: usize);
}

/// How the charts of a run leave it, beside those in its reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pictures {
    /// As charts/*.svg.
    #[default]
    Svg,
    /// As charts/*.svg and charts/*.png.
    SvgAndPng,
}

/// Everything a run is given.
pub struct Run<'a> {
    /// The data files.
    pub library: &'a dyn Library,
    /// The study, checked.
    pub study: &'a Study,
    /// The study's key.
    pub key: &'a [u8],
    /// Metrics, built in and the user's.
    pub catalogue: &'a Catalogue,
    /// Reports to make: name and text.
    pub reports: &'a [(String, String)],
    /// The period asked for, as written.
    pub period: Option<&'a str>,
    /// How charts leave the run.
    pub pictures: Pictures,
    /// An earlier run that the reports say what moved since.
    pub since: Option<&'a Since>,
    /// The same run, with what it kept of how it was made.
    pub before: Option<&'a changed::Before>,
    /// The day of the run, for data that say none. Nothing else is made of it.
    pub today: Day,
    /// Told what is being done.
    pub progress: &'a dyn Progress,
}

/// The data of a study, read and linked, with everything said on the way.
pub struct Gathered {
    /// By file, what was read.
    pub files: Vec<FileRead>,
    /// By survey file, responses and questions.
    pub responses: Vec<FileResponses>,
    /// People, responses, links.
    pub linked: Linked,
    /// What others published, flows and durations.
    pub benchmarks: Benchmarks,
    /// What workplaces say of their own posts.
    pub workplaces: Vec<Workplace>,
    /// Every finding, errors first.
    pub findings: Vec<Finding>,
    /// What each stage counted in and out.
    pub counts: Vec<(String, u64)>,
}

impl Gathered {
    /// Whether the data must be mended before figures are made.
    #[must_use]
    pub fn must_be_mended(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }
}

/// Reads, models and links.
#[must_use]
pub fn gather(run: &Run<'_>) -> Gathered {
    run.progress.stage("Reading files");
    let (mut files, by_dictionary) = read_in::with_labels(read_in::read_in(run));
    let as_at = run.study.as_at.or(as_at::find(&files).map(|(day, _)| day));
    let mut findings = say::of_sources(run.study, run.library.names(), &files);
    findings.extend(by_dictionary);
    let read_any = files.iter().any(|f| f.tables.iter().any(|t| t.rows() > 0));
    let said_why = |f: &FileRead| f.findings.iter().any(|f| f.severity == Severity::Error);
    if !read_any && !files.iter().any(said_why) {
        findings.push(say::nothing_read());
    }
    let leavers_since = files.iter().find_map(leavers::said);
    let tables = usable(&mut files);
    let (benchmarks, published_said) = benchmark::build(&tables);
    let (workplaces, workplaces_said) = workplaces::build(&tables);
    let as_at = as_at.or(as_at::beside(&benchmarks, run.today).map(|(day, _)| day));
    if as_at.is_none() && read_any {
        findings.push(say::no_as_at());
    }
    let as_at = as_at.unwrap_or(Day(0));
    for file in &mut files {
        findings.append(&mut file.findings);
    }
    run.progress.stage("Following people and reading answers");
    let people_rules = workforce_rules(run.study);
    let answer_rules = survey_rules(run.study);
    let ((workforce, people_said), (survey, responses, survey_said)) = rayon::join(
        || workforce::build(&tables, &people_rules, as_at),
        || survey::build(&tables, &answer_rules, as_at),
    );
    findings.extend(leavers::unsaid(leavers_since, &workforce));
    drop(tables);
    run.progress.stage("Linking");
    let (mut linked, link_said) = linkage::link(workforce, survey, run.key, as_at);
    linked.flows = PublishedFlows::of(&benchmarks.flows);
    linked.followed = FollowedPeople::of(&benchmarks.durations);
    let mut counts = Vec::new();
    let all_said = [people_said, survey_said, published_said, workplaces_said];
    for said in all_said.into_iter().chain([link_said]) {
        findings.extend(said.findings);
        counts.extend(said.counts);
    }
    findings.extend(control::findings(run));
    findings.extend(vacancy::findings(run, &linked, &workplaces));
    in_order(run.study, &mut findings);
    Gathered {
        files,
        responses,
        linked,
        benchmarks,
        workplaces,
        findings,
        counts,
    }
}

/// Findings as bad as the study says that they are, errors first.
fn in_order(study: &Study, findings: &mut Vec<Finding>) {
    findings.extend(say::idle_severities(study, findings));
    for finding in findings.iter_mut() {
        finding.severity = study.severity_of(finding);
    }
    findings.sort_by(|a, b| (a.severity, &a.origin, a.rule).cmp(&(b.severity, &b.origin, b.rule)));
}

/// The tables that later stages can work on. Of a list that must be mended
/// first only its own findings are said, not what follows from them.
fn usable(files: &mut [FileRead]) -> Vec<Table> {
    let mut tables = Vec::new();
    for file in files {
        let broken = file.findings.iter().any(|f| f.severity == Severity::Error);
        let mut these = std::mem::take(&mut file.tables);
        these.retain(|table| !broken || table.holds == Holds::Survey);
        tables.append(&mut these);
    }
    tables
}

fn workforce_rules(study: &Study) -> workforce::Rules {
    workforce::Rules {
        rehire_gap_days: i32::try_from(study.rehire_gap_days).unwrap_or(i32::MAX),
        max_unusable: study.max_unusable,
        renames: study.renames.clone(),
        leavings: study.case_rules.leavings,
        clock: study.case_rules.clock,
        bank: study.case_rules.bank,
        breaks: study.case_rules.breaks,
        ..workforce::Rules::default()
    }
}

fn survey_rules(study: &Study) -> survey::Rules {
    survey::Rules {
        partials: match study.partials {
            Partials::Drop => survey::Partials::Drop,
            Partials::Keep => survey::Partials::Keep,
        },
        items: study
            .items
            .iter()
            .map(|item| survey::ItemRule {
                question: item.question.clone(),
                name: Some(item.name.clone()),
                scale: item.scale.clone(),
                reversed: item.reversed,
                principle: item.principle.clone(),
            })
            .collect(),
        organisation: study.organisation.clone(),
        max_unusable: study.max_unusable,
    }
}

/// The figures of a run, all of them through `Protected`.
pub struct Made {
    /// Every row of results.csv.
    pub rows: Vec<Released>,
    /// Which metrics could not be made, and why.
    pub unavailable: Vec<(Metric, String)>,
    /// What is wrong with metric files.
    pub findings: Vec<Finding>,
    /// The dimensions that people are divided by.
    pub dimensions: Vec<Dimension>,
    /// When.
    pub periods: Periods,
    /// What was hidden, for private/.
    pub hidden: disclosure::Summary,
    /// What models and rules found, as pages show it.
    pub evidence: Evidence,
    /// Cox models, for private/.
    models: Vec<compared::Coefficients>,
    /// The counts behind the shares of the period, for private/.
    pub exact: Vec<changed::Exact>,
}

/// Tallies, protected.
struct Counted {
    protected: disclosure::Protected,
    unavailable: Vec<(Metric, String)>,
    findings: Vec<Finding>,
    dimensions: Vec<Dimension>,
}

fn count(run: &Run<'_>, gathered: &Gathered, periods: &Periods) -> Counted {
    run.progress.stage("Counting");
    let dimensions = dimensions(run.study, &gathered.linked);
    let pairs = run
        .study
        .pairs
        .iter()
        .filter(|(a, b)| dimensions.contains(a) && dimensions.contains(b))
        .cloned()
        .collect();
    let slicing = Slicing {
        reported: periods.reported.clone(),
        trend: periods.trend.clone(),
        all: periods.all.clone(),
        dimensions: dimensions.clone(),
        pairs,
        as_at: gathered.linked.as_at,
    };
    let mut tallied = query::tally(
        run.catalogue,
        &gathered.linked,
        &slicing,
        &run.study.parameters,
    );
    let guarded = immortal::guard(&gathered.linked, &mut tallied.tables);
    tallied.findings.extend(guarded);
    run.progress.stage("Protecting");
    let policy = Policy::named(&run.study.policy).unwrap_or_else(Policy::nss10);
    few_reasons::together(&mut tallied.tables, &policy);
    let release = disclosure::Release {
        tables: tallied.tables,
        reported: periods.reported.clone(),
    };
    Counted {
        protected: disclosure::protect(release, &policy),
        unavailable: tallied.unavailable,
        findings: tallied.findings,
        dimensions,
    }
}

/// Counts, protects, estimates and releases.
#[must_use]
pub fn make(run: &Run<'_>, gathered: &Gathered, periods: Periods) -> Made {
    let counted = count(run, gathered, &periods);
    let protected = counted.protected;
    let comparators = comparators(&counted.dimensions);
    let mut rows = disclosure::release(&protected, &estimator::Standard, &comparators);
    run.progress.stage("Comparing");
    let (evidence, models, of_case) =
        evidence::gather(run, gathered, (&protected, &periods), &mut rows);
    Made {
        rows,
        unavailable: counted.unavailable,
        findings: [counted.findings, of_case].concat(),
        dimensions: counted.dimensions,
        hidden: protected.summary().clone(),
        exact: changed::exact(&protected, &periods.reported),
        periods,
        evidence,
        models,
    }
}

/// The study's dimensions: those it names, else all that the data have.
fn dimensions(study: &Study, linked: &Linked) -> Vec<Dimension> {
    let published = linked.flows.dimensions.iter();
    let has: Vec<Dimension> = linked
        .response_dimensions
        .iter()
        .map(|d| d.dimension.clone())
        .chain(
            linked
                .workforce
                .dimensions
                .iter()
                .map(|d| d.dimension.clone()),
        )
        .chain(
            linked
                .followed
                .dimensions
                .iter()
                .map(|d| d.dimension.clone()),
        )
        .chain(published.map(|d| d.coded.dimension.clone()))
        .collect();
    let mut out: Vec<Dimension> = Vec::new();
    for dimension in has {
        let wanted = study
            .dimensions
            .as_ref()
            .is_none_or(|w| w.contains(&dimension));
        if wanted && !out.contains(&dimension) {
            out.push(dimension);
        }
    }
    out
}

fn comparators(dimensions: &[Dimension]) -> Vec<Comparator> {
    dimensions
        .iter()
        .filter(|d| d.as_str() != "programme")
        .filter_map(|dimension| {
            let level = crate::vocabulary::groups::comparator(dimension.as_str())?;
            Some(Comparator {
                dimension: dimension.clone(),
                level: Level::new(level),
            })
        })
        .collect()
}
