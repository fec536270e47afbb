//! The frame of every chart: a title that says what it shows where that is
//! sure, one line on what is measured, the drawing twice, the table behind it
//! with the same words, and where the figures come from.

use super::charts::{all_confidential, all_hidden};
use super::{Page, Sure};
use crate::chart::text::escape;
use crate::chart::{Caption, ChartError, Drawing};
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::table::Text;
use crate::report::terms::Terms;
use staywise_core::disclosure::Released;

/// A figure of the page.
pub(super) struct Figure {
    /// What it shows.
    pub(super) title: String,
    /// What is measured, as markup.
    pub(super) lead: String,
    /// How it must not be read.
    pub(super) caution: Option<String>,
    /// The drawing, or why there is none.
    pub(super) drawing: Result<Drawing, String>,
    /// The table behind it.
    pub(super) table: Text,
    /// Where the figures come from, as markup.
    pub(super) source: String,
    /// The level of the intervals that are drawn as bars, in words.
    pub(super) level: Option<String>,
}

impl Figure {
    /// The figure as markup; what a bar is stands beside the first that has any.
    pub(super) fn set(self, page: &mut Page<'_>) -> String {
        let mut html = format!(
            "<figure>\n<figcaption>\n<h3>{}</h3>\n<p>{}</p>\n",
            escape(&self.title),
            self.lead
        );
        if let Some(caution) = &self.caution {
            html.push_str(&format!("<p class=\"caution\">{}</p>\n", escape(caution)));
        }
        html.push_str("</figcaption>\n");
        let (drawn, summary) = match &self.drawing {
            Ok(drawing) => {
                html.push_str(&format!(
                    "<div class=\"plot\">\n<div class=\"wide\">\n{}\n</div>\n<div class=\"narrow\">\n{}\n</div>\n</div>\n",
                    drawing.wide().as_str(),
                    drawing.narrow().as_str()
                ));
                (true, phrases::BEHIND)
            }
            Err(why) => {
                html.push_str(&super::nothing(why));
                (false, phrases::THE_TABLE)
            }
        };
        let table = page.table(self.table, self.drawing.ok());
        html.push_str(&format!(
            "<details class=\"behind\">\n<summary>{}</summary>\n{table}</details>\n",
            summary.html([], page.terms)
        ));
        html.push_str(&format!(
            "<p class=\"source\">{}</p>\n</figure>\n",
            self.source
        ));
        if let (true, Some(level), Sure::Unsaid) = (drawn, self.level, page.sure) {
            page.sure = Sure::Said;
            html.push_str(&how_sure(&level, page.terms));
        }
        html
    }
}

/// The note in the margin: what a bar is, and what `[c]` is.
fn how_sure(level: &str, terms: Terms) -> String {
    format!(
        "<div class=\"aside\" role=\"note\">\n<p><strong>{}</strong></p>\n<p>{}</p>\n\
         <p><strong>[c]</strong> {}</p>\n</div>\n",
        phrases::SURE_TITLE.html([], terms),
        phrases::SURE_BAR.html([level], terms),
        phrases::SURE_HIDDEN.html([], terms)
    )
}

/// The level of the rows' intervals: `95%`.
pub(super) fn level(rows: &[&Released]) -> Option<String> {
    let level = rows.iter().find_map(|row| row.interval_level())?;
    Some(format!("{:.0}%", level * 100.0))
}

/// Definition and claim, which lead back to how a figure was made, as markup.
pub(super) fn source(row: &Released, terms: Terms) -> String {
    format!(
        "{}<span class=\"claim\">{}</span>.",
        phrases::SOURCE.html([&row.key().definition], terms),
        escape(&row.claim())
    )
}

/// What a drawing by group is made for.
pub(super) struct Plan<'a> {
    pub(super) request: &'a Request,
    /// What it shows.
    pub(super) title: &'a str,
    /// Its figures in words.
    pub(super) described: &'a str,
    /// What its bases count.
    pub(super) base: &'a str,
    /// The rows of which at least one must not be hidden.
    pub(super) rows: &'a [&'a Released],
    /// How many groups it has, and how many it can hold.
    pub(super) groups: (usize, usize),
}

/// The drawing, or why there is none: too many groups, or all of them hidden.
pub(super) fn drawn(
    page: &Page<'_>,
    plan: &Plan<'_>,
    draw: impl FnOnce(&Caption<'_>) -> Result<Drawing, ChartError>,
) -> Result<Result<Drawing, String>, ChartError> {
    let (groups, most) = plan.groups;
    if groups > most {
        return Ok(Err(phrases::TOO_MANY.say([])));
    }
    if all_confidential(plan.rows) {
        return Ok(Err(all_hidden(plan.request)));
    }
    let id = format!("c{}", page.index);
    let caption = Caption {
        id: &id,
        title: plan.title,
        description: plan.described,
        base: plan.base,
    };
    draw(&caption).map(Ok)
}

/// A drawing that was tried: one that could not be made for good is an error
/// of the run.
pub(super) fn tried(
    drawing: Result<Result<Drawing, ChartError>, String>,
) -> Result<Result<Drawing, String>, ChartError> {
    match drawing {
        Ok(Ok(drawing)) => Ok(Ok(drawing)),
        Ok(Err(error)) => Err(error),
        Err(why) => Ok(Err(why)),
    }
}
