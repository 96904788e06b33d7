//! What must hold for any bytes at all: no panic, no endless loop, no broken promise.
//!
//! The fuzz targets call these with bytes that they make up; the integration tests
//! call them with every file in `fuzz/corpus/`, so that what was once found stays
//! mended.
//!
//! In:  bytes.
//! Out: a panic, when something does not hold.

use provenance::analyse;
use provenance::claims;
use provenance::corpus;
use provenance::corpus::Document;
use provenance::corpus::Options;
use provenance::corpus::digest::normalised;
use provenance::corpus::hidden::hidden;
use provenance::corpus::respell;
use provenance::index;
use provenance::index::Index;
use provenance::policy::Policy;
use provenance::reuse::archive::Words;
use provenance::span::DocId;
use provenance::span::Span;
use provenance::text::Text;
use std::fs;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Records: what is read can be written and is the same, in a spelling that stays.
pub(super) fn record(bytes: &[u8]) {
    let Ok(source) = str::from_utf8(bytes) else { return };
    match respell("manifests/a.txt.toml", source) {
        Ok(text) => {
            let again =
                respell("manifests/a.txt.toml", &text).expect("what was written is a record");
            assert_eq!(again, text, "the canonical spelling has another one");
        }
        Err(error) => assert!(!error.to_string().is_empty() && !error.help().is_empty()),
    }
}

/// Folding: every place in the folded text has one in the original, and back.
pub(super) fn fold(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let text = Text::read(DocId(0), &source);
    let folded = text.folded.text();
    for (start, letter) in folded.char_indices() {
        let here = Span::new(start, start + letter.len_utf8());
        let there = text.folded.original(here);
        assert!(source.get(there.range()).is_some_and(|wording| !wording.is_empty()));
        assert!(text.folded.folded(there).contains(here), "{here:?} {there:?}");
    }
    let once = normalised(&source);
    assert_eq!(normalised(&once), once, "`pv-text-1` is not stable");
    for found in hidden(&source) {
        assert!(source.get(found.span.range()).is_some());
    }
}

/// Segmentation: units and tokens are in order, apart, and cut the text at letters.
pub(super) fn segment(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let text = Text::read(DocId(0), &source);
    let mut end = 0;
    for unit in &text.units {
        assert!(unit.span.start() >= end && !text.unit_text(unit).trim().is_empty());
        assert!(source.get(unit.span.range()).is_some());
        assert!(text.unit_tokens(unit).iter().all(|token| unit.span.contains(token.span)));
        end = unit.span.end();
    }
    let mut end = 0;
    for token in &text.tokens {
        assert!(token.span.start() >= end && source.get(token.span.range()).is_some());
        end = token.span.end();
    }
}

/// Figures and dates: each lies in its unit and can be printed.
pub(super) fn figures(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let text = Text::read(DocId(0), &source);
    for claim in claims::extract(&text) {
        let span = claim.place.span;
        assert!(source.get(span.range()).is_some_and(|wording| !wording.is_empty()));
        assert!(claim.speaker.is_none_or(|speaker| source.get(speaker.range()).is_some()));
        assert!(!claim.kind.name().is_empty() && claim.value_text().len() < 1 << 20);
    }
}

/// Quotations, alignment and divergence, of two texts that a line of `=` parts: every
/// place of every finding is one in its text.
pub(super) fn quotations(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let (left, right) = source.split_once("\n=\n").unwrap_or((&source, &source));
    let documents = [
        Document::unrecorded(DocId(0), "left.txt", left),
        Document::unrecorded(DocId(1), "right.txt", right),
    ];
    let analysis = analyse(&documents, &Policy::default());
    for text in &analysis.texts {
        for quotation in &text.quotations {
            assert!(text.source.get(quotation.outer.range()).is_some());
        }
    }
    for finding in &analysis.findings {
        assert!(!finding.labels.is_empty() && !finding.message.is_empty());
        for label in &finding.labels {
            if let provenance::finding::Site::Passage(place) = &label.site {
                let source = &documents[place.doc.index()].source;
                assert!(source.get(place.span.range()).is_some());
                assert!(label.marks.iter().all(|mark| place.span.contains(*mark)));
            }
        }
    }
}

