//! Flat tables of NHS England's workforce statistics: the turnover pack (a row
//! a type of count), the supplementary turnover workbook (a row a group), the
//! monthly workforce pack, sickness absence and staff by nationality. `All`
//! rows stand beside their parts and are kept as they are.

use super::{Shape, all, any, drafts, flat, header, names};
use crate::data::{Cell, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::ingest::layouts::{Draft, collapsed};
use crate::vocabulary::text;

const COUNTS: [&str; 5] = ["hc", "fte", "headcount", "total_hc", "total_fte"];

/// Recognises the turnover pack: a row a type of count.
pub(in crate::ingest::layouts) fn turnover_pack(grid: &Grid) -> Option<Shape> {
    let row = header(grid, |names| {
        all(names, &["period", "type"]) && any(names, &COUNTS)
    })?;
    let types = names(grid, row).iter().position(|name| name == "type")?;
    let has = |wanted: &str| {
        let pool = grid.columns().get(types).map(|column| column.pool());
        pool.is_some_and(|pool| pool.iter().any(|cell| text::slug(&cell.text()) == wanted))
    };
    let reason = "its TYPE column has joiners or leavers and denominators of a period";
    (has("denominator_at_start_of_period") && (has("leavers") || has("joiners")))
        .then(|| flat(grid, Layout::TurnoverPack, row, reason))
}

/// Recognises a sheet of the supplementary workbook: a row a group.
pub(in crate::ingest::layouts) fn turnover_supplement(grid: &Grid) -> Option<Shape> {
    let row = header(grid, |names| {
        all(names, &["period", "denominator_at_start_of_period"])
            && any(names, &["leaver", "leavers", "leaver_rate"])
    })?;
    let reason = "it has leavers and the denominators of a period as columns";
    Some(flat(grid, Layout::TurnoverSupplement, row, reason))
}

/// Recognises the monthly workforce tables.
pub(in crate::ingest::layouts) fn workforce_pack(grid: &Grid) -> Option<Shape> {
    let sickness = ["fte_days_lost", "fte_days_available"];
    if let Some(row) = header(grid, |names| all(names, &sickness)) {
        let reason = "it has FTE days lost and available: NHS sickness absence";
        return Some(flat(grid, Layout::WorkforcePack, row, reason));
    }
    let groups = ["main_staff_group", "staff_group_1", "staff_group_1_name"];
    let medical = ["grade", "specialty_group"];
    let places = ["org_code", "data_month", "nhse_region_name", "date"];
    let found = header(grid, |names| {
        (any(names, &groups) || all(names, &medical))
            && any(names, &COUNTS)
            && any(names, &places)
            && !any(names, &["type"])
    });
    let reason = "it has staff groups of NHS workforce statistics and counts";
    found
        .map(|row| flat(grid, Layout::WorkforcePack, row, reason))
        .or_else(|| nationality(grid))
}

/// Staff by nationality: two header rows, the upper one with the nationality
/// over its staff groups.
fn nationality(grid: &Grid) -> Option<Shape> {
    let title = (0..grid.rows().min(3)).any(|row| match grid.cell(row, 0) {
        Cell::Text(words) => {
            text::words(words).contains("nhs hospital and community health service")
        }
        _ => false,
    });
    let upper = header(grid, |names| {
        names.iter().filter(|name| is_nationality(name)).count() > 1
    })
    .filter(|_| title)?;
    let row = upper + 1;
    let mut over = String::new();
    let drafts: Vec<Draft> = drafts(grid, row)
        .into_iter()
        .map(|draft| {
            let above = collapsed(grid.cell(upper, draft.index));
            if !above.is_empty() {
                over = above
                    .trim_end_matches(|c: char| c.is_ascii_digit())
                    .to_owned();
            }
            let question = (!draft.header.is_empty() && !over.is_empty()).then(|| over.clone());
            Draft {
                question,
                role: Role::Published,
                ..draft
            }
        })
        .collect();
    let kind = (Layout::WorkforcePack, Holds::Benchmark);
    let reason = "its title says NHS staff and nationalities stand over staff groups".to_owned();
    Some(Shape::new(kind, reason, row, drafts))
}

fn is_nationality(name: &str) -> bool {
    ["european_union", "united_kingdom", "rest_of_world"]
        .iter()
        .any(|known| name.trim_end_matches(|c: char| c.is_ascii_digit()) == *known)
}
