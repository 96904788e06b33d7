//! What does it cost to find all shared wording in an archive, and how much is found?
//!
//! Makes archives of news-like documents with planted reuse, finds the shared passages
//! in a process of its own for each size, and prints CPU seconds beside `wc -w` and
//! SHA-256 over the same bytes, peak memory, recall and precision on what was planted,
//! growth from size to size, and the bars.
//!
//! `cargo bench --bench reuse -- 1000 10000 100000`; without sizes, 1000. Set
//! `REUSE_ROUNDS` for more or fewer than three rounds, and `REUSE_SEED` for another
//! archive of the same kind. Linux only: figures are from `/proc`.
#![expect(clippy::disallowed_methods, reason = "a benchmark prepares files and reads settings")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot prepare its files must stop")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

mod child;
mod language;
mod newsroom;
#[path = "../common/process.rs"]
mod process;
mod score;

use newsroom::Kind;
use newsroom::Newsroom;
use process::Cost;
use score::Found;
use score::Recall;
use score::Scores;
use score::Truth;
use std::ffi::OsStr;
use std::fs;
use std::io::BufWriter;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// CPU over that of `wc -w`, and bytes of memory for each byte of text.
const WC_RATIO_MAX: f64 = 6.0;
const MEMORY_RATIO_MAX: f64 = 2.5;

/// From 10,000 to 100,000 documents.
const CPU_EXPONENT_MAX: f64 = 1.05;
const MEMORY_EXPONENT_MAX: f64 = 1.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, paths @ ..] = &arguments[..]
        && mode.starts_with("--child-")
    {
        return child::run(mode, paths);
    }
    // `cargo test --all-targets` runs benchmarks too, and wants no figures.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let mut sizes: Vec<usize> =
        arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes.push(1_000);
    }
    let mut before: Option<(usize, Cost)> = None;
    for size in sizes {
        let cost = measure(size);
        if let Some((smaller, smaller_cost)) = before.filter(|(smaller, _)| *smaller < size) {
            growth(smaller, smaller_cost, size, cost);
        }
        before = Some((size, cost));
    }
}

fn measure(size: usize) -> Cost {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    let (truth, bytes) = write_archive(&archive, size);
    println!("{size} documents, {bytes} bytes");
    let found = folder.path().join("found");
    let rounds = setting("REUSE_ROUNDS", 3);
    let this = std::env::current_exe().unwrap();
    let child = |mode: &str| {
        let mut command = Command::new(&this);
        command.arg(mode).arg(&archive).arg(&found);
        command
    };
    let mut wc = Command::new("wc");
    wc.arg("-w").arg(&archive).stdout(std::process::Stdio::null());
    let mut commands = [child("--child-passages"), wc, child("--child-sha256")];
    let mut best: Vec<Option<Cost>> = vec![None; commands.len()];
    for _ in 0..rounds {
        for (command, best) in commands.iter_mut().zip(&mut best) {
            let cost = process::run(command);
            *best = Some(best.map_or(cost, |best| best.cheaper(cost)));
        }
    }
    let [ours, wc, sha] = [0, 1, 2].map(|index| best[index].unwrap());
    print_cost(ours, wc, sha, bytes);
    print_scores(&score::score(&truth, &read_found(&found)));
    if size <= 10_000 {
        same_for_any_order(&child, &found);
    }
    ours
}

/// One document after another: its name and length on a line, and its text.
fn write_archive(path: &Path, size: usize) -> (Truth, usize) {
    let newsroom = Newsroom::new(size, setting("REUSE_SEED", 0));
    let mut file = BufWriter::new(fs::File::create(path).unwrap());
    let mut truth = Truth::default();
    let mut bytes = 0;
    for number in 0..size {
        let article = newsroom.article(number);
        writeln!(file, "{} {}", article.name, article.text.len()).unwrap();
        file.write_all(article.text.as_bytes()).unwrap();
        bytes += article.text.len();
        truth.planted.push(article.planted);
        truth.boilerplate.push(article.boilerplate);
    }
    file.flush().unwrap();
    (truth, bytes)
}

/// The passages that the child wrote.
fn read_found(path: &Path) -> Vec<Found> {
    let text = fs::read_to_string(path).unwrap();
    let number = |name: &str| name.split_once('-').unwrap().1.parse().unwrap();
    let found = text.lines().map(|line| {
        let fields: Vec<&str> = line.split(' ').collect();
        let offset = |index: usize| fields[index].parse::<usize>().unwrap();
        Found {
            left: (number(fields[0]), offset(1), offset(2)),
            right: (number(fields[3]), offset(4), offset(5)),
            cluster: offset(6),
        }
    });
    found.collect()
}

