//! The turnover pack: four rows a group (in post at the start and at the end,
//! joiners, leavers) to a flow and the rates that are made of them. A group
//! without a row of a type had nobody: the pack leaves such rows out.

use super::cells::{Figures, WORKFORCE, count, mean, share};
use super::levels::{Of, column};
use super::{Made, Said, periods, publication};
use crate::data::benchmark::{Benchmark, Flow, Given, Level, Period, Publication, Unit};
use crate::data::{Table, TableColumn};
use crate::vocabulary::text;
use foldhash::fast::RandomState;
use staywise_core::domain::Severity;
use std::collections::HashMap;
use std::sync::Arc;

/// Over the mean of start and end, people leaving active service.
pub(super) const NHS_ENGLAND: &str = "nhs_england";
/// Over those in post at the start.
pub(super) const AT_START: &str = "nhs_scotland_start";
/// The same as `nhs_england` in full-time equivalents.
const NHS_ENGLAND_FTE: &str = "nhs_england_fte";

/// What may be compared with rates of the pack.
pub(super) const NOTE: &str = "Leavers of active service: maternity leave and career breaks count \
as leaving, moves between NHS trusts as leaving the organisation. A local list of terminations \
counts neither leave nor breaks, so its rate is lower.";

/// The four types of row.
const TYPES: [&[&str]; 4] = [
    &["denominator_at_start_of_period"],
    &["joiners", "joiner"],
    &["leavers", "leaver"],
    &["denominator_at_end_of_period"],
];
const START: usize = 0;
const JOINERS: usize = 1;
const LEAVERS: usize = 2;
const END: usize = 3;

/// The four counts of a group.
pub(super) type Four = [Given; 4];

/// A group as gathered from its rows.
struct Group {
    row: usize,
    hc: [Option<Given>; 4],
    fte: [Option<Given>; 4],
}

/// The groups, and rows that are of none: how many, and the first.
struct Gathered {
    groups: Vec<Group>,
    /// Of no known type.
    unknown: (usize, Option<usize>),
    /// The same count again.
    twice: (usize, Option<usize>),
}

/// Makes flows and rates.
pub(super) fn build(table: &Table, made: &mut Made) {
    let hc = column(table, &["hc", "headcount", "total_hc"]);
    let fte = column(table, &["fte", "total_fte"]);
    let kinds = column(table, &["type"]);
    let (Some(kinds), Some(period)) = (kinds, column(table, &["period"])) else {
        made.unused += table.rows();
        return;
    };
    let not = [
        "type",
        "period",
        "hc",
        "headcount",
        "total_hc",
        "fte",
        "total_fte",
    ];
    let of = Of::all_but(table, &not);
    let hc = hc.map(|column| Figures::of(column, &WORKFORCE));
    let fte = fte.map(|column| Figures::of(column, &WORKFORCE));
    let gathered = gathered(table, (kinds, period), &of, (&hc, &fte));
    made.unused += gathered.unknown.0 + gathered.twice.0;
    told_rows(table, &gathered, made);
    let groups = gathered.groups;
    for figures in [&hc, &fte].into_iter().flatten() {
        unreadable(table, figures, made);
    }
    let publication = publication(table);
    let has = |kind: usize| groups.iter().any(|g| g.hc[kind].or(g.fte[kind]).is_some());
    let given = [has(START), has(JOINERS), has(LEAVERS), has(END)];
    let mut unbalanced = (0, None);
    for group in &groups {
        let place = Place {
            levels: of.levels(group.row),
            period: periods::of_cell(period.cells.cell(group.row), periods::Dates::TheirMonths),
            publication: publication.clone(),
            row: table.row_numbers.get(group.row).copied().unwrap_or(0),
            note: NOTE,
        };
        if hc.is_some() {
            let four = filled(&group.hc, given);
            let flow = place.flow(&four);
            if flow.unexplained().is_some_and(|n| n != 0) {
                unbalanced.0 += 1;
                unbalanced.1.get_or_insert(group.row);
            }
            made.all.flows.push(flow);
            made.all.figures.extend(place.rates(&four));
        }
        if fte.is_some() {
            let four = filled(&group.fte, given);
            made.all.figures.push(place.rate_in_fte(&four));
        }
    }
    told_unbalanced(table, unbalanced, made);
}

/// Counts of a group; a type that the file has, but not for this group, is
/// nobody: a group that is new had nobody at the start.
fn filled(found: &[Option<Given>; 4], given: [bool; 4]) -> Four {
    let mut four = [Given::NotAvailable; 4];
    for (kind, into) in four.iter_mut().enumerate() {
        *into = match found[kind] {
            Some(given) => given,
            None if given[kind] => Given::Value(0.0),
            None => Given::NotAvailable,
        };
    }
    four
}

