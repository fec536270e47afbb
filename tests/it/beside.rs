//! Studies of what stands beside an organisation's own people: flows that
//! somebody else published, and people followed without dates. Two made-up
//! ones that always run, and two whose answers others have computed.

use crate::harness::{Study, golden, shared_data};
use serde_json::Value;
use staywise_core::domain::Day;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

type Row = BTreeMap<String, String>;

/// Two months of two organisations: the staff groups do not add up to all of
/// them, and of one the publisher hides how many left.
const PACK: &str = "\
PERIOD,TYPE,NHSE_REGION_NAME,REPORTING_ORG_NAME,REPORTING_ORG_CODE,BENCHMARK_GROUP,STAFF_GROUP_1_NAME,HC,FTE
202508 to 202509,Denominator at start of period,London,Ashgrove Trust,XA1,Acute,All staff groups,900,800.5
202508 to 202509,Joiners,London,Ashgrove Trust,XA1,Acute,All staff groups,12,11.5
202508 to 202509,Leavers,London,Ashgrove Trust,XA1,Acute,All staff groups,9,8.0
202508 to 202509,Denominator at end of period,London,Ashgrove Trust,XA1,Acute,All staff groups,903,804.0
202509 to 202510,Denominator at start of period,London,Ashgrove Trust,XA1,Acute,All staff groups,903,804.0
202509 to 202510,Joiners,London,Ashgrove Trust,XA1,Acute,All staff groups,10,9.5
202509 to 202510,Leavers,London,Ashgrove Trust,XA1,Acute,All staff groups,7,6.5
202509 to 202510,Denominator at end of period,London,Ashgrove Trust,XA1,Acute,All staff groups,904,805.0
202509 to 202510,Denominator at start of period,London,Ashgrove Trust,XA1,Acute,Midwives,300,260.0
202509 to 202510,Joiners,London,Ashgrove Trust,XA1,Acute,Midwives,4,4.0
202509 to 202510,Leavers,London,Ashgrove Trust,XA1,Acute,Midwives,2,2.0
202509 to 202510,Denominator at end of period,London,Ashgrove Trust,XA1,Acute,Midwives,302,262.0
202509 to 202510,Denominator at start of period,London,Ashgrove Trust,XA1,Acute,Managers,601,544.0
202509 to 202510,Joiners,London,Ashgrove Trust,XA1,Acute,Managers,6,5.5
202509 to 202510,Leavers,London,Ashgrove Trust,XA1,Acute,Managers,5,4.5
202509 to 202510,Denominator at end of period,London,Ashgrove Trust,XA1,Acute,Managers,600,543.0
202509 to 202510,Denominator at start of period,South West,Brookfield Trust,XB2,Community,All staff groups,400,350.0
202509 to 202510,Joiners,South West,Brookfield Trust,XB2,Community,All staff groups,3,3.0
202509 to 202510,Leavers,South West,Brookfield Trust,XB2,Community,All staff groups,8,7.5
202509 to 202510,Denominator at end of period,South West,Brookfield Trust,XB2,Community,All staff groups,397,347.0
202509 to 202510,Denominator at start of period,South West,Brookfield Trust,XB2,Community,Midwives,400,350.0
202509 to 202510,Joiners,South West,Brookfield Trust,XB2,Community,Midwives,3,3.0
202509 to 202510,Leavers,South West,Brookfield Trust,XB2,Community,Midwives,*,*
202509 to 202510,Denominator at end of period,South West,Brookfield Trust,XB2,Community,Midwives,397,347.0
";

/// Sixty people: who was on the programme, for how many months each was
/// followed, and whether they left.
fn durations() -> String {
    let mut text = "Programme,Months followed,Left (Y/N)\n".to_owned();
    for n in 0..60_u32 {
        let programme = if n % 2 == 0 { "Yes" } else { "No" };
        let months = 1 + (n * 7) % 18;
        let left = n % 3 == 0 || n % 7 == 1;
        let left = if left { "Yes" } else { "No" };
        text.push_str(&format!("{programme},{months},{left}\n"));
    }
    text
}

