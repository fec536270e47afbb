//! Rows that name nobody: with nothing where the identifier should be, or with
//! a word that is none. Says which word, and names nobody.

use crate::data::stage::{Aside, Words};
use crate::data::{Role, Stage, Table};
use crate::vocabulary::nobody::{self, Nobody};
use staywise_core::domain::Severity;
use std::collections::BTreeMap;

/// Says of rows without an identifier which have a word in its place; of the
/// others what `words` say.
pub(super) fn report(table: &Table, rows: &[usize], words: &Words, stage: &mut Stage) {
    let column = table.column(&Role::StaffNumber);
    let said = column.map(|c| c.cells.read(nobody::read));
    let mut empty = Aside::default();
    let mut placed: BTreeMap<Nobody, Aside> = BTreeMap::new();
    for row in rows {
        let code = column.and_then(|c| c.cells.codes.get(*row));
        let word = said.as_ref().zip(code).and_then(|(said, code)| {
            let at = usize::try_from(*code).ok()?;
            *said.get(at)?
        });
        match word {
            Some(word) => placed.entry(word).or_default().add(*row),
            None => empty.add(*row),
        }
    }
    for (word, aside) in placed {
        let message = format!(
            "Rows have {} in place of a staff number. That names nobody, so they belong to nobody \
             who can be counted and are set aside.",
            word.in_words()
        );
        let words = Words {
            rule: "placeholder-identifier",
            severity: Severity::Warning,
            message: &message,
            remedy: remedy(word),
        };
        let place = |row| table.origin(row, column);
        stage.findings.extend(aside.finding(&words, place));
    }
    let place = |row| table.origin(row, None);
    stage.findings.extend(empty.finding(words, place));
}

fn remedy(word: Nobody) -> &'static str {
    match word {
        Nobody::Outside => {
            "Nothing, if these are agency or bank workers: they are not the organisation's own \
             staff. For staff of your own fill in the staff number."
        }
        _ => "Fill in the staff number.",
    }
}
