//! What became of people by a year and by two: still in post, left, retired,
//! or gone in another way, all at once, so that one way of going is not taken
//! for another; and how much of the hours they started with is kept. Told of
//! everyone, only where the curve is; ways that few went are one way.

use crate::data::workforce::{After, PostKind, Spell};
use crate::data::{Linked, Workforce};
use crate::report::evidence::Fate;
use staywise_core::disclosure::{Policy, Released};
use staywise_core::domain::{Interval, Statistic, Status};
use staywise_core::stats::LEVEL;
use staywise_core::stats::competing::{CauseTable, CumulativeIncidence};
use staywise_core::stats::survival::day_of_month;
use staywise_core::stats::weighted_retention::{Standing, StartingHours, hours_kept};

/// The horizons, in months.
const HORIZONS: [u32; 2] = [12, 24];
/// The ways to go, with what becomes of whom.
const WAYS: [(&str, &[After]); 5] = [
    ("Left the organisation", &[After::Left, After::OnBreak]),
    ("Retired", &[After::Retired]),
    ("On the bank only", &[After::BankOnly]),
    (
        "Moved inside, transferred or the record closed",
        &[After::MovedWithin, After::Transferred, After::RecordClosed],
    ),
    ("Died in service", &[After::Died]),
];
/// What the ways that few went are called together.
const TOGETHER: &str = "Went in any other way";

/// What became of everybody; nothing where the curve does not say.
pub(super) fn all(linked: &Linked, rows: &[Released], policy: &Policy) -> Vec<Fate> {
    if !linked.workforce.sees_leavers {
        return Vec::new();
    }
    let ways = merged(&linked.workforce, policy);
    let table = table(linked, &ways);
    let found = CumulativeIncidence::fit(&table, LEVEL);
    let mut fates = Vec::new();
    for months in HORIZONS {
        if !curve_is_shown(rows, months) {
            continue;
        }
        let Ok(at) = found.at(day_of_month(months)) else {
            continue;
        };
        fates.push(fate(
            months,
            "Still in post",
            (at.still_there.survival, at.still_there.interval),
        ));
        for ((label, _), share) in ways.iter().zip(&at.causes) {
            fates.push(fate(months, label, (share.estimate, share.interval)));
        }
        fates.extend(hours(linked, months, policy));
    }
    fates
}

/// Whole per cent, as a table leaves where something is hidden.
pub(super) fn fate(months: u32, what: &str, (share, limits): (f64, Option<Interval>)) -> Fate {
    let whole = |x: f64| (x * 100.0).round() / 100.0;
    Fate {
        months,
        what: what.to_owned(),
        share: whole(share),
        limits: limits.map(|i| (whole(i.lower), whole(i.upper))),
    }
}

pub(super) fn curve_is_shown(rows: &[Released], months: u32) -> bool {
    rows.iter().any(|row| {
        let key = row.key();
        key.metric == "retention_curve"
            && key.group.is_everyone()
            && key.statistic == Statistic::Value
            && key.horizon_months == Some(months)
            && row.status() == Status::Shown
    })
}

