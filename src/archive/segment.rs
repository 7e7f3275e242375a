//! A segment: the fingerprints of some reports, sorted, written once and never changed.
//!
//! ```text
//! page…      4,096 bytes: up to 511 postings (fingerprint u32, passage u32; ascending), zeros, XXH3 of all before
//! tables     first fingerprint of each page u32…; passages (first byte in the text u32, characters u32)…;
//!            the number of passages up to and with each report u32…
//! footer     48 bytes: magic, version u32, pages u32, passages u32, reports u32, serial u64, XXH3 of the tables, XXH3 of
//!            the footer
//! ```
//! All numbers are little endian. Tables and footer are checked when a segment is opened, a page whenever it is read: a
//! flipped bit or a missing end is noticed before it can answer. The file's name is the hash of all its bytes.

use crate::similarity::fingerprint::Fingerprints;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

const MAGIC: &[u8; 8] = b"HEGAOARC";
const VERSION: u32 = 1;
const PAGE: usize = 4096;
const CHECKSUM: usize = 8;
const POSTING: usize = 8;
/// Postings of a page.
const FULL: usize = (PAGE - CHECKSUM) / POSTING;
const FOOTER: usize = 8 + 4 * 4 + 8 + 8 + 8;

/// A passage of a report in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it begins in the report's text, in bytes of UTF-8.
    pub byte: u32,
    /// Characters that fingerprints are made of.
    pub characters: u32,
}

/// A fingerprint, and the passage of the segment that holds it.
pub type Posting = (u32, u32);

/// A passage with its fingerprints, on its way into a segment.
pub type Printed = (Stored, Fingerprints);

/// Writes a segment from ascending postings.
pub struct Writer<W: Write> {
    out: BufWriter<W>,
    hash: Xxh3,
    page: Vec<u8>,
    firsts: Vec<u32>,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Writer<W> {
        Writer { out: BufWriter::new(out), hash: Xxh3::new(), page: Vec::with_capacity(PAGE), firsts: Vec::new() }
    }

    pub fn push(&mut self, (fingerprint, passage): Posting) -> io::Result<()> {
        if self.page.is_empty() {
            self.firsts.push(fingerprint);
        }
        self.page.extend(fingerprint.to_le_bytes());
        // From one, so that no posting is all zeros.
        self.page.extend((passage + 1).to_le_bytes());
        if self.page.len() == FULL * POSTING { self.end_page() } else { Ok(()) }
    }

    fn end_page(&mut self) -> io::Result<()> {
        self.page.resize(PAGE - CHECKSUM, 0);
        let checksum = xxh3_64(&self.page);
        self.page.extend(checksum.to_le_bytes());
        let page = std::mem::take(&mut self.page);
        self.write(&page)?;
        self.page = page;
        self.page.clear();
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.out.write_all(bytes)
    }

    /// Writes tables and footer; `ends` holds for each report how many passages there are up to its last, `serial` is one
    /// that no other segment of the archive has. The result: the segment's name, and what was written to.
    pub fn finish(mut self, passages: &[Stored], ends: &[u32], serial: u64) -> io::Result<(String, W)> {
        if !self.page.is_empty() {
            self.end_page()?;
        }
        let numbers = self.firsts.iter().copied();
        let numbers = numbers.chain(passages.iter().flat_map(|p| [p.byte, p.characters])).chain(ends.iter().copied());
        let tables: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
        let mut footer = Vec::with_capacity(FOOTER);
        footer.extend(MAGIC);
        for number in [VERSION, self.firsts.len() as u32, passages.len() as u32, ends.len() as u32] {
            footer.extend(number.to_le_bytes());
        }
        footer.extend(serial.to_le_bytes());
        footer.extend(xxh3_64(&tables).to_le_bytes());
        footer.extend(xxh3_64(&footer).to_le_bytes());
        self.write(&tables)?;
        self.write(&footer)?;
        let name = format!("{:032x}.segment", self.hash.digest128());
        let out = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((name, out))
    }
}

/// A segment that is open for reading.
#[derive(Debug)]
pub struct Segment {
    pub name: String,
    file: Mutex<File>,
    firsts: Vec<u32>,
    pub passages: Vec<Stored>,
    ends: Vec<u32>,
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// A page that was read and checked.
#[derive(Debug, Default)]
pub struct Page {
    number: Option<usize>,
    bytes: Vec<u8>,
}

impl Page {
    fn posting(&self, n: usize) -> Posting {
        let number = |at: usize| u32::from_le_bytes(std::array::from_fn(|k| self.bytes[at + k]));
        (number(n * POSTING), number(n * POSTING + 4))
    }

