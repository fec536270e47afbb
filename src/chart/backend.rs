//! What plotters draws on: marks with classes and whole coordinates, a
//! sixteenth of a pixel each. Refuses a colour that is no ink and anything
//! that is not a mark, so that nothing unstyled slips through.

use super::ChartError;
use super::ink::Ink;
use super::letters::{Face, Weight};
use super::text::{clean, escape, width};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};
use std::cell::RefCell;

/// Units of the drawing to a pixel.
pub(super) const SCALE: f64 = 16.0;

/// One thing in a drawing, in the order it is painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A group begins.
    Open(&'static str),
    /// The group ends.
    Close,
    /// A line, rectangle, circle or shape: its element, class and place.
    Shape(&'static str, String, String),
    /// Words: their class, place and letters, not yet escaped.
    Text(String, String, String),
}

impl Mark {
    /// The mark as markup, with what `dress` makes of its element and class
    /// before its place.
    pub(super) fn markup(&self, dress: impl Fn(&str, &str) -> String) -> String {
        match self {
            Self::Open(class) => format!("<g{}>", dress("g", class)),
            Self::Close => "</g>".to_owned(),
            Self::Shape(name, class, place) => format!("<{name}{}{place}/>", dress(name, class)),
            Self::Text(class, place, words) => {
                let dress = dress("text", class);
                format!("<text{dress}{place}>{}</text>", escape(words))
            }
        }
    }
}

/// The marks of a drawing, shared by the canvas (which opens groups) and the
/// backend (which plotters draws on).
pub(super) type Marks = RefCell<Vec<Mark>>;

/// A drawing in the making.
pub(super) struct Backend<'a> {
    /// Where marks go.
    pub(super) marks: &'a Marks,
    /// Width and height in sixteenths of a pixel.
    pub(super) size: (u32, u32),
}

type Done = Result<(), DrawingErrorKind<ChartError>>;

impl Backend<'_> {
    fn shape(&self, name: &'static str, colour: BackendColor, place: String) -> Done {
        let class = ink_of(colour)?.class();
        self.marks
            .borrow_mut()
            .push(Mark::Shape(name, class, place));
        Ok(())
    }
}

fn ink_of(colour: BackendColor) -> Result<Ink, DrawingErrorKind<ChartError>> {
    let ink = Ink::reserving(colour.rgb).filter(|_| colour.alpha == 1.0);
    ink.ok_or_else(|| refused("a mark whose colour is no ink"))
}

fn refused(what: &str) -> DrawingErrorKind<ChartError> {
    DrawingErrorKind::DrawingError(ChartError(what.to_owned()))
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> Vec<String> {
    path.into_iter().map(|(x, y)| format!("{x},{y}")).collect()
}

impl DrawingBackend for Backend<'_> {
    type ErrorType = ChartError;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
        Err(refused("a single pixel"))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Done {
        let ((x1, y1), (x2, y2)) = (from, to);
        let place = format!(" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"");
        self.shape("line", style.color(), place)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _: bool,
    ) -> Done {
        let ((left, top), (right, bottom)) = (upper_left, bottom_right);
        let (x, y) = (left.min(right), top.min(bottom));
        let (width, height) = (left.abs_diff(right), top.abs_diff(bottom));
        let place = format!(" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        self.shape("rect", style.color(), place)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        let path: Vec<BackendCoord> = path.into_iter().collect();
        if let [from, to] = path.as_slice() {
            return self.draw_line(*from, *to, style);
        }
        let place = format!(" points=\"{}\"", points(path).join(" "));
        self.shape("polyline", style.color(), place)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        _: bool,
    ) -> Done {
        let place = format!(" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"");
        self.shape("circle", style.color(), place)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Done {
        let place = format!(" points=\"{}\"", points(vert).join(" "));
        self.shape("polygon", style.color(), place)
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        (x, y): BackendCoord,
    ) -> Done {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let class = ink_of(style.color())?.class();
        let place = format!(" x=\"{x}\" y=\"{y}\"{anchor}");
        let words = text.chars().map(clean).collect();
        self.marks
            .borrow_mut()
            .push(Mark::Text(class, place, words));
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<ChartError>> {
        let weight = match style.style() {
            FontStyle::Bold => Weight::Semibold,
            FontStyle::Normal | FontStyle::Italic | FontStyle::Oblique => Weight::Regular,
        };
        let size = style.size();
        // A text is far shorter than a u32 of sixteenths; `as` saturates.
        let across = width(text, Face { size, weight }).ceil() as u32;
        Ok((across, size.ceil() as u32))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Done {
        Err(refused("a bitmap"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Backend, Mark, Marks};
    use crate::chart::ink::Ink;
    use plotters::style::{Color, RGBColor, TextStyle};
    use plotters_backend::{BackendColor, DrawingBackend};

    #[test]
    fn what_is_no_ink_is_refused() {
        let marks = Marks::default();
        let mut backend = Backend {
            marks: &marks,
            size: (100, 100),
        };
        let good = Ink::Grid.colour().stroke_width(1);
        assert!(backend.draw_line((0, 0), (1, 2), &good).is_ok());
        for colour in [
            RGBColor(255, 255, 255).to_rgba(),
            Ink::Grid.colour().mix(0.5),
        ] {
            let style = colour.stroke_width(1);
            assert!(backend.draw_line((0, 0), (1, 1), &style).is_err());
            assert!(backend.draw_circle((0, 0), 4, &style, true).is_err());
            let text = TextStyle::from(("sans-serif", 240)).color(&colour);
            assert!(backend.draw_text("A", &text, (0, 0)).is_err());
        }
        let black = BackendColor {
            alpha: 1.0,
            rgb: (0, 0, 0),
        };
        assert!(backend.draw_pixel((0, 0), black).is_err());
        assert!(backend.blit_bitmap((0, 0), (1, 1), &[0, 0, 0]).is_err());
        assert_eq!(marks.borrow().len(), 1);
    }

    #[test]
    fn words_are_measured_by_the_embedded_font() {
        let marks = Marks::default();
        let backend = Backend {
            marks: &marks,
            size: (100, 100),
        };
        let style = TextStyle::from(("sans-serif", 240));
        let short = backend.estimate_text_size("ill", &style).ok();
        let long = backend.estimate_text_size("WWW", &style).ok();
        assert!(
            short
                .zip(long)
                .is_some_and(|(s, l)| s.0 * 2 < l.0 && s.1 == 240)
        );
    }

    #[test]
    fn a_mark_escapes_its_words() {
        let text = Mark::Text("note".to_owned(), " x=\"1\"".to_owned(), "<b>".to_owned());
        let markup = text.markup(|_, class| format!(" class=\"{class}\""));
        assert_eq!(markup, "<text class=\"note\" x=\"1\">&lt;b&gt;</text>");
    }
}
