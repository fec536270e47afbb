//! The words that go with the made study: what is in it, what is true in it
//! and what is spoilt. Numbers come from the constants, never typed again.

use super::truths::{AS_AT, DEFECTS, LIST_FROM, TRUTHS};
use super::{MadeFile, Size};
use std::fmt::Write;

/// README.md of the study.
pub(super) fn write(size: &Size, files: &[MadeFile]) -> String {
    let mut out = String::new();
    introduction(&mut out, size);
    contents(&mut out, files);
    truths(&mut out);
    wave_defects(&mut out);
    other_defects(&mut out);
    out
}

fn introduction(out: &mut String, size: &Size) {
    add(
        out,
        format_args!(
            "# A made study to try staywise on\n\n\
             Everything here is invented: the trust, the sites, the staff, their numbers and \
             addresses and every answer. No row is a person. `staywise synth` made it from a fixed \
             seed and makes the same bytes again; do not edit it by hand.\n\n\
             {} staff of \"Example NHS Trust\": people in post on {LIST_FROM} or since, with those \
             who left, as at {AS_AT}. {} finished survey responses in four quarterly waves. Some \
             people have two posts or rotate and so have several rows.\n",
            thousands(size.staff),
            thousands(size.responses),
        ),
    );
}

fn contents(out: &mut String, files: &[MadeFile]) {
    add(
        out,
        format_args!("\n## Files\n\n| file | what it is |\n| --- | --- |\n"),
    );
    let mut names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    names.sort_unstable();
    for name in names {
        add(out, format_args!("| `{name}` | {} |\n", about(name)));
    }
}

fn about(name: &str) -> &'static str {
    if name.starts_with("~$") {
        "what Excel leaves beside an open workbook; no data"
    } else if name.starts_with("copy of") {
        "the same bytes as the file it is named after"
    } else if name.ends_with("-qualtrics.csv") {
        "a survey wave from Qualtrics: three header rows, the employee number as External Data \
         Reference"
    } else if name.ends_with("-forms.xlsx") {
        "a survey wave from Microsoft Forms: an e-mail address, or `anonymous`"
    } else if name.starts_with("invited-") {
        "who was invited to that wave: everyone in post on the day"
    } else if name == "staff-list.xlsx" {
        "the staff list, a row a post, as ESR reports come: two title rows, a row of totals"
    } else {
        "the preceptorship register, in Windows-1252, dates as dd/mm/yyyy"
    }
}

fn truths(out: &mut String) {
    let rows = [
        (
            "White people with a valid answer who favour staying",
            TRUTHS.stay_white,
        ),
        (
            "people of an ethnic minority with a valid answer who favour staying",
            TRUTHS.stay_ethnic_minority,
        ),
        (
            "starters on the programme still in post 365 days on",
            TRUTHS.retention_12m_programme,
        ),
        (
            "starters not on the programme still in post 365 days on",
            TRUTHS.retention_12m_no_programme,
        ),
        (
            "of those in post after their first year, still in post 365 days on",
            TRUTHS.later_year,
        ),
        (
            "starters since the list begins who are on the programme",
            TRUTHS.on_programme,
        ),
        ("people of an ethnic minority", TRUTHS.ethnic_minority),
        (
            "of those on the programme, educated abroad",
            TRUTHS.internationally_educated,
        ),
    ];
    add(
        out,
        format_args!("\n## What is true\n\nThe shares that people were drawn with:\n\n"),
    );
    add(out, format_args!("| whom | share |\n| --- | ---: |\n"));
    for (whom, share) in rows {
        add(out, format_args!("| {whom} | {share:.2} |\n"));
    }
    add(
        out,
        format_args!(
            "\nPeople are on the programme from their first day or not at all, by chance alone, so \
             that the comparison is fair. Leaving is equally likely on every day of the first year, \
             and on every later day, and does not depend on ethnic group or on what people answer. \
             Who answers does not depend on what they think. The staff list has people's ethnic \
             category in about 91 of 100 cases; the rest are Z (not stated) or 99 (not known). \
             Meadow House is so small that figures about it are hidden.\n"
        ),
    );
}

fn wave_defects(out: &mut String) {
    add(
        out,
        format_args!(
            "\n## What is spoilt\n\nAll of it is a warning; none of it stops a run.\n\n\
             | wave | previews | tests | unfinished | answered twice | not in the staff list | \
             untidy identifiers | unknown labels | other site |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        ),
    );
    for wave in DEFECTS.waves {
        add(
            out,
            format_args!(
                "| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
                wave.wave,
                wave.previews,
                wave.tests,
                wave.unfinished,
                wave.repeats,
                wave.outside,
                wave.untidy,
                wave.unknown_labels,
                wave.other_site,
            ),
        );
    }
    add(
        out,
        format_args!(
            "\n- Previews, tests and unfinished rows are not responses. One unfinished row of each \
             Qualtrics wave is of someone who had answered before; it does not undo that answer.\n\
             - Who answered twice counts once, with the later answer.\n\
             - Untidy identifiers are in other letter case or have spaces around them.\n\
             - Unknown labels are `Agree, I suppose`, under the intention-to-stay question.\n\
             - Other site: the response names a site that the staff list does not have for that \
             person on that day.\n\
             - Anonymous responses (about 10 of 100 in Microsoft Forms, 2 of 100 in Qualtrics) are \
             nobody's; they are no defect.\n\
             - The wave of 2026-Q1 was answered into April: a wave is not a period.\n"
        ),
    );
}

fn other_defects(out: &mut String) {
    let rows = [
        (
            DEFECTS.padded_numbers,
            "staff list: rows whose employee number ends in a space",
        ),
        (
            DEFECTS.bad_births,
            "staff list: dates of birth that are no date",
        ),
        (
            DEFECTS.leave_later,
            "staff list: people with a leaving date after the as-at date, who are still in post",
        ),
        (
            DEFECTS.back_soon,
            "staff list: people who left and were back within 30 days, who never left",
        ),
        (
            DEFECTS.back_late,
            "staff list: people who left and came back later, who started twice",
        ),
        (
            DEFECTS.one_post_ended,
            "staff list: people whose one post ended while another goes on, who never left",
        ),
        (
            DEFECTS.bad_completions,
            "register: completion dates that are no date",
        ),
        (
            DEFECTS.same_question,
            "survey of 2025-Q4: a question whose words another question has too",
        ),
        (DEFECTS.lock_files, "files that are no data"),
        (DEFECTS.copies, "files that are a copy of another"),
    ];
    add(out, format_args!("\n| count | what |\n| ---: | --- |\n"));
    for (count, what) in rows {
        add(out, format_args!("| {count} | {what} |\n"));
    }
}

fn thousands(number: u32) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", number / 1_000, number % 1_000)
}

fn add(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(words);
}
