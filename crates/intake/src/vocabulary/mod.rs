//! The words of the field as data: what headers, labels, groups and questions
//! mean. Tables are TOML files beside the code, with their sources; nothing
//! here reads a study.

pub mod asc_wds;
pub mod assignment_status;
pub mod cells;
mod clock;
pub mod columns;
pub mod contracts;
pub mod dates;
pub mod destinations;
pub mod ethnicity;
pub mod events;
pub mod flows;
mod grouped;
pub mod groups;
pub mod identifiers;
pub mod items;
pub mod leaving_reasons;
pub mod levels;
pub mod missing;
pub mod month_dates;
pub mod months;
mod natural;
mod nearest;
pub mod nobody;
pub mod outcomes;
mod phrase;
mod plain_dates;
pub mod registration;
pub mod scales;
pub mod staff_survey;
mod tables;
pub mod text;
pub mod zones;

pub use nearest::nearest;
