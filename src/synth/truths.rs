//! What is true in the made study, to be found again: the shares people were
//! drawn with, and what was spoilt on purpose, counted.

use staywise_core::domain::Day;

/// The shares that people and answers were drawn with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truths {
    /// Share of White people with a valid answer who favour staying.
    pub stay_white: f64,
    /// Share of people of an ethnic minority with a valid answer who favour
    /// staying.
    pub stay_ethnic_minority: f64,
    /// Share of starters on the programme from their first day who are still
    /// in post 365 days on.
    pub retention_12m_programme: f64,
    /// The same share for starters who are not on the programme.
    pub retention_12m_no_programme: f64,
    /// Share of those in post after their first year who are still in post 365
    /// days on, whoever they are.
    pub later_year: f64,
    /// Share of starters since `LIST_FROM` who are on the programme.
    pub on_programme: f64,
    /// Share of people of an ethnic minority.
    pub ethnic_minority: f64,
    /// Share of those on the programme who were educated abroad.
    pub internationally_educated: f64,
}

/// The planted truths.
pub const TRUTHS: Truths = Truths {
    stay_white: 0.72,
    stay_ethnic_minority: 0.58,
    retention_12m_programme: 0.88,
    retention_12m_no_programme: 0.76,
    later_year: 0.90,
    on_programme: 0.55,
    ethnic_minority: 0.32,
    internationally_educated: 0.30,
};

/// What was spoilt on purpose in one wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaveDefects {
    /// The wave.
    pub wave: &'static str,
    /// Rows made while previewing the survey.
    pub previews: usize,
    /// Rows made by the tool's own test.
    pub tests: usize,
    /// Rows that were begun and not finished.
    pub unfinished: usize,
    /// People with two finished responses; the later counts.
    pub repeats: usize,
    /// Responses with an identifier that the staff list does not have.
    pub outside: usize,
    /// Responses whose identifier is in lower or upper case or has spaces
    /// around it, unlike in the staff list.
    pub untidy: usize,
    /// Answers to the intention-to-stay question that are on no scale.
    pub unknown_labels: usize,
    /// Responses that name another site than the staff list does.
    pub other_site: usize,
}

/// What was spoilt on purpose; all of it is a warning, none an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defects {
    /// By wave, in order of time.
    pub waves: [WaveDefects; 4],
    /// Staff list: rows whose employee number ends in a space.
    pub padded_numbers: usize,
    /// Staff list: dates of birth that are no date.
    pub bad_births: usize,
    /// Staff list: people with a leaving date after the as-at date.
    pub leave_later: usize,
    /// Staff list: people who left and were back within 30 days.
    pub back_soon: usize,
    /// Staff list: people who left and came back after more than 30 days.
    pub back_late: usize,
    /// Staff list: people with two posts of which the first has ended.
    pub one_post_ended: usize,
    /// Register: completion dates that are no date.
    pub bad_completions: usize,
    /// Files that are no data: the lock file of an open workbook.
    pub lock_files: usize,
    /// Files that are a copy of another.
    pub copies: usize,
    /// Questions of the second wave whose text another question has too.
    pub same_question: usize,
}

/// The planted defects, as counted in the sample.
pub const DEFECTS: Defects = Defects {
    waves: [
        WaveDefects {
            wave: "2025-Q3",
            previews: 0,
            tests: 0,
            unfinished: 0,
            repeats: 3,
            outside: 4,
            untidy: 12,
            unknown_labels: 2,
            other_site: 3,
        },
        WaveDefects {
            wave: "2025-Q4",
            previews: 2,
            tests: 1,
            unfinished: 14,
            repeats: 2,
            outside: 3,
            untidy: 10,
            unknown_labels: 1,
            other_site: 2,
        },
        WaveDefects {
            wave: "2026-Q1",
            previews: 0,
            tests: 0,
            unfinished: 0,
            repeats: 4,
            outside: 5,
            untidy: 14,
            unknown_labels: 3,
            other_site: 4,
        },
        WaveDefects {
            wave: "2026-Q2",
            previews: 3,
            tests: 2,
            unfinished: 17,
            repeats: 5,
            outside: 6,
            untidy: 11,
            unknown_labels: 2,
            other_site: 3,
        },
    ],
    padded_numbers: 6,
    bad_births: 5,
    leave_later: 4,
    back_soon: 6,
    back_late: 6,
    one_post_ended: 8,
    bad_completions: 3,
    lock_files: 1,
    copies: 1,
    same_question: 1,
};

/// The first day since which the staff list has leavers: 1 July 2023.
pub const LIST_FROM: Day = Day(19_539);
/// The day the staff list was drawn: 30 June 2026.
pub const AS_AT: Day = Day(20_634);

#[cfg(test)]
mod tests {
    use super::{AS_AT, LIST_FROM};

    #[test]
    fn the_days_are_the_dates_they_say() {
        assert_eq!(LIST_FROM.iso(), "2023-07-01");
        assert_eq!(AS_AT.iso(), "2026-06-30");
    }
}
