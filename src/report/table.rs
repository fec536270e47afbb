//! Tables that a screen reader can read: a caption, one header row, a header
//! for each row, no blank cell, shorthand explained above.

use super::cells::Cell;
use super::phrases;
use super::terms::Terms;
use crate::chart::Drawing;
use crate::chart::figure::{count, shorthand, status_words, why_not};
use crate::chart::text::escape;
use staywise_core::disclosure::Released;
use staywise_core::domain::Status;
use std::collections::BTreeSet;

/// The most rows of one table that a page shows.
const MOST_ROWS: usize = 300;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Words that name the row.
    Name,
    /// Words.
    Words,
    /// Numbers, set to the right.
    Number,
    /// Numbers of several units, set to the right: in no order of each other,
    /// so that no button sorts by them.
    Mixed,
    /// How a figure is worked out: in no order either.
    Working,
}

/// A table of the page, and the drawing it stands behind.
#[derive(Clone, Debug)]
pub struct ReportTable {
    /// An id that nothing else on the page has, and that names its file:
    /// `intention-to-stay-by-site`.
    pub id: String,
    /// The section of the page that it stands in.
    pub section: String,
    /// What it shows.
    pub title: String,
    /// The dates it is about; may be empty.
    pub dates: String,
    /// Headings, each with what its column holds.
    pub columns: Vec<(String, Column)>,
    /// Rows, each as long as the headings.
    pub rows: Vec<Vec<Cell>>,
    /// The rows that paper leaves out, by index: months between half-years.
    pub between: BTreeSet<usize>,
    /// What the shorthand in it means: `[c] hidden to protect people`.
    pub shorthand: Vec<String>,
    /// What else must be known of it.
    pub notes: Vec<String>,
    /// The drawing of the same figures.
    pub drawing: Option<Drawing>,
}

/// A table that has no id and no section yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) title: String,
    pub(super) dates: String,
    pub(super) columns: Vec<(String, Column)>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// The rows that paper leaves out, by index.
    pub(super) between: BTreeSet<usize>,
    /// Each kind of shorthand that stands in it, with what it means there.
    pub(super) marks: Vec<(Status, String)>,
    pub(super) notes: Vec<String>,
}

impl Text {
    /// Notes what the marks of some rows mean, reasons included. A row that
    /// needs no interval has `[z]` for its limits.
    pub(super) fn explain(&mut self, rows: &[&Released]) {
        for row in rows {
            let status = row.status();
            if status == Status::Shown {
                continue;
            }
            self.mark(status, &why_not(row));
        }
    }

    /// Notes what one mark means.
    pub(super) fn mark(&mut self, status: Status, why: &str) {
        let why = why.trim().trim_end_matches('.').to_owned();
        if !self.marks.contains(&(status, why.clone())) {
            self.marks.push((status, why));
        }
    }

    /// The line for each mark, in one order whatever the rows': a hidden cell
    /// has one reason only.
    pub(super) fn shorthand(&self) -> Vec<String> {
        let order = [
            Status::Confidential,
            Status::NotAvailable,
            Status::NotApplicable,
            Status::TooFew,
        ];
        let mut lines = Vec::new();
        for status in order {
            let words = status_words(status);
            let mut whys: Vec<&str> = Vec::new();
            for (mark, why) in &self.marks {
                if *mark == status && !why.is_empty() && why != words {
                    whys.push(why);
                }
            }
            if !self.marks.iter().any(|(mark, _)| *mark == status) {
                continue;
            }
            let mark = shorthand(status);
            lines.push(if whys.is_empty() || status == Status::Confidential {
                format!("{mark} {words}")
            } else {
                format!("{mark} {words}: {}", whys.join("; "))
            });
        }
        lines
    }
}

