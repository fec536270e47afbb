//! The known word that is nearest to one that is not. Offers it; replaces
//! nothing.

/// How alike two words must be for one to be offered for the other.
const ALIKE: f64 = 0.7;

/// The nearest of some names, where one is near.
#[must_use]
pub fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    names
        .map(|name| {
            let alike = strsim::normalized_levenshtein(&written, &name.to_lowercase());
            (alike, name)
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_offered_its_word_and_another_word_nothing() {
        let names = ["Female", "Male"];
        assert_eq!(nearest("Femal", names.into_iter()), Some("Female"));
        assert_eq!(nearest("Purple", names.into_iter()), None);
    }
}
