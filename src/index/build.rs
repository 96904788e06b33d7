//! Making an index: from documents, and from the words of the index before.
//!
//! A document whose file is as it was is not read again: its words come from the old
//! index. Everything else is made anew, into a temporary file that takes the place of
//! the old index in one step.
//!
//! In:  a project.
//! Out: its index on disk, and [`Built`].
//! Not here: the layout (`format`, `postings`).

use crate::corpus;
use crate::corpus::BlockWriter;
use crate::corpus::Digest;
use crate::corpus::ObjectId;
use crate::corpus::Options;
use crate::corpus::Reader;
use crate::corpus::Stamp;
use crate::corpus::Survey;
use crate::corpus::Writing;
use crate::index::Entry;
use crate::index::Error;
use crate::index::Index;
use crate::index::format;
use crate::index::format::Header;
use crate::index::format::Section;
use crate::index::postings;
use crate::index::postings::PARTS;
use crate::reuse::archive::Scratch;
use crate::reuse::archive::fingerprints;
use crate::reuse::archive::winnow;
use rayon::prelude::*;
use std::io;
use std::path::Path;

/// Documents that are in memory at once: some megabytes of news.
const CHUNK_DOCUMENTS: usize = 1024;

/// Parts of the postings that are encoded at once.
const CHUNK_PARTS: usize = 16;

/// Postings per 100 bytes of text, to ask for memory in one piece; more is no fault.
const POSTINGS_PER_100_BYTES: u64 = 7;

/// What became of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// Documents in the index.
    pub documents: usize,
    /// How many of them were read; the words of the others were there.
    pub read: usize,
    /// Documents that could not be read, in byte order: they are looked at again
    /// whenever the index is used.
    pub unread: Vec<String>,
    /// Whether there was anything to write.
    pub written: bool,
}

/// Makes or renews the index of the project at `root`; with `rebuild` every document
/// is read again.
///
/// The old index stays in place, and usable, until the new one is whole. `progress`
/// is called with the bytes of text done and of all.
///
/// # Errors
/// When the project or the folder `.provenance` cannot be read or written, or there are
/// 2^32 words.
pub fn build(
    root: &Path,
    options: &Options,
    rebuild: bool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Built, Error> {
    let writing = Writing::begin(root)?;
    // What is damaged or of another version is made anew.
    let old = if rebuild { None } else { Index::open(root).ok().flatten() };
    let old = old.filter(|old| old.is_for(options));
    let task = Task { root, options, progress, writing: &writing };
    match task.build(old.as_ref()) {
        Err(Error::Damaged { .. }) if old.is_some() => task.build(None),
        result => result,
    }
}

/// What is to be made.
struct Task<'t> {
    root: &'t Path,
    options: &'t Options,
    progress: &'t (dyn Fn(u64, u64) + Sync),
    writing: &'t Writing,
}

/// A document that is to be taken into the index.
struct Document {
    path: String,
    stamp: Stamp,
    /// Its number in the old index, when it has not changed since.
    old: Option<usize>,
}

/// A document, read.
struct Taken {
    entry: Entry,
    text_bytes: u64,
    hashes: Vec<u32>,
    /// The fingerprints that winnowing keeps, with their positions.
    kept: Vec<(u64, u32)>,
    fate: Fate,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Read,
    Reused,
    Unread,
}

