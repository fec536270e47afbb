//! The frames of responses, answers, items and invitations. Off-scale and
//! unknown answers are null or left out: they are never a level.

use super::{Fields, answer_key};
use crate::data::linked::NOBODY;
use crate::data::{Linked, Survey};
use polars::prelude::{AnyValue, Column as FrameColumn, DataType, PlSmallStr, Scalar};
use std::sync::Arc;

fn wave(survey: &Survey, wave: Option<&u32>) -> Option<usize> {
    let index = usize::try_from(*wave?).ok()?;
    (index < survey.waves.len()).then_some(index)
}

fn wave_name<'a>(survey: &'a Survey, of: Option<&u32>) -> Option<&'a str> {
    let index = wave(survey, of)?;
    survey.waves.get(index).map(|level| level.as_str())
}

fn known(person: Option<&u32>) -> Option<u32> {
    person.copied().filter(|p| *p != NOBODY)
}

pub(super) fn responses<'a>(linked: &'a Linked) -> Fields<'a> {
    let survey = &linked.survey;
    let mut fields = Fields::new(survey.responses());
    fields.whole("response", |row| u32::try_from(row).ok());
    fields.whole("person", |row| known(linked.response_person.get(row)));
    fields.text("wave", |row| wave_name(survey, survey.wave.get(row)));
    fields.day("answered_on", |row| {
        survey.answered_on.get(row).map(|d| d.0)
    });
    for answers in &survey.items {
        let name = &answers.item.name;
        fields.flag(&format!("{name}_favourable"), |row| answers.favourable(row));
        fields.number(&format!("{name}_score"), |row| answers.level(row)?.1.score);
        fields.text(name, |row| {
            answers.level(row).map(|(_, l)| l.label.as_str())
        });
    }
    fields
}

/// Why `responses` lacks a column that an item would have. A name that is
/// nearly a known item's is no other item but a slip, and gets no reason.
pub(super) fn no_such_item(linked: &Linked, column: &str) -> Option<String> {
    const A_SLIP: f64 = 0.93;
    let name = column
        .strip_suffix("_favourable")
        .or_else(|| column.strip_suffix("_score"))?;
    let items = linked.survey.items.iter().map(|a| a.item.name.as_str());
    let well_known = crate::vocabulary::items::label(name).is_some();
    let slip = !well_known
        && items
            .into_iter()
            .any(|item| strsim::jaro_winkler(item, name) > A_SLIP);
    (!slip).then(|| format!("no survey question was recognised as `{name}`"))
}

pub(super) fn answers<'a>(linked: &'a Linked, item: usize) -> Fields<'a> {
    let survey = &linked.survey;
    let Some(answers) = survey.items.get(item) else {
        return Fields::new(0);
    };
    let valid: Vec<u32> = (0..survey.responses())
        .filter(|response| answers.level(*response).is_some())
        .filter_map(|response| u32::try_from(response).ok())
        .collect();
    let rows = valid.len();
    let valid = Arc::new(valid);
    let response = move |row: usize| valid.get(row).copied();
    let level = {
        let response = response.clone();
        move |row| answers.level(usize::try_from(response(row)?).ok()?)
    };
    let mut fields = Fields::new(rows);
    let of = response.clone();
    let items = survey.items.len();
    fields.whole("answer", move |row| answer_key(of(row)?, item, items));
    let of = response.clone();
    fields.whole("response", of);
    let name = PlSmallStr::from_str(&answers.item.name);
    fields.put("item", move |column| {
        let value = Scalar::new(DataType::String, AnyValue::StringOwned(name.clone()));
        FrameColumn::new_scalar(column.into(), value, rows)
    });
    let of = response.clone();
    fields.day("answered_on", move |row| {
        let response = usize::try_from(of(row)?).ok()?;
        survey.answered_on.get(response).map(|d| d.0)
    });
    let of = level.clone();
    fields.integer(
        "level",
        Arc::new(move |row| i32::try_from(of(row)?.0 + 1).ok()),
    );
    fields.flag("favourable", move |row| {
        answers.favourable(usize::try_from(response(row)?).ok()?)
    });
    fields.number("score", move |row| level(row)?.1.score);
    fields
}

pub(super) fn items<'a>(linked: &'a Linked) -> Fields<'a> {
    let all = &linked.survey.items;
    let mut fields = Fields::new(all.len());
    fields.text("item", |row| all.get(row).map(|a| a.item.name.as_str()));
    fields.text("text", |row| all.get(row).map(|a| a.item.text.as_str()));
    fields.text("scale", |row| {
        all.get(row).map(|a| a.item.scale.name.as_str())
    });
    fields.whole("levels", |row| {
        u32::try_from(all.get(row)?.item.scale.levels.len()).ok()
    });
    fields
}

/// What is known of a wave from its responses.
#[derive(Clone, Copy, Default)]
struct WaveFacts {
    first_answer: Option<i32>,
    responses: u64,
    /// Those with no identifier at all.
    nameless: u64,
}

/// Above this share of nameless responses nobody can say who of those invited
/// answered: it is the study's usual limit on unusable cells.
const NAMELESS_PER_MILLE: u64 = 50;

impl WaveFacts {
    fn tells_who_answered(self) -> bool {
        self.nameless * 1000 <= self.responses * NAMELESS_PER_MILLE
    }
}

fn wave_facts(linked: &Linked) -> Vec<WaveFacts> {
    let survey = &linked.survey;
    let mut facts = vec![WaveFacts::default(); survey.waves.len()];
    for (response, of) in survey.wave.iter().enumerate() {
        let Some(fact) = wave(survey, Some(of)).and_then(|w| facts.get_mut(w)) else {
            continue;
        };
        let day = survey.answered_on.get(response).map(|d| d.0);
        fact.first_answer = match (fact.first_answer, day) {
            (Some(first), Some(day)) => Some(first.min(day)),
            (first, day) => first.or(day),
        };
        fact.responses += 1;
        let identity = survey.identities.get(response);
        let named = identity.is_some_and(|i| {
            i.staff_number.is_some() || i.email.is_some() || i.reference.is_some()
        });
        let linked = known(linked.response_person.get(response)).is_some();
        fact.nameless += u64::from(!named && !linked);
    }
    facts
}

pub(super) fn invited<'a>(linked: &'a Linked) -> Fields<'a> {
    let (survey, as_at) = (&linked.survey, linked.as_at.0);
    let invitations = &survey.invitations;
    let facts = Arc::new(wave_facts(linked));
    let fact = move |row: usize| {
        let wave = wave(survey, invitations.wave.get(row))?;
        facts.get(wave).copied()
    };
    let sent = |row: usize| {
        invitations
            .invited_on
            .get(row)
            .copied()
            .flatten()
            .map(|d| d.0)
    };
    let mut fields = Fields::new(invitations.wave.len());
    fields.whole("invitation", |row| u32::try_from(row).ok());
    fields.whole("person", |row| known(linked.invitation_person.get(row)));
    fields.text("wave", |row| wave_name(survey, invitations.wave.get(row)));
    fields.day("invited_on", sent);
    let of = fact.clone();
    fields.day("counts_on", move |row| {
        let first_answer = || of(row).and_then(|f| f.first_answer);
        Some(sent(row).or_else(first_answer).unwrap_or(as_at))
    });
    fields.flag("answered", move |row| {
        fact(row).filter(|f| f.tells_who_answered())?;
        linked.invitation_answered.get(row).copied()
    });
    fields
}
