//! Progress: how many bytes are read, told now and then.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

/// Bytes between two calls: often enough for a bar, seldom enough to cost nothing.
const STRIDE_BYTES: u64 = 4 * 1024 * 1024;

/// Adds up the bytes read by all threads.
pub(crate) struct Meter<'p> {
    done: AtomicU64,
    total: u64,
    tell: &'p (dyn Fn(u64, u64) + Sync),
}

impl<'p> Meter<'p> {
    /// A meter that tells `tell` how much of `total` is done.
    pub(crate) fn new(tell: &'p (dyn Fn(u64, u64) + Sync), total: u64) -> Self {
        tell(0, total);
        Self { done: AtomicU64::new(0), total, tell }
    }

    /// Counts `bytes` more.
    pub(crate) fn add(&self, bytes: u64) {
        let before = self.done.fetch_add(bytes, Ordering::Relaxed);
        let after = before + bytes;
        if before / STRIDE_BYTES != after / STRIDE_BYTES {
            // Files without a record are not in the total.
            (self.tell)(after.min(self.total), self.total);
        }
    }

    /// Tells that everything is done. Returns the bytes that were read.
    pub(crate) fn finish(&self) -> u64 {
        (self.tell)(self.total, self.total);
        self.done.load(Ordering::Relaxed)
    }
}
