//! Work on bytes that nobody vouches for, on a thread that is waited for only
//! so long. Some files make a reader loop for ever or fail in the midst of it:
//! the thread is then left behind and the run goes on. Looks at no clock.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The reader failed in the midst of it.
    Failed,
    /// It went on for longer than it was waited for: so many seconds.
    Late(u64),
}

/// Some readers go as deep as a file is nested, so the stack is a big one.
const STACK: usize = 64 << 20;

/// How long a file of a size is waited for: 8 seconds and two more for each
/// megabyte, at most ten minutes.
pub(crate) fn limit(bytes: usize) -> Duration {
    let megabytes = u64::try_from(bytes >> 20).unwrap_or(u64::MAX);
    Duration::from_secs(megabytes.saturating_mul(2).saturating_add(8).min(600))
}

/// Does work on a thread of its own and waits for it.
pub(crate) fn within<T, F>(limit: Duration, work: F) -> Result<T, Ended>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (tell, told) = channel();
    let started = thread::Builder::new().stack_size(STACK).spawn(move || {
        // The readers are tested against broken files, but a panic on one
        // more of them must not end the run.
        let done = catch_unwind(AssertUnwindSafe(work));
        // Nobody may be waiting any more.
        let _ = tell.send(done);
    });
    if started.is_err() {
        return Err(Ended::Failed);
    }
    match told.recv_timeout(limit) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Ended::Failed),
        Err(RecvTimeoutError::Timeout) => Err(Ended::Late(limit.as_secs())),
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::{Ended, limit, within};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn a_reader_that_never_ends_is_left_behind() {
        let (end, ended) = channel::<()>();
        let late = within(Duration::from_millis(30), move || ended.recv().is_ok());
        assert_eq!(late, Err(Ended::Late(0)));
        drop(end);
        assert_eq!(within(Duration::from_secs(9), || 7), Ok(7));
    }

    #[test]
    fn a_reader_that_fails_is_an_answer() {
        let failed = within(Duration::from_secs(9), || -> u8 { panic!("a broken part") });
        assert_eq!(failed, Err(Ended::Failed));
    }

    #[test]
    fn bigger_files_are_waited_for_longer() {
        assert_eq!(limit(0).as_secs(), 8);
        assert_eq!(limit(25 << 20).as_secs(), 58);
        assert_eq!(limit(usize::MAX).as_secs(), 600);
    }
}
