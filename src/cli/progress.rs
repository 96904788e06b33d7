//! Progress of long work in bytes: on stderr, on a terminal only, and only after half
//! a second.

use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::Duration;
use std::time::Instant;

/// Work shorter than this is over before a reader could read a bar.
const QUIET: Duration = Duration::from_millis(500);

/// Sizes in powers of ten, as in records and in file managers.
const TEMPLATE: &str = "{msg} {bar:30} {decimal_bytes}/{decimal_total_bytes} {eta}";

/// A bar that appears when the work takes long enough to wonder about.
pub(crate) struct Progress {
    what: &'static str,
    started: Instant,
    wanted: bool,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// A bar for `what` is being done, such as "verifying".
    pub(crate) fn new(what: &'static str) -> Self {
        let wanted = std::io::stderr().is_terminal();
        Self { what, started: Instant::now(), wanted, bar: OnceLock::new() }
    }

    /// Shows that `done` of `total` bytes are done.
    pub(crate) fn update(&self, done: u64, total: u64) {
        if !self.wanted || self.started.elapsed() < QUIET {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let style = ProgressStyle::with_template(TEMPLATE);
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            bar.set_style(style.expect("the template is a constant and valid"));
            bar.set_message(self.what);
            bar
        });
        bar.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_bytes() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
