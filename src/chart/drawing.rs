//! A finished chart: drawn twice, for a page and for a phone, and the wide
//! one as a file of its own. The page's drawings have no colour of their own;
//! the file has every colour in it and refers to nothing outside.

use super::backend::{Mark, SCALE};
use super::letters::{Face, Weight};
use super::style::{Light, PAPER};
use super::text::{escape, lines};
use super::{Caption, ChartError};

/// Which of the two drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a page: labels at the left of their row.
    Wide,
    /// For a phone: labels above their row, fewer ticks.
    Narrow,
}

impl Form {
    /// The width of the drawing in pixels. The least text of 13.5 pixels is
    /// still 12 on a screen 320 pixels wide, of which the drawing has 288.
    #[must_use]
    pub fn width(self) -> f64 {
        match self {
            Self::Wide => 660.0,
            Self::Narrow => 320.0,
        }
    }
}

/// One finished drawing: an `<svg>` element, ready to be set in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg {
    markup: String,
    marks: Vec<Mark>,
    /// Width and height in sixteenths of a pixel.
    size: (u32, u32),
    title: String,
    description: String,
}

impl Svg {
    pub(super) fn new(
        form: Form,
        size: (u32, u32),
        caption: &Caption<'_>,
        marks: Vec<Mark>,
    ) -> Self {
        let class = match form {
            Form::Wide => "chart",
            Form::Narrow => "chart narrow",
        };
        let id = escape(caption.id);
        let (title, description) = (escape(caption.title), escape(caption.description));
        let mut markup = format!(
            "<svg class=\"{class}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
             viewBox=\"0 0 {} {}\" xmlns=\"http://www.w3.org/2000/svg\">\n\
             <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n",
            size.0, size.1
        );
        for mark in &marks {
            markup.push_str(&mark.markup(|_, class| format!(" class=\"{class}\"")));
            markup.push('\n');
        }
        markup.push_str("</svg>");
        Self {
            markup,
            marks,
            size,
            title: caption.title.to_owned(),
            description: caption.description.to_owned(),
        }
    }

    /// The element's markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.markup
    }
}

/// One chart, drawn twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    wide: Svg,
    narrow: Svg,
}

impl Drawing {
    /// Draws a chart in both forms; the ids of the narrow one end in
    /// `-narrow`.
    ///
    /// # Errors
    /// What `draw` gives.
    pub(super) fn of(
        caption: &Caption<'_>,
        draw: impl Fn(Form, &Caption<'_>) -> Result<Svg, ChartError>,
    ) -> Result<Self, ChartError> {
        let id = format!("{}-narrow", caption.id);
        Ok(Self {
            wide: draw(Form::Wide, caption)?,
            narrow: draw(
                Form::Narrow,
                &Caption {
                    id: &id,
                    ..*caption
                },
            )?,
        })
    }

    /// The drawing for a page, 660 pixels wide.
    #[must_use]
    pub fn wide(&self) -> &Svg {
        &self.wide
    }

    /// The drawing for a phone, 320 pixels wide.
    #[must_use]
    pub fn narrow(&self) -> &Svg {
        &self.narrow
    }

    /// The wide drawing as a file of its own: its title above it, white
    /// paper, light colours, no classes.
    #[must_use]
    pub fn standalone(&self) -> String {
        standalone(&self.wide)
    }

    /// The file of its own as a PNG with `scale` dots to a pixel, drawn with
    /// the embedded letters alone.
    ///
    /// # Errors
    /// `ChartError` for a scale outside 0.1 to 8.
    pub fn png(&self, scale: f32) -> Result<Vec<u8>, ChartError> {
        super::picture::png(&self.standalone(), scale)
    }
}

/// White space round the drawing, the title's face and its line, in pixels.
const MARGIN: f64 = 16.0;
const TITLE: Face = Face {
    size: 18.0,
    weight: Weight::Semibold,
};
const TITLE_LINE: f64 = 24.0;

fn standalone(svg: &Svg) -> String {
    let units = |pixels: f64| (pixels * SCALE).round() as i64;
    let (wide, high) = (i64::from(svg.size.0), i64::from(svg.size.1));
    let heading = lines(&svg.title, TITLE, wide as f64 / SCALE);
    let top = TITLE_LINE * heading.len() as f64 + MARGIN / 2.0;
    let (across, down) = (wide + 2 * units(MARGIN), high + units(2.0 * MARGIN + top));
    let light = Light::new();
    let mut file = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" \
         width=\"{}\" height=\"{}\" viewBox=\"{left} {upper} {across} {down}\" \
         font-family=\"{FAMILIES}\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
         <rect x=\"{left}\" y=\"{upper}\" width=\"{across}\" height=\"{down}\" fill=\"{PAPER}\"/>\n",
        across as f64 / SCALE,
        down as f64 / SCALE,
        escape(&svg.title),
        escape(&svg.description),
        left = -units(MARGIN),
        upper = -units(MARGIN + top),
    );
    for (index, words) in heading.iter().enumerate() {
        let y = TITLE_LINE * index as f64 - top + TITLE.size;
        let mark = Mark::Text(
            "heading".to_owned(),
            format!(" x=\"0\" y=\"{}\"", units(y)),
            words.clone(),
        );
        file.push_str(&mark.markup(|element, class| light.dress(element, class)));
        file.push('\n');
    }
    for mark in &svg.marks {
        file.push_str(&mark.markup(|element, class| light.dress(element, class)));
        file.push('\n');
    }
    file.push_str("</svg>\n");
    file
}

/// The families of a file of its own: the picture's, the page's, then what a
/// machine may have.
const FAMILIES: &str =
    "'Staywise Sans', 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
