//! Opening and reading: only regular files, never through a link, and noticed
//! when they change meanwhile.
//!
//! In:  paths that the walk found, or that a user named.
//! Out: [`Content`], or a [`Fault`].
//! Not here: what the bytes should have been (`verify`).

use crate::corpus::digest::Digest;
use crate::corpus::digest::Hasher;
use std::fs::File;
use std::io;
use std::io::Read as _;
use std::path::Path;

/// Big enough to keep the hash busy; 1 MiB measured slower, as it leaves the cache.
const CHUNK_BYTES: usize = 64 * 1024;

/// Pointer files of git-LFS are under 1024 bytes by their specification.
const LFS_BYTES_MAX: u64 = 1024;

/// What a git-LFS pointer begins with.
const LFS_MAGIC: &[u8] = b"version https://git-lfs.github.com/spec/v1";

/// What a folder is called.
pub(crate) const FOLDER: &str = "a folder";

/// What was read.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// Identity of the bytes.
    pub(crate) digest: Digest,
    /// How many there were.
    pub(crate) bytes: u64,
    /// What a git-LFS pointer says, when the file is such a pointer.
    pub(crate) lfs: Option<Pointer>,
}

/// A git-LFS pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pointer {
    /// The object that it points to, when it names one.
    pub(crate) oid: Option<Digest>,
}

impl Content {
    /// What a whole file in memory is.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let pointer = bytes.len() as u64 <= LFS_BYTES_MAX;
        let lfs = if pointer { lfs_pointer(bytes) } else { None };
        Self { digest: Digest::of(bytes), bytes: bytes.len() as u64, lfs }
    }
}

/// Why a file was not read to its end.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Not a regular file; says what it is.
    NotRegular(&'static str),
    /// It changed while it was read, twice.
    Unstable,
    /// The system refused.
    Io(io::Error),
    /// Git did not give it; says why.
    #[cfg_attr(not(feature = "git"), expect(dead_code, reason = "without git none is asked"))]
    Git(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Where the bytes of a file are kept while they are hashed.
pub(crate) struct Keep {
    /// The bytes, unless there were more than allowed.
    pub(crate) bytes: Vec<u8>,
    /// Files over this many bytes are hashed and not kept.
    pub(crate) bytes_max: u64,
}

/// Reads files one after another through one buffer.
pub(crate) struct Reader {
    buffer: Vec<u8>,
}

impl Reader {
    /// A reader with its own buffer.
    pub(crate) fn new() -> Self {
        Self { buffer: vec![0; CHUNK_BYTES] }
    }

    /// Hashes the file at `path`, and keeps its bytes if `keep` is given. Calls
    /// `progress` with the size of every chunk. A file that changes meanwhile is
    /// read once more.
    pub(crate) fn read(
        &mut self,
        path: &Path,
        mut keep: Option<&mut Keep>,
        progress: &dyn Fn(u64),
    ) -> Result<Content, Fault> {
        let first = self.attempt(path, keep.as_deref_mut(), progress);
        match first {
            Err(Fault::Unstable) => self.attempt(path, keep, progress),
            _ => first,
        }
    }

    /// The whole of a small file, such as a record; `None` when it has more than
    /// `bytes_max` bytes.
    pub(crate) fn small(&mut self, path: &Path, bytes_max: u64) -> Result<Option<&[u8]>, Fault> {
        let (mut file, before) = open(path)?;
        let Some(size) = usize::try_from(before.size).ok().filter(|_| before.size <= bytes_max)
        else {
            return Ok(None);
        };
        if self.buffer.len() < size {
            self.buffer.resize(size, 0);
        }
        let bytes = &mut self.buffer[..size];
        match file.read_exact(bytes) {
            Ok(()) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Fault::Unstable),
            Err(error) => Err(error.into()),
        }
    }

    /// Hands the file at `path` to `take`, chunk by chunk. Returns how many bytes
    /// there were. What `take` refuses ends the reading.
    pub(crate) fn stream(
        &mut self,
        path: &Path,
        take: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<u64, Fault> {
        let (mut file, before) = open(path)?;
        let mut bytes = 0;
        loop {
            let count = file.read(&mut self.buffer)?;
            if count == 0 {
                break;
            }
            take(&self.buffer[..count])?;
            bytes += count as u64;
        }
        if bytes != before.size || stamp(&file)? != before {
            return Err(Fault::Unstable);
        }
        Ok(bytes)
    }

    fn attempt(
        &mut self,
        path: &Path,
        mut keep: Option<&mut Keep>,
        progress: &dyn Fn(u64),
    ) -> Result<Content, Fault> {
        let (mut file, before) = open(path)?;
        if let Some(keep) = keep.as_deref_mut() {
            keep.bytes.clear();
        }
        keep = keep.filter(|keep| before.size <= keep.bytes_max);
        let mut hasher = Hasher::default();
        let mut lfs = None;
        let mut bytes = 0;
        // The size is known, so a last read that returns nothing can be saved.
        while bytes < before.size {
            let count = file.read(&mut self.buffer)?;
            let chunk = &self.buffer[..count];
            if chunk.is_empty() {
                break;
            }
            if bytes == 0 && before.size <= LFS_BYTES_MAX {
                lfs = lfs_pointer(chunk);
            }
            if let Some(keep) = keep.as_deref_mut() {
                keep.bytes.extend_from_slice(chunk);
            }
            hasher.update(chunk);
            bytes += count as u64;
            progress(count as u64);
        }
        if bytes != before.size || stamp(&file)? != before {
            return Err(Fault::Unstable);
        }
        Ok(Content { digest: hasher.finish(), bytes, lfs })
    }
}

/// A file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    File,
    Folder,
}

/// What identifies one state of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Bytes.
    pub(crate) size: u64,
    /// What the file system calls it.
    pub(crate) inode: u64,
    /// When its content changed last, in seconds and nanoseconds.
    pub(crate) modified: (i64, i64),
    /// When anything of it changed last; unlike `modified` it cannot be set back.
    pub(crate) changed: (i64, i64),
}

