"""Whether tables.xlsx opens in LibreOffice, reads as the page and holds the
numbers of results.csv. Usage: check.py RUN_FOLDER

Prints a line a sheet and a summary. Exits 1 at the first kind of mismatch, with
all of that kind listed. Needs python3 (standard library only) and soffice.
"""

import csv
import html.parser
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ODS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# Comma, double quote, UTF-8, from line 1, cells as shown, every sheet.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
# The sheets that are not tables of the page.
AROUND = ("Cover", "Contents", "Notes", "Definitions")
# The line above every table.
LAST_LINE = "Back to the contents"
# A page shows no more rows of one table.
PAGE_ROWS = 300


def stop(kind, mismatches):
    """Ends the check where there are mismatches of a kind."""
    if mismatches:
        print(f"\n{kind}: {len(mismatches)}")
        for line in mismatches:
            print(f"  {line}")
        sys.exit(1)


def convert(book, folder, to):
    """Has LibreOffice open the workbook and write it again."""
    done = subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            str(book),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode != 0 or "Error" in said:
        stop("LibreOffice does not open the workbook", [said.strip()])


def workbook(path):
    """Sheet name to {(row, column): number or text} of an xlsx file."""
    with zipfile.ZipFile(path) as parts:
        read = lambda name: ElementTree.fromstring(parts.read(name))
        texts = []
        if "xl/sharedStrings.xml" in parts.namelist():
            for item in read("xl/sharedStrings.xml").iter(f"{MAIN}si"):
                texts.append("".join(t.text or "" for t in item.iter(f"{MAIN}t")))
        targets = {r.get("Id"): r.get("Target") for r in read("xl/_rels/workbook.xml.rels")}
        sheets = {}
        for sheet in read("xl/workbook.xml").iter(f"{MAIN}sheet"):
            target = targets[sheet.get(RELATION)].lstrip("/")
            name = target if target.startswith("xl/") else f"xl/{target}"
            sheets[sheet.get("name")] = cells(read(name), texts)
        return sheets


def cells(sheet, texts):
    found = {}
    for cell in sheet.iter(f"{MAIN}c"):
        if cell.find(f"{MAIN}f") is not None:
            found[position(cell.get("r"))] = "=FORMULA"
            continue
        value = cell.find(f"{MAIN}v")
        inline = cell.find(f"{MAIN}is")
        if inline is not None:
            found[position(cell.get("r"))] = "".join(t.text or "" for t in inline.iter(f"{MAIN}t"))
        elif value is not None and value.text is not None:
            kind = cell.get("t", "n")
            text = texts[int(value.text)] if kind == "s" else value.text
            found[position(cell.get("r"))] = float(text) if kind == "n" else text
    return found


