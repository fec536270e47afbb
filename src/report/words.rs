//! Sentences made from figures, by rule, in the phrases of the words' file. A
//! share is told in tenths only as far as its interval allows; nothing hidden
//! is told apart from anything else hidden.

use super::phrases::{self, filled, language};
use crate::chart::figure::{amount, base, figure, interval, shorthand, why_not};
use staywise_core::disclosure::Released;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::period::Shape;
use staywise_core::domain::{Kind, Metric, Period, Status, Unit};

/// The widest an interval may reach from its figure, either way, for "about".
const ABOUT: f64 = 0.10;

/// The base under which a share is told in people.
const FEW: u64 = 30;

/// The slugs of the dimensions that every study may have.
pub fn dimension_slugs() -> impl Iterator<Item = &'static str> {
    language().dimension.keys().map(String::as_str)
}

/// A dimension's name on a page; its slug with spaces where it has none.
#[must_use]
pub fn dimension_name(slug: &str) -> String {
    let found = language().dimension.get(slug);
    found.map_or_else(|| slug.replace('_', " "), Clone::clone)
}

/// The first letter as a capital.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The words as they stand within a sentence: the first letter small, unless
/// the first word is an abbreviation.
#[must_use]
pub fn small(words: &str) -> String {
    let mut letters = words.chars();
    let (Some(first), rest) = (letters.next(), letters.as_str()) else {
        return String::new();
    };
    if rest.starts_with(char::is_uppercase) {
        return words.to_owned();
    }
    first.to_lowercase().chain(rest.chars()).collect()
}

/// What a metric's bases count, or nothing where the base is the figure.
#[must_use]
pub fn base_noun(metric: &Metric) -> Option<&'static str> {
    let key = match (metric.kind, metric.grain) {
        (Kind::Event | Kind::Stock | Kind::Sum, _) => return None,
        (Kind::Ratio | Kind::Exposure, _) | (_, Grain::Flow) => "count",
        (_, Grain::Response | Grain::Answer) => "answers",
        (_, Grain::Invitation) => "invitations",
        (_, Grain::Post) => "posts",
        (_, Grain::Preceptorship) => "preceptorships",
        (_, Grain::Person | Grain::Followed) => "people",
        (Kind::Distribution, Grain::Spell) => "people",
        (_, Grain::Spell) if metric.window_months.is_some() => "people",
        (_, Grain::Spell) => "starters",
    };
    Some(language().base.get(key).map_or("", String::as_str))
}

/// Whether a base is told with its noun after it: `742 answers`, but `base 834`.
fn counted(metric: &Metric) -> bool {
    !matches!(metric.kind, Kind::Ratio | Kind::Exposure)
}

/// A row's base in words: `742 answers`, `base 1,204`. Nothing where it has
/// none or is not shown.
#[must_use]
pub fn base_words(row: &Released, metric: Option<&Metric>) -> Option<String> {
    if row.status() != Status::Shown || row.n().is_none() {
        return None;
    }
    let n = base(row);
    match metric {
        Some(metric) => {
            let noun = base_noun(metric)?;
            Some(if counted(metric) {
                phrases::BASE_OF.say([&n, noun])
            } else {
                phrases::BASE.say([&n])
            })
        }
        None => Some(phrases::BASE.say([&n])),
    }
}

/// A share in plain words: `about 7 in 10`, `between 6 and 8 in 10`,
/// `9 of 14`. For anything that is no share, the figure as it is written.
#[must_use]
pub fn plainly(row: &Released) -> String {
    let (Status::Shown, Some(estimate), Unit::Fraction) =
        (row.status(), row.estimate(), row.unit())
    else {
        return figure(row);
    };
    let few = row.n().is_some_and(|n| n < FEW);
    let terms = row.numerator().zip(row.denominator());
    let limits = row.lower().zip(row.upper());
    match (few, terms, limits) {
        (true, Some((above, below)), _) => {
            let terms = [above, below].map(|n| amount(Unit::Count, n));
            phrases::ABOVE_OF_BELOW.say([&terms[0], &terms[1]])
        }
        (false, _, Some(limits)) => in_tenths(estimate, limits),
        _ => figure(row),
    }
}

