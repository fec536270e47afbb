//! The comment header of a `.sql` file into a `Metric`. Everything that is
//! wrong with a file is found at once, with its line. Never looks at data.

use super::compose::Composition;
use super::sql::{self, Select};
use super::wrong::{mistake, nearest};
use staywise_core::domain::{Finding, Good, Grain, Kind, Metric, Unit};

/// One metric file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricQuery {
    /// What its header says.
    pub metric: Metric,
    /// The file's path, `queries/survey/belonging.sql`.
    pub path: String,
    /// The file as written.
    pub text: String,
    /// The item whose scale orders the answers of a distribution.
    pub item: Option<String>,
    /// How its rows or its figure come about.
    pub body: Body,
}

/// What stands under the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// One SELECT.
    Select(Select),
    /// Nothing: a ratio of other metrics, from the header.
    Ratio(Composition),
}

/// Every key of a header.
const KEYS: [&str; 16] = [
    "metric",
    "label",
    "kind",
    "grain",
    "additive",
    "good",
    "definition",
    "exclusions",
    "source",
    "definition_id",
    "unit",
    "window",
    "horizon",
    "numerator",
    "denominator",
    "item",
];

const UNITS: [Unit; 10] = [
    Unit::Fraction,
    Unit::People,
    Unit::Count,
    Unit::Score,
    Unit::Rate,
    Unit::Per100PersonYears,
    Unit::Per100PersonMonths,
    Unit::Months,
    Unit::Pence,
    Unit::Fte,
];

/// From this many blanks after `--` on, a comment line continues the value
/// above it.
const CONTINUED: usize = 3;

/// Reads a metric file.
///
/// # Errors
/// Everything that is wrong with it, in order of lines.
pub fn read(path: &str, text: &str) -> Result<MetricQuery, Vec<Finding>> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut header = Header::split(path, &text);
    let metric = header.metric();
    let item = header.value("item").map(|(_, v)| v);
    let kind = metric.as_ref().map(|m| m.kind);
    let body = match kind {
        Some(Kind::Ratio) => header.composition().map(Body::Ratio),
        Some(_) => header.select().map(Body::Select),
        None => {
            header.select();
            None
        }
    };
    header.findings.sort_by_key(|f| f.origin.row);
    match (metric, body) {
        (Some(metric), Some(body)) if header.findings.is_empty() => Ok(MetricQuery {
            metric,
            path: path.to_owned(),
            text,
            item,
            body,
        }),
        _ => Err(header.findings),
    }
}

struct Entry {
    key: String,
    value: String,
    line: u32,
}

struct Header<'a> {
    path: &'a str,
    entries: Vec<Entry>,
    /// The text under the header, its lines in their places.
    rest: String,
    findings: Vec<Finding>,
}

