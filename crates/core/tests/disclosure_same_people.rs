//! What the rules hide in tables that divide the same people in several ways,
//! at the threshold of 10.

mod disclosure_support;

use disclosure_support::{by, faces, hits, now, pair, protected, sizes, yes};
use staywise_core::domain::{Tally, TallyTable};

fn face(table: TallyTable) -> String {
    faces(&protected(vec![table])).remove(0)
}

#[test]
fn a_pair_shows_its_total_alone_where_anything_in_it_is_hidden() {
    let small = pair(("wave", "sex"), &now(), &[&[40, 9], &[30, 50]]);
    assert_eq!(face(small), ".cccc");
    let fine = pair(("wave", "sex"), &now(), &[&[40, 19], &[30, 50]]);
    let faces = faces(&protected(vec![
        fine.clone(),
        sizes(&now(), "wave", &[4, 135]),
    ]));
    assert_eq!(faces, [".cccc", ".cc"]);
    assert_eq!(face(fine), ".....");
}

#[test]
fn a_finer_division_is_hidden_where_it_would_add_up_to_a_hidden_cell() {
    let coarse = |not_stated| {
        let levels = [
            ("White", yes(300)),
            ("Minority", yes(90)),
            ("Not stated", yes(not_stated)),
        ];
        by("ethnic_minority", &now(), &levels)
    };
    let fine = |mixed, not_stated| {
        let levels = [
            ("White", yes(300)),
            ("Asian", yes(90 - mixed)),
            ("Mixed", yes(mixed)),
            ("Not stated", yes(not_stated)),
        ];
        by("ethnic_group", &now(), &levels)
    };
    assert_eq!(
        faces(&protected(vec![coarse(4), fine(30, 4)])),
        ["..cc", ".cccc"]
    );
    // Not stated (12) would protect Mixed (4), but the coarser table shows it.
    assert_eq!(
        faces(&protected(vec![coarse(12), fine(4, 12)])),
        ["....", ".cccc"]
    );
    assert_eq!(
        faces(&protected(vec![coarse(12), fine(30, 12)])),
        ["....", "....."]
    );
}

#[test]
fn those_not_linked_protect_nobody_where_another_table_shows_them() {
    let levels = [
        ("A", yes(90)),
        ("B", yes(60)),
        ("C", yes(4)),
        ("Not linked", yes(12)),
    ];
    let site = by("site", &now(), &levels);
    let levels = [("5", yes(54)), ("6", yes(100)), ("Not linked", yes(12))];
    let band = by("band", &now(), &levels);
    assert_eq!(face(site.clone()), "...cc");
    assert_eq!(faces(&protected(vec![site, band])), ["..cc.", "...."]);
}

#[test]
fn few_who_are_not_linked_are_hidden_with_two_others_in_every_table() {
    let levels = [
        ("A", yes(60)),
        ("B", yes(40)),
        ("C", yes(45)),
        ("D", yes(21)),
        ("Not linked", yes(4)),
    ];
    let site = by("site", &now(), &levels);
    let levels = [
        ("5", yes(66)),
        ("6", yes(50)),
        ("7", yes(50)),
        ("Not linked", yes(4)),
    ];
    let band = by("band", &now(), &levels);
    assert_eq!(face(site.clone()), "....cc");
    assert_eq!(face(band.clone()), "...cc");
    assert_eq!(faces(&protected(vec![site, band])), [".cc..c", "..ccc"]);
}

#[test]
fn a_single_organisation_does_not_hide_its_sites() {
    let run = |sites: [u64; 4], not_linked: u64| {
        let all = sites.iter().sum::<u64>();
        let names = ["A", "B", "C", "D"];
        let mut levels: Vec<(&str, Tally)> = names.into_iter().zip(sites.map(yes)).collect();
        levels.push(("Not linked", yes(not_linked)));
        let organisation = [("Trust", yes(all)), ("Not linked", yes(not_linked))];
        faces(&protected(vec![
            by("organisation", &now(), &organisation),
            by("site", &now(), &levels),
        ]))
    };
    assert_eq!(run([40, 50, 60, 70], 12), ["...", "......"]);
    assert_eq!(run([40, 50, 60, 4], 12), ["...", "...cc."]);
    assert_eq!(run([40, 50, 60, 70], 0), ["...", "......"]);
    // Too few are not linked: the organisation less those is all there is.
    assert_eq!(run([40, 50, 60, 70], 4), [".cc", ".cc..c"]);
    assert_eq!(run([40, 50, 60, 3], 4), [".cc", "...ccc"]);
}

#[test]
fn a_division_into_two_hides_what_would_add_up_to_it() {
    let site = |not_linked: u64| {
        let levels = [
            ("A", yes(40)),
            ("B", yes(50)),
            ("C", yes(60)),
            ("D", yes(5)),
            ("Not linked", yes(not_linked)),
        ];
        by("site", &now(), &levels)
    };
    let organisation = |not_linked: u64| {
        let levels = [
            ("North", yes(90)),
            ("South", yes(65)),
            ("Not linked", yes(not_linked)),
        ];
        by("organisation", &now(), &levels)
    };
    let run = |n: u64| faces(&protected(vec![organisation(n), site(n)]));
    assert_eq!(run(12), ["....", ".ccccc"]);
    assert_eq!(run(4), [".ccc", ".ccccc"]);
}

#[test]
fn a_share_and_its_answers_hide_the_same_cells() {
    // All seventeen in the first two levels agree or strongly agree: the share
    // hides a further block so as not to say so, and the answers must too.
    let answers: [[u64; 5]; 6] = [
        [0, 0, 0, 3, 2],
        [0, 0, 0, 7, 5],
        [4, 4, 4, 4, 5],
        [5, 4, 4, 4, 4],
        [6, 6, 6, 6, 6],
        [7, 7, 7, 7, 7],
    ];
    let names = ["A", "B", "C", "D", "E", "F"];
    let of = |tally: &dyn Fn([u64; 5]) -> Tally| {
        let levels: Vec<(&str, Tally)> = names
            .into_iter()
            .zip(answers.iter().map(|a| tally(*a)))
            .collect();
        by("site", &now(), &levels)
    };
    let share = of(&|a| hits(a.iter().sum(), a[3] + a[4]));
    let mut counts = of(&|a| Tally::Distribution { counts: a.to_vec() });
    assert_eq!(
        (face(share.clone()), face(counts.clone())),
        (".cccc..".into(), ".cc....".into())
    );
    counts.metric.name = "answers".into();
    assert_eq!(
        faces(&protected(vec![share, counts])),
        [".cccc..", ".cccc.."]
    );
}
