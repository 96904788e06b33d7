//! The lines of an input file, each at most so long, each a document.

use crate::corpus::Document;
use crate::corpus::Error;
use crate::corpus::input::InputFault;
use crate::corpus::input::Skipped;
use crate::corpus::input::line;
use crate::corpus::input::unpack;
use crate::corpus::input::unpack::Opened;
use crate::corpus::input::unpack::Unpacked;
use crate::corpus::open;
use crate::corpus::open::Stamp;
use crate::span::DocId;
use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io;
use std::io::BufRead as _;
use std::io::Read as _;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes of a line per byte of text: `\u00e9` has six and stands for two.
const LINE_BYTES_PER_BYTE: u64 = 3;

/// What else may stand in a line beside a text as large as may be.
const LINE_BYTES_BESIDE: u64 = 1024 * 1024;

/// What some systems put in front of a text.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The documents of a file with a JSON object a line.
pub(crate) struct Lines {
    path: PathBuf,
    file: Arc<File>,
    before: Stamp,
    unpacked: Unpacked,
    text_bytes_max: u64,
    /// The line that was read last, counted from one.
    number: u64,
    buffer: Vec<u8>,
    documents: u64,
    /// On which line each id stands.
    ids: HashMap<String, u64>,
}

impl fmt::Debug for Lines {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Lines");
        shown.field("path", &self.path).field("number", &self.number).finish_non_exhaustive()
    }
}

/// What a line is.
enum Line {
    /// It is in the buffer.
    Whole,
    /// It has too many bytes, which were passed over.
    TooLong,
}

impl Lines {
    pub(crate) fn new(path: &Path, opened: Opened, text_bytes_max: u64) -> Result<Self, Error> {
        let Opened { file, before } = opened;
        let file = Arc::new(file);
        let unpacked = unpack::unpack(path, Arc::clone(&file))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            before,
            unpacked,
            text_bytes_max,
            number: 0,
            buffer: Vec::new(),
            documents: 0,
            ids: HashMap::new(),
        })
    }

    /// The next document; `None` at the end.
    pub(crate) fn next(
        &mut self,
        id: DocId,
        skipped: &mut Skipped,
    ) -> Result<Option<Document>, Error> {
        while let Some(line) = self.read().map_err(|error| self.stop(&error))? {
            let read = match line {
                Line::Whole if self.bytes().trim_ascii().is_empty() => continue,
                Line::Whole => line::read(self.bytes(), self.text_bytes_max),
                Line::TooLong => Err(line::Problem::too_long(self.line_bytes_max())),
            };
            match read.and_then(|stated| self.unique(stated)) {
                Ok(stated) => {
                    let (document, unknown) = stated.document(id);
                    if let Some(problem) = unknown {
                        skipped.value(self.place(&problem));
                    }
                    self.documents += 1;
                    return Ok(Some(document));
                }
                Err(problem) => skipped.document(self.place(&problem)),
            }
        }
        match open::stamp(&self.file) {
            Ok(after) if after == self.before => Ok(None),
            _ => Err(Error::Unstable { path: self.path.clone() }),
        }
    }

    /// Reads a line into the buffer, without what ends it.
    fn read(&mut self) -> io::Result<Option<Line>> {
        self.buffer.clear();
        let max = self.line_bytes_max();
        let source = &mut self.unpacked.bytes;
        let count = source.take(max + 1).read_until(b'\n', &mut self.buffer)? as u64;
        if count == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
        } else if count > max {
            source.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Whole))
    }

    /// The line that was read last.
    fn bytes(&self) -> &[u8] {
        match self.number {
            1 => self.buffer.strip_prefix(MARK).unwrap_or(&self.buffer),
            _ => &self.buffer,
        }
    }

    fn line_bytes_max(&self) -> u64 {
        self.text_bytes_max.saturating_mul(LINE_BYTES_PER_BYTE).saturating_add(LINE_BYTES_BESIDE)
    }

    /// `stated`, unless a line before has its id.
    fn unique(&mut self, stated: line::Stated) -> Result<line::Stated, line::Problem> {
        if let Some(number) = self.ids.get(&stated.id) {
            return Err(line::Problem::taken(&stated.id, *number));
        }
        self.ids.insert(stated.id.clone(), self.number);
        Ok(stated)
    }

    fn place(&self, problem: &line::Problem) -> String {
        format!("`{}` line {}: {problem}", self.path.display(), self.number)
    }

    /// Why the file cannot be read on.
    fn stop(&self, error: &io::Error) -> Error {
        let path = self.path.clone();
        if !self.unpacked.packed {
            return Error::Read { path, source: io::Error::new(error.kind(), error.to_string()) };
        }
        let why = match error.kind() {
            io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
            _ => error.to_string(),
        };
        InputFault::Damaged { path, documents: self.documents, why }.into()
    }
}
