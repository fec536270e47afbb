//! What a stroke or a letter is for, in place of what colour it has. Each ink
//! has a reserved colour while plotters draws, and a class in the finished
//! SVG; chart.css says what the class looks like.

use super::letters::{Face, Weight};
use plotters::style::RGBColor;

/// How many series have a colour and a dash of their own.
pub const SERIES: u8 = 4;

/// The third part of every reserved colour.
const RESERVED: u8 = 0x57;

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
    /// The name of a row.
    Label,
    /// A tick's number or an axis title.
    Tick,
    /// A figure beside its mark.
    Value,
    /// The name of a mark, beside it.
    Name,
    /// Why there is no mark.
    Note,
    /// A base.
    Base,
    /// The 95% limit of a funnel.
    Inner,
    /// The 99.8% limit of a funnel.
    Outer,
    /// A site within a funnel's limits.
    Within,
    /// A site outside them.
    Beyond,
    /// A curve.
    Line(u8),
    /// A curve's interval.
    Area(u8),
    /// A small square that stands for a curve.
    Swatch(u8),
    /// A short piece of a curve beside its name.
    Sample(u8),
    /// The name of a curve, in its colour.
    Direct(u8),
    /// The thin line from one period to the next.
    Thread(u8),
    /// A period's interval.
    Bar(u8),
    /// A period's figure.
    Point(u8),
    /// A part of a bar of answers, by side and by strength in tenths; 0 is the
    /// milder of two.
    Part(Pole, u8),
    /// A part of a bar of answers that have no sides, from the deepest.
    Slice(u8),
    /// A cell of a heat map, from nothing to all.
    Heat(u8),
    /// Words inside a mark.
    Inside(Ground),
    /// From a mark to words that had to move away from it.
    Leader,
    /// An interval's bar where several stand close together.
    Whisker,
    /// A line from one wave to the next.
    Slope,
    /// A box of people who went on.
    Box,
    /// A box of people who went out.
    Out,
    /// A line from box to box.
    Wire,
    /// The head of its arrow.
    Head,
    /// A figure as it was before.
    Before,
    /// A step up.
    Up,
    /// A step down.
    Down,
    /// From the end of one step to the start of the next.
    Join,
    /// A point of a control chart.
    Signal(Cause),
    /// A target.
    Target,
    /// A moment that is marked on an axis of time.
    Moment,
}

/// What a point of a control chart is put down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// Nothing unusual.
    Common,
    /// Unusual, the good way.
    Better,
    /// Unusual, the bad way.
    Worse,
    /// Unusual, where neither way is good.
    Either,
}

impl Cause {
    /// Every cause, in the order of a key.
    pub const ALL: [Self; 4] = [Self::Common, Self::Better, Self::Worse, Self::Either];
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
    fn plain() -> impl Iterator<Item = Self> {
        [
            Self::Grid,
            Self::Reference,
            Self::Band,
            Self::Interval,
            Self::Dot,
            Self::Label,
            Self::Tick,
            Self::Value,
            Self::Name,
            Self::Note,
            Self::Base,
            Self::Inner,
            Self::Outer,
            Self::Within,
            Self::Beyond,
        ]
        .into_iter()
    }

    fn of_series(series: u8) -> impl Iterator<Item = Self> {
        [
            Self::Line(series),
            Self::Area(series),
            Self::Swatch(series),
            Self::Sample(series),
            Self::Direct(series),
            Self::Thread(series),
            Self::Bar(series),
            Self::Point(series),
        ]
        .into_iter()
    }

