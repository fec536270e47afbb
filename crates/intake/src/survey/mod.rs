//! Survey exports to responses, items, answers and waves. The case rules of
//! the survey live here: what is a response, which wave it belongs to, what
//! an answer is on its scale. Counts no figure and holds no free text.

mod about;
mod answers;
mod asked;
mod invited;
mod kept;
mod naming;
mod questions;
mod respondents;
#[cfg(test)]
mod rows_tests;
#[cfg(test)]
mod tests;
mod wave_names;
mod waves;

pub use kept::Dropped;
pub use questions::{FileResponses, QuestionReport};

use crate::data::table::holding;
use crate::data::{Holds, Stage, Survey, Table};
use kept::Kept;
use staywise_core::domain::{Day, Level};

/// What happens to responses that were not finished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Partials {
    /// They are dropped and counted.
    #[default]
    Drop,
    /// They are kept.
    Keep,
}

/// What the study says of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemRule {
    /// The question's text, or its column's header.
    pub question: String,
    /// The item's name, a slug; recognised or made where not given.
    pub name: Option<String>,
    /// The scale, by its slug; recognised where not given.
    pub scale: Option<String>,
    /// Whether agreeing is unfavourable; recognised where not given.
    pub reversed: Option<bool>,
    /// The preceptorship principle it belongs to.
    pub principle: Option<String>,
}

/// The rules that decide what is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// What happens to responses that were not finished.
    pub partials: Partials,
    /// What the study says of items.
    pub items: Vec<ItemRule>,
    /// The organisation's name, which decides between two questions of one
    /// item.
    pub organisation: Option<String>,
    /// The share of a question's answers that may be unusable.
    pub max_unusable: f64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            partials: Partials::Drop,
            items: Vec::new(),
            organisation: None,
            max_unusable: 0.05,
        }
    }
}

/// One response: where it stands and when it was given.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Given {
    /// The file, among those that hold responses.
    file: usize,
    /// The row.
    row: usize,
    /// Days since 1 January 1970 with the time.
    at: f64,
    /// Whether it was finished.
    finished: bool,
}

/// Builds the survey from all tables that hold responses or invitations;
/// tables that hold something else are left alone.
#[must_use]
pub fn build(tables: &[Table], rules: &Rules, as_at: Day) -> (Survey, Vec<FileResponses>, Stage) {
    let mut stage = Stage::default();
    let of = |holds| holding(tables, holds);
    let (files, invited) = (of(Holds::Survey), of(Holds::Invited));
    let mut kept: Vec<Kept> = files
        .iter()
        .map(|t| Kept::of(t, rules.partials, as_at, &mut stage))
        .collect();
    kept::without_same_response(&files, &mut kept);
    let mut given = in_order(&kept);
    let mut waves = waves::Waves::new(&files, &given);
    if respondents::without_earlier(&files, &mut kept, (&given, &waves.of), &mut stage) {
        given = in_order(&kept);
        waves = waves::Waves::new(&files, &given);
    }
    let items = asked::items(&files, &kept, rules, &mut stage);
    let reports = questions::report(&files, &kept, &items);
    let mut survey = Survey {
        answered_on: given.iter().map(|g| day_of(g.at)).collect(),
        finished: given.iter().map(|g| g.finished).collect(),
        identities: respondents::identities(&files, &given),
        items: answers::codes(&files, (&given, &kept), (&items, rules), &mut stage),
        dimensions: about::dimensions(&files, &given, &mut stage),
        ..Survey::default()
    };
    if survey.finished.iter().all(|f| *f) {
        survey.finished = Vec::new();
    }
    let (named, wave, invitations) = invited::add(&invited, waves, as_at, &mut stage);
    survey.waves = named.iter().map(|w| Level::new(w)).collect();
    survey.wave = wave;
    survey.invitations = invitations;
    count(&survey, &kept, &mut stage);
    (survey, reports, stage)
}

/// All responses in order of completion; of the same moment in the order of
/// files and rows.
fn in_order(kept: &[Kept]) -> Vec<Given> {
    let mut given: Vec<Given> = kept
        .iter()
        .enumerate()
        .flat_map(|(file, kept)| {
            kept.responses.iter().map(move |r| Given {
                file,
                row: r.row,
                at: r.at,
                finished: r.finished,
            })
        })
        .collect();
    given.sort_by(|a, b| {
        a.at.total_cmp(&b.at)
            .then((a.file, a.row).cmp(&(b.file, b.row)))
    });
    given
}

/// The day of a moment, which was in range when the row was kept.
fn day_of(at: f64) -> Day {
    crate::vocabulary::cells::Moment::At(at)
        .day()
        .unwrap_or(Day(0))
}

fn count(survey: &Survey, kept: &[Kept], stage: &mut Stage) {
    stage.count("survey rows read", kept.iter().map(|k| k.rows).sum());
    for rule in Dropped::ALL {
        let dropped = kept.iter().map(|k| k.dropped(rule)).sum();
        if dropped > 0 {
            stage.count(&format!("survey rows dropped: {}", rule.word()), dropped);
        }
    }
    stage.count("responses", survey.responses());
    stage.count("waves", survey.waves.len());
    stage.count("items", survey.items.len());
    stage.count("invitations", survey.invitations.identities.len());
}
