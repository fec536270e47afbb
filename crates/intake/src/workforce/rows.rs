//! Rows of staff lists to posts with dates, and the rows that are set aside:
//! each under one rule, counted, with its place.

use super::dates::{Dates, OR_ALLOW, allowed, exceeds};
use super::leavers::Event;
use super::lists::{Lists, Sort};
use super::people::{NO_KEY, People};
use super::seen_leavers::Leavings;
use super::snapshots::Sighting;
use super::{BankPosts, Breaks, Rules};
use crate::data::stage::{Aside, Words};
use crate::data::{PostKind, Role, Stage, Standing, Table, TableColumn};
use crate::vocabulary::cells::{Moment, is_missing, number};
use crate::vocabulary::{assignment_status, contracts, text};
use staywise_core::domain::{Day, Severity};
use std::collections::BTreeMap;

/// The staff lists and how they are read.
pub(super) struct Listing<'a> {
    pub(super) staff: &'a [&'a Table],
    pub(super) rules: &'a Rules,
    pub(super) as_at: Day,
    /// What each list is a list of.
    pub(super) lists: &'a Lists,
}

/// A post as listed. Days are those of `Day`.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    /// First day in the post.
    pub(super) start: i32,
    /// The close of which day ended it, also where that is yet to come.
    pub(super) end: Option<i32>,
    /// Start with the organisation, where the row says.
    pub(super) began: Option<i32>,
    /// Leaving the organisation, where the row says.
    pub(super) left: Option<i32>,
    /// Full-time equivalent in thousandths.
    pub(super) fte: Option<u32>,
    /// The assignment's place among all assignment numbers; 0 for none.
    pub(super) assignment: u32,
    /// What the post is by its contract, where the row says.
    pub(super) kind: Option<PostKind>,
    /// Whether it is a stretch at work or of a break, where the row says.
    pub(super) standing: Option<Standing>,
    /// The last snapshot that lists it, where snapshots do.
    pub(super) seen: Option<i32>,
    /// List and row of each row that lists this post.
    pub(super) at: Vec<(usize, usize)>,
}

impl Listed {
    /// What the post is; nothing said otherwise, it is substantive.
    pub(super) fn kind(&self) -> PostKind {
        self.kind.unwrap_or_default()
    }

    /// Whether this is a stretch of a break.
    pub(super) fn is_break(&self) -> bool {
        self.standing == Some(Standing::Break)
    }

    /// Whether the post makes somebody one of the workforce, on a break or
    /// not.
    pub(super) fn is_held(&self, rules: &Rules) -> bool {
        rules.bank == BankPosts::Count || self.kind() == PostKind::Substantive
    }

    /// Whether the post counts as a time in post.
    pub(super) fn counts(&self, rules: &Rules) -> bool {
        self.is_held(rules) && (rules.breaks == Breaks::InPost || !self.is_break())
    }
}

/// Why a row is set aside.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    NoStart,
    NoReadableEnd,
    LeavesBeforeStart,
    NotYetStarted,
    NoSnapshot,
    AfterAsAt,
}

/// Every row that can be used, by the key of its person.
pub(super) struct Rows {
    /// Posts of lists with the dates of each post.
    pub(super) listed: Vec<Vec<Listed>>,
    /// Who was seen in which snapshot.
    pub(super) sightings: Vec<Vec<Sighting>>,
    /// Leavings of lists of leavers alone.
    pub(super) events: Vec<Event>,
    /// By list, its leavings and those of them that were set aside.
    pub(super) leavings: Vec<Leavings>,
}

/// Reads the rows of all lists.
pub(super) fn read(listing: &Listing, people: &People, stage: &mut Stage) -> Rows {
    let everyone = people.identities.len();
    let mut found = Rows {
        listed: vec![Vec::new(); everyone],
        sightings: vec![Vec::new(); everyone],
        events: Vec::new(),
        leavings: vec![Leavings::default(); listing.staff.len()],
    };
    let assignments = assignments(listing.staff);
    let (mut rows, mut nobody, mut used) = (0, 0, 0);
    for (list, (table, keys)) in listing.staff.iter().zip(&people.staff).enumerate() {
        rows += table.rows();
        nobody += keys.iter().filter(|k| **k == NO_KEY).count();
        let reader = Reader::new(table, listing, &assignments);
        let mut aside: BTreeMap<Reason, Aside> = BTreeMap::new();
        for (row, key) in keys.iter().enumerate().filter(|(_, k)| **k != NO_KEY) {
            let sorted = reader.sort(list, row, *key, &mut found);
            reader.leaving(row, sorted, found.leavings.get_mut(list));
            match sorted {
                Ok(()) => used += 1,
                Err(reason) => aside.entry(reason).or_default().add(row),
            }
        }
        reader.report(aside, stage);
    }
    stage.count("staff rows read", rows);
    stage.count("staff rows without an identifier", nobody);
    stage.count("staff rows set aside for their dates", rows - nobody - used);
    found
}

/// All assignment numbers in order, so that posts compare by them.
fn assignments(staff: &[&Table]) -> Vec<String> {
    all_words(staff, &Role::Assignment)
}

