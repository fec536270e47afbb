//! A fitted Cox model in lines for private/: every coefficient with its
//! errors, for those who check a model. Never on a page.

use staywise_core::stats::cox::{CoxFit, Proportional};
use std::fmt::Write;

/// One model.
pub(crate) struct Coefficients {
    /// The comparison it belongs to.
    pub comparison: String,
    /// The fit.
    pub fit: CoxFit,
    /// Whether its effects are the same all along, where that could be told.
    pub proportional: Option<Proportional>,
}

/// The hazard ratio of the group of interest: the first column.
pub(super) type Ratio = (f64, staywise_core::domain::Interval, f64);

impl Coefficients {
    /// The ratio of the first column with its interval and p.
    pub(super) fn first(&self) -> Option<Ratio> {
        let found = self.fit.coefficients.first()?;
        Some((found.hazard_ratio, found.interval, found.p))
    }

    /// The p of the check that the first effect is the same all along.
    pub(super) fn first_check(&self) -> Option<f64> {
        let checked = self.proportional.as_ref()?;
        checked.terms.first().map(|term| term.test.p)
    }
}

/// `private/models.csv`; nothing where no model was fitted.
pub(crate) fn csv(models: &[Coefficients]) -> Option<Vec<u8>> {
    if models.is_empty() {
        return None;
    }
    let mut out = String::from(
        "comparison,term,coefficient,std_err,hazard_ratio,lower,upper,z,p,rows,events,ties\n",
    );
    for model in models {
        for c in &model.fit.coefficients {
            let term = c.label.replace('"', "\"\"");
            // Writing into a String cannot fail.
            let _ = writeln!(
                out,
                "{},\"{term}\",{},{},{},{},{},{},{},{},{},efron",
                model.comparison,
                c.estimate,
                c.std_err,
                c.hazard_ratio,
                c.interval.lower,
                c.interval.upper,
                c.z,
                c.p,
                model.fit.rows,
                model.fit.events
            );
        }
        let checked = model.proportional.iter().flat_map(|found| {
            let terms = found.terms.iter().map(|t| (t.term.as_str(), t.test));
            terms.chain([("all together", found.all)])
        });
        for (term, test) in checked {
            let term = term.replace('"', "\"\"");
            let _ = writeln!(
                out,
                "{},\"proportional hazards: {term}\",,,,,,{},{},{},{},efron",
                model.comparison, test.chi_square, test.p, model.fit.rows, model.fit.events
            );
        }
    }
    Some(out.into_bytes())
}
