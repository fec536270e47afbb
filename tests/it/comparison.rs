//! Declared comparisons through the program: answered where they may be,
//! refused where time or numbers do not allow it.

use crate::harness::Study;
use crate::turnover::rows;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Draws that are the same everywhere (Steele, Lea and Flood 2014).
struct Draws(u64);

impl Draws {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn day(days: i64) -> String {
    let date =
        chrono::NaiveDate::from_ymd_opt(2023, 1, 2).expect("a date") + chrono::Duration::days(days);
    date.format("%d/%m/%Y").to_string()
}

/// How enrolment falls.
#[derive(Clone, Copy, PartialEq)]
enum Enrolled {
    AtTheStart,
    Later,
}

/// 900 starters of whom Band 5 are more often on the programme and leave more
/// often, whether or not they are on it; the programme takes 15 points off.
fn files(enrolled: Enrolled) -> (String, String) {
    let mut list = String::from(
        "Employee Number,Site,Pay Grade,Latest Start Date,Termination Date,Leaving Reason\n",
    );
    let mut register = String::from("Employee Number,Preceptorship Start Date,Completed On\n");
    let mut draws = Draws(20);
    for person in 0..900_i64 {
        let band = if draws.share() < 0.5 {
            "Band 5"
        } else {
            "Band 6"
        };
        let site = ["North", "South", "East"][usize::try_from(person % 3).expect("small")];
        let on = draws.share() < if band == "Band 5" { 0.65 } else { 0.35 };
        let leaves = if band == "Band 5" { 0.45 } else { 0.25 } - if on { 0.15 } else { 0.0 };
        let start = (draws.share() * 800.0) as i64;
        let when = 1 + (draws.share() * 360.0) as i64;
        let left = if draws.share() < leaves {
            day(start + when)
        } else {
            String::new()
        };
        let reason = if left.is_empty() {
            ""
        } else {
            "Voluntary Resignation - Relocation"
        };
        let begun = day(start);
        writeln!(list, "S{person:04},{site},{band},{begun},{left},{reason}").expect("a string");
        let late = 1 + (draws.share() * 80.0) as i64;
        let gone_by = !left.is_empty() && when <= late;
        if on && enrolled == Enrolled::AtTheStart {
            writeln!(register, "S{person:04},{begun},{}", day(start + 365)).expect("a string");
        } else if on && !gone_by {
            writeln!(register, "S{person:04},{},", day(start + late)).expect("a string");
        }
    }
    (list, register)
}

fn study(enrolled: Enrolled, declared: &str) -> Study {
    study_reporting(enrolled, declared, "")
}

/// The same with a line under `[report]`.
fn study_reporting(enrolled: Enrolled, declared: &str, reported: &str) -> Study {
    let (list, register) = files(enrolled);
    let study = Study::with(&[
        ("staff-list.csv", list.as_bytes()),
        ("preceptorship-register.csv", register.as_bytes()),
    ]);
    let said = study.run(&["init", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let toml: Vec<String> = study
        .read("staywise.toml")
        .lines()
        .filter(|line| !line.trim_start().starts_with("as_at"))
        .filter(|line| reported.is_empty() || !line.starts_with("pairs"))
        .map(str::to_owned)
        .collect();
    let toml = toml
        .join("\n")
        .replacen("[study]", "[study]\nas_at = 2026-06-30", 1)
        .replacen("[report]", &format!("[report]\n{reported}"), 1);
    study.write("staywise.toml", format!("{toml}\n{declared}\n").as_bytes());
    let said = study.run(&["report", "--period", "2026-Q2"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    study
}

const DECLARED: &str = r#"
[[comparison]]
name = "programme"
dimension = "programme"
compare = "On programme"
against = "Not on programme"
covariates = ["band", "site"]
declared_on = 2023-01-01
primary = true
"#;

type Row = BTreeMap<String, String>;

fn answers(study: &Study) -> Vec<Row> {
    let mut found = rows(study, "2026-Q2");
    found.retain(|row| !row["adjusted_for"].is_empty());
    found
}

fn number(row: &Row, column: &str) -> f64 {
    row[column]
        .parse()
        .unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

#[test]
fn a_declared_comparison_is_answered_with_its_checks() {
    let study = study(Enrolled::AtTheStart, DECLARED);
    let answers = answers(&study);
    let by = |words: &str| {
        let found = answers
            .iter()
            .find(|r| r["adjusted_for"].starts_with(words));
        found.unwrap_or_else(|| panic!("no {words} in {answers:#?}"))
    };
    for words in ["overlap weights", "standardisation", "regression"] {
        let row = by(words);
        assert_eq!(
            (row["status"].as_str(), row["level"].as_str()),
            ("shown", "On programme")
        );
        assert_eq!(row["comparator_level"], "Not on programme");
        let (low, high) = (number(row, "lower"), number(row, "upper"));
        assert!(
            low < 0.15 && 0.15 < high && low > 0.0,
            "{words}: {low} to {high}"
        );
    }
    // Unadjusted, the programme looks worse than it is: Band 5 leaves more.
    let plain = by("nothing");
    assert!(number(plain, "estimate") < number(by("overlap"), "estimate"));
    let hazard = by("cox");
    assert_eq!(hazard["statistic"], "ratio");
    assert!(number(hazard, "upper") < 1.0, "{hazard:?}");
    let claims: std::collections::BTreeSet<&String> = answers.iter().map(|r| &r["claim"]).collect();
    assert_eq!(claims.len(), answers.len());
}

/// Of those on the programme and of the others, how many there are and how
/// many of them left: all of them within a year.
fn left_by_group() -> [(f64, f64); 2] {
    let (list, register) = files(Enrolled::AtTheStart);
    let on: std::collections::BTreeSet<&str> = register
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().expect("a number"))
        .collect();
    let mut found = [(0.0, 0.0); 2];
    for line in list.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let group = &mut found[usize::from(!on.contains(cells[0]))];
        group.0 += 1.0;
        group.1 += f64::from(u8::from(!cells[4].is_empty()));
    }
    found
}

/// Those of Band 5 who are counted: each group's people and leavers.
fn band_five() -> [(f64, f64); 2] {
    let (list, register) = files(Enrolled::AtTheStart);
    let mut found = [(0.0, 0.0); 2];
    for line in list.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[2] != "Band 5" {
            continue;
        }
        let group = &mut found[usize::from(!register.contains(cells[0]))];
        group.0 += 1.0;
        group.1 += f64::from(u8::from(!cells[4].is_empty()));
    }
    found
}

#[test]
fn a_comparison_of_some_leaves_the_others_out_and_counts_them() {
    let asked = DECLARED.replace(
        "covariates = [\"band\", \"site\"]",
        "among.band = [\"Band 5\"]\ncovariates = [\"site\"]",
    );
    let study = study(Enrolled::AtTheStart, &asked);
    let found = answers(&study);
    let plain = found
        .iter()
        .find(|r| r["adjusted_for"].starts_with("score: nothing"));
    let [(m, a), (n, b)] = band_five();
    let expected = ((m - a) / m - (n - b) / n) * 100.0;
    let told = number(plain.expect("an unadjusted answer"), "estimate") * 100.0;
    assert_eq!(told.round(), expected.round());
    let words = |r: &Row| r["adjusted_for"].ends_with("; among band: Band 5");
    assert!(found.iter().any(words), "{found:#?}");
    let page = study.read("out/2026-Q2/cohorts.html");
    for words in [
        "against not on programme (band: Band 5)",
        "Not among band: Band 5",
    ] {
        assert!(page.contains(words), "{words} is not on the page");
    }
    let wrong = self::study(
        Enrolled::AtTheStart,
        &asked.replace("among.band = [\"Band 5\"]", "among.band = [\"Band five\"]"),
    );
    let page = wrong.read("out/2026-Q2/cohorts.html");
    let words = "has no level &quot;Band five&quot;";
    assert!(page.contains(words) || page.contains("has no level \"Band five\""));
}

#[test]
fn who_may_have_been_on_the_programme_is_in_neither_group() {
    let (list, register) = files(Enrolled::AtTheStart);
    // The register names everyone of Band 5 who was not on it, without a date.
    let mut unknown = register.clone();
    let mut refused = register.replacen("Completed On", "Completed On,Status", 1);
    for line in list.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[2] == "Band 5" && !register.contains(cells[0]) {
            writeln!(unknown, "{},,", cells[0]).expect("a string");
            writeln!(refused, "{},,,Not enrolled", cells[0]).expect("a string");
        }
    }
    let base = |register: &str| {
        let study = study(Enrolled::AtTheStart, DECLARED);
        study.write("preceptorship-register.csv", register.as_bytes());
        let said = study.run(&["report", "--period", "2026-Q2"]);
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
        let found = answers(&study);
        let score = found
            .iter()
            .find(|r| r["adjusted_for"].starts_with("score: nothing"));
        number(score.expect("an unadjusted answer"), "estimate")
    };
    let [(m, a), (n, b)] = left_by_group();
    let everyone = (m - a) / m - (n - b) / n;
    let [(_, _), (out, gone)] = band_five();
    let without = (m - a) / m - (n - out - (b - gone)) / (n - out);
    assert!((everyone - without).abs() > 0.02);
    assert!((base(&unknown) - without).abs() < 0.0051);
    assert!((base(&refused) - everyone).abs() < 0.0051);
}

/// To two significant digits, as ratios leave.
fn two_digits(value: f64) -> f64 {
    format!("{value:.1e}").parse().expect("a number")
}

#[test]
fn the_difference_is_told_in_other_ways_beside_its_answer() {
    let second = DECLARED
        .replace("name = \"programme\"", "name = \"band\"")
        .replace("\"programme\"", "\"band\"")
        .replace("On programme", "Band 5")
        .replace("Not on programme", "Band 6")
        .replace("covariates = [\"band\", \"site\"]\n", "")
        .replace("primary = true", "");
    let study = study(Enrolled::AtTheStart, &format!("{DECLARED}{second}"));
    let answers = answers(&study);
    let by = |words: &str| {
        let found = answers.iter().find(|r| r["adjusted_for"] == words);
        found.unwrap_or_else(|| panic!("no {words} in {answers:#?}"))
    };
    let [(m, a), (n, b)] = left_by_group();
    for (words, expected) in [
        (
            "relative likelihood of missing: nothing, programme",
            (a / m) / (b / n),
        ),
        (
            "relative likelihood: nothing, programme",
            ((m - a) / m) / ((n - b) / n),
        ),
        (
            "odds of missing: nothing, programme",
            (a * (n - b)) / ((m - a) * b),
        ),
    ] {
        let row = by(words);
        assert_eq!(row["statistic"], "ratio", "{words}");
        assert_eq!(number(row, "estimate"), two_digits(expected), "{words}");
        let (low, high) = (number(row, "lower"), number(row, "upper"));
        assert!(low <= number(row, "estimate") && number(row, "estimate") <= high);
    }
    let score = by("score: nothing, programme");
    let expected = ((m - a) / m - (n - b) / n) * 100.0;
    assert_eq!(number(score, "estimate") * 100.0, expected.round());
    let page = study.read("out/2026-Q2/cohorts.html");
    for words in [
        "The same difference, told in other ways",
        "Relative likelihood of leaving",
        "Odds ratio, Woolf&#39;s limits, of leaving",
        "Chi-square test of the two shares: p ",
        "as one of 2 comparisons of this study (Holm)",
        "V, from 0 for none to 1)",
    ] {
        let plain = words.replace("&#39;", "'");
        assert!(
            page.contains(words) || page.contains(&plain),
            "{words} is not on the page"
        );
    }
}

#[test]
fn who_enrolled_late_is_not_compared_from_the_start() {
    let refused = study(Enrolled::Later, DECLARED);
    assert!(answers(&refused).is_empty());
    let tables = rows(&refused, "2026-Q2");
    let of_programme =
        |r: &&Row| r["dimension"] == "programme" && r["metric"].starts_with("retention");
    assert_eq!(tables.iter().filter(of_programme).count(), 0);
    let findings = refused.read("out/2026-Q2/private/findings.csv");
    assert!(findings.contains("immortal-time"), "{findings}");
    let landmark = study(Enrolled::Later, &format!("{DECLARED}landmark_day = 90\n"));
    let answers = answers(&landmark);
    assert!(
        answers
            .iter()
            .any(|r| r["adjusted_for"].starts_with("overlap") && r["status"] == "shown"),
        "{answers:#?}"
    );
    let varying = answers
        .iter()
        .find(|r| r["adjusted_for"] == "time-varying exposure: nothing, programme")
        .unwrap_or_else(|| panic!("{answers:#?}"));
    assert_eq!((&*varying["statistic"], &*varying["n"]), ("ratio", ""));
    let expected = by_exposure();
    assert!(
        (number(varying, "estimate") - expected).abs() < 0.02,
        "{expected}: {varying:?}"
    );
    let page = landmark.read("out/2026-Q2/cohorts.html");
    assert!(page.contains("on the programme only from the day of enrolling"));
}

/// The hazard ratio of leaving with the programme only from enrolment on, by
/// Newton's steps on Cox's partial likelihood written out day by day (ties by
/// Breslow).
fn by_exposure() -> f64 {
    let (list, register) = files(Enrolled::Later);
    let date = |text: &str| chrono::NaiveDate::parse_from_str(text, "%d/%m/%Y").expect("a date");
    let enrolled: BTreeMap<&str, &str> = register
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split(',');
            let who = cells.next().expect("a number");
            (who, cells.next().expect("a day"))
        })
        .collect();
    // Day of leaving, where they left, and of enrolling, where they did.
    let people: Vec<(Option<i64>, Option<i64>)> = list
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let since = |text: &str| (date(text) - date(cells[3])).num_days();
            let left = Some(cells[4]).filter(|text| !text.is_empty());
            (
                left.map(since),
                enrolled.get(cells[0]).map(|day| since(day)),
            )
        })
        .collect();
    let mut beta: f64 = 0.0;
    for _ in 0..30 {
        let (mut slope, mut curve) = (0.0, 0.0);
        for (left, own) in &people {
            let Some(day) = left else { continue };
            let with = |enrolled: &Option<i64>| enrolled.is_some_and(|e| e < *day);
            let (mut all, mut on) = (0.0, 0.0);
            for (gone, enrolled) in &people {
                if gone.is_none_or(|gone| gone >= *day) {
                    let weight = if with(enrolled) { beta.exp() } else { 1.0 };
                    all += weight;
                    on += if with(enrolled) { weight } else { 0.0 };
                }
            }
            let mean = on / all;
            slope += f64::from(u8::from(with(own))) - mean;
            curve += mean * (1.0 - mean);
        }
        beta += slope / curve;
    }
    beta.exp()
}