impl Task<'_> {
    fn build(&self, old: Option<&Index>) -> Result<Built, Error> {
        let mut file = self.writing.create()?;
        let failed = |source| Error::from(self.writing.failed(source));
        // Made before anything is looked at, its time is the start by the right clock.
        let start = Stamp::of(file.as_file()).map_err(failed)?;
        let survey = corpus::survey(self.root, self.options)?;
        let folders = survey.folders.iter().map(|(path, stamp)| folder(path, stamp, &start));
        let mut folders: Vec<Entry> = folders.collect();
        let (documents, unchanged) = plan(survey, old, &folders)?;
        if unchanged {
            return Ok(Built { documents: documents.len(), ..Built::default() });
        }
        let out = BlockWriter::new(file.as_file_mut(), format::KIND).map_err(failed)?;
        let mut writer = Writer::new(out, &documents, self.writing);
        let total: u64 = documents.iter().map(|document| document.stamp.size).sum();
        let mut built = Built { written: true, ..Built::default() };
        let mut done = 0;
        for chunk in documents.chunks(CHUNK_DOCUMENTS) {
            let take = |(reader, scratch): &mut (Reader, Scratch), document: &Document| {
                self.take(reader, scratch, document, old)
            };
            let taken: Vec<Taken> = chunk
                .par_iter()
                .map_init(|| (Reader::new(), Scratch::default()), take)
                .collect::<Result<_, Error>>()?;
            for mut taken in taken {
                taken.entry.stamp = taken.entry.stamp.filter(|stamp| !stamp.is_racy(&start));
                built.read += usize::from(taken.fate == Fate::Read);
                if taken.fate == Fate::Unread {
                    built.unread.push(taken.entry.path.clone());
                }
                writer.add(taken)?;
            }
            done += chunk.iter().map(|document| document.stamp.size).sum::<u64>();
            (self.progress)(done, total);
        }
        built.documents = writer.entries.len();
        suspect(&mut folders, &writer.entries);
        writer.finish(&folders, format::settings(self.options))?;
        self.writing.put(file, format::NAME)?;
        Ok(built)
    }

    /// The words of a document: from the old index, else from its file.
    fn take(
        &self,
        reader: &mut Reader,
        scratch: &mut Scratch,
        document: &Document,
        old: Option<&Index>,
    ) -> Result<Taken, Error> {
        if let Some((index, number)) = old.zip(document.old) {
            let entry = index.entry(number)?;
            let hashes = index.hashes(number)?;
            // What is no text has no words.
            let text_bytes = if hashes.is_empty() { 0 } else { document.stamp.size };
            return Ok(taken(entry, text_bytes, hashes, Fate::Reused));
        }
        let full = self.root.join(&document.path);
        let path = document.path.clone();
        let read = corpus::read_document(reader, &full, self.options.text_bytes_max);
        let Ok(read) = read else {
            let entry = Entry { path, digest: Digest::of(b""), blob: ObjectId::NONE, stamp: None };
            return Ok(taken(entry, 0, Vec::new(), Fate::Unread));
        };
        let text = read.text.unwrap_or_default();
        let stamp = Some(document.stamp);
        let entry = Entry { path, digest: read.digest, blob: read.blob, stamp };
        let hashes = scratch.read(&text).hashes().to_vec();
        Ok(taken(entry, text.len() as u64, hashes, Fate::Read))
    }
}

fn taken(entry: Entry, text_bytes: u64, hashes: Vec<u32>, fate: Fate) -> Taken {
    let all: Vec<u64> = fingerprints(&hashes).collect();
    let kept = winnow(&all).into_iter().map(|position| (all[position as usize], position));
    Taken { kept: kept.collect(), entry, text_bytes, hashes, fate }
}

fn folder(path: &str, stamp: &Stamp, start: &Stamp) -> Entry {
    let stamp = Some(*stamp).filter(|stamp| !stamp.is_racy(start));
    Entry { path: path.to_owned(), digest: Digest::of(b""), blob: ObjectId::NONE, stamp }
}

/// Forgets the stamps of folders that hold a document without one, so that it is
/// looked at whenever the index is used.
fn suspect(folders: &mut [Entry], documents: &[Entry]) {
    for document in documents.iter().filter(|document| document.stamp.is_none()) {
        let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Ok(at) = folders.binary_search_by(|entry| entry.path.as_str().cmp(folder)) {
            folders[at].stamp = None;
        }
    }
}

/// What is to be read and what is known already, and whether all is.
fn plan(
    survey: Survey,
    old: Option<&Index>,
    folders: &[Entry],
) -> Result<(Vec<Document>, bool), Error> {
    let known = old.map(Index::entries).transpose()?.unwrap_or_default();
    let documents: Vec<Document> = survey
        .documents
        .into_iter()
        .map(|(path, stamp)| {
            let number = known.binary_search_by(|entry| entry.path.cmp(&path)).ok();
            let old = number.filter(|number| known[*number].stamp == Some(stamp));
            Document { path, stamp, old }
        })
        .collect();
    let all_known = old.is_some()
        && documents.len() == known.len()
        && documents.iter().all(|document| document.old.is_some());
    let same = |new: &Entry, old: &Entry| new.path == old.path && new.stamp == old.stamp;
    let unchanged = match old {
        Some(old) if all_known => {
            let before = old.folders()?;
            before.len() == folders.len()
                && folders.iter().zip(&before).all(|(new, old)| same(new, old))
        }
        _ => false,
    };
    Ok((documents, unchanged))
}

/// An index that is being written.
struct Writer<'w> {
    out: BlockWriter<'w>,
    writing: &'w Writing,
    header: Header,
    starts: Vec<u32>,
    entries: Vec<Entry>,
    parts: Vec<Vec<u64>>,
}

