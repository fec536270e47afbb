//! What a column is for. The words are those of `columns = { .. }` in
//! staywise.toml and of `check --json`.

/// What a column is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A staff or employee number.
    StaffNumber,
    /// An e-mail address.
    Email,
    /// A person's name: read by nothing, kept out of everything.
    PersonName,
    /// An NMC PIN or HCPC number.
    RegistrationNumber,
    /// An assignment or post number.
    Assignment,
    /// When a post began.
    PostStart,
    /// When a post ended.
    PostEnd,
    /// When a person started with the organisation.
    StartDate,
    /// When a person left the organisation.
    LeaveDate,
    /// Why they left.
    LeavingReason,
    /// Where they went.
    Destination,
    /// Full-time equivalent.
    Fte,
    /// Permanent, fixed term, bank.
    Contract,
    /// Whether an assignment is active, on a break or suspended.
    Status,
    /// Date of birth.
    BirthDate,
    /// Age in years.
    Age,
    /// Survey tool's own response number.
    ResponseId,
    /// When a response was begun.
    StartedAt,
    /// When a response was completed or recorded.
    CompletedAt,
    /// A survey tool's response type: real, preview, test.
    ResponseStatus,
    /// Whether the response was finished.
    Finished,
    /// The reference that the sender of a survey gave each person.
    ExternalReference,
    /// How a response came in; a preview says so here in some tools.
    Channel,
    /// The wave, by a name in the data.
    Wave,
    /// When a person was invited.
    InvitedOn,
    /// When a preceptorship began.
    PreceptorshipStart,
    /// When a preceptorship is due to end.
    PlannedEnd,
    /// When it was completed.
    CompletedOn,
    /// When the person withdrew from it.
    WithdrawnOn,
    /// The preceptor: a person, never shown.
    Preceptor,
    /// How a preceptorship stands: completed, withdrawn, extended, under way.
    Outcome,
    /// Until when a preceptorship was extended.
    ExtendedTo,
    /// Supernumerary hours had.
    SupernumeraryHours,
    /// Protected hours had.
    ProtectedHours,
    /// When preceptor and preceptee met; there may be several.
    MeetingOn,
    /// Which meeting a row is about, where meetings are rows.
    MeetingNumber,
    /// The month or day of which a list is a snapshot.
    SnapshotOn,
    /// Hours a week by contract.
    Hours,
    /// How long a person was followed, without dates.
    Duration,
    /// Whether a person left at the end of that time.
    Left,
    /// The tool's own number of a person who may answer several times; linked
    /// to nobody.
    Respondent,
    /// Part of a published table: a figure, or what it is of.
    Published,
    /// A question of a survey.
    Question,
    /// What people are divided by; the slug of the dimension, as
    /// `ethnic_category` or `site`.
    Dimension(String),
    /// Known, personal and not needed: dropped at once (IP address, place).
    Dropped,
    /// Known and not needed (duration, language).
    Unused,
    /// Not recognised; used for nothing.
    Unknown,
}

impl Role {
    /// The dates of a preceptorship.
    pub const OF_PRECEPTORSHIP: [Self; 5] = [
        Self::PreceptorshipStart,
        Self::PlannedEnd,
        Self::CompletedOn,
        Self::WithdrawnOn,
        Self::ExtendedTo,
    ];

    const WORDS: [(Self, &'static str); 45] = [
        (Self::StaffNumber, "staff_number"),
        (Self::Email, "email"),
        (Self::PersonName, "person_name"),
        (Self::RegistrationNumber, "registration_number"),
        (Self::Assignment, "assignment"),
        (Self::PostStart, "post_start"),
        (Self::PostEnd, "post_end"),
        (Self::StartDate, "start_date"),
        (Self::LeaveDate, "leave_date"),
        (Self::LeavingReason, "leaving_reason"),
        (Self::Destination, "destination"),
        (Self::Fte, "fte"),
        (Self::Contract, "contract"),
        (Self::Status, "assignment_status"),
        (Self::BirthDate, "birth_date"),
        (Self::Age, "age"),
        (Self::ResponseId, "response_id"),
        (Self::StartedAt, "started_at"),
        (Self::CompletedAt, "completed_at"),
        (Self::ResponseStatus, "response_status"),
        (Self::Finished, "finished"),
        (Self::ExternalReference, "external_reference"),
        (Self::Channel, "channel"),
        (Self::Wave, "wave"),
        (Self::InvitedOn, "invited_on"),
        (Self::PreceptorshipStart, "preceptorship_start"),
        (Self::PlannedEnd, "planned_end"),
        (Self::CompletedOn, "completed_on"),
        (Self::WithdrawnOn, "withdrawn_on"),
        (Self::Preceptor, "preceptor"),
        (Self::Outcome, "outcome"),
        (Self::ExtendedTo, "extended_to"),
        (Self::SupernumeraryHours, "supernumerary_hours"),
        (Self::ProtectedHours, "protected_hours"),
        (Self::MeetingOn, "meeting_on"),
        (Self::MeetingNumber, "meeting_number"),
        (Self::SnapshotOn, "snapshot_on"),
        (Self::Hours, "hours"),
        (Self::Duration, "duration"),
        (Self::Left, "left"),
        (Self::Respondent, "respondent"),
        (Self::Published, "published"),
        (Self::Question, "question"),
        (Self::Dropped, "dropped"),
        (Self::Unused, "unused"),
    ];

    /// The word: a dimension's is its slug.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Dimension(slug) => slug,
            Self::Unknown => "unknown",
            _ => Self::WORDS
                .iter()
                .find(|(role, _)| role == self)
                .map_or("unknown", |(_, word)| word),
        }
    }

    /// The role of a word; a word that is no role names a dimension.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        Self::WORDS.iter().find(|(_, w)| *w == word).map_or_else(
            || Self::Dimension(word.to_owned()),
            |(role, _)| role.clone(),
        )
    }

    /// Whether values of such a column may be personal, and so never leave
    /// private/.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        !matches!(
            self,
            Self::StartDate
                | Self::LeaveDate
                | Self::PostStart
                | Self::PostEnd
                | Self::StartedAt
                | Self::CompletedAt
                | Self::InvitedOn
                | Self::PreceptorshipStart
                | Self::PlannedEnd
                | Self::CompletedOn
                | Self::WithdrawnOn
                | Self::Outcome
                | Self::ExtendedTo
                | Self::SnapshotOn
                | Self::LeavingReason
                | Self::Destination
                | Self::Contract
                | Self::ResponseStatus
                | Self::Finished
                | Self::Channel
                | Self::Wave
                | Self::Published
                | Self::Dimension(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn words_read_back() {
        for (role, word) in Role::WORDS {
            assert_eq!(Role::from_word(word), role);
            assert_eq!(role.word(), word);
        }
        assert_eq!(Role::from_word("site"), Role::Dimension("site".into()));
    }
}
