//! The two quarters ahead: who may leave of those in post now, and who may
//! start, with prediction intervals. Foretells nothing of any one person, and
//! takes the past's rates to go on.

mod leavers;
mod starters;

pub use leavers::{Band, InPost, Leavers, leavers_due};
pub use starters::{Starters, StartersKnown, starters_due};
