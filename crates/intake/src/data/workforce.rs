//! People, their continuous times in post, and what was true of them when.
//! People are dense integers from 0; identifiers stand beside, never in a
//! frame or a figure.

use super::History;
use staywise_core::domain::Day;

/// A continuous time with the organisation, over all of a person's posts that
/// count by the rules. Half-open: in post on `start`, not in post at the close
/// of `ended`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// The person.
    pub person: u32,
    /// First day.
    pub start: Day,
    /// The day the time in post ended, whatever ended it, where that is by
    /// the as-at date. Nobody is followed beyond it.
    pub ended: Option<Day>,
    /// The same day, where that end counts as leaving by the rules. Nothing
    /// where it does not: then follow-up ends at `ended` without an event.
    pub leave: Option<Day>,
    /// The day on which the clock starts: `start`, the first day of the month
    /// of registration, or the later of both, by the rules.
    pub time_zero: Day,
    /// Days after `time_zero` from which the person is followed: 0 unless the
    /// list has leavers only since a later date, or the clock starts before
    /// the spell.
    pub entry_day: u32,
    /// Whether this is the person's first spell in the data.
    pub first: bool,
    /// The leaving reason as written, tidied.
    pub reason: Option<String>,
    /// The slug of the sort of leaving (`vocabulary::leaving_reasons::Sort`):
    /// `unknown` where it ended without a reason that is known, nothing while
    /// in post.
    pub sort: Option<&'static str>,
    /// Where they went as written, tidied.
    pub destination: Option<String>,
    /// The slug of the sort of destination
    /// (`vocabulary::destinations::Sort`): `unknown` where it ended and
    /// nothing known is said, nothing while in post.
    pub destination_sort: Option<&'static str>,
    /// What became of them at the end.
    pub after: After,
}

impl Spell {
    /// A person's first spell, begun on a day and still open; the clock starts
    /// with it.
    #[must_use]
    pub fn open(person: u32, start: Day) -> Self {
        Self {
            person,
            start,
            ended: None,
            leave: None,
            time_zero: start,
            entry_day: 0,
            first: true,
            reason: None,
            sort: None,
            destination: None,
            destination_sort: None,
            after: After::InPost,
        }
    }

    /// Whether the person is in post at the close of a day.
    #[must_use]
    pub fn covers(&self, day: Day) -> bool {
        self.start <= day && self.ended.is_none_or(|ended| ended > day)
    }
}

/// What became of somebody when a spell ended, whether or not that counts as
/// leaving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum After {
    /// It has not ended: still in post at the as-at date.
    #[default]
    InPost,
    /// Left the organisation: resigned, dismissed, at the end of a contract,
    /// or for a reason that is not known.
    Left,
    /// Retired.
    Retired,
    /// Died in service.
    Died,
    /// The last substantive post ended and bank, agency or honorary work goes
    /// on.
    BankOnly,
    /// Moved inside the organisation, by the leaving reason.
    MovedWithin,
    /// Transferred to another employer with the work (TUPE).
    Transferred,
    /// The record was closed for another reason of administration: merged,
    /// migrated, never worked.
    RecordClosed,
    /// On a break, where a break counts as leaving.
    OnBreak,
}

impl After {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::InPost,
        Self::Left,
        Self::Retired,
        Self::Died,
        Self::BankOnly,
        Self::MovedWithin,
        Self::Transferred,
        Self::RecordClosed,
        Self::OnBreak,
    ];

    /// The slug, as in frames.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::InPost => "in_post",
            Self::Left => "left",
            Self::Retired => "retired",
            Self::Died => "died",
            Self::BankOnly => "bank_only",
            Self::MovedWithin => "moved_within",
            Self::Transferred => "transferred",
            Self::RecordClosed => "record_closed",
            Self::OnBreak => "on_break",
        }
    }
}

/// What a post is, by its contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostKind {
    /// Permanent, fixed term, or nothing that says otherwise.
    #[default]
    Substantive,
    /// Bank, pool, casual or relief work.
    Bank,
    /// Through an agency.
    Agency,
    /// Honorary: an office or a volunteer's, not an employment.
    Honorary,
}

impl PostKind {
    /// The slug, as in frames.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Substantive => "substantive",
            Self::Bank => "bank",
            Self::Agency => "agency",
            Self::Honorary => "honorary",
        }
    }
}

/// Whether somebody was at work in a post. Why somebody was not is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// At work, or nothing that says otherwise.
    #[default]
    Active,
    /// On a break: maternity or adoption leave, a career break, suspended,
    /// out on a secondment.
    Break,
}

