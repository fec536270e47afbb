//! What headers mean, by kind of table.

use super::{Headers, TABLE, TOML, Table, bare, dimension_of_question, recognise, recognise_in};
use crate::data::{Holds, Role};
use crate::vocabulary::{groups, tables, text};
use std::collections::HashMap;

fn word(holds: Holds, header: &str) -> Option<String> {
    recognise_in(holds, header).map(|role| role.word().to_owned())
}

fn all_are(holds: Holds, expected: &[(&str, &str)]) {
    for (header, role) in expected {
        assert_eq!(word(holds, header).as_deref(), Some(*role), "{header}");
    }
}

#[test]
fn the_table_is_whole() {
    assert_eq!(tables::fault::<Table>(TOML), None);
    assert!(TABLE.any.len() > 25 && TABLE.question.len() > 10);
}

#[test]
fn no_header_means_two_things_in_one_table() {
    let once = |headers: &Headers| {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (role, headers) in headers {
            for header in headers {
                let before = seen.insert(bare(header), role);
                assert!(before.is_none_or(|b| b == role), "{header}: {before:?}");
            }
        }
    };
    for headers in [
        &TABLE.any,
        &TABLE.staff,
        &TABLE.survey,
        &TABLE.register,
        &TABLE.invited,
    ] {
        once(headers);
    }
}

#[test]
fn every_word_is_a_role_or_a_known_dimension() {
    let kinds = [
        &TABLE.any,
        &TABLE.staff,
        &TABLE.survey,
        &TABLE.register,
        &TABLE.invited,
    ];
    for role in kinds.iter().flat_map(|k| k.keys()) {
        if let Role::Dimension(slug) = Role::from_word(role) {
            assert!(groups::is_known(&slug), "{slug}");
        }
    }
    for question in &TABLE.question {
        assert!(
            groups::is_known(&question.dimension),
            "{}",
            question.dimension
        );
        assert!(!question.pattern.all.is_empty());
        for phrase in question
            .pattern
            .all
            .iter()
            .flatten()
            .chain(&question.pattern.none)
        {
            assert_eq!(phrase.replace('*', ""), text::words(phrase));
        }
    }
}

#[test]
fn a_staff_list() {
    all_are(
        Holds::Staff,
        &[
            ("Employee Number", "staff_number"),
            ("EMPLOYEE_NUMBER", "staff_number"),
            ("payroll no.", "staff_number"),
            ("Assignment Number", "assignment"),
            ("Organisation", "organisation"),
            ("Base", "site"),
            ("Ward / Department", "unit"),
            ("Staff Group", "staff_group"),
            ("Position Title", "profession"),
            ("Pay Grade", "band"),
            ("AfC Band", "band"),
            ("Contracted WTE", "fte"),
            ("Latest Start Date", "start_date"),
            ("Hire Date", "start_date"),
            ("Start date", "start_date"),
            ("Effective Start Date", "post_start"),
            ("Assignment End Date", "post_end"),
            ("Termination Date", "leave_date"),
            ("End Date", "leave_date"),
            ("Reason For Leaving", "leaving_reason"),
            ("Destination On Leaving", "destination"),
            ("Ethnic Origin", "ethnic_category"),
            ("Gender (self-declared)", "sex"),
            ("Disability", "disability"),
            ("Nationality", "nationality_group"),
            ("Country of Training", "country_of_training"),
            ("Date of Birth", "birth_date"),
            ("Age In Years", "age"),
            ("Age band", "age_band"),
            ("NMC PIN", "registration_number"),
            ("On preceptorship programme", "programme"),
            ("Assignment Category", "contract"),
            ("Assignment Status", "assignment_status"),
            ("Employee Name", "person_name"),
            ("Email Address", "email"),
            ("National Insurance Number", "dropped"),
            ("Org L4", "unused"),
        ],
    );
    assert_eq!(word(Holds::Staff, "Favourite colour"), None);
    assert_eq!(word(Holds::Staff, ""), None);
    assert_eq!(word(Holds::Staff, "()"), None);
}