    /// The postings of the page from `fingerprint` on; passages count from one, so that the zeros behind the last are none.
    fn postings_from(&self, fingerprint: u32) -> impl Iterator<Item = Posting> {
        let (mut low, mut high) = (0, FULL);
        while low < high {
            let middle = (low + high) / 2;
            let (value, passage) = self.posting(middle);
            match passage > 0 && value < fingerprint {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let behind = (low..FULL).map(|n| self.posting(n));
        behind.take_while(|(_, passage)| *passage > 0).map(|(value, passage)| (value, passage - 1))
    }
}

impl Segment {
    /// Opens a segment and checks its tables. `InvalidData`: it is damaged.
    pub fn open(folder: &Path, name: &str) -> io::Result<Segment> {
        let mut file = File::open(folder.join(name))?;
        let length = file.metadata()?.len();
        let tables_end = length.checked_sub(FOOTER as u64).ok_or_else(|| damaged("too short"))?;
        let mut footer = [0; FOOTER];
        file.seek(SeekFrom::Start(tables_end))?;
        file.read_exact(&mut footer)?;
        let long = |at: usize| u64::from_le_bytes(std::array::from_fn(|k| footer[at + k]));
        let [version, pages, passages, reports] =
            std::array::from_fn(|n| u32::from_le_bytes(std::array::from_fn(|k| footer[8 + 4 * n + k])));
        if &footer[..8] != MAGIC || xxh3_64(&footer[..FOOTER - CHECKSUM]) != long(FOOTER - CHECKSUM) {
            return Err(damaged("its end is missing or wrong"));
        }
        if version != VERSION {
            return Err(damaged("of another version"));
        }
        let count = u64::from(pages) + 2 * u64::from(passages) + u64::from(reports);
        let tables_start = u64::from(pages) * PAGE as u64;
        if tables_start + 4 * count != tables_end {
            return Err(damaged("of another length than it says"));
        }
        let mut tables = vec![0; 4 * count as usize];
        file.seek(SeekFrom::Start(tables_start))?;
        file.read_exact(&mut tables)?;
        if xxh3_64(&tables) != long(FOOTER - 2 * CHECKSUM) {
            return Err(damaged("its tables are wrong"));
        }
        let mut numbers = tables.chunks_exact(4).map(|four| u32::from_le_bytes(std::array::from_fn(|k| four[k])));
        let firsts = numbers.by_ref().take(pages as usize).collect();
        let flat: Vec<u32> = numbers.by_ref().take(2 * passages as usize).collect();
        let passages = flat.chunks_exact(2).map(|pair| Stored { byte: pair[0], characters: pair[1] }).collect();
        let ends = numbers.collect();
        Ok(Segment { name: name.to_owned(), file: Mutex::new(file), firsts, passages, ends })
    }

    pub fn reports(&self) -> usize {
        self.ends.len()
    }

    pub fn pages(&self) -> usize {
        self.firsts.len()
    }

    /// The report that a passage belongs to.
    pub fn report_of(&self, passage: u32) -> usize {
        self.ends.partition_point(|end| *end <= passage)
    }

    /// Reads page `number` into `page`, unless it is there already. `InvalidData`: it is damaged.
    fn read(&self, number: usize, page: &mut Page) -> io::Result<()> {
        if page.number == Some(number) {
            return Ok(());
        }
        page.number = None;
        page.bytes.resize(PAGE, 0);
        {
            // A panic while it was held can only have left the file at another place.
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start((number * PAGE) as u64))?;
            file.read_exact(&mut page.bytes)?;
        }
        let (postings, checksum) = page.bytes.split_at(PAGE - CHECKSUM);
        if xxh3_64(postings).to_le_bytes() != *checksum {
            return Err(damaged("a page is wrong"));
        }
        page.number = Some(number);
        Ok(())
    }

    /// Tells `found` each passage that holds `fingerprint`, until it says no. `page` is kept between calls: ascending
    /// fingerprints read each page once.
    pub fn holders(&self, fingerprint: u32, page: &mut Page, mut found: impl FnMut(u32) -> bool) -> io::Result<()> {
        // The holders of one fingerprint may begin on the page before the first that opens with it.
        let mut number = self.firsts.partition_point(|first| *first < fingerprint).saturating_sub(1);
        while number < self.firsts.len() && self.firsts[number] <= fingerprint {
            self.read(number, page)?;
            for (value, passage) in page.postings_from(fingerprint) {
                if value > fingerprint || (value == fingerprint && !found(passage)) {
                    return Ok(());
                }
            }
            number += 1;
        }
        Ok(())
    }

    /// All postings, page by page.
    pub fn postings(&self) -> Postings<'_> {
        Postings { segment: self, page: Page::default(), number: 0, at: 0 }
    }

    /// Reads every byte and compares it with the name.
    pub fn verify(&self) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(0))?;
        let (mut hash, mut bytes) = (Xxh3::new(), vec![0; 1 << 16]);
        loop {
            match file.read(&mut bytes)? {
                0 => break,
                count => hash.update(&bytes[..count]),
            }
        }
        let name = format!("{:032x}.segment", hash.digest128());
        if name == self.name { Ok(()) } else { Err(damaged("its bytes are not those that were written")) }
    }
}

