//! What must be known before anything else on a page: that the data end before
//! the period does, or that the period has no answers. Says nothing of counts.

use super::phrases;
use super::shelf::Shelf;
use staywise_core::disclosure::Released;
use staywise_core::domain::metric::Grain;
use staywise_core::domain::{Statistic, Status};

/// A sentence for each thing, most often none.
pub(super) fn cautions(shelf: Shelf<'_>) -> Vec<String> {
    let facts = shelf.facts;
    let mut told = Vec::new();
    if facts.reported.last() > facts.as_at {
        told.push(phrases::DATA_END.say([&facts.as_at.to_string()]));
    }
    if facts.quality.responses.is_some_and(|n| n > 0) && unanswered(shelf) {
        told.push(phrases::NO_RESPONSES.say([]));
    }
    told
}

/// Whether every figure about everyone's answers is without a base. Hidden
/// ones are not, so that nothing is told of them.
fn unanswered(shelf: Shelf<'_>) -> bool {
    let answers = |row: &&Released| {
        let key = row.key();
        let grain = shelf.metric(&key.metric).map(|metric| metric.grain);
        matches!(grain, Some(Grain::Response | Grain::Answer))
            && key.period.label == shelf.facts.reported.label
            && key.statistic == Statistic::Value
            && key.group.parts().is_empty()
    };
    let mut rows = shelf.rows.iter().filter(answers).peekable();
    rows.peek().is_some() && rows.all(|row| row.status() == Status::NotApplicable)
}
