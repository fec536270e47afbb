//! The words, the statistics, the disclosure control and the business-case
//! model of staywise.
//!
//! Nothing here reads a file, a clock or the environment, and nothing here
//! knows a data frame: it takes integers and gives figures that may be shown.
//!
//! `domain` has the words. `stats` and `disclosure` import only those words,
//! never each other; the program's pipeline brings them together.

pub mod casemodel;
pub mod disclosure;
pub mod domain;
pub mod stats;