fn print_cost(ours: Cost, wc: Cost, sha: Cost, bytes: usize) {
    let ratio = |other: Cost| ours.cpu_seconds / other.cpu_seconds;
    let memory = ours.peak_bytes as f64 / bytes as f64;
    println!(
        "  CPU {:.2} s; wc -w {:.2} s; SHA-256 {:.2} s, of which it is {:.1} times",
        ours.cpu_seconds,
        wc.cpu_seconds,
        sha.cpu_seconds,
        ratio(sha)
    );
    at_most("CPU over wc -w", ratio(wc), WC_RATIO_MAX);
    println!("  peak {} MiB", ours.peak_bytes >> 20);
    at_most("memory over text", memory, MEMORY_RATIO_MAX);
}

fn print_scores(scores: &Scores) {
    let mut all = Recall::default();
    println!("  {:<12} {:>7} {:>8} {:>8} {:>8}", "planted", "cases", "bytes", "cases", "grain");
    for (kind, recall) in &scores.recall {
        all.add(recall);
        print_recall(&format!("{kind:?}"), recall);
    }
    print_recall("all", &all);
    let bytes = |recall: &Recall| recall.found_bytes as f64 / recall.bytes.max(1) as f64;
    let cases = |recall: &Recall| recall.found as f64 / recall.cases.max(1) as f64;
    at_least("byte recall", bytes(&all), 0.98);
    at_least("case recall", cases(&all), 0.99);
    for (kind, recall) in &scores.recall {
        let (measured, bar) = match kind {
            Kind::Verbatim | Kind::Wire | Kind::Moved => (cases(recall), 0.998),
            Kind::Edits5 | Kind::Edits10 | Kind::Quoted => (cases(recall), 0.98),
            Kind::Cuts => (cases(recall), 0.97),
            Kind::Reordered => (cases(recall), 0.95),
            Kind::Edits20 => (cases(recall), 0.90),
        };
        at_least(&format!("{kind:?}, case recall"), measured, bar);
    }
    let reported = scores.reported_bytes.max(1) as f64;
    at_least("byte precision", scores.true_bytes as f64 / reported, 0.97);
    at_most("boilerplate", scores.boilerplate_bytes as f64 / reported, 0.001);
    at_most("granularity", all.granularity(), 1.05);
    println!(
        "  {} of {} wire stories are one cluster",
        scores.wire_in_one_cluster, scores.wire_stories
    );
}

fn print_recall(name: &str, recall: &Recall) {
    println!(
        "  {name:<12} {:>7} {:>8.4} {:>8.4} {:>8.3}",
        recall.cases,
        recall.found_bytes as f64 / recall.bytes.max(1) as f64,
        recall.found as f64 / recall.cases.max(1) as f64,
        recall.granularity()
    );
}

fn growth(smaller: usize, smaller_cost: Cost, size: usize, cost: Cost) {
    let exponent =
        |small: f64, large: f64| (large / small).ln() / (size as f64 / smaller as f64).ln();
    println!("from {smaller} to {size} documents");
    at_most("CPU exponent", exponent(smaller_cost.cpu_seconds, cost.cpu_seconds), CPU_EXPONENT_MAX);
    let memory = exponent(smaller_cost.peak_bytes as f64, cost.peak_bytes as f64);
    at_most("memory exponent", memory, MEMORY_EXPONENT_MAX);
}

/// Reads the documents in another order, and with other numbers of threads.
fn same_for_any_order(child: &dyn Fn(&str) -> Command, found: &Path) {
    let expected = fs::read(found).unwrap();
    for (mode, threads) in
        [("--child-reversed", "2"), ("--child-passages", "1"), ("--child-passages", "7")]
    {
        process::run(child(mode).env(OsStr::new("RAYON_NUM_THREADS"), threads));
        let same = fs::read(found).unwrap() == expected;
        println!("  {mode} with {threads} threads: {}", if same { "the same" } else { "DIFFERS" });
    }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().expect("a setting is a number"))
}

fn at_most(what: &str, measured: f64, bar: f64) {
    print_bar(what, measured, bar, measured <= bar);
}

fn at_least(what: &str, measured: f64, bar: f64) {
    print_bar(what, measured, bar, measured >= bar);
}

fn print_bar(what: &str, measured: f64, bar: f64, held: bool) {
    println!("  {what:<24} {measured:>8.4}, bar {bar}: {}", if held { "holds" } else { "MISSED" });
}
