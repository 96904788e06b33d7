//! Layers: modules import downwards only, and each outside crate stays in its place.
//!
//! The table is the one of `ARCHITECTURE.md`. The source is read as text, line by
//! line, which is enough because the code is formatted by rustfmt.

#![expect(clippy::disallowed_methods, reason = "reads the program's own source")]

use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// Each module of the crate with the modules that it may import, lowest first.
const LAYERS: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("finding", &["span"]),
    ("signature", &[]),
    ("corpus", &["span", "finding", "signature"]),
    ("fingerprint", &["span", "finding", "corpus"]),
    ("attestation", &["corpus", "signature"]),
    ("text", &["span"]),
    ("reuse", &["span", "text"]),
    ("index", &["span", "finding", "corpus", "text", "reuse"]),
    ("align", &["span", "text", "reuse"]),
    ("embedding", &[]),
    ("paraphrase", &["span", "text", "reuse", "align", "embedding"]),
    ("claims", &["span", "text"]),
    ("fact", &["span", "text", "claims"]),
    ("divergence", &["span", "finding", "corpus", "text", "align", "paraphrase", "claims", "fact"]),
    ("policy", &["span", "finding", "corpus", "fingerprint", "embedding"]),
    ("exchange", &["corpus"]),
    (
        "report",
        &[
            "span",
            "finding",
            "corpus",
            "text",
            "align",
            "embedding",
            "paraphrase",
            "claims",
            "divergence",
            "policy",
        ],
    ),
    (
        "review",
        &[
            "span",
            "finding",
            "corpus",
            "fingerprint",
            "text",
            "claims",
            "divergence",
            "policy",
            "report",
        ],
    ),
    // Everything above in this table.
    ("render", &["*"]),
    ("cli", &["*"]),
];

/// Outside names with the files, or folders, that alone may use them.
const FENCES: &[(&str, &[&str])] = &[
    ("askama", &["render/html", "render/svg"]),
    ("clap", &["cli"]),
    ("git2", &["corpus/history"]),
    ("notify", &["cli"]),
    ("serde_json", &["attestation", "corpus/input", "embedding", "exchange", "render"]),
    ("similar", &["align", "render", "review"]),
    ("ssh_key", &["signature"]),
    ("std::env", &["cli"]),
    ("std::fs", &["corpus"]),
    // `corpus` reads by it, `render` writes to any `Write`.
    ("std::io", &["cli", "corpus", "index", "render"]),
    // Other programs belong to the user, who can be asked for a passphrase.
    ("std::process::Command", &["cli"]),
    // Nobody opens a connection.
    ("std::net", &[]),
];

#[test]
fn modules_import_downwards_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for entry in WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let file = entry.path().strip_prefix(&root).unwrap().to_str().unwrap();
            let source = fs::read_to_string(entry.path()).unwrap();
            faults.extend(faults_in(&file.replace('\\', "/"), &source));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_table_has_no_cycle() {
    for (row, (module, allowed)) in LAYERS.iter().enumerate() {
        for target in allowed.iter().filter(|target| **target != "*") {
            let below = LAYERS[..row].iter().any(|(lower, _)| lower == target);
            assert!(below, "`{module}` imports `{target}`, which does not stand above it");
        }
    }
}

/// One row per way to break the table: file, source, and what the fault says.
#[test]
fn every_way_up_is_found() {
    #[rustfmt::skip]
    let cases = [
        ("claims/date.rs",    "use crate::corpus::Document;",         "`claims` imports `corpus`"),
        ("claims/date.rs",    "pub use crate::corpus::Document;",     "`claims` imports `corpus`"),
        ("claims/date.rs",    "let c = crate::corpus::open();",       "`claims` imports `corpus`"),
        ("claims/date.rs",    "use super::super::corpus::Document;",  "`claims` imports `corpus`"),
        ("claims/mod.rs",     "use super::corpus::Document;",         "`claims` imports `corpus`"),
        ("span.rs",           "use super::finding;",                  "`span` imports `finding`"),
        ("claims/date.rs",    "use crate::Document;",                 "`claims` imports `Document`"),
        ("claims/date.rs",    "use crate::{span::Span, corpus};",     "one path a line"),
        ("claims/date.rs",    "use crate::span::{Place, Span};",      "one path a line"),
        ("claims/date.rs",    "use crate::span::{",                   "one path a line"),
        ("claims/date.rs",    "use crate::*;",                        "one path a line"),
        ("render/json.rs",    "use crate::cli::Format;",              "`render` imports `cli`"),
        ("helpers.rs",        "",                                     "no row in the table"),
        ("text/mod.rs",       "use std::fs;",                         "`std::fs` belongs to corpus"),
        ("text/mod.rs",       "let t = std::fs::read(path);",         "`std::fs` belongs to corpus"),
        ("text/mod.rs",       "use std::{fs, io};",                   "one path a line"),
        ("corpus/verify.rs",  "use git2::Repository;",                "`git2` belongs to corpus/history"),
        ("claims/mod.rs",     "pub use similar::TextDiff;",           "`similar` belongs to align, render, review"),
        ("render/html.rs",    "std::env::var(\"NO_COLOR\")",          "`std::env` belongs to cli"),
        ("corpus/fetch.rs",   "use std::net::TcpStream;",             "`std::net` belongs to nobody"),
    ];
    for (file, source, fault) in cases {
        let faults = faults_in(file, source);
        assert!(faults.len() == 1 && faults[0].contains(fault), "{file}: {source}: {faults:?}");
    }
}

