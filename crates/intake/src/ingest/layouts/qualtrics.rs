//! Qualtrics: variable names, then question texts (in the account's language),
//! then import ids as JSON, in which the time zone stands too. The older
//! export has two header rows and V1, V2 .. for what is no question.

mod answers;
mod several;

use super::{Draft, Remark, Shape, collapsed, present, who};
use crate::data::{Cell, Holds, Layout, Role};
use crate::ingest::grid::Grid;
use crate::vocabulary::columns;

/// Rows from the top in which the import ids may stand.
const ROWS: usize = 12;

/// Recognises either export.
pub(super) fn recognise(grid: &Grid) -> Option<Shape> {
    let mut shape = with_import_ids(grid)
        .or_else(|| two_rows(grid))
        .or_else(|| without_import_ids(grid))?;
    let below = (grid, shape.data_from);
    shape
        .remarks
        .extend(several::join(below, &mut shape.drafts));
    answers::say_statements(&mut shape.drafts);
    shape
        .remarks
        .extend(answers::unanswered(below, &mut shape.drafts));
    shape
        .remarks
        .extend(answers::numbered(below, &shape.drafts));
    Some(shape)
}

/// What is said of the questions of a file.
fn note(rule: &'static str, column: Option<usize>, message: String) -> Remark {
    Remark::note(rule, column, message, "")
}

/// Whether a column is of what was written beside an option or into a box.
fn is_text(draft: &Draft) -> bool {
    draft.header.ends_with("_TEXT")
}

fn with_import_ids(grid: &Grid) -> Option<Shape> {
    let ids_row = (1..grid.rows().min(ROWS)).find(|row| has_import_ids(grid, *row))?;
    // Someone may have deleted the row of question texts.
    let names_row = ids_row.saturating_sub(2);
    let texts_row = (ids_row >= 2).then(|| ids_row - 1);
    let mut time_zone = None;
    let mut drafts = Vec::new();
    for index in present(grid, names_row, ids_row + 1) {
        let json = grid.cell(ids_row, index).text();
        let id = json_value(&json, "ImportId").unwrap_or_default();
        if time_zone.is_none() {
            time_zone = json_value(&json, "timeZone").map(str::to_owned);
        }
        let header = collapsed(grid.cell(names_row, index));
        let question = texts_row.map(|row| collapsed(grid.cell(row, index)));
        let asked = question.as_deref().filter(|words| !words.is_empty());
        let role = role(id, &header, asked);
        drafts.push(draft(index, header, question, role));
    }
    keep_one_completion(&mut drafts);
    Some(Shape {
        reason: format!("row {} has Qualtrics import ids", ids_row + 1),
        time_zone,
        data_from: ids_row + 1,
        ..shape(names_row, drafts)
    })
}

fn shape(names_row: usize, drafts: Vec<Draft>) -> Shape {
    let kind = (Layout::Qualtrics, Holds::Survey);
    Shape {
        data_from: names_row + 2,
        ..Shape::new(kind, String::new(), names_row, drafts)
    }
}

/// A text beside a column that is no question is the same name in another
/// language.
fn draft(index: usize, header: String, question: Option<String>, role: Role) -> Draft {
    Draft {
        question: question.filter(|words| role == Role::Question && !words.is_empty()),
        ..Draft::new(index, header, role)
    }
}

fn has_import_ids(grid: &Grid, row: usize) -> bool {
    let cells = (0..grid.width())
        .map(|c| grid.cell(row, c))
        .filter(|c| !c.is_blank());
    let (mut ids, mut all) = (0, 0);
    for cell in cells {
        all += 1;
        if let Cell::Text(text) = cell {
            ids += usize::from(json_value(text, "ImportId").is_some());
        }
    }
    ids >= 2 && ids * 2 >= all
}

