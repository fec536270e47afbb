//! Words broken over lines that fit a room. What does not fit on the last
//! line ends in an ellipsis; the table behind the chart has it in full.

use super::ChartError;
use super::canvas::{Align, At, Canvas};
use super::ink::Ink;
use super::letters::Face;
use super::text::{ellipsis, width};

/// From one baseline to the next, in pixels.
pub(super) const LEADING: f64 = 18.0;

/// Breaks words over at most `most` lines of `room` pixels.
pub(super) fn wrapped(text: &str, face: impl Into<Face>, room: f64, most: usize) -> Vec<String> {
    let face = face.into();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut lines: Vec<String> = Vec::new();
    let mut from = 0;
    while from < words.len() {
        if lines.len() + 1 >= most.max(1) {
            lines.push(ellipsis(&words[from..].join(" "), face, room));
            break;
        }
        let fits = |to: &usize| width(&words[from..*to].join(" "), face) <= room;
        match (from + 1..=words.len()).take_while(fits).last() {
            Some(to) => {
                lines.push(words[from..to].join(" "));
                from = to;
            }
            None => {
                // A word wider than the room: what follows it would read as
                // if it were whole.
                lines.push(ellipsis(&words[from..].join(" "), face, room));
                break;
            }
        }
    }
    lines
}

/// Sets lines under one another, the first with its baseline at a place.
pub(super) fn set(
    canvas: &Canvas<'_>,
    lines: &[String],
    (x, y): At,
    (align, ink): (Align, Ink),
) -> Result<(), ChartError> {
    for (line, words) in lines.iter().enumerate() {
        canvas.text(words, (x, y + LEADING * line as f64), align, ink)?;
    }
    Ok(())
}

/// The pixels that so many lines take.
pub(super) fn high(lines: usize) -> f64 {
    LEADING * lines as f64
}

/// The widest of some words, in pixels.
pub(super) fn widest<'a>(words: impl IntoIterator<Item = &'a str>, face: impl Into<Face>) -> f64 {
    let face = face.into();
    let widths = words.into_iter().map(|w| width(w, face));
    widths.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::{width, wrapped};

    #[test]
    fn every_line_fits_and_no_word_is_lost_without_a_sign() {
        let text = "My preceptor had protected time for the meetings that we had agreed on";
        for room in [60.0, 120.0, 300.0, 900.0] {
            for most in [1, 2, 3] {
                let lines = wrapped(text, 15.0, room, most);
                assert!(lines.len() <= most);
                assert!(lines.iter().all(|line| width(line, 15.0) <= room));
                let whole = lines.join(" ");
                assert!(whole == text || whole.ends_with('…'), "{whole}");
            }
        }
        assert_eq!(wrapped("Nursing", 15.0, 200.0, 2), ["Nursing"]);
        assert!(wrapped("", 15.0, 200.0, 2).is_empty());
    }
}
