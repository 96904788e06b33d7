//! Unpacking: gzip and Zstandard, several packed pieces in a row included.
//!
//! In:  an open file.
//! Out: its unpacked bytes, and an error when the packed ones are cut off or damaged.

use crate::corpus::Error;
use crate::corpus::input::InputFault;
use crate::corpus::open::Stamp;
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::BlockDecodingStrategy;
use ruzstd::decoding::FrameDecoder;
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::errors::ReadFrameHeaderError;
use std::fs::File;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Big enough that calls of the system cost nothing beside unpacking.
const BUFFER_BYTES: usize = 128 * 1024;

/// A file, and what it was when it was opened.
pub(crate) struct Opened {
    pub(crate) file: File,
    pub(crate) before: Stamp,
}

/// The bytes of a file, unpacked.
pub(crate) struct Unpacked {
    /// The bytes.
    pub(crate) bytes: Box<dyn BufRead + Send>,
    /// Whether they were packed.
    pub(crate) packed: bool,
}

/// The bytes of `file`, unpacked as its first bytes ask.
pub(crate) fn unpack(path: &Path, file: Arc<File>) -> Result<Unpacked, Error> {
    let mut file = BufReader::with_capacity(BUFFER_BYTES, file);
    let start = file.fill_buf().map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let bytes: Box<dyn BufRead + Send> = match start {
        [0x1f, 0x8b, ..] => {
            Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(file)))
        }
        // A frame, or one of sixteen sorts of frames that are skipped.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
            Box::new(BufReader::with_capacity(BUFFER_BYTES, Frames::new(file)))
        }
        start => {
            if let Some(packer) = other_packer(start) {
                return Err(InputFault::Packed { path: path.to_owned(), packer }.into());
            }
            return Ok(Unpacked { bytes: Box::new(file), packed: false });
        }
    };
    Ok(Unpacked { bytes, packed: true })
}

/// A packer that people use for archives and that is not supported.
fn other_packer(start: &[u8]) -> Option<&'static str> {
    match start {
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => Some("bzip2"),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some("xz"),
        [b'P', b'K', 3, 4, ..] => Some("zip"),
        [0x04, 0x22, 0x4d, 0x18, ..] => Some("lz4"),
        _ => None,
    }
}

/// Zstandard frames, one behind the other, as the format's specification (RFC 8878,
/// section 3) has them; each is checked against its checksum, when it has one.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    /// Whether the decoder is inside a frame.
    inside: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), inside: false }
    }

    /// Begins the next frame; `false` at the end of the file.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    self.inside = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = (&mut self.source).take(length.into());
                    if io::copy(&mut skipped, &mut io::sink())? < length.into() {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }

    /// Ends a frame whose bytes have all been taken.
    fn end(&mut self) -> io::Result<()> {
        self.inside = false;
        let stated = self.decoder.get_checksum_from_data();
        if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
            return Err(io::Error::other("the checksum of a frame does not agree"));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.inside && self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if self.inside && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.source, one).map_err(io::Error::other)?;
            } else if self.inside {
                self.end()?;
            } else if !self.begin()? {
                return Ok(0);
            }
        }
    }
}
