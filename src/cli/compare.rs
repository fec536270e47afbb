//! `compare`: what changed between two runs, and by what. For the data team:
//! what it says is put into the study's private/, and into no report.

use super::arguments::Compare;
use super::check::verdict;
use super::explain::read;
use super::folder::{command, folder_of, open, run_of};
use super::say::Talk;
use super::study_folder::StudyFolder;
use super::{Ended, Failed};
use crate::files::{self, RunFolder};
use crate::pipeline::changed::{self, Before, Compared, Incomparable, Kept, Question, Which};
use crate::pipeline::earlier::Earlier;
use crate::pipeline::{self, Run};
use crate::query::Catalogue;
use crate::study::{self, Study};
use staywise_core::domain::{Dimension, Period, Severity};
use std::path::{Path, PathBuf};

/// A run with what it kept of how it was made.
pub(super) fn before(at: &RunFolder) -> Result<Before, Failed> {
    let run = read(at)?;
    let kept = match at.text(changed::STUDY)? {
        Some(study) => {
            let figures = at.text(changed::FIGURES)?.unwrap_or_default();
            let queries = at.metrics(changed::QUERIES)?;
            Some(Kept::read(study, queries, &figures))
        }
        None => None,
    };
    Ok(Before { run, kept })
}

pub(super) fn compare(
    compare: &Compare,
    study: Option<&Path>,
    talk: &Talk,
) -> Result<Ended, Failed> {
    let dir = folder_of(None, study);
    let Some(folder) = open(dir, talk)? else {
        return Ok(Ended::Mend);
    };
    let earlier_at = files::run_at(&folder.path, &compare.earlier)?;
    let later_at = files::run_at(&folder.path, &compare.later)?;
    let earlier = before(&earlier_at)?;
    let later = before(&later_at)?;
    let key = files::key(&folder.path)?;
    let (study, catalogue) = made_by(&folder, (&later, &later_at), &key)?;
    let run = Run {
        study: &study,
        catalogue: &catalogue,
        // Where neither the study nor the data say, the data stand as then.
        today: later.run.as_at,
        ..run_of(&folder, &key, talk)
    };
    let gathered = pipeline::gather(&run);
    if gathered.must_be_mended() {
        let errors = gathered.findings.iter();
        talk.findings(errors.filter(|f| f.severity == Severity::Error));
        verdict(&gathered, talk);
        return Ok(Ended::Mend);
    }
    let by = compare.by.as_deref().map(Dimension::new);
    let question = Question {
        by: by.as_ref(),
        metrics: &compare.metric,
    };
    let runs = (&earlier, &later.run);
    let compared = changed::compare(&run, &gathered, runs, question)
        .map_err(|why| failed(&why, (&earlier_at, &later_at), (&folder, &later.run)))?;
    let periods = (&earlier.run.period, &later.run.period);
    let path = written(&folder, &compared, periods)?;
    talk.data(&if compare.json {
        changed::json(&compared, periods)
    } else {
        changed::told(&compared, periods)
    });
    talk.line(&format!("A draft for the data team: {}", path.display()));
    Ok(Ended::Done)
}

/// The study and the metrics that the later run was made by: those that it
/// kept, else today's where they are the same.
fn made_by(
    folder: &StudyFolder,
    (later, at): (&Before, &RunFolder),
    key: &[u8],
) -> Result<(Study, Catalogue), Failed> {
    let again = |what: &str| {
        let label = &later.run.period.label;
        let typed = command(&folder.path, &format!("report --period {label}"));
        Failed::new(what, &format!("Make the later run again: {typed}")).at(&at.path)
    };
    let Some(kept) = &later.kept else {
        if changed::made_by(&later.run, key, &folder.study.text) {
            return Ok((folder.study.clone(), folder.catalogue.clone()));
        }
        return Err(again(
            "The later run did not keep the study that it was made by, and the study has changed \
             since.",
        ));
    };
    let (catalogue, wrong) = Catalogue::with_user(&kept.queries);
    match study::read(&kept.study) {
        Ok(study) if wrong.is_empty() => Ok((study, catalogue)),
        _ => Err(again(
            "The study or a metric that the later run was made by can be read no longer.",
        )),
    }
}

fn failed(
    why: &Incomparable,
    (earlier, later): (&RunFolder, &RunFolder),
    (folder, run): (&StudyFolder, &Earlier),
) -> Failed {
    let listed = |names: &[String]| {
        if names.is_empty() {
            "There is none in this run.".to_owned()
        } else {
            format!("Choose from these: {}.", names.join(", "))
        }
    };
    let (remedy, place) = match why {
        Incomparable::Unlike(which, unlike) => {
            let place = match which {
                Which::Earlier => earlier,
                Which::Later => later,
            };
            (unlike.remedy(), &place.path)
        }
        Incomparable::OtherData => {
            let typed = command(
                &folder.path,
                &format!("report --period {}", run.period.label),
            );
            (format!("Make the later run again: {typed}"), &later.path)
        }
        Incomparable::NoShare(_, known) => (listed(known), &earlier.path),
        Incomparable::NoDimension(_, known) => (listed(known), &later.path),
    };
    Failed::new(&why.to_string(), &remedy).at(place)
}

/// Writes the table into the study's private/compare; where it lies.
fn written(
    folder: &StudyFolder,
    compared: &Compared,
    periods: (&Period, &Period),
) -> Result<PathBuf, Failed> {
    let name = format!("{}-{}.csv", periods.0.label, periods.1.label);
    let path = folder.path.join("private").join("compare").join(name);
    files::write_private(&path, changed::csv(compared, periods).as_bytes())?;
    Ok(path)
}
