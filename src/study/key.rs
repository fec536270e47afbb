//! One table of staywise.toml, read key by key. Every key that is asked for is
//! known; what is left over at the end is not, and is said with the nearest
//! known key and the line.

use staywise_core::domain::{Day, Finding, Origin, Severity};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What was found while reading, with the text to count lines in.
pub(super) struct Findings<'t> {
    pub(super) text: &'t str,
    pub(super) list: Vec<Finding>,
}

impl Findings<'_> {
    pub(super) fn say(&mut self, at: usize, message: String, remedy: String) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let shown = self.text.lines().nth(line - 1).unwrap_or("").trim();
        self.list.push(Finding {
            rule: "study",
            severity: Severity::Error,
            origin: Origin {
                row: u32::try_from(line).ok(),
                ..Origin::file(super::FILE)
            },
            message: format!("{message}\n    {line} | {shown}"),
            remedy,
            count: 1,
            private_value: None,
        });
    }
}

/// A table being read.
pub(super) struct Section<'a, 'i> {
    name: String,
    table: &'a DeTable<'i>,
    known: Vec<&'static str>,
}

impl<'a, 'i> Section<'a, 'i> {
    pub(super) fn new(name: &str, table: &'a DeTable<'i>) -> Self {
        Self {
            name: name.to_owned(),
            table,
            known: Vec::new(),
        }
    }

    pub(super) fn value(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.table
            .iter()
            .find(|(k, _)| k.get_ref().as_ref() == key)
            .map(|(_, value)| value)
    }

