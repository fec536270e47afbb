//! Small symmetric systems: Cholesky's decomposition of a matrix as large as
//! a model has terms. Never inverts what is singular to rounding: a term that
//! others give exactly is said by its place.

/// A share of a term's own size below which what is left of it is rounding.
const SINGULAR: f64 = 1e-10;

/// A symmetric matrix, its rows one after another.
#[derive(Clone, Debug, PartialEq)]
pub struct Symmetric {
    size: usize,
    values: Vec<f64>,
}

/// The lower triangle whose square a matrix is.
#[derive(Clone, Debug, PartialEq)]
pub struct Cholesky {
    size: usize,
    lower: Vec<f64>,
}

/// A matrix that is not positive definite: the first term that those before
/// it give, or that is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Singular {
    /// The term's place, from 0.
    pub term: usize,
}

impl Symmetric {
    /// All zeros.
    #[must_use]
    pub fn zeros(size: usize) -> Self {
        Self {
            size,
            values: vec![0.0; size * size],
        }
    }

    /// Rows and columns.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The value at a row and a column; 0 outside.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> f64 {
        if row >= self.size || column >= self.size {
            return 0.0;
        }
        self.values
            .get(row * self.size + column)
            .copied()
            .unwrap_or(0.0)
    }

    /// Adds to the value at a row and a column alone; the other triangle is
    /// the caller's, or `mirror`'s.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        if column >= self.size {
            return;
        }
        if let Some(slot) = self.values.get_mut(row * self.size + column) {
            *slot += value;
        }
    }

    /// Adds `weight * row * row'` to the lower triangle; `mirror` ends it.
    pub fn add_square(&mut self, row: &[f64], weight: f64) {
        for (i, one) in row.iter().enumerate().take(self.size) {
            let own = weight * one;
            let from = i * self.size;
            if let Some(line) = self.values.get_mut(from..=from + i) {
                for (slot, other) in line.iter_mut().zip(row) {
                    *slot += own * other;
                }
            }
        }
    }

    /// Makes the upper triangle that of the lower.
    pub fn mirror(&mut self) {
        for i in 0..self.size {
            for j in 0..i {
                let value = self.at(i, j);
                if let Some(slot) = self.values.get_mut(j * self.size + i) {
                    *slot = value;
                }
            }
        }
    }

    /// The matrix times a column.
    #[must_use]
    pub fn times(&self, column: &[f64]) -> Vec<f64> {
        self.values
            .chunks(self.size.max(1))
            .map(|row| row.iter().zip(column).map(|(a, b)| a * b).sum())
            .take(self.size)
            .collect()
    }

    /// `this * middle * this`, as robust variances are made.
    #[must_use]
    pub fn around(&self, middle: &Self) -> Self {
        let size = self.size;
        let mut half = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..size {
                let sum: f64 = (0..size).map(|k| self.at(i, k) * middle.at(k, j)).sum();
                if let Some(slot) = half.get_mut(i * size + j) {
                    *slot = sum;
                }
            }
        }
        let mut out = Self::zeros(size);
        for i in 0..size {
            for j in 0..size {
                let sum: f64 = (0..size)
                    .map(|k| half.get(i * size + k).copied().unwrap_or(0.0) * self.at(k, j))
                    .sum();
                out.add(i, j, sum);
            }
        }
        out
    }

    /// The decomposition, from the lower triangle.
    ///
    /// # Errors
    /// The first term that those before it give.
    pub fn cholesky(&self) -> Result<Cholesky, Singular> {
        let size = self.size;
        let mut lower = vec![0.0; size * size];
        for j in 0..size {
            let whole = self.at(j, j);
            let taken: f64 = lower[j * size..j * size + j].iter().map(|v| v * v).sum();
            let pivot = whole - taken;
            // A term with no spread has a pivot of 0, which is not above 0.
            if !(pivot > SINGULAR * whole && pivot > 0.0 && pivot.is_finite()) {
                return Err(Singular { term: j });
            }
            let root = pivot.sqrt();
            lower[j * size + j] = root;
            for i in j + 1..size {
                let inner: f64 = (0..j)
                    .map(|k| lower[i * size + k] * lower[j * size + k])
                    .sum();
                lower[i * size + j] = (self.at(i, j) - inner) / root;
            }
        }
        Ok(Cholesky { size, lower })
    }
}

impl Cholesky {
    /// The column whose product with the matrix is `column`.
    #[must_use]
    pub fn solve(&self, column: &[f64]) -> Vec<f64> {
        let size = self.size;
        let mut out: Vec<f64> = column.iter().copied().take(size).collect();
        out.resize(size, 0.0);
        for i in 0..size {
            let inner: f64 = (0..i).map(|k| self.lower[i * size + k] * out[k]).sum();
            out[i] = (out[i] - inner) / self.lower[i * size + i];
        }
        for i in (0..size).rev() {
            let inner: f64 = (i + 1..size)
                .map(|k| self.lower[k * size + i] * out[k])
                .sum();
            out[i] = (out[i] - inner) / self.lower[i * size + i];
        }
        out
    }

    /// The inverse of the matrix.
    #[must_use]
    pub fn inverse(&self) -> Symmetric {
        let mut out = Symmetric::zeros(self.size);
        for j in 0..self.size {
            let mut unit = vec![0.0; self.size];
            unit[j] = 1.0;
            for (i, value) in self.solve(&unit).into_iter().enumerate() {
                out.add(i, j, value);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Singular, Symmetric};

    fn of(rows: &[&[f64]]) -> Symmetric {
        let mut matrix = Symmetric::zeros(rows.len());
        for (i, row) in rows.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                matrix.add(i, j, *value);
            }
        }
        matrix
    }

    #[test]
    fn solves_and_inverts() {
        let matrix = of(&[&[4.0, 2.0, 0.6], &[2.0, 5.0, 1.0], &[0.6, 1.0, 3.0]]);
        let root = matrix.cholesky().unwrap();
        let solved = root.solve(&[1.0, 2.0, 3.0]);
        for (left, right) in matrix.times(&solved).iter().zip([1.0, 2.0, 3.0]) {
            assert!((left - right).abs() < 1e-12);
        }
        let inverse = root.inverse();
        let same = matrix.around(&inverse);
        for i in 0..3 {
            for j in 0..3 {
                assert!((same.at(i, j) - matrix.at(i, j)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_term_that_others_give_is_named() {
        let twice = of(&[&[1.0, 2.0], &[2.0, 4.0]]);
        assert_eq!(twice.cholesky(), Err(Singular { term: 1 }));
        assert_eq!(Symmetric::zeros(1).cholesky(), Err(Singular { term: 0 }));
        assert_eq!(of(&[&[f64::NAN]]).cholesky(), Err(Singular { term: 0 }));
        assert!(Symmetric::zeros(0).cholesky().is_ok());
    }

    #[test]
    fn squares_add_to_the_lower_triangle() {
        let mut matrix = Symmetric::zeros(2);
        matrix.add_square(&[1.0, 3.0], 2.0);
        matrix.mirror();
        assert_eq!(matrix, of(&[&[2.0, 6.0], &[6.0, 18.0]]));
    }
}
