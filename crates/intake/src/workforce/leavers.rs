//! Lists of leavers beside lists of staff in post: whose posts a leaving ends,
//! and since when leavers are listed at all. A leaving without a post is told
//! and makes nobody.

use super::dates::Dates;
use super::lists::Sort;
use super::rows::{Listed, Listing};
use super::seen_leavers::Leavings;
use crate::data::stage::{Aside, Words};
use crate::data::{PostKind, Role, Stage};
use staywise_core::domain::{Day, Finding, Origin, Severity};

/// A leaving as a list of leavers has it.
pub(super) struct Event {
    /// The person's key.
    pub(super) key: u32,
    /// The leaving day.
    pub(super) on: i32,
    /// The assignment's place among all; 0 for none.
    pub(super) assignment: u32,
    /// List and row.
    pub(super) at: (usize, usize),
}

/// What became of a leaving.
enum Joined {
    Ended,
    KeptAnother,
    SeenLater,
    Nobody,
}

/// Ends the posts of those who left; a leaving of nobody is lost to its list.
pub(super) fn join(
    listed: &mut [Vec<Listed>],
    (events, leavings): (&[Event], &mut [Leavings]),
    listing: &Listing,
    stage: &mut Stage,
) {
    if events.is_empty() {
        return;
    }
    let mut asides: [(Aside, Option<(usize, usize)>); 3] = Default::default();
    let gap = listing.rules.rehire_gap_days;
    let mut ended = 0;
    for event in events {
        let posts = listed.get_mut(event.key as usize);
        let joined = posts.map_or(Joined::Nobody, |posts| end(posts, event, gap));
        ended += usize::from(matches!(joined, Joined::Ended | Joined::KeptAnother));
        let [nowhere, later, kept] = &mut asides;
        let (aside, first) = match joined {
            Joined::Ended => continue,
            Joined::Nobody => nowhere,
            Joined::SeenLater => later,
            Joined::KeptAnother => kept,
        };
        aside.add(event.at.1);
        first.get_or_insert(event.at);
        let come = event.on <= listing.as_at.0;
        if matches!(joined, Joined::Nobody)
            && let Some(own) = leavings.get_mut(event.at.0).filter(|_| come)
        {
            own.lost.add(event.at.1);
        }
    }
    stage.count("leavings listed", events.len());
    stage.count("leavings joined to a post", ended);
    for ((aside, first), words) in asides.into_iter().zip([NOWHERE, SEEN_LATER, KEPT_ANOTHER]) {
        let table = first.and_then(|(list, _)| listing.staff.get(list));
        let place = |row| table.map_or_else(Origin::default, |table| table.origin(row, None));
        stage.findings.extend(aside.finding(&words, place));
    }
}

/// Ends the posts that a leaving means. A post seen in a later snapshot has
/// not ended by then.
fn end(posts: &mut [Listed], event: &Event, gap: i32) -> Joined {
    let meant = meant(posts, event, gap);
    let goes_on = meant
        .iter()
        .zip(&*posts)
        .any(|(m, p)| *m && event.outlived_by(p));
    let apart = told_apart(posts, &meant, event);
    let mut open = 0;
    for (post, _) in posts.iter_mut().zip(&meant).filter(|(_, meant)| **meant) {
        let over = event.finds_open(post) && !event.outlived_by(post);
        if over && (apart || !goes_on) {
            post.end = Some(event.on);
            post.left = Some(event.on);
            post.at.push(event.at);
            open += 1;
        }
    }
    match (open, goes_on) {
        (0, true) => return Joined::SeenLater,
        (0, false) => {}
        (_, true) => return Joined::KeptAnother,
        (_, false) => return Joined::Ended,
    }
    // Ended by other means: the leaving says when and why.
    let both = posts.iter_mut().zip(&meant).filter(|(_, meant)| **meant);
    let last = both.max_by_key(|(post, _)| (post.end, post.start));
    let Some((post, _)) = last else {
        return Joined::Nobody;
    };
    post.left = post.left.max(Some(event.on));
    post.at.push(event.at);
    Joined::Ended
}

