//! The words of the field as data: what headers, labels, groups and questions
//! mean. Tables are TOML files beside the code, with their sources; nothing
//! here reads a study.

pub mod asc_wds;
pub mod cells;
mod clock;
pub mod columns;
pub mod dates;
pub mod ethnicity;
pub mod groups;
pub mod identifiers;
pub mod items;
pub mod levels;
pub mod missing;
pub mod months;
mod natural;
pub mod outcomes;
mod phrase;
pub mod registration;
pub mod scales;
mod tables;
pub mod text;
