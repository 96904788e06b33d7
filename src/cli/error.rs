//! What stops a run, in words: what happened, where, and what to do.

use crate::cli::output::Output;
use crate::corpus;
use crate::embedding::ModelFault;
use crate::finding::Ending;
use crate::index;
use crate::render::terminal::write_error;
use std::io;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;

/// Why the run stopped before its end.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file, record or lock could not be used.
    Corpus(corpus::Error),
    /// The index could not be made or used.
    Index(index::Error),
    /// The arguments or the configuration make no sense together.
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// The model that the settings name cannot be used.
    Model {
        /// Its file.
        path: PathBuf,
        /// Why not.
        fault: ModelFault,
    },
    /// Nothing could be signed.
    Signing {
        /// What went wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// Stdout could not be written.
    Output(io::Error),
    /// The page could not be shown.
    Opening {
        /// The page.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Changes cannot be seen.
    Watching(String),
}

impl From<corpus::Error> for Error {
    fn from(error: corpus::Error) -> Self {
        Self::Corpus(error)
    }
}

impl From<index::Error> for Error {
    fn from(error: index::Error) -> Self {
        Self::Index(error)
    }
}

impl Error {
    /// A usage error with its next step.
    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: help.into() }
    }

    /// A signature that could not be made, with the next step.
    pub(crate) fn signing(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Signing { message: message.into(), help: help.into() }
    }

    /// Prints the error on stderr and gives the exit status.
    ///
    /// A reader that closed the pipe, such as `head`, has what it wanted: success.
    pub(crate) fn report(&self, output: &Output) -> ExitCode {
        let (code, message, help, status) = match self {
            Self::Output(error) if error.kind() == ErrorKind::BrokenPipe => {
                return ExitCode::SUCCESS;
            }
            Self::Output(error) => {
                ("PE000", format!("cannot write the output: {error}"), String::new(), 3)
            }
            Self::Opening { path, error } => (
                "PE069",
                format!("cannot open `{}` in a browser: {error}", path.display()),
                "open the file by hand; it is written".to_owned(),
                3,
            ),
            Self::Watching(fault) => (
                "PE069",
                format!("cannot watch for changes: {fault}"),
                "run `provenance report` again after a change; the page is written".to_owned(),
                3,
            ),
            Self::Usage { message, help } => ("PE099", message.clone(), help.clone(), 2),
            Self::Signing { message, help } => ("PE050", message.clone(), help.clone(), 3),
            Self::Model { path, fault } => {
                let (code, help, status) = of_model(fault);
                (code, format!("`{}`: {fault}", path.display()), help.to_owned(), status)
            }
            Self::Index(error) => {
                (error.code(), chain(error), error.help(), exit_of(error.ending()))
            }
            Self::Corpus(error) => {
                (error.code(), chain(error), error.help(), exit_of(error.ending()))
            }
        };
        let mut stderr = io::stderr().lock();
        // There is nowhere to report that stderr cannot be written.
        let _ = write_error(&mut stderr, code, (&message, &help), output.problems);
        ExitCode::from(status)
    }
}

/// Code, help and exit status for a model that cannot be used.
fn of_model(fault: &ModelFault) -> (&'static str, &'static str, u8) {
    match fault {
        ModelFault::NotBuilt => {
            ("PE070", "build it with the feature `accurate`, or leave out `model` in [align]", 3)
        }
        ModelFault::Model(_) => ("PE071", "name the ONNX file of a sentence transformer", 2),
        ModelFault::Tokenizer(_) => {
            ("PE072", "name the `tokenizer.json` of the model as `tokenizer` in [align]", 2)
        }
        ModelFault::NotOfSentences(_) => {
            ("PE073", "name a sentence transformer, and the tokenizer that came with it", 2)
        }
    }
}

/// The exit status for what stopped a run.
fn exit_of(ending: Ending) -> u8 {
    match ending {
        Ending::Incomplete => 3,
        Ending::Schema | Ending::Findings => 2,
    }
}

/// An error with its causes, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |message, cause| format!("{message}: {cause}"))
}
