"""Whether business-case.xlsx, worked out anew by LibreOffice, comes to what the
program worked out. Usage: case.py FOLDER

The workbook's cached results are the program's. They are taken out of a copy, so
that LibreOffice must work every cell out, and what it writes is held against
them. Where business-case.what-ifs.json lies beside, each of its what-ifs is put
into the yellow cells of a further copy, which must come to what it says.

Prints a line a check. Exits 1 with all mismatches of the first kind. Needs python3
(standard library only) and soffice.
"""

import json
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

from check import MAIN, RELATION, convert, position, stop

BOOK = "business-case.xlsx"
WHAT_IFS = "business-case.what-ifs.json"
SHEETS = ["Read me", "Inputs", "One leaver", "Programme", "Years", "Answers"]
# A cell with a formula, as it is written: its mark-up, its formula, its result.
FORMULA = re.compile(r"(<c r=\"[A-Z]+\d+\"[^>]*>)(<f>.*?</f>)<v>[^<]*</v></c>", re.DOTALL)


def parts_of(path):
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def sheet_parts(parts):
    """Sheet name to the name of its part."""
    read = lambda name: ElementTree.fromstring(parts[name])
    targets = {r.get("Id"): r.get("Target") for r in read("xl/_rels/workbook.xml.rels")}
    found = {}
    for sheet in read("xl/workbook.xml").iter(f"{MAIN}sheet"):
        target = targets[sheet.get(RELATION)].lstrip("/")
        found[sheet.get("name")] = target if target.startswith("xl/") else f"xl/{target}"
    return found


def named(parts):
    """Name of a cell to its sheet, row and column, counted from 0."""
    found = {}
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    for name in book.iter(f"{MAIN}definedName"):
        sheet, _, cell = name.text.rpartition("!")
        if name.get("name").startswith(("in_", "calc_")):
            found[name.get("name")] = (sheet.strip("'"), *position(cell.replace("$", "")))
    return found


def values(parts):
    """(sheet, row, column) to number, and the cells that hold an error."""
    numbers, errors = {}, []
    for sheet, part in sheet_parts(parts).items():
        for cell in ElementTree.fromstring(parts[part]).iter(f"{MAIN}c"):
            value = cell.find(f"{MAIN}v")
            if cell.get("t") == "e":
                errors.append(f"{sheet}!{cell.get('r')}: {value.text}")
            elif value is not None and cell.get("t", "n") == "n":
                numbers[(sheet, *position(cell.get("r")))] = float(value.text)
    return numbers, errors


def without_results(parts):
    """The workbook with no cached result, and how many there were."""
    parts, count = dict(parts), 0
    for part in sheet_parts(parts).values():
        text, here = FORMULA.subn(r"\1\2</c>", parts[part].decode("utf-8"))
        # A result that is a text or an error says so in its cell's mark-up.
        parts[part] = text.encode("utf-8")
        count += here
    return parts, count


def with_own_value(parts, cell, value):
    """The workbook with a value in the yellow cell of an input, which stands
    left of the cell in use."""
    sheet, row, column = cell
    parts = dict(parts)
    part = sheet_parts(parts)[sheet]
    reference = f"{chr(ord('A') + column - 1)}{row + 1}"
    blank = re.compile(rf"<c r=\"{reference}\"( s=\"\d+\")/>")
    text, count = blank.subn(
        rf'<c r="{reference}"\1><v>{value!r}</v></c>', parts[part].decode("utf-8")
    )
    if count != 1:
        stop("yellow cells that are not there", [f"{sheet}!{reference}"])
    parts[part] = text.encode("utf-8")
    return parts


def recalculated(parts, folder, name):
    """The numbers that LibreOffice works out."""
    before = folder / f"{name}.xlsx"
    after = folder / name
    after.mkdir()
    with zipfile.ZipFile(before, "w", zipfile.ZIP_DEFLATED) as book:
        for part, content in parts.items():
            book.writestr(part, content)
    convert(before, after, "xlsx:Calc MS Excel 2007 XML")
    numbers, errors = values(parts_of(after / before.name))
    stop("cells in which LibreOffice has an error", errors)
    return numbers


def mismatches(names, expected, found):
    """Numbers further apart than doubles differ by the order of a sum: far
    below a penny."""
    wrong = []
    for name, value in expected.items():
        other = found.get(names[name])
        if other is None or abs(other - value) > 1e-9 * max(1.0, abs(value)):
            wrong.append(f"{name} ({names[name][0]}): {other!r} is not {value!r}")
    return wrong


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        sys.exit(2)
    folder = Path(sys.argv[1]).resolve()
    book = parts_of(folder / BOOK)
    if list(sheet_parts(book)) != SHEETS:
        stop("sheets", [f"{list(sheet_parts(book))} is not {SHEETS}"])
    names = named(book)
    cached, _ = values(book)
    central = {name: cached[place] for name, place in names.items() if place in cached}
    bare, formulas = without_results(book)
    if formulas < len(names) or not central:
        stop("nothing to work out", [f"{formulas} formulas, {len(names)} names"])
    with tempfile.TemporaryDirectory() as temporary:
        at = Path(temporary)
        found = recalculated(bare, at, "central")
        stop("cells that LibreOffice works out another way", mismatches(names, central, found))
        print(f"business case: {formulas} formulas worked out anew; {len(central)} named cells "
              "come to what the program says.")
        beside = folder / WHAT_IFS
        what_ifs = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else []
        for number, what_if in enumerate(what_ifs, 1):
            changed = bare
            for name, value in what_if["set"].items():
                changed = with_own_value(changed, names[name], value)
            found = recalculated(changed, at, f"what-if-{number}")
            expected = {n: v for n, v in what_if["values"].items() if n in names}
            told = ", ".join(f"{name} = {value}" for name, value in what_if["set"].items())
            stop(f"what-if, {told}", mismatches(names, expected, found))
            moved = sum(abs(central[n] - v) > 1e-9 for n, v in expected.items() if n in central)
            if moved == 0:
                stop("a what-if that moves nothing", [told])
            print(f"what-if, {told}: {len(expected)} steps come to what the program says, "
                  f"{moved} of them moved.")


if __name__ == "__main__":
    main()
