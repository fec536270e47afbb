//! The command line as typed. Plain fields; nothing is looked up or opened
//! here.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Preceptorship feedback and workforce data into evidence people can act on.
#[derive(Debug, Parser)]
#[command(
    name = "staywise",
    version,
    about,
    after_help = "Examples:\n  \
        staywise demo                     write a sample study, run it, say where the report is\n  \
        staywise init my-study            look at the files and write staywise.toml\n  \
        staywise check my-study           read, validate and link; say what must be mended\n  \
        staywise -C my-study report       make the reports of the latest quarter\n  \
        staywise -C my-study explain CLAIM   say what stands behind a figure\n\n\
        Exit codes: 0 done, 1 the data must be mended, 2 the run failed."
)]
pub(super) struct Arguments {
    /// The study folder.
    #[arg(short = 'C', long = "study", global = true, value_name = "DIR")]
    pub(super) study: Option<PathBuf>,
    /// Say nothing but errors and the data asked for.
    #[arg(long, global = true)]
    pub(super) quiet: bool,
    /// What to do; without one, staywise says what to type first.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the sample study into a folder, run it, and say what to do next.
    Demo(Demo),
    /// Look at the files of a folder and write staywise.toml.
    Init(Init),
    /// Read, validate and link; findings with their places.
    Check(Check),
    /// Make reports, results.csv and the rest of a run.
    Report(Report),
    /// Say what changed between two runs, and by what.
    Compare(Compare),
    /// Make the business case on the terminal, with what-ifs.
    Case(CaseArguments),
    /// Say what stands behind a figure: definition, counts, method and SQL.
    Explain(Explain),
    /// List the metrics, or show one: definition, kind and SQL.
    Metrics(Metrics),
    /// Write a made-up study of any size.
    Synth(Synth),
}

#[derive(Args, Debug)]
#[command(after_help = "Example:\n  staywise demo my-first-study")]
pub(super) struct Demo {
    /// Where to; a new folder `staywise-demo` if left out.
    pub(super) dir: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  staywise init\n  staywise init my-study --name \"Preceptorship 2026\""
)]
pub(super) struct Init {
    /// The study folder; the current one if left out.
    pub(super) dir: Option<PathBuf>,
    /// The study's name; the folder's if left out.
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Write a new staywise.toml over the one that is there.
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  staywise check my-study\n  staywise check my-study --json")]
pub(super) struct Check {
    /// The study folder; the current one if left out.
    pub(super) dir: Option<PathBuf>,
    /// Print what was read as JSON, for a machine.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  staywise report\n  staywise -C my-study report quarterly --period 2026-Q1\n  \
    staywise report --period 2026-Q2 --since 2026-Q1\n  \
    staywise report --period all --out evidence --png\n  \
    staywise report --json\n  staywise report --list"
)]
pub(super) struct Report {
    /// Which reports; all if left out.
    pub(super) names: Vec<String>,
    /// A quarter (2026-Q2, or 2026-27-Q1 by financial year), a year, or all.
    #[arg(long, value_name = "P")]
    pub(super) period: Option<String>,
    /// Where the run goes; out/PERIOD in the study if left out.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Also say what moved since an earlier run: its folder, or its period
    /// under out/.
    #[arg(long, value_name = "RUN")]
    pub(super) since: Option<String>,
    /// Write each chart as a PNG picture too, beside the SVG.
    #[arg(long)]
    pub(super) png: bool,
    /// List the reports that can be made, and make none.
    #[arg(long)]
    pub(super) list: bool,
    /// Print what was made as JSON, for a machine.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  staywise compare 2026-Q1 2026-Q2\n  \
    staywise compare 2026-Q1 2026-Q2 --by staff_group --metric intention_to_stay\n  \
    staywise -C my-study compare 2026-Q1 2026-Q2 --json\n\n\
    The change of each share is taken apart into corrected data, definition, mix and rate, in that \
    order.\nFor the data team: written into the study's private/compare.")]
pub(super) struct Compare {
    /// The earlier run: its folder, or its period under out/.
    #[arg(value_name = "EARLIER")]
    pub(super) earlier: String,
    /// The later run.
    #[arg(value_name = "LATER")]
    pub(super) later: String,
    /// How people are divided for the mix; the first of site, staff_group and
    /// organisation that there is if left out.
    #[arg(long, value_name = "DIMENSION")]
    pub(super) by: Option<String>,
    /// A metric, or several; every share about everyone if left out.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub(super) metric: Vec<String>,
    /// Print as JSON, for a machine.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  staywise case\n  \
    staywise case --set vacancy_weeks=8 --set cover_share=60%\n  \
    staywise case --set preceptees=10          where the study does not say how many\n  \
    staywise case --template case-inputs.xlsx\n  staywise -C my-study case --json\n\n\
    The inputs are in [case] of staywise.toml; docs/business-case-inputs.md lists them.\n\
    `staywise report business-case` makes the page.")]
pub(super) struct CaseArguments {
    /// Take an input to be something else: NAME=NUMBER. May be given again.
    #[arg(long, value_name = "NAME=NUMBER")]
    pub(super) set: Vec<String>,
    /// Write a workbook of all inputs to fill in, in the study folder.
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// Print as JSON, for a machine.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  staywise explain C-h7yq0m2d4xkt\n  \
    staywise -C my-study explain h7yq0m2d4xkt --run 2026-Q1\n  \
    staywise explain C-h7yq0m2d4xkt --json\n\n\
    A claim stands beside each figure of a report, and in the column `claim` of results.csv.")]
pub(super) struct Explain {
    /// The claim, as `C-h7yq0m2d4xkt`; capitals and the `C-` do not matter.
    pub(super) claim: String,
    /// The run to look in: its folder, or its period under out/; the latest
    /// that has the claim if left out.
    #[arg(long, value_name = "RUN")]
    pub(super) run: Option<String>,
    /// Print as JSON, for a machine.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  staywise metrics\n  staywise metrics retention_12m\n  \
    staywise metrics --json"
)]
pub(super) struct Metrics {
    /// The metric to show.
    pub(super) name: Option<String>,
    /// Print as JSON, for a machine.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Example:\n  staywise synth big-study --staff 200000 --responses 400000")]
pub(super) struct Synth {
    /// Where to; must be new or empty.
    pub(super) dir: PathBuf,
    /// How many staff.
    #[arg(long, default_value_t = 1_200, value_parser = clap::value_parser!(u32).range(10..=2_000_000))]
    pub(super) staff: u32,
    /// How many responses; the sample's own number if left out.
    #[arg(long, value_parser = clap::value_parser!(u32).range(0..=5_000_000))]
    pub(super) responses: Option<u32>,
    /// The seed: the same seed gives the same files.
    #[arg(long, default_value_t = crate::synth::SEED)]
    pub(super) seed: u64,
}
