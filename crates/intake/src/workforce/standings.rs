//! Who is on a break and since when, and who works on the bank only. A break
//! of which only the present is known ends nothing.

use super::rows::{Listed, Listing};
use super::{BankPosts, Breaks};
use crate::data::stage::{Aside, Words};
use crate::data::{Role, Stage, Standing, Table};
use staywise_core::domain::{Origin, Severity};

/// Takes breaks of which the list does not say when they began for time at
/// work, and says so. Posts must be in order of start.
pub(super) fn date_breaks(listed: &mut [Vec<Listed>], listing: &Listing, stage: &mut Stage) {
    let (mut undated, mut breaks) = (Aside::default(), 0);
    let mut first: Option<(usize, usize)> = None;
    for posts in listed
        .iter_mut()
        .filter(|posts| posts.iter().any(Listed::is_break))
    {
        let dated: Vec<bool> = posts.iter().map(|post| is_dated(post, posts)).collect();
        for (post, dated) in posts.iter_mut().zip(dated) {
            if !post.is_break() {
                continue;
            }
            if dated {
                breaks += 1;
                continue;
            }
            post.standing = Some(Standing::Active);
            first = first.into_iter().chain(post.at.iter().copied()).min();
            undated.add(0);
        }
    }
    if !has(listing, &Role::Status) {
        return;
    }
    stage.count("posts or parts of posts on a break", breaks);
    let since_when = usize::try_from(undated.count).unwrap_or(0);
    stage.count("posts on a break since a day that is not known", since_when);
    let words = match listing.rules.breaks {
        Breaks::InPost => return,
        Breaks::Leaving => UNDATED,
    };
    let place = |_| match first.and_then(|(list, row)| Some((listing.staff.get(list)?, row))) {
        Some((table, row)) => table.origin(Some(row), table.column(&Role::Status)),
        None => Origin::default(),
    };
    stage.findings.extend(undated.finding(&words, place));
}

/// Whether the dates of a post on a break are those of the break: snapshots
/// show it, or a time at work in the same assignment comes before or after.
fn is_dated(post: &Listed, posts: &[Listed]) -> bool {
    post.seen.is_some()
        || posts.iter().any(|other| {
            let numbered = post.assignment != 0 && other.assignment != 0;
            let same = !numbered || other.assignment == post.assignment;
            let before = other
                .end
                .is_some_and(|end| end <= post.start.saturating_add(1));
            let after = post
                .end
                .is_some_and(|end| other.start.saturating_add(1) >= end);
            same && !other.is_break() && (before || after)
        })
}

/// Says how many people are not in the workforce as none of their posts
/// counts.
pub(super) fn report_outside(listed: &[Vec<Listed>], listing: &Listing, stage: &mut Stage) {
    let rules = listing.rules;
    let outside =
        |posts: &&Vec<Listed>| !posts.is_empty() && !posts.iter().any(|post| post.counts(rules));
    let mut bank = Aside::default();
    let mut on_break = 0;
    for posts in listed.iter().filter(outside) {
        if posts.iter().any(|post| post.is_held(rules)) {
            on_break += 1;
        } else {
            bank.add(0);
        }
    }
    let told = has(listing, &Role::Contract) || bank.count > 0;
    if rules.bank == BankPosts::Apart && told {
        let people = usize::try_from(bank.count).unwrap_or(0);
        stage.count("people with bank, agency or honorary posts only", people);
    }
    if rules.breaks == Breaks::Leaving && has(listing, &Role::Status) {
        stage.count("people who were on a break throughout", on_break);
    }
    let told_by = if has(listing, &Role::Contract) {
        Role::Contract
    } else {
        Role::Dimension("profession".to_owned())
    };
    let place = |_| column_of(listing, &told_by);
    stage.findings.extend(bank.finding(&BANK_ONLY, place));
}

fn has(listing: &Listing, role: &Role) -> bool {
    listing.staff.iter().any(|t| t.column(role).is_some())
}

/// The first column of a role.
fn column_of(listing: &Listing, role: &Role) -> Origin {
    let found = listing
        .staff
        .iter()
        .find_map(|t| Some((t, t.column(role)?)));
    found.map_or_else(Origin::default, |(table, column)| {
        Table::origin(table, None, Some(column))
    })
}

const BANK_ONLY: Words = Words {
    rule: "bank-only",
    severity: Severity::Note,
    message: "People have bank, agency or honorary posts only; they are not in the substantive \
              workforce and count in none of its figures.",
    remedy: "To count such posts too, write bank = \"count\" under [workforce] in staywise.toml.",
};
const UNDATED: Words = Words {
    rule: "break-without-dates",
    severity: Severity::Note,
    message: "Posts are on a break, and the list does not say since when; until there is a row \
              for the time at work before it, they count as at work.",
    remedy: "Export the assignments with a row for each status and its dates, or snapshots month \
             by month.",
};
