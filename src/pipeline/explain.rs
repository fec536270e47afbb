//! What stands behind one figure of a run: what it is, its counts where they
//! may leave, how it was worked out, who was left out and by which rules, and
//! the query. Reads only what may leave; no file of private/ and no data.

use super::earlier::{Earlier, label_of};
use super::vacancy;
use crate::query::header::Body;
use crate::query::{Catalogue, MetricQuery};
use crate::report::words;
use crate::study::{Partials, Study};
use staywise_core::disclosure::{NotPublished, Policy, Released};
use staywise_core::domain::metric::Grain;
use staywise_core::domain::{Group, Kind, Metric, Period, Statistic, Status};

/// Everything that is told of one figure.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The row, as it was released.
    pub row: Released,
    /// Its row in results.csv, as a spreadsheet numbers it.
    pub line: usize,
    /// What it is a figure of: the metric's name, the item, the answer, what
    /// it is compared with.
    pub title: String,
    /// Whom it is about, in words.
    pub whom: String,
    /// When, in words.
    pub when: String,
    /// The figure as it is printed, with its interval; or why there is none.
    pub figure: String,
    /// The same in plain words, where that says more.
    pub plainly: Option<String>,
    /// How many it rests on, in words.
    pub base: Option<String>,
    /// What is above and below the line, where that may leave.
    pub parts: Option<(f64, f64)>,
    /// The interval's method in words, and the section of docs/methods.md.
    pub method: Option<(String, &'static str)>,
    /// What is counted, as it stood in the run.
    pub definition: String,
    /// Who or what is left out, as it stood in the run.
    pub exclusions: String,
    /// Where the definition comes from.
    pub source: String,
    /// The rules that decide which rows count, in sentences.
    pub rules: Vec<String>,
    /// The metric's file: its path and text. Nothing where the study has it
    /// no longer.
    pub query: Option<(String, String)>,
    /// Whether the definition has changed since the run.
    pub changed: bool,
}

/// What stands behind a claim of a run; nothing where the run has no such
/// claim.
///
/// # Errors
/// `NotPublished` where the row is none that a run writes.
pub fn explain(
    run: &Earlier,
    claim: &str,
    (study, catalogue): (&Study, &Catalogue),
) -> Result<Option<Explained>, NotPublished> {
    let Some(line) = run.lines().find(|line| line.get("claim") == claim) else {
        return Ok(None);
    };
    let slug = line.get("metric");
    let query = catalogue.get(slug);
    let metric = query.map(|query| &query.metric);
    let label = metric.map_or_else(|| label_of(slug), |metric| metric.label.clone());
    let row = run.released(&line, &label)?;
    let stood = run.stood(slug).cloned();
    let said = |then: Option<String>, now: fn(&Metric) -> &String| {
        then.or_else(|| metric.map(|m| now(m).clone()))
            .unwrap_or_default()
    };
    let changed = stood.as_ref().zip(metric).is_some_and(|(stood, metric)| {
        stood.definition != metric.definition || stood.exclusions != metric.exclusions
    });
    Ok(Some(Explained {
        line: line.row(),
        title: title(&row),
        whom: whom(&row.key().group),
        when: when(&row, metric),
        figure: figure(&row),
        plainly: plainly(&row),
        base: words::base_words(&row, metric)
            .map(|base| base.strip_prefix("base ").unwrap_or(&base).to_owned()),
        parts: row.numerator().zip(row.denominator()),
        method: row.method().map(|m| (words::method_words(m), section(m))),
        definition: said(stood.as_ref().map(|s| s.definition.clone()), |m| {
            &m.definition
        }),
        exclusions: said(stood.as_ref().map(|s| s.exclusions.clone()), |m| {
            &m.exclusions
        }),
        source: said(stood.map(|s| s.source), |m| &m.source),
        rules: rules(&row, query, (study, catalogue, run)),
        query: query
            .map(|q| (q.path.clone(), q.text.clone()))
            .or_else(|| vacancy::worked_out(study, &row)),
        changed,
        row,
    }))
}

