//! How a preceptorship stands, in the words of registers.

use super::text;
use crate::data::workforce::Outcome;

/// Phrases and what they say; the first that a text holds counts.
const PHRASES: [(&str, Outcome); 52] = [
    ("not enrolled", Outcome::NotEnrolled),
    ("never enrolled", Outcome::NotEnrolled),
    ("not on programme", Outcome::NotEnrolled),
    ("not on the programme", Outcome::NotEnrolled),
    ("did not enrol", Outcome::NotEnrolled),
    ("did not take part", Outcome::NotEnrolled),
    ("not taking part", Outcome::NotEnrolled),
    ("not participating", Outcome::NotEnrolled),
    ("no preceptorship", Outcome::NotEnrolled),
    ("not eligible", Outcome::NotEnrolled),
    ("not required", Outcome::NotEnrolled),
    ("exempt", Outcome::NotEnrolled),
    ("declined", Outcome::NotEnrolled),
    ("opted out", Outcome::NotEnrolled),
    ("not completed", Outcome::UnderWay),
    ("not complete", Outcome::UnderWay),
    ("incomplete", Outcome::UnderWay),
    ("not yet", Outcome::UnderWay),
    ("withdrawn", Outcome::Withdrawn),
    ("withdrew", Outcome::Withdrawn),
    ("withdraw", Outcome::Withdrawn),
    ("discontinued", Outcome::Withdrawn),
    ("dropped out", Outcome::Withdrawn),
    ("left", Outcome::Withdrawn),
    ("leaver", Outcome::Withdrawn),
    ("resigned", Outcome::Withdrawn),
    ("extended", Outcome::Extended),
    ("extension", Outcome::Extended),
    ("completed", Outcome::Completed),
    ("complete", Outcome::Completed),
    ("finished", Outcome::Completed),
    ("signed off", Outcome::Completed),
    ("passed", Outcome::Completed),
    ("achieved", Outcome::Completed),
    ("graduated", Outcome::Completed),
    ("in progress", Outcome::UnderWay),
    ("ongoing", Outcome::UnderWay),
    ("on going", Outcome::UnderWay),
    ("under way", Outcome::UnderWay),
    ("underway", Outcome::UnderWay),
    ("active", Outcome::UnderWay),
    ("current", Outcome::UnderWay),
    ("on track", Outcome::UnderWay),
    ("on programme", Outcome::UnderWay),
    ("open", Outcome::UnderWay),
    ("started", Outcome::UnderWay),
    ("enrolled", Outcome::UnderWay),
    ("commenced", Outcome::UnderWay),
    ("behind", Outcome::UnderWay),
    ("overdue", Outcome::UnderWay),
    ("delayed", Outcome::UnderWay),
    ("paused", Outcome::UnderWay),
];

/// Reads words; nothing where they are none of those that registers use.
#[must_use]
pub fn read(written: &str) -> Option<Outcome> {
    let words = format!(" {} ", text::words(written));
    PHRASES
        .iter()
        .find(|(phrase, _)| words.contains(&format!(" {phrase} ")))
        .map(|(_, outcome)| *outcome)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::data::workforce::Outcome;

    #[test]
    fn words_of_registers() {
        for (words, outcome) in [
            ("Completed", Some(Outcome::Completed)),
            ("Not completed", Some(Outcome::UnderWay)),
            ("Extended to March", Some(Outcome::Extended)),
            ("Withdrawn (left Trust)", Some(Outcome::Withdrawn)),
            ("In-progress", Some(Outcome::UnderWay)),
            ("Not enrolled", Some(Outcome::NotEnrolled)),
            ("Declined a place", Some(Outcome::NotEnrolled)),
            ("Enrolled", Some(Outcome::UnderWay)),
            ("see notes", None),
        ] {
            assert_eq!(read(words), outcome, "{words}");
        }
    }
}
