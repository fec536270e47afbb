//! staywise: preceptorship feedback and workforce data into evidence that
//! people can act on. One straight line from bytes to a document; stages meet
//! only in `pipeline`. ARCHITECTURE.md has the map.

pub mod case;
pub mod chart;
pub mod cli;
pub mod export;
pub mod files;
pub mod frames;
pub mod pipeline;
pub mod query;
pub mod report;
pub mod study;
pub mod synth;

pub use staywise_intake::{
    benchmark, data, ingest, linkage, survey, vocabulary, workforce, workplaces,
};
