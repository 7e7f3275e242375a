//! A table (TSV) with a header and comments: its rows as strings, with their lines, or the line that is wrong.

/// Something wrong in a table, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct TableError {
    pub file: &'static str,
    /// One-based.
    pub line: usize,
    pub problem: String,
}

/// A row, with its line.
pub struct Row<const N: usize> {
    file: &'static str,
    line: usize,
    pub cells: [&'static str; N],
}

impl<const N: usize> Row<N> {
    /// The error that this row has `problem`.
    pub fn wrong(&self, problem: impl Into<String>) -> TableError {
        TableError { file: self.file, line: self.line, problem: problem.into() }
    }
}

/// The rows of `text`, whose header names `columns`. Lines that begin with `#` are comments.
pub fn rows<const N: usize>(
    file: &'static str,
    text: &'static str,
    columns: [&'static str; N],
) -> Result<Vec<Row<N>>, TableError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let error = |line, problem: String| TableError { file, line, problem };
    let split = |(n, line): (usize, &'static str)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let found = cells.len();
        let cells = cells.try_into().map_err(|_| error(n + 1, format!("{found} cells, write {N}: {columns:?}")))?;
        Ok(Row { file, line: n + 1, cells })
    };
    let header = split(lines.next().ok_or_else(|| error(0, "no header".to_owned()))?)?;
    if header.cells != columns {
        return Err(header.wrong(format!("the header is {:?}, write {columns:?}", header.cells)));
    }
    lines.map(split).collect()
}

/// The parts of a cell that is divided by `|`; none of an empty one.
pub fn parts(cell: &'static str) -> Vec<&'static str> {
    cell.split('|').filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_wrong_is_named_with_its_line() {
        let message = |text| rows("a.tsv", text, ["甲", "乙"]).err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(message("# 注\n甲\t乙\n1\t2\n"), "");
        assert!(message("甲\t乙\n1\t2\n3\n").starts_with("a.tsv:3: 1 cells"), "{}", message("甲\t乙\n1\t2\n3\n"));
        assert!(message("甲\t丙\n").starts_with("a.tsv:1: the header is"));
    }
}
