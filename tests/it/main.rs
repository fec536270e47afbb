//! The one integration-test binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub
)]

mod answers_compared;
mod bad_input;
mod beside;
mod business_case;
mod case;
mod case_inputs;
mod commands;
mod compared;
mod comparison;
mod docs;
mod formats;
mod harness;
mod independent;
mod init;
mod laws;
mod real_files;
mod rollout;
mod sample;
mod small_lists;
mod tidy;
mod tour;
mod truths;
mod turnover;
mod vacancy;
mod whereabouts;
mod workbook;