/// What a figure is of: `Intention to stay`, `Belonging: difference from
/// White`, `Answers: supernumerary_time, "Agree"`.
fn title(row: &Released) -> String {
    let key = row.key();
    let mut title = row.label().to_owned();
    if let Some(item) = &key.item {
        title = format!("{title}: {item}");
    }
    if let Some(answer) = &key.answer {
        title = format!("{title}, \"{answer}\"");
    }
    // A metric with one horizon has it in its name.
    if let Some(months) = key.horizon_months.filter(|_| row.kind() == Kind::Survival) {
        let noun = if months == 1 { "month" } else { "months" };
        title = format!("{title}, at {months} {noun}");
    }
    // One difference may be made in several ways.
    if let Some(way) = &key.adjusted_for {
        title = format!("{title} ({way})");
    }
    let against = key.comparator.as_ref().map(ToString::to_string);
    match (key.statistic, against) {
        (Statistic::Value, _) => title,
        (Statistic::Difference, Some(level)) if key.group.is_everyone() => {
            let since = Period::parse(&level).map_or(level, |period| period.in_words());
            format!("{title}: change since {since}")
        }
        (Statistic::Difference, Some(level)) => format!("{title}: difference from {level}"),
        (Statistic::Ratio, Some(level)) => format!("{title}: ratio to {level}"),
        (Statistic::Difference | Statistic::Ratio, None) => title,
        (Statistic::Median, _) => format!("{title}: time by which half have left"),
        (Statistic::Rmst, _) => format!("{title}: mean time in post"),
        (Statistic::LeavingRate, _) => format!("{title}: leaving rate in the month"),
    }
}

fn whom(group: &Group) -> String {
    let part = |dimension: &str, level: &str| {
        let name = words::dimension_name(dimension);
        format!("{}: {level}", words::capital(&name))
    };
    let parts: Vec<String> = group
        .parts()
        .iter()
        .map(|(dimension, level)| part(dimension.as_str(), level.as_str()))
        .collect();
    if parts.is_empty() {
        "Everyone".to_owned()
    } else {
        parts.join("; ")
    }
}

/// The dates, with those of whom they are where the metric has a horizon.
fn when(row: &Released, metric: Option<&Metric>) -> String {
    let period = &row.key().period;
    let words = words::capital(&words::period_words(period, metric));
    let dates = words::dates(period, metric);
    if period.label == "all" || words.contains(&dates.start.to_string()) {
        return format!("{words} ({})", period.label);
    }
    format!(
        "{words} ({}: {} to {})",
        period.label,
        dates.start,
        dates.last()
    )
}

fn figure(row: &Released) -> String {
    if row.status() == Status::Shown {
        words::with_interval(row)
    } else {
        words::telling(row, None)
    }
}

fn plainly(row: &Released) -> Option<String> {
    let shown = row.status() == Status::Shown && row.key().statistic == Statistic::Value;
    let words = words::plainly(row);
    (shown && !words::with_interval(row).starts_with(&words)).then_some(words)
}

/// Where docs/methods.md has a method.
fn section(method: &str) -> &'static str {
    match method {
        "wilson" => "One proportion: Wilson",
        "clopper_pearson" => "One proportion, exactly: Clopper and Pearson",
        "newcombe" => "A difference of two proportions: Newcombe",
        "t" => "A mean: Student's t",
        "poisson_exact" => "A rate: exact Poisson",
        "km_loglog" => "Still in post: Kaplan and Meier",
        "sandwich" | "sandwich_log" | "sandwich_clustered" | "hc2" | "hc3" | "clustered" => {
            "Further pages, Fair comparison of two groups of people"
        }
        "rmst_log_lost" => "Further pages, Staying and leaving over time",
        "cox_wald" | "cox_robust" | "cox_clustered" => "Further pages, Cox's model",
        _ => "Which estimator a metric gets",
    }
}

/// What a metric's units are, those of a ratio's parts included.
fn grains(query: &MetricQuery, catalogue: &Catalogue) -> Vec<Grain> {
    let Body::Ratio(composition) = &query.body else {
        return vec![query.metric.grain];
    };
    composition
        .parts()
        .filter_map(|part| catalogue.get(&part.metric))
        .map(|part| part.metric.grain)
        .collect()
}

/// The rules of flows that somebody else published.
const OF_FLOWS: [&str; 3] = [
    "A flow counts for the days that its publisher gave it, and no other period.",
    "A flow that is the total of others is never added to them: each way of dividing takes the \
     totals of what it does not divide by and the parts of what it does, from one table.",
    "It was published already, so that nothing is hidden here; what its publisher hid, or a sum \
     that it is part of, is not available.",
];

