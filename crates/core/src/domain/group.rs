//! Whom a figure is about: everyone, one level of a dimension, or a pair.

use std::fmt;
use std::sync::Arc;

/// What people are divided by: `site`, `ethnic_group`, `programme`. A slug.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dimension(Arc<str>);

/// One part of a dimension, as it is printed: `Ward 7`, `Not stated`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(Arc<str>);

impl Dimension {
    /// A dimension by its slug.
    #[must_use]
    pub fn new(slug: &str) -> Self {
        Self(slug.into())
    }

    /// The slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Level {
    /// A level by its printed name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The printed name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Nobody in particular (everyone), one level, or one level of each of a pair
/// of dimensions in the pair's declared order.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group(Vec<(Dimension, Level)>);

impl Group {
    /// Everyone.
    #[must_use]
    pub fn everyone() -> Self {
        Self::default()
    }

    /// One level of one dimension.
    #[must_use]
    pub fn one(dimension: &Dimension, level: &Level) -> Self {
        Self(vec![(dimension.clone(), level.clone())])
    }

    /// One level of each of two dimensions.
    #[must_use]
    pub fn pair(first: (&Dimension, &Level), second: (&Dimension, &Level)) -> Self {
        Self(vec![
            (first.0.clone(), first.1.clone()),
            (second.0.clone(), second.1.clone()),
        ])
    }

    /// The parts: none for everyone.
    #[must_use]
    pub fn parts(&self) -> &[(Dimension, Level)] {
        &self.0
    }

    /// Whether this is everyone.
    #[must_use]
    pub fn is_everyone(&self) -> bool {
        self.0.is_empty()
    }
}
