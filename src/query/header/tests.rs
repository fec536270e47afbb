//! What `header` reads and refuses.

#![allow(clippy::unwrap_used)]
use super::{Body, read};
use staywise_core::domain::{Kind, Unit};

const GOOD: &str = "-- metric:     belonging\r\n\
    -- label:      Belonging\r\n-- kind:       proportion\r\n-- grain:      response\r\n\
    -- additive:   yes\r\n-- good:       higher\r\n-- definition: Responses that favour it,\r\n\
    --             over responses: those with a valid answer.\r\n-- exclusions: None.\r\n\
    -- source:     Ours.\r\n-- horizon:    12 months\r\n\
    select response, answered_on as at, belonging_favourable as hit\r\nfrom responses\r\n";

#[test]
fn a_header_with_continued_lines() {
    let query = read("queries/survey/belonging.sql", GOOD).unwrap();
    let metric = &query.metric;
    assert_eq!(
        metric.definition,
        "Responses that favour it, over responses: those with a valid answer."
    );
    assert_eq!(
        (metric.kind, metric.unit),
        (Kind::Proportion, Unit::Fraction)
    );
    assert_eq!(metric.definition_id, "belonging");
    assert_eq!(metric.horizon_months, Some(12));
    let Body::Select(select) = &query.body else {
        unreachable!("a proportion has a SELECT")
    };
    assert!(select.sql.lines().nth(11).unwrap().starts_with("select"));
}

#[test]
fn all_that_is_wrong_comes_at_once() {
    let text = "-- metric: Belonging\n-- lable: B\n-- kind: proportoin\n-- grain: response\n\
                -- additive: yes\n-- good: higher\n-- definition: D\n-- exclusions: E\n\
                -- window: a year\n-- good: lower\nselect a / b from responses\n";
    let findings = read("queries/belonging.sql", text).unwrap_err();
    let all: Vec<String> = findings
        .iter()
        .map(|f| format!("{} {} {}", f.origin.row.unwrap_or(0), f.message, f.remedy))
        .collect();
    let all = all.join("\n");
    for part in [
        "1 `Belonging` is no name",
        "1 the metric is `Belonging` but the file is `belonging.sql`",
        "1 the header has no `label`",
        "1 the header has no `source`",
        "2 `lable` is no key of a header Did you mean `label`?",
        "3 `proportoin` is no kind Did you mean `proportion`?",
        "9 `a year` is no window",
        "10 `good` stands twice, first on line 6",
        "11 a division is refused",
    ] {
        assert!(all.contains(part), "{part} is not in\n{all}");
    }
}

#[test]
fn a_ratio_has_no_select() {
    let text = GOOD.replace("proportion", "ratio");
    let findings = read("queries/belonging.sql", &text).unwrap_err();
    let all: Vec<&str> = findings.iter().map(|f| f.message.as_str()).collect();
    assert!(all.contains(&"a ratio has no SELECT"), "{all:?}");
    assert!(all.contains(&"the header has no `numerator`"), "{all:?}");
}