/// Runs init, check and report to their end, and tells all that was said.
fn story(study: &Study) -> String {
    let mut text = String::new();
    for arguments in [&["init", "."][..], &["check", "."], &["report"]] {
        let said = study.run(arguments);
        let command = arguments.join(" ");
        assert_eq!(said.code, 0, "{command}: {}{}", said.stdout, said.stderr);
        text.push_str(&format!(
            "$ staywise {command}\n{}{}\n",
            said.stdout, said.stderr
        ));
    }
    text
}

/// The rows of the study's only run.
fn results(study: &Study) -> Vec<Row> {
    let files = study.files();
    let mut found = files
        .iter()
        .filter(|(name, _)| name.ends_with("/results.csv"));
    let (_, bytes) = found.next().expect("a run was made");
    assert!(found.next().is_none(), "one run");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().expect("a header").clone();
    reader
        .records()
        .map(|record| {
            let record = record.expect("it reads");
            let cells = header.iter().zip(record.iter());
            cells.map(|(h, c)| (h.to_owned(), c.to_owned())).collect()
        })
        .collect()
}

/// Rows as lines of their main columns.
fn lines(rows: &[Row], metrics: &[&str]) -> String {
    const COLUMNS: [&str; 16] = [
        "metric",
        "definition",
        "period",
        "dimension",
        "level",
        "dimension_2",
        "level_2",
        "status",
        "n",
        "numerator",
        "denominator",
        "estimate",
        "lower",
        "upper",
        "method",
        "horizon_months",
    ];
    let mut text = COLUMNS.join(",") + "\n";
    for row in rows
        .iter()
        .filter(|row| metrics.contains(&row["metric"].as_str()))
    {
        let cells: Vec<&str> = COLUMNS.iter().map(|c| row[*c].as_str()).collect();
        text.push_str(&(cells.join(",") + "\n"));
    }
    text
}

const PUBLISHED: [&str; 8] = [
    "published_opening",
    "published_joiners",
    "published_leavers",
    "published_closing",
    "published_unexplained",
    "published_leaver_rate",
    "published_leaver_rate_start",
    "published_joiner_rate",
];

