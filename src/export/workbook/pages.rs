//! The sheets around the tables: cover, contents, notes and definitions.

use super::format::Literals;
use super::names::held;
use super::styles::Styles;
use super::tables::{Across, Grid, Lines, WIDEST, link, sheet, tall};
use super::{
    Book, CONTENTS, COVER, Cell, Column, DEFINITIONS, ExportError, NOTES, Placed, Role, Sheet,
};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// What shorthand means, in the order of docs/outputs.md. The marks are the
/// Analysis Function's.
const SHORTHAND: [(&str, &str); 5] = [
    (
        "[c]",
        "Hidden to protect people. Every hidden figure has this mark, whatever hides it.",
    ),
    (
        "[x]",
        "Not available: the data do not have what the figure needs.",
    ),
    (
        "[z]",
        "Not applicable: it does not apply, is not yet due, was refused, or cannot be estimated.",
    ),
    ("[u]", "Too few to say: a figure would not be reliable."),
    (
        "[low]",
        "Rounds to 0 but is not 0. Not used here: such a figure reads \"under 1%\".",
    ),
];

/// The width of a column of sentences, in letters: a sheet of A4 upright.
const READING_WIDTH: u16 = 70;

/// The notes of all tables, each once, numbered in the order of the tables.
pub(super) struct Notes(Vec<String>);

/// Gives each note its number.
pub(super) fn numbered(book: &Book) -> Notes {
    let mut notes: Vec<String> = Vec::new();
    for note in book.sheets.iter().flat_map(|sheet| &sheet.notes) {
        if !note.trim().is_empty() && !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    Notes(notes)
}

impl Notes {
    /// `[note 1], [note 3]`: those of a table.
    pub(super) fn of(&self, sheet: &Sheet) -> String {
        let numbers: Vec<String> = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, note)| sheet.notes.contains(note))
            .map(|(index, _)| format!("[note {}]", index + 1))
            .collect();
        numbers.join(", ")
    }
}

