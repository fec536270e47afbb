//! The frame of posts, and what spells have of them in full-time equivalents.
//! Never reads who a person is.

use super::Fields;
use crate::data::workforce::PostKind;
use crate::data::{Linked, Post, Spell, Workforce};
use staywise_core::domain::Day;

const NO_FTE: &str = "the staff list has no full-time equivalents";

fn of_person(workforce: &Workforce, person: u32) -> &[Post] {
    let posts = &workforce.posts;
    let from = posts.partition_point(|p| p.person < person);
    let to = posts.partition_point(|p| p.person <= person);
    posts.get(from..to).unwrap_or(&[])
}

/// The full-time equivalent, in thousandths, of the posts that count and are
/// held at the close of a day; nothing where none of them says it.
fn held(workforce: &Workforce, person: u32, day: Day) -> Option<u32> {
    let open = of_person(workforce, person)
        .iter()
        .filter(|p| p.kind == PostKind::Substantive)
        .filter(|p| p.start <= day && p.end.is_none_or(|end| end > day));
    open.filter_map(|p| p.fte_milli)
        .fold(None, |sum: Option<u32>, fte| {
            Some(sum.unwrap_or(0).saturating_add(fte))
        })
}

fn known(workforce: &Workforce) -> bool {
    workforce.posts.iter().any(|p| p.fte_milli.is_some())
}

/// What somebody held at the start of a spell, and on the last day before its
/// end.
pub(super) fn full_time<'a>(fields: &mut Fields<'a>, linked: &'a Linked) {
    let workforce = &linked.workforce;
    let spells = &workforce.spells;
    let names = ["start_fte_milli", "end_fte_milli"];
    if !known(workforce) {
        fields.absent(&names, NO_FTE);
        return;
    }
    let at = move |spell: &Spell, day: Day| held(workforce, spell.person, day);
    fields.whole("start_fte_milli", move |row| {
        let spell = spells.get(row)?;
        at(spell, spell.start)
    });
    fields.whole("end_fte_milli", move |row| {
        let spell = spells.get(row)?;
        at(spell, spell.ended?.plus(-1).max(spell.start))
    });
}

pub(super) fn posts<'a>(linked: &'a Linked) -> Fields<'a> {
    let posts = &linked.workforce.posts;
    let mut fields = Fields::new(posts.len());
    fields.whole("post", |row| u32::try_from(row).ok());
    fields.whole("person", |row| posts.get(row).map(|p| p.person));
    fields.day("start", |row| posts.get(row).map(|p| p.start.0));
    fields.day("end", |row| posts.get(row)?.end.map(|d| d.0));
    fields.text("contract", |row| Some(posts.get(row)?.kind.slug()));
    if known(&linked.workforce) {
        fields.whole("fte_milli", |row| posts.get(row)?.fte_milli);
    } else {
        fields.absent(&["fte_milli"], NO_FTE);
    }
    fields
}
