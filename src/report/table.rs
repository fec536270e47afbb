//! Tables that a screen reader can read and a spreadsheet can take over: a
//! caption, one header row, a header for each row, no blank cell, shorthand
//! explained above. Each cell has the words that the page shows and, where
//! they are a number, the number that a spreadsheet shows as those words.

use super::phrases;
use super::terms::Terms;
use crate::chart::Drawing;
use crate::chart::figure::{amount, base, count, shorthand, status_words, why_not};
use crate::chart::text::escape;
use staywise_core::disclosure::Released;
use staywise_core::domain::{Statistic, Status, Unit};

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
}

/// How a number is shown as words; in brackets what a spreadsheet calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Not at all: the cell is words.
    Words,
    /// A whole number with a comma between thousands (`#,##0`).
    Whole,
    /// A fraction as a whole percentage (`#,##0%`).
    Percent,
    /// So many decimal places (`0.0`).
    Decimal(u8),
    /// A difference with its sign, of so many decimal places (`+0;-0;0`).
    Signed(u8),
    /// Whole pounds (`£#,##0`).
    Pounds,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Exactly what the page shows.
    pub text: String,
    /// The number that a spreadsheet shows as `text` in `shape`; none for words.
    pub number: Option<f64>,
    /// How it is shown.
    pub shape: Shape,
}

impl Cell {
    /// Words.
    pub(super) fn words(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            number: None,
            shape: Shape::Words,
        }
    }

    /// A whole number.
    pub(super) fn count(n: u64) -> Self {
        Self::shaped(count(n), n as f64, Shape::Whole)
    }

    /// A number that a spreadsheet shows as the text; where rounding at a tie
    /// would show another, the number is the one that is shown.
    fn shaped(text: String, number: f64, shape: Shape) -> Self {
        let (scale, places) = match shape {
            Shape::Words => return Self::words(text),
            Shape::Whole | Shape::Pounds => (1.0, 0),
            Shape::Percent => (100.0, 0),
            Shape::Decimal(places) | Shape::Signed(places) => (1.0, places),
        };
        let digits: String = text
            .chars()
            .filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
            .collect();
        let Ok(printed) = digits.parse::<f64>() else {
            return Self::words(text);
        };
        let printed_number = printed / scale;
        let number = if shown_as(number * scale, places) == shown_as(printed, places) {
            number
        } else {
            printed_number
        };
        Self {
            text,
            number: Some(number),
            shape,
        }
    }

    /// A row's figure.
    pub(super) fn figure(row: &Released) -> Self {
        match row.estimate().filter(|_| row.status() == Status::Shown) {
            Some(value) if row.key().statistic == Statistic::Difference => {
                Self::difference(row.unit(), value)
            }
            Some(value) => Self::amount(row.unit(), value),
            None => Self::words(shorthand(row.status())),
        }
    }

    /// A row's figure or limit, `[z]` where a shown figure has no such limit.
    fn limit(row: &Released, value: Option<f64>) -> Self {
        if row.status() != Status::Shown {
            return Self::words(shorthand(row.status()));
        }
        match value {
            Some(value) if row.key().statistic == Statistic::Difference => {
                Self::difference(row.unit(), value)
            }
            // A limit may be 0% or 100% though the figure never is.
            Some(value) if matches!(row.unit(), Unit::Fraction | Unit::Rate) => {
                Self::percent(value)
            }
            Some(value) => Self::amount(row.unit(), value),
            None => Self::words(shorthand(Status::NotApplicable)),
        }
    }

    /// The limits of a row's interval.
    pub(super) fn limits(row: &Released) -> [Self; 2] {
        [row.lower(), row.upper()].map(|value| Self::limit(row, value))
    }

    /// A row's base.
    pub(super) fn base(row: &Released) -> Self {
        match (row.status(), row.n()) {
            (Status::Shown, Some(n)) => Self::count(n),
            (Status::Shown, None) => Self::words(shorthand(Status::NotApplicable)),
            _ => Self::words(base(row)),
        }
    }

    fn percent(value: f64) -> Self {
        let text = format!("{}%", amount(Unit::Count, value * 100.0));
        Self::shaped(text, value, Shape::Percent)
    }

    /// A number in its unit; the unit's own words stand in the heading.
    fn amount(unit: Unit, value: f64) -> Self {
        let text = amount(unit, value);
        match unit {
            // "under 1%" and "over 99%" are words.
            Unit::Fraction | Unit::Rate if text.starts_with(|c: char| c.is_alphabetic()) => {
                Self::words(text)
            }
            Unit::Fraction | Unit::Rate => Self::shaped(text, value, Shape::Percent),
            Unit::People | Unit::Count => Self::shaped(text, value, Shape::Whole),
            Unit::Score | Unit::Per100PersonYears | Unit::Months => {
                Self::shaped(amount(Unit::Score, value), value, Shape::Decimal(1))
            }
            Unit::Pence => Self::shaped(text, value / 100.0, Shape::Pounds),
        }
    }

    fn difference(unit: Unit, value: f64) -> Self {
        let (value, places, text) = match unit {
            Unit::Fraction | Unit::Rate => {
                let points = value * 100.0;
                (points, 0, amount(Unit::Count, points))
            }
            Unit::People | Unit::Count => (value, 0, amount(Unit::Count, value)),
            Unit::Pence => (value / 100.0, 0, amount(Unit::Count, value / 100.0)),
            _ => (value, 1, amount(Unit::Score, value)),
        };
        let nothing = text.chars().all(|c| !c.is_ascii_digit() || c == '0');
        let text = match text.starts_with('-') || nothing {
            true => text,
            false => format!("+{text}"),
        };
        Self::shaped(text, value, Shape::Signed(places))
    }
}

