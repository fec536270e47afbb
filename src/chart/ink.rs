//! What a stroke or a letter is for, in place of what colour it has. Each ink
//! has a reserved colour while plotters draws, and a class in the finished
//! SVG; the style sheet says what the class looks like.

use plotters::style::RGBColor;

/// How many series have a colour and a dash of their own.
pub const SERIES: u8 = 4;

/// The use of a mark. Series count from 0; those past the last colour share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// A grid line.
    Grid,
    /// The line of the overall figure.
    Reference,
    /// The interval of the overall figure.
    Band,
    /// An interval's bar.
    Interval,
    /// A figure's dot.
    Dot,
    /// A curve.
    Line(u8),
    /// A curve's interval.
    Area(u8),
    /// A small square that stands for a curve.
    Swatch(u8),
    /// The name of a row.
    Label,
    /// A tick's number or an axis title.
    Tick,
    /// A figure beside its mark.
    Value,
    /// Why there is no mark.
    Note,
    /// A base.
    Base,
    /// The name of a curve, in its colour.
    Direct(u8),
}

impl Ink {
    fn plain() -> [Self; 10] {
        [
            Self::Grid,
            Self::Reference,
            Self::Band,
            Self::Interval,
            Self::Dot,
            Self::Label,
            Self::Tick,
            Self::Value,
            Self::Note,
            Self::Base,
        ]
    }

    /// Every ink.
    pub fn all() -> impl Iterator<Item = Self> {
        let series = (0..SERIES).flat_map(|k| {
            [
                Self::Line(k),
                Self::Area(k),
                Self::Swatch(k),
                Self::Direct(k),
            ]
        });
        Self::plain().into_iter().chain(series)
    }

    /// The class in the finished drawing.
    #[must_use]
    pub fn class(self) -> String {
        let series = |name: &str, k: u8| format!("{name} s{}", k.min(SERIES - 1) + 1);
        match self {
            Self::Grid => "grid".to_owned(),
            Self::Reference => "ref".to_owned(),
            Self::Band => "band".to_owned(),
            Self::Interval => "interval".to_owned(),
            Self::Dot => "dot".to_owned(),
            Self::Line(k) => series("line", k),
            Self::Area(k) => series("area", k),
            Self::Swatch(k) => series("swatch", k),
            Self::Label => "label".to_owned(),
            Self::Tick => "tick".to_owned(),
            Self::Value => "value".to_owned(),
            Self::Note => "note".to_owned(),
            Self::Base => "base".to_owned(),
            Self::Direct(k) => series("direct", k),
        }
    }

    /// The reserved colour, which no reader sees.
    #[must_use]
    pub fn colour(self) -> RGBColor {
        let (role, series) = match self {
            Self::Grid => (1, 0),
            Self::Reference => (2, 0),
            Self::Band => (3, 0),
            Self::Interval => (4, 0),
            Self::Dot => (5, 0),
            Self::Line(k) => (6, k),
            Self::Area(k) => (7, k),
            Self::Swatch(k) => (8, k),
            Self::Label => (9, 0),
            Self::Tick => (10, 0),
            Self::Value => (11, 0),
            Self::Note => (12, 0),
            Self::Base => (13, 0),
            Self::Direct(k) => (14, k),
        };
        RGBColor(role, series.min(SERIES - 1), 0x57)
    }

    /// The reserved colour as it stands in an SVG.
    #[must_use]
    pub fn hex(self) -> String {
        let RGBColor(r, g, b) = self.colour();
        format!("#{r:02X}{g:02X}{b:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::Ink;
    use std::collections::BTreeSet;

    #[test]
    fn every_ink_has_a_colour_and_a_class_of_its_own() {
        let all: Vec<Ink> = Ink::all().collect();
        let colours: BTreeSet<String> = all.iter().map(|ink| ink.hex()).collect();
        let classes: BTreeSet<String> = all.iter().map(|ink| ink.class()).collect();
        assert_eq!((colours.len(), classes.len()), (all.len(), all.len()));
    }
}
