//! Residue of machine-written text: citations that a chatbot left behind (PV424).
//!
//! `Harbour Wire+2Lakeside Ledger+1` behind a sentence, the bare name of a source there
//! in a text that has such runs, and markers that only chatbots write.
//!
//! In:  texts.
//! Out: one finding for each place.
//! Not here: credits that somebody wrote.

use crate::claims::residue_markers;
use crate::divergence::Material;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Words in the name of a source.
const NAME_WORDS_MAX: usize = 5;

/// Bytes of the longest name, and of the end of the sentence before it.
const NAME_BYTES_MAX: usize = 120;

/// Bytes of the shortest name: a letter may be a grade.
const NAME_BYTES_MIN: usize = 3;

pub(super) fn findings(material: &Material) -> Vec<Finding> {
    let sites: Vec<(usize, Vec<Span>)> = material
        .texts
        .par_iter()
        .map(sites)
        .enumerate()
        .filter(|(_, spans)| !spans.is_empty())
        .collect();
    let finding = |text: usize, span: Span| {
        let text = &material.texts[text];
        let place = Place { doc: text.doc, span };
        Finding {
            rule: Rule::CitationResidue,
            subject: material.subject([text.doc]),
            message: format!(
                "“{}” is what a chatbot leaves of a citation",
                &text.source[span.range()]
            ),
            labels: vec![Label::passage(place, Vec::new(), material.caption(text.doc))],
            notes: Vec::new(),
            help: "take it out, and check the sentence before it against a source".to_owned(),
        }
    };
    sites
        .into_iter()
        .flat_map(|(text, spans)| spans.into_iter().map(move |span| finding(text, span)))
        .collect()
}

/// The places in a text, in order.
fn sites(text: &Text) -> Vec<Span> {
    let source = text.source;
    let mut sites: Vec<Span> =
        source.match_indices('+').filter_map(|(plus, _)| run(source, plus)).collect();
    sites.dedup_by(|later, earlier| later.overlaps(*earlier));
    let names: BTreeSet<&str> =
        sites.iter().flat_map(|site| names(&source[site.range()])).collect();
    sites.extend(bare(source, &names));
    for marker in residue_markers() {
        sites.extend(
            source.match_indices(marker.as_str()).map(|(at, _)| Span::new(at, at + marker.len())),
        );
    }
    sites.sort_unstable();
    sites.dedup_by(|later, earlier| later.overlaps(*earlier));
    sites
}

/// The run of names and numbers whose first plus is at `plus`: `Harbour Wire+2Ledger+1`.
fn run(source: &str, plus: usize) -> Option<Span> {
    let start = name_start(source, plus)?;
    let mut end = plus;
    loop {
        let digits = source[end + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&digits) {
            return None;
        }
        end += 1 + digits;
        let rest = &source[end..];
        if rest.starts_with(|c: char| c.is_whitespace()) || rest.is_empty() {
            return Some(Span::new(start, end));
        }
        let next = rest.find('+').filter(|next| is_name(&rest[..*next]))?;
        end += next;
    }
}

/// Where the name that ends at `end` begins: right behind the end of a sentence, or at
/// the head of a line.
fn name_start(source: &str, end: usize) -> Option<usize> {
    let near = source.floor_char_boundary(end.saturating_sub(NAME_BYTES_MAX));
    let line = source[near..end].rfind('\n').map_or(near, |at| near + at + 1);
    let before = &source[line..end];
    let breaks = before.match_indices(['.', '!', '?', ')', '”', '"']);
    let after = |(at, sign): (usize, &str)| {
        let rest = &before[at + sign.len()..];
        let name = rest.trim_start();
        (rest.len() > name.len() && is_name(name)).then(|| end - name.len())
    };
    let head = before.trim_start_matches([' ', '\t', '•', '-', '*']);
    breaks.filter_map(after).next_back().or_else(|| is_name(head).then(|| end - head.len()))
}

/// Whether `text` is a few capitalised words and nothing else.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let plain = |word: &&str| {
        word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '&'))
    };
    text.len() >= NAME_BYTES_MIN
        && words.len() <= NAME_WORDS_MAX
        && words.iter().all(|word| plain(word) && (capital(word) || matches!(*word, "of" | "the")))
        && words.first().is_some_and(capital)
}

/// The names in a run: `Harbour Wire` and `Ledger` of `Harbour Wire+2Ledger+1`.
fn names(run: &str) -> impl Iterator<Item = &str> {
    let parts = run.split('+').map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()));
    parts.filter(|name| !name.is_empty())
}

/// Names of sources that runs have too, alone behind a sentence at the end of a line.
fn bare(source: &str, names: &BTreeSet<&str>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end();
        let end = start + text.len();
        let behind = |name: &&&str| {
            let before = text.strip_suffix(**name).unwrap_or("");
            let sentence = before.trim_end();
            sentence.len() < before.len() && sentence.ends_with(['.', '!', '?', '”', '"', ')'])
        };
        if let Some(name) = names.iter().find(behind) {
            found.push(Span::new(end - name.len(), end));
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::DocId;

    fn shown(source: &str) -> Vec<&str> {
        sites(&Text::read(DocId(0), source)).into_iter().map(|span| &source[span.range()]).collect()
    }

    /// One row per form of residue, and per thing that looks like it.
    #[test]
    fn finds_what_chatbots_leave_and_nothing_else() {
        #[rustfmt::skip]
        let cases: [(&str, &[&str]); 12] = [
            ("It opened. Harbour Wire+2Ledger+1",              &["Harbour Wire+2Ledger+1"]),
            ("It opened. Harbour Wire+2\nIt closed. Harbour Wire", &["Harbour Wire+2", "Harbour Wire"]),
            ("It opened. Harbour Wire+2\n4. Conclusion",       &["Harbour Wire+2"]),
            ("It was a “formality”. Ledger+1",                 &["Ledger+1"]),
            ("Harbour Wire+2 said so",                         &["Harbour Wire+2"]),
            ("See https://a.example/b?utm_source=chatgpt.com", &["utm_source=chatgpt.com"]),
            ("It opened.【4†source】",                          &["【", "†source"]),
            ("It closed. Harbour Wire",                        &[]),
            ("the C5+1 summit of “Asia + U.S.” (C5+1)",        &[]),
            ("Call +44 20 or Port+ now. Port+",                &[]),
            ("The 5+1 Group met. It was 2+2.",                 &[]),
            ("ages 18+ and 3+1 rooms. A+1 grade",              &[]),
        ];
        for (source, expected) in cases {
            assert_eq!(shown(source), expected, "{source}");
        }
    }
}
