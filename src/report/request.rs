//! What a report asks for: one component with its arguments, checked for form
//! as it is written and for names once the names are known.

use super::error::unknown;
use minijinja::Value;
use minijinja::value::{Kwargs, Rest, ValueOrKwargs, from_args};
use staywise_core::domain::Dimension;

/// The components that a report may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Component {
    /// A card: label, figure, interval in words, base, period, definition.
    Headline,
    /// A figure as a sentence.
    Sentence,
    /// What the figures cannot say, as a sentence.
    CannotTell,
    /// A table of one metric by group, or of several for everyone.
    Table,
    /// Interval dots with their table.
    Chart,
    /// Curves of those still in post with their table.
    Survival,
    /// A metric over the periods there are, as a chart.
    Trend,
    /// What to know, in at most five sentences.
    Findings,
    /// Answers that take sides, question by question.
    Likert,
    /// Answers that take none.
    Bars,
    /// Every question by group, in one grid.
    HeatMap,
    /// Each group less the one it is compared with.
    Forest,
    /// Groups by size, within the limits of chance.
    Funnel,
    /// Groups then and now.
    Slope,
    /// Two groups, declared beforehand, and what became of them.
    Comparison,
    /// Who was in a comparison, and who was out and why.
    Flow,
    /// How alike its groups were.
    Balance,
    /// One workforce under several definitions.
    Turnover,
    /// When people leave, by month since starting.
    Leaving,
    /// Mean and median times in post.
    Times,
    /// Control charts.
    Control,
    /// Groups held against the rest.
    Sites,
    /// What is due and expected in the next quarters.
    Forward,
    /// What became of people, all ways of going at once.
    Fates,
    /// A programme that came to sites at different dates.
    Rollout,
    /// What changed, and why.
    Changed,
    /// What moved since an earlier run.
    Since,
    /// Figures that others published.
    Published,
    /// What the business case comes to, in sentences.
    CaseAnswer,
    /// How many would have to stay, beside how many leave.
    CaseBreakEven,
    /// What each input alone does to the answer.
    CaseTornado,
    /// Cost and saving year by year.
    CaseCash,
    /// What one leaver costs, line by line.
    CaseLeaver,
    /// What the programme costs, line by line.
    CaseProgramme,
    /// What many draws of all inputs at once come to.
    CaseDraws,
    /// Other ways of doing it.
    CaseOptions,
    /// Who pays and who gains.
    CaseWho,
    /// Every input with where it came from.
    CaseInputs,
    /// Every step with its numbers.
    CaseWorked,
    /// How good the data are.
    Quality,
    /// How figures were worked out.
    Method,
    /// The definitions behind the page's figures.
    Definitions,
    /// The words used.
    Glossary,
}

/// How many metrics a component takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    None,
    One,
    Several,
    Maybe,
}

impl Component {
    /// Every component, in the order of the documentation.
    pub const ALL: [Self; 43] = [
        Self::Headline,
        Self::Sentence,
        Self::CannotTell,
        Self::Findings,
        Self::Table,
        Self::Chart,
        Self::Survival,
        Self::Trend,
        Self::Likert,
        Self::Bars,
        Self::HeatMap,
        Self::Forest,
        Self::Funnel,
        Self::Slope,
        Self::Comparison,
        Self::Flow,
        Self::Balance,
        Self::Turnover,
        Self::Leaving,
        Self::Times,
        Self::Control,
        Self::Sites,
        Self::Forward,
        Self::Fates,
        Self::Rollout,
        Self::Changed,
        Self::Since,
        Self::Published,
        Self::CaseAnswer,
        Self::CaseBreakEven,
        Self::CaseTornado,
        Self::CaseCash,
        Self::CaseLeaver,
        Self::CaseProgramme,
        Self::CaseDraws,
        Self::CaseOptions,
        Self::CaseWho,
        Self::CaseInputs,
        Self::CaseWorked,
        Self::Quality,
        Self::Method,
        Self::Definitions,
        Self::Glossary,
    ];

