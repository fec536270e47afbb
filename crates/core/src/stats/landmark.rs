//! Those still in post on a stated day, followed from then on. What is told
//! about somebody up to that day may then be compared without the time they
//! had to stay to be told it. Never counts an early leaver as a stayer, and
//! never drops anybody without counting them.

use crate::domain::LifeTable;
use crate::domain::tally::Ending;

/// One person's follow-up, in whole days since time zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The day from which they are followed; 0 unless they entered late.
    pub entry: u32,
    /// The last day, on which they left or were last seen in post.
    pub exit: u32,
    /// Which of the two.
    pub ending: Ending,
}

/// Where a person stands by a landmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In post and still followed at the close of that day: followed from it,
    /// with the day as time zero.
    InPost(Followed),
    /// Not followed on that day but from a later one: enters late, with the
    /// day as time zero.
    Later(Followed),
    /// Gone by its close.
    LeftBefore,
    /// In post when last seen, on or before that day: nothing is known of
    /// them from then on.
    NotYetThere,
    /// Came to be followed after the day on which they went.
    NeverFollowed,
}

/// Everybody by where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Landmark {
    /// Those in post on the day and those followed from later on, with the
    /// day as time zero.
    pub table: LifeTable,
    /// People in post and still followed at its close.
    pub in_post: u64,
    /// People followed only from later on.
    pub later: u64,
    /// People gone by its close.
    pub left_before: u64,
    /// People in post when last seen, on or before it.
    pub not_yet_there: u64,
    /// People never followed.
    pub never_followed: u64,
}

/// Where one person stands by a landmark on `day`. Leaving on that day is
/// being gone by its close, and who was last seen on it is not followed past it.
#[must_use]
pub fn place(person: Followed, day: u32) -> Place {
    let Followed {
        entry,
        exit,
        ending,
    } = person;
    if entry > 0 && exit <= entry {
        return Place::NeverFollowed;
    }
    let since = Followed {
        entry: entry.saturating_sub(day),
        exit: exit.saturating_sub(day),
        ending,
    };
    match ending {
        _ if entry > day => Place::Later(since),
        Ending::Event if exit <= day => Place::LeftBefore,
        Ending::StillFollowed if exit <= day => Place::NotYetThere,
        Ending::Event | Ending::StillFollowed => Place::InPost(since),
    }
}

/// Everybody by where they stand on `day`.
#[must_use]
pub fn landmark(people: &[Followed], day: u32) -> Landmark {
    let mut all = Landmark::default();
    for person in people {
        match place(*person, day) {
            Place::InPost(since) => {
                all.in_post += 1;
                all.table.follow(since.entry, since.exit, since.ending);
            }
            Place::Later(since) => {
                all.later += 1;
                all.table.follow(since.entry, since.exit, since.ending);
            }
            Place::LeftBefore => all.left_before += 1,
            Place::NotYetThere => all.not_yet_there += 1,
            Place::NeverFollowed => all.never_followed += 1,
        }
    }
    all
}
