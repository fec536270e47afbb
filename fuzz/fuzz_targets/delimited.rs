//! Any bytes, named as a text file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use staywise_fuzz::{end_at_our_own_panics, read_and_hold};

fuzz_target!(init: end_at_our_own_panics(), |data: &[u8]| {
    read_and_hold("any.csv", data);
});
