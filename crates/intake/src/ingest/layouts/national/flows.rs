//! An organisation's own flows: opening, joiners, leavers and closing by
//! period and group, a row a period. No people.

use super::{Shape, any, drafts, header};
use crate::data::{Holds, Layout};
use crate::ingest::grid::Grid;
use crate::vocabulary::flows;

/// Recognises one: a period, and three of the four counts by their names.
pub(in crate::ingest::layouts) fn flows(grid: &Grid) -> Option<Shape> {
    let row = header(grid, |names| {
        let counts = flows::COUNTS
            .iter()
            .filter(|spellings| any(names, spellings))
            .count();
        counts >= 3 && any(names, flows::PERIOD)
    })?;
    let kind = (Layout::Flows, Holds::Flows);
    let reason = "it has opening or closing numbers, joiners and leavers by period".to_owned();
    Some(Shape::new(kind, reason, row, drafts(grid, row)))
}