/// One post as listed, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The person.
    pub person: u32,
    /// First day.
    pub start: Day,
    /// Last day's close, where ended.
    pub end: Option<Day>,
    /// Full-time equivalent in thousandths.
    pub fte_milli: Option<u32>,
    /// What the post is by its contract.
    pub kind: PostKind,
    /// Whether it is a stretch at work or one of a break.
    pub standing: Standing,
}

/// What changed for somebody, other than joining or leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// The main post is in another unit.
    MovedUnit,
    /// The main post is at another site.
    MovedSite,
    /// The main post is in another staff group.
    MovedStaffGroup,
    /// The main post is at another band.
    MovedBand,
    /// The last substantive post ended and bank, agency or honorary work goes
    /// on.
    ToBankOnly,
    /// A substantive post began after a time with bank work only.
    BackFromBank,
    /// No post is active and one at least is on a break.
    BreakBegan,
    /// A post is active again after a break.
    BreakEnded,
}

impl ChangeKind {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::MovedUnit,
        Self::MovedSite,
        Self::MovedStaffGroup,
        Self::MovedBand,
        Self::ToBankOnly,
        Self::BackFromBank,
        Self::BreakBegan,
        Self::BreakEnded,
    ];

    /// The slug, as in frames.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::MovedUnit => "moved_unit",
            Self::MovedSite => "moved_site",
            Self::MovedStaffGroup => "moved_staff_group",
            Self::MovedBand => "moved_band",
            Self::ToBankOnly => "to_bank_only",
            Self::BackFromBank => "back_from_bank",
            Self::BreakBegan => "break_began",
            Self::BreakEnded => "break_ended",
        }
    }
}

/// A change of a person on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The person.
    pub person: u32,
    /// The day from which it holds.
    pub on: Day,
    /// What changed.
    pub kind: ChangeKind,
    /// The spell's place in `Workforce::spells`: the last one begun by `on`.
    pub spell: u32,
}

/// How a preceptorship stands, by what the register's words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Still under way.
    UnderWay,
    /// Completed.
    Completed,
    /// Withdrawn from.
    Withdrawn,
    /// Goes on beyond its planned end.
    Extended,
    /// There is none: they were not enrolled.
    NotEnrolled,
}

/// One preceptorship.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preceptorship {
    /// The person, where they are in the staff list.
    pub person: Option<u32>,
    /// When it began.
    pub start: Option<Day>,
    /// When it is due to end.
    pub planned_end: Option<Day>,
    /// When it was completed.
    pub completed: Option<Day>,
    /// When the person withdrew.
    pub withdrawn: Option<Day>,
    /// Until when it was extended.
    pub extended_to: Option<Day>,
    /// How it stands, where the register says so in words.
    pub outcome: Option<Outcome>,
    /// Supernumerary hours had, in thousandths.
    pub supernumerary_hours_milli: Option<u32>,
    /// Protected hours had, in thousandths.
    pub protected_hours_milli: Option<u32>,
    /// The preceptor: a dense integer over all registers, no name.
    pub preceptor: Option<u32>,
}

/// One meeting of preceptor and preceptee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The preceptorship's place in `Workforce::preceptorships`.
    pub preceptorship: u32,
    /// When they met.
    pub on: Day,
    /// Which meeting it was, where the register numbers them.
    pub number: Option<u32>,
}

/// How a person can be recognised; normalised text, only ever in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The reference that a survey's sender gave the person, which may be a
    /// staff number; only of responses and invitations.
    pub reference: Option<String>,
    /// Staff number.
    pub staff_number: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// The workforce.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workforce {
    /// By person.
    pub identities: Vec<Identity>,
    /// In order of person, then start.
    pub spells: Vec<Spell>,
    /// In order of person, then start.
    pub posts: Vec<Post>,
    /// In order of person, then day, then kind.
    pub changes: Vec<Change>,
    /// In the register's order.
    pub preceptorships: Vec<Preceptorship>,
    /// In order of preceptorship, then day.
    pub meetings: Vec<Meeting>,
    /// By person the month in which they registered, as its first day, where
    /// a registration number tells; empty where none does. Never shown: only
    /// for the rule of who is newly registered.
    pub registered: Vec<Option<Day>>,
    /// What is known of people, a dimension each; each covers every person.
    pub dimensions: Vec<History>,
    /// The first date since which leavers are in the list, where said.
    pub leavers_from: Option<Day>,
    /// Whether the data can show leavers at all: snapshots, or one leaving at
    /// least that belongs to somebody's time in post.
    pub sees_leavers: bool,
}

impl Workforce {
    /// How many people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.identities.len()
    }
}
