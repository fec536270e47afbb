//! How an assignment stands: at work, or on a break. Does not keep which
//! break it is.

use super::{tables, text};
use crate::data::Standing;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    status: Vec<Status>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    name: Name,
    words: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Active,
    Break,
    Ended,
}

const TOML: &str = include_str!("assignment_status.toml");
static TABLE: LazyLock<Table> = LazyLock::new(|| tables::parse(TOML));
static LOOKUP: LazyLock<HashMap<&'static str, Standing>> = LazyLock::new(|| {
    let standing = |name| match name {
        Name::Break => Standing::Break,
        Name::Active | Name::Ended => Standing::Active,
    };
    let all = TABLE.status.iter();
    all.flat_map(|status| {
        let words = status.words.iter();
        words.map(move |w| (w.as_str(), standing(status.name)))
    })
    .collect()
});

/// What words say; nothing where they are not known. An assignment that has
/// ended was active until then.
#[must_use]
pub fn read(written: &str) -> Option<Standing> {
    LOOKUP.get(text::words(written).as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::{LOOKUP, TABLE, TOML, Table, read};
    use crate::data::Standing;
    use crate::vocabulary::{tables, text};

    #[test]
    fn the_table_is_whole() {
        assert_eq!(tables::fault::<Table>(TOML), None);
        let words = || TABLE.status.iter().flat_map(|status| &status.words);
        assert!(words().all(|word| *word == text::words(word)));
        assert_eq!(words().count(), LOOKUP.len());
    }

    #[test]
    fn statuses_are_at_work_or_a_break() {
        for (written, standing) in [
            ("Active Assignment", Some(Standing::Active)),
            ("Internal Secondment", Some(Standing::Active)),
            ("Acting Up", Some(Standing::Active)),
            ("Terminate Assignment", Some(Standing::Active)),
            ("Maternity & Adoption", Some(Standing::Break)),
            ("Career Break", Some(Standing::Break)),
            ("Suspend No Pay", Some(Standing::Break)),
            (
                "Out on External Secondment \u{2013} Paid",
                Some(Standing::Break),
            ),
            ("Inactive Not Worked", Some(Standing::Break)),
            ("on holiday", None),
        ] {
            assert_eq!(read(written), standing, "{written}");
        }
    }
}