    /// A value of a kind: what is expected, in words, and as it is written.
    fn take<T>(
        &mut self,
        key: &'static str,
        (expected, example): (&str, &str),
        found: &mut Findings<'_>,
        read: impl Fn(&DeValue<'i>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let taken = read(value.get_ref());
        if taken.is_none() {
            found.say(
                value.span().start,
                format!("`{key}` in {} must be {expected}.", self.place()),
                format!("Write, for instance, {key} = {example}"),
            );
        }
        taken
    }

    fn place(&self) -> String {
        if self.name.is_empty() {
            "the file".to_owned()
        } else {
            format!("[{}]", self.name)
        }
    }

    pub(super) fn text(&mut self, key: &'static str, found: &mut Findings<'_>) -> Option<String> {
        self.take(key, ("text in quotes", "\"text\""), found, |v| {
            v.as_str()
                .map(str::to_owned)
                .filter(|s| !s.trim().is_empty())
        })
    }

    pub(super) fn one_of<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(T, &'static str)],
        found: &mut Findings<'_>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let text = value.get_ref().as_str().unwrap_or("");
        let hit = words.iter().find(|(_, word)| *word == text);
        if hit.is_none() {
            let all: Vec<String> = words.iter().map(|(_, w)| format!("\"{w}\"")).collect();
            let near = nearest(text, words.iter().map(|(_, w)| *w));
            found.say(
                value.span().start,
                format!(
                    "`{key}` in {} is not one of {}.",
                    self.place(),
                    all.join(", ")
                ),
                near.map_or_else(
                    || "Write one of them.".to_owned(),
                    |near| format!("Did you mean \"{near}\"?"),
                ),
            );
        }
        hit.map(|(choice, _)| *choice)
    }

    pub(super) fn truth(&mut self, key: &'static str, found: &mut Findings<'_>) -> Option<bool> {
        self.take(key, ("true or false", "true"), found, DeValue::as_bool)
    }

    pub(super) fn whole(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
        found: &mut Findings<'_>,
    ) -> Option<u32> {
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        let example = range.start().to_string();
        self.take(key, (&expected, &example), found, |v| {
            let number = v.as_integer()?.as_str().parse().ok()?;
            range.contains(&number).then_some(number)
        })
    }

    pub(super) fn share(&mut self, key: &'static str, found: &mut Findings<'_>) -> Option<f64> {
        self.take(key, ("a number from 0 to 1", "0.05"), found, |v| {
            number(v).filter(|n| (0.0..=1.0).contains(n))
        })
    }

    pub(super) fn number(&mut self, key: &'static str, found: &mut Findings<'_>) -> Option<f64> {
        self.take(key, ("a number", "8.0"), found, number)
    }

    pub(super) fn positive(&mut self, key: &'static str, found: &mut Findings<'_>) -> Option<f64> {
        self.take(key, ("a number above 0", "120.0"), found, |v| {
            number(v).filter(|n| *n > 0.0)
        })
    }

    pub(super) fn day(&mut self, key: &'static str, found: &mut Findings<'_>) -> Option<Day> {
        self.take(key, ("a date", "2026-06-30"), found, day)
    }

    pub(super) fn texts(
        &mut self,
        key: &'static str,
        found: &mut Findings<'_>,
    ) -> Option<Vec<String>> {
        let kind = ("a list of texts", "[\"a\", \"b\"]");
        self.take(key, kind, found, texts)
    }

    pub(super) fn pairs(
        &mut self,
        key: &'static str,
        found: &mut Findings<'_>,
    ) -> Option<Vec<(String, String)>> {
        let kind = ("a list of pairs", "[[\"wave\", \"ethnic_minority\"]]");
        self.take(key, kind, found, |v| {
            let list = v.as_array()?;
            list.iter()
                .map(|pair| match texts(pair.get_ref())?.as_slice() {
                    [a, b] if a != b => Some((a.clone(), b.clone())),
                    _ => None,
                })
                .collect()
        })
    }

    /// Every key and text of a free table.
    pub(super) fn free<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        found: &mut Findings<'_>,
        read: impl Fn(&DeValue<'i>) -> Option<T>,
    ) -> Vec<(String, T)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let Some(table) = value.get_ref().as_table() else {
            let message = format!("`{key}` in {} must be a table.", self.place());
            found.say(
                value.span().start,
                message,
                format!("Write [{key}] on a line of its own."),
            );
            return Vec::new();
        };
        let mut out = Vec::new();
        for (name, value) in table {
            match read(value.get_ref()) {
                Some(taken) => out.push((name.get_ref().to_string(), taken)),
                None => found.say(
                    value.span().start,
                    format!("`{}` in [{key}] must be {expected}.", name.get_ref()),
                    format!("Write {expected} after the equals sign."),
                ),
            }
        }
        out
    }

    /// Says every key that was never asked for.
    pub(super) fn finish(self, found: &mut Findings<'_>) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if self.known.contains(&name) {
                continue;
            }
            let near = nearest(name, self.known.iter().copied());
            found.say(
                key.span().start,
                format!("`{name}` is not a key of {}.", self.place()),
                near.map_or_else(
                    || format!("Take it out, or use one of: {}.", self.known.join(", ")),
                    |near| format!("Did you mean `{near}`?"),
                ),
            );
        }
    }
}

pub(super) fn day(value: &DeValue<'_>) -> Option<Day> {
    match value {
        DeValue::String(text) => Day::parse_iso(text),
        DeValue::Datetime(moment) => {
            let date = moment.date?;
            Day::from_ymd(
                i32::from(date.year),
                u32::from(date.month),
                u32::from(date.day),
            )
        }
        _ => None,
    }
}

pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    let text = match value {
        DeValue::Integer(n) => n.as_str(),
        DeValue::Float(n) => n.as_str(),
        _ => return None,
    };
    text.parse().ok().filter(|n: &f64| n.is_finite())
}

pub(super) fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    let list = value.as_array()?;
    list.iter()
        .map(|v| v.get_ref().as_str().map(str::to_owned))
        .collect()
}

/// The known word most like a word, if any is like it.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    known
        .map(|k| (strsim::normalized_damerau_levenshtein(word, k), k))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k)
}