    /// Its name in a report.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Sentence => "sentence",
            Self::CannotTell => "cannot_tell",
            Self::Table => "table",
            Self::Chart => "chart",
            Self::Survival => "survival",
            Self::Trend => "trend",
            Self::Published => "published",
            Self::Quality => "quality",
            Self::Method => "method",
            Self::Definitions => "definitions",
            Self::Findings => "findings",
            Self::Likert => "likert",
            Self::Bars => "bars",
            Self::HeatMap => "heat_map",
            Self::Forest => "forest",
            Self::Funnel => "funnel",
            Self::Slope => "slope",
            Self::Comparison => "comparison",
            Self::Flow => "flow",
            Self::Balance => "balance",
            Self::Turnover => "turnover",
            Self::Leaving => "leaving",
            Self::Times => "times",
            Self::Control => "control",
            Self::Sites => "sites",
            Self::Forward => "forward",
            Self::Fates => "fates",
            Self::Rollout => "rollout",
            Self::Changed => "changed",
            Self::Since => "since",
            Self::Glossary => "glossary",
            Self::CaseAnswer => "case_answer",
            Self::CaseBreakEven => "case_break_even",
            Self::CaseTornado => "case_tornado",
            Self::CaseCash => "case_cash",
            Self::CaseLeaver => "case_leaver",
            Self::CaseProgramme => "case_programme",
            Self::CaseDraws => "case_draws",
            Self::CaseOptions => "case_options",
            Self::CaseWho => "case_who",
            Self::CaseInputs => "case_inputs",
            Self::CaseWorked => "case_worked",
        }
    }

    /// Whether it is words within a paragraph rather than a paragraph itself.
    #[must_use]
    pub fn is_inline(self) -> bool {
        matches!(self, Self::Sentence | Self::CannotTell)
    }

    /// Whether it is told of the business case.
    #[must_use]
    pub fn is_of_case(self) -> bool {
        matches!(
            self,
            Self::CaseAnswer
                | Self::CaseBreakEven
                | Self::CaseTornado
                | Self::CaseCash
                | Self::CaseLeaver
                | Self::CaseProgramme
                | Self::CaseDraws
                | Self::CaseOptions
                | Self::CaseWho
                | Self::CaseInputs
                | Self::CaseWorked
        )
    }

    fn takes(self) -> Takes {
        match self {
            _ if self.is_of_case() => Takes::None,
            Self::Published
            | Self::Quality
            | Self::Definitions
            | Self::Since
            | Self::Glossary
            | Self::Comparison
            | Self::Flow
            | Self::Balance
            | Self::Turnover
            | Self::Forward
            | Self::Fates
            | Self::Rollout => Takes::None,
            Self::Method | Self::Control | Self::Sites | Self::Changed => Takes::Maybe,
            Self::Table | Self::Findings => Takes::Several,
            _ => Takes::One,
        }
    }

    /// How many dimensions its `by` takes: two are crossed, more stand one
    /// after another.
    fn dimensions(self) -> usize {
        match self {
            Self::Findings | Self::Forest | Self::CannotTell => 8,
            Self::Funnel | Self::Slope | Self::HeatMap | Self::Trend => 1,
            _ => 2,
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Headline | Self::Sentence => &["period", "item"],
            Self::CannotTell | Self::Findings | Self::HeatMap | Self::Forest => &["by", "period"],
            Self::Table | Self::Chart => &["by", "period", "item"],
            Self::Survival | Self::Funnel | Self::Slope | Self::Times => &["by"],
            Self::Comparison | Self::Flow | Self::Balance => &["name"],
            Self::Leaving => &["end"],
            Self::Likert | Self::Bars => &["period", "item"],
            Self::Trend => &["item", "by"],
            // What tells of no metric, and what tells of all there is.
            _ => &[],
        }
    }
}

/// Which period's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum When {
    /// The period reported on.
    #[default]
    Reported,
    /// Everything up to the as-at date.
    All,
}

/// One component of a report with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which component.
    pub component: Component,
    /// The metrics it shows; none for those that show no metric.
    pub metrics: Vec<String>,
    /// How people are divided: none, one, or a pair of dimensions.
    pub by: Vec<Dimension>,
    /// One item only, for a metric counted item by item.
    pub item: Option<String>,
    /// Which period.
    pub when: When,
    /// One comparison only, by its name.
    pub name: Option<String>,
    /// The month since starting at whose end the programme ends.
    pub end: Option<u32>,
}

/// The names that a report may use.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Every metric, whether the study can compute it or not.
    pub metrics: &'a [String],
    /// Every dimension, whether the study has it or not.
    pub dimensions: &'a [String],
}

impl Request {
    /// The metric of a component that shows one; empty for any other.
    #[must_use]
    pub fn metric(&self) -> &str {
        self.metrics.first().map_or("", String::as_str)
    }

    /// A request for everyone's figure of one metric.
    pub(super) fn everyone(metric: &str, when: When) -> Self {
        Self {
            component: Component::Sentence,
            metrics: vec![metric.to_owned()],
            by: Vec::new(),
            item: None,
            when,
            name: None,
            end: None,
        }
    }