#[test]
fn survey_tools() {
    all_are(
        Holds::Survey,
        &[
            ("StartDate", "started_at"),
            ("EndDate", "completed_at"),
            ("RecordedDate", "completed_at"),
            ("Status", "response_status"),
            ("IPAddress", "dropped"),
            ("Progress", "unused"),
            ("Duration (in seconds)", "unused"),
            ("Finished", "finished"),
            ("ResponseId", "response_id"),
            ("ResponseID", "response_id"),
            ("ResponseSet", "unused"),
            ("RecipientLastName", "person_name"),
            ("RecipientEmail", "email"),
            ("ExternalReference", "external_reference"),
            ("ExternalDataReference", "external_reference"),
            ("LocationLatitude", "dropped"),
            ("DistributionChannel", "channel"),
            ("UserLanguage", "unused"),
            ("ID", "response_id"),
            ("Start time", "started_at"),
            ("Completion time", "completed_at"),
            ("Email", "email"),
            ("Name", "person_name"),
            ("Last modified time", "unused"),
            ("Staff Number", "staff_number"),
            ("Wave", "wave"),
        ],
    );
}

#[test]
fn the_kind_of_table_decides() {
    all_are(
        Holds::Register,
        &[
            ("Start date", "preceptorship_start"),
            ("Planned end", "planned_end"),
            ("Completed on", "completed_on"),
            ("Completion date", "completed_on"),
            ("Withdrawn", "withdrawn_on"),
            ("Preceptor", "preceptor"),
            ("Staff number", "staff_number"),
        ],
    );
    // A register's end may be planned or real: the study says.
    assert_eq!(word(Holds::Register, "End date"), None);
    all_are(
        Holds::Invited,
        &[
            ("Invited on", "invited_on"),
            ("Email", "email"),
            ("Wave", "wave"),
        ],
    );
    assert_eq!(recognise("Start date"), Some(Role::StartDate));
    assert_eq!(recognise("ID"), Some(Role::ResponseId));
    assert_eq!(recognise("Planned end"), Some(Role::PlannedEnd));
    assert_eq!(recognise("Invited on"), Some(Role::InvitedOn));
    assert_eq!(recognise("Progress"), Some(Role::Unused));
    assert_eq!(recognise("Why?"), None);
}

#[test]
fn questions_about_the_person() {
    for (question, dimension) in [
        ("What is your ethnic group?", "ethnic_category"),
        ("Q14. Which staff group are you in?", "staff_group"),
        ("What is your gender?", "sex"),
        ("Which of the following best describes your sex?", "sex"),
        ("Do you consider yourself disabled?", "disability"),
        (
            "Do you have a disability or long-term condition?",
            "disability",
        ),
        ("Where do you work?", "site"),
        ("Which site do you work at?", "site"),
        ("Which ward do you work on?", "unit"),
        ("Which organisation do you work for?", "organisation"),
        ("Are you on the preceptorship programme?", "programme"),
        (
            "Did you take part in the preceptorship programme?",
            "programme",
        ),
        ("How old are you?", "age_band"),
        ("Which age band are you in?", "age_band"),
        ("What is your pay band?", "band"),
        ("What is your profession?", "profession"),
        ("In which country did you train?", "country_of_training"),
    ] {
        assert_eq!(
            dimension_of_question(question),
            Some(dimension),
            "{question}"
        );
    }
    for question in [
        "I have been treated fairly regardless of my ethnic group",
        "Have you experienced discrimination because of your gender?",
        "Has your employer made adjustments for your disability?",
        "How satisfied are you with your role?",
        "I feel part of the team",
        "My preceptorship has influenced my decision to stay",
        "Did you feel supported on the preceptorship programme?",
        "How likely are you to stay at this site?",
        "",
    ] {
        assert_eq!(dimension_of_question(question), None, "{question}");
    }
}