/// Signatures and lists of signers: nothing made up is ever accepted.
pub(super) fn signature(bytes: &[u8]) {
    use provenance::signature::AllowedSigners;
    use provenance::signature::Key;
    use provenance::signature::MinisignKeys;
    use provenance::signature::SecretKey;
    use provenance::signature::signer;

    const MESSAGE: &[u8] = b"a message that no input holds a signature of";
    let text = String::from_utf8_lossy(bytes);
    assert!(signer(&text, "provenance-fuzz", MESSAGE).is_err());
    if let Some(key) = Key::parse(&text) {
        assert_eq!(Key::parse(&key.line()).as_ref(), Some(&key));
    }
    let keys = MinisignKeys::parse(&[text.to_string()]).unwrap_or_default();
    assert!(!matches!(keys.signer(&text, MESSAGE), Ok(Some(_))));
    let _ = SecretKey::parse(&text);
    if let Err(fault) = AllowedSigners::parse(&text) {
        assert!(fault.number > 0 && fault.number <= text.lines().count());
    }
}

/// Index files: whatever they hold, they are refused, or what they say stays in bounds.
///
/// The first byte says what the others are: a whole file, or changes to a sound one, in
/// threes, a place and what stands there. After changes the checksums are made to agree
/// again, so that it is the readers of the sections that meet the fault.
pub(super) fn index(bytes: &[u8]) {
    let sound = &*SOUND;
    let Some((sort, rest)) = bytes.split_first() else { return };
    let file = if sort % 2 == 0 { changed(&sound.file, rest) } else { rest.to_vec() };
    let root = sound.project.path();
    fs::write(root.join(index::INDEX), file).expect("a temporary folder can be written");
    let Ok(Some(index)) = Index::open(root) else { return };
    let options = Options::default();
    let _ = (index.check(), index.changes(root, &options), index.stale(root, &options));
    let (_, postings) = index.bytes();
    assert!(postings <= bytes.len().max(sound.file.len()) as u64);
    if let Ok(answer) = index.query(&Words::read(STORY)) {
        assert!(answer.candidates.len() + answer.left_out <= index.documents());
    }
}

/// A story that two documents carry and a draft quotes.
const STORY: &str = "The harbour office closed three of its nine berths on Monday, and a \
    spokesman said that none of them would open again before the winter storms had passed.\n";

/// An index as it should be, in a project that is removed with the process.
static SOUND: LazyLock<Sound> = LazyLock::new(|| {
    let project = tempfile::tempdir().expect("there is a folder for temporary files");
    let root = project.path();
    corpus::init(root).expect("an empty folder becomes a project");
    for name in ["a", "b/c"] {
        let path = root.join(format!("corpus/{name}.txt"));
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(path, format!("{name}\n\n{STORY}")).expect("a document");
    }
    let built = index::build(root, &Options::default(), false, &|_, _| {});
    assert!(built.is_ok_and(|built| built.documents == 2));
    let file = fs::read(root.join(index::INDEX)).expect("the index was written");
    Sound { project, file }
});

struct Sound {
    project: TempDir,
    file: Vec<u8>,
}

/// A file of checked blocks with changes, and checksums that agree with them; its layout
/// is told in `src/corpus/blocks.rs`.
fn changed(file: &[u8], changes: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 4096;
    let mut file = file.to_vec();
    let content = u64::from_le_bytes(*file[12..].first_chunk().expect("a head"));
    let table = BLOCK + usize::try_from(content).expect("the sound file is small");
    for change in changes.as_chunks::<3>().0 {
        let [low, high, value] = *change;
        // The version stays, and so does the size: another is refused at once.
        let place = 24 + usize::from(u16::from_le_bytes([low, high])) % (table - 24);
        file[place] = value;
    }
    let (content, sums) = file.split_at_mut(table);
    for (block, sum) in content[BLOCK..].chunks(BLOCK).zip(sums.chunks_mut(4)) {
        sum.copy_from_slice(&crc32fast::hash(block).to_le_bytes());
    }
    let sum = crc32fast::hash(sums);
    file[20..24].copy_from_slice(&sum.to_le_bytes());
    let sum = crc32fast::hash(&file[..BLOCK - 4]);
    file[BLOCK - 4..BLOCK].copy_from_slice(&sum.to_le_bytes());
    file
}