/// Gathers the rows of each group, in order of first appearance.
fn gathered(
    table: &Table,
    (kinds, period): (&TableColumn, &TableColumn),
    of: &Of<'_>,
    (hc, fte): (&Option<Figures<'_>>, &Option<Figures<'_>>),
) -> Gathered {
    let kind_of = kinds.cells.read(|cell| {
        let slug = text::slug(&cell.text());
        TYPES
            .iter()
            .position(|names| names.contains(&slug.as_str()))
    });
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<Vec<u32>, usize, RandomState> = HashMap::default();
    let (mut unknown, mut twice) = ((0, None), (0, None));
    for row in 0..table.rows() {
        let code = |column: &TableColumn| column.cells.codes.get(row).copied().unwrap_or(0);
        let kind = usize::try_from(code(kinds)).ok();
        let Some(kind) = kind.and_then(|c| kind_of.get(c).copied().flatten()) else {
            unknown.0 += 1;
            unknown.1.get_or_insert(row);
            continue;
        };
        let mut key = of.key(row);
        key.push(code(period));
        let at = *places.entry(key).or_insert_with(|| {
            groups.push(Group {
                row,
                hc: [None; 4],
                fte: [None; 4],
            });
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(at) else {
            continue;
        };
        if group.hc[kind].or(group.fte[kind]).is_some() {
            twice.0 += 1;
            twice.1.get_or_insert(row);
            continue;
        }
        group.hc[kind] = hc.as_ref().map(|figures| figures.given(row));
        group.fte[kind] = fte.as_ref().map(|figures| figures.given(row));
    }
    Gathered {
        groups,
        unknown,
        twice,
    }
}

fn told_rows(table: &Table, gathered: &Gathered, made: &mut Made) {
    let (unknown, twice) = (gathered.unknown, gathered.twice);
    made.found(
        table,
        &Said {
            rule: "unknown-type",
            severity: Severity::Warning,
            row: unknown.1,
            count: unknown.0,
            message: "Rows whose TYPE is neither joiners, leavers nor a denominator at the start \
                      or end of the period were left out.",
            remedy: "Look whether the publication has a new type of row.",
        },
    );
    made.found(
        table,
        &Said {
            rule: "same-row-twice",
            severity: Severity::Warning,
            row: twice.1,
            count: twice.0,
            message: "The same count of the same group and period stands in several rows; the \
                      first was used.",
            remedy: "Give the file of one release only.",
        },
    );
}

pub(super) fn told_unbalanced(table: &Table, of: (usize, Option<usize>), made: &mut Made) {
    made.found(
        table,
        &Said {
            rule: "flow-unexplained",
            severity: Severity::Note,
            row: of.1,
            count: of.0,
            message: "Flows do not add up: joiners and leavers explain another closing number \
                      than the one given. People who changed group, or rounding, make such \
                      remainders.",
            remedy: "",
        },
    );
}

/// Tells of cells of a figure that are none.
pub(super) fn unreadable(table: &Table, figures: &Figures<'_>, made: &mut Made) {
    let (count, row) = figures.unreadable();
    let message = format!(
        "Cells of column {} are neither a figure nor a mark for a hidden or missing one; they \
         were taken as not available.",
        figures.column().place()
    );
    made.found(
        table,
        &Said {
            rule: "not-a-figure",
            severity: Severity::Warning,
            row,
            count,
            message: &message,
            remedy: "Download the file again, or mend these cells: a full stop for decimals, \
                     commas for thousands.",
        },
    );
}

/// Where figures of a group stand.
pub(super) struct Place {
    pub(super) levels: Arc<[Level]>,
    pub(super) period: Arc<Period>,
    pub(super) publication: Arc<Publication>,
    pub(super) row: u32,
    pub(super) note: &'static str,
}

impl Place {
    /// A figure here, of which only measure and value are said yet.
    pub(super) fn figure(
        &self,
        (measure, definition): (&str, &'static str),
        given: Given,
    ) -> Benchmark {
        Benchmark {
            measure: measure.into(),
            definition,
            label: "".into(),
            levels: self.levels.clone(),
            period: self.period.clone(),
            unit: Unit::Share,
            given,
            numerator: None,
            denominator: None,
            base: None,
            publication: self.publication.clone(),
            note: self.note,
            row: self.row,
            column: None,
        }
    }

    /// The flow of four counts.
    pub(super) fn flow(&self, four: &Four) -> Flow {
        let whole = |given| count(given).and_then(|n| i64::try_from(n).ok());
        Flow {
            levels: self.levels.clone(),
            period: self.period.clone(),
            published: true,
            opening: whole(four[START]),
            joiners: whole(four[JOINERS]),
            leavers: whole(four[LEAVERS]),
            closing: whole(four[END]),
            origin: staywise_core::domain::Origin {
                file: self.publication.file.clone(),
                sheet: self.publication.sheet.clone(),
                row: Some(self.row),
                column: None,
            },
        }
    }

    /// Rates of headcounts: leavers over the mean and over the start, joiners
    /// over the mean.
    pub(super) fn rates(&self, four: &Four) -> [Benchmark; 3] {
        let average = mean(four[START], four[END]);
        let rate = |name, label: &str, (of, by): (Given, Given)| Benchmark {
            label: label.into(),
            numerator: count(of),
            denominator: by.value(),
            base: count(four[START]),
            ..self.figure(name, share(of, by))
        };
        [
            rate(
                ("leaver_rate", NHS_ENGLAND),
                "Leavers over the mean of headcount at start and end",
                (four[LEAVERS], average),
            ),
            rate(
                ("leaver_rate", AT_START),
                "Leavers over headcount at the start",
                (four[LEAVERS], four[START]),
            ),
            rate(
                ("joiner_rate", NHS_ENGLAND),
                "Joiners over the mean of headcount at start and end",
                (four[JOINERS], average),
            ),
        ]
    }

    /// The leaver rate in full-time equivalents.
    pub(super) fn rate_in_fte(&self, four: &Four) -> Benchmark {
        let average = mean(four[START], four[END]);
        Benchmark {
            label: "Leavers' FTE over the mean of FTE at start and end".into(),
            denominator: average.value(),
            ..self.figure(
                ("leaver_rate", NHS_ENGLAND_FTE),
                share(four[LEAVERS], average),
            )
        }
    }
}