/// What a spreadsheet shows: 15 digits of the number, rounded half away from
/// zero.
fn shown_as(value: f64, places: u8) -> String {
    let fifteen: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let scale = 10_f64.powi(i32::from(places));
    let whole = (fifteen * scale).abs();
    let whole: f64 = format!("{whole:.14e}").parse().unwrap_or(whole);
    let sign = if value < 0.0 && whole.round() > 0.0 {
        "-"
    } else {
        ""
    };
    format!("{sign}{:.0}", whole.round())
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
            let class = class(*column);
            html.push_str(&format!(
                "<th scope=\"col\"{class}>{}</th>",
                escape(heading)
            ));
        }
        html.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in self.rows.iter().take(MOST_ROWS) {
            html.push_str("<tr>");
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
        Column::Number => " class=\"number\"",
        Column::Name | Column::Words => "",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Cell, Column, Shape, Text, shown_as};
    use crate::report::components::Page;
    use crate::report::made_up::{facts, rows};
    use crate::report::shelf::Shelf;
    use crate::report::terms::Terms;
    use staywise_core::domain::{Status, Unit};

    #[test]
    fn a_spreadsheet_shows_what_the_page_does() {
        // A tie that the page rounds down and a spreadsheet up.
        let tie = Cell::amount(Unit::Fraction, 0.125);
        assert_eq!((tie.text.as_str(), tie.number), ("12%", Some(0.12)));
        let plain = Cell::amount(Unit::Fraction, 0.672_1);
        assert_eq!((plain.text.as_str(), plain.number), ("67%", Some(0.672_1)));
        assert_eq!(Cell::amount(Unit::Fraction, 0.004), Cell::words("under 1%"));
        let count = Cell::count(1204);
        assert_eq!((count.text.as_str(), count.number), ("1,204", Some(1204.0)));
        let score = Cell::amount(Unit::Score, 3.75);
        assert_eq!(score.shape, Shape::Decimal(1));
        let shown = shown_as(score.number.unwrap(), 1);
        assert_eq!(shown, score.text.replace('.', ""));
        let pounds = Cell::amount(Unit::Pence, -123_456.0);
        assert_eq!(
            (pounds.text.as_str(), pounds.number),
            ("-£1,235", Some(-1234.56))
        );
    }

    #[test]
    fn differences_have_their_sign() {
        let of = |value| Cell::difference(Unit::Fraction, value);
        assert_eq!(of(-0.094).text, "-9");
        assert_eq!(of(0.094).text, "+9");
        assert_eq!(
            (of(-0.001).text.as_str(), of(-0.001).number),
            ("0", Some(-0.1))
        );
        assert_eq!(of(0.094).shape, Shape::Signed(0));
    }

    #[test]
    fn spreadsheets_round_half_away_from_zero_at_fifteen_digits() {
        assert_eq!(shown_as(12.5, 0), "13");
        assert_eq!(shown_as(12.499_999_999_999_998, 0), "13");
        assert_eq!(shown_as(12.49, 0), "12");
        assert_eq!(shown_as(-0.4, 0), "0");
    }

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
