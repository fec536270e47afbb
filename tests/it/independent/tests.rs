//! The counting rules on a handful of rows, counted by hand.

use super::files::{Day, Files, Invited, Sort, StaffRow, SurveyRow};
use super::{Figures, RULES, Study, key};

/// 1 January 2026 and the days of it.
const JANUARY: Day = 20_454;

fn post(number: &str, site: &str, hired: Day, begun: Day, ended: Option<Day>) -> StaffRow {
    StaffRow {
        number: number.to_owned(),
        email: format!("{}@example.nhs.test", number.trim().to_lowercase()),
        hired,
        begun,
        until: ended,
        ended,
        transferred: false,
        fte: 1.0,
        site: site.to_owned(),
        ethnic: if number.starts_with("E1") { "CA" } else { "N" }.to_owned(),
        programme: "No".to_owned(),
        birth_is_date: true,
    }
}

fn answer(wave: &str, id: &str, day: Day, stay: &str) -> SurveyRow {
    SurveyRow {
        wave: wave.to_owned(),
        id: id.to_owned(),
        sort: Sort::Finished,
        day,
        second: 0,
        stay: stay.to_owned(),
        site: "South".to_owned(),
        ethnic: "Prefer not to say".to_owned(),
    }
}

fn figures(staff: Vec<StaffRow>, survey: Vec<SurveyRow>, invited: Vec<Invited>) -> Figures {
    let files = Files {
        staff,
        survey,
        invited,
    };
    Study::new(files, &RULES).figures()
}

/// Numerator and denominator, in the first quarter of 2026.
fn parts(figures: &Figures, metric: &str, dimension: &str, level: &str) -> Option<(f64, f64)> {
    let figure = figures.get(&key(metric, "2026-Q1", dimension, level))?;
    Some((figure.numerator?, figure.denominator?))
}

fn estimate(figures: &Figures, metric: &str, dimension: &str, level: &str) -> Option<f64> {
    let figure = figures.get(&key(metric, "2026-Q1", dimension, level))?;
    Some(figure.estimate)
}

#[test]
fn people_stay_through_posts_and_short_gaps() {
    let year_ago = JANUARY - 365;
    let staff = vec![
        // Two posts, one of which ended: never left; counts where the post of
        // more hours is while both go on.
        post("E11", "North", year_ago, year_ago, Some(JANUARY + 5)),
        StaffRow {
            fte: 0.4,
            ..post("E11 ", "South", year_ago, year_ago + 40, None)
        },
        // Out for 30 days: never left.
        post("E21", "North", year_ago, year_ago, Some(year_ago + 100)),
        post("E21", "North", year_ago + 130, year_ago + 130, None),
        // Out for 31 days: two spells, of which the first did not last.
        post("E22", "North", year_ago, year_ago, Some(year_ago + 100)),
        post("E22", "North", year_ago + 131, year_ago + 131, None),
        // Left on day 365: not in post at its close.
        post("E23", "North", year_ago, year_ago, Some(JANUARY)),
        // Left on day 366: in post at the close of day 365.
        post("E24", "North", year_ago, year_ago, Some(JANUARY + 1)),
        // Leaves after the as-at date: still in post.
        post("E25", "South", JANUARY, JANUARY, Some(RULES.as_at + 1)),
        // Transferred within the year: no leaver, and not in the share.
        StaffRow {
            transferred: true,
            ..post("E27", "North", year_ago, year_ago, Some(JANUARY - 10))
        },
        // Started before the list had leavers: not followed from the start.
        post("E26", "South", RULES.leavers_from - 1, year_ago, None),
    ];
    let found = figures(staff, vec![], vec![]);
    let retained = |dimension, level| parts(&found, "retention_12m", dimension, level);
    assert_eq!(retained("", ""), Some((3.0, 5.0)));
    assert_eq!(retained("site", "South"), None);
    assert_eq!(retained("site", "North"), Some((3.0, 5.0)));
    assert_eq!(retained("ethnic_minority", "White"), Some((1.0, 1.0)));
    assert_eq!(
        retained("ethnic_minority", "Ethnic minority"),
        Some((2.0, 4.0))
    );
    assert_eq!(estimate(&found, "starters", "", ""), Some(1.0));
    assert_eq!(estimate(&found, "leavers", "", ""), Some(2.0));
    assert_eq!(estimate(&found, "headcount", "", ""), Some(5.0));
    assert_eq!(estimate(&found, "headcount", "site", "South"), Some(3.0));
    // Six at the close of 31 December, five at the end of March.
    assert_eq!(parts(&found, "leaver_rate", "", ""), Some((2.0, 5.5)));
}

#[test]
fn people_count_once_and_the_anonymous_each_time() {
    let staff = vec![post("E11", "North", JANUARY - 400, JANUARY - 400, None)];
    let survey = vec![
        // The last answer of a wave, and of the quarter, whoever writes how.
        answer("a", "E11", JANUARY + 1, "Agree"),
        answer("a", " e11 ", JANUARY + 2, "Disagree"),
        answer("b", "e11@example.nhs.test", JANUARY + 80, "Strongly agree"),
        // A later answer that is not valid does not undo a valid one.
        answer("c", "E11", JANUARY + 85, "Don't know"),
        answer("a", "", JANUARY + 1, "Agree"),
        answer("a", "", JANUARY + 1, "Disagree"),
        answer("a", "E99", JANUARY + 1, "Disagree"),
        SurveyRow {
            sort: Sort::Unfinished,
            ..answer("b", "E11", JANUARY + 89, "Disagree")
        },
        // The quarter before.
        answer("z", "E11", JANUARY - 1, "Disagree"),
    ];
    let invitation = |wave: &str| Invited {
        wave: wave.to_owned(),
        id: "E11".to_owned(),
        day: JANUARY,
    };
    // Wave a has anonymous answers, so that nobody can say who answered it.
    let invited = vec![invitation("a"), invitation("b"), invitation("d")];
    let found = figures(staff, survey, invited);
    let stay = |dimension, level| parts(&found, "intention_to_stay", dimension, level);
    assert_eq!(stay("", ""), Some((2.0, 4.0)));
    assert_eq!(stay("site", "North"), Some((1.0, 1.0)));
    assert_eq!(stay("site", "South"), Some((1.0, 3.0)));
    assert_eq!(stay("ethnic_minority", "White"), Some((1.0, 1.0)));
    assert_eq!(stay("ethnic_minority", "Not stated"), Some((1.0, 3.0)));
    assert_eq!(parts(&found, "response_rate", "", ""), Some((1.0, 2.0)));
}
