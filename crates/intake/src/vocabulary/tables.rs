//! Reading the TOML tables that are built in. A table that is broken is an
//! empty one at run time and a failed test before that; it never panics.

use serde::de::DeserializeOwned;

/// Parses a built-in table; an empty one where it cannot be read.
pub(super) fn parse<T: DeserializeOwned + Default>(toml: &str) -> T {
    toml::from_str(toml).unwrap_or_default()
}

/// Why a built-in table cannot be read, for tests.
#[cfg(test)]
pub(super) fn fault<T: DeserializeOwned>(toml: &str) -> Option<String> {
    toml::from_str::<T>(toml).err().map(|e| e.to_string())
}
