//! The client's process, watched.
//!
//! A client that is killed does not always close the pipe: a wrapper between may hold it open, and the
//! server would stay for ever. The protocol lets the client say its process id so that the server
//! can look. It is watched only if it was alive at `initialize`: across a container or a remote
//! connection it names a process of another machine.

use std::time::Duration;

use super::{Ended, Ending};

/// Ends the session when `process` is gone, if it is there now. Looks once every `period`.
pub fn watch(process: i64, period: Duration, ending: Ending) {
    if !is_alive(process) {
        tracing::info!(process, "the client's process is not here and is not watched");
        return;
    }
    tokio::spawn(async move {
        while is_alive(process) {
            tokio::select! {
                () = ending.closed() => return,
                () = tokio::time::sleep(period) => {}
            }
        }
        // Nobody listens when the session has ended already.
        let _ = ending.send(Ended::ParentGone);
    });
}

/// Only "no such process" counts as gone: a process of another user is there too.
#[cfg(unix)]
fn is_alive(process: i64) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};

    let process = i32::try_from(process).ok().filter(|process| *process > 0);
    process.and_then(Pid::from_raw).is_some_and(|process| test_kill_process(process) != Err(Errno::SRCH))
}

/// Elsewhere there is no way to look without unsafe code; the end of the input has to do.
#[cfg(not(unix))]
fn is_alive(_: i64) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn no_process_has_the_number_zero_or_less() {
        assert!(is_alive(i64::from(std::process::id())));
        for process in [0, -1, i64::MAX, i64::MIN] {
            assert!(!is_alive(process), "{process}");
        }
    }
}
