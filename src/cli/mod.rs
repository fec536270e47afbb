//! The rim where the terminal is: arguments in, words out, an exit code. Data
//! goes to stdout, talk to stderr.

mod arguments;
mod sample;
mod say;
mod study_folder;
mod work;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// It did what was asked.
    Done,
    /// The data, the study or a metric must be mended first.
    Mend,
}

/// A run that failed: a sentence and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Failed(String);

impl From<crate::files::FileError> for Failed {
    fn from(error: crate::files::FileError) -> Self {
        Self(error.to_string())
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
    let talk = say::Talk::new(arguments.quiet);
    match run(&arguments, &talk) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Mend) => ExitCode::from(1),
        Err(failed) => {
            talk.error(&failed.to_string());
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments, talk: &say::Talk) -> Result<Ended, Failed> {
    let study = arguments.study.as_deref();
    match &arguments.command {
        Command::Demo(demo) => sample::demo(demo.dir.as_deref().or(study), talk),
        Command::Init(init) => work::init(init, study, talk),
        Command::Check(check) => work::check(check, study, talk),
        Command::Report(report) => work::report(report, study, talk),
        Command::Metrics(metrics) => work::metrics(metrics, study, talk),
        Command::Synth(synth) => sample::synth(synth, talk),
    }
}
