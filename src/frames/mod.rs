//! The frames that queries read, made from the linked data when a query names
//! them, and of their columns only those that it may need. A column that the
//! study does not have is absent and says why. Holds no identifier, no name
//! and no free text; counts nothing.

mod beside;
mod posts;
mod survey;
mod workforce;

use crate::data::Linked;
use polars::prelude::{
    BooleanChunked, Column as FrameColumn, DataFrame, Float64Chunked, Int32Chunked, Int64Chunked,
    IntoColumn, NewChunkedArray, PolarsResult, StringChunked, UInt32Chunked,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frame {
    /// One row a person.
    People,
    /// One row a continuous time in post.
    Spells,
    /// One row a post.
    Posts,
    /// One row a response, three columns an item.
    Responses,
    /// One row a valid answer to one item.
    Answers,
    /// One row an item.
    Items,
    /// One row a preceptorship.
    Preceptorships,
    /// One row an invitation.
    Invited,
    /// One row a response of a known person.
    Linked,
    /// One row a flow that somebody else published.
    Flows,
    /// One row a person followed without dates.
    Durations,
    /// One row: the as-at date and the study's named parameters.
    Params,
}

impl Frame {
    /// Every frame with its name.
    pub const WORDS: [(Self, &'static str); 12] = [
        (Self::People, "people"),
        (Self::Spells, "spells"),
        (Self::Posts, "posts"),
        (Self::Responses, "responses"),
        (Self::Answers, "answers"),
        (Self::Items, "items"),
        (Self::Preceptorships, "preceptorships"),
        (Self::Invited, "invited"),
        (Self::Linked, "linked"),
        (Self::Flows, "flows"),
        (Self::Durations, "durations"),
        (Self::Params, "params"),
    ];

    /// The name in a query.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(frame, _)| *frame == self)
            .map_or("", |(_, word)| word)
    }

    /// The frame of a name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(_, w)| *w == word)
            .map(|(frame, _)| *frame)
    }
}

type Maker<'a> = Box<dyn Fn(&str) -> FrameColumn + 'a>;

/// A column that a frame has, or would have.
struct Field<'a> {
    name: String,
    content: Result<Maker<'a>, String>,
}

/// What a row has, by row number; shared by a date and its integer day.
type DayOf<'a> = Arc<dyn Fn(usize) -> Option<i32> + 'a>;

/// The columns of one frame, with how each is made.
struct Fields<'a> {
    rows: usize,
    fields: Vec<Field<'a>>,
}

impl<'a> Fields<'a> {
    fn new(rows: usize) -> Self {
        let fields = Vec::new();
        Self { rows, fields }
    }

    fn put(&mut self, name: &str, make: impl Fn(&str) -> FrameColumn + 'a) {
        // An item may be called as a column of the frame is: the frame's own
        // stands first and stays.
        if self.fields.iter().all(|f| f.name != name) {
            let name = name.to_owned();
            let content: Result<Maker<'a>, String> = Ok(Box::new(make));
            self.fields.push(Field { name, content });
        }
    }

    fn absent(&mut self, names: &[&str], why: &str) {
        self.fields.extend(names.iter().map(|name| Field {
            name: (*name).to_owned(),
            content: Err(why.to_owned()),
        }));
    }

    fn whole(&mut self, name: &str, value: impl Fn(usize) -> Option<u32> + 'a) {
        let rows = self.rows;
        self.put(name, move |name| {
            UInt32Chunked::from_iter_options(name.into(), (0..rows).map(&value)).into_column()
        });
    }

    /// Whole numbers that may be below nought.
    fn count(&mut self, name: &str, value: impl Fn(usize) -> Option<i64> + 'a) {
        let rows = self.rows;
        self.put(name, move |name| {
            Int64Chunked::from_iter_options(name.into(), (0..rows).map(&value)).into_column()
        });
    }

    fn flag(&mut self, name: &str, value: impl Fn(usize) -> Option<bool> + 'a) {
        let rows = self.rows;
        self.put(name, move |name| {
            BooleanChunked::from_iter_options(name.into(), (0..rows).map(&value)).into_column()
        });
    }

    fn number(&mut self, name: &str, value: impl Fn(usize) -> Option<f64> + 'a) {
        let rows = self.rows;
        self.put(name, move |name| {
            Float64Chunked::from_iter_options(name.into(), (0..rows).map(&value)).into_column()
        });
    }

    fn text(&mut self, name: &str, value: impl Fn(usize) -> Option<&'a str> + 'a) {
        let rows = self.rows;
        self.put(name, move |name| {
            StringChunked::from_iter_options(name.into(), (0..rows).map(&value)).into_column()
        });
    }

    fn integer(&mut self, name: &str, value: DayOf<'a>) {
        let rows = self.rows;
        self.put(name, move |name| {
            let days = (0..rows).map(|row| value(row));
            Int32Chunked::from_iter_options(name.into(), days).into_column()
        });
    }

    /// A date, and the same as a whole number: `start` and `start_day`,
    /// `answered_on` and `answered_day`.
    fn day(&mut self, name: &str, value: impl Fn(usize) -> Option<i32> + 'a) {
        let rows = self.rows;
        let value: DayOf<'a> = Arc::new(value);
        let dates = Arc::clone(&value);
        self.put(name, move |name| {
            let days = (0..rows).map(|row| dates(row));
            let days = Int32Chunked::from_iter_options(name.into(), days);
            days.into_date().into_column()
        });
        self.integer(&day_name(name), value);
    }
}

