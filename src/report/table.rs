//! Tables that a screen reader can read: a caption, one header row, a header
//! for each row, no blank cell, shorthand explained above. Wide ones scroll in
//! a frame of their own.

use crate::chart::figure::{shorthand, status_words};
use crate::chart::text::escape;
use staywise_core::domain::Status;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Words that name the row.
    Name,
    /// Words.
    Words,
    /// Numbers, set to the right.
    Number,
}

/// A table in words; everything is escaped as it is written.
#[derive(Clone, Debug)]
pub(super) struct TableText {
    /// What the table shows.
    pub(super) caption: String,
    /// Headings, each with what its column holds.
    pub(super) columns: Vec<(String, Column)>,
    /// Rows, each as long as the headings.
    pub(super) rows: Vec<Vec<String>>,
    /// The statuses that stand in it.
    pub(super) statuses: Vec<Status>,
}

impl TableText {
    /// The table as markup. `id` is one that nothing else on the page has.
    pub(super) fn html(&self, id: &str) -> String {
        let mut html = self.shorthand();
        html.push_str(&format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\">\n<table>\n\
             <caption id=\"{id}\">{}</caption>\n<thead>\n<tr>",
            escape(&self.caption)
        ));
        for (heading, column) in &self.columns {
            let class = class(*column);
            html.push_str(&format!(
                "<th scope=\"col\"{class}>{}</th>",
                escape(heading)
            ));
        }
        html.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in &self.rows {
            html.push_str("<tr>");
            for (cell, (_, column)) in row.iter().zip(&self.columns) {
                let (class, cell) = (class(*column), escape(cell));
                html.push_str(&match column {
                    Column::Name => format!("<th scope=\"row\">{cell}</th>"),
                    _ => format!("<td{class}>{cell}</td>"),
                });
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody>\n</table>\n</div>\n");
        html
    }

    /// A line that explains the shorthand that is used.
    fn shorthand(&self) -> String {
        let order = [
            Status::Confidential,
            Status::NotAvailable,
            Status::NotApplicable,
            Status::TooFew,
        ];
        let used: Vec<String> = order
            .into_iter()
            .filter(|status| self.statuses.contains(status))
            .map(|status| format!("{} {}", shorthand(status), status_words(status)))
            .collect();
        if used.is_empty() {
            return String::new();
        }
        format!(
            "<p class=\"shorthand\">In this table: {}.</p>\n",
            used.join("; ")
        )
    }
}

fn class(column: Column) -> &'static str {
    match column {
        Column::Number => " class=\"number\"",
        Column::Name | Column::Words => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Status, TableText};

    #[test]
    fn markup_in_a_cell_stays_text_and_shorthand_is_explained() {
        let table = TableText {
            caption: "A & B".to_owned(),
            columns: vec![
                ("Site".to_owned(), Column::Name),
                ("Share".to_owned(), Column::Number),
            ],
            rows: vec![vec!["<script>".to_owned(), "[c]".to_owned()]],
            statuses: vec![Status::Shown, Status::Confidential],
        };
        let html = table.html("t1");
        assert!(html.starts_with(
            "<p class=\"shorthand\">In this table: [c] hidden to protect people.</p>"
        ));
        assert!(
            html.contains("<th scope=\"row\">&lt;script&gt;</th><td class=\"number\">[c]</td>")
        );
        assert!(html.contains("<caption id=\"t1\">A &amp; B</caption>"));
    }
}
