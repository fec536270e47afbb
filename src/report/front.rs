//! The front matter of a report: lines of `key: value` between two lines of
//! `---` at the top of the file.

use super::error::unknown;

/// What a report says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// The page's title.
    pub title: String,
    /// A line under it; may be empty.
    pub description: String,
}

const KEYS: [&str; 2] = ["title", "description"];

/// The front matter, and the rest of the text with an empty line for each
/// line taken, so that line numbers stay those of the file.
///
/// # Errors
/// The line, from 1, and what is wrong with it.
pub fn split(text: &str) -> Result<(Front, String), (usize, String)> {
    let mut lines = text.lines().enumerate();
    let starts = lines
        .next()
        .is_some_and(|(_, line)| line.trim_end() == "---");
    if !starts {
        return Err((
            1,
            "a report starts with a line `---` and its `title:`".to_owned(),
        ));
    }
    let mut front = Front::default();
    let mut taken = 1;
    let mut closed = false;
    for (index, line) in lines {
        taken += 1;
        if line.trim_end() == "---" {
            closed = true;
            break;
        }
        read(line, &mut front).map_err(|message| (index + 1, message))?;
    }
    if !closed {
        return Err((
            1,
            "the front matter is not closed by a line `---`".to_owned(),
        ));
    }
    if front.title.is_empty() {
        return Err((1, "the front matter has no `title:`".to_owned()));
    }
    let body: Vec<&str> = text.lines().skip(taken).collect();
    Ok((front, "\n".repeat(taken) + &body.join("\n")))
}

fn read(line: &str, front: &mut Front) -> Result<(), String> {
    if line.trim().is_empty() {
        return Ok(());
    }
    let (key, value) = line
        .split_once(':')
        .ok_or_else(|| format!("`{}` is not `key: value`", line.trim()))?;
    let value = value.trim().to_owned();
    match key.trim() {
        "title" => front.title = value,
        "description" => front.description = value,
        other => return Err(unknown("front matter key", other, KEYS.into_iter())),
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::split;

    #[test]
    fn lines_keep_their_numbers() {
        let (front, body) = split("---\ntitle: A: b\ndescription: c\n---\nfive\nsix").unwrap();
        assert_eq!(
            (front.title.as_str(), front.description.as_str()),
            ("A: b", "c")
        );
        assert_eq!(body.lines().nth(4), Some("five"));
    }

    #[test]
    fn mistakes_have_their_line() {
        assert_eq!(split("# Title").unwrap_err().0, 1);
        let (line, message) = split("---\ntitle: a\ntitel: b\n---\n").unwrap_err();
        assert_eq!(line, 3);
        assert!(message.contains("did you mean `title`"), "{message}");
        assert!(
            split("---\ntitle: a\n")
                .unwrap_err()
                .1
                .contains("not closed")
        );
        assert!(split("---\n---\n").unwrap_err().1.contains("no `title:`"));
    }
}
