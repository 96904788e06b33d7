//! What does the index cost, and how fast does it find the sources of a draft?
//!
//! Makes a project of news-like documents with their records, indexes it, and prints:
//! CPU for a byte of text, and beside it that of `wc -w` over the same files; the size
//! of the index and of its postings for a byte of text; CPU of a second run after one
//! document was replaced; the CPU of a query with the index open, for drafts of
//! 1,000 words of which three paragraphs stand in the corpus, and how many of these are
//! found; and the CPU of a whole `provenance audit DRAFT`.
//!
//! `cargo bench --bench index`; smaller with `INDEX_DOCUMENTS`, `INDEX_DRAFTS` and
//! `INDEX_ROUNDS`.
//! Linux only: the figures are read from `/proc`.
#![expect(clippy::disallowed_methods, reason = "a benchmark prepares files and reads settings")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot prepare its files must stop")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::cast_precision_loss, reason = "figures for people have three digits")]

#[path = "reuse/language.rs"]
mod language;
#[path = "reuse/newsroom.rs"]
#[expect(dead_code, reason = "the truth about planted passages is scored by another benchmark")]
mod newsroom;
#[path = "common/process.rs"]
mod process;

use newsroom::Newsroom;
use process::Cost;
use provenance::corpus;
use provenance::corpus::Digest;
use provenance::index::Index;
use provenance::reuse::archive::Words;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

/// Younger files are read again each time, because they may change unnoticed.
const SETTLING_SECONDS: u64 = 4;

/// Documents in one folder.
const FOLDER_DOCUMENTS: usize = 1000;

/// Words of a draft, and of each paragraph that it takes from the corpus.
const DRAFT_WORDS: usize = 1000;
const TAKEN_WORDS: usize = 60;

/// Bars: index and postings in bytes for a byte of text, a query in milliseconds at the
/// 99th percentile, a whole run in milliseconds of CPU.
const INDEX_BYTES_MAX: f64 = 1.3;
const POSTINGS_BYTES_MAX: f64 = 0.5;
const QUERY_P99_MAX: f64 = 3.0;
const AUDIT_CPU_MAX: f64 = 50.0;

fn main() {
    // `cargo test --all-targets` runs benchmarks too, and wants no figures.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let documents = setting("INDEX_DOCUMENTS", 100_000);
    let drafts = setting("INDEX_DRAFTS", 400);
    let project = tempfile::tempdir().unwrap();
    let root = project.path();
    let newsroom = Newsroom::new(documents, 0);
    prepare(root, &newsroom, documents);
    build(root);
    let rooms = Rooms { corpus: newsroom, drafts: Newsroom::new(documents, 1), documents };
    let drafts: Vec<Draft> = (0..drafts).map(|at| rooms.draft(at)).collect();
    query(root, &drafts);
    audit(root, &drafts[..drafts.len().min(50)]);
}

/// A draft, and the documents that its paragraphs are from.
struct Draft {
    text: String,
    sources: Vec<String>,
}

/// Writes the documents with their records.
fn prepare(root: &Path, newsroom: &Newsroom, documents: usize) {
    corpus::init(root).unwrap();
    for number in 0..documents {
        let name = name(number);
        if number % FOLDER_DOCUMENTS == 0 {
            for tree in ["corpus", "manifests"] {
                fs::create_dir_all(root.join(tree).join(&name).parent().unwrap()).unwrap();
            }
        }
        let text = newsroom.article(number).text;
        fs::write(root.join(format!("manifests/{name}.toml")), record(&name, &text)).unwrap();
        fs::write(root.join("corpus").join(name), text).unwrap();
    }
    std::thread::sleep(Duration::from_secs(SETTLING_SECONDS));
}

fn build(root: &Path) {
    let mut best: Option<[Cost; 2]> = None;
    for _ in 0..setting("INDEX_ROUNDS", 2) {
        let ours = process::run(&mut provenance(root, &["index", "--rebuild"]));
        let words = process::run(&mut words_command(root));
        best = Some(best.map_or([ours, words], |best: [Cost; 2]| {
            [best[0].cheaper(ours), best[1].cheaper(words)]
        }));
    }
    let [Cost { cpu_seconds: made, peak_bytes: peak }, words] = best.unwrap();
    let words = words.cpu_seconds;
    let index = Index::open(root).unwrap().unwrap();
    let text = index.text_bytes() as f64;
    let (bytes, postings) = index.bytes();
    println!("{} documents with {:.1} MB of text", index.documents(), text / 1e6);
    println!(
        "  index: {made:.2} CPU s, {:.1} ns a byte, {:.1} times `wc -w` ({words:.2} CPU s), {:.2} bytes of memory a byte",
        made * 1e9 / text,
        made / words,
        peak as f64 / text
    );
    told("  whole index", bytes as f64 / text, INDEX_BYTES_MAX, "bytes a byte of text");
    told("  postings", postings as f64 / text, POSTINGS_BYTES_MAX, "bytes a byte of text");

    let replaced = root.join("corpus").join(name(0));
    let text = fs::read_to_string(&replaced).unwrap();
    fs::write(root.join("corpus/new"), text + "One more sentence.\n").unwrap();
    fs::rename(root.join("corpus/new"), &replaced).unwrap();
    println!("  after one document was replaced: {:.2} CPU s", cpu(root, &["index"]));
    std::thread::sleep(Duration::from_secs(SETTLING_SECONDS));
    cpu(root, &["index"]);
    println!("  when nothing has changed: {:.2} CPU s", cpu(root, &["index"]));
}

