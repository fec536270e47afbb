//! What a published row is of: its place in the hierarchy and its groups, the
//! widest first. Levels stay as published.

use crate::data::benchmark::Level;
use crate::data::{Table, TableColumn};
use crate::vocabulary::text;
use std::sync::Arc;

/// Column names with their dimensions, the widest first.
const DIMENSIONS: [(&str, &str); 22] = [
    ("nhse_region_name", "region"),
    ("region_name", "region"),
    ("region", "region"),
    ("ics_name", "ics"),
    ("icb_name", "ics"),
    ("org_type", "organisation_type"),
    ("org_type_reporting_name", "organisation_type"),
    ("cluster_group", "cluster_group"),
    ("benchmark_group", "benchmark_group"),
    ("care_setting", "care_setting"),
    ("reporting_org_name", "organisation"),
    ("organisation_name", "organisation"),
    ("org_name", "organisation"),
    ("reporting_org_code", "organisation_code"),
    ("organisation_code", "organisation_code"),
    ("org_code", "organisation_code"),
    ("org_id", "organisation_code"),
    ("main_staff_group", "main_staff_group"),
    ("staff_group_1", "staff_group"),
    ("staff_group_1_name", "staff_group"),
    ("staff_group_name", "staff_group"),
    ("staff_group", "staff_group"),
];
/// Other spellings of a group's column.
const GROUPS: [(&str, &str); 4] = [
    ("afc_band", "band"),
    ("gender", "sex"),
    ("age_group", "age_band"),
    ("ethnicity", "ethnic_group"),
];
/// Codes that stand beside their names.
const CODES: [&str; 6] = [
    "nhse_region_code",
    "region_code",
    "ics_code",
    "icb_code",
    "hee_region_code",
    "nhse_region_code_name",
];

/// The dimension of a column's name.
fn dimension(slug: &str) -> (usize, String) {
    let known = DIMENSIONS.iter().position(|(name, _)| *name == slug);
    if let Some((_, dimension)) = known.and_then(|at| DIMENSIONS.get(at)) {
        return (known.unwrap_or(0), (*dimension).to_owned());
    }
    let group = GROUPS.iter().find(|(name, _)| *name == slug);
    let name = group.map_or(slug, |(_, dimension)| dimension);
    (DIMENSIONS.len(), name.to_owned())
}

/// The columns of a table that say what its rows are of.
pub(super) struct Of<'a> {
    columns: Vec<(String, &'a TableColumn)>,
}

impl<'a> Of<'a> {
    /// All columns but these.
    pub(super) fn all_but(table: &'a Table, not: &[&str]) -> Self {
        let mut columns: Vec<(usize, String, &TableColumn)> = table
            .columns
            .iter()
            .filter_map(|column| {
                let slug = text::slug(&column.header);
                let is_not = slug.is_empty()
                    || not.contains(&slug.as_str())
                    || CODES.contains(&slug.as_str());
                let (rank, dimension) = dimension(&slug);
                (!is_not).then_some((rank, dimension, column))
            })
            .collect();
        columns.sort_by_key(|(rank, ..)| *rank);
        let columns = columns.into_iter().map(|(_, d, c)| (d, c)).collect();
        Self { columns }
    }

    /// The levels of a row.
    pub(super) fn levels(&self, row: usize) -> Arc<[Level]> {
        self.columns
            .iter()
            .filter_map(|(dimension, column)| {
                let cell = column.cells.cell(row);
                let level = text::tidy(&cell.text());
                (!level.is_empty()).then(|| Level::new(dimension, &level))
            })
            .collect()
    }

    /// What tells the rows of one level from those of another.
    pub(super) fn key(&self, row: usize) -> Vec<u32> {
        let codes = |column: &TableColumn| column.cells.codes.get(row).copied().unwrap_or(0);
        self.columns
            .iter()
            .map(|(_, column)| codes(column))
            .collect()
    }
}

/// The first column of any of these names.
pub(super) fn column<'a>(table: &'a Table, names: &[&str]) -> Option<&'a TableColumn> {
    let by_name = |name: &&str| {
        table
            .columns
            .iter()
            .find(|column| text::slug(&column.header) == *name)
    };
    names.iter().find_map(by_name)
}