/// The cover: what this is, about when, from whom, and what is inside.
pub(super) fn cover(
    file: &mut Workbook,
    styles: &Styles,
    (book, placed): (&Book, &[Placed<'_>]),
) -> Result<(), ExportError> {
    let page = sheet(file, COVER, Across::Tall)?;
    page.set_column_width(0, f64::from(READING_WIDTH))?;
    let charts = placed.iter().filter(|p| p.chart.is_some()).count();
    let mut lines = Words { styles, next: 0 };
    lines.title(page, &book.title)?;
    for words in [
        format!("{}, {}.", book.study, book.period),
        format!("Data as at {}.", book.as_at),
    ] {
        lines.words(page, &words)?;
    }
    for caution in &book.cautions {
        lines.words(page, caution)?;
    }
    lines.heading(page, "What is inside")?;
    lines.words(
        page,
        &format!(
            "{} and {}. Each table stands on a worksheet of its own, from cell A1 down; the \
             charts follow the tables.",
            counted(placed.len(), "table"),
            counted(charts, "chart")
        ),
    )?;
    for (to, text) in [
        (CONTENTS, "Go to the contents"),
        (NOTES, "Go to the notes and shorthand"),
        (DEFINITIONS, "Go to the definitions"),
    ] {
        lines.link(page, to, text)?;
    }
    lines.heading(page, "How to read a figure")?;
    for words in [
        "A cell shows a figure as the report prints it. The number in it is the figure as \
         released; results.csv, beside this workbook, has every figure with its interval, its \
         base and its method, and data-dictionary.csv says what each of its columns is.",
        book.policy.as_str(),
    ] {
        lines.words(page, words)?;
    }
    lines.heading(page, "Publisher and contact")?;
    lines.words(page, &format!("Publisher: {}.", book.publisher))?;
    lines.words(
        page,
        "Contact: whoever sends this workbook on writes a name and an address here.",
    )?;
    lines.words(page, &format!("Made by staywise {}.", book.version))?;
    Ok(())
}

fn counted(n: usize, noun: &str) -> String {
    match n {
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}

/// Wrapped lines of a sheet of words.
struct Words<'a> {
    styles: &'a Styles,
    next: u32,
}

impl Words<'_> {
    fn write(
        &mut self,
        page: &mut Worksheet,
        text: &str,
        format: &rust_xlsxwriter::Format,
    ) -> Result<(), XlsxError> {
        page.write_string_with_format(self.next, 0, held(text), format)?;
        self.next += 1;
        Ok(())
    }

    fn title(&mut self, page: &mut Worksheet, text: &str) -> Result<(), XlsxError> {
        page.set_row_height_pixels(self.next, 30)?;
        let style = self.styles.title();
        self.write(page, text, &style)
    }

    fn heading(&mut self, page: &mut Worksheet, text: &str) -> Result<(), XlsxError> {
        page.set_row_height(self.next, 30)?;
        let style = self.styles.heading();
        self.write(page, text, &style)
    }

    fn words(&mut self, page: &mut Worksheet, text: &str) -> Result<(), XlsxError> {
        tall(page, self.next, std::iter::once((text, READING_WIDTH)))?;
        let style = self.styles.words();
        self.write(page, text, &style)
    }

    fn link(&mut self, page: &mut Worksheet, to: &str, text: &str) -> Result<(), XlsxError> {
        page.write_url_with_format(self.next, 0, link(to, text), &self.styles.link())?;
        self.next += 1;
        Ok(())
    }
}

fn column(heading: &str, role: Role) -> Column {
    Column {
        heading: heading.to_owned(),
        role,
    }
}

/// The contents: every sheet with a link to it.
pub(super) fn contents(
    file: &mut Workbook,
    styles: &Styles,
    placed: &[Placed<'_>],
) -> Result<(), ExportError> {
    let page = sheet(file, CONTENTS, Across::Wide)?;
    let mut lines = Lines::new(styles);
    lines.title(page, "Contents")?;
    lines.line(
        page,
        "This worksheet contains one table: the other worksheets, with a link to each.",
    )?;
    let fixed = [
        (NOTES, "Notes and shorthand", ""),
        (DEFINITIONS, "What each measure is", ""),
    ];
    let mut listed: Vec<(&str, String, String)> = fixed
        .into_iter()
        .map(|(name, what, section)| (name, what.to_owned(), section.to_owned()))
        .collect();
    for place in placed {
        let what = format!("Table {}: {}", place.number, place.sheet.title);
        listed.push((&place.name, what, place.sheet.section.clone()));
    }
    for place in placed {
        if let Some((name, _)) = &place.chart {
            let what = format!("Chart of table {}: {}", place.number, place.sheet.title);
            listed.push((name, what, place.sheet.section.clone()));
        }
    }
    let rows: Vec<Vec<Cell>> = listed
        .iter()
        .map(|(name, what, section)| {
            let section = match section.trim() {
                "" => "Whole workbook",
                section => section,
            };
            vec![Cell::words(*name), Cell::words(what), Cell::words(section)]
        })
        .collect();
    let grid = Grid {
        name: "contents",
        columns: &[
            column("Worksheet", Role::Name),
            column("What it shows", Role::Words),
            column("Section of the report", Role::Words),
        ],
        rows: &rows,
        about: "The worksheets of this workbook",
        widest: WIDEST,
    };
    grid.write(page, (lines.next, styles, &mut Literals::default()))?;
    for ((name, ..), row) in listed.iter().zip(lines.next + 1..) {
        page.write_url_with_format(row, 0, link(name, name), &styles.link())?;
    }
    Ok(())
}

/// The notes and the shorthand in one table.
pub(super) fn notes(
    file: &mut Workbook,
    styles: &Styles,
    notes: &Notes,
) -> Result<(), ExportError> {
    let page = sheet(file, NOTES, Across::Wide)?;
    let mut lines = Lines::new(styles);
    lines.title(page, "Notes and shorthand")?;
    lines.line(
        page,
        "This worksheet contains one table: the marks that stand in cells, then the notes on tables.",
    )?;
    lines.link(page, CONTENTS, "Back to the contents")?;
    let marks = SHORTHAND.map(|(mark, meaning)| (mark.to_owned(), meaning.to_owned()));
    let numbered = notes
        .0
        .iter()
        .enumerate()
        .map(|(index, note)| (format!("[note {}]", index + 1), note.clone()));
    let rows: Vec<Vec<Cell>> = marks
        .into_iter()
        .chain(numbered)
        .map(|(mark, meaning)| vec![Cell::words(mark), Cell::words(meaning)])
        .collect();
    let grid = Grid {
        name: "notes",
        columns: &[
            column("Mark or note", Role::Name),
            column("What it means", Role::Words),
        ],
        rows: &rows,
        about: "Shorthand and notes",
        widest: usize::from(READING_WIDTH),
    };
    grid.write(page, (lines.next, styles, &mut Literals::default()))?;
    Ok(())
}

/// What each measure counts, what it leaves out, and where that comes from.
pub(super) fn definitions(
    file: &mut Workbook,
    styles: &Styles,
    book: &Book,
) -> Result<(), ExportError> {
    let page = sheet(file, DEFINITIONS, Across::Wide)?;
    let mut lines = Lines::new(styles);
    lines.title(page, "Definitions")?;
    lines.line(
        page,
        "This worksheet contains one table: what each measure is. The first column is its name in results.csv.",
    )?;
    lines.link(page, CONTENTS, "Back to the contents")?;
    let said = |words: &str, none: &str| match words.trim() {
        "" => Cell::words(none),
        words => Cell::words(words),
    };
    let rows: Vec<Vec<Cell>> = book
        .definitions
        .iter()
        .map(|d| {
            vec![
                Cell::words(&d.metric),
                Cell::words(&d.label),
                Cell::words(&d.definition),
                said(&d.exclusions, "Nothing further"),
                said(&d.source, "Not stated"),
            ]
        })
        .collect();
    let grid = Grid {
        name: "definitions",
        columns: &[
            column("Measure", Role::Name),
            column("Label", Role::Words),
            column("Definition", Role::Words),
            column("Left out", Role::Words),
            column("Source", Role::Words),
        ],
        rows: &rows,
        about: "What each measure is",
        widest: WIDEST,
    };
    grid.write(page, (lines.next, styles, &mut Literals::default()))
}