fn query(root: &Path, drafts: &[Draft]) {
    let opened = Instant::now();
    let index = Index::open(root).unwrap().unwrap();
    println!("open: {:.2} ms", opened.elapsed().as_secs_f64() * 1e3);
    let (mut times, mut found, mut wanted, mut answered) = (Vec::new(), 0, 0, 0);
    for draft in drafts {
        let start = cpu_milliseconds();
        let answer = index.query(&Words::read(&draft.text)).unwrap();
        times.push(cpu_milliseconds() - start);
        let is_found =
            |source: &&String| answer.candidates.iter().any(|candidate| candidate.path == **source);
        found += draft.sources.iter().filter(is_found).count();
        wanted += draft.sources.len();
        answered += answer.candidates.len();
    }
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!("query: {:.2} ms of CPU in the median", at(50));
    told("  99th percentile", at(99), QUERY_P99_MAX, "ms of CPU");
    println!(
        "  {found} of {wanted} sources found, {:.1} documents in an answer",
        answered as f64 / drafts.len() as f64
    );
}

/// CPU that this thread has used, in milliseconds: a query runs in one thread, and the
/// clock on the wall counts other programs too.
fn cpu_milliseconds() -> f64 {
    let used = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    used.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e6
}

fn audit(root: &Path, drafts: &[Draft]) {
    let path = root.join("draft.txt");
    let mut total = 0.0;
    for draft in drafts {
        fs::write(&path, &draft.text).unwrap();
        let arguments = ["audit", "draft.txt", "--exit-zero", "--format", "jsonl"];
        total += cpu(root, &arguments);
    }
    told("audit DRAFT, CPU of the process", total * 1e3 / drafts.len() as f64, AUDIT_CPU_MAX, "ms");
}

/// Prints a figure beside its bar.
fn told(what: &str, figure: f64, bar: f64, unit: &str) {
    let verdict = if figure <= bar { "holds" } else { "MISSED" };
    println!("{what}: {figure:.3} {unit}, bar {bar}: {verdict}");
}

/// The newsroom of the corpus, and one with another language for what is new in drafts.
struct Rooms {
    corpus: Newsroom,
    drafts: Newsroom,
    documents: usize,
}

impl Rooms {
    /// A draft with three paragraphs of the corpus.
    fn draft(&self, at: usize) -> Draft {
        let words = |text: &str, count| {
            let words: Vec<&str> = text.split_whitespace().take(count).collect();
            words.join(" ")
        };
        let mut text = String::new();
        let mut sources = Vec::new();
        for part in 1..=3 {
            let number = (at * 7919 + part * 104_729) % self.documents;
            text.push_str(&words(&self.corpus.article(number).text, TAKEN_WORDS));
            text.push_str("\n\n");
            sources.push(format!("corpus/{}", name(number)));
        }
        let mut number = at * 3 % self.documents;
        while text.split_whitespace().count() < DRAFT_WORDS {
            text.push_str(&self.drafts.article(number).text);
            number = (number + 1) % self.documents;
        }
        Draft { text: words(&text, DRAFT_WORDS), sources }
    }
}

fn name(number: usize) -> String {
    format!("f{:03}/d{:03}.txt", number / FOLDER_DOCUMENTS, number % FOLDER_DOCUMENTS)
}

fn record(name: &str, text: &str) -> String {
    let digest = Digest::of(text.as_bytes());
    format!(
        "schema = 1\nid = \"{}\"\npath = \"corpus/{name}\"\nkind = \"article\"\n\
         outlet = \"Harbour Wire\"\npublished = 2025-11-07\nlanguage = \"en\"\n\n\
         [hash]\nsha256 = \"{digest}\"\nbytes = {}\n",
        name.trim_end_matches(".txt"),
        text.len()
    )
}

fn provenance(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_provenance"));
    command.args(arguments).current_dir(root).stdout(Stdio::null());
    command
}

fn cpu(root: &Path, arguments: &[&str]) -> f64 {
    process::run(&mut provenance(root, arguments)).cpu_seconds
}

/// `wc -w` over all documents, in one process.
fn words_command(root: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "find corpus -type f -print0 | xargs -0 cat | wc -w"]);
    command.current_dir(root).stdout(Stdio::null());
    command
}

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |value| value.parse().expect("a setting is a number"))
}
