//! The business case on the page, part by part. Every figure comes from the
//! case as the pipeline made it; nothing here has a price or a count of its
//! own. Where the study has no case, each part says how to make one.

mod amounts;
mod answer;
mod told;

use super::Page;
use crate::chart::ChartError;
use crate::report::phrases::case as say;
use crate::report::request::Component;
use told::Told;

/// A part of the case, or how to make one.
pub(super) fn told(page: &mut Page<'_>, component: Component) -> Result<String, ChartError> {
    let Some(case) = &page.shelf.facts.evidence.case else {
        return Ok(page.without(&say::NO_CASE.say([])));
    };
    let told = Told::of(case);
    Ok(match component {
        Component::CaseAnswer => answer::answer(&told),
        _ => String::new(),
    })
}