/// The value of a key in a flat piece of JSON, in double quotes or single.
fn json_value<'a>(json: &'a str, key: &str) -> Option<&'a str> {
    let after = &json[json.find(key)? + key.len()..];
    let value = after
        .trim_start_matches(['"', '\''])
        .trim_start()
        .strip_prefix(':')?;
    let value = value.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inside = &value[1..];
    Some(&inside[..inside.find(quote)?])
}

fn role(id: &str, header: &str, question: Option<&str>) -> Role {
    if is_analysis(header) {
        return Role::Unused;
    }
    if is_question_id(id) {
        if is_by_product(id) {
            return Role::Unused;
        }
        return who(question.unwrap_or(header)).unwrap_or(Role::Question);
    }
    let own_name = id.rsplit('-').next().unwrap_or(id);
    variable(own_name)
        .or_else(|| variable(header))
        .or_else(|| columns::recognise_in(Holds::Survey, header))
        .or_else(|| columns::recognise_in(Holds::Survey, own_name))
        .or_else(|| question.and_then(|q| columns::recognise_in(Holds::Survey, q)))
        .unwrap_or(Role::Unknown)
}

/// `QID4`, `QID4_TEXT`, `QID2-1`, and `1_QID10_1` in a loop.
fn is_question_id(id: &str) -> bool {
    let id = id
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start_matches('_');
    id.starts_with("QID")
}

/// Text analytics, display order and page timing: made of a question, but no
/// answer.
fn is_by_product(id: &str) -> bool {
    const ENDS: [&str; 10] = [
        "Topics",
        "TopicHierarchyLevel1",
        "Sentiment",
        "SentimentScore",
        "SentimentPolarity",
        "_DO",
        "FIRST_CLICK",
        "LAST_CLICK",
        "PAGE_SUBMIT",
        "CLICK_COUNT",
    ];
    ENDS.iter().any(|end| id.ends_with(end)) || id.contains("_DO_")
}

/// Columns that text analytics adds beside a question: `Q2 - Topics`.
fn is_analysis(header: &str) -> bool {
    const ENDS: [&str; 7] = [
        " - Topics",
        " - Parent Topics",
        " - Topic Sentiment Label",
        " - Topic Sentiment Score",
        " - Sentiment",
        " - Sentiment Polarity",
        " - Sentiment Score",
    ];
    ENDS.iter().any(|end| header.ends_with(end))
}

/// What Qualtrics itself records, by variable name or import id.
fn variable(name: &str) -> Option<Role> {
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    Some(match name.as_str() {
        "startdate" => Role::StartedAt,
        "enddate" | "recordeddate" => Role::CompletedAt,
        "status" => Role::ResponseStatus,
        "finished" => Role::Finished,
        "recordid" | "responseid" => Role::ResponseId,
        "recipientemail" | "emailaddress" => Role::Email,
        "recipientlastname" | "recipientfirstname" | "name" => Role::PersonName,
        "externalreference" | "externaldatareference" => Role::ExternalReference,
        "distributionchannel" => Role::Channel,
        "ipaddress" | "locationlatitude" | "locationlongitude" | "locationaccuracy" => {
            Role::Dropped
        }
        "progress" | "duration" | "durationinseconds" | "userlanguage" | "responseset"
        | "responsesetid" => Role::Unused,
        _ => return None,
    })
}

/// The end of a response is when it was completed; when it was recorded may
/// be a week later. It stands in only where there is no end.
fn keep_one_completion(drafts: &mut [Draft]) {
    let mut completions = drafts.iter_mut().filter(|d| d.role == Role::CompletedAt);
    if completions.next().is_some() {
        for later in completions {
            later.role = Role::Unused;
        }
    }
}