    /// The same request for one metric, divided so.
    pub(super) fn one(&self, metric: &str, by: &[Dimension]) -> Self {
        Self {
            metrics: vec![metric.to_owned()],
            by: by.to_vec(),
            ..self.clone()
        }
    }

    /// Reads a component's arguments.
    pub(super) fn read(component: Component, args: Rest<ValueOrKwargs>) -> Result<Self, String> {
        let values = args.into_values();
        let (plain, named) =
            from_args::<(&[Value], Kwargs)>(&values).map_err(|error| error.to_string())?;
        let mut request = Self {
            component,
            metrics: Vec::new(),
            by: Vec::new(),
            item: None,
            when: When::Reported,
            name: None,
            end: None,
        };
        let word = component.word();
        match (component.takes(), plain) {
            (Takes::None | Takes::Maybe, []) => {}
            (Takes::None, _) => return Err(format!("`{word}` takes no metric")),
            (_, []) => return Err(format!("`{word}` needs the name of a metric")),
            (_, [metrics]) => request.metrics = names(metrics, word)?,
            (_, [_, more, ..]) => {
                return Err(format!(
                    "`{word}` takes one metric; write a dimension as by={more:?}"
                ));
            }
        }
        if request.metrics.len() > 1 && component.takes() != Takes::Several {
            return Err(format!("`{word}` takes one metric"));
        }
        for name in named.args() {
            let value: Value = named.peek(name).map_err(|error| error.to_string())?;
            request.argument(name, &value)?;
        }
        Ok(request)
    }

    fn argument(&mut self, name: &str, value: &Value) -> Result<(), String> {
        let word = self.component.word();
        let allowed = self.component.arguments();
        if !allowed.contains(&name) {
            let what = format!("argument of `{word}`");
            return Err(unknown(&what, name, allowed.iter().copied()));
        }
        if name == "end" {
            self.end = Some(months(value)?);
            return Ok(());
        }
        let given = names(value, word)?;
        match (name, given.as_slice()) {
            ("by", slugs) => {
                let most = self.component.dimensions();
                if slugs.len() > most {
                    let most = match most {
                        1 => "one dimension",
                        2 => "one dimension or two",
                        _ => "at most eight dimensions",
                    };
                    return Err(format!("`by` takes {most}"));
                }
                self.by = slugs.iter().map(|slug| Dimension::new(slug)).collect();
                if self.metrics.len() > 1 && self.component == Component::Table {
                    return Err("a table of several metrics takes no `by`".to_owned());
                }
            }
            ("name", [one]) => self.name = Some(one.clone()),
            ("item", [item]) => self.item = Some(item.clone()),
            ("period", [period]) if period == "all" => self.when = When::All,
            ("period", [period]) if period == "reported" => self.when = When::Reported,
            ("period", _) => return Err("`period` is \"reported\" or \"all\"".to_owned()),
            _ => return Err(format!("`{name}` takes one name")),
        }
        Ok(())
    }

    /// What is unknown among its names.
    pub(super) fn check(&self, known: &Known<'_>) -> Result<(), String> {
        for metric in &self.metrics {
            if !known.metrics.contains(metric) {
                let names = known.metrics.iter().map(String::as_str);
                return Err(unknown("metric", metric, names));
            }
        }
        for dimension in &self.by {
            let slug = dimension.as_str();
            if !known.dimensions.iter().any(|name| name == slug) {
                let names = known.dimensions.iter().map(String::as_str);
                return Err(unknown("dimension", slug, names));
            }
        }
        Ok(())
    }
}

/// A whole number of months, from 1 to 60.
fn months(value: &Value) -> Result<u32, String> {
    let given = value.as_i64().and_then(|n| u32::try_from(n).ok());
    given
        .filter(|months| (1..=60).contains(months))
        .ok_or_else(|| "`end` is a number of months from 1 to 60, as end=12".to_owned())
}

/// A name, or a list of names.
fn names(value: &Value, word: &str) -> Result<Vec<String>, String> {
    if let Some(name) = value.as_str() {
        return Ok(vec![name.to_owned()]);
    }
    let wrong = || format!("`{word}` takes names in quotes, or a list of them");
    let list: Vec<Value> = value.try_iter().map_err(|_| wrong())?.take(100).collect();
    let names: Option<Vec<String>> = list
        .iter()
        .map(|each| each.as_str().map(str::to_owned))
        .collect();
    names.filter(|names| !names.is_empty()).ok_or_else(wrong)
}
