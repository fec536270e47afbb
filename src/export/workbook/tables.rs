//! A sheet with one table: title, what is on it, the words that explain it,
//! then one header row. Nothing stands beside or below the table.

use super::format::{Literals, Written};
use super::names::{self, held};
use super::pages::Notes;
use super::styles::Styles;
use super::{CONTENTS, Cell, Column, ExportError, MOST_ROWS, Placed, Role};
use rust_xlsxwriter::{Table, TableColumn, TableStyle, Url, Workbook, Worksheet, XlsxError};

/// The narrowest and the widest column, in letters.
const NARROWEST: usize = 14;
pub(super) const WIDEST: usize = 50;
/// The height of a line of a row, in pixels.
const LINE: usize = 21;

/// Writes a table's sheet.
pub(super) fn table(
    file: &mut Workbook,
    styles: &Styles,
    (place, notes, literals): (&Placed<'_>, &Notes, &mut Literals),
) -> Result<(), ExportError> {
    let page = sheet(file, &place.name, Across::Wide)?;
    let mut lines = Lines::new(styles);
    lines.title(page, &title(place))?;
    lines.line(page, &what_is_here(place))?;
    if !place.sheet.dates.trim().is_empty() {
        lines.line(page, &place.sheet.dates)?;
    }
    if !place.sheet.shorthand.is_empty() {
        let used = place.sheet.shorthand.join("; ");
        lines.line(page, &format!("Shorthand in this table: {used}."))?;
    }
    let numbers = notes.of(place.sheet);
    if !numbers.is_empty() {
        lines.line(page, &format!("Notes on this table: {numbers}."))?;
        lines.link(page, super::NOTES, "Go to the notes")?;
    }
    if let Some((chart, _)) = &place.chart {
        lines.link(page, chart, "Go to the chart")?;
    }
    lines.link(page, CONTENTS, "Back to the contents")?;
    let name = names::table(place.number, &place.sheet.title);
    let grid = Grid {
        name: &name,
        columns: &place.sheet.columns,
        rows: &place.sheet.rows,
        about: &place.sheet.title,
        widest: WIDEST,
    };
    grid.write(page, (lines.next, styles, literals))
}

/// `Table 3: Intention to stay, by site`.
fn title(place: &Placed<'_>) -> String {
    format!("Table {}: {}", place.number, place.sheet.title)
}

fn what_is_here(place: &Placed<'_>) -> String {
    let section = place.sheet.section.trim();
    let mut words = match place.sheet.rows.as_slice() {
        [] => "This worksheet contains the headings of a table that has no rows",
        _ => "This worksheet contains one table",
    }
    .to_owned();
    if !section.is_empty() {
        words.push_str(&format!(", from the section \"{section}\" of the report"));
    }
    words.push('.');
    let rows = place.sheet.rows.len();
    if rows > MOST_ROWS {
        words.push_str(&format!(
            " It has the first {MOST_ROWS} of {rows} rows; results.csv has every figure."
        ));
    }
    words
}

/// Which way a sheet is printed.
#[derive(Clone, Copy)]
pub(in crate::export) enum Across {
    /// Upright.
    Tall,
    /// On its side.
    Wide,
}

/// A new sheet: A4, one page across, nothing frozen, nothing hidden.
pub(in crate::export) fn sheet<'a>(
    file: &'a mut Workbook,
    name: &str,
    across: Across,
) -> Result<&'a mut Worksheet, XlsxError> {
    let page = file.add_worksheet();
    page.set_name(name)?;
    page.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if matches!(across, Across::Wide) {
        page.set_landscape();
    }
    Ok(page)
}

/// The lines above a table, one a row, in column A.
pub(super) struct Lines<'a> {
    styles: &'a Styles,
    /// The row that is written next.
    pub(super) next: u32,
}

impl<'a> Lines<'a> {
    pub(super) fn new(styles: &'a Styles) -> Self {
        Self { styles, next: 0 }
    }

