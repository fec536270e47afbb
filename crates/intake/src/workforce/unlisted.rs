//! Values of dimensions that have a list of their own (staff groups, sex,
//! disability) and are not on it: said with the nearest that is. The value
//! itself is kept as it is written.

use crate::data::nearest::nearest;
use crate::data::{Cell, Role, Stage, Table};
use crate::vocabulary::cells::is_missing;
use crate::vocabulary::groups;
use crate::vocabulary::levels;
use staywise_core::domain::{Finding, Severity};

/// Dimensions whose lists are meant to be whole.
const WHOLE: [&str; 5] = ["staff_group", "sex", "disability", "programme", "route"];

/// Says what is not listed, a finding a column.
pub(super) fn find(staff: &[&Table], stage: &mut Stage) {
    for table in staff {
        for slug in WHOLE {
            let role = Role::Dimension(slug.to_owned());
            let Some(column) = table.column(&role) else {
                continue;
            };
            let counts = column.cells.counts();
            let unlisted: Vec<(&Cell, u64)> = column
                .cells
                .pool
                .iter()
                .zip(counts)
                .filter(|(cell, count)| *count > 0 && !is_missing(cell))
                .filter(|(cell, _)| !is_listed(slug, cell))
                .collect();
            if unlisted.is_empty() {
                continue;
            }
            let first = column.cells.codes.iter().position(|code| {
                let cell = column.cells.pool.get(*code as usize);
                unlisted.iter().any(|(other, _)| Some(*other) == cell)
            });
            let offers: Vec<&str> = {
                let mut offers: Vec<&str> = unlisted
                    .iter()
                    .filter_map(|(cell, _)| nearest(&cell.text(), groups::listed_names(slug)))
                    .collect();
                offers.sort_unstable();
                offers.dedup();
                offers
            };
            let offer = if offers.is_empty() {
                String::new()
            } else {
                format!(" The nearest known: {}.", offers.join(", "))
            };
            let texts: Vec<String> = unlisted
                .iter()
                .map(|(cell, _)| cell.text().into_owned())
                .collect();
            stage.findings.push(Finding {
                rule: "unlisted-value",
                severity: Severity::Note,
                origin: table.origin(first, Some(column)),
                message: format!(
                    "Values are none of the known ones of {}; they stand as they are written.{offer}",
                    groups::label(slug).to_lowercase()
                ),
                remedy: "If one is a slip, correct it; else nothing is to be done.".to_owned(),
                count: unlisted.iter().map(|(_, count)| count).sum(),
                private_value: Some(texts.join("; ")),
            });
        }
    }
}

fn is_listed(slug: &str, cell: &Cell) -> bool {
    let level = levels::read(slug, cell);
    !levels::is_known(&level) || groups::is_listed(slug, &level)
}
