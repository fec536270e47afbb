//! What a model is fitted to: followed spells and columns, checked, put in
//! the order of time and brought to one scale. Never changes what it is given
//! but for setting aside rows without follow-up or weight, which it counts.

use super::Refused;
use std::cmp::Reverse;

/// `Followed::from` of those who were followed from the start: a leaving on
/// day 0 counts.
pub const FROM_THE_START: i32 = -1;

/// One row: a time in which one person was followed and nothing about them
/// changed. Somebody whose covariates change has several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Followed {
    /// At risk only after this day since time zero.
    pub from: i32,
    /// At risk up to this day and on it.
    pub to: i32,
    /// Whether they left on that day.
    pub event: bool,
    /// People are compared within their stratum only.
    pub stratum: u32,
    /// Case weight; 1 without weights.
    pub weight: f64,
    /// Whose rows hang together (a person, a site), for clustered errors.
    pub cluster: u64,
}

impl Followed {
    /// Followed from the start to a day, of weight 1, in stratum and cluster
    /// 0.
    #[must_use]
    pub fn until(to: i32, event: bool) -> Self {
        Self {
            from: FROM_THE_START,
            to,
            event,
            stratum: 0,
            weight: 1.0,
            cluster: 0,
        }
    }
}

/// One covariate, or one level of one: a value for each row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column<'a> {
    /// What it is, as `site`; columns beside one another with the same word
    /// are one term.
    pub term: &'a str,
    /// Which level of it, where it has levels.
    pub level: Option<&'a str>,
    /// A value for each row, in the order of the rows.
    pub values: &'a [f64],
}

impl Column<'_> {
    fn label(&self) -> String {
        match self.level {
            Some(level) => format!("{}: {level}", self.term),
            None => self.term.to_owned(),
        }
    }
}

/// Rows and columns that can be fitted.
#[derive(Clone, Debug)]
pub struct CoxModel {
    /// Columns' names, as they are to be printed.
    pub(super) labels: Vec<String>,
    /// Terms, each with its range of columns.
    pub(super) terms: Vec<(String, std::ops::Range<usize>)>,
    /// Columns' means over the rows.
    pub(super) mean: Vec<f64>,
    /// Columns' standard deviations over the rows.
    pub(super) spread: Vec<f64>,
    /// By stratum, then from the last day followed to the first.
    pub(super) rows: Vec<Followed>,
    /// Standardised covariates, row after row in that order.
    pub(super) values: Vec<f64>,
    /// Rows that enter on or after the first leaving, by stratum, then from
    /// the last day of entry.
    pub(super) entries: Vec<usize>,
    set_aside: usize,
    events: u64,
}

impl CoxModel {
    /// Checks rows and columns and puts them in order. Rows that end on or
    /// before the day they begin, or have no weight, are set aside.
    ///
    /// # Errors
    /// Why no model can be fitted to them.
    pub fn new(rows: &[Followed], columns: &[Column]) -> Result<Self, Refused> {
        check(rows, columns)?;
        let mut order: Vec<usize> = (0..rows.len())
            .filter(|i| rows[*i].from < rows[*i].to && rows[*i].weight > 0.0)
            .collect();
        let set_aside = rows.len() - order.len();
        if order.is_empty() {
            return Err(Refused::NobodyFollowed);
        }
        let events = order.iter().filter(|i| rows[**i].event).count() as u64;
        if events == 0 {
            return Err(Refused::NobodyLeft);
        }
        order.sort_by_key(|i| (rows[*i].stratum, Reverse(rows[*i].to)));
        let sorted: Vec<Followed> = order.iter().map(|i| rows[*i]).collect();
        // Only who enters on or after the first leaving is ever missing.
        let leavers = sorted.iter().filter(|r| r.event);
        let first = leavers.map(|r| r.to).min().unwrap_or(i32::MAX);
        let mut entries: Vec<usize> = (0..sorted.len())
            .filter(|i| sorted[*i].from >= first)
            .collect();
        entries.sort_by_key(|i| (sorted[*i].stratum, Reverse(sorted[*i].from)));
        let width = columns.len();
        let mut model = Self {
            labels: columns.iter().map(Column::label).collect(),
            terms: terms(columns),
            mean: Vec::with_capacity(width),
            spread: Vec::with_capacity(width),
            values: vec![0.0; sorted.len() * width],
            rows: sorted,
            entries,
            set_aside,
            events,
        };
        for column in columns {
            model.standardise(column, &order)?;
        }
        Ok(model)
    }

