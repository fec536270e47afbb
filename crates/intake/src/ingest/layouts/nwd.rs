//! The four tables of the workforce minimum data set (staff details,
//! registrations, absence, vacancy), by the names of their items.

use super::{Draft, Remark, Shape, collapsed, present};
use crate::data::{Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::columns;
use staywise_core::domain::Severity;

/// Rows from the top in which the header may stand.
const ROWS: usize = 12;

/// Items that no other table has under these names. Two make a table of the
/// data set.
const ITEMS: [&str; 17] = [
    "EMPLOYEE_NUMBER",
    "EMPLOYING_ORG_CODE",
    "CONTRACTED_FTE",
    "CONTRACTED_HOURS",
    "DATE_OF_BIRTH",
    "DESTINATION_ON_LEAVING",
    "END_DATE_LAST_WORKING_DAY",
    "END_DATE_ORG",
    "END_DATE_CONTRACT",
    "ABSENCE_CATEGORY",
    "ABSENCE_REASON",
    "ABSENCE_TYPE",
    "END_DATE_ABSENCE",
    "END_DATE_REGISTRATION",
    "AVG_WEEKLY_HOURS_WORKED",
    "CONTRACTED_SESSION",
    "START_DATE_ORG",
];

/// Recognises one of the four.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let names = |row: usize| -> Vec<String> {
        (0..grid.width())
            .map(|column| collapsed(grid.cell(row, column)))
            .collect()
    };
    let row = (0..grid.rows().min(ROWS)).find(|row| {
        let names = names(*row);
        let has = |name: &str| names.iter().any(|n| n == name);
        has("EMPLOYING_ORG_CODE")
            && names.iter().filter(|n| ITEMS.contains(&n.as_str())).count() > 1
            || has("EMPLOYING_ORG_CODE") && names.iter().any(|n| n.contains("VACANC"))
            || has("EMPLOYEE_NUMBER")
                && names.iter().filter(|n| ITEMS.contains(&n.as_str())).count() > 2
    })?;
    let names = names(row);
    let any = |part: &str| names.iter().any(|name| name.contains(part));
    let (holds, what) = if any("CONTRACTED_FTE") || any("END_DATE_ORG") || any("START_DATE_ORG") {
        (Holds::Staff, "staff details")
    } else if any("ABSENCE") {
        (Holds::Absences, "absence")
    } else if any("VACANC") {
        (Holds::Vacancies, "vacancy")
    } else if any("REGISTRATION") {
        (Holds::Registrations, "registrations")
    } else {
        (Holds::Staff, "staff details")
    };
    let drafts: Vec<Draft> = present(grid, row, row + 1)
        .map(|index| {
            let header = collapsed(grid.cell(row, index));
            let role = role(holds, &header);
            Draft::new(index, header, role)
        })
        .collect();
    let reason = format!(
        "row {} has the items of the workforce minimum data set, {what}",
        row + 1
    );
    let mut shape = Shape::new((Layout::Nwd, holds), reason, row, drafts);
    let remark = ends(&shape).filter(|_| holds == Holds::Staff);
    shape.remarks.extend(remark);
    Some(shape)
}

/// Of three dates of an ending, which one is leaving.
fn ends(shape: &Shape) -> Option<Remark> {
    let others = ["END_DATE_LAST_WORKING_DAY", "END_DATE_CONTRACT"];
    let other = shape
        .drafts
        .iter()
        .find(|draft| others.contains(&draft.header.as_str()))?;
    Some(Remark {
        rule: ("nwd-leaving-date", Severity::Note),
        row: None,
        column: Some(other.index),
        message: "Leaving is END_DATE_ORG, the date on the P45. END_DATE_LAST_WORKING_DAY and \
                  END_DATE_CONTRACT are not used: the first is the last day worked, the second \
                  when a contract is due to end."
            .to_owned(),
        remedy: "If END_DATE_ORG is not filled in, give another the role leave_date in `columns` \
                 for this source in staywise.toml."
            .to_owned(),
        count: 1,
    })
}

fn role(holds: Holds, header: &str) -> Role {
    if header == "EMPLOYEE_NUMBER" {
        return Role::StaffNumber;
    }
    if holds == Holds::Registrations && header.contains("REGISTRATION") && header.contains("NUM") {
        return Role::RegistrationNumber;
    }
    if holds != Holds::Staff {
        return match columns::recognise_in(holds, header) {
            // Dates of an absence or a registration are not those of a post.
            Some(
                role @ (Role::Dropped
                | Role::PersonName
                | Role::RegistrationNumber
                | Role::BirthDate
                | Role::Email),
            ) => role,
            _ => Role::Unknown,
        };
    }
    match header {
        "EMPLOYING_ORG_CODE" => Role::Dimension("organisation".to_owned()),
        "START_DATE_ORG" => Role::StartDate,
        "END_DATE_ORG" => Role::LeaveDate,
        "END_DATE_LAST_WORKING_DAY" | "END_DATE_CONTRACT" => Role::Unused,
        "CONTRACTED_FTE" => Role::Fte,
        "CONTRACTED_HOURS" => Role::Hours,
        _ => columns::recognise_in(Holds::Staff, header).unwrap_or(Role::Unknown),
    }
}
