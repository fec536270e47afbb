//! The sample in sample-data/ is what the generator makes, its planted truths
//! lie inside their intervals, and its planted defects are there, each counted
//! from the files.

use crate::independent::{
    Figure, RULES, Study, favours,
    files::{self, Sort, SurveyRow},
    key, plain,
};
use staywise::synth::{AS_AT, DEFECTS, LIST_FROM, SEED, Size, TRUTHS, make};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

fn study() -> Study {
    Study::new(files::read(&folder()), &RULES)
}

#[test]
fn the_sample_is_what_the_generator_makes() {
    let made = make(&Size::default(), SEED).unwrap();
    let made: BTreeMap<String, Vec<u8>> = made.into_iter().map(|f| (f.path, f.bytes)).collect();
    let mut there = BTreeMap::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        // .gitattributes belongs to the repository, not to the study.
        if !name.starts_with('.') {
            there.insert(name, fs::read(&path).unwrap());
        }
    }
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&there), names(&made));
    for (name, bytes) in &made {
        // Not assert_eq: a difference would print a whole workbook.
        assert!(there[name] == *bytes, "{name} differs from what is made");
    }
}

/// Writes the sample anew, after a change to the generator.
#[test]
#[ignore = "writes sample-data/"]
fn write_the_sample() {
    for file in make(&Size::default(), SEED).unwrap() {
        fs::write(folder().join(file.path), file.bytes).unwrap();
    }
}

#[test]
fn the_rules_are_those_of_the_sample() {
    assert_eq!(i64::from(AS_AT.0), RULES.as_at);
    assert_eq!(i64::from(LIST_FROM.0), RULES.leavers_from);
}

#[test]
fn planted_truths_lie_inside_their_intervals() {
    let figures = study().figures();
    let inside = |metric: &str, period: &str, dimension: &str, level: &str, truth: f64| {
        let figure: Figure = figures[&key(metric, period, dimension, level)];
        let (lower, upper) = (figure.lower.unwrap(), figure.upper.unwrap());
        assert!(
            lower < truth && truth < upper,
            "{level} {truth}: {figure:?}"
        );
        figure
    };
    let stay =
        |period, level, truth| inside("intention_to_stay", period, "ethnic_minority", level, truth);
    stay("2026-Q2", "White", TRUTHS.stay_white);
    stay("2026-Q2", "Ethnic minority", TRUTHS.stay_ethnic_minority);
    let white = stay("all", "White", TRUTHS.stay_white);
    let minority = stay("all", "Ethnic minority", TRUTHS.stay_ethnic_minority);
    let stayed = |level, truth| inside("retention_12m", "all", "programme", level, truth);
    let on = stayed("On programme", TRUTHS.retention_12m_programme);
    let off = stayed("Not on programme", TRUTHS.retention_12m_no_programme);
    // Leaving does not depend on ethnic group.
    let everyone = TRUTHS.on_programme * TRUTHS.retention_12m_programme
        + (1.0 - TRUTHS.on_programme) * TRUTHS.retention_12m_no_programme;
    for level in ["White", "Ethnic minority"] {
        inside("retention_12m", "all", "ethnic_minority", level, everyone);
    }
    assert!(apart(white, minority) && apart(on, off));
}

/// Whether the first share is larger by more than twice the standard error of
/// the difference: a gap of this size is there to be found.
fn apart(larger: Figure, smaller: Figure) -> bool {
    let variance = |f: Figure| f.estimate * (1.0 - f.estimate) / f.denominator.unwrap();
    let error = (variance(larger) + variance(smaller)).sqrt();
    larger.estimate - smaller.estimate > 2.0 * error
}

/// Leavers after the first year against what the truth expects, in standard
/// errors of a Poisson count.
#[test]
fn people_leave_after_their_first_year_as_often_as_said() {
    let study = study();
    let (mut leavers, mut days) = (0_u32, 0_i64);
    for spell in &study.spells {
        let from = (spell.start + 365).max(RULES.leavers_from);
        let until = spell.leave.unwrap_or(RULES.as_at + 1);
        if until > from {
            days += until - from;
            leavers += u32::from(spell.leave.is_some());
        }
    }
    let daily = 1.0 - TRUTHS.later_year.powf(1.0 / 365.0);
    let expected = daily * days as f64;
    let errors = (f64::from(leavers) - expected) / expected.sqrt();
    assert!(errors.abs() < 2.0, "{leavers} against {expected}");
}

