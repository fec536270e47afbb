//! What the columns of each file looked like when the study was last looked
//! at, and what moved since: a column that is new, gone or has another name,
//! a question with other options. Remembers headers and the labels of options
//! that were chosen more than once; never an answer of one person.

use super::read_in::FileRead;
use crate::survey::FileResponses;
use crate::vocabulary::text::fold;
use serde_json::{Value, json};
use staywise_core::domain::QuestionType;

/// Most options that are remembered of a question.
const OPTIONS: usize = 40;
/// How alike two names must be to be one that was changed.
const ALIKE: f64 = 0.8;

/// A file as it looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The file, with its sheet behind ` > ` in a workbook.
    pub place: String,
    /// What it holds and its layout, in the words of staywise.toml.
    pub kind: (String, String),
    /// Its columns from left to right.
    pub columns: Vec<SeenColumn>,
}

/// A column as it looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenColumn {
    /// The header or the question's words.
    pub words: String,
    /// What it is for, in the words of staywise.toml.
    pub role: String,
    /// The options that were chosen more than once, of a scale or a choice.
    pub options: Vec<String>,
}

/// What moved in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    /// The file as it is now.
    pub place: String,
    /// The file that it is held against; the same, or an earlier one like it.
    pub against: String,
    /// What moved, in order of column.
    pub moved: Vec<Moved>,
}

/// One thing that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// A column has another name, and probably means the same.
    Renamed {
        /// As it was.
        from: String,
        /// As it is.
        to: String,
        /// What the column was for.
        role: String,
    },
    /// A column is not there any more.
    Gone(String),
    /// A column was not there before.
    New(String),
    /// A question has options that it had not.
    NewOptions(String, Vec<String>),
}

/// How files look now.
#[must_use]
pub(super) fn look(files: &[FileRead], responses: &[FileResponses]) -> Vec<Seen> {
    files
        .iter()
        .filter_map(|file| {
            let report = &file.report;
            let (holds, layout) = (report.holds?, report.layout?);
            let asked = responses
                .iter()
                .find(|r| r.file == report.file && r.sheet == report.sheet);
            let columns = report.columns.iter().map(|column| {
                let question = asked.and_then(|r| {
                    r.questions
                        .iter()
                        .find(|q| q.name == column.name || q.text == column.header)
                });
                SeenColumn {
                    words: column.header.clone(),
                    role: column.role.clone(),
                    options: question.map(options).unwrap_or_default(),
                }
            });
            Some(Seen {
                place: place(&report.file, report.sheet.as_deref()),
                kind: (holds.word().to_owned(), layout.word().to_owned()),
                columns: columns.filter(|c| !c.words.is_empty()).collect(),
            })
        })
        .collect()
}

fn place(file: &str, sheet: Option<&str>) -> String {
    sheet.map_or_else(|| file.to_owned(), |sheet| format!("{file} > {sheet}"))
}

fn options(question: &crate::survey::QuestionReport) -> Vec<String> {
    let listed = matches!(
        question.kind,
        QuestionType::Scale | QuestionType::Choice | QuestionType::Multi
    );
    let chosen = question.options.iter().filter(|(_, n)| *n > 1);
    let labels: Vec<String> = chosen.map(|(label, _)| label.clone()).collect();
    if listed && labels.len() <= OPTIONS {
        labels
    } else {
        Vec::new()
    }
}

/// What moved between two looks, a file each; files that are as they were are
/// left out.
#[must_use]
pub fn moved(earlier: &[Seen], now: &[Seen]) -> Vec<Moves> {
    now.iter()
        .filter_map(|file| {
            let before = like(earlier, file)?;
            let moved = between(before, file);
            (!moved.is_empty()).then(|| Moves {
                place: file.place.clone(),
                against: before.place.clone(),
                moved,
            })
        })
        .collect()
}

/// The same file earlier, else the earlier file of its kind that shares most
/// columns with it, and at least a third.
fn like<'a>(earlier: &'a [Seen], file: &Seen) -> Option<&'a Seen> {
    if let Some(same) = earlier.iter().find(|e| e.place == file.place) {
        return Some(same);
    }
    let shared = |other: &Seen| {
        let has = |c: &&SeenColumn| other.columns.iter().any(|o| same(o, c));
        file.columns.iter().filter(has).count()
    };
    earlier
        .iter()
        .filter(|e| e.kind == file.kind)
        .map(|e| (shared(e), e))
        .filter(|(n, _)| *n * 3 >= file.columns.len())
        // Of equals the later in name: `wave-2` rather than `wave-1`.
        .max_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.place.cmp(&y.place)))
        .map(|(_, e)| e)
}

fn same(one: &SeenColumn, other: &SeenColumn) -> bool {
    fold(&one.words) == fold(&other.words)
}