#[test]
fn a_published_pack_alone_is_a_study() {
    let study = Study::with(&[("turnover pack.csv", PACK.as_bytes())]);
    let mut text = story(&study);
    let rows = results(&study);
    let claim = |metric: &str| {
        let own = |row: &&Row| row["metric"] == metric && row["period"] == "2025-M10";
        let row = rows.iter().find(own).expect("a row");
        row["claim"].clone()
    };
    let said = study.run(&["explain", &claim("published_unexplained")]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    text.push_str(&format!("$ staywise explain\n{}\n", said.stdout));
    text.push_str(&lines(&rows, &PUBLISHED));
    golden("cases/beside/published-flows.txt", &text);
    let page = study.read("out/2025-M10/quarterly.html");
    for words in [
        "Published: leaver rate",
        "joiners and leavers do not explain",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

/// The day of the run, which `init` proposes where nothing has a date.
fn today() -> Day {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.expect("after 1970").as_secs() / 86_400;
    Day(i32::try_from(days).expect("a day"))
}

#[test]
fn people_followed_without_dates_are_a_study() {
    let study = Study::with(&[("retention.csv", durations().as_bytes())]);
    let before = today();
    let mut text = story(&study);
    if before != today() {
        println!("skipped: midnight came");
        return;
    }
    text = text.replace(&before.to_string(), "TODAY");
    assert!(text.contains("As at TODAY"), "{text}");
    let toml = study.read("staywise.toml");
    assert!(
        toml.contains(&format!("as_at = {}", before.iso())),
        "{toml}"
    );
    text.push_str(&lines(&results(&study), &["duration_curve"]));
    golden("cases/beside/durations.txt", &text);
    let page = study.read("out/all/quarterly.html");
    assert!(page.contains("of people followed without dates"));
}

#[test]
fn an_organisations_own_flows_alone_are_a_study_and_nothing_published() {
    let own = "period,unit,opening,joiners,leavers,closing\n\
               2025-Q1,Ward 7,40,3,2,41\n2025-Q2,Ward 7,41,1,4,38\n";
    let study = Study::with(&[("flows.csv", own.as_bytes())]);
    let said = story(&study);
    assert!(
        said.contains("As at 30 June 2025, from the end of the last period of the flows"),
        "{said}"
    );
    let rows = results(&study);
    assert!(
        rows.iter()
            .all(|row| !row["metric"].starts_with("published")),
        "{rows:?}"
    );
    // Two people left the ward: that is nowhere but in private/.
    for (name, bytes) in study.files() {
        let shareable = name.starts_with("out/") && !name.contains("/private/");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!shareable || !text.contains("Ward 7"), "{name}");
    }
}

/// A shared file as a study of its own, its staywise.toml changed.
fn shared(folder: &str, file: &str, change: impl Fn(String) -> String) -> Option<(Study, Value)> {
    let folder = shared_data()?.join(folder);
    let read = |path: &Path| fs::read(path).expect("the file reads");
    let study = Study::with(&[(file, &read(&folder.join(file)))]);
    let said = study.run(&["init", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let toml = change(study.read("staywise.toml"));
    study.write("staywise.toml", toml.as_bytes());
    for arguments in [&["check", "."][..], &["report"]] {
        let said = study.run(arguments);
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    }
    let expected = read(&folder.join("expected.GIVE.json"));
    let expected = serde_json::from_slice(&expected).expect("it is JSON");
    Some((study, expected))
}

/// Results by metric and group, of a period.
fn by_group(rows: &[Row], period: &str) -> BTreeMap<(String, String, String), Row> {
    let of = rows
        .iter()
        .filter(|row| row["period"] == period && row["statistic"] == "value");
    of.map(|row| {
        let group = |level: &str| match row[level].as_str() {
            "" => String::new(),
            own => own.to_owned(),
        };
        let key = (row["metric"].clone(), group("level"), group("level_2"));
        (
            (key.0, format!("{}={}", row["dimension"], key.1), key.2),
            row.clone(),
        )
    })
    .collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column]
        .parse()
        .unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    let scale = expected.abs().max(1e-300);
    assert!(
        (found - expected).abs() <= 2e-11 * scale,
        "{what}: {found}, not {expected}"
    );
}

const PACK_FILE: &str = "turnover_benchmarking_2_monthly_Oct-25.csv";

#[test]
#[allow(clippy::too_many_lines)]
fn the_real_turnover_pack_gives_its_own_rates() {
    let pairs = |toml: String| {
        toml.replace(
            "[[\"wave\", \"ethnic_minority\"], [\"programme\", \"ethnic_minority\"]]",
            "[[\"organisation\", \"staff_group\"]]",
        )
    };
    let Some((study, expected)) = shared("nhs-turnover-benchmark", PACK_FILE, pairs) else {
        return;
    };
    let rows = by_group(&results(&study), "2025-M10");
    let row = |metric: &str, dimension: &str, second: &str| {
        let key = (metric.to_owned(), dimension.to_owned(), second.to_owned());
        rows.get(&key).unwrap_or_else(|| panic!("no row {key:?}"))
    };
    let all = &expected["Oct"]["all_staff"];
    let value = |of: &Value, name: &str| of[name].as_f64().expect("a number");
    for (metric, name) in [
        ("published_opening", "start"),
        ("published_joiners", "joiners"),
        ("published_leavers", "leavers"),
        ("published_closing", "end"),
    ] {
        close(
            number(row(metric, "=", ""), "estimate"),
            value(all, name),
            metric,
        );
    }
    let rate = row("published_leaver_rate", "=", "");
    close(
        number(rate, "estimate"),
        value(all, "leaver_rate_pct_avg") / 100.0,
        "all staff",
    );
    assert_eq!(rate["method"], "poisson_exact");
    // 1,501,545 - 1,499,731 - 16,845 + 15,122
    close(
        number(row("published_unexplained", "=", ""), "estimate"),
        91.0,
        "unexplained",
    );
    let groups = expected["Oct"]["by_benchmark"].as_object().expect("groups");
    assert_eq!(groups.len(), 11);
    for (group, of) in groups {
        let dimension = format!("benchmark_group={group}");
        for (metric, name, scale) in [
            ("published_opening", "start", 1.0),
            ("published_leavers", "leavers", 1.0),
            ("published_closing", "end", 1.0),
            ("published_leaver_rate", "leaver_rate_pct_avg", 100.0),
        ] {
            let found = number(row(metric, &dimension, ""), "estimate");
            close(found, value(of, name) / scale, group);
        }
    }
    let folder = shared_data().expect("it was there");
    let answers = folder.join("nhs-turnover-benchmark/expected_Oct-25_by_org_staffgroup.csv");
    let mut reader = csv::Reader::from_path(answers).expect("the answers read");
    let (mut rates, mut nobody) = (0, 0);
    for answer in reader.deserialize::<Row>() {
        let answer = answer.expect("it reads");
        let group = answer["staff_group"].as_str();
        let (dimension, second) = match group {
            "All staff groups" => (format!("organisation={}", answer["name"]), ""),
            part => (format!("organisation={}", answer["name"]), part),
        };
        let of = |metric| row(metric, &dimension, second);
        let four = ["start", "joiners", "leavers", "end"].map(|name| number(&answer, name));
        let counts = [
            "published_opening",
            "published_joiners",
            "published_leavers",
            "published_closing",
        ];
        for (metric, expected) in counts.into_iter().zip(four) {
            close(number(of(metric), "estimate"), expected, &dimension);
        }
        let unexplained = four[3] - four[0] - four[1] + four[2];
        close(
            number(of("published_unexplained"), "estimate"),
            unexplained,
            &dimension,
        );
        for (metric, column) in [
            ("published_leaver_rate", "leaver_rate_pct_avg"),
            ("published_leaver_rate_start", "leaver_rate_pct_start"),
        ] {
            let found = of(metric);
            match answer[column]
                .parse::<f64>()
                .ok()
                .filter(|rate| rate.is_finite())
            {
                Some(rate) => close(number(found, "estimate"), rate / 100.0, &dimension),
                None => {
                    assert_eq!((found["status"].as_str(), four[0]), ("z", 0.0), "{found:?}");
                    nobody += 1;
                }
            }
            rates += 1;
        }
    }
    assert_eq!((rates, nobody), (5_560, 5));
    // A staff group is the sum of its parts, and no total is among them.
    assert!(
        !rows
            .keys()
            .any(|(_, level, second)| level.contains("All staff") || second.contains("All staff"))
    );
}

/// The two columns that the book adds before it draws its curves.
fn with_categories(text: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let added = if at == 0 {
            "\"sentiment_category\",\"intention_category\"".to_owned()
        } else {
            let score = |at: usize| cells[at].parse::<u32>().expect("a score");
            let sentiment = if score(3) >= 7 { "High" } else { "Not High" };
            let intention = match score(4) {
                0..=3 => "Low",
                4..=6 => "Moderate",
                _ => "High",
            };
            format!("\"{sentiment}\",\"{intention}\"")
        };
        out.push_str(&format!("{line},{added}\n"));
    }
    out
}

#[test]
fn the_retention_set_of_the_people_analytics_handbook() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("hr-mcnulty");
    let text = fs::read_to_string(folder.join("job_retention.csv")).expect("the file reads");
    let study = Study::with(&[("job_retention.csv", with_categories(&text).as_bytes())]);
    study.make();
    let rows = results(&study);
    let expected = fs::read(folder.join("expected.GIVE.json")).expect("the answers read");
    let expected: Value = serde_json::from_slice(&expected).expect("it is JSON");
    let expected = &expected["job_retention"];
    let curve = |dimension: &str, level: &str, month: u64| {
        let found = rows.iter().find(|row| {
            row["metric"] == "duration_curve"
                && row["statistic"] == "value"
                && row["dimension"] == dimension
                && row["level"] == level
                && row["horizon_months"] == month.to_string()
        });
        found.unwrap_or_else(|| panic!("no month {month} of {level}"))
    };
    let mut points = 0;
    for (name, dimension) in [
        ("km_overall", ""),
        ("km_gender", "sex"),
        ("km_sentiment", "sentiment_category"),
        ("km_intention", "intention_category"),
        ("km_intention_loglog", "intention_category"),
    ] {
        for point in expected[name].as_array().expect("points") {
            let strata = point["strata"].as_str().unwrap_or("=");
            let level = match strata.split_once('=').expect("a level").1 {
                "F" => "Female",
                "M" => "Male",
                other => other,
            };
            let month = point["time"].as_u64().expect("a month");
            let row = curve(dimension, level, month);
            let value = |key: &str| point[key].as_f64().expect("a number");
            let what = format!("{name} {level} {month}");
            close(number(row, "estimate"), value("surv"), &what);
            close(number(row, "n"), value("n_risk"), &what);
            // The book prints log limits; ours are log-log, and say so.
            assert_eq!(row["method"], "km_loglog");
            if name == "km_intention_loglog" {
                close(number(row, "lower"), value("lower"), &what);
                close(number(row, "upper"), value("upper"), &what);
            }
            // Greenwood's standard error behind them is the one of the book.
            let survival = value("surv");
            let z = 1.959_963_984_540_054_f64;
            let spread = (number(row, "lower").ln() / survival.ln()).ln() / z;
            let error = spread * survival * survival.ln().abs();
            assert!(
                (error - value("std_err")).abs() < 1e-8 * value("std_err"),
                "{what}: {error}"
            );
            points += 1;
        }
    }
    assert_eq!(points, 12 + 24 + 24 + 36 + 36);
}

/// Cox's model of the same people, as the book prints it: sex, field, level
/// and sentiment. The program's levels are set against the most common one,
/// the book's against the first in the alphabet; sex and sentiment are the
/// same in both.
#[test]
fn the_retention_set_has_the_books_cox_model() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("hr-mcnulty");
    let text = fs::read(folder.join("job_retention.csv")).expect("the file reads");
    let study = Study::with(&[("job_retention.csv", &text)]);
    let said = study.run(&["init", "."]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let declared = "\n[[comparison]]\nname = \"sex\"\noutcome = \"duration_curve\"\n\
                    dimension = \"sex\"\ncompare = \"Male\"\nagainst = \"Female\"\n\
                    covariates = [\"field\", \"level\", \"sentiment\"]\nprimary = true\n";
    let toml = study.read("staywise.toml") + declared;
    study.write("staywise.toml", toml.as_bytes());
    let said = study.run(&["report"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let models = study.files();
    let models = models
        .iter()
        .find(|(name, _)| name.ends_with("private/models.csv"));
    let (_, models) = models.expect("the model is kept");
    let models = String::from_utf8_lossy(models);
    let expected = fs::read(folder.join("expected.GIVE.json")).expect("the answers read");
    let expected: Value = serde_json::from_slice(&expected).expect("it is JSON");
    let cox = &expected["job_retention"]["cox"];
    let mut reader = csv::Reader::from_reader(models.as_bytes());
    let lines: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a line")).collect();
    let near = |got: &str, want: f64, what: &str| {
        let got: f64 = got.parse().expect("a number");
        assert!(
            (got - want).abs() < 1e-6 * want.abs(),
            "{what}: {got}, not {want}"
        );
    };
    let mut compared = 0;
    for (term, name) in [("Male", "genderM"), ("sentiment", "sentiment")] {
        let line = lines
            .iter()
            .find(|l| l[1].ends_with(term) && !l[1].starts_with("proportional"))
            .unwrap_or_else(|| panic!("no {term} in {models}"));
        near(
            &line[2],
            cox["coef"][name].as_f64().expect("a number"),
            term,
        );
        near(&line[3], cox["se"][name].as_f64().expect("a number"), term);
        near(&line[8], cox["p"][name].as_f64().expect("a number"), term);
        assert_eq!((&line[9], &line[10]), ("3770", "1354"));
        compared += 1;
    }
    assert_eq!(compared, 2);
    for check in cox["zph"].as_array().expect("checks") {
        let name = check["term"].as_str().expect("a term").to_lowercase();
        let term = match name.as_str() {
            "gender" => "sex",
            "global" => "all together",
            other => other,
        };
        let line = lines
            .iter()
            .find(|l| l[1].to_lowercase() == format!("proportional hazards: {term}"))
            .unwrap_or_else(|| panic!("no check of {term} in {models}"));
        near(&line[7], check["chisq"].as_f64().expect("a number"), term);
    }
    // What leaves is rounded: 0.96, with its interval.
    let row = results(&study)
        .into_iter()
        .find(|r| r["adjusted_for"].starts_with("cox: field"))
        .expect("the hazard ratio is a row");
    assert_eq!(
        (row["estimate"].as_str(), row["statistic"].as_str()),
        ("0.96", "ratio")
    );
}