/// One row per thing that looks like a fault and is none.
#[test]
fn the_rest_is_left_alone() {
    #[rustfmt::skip]
    let cases = [
        ("claims/date.rs",    "use crate::span::Span;"),
        ("claims/date.rs",    "use crate::claims::figure::Figure;"),
        ("claims/date.rs",    "use super::figure::Figure;"),
        ("claims/date.rs",    "pub(in crate::claims) fn dates() {}"),
        ("claims/date.rs",    "/// Resolved against [`crate::corpus::Document`]."),
        ("claims/date.rs",    "let day = 4; // not `crate::corpus`"),
        ("claims/date.rs",    "#[cfg(test)]\nmod tests {\n    use crate::corpus::Document;\n}\n"),
        ("corpus/record.rs",  "#[cfg_attr(test, schemars(with = \"serde_json::Value\"))]"),
        ("corpus/history/past.rs", "use git2::Repository;"),
        ("render/json.rs",    "use std::io::Write;"),
        ("reuse/index.rs",    "let similar = similar(left, right);"),
        ("reuse/index.rs",    "use rayon::prelude::*;"),
        ("cli/args.rs",       "use crate::render::Format;"),
        ("cli/commands.rs",   "use crate::analyse;"),
        ("main.rs",           "use provenance::cli;"),
        ("lib.rs",            "pub use crate::{corpus, text};"),
    ];
    for (file, source) in cases {
        assert_eq!(faults_in(file, source), Vec::<String>::new(), "{file}: {source}");
    }
}

#[test]
fn code_after_the_tests_counts_again() {
    let source = "#[cfg(test)]\nmod tests {\n}\n\nuse crate::corpus::Document;\n";

    assert_eq!(faults_in("text/mod.rs", source).len(), 1);
}

/// Everything in one file, named by its path under `src/`, that breaks a table.
fn faults_in(file: &str, source: &str) -> Vec<String> {
    let parts: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
    let module = parts[0];
    if parts.len() == 1 && (module == "lib" || module == "main") {
        return Vec::new();
    }
    let Some(row) = LAYERS.iter().position(|(name, _)| *name == module) else {
        return vec![format!("src/{file}: `{module}` has no row in the table of layers")];
    };
    // How many `super` lead from this file to the crate.
    let depth = parts.len() - usize::from(parts.last() == Some(&"mod"));
    let mut faults = Vec::new();
    for (number, line) in code_lines(source) {
        let mut fault = |what: String| faults.push(format!("src/{file}:{number}: {what}"));
        if imports_several(line, depth) {
            fault("imports stand one path a line, without braces".to_owned());
            continue;
        }
        for target in crate_targets(line, depth) {
            if target != module && !may_import(row, target) {
                fault(format!("`{module}` imports `{target}`, which is not below it"));
            }
        }
        for (name, homes) in FENCES {
            if names(line, name) && !homes.iter().any(|home| is_in(file, home)) {
                let homes = if homes.is_empty() { "nobody".to_owned() } else { homes.join(", ") };
                fault(format!("`{name}` belongs to {homes}"));
            }
        }
    }
    faults
}

/// Whether the module in this row of the table may import `target`.
///
/// The top module may import what stands in the crate's root as well.
fn may_import(row: usize, target: &str) -> bool {
    let (_, allowed) = LAYERS[row];
    let below = || LAYERS[..row].iter().any(|(lower, _)| *lower == target);
    allowed.contains(&target) || (allowed == ["*"] && below()) || row + 1 == LAYERS.len()
}

/// Whether `file` is `home`, or lies in the module of that name.
fn is_in(file: &str, home: &str) -> bool {
    file.strip_prefix(home).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
}

/// The numbered lines of `source` without comments and without what is compiled
/// for tests only.
fn code_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_tests = false;
    let mut gated = false;
    source.lines().enumerate().filter_map(move |(index, line)| {
        let opens_tests = gated && line == "mod tests {";
        gated = line == "#[cfg(test)]";
        if opens_tests {
            in_tests = true;
        } else if in_tests && line == "}" {
            in_tests = false;
        } else if !in_tests && !line.trim_start().starts_with("#[cfg_attr(test,") {
            let code = line.split("//").next().unwrap_or_default();
            return Some((index + 1, code));
        }
        None
    })
}

/// Whether a line imports more than one path of this crate or of `std`.
fn imports_several(line: &str, depth: usize) -> bool {
    let root = "super::".repeat(depth);
    let Some((_, path)) = line.split_once("use ") else { return false };
    let several = path.contains('{') || !path.contains(';');
    (path.starts_with("crate::") && several)
        || path.starts_with("crate::*")
        || path.starts_with(&format!("{root}*"))
        || path.starts_with(&format!("{root}{{"))
        || path.starts_with("std::{")
}

/// The modules of this crate that a line names by a path from the crate's root.
fn crate_targets(line: &str, depth: usize) -> Vec<&str> {
    let root = "super::".repeat(depth);
    ["crate::", root.as_str()]
        .into_iter()
        .flat_map(|prefix| {
            line.match_indices(prefix).filter_map(move |(at, _)| {
                let starts = !line[..at].ends_with(|c| is_identifier(c) || c == ':');
                starts.then(|| identifier(&line[at + prefix.len()..]))
            })
        })
        .filter(|target| !matches!(*target, "" | "super"))
        .collect()
}

/// Whether a line uses the outside path `name`, as an import or in a longer path.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = &line[..at];
        let path_before = before.strip_suffix("::").unwrap_or(before);
        let after = &line[at + name.len()..];
        let starts = !path_before.ends_with(is_identifier);
        let imported = before.ends_with("use ") && !after.starts_with(is_identifier);
        starts && (imported || after.starts_with("::"))
    })
}

fn identifier(text: &str) -> &str {
    text.split(|c| !is_identifier(c)).next().unwrap_or_default()
}

fn is_identifier(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
