//! A preceptorship register by its column names: somebody, and when their
//! preceptorship began, is due to end or ended.

use super::{Draft, Kind, Meaning, Named, Shape};
use crate::data::{Cell, Holds, Layout, Role};
use crate::vocabulary::{missing, outcomes, text};

/// What only a register says, beside when a preceptorship began.
const OF_REGISTERS: [Role; 8] = [
    Role::PlannedEnd,
    Role::CompletedOn,
    Role::WithdrawnOn,
    Role::ExtendedTo,
    Role::Preceptor,
    Role::SupernumeraryHours,
    Role::ProtectedHours,
    Role::MeetingOn,
];

/// Recognises a list of people with dates of preceptorships, plain by their
/// names or by two columns that only a register has. A staff list may have
/// such a date beside its own, and a register that of who left.
pub(super) fn recognise(named: &Named<'_>) -> Option<Shape> {
    let kind = named.kind(Holds::Register);
    let person = kind.first(&[Role::StaffNumber, Role::Email, Role::RegistrationNumber])?;
    let signs = kind.count(&OF_REGISTERS) > 1;
    let date = kind.plainly(&Role::OF_PRECEPTORSHIP).next();
    let date = date.or_else(|| kind.first(&Role::OF_PRECEPTORSHIP).filter(|_| signs))?;
    let staff = named.kind(Holds::Staff);
    let starts = staff.first(&[Role::StartDate, Role::PostStart]).is_some();
    let begun = kind.first(&[Role::PreceptorshipStart]).is_some();
    let all_left = staff
        .first(&[Role::LeaveDate])
        .is_some_and(|left| staff.is_filled(left));
    let left = [Role::LeaveDate, Role::LeavingReason];
    let of_staff = staff.first(&[Role::Fte, Role::Contract]).is_some()
        || staff.first(&left).is_some() && (starts || all_left || !begun);
    if of_staff || starts && kind.count(&Role::OF_PRECEPTORSHIP) < 2 {
        return None;
    }
    let reason = format!(
        "it has people (column {}) and dates of preceptorships (column {})",
        person.place(),
        date.place()
    );
    Some(shape(&kind, reason))
}

/// A register with these columns. Columns of meetings are known by a pattern
/// of their names; a column of dates that holds only yes, no or how things
/// stand is one of outcomes.
pub(super) fn shape(kind: &Kind<'_>, reason: String) -> Shape {
    let mut shape = kind.shape(Layout::Register, reason);
    for draft in shape.drafts.iter_mut().filter(|draft| !draft.stated) {
        if draft.role == Role::Unknown && is_meeting(&draft.header) {
            draft.role = Role::MeetingOn;
        }
        let yes = match draft.role {
            Role::CompletedOn => ["Completed", "In progress"],
            Role::WithdrawnOn => ["Withdrawn", ""],
            Role::ExtendedTo => ["Extended", ""],
            _ => continue,
        };
        if says_how(kind, draft) {
            draft.role = Role::Outcome;
            draft.meaning = words_for(yes);
        }
    }
    shape
}

/// `Meeting 1`, `1st meeting`, `Week 6 review`, `3 month review date`.
fn is_meeting(header: &str) -> bool {
    const OF_A_MEETING: [&str; 4] = ["meeting", "review", "catch", "supervision"];
    const OF_TIME: [&str; 10] = [
        "week", "weeks", "wk", "month", "months", "mth", "first", "second", "third", "final",
    ];
    let words = text::words(header);
    let has = |wanted: &[&str]| words.split(' ').any(|word| wanted.contains(&word));
    let counted = words.chars().any(|c| c.is_ascii_digit()) || has(&OF_TIME);
    let about = [
        "notes", "outcome", "comments", "by", "number", "of", "hours",
    ];
    has(&OF_A_MEETING) && counted && !has(&about)
}

const YES: [&str; 4] = ["yes", "y", "true", "x"];
const NO: [&str; 3] = ["no", "n", "false"];

/// Whether every cell of a column of dates is a yes, a no or how things
/// stand.
fn says_how(kind: &Kind<'_>, draft: &Draft) -> bool {
    let Some(labels) = kind.labels(draft) else {
        return false;
    };
    let says = |label: &str| {
        let folded = text::fold(label);
        YES.contains(&folded.as_str())
            || NO.contains(&folded.as_str())
            || outcomes::read(label).is_some()
    };
    let dated = kind
        .named
        .grid
        .columns()
        .get(draft.index)
        .is_some_and(|c| c.pool().iter().any(|cell| matches!(cell, Cell::Moment(_))));
    let filled = || {
        labels
            .iter()
            .filter(|(label, _)| !missing::is_missing(label))
    };
    !dated && filled().count() > 0 && filled().all(|(label, _)| says(label))
}

fn words_for([yes, no]: [&str; 2]) -> Meaning {
    let labelled = |words: &[&str], label: &str| -> Vec<(String, String)> {
        let pairs = words
            .iter()
            .map(|word| ((*word).to_owned(), label.to_owned()));
        pairs.collect()
    };
    let mut meaning = Meaning {
        labels: labelled(&YES, yes),
        missing: Vec::new(),
    };
    if no.is_empty() {
        meaning.missing = NO.map(str::to_owned).into();
    } else {
        meaning.labels.extend(labelled(&NO, no));
    }
    meaning
}

#[cfg(test)]
mod tests {
    use super::is_meeting;

    #[test]
    fn columns_of_meetings_are_known_by_their_names() {
        for header in [
            "Meeting 1",
            "1st meeting",
            "Week 6 review",
            "3 month review date",
            "Final review",
        ] {
            assert!(is_meeting(header), "{header}");
        }
        for header in [
            "Meeting",
            "Number of meetings",
            "Review notes 1",
            "Ward 4",
            "Week 6",
            "Meeting 1 notes",
        ] {
            assert!(!is_meeting(header), "{header}");
        }
    }
}
