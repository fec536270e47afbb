//! staywise: preceptorship feedback and workforce data into evidence that
//! people can act on. One straight line from bytes to a document; stages meet
//! only in `pipeline`. ARCHITECTURE.md has the map.

pub mod data;
pub mod linkage;
pub mod survey;
pub mod vocabulary;
pub mod workforce;
