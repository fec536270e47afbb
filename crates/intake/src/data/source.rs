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
    /// Published figures to stand beside the study's own.
    Benchmark,
    /// Counts of an organisation's flows, a row a period: no people.
    Flows,
    /// How long each was followed and whether they left, without dates.
    Durations,
    /// Workplaces of a provider, a row a workplace.
    Workplaces,
    /// Training of staff, a row a course.
    Training,
    /// Absences of staff, a row an absence.
    Absences,
    /// Vacancies, a row a vacancy or a post with some.
    Vacancies,
    /// Registrations with a regulator, a row a registration.
    Registrations,
    /// What the codes of another file mean.
    Dictionary,
    /// A table of which the study has no use; read and left alone.
    Other,
}

impl Holds {
    /// Every kind with its word and how it is printed.
    const ALL: [(Self, &'static str, &'static str); 14] = [
        (Self::Staff, "staff", "staff list"),
        (Self::Survey, "survey", "responses"),
        (Self::Register, "register", "preceptorship register"),
        (Self::Invited, "invited", "people invited"),
        (Self::Benchmark, "benchmark", "published figures"),
        (Self::Flows, "flows", "flows"),
        (Self::Durations, "durations", "durations"),
        (Self::Workplaces, "workplaces", "workplaces"),
        (Self::Training, "training", "training"),
        (Self::Absences, "absences", "absences"),
        (Self::Vacancies, "vacancies", "vacancies"),
        (Self::Registrations, "registrations", "registrations"),
        (Self::Dictionary, "dictionary", "data dictionary"),
        (Self::Other, "other", "table"),
    ];

    /// Every kind with its word.
    pub const WORDS: [(Self, &'static str); 14] = {
        let mut words = [(Self::Other, ""); 14];
        let mut at = 0;
        while at < words.len() {
            words[at] = (Self::ALL[at].0, Self::ALL[at].1);
            at += 1;
        }
        words
    };

    /// The word in staywise.toml.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// What it holds, as printed.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (Self, &'static str, &'static str) {
        let found = Self::ALL.into_iter().find(|(holds, ..)| *holds == self);
        found.unwrap_or((Self::Other, "other", "table"))
    }
}

/// Which tool wrote a file, or what shape it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layout {
    /// Qualtrics: three header rows, the third with import ids; or the older two.
    Qualtrics,
    /// Microsoft Forms.
    MicrosoftForms,
    /// Google Forms: a timestamp, then the questions.
    GoogleForms,
    /// SurveyMonkey: two header rows.
    SurveyMonkey,
    /// Jisc Online Surveys.
    Jisc,
    /// SmartSurvey, as far as its exports are known.
    SmartSurvey,
    /// REDCap, raw or with labels.
    Redcap,
    /// The data dictionary of a REDCap project.
    RedcapDictionary,
    /// LimeSurvey, whatever its headings.
    LimeSurvey,
    /// Typeform.
    Typeform,
    /// SPSS: labels stand for codes.
    Spss,
    /// A staff list by its column names, as from ESR.
    StaffList,
    /// Workplaces of an ASC-WDS bulk upload.
    AscWdsWorkplace,
    /// Workers of an ASC-WDS bulk upload.
    AscWdsWorker,
    /// Training of an ASC-WDS bulk upload.
    AscWdsTraining,
    /// One of the four tables of the workforce minimum data set.
    Nwd,
    /// A preceptorship register by its column names.
    Register,
    /// A list of people invited, by its column names.
    InvitedList,
    /// NHS England's turnover pack: a row a type of count.
    TurnoverPack,
    /// NHS England's supplementary turnover workbook.
    TurnoverSupplement,
    /// NHS England's monthly workforce pack.
    WorkforcePack,
    /// NHS England's quarterly reasons for leaving.
    LeavingReasons,
    /// The NHS Staff Survey's benchmark data: a row an organisation, a column a question and year.
    StaffSurveyBenchmark,
    /// The Civil Service People Survey's published results.
    PeopleSurvey,
    /// Opening, joiners, leavers and closing by period.
    Flows,
    /// A time and whether it ended in leaving, a row a person.
    Durations,
    /// One header row and nothing known of the tool.
    Plain,
    /// A table of which nothing is known.
    Table,
}