/// The postings of a segment in order.
pub struct Postings<'s> {
    segment: &'s Segment,
    page: Page,
    number: usize,
    at: usize,
}

impl Iterator for Postings<'_> {
    type Item = io::Result<Posting>;

    fn next(&mut self) -> Option<io::Result<Posting>> {
        loop {
            if self.number >= self.segment.pages() {
                return None;
            }
            if let Err(error) = self.segment.read(self.number, &mut self.page) {
                self.number = self.segment.pages();
                return Some(Err(error));
            }
            let posting = (self.at < FULL).then(|| self.page.posting(self.at)).filter(|(_, passage)| *passage > 0);
            match posting {
                Some((fingerprint, passage)) => {
                    self.at += 1;
                    return Some(Ok((fingerprint, passage - 1)));
                }
                None => (self.number, self.at) = (self.number + 1, 0),
            }
        }
    }
}

/// The postings of `reports`, ascending, with the tables that they refer to.
pub fn sorted(reports: &[Vec<Printed>]) -> (Vec<Posting>, Vec<Stored>, Vec<u32>) {
    let (mut postings, mut passages, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    for report in reports {
        for (stored, fingerprints) in report {
            let number = passages.len() as u32;
            passages.push(*stored);
            postings.extend(fingerprints.values.iter().map(|value| (*value, number)));
        }
        ends.push(passages.len() as u32);
    }
    postings.sort_unstable();
    (postings, passages, ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(folder: &Path, reports: &[Vec<Printed>]) -> String {
        let (postings, passages, ends) = sorted(reports);
        let mut writer = Writer::new(Vec::new());
        for posting in postings {
            writer.push(posting).unwrap();
        }
        let (name, bytes) = writer.finish(&passages, &ends, 1).unwrap();
        std::fs::write(folder.join(&name), bytes).unwrap();
        name
    }

    fn report(values: &[Vec<u32>]) -> Vec<Printed> {
        let print = |(n, values): (usize, &Vec<u32>)| {
            let stored = Stored { byte: 100 * n as u32, characters: 60 };
            (stored, Fingerprints { values: values.clone(), characters: 60 })
        };
        values.iter().enumerate().map(print).collect()
    }

    fn holders(segment: &Segment, fingerprint: u32) -> io::Result<Vec<u32>> {
        let mut found = Vec::new();
        segment.holders(fingerprint, &mut Page::default(), |passage| {
            found.push(passage);
            true
        })?;
        Ok(found)
    }

    #[test]
    fn what_is_written_is_read_over_pages() {
        let folder = tempfile::tempdir().unwrap();
        // A fingerprint that fills more than a page, between two others, zero among them.
        let many = vec![vec![7]; 1300];
        let name = written(folder.path(), &[report(&[vec![0, 3], vec![7, u32::MAX]]), report(&many)]);
        let segment = Segment::open(folder.path(), &name).unwrap();
        assert_eq!((segment.reports(), segment.passages.len(), segment.pages()), (2, 1302, 3));
        assert_eq!(holders(&segment, 0).unwrap(), [0]);
        assert_eq!(holders(&segment, 3).unwrap(), [0]);
        assert_eq!(holders(&segment, 7).unwrap(), (1..1302).collect::<Vec<_>>());
        assert_eq!(holders(&segment, 8).unwrap(), [] as [u32; 0]);
        assert_eq!(holders(&segment, u32::MAX).unwrap(), [1]);
        assert_eq!((segment.report_of(1), segment.report_of(2)), (0, 1));
        assert_eq!(segment.postings().map(Result::unwrap).count(), 1304);
        segment.verify().unwrap();
    }

    proptest! {
        /// Whatever bit is flipped and wherever the file is cut, the segment answers as before or says that it is damaged.
        #[test]
        fn damage_never_answers(at in 0usize..10_000, bit in 0u8..8, cuts in any::<bool>()) {
            let folder = tempfile::tempdir().unwrap();
            let values: Vec<Vec<u32>> = (0..300).map(|n| vec![n, n + 1, 5000 + n * n]).collect();
            let name = written(folder.path(), &[report(&values)]);
            let whole = Segment::open(folder.path(), &name).unwrap();
            let path = folder.path().join(&name);
            let mut bytes = std::fs::read(&path).unwrap();
            let at = at % bytes.len();
            match cuts {
                true => bytes.truncate(at),
                false => bytes[at] ^= 1 << bit,
            }
            let right: Vec<_> = (0..302).map(|n| holders(&whole, n).unwrap()).collect();
            std::fs::remove_file(&path).unwrap();
            std::fs::write(&path, &bytes).unwrap();
            if let Ok(segment) = Segment::open(folder.path(), &name) {
                prop_assert!(segment.verify().is_err());
                for (n, right) in right.iter().enumerate() {
                    if let Ok(found) = holders(&segment, n as u32) {
                        prop_assert_eq!(&found, right);
                    }
                }
            }
        }
    }
}
