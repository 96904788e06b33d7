//! CPU time of this process.

use std::fs;

/// Linux counts CPU time in hundredths of a second for every process.
const TICKS_PER_SECOND: f64 = 100.0;

/// User and system time so far in seconds; 0 where the system does not say.
pub(crate) fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name, in brackets, may hold blanks; `utime` and `stime` are fields 14 and 15.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / TICKS_PER_SECOND
}
