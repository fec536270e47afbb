//! What a query says, word by word, before any engine sees it: one SELECT in
//! the common dialect, reading only frames. Never runs anything and never
//! resolves a name.

mod depth;

use crate::frames::Frame;
use depth::too_deep;

/// Something that a query may not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The line of the file, from 1.
    pub line: u32,
    /// What was found.
    pub message: String,
    /// What to do instead.
    pub remedy: &'static str,
}

/// A SELECT that may be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// The text for the engine; the header's lines are blank in it, so that
    /// line numbers are the file's.
    pub sql: String,
    /// The frames it reads, in order of first mention.
    pub frames: Vec<Frame>,
    /// Every word in it that could name a column, in order of first mention.
    words: Vec<String>,
    /// Whether it asks for all columns of something.
    star: bool,
}

impl Select {
    /// Whether the query may need a column of this name.
    #[must_use]
    pub fn may_read(&self, column: &str) -> bool {
        self.star || self.words.iter().any(|word| word == column)
    }

    /// Every word that could name a column, in order of first mention.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether it reads a frame.
    #[must_use]
    pub fn reads(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A name or keyword in lower case; quoted names keep their case.
    Word(String),
    Text,
    Number,
    Sign(char),
}

struct Placed {
    token: Token,
    line: u32,
    /// Where it starts, in characters.
    at: usize,
}

impl Placed {
    fn word(&self) -> Option<&str> {
        match &self.token {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is_sign(&self, sign: char) -> bool {
        self.token == Token::Sign(sign)
    }
}

const STATEMENTS: [&str; 20] = [
    "alter", "analyze", "attach", "call", "copy", "create", "delete", "describe", "drop",
    "execute", "explain", "grant", "insert", "into", "merge", "pragma", "set", "show", "truncate",
    "update",
];

const CLOCK: [&str; 8] = [
    "current_date",
    "current_time",
    "current_timestamp",
    "localtime",
    "localtimestamp",
    "now",
    "random",
    "today",
];

const ONE_SELECT: &str = "Write one SELECT; a WITH clause before it is fine.";
const DIALECT: &str =
    "Write it with names, numbers, 'text' and the signs ( ) , . + - * % = < > ! | : only.";
const NO_DIVISION: &str = "Return one row a unit; rates are made from the counts, by kind.";
const NO_CLOCK: &str = "Read as_at or as_at_day from params.";
const FRAMES_ONLY: &str =
    "Read the frames that queries/README.md lists; no file and no function makes rows.";

/// Reads the part of a file after its header.
///
/// # Errors
/// Everything that is refused, in order of lines.
pub(super) fn read(sql: String) -> Result<Select, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let tokens = tokens(&sql, &mut refusals);
    statement(&tokens, &mut refusals);
    sources(&tokens, &mut refusals);
    refusals.extend(too_deep(&tokens));
    if !refusals.is_empty() {
        refusals.sort_by_key(|r| r.line);
        return Err(refusals);
    }
    // A `;` can only be the last token by now; a comment may follow it.
    let end = tokens.last().filter(|last| last.is_sign(';'));
    let text = match end {
        Some(last) => sql.chars().take(last.at).collect(),
        None => sql,
    };
    let mut select = Select {
        frames: frames(&tokens),
        words: Vec::new(),
        star: star(&tokens),
        sql: text,
    };
    for placed in tokens {
        if let Token::Word(word) = placed.token
            && !select.words.contains(&word)
        {
            select.words.push(word);
        }
    }
    Ok(select)
}

fn tokens(sql: &str, refusals: &mut Vec<Refusal>) -> Vec<Placed> {
    let chars: Vec<char> = sql.chars().collect();
    let (mut at, mut line, mut out) = (0, 1_u32, Vec::new());
    while let Some(&c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or(&[]);
        let (token, length) = match c {
            _ if c.is_whitespace() => (None, 1),
            '-' if rest.get(1) == Some(&'-') => (None, until_line_end(rest)),
            '\'' => (Some(Token::Text), quoted(rest).1),
            '"' => (Some(Token::Word(quoted(rest).0)), quoted(rest).1),
            _ if c.is_alphabetic() || c == '_' => {
                let word = rest
                    .iter()
                    .take_while(|c| c.is_alphanumeric() || **c == '_');
                let word: String = word.collect();
                let length = word.chars().count();
                (Some(Token::Word(word.to_lowercase())), length)
            }
            _ if c.is_ascii_digit() => {
                let digits = rest
                    .iter()
                    .take_while(|c| c.is_ascii_alphanumeric() || **c == '.');
                (Some(Token::Number), digits.count())
            }
            _ => (Some(Token::Sign(c)), 1),
        };
        let before = at.checked_sub(1).and_then(|i| chars.get(i));
        if let Some((message, remedy)) = unwritable(rest, length, before) {
            refusals.push(Refusal {
                line,
                message,
                remedy,
            });
        }
        if let Some(token) = token {
            out.push(Placed { token, line, at });
        }
        let passed = rest.iter().take(length).filter(|c| **c == '\n').count();
        line += u32::try_from(passed).unwrap_or(0);
        at += length;
    }
    out
}

/// Why what starts here is not of the dialect: other engines, and ours, may
/// read it otherwise than this module does.
fn unwritable(
    rest: &[char],
    length: usize,
    before: Option<&char>,
) -> Option<(String, &'static str)> {
    let c = rest.first()?;
    if *c == '/' && rest.get(1) == Some(&'*') {
        let message = "a comment between /* and */".to_owned();
        return Some((message, "Write comments as lines that start with --."));
    }
    if *c == '\'' || *c == '"' {
        let odd = length > rest.len() || before.is_some_and(|b| b.is_alphanumeric());
        let message = "a quote that does not end, or has letters before it".to_owned();
        return odd.then_some((
            message,
            "Write text as 'text', with '' for a quote inside it.",
        ));
    }
    let usual = c.is_whitespace() || c.is_alphanumeric() || "_(),.+-*%=<>!|:;/".contains(*c);
    (!usual).then(|| (format!("the sign `{c}`"), DIALECT))
}

fn until_line_end(rest: &[char]) -> usize {
    rest.iter().take_while(|c| **c != '\n').count()
}

/// The text inside the quotes that `rest` opens with, and how many characters
/// that takes with both quotes; a doubled quote is one. More than there are
/// where nothing closes it.
fn quoted(rest: &[char]) -> (String, usize) {
    let quote = rest.first();
    let (mut text, mut at) = (String::new(), 1);
    while let Some(c) = rest.get(at) {
        if Some(c) != quote {
            text.push(*c);
            at += 1;
        } else if rest.get(at + 1) == quote {
            text.push(*c);
            at += 2;
        } else {
            return (text, at + 1);
        }
    }
    (text, rest.len() + 1)
}

fn statement(tokens: &[Placed], refusals: &mut Vec<Refusal>) {
    let mut refuse = |line, message: String, remedy| {
        refusals.push(Refusal {
            line,
            message,
            remedy,
        });
    };
    match tokens.first() {
        None => refuse(1, "a file without a SELECT".to_owned(), ONE_SELECT),
        Some(first) if matches!(first.word(), Some("select" | "with")) => {}
        Some(first) => refuse(
            first.line,
            "a statement that is no SELECT".to_owned(),
            ONE_SELECT,
        ),
    }
    for (index, placed) in tokens.iter().enumerate() {
        if placed.is_sign(';') && index + 1 < tokens.len() {
            refuse(
                placed.line,
                "a `;` with more after it".to_owned(),
                ONE_SELECT,
            );
        }
        if placed.is_sign('/') {
            refuse(placed.line, "a division".to_owned(), NO_DIVISION);
        }
        let Some(word) = placed.word() else {
            continue;
        };
        if index > 0 && STATEMENTS.contains(&word) {
            refuse(placed.line, format!("the word `{word}`"), ONE_SELECT);
        }
        if CLOCK.contains(&word) {
            refuse(
                placed.line,
                format!("`{word}`, which differs from run to run,"),
                NO_CLOCK,
            );
        }
    }
}

/// Refuses what stands where a frame should and makes rows itself.
fn sources(tokens: &[Placed], refusals: &mut Vec<Refusal>) {
    // For each open bracket, the word before it: `extract(year from at)` has
    // a FROM that names no frame.
    let mut brackets: Vec<Option<&str>> = Vec::new();
    let mut in_from = false;
    let mut before: Option<&Placed> = None;
    for (index, placed) in tokens.iter().enumerate() {
        let inside = brackets.last().copied().flatten();
        let in_function = matches!(inside, Some("extract" | "trim" | "substring"));
        let opens = matches!(
            before.and_then(Placed::word),
            Some("from" | "join" | "lateral")
        ) || (in_from && before.is_some_and(|b| b.is_sign(',')));
        let stands_for_frame = opens && !in_function;
        let called = tokens.get(index + 1).is_some_and(|next| next.is_sign('('));
        let mut refuse = |message| {
            let (line, remedy) = (placed.line, FRAMES_ONLY);
            refusals.push(Refusal {
                line,
                message,
                remedy,
            });
        };
        match &placed.token {
            Token::Sign('(') => brackets.push(before.and_then(Placed::word)),
            Token::Sign(')') => {
                brackets.pop();
            }
            Token::Text if stands_for_frame => {
                refuse("text where a frame should stand".to_owned());
            }
            Token::Word(name) => {
                let reader = name.starts_with("read_") || name.starts_with("scan_");
                if called && (stands_for_frame || reader) {
                    refuse(format!("`{name}(...)` where a frame should stand"));
                }
                match name.as_str() {
                    "from" => in_from = !in_function,
                    "where" | "group" | "order" | "having" | "limit" | "select" | "on" => {
                        in_from = false;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        before = Some(placed);
    }
}

fn frames(tokens: &[Placed]) -> Vec<Frame> {
    let mut found = Vec::new();
    let mut before: Option<&Placed> = None;
    for placed in tokens {
        let renamed = before.is_some_and(|b| b.word() == Some("as") || b.is_sign('.'));
        if let Some(frame) = placed.word().and_then(Frame::from_word)
            && !renamed
            && !found.contains(&frame)
        {
            found.push(frame);
        }
        before = Some(placed);
    }
    found
}

/// Whether a `*` stands for all columns; that of count(*) does not.
fn star(tokens: &[Placed]) -> bool {
    tokens.iter().enumerate().any(|(index, placed)| {
        let counted = index.checked_sub(2).and_then(|b| tokens.get(b));
        placed.is_sign('*') && counted.and_then(Placed::word) != Some("count")
    })
}

#[cfg(test)]
mod tests;
