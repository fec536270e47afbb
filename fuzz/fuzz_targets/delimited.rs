//! Any bytes, named as a text file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use staywise_fuzz::read_and_hold;

fuzz_target!(|data: &[u8]| {
    read_and_hold("any.csv", data);
});
