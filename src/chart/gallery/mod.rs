//! The stress gallery: every kind of chart with every kind of trouble, wide and
//! narrow, and what must hold of each. Only for tests.

mod answers_fixture;
mod evidence_fixture;
mod evidence_tests;
mod fixture;
mod kinds_tests;
mod look;
pub(super) mod made_up;
mod marks;
mod over_time_fixture;
mod tests;
