//! A staff list by its column names, as from ESR: somebody, and when they
//! started.

use super::{Draft, Kind, Named, Remark, Shape};
use crate::data::{Cell, Holds, Layout, Role};
use crate::vocabulary::{columns, months, text};
use staywise_core::domain::Severity;

/// What only a staff list says.
const OF_STAFF: [Role; 7] = [
    Role::LeaveDate,
    Role::PostEnd,
    Role::LeavingReason,
    Role::Destination,
    Role::Fte,
    Role::Contract,
    Role::Assignment,
];

/// Recognises a list with a start date and a person, or with what only a
/// staff list has.
pub(super) fn recognise(named: &Named<'_>) -> Option<Shape> {
    let kind = named.kind(Holds::Staff);
    // `Started` is a survey tool's word as well.
    let start = kind
        .first(&[Role::StartDate, Role::PostStart])
        .filter(|start| {
            !columns::may_be_a_mark(&start.header) || start.stated || kind.question().is_none()
        });
    let person = kind.first(&[Role::StaffNumber, Role::Email, Role::RegistrationNumber]);
    let reason = match (person, start) {
        (Some(person), Some(start)) => format!(
            "it has people (column {}) and start dates (column {})",
            person.place(),
            start.place()
        ),
        (Some(person), None) if kind.first(&[Role::SnapshotOn]).is_some() => format!(
            "it has people (column {}) and the month of each row",
            person.place()
        ),
        (None, Some(start)) if kind.count(&OF_STAFF) > 0 => {
            format!("it has start dates (column {}) and posts", start.place())
        }
        (Some(person), None)
            if kind.count(&OF_STAFF) > 1
                || kind.question().is_none() && kind.first(&[Role::LeaveDate]).is_some() =>
        {
            format!("it has people (column {}) and posts", person.place())
        }
        _ => return None,
    };
    Some(shape(&kind, reason))
}

/// A staff list with these columns, as extracts of ESR write their values.
pub(super) fn shape(kind: &Kind<'_>, reason: String) -> Shape {
    let mut shape = kind.shape(Layout::StaffList, reason);
    for draft in shape.drafts.iter_mut().filter(|draft| !draft.stated) {
        let labels = kind.labels(draft);
        match &draft.role {
            Role::Unknown if names_people(kind, draft) => draft.role = Role::PersonName,
            // Other roles of months are dates already.
            Role::SnapshotOn => draft.meaning.labels = month_labels(kind, draft),
            Role::Dimension(slug) if slug == "organisation" || slug == "unit" => {
                let numbered = numbered(labels.unwrap_or_default());
                if !numbered.is_empty() {
                    draft.role = Role::Dimension("unit".to_owned());
                    draft.meaning.labels = numbered;
                }
            }
            _ => {}
        }
    }
    one_profession(&mut shape);
    lowest_level(kind, &mut shape);
    shape
}

/// Whether most of a column's texts are names of people as ESR writes them,
/// a surname, a title and the rest.
fn names_people(kind: &Kind<'_>, draft: &Draft) -> bool {
    const TITLES: [&str; 10] = [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "rev",
        "sister",
    ];
    let Some(column) = kind.named.grid.columns().get(draft.index) else {
        return false;
    };
    let texts = column.pool().iter().filter_map(|cell| match cell {
        Cell::Text(words) => Some(&**words),
        _ => None,
    });
    let (mut named, mut all) = (0, 0);
    for words in texts.skip(1).take(200) {
        all += 1;
        let title = words.split_once(',').and_then(|(_, rest)| {
            let first = rest.trim_start().split([' ', '.']).next()?;
            Some(TITLES.contains(&text::fold(first).as_str()))
        });
        named += usize::from(title == Some(true));
    }
    all > 0 && named * 2 > all
}

