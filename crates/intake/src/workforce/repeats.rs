//! The same post listed more than once: counted once, and told apart by
//! whether one list repeats itself or several lists agree, which is no fault.

use super::posts::Places;
use super::rows::{Listed, Listing};
use crate::data::Stage;
use crate::data::stage::{Aside, Words};
use staywise_core::domain::{Origin, Severity};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Puts each person's posts in order of start and makes one of a post that is
/// listed twice.
pub(super) fn settle(
    listed: Vec<Vec<Listed>>,
    places: &Places,
    listing: &Listing,
    stage: &mut Stage,
) -> Vec<Vec<Listed>> {
    let mut found = Found::default();
    let settled = listed
        .into_iter()
        .map(|posts| {
            let mut settled: Vec<Listed> = Vec::with_capacity(posts.len());
            for post in ordered(posts, places) {
                let same = settled
                    .iter_mut()
                    .find_map(|s| Some((same_post(s, &post, (places, listing))?, s)));
                let Some((same, known)) = same else {
                    settled.push(post);
                    continue;
                };
                found.add(same, (known, &post), listing);
                known.end = known.end.or(post.end);
                known.left = known.left.or(post.left);
                known.began = known.began.or(post.began);
                known.fte = known.fte.or(post.fte);
                known.kind = known.kind.or(post.kind);
                known.standing = known.standing.or(post.standing);
                known.seen = known.seen.max(post.seen);
                known.at.extend(post.at);
            }
            settled
        })
        .collect();
    found.report(listing, stage);
    settled
}

/// Rows that list a post again, and the first of each sort.
#[derive(Default)]
struct Found {
    by_sort: BTreeMap<Same, (u64, Option<(usize, usize)>)>,
}

impl Found {
    fn add(&mut self, same: Same, (known, post): (&Listed, &Listed), listing: &Listing) {
        let (count, first) = self.by_sort.entry(same).or_default();
        *count += 1;
        let repeated = again(known, post, listing);
        let all = post.at.iter().copied();
        *first = match same {
            Same::Repeated => first.iter().copied().chain(repeated).min(),
            Same::ListedElsewhere | Same::EndedElsewhere => first.iter().copied().chain(all).min(),
        };
    }

    fn report(self, listing: &Listing, stage: &mut Stage) {
        let all: u64 = self.by_sort.values().map(|(count, _)| count).sum();
        stage.count(
            "staff rows that repeat another",
            usize::try_from(all).unwrap_or(usize::MAX),
        );
        for (same, (count, first)) in self.by_sort {
            let words = match same {
                Same::Repeated => TWICE,
                Same::ListedElsewhere => LISTED_ELSEWHERE,
                Same::EndedElsewhere => ENDED_ELSEWHERE,
            };
            let table = first.and_then(|(list, row)| Some((listing.staff.get(list)?, row)));
            let place =
                |_| table.map_or_else(Origin::default, |(t, row)| t.origin(Some(row), None));
            let aside = Aside {
                count,
                ..Aside::default()
            };
            stage.findings.extend(aside.finding(&words, place));
        }
    }
}

const TWICE: Words = Words {
    rule: "duplicate-row",
    severity: Severity::Warning,
    message: "The same post of the same person is listed more than once in one list; it counts \
              once.",
    remedy: "Remove the repeated rows.",
};
const LISTED_ELSEWHERE: Words = Words {
    rule: "listed-elsewhere-too",
    severity: Severity::Note,
    message: "Posts are in more than one list and the lists agree, as a list of starters and \
              one of staff in post do; each counts once.",
    remedy: "",
};
const ENDED_ELSEWHERE: Words = Words {
    rule: "open-and-ended",
    severity: Severity::Note,
    message: "Posts are open in one list and ended in another, as in a list of staff and a later \
              list of leavers; they count as ended.",
    remedy: "",
};

fn ordered(mut posts: Vec<Listed>, places: &Places) -> Vec<Listed> {
    if posts.len() > 1 {
        posts.sort_by_cached_key(|p| {
            (
                p.start,
                p.assignment,
                Reverse(p.fte),
                p.end.is_none(),
                p.end,
                (places.of(p), p.kind, p.standing),
                p.at.clone(),
            )
        });
    }
    posts
}

/// How two rows list one post.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Same {
    /// Twice in one list.
    Repeated,
    /// The same in two lists.
    ListedElsewhere,
    /// Open in one list and ended in another.
    EndedElsewhere,
}

/// Whether two rows list one post: the same start, and the same assignment
/// number or, where either has none, the same everything. A post that is open
/// in one list and ended in another is one post that ended.
fn same_post(
    known: &Listed,
    post: &Listed,
    (places, listing): (&Places, &Listing),
) -> Option<Same> {
    if known.start != post.start
        || differ(known.kind, post.kind)
        || differ(known.standing, post.standing)
    {
        return None;
    }
    let numbered = known.assignment != 0 && post.assignment != 0;
    if numbered && known.assignment != post.assignment {
        return None;
    }
    let one_list = again(known, post, listing).next().is_some();
    if known.end == post.end {
        let agree = numbered || (known.fte == post.fte && places.agree(known, post));
        let same = if one_list {
            Same::Repeated
        } else {
            Same::ListedElsewhere
        };
        return agree.then_some(same);
    }
    let one_open = known.end.is_none() != post.end.is_none();
    (one_open && !one_list && (numbered || places.agree(known, post)))
        .then_some(Same::EndedElsewhere)
}

/// Whether both rows say something, and not the same.
fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_some() && b.is_some() && a != b
}

/// Rows of a post in lists that have rows of another one too. The leaving that
/// ended both lists neither.
fn again<'a>(
    known: &'a Listed,
    post: &'a Listed,
    listing: &'a Listing,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let shared = |list: usize| known.at.iter().any(|(other, _)| *other == list);
    let rows = post.at.iter().copied();
    rows.filter(move |(list, _)| shared(*list) && !listing.lists.is_of_leavers(*list))
}
