//! What `sql` reads and refuses.

#![allow(clippy::unwrap_used)]
use super::{Frame, read};

fn refused(sql: &str) -> Vec<(u32, String)> {
    let found = read(sql.to_owned()).err().unwrap_or_default();
    found.into_iter().map(|r| (r.line, r.message)).collect()
}

#[test]
fn a_plain_select_says_what_it_reads() {
    let sql = "with old as (select * from spells s) -- a ; and a / here\n\
               select \"person\", 'a / b; c' as x from old join people as p on p.person = old.person;  -- end";
    let select = read(sql.to_owned()).unwrap();
    assert_eq!(select.frames, [Frame::Spells, Frame::People]);
    assert!(select.may_read("anything"), "a star reads every column");
    assert!(
        select.sql.ends_with("p.person = old.person"),
        "{}",
        select.sql
    );
    let counted = read("select count(*) as n from people".to_owned()).unwrap();
    assert!(!counted.may_read("first_start") && counted.may_read("n"));
}

#[test]
fn what_is_no_select_is_refused_with_its_line() {
    for (sql, line, part) in [
        ("", 1, "without a SELECT"),
        ("\n\ndrop table people", 3, "no SELECT"),
        ("select 1;\nselect 2", 1, "`;`"),
        ("select 1\ninto x from people", 2, "`into`"),
        ("select a\n/ b from people", 2, "division"),
        ("select 1 /* no */ from people", 1, "comment"),
        ("select now() from people", 1, "`now`"),
        ("select 'open\n from people", 1, "quote"),
        ("select e'x' from people", 1, "quote"),
        ("select $$x$$ from people", 1, "`$`"),
        ("select a from\nread_csv('x')", 2, "`read_csv(...)`"),
        ("select a from people p, range(3)", 1, "`range(...)`"),
        ("select a from 'x.csv'", 1, "text where"),
    ] {
        let found = refused(sql);
        assert!(
            found.iter().any(|(l, m)| *l == line && m.contains(part)),
            "{sql}: {found:?}"
        );
    }
}

#[test]
fn all_refusals_come_at_once_in_order() {
    let found = refused("update people\nset a = b / c");
    assert_eq!(found.iter().map(|(l, _)| *l).collect::<Vec<_>>(), [1, 2, 2]);
}

#[test]
fn a_from_inside_a_function_names_no_frame() {
    let sql = "select extract(year from date(start)) as y, a, date(b) as c from spells";
    assert_eq!(refused(sql), []);
}
