//! A workbook from made-up tables, read back.

use super::{
    Book, Cell, Column, Definition, Limits, NativeChart, NumberFormat, Role, Sheet, workbook,
};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use staywise_core::domain::Day;
use std::io::{Cursor, Read};

fn column(heading: &str, role: Role) -> Column {
    Column {
        heading: heading.to_owned(),
        role,
    }
}

fn percent(text: &str, number: f64) -> Cell {
    Cell {
        text: text.to_owned(),
        number: Some(number),
        format: NumberFormat::Percent,
    }
}

fn whole(text: &str, number: f64) -> Cell {
    Cell {
        text: text.to_owned(),
        number: Some(number),
        format: NumberFormat::Whole,
    }
}

fn by_site() -> Sheet {
    let hidden = || Cell::words("[c]");
    Sheet {
        name: "Intention to stay, by site".to_owned(),
        title: "Intention to stay, by site".to_owned(),
        section: "Do all groups stay equally?".to_owned(),
        dates: "1 April to 30 June 2026".to_owned(),
        columns: vec![
            column("Site", Role::Name),
            column("Favour staying", Role::Number),
            column("95% interval, lower", Role::Number),
            column("95% interval, upper", Role::Number),
            column("Responses", Role::Number),
        ],
        rows: vec![
            vec![
                Cell::words("=HYPERLINK(\"http://x\")"),
                percent("67%", 0.672_131_147_541),
                percent("62%", 0.623),
                percent("72%", 0.718),
                whole("1,204", 1204.0),
            ],
            vec![Cell::words("South"), hidden(), hidden(), hidden(), hidden()],
            vec![
                Cell::words("@West"),
                percent("12%", 0.125),
                percent("9%", 0.09),
                percent("under 1%", 0.001),
                whole("40", 40.0),
            ],
        ],
        shorthand: vec!["[c] hidden to protect people".to_owned()],
        notes: vec!["A person counts once.".to_owned()],
        native: Some(NativeChart::Intervals(Limits {
            figure: 1,
            lower: 2,
            upper: 3,
        })),
    }
}

/// A table of which every figure is hidden, so that there is nothing to draw.
fn hidden() -> Sheet {
    let mut sheet = by_site();
    for row in &mut sheet.rows {
        for cell in row.iter_mut().skip(1) {
            *cell = Cell::words("[c]");
        }
    }
    sheet
}

fn over_months() -> Sheet {
    let rows = [("North", 0, 1.0), ("North", 6, 0.9), ("North", 12, 0.8)];
    let mut sheet = by_site();
    sheet.columns = vec![
        column("Site", Role::Name),
        column("Months since starting", Role::Number),
        column("Still in post", Role::Number),
    ];
    sheet.rows = rows
        .map(|(site, month, share)| {
            vec![
                Cell::words(site),
                whole(&month.to_string(), f64::from(month)),
                percent(&format!("{:.0}%", share * 100.0), share),
            ]
        })
        .into();
    sheet.rows.push(vec![
        Cell::words("South"),
        Cell::words("none"),
        Cell::words("[c]"),
    ]);
    sheet.native = Some(NativeChart::Curves {
        month: 1,
        figure: 2,
    });
    sheet
}

fn book(sheets: Vec<Sheet>) -> Book {
    Book {
        title: "Preceptorship: quarterly report".to_owned(),
        study: "Northshire".to_owned(),
        publisher: "Northshire".to_owned(),
        period: "April to June 2026".to_owned(),
        as_at: Day::from_ymd(2026, 6, 30).unwrap(),
        version: "0.0.0".to_owned(),
        policy: "Figures about fewer than 10 people are hidden.".to_owned(),
        cautions: vec!["Draft.".to_owned()],
        sheets,
        definitions: vec![Definition {
            metric: "intention_to_stay".to_owned(),
            label: "Intention to stay".to_owned(),
            definition: "Those who favour staying.".to_owned(),
            exclusions: String::new(),
            source: "The study".to_owned(),
        }],
    }
}

