//! What a process costs.
//!
//! In:  a command.
//! Out: its CPU seconds and peak memory.
//! Not here: what it does.

use std::fs;
use std::process::Child;
use std::process::Command;
use std::time::Duration;

/// Linux counts CPU time in hundredths of a second for every process.
const TICKS_PER_SECOND: f64 = 100.0;

/// What one run of a program cost.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) cpu_seconds: f64,
    pub(crate) peak_bytes: u64,
}

impl Cost {
    /// The lower CPU, since noise only ever adds, and the higher memory, which is a
    /// bar that every run must hold.
    pub(crate) fn cheaper(self, other: Self) -> Self {
        Self {
            cpu_seconds: self.cpu_seconds.min(other.cpu_seconds),
            peak_bytes: self.peak_bytes.max(other.peak_bytes),
        }
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Cost {
    let before = children_cpu_seconds();
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut peak_bytes = 0;
    let status = loop {
        peak_bytes = peak_bytes.max(peak(&child));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(status.success(), "{command:?}: {status}");
    Cost { cpu_seconds: children_cpu_seconds() - before, peak_bytes }
}

/// User and system time of all children that have ended.
fn children_cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // The name, in brackets, may hold blanks; `cutime` and `cstime` are fields 16 and 17.
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks =
        fields.split_whitespace().skip(13).take(2).map(|ticks| ticks.parse::<f64>().unwrap());
    ticks.sum::<f64>() / TICKS_PER_SECOND
}

/// The most memory that a running child has held so far, in bytes; 0 once it has ended.
fn peak(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kib.unwrap_or(0) << 10
}
