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
    /// A part of a bar of answers, by side and by strength in tenths; 0 is the
    /// milder of two.
    Part(Pole, u8),
    /// A part of a bar of answers that have no sides, from the deepest.
    Slice(u8),
    /// A cell of a heat map, from nothing to all.
    Heat(u8),
    /// A cell that has no figure.
    Empty,
    /// Words inside a mark.
    Inside(Ground),
    /// From a mark to words that had to move away from it.
    Leader,
    /// An interval's bar where several stand close together.
    Whisker,
    /// A line from one wave to the next.
    Slope,
}

/// Where a part of a bar of answers stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pole {
    /// Left of the line.
    Against,
    /// Apart, in its own column.
    Neither,
    /// Right of the line.
    For,
}

/// What words inside a mark lie on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// Near the paper, so that the words are in ink.
    Pale,
    /// Far from the paper, so that the words are left blank in it.
    Deep,
}

/// How many parts of a bar without sides can be told apart.
pub const SLICES: u8 = 8;

/// How many steps a heat map has.
pub const STEPS: u8 = 6;

/// The full strength of a part.
pub const FULL: u8 = 10;

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
        Self::plain()
            .into_iter()
            .chain(series)
            .chain(Self::of_answers())
    }

    fn of_answers() -> impl Iterator<Item = Self> {
        let sides = [Pole::Against, Pole::Neither, Pole::For].into_iter();
        let parts = sides.flat_map(|pole| {
            let least = u8::from(pole == Pole::Neither);
            (least..=FULL).map(move |strength| Self::Part(pole, strength))
        });
        let slices = (0..SLICES).map(Self::Slice);
        let heat = (0..STEPS).map(Self::Heat);
        let inside = [Ground::Pale, Ground::Deep].map(Self::Inside);
        parts.chain(slices).chain(heat).chain(inside).chain([
            Self::Empty,
            Self::Leader,
            Self::Whisker,
            Self::Slope,
        ])
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
            Self::Part(pole, strength) => part(pole, strength),
            Self::Slice(k) => format!("slice b{}", k.min(SLICES - 1) + 1),
            Self::Heat(k) => format!("heat h{}", k.min(STEPS - 1)),
            Self::Empty => "empty".to_owned(),
            Self::Inside(Ground::Pale) => "inside".to_owned(),
            Self::Inside(Ground::Deep) => "inside deep".to_owned(),
            Self::Leader => "leader".to_owned(),
            Self::Whisker => "whisker".to_owned(),
            Self::Slope => "slope".to_owned(),
        }
    }

    /// The reserved colour, which no reader sees.
    #[must_use]
    pub fn colour(self) -> RGBColor {
        if let Some((role, which)) = self.reserved_for_answers() {
            return RGBColor(role, which, 0x57);
        }
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
            _ => (0, 0),
        };
        RGBColor(role, series.min(SERIES - 1), 0x57)
    }

    fn reserved_for_answers(self) -> Option<(u8, u8)> {
        Some(match self {
            Self::Part(Pole::Against, strength) => (20, strength.min(FULL)),
            Self::Part(Pole::Neither, strength) => (21, strength.clamp(1, FULL)),
            Self::Part(Pole::For, strength) => (22, strength.min(FULL)),
            Self::Slice(k) => (23, k.min(SLICES - 1)),
            Self::Heat(k) => (24, k.min(STEPS - 1)),
            Self::Empty => (25, 0),
            Self::Inside(Ground::Pale) => (26, 0),
            Self::Inside(Ground::Deep) => (27, 0),
            Self::Leader => (28, 0),
            Self::Whisker => (29, 0),
            Self::Slope => (30, 0),
            _ => return None,
        })
    }

    /// The reserved colour as it stands in an SVG.
    #[must_use]
    pub fn hex(self) -> String {
        let RGBColor(r, g, b) = self.colour();
        format!("#{r:02X}{g:02X}{b:02X}")
    }
}

/// The milder and the stronger of two have colours of their own; of more, the
/// weaker are the strongest thinned out.
fn part(pole: Pole, strength: u8) -> String {
    let name = match (pole, strength) {
        (Pole::Against, 0) => "against-1",
        (Pole::Against, _) => "against-2",
        (Pole::Neither, _) => "neither",
        (Pole::For, 0) => "for-1",
        (Pole::For, _) => "for-2",
    };
    match strength {
        1..FULL => format!("part {name} t{strength}"),
        _ => format!("part {name}"),
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
