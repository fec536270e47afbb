//! A comparison as it was declared: what it is, whether time can be compared
//! fairly, what it found, and all that must be known of it. Says that two
//! things go together and never what made them. Prints no figure of a
//! comparison that was refused.

use super::Page;
use super::frame::{Figure, level, source, tried};
use super::retold::retold;
use super::tables::limit_headings;
use crate::chart::figure::{figure, why_not};
use crate::chart::text::escape;
use crate::chart::{Caption, ChartError, MOST_ROWS, Named, forest_named};
use crate::report::cells::Cell;
use crate::report::evidence::{Answer, Comparison, Guard, Purpose, Standing};
use crate::report::phrases;
use crate::report::request::Request;
use crate::report::shelf::Shelf;
use crate::report::strength::{anything, is_real, reach};
use crate::report::table::{Column, Text};
use crate::report::words::{Sentence, base_noun, small, telling, with_interval};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Day, Statistic, Status, Unit};

/// The comparisons that a request is about, the primary one first, or why
/// there are none.
pub(super) fn chosen<'a>(
    shelf: Shelf<'a>,
    request: &Request,
) -> Result<Vec<&'a Comparison>, String> {
    let all = &shelf.facts.evidence.comparisons;
    if all.is_empty() {
        return Err(phrases::NO_COMPARISON.say([]));
    }
    let Some(name) = &request.name else {
        return Ok(all.iter().collect());
    };
    let found: Vec<&Comparison> = all.iter().filter(|one| &one.name == name).collect();
    if found.is_empty() {
        let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
        return Err(phrases::NO_SUCH_COMPARISON.say([name, &names.join(", ")]));
    }
    Ok(found)
}

/// Every comparison that was declared, or the one that is named.
pub(super) fn comparison(page: &mut Page<'_>, request: &Request) -> Result<String, ChartError> {
    let found = match chosen(page.shelf, request) {
        Ok(found) => found,
        Err(why) => return Ok(page.without(&why)),
    };
    let mut html = String::new();
    for (part, one) in found.into_iter().enumerate() {
        html.push_str(&told(page, one, part)?);
    }
    Ok(html)
}

fn told(page: &mut Page<'_>, of: &Comparison, part: usize) -> Result<String, ChartError> {
    let mut html = format!("<h3>{}</h3>\n", escape(&of.title));
    html.push_str(&paragraph(&standing((of.standing, of.declared_on))));
    match &of.guard {
        Guard::Allowed(why) => html.push_str(&paragraph(why)),
        Guard::Landmark { day, words } => {
            let words = phrases::LANDMARK.say([&day.to_string(), words]);
            html.push_str(&paragraph(&words));
        }
        Guard::Refused { why, instead } => {
            html.push_str(&format!(
                "<p class=\"caution\"><strong>{}</strong> {}</p>\n",
                phrases::REFUSED.html([], page.terms),
                escape(why)
            ));
            html.push_str(&paragraph(instead));
            return Ok(html);
        }
    }
    html.push_str(&format!("<p>{}</p>\n", super::told(&sentence(of))));
    if !of.answers.is_empty() {
        html.push_str(&answers(page, of, part)?);
    }
    html.push_str(&retold(page, of));
    html.push_str(&listed(&phrases::REFUSALS_LEAD.say([]), &of.refusals));
    html.push_str(&paragraph(of.about.as_deref().unwrap_or_default()));
    html.push_str(&paragraph(of.could_show.as_deref().unwrap_or_default()));
    html.push_str(&listed(&phrases::BOUNDS_LEAD.say([]), &of.bounds));
    html.push_str(&listed(&phrases::NOTES_LEAD.say([]), &of.notes));
    Ok(html)
}

pub(super) fn paragraph(words: &str) -> String {
    match words {
        "" => String::new(),
        words => format!("<p>{}</p>\n", escape(words)),
    }
}

/// Sentences as a list under a line that says what they are; nothing where
/// there are none.
pub(super) fn listed(lead: &str, sentences: &[String]) -> String {
    if sentences.is_empty() {
        return String::new();
    }
    let items: String = sentences
        .iter()
        .map(|words| format!("<li>{}</li>\n", escape(words)))
        .collect();
    format!("{}<ul class=\"read\">\n{items}</ul>\n", paragraph(lead))
}

