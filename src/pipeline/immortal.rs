//! The guard against immortal time for tables: where people enrolled on a
//! programme after they had started, retention by programme from the start
//! flatters the programme whatever it does, and no such table is made.
//! Computes nothing; takes tables out and says why.

use super::enrolled::Enrolments;
use crate::data::{Linked, Workforce};
use staywise_core::domain::{Day, Finding, Kind, Origin, Severity, TallyTable};
use staywise_core::stats::immortal::LATE_SHARE;

/// The dimension that time can bring people into.
const PROGRAMME: &str = "programme";

/// Takes out tables of retention by programme where they would mislead, and
/// says so.
pub(super) fn guard(linked: &Linked, tables: &mut Vec<TallyTable>) -> Option<Finding> {
    let (enrolled, late) = enrolments(&linked.workforce, linked.as_at);
    if enrolled == 0 || late as f64 <= LATE_SHARE * enrolled as f64 {
        return None;
    }
    let misleads = |table: &TallyTable| {
        let of_time = table.metric.kind == Kind::Survival || table.metric.horizon_months.is_some();
        of_time && table.dimensions.iter().any(|d| d.as_str() == PROGRAMME)
    };
    let before = tables.len();
    tables.retain(|table| !misleads(table));
    (tables.len() < before).then(|| Finding {
        rule: "immortal-time",
        severity: Severity::Warning,
        origin: Origin::default(),
        message: "Some enrolled on the programme only after they had started. Those who enrol \
                  later have, by definition, stayed that long, so retention by programme is not \
                  shown."
            .to_owned(),
        remedy: "Compare those still in post on a day: write a [[comparison]] with dimension = \
                 \"programme\" and landmark_day = 90 into staywise.toml."
            .to_owned(),
        count: late,
        private_value: None,
    })
}

/// How many times in post have a preceptorship, and how many of those began
/// it after the start.
fn enrolments(workforce: &Workforce, as_at: Day) -> (u64, u64) {
    let all = Enrolments::of(workforce);
    let (mut enrolled, mut late) = (0, 0);
    for spell in &workforce.spells {
        let until = spell.ended.unwrap_or(as_at);
        let first = all.first(spell.person, (spell.time_zero, until));
        if let Some(start) = first.and_then(|p| p.start) {
            enrolled += 1;
            late += u64::from(start > spell.time_zero);
        }
    }
    (enrolled, late)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::enrolments;
    use crate::data::workforce::Spell;
    use crate::data::{Preceptorship, Workforce};
    use staywise_core::domain::Day;

    #[test]
    fn who_enrolled_after_the_start_is_late() {
        let spell = |person| Spell::open(person, Day(1000));
        let begun = |person, day| Preceptorship {
            person: Some(person),
            start: Some(Day(day)),
            ..Preceptorship::default()
        };
        let workforce = Workforce {
            spells: vec![spell(0), spell(1), spell(2), spell(3)],
            preceptorships: vec![
                begun(0, 1000),
                begun(1, 990),
                begun(2, 1060),
                begun(2, 1200),
            ],
            ..Workforce::default()
        };
        assert_eq!(enrolments(&workforce, Day(2000)), (3, 1));
    }
}