fn between(before: &Seen, now: &Seen) -> Vec<Moved> {
    let absent = |from: &Seen, column: &SeenColumn| !from.columns.iter().any(|c| same(c, column));
    let mut gone: Vec<&SeenColumn> = before.columns.iter().filter(|c| absent(now, c)).collect();
    let mut moved = Vec::new();
    for column in &now.columns {
        if let Some(earlier) = before.columns.iter().find(|c| same(c, column)) {
            let new: Vec<String> = column
                .options
                .iter()
                .filter(|o| !earlier.options.iter().any(|e| fold(e) == fold(o)))
                .cloned()
                .collect();
            if !earlier.options.is_empty() && !new.is_empty() {
                moved.push(Moved::NewOptions(column.words.clone(), new));
            }
            continue;
        }
        let nearest = gone
            .iter()
            .enumerate()
            .map(|(at, c)| {
                (
                    strsim::jaro_winkler(&fold(&c.words), &fold(&column.words)),
                    at,
                )
            })
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .filter(|(alike, _)| *alike >= ALIKE);
        moved.push(match nearest {
            Some((_, at)) => {
                let from = gone.remove(at);
                Moved::Renamed {
                    from: from.words.clone(),
                    to: column.words.clone(),
                    role: from.role.clone(),
                }
            }
            None => Moved::New(column.words.clone()),
        });
    }
    moved.extend(gone.iter().map(|c| Moved::Gone(c.words.clone())));
    moved
}

impl Moved {
    /// What moved, in a sentence, and what to do about it.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::Renamed { from, to, role } if role == "question" => format!(
                "the question \"{from}\" is now \"{to}\"; if it is one item, write an [[item]] for \
                 each wording with the same name"
            ),
            Self::Renamed { from, to, role } => format!(
                "the column \"{from}\" is now \"{to}\"; if it is read as something else, write \
                 columns = {{ \"{to}\" = \"{role}\" }}"
            ),
            Self::Gone(words) => format!("the column \"{words}\" is not there any more"),
            Self::New(words) => format!("the column \"{words}\" is new"),
            Self::NewOptions(words, options) => format!(
                "\"{words}\" has answers that it had not: {}",
                options.join(", ")
            ),
        }
    }
}

/// The looks as JSON, for the study's private folder.
#[must_use]
pub fn write(seen: &[Seen]) -> String {
    let file = |s: &Seen| {
        let columns: Vec<Value> = s
            .columns
            .iter()
            .map(|c| json!({"words": c.words, "role": c.role, "options": c.options}))
            .collect();
        json!({"place": s.place, "holds": s.kind.0, "layout": s.kind.1, "columns": columns})
    };
    let files: Vec<Value> = seen.iter().map(file).collect();
    let mut text = serde_json::to_string_pretty(&json!({ "files": files })).unwrap_or_default();
    text.push('\n');
    text
}

/// The looks of an earlier time; none where the text is not what `write` writes.
#[must_use]
pub fn read(text: &str) -> Vec<Seen> {
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    let words = |value: &Value, key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let list = |value: &Value, key: &str| -> Vec<Value> {
        value
            .get(key)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let column = |value: &Value| SeenColumn {
        words: words(value, "words"),
        role: words(value, "role"),
        options: list(value, "options")
            .iter()
            .filter_map(|o| o.as_str().map(str::to_owned))
            .collect(),
    };
    list(&document, "files")
        .iter()
        .map(|file| Seen {
            place: words(file, "place"),
            kind: (words(file, "holds"), words(file, "layout")),
            columns: list(file, "columns").iter().map(column).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Moved, Seen, SeenColumn, moved, read, write};

    fn file(place: &str, columns: &[(&str, &[&str])]) -> Seen {
        Seen {
            place: place.into(),
            kind: ("survey".into(), "plain".into()),
            columns: columns
                .iter()
                .map(|(words, options)| SeenColumn {
                    words: (*words).into(),
                    role: "question".into(),
                    options: options.iter().map(|o| (*o).to_owned()).collect(),
                })
                .collect(),
        }
    }

    #[test]
    fn what_moved_is_told_against_the_file_most_like_it() {
        let before = [
            file(
                "w1.csv",
                &[
                    ("I plan to stay", &["Agree", "Disagree"]),
                    ("Site", &[]),
                    ("Why?", &[]),
                ],
            ),
            file(
                "other.csv",
                &[("Colour", &[]), ("Shape", &[]), ("Size", &[])],
            ),
        ];
        let now = [file(
            "w2.csv",
            &[
                ("I plan to stay", &["Agree", "Unsure"]),
                ("Site name", &[]),
                ("Ward", &[]),
            ],
        )];
        assert!(moved(&before, &before).is_empty());
        let found = moved(&before, &now);
        assert_eq!((found.len(), found[0].against.as_str()), (1, "w1.csv"));
        assert_eq!(
            found[0].moved,
            [
                Moved::NewOptions("I plan to stay".into(), vec!["Unsure".into()]),
                Moved::Renamed {
                    from: "Site".into(),
                    to: "Site name".into(),
                    role: "question".into()
                },
                Moved::New("Ward".into()),
                Moved::Gone("Why?".into()),
            ]
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        let seen = [file("a.xlsx > Sheet1", &[("\"x\"\n", &["é", "="])])];
        assert_eq!(read(&write(&seen)), seen);
        assert!(read("not json").is_empty());
    }
}
