//! Time zones as exports state them, and their times as UK times: a response
//! sent at half past eleven at night in Denver was sent the next day here.
//! Knows the rules of the European Union and the UK since 1996 and of the
//! United States since 2007, and zones without summer time.

use super::text::fold;
use staywise_core::domain::Day;

const MINUTES: f64 = 1440.0;
const MILLIS: f64 = 86_400_000.0;

/// When clocks are ahead of UTC, and by how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Always so many minutes.
    Fixed(i32),
    /// So many minutes in winter, an hour more from the last Sunday of March
    /// to the last of October, at 01:00 UTC.
    European(i32),
    /// So many minutes in winter, an hour more from the second Sunday of March
    /// to the first of November, at 02:00 by the clock.
    American(i32),
}

/// UK time: the study's.
pub const UK: Zone = Zone::European(0);

/// UTC.
pub const UTC: Zone = Zone::Fixed(0);

const EUROPEAN: [(i32, &[&str]); 3] = [
    (
        0,
        &[
            "gb",
            "bst",
            "wet",
            "europe/london",
            "europe/belfast",
            "europe/dublin",
            "europe/jersey",
            "europe/guernsey",
            "europe/isle_of_man",
            "europe/lisbon",
            "atlantic/canary",
        ],
    ),
    (
        60,
        &[
            "cet",
            "cest",
            "europe/paris",
            "europe/berlin",
            "europe/madrid",
            "europe/rome",
            "europe/amsterdam",
            "europe/brussels",
            "europe/vienna",
            "europe/zurich",
            "europe/stockholm",
            "europe/oslo",
            "europe/copenhagen",
            "europe/prague",
            "europe/warsaw",
            "europe/budapest",
            "europe/malta",
            "europe/gibraltar",
            "europe/luxembourg",
            "europe/zagreb",
            "europe/ljubljana",
            "europe/bratislava",
        ],
    ),
    (
        120,
        &[
            "eet",
            "eest",
            "europe/athens",
            "europe/helsinki",
            "europe/bucharest",
            "europe/sofia",
            "europe/riga",
            "europe/vilnius",
            "europe/tallinn",
            "europe/kiev",
            "europe/kyiv",
            "asia/nicosia",
        ],
    ),
];

const AMERICAN: [(i32, &[&str]); 4] = [
    (
        -300,
        &[
            "america/new_york",
            "america/toronto",
            "america/detroit",
            "us/eastern",
            "est5edt",
        ],
    ),
    (-360, &["america/chicago", "us/central", "cst6cdt"]),
    (-420, &["america/denver", "us/mountain", "mst7mdt"]),
    (-480, &["america/los_angeles", "us/pacific", "pst8pdt"]),
];

const FIXED: [(i32, &[&str]); 10] = [
    (
        0,
        &[
            "utc",
            "gmt",
            "z",
            "etc/utc",
            "etc/gmt",
            "africa/accra",
            "atlantic/reykjavik",
        ],
    ),
    (60, &["africa/lagos"]),
    (120, &["africa/harare", "africa/johannesburg"]),
    (
        180,
        &[
            "africa/nairobi",
            "africa/kampala",
            "europe/istanbul",
            "europe/moscow",
        ],
    ),
    (240, &["asia/dubai"]),
    (300, &["asia/karachi"]),
    (330, &["asia/kolkata", "asia/calcutta", "asia/colombo"]),
    (345, &["asia/kathmandu"]),
    (
        480,
        &[
            "asia/manila",
            "asia/singapore",
            "asia/hong_kong",
            "australia/perth",
        ],
    ),
    (-420, &["america/phoenix"]),
];

/// A zone by its name (`Europe/London`) or its distance (`UTC+1`).
#[must_use]
pub fn named(name: &str) -> Option<Zone> {
    let name = fold(name);
    let known = |table: &[(i32, &[&str])]| {
        let row = table
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()));
        row.map(|(minutes, _)| *minutes)
    };
    known(&EUROPEAN)
        .map(Zone::European)
        .or_else(|| known(&AMERICAN).map(Zone::American))
        .or_else(|| known(&FIXED).map(Zone::Fixed))
        .or_else(|| distance(&name).map(Zone::Fixed))
}

/// `UTC+1`, `GMT-05:00`, `+0100` in minutes; `Etc/GMT-1` is an hour ahead, as
/// these names count the other way.
fn distance(name: &str) -> Option<i32> {
    let (way, bare) = match name.strip_prefix("etc/gmt") {
        Some(bare) => (-1, bare),
        None => {
            let bare = name
                .strip_prefix("utc")
                .or_else(|| name.strip_prefix("gmt"));
            (1, bare.unwrap_or(name))
        }
    };
    let (sign, digits) = match bare.split_at_checked(1)? {
        ("+", digits) => (way, digits),
        ("-", digits) => (-way, digits),
        _ => return None,
    };
    minutes(digits).map(|minutes| sign * minutes)
}

/// `1`, `01`, `01:30`, `0130` as minutes, up to 14 hours.
pub(super) fn minutes(digits: &str) -> Option<i32> {
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some(parts), _) => parts,
        (None, 1 | 2) => (digits, "0"),
        (None, 4) => digits.split_at_checked(2)?,
        _ => return None,
    };
    let figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 2;
    if !figures(hours) || !figures(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(hours * 60 + minutes)
}