/// The plain text of a page's table under a title, a line of cells each.
fn table(page: &str, title: &str) -> Vec<Vec<String>> {
    let from = page.find(title).unwrap_or_else(|| panic!("no {title}"));
    let table = &page[from..];
    let table = &table[..table.find("</table>").expect("its end")];
    table
        .split("<tr")
        .skip(2)
        .map(|row| {
            row.split("</t")
                .filter_map(|cell| {
                    cell.rsplit_once('>')
                        .map(|(_, text)| text.trim().to_owned())
                })
                .filter(|text| !text.is_empty())
                .collect()
        })
        .collect()
}

#[test]
fn sites_are_told_who_left_less_who_was_expected_to() {
    let (list, _) = files(Enrolled::AtTheStart);
    let people: Vec<Vec<&str>> = list
        .lines()
        .skip(1)
        .map(|l| l.split(',').collect())
        .collect();
    let left = |wanted: &dyn Fn(&[&str]) -> bool| {
        let all: Vec<_> = people.iter().filter(|p| wanted(p)).collect();
        let gone = all.iter().filter(|p| !p[4].is_empty()).count();
        (gone as f64, all.len() as f64)
    };
    let (gone, all) = left(&|_| true);
    let by_band = |site: &str| -> f64 {
        let of = |band: &str| {
            let (gone, all) = left(&|p| p[2] == band);
            let (_, here) = left(&|p| p[1] == site && p[2] == band);
            here * gone / all
        };
        of("Band 5") + of("Band 6")
    };
    let pairs = "pairs = [[\"site\", \"band\"]]";
    for (more, whom) in [("", "everyone"), (pairs, "everyone of the same band")] {
        let study = study_reporting(Enrolled::AtTheStart, DECLARED, more);
        let page = study.read("out/2026-Q2/cohorts.html");
        assert!(page.contains(&format!("had left as {whom} did")), "{whom}");
        let lines = table(&page, "Who left within a year, beside who was expected to");
        for site in ["North", "South", "East"] {
            let (own, here) = left(&|p| p[1] == site);
            let expected = if more.is_empty() {
                here * gone / all
            } else {
                by_band(site)
            };
            let line = lines.iter().find(|l| l[0] == site);
            let line = line.unwrap_or_else(|| panic!("no {site} in {lines:#?}"));
            // Shares, in whole per cents and points: no count of people.
            let [seen, due, less] = [own, expected, own - expected].map(|n| 100.0 * n / here);
            for (cell, exact) in line[1..4].iter().zip([seen, due, less]) {
                let told: f64 = cell.trim_end_matches('%').parse().expect("a number");
                assert!((told - exact).abs() <= 0.5 + 1e-9, "{exact}: {line:?}");
            }
            assert!(line[1].ends_with('%') && line[2].ends_with('%'), "{line:?}");
        }
    }
}

#[test]
fn curves_are_compared_within_the_first_covariate_too() {
    let study = study(Enrolled::AtTheStart, DECLARED);
    let page = study.read("out/2026-Q2/cohorts.html");
    // 15 points fewer leave in each band, and the difference is plain there.
    let words = "Compared only within each band, they differ (stratified log-rank test).";
    assert!(page.contains(words));
}

#[test]
fn t37_completers_are_refused() {
    let declared = DECLARED.replace("covariates", "entered_by = \"completion\"\ncovariates");
    let refused = study(Enrolled::AtTheStart, &declared);
    assert!(answers(&refused).is_empty());
}