type Way = (&'static str, Vec<After>);

/// The ways that enough people went; the others as one, with the next
/// smallest until they are enough.
fn merged(workforce: &Workforce, policy: &Policy) -> Vec<Way> {
    let people = |after: &[After]| {
        let spells = workforce.spells.iter();
        let gone = spells.filter(|s| s.ended.is_some() && after.contains(&s.after));
        u64::try_from(gone.count()).unwrap_or(u64::MAX)
    };
    let mut ways: Vec<(u64, Way)> = WAYS
        .into_iter()
        .map(|(label, after)| (people(after), (label, after.to_vec())))
        .filter(|(n, _)| *n > 0)
        .collect();
    ways.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    let (mut few, mut sum) = (Vec::new(), 0);
    while let Some((n, _)) = ways.last() {
        if !policy.too_few(*n) && !policy.too_few(sum) {
            break;
        }
        if let Some((n, (_, after))) = ways.pop() {
            sum += n;
            few.extend(after);
        }
    }
    let mut out: Vec<Way> = ways.into_iter().map(|(_, way)| way).collect();
    if !few.is_empty() {
        out.push((TOGETHER, few));
    }
    out
}

fn table(linked: &Linked, ways: &[Way]) -> CauseTable {
    let mut table = CauseTable::new(ways.len());
    for spell in &linked.workforce.spells {
        let exit = spell.ended.unwrap_or(linked.as_at).min(linked.as_at);
        let Ok(exit) = u32::try_from(exit.0 - spell.time_zero.0) else {
            continue;
        };
        let gone = spell.ended.is_some();
        let way = ways
            .iter()
            .position(|(_, after)| after.contains(&spell.after));
        // Every way of going is among the ways.
        let _known = table.follow(spell.entry_day, exit, way.filter(|_| gone));
    }
    table
}

/// The share of the full-time equivalents that people started with whose
/// holders are still in post.
fn hours(linked: &Linked, months: u32, policy: &Policy) -> Option<Fate> {
    let days = i32::try_from(day_of_month(months)).ok()?;
    let workforce = &linked.workforce;
    let mut people = Vec::new();
    for spell in workforce.spells.iter().filter(|s| s.entry_day == 0) {
        let due = spell.time_zero.plus(days);
        let standing = if due > linked.as_at {
            Standing::NotYetDue
        } else if spell.leave.is_some_and(|leave| leave <= due) {
            Standing::Gone
        } else if spell.ended.is_none_or(|ended| ended > due) {
            Standing::InPost
        } else {
            continue;
        };
        people.push(StartingHours {
            thousandths: started(workforce, spell),
            standing,
        });
    }
    let kept = hours_kept(&people, LEVEL).ok()?;
    let gone = kept.n.saturating_sub(kept.in_post);
    let enough = !policy.too_few(kept.in_post) && !policy.too_few(gone) && kept.n > 0;
    enough.then(|| {
        fate(
            months,
            "Of the hours they started with, still worked by those in post",
            (kept.estimate, kept.interval),
        )
    })
}

fn started(workforce: &Workforce, spell: &Spell) -> u32 {
    let posts = &workforce.posts;
    let from = posts.partition_point(|p| p.person < spell.person);
    let own = posts.iter().skip(from);
    let own = own.take_while(|p| p.person == spell.person);
    let held = own.filter(|p| {
        let there = p.start <= spell.start && p.end.is_none_or(|end| end > spell.start);
        there && p.kind == PostKind::Substantive
    });
    held.filter_map(|p| p.fte_milli)
        .fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::{TOGETHER, merged};
    use crate::data::Workforce;
    use crate::data::workforce::{After, Spell};
    use staywise_core::disclosure::Policy;
    use staywise_core::domain::Day;

    #[test]
    fn ways_that_few_went_are_one_way() {
        let gone = |after: After, n: u32| {
            (0..n).map(move |person| Spell {
                ended: Some(Day(400)),
                after,
                ..Spell::open(person, Day(0))
            })
        };
        let of = |counts: &[(After, u32)]| {
            let spells = counts.iter().flat_map(|(after, n)| gone(*after, *n));
            let workforce = Workforce {
                spells: spells.collect(),
                ..Workforce::default()
            };
            let ways = merged(&workforce, &Policy::nss10());
            ways.iter().map(|(label, _)| *label).collect::<Vec<_>>()
        };
        assert_eq!(
            of(&[(After::Left, 40), (After::Retired, 12)]),
            ["Left the organisation", "Retired"]
        );
        assert_eq!(
            of(&[
                (After::Left, 40),
                (After::Retired, 12),
                (After::Transferred, 3)
            ]),
            ["Left the organisation", TOGETHER]
        );
        assert_eq!(of(&[(After::Left, 4)]), [TOGETHER]);
        assert!(of(&[]).is_empty());
    }
}