    pub(super) fn title(&mut self, page: &mut Worksheet, text: &str) -> Result<(), XlsxError> {
        page.write_string_with_format(self.next, 0, held(text), &self.styles.title())?;
        page.set_row_height_pixels(self.next, 30)?;
        self.next += 1;
        Ok(())
    }

    pub(super) fn line(&mut self, page: &mut Worksheet, text: &str) -> Result<(), XlsxError> {
        let format = self.styles.plain().clone().set_quote_prefix();
        page.write_string_with_format(self.next, 0, held(text), &format)?;
        self.next += 1;
        Ok(())
    }

    pub(super) fn link(
        &mut self,
        page: &mut Worksheet,
        to: &str,
        text: &str,
    ) -> Result<(), XlsxError> {
        let format = self.styles.link().unset_text_wrap();
        page.write_url_with_format(self.next, 0, link(to, text), &format)?;
        self.next += 1;
        Ok(())
    }
}

/// A link to the first cell of a sheet.
pub(super) fn link(to: &str, text: &str) -> Url {
    let quoted = to.replace('\'', "''");
    Url::new(format!("internal:'{quoted}'!A1")).set_text(held(text))
}

/// A table as a spreadsheet has it.
pub(super) struct Grid<'a> {
    pub(super) name: &'a str,
    pub(super) columns: &'a [Column],
    pub(super) rows: &'a [Vec<Cell>],
    /// What a screen reader says of it.
    pub(super) about: &'a str,
    /// The widest that a column of words may be, in letters.
    pub(super) widest: usize,
}

impl Grid<'_> {
    /// Writes it from a row on, marked as a table with a name.
    pub(super) fn write(
        &self,
        page: &mut Worksheet,
        (top, styles, literals): (u32, &Styles, &mut Literals),
    ) -> Result<(), ExportError> {
        let last_column = u16::try_from(self.columns.len().saturating_sub(1))
            .map_err(|_| ExportError("a table has more columns than a sheet".to_owned()))?;
        let headings = names::headings(self.columns.iter().map(|c| c.heading.as_str()));
        let kept = self.rows.get(..MOST_ROWS).unwrap_or(self.rows);
        let mut widths = Vec::with_capacity(headings.len());
        for ((column, of), heading) in (0_u16..).zip(self.columns).zip(&headings) {
            let cells = kept.iter().filter_map(|row| row.get(usize::from(column)));
            let letters = width((of.role, self.widest), heading, cells);
            widths.push(letters);
            page.set_column_width(column, f64::from(letters))?;
            page.write_string_with_format(top, column, heading, &heading_style(styles, of.role))?;
        }
        let bold = widths.iter().map(|width| width.saturating_sub(1));
        let lines = headings.iter().zip(bold);
        tall(page, top, lines.map(|(text, width)| (text.as_str(), width)))?;
        for (index, row) in kept.iter().enumerate() {
            let at = top.saturating_add(u32::try_from(index + 1).unwrap_or(u32::MAX));
            for ((column, of), cell) in (0_u16..).zip(self.columns).zip(row) {
                write_cell(page, (at, column), cell, (of.role, styles, literals))?;
            }
            let words = row.iter().zip(widths.iter().copied());
            tall(
                page,
                at,
                words.map(|(cell, width)| (cell.text.as_str(), width)),
            )?;
        }
        page.set_repeat_rows(top, top)?;
        if kept.is_empty() || self.columns.is_empty() {
            return Ok(());
        }
        let columns: Vec<TableColumn> = self
            .columns
            .iter()
            .zip(&headings)
            .map(|(of, heading)| {
                TableColumn::new()
                    .set_header(heading)
                    .set_header_format(heading_style(styles, of.role))
            })
            .collect();
        let table = Table::new()
            .set_name(self.name)
            .set_style(TableStyle::None)
            .set_banded_rows(false)
            .set_autofilter(false)
            .set_columns(&columns)
            .set_alt_text(names::first(self.about, 250));
        let last = top.saturating_add(u32::try_from(kept.len()).unwrap_or(u32::MAX));
        page.add_table(top, 0, last, last_column, &table)?;
        Ok(())
    }
}