/// A share in tenths, as closely as its limits allow.
fn in_tenths(estimate: f64, (lower, upper): (f64, f64)) -> String {
    let near = estimate - lower <= ABOUT + 1e-9 && upper - estimate <= ABOUT + 1e-9;
    let (low, high) = (lower * 10.0, upper * 10.0);
    if near {
        return match (estimate * 10.0).round() {
            _ if estimate <= 0.0 => phrases::NONE.say([]),
            _ if estimate >= 1.0 => phrases::ALL_OF.say([]),
            // 5% is not "about 1 in 10", and 4% is fewer only if all of its
            // interval is.
            _ if upper < 0.1 => phrases::FEWER_THAN_ONE.say([]),
            _ if lower > 0.9 => phrases::MORE_THAN_NINE.say([]),
            tenths if tenths < 1.0 => phrases::UP_TO.say([&format!("{:.0}", high.ceil())]),
            tenths if tenths > 9.0 => phrases::AT_LEAST.say([&format!("{:.0}", low.floor())]),
            tenths => phrases::ABOUT.say([&format!("{tenths:.0}")]),
        };
    }
    let (from, to) = (low.round(), high.round());
    if from < 1.0 {
        return phrases::UP_TO.say([&format!("{:.0}", high.ceil().max(1.0))]);
    }
    if to > 9.0 {
        return phrases::AT_LEAST.say([&format!("{:.0}", low.floor())]);
    }
    phrases::BETWEEN_TENTHS.say([&format!("{from:.0}"), &format!("{to:.0}")])
}

/// A figure with how sure we are of it: `69% (between 66% and 72%)`.
#[must_use]
pub fn with_interval(row: &Released) -> String {
    match interval(row) {
        Some(words) => format!("{} ({words})", figure(row)),
        None => figure(row),
    }
}

/// What a row says, for a chart's description and for a sentence:
/// `69%, between 66% and 72%, 742 answers`, or why it says nothing.
#[must_use]
pub fn telling(row: &Released, metric: Option<&Metric>) -> String {
    if row.status() != Status::Shown {
        let why = why_not(row);
        return format!("{} {}", shorthand(row.status()), why.trim_end_matches('.'));
    }
    let parts = [Some(figure(row)), interval(row), base_words(row, metric)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A sentence in two parts: what it says, and how sure we are of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its first part, which a page sets in bold.
    pub first: String,
    /// The rest, with the full stop.
    pub rest: String,
    /// The claims it rests on.
    pub claims: Vec<String>,
}

impl Sentence {
    /// Both parts in plain words.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{}{}", self.first, self.rest)
    }
}

/// A whole sentence on one figure: `About 7 in 10 intend to stay (67%, between
/// 62% and 71%; 436 answers).`
#[must_use]
pub fn sentence(row: &Released, metric: Option<&Metric>) -> Sentence {
    let label = row.label();
    let claims = vec![row.claim()];
    if row.status() != Status::Shown {
        let why = why_not(row);
        return Sentence {
            first: phrases::SAID_WHY_NOT.say([label, why.trim_end_matches('.')]),
            rest: String::new(),
            claims,
        };
    }
    let (plain, number) = (plainly(row), figure(row));
    let spoken = language().metric.get(&row.key().metric);
    let first = match spoken {
        Some(words) => filled(&words.say, &[("share", &plain), ("figure", &number)]),
        None => phrases::SAID_PLAINLY.say([label, &plain]),
    };
    let told = first.contains(&number);
    let sure = [(!told).then_some(number), interval(row)];
    let sure = sure.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let base = base_words(row, metric).map(|base| match horizon_words(&row.key().period, metric) {
        // Nobody started in the period that the page is about.
        Some(whose) => format!("{base}, {whose}"),
        None => base,
    });
    let telling = match (sure.is_empty(), base) {
        (false, Some(base)) => phrases::WITH_BASE.say([&sure, &base]),
        (true, Some(base)) => base,
        (_, None) => sure,
    };
    let rest = if telling.is_empty() {
        phrases::FULL_STOP.say([])
    } else {
        phrases::TELLING.say([&telling])
    };
    Sentence {
        first: capital(&first),
        rest,
        claims,
    }
}

