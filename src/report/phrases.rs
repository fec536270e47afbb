//! The phrases of a page, from `reports/words/en.toml`: templates with named
//! places, loaded once. Holds no English of its own and no figure.

use super::terms::Terms;
use crate::chart::text::escape;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Everything that one language says.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    /// Templates by name.
    phrase: BTreeMap<String, String>,
    /// What bases count.
    pub(super) base: BTreeMap<String, String>,
    /// How a metric is spoken of.
    pub(super) metric: BTreeMap<String, MetricWords>,
    /// A dimension's name by its slug.
    pub(super) dimension: BTreeMap<String, String>,
    /// By dimension and level, what the group is called in a sentence.
    pub(super) group: BTreeMap<String, BTreeMap<String, String>>,
    /// How an interval was made.
    pub(super) method: BTreeMap<String, String>,
    /// The words used.
    pub(super) term: Vec<Term>,
}

/// How one metric is spoken of.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MetricWords {
    /// Over a card.
    pub(super) card: String,
    /// A sentence about everyone.
    pub(super) say: String,
    /// A group that has less of it.
    pub(super) less: String,
    /// A group that has more of it.
    pub(super) more: String,
    /// There is less of it than before.
    pub(super) fall: String,
    /// There is more of it than before.
    pub(super) rise: String,
}

/// One word that a page explains.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Term {
    /// `interval`, which makes `#term-interval`.
    pub(super) id: String,
    /// The word.
    pub(super) word: String,
    /// What it means.
    pub(super) meaning: String,
}

const ENGLISH: &str = include_str!("../../reports/words/en.toml");
static LANGUAGE: LazyLock<Language> = LazyLock::new(|| toml::from_str(ENGLISH).unwrap_or_default());

/// The language of the page. A file that cannot be read is an empty one at
/// run time and a failed test before that.
pub(super) fn language() -> &'static Language {
    &LANGUAGE
}

/// A template of `N` named places.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Phrase<const N: usize> {
    key: &'static str,
    places: [&'static str; N],
}

impl<const N: usize> Phrase<N> {
    fn template(&self) -> &'static str {
        let key = self.key.to_ascii_lowercase();
        LANGUAGE.phrase.get(&key).map_or("", String::as_str)
    }

    /// The phrase in plain words, its places filled in order.
    pub(super) fn say(&self, values: [&str; N]) -> String {
        let places: Vec<(&str, &str)> = self.places.into_iter().zip(values).collect();
        filled(self.template(), &places)
    }

    /// The phrase as markup: everything escaped, its terms linked where the
    /// page explains them.
    pub(super) fn html(&self, values: [&str; N], terms: Terms) -> String {
        let escaped = values.map(escape);
        let places: Vec<(&str, &str)> = self
            .places
            .into_iter()
            .zip(escaped.iter().map(String::as_str))
            .collect();
        markup(self.template(), &places, terms)
    }
}

/// A template in plain words; its links keep their words only.
pub(super) fn filled(template: &str, places: &[(&str, &str)]) -> String {
    let mut words = String::new();
    for piece in pieces(template) {
        words.push_str(&set(piece.words(), places, str::to_owned));
    }
    words
}

fn markup(template: &str, places: &[(&str, &str)], terms: Terms) -> String {
    let mut html = String::new();
    for piece in pieces(template) {
        let words = set(piece.words(), places, escape);
        html.push_str(&match (piece, terms) {
            (Piece::Term { id, .. }, Terms::Linked) => {
                format!("<a class=\"term\" href=\"#term-{id}\">{words}</a>")
            }
            _ => words,
        });
    }
    html
}

enum Piece<'a> {
    Words(&'a str),
    Term { words: &'a str, id: &'a str },
}

impl<'a> Piece<'a> {
    fn words(&self) -> &'a str {
        match self {
            Self::Words(words) | Self::Term { words, .. } => words,
        }
    }
}