impl<'w> Writer<'w> {
    fn new(out: BlockWriter<'w>, documents: &[Document], writing: &'w Writing) -> Self {
        let bytes: u64 = documents.iter().map(|document| document.stamp.size).sum();
        // Files may be larger than what is taken of them: no more than 4 GiB is asked for.
        let postings = (bytes / 100 * POSTINGS_PER_100_BYTES).min(1 << 29);
        let part = usize::try_from(postings).unwrap_or(0) / PARTS;
        let parts = (0..PARTS).map(|_| Vec::with_capacity(part)).collect();
        let (starts, entries) = (vec![0], Vec::with_capacity(documents.len()));
        Self { out, writing, header: Header::default(), starts, entries, parts }
    }

    /// Appends the words of a document, and keeps its postings.
    fn add(&mut self, taken: Taken) -> Result<(), Error> {
        let start = self.header.words;
        let words = u32::try_from(taken.hashes.len()).ok();
        let end = words.and_then(|words| start.checked_add(words));
        let end = end.ok_or(Error::TooLarge { words_max: u32::MAX })?;
        for (fingerprint, position) in taken.kept {
            let (part, posting) = postings::posting(fingerprint, start + position);
            self.parts[part].push(posting);
        }
        let bytes: Vec<u8> = taken.hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        self.write(&bytes)?;
        self.header.words = end;
        self.header.text_bytes += taken.text_bytes;
        self.starts.push(end);
        self.entries.push(taken.entry);
        Ok(())
    }

    /// Writes everything behind the words, and last the head.
    fn finish(mut self, folders: &[Entry], settings: u64) -> Result<(), Error> {
        self.end(Section::Words);
        let buckets = self.postings()?;
        self.end(Section::Postings);
        self.numbers(buckets.iter().flat_map(|end| end.to_le_bytes()))?;
        self.end(Section::Buckets);
        let starts = std::mem::take(&mut self.starts);
        self.numbers(starts.iter().flat_map(|start| start.to_le_bytes()))?;
        self.end(Section::Starts);
        let mut paths = Vec::new();
        let documents = std::mem::take(&mut self.entries);
        self.named(&documents, &mut paths)?;
        self.end(Section::Documents);
        self.named(folders, &mut paths)?;
        self.end(Section::Folders);
        self.write(&paths)?;
        self.end(Section::Paths);
        self.header.settings = settings;
        self.out.finish(&self.header.bytes()).map_err(|source| self.writing.failed(source).into())
    }

    /// Sorts and writes the postings. Returns where each bucket begins, and the end.
    fn postings(&mut self) -> Result<Vec<u64>, Error> {
        let count: usize = self.parts.iter().map(Vec::len).sum();
        let bits = postings::bucket_bits(count as u64);
        self.header.bucket_bits = bits;
        let mut ends = vec![0];
        let mut end = 0;
        let mut parts = std::mem::take(&mut self.parts);
        for chunk in parts.chunks_mut(CHUNK_PARTS) {
            let encode = |part: &mut Vec<u64>| {
                let mut sorted = std::mem::take(part);
                sorted.sort_unstable();
                postings::encode(&sorted, bits)
            };
            let encoded: Vec<(Vec<u8>, Vec<u64>)> = chunk.par_iter_mut().map(encode).collect();
            for (bytes, lengths) in encoded {
                self.write(&bytes)?;
                ends.extend(lengths.into_iter().map(|length| {
                    end += length;
                    end
                }));
            }
        }
        Ok(ends)
    }

    fn named(&mut self, entries: &[Entry], paths: &mut Vec<u8>) -> Result<(), Error> {
        let mut bytes = Vec::with_capacity(entries.len() * format::ENTRY_BYTES);
        for Entry { path, digest, blob, stamp } in entries {
            let path_bytes = u32::try_from(path.len()).expect("paths have at most 1024 bytes");
            let start = paths.len() as u64;
            paths.extend_from_slice(path.as_bytes());
            let (digest, blob, stamp) = (*digest, *blob, *stamp);
            format::Entry { path: start, path_bytes, digest, blob, stamp }.append(&mut bytes);
        }
        self.write(&bytes)
    }

    fn numbers(&mut self, bytes: impl Iterator<Item = u8>) -> Result<(), Error> {
        self.write(&bytes.collect::<Vec<u8>>())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let written: io::Result<()> = self.out.write(bytes);
        written.map_err(|source| self.writing.failed(source).into())
    }

    fn end(&mut self, section: Section) {
        self.header.ends[section as usize] = self.out.bytes();
    }
}