    /// Rows that are fitted.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Rows without follow-up or weight.
    #[must_use]
    pub fn set_aside(&self) -> usize {
        self.set_aside
    }

    /// Rows that end in an event.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// How many columns.
    pub(super) fn width(&self) -> usize {
        self.labels.len()
    }

    /// The standardised covariates of one row.
    pub(super) fn row(&self, index: usize) -> &[f64] {
        let width = self.width();
        &self.values[index * width..(index + 1) * width]
    }

    /// Takes in the next column at mean 0 and spread 1.
    fn standardise(&mut self, column: &Column, order: &[usize]) -> Result<(), Refused> {
        let label = column.label();
        let value = |i: &usize| column.values[*i];
        let (low, high) = order
            .iter()
            .map(value)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
                (low.min(v), high.max(v))
            });
        if low >= high {
            return Err(Refused::SameForAll(label));
        }
        self.both_ends_left(&label, order, column.values, [low, high])?;
        let n = order.len() as f64;
        // From the lowest value, so that a large offset costs no digits.
        let mean = order.iter().map(|i| value(i) - low).sum::<f64>() / n;
        let square = order
            .iter()
            .map(|i| (value(i) - low - mean).powi(2))
            .sum::<f64>();
        let spread = (square / n).sqrt();
        if !(spread > 0.0 && spread.is_finite() && (low + mean).is_finite()) {
            return Err(Refused::NotANumber(label));
        }
        let (at, width) = (self.mean.len(), self.width());
        for (row, i) in self.values.chunks_mut(width).zip(order) {
            row[at] = (value(i) - low - mean) / spread;
        }
        self.mean.push(low + mean);
        self.spread.push(spread);
        Ok(())
    }

    /// A column of two values has leavers at both.
    fn both_ends_left(
        &self,
        label: &str,
        order: &[usize],
        values: &[f64],
        ends: [f64; 2],
    ) -> Result<(), Refused> {
        let mut left = [false; 2];
        for (row, i) in self.rows.iter().zip(order) {
            let Some(end) = ends.iter().position(|end| *end == values[*i]) else {
                return Ok(());
            };
            left[end] |= row.event;
        }
        match left.iter().position(|any| !any) {
            Some(end) => Err(Refused::LevelWithoutLeavers(
                label.to_owned(),
                ends[end].to_string(),
            )),
            None => Ok(()),
        }
    }
}

/// Whether rows and columns are numbers, as many as there should be.
fn check(rows: &[Followed], columns: &[Column]) -> Result<(), Refused> {
    if columns.is_empty() {
        return Err(Refused::NothingToCompare);
    }
    if rows
        .iter()
        .any(|r| !(r.weight >= 0.0 && r.weight.is_finite()))
    {
        return Err(Refused::NotAWeight);
    }
    for column in columns {
        if column.values.len() != rows.len() {
            return Err(Refused::WrongLength(column.label()));
        }
        if column.values.iter().any(|v| !v.is_finite()) {
            return Err(Refused::NotANumber(column.label()));
        }
    }
    Ok(())
}

/// The terms, each with its range of columns.
fn terms(columns: &[Column]) -> Vec<(String, std::ops::Range<usize>)> {
    let mut out: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    for (i, column) in columns.iter().enumerate() {
        match out.last_mut() {
            Some((term, range)) if term == column.term => range.end = i + 1,
            _ => out.push((column.term.to_owned(), i..i + 1)),
        }
    }
    out
}
