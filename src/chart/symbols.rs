//! Small shapes that tell marks apart without colour, and the key that says
//! what they stand for, in the order given. Never sorts what it is given.

use super::ChartError;
use super::canvas::{Align, At, Canvas};
use super::ink::Ink;
use super::text::{ellipsis, width};

const TO_WORDS: f64 = 24.0;
const APART: f64 = 20.0;
const LINE: f64 = 23.0;

/// A shape in an ink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Symbol {
    /// A circle.
    Round(Ink),
    /// A square on its corner.
    Diamond(Ink),
    /// A square.
    Square(Ink),
    /// A triangle that points up.
    Triangle(Ink),
    /// A piece of a line.
    Stroke(Ink),
}

impl Symbol {
    /// Draws it round a place, `size` pixels from its middle to its edge.
    pub(super) fn draw(self, canvas: &Canvas<'_>, (x, y): At, size: f64) -> Result<(), ChartError> {
        match self {
            Self::Round(ink) => canvas.round((x, y), size, ink),
            Self::Square(ink) => {
                let half = size * 0.92;
                canvas.rectangle((x - half, y - half), (x + half, y + half), ink)
            }
            Self::Diamond(ink) => {
                let half = size * 1.3;
                let corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
                canvas.shape(&corners, ink)
            }
            Self::Triangle(ink) => {
                let half = size * 1.2;
                let corners = [
                    (x, y - half),
                    (x + half, y + half * 0.8),
                    (x - half, y + half * 0.8),
                ];
                canvas.shape(&corners, ink)
            }
            Self::Stroke(ink) => canvas.line((x - 9.0, y), (x + 9.0, y), ink),
        }
    }
}

/// What symbols stand for, each at its place.
pub(super) struct Legend {
    placed: Vec<(usize, f64, Symbol, String)>,
}

impl Legend {
    /// Sets entries out over lines of `room` pixels.
    pub(super) fn new(entries: Vec<(Symbol, String)>, room: f64) -> Self {
        let (mut line, mut x) = (0, 0.0);
        let mut placed = Vec::with_capacity(entries.len());
        for (symbol, words) in entries {
            let words = ellipsis(&words, Ink::Tick, room - TO_WORDS);
            let wide = TO_WORDS + width(&words, Ink::Tick);
            if x > 0.0 && x + wide > room {
                line += 1;
                x = 0.0;
            }
            placed.push((line, x, symbol, words));
            x += wide + APART;
        }
        Self { placed }
    }

    /// The pixels that it takes from top to bottom.
    pub(super) fn high(&self) -> f64 {
        self.placed
            .last()
            .map_or(0.0, |(line, ..)| LINE * (line + 1) as f64)
    }

    /// Draws it from a height downwards.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, top: f64) -> Result<(), ChartError> {
        for (line, x, symbol, words) in &self.placed {
            let y = top + LINE * *line as f64 + 15.5;
            symbol.draw(canvas, (x + 9.5, y - 4.5), 5.0)?;
            canvas.text(words, (x + TO_WORDS, y), Align::Start, Ink::Tick)?;
        }
        Ok(())
    }
}