/// A layout with its word, its name as printed, and as said of a file.
type Row = (Layout, &'static str, &'static str, &'static str);

impl Layout {
    /// Every layout with its word, its name and what a file of it is.
    const ALL: [Row; 28] = [
        (
            Self::Qualtrics,
            "qualtrics",
            "Qualtrics CSV",
            "a Qualtrics export",
        ),
        (
            Self::MicrosoftForms,
            "microsoft_forms",
            "Microsoft Forms",
            "a Microsoft Forms export",
        ),
        (
            Self::GoogleForms,
            "google_forms",
            "Google Forms",
            "a Google Forms export",
        ),
        (
            Self::SurveyMonkey,
            "surveymonkey",
            "SurveyMonkey",
            "a SurveyMonkey export",
        ),
        (
            Self::Jisc,
            "jisc",
            "Jisc Online Surveys",
            "a Jisc Online Surveys export",
        ),
        (
            Self::SmartSurvey,
            "smartsurvey",
            "SmartSurvey",
            "a SmartSurvey export",
        ),
        (Self::Redcap, "redcap", "REDCap", "a REDCap export"),
        (
            Self::RedcapDictionary,
            "redcap_dictionary",
            "REDCap dictionary",
            "a REDCap data dictionary",
        ),
        (
            Self::LimeSurvey,
            "limesurvey",
            "LimeSurvey",
            "a LimeSurvey export",
        ),
        (Self::Typeform, "typeform", "Typeform", "a Typeform export"),
        (Self::Spss, "spss", "SPSS", "an SPSS file"),
        (Self::StaffList, "staff_list", "staff list", "a staff list"),
        (
            Self::AscWdsWorkplace,
            "asc_wds_workplace",
            "ASC-WDS workplaces",
            "an ASC-WDS workplace file",
        ),
        (
            Self::AscWdsWorker,
            "asc_wds_worker",
            "ASC-WDS workers",
            "an ASC-WDS worker file",
        ),
        (
            Self::AscWdsTraining,
            "asc_wds_training",
            "ASC-WDS training",
            "an ASC-WDS training file",
        ),
        (
            Self::Nwd,
            "nwd",
            "workforce minimum data set",
            "a table of the workforce minimum data set",
        ),
        (
            Self::Register,
            "register",
            "register",
            "a preceptorship register",
        ),
        (
            Self::InvitedList,
            "invited_list",
            "list",
            "a list of people invited",
        ),
        (
            Self::TurnoverPack,
            "turnover_pack",
            "NHS turnover pack",
            "an NHS turnover pack",
        ),
        (
            Self::TurnoverSupplement,
            "turnover_supplement",
            "NHS turnover workbook",
            "an NHS turnover workbook",
        ),
        (
            Self::WorkforcePack,
            "workforce_pack",
            "NHS workforce pack",
            "an NHS workforce pack",
        ),
        (
            Self::LeavingReasons,
            "leaving_reasons",
            "NHS reasons for leaving",
            "an NHS series of reasons for leaving",
        ),
        (
            Self::StaffSurveyBenchmark,
            "staff_survey_benchmark",
            "NHS Staff Survey benchmark",
            "NHS Staff Survey benchmark data",
        ),
        (
            Self::PeopleSurvey,
            "people_survey",
            "Civil Service People Survey",
            "Civil Service People Survey results",
        ),
        (Self::Flows, "flows", "flows", "counts of flows"),
        (Self::Durations, "durations", "durations", "durations"),
        (Self::Plain, "plain", "plain table", "a survey"),
        (Self::Table, "table", "table", "a table"),
    ];

    /// Every layout with its word.
    pub const WORDS: [(Self, &'static str); 28] = {
        let mut words = [(Self::Table, ""); 28];
        let mut at = 0;
        while at < words.len() {
            words[at] = (Self::ALL[at].0, Self::ALL[at].1);
            at += 1;
        }
        words
    };

    /// The word in staywise.toml and `check --json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The layout, as printed.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        self.row().2
    }

    /// What a file of it is: `a Qualtrics export`.
    #[must_use]
    pub fn as_a_file(self) -> &'static str {
        self.row().3
    }

    fn row(self) -> Row {
        let found = Self::ALL.into_iter().find(|(layout, ..)| *layout == self);
        found.unwrap_or((Self::Table, "table", "table", "a table"))
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

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberStyle {
    /// `1,234.5`, as in the UK.
    DecimalPoint,
    /// `1.234,5`, as on most of the continent.
    DecimalComma,
}

impl NumberStyle {
    /// Every style with its word in staywise.toml.
    pub const WORDS: [(Self, &'static str); 2] = [
        (Self::DecimalPoint, "decimal point"),
        (Self::DecimalComma, "decimal comma"),
    ];
}

/// A level of a dimension that took another name, or was merged into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The dimension's slug: `unit`.
    pub dimension: String,
    /// The name until then.
    pub from: String,
    /// The name from then on.
    pub to: String,
    /// The first day under the new name; where none is said, the new name
    /// stands for all time.
    pub since: Option<staywise_core::domain::Day>,
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
    /// How numbers like 1.234 and 1,5 are meant.
    pub numbers: Option<NumberStyle>,
    /// The first date since which the list has leavers, for a staff list that
    /// forgets those who left before.
    pub leavers_from: Option<staywise_core::domain::Day>,
}
