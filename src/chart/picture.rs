//! A drawing as a PNG. Reads no font of the machine and no file: the same
//! drawing gives the same bytes everywhere.

use super::ChartError;
use super::letters::FONTS;
use resvg::usvg::{FontResolver, Options, Tree, fontdb};
use resvg::{render, tiny_skia};
use skrifa::{FontRef, MetadataProvider};
use std::fmt::Display;
use std::sync::Arc;

/// The most dots that one side of a picture may have.
const MOST_DOTS: f32 = 32_000.0;

/// Draws a standalone SVG with `scale` dots to a pixel.
///
/// # Errors
/// `ChartError` for a scale that gives no picture, or one too large.
pub(super) fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    if !(0.1..=8.0).contains(&scale) {
        return Err(ChartError("a scale is from 0.1 to 8".to_owned()));
    }
    let mut fonts = fontdb::Database::new();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    let options = Options {
        fontdb: Arc::new(fonts),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(|letter, used, fonts| {
                let weight = used
                    .first()
                    .and_then(|id| fonts.face(*id))
                    .map(|f| f.weight);
                let others = || fonts.faces().filter(|face| !used.contains(&face.id));
                let has = |face: &&fontdb::FaceInfo| has(fonts, face.id, letter);
                let same = others()
                    .filter(|face| Some(face.weight) == weight)
                    .find(has);
                same.or_else(|| others().find(has)).map(|face| face.id)
            }),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(failed)?;
    let (wide, high) = (tree.size().width() * scale, tree.size().height() * scale);
    if !(1.0..=MOST_DOTS).contains(&wide) || !(1.0..=MOST_DOTS).contains(&high) {
        return Err(ChartError("a picture of this size".to_owned()));
    }
    let picture = tiny_skia::Pixmap::new(wide.ceil() as u32, high.ceil() as u32);
    let mut picture = picture.ok_or_else(|| ChartError("a picture of this size".to_owned()))?;
    // The part of a dot at the right and the lower edge is paper too.
    picture.fill(tiny_skia::Color::WHITE);
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    render(&tree, transform, &mut picture.as_mut());
    picture.encode_png().map_err(failed)
}

fn has(fonts: &fontdb::Database, face: fontdb::ID, letter: char) -> bool {
    let found = fonts.with_face_data(face, |file, index| {
        let font = FontRef::from_index(file, index).ok()?;
        font.charmap().map(letter)
    });
    found.flatten().is_some()
}

fn failed(cause: impl Display) -> ChartError {
    ChartError(cause.to_string())
}
