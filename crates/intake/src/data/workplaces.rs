//! What a workplace says of its own posts: how many are vacant, by job role,
//! and how many workers it has. About posts and places, never about a person.

use staywise_core::domain::Origin;
use std::collections::BTreeMap;

/// One workplace, as a row of its provider's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workplace {
    /// The dimension of which it is a level: `site`.
    pub dimension: String,
    /// Its level, as the workers at it have it.
    pub level: String,
    /// Its vacant posts.
    pub vacancies: Vacancies,
    /// How many permanent and temporary workers it says that it has.
    pub workers: Option<u64>,
    /// Where it says so: its row, and that column if there is one.
    pub origin: Origin,
}

/// The vacant posts of a workplace. Whole posts, filled by nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vacancies {
    /// It does not say.
    NotKnown,
    /// None, in any job role.
    Nought,
    /// By job role as a level of `profession`; nothing where it does not say
    /// for that role.
    Each(BTreeMap<String, Option<u32>>),
}

impl Vacancies {
    /// All of them; nothing where those of one role are not known.
    #[must_use]
    pub fn total(&self) -> Option<u32> {
        match self {
            Self::NotKnown => None,
            Self::Nought => Some(0),
            Self::Each(roles) => roles
                .values()
                .try_fold(0_u32, |sum, role| sum.checked_add((*role)?)),
        }
    }

    /// Those of a job role: none of one that is not among the roles that the
    /// workplace lists; nothing where they are not known.
    #[must_use]
    pub fn of(&self, role: &str) -> Option<u32> {
        match self {
            Self::NotKnown => None,
            Self::Nought => Some(0),
            Self::Each(roles) => roles.get(role).copied().unwrap_or(Some(0)),
        }
    }

    /// Whether it names a job role.
    #[must_use]
    pub fn names(&self, role: &str) -> bool {
        matches!(self, Self::Each(roles) if roles.contains_key(role))
    }
}

#[cfg(test)]
mod tests {
    use super::Vacancies;
    use std::collections::BTreeMap;

    fn each(roles: &[(&str, Option<u32>)]) -> Vacancies {
        let roles = roles.iter().map(|(role, n)| ((*role).to_owned(), *n));
        Vacancies::Each(BTreeMap::from_iter(roles))
    }

    #[test]
    fn one_role_that_is_not_known_leaves_no_total() {
        let known = each(&[("Nurse", Some(2)), ("Carer", Some(5))]);
        assert_eq!((known.total(), known.of("Nurse")), (Some(7), Some(2)));
        assert_eq!(known.of("Cook"), Some(0), "it lists all of its roles");
        let in_part = each(&[("Nurse", Some(2)), ("Carer", None)]);
        assert_eq!((in_part.total(), in_part.of("Carer")), (None, None));
        assert_eq!(in_part.of("Nurse"), Some(2));
        assert_eq!(each(&[]).total(), Some(0));
        assert_eq!(Vacancies::Nought.of("Cook"), Some(0));
        assert_eq!(Vacancies::NotKnown.of("Cook"), None);
        assert!(known.names("Nurse") && !known.names("Cook"));
        let many = each(&[("Nurse", Some(u32::MAX)), ("Carer", Some(1))]);
        assert_eq!(many.total(), None, "no number that is too high is made");
    }
}