/// The rules by which rows count or not, as the study sets them.
fn rules(
    row: &Released,
    query: Option<&MetricQuery>,
    (study, catalogue, run): (&Study, &Catalogue, &Earlier),
) -> Vec<String> {
    let mut rules = Vec::new();
    let grains = query.map_or_else(Vec::new, |query| grains(query, catalogue));
    let any = |wanted: &[Grain]| grains.iter().any(|grain| wanted.contains(grain));
    if any(&[Grain::Response, Grain::Answer, Grain::Invitation]) {
        rules.extend(of_answers(row, study));
    }
    if any(&[Grain::Spell, Grain::Person]) {
        rules.extend(of_posts(row, study, run));
    }
    if any(&[Grain::Preceptorship]) {
        rules.push("A row of the register is a preceptorship.".to_owned());
    }
    if any(&[Grain::Followed]) {
        rules.push("A row of the table of durations is a person, linked to nobody.".to_owned());
    }
    if any(&[Grain::Flow]) {
        rules.extend(OF_FLOWS.map(str::to_owned));
        return rules;
    }
    rules.push(format!(
        "Nothing after {} counts, the date the data stood at.",
        run.as_at
    ));
    if !row.key().group.is_everyone() {
        rules.push(
            "A row counts in the group that it was in on the day it counts at. A response that is \
             linked to a person has that person's groups as the staff list has them; any other \
             has those that its own answers give."
                .to_owned(),
        );
    }
    let policy = Policy::named(&run.policy).unwrap_or_else(Policy::nss10);
    rules.push(format!(
        "Figures about fewer than {} people are {}, and so is any figure from which one of those \
         could be worked out.",
        policy.threshold(),
        policy.words()
    ));
    rules
}

fn of_answers(row: &Released, study: &Study) -> Vec<String> {
    let dropped = match study.partials {
        Partials::Drop => {
            "Previews, tests, spam, unfinished responses, those without a date or an answer, and \
             the same response again are dropped and counted (`partials = \"drop\"`)."
        }
        Partials::Keep => {
            "Previews, tests, spam, responses without a date or an answer, and the same response \
             again are dropped and counted; unfinished ones are kept (`partials = \"keep\"`)."
        }
    };
    let by_wave = row
        .key()
        .group
        .parts()
        .iter()
        .any(|(dimension, _)| dimension.as_str() == "wave");
    let repeats = if by_wave {
        "Of several responses of one person in a wave the last complete one counts."
    } else {
        "Of several responses of one person in a wave the last complete one counts, and over the \
         period the latest of each person."
    };
    vec![
        dropped.to_owned(),
        repeats.to_owned(),
        "A response without an identifier is a person of its own, and is matched to nobody."
            .to_owned(),
        "An answer that is no label of its question's scale is no valid answer.".to_owned(),
    ]
}

fn of_posts(row: &Released, study: &Study, run: &Earlier) -> Vec<String> {
    let mut rules = vec![format!(
        "Posts of one person at the same time, and posts with no more than {} days between them, \
         are one time in post (`rehire_gap_days`).",
        study.rehire_gap_days
    )];
    rules.push(format!(
        "A leaver is not in post at the close of the leaving date; whoever has no leaving date by \
         {} is still in post then.",
        run.as_at
    ));
    let from = study.sources.iter().find_map(|s| s.rule.leavers_from);
    if let Some(day) = from {
        rules.push(match row.kind() {
            Kind::Survival => format!(
                "The staff list has leavers only since {day}: whoever started before is followed \
                 from then on."
            ),
            _ => format!(
                "The staff list has leavers only since {day}: whoever left before it is not in it."
            ),
        });
    }
    rules
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::explain;
    use crate::export::results_csv;
    use crate::pipeline::earlier::Earlier;
    use crate::pipeline::earlier::tests::{manifest_of, row};
    use crate::query::Catalogue;
    use crate::study::Study;
    use staywise_core::domain::Period;

    #[test]
    fn a_figure_is_told_with_its_rules_and_its_query() {
        let period = Period::parse("2026-Q1").unwrap();
        let rows = [row(&period)];
        let run = Earlier::read(&manifest_of("Ours", &period), &results_csv(&rows)).unwrap();
        let catalogue = Catalogue::built_in();
        let study = Study {
            rehire_gap_days: 14,
            ..Study::default()
        };
        let known = (&study, &catalogue);
        let told = explain(&run, &rows[0].claim(), known).unwrap().unwrap();
        assert_eq!((told.title.as_str(), told.line), ("Headcount", 2));
        assert_eq!(told.whom, "Everyone");
        assert!(told.rules[0].contains("no more than 14 days"));
        assert!(told.query.unwrap().0.ends_with("headcount.sql"));
        assert!(explain(&run, "C-none", known).unwrap().is_none());
    }
}
