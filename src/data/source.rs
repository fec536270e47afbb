//! What a source is and how it is read: what the study says of a file, and
//! what was recognised where it says nothing.

use std::collections::BTreeMap;

/// What a source holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holds {
    /// Staff in post and leavers, a row a post.
    Staff,
    /// Answers to a survey, a row a response.
    Survey,
    /// A preceptorship register, a row a preceptorship.
    Register,
    /// Who was invited to a wave, a row an invitation.
    Invited,
}

impl Holds {
    /// Every kind with its word.
    pub const WORDS: [(Self, &'static str); 4] = [
        (Self::Staff, "staff"),
        (Self::Survey, "survey"),
        (Self::Register, "register"),
        (Self::Invited, "invited"),
    ];

    /// The word in staywise.toml.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Survey => "survey",
            Self::Register => "register",
            Self::Invited => "invited",
        }
    }
}

impl Holds {
    /// What it holds, as printed.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Staff => "staff list",
            Self::Survey => "responses",
            Self::Register => "preceptorship register",
            Self::Invited => "people invited",
        }
    }
}

/// Which tool wrote a file, or what shape it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layout {
    /// Qualtrics: three header rows, the third with import ids.
    Qualtrics,
    /// Microsoft Forms.
    MicrosoftForms,
    /// A staff list by its column names, as from ESR.
    StaffList,
    /// A preceptorship register by its column names.
    Register,
    /// A list of people invited, by its column names.
    InvitedList,
    /// One header row and nothing known of the tool.
    Plain,
}

impl Layout {
    /// Every layout with its word.
    pub const WORDS: [(Self, &'static str); 6] = [
        (Self::Qualtrics, "qualtrics"),
        (Self::MicrosoftForms, "microsoft_forms"),
        (Self::StaffList, "staff_list"),
        (Self::Register, "register"),
        (Self::InvitedList, "invited_list"),
        (Self::Plain, "plain"),
    ];

    /// The word in staywise.toml and `check --json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(layout, _)| *layout == self)
            .map_or("plain", |(_, word)| word)
    }
}

impl Layout {
    /// The layout, as printed.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Qualtrics => "Qualtrics CSV",
            Self::MicrosoftForms => "Microsoft Forms",
            Self::StaffList => "staff list",
            Self::Register => "register",
            Self::InvitedList => "list",
            Self::Plain => "plain table",
        }
    }
}

/// Which of day and month comes first in a date like 03/04/2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// What the study says of a source; everything left out is recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceRule {
    /// What it holds.
    pub holds: Option<Holds>,
    /// Its layout.
    pub layout: Option<Layout>,
    /// The sheet of a workbook, by name.
    pub sheet: Option<String>,
    /// The row of the header, as a spreadsheet numbers it.
    pub header_row: Option<u32>,
    /// Role words by header (or, for a question, the item's name as
    /// `item:NAME`).
    pub columns: BTreeMap<String, String>,
    /// The wave's name, for every row of the source.
    pub wave: Option<String>,
    /// How dates like 03/04/2026 are meant.
    pub dates: Option<DateOrder>,
    /// The first date since which the list has leavers, for a staff list that
    /// forgets those who left before.
    pub leavers_from: Option<staywise_core::domain::Day>,
}
