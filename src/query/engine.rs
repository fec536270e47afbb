//! Runs one query against the frames. The one place that calls the SQL
//! engine; what it cannot run becomes a finding, and what the study does not
//! have a reason.

use super::contract;
use super::header::MetricQuery;
use super::sql::Select;
use super::wrong::{mistake, nearest};
use crate::frames::{Frame, Frames};
use polars::prelude::{DataFrame, IntoLazy, PolarsError, PolarsResult};
use polars::sql::SQLContext;
use staywise_core::domain::Finding;

/// Why a metric has no rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The study does not have what it needs: why, to follow "not available
    /// because".
    Unavailable(String),
    /// The file is wrong.
    Wrong(Vec<Finding>),
}

/// Bytes of stack for the engine, of which only those used are taken.
const STACK: usize = 64 << 20;
const README: &str = "Compare it with the frames and the dialect in queries/README.md.";

/// A query and what it is run on.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub query: &'a MetricQuery,
    pub select: &'a Select,
    pub frames: Frames<'a>,
}

impl Run<'_> {
    /// What stands in the way, before anything is made.
    pub(super) fn ready(&self) -> Result<(), Stop> {
        let wrong = contract::check_grain(self.query, self.select);
        if !wrong.is_empty() {
            return Err(Stop::Wrong(wrong));
        }
        let missing = self.select.frames.iter();
        match missing.filter_map(|f| self.frames.missing(*f)).next() {
            Some(why) => Err(Stop::Unavailable(why.to_owned())),
            None => Ok(()),
        }
    }

    /// The rows; `item` is whose answers are read.
    pub(super) fn rows(&self, item: usize) -> Result<DataFrame, Stop> {
        // The engine goes deep, and gives up on some queries by panicking: it
        // gets a thread of its own.
        let result = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            let thread = thread.spawn_scoped(scope, || self.run(item)).ok()?;
            thread.join().ok()
        });
        match result {
            Some(Ok(Ok(rows))) => Ok(rows),
            Some(Ok(Err(wrong))) => Err(Stop::Wrong(wrong)),
            Some(Err(error)) => Err(self.explain(&error)),
            None => Err(self.wrong((
                format!("the query of `{}` cannot be run", self.query.metric.name),
                "Write it with plain columns, joins, conditions and grouping.".to_owned(),
            ))),
        }
    }

    fn run(&self, item: usize) -> PolarsResult<Result<DataFrame, Vec<Finding>>> {
        let mut context = SQLContext::new();
        for frame in &self.select.frames {
            let wanted = |column: &str| self.select.may_read(column);
            let made = self.frames.make(*frame, item, &wanted)?;
            context.register(frame.word(), made.lazy());
        }
        let mut lazy = context.execute(&self.select.sql)?;
        let wrong = contract::check(self.query, lazy.collect_schema()?.as_ref());
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        lazy.collect().map(Ok)
    }

    /// The study lacks a column that the query names, or the query is wrong.
    fn explain(&self, error: &PolarsError) -> Stop {
        let frames = &self.select.frames;
        let columns: Vec<String> = frames
            .iter()
            .flat_map(|f| self.frames.columns(*f))
            .collect();
        let unknown = || self.select.words().iter().filter(|w| !columns.contains(w));
        for word in unknown() {
            if let Some(why) = frames.iter().find_map(|f| self.frames.absent(*f, word)) {
                return Stop::Unavailable(why);
            }
        }
        let said = error.to_string();
        let said = first_line(&said);
        let named = unknown().find(|word| quoted(said, word));
        let (what, remedy) = match named {
            Some(word) if said.starts_with("relation") => {
                let all = Frame::WORDS.map(|(_, name)| name);
                let list = format!("The frames are {}.", all.join(", "));
                let meant = nearest(word, all).map(|name| format!("Did you mean `{name}`? "));
                let remedy = meant.unwrap_or_default() + &list;
                (format!("there is no frame `{word}`"), remedy)
            }
            Some(word) => {
                let meant = nearest(word, columns.iter().map(String::as_str));
                let meant = meant.map(|name| format!("Did you mean `{name}`?"));
                (
                    format!("it finds no `{word}`"),
                    meant.unwrap_or_else(|| README.to_owned()),
                )
            }
            None => (said.to_owned(), README.to_owned()),
        };
        let name = &self.query.metric.name;
        self.wrong((
            format!("the query of `{name}` cannot be run: {what}"),
            remedy,
        ))
    }

    fn wrong(&self, words: (String, String)) -> Stop {
        Stop::Wrong(vec![mistake(&self.query.path, None, words)])
    }
}

/// What the engine says, as far as it is for people.
fn first_line(said: &str) -> &str {
    let line = said.lines().next().unwrap_or("");
    line.split("; valid columns").next().unwrap_or(line)
}

/// Whether the engine names a word, which it does in quotes.
fn quoted(said: &str, word: &str) -> bool {
    ['\'', '"', '`']
        .iter()
        .any(|quote| said.contains(&format!("{quote}{word}{quote}")))
}
