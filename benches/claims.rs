//! How fast are claims read, and does the cost grow with the text alone?
//!
//! Reads every text of a folder again and again, one core, and holds the whole pass
//! over figures, dates and quotations against the SHA-256 of the same bytes, since only
//! ratios hold on a shared machine. Then texts that a reader may take badly, such as one
//! endless paragraph, each at two sizes: the dearer may cost no more a byte.
//!
//! `cargo bench --bench claims [-- FOLDER]`; without a folder, our own corpus. Linux
//! only: the figures are read from `/proc`.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads files and its arguments")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot read its files must stop")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use jiff::civil::date;
use provenance::claims;
use provenance::claims::Options;
use provenance::corpus::Digest;
use provenance::fact;
use provenance::span::DocId;
use provenance::text::Text;
use std::fs;
use std::hint::black_box;

/// Megabytes of text a second that the claims pass is to read on one core.
const SPEED_MIN: f64 = 20.0;

/// How much dearer a byte may be in a text that is `GROWTH` times as long.
const BYTE_RATIO_MAX: f64 = 1.5;
const GROWTH: usize = 4;

/// CPU seconds to spend on one figure: `/proc` counts in hundredths.
const SECONDS_MIN: f64 = 2.0;

/// Bytes of the shorter text that is made to be taken badly.
const HOSTILE_BYTES: usize = 100_000;

/// Linux counts CPU time in hundredths of a second for every process.
const TICKS_PER_SECOND: f64 = 100.0;

fn main() {
    // `cargo test --all-targets` runs benchmarks too, and wants no figures.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let sources = sources(&folder.unwrap_or_else(|| "corpus".into()));
    let bytes: usize = sources.iter().map(String::len).sum();
    println!("{} texts, {bytes} bytes, one core", sources.len());
    let texts: Vec<Text> = sources.iter().map(|source| Text::read(DocId(0), source)).collect();
    let options = Options::news(Some(date(2025, 11, 7)));
    let found = texts.iter().map(|text| claims::extract_with(text, &options).len()).sum::<usize>();
    let speed = |seconds: f64| megabytes(bytes) / seconds;
    let hashing = seconds_of(|| sources.iter().map(|text| Digest::of(text.as_bytes())).collect());
    let reading = seconds_of(|| sources.iter().map(|text| Text::read(DocId(0), text)).collect());
    let quoting = seconds_of(|| texts.iter().map(claims::quotations).collect());
    let claiming =
        seconds_of(|| texts.iter().map(|text| claims::extract_with(text, &options)).collect());
    let claimed: Vec<_> = texts.iter().map(|text| claims::extract_with(text, &options)).collect();
    let with_claims = || texts.iter().zip(&claimed);
    let stating =
        seconds_of(|| with_claims().map(|(text, found)| fact::facts(text, found, None)).collect());
    println!("  SHA-256              {:>8.1} MB/s", speed(hashing));
    println!("  words and sentences  {:>8.1} MB/s", speed(reading));
    println!("  quotations           {:>8.1} MB/s", speed(quoting));
    println!("  facts                {:>8.1} MB/s", speed(stating));
    println!(
        "  claims               {:>8.1} MB/s, {found} of them, {:.1} x SHA-256; bar {SPEED_MIN}: {}",
        speed(claiming),
        claiming / hashing,
        verdict(speed(claiming) >= SPEED_MIN)
    );
    for (name, part) in HOSTILE {
        hostile(name, part, &options);
    }
}

/// What one part of a text that may be taken badly is, over and over without an end of
/// sentence.
const HOSTILE: &[(&str, &str)] = &[
    ("one paragraph of names", "Dana Ruiz of Latvia, "),
    ("one paragraph of figures", "29 agreements worth $17 billion and "),
    ("one list of numbers", "17, "),
    ("number words", "hundred thousand and "),
    ("digits", "7"),
    ("dates", "November 6, 2025 to "),
    ("opening marks", "“a "),
    ("quotations", "“We go,” said Ruiz, "),
    ("initials", "U."),
    ("hyphens", "four-"),
    ("days that count from others", "the next day "),
];

/// Whether a byte costs the same in a long text as in a short one.
fn hostile(name: &str, part: &str, options: &Options) {
    let seconds = |bytes: usize| {
        let source = part.repeat(bytes / part.len());
        let text = Text::read(DocId(0), &source);
        seconds_of(|| {
            let claims = claims::extract_with(&text, options);
            let facts = fact::facts(&text, &claims, None);
            vec![(claims, facts)]
        }) / megabytes(bytes)
    };
    let (short, long) = (seconds(HOSTILE_BYTES), seconds(GROWTH * HOSTILE_BYTES));
    let ratio = long / short;
    println!(
        "  {name:<28} {:>7.1} MB/s, a byte {ratio:.2} x as dear in {GROWTH} x the text; bar {BYTE_RATIO_MAX}: {}",
        1.0 / long,
        verdict(ratio <= BYTE_RATIO_MAX)
    );
}

fn verdict(held: bool) -> &'static str {
    if held { "holds" } else { "MISSED" }
}

#[expect(clippy::cast_precision_loss, reason = "no text here has 2^52 bytes")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// CPU seconds of one run of `work`.
fn seconds_of<T>(work: impl Fn() -> Vec<T>) -> f64 {
    let before = cpu_seconds();
    let mut runs = 0.0;
    loop {
        black_box(work());
        runs += 1.0;
        let spent = cpu_seconds() - before;
        if spent >= SECONDS_MIN {
            return spent / runs;
        }
    }
}

/// User and system time of this process so far.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // The name, in brackets, may hold blanks; `utime` and `stime` are fields 14 and 15.
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks =
        fields.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap());
    ticks.sum::<f64>() / TICKS_PER_SECOND
}

/// The texts of a folder and those below it, in the order of their names.
fn sources(folder: &str) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let texts = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "txt"));
    texts.map(|file| fs::read_to_string(file.path()).unwrap()).collect()
}
