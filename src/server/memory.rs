//! How the allocator treats the server's memory.
//!
//! Opening a draft passes its text through five buffers of its size, and every publish is a buffer of its own. glibc
//! keeps what is freed of them: after opening 10 MB the process held 7 times the text, after typing 9 times. With two
//! arenas and large buffers given back at once it holds 4.4 and 5.4 times (`cargo bench --bench keystroke`). mimalloc was
//! tried and held 11 to 15 times.

/// Settles it for the process; call once, before threads are started.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn give_back_early() {
    const LARGE: i32 = 512 << 10;
    const SLACK: i32 = 1 << 20;
    for (parameter, value) in [(libc::M_ARENA_MAX, 2), (libc::M_MMAP_THRESHOLD, LARGE), (libc::M_TRIM_THRESHOLD, SLACK)]
    {
        // SAFETY: mallopt takes two integers and touches nothing of ours; the parameters are those of its manual.
        if unsafe { libc::mallopt(parameter, value) } == 0 {
            tracing::debug!(parameter, "mallopt refused");
        }
    }
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back_early() {}
