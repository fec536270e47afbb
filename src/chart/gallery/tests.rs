//! What holds for every picture of the gallery, wide and narrow, measured on
//! the finished SVG: words that touch nothing and say all, marks that stay on
//! the canvas, colours that can be told from what they lie on.

use super::fixture::{Picture, gallery};
use super::look::{Look, PAGE, Rgb, Theme, contrast, missing};
use super::marks::{Mark, face, marks, size, texts};
use crate::chart::style::STYLE;
use crate::chart::{Form, Svg};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

pub(super) static GALLERY: LazyLock<Vec<Picture>> = LazyLock::new(gallery);

/// What `wrong` finds, over every drawing of the gallery.
fn everywhere(wrong: impl Fn(&Picture, Form, &[Mark], &Svg) -> Vec<String>) {
    let mut found = Vec::new();
    for picture in GALLERY.iter() {
        let both = [
            (Form::Wide, picture.drawing.wide()),
            (Form::Narrow, picture.drawing.narrow()),
        ];
        for (form, svg) in both {
            let marks = marks(svg);
            let wrong = wrong(picture, form, &marks, svg);
            found.extend(
                wrong
                    .into_iter()
                    .map(|w| format!("{}, {form:?}: {w}", picture.name)),
            );
        }
    }
    let shown = found
        .iter()
        .take(60)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(found.is_empty(), "{} faults:\n{shown}", found.len());
}

#[test]
fn every_kind_has_every_case() {
    for kind in [
        "dots", "likert", "bars", "heat map", "slope", "forest", "trend", "funnel",
    ] {
        for case in [
            "forty",
            "one",
            "none",
            "long names",
            "all hidden",
            "zero",
            "100%",
        ] {
            let name = format!("{kind}, {case}");
            assert!(GALLERY.iter().any(|picture| picture.name == name), "{name}");
        }
    }
}

#[test]
fn no_two_words_touch() {
    everywhere(|_, _, marks, _| {
        let mut wrong = Vec::new();
        let texts = texts(marks);
        for (index, one) in texts.iter().enumerate() {
            for other in &texts[index + 1..] {
                let (a, b) = (one.edges, other.edges);
                let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
                if !apart {
                    wrong.push(format!("`{}` lies on `{}`", one.words, other.words));
                }
            }
        }
        wrong
    });
}

#[test]
fn nothing_leaves_the_canvas_and_nothing_is_without_words() {
    everywhere(|_, form, marks, svg| {
        let (wide, high) = size(svg);
        let mut wrong = Vec::new();
        if wide != form.width() {
            wrong.push(format!("{wide} pixels wide"));
        }
        for mark in marks {
            if mark.element == "text" && mark.words.trim().is_empty() {
                wrong.push(format!("a {} without words", mark.class));
            }
            let [left, top, right, bottom] = mark.edges;
            if left < -0.1 || top < -0.1 || right > wide + 0.1 || bottom > high + 0.1 {
                wrong.push(format!(
                    "{} {} `{}` at {:?}",
                    mark.element, mark.class, mark.words, mark.edges
                ));
            }
        }
        wrong
    });
}

/// Whether words are there, as they are or from their start to an ellipsis.
fn said(all: &str, words: &str) -> bool {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut =
        |(at, _): (usize, char)| at >= 5 && all.contains(&format!("{}…", words[..at].trim_end()));
    all.contains(&words) || words.char_indices().any(cut)
}

#[test]
fn every_name_is_there() {
    everywhere(|picture, _, marks, _| {
        let all: Vec<&str> = texts(marks)
            .iter()
            .map(|text| text.words.as_str())
            .collect();
        let all = all.join(" ");
        let missing = picture.labels.iter().filter(|label| !said(&all, label));
        missing.map(|label| format!("no `{label}`")).collect()
    });
}

#[test]
fn keys_are_in_scale_order() {
    let mut with_a_key = 0;
    for picture in GALLERY.iter().filter(|picture| !picture.key.is_empty()) {
        with_a_key += 1;
        for svg in [picture.drawing.wide(), picture.drawing.narrow()] {
            let marks = marks(svg);
            let ticks: Vec<&str> = texts(&marks)
                .into_iter()
                .filter(|text| text.class == "tick")
                .map(|text| text.words.as_str())
                .collect();
            let key = &ticks[ticks.len() - picture.key.len()..];
            for (words, wanted) in key.iter().zip(&picture.key) {
                assert!(said(words, wanted), "{}: {key:?}", picture.name);
            }
        }
    }
    assert!(with_a_key > 15);
}

#[test]
fn words_are_large_enough() {
    let look = Look::of(Theme::Light);
    everywhere(|_, _, marks, _| {
        let small = |text: &&Mark| face(&look, &text.class).size < 13.5;
        let small = texts(marks).into_iter().filter(small);
        small.map(|text| format!("`{}`", text.words)).collect()
    });
}

#[test]
fn every_class_has_a_rule() {
    let look = Look::of(Theme::Light);
    let mut classes = BTreeSet::new();
    for picture in GALLERY.iter() {
        for svg in [picture.drawing.wide(), picture.drawing.narrow()] {
            classes.extend(marks(svg).into_iter().map(|mark| mark.class));
        }
    }
    let bare: Vec<&String> = classes.iter().filter(|class| !look.names(class)).collect();
    assert!(
        bare.is_empty() && classes.len() > 40,
        "{bare:?} of {}",
        classes.len()
    );
}

