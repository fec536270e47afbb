//! What a workplace file says of vacancies: lists, 999, 0, deleted rows, the
//! same workplace again.
#![allow(clippy::unwrap_used)]

use super::build;
use crate::data::{SourceRule, Stage, Table, Vacancies, Workplace};
use crate::ingest::{Input, read};

const HEADER: &str =
    "LOCALESTID,STATUS,ESTNAME,TOTALPERMTEMP,ALLJOBROLES,STARTERS,LEAVERS,VACANCIES";

fn tables(name: &str, rows: &[&str]) -> Vec<Table> {
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    let bytes = text.as_bytes();
    read(Input { name, bytes }, &SourceRule::default())
        .into_iter()
        .flat_map(|reading| reading.tables)
        .collect()
}

fn built(rows: &[&str]) -> (Vec<Workplace>, Stage) {
    build(&tables("workplace.csv", rows))
}

/// The vacancies of one workplace: roles and the list beside them.
fn one(roles: &str, vacancies: &str) -> Vacancies {
    let row = format!("HOME-A,UPDATE,Ours,20,{roles},0,0,{vacancies}");
    // A second row, so that no column is decided by one cell alone.
    let other = "HOME-B,UPDATE,Theirs,12,8;16,0,0,3;1";
    let (all, _) = built(&[&row, other]);
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].vacancies.total(), Some(4));
    all[0].vacancies.clone()
}

#[test]
fn lists_go_side_by_side_with_job_roles() {
    let both = one("16;8", "3;10");
    assert_eq!(both.total(), Some(13));
    assert_eq!(both.of("Registered Nurse"), Some(3));
    assert_eq!(both.of("Care worker"), Some(10));
    assert_eq!(both.of("Support worker"), Some(0));
    assert_eq!(one("16", "3").of("Registered Nurse"), Some(3));
    assert_eq!(one("16;16;8", "3;2;1").of("Registered Nurse"), Some(5));
    assert_eq!(
        one("16;53", "3;2").of("53"),
        Some(2),
        "a code without a label"
    );
}

#[test]
fn t11_999_and_nothing_are_not_known_and_0_is_none() {
    assert_eq!(one("16;8", "999"), Vacancies::NotKnown);
    assert_eq!(one("16;8", ""), Vacancies::NotKnown);
    assert_eq!(one("16;8", "0"), Vacancies::Nought);
    assert_eq!(one("16;8", "0;0").total(), Some(0));
    let in_part = one("16;8", "999;4");
    assert_eq!(in_part.total(), None, "the docs say: no total, not 4");
    assert_eq!(
        (in_part.of("Registered Nurse"), in_part.of("Care worker")),
        (None, Some(4))
    );
    assert_eq!(one("16;8", "2.5;4").total(), None);
    assert_eq!(one("16;8", "-2;4").total(), None);
    assert_eq!(one("16;16", "999;4").of("Registered Nurse"), None);
}

#[test]
fn t12_lists_of_unequal_length_are_not_known() {
    assert_eq!(one("16;8;4", "3;10"), Vacancies::NotKnown);
    assert_eq!(one("", "3"), Vacancies::NotKnown);
}

#[test]
fn workers_are_stated_with_their_place() {
    let (all, stage) = built(&[
        "HOME-A,UPDATE,Ours,20,8,0,0,1",
        "HOME-B,UPDATE,Ours,999,8,0,0,999",
        "HOME-C,UPDATE,Ours,,8,0,0,0",
        ",UPDATE,Ours,7,8,0,0,2",
    ]);
    let stated: Vec<_> = all.iter().map(|w| (w.level.as_str(), w.workers)).collect();
    assert_eq!(
        stated,
        [("HOME-A", Some(20)), ("HOME-B", None), ("HOME-C", None)]
    );
    assert!(all.iter().all(|w| w.dimension == "site"));
    assert_eq!(all[1].origin.row, Some(3));
    assert_eq!(all[1].origin.column.as_deref(), Some("D \"TOTALPERMTEMP\""));
    assert_eq!(stage.counted("workplaces"), Some(3));
    assert_eq!(
        stage.counted("workplaces that say how many posts are vacant"),
        Some(2)
    );
}

#[test]
fn a_deleted_workplace_is_none() {
    let (all, _) = built(&[
        "HOME-A,UPDATE,Ours,20,8,0,0,1",
        "HOME-B,DELETE,Ours,20,8,0,0,9",
    ]);
    assert_eq!(all.len(), 1);
}

#[test]
fn a_workplace_again_counts_once_or_is_not_known() {
    let ours = "HOME-A,UPDATE,Ours,20,8,0,0,1";
    let mut twice = tables("a.csv", &[ours]);
    twice.extend(tables("b.csv", &["HOME-A,UPDATE,Ours,20,8,5,5,1"]));
    let (all, stage) = build(&twice);
    assert_eq!((all.len(), all[0].vacancies.total()), (1, Some(1)));
    assert_eq!(stage.of("workplace-twice").count(), 0);
    twice.extend(tables("c.csv", &["HOME-A,UPDATE,Ours,20,8,0,0,2"]));
    let (all, stage) = build(&twice);
    assert_eq!((all.len(), all[0].vacancies.total()), (1, None));
    let found = stage.of("workplace-twice").next().unwrap();
    assert_eq!(
        (found.origin.file.as_str(), found.origin.row),
        ("c.csv", Some(2))
    );
}