impl ReportTable {
    /// The table as markup.
    pub(super) fn html(&self, terms: Terms) -> String {
        let id = format!("table-{}", escape(&self.id));
        let mut html = String::new();
        if !self.shorthand.is_empty() {
            html.push_str(&format!(
                "<p class=\"shorthand\">{}{}.</p>\n",
                phrases::IN_THIS_TABLE.html([], terms),
                escape(&self.shorthand.join("; "))
            ));
        }
        html.push_str(&format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\">\n\
             <table data-sortable data-name=\"{}\">\n<caption id=\"{id}\">{}</caption>\n<thead>\n<tr>",
            escape(&self.id),
            escape(&self.caption())
        ));
        for (heading, column) in &self.columns {
            let (class, unsorted) = (class(*column), unsorted(*column));
            html.push_str(&format!(
                "<th scope=\"col\"{class}{unsorted}>{}</th>",
                escape(heading)
            ));
        }
        html.push_str("</tr>\n</thead>\n<tbody>\n");
        for (index, row) in self.rows.iter().enumerate().take(MOST_ROWS) {
            html.push_str(if self.between.contains(&index) {
                "<tr class=\"between\">"
            } else {
                "<tr>"
            });
            for (cell, (_, column)) in row.iter().zip(&self.columns) {
                html.push_str(&markup(cell, *column));
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n</table>\n</div>\n");
        if self.rows.len() > MOST_ROWS {
            let (shown, rows) = (MOST_ROWS as u64, self.rows.len() as u64);
            let words = phrases::FIRST_ROWS.html([&count(shown), &count(rows)], terms);
            html.push_str(&format!("<p class=\"source\">{words}</p>\n"));
        }
        if !self.between.is_empty() {
            let words = phrases::ON_PAPER.html([], terms);
            html.push_str(&format!("<p class=\"source paper\">{words}</p>\n"));
        }
        for note in &self.notes {
            html.push_str(&format!("<p class=\"source\">{}</p>\n", escape(note)));
        }
        html
    }

    /// The title with its dates.
    #[must_use]
    pub fn caption(&self) -> String {
        if self.dates.is_empty() {
            return self.title.clone();
        }
        phrases::CAPTION.say([&self.title, &self.dates])
    }
}

fn markup(cell: &Cell, column: Column) -> String {
    let text = escape(&cell.text);
    if column == Column::Name {
        return format!("<th scope=\"row\"{}>{text}</th>", value(cell));
    }
    format!("<td{}{}>{text}</td>", class(column), value(cell))
}

/// What a script sorts by: the number, to six places.
fn value(cell: &Cell) -> String {
    let rounded = cell.number.map(|n| (n * 1e6).round() / 1e6);
    rounded.map_or_else(String::new, |n| format!(" data-value=\"{n}\""))
}

fn class(column: Column) -> &'static str {
    match column {
        Column::Number | Column::Mixed => " class=\"number\"",
        Column::Name | Column::Words | Column::Working => "",
    }
}

/// Tells the script which columns have no order.
fn unsorted(column: Column) -> &'static str {
    match column {
        Column::Mixed | Column::Working => " data-unsorted",
        Column::Name | Column::Words | Column::Number => "",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Column, Text};
    use crate::report::cells::Cell;
    use crate::report::components::Page;
    use crate::report::made_up::{facts, rows};
    use crate::report::shelf::Shelf;
    use crate::report::terms::Terms;
    use staywise_core::domain::Status;

    #[test]
    fn markup_in_a_cell_stays_text_and_shorthand_is_explained() {
        let (rows, facts) = (rows(), facts());
        let shelf = Shelf {
            rows: &rows,
            facts: &facts,
        };
        let mut page = Page::new(shelf, &[], Terms::Plain);
        let mut text = Text {
            title: "A & B".to_owned(),
            columns: vec![
                ("Site".to_owned(), Column::Name),
                ("Share".to_owned(), Column::Number),
            ],
            rows: vec![vec![Cell::words("<script>"), Cell::words("[c]")]; 301],
            ..Text::default()
        };
        text.mark(Status::Confidential, "whatever");
        text.mark(Status::NotApplicable, "not yet due");
        let html = page.table(text.clone(), None);
        assert!(html.starts_with(
            "<p class=\"shorthand\">In this table: [c] hidden to protect people; [z] not applicable: not yet due.</p>"
        ));
        assert!(
            html.contains("<th scope=\"row\">&lt;script&gt;</th><td class=\"number\">[c]</td>")
        );
        assert!(html.contains("<caption id=\"table-a-b\">A &amp; B</caption>"));
        assert_eq!(html.matches("&lt;script&gt;").count(), 300);
        assert!(html.contains("The first 300 of 301 rows; all of them are in results.csv."));
        assert!(page.table(text, None).contains("data-name=\"a-b-2\""));
        assert_eq!(page.tables[1].rows.len(), 301);
    }
}
