//! The one place that speaks to plotters: a canvas in pixels, and a plot on
//! it in the values of its axes. Coordinates leave as whole tenths of a
//! pixel, so that the same figures give the same bytes.

use super::ink::Ink;
use super::restyle::restyle;
use super::text::{clean, escape};
use super::{Caption, ChartError, Svg};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Cartesian2d, Circle, DrawingArea, IntoDrawingArea, IntoFont, PathElement, Polygon, Rectangle,
    SVGBackend, Text, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, ShapeStyle};
use std::fmt::Display;

/// Tenths of a pixel to a pixel.
const TENTHS: f64 = 10.0;

/// A place on the canvas in pixels from its top left.
pub(super) type At = (f64, f64);

/// Where a text stands from its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// It starts there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// What is being drawn on.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// The part of a canvas that has axes.
pub(super) struct Plot<'a> {
    area: DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
}

/// The pixels and the values that a plot spans; `y` downwards in pixels.
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// Pixels from left to right.
    pub(super) across: (f64, f64),
    /// Pixels from top to bottom.
    pub(super) down: (f64, f64),
    /// Values at the left and the right.
    pub(super) x: (f64, f64),
    /// Values at the bottom and the top.
    pub(super) y: (f64, f64),
}

/// Draws on a canvas of `width` by `height` pixels and closes the drawing.
pub(super) fn drawing(
    (width, height): (f64, f64),
    caption: &Caption<'_>,
    paint: impl FnOnce(&Canvas<'_>) -> Result<(), ChartError>,
) -> Result<Svg, ChartError> {
    let (wide, high) = (tenths(width), tenths(height));
    let size = (wide.unsigned_abs(), high.unsigned_abs());
    let mut raw = String::new();
    {
        let area = SVGBackend::with_string(&mut raw, size).into_drawing_area();
        let canvas = Canvas { area };
        paint(&canvas)?;
        canvas.area.present().map_err(failed)?;
    }
    let marks = restyle(&raw)?;
    let (id, title, description) = (
        escape(caption.id),
        escape(caption.title),
        escape(caption.description),
    );
    Ok(Svg(format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
         viewBox=\"0 0 {wide} {high}\" xmlns=\"http://www.w3.org/2000/svg\">\n\
         <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n\
         {marks}</svg>"
    )))
}

impl<'a> Canvas<'a> {
    /// A line.
    pub(super) fn line(&self, from: At, to: At, ink: Ink) -> Result<(), ChartError> {
        let path = PathElement::new(vec![pixel(from), pixel(to)], stroke(ink));
        self.area.draw(&path).map_err(failed)
    }

    /// A filled rectangle.
    pub(super) fn rectangle(&self, from: At, to: At, ink: Ink) -> Result<(), ChartError> {
        let shape = Rectangle::new([pixel(from), pixel(to)], ink.colour().filled());
        self.area.draw(&shape).map_err(failed)
    }

    /// Words with their baseline at a place.
    pub(super) fn text(
        &self,
        words: &str,
        at: At,
        align: Align,
        ink: Ink,
    ) -> Result<(), ChartError> {
        let across = match align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let colour = ink.colour();
        let style = TextStyle::from(("sans-serif", 10).into_font())
            .color(&colour)
            .pos(Pos::new(across, VPos::Bottom));
        let words: String = words.chars().map(clean).collect();
        self.area
            .draw(&Text::new(words, pixel(at), style))
            .map_err(failed)
    }

    /// A plot over part of this canvas.
    pub(super) fn plot(&self, span: &Span) -> Plot<'a> {
        let range = |(from, to): (f64, f64)| tenths(from)..tenths(to);
        let coordinates = Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            span.x.0..span.x.1,
            span.y.1..span.y.0,
            (range(span.across), range(span.down)),
        );
        Plot {
            area: self.area.clone().apply_coord_spec(coordinates),
        }
    }
}

impl Plot<'_> {
    /// A line through values.
    pub(super) fn path(&self, values: Vec<(f64, f64)>, ink: Ink) -> Result<(), ChartError> {
        self.area
            .draw(&PathElement::new(values, stroke(ink)))
            .map_err(failed)
    }

    /// A filled shape round values.
    pub(super) fn shape(&self, values: Vec<(f64, f64)>, ink: Ink) -> Result<(), ChartError> {
        self.area
            .draw(&Polygon::new(values, ink.colour()))
            .map_err(failed)
    }

    /// A dot of `radius` pixels at a value.
    pub(super) fn dot(&self, value: (f64, f64), radius: f64, ink: Ink) -> Result<(), ChartError> {
        let dot = Circle::new(value, tenths(radius), ink.colour().filled());
        self.area.draw(&dot).map_err(failed)
    }

    /// Where a value is on the canvas, in pixels.
    pub(super) fn place(&self, value: (f64, f64)) -> At {
        let (x, y) = self.area.map_coordinate(&value);
        (f64::from(x) / TENTHS, f64::from(y) / TENTHS)
    }
}

fn stroke(ink: Ink) -> ShapeStyle {
    ink.colour().stroke_width(1)
}

fn pixel(at: At) -> (i32, i32) {
    (tenths(at.0), tenths(at.1))
}

/// Pixels as whole tenths; a canvas is far smaller than an `i32`.
fn tenths(pixels: f64) -> i32 {
    let scaled = (pixels * TENTHS).round();
    scaled.clamp(-1e8, 1e8) as i32
}

fn failed(cause: impl Display) -> ChartError {
    ChartError(cause.to_string())
}
