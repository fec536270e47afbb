//! A grid filled by several threads: cells are read on one, and their values
//! are interned on others, each of which has columns of its own. A column
//! takes its cells in the order in which they were read, so that the grid is
//! the same whatever the number of threads.

use super::grid::{Grid, Interned, MAX_CELLS, MAX_COLUMNS, MAX_SKIPPED, TooLarge, Value};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle, available_parallelism, scope};

/// Threads that intern: reading is always slower than three of them.
const MOST_LANES: usize = 3;
/// Cells that are handed over at once.
const BATCH: usize = 1 << 14;
/// Cells of a large column that are looked up together.
const TOGETHER: usize = 32;
/// Batches that may wait for a lane.
const WAITING: usize = 2;

/// A cell as it was read, of which a value can be made.
pub(crate) trait Unread {
    /// Gives the value; nothing where there is none.
    fn give(&self, take: impl FnOnce(Value<'_>));
}

/// Cells by column of a lane, each with its row.
type Batch<T> = Vec<Vec<(u32, T)>>;

/// The columns of one lane: of three lanes, the second has the columns 1, 4,
/// 7 and so on.
#[derive(Default)]
struct Share {
    columns: Vec<Interned>,
}

impl Share {
    fn column(&mut self, at: usize) -> &mut Interned {
        if at >= self.columns.len() {
            self.columns.resize_with(at + 1, Interned::default);
        }
        &mut self.columns[at]
    }

    fn take_in<T: Unread>(&mut self, batch: &mut Batch<T>) {
        for (at, cells) in batch.iter_mut().enumerate() {
            put_all(self.column(at), cells);
        }
    }
}

fn put_all<T: Unread>(column: &mut Interned, cells: &mut Vec<(u32, T)>) {
    for some in cells.chunks(TOGETHER) {
        put(column, some);
    }
    cells.clear();
}

/// Puts a few cells into a column.
fn put<T: Unread>(column: &mut Interned, cells: &[(u32, T)]) {
    let mut hashes = [0; TOGETHER];
    let mut glanced = 0;
    let together = column.is_large();
    if together {
        for ((_, cell), hash) in cells.iter().zip(&mut hashes) {
            cell.give(|value| *hash = column.hash(&value));
            glanced ^= column.glance(*hash);
        }
        std::hint::black_box(glanced);
    }
    for ((row, cell), hash) in cells.iter().zip(hashes) {
        let row = usize::try_from(*row).unwrap_or(usize::MAX);
        cell.give(|value| {
            if together {
                column.put_hashed(row, value, hash);
            } else {
                column.put(row, value);
            }
        });
    }
}

/// Who interns the cells of a share of the columns.
enum Lane<'scope, T> {
    /// Another thread, which hands back the batches it has emptied.
    Others {
        to: SyncSender<Batch<T>>,
        back: Receiver<Batch<T>>,
        share: ScopedJoinHandle<'scope, Share>,
    },
    /// The thread that reads.
    Own(Share),
}

impl<'scope, T: Unread + Send> Lane<'scope, T> {
    /// On a thread of its own, if there is one to be had.
    fn others<'env>(scope: &'scope Scope<'scope, 'env>) -> Self
    where
        T: 'scope,
    {
        let (to, from) = sync_channel::<Batch<T>>(WAITING);
        let (give_back, back) = channel();
        let work = move || {
            let mut share = Share::default();
            for mut batch in from {
                share.take_in(&mut batch);
                // At the end nobody wants them any more.
                let _ = give_back.send(batch);
            }
            share
        };
        match Builder::new().spawn_scoped(scope, work) {
            Ok(share) => Self::Others { to, back, share },
            Err(_) => Self::Own(Share::default()),
        }
    }

    fn hand_over<'p>(&mut self, piles: impl Iterator<Item = &'p mut Pile<T>>)
    where
        T: 'p,
    {
        match self {
            Self::Own(share) => {
                for (at, pile) in piles.enumerate() {
                    put_all(share.column(at), &mut pile.cells);
                }
            }
            Self::Others { to, back, .. } => {
                let mut batch = back.try_recv().unwrap_or_default();
                for (at, pile) in piles.enumerate() {
                    if at == batch.len() {
                        batch.push(Vec::new());
                    }
                    if let Some(empty) = batch.get_mut(at) {
                        std::mem::swap(empty, &mut pile.cells);
                    }
                }
                // A lane ends only after this sender.
                let _ = to.send(batch);
            }
        }
    }

    fn end(self) -> Share {
        match self {
            Self::Own(share) => share,
            Self::Others { to, share, .. } => {
                drop(to);
                match share.join() {
                    Ok(share) => share,
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        }
    }
}

/// A column's cells that are not handed over yet, and how many rows it has.
struct Pile<T> {
    cells: Vec<(u32, T)>,
    reach: usize,
}

/// A grid being filled.
pub(crate) struct Filling<'scope, T> {
    lanes: Vec<Lane<'scope, T>>,
    piles: Vec<Pile<T>>,
    held: usize,
    cells: usize,
    skipped: usize,
}

