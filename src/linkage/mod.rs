//! Temporary.
use crate::data::{linked::NOBODY, Coded, Linked, LinkageReport, Stage, Survey, Workforce};
use staywise_core::domain::{Day, Dimension};
/// Temporary.
pub fn link(workforce: Workforce, survey: Survey, _key: &[u8], as_at: Day) -> (Linked, Stage) {
    let n = survey.responses();
    let i = survey.invitations.identities.len();
    let mut dims = survey.dimensions.clone();
    dims.push(Coded { dimension: Dimension::new("wave"), levels: survey.waves.clone(), codes: survey.wave.clone() });
    (Linked {
        response_person: vec![NOBODY; n], invitation_person: vec![NOBODY; i], invitation_answered: vec![false; i],
        response_dimensions: dims, invitation_dimensions: vec![], response_pseudonyms: vec![String::new(); n],
        person_pseudonyms: vec![String::new(); workforce.people()],
        workforce, survey, as_at, report: LinkageReport { responses: n as u64, ..Default::default() },
    }, Stage::default())
}
