//! The one place that speaks to plotters: a canvas in pixels, and a plot on
//! it in the values of its axes. Coordinates leave as whole sixteenths of a
//! pixel, so that the same figures give the same bytes.

use super::backend::{Backend, Mark, Marks, SCALE};
use super::drawing::{Form, Svg};
use super::ink::Ink;
use super::letters::Weight;
use super::{Caption, ChartError};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Cartesian2d, Circle, DrawingArea, IntoDrawingArea, IntoFont, PathElement, Polygon, Rectangle,
    Text, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, ShapeStyle};
use std::fmt::Display;

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
    area: DrawingArea<Backend<'a>, Shift>,
    marks: &'a Marks,
}

/// The part of a canvas that has axes.
pub(super) struct Plot<'a> {
    area: DrawingArea<Backend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
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

impl Span {
    /// Where a value will be on the canvas, in pixels.
    pub(super) fn place(&self, (x, y): (f64, f64)) -> At {
        let share = |value: f64, (from, to): (f64, f64)| {
            if to == from {
                0.0
            } else {
                (value - from) / (to - from)
            }
        };
        let (across, down) = (share(x, self.x), share(y, self.y));
        (
            self.across.0 + across * (self.across.1 - self.across.0),
            self.down.1 - down * (self.down.1 - self.down.0),
        )
    }
}

/// Draws on a canvas of `width` by `height` pixels and closes the drawing.
pub(super) fn drawing(
    (width, height): (f64, f64),
    caption: &Caption<'_>,
    paint: impl FnOnce(&Canvas<'_>) -> Result<(), ChartError>,
) -> Result<Svg, ChartError> {
    let size = (units(width).unsigned_abs(), units(height).unsigned_abs());
    let form = if width > Form::Narrow.width() {
        Form::Wide
    } else {
        Form::Narrow
    };
    let marks = Marks::default();
    let backend = Backend {
        marks: &marks,
        size,
    };
    paint(&Canvas {
        area: backend.into_drawing_area(),
        marks: &marks,
    })?;
    Ok(Svg::new(form, size, caption, marks.take()))
}

impl<'a> Canvas<'a> {
    /// What `paint` draws stands in a group of this class: one a row, so that
    /// rows can be told apart.
    pub(super) fn group(
        &self,
        class: &'static str,
        paint: impl FnOnce() -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        self.marks.borrow_mut().push(Mark::Open(class));
        paint()?;
        self.marks.borrow_mut().push(Mark::Close);
        Ok(())
    }

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

    /// A filled circle of `radius` pixels.
    pub(super) fn round(&self, at: At, radius: f64, ink: Ink) -> Result<(), ChartError> {
        let shape = Circle::new(pixel(at), units(radius), ink.colour().filled());
        self.area.draw(&shape).map_err(failed)
    }

    /// A filled shape round places.
    pub(super) fn shape(&self, places: &[At], ink: Ink) -> Result<(), ChartError> {
        let places: Vec<(i32, i32)> = places.iter().copied().map(pixel).collect();
        self.area
            .draw(&Polygon::new(places, ink.colour()))
            .map_err(failed)
    }

    /// Words with their baseline at a place; no words are no mark.
    pub(super) fn text(
        &self,
        words: &str,
        at: At,
        align: Align,
        ink: Ink,
    ) -> Result<(), ChartError> {
        if words.is_empty() {
            return Ok(());
        }
        let across = match align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let colour = ink.colour();
        let face = ink.face();
        let slant = match face.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Semibold => FontStyle::Bold,
        };
        let font = ("sans-serif", face.size * SCALE).into_font().style(slant);
        let style = TextStyle::from(font)
            .color(&colour)
            .pos(Pos::new(across, VPos::Bottom));
        self.area
            .draw(&Text::new(words, pixel(at), style))
            .map_err(failed)
    }

    /// A plot over part of this canvas.
    pub(super) fn plot(&self, span: &Span) -> Plot<'a> {
        let range = |(from, to): (f64, f64)| units(from)..units(to);
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
        let dot = Circle::new(value, units(radius), ink.colour().filled());
        self.area.draw(&dot).map_err(failed)
    }

    /// Where a value is on the canvas, in pixels.
    pub(super) fn place(&self, value: (f64, f64)) -> At {
        let (x, y) = self.area.map_coordinate(&value);
        (f64::from(x) / SCALE, f64::from(y) / SCALE)
    }
}

fn stroke(ink: Ink) -> ShapeStyle {
    ink.colour().stroke_width(1)
}

fn pixel(at: At) -> (i32, i32) {
    (units(at.0), units(at.1))
}

/// Pixels as whole sixteenths; a canvas is far smaller than an `i32`.
fn units(pixels: f64) -> i32 {
    let scaled = (pixels * SCALE).round();
    scaled.clamp(-1e8, 1e8) as i32
}

fn failed(cause: impl Display) -> ChartError {
    ChartError(cause.to_string())
}
