//! The field's words as types: what is counted, for whom, when, and how sure
//! we are. Imports nothing of the product and does no I/O.

pub mod day;
pub mod estimate;
pub mod finding;
pub mod group;
pub mod item;
pub mod metric;
pub mod period;
pub mod row;
pub mod sample;
pub mod tally;

pub use day::Day;
pub use estimate::{Estimate, Figures, Interval, Statistic, Unknown};
pub use finding::{Finding, Origin, Severity};
pub use group::{Dimension, Group, Level};
pub use item::{Item, QuestionType, Scale, ScaleLevel};
pub use metric::{Good, Grain, Kind, Metric, Unit};
pub use period::Period;
pub use row::{RowKey, Status};
pub use sample::{Arm, Sample};
pub use tally::{Cell, LifeTable, Tally, TallyTable};