/// A time as a zone's clocks show it, as UK clocks show it. Both are days
/// since 1 January 1970 with the time as a fraction.
#[must_use]
pub fn to_uk(shown: f64, zone: Zone) -> f64 {
    if zone == UK {
        return shown;
    }
    let utc = match zone {
        Zone::Fixed(minutes) => shown - f64::from(minutes) / MINUTES,
        Zone::European(winter) | Zone::American(winter) => {
            // In the hour that comes twice, the first is taken.
            let summer = shown - f64::from(winter + 60) / MINUTES;
            if is_summer(summer, zone) {
                summer
            } else {
                shown - f64::from(winter) / MINUTES
            }
        }
    };
    let ahead = if is_summer(utc, UK) { 60.0 } else { 0.0 };
    // To the millisecond, so that a whole minute stays one.
    ((utc + ahead / MINUTES) * MILLIS).round() / MILLIS
}

/// Whether clocks are an hour ahead at a time by UTC.
fn is_summer(utc: f64, zone: Zone) -> bool {
    let Some(year) = year(utc) else {
        return false;
    };
    let hour = 1.0 / 24.0;
    let span = match zone {
        Zone::Fixed(_) => None,
        Zone::European(_) => sunday(year, 3, 25)
            .zip(sunday(year, 10, 25))
            .map(|(from, to)| (from + hour, to + hour)),
        Zone::American(winter) => {
            let behind = f64::from(winter) / MINUTES;
            sunday(year, 3, 8)
                .zip(sunday(year, 11, 1))
                .map(|(from, to)| (from + 2.0 * hour - behind, to + hour - behind))
        }
    };
    span.is_some_and(|(from, to)| (from..to).contains(&utc))
}

/// The first Sunday on or after a day.
fn sunday(year: i32, month: u32, day: u32) -> Option<f64> {
    let day = Day::from_ymd(year, month, day)?.0;
    // 4 January 1970 was a Sunday.
    Some(f64::from(day + (3 - day).rem_euclid(7)))
}

fn year(days: f64) -> Option<i32> {
    if days.abs() > 1e6 {
        return None;
    }
    // In range by the check above.
    #[allow(clippy::cast_possible_truncation)]
    let near = 1970 + (days / 365.2425).floor() as i32;
    let begins = |year: i32| Day::from_ymd(year, 1, 1).map(|day| f64::from(day.0));
    if begins(near + 1)? <= days {
        Some(near + 1)
    } else if begins(near)? > days {
        Some(near - 1)
    } else {
        Some(near)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Zone, named, to_uk};
    use crate::data::DateOrder;
    use crate::vocabulary::dates;

    fn uk(text: &str, zone: &str) -> f64 {
        to_uk(at(text), named(zone).unwrap())
    }

    fn at(text: &str) -> f64 {
        dates::read(text, DateOrder::DayFirst).unwrap()
    }

    #[test]
    fn times_elsewhere_become_uk_times() {
        for (shown, zone, here) in [
            ("2025-03-29 23:30:00", "UTC", "2025-03-29 23:30:00"),
            ("2025-06-30 23:30:00", "UTC", "2025-07-01 00:30:00"),
            (
                "2025-01-10 20:00:00",
                "America/Denver",
                "2025-01-11 03:00:00",
            ),
            // Clocks there change three weeks before ours.
            (
                "2025-03-10 20:00:00",
                "America/Denver",
                "2025-03-11 02:00:00",
            ),
            (
                "2025-07-10 20:00:00",
                "America/Denver",
                "2025-07-11 03:00:00",
            ),
            ("2025-07-10 00:30:00", "Europe/Paris", "2025-07-09 23:30:00"),
            ("2025-07-10 00:30:00", "Asia/Kolkata", "2025-07-09 20:00:00"),
            ("2025-12-31 23:59:59", "GMT-05:00", "2026-01-01 04:59:59"),
            (
                "2025-07-10 00:30:00",
                "Europe/London",
                "2025-07-10 00:30:00",
            ),
        ] {
            assert_eq!(uk(shown, zone), at(here), "{shown} {zone}");
        }
    }

    #[test]
    fn clocks_change_on_their_days() {
        for (shown, here) in [
            ("2026-03-29 00:59:00", "2026-03-29 00:59:00"),
            ("2026-03-29 01:00:00", "2026-03-29 02:00:00"),
            ("2026-10-25 00:59:00", "2026-10-25 01:59:00"),
            ("2026-10-25 01:00:00", "2026-10-25 01:00:00"),
        ] {
            assert_eq!(uk(shown, "Z"), at(here), "{shown}");
        }
    }

    #[test]
    fn zones_that_mean_two_things_are_not_known() {
        assert_eq!(named("utc+1"), Some(Zone::Fixed(60)));
        assert_eq!(named("+0530"), Some(Zone::Fixed(330)));
        assert_eq!(named("Etc/GMT-1"), Some(Zone::Fixed(60)));
        for name in ["IST", "CST", "Mars/Base", "", "UTC+99", "+", "\u{e9}"] {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
