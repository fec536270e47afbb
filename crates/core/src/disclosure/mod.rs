//! Disclosure control: what is hidden so that nobody can be found in a
//! figure, and the only door through which figures leave.
//!
//! `protect` takes exact tallies and takes out what must be hidden; `release`
//! has estimates made from what is left and gives rows that may be presented.
//! Nothing here estimates, formats or writes. Checked against the attacks
//! that docs/privacy.md lists; no more is claimed.

mod attack;
mod change;
mod curve;
mod measure;
mod modelled;
#[cfg(test)]
mod oracle;
mod pattern;
mod policy;
mod precision;
mod protect;
mod protected;
mod public;
mod published;
mod related;
mod release;
mod released;
mod remainder;
mod series;

pub use modelled::{Basis, Modelled, release_modelled};
pub use policy::Policy;
pub use precision::Precision;
pub use protect::{Release, protect};
pub use protected::{HiddenCounts, Protected, ProtectedCell, ProtectedTable, Summary};
pub use published::{NotPublished, PublishedFields};
pub use release::{Comparator, Estimator, release};
pub use released::Released;