impl<'a> Header<'a> {
    fn split(path: &'a str, text: &str) -> Self {
        let mut header = Self {
            path,
            entries: Vec::new(),
            rest: String::new(),
            findings: Vec::new(),
        };
        let mut in_header = true;
        for (index, line) in text.lines().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let trimmed = line.trim();
            in_header = in_header && (trimmed.is_empty() || trimmed.starts_with("--"));
            if in_header {
                header.comment(trimmed.strip_prefix("--").unwrap_or(""), number);
            } else {
                header.rest.push_str(line);
            }
            header.rest.push('\n');
        }
        header
    }

    fn comment(&mut self, comment: &str, line: u32) {
        let words = comment.trim();
        let blanks = comment.chars().take_while(|c| c.is_whitespace()).count();
        if words.is_empty() {
            return;
        }
        if blanks >= CONTINUED {
            match self.entries.last_mut() {
                Some(entry) => {
                    entry.value.push(' ');
                    entry.value.push_str(words);
                    entry.value = entry.value.trim().to_owned();
                }
                None => self.wrong(
                    Some(line),
                    "a continued line with nothing above it".to_owned(),
                    "Start the file with `-- metric: its_name`.".to_owned(),
                ),
            }
            return;
        }
        let Some((key, value)) = words.split_once(':') else {
            self.wrong(
                Some(line),
                "a line of the header that is not `key: value`".to_owned(),
                "Indent it by three blanks or more to continue the line above, or move it below the header.".to_owned(),
            );
            return;
        };
        let key = key.trim().to_lowercase();
        if !KEYS.contains(&key.as_str()) {
            let meant = nearest(&key, KEYS).map_or_else(
                || format!("The keys are {}.", KEYS.join(", ")),
                |k| format!("Did you mean `{k}`?"),
            );
            self.wrong(Some(line), format!("`{key}` is no key of a header"), meant);
        } else if let Some(first) = self.entries.iter().find(|e| e.key == key) {
            let message = format!("`{key}` stands twice, first on line {}", first.line);
            self.wrong(Some(line), message, "Keep one of the two.".to_owned());
        } else {
            let value = value.trim().to_owned();
            self.entries.push(Entry { key, value, line });
        }
    }

    fn wrong(&mut self, line: Option<u32>, message: String, remedy: String) {
        self.findings
            .push(mistake(self.path, line, (message, remedy)));
    }

    fn value(&self, key: &str) -> Option<(u32, String)> {
        let entry = self.entries.iter().find(|e| e.key == key)?;
        (!entry.value.is_empty()).then(|| (entry.line, entry.value.clone()))
    }

    fn required(&mut self, key: &str) -> Option<(u32, String)> {
        let found = self.value(key);
        if found.is_none() {
            let line = self.entries.iter().find(|e| e.key == key).map(|e| e.line);
            self.wrong(
                line.or(Some(1)),
                format!("the header has no `{key}`"),
                format!("Add a line `-- {key}: ...`."),
            );
        }
        found
    }

    /// One of a few words, or a finding that lists them.
    fn one_of<T: Copy>(&mut self, key: &str, words: &[(T, &'static str)]) -> Option<T> {
        let (line, value) = self.value(key)?;
        let found = words
            .iter()
            .find(|(_, word)| *word == value)
            .map(|(t, _)| *t);
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
            let meant = nearest(&value, all.iter().copied())
                .map_or_else(String::new, |word| format!("Did you mean `{word}`? "));
            self.wrong(
                Some(line),
                format!("`{value}` is no {key}"),
                format!("{meant}Write one of {}.", all.join(", ")),
            );
        }
        found
    }

    /// `12 months`.
    fn months(&mut self, key: &str) -> Option<u32> {
        let (line, value) = self.value(key)?;
        let number = value
            .strip_suffix("months")
            .or_else(|| value.strip_suffix("month"));
        let found = number
            .and_then(|n| n.trim().parse().ok())
            .filter(|n| (1..=120).contains(n));
        if found.is_none() {
            self.wrong(
                Some(line),
                format!("`{value}` is no {key}"),
                "Write whole months from 1 to 120, as `12 months`.".to_owned(),
            );
        }
        found
    }

    fn metric(&mut self) -> Option<Metric> {
        let name = self.required("metric");
        if let Some((line, name)) = &name {
            self.named(*line, name);
        }
        let label = self.required("label");
        let kinds = Kind::ALL.map(|k| (k, k.word()));
        let kind = self
            .required("kind")
            .and_then(|_| self.one_of("kind", &kinds));
        let grains = Grain::ALL.map(|g| (g, g.word()));
        let grain = match kind {
            // A ratio has no rows of its own; its counts are of people.
            Some(Kind::Ratio) if self.value("grain").is_none() => Some(Grain::Person),
            _ => self
                .required("grain")
                .and_then(|_| self.one_of("grain", &grains)),
        };
        let additive = self
            .required("additive")
            .and_then(|_| self.one_of("additive", &[(true, "yes"), (false, "no")]));
        let goods = [Good::Higher, Good::Lower, Good::Neither].map(|g| (g, g.word()));
        let good = self
            .required("good")
            .and_then(|_| self.one_of("good", &goods));
        let definition = self.required("definition");
        let exclusions = self.required("exclusions");
        let source = self.required("source");
        let unit = self.one_of("unit", &UNITS.map(|u| (u, u.word())));
        let window_months = self.months("window");
        let horizon_months = self.months("horizon");
        let (_, name) = name?;
        Some(Metric {
            definition_id: self
                .value("definition_id")
                .map_or_else(|| name.clone(), |(_, id)| id),
            name,
            label: label?.1,
            kind: kind?,
            grain: grain?,
            additive: additive?,
            good: good?,
            definition: definition?.1,
            exclusions: exclusions?.1,
            source: source?.1,
            unit: unit.unwrap_or_else(|| kind.map_or(Unit::Count, usual_unit)),
            window_months,
            horizon_months,
        })
    }

    fn named(&mut self, line: u32, name: &str) {
        let slug = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !slug {
            self.wrong(
                Some(line),
                format!("`{name}` is no name for a metric"),
                "Use lower-case letters, digits and _, a letter first.".to_owned(),
            );
        }
        let file = self.path.rsplit(['/', '\\']).next().unwrap_or(self.path);
        let stem = file.strip_suffix(".sql").unwrap_or(file);
        if stem != name {
            self.wrong(
                Some(line),
                format!("the metric is `{name}` but the file is `{file}`"),
                format!("Rename the file to `{name}.sql`, or the metric to `{stem}`."),
            );
        }
    }

    fn select(&mut self) -> Option<Select> {
        for key in ["numerator", "denominator"] {
            if let Some((line, _)) = self.value(key) {
                self.wrong(
                    Some(line),
                    format!("`{key}` belongs to a ratio"),
                    "Write `kind: ratio` and no SELECT, or leave the line out.".to_owned(),
                );
            }
        }
        match sql::read(self.rest.clone()) {
            Ok(select) => Some(select),
            Err(refusals) => {
                for refusal in refusals {
                    self.wrong(
                        Some(refusal.line),
                        format!("{} is refused in a query", refusal.message),
                        refusal.remedy.to_owned(),
                    );
                }
                None
            }
        }
    }

    fn composition(&mut self) -> Option<Composition> {
        if let Some(index) = self.rest.lines().position(|l| !l.trim().is_empty()) {
            self.wrong(
                u32::try_from(index + 1).ok(),
                "a ratio has no SELECT".to_owned(),
                "Leave it out; `numerator` and `denominator` name the metrics.".to_owned(),
            );
        }
        let numerator = self.required("numerator");
        let denominator = self.required("denominator");
        let (line, above) = numerator?;
        let (below_line, below) = denominator?;
        let composed = Composition::read(&above, &below);
        composed
            .map_err(|(of_numerator, why)| {
                let at = if of_numerator { line } else { below_line };
                self.wrong(
                    Some(at),
                    why,
                    "Write `leavers`, `headcount@end` or `mean(headcount@start, headcount@end)`."
                        .to_owned(),
                );
            })
            .ok()
    }
}

fn usual_unit(kind: Kind) -> Unit {
    match kind {
        Kind::Proportion | Kind::Distribution | Kind::Survival => Unit::Fraction,
        Kind::Mean | Kind::Paired => Unit::Score,
        Kind::Event | Kind::Sum => Unit::Count,
        Kind::Stock => Unit::People,
        Kind::Exposure => Unit::Per100PersonYears,
        Kind::Ratio => Unit::Rate,
    }
}

#[cfg(test)]
mod tests;
