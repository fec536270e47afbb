//! Tables of workplaces to what each says of its posts. Adds up nothing over
//! workplaces, and guesses no number that a workplace does not give.

use crate::data::stage::{Aside, Words};
use crate::data::table::holding;
use crate::data::{Holds, Layout, Role, Stage, Table, TableColumn, Vacancies, Workplace};
use crate::vocabulary::asc_wds::{self, Parallel};
use crate::vocabulary::{levels, text};
use staywise_core::domain::Severity;
use std::collections::BTreeMap;

/// The dimension of job roles.
pub const ROLES: &str = "profession";
/// What stands for a number that is not known.
const NOT_KNOWN: &str = "999";

const TWICE: Words<'_> = Words {
    rule: "workplace-twice",
    severity: Severity::Warning,
    message: "A workplace is in the files again, with other numbers; its vacancies and its stated \
              workers are not known.",
    remedy: "Keep the file of the period reported, and list the older ones under `ignore` in \
             staywise.toml.",
};

/// Makes workplaces of the tables that hold them, in the files' order, each
/// once. Rows without a workplace's name are passed over; so are tables of a
/// layout whose columns are not known.
#[must_use]
pub fn build(tables: &[Table]) -> (Vec<Workplace>, Stage) {
    let mut all: Vec<Workplace> = Vec::new();
    let mut stage = Stage::default();
    for table in holding(tables, Holds::Workplaces) {
        let mut twice = Aside::default();
        let columns = Columns::of(table);
        for (row, read) in columns.iter().flat_map(Columns::workplaces) {
            let same =
                |w: &&mut Workplace| (&w.dimension, &w.level) == (&read.dimension, &read.level);
            match all.iter_mut().find(same) {
                None => all.push(read),
                Some(first) => {
                    if (&first.vacancies, first.workers) != (&read.vacancies, read.workers) {
                        twice.add(row);
                        first.vacancies = Vacancies::NotKnown;
                        first.workers = None;
                    }
                }
            }
        }
        let origin = |row| table.origin(row, None);
        stage.findings.extend(twice.finding(&TWICE, origin));
    }
    if all.is_empty() {
        return (all, stage);
    }
    stage.count("workplaces", all.len());
    let told = all.iter().filter(|w| w.vacancies.total().is_some());
    stage.count(
        "workplaces that say how many posts are vacant",
        told.count(),
    );
    (all, stage)
}

/// The columns of a workplace file.
struct Columns<'a> {
    table: &'a Table,
    dimension: &'a str,
    place: &'a TableColumn,
    roles: Option<&'a TableColumn>,
    vacancies: Option<&'a TableColumn>,
    workers: Option<&'a TableColumn>,
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table) -> Option<Self> {
        if table.layout != Layout::AscWdsWorkplace {
            return None;
        }
        let named = |name: &str| table.columns.iter().find(|c| c.header == name);
        let place = named("LOCALESTID")?;
        let Role::Dimension(dimension) = &place.role else {
            return None;
        };
        Some(Self {
            table,
            dimension,
            place,
            roles: named("ALLJOBROLES"),
            vacancies: named("VACANCIES"),
            workers: named("TOTALPERMTEMP"),
        })
    }

    /// Each row that names a workplace.
    fn workplaces(&self) -> impl Iterator<Item = (usize, Workplace)> + '_ {
        let place = self
            .place
            .cells
            .read(|cell| levels::read(self.dimension, cell));
        (0..self.table.rows()).filter_map(move |row| {
            let code = self.place.cells.codes.get(row)?;
            let level = place.get(usize::try_from(*code).ok()?)?;
            let workplace = Workplace {
                dimension: self.dimension.to_owned(),
                level: level.clone(),
                vacancies: self.vacancies(row),
                workers: self.stated(row),
                origin: self.table.origin(Some(row), self.workers),
            };
            levels::is_known(level).then_some((row, workplace))
        })
    }

    fn stated(&self, row: usize) -> Option<u64> {
        let written = text::tidy(&self.workers?.cells.cell(row).text());
        written.parse().ok().filter(|_| written != NOT_KNOWN)
    }

    /// Vacancies by job role; of a role that is listed twice their sum.
    fn vacancies(&self, row: usize) -> Vacancies {
        let shown = |column: Option<&TableColumn>| {
            column.map_or_else(String::new, |c| c.cells.cell(row).text().into_owned())
        };
        let read = asc_wds::parallel(&shown(self.roles), &shown(self.vacancies));
        match read {
            Parallel::NotKnown | Parallel::Unequal { .. } => Vacancies::NotKnown,
            Parallel::Nought => Vacancies::Nought,
            Parallel::Each(each) => {
                let mut roles: BTreeMap<String, Option<u32>> = BTreeMap::new();
                for (code, number) in each {
                    let so_far = roles.entry(role(&code)).or_insert(Some(0));
                    *so_far = (*so_far).zip(number).and_then(|(a, b)| a.checked_add(b));
                }
                Vacancies::Each(roles)
            }
        }
    }
}

/// The level of a job role by its code, as the workers of that role have it.
fn role(code: &str) -> String {
    let labels = asc_wds::codes("MAINJOBROLE").map(|codes| &codes.labels);
    let label = labels.and_then(|labels| labels.get(code));
    let cell = crate::data::Cell::Text(label.map_or(code, String::as_str).into());
    levels::read(ROLES, &cell)
}

#[cfg(test)]
mod tests;
