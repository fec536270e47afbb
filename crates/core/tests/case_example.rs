//! The hand-worked example of the business case, to the penny, and what it
//! answers. docs/methods/business-case.md has the same table.
#![allow(clippy::unwrap_used)]

mod case_made;

use case_made::model;
use staywise_core::casemodel::{Adjustment, Rounding};

#[test]
fn prints() {
    let m = model(Some((0.01, 0.05, 0.09)), Adjustment::Attribution);
    let v = m.worked(&m.central(), Rounding::Pence);
    for s in &m.steps {
        println!(
            "{:28} {:>16.4}   {}",
            s.name,
            v.get(&s.name).unwrap_or(f64::NAN),
            s.formula.text(&|n| n.to_owned())
        );
    }
}