/// What words lie on: the last filled shape below their middle, or the paper
/// of which they have a rim of their own.
fn ground(look: &Look, before: &[Mark], text: &Mark) -> Rgb {
    let worn = look.worn("text", &text.class);
    if worn.contains_key("paint-order") {
        return look.painted(&worn, "stroke").unwrap();
    }
    let [left, top, right, bottom] = text.edges;
    let (x, y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    let under = before.iter().rev().filter(|mark| mark.element == "rect");
    let mut under =
        under.filter(|m| m.edges[0] < x && x < m.edges[2] && m.edges[1] < y && y < m.edges[3]);
    let fill = under.find_map(|mark| look.painted(&look.worn("rect", &mark.class), "fill"));
    fill.unwrap_or_else(|| look.colour("--paper"))
}

#[test]
fn words_can_be_read_in_light_and_dark() {
    for theme in [Theme::Light, Theme::Dark] {
        let look = Look::of(theme);
        everywhere(|_, _, marks, _| {
            let mut wrong = Vec::new();
            for (index, text) in marks.iter().enumerate() {
                if text.element != "text" {
                    continue;
                }
                let letters = look
                    .painted(&look.worn("text", &text.class), "fill")
                    .unwrap();
                let contrast = contrast(letters, ground(&look, &marks[..index], text));
                if contrast < 4.5 {
                    wrong.push(format!(
                        "{theme:?} `{}` {} {contrast:.2}",
                        text.words, text.class
                    ));
                }
            }
            wrong
        });
    }
}

/// Marks that say nothing which words do not: lines to look along, the figure
/// behind a cell that holds it in digits, the band round a line.
const QUIET: [&str; 4] = ["grid", "band", "area", "heat"];

#[test]
fn marks_can_be_told_from_the_paper_in_light_and_dark() {
    for theme in [Theme::Light, Theme::Dark] {
        let look = Look::of(theme);
        let paper = look.colour("--paper");
        everywhere(|_, _, marks, _| {
            let mut wrong = BTreeSet::new();
            for mark in marks.iter().filter(|mark| mark.element != "text") {
                if QUIET.contains(&mark.class.split(' ').next().unwrap()) {
                    continue;
                }
                let worn = look.worn(&mark.element, &mark.class);
                let seen = ["fill", "stroke"].map(|what| look.painted(&worn, what));
                let most = seen.into_iter().flatten().map(|c| contrast(c, paper));
                let most = most.fold(0.0, f64::max);
                if most < 3.0 {
                    wrong.insert(format!("{theme:?} {} {most:.2}", mark.class));
                }
            }
            wrong.into_iter().collect()
        });
    }
}

#[test]
fn neighbours_in_a_bar_can_be_told_apart() {
    for theme in [Theme::Light, Theme::Dark] {
        let look = Look::of(theme);
        let fill = |class: &str| look.painted(&look.worn("rect", class), "fill").unwrap();
        for pair in (1..=8).collect::<Vec<_>>().windows(2) {
            let (one, next) = (
                fill(&format!("slice b{}", pair[0])),
                fill(&format!("slice b{}", pair[1])),
            );
            let contrast = contrast(one, next);
            assert!(contrast > 1.15, "{theme:?} {pair:?} {contrast:.2}");
        }
        let two = [
            ("part against-1", "part against-2"),
            ("part for-1", "part for-2"),
        ];
        for (mild, strong) in two {
            assert!(contrast(fill(mild), fill(strong)) > 2.0, "{theme:?} {mild}");
        }
    }
}

#[test]
fn every_picture_stands_alone_in_its_colours() {
    for picture in GALLERY.iter() {
        let file = picture.drawing.standalone();
        for bad in ["class=", "var(", "currentColor"] {
            assert!(!file.contains(bad), "{}: {bad}", picture.name);
        }
        let bare = file
            .lines()
            .filter(|line| line.starts_with("<rect ") || line.starts_with("<circle "));
        for line in bare {
            assert!(line.contains(" fill=\"#"), "{}: {line}", picture.name);
        }
    }
}

/// All pictures on one page, for a browser to measure with real letters,
/// where the environment names a folder for it.
#[test]
fn the_gallery_is_a_page() {
    let mut page = format!(
        "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Charts</title>\
         <style>@font-face{{font-family:\"Source Sans 3\";src:url(source-sans-3.woff2);\
         font-weight:200 900}}\n{PAGE}\n{}\n{STYLE}\n\
         .both{{display:flex;gap:48px;align-items:flex-start;padding:16px}}\
         .wide{{width:660px;flex:none;display:block}}.narrow-form{{width:320px;flex:none}}</style></head><body>\n",
        missing()
    );
    for picture in GALLERY.iter() {
        let title = crate::chart::text::escape(&picture.name);
        write!(
            page,
            "<h2 style=\"margin:16px\">{title}</h2>\n<div class=\"both\"><div class=\"wide\">{}</div>\
             <div class=\"narrow-form\">{}</div></div>\n",
            picture.drawing.wide().as_str(),
            picture.drawing.narrow().as_str()
        )
        .unwrap();
    }
    page.push_str("</body></html>\n");
    assert!(page.matches("<svg ").count() == 2 * GALLERY.len());
    if let Some(folder) = std::env::var_os("STAYWISE_GALLERY") {
        let folder = std::path::PathBuf::from(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("gallery.html"), page).unwrap();
        for picture in GALLERY
            .iter()
            .filter(|picture| picture.name.ends_with("several"))
        {
            let png = picture.drawing.png(1.5).unwrap();
            std::fs::write(folder.join(format!("{}.png", picture.name)), png).unwrap();
        }
        let font = include_bytes!("../../../reports/font/source-sans-3.woff2");
        std::fs::write(folder.join("source-sans-3.woff2"), font).unwrap();
    }
}