/// The name of a date's integer twin.
fn day_name(date: &str) -> String {
    format!("{}_day", date.strip_suffix("_on").unwrap_or(date))
}

/// The frames of one study.
#[derive(Clone, Copy, Debug)]
pub struct Frames<'a> {
    linked: &'a Linked,
    params: &'a BTreeMap<String, f64>,
}

impl<'a> Frames<'a> {
    /// The frames of the linked data; `params` are the study's named
    /// parameters.
    #[must_use]
    pub fn new(linked: &'a Linked, params: &'a BTreeMap<String, f64>) -> Self {
        Self { linked, params }
    }

    /// Why the study does not have a frame at all; nothing where it has.
    #[must_use]
    pub fn missing(&self, frame: Frame) -> Option<&'static str> {
        let (linked, survey) = (self.linked, &self.linked.survey);
        match frame {
            Frame::People | Frame::Spells | Frame::Posts if linked.workforce.people() == 0 => {
                Some("the study has no staff list")
            }
            Frame::Responses | Frame::Linked if survey.responses() == 0 => {
                Some("the study has no survey")
            }
            Frame::Linked if linked.workforce.people() == 0 => Some("the study has no staff list"),
            Frame::Answers | Frame::Items if survey.items.is_empty() => {
                Some("no survey question was recognised as one of a known scale")
            }
            Frame::Preceptorships if linked.workforce.preceptorships.is_empty() => {
                Some("the study has no preceptorship register")
            }
            Frame::Invited if survey.invitations.wave.is_empty() => {
                Some("the study has no list of who was invited")
            }
            Frame::Flows => beside::no_flows(&linked.flows),
            Frame::Durations => beside::no_durations(&linked.followed),
            _ => None,
        }
    }

    /// The columns that a frame has in this study.
    #[must_use]
    pub fn columns(&self, frame: Frame) -> Vec<String> {
        let fields = self.fields(frame, 0).fields.into_iter();
        fields
            .filter(|f| f.content.is_ok())
            .map(|f| f.name)
            .collect()
    }

    /// Why a frame has no column of this name in this study; nothing where it
    /// has one, or would have none in any study.
    #[must_use]
    pub fn absent(&self, frame: Frame, column: &str) -> Option<String> {
        let fields = self.fields(frame, 0).fields;
        match fields.into_iter().find(|f| f.name == column) {
            Some(field) => field.content.err(),
            None if frame == Frame::Responses => survey::no_such_item(self.linked, column),
            None => None,
        }
    }

    /// A frame with the columns that are wanted and always its first, the key
    /// where it has one. `item` says which item's answers are meant, and
    /// counts for `answers` only.
    ///
    /// # Errors
    /// What the engine says, should it not take the columns.
    pub fn make(
        &self,
        frame: Frame,
        item: usize,
        wanted: &dyn Fn(&str) -> bool,
    ) -> PolarsResult<DataFrame> {
        let fields = self.fields(frame, item);
        let columns = fields
            .fields
            .iter()
            .enumerate()
            .filter(|(index, field)| *index == 0 || wanted(&field.name))
            .filter_map(|(_, field)| Some(field.content.as_ref().ok()?(&field.name)))
            .collect();
        DataFrame::new(fields.rows, columns)
    }

    fn fields(&self, frame: Frame, item: usize) -> Fields<'a> {
        match frame {
            Frame::People => workforce::people(self.linked),
            Frame::Spells => workforce::spells(self.linked),
            Frame::Posts => posts::posts(self.linked),
            Frame::Preceptorships => workforce::preceptorships(self.linked),
            Frame::Linked => workforce::linked(self.linked),
            Frame::Responses => survey::responses(self.linked),
            Frame::Answers => survey::answers(self.linked, item),
            Frame::Items => survey::items(self.linked),
            Frame::Invited => survey::invited(self.linked),
            Frame::Flows => beside::flows(self.linked),
            Frame::Durations => beside::durations(self.linked),
            Frame::Params => self.params(),
        }
    }

    fn params(&self) -> Fields<'a> {
        let mut fields = Fields::new(1);
        let as_at = self.linked.as_at.0;
        fields.day("as_at", move |_| Some(as_at));
        let mut seen = BTreeSet::new();
        for (name, value) in self.params {
            if seen.insert(name.to_lowercase()) {
                fields.number(&name.to_lowercase(), move |_| Some(*value));
            }
        }
        fields
    }
}

/// The key of an answer: unique over all items, and its response can be read
/// off it. Nothing where there are too many for a key.
#[must_use]
pub fn answer_key(response: u32, item: usize, items: usize) -> Option<u32> {
    let items = u32::try_from(items).ok()?;
    let item = u32::try_from(item).ok()?;
    response.checked_mul(items)?.checked_add(item)
}

/// The response of an answer's key.
#[must_use]
pub fn answer_response(key: u32, items: usize) -> Option<u32> {
    key.checked_div(u32::try_from(items).ok()?)
}
