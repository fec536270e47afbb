//! The control charts that a study asks for, of everyone's figure period by
//! period, and what is wrong with the names that it gives. Made from released
//! rows alone; draws nothing of a series with a hidden point.

use super::sites::share;
use super::{Periods, Run, vacancy};
use crate::data::nearest::nearest;
use crate::report::evidence::{Control, Signal};
use crate::report::words::capital;
use crate::study;
use staywise_core::disclosure::Released;
use staywise_core::domain::{
    Day, Finding, Kind, Metric, Origin, Period, Severity, Statistic, Status, Unit,
};
use staywise_core::stats::p_chart::{SharePoint, Shares, Spread, p_chart};
use staywise_core::stats::spc::{
    Assurance, Judged, Point, Rebase, Refused, Screening, Series, Settings, Suggestion, Variation,
    Windows, stretches, suggestion, xmr,
};

/// A chart for each metric that the study names, in its order.
pub(super) fn all(
    run: &Run<'_>,
    rows: &[Released],
    (periods, as_at): (&Periods, Day),
) -> Vec<Control> {
    let mut charts: Vec<Control> = Vec::new();
    for name in &run.study.trends.control {
        let metric = match run.catalogue.get(name) {
            Some(query) => Some(query.metric.clone()),
            None => {
                let made = vacancy::made(run, rows);
                made.into_iter().find(|metric| metric.name == *name)
            }
        };
        let Some(metric) = metric.filter(|_| charts.iter().all(|c| c.metric != *name)) else {
            continue;
        };
        let rebases = run.study.trends.rebases.iter();
        let asked = Asked {
            rebases: rebases
                .filter(|(of, _, _)| of == name)
                .map(|(_, from, reason)| Rebase {
                    from: *from,
                    reason: reason.clone(),
                })
                .collect(),
            target: target(run, &metric),
            screening: if run.study.trends.unscreened {
                Screening::Off
            } else {
                Screening::On
            },
            metric,
        };
        charts.push(asked.chart(rows, (periods, as_at)));
    }
    charts
}

fn target(run: &Run<'_>, metric: &Metric) -> Option<f64> {
    let said = run.study.targets.get(&metric.name).copied();
    said.filter(|target| fits(metric, *target))
}

/// Whether a target can be one of the metric: a share is at most 1.
fn fits(metric: &Metric, target: f64) -> bool {
    target.is_finite() && (metric.unit != Unit::Fraction || (0.0..=1.0).contains(&target))
}

/// One chart that is asked for.
struct Asked {
    metric: Metric,
    rebases: Vec<Rebase>,
    target: Option<f64>,
    screening: Screening,
}

/// The points of a chart as they were judged.
struct Drawn {
    judged: Vec<Judged>,
    assurance: Option<Assurance>,
    suggestion: Option<Suggestion>,
    notes: Vec<String>,
}

/// The figures of a series, in order, with what was left out.
struct Line<'a> {
    points: Vec<(&'a Period, &'a Released)>,
    notes: Vec<String>,
}

impl Asked {
    fn is_share(&self) -> bool {
        self.metric.kind == Kind::Proportion
    }

    fn chart(&self, rows: &[Released], (periods, as_at): (&Periods, Day)) -> Control {
        let mut control = Control {
            metric: self.metric.name.clone(),
            kind: if self.is_share() { "p" } else { "XmR" }.to_owned(),
            points: Vec::new(),
            limits: Vec::new(),
            target: self.target,
            assurance: None,
            notes: Vec::new(),
        };
        let line = match self.line(rows, (periods, as_at)) {
            Ok(line) => line,
            Err(why) => {
                control.notes = vec![why];
                return control;
            }
        };
        control.notes = line.notes;
        let drawn = if self.is_share() {
            self.shares(&line.points)
        } else {
            self.values(&line.points)
        };
        match drawn {
            Ok(drawn) => self.fill(&mut control, (&line.points, drawn)),
            Err(why) => control.notes.push(sentence(&why.to_string())),
        }
        control
    }

