//! The business case on the page, part by part. Every figure comes from the
//! case as the pipeline made it; nothing here has a price or a count of its
//! own. Where the study has no case, each part says how to make one.

mod amounts;
mod answer;
mod break_even;
mod cash;
mod costs;
mod draws;
mod inputs;
mod options;
mod told;
mod tornado;

use super::Page;
use super::frame::{Figure, tried};
use crate::chart::figure::shorthand;
use crate::chart::text::escape;
use crate::chart::{Against, Caption, ChartError, Drawing, LengthRow, Step, lengths, waterfall};
use crate::report::cells::Cell;
use crate::report::phrases::case as say;
use crate::report::request::Component;
use crate::report::table::Text;
use staywise_core::domain::{Status, Unit};
use told::Told;

/// A part of the case, or how to make one.
pub(super) fn told(page: &mut Page<'_>, component: Component) -> Result<String, ChartError> {
    let Some(case) = &page.shelf.facts.evidence.case else {
        return Ok(page.without(&say::NO_CASE.say([])));
    };
    let told = Told::of(case);
    match component {
        Component::CaseBreakEven => match break_even::break_even(&told) {
            Some(drawn) => drawn.set(page),
            None => Ok(String::new()),
        },
        Component::CaseTornado => match tornado::tornado(&told) {
            Some(drawn) => drawn.set(page),
            None => Ok(page.without(&say::CASE_NO_TORNADO.say([]))),
        },
        Component::CaseCash => cash::cash(page, &told),
        Component::CaseLeaver => costs::leaver(page, &told),
        Component::CaseProgramme => costs::programme(page, &told),
        Component::CaseDraws => Ok(draws::draws(page, &told)),
        Component::CaseOptions => Ok(options::options(page, &told)),
        Component::CaseWho => Ok(options::who(page, &told)),
        Component::CaseInputs => Ok(inputs::inputs(page, &told)),
        Component::CaseWorked => Ok(inputs::worked(page, &told)),
        _ => Ok(answer::answer(&told)),
    }
}

/// A chart of lengths before it is drawn.
struct Drawn {
    title: String,
    lead: String,
    rows: Vec<LengthRow>,
    against: Against,
    table: Text,
    source: String,
}

impl Drawn {
    fn set(self, page: &mut Page<'_>) -> Result<String, ChartError> {
        let described: Vec<String> = self
            .rows
            .iter()
            .map(|row| match row.aside.as_str() {
                "" => format!("{}: {}.", row.label, row.words),
                aside => format!("{}: {} ({aside}).", row.label, row.words),
            })
            .collect();
        let id = format!("c{}", page.index);
        let caption = Caption {
            id: &id,
            title: &self.title,
            description: &described.join(" "),
            base: "",
        };
        let drawing = lengths(&self.rows, &self.against, &caption);
        let figure = Figure {
            title: self.title,
            lead: escape(&self.lead),
            caution: None,
            drawing: tried(Ok(drawing))?,
            table: self.table,
            source: escape(&self.source),
            level: None,
        };
        Ok(figure.set(page))
    }
}

/// A waterfall in pounds.
fn waterfall_of(
    page: &Page<'_>,
    (steps, title): (&[Step], &str),
    part: usize,
) -> Result<Result<Drawing, String>, ChartError> {
    let described: Vec<String> = steps
        .iter()
        .map(|step| format!("{}: {}.", step.label, step.words))
        .collect();
    let id = format!("c{}-{part}", page.index);
    let caption = Caption {
        id: &id,
        title,
        description: &described.join(" "),
        base: "",
    };
    tried(Ok(waterfall(steps, Unit::Pence, &caption)))
}

/// The cell of what does not apply, with why.
fn none(table: &mut Text, why: &str) -> Cell {
    table.mark(Status::NotApplicable, why);
    Cell::words(shorthand(Status::NotApplicable))
}
