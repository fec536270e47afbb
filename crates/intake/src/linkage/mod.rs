//! Who answered: the survey linked to the workforce by pseudonyms of
//! identifiers, never by what people are like. One row a response, whatever
//! the staff list holds.

mod apart;
mod dimensions;
mod invitations;
mod matching;
mod pseudonym;
mod repeats;
mod report;
#[cfg(test)]
mod tests;

use crate::data::linked::{self, NOBODY};
use crate::data::{FollowedPeople, Linked, PublishedFlows, Stage, Survey, Workforce};
use matching::{Index, Match};
use staywise_core::domain::{Day, Finding, Origin, Severity};

/// Links the survey to the workforce. `key` is the study's secret: the same
/// identifier has the same pseudonym under the same key only.
#[must_use]
pub fn link(workforce: Workforce, mut survey: Survey, key: &[u8], as_at: Day) -> (Linked, Stage) {
    let mut stage = Stage::default();
    let marks = pseudonym::Marks::new(&workforce, &survey, key);
    let index = Index::new(&marks.people);
    let mut matches: Vec<Match> = marks.responses.iter().map(|m| index.find(m)).collect();
    let mut given = marks.responses;
    let keep = repeats::keep(&survey, &matches, &given);
    let repeats = keep.iter().filter(|kept| !**kept).count();
    stage.count("responses before linking", survey.responses());
    repeats::retain(&mut survey, &keep);
    repeats::only(&mut matches, &keep);
    repeats::only(&mut given, &keep);
    stage.count(
        "responses dropped as an earlier answer of the same person",
        repeats,
    );
    let response_person: Vec<u32> = matches.iter().map(Match::person).collect();
    let response_giver = givers(&workforce, &matches, &given);
    let (response_dimensions, disagree) =
        dimensions::of_responses(&workforce, &survey, &response_person);
    let invited = invitations::settle(
        &mut survey,
        (&marks.invitations, &index),
        (&given, &matches),
    );
    let invitation_dimensions =
        dimensions::of_invitations(&workforce, &survey, &invited.persons, as_at);
    let report = report::report(&workforce, &survey, &matches, repeats);
    let apart =
        apart::find(&workforce.identities, &survey.identities).filter(|_| report.linked == 0);
    find(&report, &disagree, (&given, &index, apart), &mut stage);
    invited.find(&survey, &mut stage);
    stage.count("responses", survey.responses());
    stage.count(
        "responses linked",
        response_person.iter().filter(|p| **p != NOBODY).count(),
    );
    stage.count("invitations", invited.persons.len());
    let response_pseudonyms = names(&matches, &given, &marks.people);
    let linked = Linked {
        response_person,
        response_giver,
        invitation_person: invited.persons,
        invitation_answered: invited.answered,
        wave_invited: invited.waves,
        response_dimensions,
        invitation_dimensions,
        response_pseudonyms,
        person_pseudonyms: marks
            .people
            .iter()
            .map(|m| pseudonym::hex(m.first()))
            .collect(),
        workforce,
        survey,
        flows: PublishedFlows::default(),
        followed: FollowedPeople::default(),
        as_at,
        report,
    };
    (linked, stage)
}

/// Who gave each response, across waves: an identifier that the staff list does
/// not have is somebody too.
fn givers(workforce: &Workforce, matches: &[Match], given: &[pseudonym::Marked]) -> Vec<u32> {
    let both = matches.iter().zip(given);
    let of: Vec<_> = both
        .map(|(found, marks)| (found.person(), repeats::who(found, marks)))
        .collect();
    linked::givers(workforce.people(), &of)
}

/// The pseudonym of each response: the person's where linked, so that it is one
/// everywhere.
fn names(
    matches: &[Match],
    given: &[pseudonym::Marked],
    people: &[pseudonym::Marked],
) -> Vec<String> {
    let of = |(found, own): (&Match, &pseudonym::Marked)| {
        let person = people.get(found.person() as usize);
        pseudonym::hex(person.unwrap_or(own).first())
    };
    matches.iter().zip(given).map(of).collect()
}

fn find(
    report: &crate::data::LinkageReport,
    disagree: &[(String, u64)],
    (given, index, apart): (&[pseudonym::Marked], &Index, Option<apart::Apart>),
    stage: &mut Stage,
) {
    let contrary = given.iter().filter(|m| index.contradicts(m)).count();
    for (rule, count, message, remedy) in plain(report, contrary) {
        let (rule, message, remedy) = match apart {
            _ if rule != "not-in-staff-list" => (rule, message, remedy),
            _ if index.is_empty() => apart::NO_STAFF_LIST,
            Some(apart) => (rule, apart.message(), apart.remedy()),
            None => (rule, message, remedy),
        };
        let severity = if matches!(rule, "repeat" | "no-staff-list") {
            Severity::Note
        } else {
            Severity::Warning
        };
        if count > 0 {
            stage
                .findings
                .push(finding((rule, severity), count, message.to_owned(), remedy));
        }
    }
    for (dimension, count) in disagree {
        let message = format!(
            "Survey and staff list differ in {dimension} for the same person; the staff list's \
             value at the date of the answer is used."
        );
        let said = ("dimension-disagrees", Severity::Warning);
        stage.findings.push(finding(
            said,
            *count,
            message,
            "Correct whichever is wrong.",
        ));
    }
}

/// Rule, how many, message and remedy of what is found without a dimension.
fn plain(
    report: &crate::data::LinkageReport,
    contrary: usize,
) -> [(&'static str, u64, &'static str, &'static str); 4] {
    [
        (
            "repeat",
            report.repeats,
            "Somebody answered a wave more than once; the last complete response counts.",
            "",
        ),
        (
            "not-in-staff-list",
            report.unmatched,
            "Responses have an identifier that the staff list does not have; they count, but are \
             nobody's.",
            "Check that the staff list reaches back to the survey and writes identifiers alike.",
        ),
        (
            "ambiguous-identifier",
            report.ambiguous,
            "Responses have an identifier that several people of the staff list share; they \
             count, but are nobody's.",
            "Give each person an identifier of their own in the staff list.",
        ),
        (
            "identifiers-disagree",
            u64::try_from(contrary).unwrap_or(u64::MAX),
            "The staff number and the e-mail address of a response belong to different people; \
             the staff number was used.",
            "Check the list that the survey was sent with.",
        ),
    ]
}

fn finding(
    (rule, severity): (&'static str, Severity),
    count: u64,
    message: String,
    remedy: &str,
) -> Finding {
    Finding {
        rule,
        severity,
        origin: Origin::default(),
        message,
        remedy: remedy.to_owned(),
        count,
        private_value: None,
    }
}
