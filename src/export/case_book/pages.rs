//! Which steps stand on which sheet, in which order, with how each is worked
//! out in words.

use super::layout::{Beside, Entry, Kept, Page, Row, Stress, why};
use super::{ANSWERS, LEAVER, PROGRAMME, YEARS};
use crate::case::{Case, Leavers};
use staywise_core::casemodel::{Formula, Part, Purse, Rounding, Step, Unit, named, of_year};

/// Answers that stand with what they are of, not among the answers.
const OF_LEAVERS: [&str; 2] = ["leaver_mean", "leaver_cash_mean"];
const OF_PROGRAMME: [&str; 3] = ["preceptees_all", "programme_year", "programme_cash_year"];
/// Answers that come first.
const FIRST: [&str; 3] = ["break_even", "break_even_share", "cash_break_even"];

/// The sheets of steps.
pub(super) fn all(case: &Case, kept: &Kept) -> Vec<Page> {
    vec![
        leaver(case),
        programme(case),
        years(case, kept),
        answers(case, kept),
    ]
}

/// The columns of a sheet by group, the last of them for all.
fn groups(case: &Case) -> Vec<String> {
    match case.groups.as_slice() {
        [] | [_] => vec!["Value".to_owned()],
        groups => {
            let all = std::iter::once("All".to_owned());
            groups.iter().cloned().chain(all).collect()
        }
    }
}

fn leaver(case: &Case) -> Page {
    let mut rows = vec![heading("What an hour costs")];
    rows.extend(by_group(case, Part::Rates));
    rows.push(heading("One leaver"));
    rows.extend(by_group(case, Part::Leaver));
    rows.extend(by_group(case, Part::LeaverTotal).map(strong));
    rows.extend(OF_LEAVERS.iter().filter_map(|name| of_all(case, name)));
    Page {
        name: LEAVER,
        title: "What one leaver costs".to_owned(),
        about: vec![
            format!(
                "Pounds at prices of {}, each line to the penny.",
                case.prices_of
            ),
            "Salary that is not paid while the post is empty comes off what its cover costs."
                .to_owned(),
        ],
        columns: groups(case),
        rows,
    }
}

fn programme(case: &Case) -> Page {
    let mut rows = vec![heading("For one preceptee")];
    rows.extend(by_group(case, Part::Preceptee));
    rows.extend(by_group(case, Part::PrecepteeTotal).map(strong));
    rows.push(heading("However many take part"));
    let fixed = case.model.steps.iter().filter(|s| s.part == Part::Fixed);
    rows.extend(fixed.filter_map(|step| of_all(case, &step.name)));
    rows.push(heading("All together"));
    let together = OF_PROGRAMME.iter().filter_map(|name| of_all(case, name));
    rows.extend(together.map(strong));
    Page {
        name: PROGRAMME,
        title: "What the programme costs".to_owned(),
        about: vec![
            format!(
                "Pounds at prices of {}, each line to the penny.",
                case.prices_of
            ),
            "A released hour costs its cover where it is covered and its pay where it is not: \
             never both."
                .to_owned(),
        ],
        columns: groups(case),
        rows,
    }
}

fn years(case: &Case, kept: &Kept) -> Page {
    let first = case.model.steps.iter();
    let first = first.filter(|step| step.part == Part::Year(1) && kept.shows(&step.name));
    let rows = first.map(|step| {
        let stem = step.name.strip_suffix("_1").unwrap_or(&step.name);
        let entries = (1..=case.years).map(|year| Entry::Step(of_year(stem, year)));
        Row {
            label: step.label.clone(),
            of: step.unit.slug().to_owned(),
            entries: entries.collect(),
            how: over_years(case, stem),
            stress: Stress::Line,
        }
    });
    let mut about = vec![format!(
        "Prices of {} throughout. The first year counts in full; a pound of a later year counts \
         for less by the discount rate.",
        case.prices_of
    )];
    if let Some(held) = &case.answers.held_back.one_figure {
        about.push(format!("What is saved: {}", why(case, held)));
    }
    Page {
        name: YEARS,
        title: "Year by year".to_owned(),
        about,
        columns: (1..=case.years).map(|y| format!("Year {y}")).collect(),
        rows: rows.collect(),
    }
}

