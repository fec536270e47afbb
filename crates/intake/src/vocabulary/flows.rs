//! How the columns of a table of flows are called, as slugs. Canonical names
//! first.

/// When a row is of.
pub const PERIOD: &[&str] = &[
    "period",
    "month",
    "quarter",
    "year",
    "financial_year",
    "date",
    "reporting_period",
    "period_ending",
    "month_ending",
    "quarter_ending",
    "from",
];
/// The last day, where a period has two columns.
pub const PERIOD_END: &[&str] = &["to", "period_end", "until"];

/// In post at the start.
pub const OPENING: &[&str] = &[
    "opening",
    "opening_headcount",
    "opening_balance",
    "opening_stock",
    "start_headcount",
    "headcount_at_start",
    "headcount_at_start_of_period",
    "in_post_at_start",
    "staff_at_start",
    "opening_staff",
    "denominator_at_start_of_period",
];
/// Who came.
pub const JOINERS: &[&str] = &["joiners", "starters", "joined", "new_starters", "joiner"];
/// Who left.
pub const LEAVERS: &[&str] = &["leavers", "left", "leaver", "terminations"];
/// In post at the end.
pub const CLOSING: &[&str] = &[
    "closing",
    "closing_headcount",
    "closing_balance",
    "closing_stock",
    "end_headcount",
    "headcount_at_end",
    "headcount_at_end_of_period",
    "in_post_at_end",
    "staff_at_end",
    "closing_staff",
    "denominator_at_end_of_period",
];
/// The four counts in order.
pub const COUNTS: [&[&str]; 4] = [OPENING, JOINERS, LEAVERS, CLOSING];
