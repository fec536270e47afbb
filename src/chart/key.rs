//! The key of a chart: a small square and its words for each answer, in scale
//! order, over as many lines as it takes. Never sorts what it is given.

use super::ChartError;
use super::canvas::{Align, Canvas};
use super::ink::Ink;
use super::text::{ellipsis, width};

const SQUARE: f64 = 13.0;
const TO_WORDS: f64 = 19.0;
const APART: f64 = 20.0;
const LINE: f64 = 23.0;

/// What one ink stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// The ink of its square.
    pub(super) ink: Ink,
    /// What it stands for.
    pub(super) words: String,
}

/// Entries, each at its place.
pub(super) struct Key {
    placed: Vec<(usize, f64, Entry)>,
}

impl Key {
    /// Sets entries out in the order given over lines of `room` pixels.
    pub(super) fn new(entries: Vec<Entry>, room: f64) -> Self {
        let (mut line, mut x) = (0, 0.0);
        let mut placed = Vec::with_capacity(entries.len());
        for entry in entries {
            let words = ellipsis(&entry.words, Ink::Tick, room - TO_WORDS);
            let wide = TO_WORDS + width(&words, Ink::Tick);
            if x > 0.0 && x + wide > room {
                line += 1;
                x = 0.0;
            }
            placed.push((line, x, Entry { words, ..entry }));
            x += wide + APART;
        }
        Self { placed }
    }

    /// The pixels that it takes from top to bottom.
    pub(super) fn high(&self) -> f64 {
        self.placed
            .last()
            .map_or(0.0, |(line, _, _)| LINE * (line + 1) as f64)
    }

    /// Draws it from a height downwards.
    pub(super) fn draw(&self, canvas: &Canvas<'_>, top: f64) -> Result<(), ChartError> {
        for (line, x, entry) in &self.placed {
            let y = top + LINE * *line as f64 + 4.0;
            // Half a pixel in, so that the square's outline is on the canvas.
            let left = x + 0.5;
            canvas.rectangle((left, y), (left + SQUARE, y + SQUARE), entry.ink)?;
            let at = (x + TO_WORDS, y + 11.5);
            canvas.text(&entry.words, at, Align::Start, Ink::Tick)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Ink, Key, TO_WORDS, width};

    #[test]
    fn entries_keep_their_order_and_their_room() {
        let words = [
            "Strongly disagree",
            "Disagree",
            "Neither",
            "Agree",
            "Strongly agree",
        ];
        let entries = words.map(|words| Entry {
            ink: Ink::Dot,
            words: words.to_owned(),
        });
        let key = Key::new(entries.to_vec(), 320.0);
        assert!(key.high() > 23.0);
        let set: Vec<&str> = key.placed.iter().map(|(.., e)| e.words.as_str()).collect();
        assert_eq!(set, words);
        for (_, x, entry) in &key.placed {
            assert!(x + TO_WORDS + width(&entry.words, Ink::Tick) <= 320.0);
        }
        assert_eq!(Key::new(Vec::new(), 320.0).high(), 0.0);
    }
}