    /// Everyone's figures, or why there is no chart of them.
    fn line<'a>(
        &self,
        rows: &'a [Released],
        (periods, as_at): (&'a Periods, Day),
    ) -> Result<Line<'a>, String> {
        let metric = &self.metric;
        let step = u32::try_from(periods.reported.months().len()).unwrap_or(u32::MAX);
        if let Some(months) = metric.window_months.filter(|months| *months > step) {
            return Err(sentence(&Refused::RollingWindow { months }.to_string()));
        }
        let of = rows.iter().filter(|row| row.key().metric == metric.name);
        let of: Vec<&Released> = of.filter(|row| everyone(row)).collect();
        let several = |row: &&Released| row.key().item.is_some() || row.key().answer.is_some();
        let curve = metric.kind == Kind::Survival;
        if curve || of.iter().any(several) {
            return Err("A control chart needs one figure a period; this has several.".to_owned());
        }
        let found = periods.trend.iter().map(|period| {
            let row = of.iter().find(|row| row.key().period.label == period.label);
            (period, row.copied())
        });
        let hidden = |row: &Released| row.status() == Status::Confidential;
        let (mut points, mut notes, mut none) = (Vec::new(), Vec::new(), 0_u32);
        for (period, row) in found {
            match row {
                Some(row) if hidden(row) => {
                    return Err(
                        "Not drawn: a figure of the series is hidden to protect people.".to_owned(),
                    );
                }
                _ if period.last() > as_at => notes.push(format!(
                    "{} is left out, as the data end before it does.",
                    capital(&period.in_words())
                )),
                Some(row) if row.estimate().is_some() => points.push((period, row)),
                _ => none += 1,
            }
        }
        if none > 0 && !points.is_empty() {
            let of = if none == 1 {
                "period has"
            } else {
                "periods have"
            };
            notes.push(format!(
                "{none} {of} no figure and so no point; its neighbours count as next to one \
                 another."
            ));
        }
        Ok(Line { points, notes })
    }

    /// Means, rates and counts: an XmR chart.
    fn values(&self, points: &[(&Period, &Released)]) -> Result<Drawn, Refused> {
        let points = values(points);
        let series = Series {
            points: &points,
            windows: Windows::Apart,
            good: self.metric.good,
            target: self.target,
        };
        let settings = Settings {
            screening: self.screening,
            rebases: &self.rebases,
        };
        let chart = xmr(&series, &settings)?;
        let latest = chart.latest();
        let mut notes = vec![sentence(chart.screening.words())];
        notes.extend(latest.and_then(|last| last.trial.as_deref()).map(sentence));
        for segment in &chart.segments {
            notes.extend(anew(segment.points.first(), segment.reason.as_deref()));
        }
        Ok(Drawn {
            assurance: latest.and_then(|last| last.assurance),
            suggestion: chart.suggestion.clone(),
            judged: chart.segments.into_iter().flat_map(|s| s.points).collect(),
            notes,
        })
    }

    /// Shares of varying bases: a p-chart for each stretch between rebases.
    fn shares(&self, points: &[(&Period, &Released)]) -> Result<Drawn, Refused> {
        let shares: Vec<SharePoint> = points
            .iter()
            .map(|(period, row)| share(row).map(|share| (period.start, share)))
            .map(|found| found.map(|(from, share)| SharePoint { from, share }))
            .collect::<Option<_>>()
            .ok_or(Refused::NotANumber)?;
        let mut drawn = Drawn {
            judged: Vec::new(),
            assurance: None,
            suggestion: None,
            notes: Vec::new(),
        };
        let mut last = Vec::new();
        for (range, reason) in stretches(&values(points), &self.rebases)? {
            let of = Shares {
                points: shares.get(range).unwrap_or_default(),
                windows: Windows::Apart,
                good: self.metric.good,
                target: self.target,
            };
            let chart = p_chart(&of, Spread::AsFound)?;
            drawn
                .notes
                .extend(anew(chart.points.first(), reason.as_deref()));
            drawn.assurance = chart.assurance;
            drawn.suggestion = suggestion(&chart.points);
            drawn.judged.extend(chart.points);
            last = vec![sentence(chart.limits.words())];
            last.extend(chart.trial.as_deref().map(sentence));
        }
        last.append(&mut drawn.notes);
        drawn.notes = last;
        if points.iter().any(|(_, row)| row.numerator().is_none()) {
            let words = "Limits are worked out from whole per cents, as these figures leave.";
            drawn.notes.push(words.to_owned());
        }
        Ok(drawn)
    }

    fn fill(&self, control: &mut Control, (points, drawn): (&[(&Period, &Released)], Drawn)) {
        let highest = if self.is_share() { 1.0 } else { f64::INFINITY };
        // Only a change may be below nothing; those in post may be above plan.
        let below = self.metric.kind == Kind::Paired || self.metric.name == vacancy::PLANNED;
        let lowest = if below { f64::NEG_INFINITY } else { 0.0 };
        for ((period, row), judged) in points.iter().zip(&drawn.judged) {
            let value = row.estimate().unwrap_or(judged.value);
            let signal = match judged.variation {
                Variation::CommonCause => Signal::CommonCause,
                Variation::Improvement => Signal::Improvement,
                Variation::Concern => Signal::Concern,
                Variation::Neutral => Signal::Neutral,
            };
            control.points.push(((*period).clone(), value, signal));
            let bounds = judged.bounds;
            let within = |limit: f64| limit.max(lowest).min(highest);
            let limits = (bounds.centre, within(bounds.lower), within(bounds.upper));
            control.limits.push(limits);
        }
        control.assurance = drawn.assurance.map(|a| capital(a.words()));
        control.notes.extend(drawn.notes);
        let suggested = drawn.suggestion.map(|s| sentence(&s.words()));
        control.notes.extend(suggested);
    }
}

