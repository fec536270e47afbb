//! The rim where the terminal is: arguments in, words out, an exit code. Data
//! goes to stdout, talk to stderr; docs/style.md has the voice.

mod arguments;
mod case;
mod check;
mod compare;
mod explain;
mod figures;
mod folder;
mod init;
mod look;
mod metrics;
mod report;
mod sample;
mod say;
mod start;
mod study_folder;
mod summary;

use arguments::{Arguments, Command};
use clap::Parser;
use say::{Talk, Voice};
use std::path::Path;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// It did what was asked.
    Done,
    /// The data, the study or a metric must be mended first.
    Mend,
}

/// What went wrong: what, where if that is a place, and what to do. Every
/// error has all but the place, so that nobody is left standing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Failed {
    what: String,
    place: Option<String>,
    remedy: String,
}

impl Failed {
    fn new(what: &str, remedy: &str) -> Self {
        Self {
            what: what.to_owned(),
            place: None,
            remedy: remedy.to_owned(),
        }
    }

    fn at(self, place: &Path) -> Self {
        Self {
            place: Some(place.display().to_string()),
            ..self
        }
    }
}

impl From<crate::files::FileError> for Failed {
    fn from(error: crate::files::FileError) -> Self {
        use crate::files::FileError;
        let (doing, path) = match &error {
            FileError::Read { path, .. } => ("read", path),
            FileError::Write { path, .. } => ("written", path),
        };
        let why = error.why();
        Self {
            what: format!("This cannot be {doing}: {}.", why.reason),
            place: Some(path.clone()),
            remedy: why.remedy.clone(),
        }
    }
}

/// The whole program: 0 done, 1 the data must be mended, 2 the run failed.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is no failure of ours.
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let talk = Talk::new(if arguments.quiet {
        Voice::Quiet
    } else {
        Voice::Full
    });
    match run(&arguments, &talk) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Mend) => ExitCode::from(1),
        Err(failed) => {
            talk.failed(&failed);
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments, talk: &Talk) -> Result<Ended, Failed> {
    let study = arguments.study.as_deref();
    let Some(command) = &arguments.command else {
        return Ok(start::start(study, talk));
    };
    match command {
        Command::Demo(demo) => sample::demo(demo.dir.as_deref().or(study), talk),
        Command::Init(init) => init::init(init, study, talk),
        Command::Check(check) => check::check(check, study, talk),
        Command::Report(report) => report::report(report, study, talk),
        Command::Compare(compare) => compare::compare(compare, study, talk),
        Command::Case(typed) => case::case(typed, study, talk),
        Command::Explain(explain) => explain::explain(explain, study, talk),
        Command::Metrics(metrics) => metrics::metrics(metrics, study, talk),
        Command::Synth(synth) => sample::synth(synth, talk),
    }
}