/// A template's words and links to terms.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    const MARK: &str = "](#term-";
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(MARK) {
        // The link's own bracket is the last one open; `[[c]](#...)` holds one.
        let start = match before.rfind("[[") {
            Some(double) if before.ends_with(']') => Some(double),
            _ => before.rfind('['),
        };
        let (Some(start), Some((id, tail))) = (start, after.split_once(')')) else {
            break;
        };
        pieces.push(Piece::Words(&before[..start]));
        let words = &before[start + 1..];
        pieces.push(Piece::Term { words, id });
        rest = tail;
    }
    pieces.push(Piece::Words(rest));
    pieces
}

/// Values in place of `{name}`; what is put in is not looked at again.
fn set(template: &str, places: &[(&str, &str)], own: fn(&str) -> String) -> String {
    let mut words = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        words.push_str(&own(before));
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let value = places.iter().find(|(place, _)| *place == name);
        words.push_str(value.map_or("", |(_, value)| value));
        rest = tail;
    }
    words.push_str(&own(rest));
    words
}

macro_rules! phrases {
    ($($name:ident($($place:ident),*);)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "` of the words' file.")]
            pub(in crate::report) const $name: Phrase<{ <[&str]>::len(&[$(stringify!($place)),*]) }> = Phrase {
                key: stringify!($name),
                places: [$(stringify!($place)),*],
            };
        )*
        /// Every phrase with its places, for the test of completeness.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($place)),*])),*];
    };
}

pub(super) mod case;