fn read(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// Every cell of a sheet from its header row on.
fn table(file: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<Data>> {
    let range = file.worksheet_range(sheet).unwrap();
    let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    let top = rows
        .iter()
        .position(|row| row[0] == Data::String("Back to the contents".to_owned()));
    rows.into_iter().skip(top.unwrap() + 1).collect()
}

#[test]
fn what_is_written_reads_back() {
    let sheets = vec![by_site(), hidden(), over_months()];
    let bytes = workbook(&book(sheets.clone())).unwrap();
    let mut file = read(&bytes);
    assert_eq!(
        file.sheet_names(),
        [
            "Cover",
            "Contents",
            "Notes",
            "Definitions",
            "1 Intention to stay, by site",
            "2 Intention to stay, by site",
            "3 Intention to stay, by site",
            "Chart 1",
            "Chart 3",
        ]
    );
    for (index, sheet) in sheets.iter().enumerate() {
        let name = format!("{} Intention to stay, by site", index + 1);
        let cells = table(&mut file, &name);
        let headings: Vec<Data> = sheet
            .columns
            .iter()
            .map(|c| Data::String(c.heading.clone()))
            .collect();
        assert_eq!(cells[0], headings);
        assert_eq!(cells.len(), sheet.rows.len() + 1);
        for (got, wanted) in cells[1..].iter().zip(&sheet.rows) {
            for (got, wanted) in got.iter().zip(wanted) {
                match wanted.number {
                    Some(number) => assert_eq!(got, &Data::Float(number)),
                    None => assert_eq!(got, &Data::String(wanted.text.clone())),
                }
            }
        }
        assert!(file.worksheet_formula(&name).unwrap().is_empty());
    }
}

#[test]
fn a_hidden_row_is_drawn_as_nothing_in_its_place() {
    let bytes = workbook(&book(vec![by_site(), over_months()])).unwrap();
    let mut file = read(&bytes);
    let bars = table(&mut file, "Chart 1");
    assert_eq!(bars[2][0], Data::String("South [c]".to_owned()));
    assert!(bars[2][1..].iter().all(|cell| *cell == Data::Empty));
    assert_eq!(bars[3][1], Data::Float(0.125));
    assert_eq!(bars[3][2], Data::Float(0.035));
    let curves = table(&mut file, "Chart 2");
    assert_eq!(curves[0][2], Data::String("South [c]".to_owned()));
    assert_eq!(curves.len(), 4);
    assert_eq!(curves[3][1], Data::Float(0.8));
}

#[test]
fn the_same_figures_give_the_same_bytes_on_any_number_of_threads() {
    let make = || workbook(&book((0..30).map(|_| by_site()).collect())).unwrap();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let many = rayon::ThreadPoolBuilder::new().num_threads(8).build();
    let alone = one.unwrap().install(make);
    let among: Vec<Vec<u8>> = many.unwrap().install(|| {
        use rayon::prelude::{IntoParallelIterator, ParallelIterator};
        (0..8).into_par_iter().map(|_| make()).collect()
    });
    assert!(among.iter().all(|bytes| *bytes == alone));
}

#[test]
fn the_checklist_is_kept() {
    let bytes = workbook(&book(vec![by_site(), hidden()])).unwrap();
    let core = part(&bytes, "docProps/core.xml");
    for wanted in [
        "<dc:title>Preceptorship: quarterly report</dc:title>",
        "<dc:subject>Northshire: April to June 2026</dc:subject>",
        "<dc:creator>Northshire</dc:creator>",
        ">2026-06-30T00:00:00Z</dcterms:created>",
        ">2026-06-30T00:00:00Z</dcterms:modified>",
    ] {
        assert!(core.contains(wanted), "{wanted} is not in {core}");
    }
    assert!(part(&bytes, "docProps/custom.xml").contains("en-GB"));
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("<name val=\"Arial\"/>") && !styles.contains("Calibri"));
    for sheet in 1..=7 {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
        for never in [
            "mergeCell",
            "<f>",
            "<pane",
            "hidden=",
            "<autoFilter",
            "<headerFooter",
        ] {
            assert!(!xml.contains(never), "sheet {sheet} has {never}");
        }
        assert!(
            xml.contains("<c r=\"A1\""),
            "sheet {sheet} has nothing in A1"
        );
    }
    let table = part(&bytes, "xl/tables/table4.xml");
    assert!(table.contains("displayName=\"table_1_intention_to_stay_by_site\""));
    assert!(!table.contains("<autoFilter"));
}

#[test]
fn charts_have_words_for_those_who_cannot_see_them() {
    let bytes = workbook(&book(vec![by_site()])).unwrap();
    let drawing = part(&bytes, "xl/drawings/drawing1.xml");
    assert!(drawing.contains("Intention to stay, by site."), "{drawing}");
    assert!(drawing.contains("The table beside it has all."));
    let chart = part(&bytes, "xl/charts/chart1.xml");
    assert!(chart.contains("12436D") && chart.contains("<c:errValType val=\"cust\"/>"));
}

#[test]
fn odd_tables_make_a_workbook() {
    let mut empty = by_site();
    empty.rows.clear();
    let mut long = by_site();
    long.name = "x".repeat(400);
    long.title = "/".repeat(40_000);
    long.rows[0][0] = Cell::words("y".repeat(40_000));
    let mut twice = by_site();
    twice.columns[2].heading = "SITE".to_owned();
    twice.notes = vec!["=1+1".to_owned(), String::new()];
    let bytes = workbook(&book(vec![empty, long, twice])).unwrap();
    let file = read(&bytes);
    assert_eq!(file.sheet_names().len(), 4 + 3 + 2);
    let none = workbook(&book(Vec::new())).unwrap();
    assert_eq!(read(&none).sheet_names().len(), 4);
}