fn two_rows(grid: &Grid) -> Option<Shape> {
    let is = |row: usize, index: usize, name: &str| {
        collapsed(grid.cell(row, index)).eq_ignore_ascii_case(name)
    };
    let names_row = (0..grid.rows().min(ROWS))
        .find(|row| is(*row, 0, "V1") && is(*row, 1, "V2") && is(row + 1, 0, "ResponseID"))?;
    let mut drafts = Vec::new();
    for index in present(grid, names_row, names_row + 2) {
        let name = collapsed(grid.cell(names_row, index));
        let text = collapsed(grid.cell(names_row + 1, index));
        let own = name
            .strip_prefix('V')
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        let known = variable(if own { &text } else { &name });
        let role = match known
            .or_else(|| is_analysis(&name).then_some(Role::Unused))
            .or_else(|| columns::recognise_in(Holds::Survey, if own { &text } else { &name }))
        {
            Some(role) => role,
            None if own || name.is_empty() => Role::Unknown,
            None => Role::Question,
        };
        let header = if own { text.clone() } else { name };
        drafts.push(draft(index, header, Some(text), role));
    }
    keep_one_completion(&mut drafts);
    Some(Shape {
        reason: "its first two rows are those of the older Qualtrics export".to_owned(),
        ..shape(names_row, drafts)
    })
}

/// Variable names and question texts, where someone deleted the import ids:
/// what stands below the dates is no date.
fn without_import_ids(grid: &Grid) -> Option<Shape> {
    const SIGNS: [&str; 6] = [
        "Status",
        "Finished",
        "RecordedDate",
        "ResponseId",
        "Progress",
        "UserLanguage",
    ];
    let names_row = (0..grid.rows().min(ROWS)).find(|row| {
        let at = |name: &str| (0..grid.width()).find(|c| collapsed(grid.cell(*row, *c)) == name);
        let words = |column: usize| match grid.cell(row + 1, column) {
            Cell::Text(text) => !text.is_empty() && !text.bytes().any(|b| b.is_ascii_digit()),
            _ => false,
        };
        let dated = [at("StartDate"), at("EndDate")];
        let signs = SIGNS.iter().filter(|sign| at(sign).is_some()).count();
        signs >= 2 && dated.into_iter().all(|column| column.is_some_and(words))
    })?;
    let mut drafts = Vec::new();
    for index in present(grid, names_row, names_row + 2) {
        let header = collapsed(grid.cell(names_row, index));
        let text = collapsed(grid.cell(names_row + 1, index));
        let role = match variable(&header) {
            Some(role) => role,
            None if is_analysis(&header) => Role::Unused,
            None if header.is_empty() => Role::Unknown,
            None => columns::recognise_in(Holds::Survey, &header)
                .or_else(|| who(&text))
                .unwrap_or(Role::Question),
        };
        drafts.push(draft(index, header, Some(text), role));
    }
    keep_one_completion(&mut drafts);
    Some(Shape {
        reason: "its first two rows are the variable names and question texts of Qualtrics"
            .to_owned(),
        ..shape(names_row, drafts)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_by_product, is_question_id, json_value, variable};
    use crate::data::Role;

    #[test]
    fn import_ids_and_the_time_zone_are_read_in_either_quotes() {
        let json = r#"{"ImportId":"endDate","timeZone":"Europe/London"}"#;
        assert_eq!(json_value(json, "ImportId"), Some("endDate"));
        assert_eq!(json_value(json, "timeZone"), Some("Europe/London"));
        assert_eq!(
            json_value("{'ImportId': 'QID2-1'}", "ImportId"),
            Some("QID2-1")
        );
        assert_eq!(json_value(r#"{"ImportId":"#, "ImportId"), None);
        assert_eq!(json_value("ImportId", "ImportId"), None);
    }

    #[test]
    fn questions_are_told_from_what_is_made_of_them() {
        assert!(is_question_id("QID4_TEXT") && is_question_id("1_QID10_1"));
        assert!(!is_question_id("startDate") && !is_question_id("StaffNumber"));
        assert!(is_by_product("QID2_TEXT_eae5a8d0e7fd4bd183e983e5Topics"));
        assert!(is_by_product("QID9_PAGE_SUBMIT") && !is_by_product("QID2_TEXT"));
        assert_eq!(variable("_recordId"), Some(Role::ResponseId));
        assert_eq!(variable("Q1"), None);
    }
}