/// Whom and which dates a figure is about: its window's where it has one, and
/// `starters whose 12 months ended in April to June 2026` where it is counted
/// so long after something began.
#[must_use]
pub fn period_words(period: &Period, metric: Option<&Metric>) -> String {
    let noun = match metric.and_then(base_noun) {
        Some(noun) if metric.is_some_and(counted) => noun.to_owned(),
        _ => phrases::THOSE.say([]),
    };
    match horizon_words(period, metric) {
        Some(whose) => format!("{noun} {whose}"),
        None => dates(period, metric).in_words(),
    }
}

/// Which of those that began are counted: `whose 12 months ended in April to
/// June 2026`. Nothing for a metric without a horizon.
#[must_use]
pub fn horizon_words(period: &Period, metric: Option<&Metric>) -> Option<String> {
    let months = metric?.horizon_months?;
    let noun = if months == 1 {
        phrases::ONE_MONTH
    } else {
        phrases::MORE_MONTHS
    };
    let months = format!("{months} {}", noun.say([]));
    let period = dates(period, metric);
    let ended = match period.shape {
        Shape::All => phrases::HAD_ENDED_BY.say([&period.last().to_string()]),
        Shape::Month | Shape::Quarter | Shape::FinancialQuarter => {
            phrases::ENDED_IN.say([&period.in_words()])
        }
        Shape::Year | Shape::FinancialYear | Shape::Window => {
            let (first, last) = (period.start.to_string(), period.last().to_string());
            phrases::ENDED_BETWEEN.say([&first, &last])
        }
    };
    Some(phrases::WHOSE.say([&months, &ended]))
}

/// The dates of a period: those of the metric's window where it has one.
#[must_use]
pub fn dates(period: &Period, metric: Option<&Metric>) -> Period {
    metric
        .and_then(|metric| metric.window_months)
        .and_then(|months| period.window(months))
        .unwrap_or_else(|| period.clone())
}

/// A base with whom it is about: `56 starters, whose 12 months ended in April
/// to June 2026`; without a base, the dates alone.
#[must_use]
pub fn base_and_dates(row: &Released, metric: Option<&Metric>) -> String {
    let period = &row.key().period;
    let about = horizon_words(period, metric).unwrap_or_else(|| period_words(period, metric));
    base_words(row, metric).map_or_else(
        || period_words(period, metric),
        |base| format!("{base}, {about}"),
    )
}

/// A method's slug in words.
#[must_use]
pub fn method_words(slug: &str) -> String {
    let found = language().method.get(slug);
    found.map_or_else(|| slug.replace('_', " "), Clone::clone)
}

#[cfg(test)]
mod tests {
    use super::{capital, dimension_name, in_tenths, small};

    #[test]
    fn about_only_where_the_interval_allows() {
        assert_eq!(in_tenths(0.69, (0.66, 0.72)), "about 7 in 10");
        assert_eq!(in_tenths(0.70, (0.60, 0.80)), "about 7 in 10");
        assert_eq!(in_tenths(0.70, (0.59, 0.79)), "between 6 and 8 in 10");
        assert_eq!(in_tenths(0.74, (0.6045, 0.8413)), "between 6 and 8 in 10");
    }

    #[test]
    fn the_ends_are_told_as_ends() {
        assert_eq!(in_tenths(0.0, (0.0, 0.02)), "none");
        assert_eq!(in_tenths(1.0, (0.97, 1.0)), "all");
        assert_eq!(in_tenths(0.03, (0.01, 0.05)), "fewer than 1 in 10");
        assert_eq!(in_tenths(0.97, (0.95, 0.99)), "more than 9 in 10");
        assert_eq!(in_tenths(0.054, (0.03, 0.08)), "fewer than 1 in 10");
        assert_eq!(in_tenths(0.04, (0.01, 0.12)), "up to 2 in 10");
        assert_eq!(in_tenths(0.96, (0.88, 0.99)), "at least 8 in 10");
        assert_eq!(in_tenths(0.0, (0.0, 0.2425)), "up to 3 in 10");
        assert_eq!(in_tenths(1.0, (0.7575, 1.0)), "at least 7 in 10");
    }

    #[test]
    fn slugs_have_names() {
        assert_eq!(dimension_name("age_band"), "age");
        assert_eq!(dimension_name("shift_pattern"), "shift pattern");
        assert_eq!(capital("ethnic group"), "Ethnic group");
        assert_eq!(capital(""), "");
        assert_eq!(
            [small("Intention to stay"), small("NHS service"), small("")],
            ["intention to stay", "NHS service", ""]
        );
    }
}
