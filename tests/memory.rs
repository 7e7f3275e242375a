//! What the index of near copies takes, counted by the allocator: invariant of `analysis::alike`'s layout, and the number
//! in docs/architecture.md. `HEGAO_REPORTS=folder cargo test --test memory -- --nocapture` measures on other reports.

#[path = "../benches/support/generator.rs"]
mod generator;

#[path = "support/edits.rs"]
mod edits;

use hegao::analysis::Analysis;
use hegao::analysis::alike::Alike;
use hegao::similarity::fingerprint::Fingerprints;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// Bytes that this thread has allocated and not given back: other tests run beside.
    static LIVE: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // A thread that is ending has no counter any more.
    let _ = LIVE.try_with(|live| live.set(live.get() + bytes));
}

struct Counting;

// SAFETY: every call goes to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn the_index_of_near_copies_takes_less_than_the_text() {
    let reports = edits::reports();
    // As a draft of one report after the other.
    let text = reports.concat();
    let analysis = Analysis::of(&text);
    let passages = analysis.passages(0..analysis.table.len());
    let printed: Vec<_> = passages
        .iter()
        .filter(|passage| Alike::takes(passage))
        .map(|passage| (passage.first, Fingerprints::of(&analysis.source(passage.bytes.clone()))))
        .collect();
    let before = LIVE.get();
    let mut alike = Alike::default();
    alike.update(&[], &printed, |_| None);
    let taken = LIVE.get() - before;
    let share = taken as f64 / text.len() as f64;
    println!("{} passages, {} bytes of text, {taken} of index: {share:.3}", printed.len(), text.len());
    assert!((0.2..0.8).contains(&share), "{share}");
}