pub(super) fn standing(of: (Standing, Option<Day>)) -> String {
    match of {
        (Standing::Primary, Some(day)) => phrases::STANDING_PRIMARY.say([&day.to_string()]),
        (Standing::Primary, None) => phrases::STANDING_PRIMARY_UNDATED.say([]),
        (Standing::Exploratory, Some(day)) => {
            phrases::STANDING_EXPLORATORY_DATED.say([&day.to_string()])
        }
        (Standing::Exploratory, None) => phrases::STANDING_EXPLORATORY.say([]),
    }
}

/// The answer that a comparison stands by: the declared one, and of one that
/// was not declared, the adjusted one.
fn main(of: &Comparison) -> Option<&Answer> {
    let with = |purpose| of.answers.iter().find(|answer| answer.purpose == purpose);
    with(Purpose::Primary).or_else(|| with(Purpose::Exploratory))
}

/// The answer in a sentence. It is told as found only where the adjusted p is
/// under 0.05 and the interval leaves out no difference.
fn sentence(of: &Comparison) -> Sentence {
    let Some(answer) = main(of) else {
        return Sentence {
            first: phrases::NO_ANSWER.say([]),
            rest: phrases::FULL_STOP.say([]),
            claims: Vec::new(),
        };
    };
    let row = &answer.row;
    let claims = vec![row.claim()];
    if row.status() != Status::Shown {
        let why = why_not(row);
        return Sentence {
            first: phrases::ANSWER_MISSING.say([why.trim_end_matches('.')]),
            rest: String::new(),
            claims,
        };
    }
    let (compared, comparator) = (&of.compared, &of.comparator);
    if let Some(reach) = reach(row).filter(|_| is_real(row)) {
        return Sentence {
            first: phrases::ASSOCIATED.say([&of.outcome_label, compared, &figure(row)]),
            rest: phrases::ASSOCIATED_REST.say([comparator, &reach]),
            claims,
        };
    }
    let open = anything(row).filter(|_| row.key().statistic == Statistic::Difference);
    let Some(reach) = open else {
        let words = with_interval(row);
        let said = [&of.outcome_label, compared, comparator, &words];
        return Sentence {
            first: phrases::ANSWER_PLAINLY.say(said.map(String::as_str)),
            rest: phrases::FULL_STOP.say([]),
            claims,
        };
    };
    let spans = row.lower().is_some_and(|lower| lower <= 0.0)
        && row.upper().is_some_and(|upper| upper >= 0.0);
    let outcome = small(&of.outcome_label);
    let said = [compared, comparator, &outcome, &reach].map(String::as_str);
    Sentence {
        first: phrases::CANNOT_TELL.say([]),
        rest: match spans {
            true => phrases::ANYTHING_FITS.say(said),
            false => phrases::MORE_THAN_CHANCE.say(said),
        },
        claims,
    }
}

fn purpose(of: Purpose) -> String {
    match of {
        Purpose::Unadjusted => phrases::PURPOSE_UNADJUSTED.say([]),
        Purpose::Primary => phrases::PURPOSE_PRIMARY.say([]),
        Purpose::Sensitivity => phrases::PURPOSE_SENSITIVITY.say([]),
        Purpose::Exploratory => phrases::PURPOSE_EXPLORATORY.say([]),
    }
}

/// `Sensitivity: Standardisation`; the purpose alone where the method says no
/// more.
fn named(answer: &Answer) -> String {
    let purpose = purpose(answer.purpose);
    match answer.method.as_str() {
        "" => purpose,
        same if same == purpose => purpose,
        method => phrases::PURPOSE_METHOD.say([&purpose, method]),
    }
}

