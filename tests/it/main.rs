//! The one integration-test binary.
<<<<<<< HEAD

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub
)]

mod bad_input;
mod harness;
mod laws;
mod real_files;
mod tidy;
=======
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod independent;
mod truths;
>>>>>>> synth
