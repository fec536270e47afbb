//! Whether an .xls is such as a program writes: its chains of sectors end and
//! lie in the file, and no sheet says or spans more cells than one can have.
//! The reader would go round a circle of sectors, and takes a stated size at
//! its word. Takes no value out of it.

use super::workbook::Unreadable;
use std::collections::BTreeSet;

const HEADER: usize = 512;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Numbers from here on are marks and no sectors.
const RESERVED: u32 = 0xFFFF_FFFA;
/// Cells that all sheets may span: as many as one sheet of Excel 97 has, and
/// half as many again.
const MOST_CELLS: u64 = 25_000_000;
const MOST_ROWS: u64 = 65_536;
const MOST_COLUMNS: u64 = 256;
const MOST_SHEETS: usize = 500;
/// Sheets that overlap are walked again; so often in all.
const MOST_WALKS: usize = 8;

/// Looks through a workbook before a reader does.
pub(crate) fn validate(bytes: &[u8]) -> Result<(), Unreadable> {
    let file = Sectors::of(bytes)?;
    let directory = file.chain(number(bytes, 48)?, usize::MAX)?;
    let entries: Vec<&[u8]> = directory.chunks_exact(128).collect();
    let root = entries
        .first()
        .ok_or_else(|| broken("it has no directory"))?;
    if number(bytes, 64)? > 0 {
        file.chain(number(root, 116)?, size(root)?)?;
        file.chain(number(bytes, 60)?, usize::MAX)?;
    }
    for entry in &entries {
        let is = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            entry.get(..wide.len()) == Some(&wide[..]) && entry.get(wide.len()) == Some(&0)
        };
        let length = size(entry)?;
        // Shorter streams lie inside another, which was followed.
        if (is("Workbook") || is("Book")) && length >= 4096 {
            records(&file.chain(number(entry, 116)?, length)?)?;
        }
    }
    Ok(())
}

fn broken(what: &str) -> Unreadable {
    Unreadable::Broken(what.to_owned())
}

fn number(bytes: &[u8], at: usize) -> Result<u32, Unreadable> {
    let four = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
    four.map(u32::from_le_bytes)
        .ok_or_else(|| broken("it ends inside its own directory"))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2).and_then(|b| b.try_into().ok());
    two.map(u16::from_le_bytes)
}

fn index(of: u32) -> usize {
    usize::try_from(of).unwrap_or(usize::MAX)
}

/// The length of a stream, by its entry.
fn size(entry: &[u8]) -> Result<usize, Unreadable> {
    Ok(index(number(entry, 120)?))
}

/// The sectors of a file with the table that chains them.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

impl<'a> Sectors<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let size = match short(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(broken("its sectors have no known size")),
        };
        let mut file = Self {
            bytes,
            size,
            next: Vec::new(),
        };
        let most = bytes.len() / size + 1;
        let mut tables: Vec<u32> = Vec::new();
        for at in (76..HEADER).step_by(4) {
            tables.push(number(bytes, at)?);
        }
        let mut more = number(bytes, 68)?;
        let mut steps = 0;
        while more < RESERVED {
            let sector = file.sector(more)?;
            steps += 1;
            if steps > most || sector.len() < size {
                return Err(broken("its sectors form a circle"));
            }
            for at in (0..size - 4).step_by(4) {
                tables.push(number(sector, at)?);
            }
            more = number(sector, size - 4)?;
        }
        for table in tables.into_iter().filter(|id| *id < RESERVED) {
            let sector = file.sector(table)?;
            let mut more: Vec<u32> = sector
                .chunks_exact(4)
                .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
                .collect();
            file.next.append(&mut more);
            if file.next.len() > most + size * 2 {
                // A table that chains more sectors than there are chains some
                // of them twice, or is its own.
                break;
            }
        }
        Ok(file)
    }

    fn sector(&self, id: u32) -> Result<&'a [u8], Unreadable> {
        let start = (index(id).saturating_add(1)).saturating_mul(self.size);
        let end = start.saturating_add(self.size).min(self.bytes.len());
        self.bytes
            .get(start..end)
            .filter(|sector| !sector.is_empty())
            .ok_or_else(|| broken("it is cut short: a sector lies past its end"))
    }

    /// What a chain of sectors holds, up to a length.
    fn chain(&self, from: u32, length: usize) -> Result<Vec<u8>, Unreadable> {
        let mut out = Vec::new();
        let mut id = from;
        while id != END_OF_CHAIN && out.len() < length {
            let sector = self.sector(id)?;
            if out.len() > self.bytes.len() {
                return Err(broken("its sectors form a circle"));
            }
            out.extend_from_slice(sector);
            let next = self.next.get(index(id)).copied();
            id = next.ok_or_else(|| broken("a chain of sectors leads nowhere"))?;
        }
        out.truncate(length);
        Ok(out)
    }
}