impl Event {
    /// Whether a post had begun, and had not ended before the day.
    fn finds_open(&self, post: &Listed) -> bool {
        post.start <= self.on && post.end.is_none_or(|end| end >= self.on)
    }

    /// Whether a later snapshot has the post.
    fn outlived_by(&self, post: &Listed) -> bool {
        post.seen.is_some_and(|seen| seen > self.on)
    }
}

/// By post, whether a leaving is of it: of the assignment that it names, where
/// the person has that; or else of every post that had begun. Whoever gives up
/// the substantive posts may keep work on the bank, so that bank work goes on
/// says nothing against such a leaving, and does not end by it.
fn meant(posts: &[Listed], event: &Event, gap: i32) -> Vec<bool> {
    let named = event.assignment != 0 && posts.iter().any(|p| p.assignment == event.assignment);
    let substantive = |post: &Listed| post.kind() == PostKind::Substantive;
    // A snapshot may miss whoever leaves soon after it.
    let lately = |post: &Listed| {
        post.end
            .is_none_or(|end| end >= event.on.saturating_sub(gap))
    };
    let gives_up = posts
        .iter()
        .any(|p| p.start <= event.on && substantive(p) && lately(p));
    let of = |post: &Listed| match (named, gives_up) {
        (true, _) => post.assignment == event.assignment,
        (false, true) => substantive(post) || !event.outlived_by(post),
        (false, false) => true,
    };
    posts.iter().map(|p| p.start <= event.on && of(p)).collect()
}

/// Whether the posts that a leaving ends and those that go on have assignment
/// numbers that tell them apart.
fn told_apart(posts: &[Listed], meant: &[bool], event: &Event) -> bool {
    let of = |wanted: bool| {
        let posts = posts.iter().zip(meant).filter(|(_, meant)| **meant);
        let of_sort = posts.filter(move |(post, _)| event.outlived_by(post) == wanted);
        of_sort.map(|(post, _)| post.assignment)
    };
    of(true).all(|kept| kept != 0 && of(false).all(|gone| gone != 0 && gone != kept))
}

const NOWHERE: Words = Words {
    rule: "leaver-not-listed",
    severity: Severity::Warning,
    message: "Leavings belong to nobody in the lists of staff, or to somebody who had not started \
              by then, and cannot be counted: when these people started is not known.",
    remedy: "Export the list of staff as of a day before these leavings too, or the leavers with \
             their start dates.",
};
const SEEN_LATER: Words = Words {
    rule: "left-but-listed",
    severity: Severity::Warning,
    message: "People are in a list of leavers and in a later snapshot of staff in post, with the \
              same post; they count as in post.",
    remedy: "Find out which of the two is right and correct the other.",
};
const KEPT_ANOTHER: Words = Words {
    rule: "left-one-post",
    severity: Severity::Note,
    message: "People are in a list of leavers and, with another post, in a later snapshot of staff \
              in post: the post that they left has ended, and they count as in post.",
    remedy: "",
};

