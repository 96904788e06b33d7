//! The work that is measured, in a process of its own.
//!
//! In:  an archive file.
//! Out: the passages, one a line, in a file.
//! Not here: measuring (`process`).

use provenance::reuse::archive;
use provenance::reuse::archive::Document;
use rayon::prelude::*;
use sha2::Digest as _;
use std::fs;
use std::io::BufRead as _;
use std::io::BufReader;
use std::io::BufWriter;
use std::io::Read as _;
use std::io::Write as _;

/// Text that is held while its words are read.
const BATCH_BYTES: usize = 16 << 20;

pub(crate) fn run(mode: &str, paths: &[String]) {
    let [archive, found] = paths else { panic!("an archive and a file for the result") };
    match mode {
        "--child-sha256" => sha256(archive),
        _ => passages(archive, found, mode == "--child-reversed"),
    }
}

fn sha256(path: &str) {
    let mut file = fs::File::open(path).unwrap();
    let mut hash = sha2::Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut buffer).unwrap();
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    std::hint::black_box(hash.finalize());
}

fn passages(path: &str, found: &str, reversed: bool) {
    let mut documents = read(path);
    if reversed {
        documents.reverse();
    }
    let passages = archive::passages(&documents).unwrap();
    let clusters = archive::clusters(&passages);
    let mut file = BufWriter::new(fs::File::create(found).unwrap());
    for (passage, cluster) in passages.iter().zip(clusters) {
        for place in [passage.left, passage.right] {
            let name = documents[place.doc.index()].name();
            write!(file, "{name} {} {} ", place.span.start(), place.span.end()).unwrap();
        }
        writeln!(file, "{cluster}").unwrap();
    }
    file.flush().unwrap();
}

/// Reads the archive batch by batch; the text of a batch is dropped with the next one.
fn read(path: &str) -> Vec<Document> {
    let mut file = BufReader::with_capacity(1 << 18, fs::File::open(path).unwrap());
    let mut documents = Vec::new();
    let mut batch: Vec<(String, String)> = Vec::new();
    let mut bytes = 0;
    let mut line = String::new();
    loop {
        line.clear();
        let ended = file.read_line(&mut line).unwrap() == 0;
        if ended || bytes >= BATCH_BYTES {
            let read = batch.par_drain(..).map(|(name, text)| Document::read(name, &text));
            documents.par_extend(read);
            bytes = 0;
        }
        if ended {
            return documents;
        }
        let (name, length) = line.trim_end().split_once(' ').unwrap();
        let mut text = vec![0; length.parse().unwrap()];
        file.read_exact(&mut text).unwrap();
        bytes += text.len();
        batch.push((name.to_owned(), String::from_utf8(text).unwrap()));
    }
}
