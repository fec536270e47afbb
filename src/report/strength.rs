//! How strong a comparison is, and what may be said of it: a title or a card
//! is active only where the adjusted p value of the comparison is under 0.05
//! and its interval leaves out no difference. Makes no figure and no test.

use super::phrases::{self, filled, language};
use super::words::{Sentence, capital, dimension_name, small};
use crate::chart::figure::{amount, figure, group_label, interval};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Good, Level, Period, Statistic, Status, Unit};

/// What an adjusted p value must be under.
const REAL: f64 = 0.05;

/// Which way a comparison goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Less,
    More,
}

/// Whether a comparison is strong enough to be told as real.
pub(super) fn is_real(row: &Released) -> bool {
    let leaves_out = match row.lower().zip(row.upper()) {
        Some((lower, upper)) => lower > 0.0 || upper < 0.0,
        None => true,
    };
    row.key().statistic == Statistic::Difference
        && row.status() == Status::Shown
        && row.adjusted_p().is_some_and(|p| p < REAL)
        && leaves_out
}

/// Which way a comparison goes, where it is shown and goes any.
pub(super) fn way(row: &Released) -> Option<Way> {
    let estimate = row.estimate().filter(|_| row.status() == Status::Shown)?;
    match estimate {
        e if e < 0.0 => Some(Way::Less),
        e if e > 0.0 => Some(Way::More),
        _ => None,
    }
}

/// Whether a change is for the better: `None` where neither way is.
pub(super) fn better(row: &Released) -> Option<bool> {
    match (row.good(), way(row)?) {
        (Good::Higher, Way::More) | (Good::Lower, Way::Less) => Some(true),
        (Good::Higher, Way::Less) | (Good::Lower, Way::More) => Some(false),
        (Good::Neither, _) => None,
    }
}

/// Where a group's name stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    First,
    Within,
}

/// What the group of a row is called in a sentence: `Ethnic minority staff`.
/// Nothing for groups that have no such words.
fn group_words(row: &Released, place: Place) -> Option<String> {
    let [(dimension, level)] = row.key().group.parts() else {
        return None;
    };
    level_words(dimension.as_str(), level, place)
}

/// The same for a level of a dimension. A name that starts with the level's
/// own keeps its capital: `Asian staff`.
fn level_words(dimension: &str, level: &Level, place: Place) -> Option<String> {
    let groups = language().group.get(dimension)?;
    let template = groups.get(level.as_str()).or_else(|| groups.get("*"))?;
    let words = filled(template, &[("level", level.as_str())]);
    Some(match place {
        Place::Within if !template.starts_with('{') => small(&words),
        _ => words,
    })
}

/// What a row is compared with, within a sentence.
fn comparator_words(row: &Released) -> String {
    let Some(level) = row.key().comparator.as_ref() else {
        return phrases::EVERYONE_ELSE.say([]);
    };
    let dimension = row.key().group.parts().first();
    dimension
        .and_then(|(dimension, _)| level_words(dimension.as_str(), level, Place::Within))
        .unwrap_or_else(|| level.as_str().to_owned())
}

/// What is said of a group that differs: `Ethnic minority staff feel less
/// often that they belong`.
pub(super) fn differs(row: &Released) -> Option<String> {
    let way = way(row)?;
    let spoken = language().metric.get(&row.key().metric);
    match (group_words(row, Place::First), spoken) {
        (Some(group), Some(words)) => {
            let verb = match way {
                Way::Less => &words.less,
                Way::More => &words.more,
            };
            Some(phrases::GROUP_IS.say([&group, verb]))
        }
        _ => {
            let label = row.label();
            let group = group_words(row, Place::Within).unwrap_or_else(|| group_label(row));
            Some(match way {
                Way::Less => phrases::LOWER_FOR.say([label, &group]),
                Way::More => phrases::HIGHER_FOR.say([label, &group]),
            })
        }
    }
}

/// A title for some comparisons of one metric: what the one or two that are
/// real say, that groups differ where more are, nothing where none is.
pub(super) fn title(differences: &[&Released], by: &str) -> Option<String> {
    let real: Vec<&Released> = differences.iter().copied().filter(|r| is_real(r)).collect();
    match real.as_slice() {
        [] => None,
        [one] => differs(one),
        [one, other] if way(one) == way(other) => {
            let words = language().metric.get(&one.key().metric);
            let last = group_words(other, Place::Within);
            let named = group_words(one, Place::First).zip(last).zip(words);
            let Some(((first, last), words)) = named else {
                return Some(phrases::DIFFERS_BY.say([one.label(), by]));
            };
            let verb = match way(one)? {
                Way::Less => &words.less,
                Way::More => &words.more,
            };
            let both = phrases::AND_LIST.say([&first, &last]);
            Some(phrases::GROUP_IS.say([&both, verb]))
        }
        [one, ..] => Some(phrases::DIFFERS_BY.say([one.label(), by])),
    }
}

/// A difference's limits: `between 9 points lower and 5 higher`.
pub(super) fn reach(row: &Released) -> Option<String> {
    let (lower, upper) = row
        .lower()
        .zip(row.upper())
        .filter(|_| row.status() == Status::Shown)?;
    let points = matches!(row.unit(), Unit::Fraction | Unit::Rate);
    let size = |value: f64| match points {
        true => amount(Unit::Count, (value * 100.0).abs()),
        false => amount(row.unit(), value.abs()),
    };
    let (low, high) = (size(lower), size(upper));
    let nothing = |size: &str| size.chars().all(|c| !c.is_ascii_digit() || c == '0');
    let below = lower < 0.0 && !nothing(&low);
    let above = upper > 0.0 && !nothing(&high);
    Some(match (below, above) {
        (true, true) => phrases::BOTH_WAYS.say([&one_sided(&low, Way::Less, points), &high]),
        (true, false) if upper < 0.0 && !nothing(&high) && low != high => match points {
            true => phrases::BOTH_LOWER.say([&high, &low]),
            false => phrases::BOTH_LOWER_AMOUNT.say([&high, &low]),
        },
        (false, true) if lower > 0.0 && !nothing(&low) && low != high => match points {
            true => phrases::BOTH_HIGHER.say([&low, &high]),
            false => phrases::BOTH_HIGHER_AMOUNT.say([&low, &high]),
        },
        _ => interval(row)?,
    })
}

