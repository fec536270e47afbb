//! What a release must hide, and how exactly it may speak. A policy is fixed
//! text and numbers: it never looks at data.

/// A disclosure policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    name: &'static str,
    threshold: u64,
    words: &'static str,
}

impl Policy {
    /// The NHS Staff Survey's rule: nothing about fewer than 10 people. Its
    /// protection interval: each primary cell may be anything from 1 to 9.
    #[must_use]
    pub fn nss10() -> Self {
        Self::of("nss10", 10)
    }

    /// The policy of that name, where there is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::nss10()].into_iter().find(|p| p.name == name)
    }

    /// The names `named` knows.
    #[must_use]
    pub fn names() -> &'static [&'static str] {
        &["nss10"]
    }

    /// A policy of a threshold.
    pub(super) fn of(name: &'static str, threshold: u64) -> Self {
        Self {
            name,
            threshold,
            words: "hidden to protect people",
        }
    }

    /// Its name in `staywise.toml`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The smallest number of people a shown figure may be about, 0 apart.
    #[must_use]
    pub fn threshold(&self) -> u64 {
        self.threshold
    }

    /// The one reason every hidden cell gives.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.words
    }

    /// Whether a count is of too few people: 1 to the threshold less 1.
    #[must_use]
    pub fn too_few(&self, count: u64) -> bool {
        count > 0 && count < self.threshold
    }
}

#[cfg(test)]
mod tests {
    use super::Policy;

    #[test]
    fn nss10_is_found_by_its_name_and_no_other_is() {
        assert_eq!(Policy::named("nss10"), Some(Policy::nss10()));
        assert_eq!(Policy::named("nss11"), None);
        for name in Policy::names() {
            assert_eq!(Policy::named(name).map(|p| p.name()), Some(*name));
        }
    }

    #[test]
    fn too_few_is_a_comparison_of_numbers() {
        let five = Policy::of("five", 5);
        let few: Vec<u64> = [0, 1, 4, 5, 10, 138]
            .into_iter()
            .filter(|n| five.too_few(*n))
            .collect();
        assert_eq!(few, [1, 4]);
    }
}