def position(reference):
    letters, digits = re.match(r"([A-Z]+)(\d+)$", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


class Page(html.parser.HTMLParser):
    """Every table of a page: caption, headings and rows as texts."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables = []
        self.open = None
        self.text = []

    def handle_starttag(self, tag, attributes):
        # A table that the report's author wrote is words, and in no workbook.
        named = dict(attributes).get("data-name") or ""
        if tag == "table" and not named.startswith("told-"):
            self.open = {"caption": "", "headings": [], "rows": []}
        elif self.open is not None and tag == "tr":
            self.open["rows"].append([])
        if tag in ("caption", "th", "td"):
            self.text = []

    def handle_data(self, data):
        self.text.append(data)

    def handle_endtag(self, tag):
        if self.open is None:
            return
        text = "".join(self.text)
        if tag == "caption":
            self.open["caption"] = text
        elif tag in ("th", "td"):
            self.open["rows"][-1].append(text)
        elif tag == "table":
            rows = self.open["rows"]
            self.open["headings"], self.open["rows"] = rows[0], rows[1:]
            self.tables.append(self.open)
            self.open = None


def pages(run):
    tables = []
    for path in sorted(run.glob("*.html")):
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
        tables += page.tables
    return tables


def shown(folder, stem, sheet):
    """A sheet's cells as LibreOffice shows them."""
    path = folder / f"{stem}-{sheet}.csv"
    if not path.exists():
        # LibreOffice writes a name that files cannot have another way.
        tidy = lambda name: re.sub(r"[^A-Za-z0-9]", "", name)
        near = [p for p in folder.glob("*.csv") if tidy(p.stem) == tidy(f"{stem}-{sheet}")]
        if len(near) != 1:
            stop("sheets that LibreOffice does not write as CSV", [sheet])
        path = near[0]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def as_table(lines):
    """Title, headings and rows of a sheet that holds one table."""
    first = [line[0] if line else "" for line in lines]
    top = first.index(LAST_LINE) + 1
    width = max((index + 1 for index, text in enumerate(lines[top]) if text), default=0)
    rows = [line[:width] for line in lines[top + 1 :]]
    while rows and not any(rows[-1]):
        rows.pop()
    title = first[0].split(": ", 1)[1] if ": " in first[0] else first[0]
    return {"title": title, "top": top, "headings": lines[top][:width], "rows": rows}


def same_table(page, sheet):
    """What a page's table and a sheet's do not have in common."""
    wrong = []
    if page["headings"] != sheet["headings"]:
        wrong.append(f"headings {sheet['headings']} are on the page {page['headings']}")
    rows = sheet["rows"]
    if len(page["rows"]) != len(rows) and not len(rows) > len(page["rows"]) == PAGE_ROWS:
        wrong.append(f"{len(rows)} rows are on the page {len(page['rows'])}")
    for number, (here, there) in enumerate(zip(rows, page["rows"]), 1):
        for heading, a, b in zip(sheet["headings"], here, there):
            # A cell has no line breaks of markup.
            if a.split() != b.split():
                wrong.append(f"row {number}, {heading}: {a!r} is on the page {b!r}")
    return wrong


def number(text):
    return float(text) if text else None


def near(a, b):
    return a is not None and b is not None and abs(a - b) <= 1e-11 * max(1.0, abs(a), abs(b))


class Results:
    """results.csv by its numbers, so that a row of a table is soon found."""

    NUMBERS = ("estimate", "lower", "upper", "n", "horizon_months")

    def __init__(self, run, definitions):
        with (run / "results.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["status"] == "shown"]
        manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
        self.periods = {manifest["period"]["label"], "all"}
        # The longest label first: a title begins with its measure's.
        self.labels = sorted(definitions.items(), key=lambda pair: -len(pair[0]))
        self.rows = rows
        self.values = []
        self.by_number = {}
        for at, row in enumerate(rows):
            values = {number(row[name]) for name in self.NUMBERS} - {None}
            # Differences stand in points on a page, amounts in pounds.
            scale = 100.0 if row["unit"] in ("fraction", "rate") else 0.01
            if row["statistic"] == "difference" or row["unit"] == "pence":
                values |= {number(row[name]) * scale for name in self.NUMBERS[:3] if row[name]}
            self.values.append(values)
            for value in values:
                self.by_number.setdefault(round(value, 9), set()).add(at)
        self.words = {row[name] for row in rows for name in ("level", "level_2", "answer")} - {""}

    def having(self, value):
        """Rows that have a number, nearly."""
        found = set()
        for key in {round(value, 9), round(value - 1e-9, 9), round(value + 1e-9, 9)}:
            found |= self.by_number.get(key, set())
        return {at for at in found if any(near(value, other) for other in self.values[at])}

    def measures(self, texts):
        """The measures whose label a text begins with: those of the longest
        such label; none for any."""
        for label, metrics in self.labels:
            if any(text == label or text.startswith((f"{label},", f"{label}:")) for text in texts):
                return metrics
        return set()

    def fits(self, at, asked):
        """Whether a figure is of the measure, groups and period asked for."""
        row = self.rows[at]
        words = {row[name] for name in ("level", "level_2", "answer")}
        return (
            (not asked["metrics"] or row["metric"] in asked["metrics"])
            and all(name in words for name in asked["names"])
            and (not asked["everyone"] or row["dimension"] == "")
            and (asked["any_period"] or row["period"] in self.periods)
        )

    def row(self, asked, values):
        """Whether one figure has all numbers of a table's row."""
        found = set.intersection(*(self.having(value) for value in values))
        return any(self.fits(at, asked) for at in found)

    def cell(self, asked, heading, value):
        """Whether a figure of a heading's answer or group has the number."""
        names = asked["names"] + ([heading] if heading in self.words else [])
        return any(self.fits(at, {**asked, "names": names}) for at in self.having(value))


def number_mismatches(sheet, table, values, results):
    """The rows of a sheet whose numbers results.csv does not have."""
    wrong, seen = [], 0
    headings = table["headings"]
    one_figure = any("interval, " in heading.lower() for heading in headings)
    for index, texts in enumerate(table["rows"]):
        row = {
            heading: values.get((table["top"] + 1 + index, column))
            for column, heading in enumerate(headings)
        }
        numbers = {h: v for h, v in row.items() if isinstance(v, float)}
        seen += len(numbers)
        if not numbers:
            continue
        named = [t for t, h in zip(texts, headings) if h not in numbers]
        asked = {
            "metrics": results.measures(named) or results.measures([table["title"]]),
            "names": [name for name in named if name in results.words],
            "everyone": "Everyone" in named,
            "any_period": headings[0].startswith("Period"),
        }
        if one_figure:
            figures = list(numbers.values())
            right = results.row(asked, figures)
            # Rates side by side are in per cent, as their heading says.
            if not right and any(heading.endswith(", %") for heading in headings):
                right = results.row(asked, [value / 100 for value in figures])
        else:
            right = all(results.cell(asked, h, v) for h, v in numbers.items())
        if not right:
            wrong.append(f"{sheet}, row {index + 1}: {numbers}")
    return seen, wrong


def about_data(table, values):
    """Whether a table has nothing but whole numbers: counts of files and rows,
    which are no figures."""
    low = table["top"] + 1
    numbers = [v for (row, _), v in values.items() if row >= low and isinstance(v, float)]
    interval = any("interval" in heading.lower() for heading in table["headings"])
    return not interval and all(value == int(value) for value in numbers)


# What models say of people beside the rows: how alike two groups are, and what
# became of people, all ways of going at once, and where those who started are.
# So is what a business case works out: its own workbook, business-case.xlsx, is
# worked anew and held to the program in case.py.
BESIDE = {"Difference before", "What became of them", "Where they are"} | {
    "Another run would move it by about",
    "More who must stay",
    "Paid by others",
    "Pays a year",
    "Pounds",
    "Who says so",
}


def beside_rows(table):
    """Whether a table has no rows in results.csv."""
    return bool(BESIDE & set(table["headings"]))


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        sys.exit(2)
    run = Path(sys.argv[1]).resolve()
    book = run / "tables.xlsx"
    with tempfile.TemporaryDirectory() as temporary:
        check(run, book, Path(temporary))


def check(run, book, folder):
    for to in ("xlsx:Calc MS Excel 2007 XML", "ods", AS_SHOWN):
        convert(book, folder, to)
    ours, theirs = workbook(book), workbook(folder / "tables.xlsx")
    with zipfile.ZipFile(folder / "tables.ods") as parts:
        content = ElementTree.fromstring(parts.read("content.xml"))
    ods = [table.get(f"{ODS}name") for table in content.iter(f"{ODS}table")]
    names = list(ours)
    if list(theirs) != names:
        stop("sheets after a save as xlsx", [f"{list(theirs)} is not {names}"])
    if ods != names:
        stop("sheets after a save as ods", [f"{ods} is not {names}"])

    formulas, changed = [], []
    for name in names:
        for at, value in ours[name].items():
            if value == "=FORMULA":
                formulas.append(f"{name}, row {at[0] + 1}, column {at[1] + 1}")
            other = theirs[name].get(at)
            both = isinstance(value, float) and isinstance(other, float)
            if not (near(value, other) if both else value == other):
                changed.append(f"{name}, row {at[0] + 1}, column {at[1] + 1}: {value!r}, {other!r}")
    stop("cells with a formula", formulas)
    stop("cells that LibreOffice reads another way", changed)

    tables = {}
    for name in names:
        if name not in AROUND and not name.startswith("Chart "):
            tables[name] = as_table(shown(folder, "tables", name))
    on_page = pages(run)
    wrong, lines, used = [], {}, set()
    for name, table in tables.items():
        title = table["title"]
        close = [
            (len(same_table(page, table)), index)
            for index, page in enumerate(on_page)
            if page["caption"] == title or page["caption"].startswith(f"{title}. ")
        ]
        if not close:
            wrong.append(f"{name}: no table of the page has the caption {title!r}")
            continue
        _, index = min(close)
        wrong += [f"{name}, {line}" for line in same_table(on_page[index], table)]
        used |= {i for n, i in close if n == 0}
        lines[name] = f"{len(table['rows'])} rows as on the page"
    stop("cells that do not read as on the page", wrong)
    left = [p["caption"] for index, p in enumerate(on_page) if index not in used]
    stop("tables of the page that no sheet has", left)

    definitions = {}
    for metric, label, *_ in as_table(shown(folder, "tables", "Definitions"))["rows"]:
        definitions.setdefault(label, set()).add(metric)
    results = Results(run, definitions)
    wrong, total = [], 0
    for name, table in tables.items():
        if about_data(table, ours[name]):
            lines[name] += "; counts about the data, no figures"
            continue
        if beside_rows(table):
            lines[name] += "; told beside the rows of results.csv"
            continue
        seen, mismatches = number_mismatches(name, table, ours[name], results)
        lines[name] += f"; {seen} numbers as in results.csv"
        wrong += mismatches
        total += seen
    stop("numbers that results.csv does not have", wrong)

    for name in names:
        print(f"{name}: {lines.get(name, 'opens')}")
    print(
        f"{len(names)} sheets open in LibreOffice; {len(tables)} tables read as on the page; "
        f"{total} numbers are those of results.csv."
    )
    if not tables or total == 0:
        stop("nothing was compared", [str(book)])


if __name__ == "__main__":
    main()