fn one_sided(size: &str, way: Way, points: bool) -> String {
    match (way, points) {
        (Way::Less, true) if size == "1" => phrases::ONE_POINT_LOWER.say([]),
        (Way::More, true) if size == "1" => phrases::ONE_POINT_HIGHER.say([]),
        (Way::Less, true) => phrases::POINTS_LOWER.say([size]),
        (Way::More, true) => phrases::POINTS_HIGHER.say([size]),
        (Way::Less, false) => phrases::AMOUNT_LOWER.say([size]),
        (Way::More, false) => phrases::AMOUNT_HIGHER.say([size]),
    }
}

/// The period that a change is counted from, in words.
fn since_when(change: &Released) -> Option<String> {
    let label = change.key().comparator.as_ref()?.as_str();
    let period = Period::parse(label).ok();
    Some(period.map_or_else(|| label.to_owned(), |period| period.in_words()))
}

/// A card's line on what changed: that there is no clear change, or which way.
/// `before` is the figure of the earlier period.
pub(super) fn change_line(change: &Released, before: Option<&Released>) -> Option<String> {
    let (period, reach) = (since_when(change)?, reach(change)?);
    let before = before
        .filter(|row| row.status() == Status::Shown)
        .map(figure);
    let Some(before) = before else {
        return Some(phrases::NO_CLEAR_CHANGE_ALONE.say([&period, &reach]))
            .filter(|_| !is_real(change));
    };
    Some(match way(change).filter(|_| is_real(change)) {
        Some(Way::Less) => phrases::DOWN.say([&before, &period, &reach]),
        Some(Way::More) => phrases::UP.say([&before, &period, &reach]),
        None => phrases::NO_CLEAR_CHANGE.say([&before, &period, &reach]),
    })
}

/// A sentence on a group that differs, with both figures.
pub(super) fn difference_sentence(
    difference: &Released,
    (mine, other): (&Released, &Released),
) -> Option<Sentence> {
    let comparator = comparator_words(difference);
    let rest = [figure(mine), figure(other), comparator, reach(difference)?];
    Some(Sentence {
        first: capital(&differs(difference)?),
        rest: phrases::AGAINST_GROUP.say([&rest[0], &rest[1], &rest[2], &rest[3]]),
        claims: vec![difference.claim()],
    })
}

/// A sentence on a figure that rose or fell, with both figures.
pub(super) fn change_sentence(
    change: &Released,
    (now, before): (&Released, &Released),
) -> Option<Sentence> {
    let period = since_when(change)?;
    let spoken = language().metric.get(&change.key().metric);
    let first = match (way(change)?, spoken) {
        (Way::Less, Some(words)) => phrases::THAN_IN.say([&words.fall, &period]),
        (Way::More, Some(words)) => phrases::THAN_IN.say([&words.rise, &period]),
        (Way::Less, None) => phrases::HAS_FALLEN.say([change.label(), &period]),
        (Way::More, None) => phrases::HAS_RISEN.say([change.label(), &period]),
    };
    let rest = [figure(now), figure(before), reach(change)?];
    Some(Sentence {
        first,
        rest: phrases::AGAINST_BEFORE.say([&rest[0], &rest[1], &rest[2]]),
        claims: vec![change.claim()],
    })
}

/// A comparison that may be none, as what cannot be told.
pub(super) fn undecided(row: &Released) -> Option<String> {
    if row.status() != Status::Shown || is_real(row) || row.key().group.parts().is_empty() {
        return None;
    }
    let group = group_words(row, Place::Within).unwrap_or_else(|| group_label(row));
    let (comparator, label) = (comparator_words(row), small(row.label()));
    let (lower, upper) = row.lower().zip(row.upper())?;
    let reach = anything(row)?;
    Some(if lower <= 0.0 && upper >= 0.0 {
        phrases::DIFFER_FROM.say([&group, &comparator, &label, &reach])
    } else {
        phrases::DIFFER_BY_CHANCE.say([&group, &comparator, &label, &reach])
    })
}

/// How far a difference may reach, as words after "anything": `from 9 points
/// lower to 5 points higher`, `from 19 points lower to no difference`.
pub(super) fn anything(row: &Released) -> Option<String> {
    let (lower, upper) = row.lower().zip(row.upper())?;
    if !matches!(row.unit(), Unit::Fraction | Unit::Rate) {
        return interval(row);
    }
    let end = |value: f64| match amount(Unit::Count, (value * 100.0).abs()) {
        size if size == "0" => phrases::NO_DIFFERENCE.say([]),
        size if value < 0.0 => one_sided(&size, Way::Less, true),
        size => one_sided(&size, Way::More, true),
    };
    Some(phrases::FROM_TO.say([&end(lower), &end(upper)]))
}

/// A list of dimensions in words: `ethnicity and disability`.
pub(super) fn by_words<'a>(dimensions: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = dimensions.map(dimension_name).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => phrases::AND_LIST.say([&rest.join(", "), last]),
        _ => names.concat(),
    }
}