#[cfg(unix)]
pub(crate) fn open(path: &Path) -> Result<(File, Stamp), Fault> {
    use rustix::fs::Mode;
    use rustix::fs::OFlags;
    // Without NONBLOCK a pipe would wait for a writer that never comes.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let descriptor = rustix::fs::open(path, flags, Mode::empty()).map_err(|errno| match errno {
        rustix::io::Errno::LOOP => Fault::NotRegular("a symbolic link"),
        rustix::io::Errno::NXIO => Fault::NotRegular("a socket or device"),
        other => Fault::Io(other.into()),
    })?;
    let file = File::from(descriptor);
    let stat = rustix::fs::fstat(&file).map_err(io::Error::from)?;
    match rustix::fs::FileType::from_raw_mode(stat.st_mode) {
        rustix::fs::FileType::RegularFile => Ok((file, stamp_of(&stat))),
        rustix::fs::FileType::Directory => Err(Fault::NotRegular(FOLDER)),
        rustix::fs::FileType::Fifo => Err(Fault::NotRegular("a pipe")),
        _ => Err(Fault::NotRegular("a socket or device")),
    }
}

#[cfg(unix)]
pub(crate) fn stamp(file: &File) -> io::Result<Stamp> {
    Ok(stamp_of(&rustix::fs::fstat(file)?))
}

// The fields of `Stat` have other widths on other systems.
#[cfg(unix)]
#[allow(clippy::useless_conversion, clippy::cast_lossless, reason = "`Stat` differs by system")]
#[allow(clippy::unnecessary_cast, clippy::cast_sign_loss, reason = "sizes are not negative")]
#[allow(clippy::cast_possible_wrap, reason = "nanoseconds are under a milliard")]
fn stamp_of(stat: &rustix::fs::Stat) -> Stamp {
    Stamp {
        size: stat.st_size as u64,
        inode: stat.st_ino as u64,
        modified: (stat.st_mtime as i64, stat.st_mtime_nsec as i64),
        changed: (stat.st_ctime as i64, stat.st_ctime_nsec as i64),
    }
}

#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "`corpus` is the module that opens files")]
pub(crate) fn open(path: &Path) -> Result<(File, Stamp), Fault> {
    let kind = std::fs::symlink_metadata(path)?.file_type();
    if kind.is_symlink() {
        return Err(Fault::NotRegular("a symbolic link"));
    }
    if !kind.is_file() {
        return Err(Fault::NotRegular(if kind.is_dir() { FOLDER } else { "a device" }));
    }
    let file = File::open(path)?;
    let stamp = stamp(&file)?;
    Ok((file, stamp))
}

#[cfg(not(unix))]
pub(crate) fn stamp(file: &File) -> io::Result<Stamp> {
    stamp_in(&file.metadata()?)
}

/// The stamp of what stands at `path`, and whether that is a file or a folder; a link
/// is neither.
#[cfg(unix)]
pub(crate) fn stamp_at(path: &Path) -> io::Result<(Stamp, Option<Sort>)> {
    let stat = rustix::fs::lstat(path)?;
    let sort = match rustix::fs::FileType::from_raw_mode(stat.st_mode) {
        rustix::fs::FileType::RegularFile => Some(Sort::File),
        rustix::fs::FileType::Directory => Some(Sort::Folder),
        _ => None,
    };
    Ok((stamp_of(&stat), sort))
}

#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "`corpus` is the module that opens files")]
pub(crate) fn stamp_at(path: &Path) -> io::Result<(Stamp, Option<Sort>)> {
    let metadata = std::fs::symlink_metadata(path)?;
    let folder = metadata.is_dir().then_some(Sort::Folder);
    Ok((stamp_in(&metadata)?, folder.or(metadata.is_file().then_some(Sort::File))))
}

#[cfg(not(unix))]
fn stamp_in(metadata: &std::fs::Metadata) -> io::Result<Stamp> {
    let since = metadata.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    let modified = (seconds, i64::from(since.subsec_nanos()));
    Ok(Stamp { size: metadata.len(), inode: 0, modified, changed: modified })
}

/// What `content` says, when it is a git-LFS pointer.
fn lfs_pointer(content: &[u8]) -> Option<Pointer> {
    let lines = content.strip_prefix(LFS_MAGIC)?;
    let oid = str::from_utf8(lines).ok()?.lines().find_map(|line| line.strip_prefix("oid sha256:"));
    Some(Pointer { oid: oid.and_then(|digits| digits.trim().parse().ok()) })
}