/// How a line is worked out: of the first year, and of the second where that
/// is another way.
fn over_years(case: &Case, stem: &str) -> String {
    let of = |year| case.model.step(&of_year(stem, year));
    let words = |step: &Step| in_words(case, &step.formula, Of::Each);
    let Some(first) = of(1).map(words) else {
        return String::new();
    };
    match of(2).map(words) {
        Some(second) if second != first => format!("Year 1: {first}. Year 2: {second}."),
        _ => first,
    }
}

fn answers(case: &Case, kept: &Kept) -> Page {
    let mut rows = vec![heading("How many more must stay")];
    for name in FIRST {
        rows.extend(of_all(case, name).map(|row| alone(row, name == "break_even")));
        if name == "break_even" {
            rows.push(whole_people(case));
            rows.extend(leavers(case));
        }
    }
    rows.push(check(case));
    rows.push(heading("What it costs and what is saved"));
    let placed = |name: &str| {
        let mut all = FIRST.iter().chain(&OF_LEAVERS).chain(&OF_PROGRAMME);
        all.any(|placed| *placed == name)
    };
    let steps = case.model.steps.iter().filter(|s| s.part == Part::Answer);
    let left = steps.filter(|step| !placed(&step.name) && kept.shows(&step.name));
    rows.extend(
        left.filter_map(|step| of_all(case, &step.name))
            .map(|row| alone(row, false)),
    );
    let held = &case.answers.held_back;
    for (label, reason) in [
        (
            "What is saved, net value and saved for each pound",
            &held.one_figure,
        ),
        ("Cost for each person kept", &held.per_stayer),
    ] {
        if let Some(reason) = reason {
            rows.push(Row {
                label: label.to_owned(),
                entries: vec![Entry::Words("not told".to_owned())],
                how: why(case, reason),
                ..Row::default()
            });
        }
    }
    Page {
        name: ANSWERS,
        title: "What it comes to".to_owned(),
        about: vec![
            format!(
                "Over {}, prices of {}. These follow the cells in use on the sheet \"Inputs\".",
                if case.years == 1 {
                    "1 year".to_owned()
                } else {
                    format!("{} years", case.years)
                },
                case.prices_of
            ),
            "What is valued is associated with preceptorship; it is not shown to be caused by it."
                .to_owned(),
        ],
        columns: vec!["Value".to_owned()],
        rows,
    }
}

/// Break-even as people: nobody stays by a part.
fn whole_people(case: &Case) -> Row {
    let worked = case.model.worked(&case.model.central(), Rounding::Pence);
    let beside = Beside {
        text: "MAX(0, ROUNDUP({break_even} - 0.000000001, 0))".to_owned(),
        names: vec!["break_even"],
        result: worked.get("break_even").map(|n| (n - 1e-9).ceil().max(0.0)),
        code: "0",
    };
    Row {
        label: "That, in whole people".to_owned(),
        of: Unit::People.slug().to_owned(),
        entries: vec![Entry::Beside(beside)],
        how: "Rounded up: nobody stays by a part".to_owned(),
        stress: Stress::Strong,
    }
}

/// How many leave as things are.
fn leavers(case: &Case) -> Option<Row> {
    let Leavers { count, source, .. } = case.leavers.as_ref()?;
    Some(Row {
        label: "Leave within twelve months as things are".to_owned(),
        of: Unit::People.slug().to_owned(),
        entries: vec![Entry::Said(*count, Unit::People)],
        how: format!("{source}. It follows no other cell."),
        stress: Stress::Line,
    })
}

