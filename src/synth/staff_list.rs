//! The made staff list: a workbook as ESR's reports come, two title rows above
//! the header and a row of totals at the foot.

use super::NotMade;
use super::people::{Person, Post, email};
use super::places::{JOBS, ORGANISATION, SITES};
use super::sheet::{Cell, text, workbook};
use super::truths::{AS_AT, DEFECTS, LIST_FROM};
use std::borrow::Cow;

/// A column of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Employee number.
    Number,
    /// Assignment number.
    Assignment,
    /// Organisation.
    Organisation,
    /// Site.
    Site,
    /// Department.
    Department,
    /// Staff group.
    Group,
    /// Role.
    Role,
    /// Pay grade.
    Grade,
    /// Full-time equivalent.
    Fte,
    /// Latest start with the organisation.
    Hired,
    /// Start of the post.
    Begun,
    /// End of the post.
    Until,
    /// Leaving date.
    Ended,
    /// Leaving reason.
    Reason,
    /// Ethnic category code.
    Ethnic,
    /// Gender.
    Gender,
    /// Disability.
    Disability,
    /// Date of birth.
    Birth,
    /// Nationality.
    Nationality,
    /// On the programme from the first day.
    Programme,
    /// E-mail address.
    Email,
}

/// Every column, as in the sample.
pub(super) const ALL: [Column; 21] = [
    Column::Number,
    Column::Assignment,
    Column::Organisation,
    Column::Site,
    Column::Department,
    Column::Group,
    Column::Role,
    Column::Grade,
    Column::Fte,
    Column::Hired,
    Column::Begun,
    Column::Until,
    Column::Ended,
    Column::Reason,
    Column::Ethnic,
    Column::Gender,
    Column::Disability,
    Column::Birth,
    Column::Nationality,
    Column::Programme,
    Column::Email,
];

/// The columns of a large study.
pub(super) const SHORT: [Column; 14] = [
    Column::Number,
    Column::Organisation,
    Column::Site,
    Column::Group,
    Column::Grade,
    Column::Fte,
    Column::Hired,
    Column::Begun,
    Column::Ended,
    Column::Reason,
    Column::Ethnic,
    Column::Gender,
    Column::Birth,
    Column::Programme,
];

impl Column {
    fn header(self) -> &'static str {
        match self {
            Self::Number => "Employee Number",
            Self::Assignment => "Assignment Number",
            Self::Organisation => "Organisation",
            Self::Site => "Site",
            Self::Department => "Department",
            Self::Group => "Staff Group",
            Self::Role => "Role",
            Self::Grade => "Pay Grade",
            Self::Fte => "FTE",
            Self::Hired => "Latest Start Date",
            Self::Begun => "Assignment Start Date",
            Self::Until => "Assignment End Date",
            Self::Ended => "Termination Date",
            Self::Reason => "Leaving Reason",
            Self::Ethnic => "Ethnic Origin",
            Self::Gender => "Gender",
            Self::Disability => "Disability",
            Self::Birth => "Date of Birth",
            Self::Nationality => "Nationality",
            Self::Programme => "On Preceptorship Programme?",
            Self::Email => "Email Address",
        }
    }

    fn cell(self, row: &Row<'_>) -> Cell {
        let (person, post) = (row.person, row.post);
        let job = JOBS.get(post.job);
        let job_text = |part: fn(&super::places::Job) -> &'static str| text(job.map_or("", part));
        match self {
            Self::Number if row.padded() => text(format!("{} ", person.employee_number())),
            Self::Number => text(person.employee_number()),
            Self::Assignment if row.nth == 0 => text(person.number.to_string()),
            Self::Assignment => text(format!("{}-{}", person.number, row.nth + 1)),
            Self::Organisation => text(ORGANISATION),
            Self::Site => text(SITES.get(post.site).map_or("", |(name, _)| *name)),
            Self::Department => text(post.department),
            Self::Group => job_text(|job| job.group),
            Self::Role => job_text(|job| job.role),
            Self::Grade => job_text(|job| job.grade),
            Self::Fte => Cell::Number(f64::from(post.fte) / 100.0),
            Self::Hired => Cell::Date(post.hired),
            Self::Begun => Cell::Date(post.begun),
            Self::Until => post.until.or(post.ended).map_or(Cell::Blank, Cell::Date),
            Self::Ended => post.ended.map_or(Cell::Blank, Cell::Date),
            Self::Reason => text(post.reason),
            Self::Ethnic => text(person.recorded),
            Self::Gender => text(person.gender),
            Self::Disability => text(person.disability),
            Self::Birth => row.bad_birth().map_or(Cell::Date(person.birth), text),
            Self::Nationality => text(person.nationality),
            Self::Programme => text(if person.programme { "Yes" } else { "No" }),
            Self::Email => text(email(person.number)),
        }
    }
}

/// One row: a post of a person.
struct Row<'a> {
    person: &'a Person,
    post: &'a Post,
    /// Which of the person's posts.
    nth: usize,
    /// Which row of the list.
    index: usize,
}

/// Dates of birth that are no date.
const BAD_BIRTHS: [&str; DEFECTS.bad_births] = [
    "31/02/1990",
    "30/02/1988",
    "00/01/1985",
    "31/11/1979",
    "not given",
];

impl Row<'_> {
    /// Rows 50, 147, ... have a space after the number.
    fn padded(&self) -> bool {
        let nth = self.index.checked_sub(50).filter(|past| past % 97 == 0);
        nth.is_some_and(|past| past / 97 < DEFECTS.padded_numbers)
    }

    /// Rows 31, 114, ... have no date of birth that can be read.
    fn bad_birth(&self) -> Option<&'static str> {
        let past = self.index.checked_sub(31).filter(|past| past % 83 == 0)?;
        BAD_BIRTHS.get(past / 83).copied()
    }
}

/// The workbook.
///
/// # Errors
/// Where there are more rows than a sheet holds.
pub(super) fn write(people: &[Person], columns: &[Column]) -> Result<Vec<u8>, NotMade> {
    workbook("Staff", AS_AT, |sheet| {
        sheet.row([text(format!(
            "Staff list: in post and leavers since {LIST_FROM}"
        ))])?;
        sheet.row([text(format!("{ORGANISATION}. As at {AS_AT}"))])?;
        sheet.row(columns.iter().map(|column| text(column.header())))?;
        let mut index = 0;
        let mut fte = 0_u64;
        for person in people {
            for (nth, post) in person.posts.iter().enumerate() {
                let row = Row {
                    person,
                    post,
                    nth,
                    index,
                };
                sheet.row(columns.iter().map(|column| column.cell(&row)))?;
                index += 1;
                fte += u64::from(post.fte);
            }
        }
        sheet.row(columns.iter().map(|column| match column {
            Column::Number => Cell::Text(Cow::Borrowed("Total")),
            // Under 2^53 for any list that fits a sheet.
            Column::Fte => Cell::Number(fte as f64 / 100.0),
            _ => Cell::Blank,
        }))
    })
}
