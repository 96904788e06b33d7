//! How much dearer is `provenance verify` than hashing alone?
//!
//! Each question beside its baseline in the same run, since only ratios hold on a shared
//! machine: 100,000 small documents with their records against `sha256sum -c` on the
//! documents, with an older revision (`--base`) and a seal as well; the same in a commit
//! (`--rev`) against `git fsck` on the packed repository; and one large document against
//! `openssl dgst -sha256`. Prints CPU seconds, the peak of memory, and the bars.
//!
//! `cargo bench --bench fixity`; smaller with `FIXITY_FOLDERS`, `FIXITY_FILES` (in
//! each folder), `FIXITY_LARGE_BYTES` and `FIXITY_ROUNDS`. `FIXITY_BINARY` measures
//! another build. Linux only: the figures are read from `/proc`.
#![expect(clippy::disallowed_methods, reason = "a benchmark prepares files and reads settings")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot prepare its files must stop")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "common/process.rs"]
mod process;

use process::Cost;
use process::run;
use provenance::corpus;
use provenance::corpus::Digest;
use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

/// The size of one small document: a long news story.
const SMALL_BYTES: usize = 4096;

/// CPU of `verify` over CPU of `sha256sum -c`: records are parsed as well.
const SMALL_RATIO_MAX: f64 = 1.3;

/// CPU of `verify --rev` over CPU of `git fsck`, which hashes all objects once.
const REVISION_RATIO_MAX: f64 = 4.0;

/// CPU of `verify` over CPU of `openssl dgst`, which hashes as fast as we do.
const LARGE_RATIO_MAX: f64 = 1.15;

/// Peak memory with many documents, and with one large one, in bytes.
const SMALL_PEAK_MAX: u64 = 200 << 20;
const LARGE_PEAK_MAX: u64 = 64 << 20;

fn main() {
    // `cargo test --all-targets` runs benchmarks too, and wants no figures.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let rounds = setting("FIXITY_ROUNDS", 3);
    small(setting("FIXITY_FOLDERS", 100), setting("FIXITY_FILES", 1000), rounds);
    large(setting("FIXITY_LARGE_BYTES", 2_000_000_000), rounds);
}

fn small(folders: usize, files: usize, rounds: usize) {
    let project = tempfile::tempdir().unwrap();
    let root = project.path();
    corpus::init(root).unwrap();
    let sums = write_documents(root, folders, files);
    fs::write(root.join("sums"), sums).unwrap();
    let unformatted = corpus::format_records(root, true).unwrap();
    assert!(unformatted.is_empty(), "the records are not canonical: {}", unformatted[0]);

    println!("{} documents of {SMALL_BYTES} bytes, with as many records", folders * files);
    let baseline = || command("sha256sum".as_ref(), &["-c", "--quiet", "sums"], root);
    let bars = (SMALL_RATIO_MAX, SMALL_PEAK_MAX);
    compare(command(&binary(), &["verify"], root), baseline(), rounds, bars);

    pack(root);
    println!("the same, against the records of a commit");
    let verify = command(&binary(), &["verify", "--base", "HEAD"], root);
    compare(verify, baseline(), rounds, bars);
    println!("the same, in that commit");
    let verify = command(&binary(), &["verify", "--rev", "HEAD"], root);
    let fsck = command("git".as_ref(), &["fsck", "--no-progress"], root);
    compare(verify, fsck, rounds, (REVISION_RATIO_MAX, SMALL_PEAK_MAX));

    run(&mut command(&binary(), &["seal"], root));
    println!("the same, with a seal");
    compare(command(&binary(), &["verify"], root), baseline(), rounds, bars);
}

/// Commits all of `root` to a new repository, and packs it.
fn pack(root: &Path) {
    let author = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"];
    // A commit of so many files starts a packing of its own, behind our back.
    let quiet = ["-c", "gc.auto=0", "-c", "maintenance.auto=false"];
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "."],
        &["commit", "--quiet", "--message", "All of it"],
        &["gc", "--quiet"],
    ] {
        run(&mut command("git".as_ref(), &[&author[..], &quiet, arguments].concat(), root));
    }
}