fn heading_style(styles: &Styles, role: Role) -> rust_xlsxwriter::Format {
    match role {
        Role::Number => styles.column_right(),
        Role::Name => styles.column(),
        Role::Words => styles.column().set_indent(1),
    }
}

/// A number in its format, or words: never a formula.
fn write_cell(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    (role, styles, literals): (Role, &Styles, &mut Literals),
) -> Result<(), XlsxError> {
    match literals.written(cell) {
        Written::Number(number, code) => {
            page.write_number_with_format(row, column, number, &styles.number(&code))?;
        }
        Written::Words => {
            let style = match role {
                Role::Number => styles.words_right(),
                Role::Name => styles.words(),
                Role::Words => styles.words_apart(),
            };
            page.write_string_with_format(row, column, held(&cell.text), &style)?;
        }
    }
    Ok(())
}

/// Makes a row as tall as its words need. Excel would do it by itself, other
/// programs take the height that the file has.
pub(in crate::export) fn tall<'a>(
    page: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = (&'a str, u16)>,
) -> Result<(), XlsxError> {
    let lines = cells.map(|(text, width)| wrapped(text, usize::from(width)));
    // Excel's tallest row.
    let lines = lines.max().unwrap_or(1).min(545 / LINE);
    if lines > 1 {
        let pixels = u32::try_from(lines * LINE).unwrap_or(0);
        page.set_row_height_pixels(row, pixels)?;
    }
    Ok(())
}

/// How many lines a text takes, at so many digits a line. Letters are rather
/// narrower than digits, so that a row is rather too tall than too low.
fn wrapped(text: &str, width: usize) -> usize {
    let width = width.max(1);
    let mut lines = 0;
    for paragraph in text.split('\n') {
        lines += 1;
        let mut used = 0;
        for word in paragraph.split(' ') {
            let letters = word.chars().count();
            if used > 0 && used + 1 + letters > width {
                lines += 1;
                used = 0;
            }
            used += letters + usize::from(used > 0);
            // A word that is longer than the line is broken.
            lines += used.saturating_sub(1) / width;
            used -= used.saturating_sub(1) / width * width;
        }
    }
    lines
}

/// Wide enough that no number turns into hashes and no word is broken, else as
/// narrow as reads well. In letters.
fn width<'a>(
    (role, widest): (Role, usize),
    heading: &str,
    cells: impl Iterator<Item = &'a Cell>,
) -> u16 {
    let longest_word = |text: &str| {
        let words = text.split_whitespace().map(|word| word.chars().count());
        words.max().unwrap_or(0)
    };
    let (mut of_words, mut of_number) = (longest_word(heading), 0);
    for cell in cells {
        let letters = cell.text.chars().count();
        match (cell.number, role) {
            (Some(_), _) => of_number = of_number.max(letters),
            (None, Role::Number) => of_words = of_words.max(longest_word(&cell.text)),
            (None, _) => of_words = of_words.max(letters),
        }
    }
    let words = of_words.clamp(NARROWEST, widest);
    u16::try_from(words.max(of_number).min(200) + 3).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_are_counted_as_they_wrap() {
        let cases = [
            ("", 10, 1),
            ("Site", 10, 1),
            ("95% interval, lower", 14, 2),
            ("one\ntwo", 10, 2),
            ("abcdefghijklmnopqrst", 10, 2),
            ("abcdefghijklmnopqrstu v", 10, 3),
        ];
        for (text, width, lines) in cases {
            assert_eq!(wrapped(text, width), lines, "{text}");
        }
    }
}
