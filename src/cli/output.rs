//! Where output goes and how it looks: stdout for results, stderr for problems.

use crate::cli::args::Colour;
use crate::cli::error::Error;
use crate::render::sanitize::line;
use crate::render::terminal;
use crate::render::terminal::Look;
use crate::report::Report;
use anstream::AutoStream;
use anstream::ColorChoice;
use std::io::BufWriter;
use std::io::StdoutLock;
use std::io::Write;

/// Width of output that does not go to a terminal: what a mail or a log shows well.
const WIDTH_PLAIN: usize = 100;

/// Narrower rows break every other phrase.
const WIDTH_MIN: usize = 40;

/// Wider rows are hard to read, however wide the terminal is.
const WIDTH_MAX: usize = 120;

/// How both streams look.
pub(crate) struct Output {
    /// For stdout.
    pub(crate) look: Look,
    /// For stderr.
    pub(crate) problems: Look,
}

impl Output {
    pub(crate) fn new(colour: Colour) -> Self {
        let width = width();
        let look = |choice| Look { colour: choice != ColorChoice::Never, width };
        let chosen = |auto| match ColorChoice::from(colour) {
            ColorChoice::Auto => auto,
            choice => choice,
        };
        Self {
            look: look(chosen(AutoStream::choice(&std::io::stdout()))),
            problems: look(chosen(AutoStream::choice(&std::io::stderr()))),
        }
    }

    /// Tells what was done beside the results, on stderr.
    pub(crate) fn note(text: &str) {
        // There is nowhere to report that stderr cannot be written.
        let _ = writeln!(std::io::stderr(), "{}", line(text));
    }

    /// Tells what was not checked, on stderr.
    pub(crate) fn unchecked(&self, report: &Report) {
        // There is nowhere to report that stderr cannot be written.
        let _ = terminal::write_unchecked(&mut std::io::stderr(), report, self.problems);
    }

    /// Lets `write` fill stdout, and flushes it.
    pub(crate) fn write(
        &self,
        write: impl FnOnce(&mut BufWriter<StdoutLock<'static>>, Look) -> std::io::Result<()>,
    ) -> Result<(), Error> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        write(&mut out, self.look).and_then(|()| out.flush()).map_err(Error::Output)
    }
}

/// The width of the output: of the terminal that stdout goes to; else what `COLUMNS`
/// says; else of the terminal that the program was started from, for pagers.
fn width() -> usize {
    let columns = |size: (terminal_size::Width, terminal_size::Height)| usize::from(size.0.0);
    terminal_size::terminal_size_of(std::io::stdout())
        .map(columns)
        .or_else(named_width)
        .or_else(|| terminal_size::terminal_size().map(columns))
        .unwrap_or(WIDTH_PLAIN)
        .clamp(WIDTH_MIN, WIDTH_MAX)
}

/// The width that the environment names; one that is no number is none.
#[expect(clippy::disallowed_methods, reason = "`cli` is the module that reads the environment")]
fn named_width() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.trim().parse().ok()
}