    /// Every ink.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::plain()
            .chain((0..SERIES).flat_map(Self::of_series))
            .chain(Self::of_answers())
            .chain(Self::of_evidence())
    }

    fn of_answers() -> impl Iterator<Item = Self> {
        let sides = [Pole::Against, Pole::Neither, Pole::For].into_iter();
        let parts = sides.flat_map(|pole| {
            // Only a side of two has a colour of its own for the milder.
            let least = u8::from(pole == Pole::Neither);
            (least..=FULL).map(move |strength| Self::Part(pole, strength))
        });
        let slices = (0..SLICES).map(Self::Slice);
        let heat = (0..STEPS).map(Self::Heat);
        let inside = [Ground::Pale, Ground::Deep].map(Self::Inside);
        let others = [Self::Leader, Self::Whisker, Self::Slope];
        parts.chain(slices).chain(heat).chain(inside).chain(others)
    }

    fn of_evidence() -> impl Iterator<Item = Self> {
        let plain = [
            Self::Box,
            Self::Out,
            Self::Wire,
            Self::Head,
            Self::Before,
            Self::Up,
            Self::Down,
            Self::Join,
            Self::Target,
            Self::Moment,
        ];
        plain.into_iter().chain(Cause::ALL.map(Self::Signal))
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
            Self::Label => "label".to_owned(),
            Self::Tick => "tick".to_owned(),
            Self::Value => "value".to_owned(),
            Self::Name => "name".to_owned(),
            Self::Note => "note".to_owned(),
            Self::Base => "base".to_owned(),
            Self::Inner => "limit inner".to_owned(),
            Self::Outer => "limit outer".to_owned(),
            Self::Within => "site within".to_owned(),
            Self::Beyond => "site beyond".to_owned(),
            Self::Line(k) => series("line", k),
            Self::Area(k) => series("area", k),
            Self::Swatch(k) => series("swatch", k),
            Self::Sample(k) => series("sample", k),
            Self::Direct(k) => series("direct", k),
            Self::Thread(k) => series("thread", k),
            Self::Bar(k) => series("bar", k),
            Self::Point(k) => series("point", k),
            Self::Part(pole, strength) => part(pole, strength),
            Self::Slice(k) => format!("slice b{}", k.min(SLICES - 1) + 1),
            Self::Heat(k) => format!("heat h{}", k.min(STEPS - 1)),
            Self::Inside(Ground::Pale) => "inside".to_owned(),
            Self::Inside(Ground::Deep) => "inside deep".to_owned(),
            Self::Leader => "leader".to_owned(),
            Self::Whisker => "whisker".to_owned(),
            Self::Slope => "slope".to_owned(),
            Self::Box => "box".to_owned(),
            Self::Out => "box out".to_owned(),
            Self::Wire => "wire".to_owned(),
            Self::Head => "head".to_owned(),
            Self::Before => "before".to_owned(),
            Self::Up => "step up".to_owned(),
            Self::Down => "step down".to_owned(),
            Self::Join => "join".to_owned(),
            Self::Signal(Cause::Common) => "signal common".to_owned(),
            Self::Signal(Cause::Better) => "signal better".to_owned(),
            Self::Signal(Cause::Worse) => "signal worse".to_owned(),
            Self::Signal(Cause::Either) => "signal either".to_owned(),
            Self::Target => "target".to_owned(),
            Self::Moment => "moment".to_owned(),
        }
    }

    /// The size and weight of letters in this ink, as chart.css has them.
    #[must_use]
    pub fn face(self) -> Face {
        let (size, weight) = match self {
            Self::Value | Self::Inside(_) => (14.5, Weight::Semibold),
            Self::Direct(_) => (15.0, Weight::Semibold),
            Self::Tick | Self::Name | Self::Note | Self::Base => (13.5, Weight::Regular),
            _ => (15.0, Weight::Regular),
        };
        Face { size, weight }
    }

    /// The reserved colour, which no reader sees.
    #[must_use]
    pub fn colour(self) -> RGBColor {
        let class = self.class();
        let place = Self::all().position(|ink| ink.class() == class);
        let place = place.and_then(|place| u8::try_from(place + 1).ok());
        RGBColor(place.unwrap_or(0), 0, RESERVED)
    }

    /// The ink whose reserved colour this is.
    #[must_use]
    pub fn reserving((place, nothing, mark): (u8, u8, u8)) -> Option<Self> {
        let place = usize::from(place).checked_sub(1)?;
        Self::all()
            .nth(place)
            .filter(|_| nothing == 0 && mark == RESERVED)
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

impl From<Ink> for Face {
    fn from(ink: Ink) -> Self {
        ink.face()
    }
}

#[cfg(test)]
mod tests {
    use super::Ink;
    use std::collections::BTreeSet;

    #[test]
    fn every_ink_has_a_colour_and_a_class_of_its_own() {
        let all: Vec<Ink> = Ink::all().collect();
        let classes: BTreeSet<String> = all.iter().map(|ink| ink.class()).collect();
        assert_eq!(classes.len(), all.len());
        for ink in all {
            let colour = ink.colour();
            assert_eq!(Ink::reserving((colour.0, colour.1, colour.2)), Some(ink));
        }
        assert_eq!(Ink::Line(9).colour(), Ink::Line(3).colour());
        for other in [(0, 0, 0), (255, 255, 255), (0, 0, 0x57), (200, 0, 0x57)] {
            assert_eq!(Ink::reserving(other), None);
        }
    }
}