fn values(points: &[(&Period, &Released)]) -> Vec<Point> {
    let point = |(period, row): &(&Period, &Released)| Point {
        from: period.start,
        value: row.estimate().unwrap_or(f64::NAN),
    };
    points.iter().map(point).collect()
}

fn everyone(row: &Released) -> bool {
    let key = row.key();
    key.group.is_everyone() && key.statistic == Statistic::Value
}

/// Where and why limits were made anew.
fn anew(first: Option<&Judged>, reason: Option<&str>) -> Option<String> {
    let (first, reason) = first.zip(reason)?;
    Some(format!(
        "Limits are made anew from {}: {reason}.",
        first.from
    ))
}

fn sentence(words: &str) -> String {
    format!("{}.", capital(words.trim_end_matches('.')))
}

/// Metrics of `[trend]` and `[targets]` that are none, and targets that none
/// of their metric's figures can meet.
pub(super) fn findings(run: &Run<'_>) -> Vec<Finding> {
    let trends = &run.study.trends;
    let control = trends.control.iter().map(|name| ("[trend] control", name));
    let rebased = trends.rebases.iter().map(|r| ("[[trend.rebase]]", &r.0));
    let targets = run.study.targets.keys().map(|name| ("[targets]", name));
    let known = || run.catalogue.names().chain(vacancy::NAMES);
    let mut found: Vec<Finding> = control
        .chain(rebased)
        .chain(targets)
        .filter(|(_, name)| !known().any(|known| known == name.as_str()))
        .map(|(place, name)| {
            let remedy = nearest(name, known()).map_or_else(
                || "`staywise metrics` lists them all.".to_owned(),
                |near| format!("Did you mean \"{near}\"?"),
            );
            let message = format!("{place} names `{name}`, which is no metric.");
            said("no-such-metric", (message, remedy))
        })
        .collect();
    for (name, target) in &run.study.targets {
        let query = run.catalogue.get(name);
        let metric = query.map(|query| query.metric.clone());
        let metric = metric.or_else(|| vacancy::metric(name));
        if metric.is_some_and(|metric| !fits(&metric, *target)) {
            let message = format!("The target of `{name}` is {target}, and shares go from 0 to 1.");
            let remedy = "Write 80% as 0.8.".to_owned();
            found.push(said("target-not-a-share", (message, remedy)));
        }
    }
    found
}

fn said(rule: &'static str, (message, remedy): (String, String)) -> Finding {
    Finding {
        rule,
        severity: Severity::Error,
        origin: Origin::file(study::FILE),
        message,
        remedy,
        count: 1,
        private_value: None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
