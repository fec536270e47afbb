//! Whom a comparison is about, where that is not everybody: those of some
//! levels, as they were when they started, and none of whom it is not known
//! whether they were on the programme. Counts who is out by it.

use super::people::{Candidates, Refused, history, level};
use crate::data::Linked;
use crate::pipeline::enrolled::Enrolments;
use crate::report::words::dimension_name;
use crate::study::{Comparison, Entered};
use staywise_core::domain::{Dimension, Group, Level};
use std::collections::HashSet;

/// Levels of a dimension that a comparison keeps to.
type Kept = (Dimension, Vec<String>);

/// As words: `staff group: Nursing or Midwifery; band: Band 5`. Nothing for a
/// comparison of everybody.
pub(super) fn words(among: &[Kept]) -> String {
    let one = |(dimension, levels): &Kept| {
        let name = dimension_name(dimension.as_str());
        format!("{name}: {}", levels.join(" or "))
    };
    among.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Leaves those in `found` whom the comparison is about.
pub(super) fn keep(
    linked: &Linked,
    asked: &Comparison,
    found: &mut Candidates,
) -> Result<(), Refused> {
    for (dimension, levels) in &asked.among {
        let Some(history) = history(linked, dimension) else {
            return Err(Refused {
                why: format!("The study has no `{}`.", dimension.as_str()),
                instead: "Name a dimension of the staff list after `among.`.".to_owned(),
            });
        };
        let known: Vec<&str> = history.levels.iter().map(|l| l.as_str()).collect();
        if let Some(unknown) = levels.iter().find(|l| !known.contains(&l.as_str())) {
            return Err(Refused {
                why: format!("`{}` has no level \"{unknown}\".", dimension.as_str()),
                instead: format!("Its levels are {}.", known.join(", ")),
            });
        }
        let wanted = |own: &str| levels.iter().any(|level| level == own);
        let before = found.list.len();
        found.list.retain(|c| wanted(level(history, c)));
        let name = dimension_name(dimension.as_str());
        out(
            found,
            before,
            format!("Not among {name}: {}", levels.join(" or ")),
        );
    }
    if asked.entered != Entered::Characteristic {
        leave_unknown(linked, found);
    }
    Ok(())
}

/// Leaves out whoever the register names without saying when they enrolled:
/// they are of neither group, as in every table.
fn leave_unknown(linked: &Linked, found: &mut Candidates) {
    let all = linked.workforce.preceptorships.iter();
    let undated: HashSet<u32> = all
        .filter(|p| p.start.is_none())
        .filter_map(|p| p.person)
        .collect();
    if undated.is_empty() {
        return;
    }
    let enrolments = Enrolments::of(&linked.workforce);
    let before = found.list.len();
    found.list.retain(|c| {
        let is_dated = || enrolments.first(c.person, (c.zero, c.exit)).is_some();
        !undated.contains(&c.person) || is_dated()
    });
    let why = "In the register without the day they enrolled".to_owned();
    out(found, before, why);
}

/// Counts who went, where anybody did.
fn out(found: &mut Candidates, before: usize, why: String) {
    let gone = u64::try_from(before - found.list.len()).unwrap_or(u64::MAX);
    if gone > 0 {
        found.out.push((why, gone));
    }
}

/// The cells of tables that a comparison of some levels rests on beside those
/// of a comparison of everybody: the levels, and each with each group.
pub(super) fn cells(asked: &Comparison) -> Vec<Group> {
    let groups = [Some(&asked.compare), asked.against.as_ref()];
    let groups: Vec<Level> = groups
        .into_iter()
        .flatten()
        .map(|l| Level::new(l))
        .collect();
    let mut cells = Vec::new();
    for (dimension, levels) in &asked.among {
        for level in levels.iter().map(|l| Level::new(l)) {
            cells.push(Group::one(dimension, &level));
            for group in &groups {
                let (own, other) = ((&asked.dimension, group), (dimension, &level));
                cells.extend([Group::pair(own, other), Group::pair(other, own)]);
            }
        }
    }
    cells
}