/// Records of a stream: each its type and data.
fn each_record(stream: &[u8], from: usize) -> impl Iterator<Item = (u16, &[u8], usize)> {
    let mut at = from;
    std::iter::from_fn(move || {
        let (sort, length) = (short(stream, at)?, short(stream, at + 2)?);
        let start = at + 4;
        let data = stream.get(start..start + usize::from(length))?;
        at = start + usize::from(length);
        Some((sort, data, at))
    })
}

/// Looks through the sheets of a workbook's stream.
fn records(stream: &[u8]) -> Result<(), Unreadable> {
    let mut sheets = BTreeSet::new();
    let mut named = 0;
    for (sort, data, _) in each_record(stream, 0) {
        match sort {
            // Locked: what follows cannot be read, and the reader says so.
            0x002F => return Ok(()),
            0x0085 => {
                named += 1;
                sheets.insert(index(number(data, 0)?));
            }
            0x000A => break,
            _ => {}
        }
    }
    if named > MOST_SHEETS || sheets.len() < named {
        return Err(Unreadable::Unsafe(
            "it says that it has more sheets than it holds",
        ));
    }
    let (mut cells, mut walked) = (0, 0);
    for from in sheets {
        let (spanned, end) = sheet(stream, from)?;
        cells += spanned;
        walked += end.saturating_sub(from);
        if cells > MOST_CELLS {
            return Err(Unreadable::TooLarge);
        }
        if walked > stream.len().saturating_mul(MOST_WALKS) {
            return Err(Unreadable::Unsafe("its sheets lie inside one another"));
        }
    }
    Ok(())
}

/// How many cells a sheet spans, and where it ends.
fn sheet(stream: &[u8], from: usize) -> Result<(u64, usize), Unreadable> {
    let mut bounds: Option<[u64; 4]> = None;
    let (mut depth, mut end) = (0_u32, from);
    for (sort, data, after) in each_record(stream, from) {
        end = after;
        match sort {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            // Charts inside a sheet have records of the same kinds.
            _ if depth > 1 => {}
            0x0200 => stated(data)?,
            0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203..=0x0205 | 0x027E => {
                let (Some(row), Some(first)) = (short(data, 0), short(data, 2)) else {
                    continue;
                };
                let (row, first) = (u64::from(row), u64::from(first));
                let more = if sort == 0x00BD {
                    (data.len() / 6).saturating_sub(1) as u64
                } else {
                    0
                };
                let last = first + more;
                let [top, bottom, left, right] = bounds.unwrap_or([row, row, first, last]);
                bounds = Some([
                    top.min(row),
                    bottom.max(row),
                    left.min(first),
                    right.max(last),
                ]);
            }
            _ => {}
        }
    }
    let cells = bounds.map_or(0, |[top, bottom, left, right]| {
        (bottom - top + 1) * (right - left + 1)
    });
    Ok((cells, end))
}

/// What a sheet says of its own size: rows and columns from and to.
fn stated(data: &[u8]) -> Result<(), Unreadable> {
    let wide = |at| short(data, at).map(u64::from);
    let rows = match data.len() {
        10 => wide(0).zip(wide(2)).map(|rows| (rows, 4)),
        14 | 16 => {
            let rows = (u64::from(number(data, 0)?), u64::from(number(data, 4)?));
            Some((rows, 8))
        }
        _ => None,
    };
    let Some(((from, to), at)) = rows else {
        return Ok(());
    };
    let (Some(mut first), Some(last)) = (wide(at), wide(at + 2)) else {
        return Ok(());
    };
    // As the reader has it, so that what it reserves is what is weighed here.
    if first >= MOST_COLUMNS || last < first {
        first = 0;
    }
    let empty = to == 0 || last == 0;
    let turned = from >= to || first >= last;
    if !empty && (turned || to - from > MOST_ROWS || last - first > MOST_COLUMNS * 4) {
        return Err(Unreadable::Unsafe(
            "a sheet says that it is larger than a sheet can be",
        ));
    }
    Ok(())
}
