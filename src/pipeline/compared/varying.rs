//! Exposure that begins when it begins, beside an answer from a landmark: each
//! person counts without the programme up to the day they had it, and with it
//! after. A check of the landmark and never an answer of its own.

use super::answers::{Asks, What};
use super::people::{Candidates, Placed, posts};
use super::retold::Found;
use crate::data::Linked;
use crate::report::evidence::Purpose;
use crate::study::Entered;
use staywise_core::disclosure::{Basis, Modelled};
use staywise_core::domain::{Statistic, Unknown};
use staywise_core::stats::LEVEL;
use staywise_core::stats::cox::{self, CoxModel, Followed};
use staywise_core::stats::immortal::{self, Comparison, Varying};

/// The hazard ratio by exposure that varies, with what it rests on; nothing
/// for a comparison from the start.
pub(super) fn modelled(
    asks: &Asks<'_>,
    (found, placed): (&Candidates, &Placed),
    (linked, basis): (&Linked, &Basis),
) -> Option<(Basis, What, Modelled)> {
    let way = match asks.asked.entered {
        Entered::Characteristic => return None,
        Entered::Enrolment => Comparison::ByEnrolment,
        Entered::Completion => Comparison::ByCompletion,
    };
    placed.landmark?;
    let made = immortal::varying(&posts(linked, found), way);
    let with = |v: &Varying| v.changed + v.throughout;
    let people = match &made {
        Ok(made) => vec![with(made), made.people - with(made)],
        Err(_) => Vec::new(),
    };
    let day = match way {
        Comparison::ByCompletion => "of completing",
        _ => "of enrolling",
    };
    let name = format!("Hazard ratio of leaving, on the programme only from the day {day}");
    let words = Some(asks.unadjusted_by("time-varying exposure"));
    let figure = asks.figure(Statistic::Ratio, words, made.and_then(|m| hazard(&m)));
    // Everybody is in it, those who left before the landmark too, so that its
    // own base would tell how many these were: it goes without one.
    let basis = Basis {
        people,
        left_out: vec![1],
        ..basis.clone()
    };
    Some((basis, (Purpose::Sensitivity, name), figure))
}

fn hazard(made: &Varying) -> Found {
    let refuse = |why: String| Unknown::NotApplicable(why);
    let rows: Vec<Followed> = made.rows.iter().map(immortal::Placed::followed).collect();
    let with: Vec<f64> = made.rows.iter().map(|row| f64::from(row.arm)).collect();
    let column = cox::Column {
        term: "programme",
        level: None,
        values: &with,
    };
    let model = CoxModel::new(&rows, &[column]).map_err(|why| refuse(why.to_string()))?;
    let options = cox::Options {
        errors: cox::Errors::Clustered,
        level: LEVEL,
        ..cox::Options::default()
    };
    let fit = model.fit(options).map_err(|why| refuse(why.to_string()))?;
    let first = fit
        .coefficients
        .first()
        .ok_or_else(|| refuse("no group to compare".to_owned()))?;
    Ok((first.hazard_ratio, first.interval, first.p))
}
