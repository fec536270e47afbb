//! The typed shapes that stages hand to one another: tables as read, the
//! workforce, the survey, and the two linked. Holds data and looks things up
//! in it; reads nothing, decides nothing.

pub mod benchmark;
pub mod beside;
pub mod cell;
pub mod dimension;
#[cfg(test)]
pub(crate) mod fixture;
pub mod linked;
pub mod nearest;
pub mod role;
pub mod source;
pub mod stage;
pub mod survey;
pub mod table;
pub mod workforce;
pub mod workplaces;

pub use benchmark::{Benchmark, Benchmarks};
pub use beside::{FollowedPeople, PublishedFlow, PublishedFlows};
pub use cell::{Cell, Column};
pub use dimension::{Coded, History};
pub use linked::{LinkageReport, Linked};
pub use role::Role;
pub use source::{DateOrder, Holds, Layout, NumberStyle, Rename, SourceRule};
pub use stage::Stage;
pub use survey::{Invitations, ItemAnswers, Survey};
pub use table::{Table, TableColumn};
pub use workforce::{
    After, Change, ChangeKind, Meeting, Outcome, Post, PostKind, Preceptorship, Spell, Standing,
    Workforce,
};
pub use workplaces::{Vacancies, Workplace};