#[test]
fn planted_defects_of_each_wave_are_there() {
    let study = study();
    let responses = study.responses();
    for defects in DEFECTS.waves {
        let rows = study.files.survey.iter().filter(|r| r.wave == defects.wave);
        let rows: Vec<&SurveyRow> = rows.collect();
        let kept: Vec<&&SurveyRow> = responses
            .iter()
            .filter(|r| r.wave == defects.wave)
            .collect();
        let sort = |sort| rows.iter().filter(|row| row.sort == sort).count();
        assert_eq!(sort(Sort::Preview), defects.previews, "{}", defects.wave);
        assert_eq!(sort(Sort::Test), defects.tests, "{}", defects.wave);
        assert_eq!(sort(Sort::Unfinished), defects.unfinished);
        assert_eq!(sort(Sort::Finished) - kept.len(), defects.repeats);
        assert_eq!(kept.len(), 450, "{}", defects.wave);
        let outside = |row: &&&&SurveyRow| !row.id.is_empty() && study.person(&row.id).is_none();
        assert_eq!(kept.iter().filter(outside).count(), defects.outside);
        let untidy = rows.iter().filter(|row| row.id != tidy(&row.id)).count();
        assert_eq!(untidy, defects.untidy, "{}", defects.wave);
        let unknown = kept.iter().filter(|row| {
            let known = ["", "Don't know"].contains(&row.stay.as_str());
            favours(&row.stay).is_none() && !known
        });
        assert_eq!(unknown.count(), defects.unknown_labels);
        let other = |row: &&&&SurveyRow| study.listed_site(row).is_some_and(|s| s != row.site);
        assert_eq!(kept.iter().filter(other).count(), defects.other_site);
    }
}

/// An identifier as the staff list has it.
fn tidy(id: &str) -> String {
    match plain(id) {
        address if address.contains('@') => address,
        number => number.to_uppercase(),
    }
}

#[test]
fn planted_defects_of_the_staff_list_are_there() {
    let study = study();
    let staff = &study.files.staff;
    let padded = staff.iter().filter(|row| row.number.ends_with(' ')).count();
    assert_eq!(padded, DEFECTS.padded_numbers);
    let bad = staff.iter().filter(|row| !row.birth_is_date).count();
    assert_eq!(bad, DEFECTS.bad_births);
    let mut people: HashMap<String, Vec<&files::StaffRow>> = HashMap::new();
    for row in staff {
        people.entry(plain(&row.number)).or_default().push(row);
    }
    assert_eq!(people.len(), 1_200);
    let later = |rows: &&Vec<&files::StaffRow>| {
        rows.iter()
            .any(|row| row.ended.is_some_and(|e| e > RULES.as_at))
    };
    assert_eq!(people.values().filter(later).count(), DEFECTS.leave_later);
    let hired = |rows: &Vec<&files::StaffRow>| {
        let days: BTreeSet<files::Day> = rows.iter().map(|row| row.hired).collect();
        days.len()
    };
    let back = people.values().filter(|rows| hired(rows) > 1).count();
    assert_eq!(back, DEFECTS.back_soon + DEFECTS.back_late);
    let twice = study.spells.len() - people.len();
    assert_eq!(twice, DEFECTS.back_late);
    let one_ended = |rows: &&Vec<&files::StaffRow>| match rows.as_slice() {
        [first, second] => first.until.is_some_and(|u| u > second.begun) && first.ended.is_none(),
        _ => false,
    };
    assert_eq!(
        people.values().filter(one_ended).count(),
        DEFECTS.one_post_ended
    );
    assert!(
        staff
            .iter()
            .any(|row| row.ended == Some(RULES.leavers_from))
    );
}

#[test]
fn the_register_is_windows_1252_and_agrees_with_the_staff_list() {
    let bytes = fs::read(folder().join("preceptorship-register.csv")).unwrap();
    assert!(std::str::from_utf8(&bytes).is_err());
    assert!(bytes.contains(&0xa3) && bytes.contains(&0x96));
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    assert_eq!(text.matches("31/11/2025").count(), DEFECTS.bad_completions);
    let registered: BTreeSet<String> = text
        .lines()
        .skip(1)
        .map(|line| plain(line.split(',').next().unwrap()))
        .collect();
    let staff = study().files.staff;
    let on = staff.iter().filter(|row| row.programme == "Yes");
    assert_eq!(
        on.map(|row| plain(&row.number)).collect::<BTreeSet<_>>(),
        registered
    );
}