/// The answers drawn against no difference, and the table of all of them.
fn answers(page: &mut Page<'_>, of: &Comparison, part: usize) -> Result<String, ChartError> {
    let title = phrases::TITLE_ANSWERS.say([&of.outcome_label, &of.compared, &of.comparator]);
    let drawn: Vec<Named<'_>> = of
        .answers
        .iter()
        .filter(|answer| {
            let row = &answer.row;
            row.key().statistic == Statistic::Difference || row.status() != Status::Shown
        })
        .map(|answer| Named {
            label: named(answer),
            row: &answer.row,
        })
        .collect();
    let described: Vec<String> = of
        .answers
        .iter()
        .map(|answer| format!("{}: {}.", named(answer), telling(&answer.row, None)))
        .collect();
    let hidden = |named: &Named<'_>| named.row.status() == Status::Confidential;
    let drawing = if drawn.is_empty() {
        Err(phrases::NO_ANSWER_DRAWN.say([]))
    } else if drawn.len() > MOST_ROWS {
        Err(phrases::TOO_MANY.say([]))
    } else if drawn.iter().all(hidden) {
        Err(phrases::THIS_HIDDEN.say([]))
    } else {
        let id = format!("c{}-{part}", page.index);
        let caption = Caption {
            id: &id,
            title: &title,
            description: &described.join(" "),
            base: &noun(page.shelf, of),
        };
        Ok(forest_named(&drawn, &caption))
    };
    let mut lead = phrases::LEAD_ANSWERS.html([&of.compared, &of.comparator], page.terms);
    let adjusted = |answer: &Answer| answer.purpose != Purpose::Unadjusted;
    let is_adjusted = of.answers.iter().any(adjusted);
    if is_adjusted && !of.covariates.is_empty() {
        let names = and(&of.covariates);
        lead = format!("{lead} {}", phrases::MADE_ALIKE.html([&names], page.terms));
    }
    let rows: Vec<&Released> = of.answers.iter().map(|answer| &answer.row).collect();
    let cited = main(of).map(|answer| &answer.row).or(rows.first().copied());
    let figure = Figure {
        title: title.clone(),
        lead,
        caution: None,
        drawing: tried(drawing)?,
        table: table(of, title, &rows),
        source: cited.map_or_else(String::new, |row| source(row, page.terms)),
        level: level(&rows),
    };
    Ok(figure.set(page))
}

/// What the bases of the answers count.
fn noun(shelf: Shelf<'_>, of: &Comparison) -> String {
    let found = shelf.metric(&of.outcome).and_then(base_noun);
    found.map_or_else(
        || phrases::COLUMN_PEOPLE.say([]).to_lowercase(),
        str::to_owned,
    )
}

/// `a, b and c`.
fn and(words: &[String]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => phrases::AND_LIST.say([&rest.join(", "), last]),
        _ => words.concat(),
    }
}

pub(super) fn measured(row: &Released) -> String {
    match (row.key().statistic, row.unit()) {
        (Statistic::Ratio, _) => phrases::IN_RATIO.say([]),
        (Statistic::Difference, Unit::Fraction | Unit::Rate) => phrases::IN_POINTS.say([]),
        (Statistic::Difference, Unit::Score) if row.method() == Some("noncentral_t") => {
            phrases::IN_DEVIATIONS.say([])
        }
        (Statistic::Difference, Unit::Score) => phrases::IN_SCORE.say([]),
        (_, Unit::Months) => phrases::IN_MONTHS.say([]),
        _ => phrases::IN_OTHER.say([]),
    }
}

fn table(of: &Comparison, title: String, rows: &[&Released]) -> Text {
    let mut columns = vec![
        (phrases::COLUMN_ANSWER.say([]), Column::Name),
        (phrases::COLUMN_METHOD.say([]), Column::Words),
        (phrases::COLUMN_FIGURE.say([]), Column::Number),
    ];
    columns.extend(limit_headings(rows));
    columns.push((phrases::COLUMN_MEASURED.say([]), Column::Words));
    columns.push((phrases::COLUMN_BASE.say([]), Column::Number));
    let cells = |answer: &Answer| {
        let method = match answer.method.as_str() {
            "" => purpose(answer.purpose),
            method => method.to_owned(),
        };
        let mut cells = vec![
            Cell::words(purpose(answer.purpose)),
            Cell::words(method),
            Cell::figure(&answer.row),
        ];
        cells.extend(Cell::limits(&answer.row));
        cells.push(Cell::words(measured(&answer.row)));
        cells.push(Cell::base(&answer.row));
        cells
    };
    let mut table = Text {
        title,
        columns,
        rows: of.answers.iter().map(cells).collect(),
        ..Text::default()
    };
    super::tables::explain(&mut table, rows);
    table
}