phrases! {
    NONE(); ALL_OF(); FEWER_THAN_ONE(); MORE_THAN_NINE();
    ABOUT(tenths); UP_TO(tenths); AT_LEAST(tenths); BETWEEN_TENTHS(from, to);
    ABOVE_OF_BELOW(above, below);
    SAID_PLAINLY(label, figure); SAID_WHY_NOT(label, why); TELLING(telling);
    WITH_BASE(telling, base); FULL_STOP();
    EVERYONE(); BASE(n); BASE_OF(n, noun); THOSE(); WHOSE(months, ended);
    ONE_MONTH(); MORE_MONTHS(); HAD_ENDED_BY(day); ENDED_IN(period); ENDED_BETWEEN(first, last);
    NOT_YET_DUE(n); AT_MONTHS(months);
    POINTS_LOWER(n); POINTS_HIGHER(n); ONE_POINT_LOWER(); ONE_POINT_HIGHER();
    BOTH_WAYS(low, high); BOTH_LOWER(near, far); BOTH_HIGHER(near, far);
    BOTH_LOWER_AMOUNT(near, far); BOTH_HIGHER_AMOUNT(near, far);
    AMOUNT_LOWER(n); AMOUNT_HIGHER(n); NO_DIFFERENCE(); FROM_TO(from, to);
    NO_CLEAR_CHANGE(before, period, reach); NO_CLEAR_CHANGE_ALONE(period, reach);
    DOWN(before, period, reach); UP(before, period, reach);
    LOWER_FOR(label, group); HIGHER_FOR(label, group);
    HAS_FALLEN(label, period); HAS_RISEN(label, period); THAN_IN(verb, period);
    AGAINST_GROUP(mine, other, comparator, reach); AGAINST_BEFORE(now, before, reach);
    GROUP_IS(group, verb); DIFFERS_BY(label, by); AND_LIST(first, last);
    CANNOT_TELL(); WHETHER(open); NOR_WHETHER(one, other);
    DIFFER_FROM(group, comparator, label, reach);
    DIFFER_BY_CHANCE(group, comparator, label, reach);
    EVERYONE_ELSE(); WHAT_LIES_BEHIND(label); WHY_DIFFERS(label, by); GROUPS_HIDDEN(mark, hidden);
    TITLE_BY(label, by); TITLE_OVER_TIME(label); TITLE_DIFFERENCE(label); TITLE_FUNNEL(label, one);
    TITLE_MOVED(period); CAPTION(title, dates); SHARES_NOTE();
    CAPTION_EVERYONE(period);
    LEAD_INTERVAL(level); LEAD_CURVE(); LEAD_TREND(); LEAD_LIKERT();
    LEAD_BARS(); LEAD_HEAT(); LEAD_FOREST(); LEAD_FUNNEL(); LEAD_SLOPE(before, after);
    EVERYONE_BASE(base); COMPARED_WITH(group, comparator); WAVE_TWICE(); UNADJUSTED();
    TOO_MANY(); TOO_MANY_QUESTIONS(n); ALL_HIDDEN(); THIS_HIDDEN(); FIRST_ROWS(shown, rows); ON_PAPER();
    BEHIND(); THE_TABLE(); SOURCE(definition); SURE_TITLE(); SURE_BAR(level); SURE_HIDDEN();
    IN_THIS_TABLE(); SOURCE_MANY(definition); NO_PLACE(); NO_INTERVAL(); MOVED_REAL(points, reach);
    MOVED_UNCLEAR(reach); MOVED_COUNT(); MOVED_UNTESTED(); MOVED_AGAIN();
    MOVED_LEAD(period); NOTHING_MOVED();
    COLUMN_GROUP(); COLUMN_COMPARISON(); COLUMN_MEASURE(); COLUMN_FIGURE(); COLUMN_LOWER(level);
    COLUMN_UPPER(level); COLUMN_LOWER_PLAIN(); COLUMN_UPPER_PLAIN(); COLUMN_BASE();
    COLUMN_DATES(); COLUMN_QUESTION(); COLUMN_ANSWERS(); COLUMN_PERIOD();
    COLUMN_PERIOD_ENDED(months); COLUMN_PERIOD_ENDED_MONTH(); COLUMN_MONTHS(); COLUMN_STILL();
    COLUMN_FOLLOWED(); COLUMN_POINTS(); COLUMN_DIFFERENCE(); COLUMN_BEFORE(); COLUMN_NOW();
    COLUMN_CHANGE(); COLUMN_PER_100(label); COLUMN_PER_100_MONTHS(label); COLUMN_IN_MONTHS(label); COLUMN_THE_FIGURE();
    NOT_AVAILABLE(label, why); NO_DIMENSION(label, name); NO_FIGURES(label, when); NO_EARLIER(label);
    NO_DIFFERENCES(label); NO_PERIOD(label); UP_TO_DAY(day); BY_GROUPS(label, by); NO_QUESTIONS();
    ABOUT_PAGE(period, day); NATION(nation); SAME_FACE(); INTERVALS_BY(levels, methods);
    TENTHS_RULE(); REAL_RULE(); CLAIM_RULE(); MISSING_LIST(); MISSING_ENTRY(label, why);
    MADE_WITH(version); LEFT_OUT(words); FROM_SOURCE(words); DEFINITION_ID(id, kind, window);
    OVER_MONTHS(n); NONE_DEFINED(); DATA_END(day); NO_RESPONSES();
    NO_FILE(); NOTHING_FOUND(); FILES_TITLE(); COLUMN_FILE(); COLUMN_HOLDS(); COLUMN_LAYOUT();
    COLUMN_ROWS(); COLUMN_USED(); COLUMN_ASIDE(); NOTHING_ASIDE(); PUBLISHED_TITLE();
    PUBLISHED_RULE(all); PUBLISHED_OF_OTHERS(all); COLUMN_OF(); COLUMN_PUBLISHED(); COLUMN_SOURCE(); COLUMN_COMPARABLE(); RESPONSES_TITLE();
    COLUMN_RESPONSES(); COLUMN_HOW_MANY(); RESPONSES_READ(); MATCHED(); ANONYMOUS(); UNMATCHED();
    AMBIGUOUS(); REPEATS(); FINDINGS_TITLE(); COLUMN_FINDING(); COLUMN_KIND();
    COLUMN_FIRST_PLACE(); COLUMN_TENS(); COLUMN_RULE();
    NO_COMPARISON(); NO_SUCH_COMPARISON(name, names); STANDING_PRIMARY(day); STANDING_PRIMARY_UNDATED();
    STANDING_EXPLORATORY(); STANDING_EXPLORATORY_DATED(day); LANDMARK(day, words); REFUSED();
    TITLE_ANSWERS(outcome, compared, comparator); LEAD_ANSWERS(compared, comparator);
    MADE_ALIKE(covariates); ASSOCIATED(outcome, compared, points); ASSOCIATED_REST(comparator, reach);
    ANYTHING_FITS(compared, comparator, outcome, reach);
    MORE_THAN_CHANCE(compared, comparator, outcome, reach);
    ANSWER_PLAINLY(outcome, compared, comparator, figure); NO_ANSWER(); ANSWER_MISSING(why);
    REFUSALS_LEAD(); BOUNDS_LEAD(); NOTES_LEAD(); PURPOSE_UNADJUSTED(); PURPOSE_PRIMARY();
    PURPOSE_SENSITIVITY(); PURPOSE_EXPLORATORY(); PURPOSE_METHOD(purpose, method); IN_POINTS(); IN_RATIO();
    IN_MONTHS(); IN_SCORE(); IN_DEVIATIONS(); IN_OTHER(); NO_ANSWER_DRAWN(); PEOPLE_COUNT(n); TITLE_FLOW(title); LEAD_FLOW();
    FLOW_SOURCE(); NO_FLOW(title); WENT_OUT(why); COLUMN_STEP(); COLUMN_PEOPLE(); TITLE_BALANCE(title);
    LEAD_BALANCE(); BALANCE_SOURCE(compared, comparator); NO_BALANCE(title);
    BALANCE_LABEL(covariate, level); COLUMN_COVARIATE(); COLUMN_BALANCE_BEFORE(); COLUMN_BALANCE_AFTER();
    COLUMN_ANSWER(); COLUMN_METHOD(); COLUMN_MEASURED(); COLUMN_WAY(); RETOLD();
    TITLE_RETOLD(title); LEAD_RETOLD(compared, comparator); NO_TURNOVER(); TITLE_RATES(n); LEAD_RATES();
    TITLE_RATE_STEPS(); LEAD_RATE_STEPS(); TITLE_PEOPLE_FLOW(); RATE_OF(above, below); RATES_ROUNDED();
    RATES_SOURCE(period); COLUMN_RATE(); COLUMN_RATE_PERCENT(); COLUMN_DEFINITION(); COLUMN_ABOVE();
    COLUMN_BELOW(); COLUMN_CHANGE_POINTS(); TITLE_LEAVING(); LEAD_LEAVING(); NO_LEAVING(); LEAVING_MANY(n);
    PROGRAMME_ENDS(n); COLUMN_MONTH(); MONTH_NAMED(n); COLUMN_LEAVING(); TITLE_TIMES(label); NO_TIMES(label);
    COLUMN_STATISTIC(); HALF_LEFT(); MEAN_TIME(n); MEAN_TIME_PLAIN(); COLUMN_TIME(); NO_CONTROL();
    NO_CONTROL_OF(label); TITLE_CONTROL(label); LEAD_CONTROL(kind); LEAD_CONTROL_TARGET(target);
    CONTROL_SOURCE(); COLUMN_MARKED(); COLUMN_MEAN(); COLUMN_LIMIT_LOWER(); COLUMN_LIMIT_UPPER();
    NO_SITES(); NO_SITES_OF(label); LEAD_SITES(one); COLUMN_VERDICT(); TITLE_EXPECTED(one);
    LEAD_EXPECTED(one, whom); COLUMN_LEFT(); COLUMN_EXPECTED_LEFT(); COLUMN_LEFT_LESS(); NOTHING_EXPECTED(); NO_FORWARD(); TITLE_FORWARD();
    NO_FATES(); TITLE_FATES(); FATES_LEAD(); COLUMN_BECAME();
    TITLE_WHEREABOUTS(); WHEREABOUTS_LEAD(); COLUMN_WHERE(); COLUMN_MONTHS_SINCE(); NO_LIMITS();
    NO_ROLLOUT(); TITLE_ROLLOUT(outcome, one); ROLLOUT_LEAD(one); ROLLOUT_FOUND(outcome, one, points);
    ROLLOUT_FOUND_REST(reach); ROLLOUT_OPEN(outcome, one, reach); ROLLOUT_PLAINLY(outcome, figure);
    FORWARD_LEAD(); COUNTED(); COLUMN_QUARTER(); COLUMN_WHAT(); COLUMN_EXPECTED(); COLUMN_RANGE_LOWER();
    COLUMN_RANGE_UPPER(); COLUMN_HOW(); NO_CHANGED(); NO_CHANGED_OF(label);
    TITLE_CHANGED(label, before, after); CHANGED_SOURCE(); CHANGED_BY(by); CAUSE_DATA(); CAUSE_DEFINITION();
    CAUSE_MIX(); CAUSE_RATE(); CAUSE_REMAINDER(); COLUMN_PART(); COLUMN_LEVEL(); COLUMN_LEVEL_PERCENT();
    NOT_A_CHANGE(); POINTS_REACH(from, to);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{ALL, ENGLISH, Language, Terms, filled, markup, pieces};
    use std::collections::BTreeSet;

    fn all() -> impl Iterator<Item = &'static (&'static str, &'static [&'static str])> {
        ALL.iter().chain(super::case::ALL)
    }

    fn english() -> Language {
        toml::from_str(ENGLISH).unwrap()
    }

    fn places(template: &str) -> BTreeSet<&str> {
        let after = template.split('{').skip(1);
        after.filter_map(|s| s.split('}').next()).collect()
    }

    #[test]
    fn the_file_has_every_phrase_with_its_places_and_no_other() {
        let language = english();
        for (name, wanted) in all() {
            let found = language.phrase.get(&name.to_ascii_lowercase());
            assert!(found.is_some(), "no phrase {name}");
            let template = found.unwrap();
            let wanted: BTreeSet<&str> = wanted.iter().copied().collect();
            assert_eq!(places(template), wanted, "{name}");
            assert!(!template.trim().is_empty(), "{name}");
        }
        let known: BTreeSet<String> = all().map(|(n, _)| n.to_ascii_lowercase()).collect();
        for name in language.phrase.keys() {
            assert!(known.contains(name), "nothing prints {name}");
        }
    }

    #[test]
    fn metrics_and_groups_have_the_places_they_need() {
        let language = english();
        for (name, words) in &language.metric {
            let say = places(&words.say);
            let one = say == ["share"].into() || say == ["figure"].into();
            assert!(one, "{name}: {}", words.say);
            for words in [
                &words.card,
                &words.less,
                &words.more,
                &words.fall,
                &words.rise,
            ] {
                assert!(!words.is_empty() && !words.contains('{'), "{name}");
            }
        }
        for (dimension, groups) in &language.group {
            assert!(language.dimension.contains_key(dimension), "{dimension}");
            for (level, words) in groups {
                assert_eq!(level == "*", words.contains("{level}"), "{words}");
            }
        }
    }

    #[test]
    fn every_linked_term_is_explained() {
        let language = english();
        let ids: BTreeSet<&str> = language.term.iter().map(|t| t.id.as_str()).collect();
        assert_eq!(ids.len(), language.term.len());
        for template in language.phrase.values() {
            for piece in pieces(template) {
                if let super::Piece::Term { id, .. } = piece {
                    assert!(ids.contains(id), "{template}");
                }
            }
        }
        assert_eq!(pieces("a [b](#term-interval) c").len(), 3);
    }

    #[test]
    fn what_is_put_in_is_never_a_template() {
        let places = [("a", "{b} [x](#term-interval)"), ("b", "no")];
        assert_eq!(filled("<{a}>", &places), "<{b} [x](#term-interval)>");
        assert_eq!(
            markup("<{a}> [w](#term-base)", &places, Terms::Linked),
            "&lt;{b} [x](#term-interval)&gt; <a class=\"term\" href=\"#term-base\">w</a>"
        );
        assert_eq!(markup("[w](#term-base)", &[], Terms::Plain), "w");
        assert_eq!(filled("mark [[c]](#term-hidden) is", &[]), "mark [c] is");
    }
}
