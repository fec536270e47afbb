//! How a workbook looks: Arial 12, bold headings, underlined links, wrapped
//! words, and nothing said by colour alone.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

const FONT: &str = "Arial";

/// The blue of links, 7:1 on white.
const LINK: u32 = 0x00_0B_4C_8C;

/// The formats that a workbook uses, made once.
pub(in crate::export) struct Styles {
    plain: Format,
}

impl Styles {
    pub(in crate::export) fn new() -> Self {
        let plain = Format::new().set_font_name(FONT).set_font_size(12);
        Self { plain }
    }

    /// Text on one line.
    pub(in crate::export) fn plain(&self) -> &Format {
        &self.plain
    }

    /// A sheet's title.
    pub(in crate::export) fn title(&self) -> Format {
        self.plain.clone().set_font_size(16).set_bold()
    }

    /// A heading on the cover.
    pub(in crate::export) fn heading(&self) -> Format {
        self.plain.clone().set_font_size(14).set_bold()
    }

    /// Words that wrap. A cell that is edited stays words: Excel does not take
    /// one that begins with `=` for a formula.
    pub(in crate::export) fn words(&self) -> Format {
        self.top().set_text_wrap().set_quote_prefix()
    }

    /// Words beside a column of numbers, a little apart from it.
    pub(in crate::export) fn words_apart(&self) -> Format {
        self.words().set_indent(1)
    }

    /// Words in a column of numbers.
    pub(in crate::export) fn words_right(&self) -> Format {
        self.words().set_align(FormatAlign::Right)
    }

    /// A number.
    pub(in crate::export) fn number(&self, code: &str) -> Format {
        self.top()
            .set_align(FormatAlign::Right)
            .set_num_format(code)
    }

    /// A heading of a column of words.
    pub(in crate::export) fn column(&self) -> Format {
        self.words()
            .set_bold()
            .set_border_bottom(FormatBorder::Medium)
    }

    /// A heading of a column of numbers.
    pub(in crate::export) fn column_right(&self) -> Format {
        self.column().set_align(FormatAlign::Right)
    }

    /// A link.
    pub(in crate::export) fn link(&self) -> Format {
        self.top()
            .set_font_color(Color::RGB(LINK))
            .set_underline(FormatUnderline::Single)
            .set_text_wrap()
    }

    fn top(&self) -> Format {
        self.plain.clone().set_align(FormatAlign::Top)
    }
}
