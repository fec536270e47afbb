//! The words of the field as data: what headers, labels, groups and questions
//! mean. Tables are TOML files beside the code, with their sources; nothing
//! here reads a study.

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
mod phrase;
pub mod scales;
mod tables;
pub mod text;
pub mod zones;
