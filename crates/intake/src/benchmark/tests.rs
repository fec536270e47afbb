//! What tables of published figures, flows and durations become.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
