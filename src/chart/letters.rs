//! The letters of the embedded fonts: how wide each is, at the two weights
//! that charts use. Never asks the machine which fonts it has, so that a
//! chart is laid out the same everywhere.

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The font files, with letters outside the plain ones after them.
pub(super) const FONTS: [&[u8]; 4] = [
    include_bytes!("../../reports/font/staywise-sans-400.ttf"),
    include_bytes!("../../reports/font/staywise-sans-600.ttf"),
    include_bytes!("../../reports/font/staywise-sans-extended-400.ttf"),
    include_bytes!("../../reports/font/staywise-sans-extended-600.ttf"),
];

/// How much wider the system fonts are that stand behind the embedded one.
const ALLOWANCE: f64 = 1.04;

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    Semibold,
}

/// A size in pixels and a weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// The font size in pixels.
    pub size: f64,
    /// The weight.
    pub weight: Weight,
}

impl From<f64> for Face {
    /// A regular face of a size in pixels.
    fn from(size: f64) -> Self {
        Self {
            size,
            weight: Weight::Regular,
        }
    }
}

impl Face {
    /// The width of one letter in pixels, a little on the wide side.
    #[must_use]
    pub fn advance(self, letter: char) -> f64 {
        let ems = match self.weight {
            Weight::Regular => &ADVANCES.0,
            Weight::Semibold => &ADVANCES.1,
        };
        // What neither font has may be as wide as it is high.
        ems.get(&letter).copied().unwrap_or(1.0) * self.size * ALLOWANCE
    }
}

/// Advances in ems by letter: regular, semibold.
static ADVANCES: LazyLock<(BTreeMap<char, f64>, BTreeMap<char, f64>)> = LazyLock::new(|| {
    (
        advances([FONTS[0], FONTS[2]]),
        advances([FONTS[1], FONTS[3]]),
    )
});

fn advances(files: [&[u8]; 2]) -> BTreeMap<char, f64> {
    let mut ems = BTreeMap::new();
    for font in files.iter().filter_map(|file| FontRef::new(file).ok()) {
        let size = Size::unscaled();
        let units = f64::from(font.metrics(size, LocationRef::default()).units_per_em);
        let widths = font.glyph_metrics(size, LocationRef::default());
        for (letter, glyph) in font.charmap().mappings() {
            let advance = widths.advance_width(glyph);
            if let Some((letter, advance)) = char::from_u32(letter).zip(advance) {
                ems.entry(letter).or_insert(f64::from(advance) / units);
            }
        }
    }
    ems
}

#[cfg(test)]
mod tests {
    use super::{ADVANCES, Face, Weight};

    #[test]
    fn letters_have_the_widths_of_the_font() {
        let regular = Face::from(100.0);
        let (narrow, wide) = (regular.advance('i'), regular.advance('W'));
        assert!(narrow > 20.0 && narrow < 35.0 && wide > 70.0 && wide < 95.0);
        let bold = Face {
            weight: Weight::Semibold,
            ..regular
        };
        assert!(bold.advance('a') > regular.advance('a'));
        // Ł is in the extended font alone, a Chinese letter in neither.
        assert!(ADVANCES.0.contains_key(&'Ł') && ADVANCES.1.contains_key(&'Ł'));
        assert_eq!(regular.advance('漢'), 104.0);
    }
}