/// Months as the last day of each, for those cells that name one.
fn month_labels(kind: &Kind<'_>, draft: &Draft) -> Vec<(String, String)> {
    let Some(column) = kind.named.grid.columns().get(draft.index) else {
        return Vec::new();
    };
    let named = |cell: &Cell| match cell {
        Cell::Text(_) | Cell::Number(_) => {
            let shown = cell.text();
            Some((shown.to_string(), months::read(&shown)?.iso()))
        }
        _ => None,
    };
    column.pool().iter().skip(1).filter_map(named).collect()
}

/// Organisations with ESR's number of the employer before them, without it:
/// they are teams and wards. Nothing where fewer than half have one.
fn numbered(labels: Vec<(&str, u64)>) -> Vec<(String, String)> {
    let all = labels.len();
    let stripped: Vec<(String, String)> = labels
        .into_iter()
        .filter_map(|(label, _)| {
            let (number, rest) = text::tidy(label)
                .split_once(' ')
                .map(|(a, b)| (a.to_owned(), b.to_owned()))?;
            let vpd = number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit());
            (vpd && !rest.is_empty()).then(|| (label.to_owned(), rest))
        })
        .collect();
    if stripped.len() * 2 > all {
        stripped
    } else {
        Vec::new()
    }
}

/// Of several columns of jobs and positions the first is used.
fn one_profession(shape: &mut Shape) {
    let is = |draft: &Draft| draft.role == Role::Dimension("profession".to_owned());
    let columns: Vec<(usize, String, bool)> = shape
        .drafts
        .iter()
        .filter(|draft| is(draft))
        .map(|draft| (draft.index, draft.place(), draft.stated))
        .collect();
    let used = columns.iter().find(|(.., stated)| *stated);
    let Some((used, place, _)) = used.or(columns.first()).cloned() else {
        return;
    };
    let others: Vec<String> = columns
        .iter()
        .filter(|(index, ..)| *index != used)
        .map(|(_, place, _)| place.clone())
        .collect();
    if others.is_empty() {
        return;
    }
    for draft in shape.drafts.iter_mut().filter(|d| is(d) && d.index != used) {
        draft.role = Role::Unused;
    }
    shape.remarks.push(Remark {
        rule: ("several-job-columns", Severity::Note),
        row: None,
        column: Some(used),
        message: format!(
            "Several columns tell jobs. {place} is the profession; not used: {}.",
            others.join(", ")
        ),
        remedy: "If another is meant, give it the role `profession` in `columns` for this source \
                 in staywise.toml."
            .to_owned(),
        count: others.len() as u64 + 1,
    });
}

/// Where no column is a ward or team: of the levels of an organisation
/// (Org L1 to L8) the one with the most names.
fn lowest_level(kind: &Kind<'_>, shape: &mut Shape) {
    let unit = Role::Dimension("unit".to_owned());
    if shape.drafts.iter().any(|draft| draft.role == unit) {
        return;
    }
    let is_level = |draft: &Draft| {
        let words = text::words(&draft.header);
        let level = words.strip_prefix("org l");
        !draft.stated
            && level.is_some_and(|l| l.len() == 1 && l.bytes().all(|b| b.is_ascii_digit()))
    };
    let names = |draft: &Draft| kind.labels(draft).map_or(0, |labels| labels.len());
    let lowest = shape
        .drafts
        .iter()
        .filter(|draft| is_level(draft) && names(draft) > 1)
        .max_by_key(|draft| (names(draft), draft.index))
        .map(|draft| draft.index);
    let Some(draft) = shape.drafts.iter_mut().find(|d| Some(d.index) == lowest) else {
        return;
    };
    draft.role = unit;
    let labels = kind.labels(draft).unwrap_or_default();
    draft.meaning.labels = numbered(labels);
    let (index, place) = (draft.index, draft.place());
    shape.remarks.push(Remark {
        rule: ("unit-from-level", Severity::Note),
        row: None,
        column: Some(index),
        message: format!(
            "No column is named as the ward or team; of the levels of the organisation {place} \
             has the most names and is taken."
        ),
        remedy: "If another is meant, give it the role `unit` in `columns` for this source in \
                 staywise.toml."
            .to_owned(),
        count: 1,
    });
}