/// Break-even put back into the case.
fn check(case: &Case) -> Row {
    let worked = case.model.worked(&case.model.central(), Rounding::Pence);
    let beside = Beside {
        text: "ROUND({break_even} * {weight} * {leaver_mean} - {pv_cost}, 2)".to_owned(),
        names: vec!["break_even", "weight", "leaver_mean", "pv_cost"],
        result: worked.get("break_even").map(|_| 0.0),
        code: crate::export::case_template::POUNDS,
    };
    Row {
        label: "Check: saved less cost with that many more".to_owned(),
        of: Unit::Pounds.slug().to_owned(),
        entries: vec![Entry::Beside(beside)],
        how: "How many more must stay × years of whole effect × what one leaver costs, less what \
              the programme costs: nought"
            .to_owned(),
        stress: Stress::Line,
    }
}

fn heading(label: &str) -> Row {
    Row {
        label: label.to_owned(),
        stress: Stress::Strong,
        ..Row::default()
    }
}

fn strong(row: Row) -> Row {
    Row {
        stress: Stress::Strong,
        ..row
    }
}

/// A line of the sheet of answers, which has one column of values.
fn alone(row: Row, is_strong: bool) -> Row {
    let filled = |entry: &Entry| !matches!(entry, Entry::Blank);
    Row {
        entries: row.entries.into_iter().filter(filled).collect(),
        stress: if is_strong {
            Stress::Strong
        } else {
            Stress::Line
        },
        ..row
    }
}

/// A line for each step of the first group, a column a group.
fn by_group(case: &Case, part: Part) -> impl Iterator<Item = Row> {
    let count = case.groups.len();
    let own = named("", 0, count);
    let steps = case.model.steps.iter().filter(move |s| s.part == part);
    steps.filter_map(move |step| {
        let stem = step.name.strip_suffix(&own)?;
        let entries = (0..count).map(|group| Entry::Step(named(stem, group, count)));
        Some(Row {
            label: step.label.clone(),
            of: counted_in(step),
            entries: entries.collect(),
            how: in_words(case, &step.formula, Of::Each),
            stress: Stress::Line,
        })
    })
}

/// A line of a step that no group has of its own, under the last column.
fn of_all(case: &Case, name: &str) -> Option<Row> {
    let step = case.model.step(name)?;
    let mut entries = vec![Entry::Blank; groups(case).len() - 1];
    entries.push(Entry::Step(step.name.clone()));
    Some(Row {
        label: step.label.clone(),
        of: counted_in(step),
        entries,
        how: in_words(case, &step.formula, Of::All),
        stress: Stress::Line,
    })
}

/// What a step is counted in, or whether it is money or time.
fn counted_in(step: &Step) -> String {
    match step.purse {
        Purse::Cash => "money paid out".to_owned(),
        Purse::Time if step.unit == Unit::Pounds => "time of people paid anyway".to_owned(),
        Purse::Time | Purse::Mixed => step.unit.slug().to_owned(),
    }
}

/// Whether a line is told for each group or for all of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Each,
    All,
}

/// A formula in words, by labels.
fn in_words(case: &Case, formula: &Formula, of: Of) -> String {
    let told = |label: &str, apart: Option<String>| match apart {
        Some(apart) if of == Of::All => format!("{label} ({apart})"),
        _ => label.to_owned(),
    };
    let of_step = |step: &Step| match step.part {
        Part::Year(year) => told(&step.label, Some(format!("year {year}"))),
        _ => told(&step.label, step.group.clone()),
    };
    let tell = |name: &str| {
        let input = case.model.input(name);
        let input = input.map(|input| told(&input.label, input.group.clone()));
        let step = || case.model.step(name).map(of_step);
        input.or_else(step).unwrap_or_else(|| name.to_owned())
    };
    let words = match formula {
        Formula::Pence(inside) => format!("{}, to the penny", inside.text(&tell)),
        formula => formula.text(&tell),
    };
    words.replace(" * ", " × ")
}