/// What columns of one role say in all tables, as compared and in order.
pub(super) fn all_words(tables: &[&Table], role: &Role) -> Vec<String> {
    let columns = tables.iter().filter_map(|t| t.column(role));
    let mut all: Vec<String> = columns
        .flat_map(|c| c.cells.pool.iter().filter(|c| !is_missing(c)))
        .map(|cell| text::fold(&cell.text()))
        .collect();
    all.sort();
    all.dedup();
    all
}

/// One staff list, its columns read.
struct Reader<'a> {
    table: &'a Table,
    listing: &'a Listing<'a>,
    post_start: Dates<'a>,
    post_end: Dates<'a>,
    start: Dates<'a>,
    leave: Dates<'a>,
    fte: Option<(&'a TableColumn, Vec<Option<u32>>)>,
    assignment: Option<(&'a TableColumn, Vec<u32>)>,
    contract: Option<(&'a TableColumn, Vec<Option<PostKind>>)>,
    /// What the job's name tells where the contract says nothing.
    job: Option<(&'a TableColumn, Vec<Option<PostKind>>)>,
    status: Option<(&'a TableColumn, Vec<Option<Standing>>)>,
}

impl<'a> Reader<'a> {
    fn new(table: &'a Table, listing: &'a Listing<'a>, assignments: &[String]) -> Self {
        let rank = |cell: &crate::data::Cell| {
            let place = (!is_missing(cell))
                .then(|| assignments.binary_search(&text::fold(&cell.text())).ok())
                .flatten();
            place.and_then(|p| u32::try_from(p + 1).ok()).unwrap_or(0)
        };
        Self {
            table,
            listing,
            post_start: Dates::new(table, &Role::PostStart),
            post_end: Dates::new(table, &Role::PostEnd),
            start: Dates::new(table, &Role::StartDate),
            leave: Dates::new(table, &Role::LeaveDate),
            fte: table
                .column(&Role::Fte)
                .map(|c| (c, c.cells.read(|x| milli(number(x)?)))),
            assignment: table
                .column(&Role::Assignment)
                .map(|c| (c, c.cells.read(rank))),
            contract: table
                .column(&Role::Contract)
                .map(|c| (c, c.cells.read(|cell| contracts::read(&cell.text())))),
            job: table
                .column(&Role::Dimension("profession".to_owned()))
                .map(|c| (c, c.cells.read(|cell| contracts::of_job(&cell.text())))),
            status: table.column(&Role::Status).map(|c| {
                (
                    c,
                    c.cells.read(|cell| assignment_status::read(&cell.text())),
                )
            }),
        }
    }

    /// Puts a row where it belongs: with the posts, the sightings or the
    /// leavings.
    fn sort(&self, list: usize, row: usize, key: u32, into: &mut Rows) -> Result<(), Reason> {
        let at = (list, row);
        match self.listing.lists.sorts.get(list) {
            Some(Sort::Leavers) => {
                let on = match self.leave.at(row) {
                    Moment::Missing => return Err(Reason::NoReadableEnd),
                    moment => moment.day().ok_or(Reason::NoReadableEnd)?.0,
                };
                let assignment = looked_up(self.assignment.as_ref(), row).unwrap_or(0);
                into.events.push(Event {
                    key,
                    on,
                    assignment,
                    at,
                });
            }
            Some(Sort::Snapshots(days)) => {
                let seen = days.get(row).copied().flatten();
                let seen = seen.ok_or(Reason::NoSnapshot)?;
                if seen > self.listing.as_at.0 {
                    return Err(Reason::AfterAsAt);
                }
                let began = self.start.day(row);
                let post = Listed {
                    start: 0,
                    end: self.post_end.day(row),
                    began,
                    left: self.leave.day(row),
                    seen: Some(seen),
                    at: vec![at],
                    ..self.said(row)
                };
                if let Some(sightings) = into.sightings.get_mut(key as usize) {
                    let start = self.post_start.day(row).or(began);
                    sightings.push(Sighting { seen, start, post });
                }
            }
            _ => {
                let post = self.read(row)?;
                if let Some(posts) = into.listed.get_mut(key as usize) {
                    posts.push(Listed {
                        at: vec![at],
                        ..post
                    });
                }
            }
        }
        Ok(())
    }

    /// Counts the leaving of a row, and whether it is lost with the row.
    fn leaving(&self, row: usize, sorted: Result<(), Reason>, into: Option<&mut Leavings>) {
        let come = self.leave.at(row).day();
        let (Some(into), Some(_)) = (into, come.filter(|day| *day <= self.listing.as_at)) else {
            return;
        };
        into.all += 1;
        if sorted == Err(Reason::NoStart) {
            into.lost.add(row);
        }
    }

    fn read(&self, row: usize) -> Result<Listed, Reason> {
        let began = self.start.day(row);
        let start = self.post_start.day(row).or(began).ok_or(Reason::NoStart)?;
        let (end, left) = (self.post_end.at(row), self.leave.at(row));
        if end == Moment::Unreadable || left == Moment::Unreadable {
            return Err(Reason::NoReadableEnd);
        }
        let (end, left) = (end.day().map(|d| d.0), left.day().map(|d| d.0));
        // Whoever has left the organisation has left the post.
        let end = match (end, left) {
            (Some(end), Some(left)) => Some(end.min(left)),
            (end, left) => end.or(left),
        };
        if end.is_some_and(|end| end < start) {
            return Err(Reason::LeavesBeforeStart);
        }
        if start > self.listing.as_at.0 {
            return Err(Reason::NotYetStarted);
        }
        Ok(Listed {
            start,
            end,
            began,
            left,
            ..self.said(row)
        })
    }

    /// What a row says of its post beside the dates.
    fn said(&self, row: usize) -> Listed {
        Listed {
            fte: looked_up(self.fte.as_ref(), row).flatten(),
            assignment: looked_up(self.assignment.as_ref(), row).unwrap_or(0),
            kind: looked_up(self.contract.as_ref(), row)
                .flatten()
                .or_else(|| looked_up(self.job.as_ref(), row).flatten()),
            standing: looked_up(self.status.as_ref(), row).flatten(),
            ..Listed::default()
        }
    }

    fn report(&self, mut aside: BTreeMap<Reason, Aside>, stage: &mut Stage) {
        let most = self.listing.rules.max_unusable;
        for dates in [&self.post_start, &self.post_end, &self.start, &self.leave] {
            dates.report(self.table, most, stage);
        }
        let rows = u64::try_from(self.table.rows()).unwrap_or(u64::MAX);
        let starts = self.post_start.column.or(self.start.column);
        let ends = self.leave.column.or(self.post_end.column);
        for (reason, column) in [
            (Reason::NoStart, starts),
            (Reason::NoReadableEnd, ends),
            (Reason::LeavesBeforeStart, ends),
            (Reason::NotYetStarted, starts),
            (Reason::NoSnapshot, self.table.column(&Role::SnapshotOn)),
            (Reason::AfterAsAt, self.table.column(&Role::SnapshotOn)),
        ] {
            let Some(found) = aside.remove(&reason) else {
                continue;
            };
            let place = |row| self.table.origin(row, column);
            if reason == Reason::NoStart && exceeds(found.count, rows, most) {
                let finding = too_many_without_start(most, |words| found.finding(words, place));
                stage.findings.extend(finding);
            } else {
                stage.findings.extend(found.finding(&words(reason), place));
            }
        }
    }
}

fn too_many_without_start<T>(most: f64, made: impl FnOnce(&Words) -> T) -> T {
    let message = format!(
        "More rows than {} have no start date that can be read.",
        allowed(most)
    );
    let remedy = format!(
        "Fill in the start dates, or name the right column in staywise.toml: columns = {{ \"Its \
         header\" = \"start_date\" }}. {OR_ALLOW}"
    );
    made(&Words {
        rule: "too-many-unusable",
        severity: Severity::Error,
        message: &message,
        remedy: &remedy,
    })
}

fn words(reason: Reason) -> Words<'static> {
    match reason {
        Reason::NoStart => Words {
            rule: "no-start-date",
            severity: Severity::Warning,
            message: "Rows have no start date that can be read, and are set aside.",
            remedy: "Fill in the start date.",
        },
        Reason::NoReadableEnd => Words {
            rule: "no-readable-leaving-date",
            severity: Severity::Warning,
            message: "Rows have a leaving date that cannot be read, and are set aside: whether \
                      these people have left cannot be told.",
            remedy: "Correct the leaving date.",
        },
        Reason::LeavesBeforeStart => Words {
            rule: "leaves-before-start",
            severity: Severity::Warning,
            message: "Rows have a leaving date before the start date, and are set aside.",
            remedy: "Correct whichever date is wrong.",
        },
        Reason::NotYetStarted => Words {
            rule: "not-yet-started",
            severity: Severity::Note,
            message: "Rows start after the as-at date, and are set aside until they have started.",
            remedy: "",
        },
        Reason::NoSnapshot => Words {
            rule: "no-snapshot-date",
            severity: Severity::Warning,
            message: "Rows do not say of which month or day they are, and are set aside.",
            remedy: "Fill in the month.",
        },
        Reason::AfterAsAt => Words {
            rule: "snapshot-after-as-at",
            severity: Severity::Note,
            message: "Rows are of a snapshot after the as-at date, and are set aside.",
            remedy: "",
        },
    }
}

fn looked_up<T: Clone>(column: Option<&(&TableColumn, Vec<T>)>, row: usize) -> Option<T> {
    let (column, values) = column?;
    values.get(*column.cells.codes.get(row)? as usize).cloned()
}

/// A full-time equivalent in thousandths; nothing outside 0 to 2, where the
/// column must be something else, as hours.
fn milli(fte: f64) -> Option<u32> {
    // Within 0 to 2000 by the check.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..=2.0)
        .contains(&fte)
        .then(|| (fte * 1000.0).round() as u32)
}