fn large(bytes: usize, rounds: usize) {
    let project = tempfile::tempdir().unwrap();
    let root = project.path();
    corpus::init(root).unwrap();
    let mut file = fs::File::create(root.join("corpus/large.txt")).unwrap();
    let line = b"The same sentence stands here again and again, to fill the file.\n";
    let chunk = line.repeat(16 * 1024);
    let mut left = bytes;
    while left > 0 {
        let count = left.min(chunk.len());
        file.write_all(&chunk[..count]).unwrap();
        left -= count;
    }
    drop(file);
    let request = corpus::AddRequest { path: "corpus/large.txt".into(), ..Default::default() };
    corpus::add(root, &request, jiff::Timestamp::UNIX_EPOCH).unwrap();

    println!("one document of {bytes} bytes");
    let verify = command(&binary(), &["verify"], root);
    let baseline = command("openssl".as_ref(), &["dgst", "-sha256", "corpus/large.txt"], root);
    compare(verify, baseline, rounds, (LARGE_RATIO_MAX, LARGE_PEAK_MAX));
}

/// Runs both in turn, and compares the best run of each: noise only ever adds.
fn compare(
    mut ours: Command,
    mut theirs: Command,
    rounds: usize,
    (ratio_max, peak_max): (f64, u64),
) {
    let mut best: Option<(Cost, Cost)> = None;
    for _ in 0..rounds {
        let (our, their) = (run(&mut ours), run(&mut theirs));
        best = Some(best.map_or((our, their), |(left, right): (Cost, Cost)| {
            (left.cheaper(our), right.cheaper(their))
        }));
    }
    let (our, their) = best.expect("there is at least one round");
    let ratio = our.cpu_seconds / their.cpu_seconds;
    let verdict = |held: bool| if held { "holds" } else { "MISSED" };
    for (command, cost) in [(&ours, our), (&theirs, their)] {
        let name = Path::new(command.get_program()).file_name().unwrap_or_default();
        let Cost { cpu_seconds, peak_bytes } = cost;
        let peak_kib = peak_bytes >> 10;
        println!("  {:<12} {cpu_seconds:>6.2} CPU s  {peak_kib:>6} KiB at most", name.display());
    }
    println!("  CPU ratio {ratio:.2}, bar {ratio_max}: {}", verdict(ratio <= ratio_max));
    println!(
        "  memory {} MiB, bar {} MiB: {}",
        our.peak_bytes >> 20,
        peak_max >> 20,
        verdict(our.peak_bytes <= peak_max)
    );
}

fn command(program: &std::ffi::OsStr, arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdout(Stdio::null());
    command
}

/// Writes the documents with their records. Returns the list for `sha256sum -c`.
fn write_documents(root: &Path, folders: usize, files: usize) -> Vec<u8> {
    let mut sums = Vec::new();
    for folder in 0..folders {
        for tree in ["corpus", "manifests"] {
            fs::create_dir_all(root.join(format!("{tree}/f{folder:03}"))).unwrap();
        }
        for file in 0..files {
            let name = format!("f{folder:03}/d{file:04}");
            let mut text = format!("Story {name}. ").repeat(SMALL_BYTES / 10);
            text.truncate(SMALL_BYTES - 1);
            text.push('\n');
            let digest = Digest::of(text.as_bytes());
            fs::write(root.join(format!("corpus/{name}.txt")), text).unwrap();
            fs::write(root.join(format!("manifests/{name}.txt.toml")), record(&name, digest))
                .unwrap();
            writeln!(sums, "{digest}  corpus/{name}.txt").unwrap();
        }
    }
    sums
}

/// A record as a careful newsroom fills it.
fn record(name: &str, digest: Digest) -> String {
    format!(
        "schema = 1\nid = \"{name}\"\npath = \"corpus/{name}.txt\"\nkind = \"article\"\n\
         title = \"Kazakhstan joins the Abraham Accords, says story {name}\"\n\
         outlet = \"The Washington Stand\"\nauthor = [\n  \"Joshua Arnold\",\n]\n\
         url = \"https://example.org/stories/{name}\"\npublished = 2025-11-07\nlanguage = \"en\"\n\
         licence = \"LicenseRef-all-rights-reserved\"\n\n\
         [hash]\nsha256 = \"{digest}\"\nbytes = {SMALL_BYTES}\ntext = \"pv-text-1:{digest}\"\n\n\
         [capture]\nretrieved = 2025-11-08T09:30:00Z\nmethod = \"browser-save\"\n"
    )
}

fn binary() -> OsString {
    std::env::var_os("FIXITY_BINARY").unwrap_or_else(|| env!("CARGO_BIN_EXE_provenance").into())
}

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |value| value.parse().expect("a setting is a number"))
}
