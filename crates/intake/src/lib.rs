//! What staywise reads: bytes to tables, tables to people, spells, responses
//! and answers, and the two linked. Opens no file, makes no frame, counts no
//! figure. Its own crate, so that it is built and tested in seconds.

pub mod benchmark;
pub mod data;
pub mod ingest;
pub mod linkage;
pub mod survey;
pub mod vocabulary;
pub mod workforce;
pub mod workplaces;