impl<T: Unread + Send> Filling<'_, T> {
    /// Notes that there is a column, whether or not it holds anything.
    pub(crate) fn widen(&mut self, column: usize) -> Result<(), TooLarge> {
        if column >= MAX_COLUMNS {
            return Err(TooLarge);
        }
        if column >= self.piles.len() {
            self.piles.resize_with(column + 1, || Pile {
                cells: Vec::new(),
                reach: 0,
            });
        }
        Ok(())
    }

    /// Puts a cell that holds something in its place.
    pub(crate) fn put(&mut self, row: usize, column: usize, cell: T) -> Result<(), TooLarge> {
        self.widen(column)?;
        let number = u32::try_from(row).map_err(|_| TooLarge)?;
        let pile = self.piles.get_mut(column).ok_or(TooLarge)?;
        if row >= pile.reach {
            self.cells += row + 1 - pile.reach;
            self.skipped += row - pile.reach;
            pile.reach = row + 1;
            if self.cells > MAX_CELLS || self.skipped > MAX_SKIPPED {
                return Err(TooLarge);
            }
        }
        pile.cells.push((number, cell));
        self.held += 1;
        if self.held == BATCH {
            self.hand_over();
        }
        Ok(())
    }

    fn hand_over(&mut self) {
        self.held = 0;
        let count = self.lanes.len();
        for (at, lane) in self.lanes.iter_mut().enumerate() {
            lane.hand_over(self.piles.iter_mut().skip(at).step_by(count));
        }
    }

    fn end(mut self) -> Grid {
        self.hand_over();
        let rows = self.piles.iter().map(|pile| pile.reach).max().unwrap_or(0);
        let mut shares: Vec<_> = self
            .lanes
            .into_iter()
            .map(|lane| lane.end().columns.into_iter())
            .collect();
        let count = shares.len().max(1);
        let columns = (0..self.piles.len()).map(|column| {
            let next = shares.get_mut(column % count).and_then(Iterator::next);
            next.unwrap_or_default()
        });
        Grid::of(columns.collect(), rows, (self.cells, self.skipped))
    }
}

/// Fills a grid with what `read` puts into it.
pub(crate) fn fill<T, E>(read: impl FnOnce(&mut Filling<'_, T>) -> Result<(), E>) -> Result<Grid, E>
where
    T: Unread + Send,
{
    let cores = available_parallelism().map_or(1, NonZero::get);
    fill_by(if cores > 1 { cores.min(MOST_LANES) } else { 0 }, read)
}

/// With so many threads besides this one.
pub(crate) fn fill_by<T, E>(
    others: usize,
    read: impl FnOnce(&mut Filling<'_, T>) -> Result<(), E>,
) -> Result<Grid, E>
where
    T: Unread + Send,
{
    scope(|scope| {
        let lanes = if others == 0 {
            vec![Lane::Own(Share::default())]
        } else {
            (0..others).map(|_| Lane::others(scope)).collect()
        };
        let mut filling = Filling {
            lanes,
            piles: Vec::new(),
            held: 0,
            cells: 0,
            skipped: 0,
        };
        read(&mut filling)?;
        Ok(filling.end())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Filling, Unread, fill_by};
    use crate::ingest::grid::{Grid, TooLarge, Value};

    struct Words(String);

    impl Unread for Words {
        fn give(&self, take: impl FnOnce(Value<'_>)) {
            take(Value::Text(&self.0));
        }
    }

    fn filled(others: usize) -> Grid {
        fill_by(others, |filling: &mut Filling<'_, Words>| {
            filling.widen(6)?;
            for cell in 0..50_000 {
                let (row, column) = (cell / 5 + cell % 3, cell % 5);
                filling.put(row, column, Words(format!("v{}", cell * 7 % 4001)))?;
            }
            filling.put(2, 0, Words("again".into()))
        })
        .unwrap()
    }

    #[test]
    fn a_grid_is_the_same_whatever_the_number_of_threads() {
        let alone = filled(0);
        assert_eq!((alone.width(), alone.rows()), (7, 10_002));
        assert_eq!(alone.cell(2, 0).text(), "again");
        for others in [1, 2, 3] {
            let grid = filled(others);
            assert_eq!((grid.width(), grid.rows()), (alone.width(), alone.rows()));
            for (a, b) in grid.columns().iter().zip(alone.columns()) {
                assert_eq!((a.codes(), a.pool()), (b.codes(), b.pool()));
            }
        }
    }

    #[test]
    fn a_thousand_million_cells_are_refused_before_they_are_made() {
        let far = fill_by(2, |filling: &mut Filling<'_, Words>| {
            (0..1000).try_for_each(|column| filling.put(1_048_575, column, Words("x".into())))
        });
        assert_eq!(far.err(), Some(TooLarge));
        let wide = fill_by(1, |filling: &mut Filling<'_, Words>| filling.widen(16_384));
        assert_eq!(wide.err(), Some(TooLarge));
    }
}