/// Ends posts that are still open in a list of staff though a list of leavers
/// with start dates has the person as gone. Where both name an assignment,
/// only the same one; a post that began later is another time here.
pub(super) fn close(
    listed: Vec<Vec<Listed>>,
    listing: &Listing,
    stage: &mut Stage,
) -> Vec<Vec<Listed>> {
    let of_leavers = of_leavers(listing);
    if !of_leavers.contains(&true) || !of_leavers.contains(&false) {
        return listed;
    }
    let gone = |post: &Listed| {
        post.at
            .iter()
            .any(|(list, _)| of_leavers.get(*list) == Some(&true))
    };
    let mut closed = Aside::default();
    let mut first = None;
    let mut listed = listed;
    for posts in &mut listed {
        let leavings: Vec<(i32, u32)> = posts
            .iter()
            .filter(|p| gone(p))
            .filter_map(|p| Some((p.left?, p.assignment)))
            .collect();
        for post in posts.iter_mut().filter(|p| p.end.is_none()) {
            let leaving = leavings.iter().find(|(left, assignment)| {
                let other =
                    *assignment != 0 && post.assignment != 0 && *assignment != post.assignment;
                post.start <= *left && !other && post.seen.is_none_or(|seen| seen <= *left)
            });
            if let Some((left, _)) = leaving {
                post.end = Some(*left);
                first = first.or_else(|| post.at.first().copied());
                closed.add(0);
            }
        }
    }
    let place = |_| match first.and_then(|(list, row)| Some((listing.staff.get(list)?, row))) {
        Some((table, row)) => table.origin(Some(row), None),
        None => Origin::default(),
    };
    stage.findings.extend(closed.finding(&CLOSED, place));
    listed
}

const CLOSED: Words = Words {
    rule: "open-and-left",
    severity: Severity::Note,
    message: "Posts are open in a list of staff, and a list of leavers has the person as gone; \
              they count as ended on the leaving day.",
    remedy: "",
};

/// By list, whether everybody in it left.
fn of_leavers(listing: &Listing) -> Vec<bool> {
    let all_left = |table: &crate::data::Table| Dates::new(table, &Role::LeaveDate).fill(table);
    listing
        .staff
        .iter()
        .enumerate()
        .map(|(list, table)| !listing.lists.is_snapshots(list) && all_left(table))
        .collect()
}

/// The date from which leavers can be seen in all lists: the latest that any
/// list states, as only from then on nobody is followed who could not have
/// been seen to leave. Where none states it: the first snapshot, or the first
/// leaving of a list of leavers beside one of staff in post.
pub(super) fn listed_from(events: &[Event], listing: &Listing, stage: &mut Stage) -> Option<Day> {
    let mut stated: Vec<(Day, &str)> = listing
        .staff
        .iter()
        .filter_map(|t| Some((t.leavers_from?, t.file.as_str())))
        .collect();
    stated.sort();
    let Some((latest, file)) = stated.last().copied() else {
        return shown(events, listing, stage);
    };
    if stated.iter().any(|(day, _)| *day != latest) {
        stage.findings.push(Finding {
            rule: "leavers-from-differs",
            severity: Severity::Note,
            origin: Origin::file(file),
            message: format!(
                "The lists have leavers since different dates; everyone is followed from {latest}, \
                 the latest of them."
            ),
            remedy: String::new(),
            count: u64::try_from(stated.len()).unwrap_or(u64::MAX),
            private_value: None,
        });
    }
    Some(latest)
}

fn shown(events: &[Event], listing: &Listing, stage: &mut Stage) -> Option<Day> {
    let snapshot = listing.lists.days.first().copied();
    let posts = listing.lists.sorts.iter().any(|s| matches!(s, Sort::Posts));
    let event = events.iter().min_by_key(|e| e.on).filter(|_| posts);
    let (day, list, why) = match (snapshot, event) {
        (Some(day), _) => {
            let list = (0..listing.staff.len()).find(|at| listing.lists.is_snapshots(*at))?;
            (day, list, "the first snapshot")
        }
        (None, Some(event)) => (
            event.on,
            event.at.0,
            "the first leaving of the list of leavers",
        ),
        (None, None) => return None,
    };
    let table = listing.staff.get(list)?;
    stage.findings.push(Finding {
        rule: "leavers-from-shown",
        severity: Severity::Note,
        origin: table.origin(None, None),
        message: format!(
            "Leavers are known since {}, {why}: those who started earlier are followed from then \
             on, as others who left before are not in the lists.",
            Day(day).iso()
        ),
        remedy: format!(
            "If leavers are complete from another date, write it as leavers_from = {} for this \
             list in staywise.toml.",
            Day(day).iso()
        ),
        count: 1,
        private_value: None,
    });
    Some(Day(day))
}
