//! A sheet of sentences in a workbook: a title, headings, paragraphs and links,
//! one a row. Says nothing of its own.

use super::workbook::names::held;
use super::workbook::styles::Styles;
use super::workbook::tables::{Across, sheet, tall};
use rust_xlsxwriter::{Format, Url, Workbook, Worksheet, XlsxError};

/// A sheet of sentences, one a row.
pub(super) struct Paper<'a> {
    page: &'a mut Worksheet,
    styles: &'a Styles,
    next: u32,
}

/// The width of a column of sentences, in letters.
const READING_WIDTH: u16 = 80;

impl<'a> Paper<'a> {
    pub(super) fn new(
        file: &'a mut Workbook,
        styles: &'a Styles,
        name: &str,
    ) -> Result<Self, XlsxError> {
        let page = sheet(file, name, Across::Tall)?;
        page.set_column_width(0, f64::from(READING_WIDTH))?;
        Ok(Self {
            page,
            styles,
            next: 0,
        })
    }

    fn put(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.page
            .write_string_with_format(self.next, 0, held(text), format)?;
        self.next += 1;
        Ok(())
    }

    pub(super) fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.page.set_row_height_pixels(self.next, 30)?;
        let format = self.styles.title();
        self.put(text, &format)
    }

    pub(super) fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.page.set_row_height(self.next, 30)?;
        let format = self.styles.heading();
        self.put(text, &format)
    }

    pub(super) fn words(&mut self, text: &str) -> Result<(), XlsxError> {
        tall(self.page, self.next, std::iter::once((text, READING_WIDTH)))?;
        let format = self.styles.words();
        self.put(text, &format)
    }

    pub(super) fn link(&mut self, to: &str, text: &str) -> Result<(), XlsxError> {
        let url = Url::new(format!("internal:'{to}'!A1")).set_text(held(text));
        let format = self.styles.link();
        self.page
            .write_url_with_format(self.next, 0, url, &format)?;
        self.next += 1;
        Ok(())
    }
}
