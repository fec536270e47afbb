//! The business case: what a leaver costs, what the programme costs, how many
//! would have to stay for it to pay for itself, and what the study's own
//! difference comes to, with every input moved.
//!
//! A case is a row of formulas over inputs (`Model`), so that the same line is
//! worked out here, written into a workbook's cell and told in words. Nothing
//! here reads a file or holds a price; a figure of people enters only as an
//! input that somebody declared or that was released.

mod answers;
mod draws;
mod formula;
mod input;
mod model;
mod plan;
mod verdict;

pub use answers::{Bar, Scenarios, Target, Turn, drivers, payback, scenarios, switching, tornado};
pub use draws::{BATCH, Drawn, POINTS, batch, together};
pub use formula::{Formula, Rounding, pence};
pub use input::{Fault, Grade, Input, Provenance, Range, SetBy, Spread, UNITS, Unit};
pub use model::{Model, Part, Purse, Step, Values, Wrong};
pub use plan::{Adjustment, Effect, Plan, named, of_year};
pub use verdict::{HeldBack, Verdict, Withheld, verdict, withheld};
