//! Sentences: a text with one of them a line, and two such texts side by side.
//!
//! For git, which compares lines: a paragraph of 800 characters shows as the sentence
//! that changed, with the words marked.
//!
//! In:  texts.
//! Out: lines that a terminal prints as they stand.
//! Not here: which file is compared with which (`cli`).

use crate::render::sanitize;
use crate::span::DocId;
use crate::text::Text;
use similar::Algorithm;
use similar::DiffOp;
use similar::capture_diff_slices;
use std::io;
use std::io::Write;

/// Lines without a change that are shown around one with it.
const CONTEXT: usize = 1;

/// `source` with a sentence, headline or bullet a line and a blank line between
/// paragraphs. What is no sentence, such as a line of asterisks, is kept.
pub fn sentences(source: &str) -> Vec<String> {
    let text = Text::read(DocId(0), source);
    let mut lines = Vec::new();
    let mut end = 0;
    let mut paragraph = 0;
    for unit in &text.units {
        rest(&source[end..unit.span.start()], &mut lines);
        if unit.paragraph != paragraph && !lines.is_empty() {
            lines.push(String::new());
        }
        paragraph = unit.paragraph;
        lines.push(flat(&source[unit.span.range()]));
        end = unit.span.end();
    }
    rest(&source[end..], &mut lines);
    lines
}

/// What stands between two units, when it is more than blanks.
fn rest(between: &str, lines: &mut Vec<String>) {
    if !between.trim().is_empty() {
        lines.push(flat(between.trim()));
    }
}

/// One line, blanks made one, and nothing in it that a terminal acts on.
fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    sanitize::line(&words.join(" ")).into_owned()
}

/// Writes what differs between two texts, a sentence a line: `-` for one that is gone,
/// `+` for one that is new, `~` for one that changed, with the words marked.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_sentences(out: &mut impl Write, old: &str, new: &str) -> io::Result<()> {
    let (old, new) = (sentences(old), sentences(new));
    if old == new {
        return writeln!(out, "only blanks, line endings or line breaks differ");
    }
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    for group in similar::group_diff_ops(operations, CONTEXT) {
        writeln!(
            out,
            "@@ sentence {} @@",
            group.first().map_or(0, |one| one.new_range().start) + 1
        )?;
        for operation in group {
            match operation {
                DiffOp::Equal { new_index, len, .. } => {
                    each(out, ' ', &new[new_index..new_index + len])?;
                }
                DiffOp::Delete { old_index, old_len, .. } => {
                    each(out, '-', &old[old_index..old_index + old_len])?;
                }
                DiffOp::Insert { new_index, new_len, .. } => {
                    each(out, '+', &new[new_index..new_index + new_len])?;
                }
                DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                    let paired = old_len.min(new_len);
                    for index in 0..paired {
                        write_words(out, &old[old_index + index], &new[new_index + index])?;
                    }
                    each(out, '-', &old[old_index + paired..old_index + old_len])?;
                    each(out, '+', &new[new_index + paired..new_index + new_len])?;
                }
            }
        }
    }
    Ok(())
}

fn each(out: &mut impl Write, sign: char, lines: &[String]) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{sign} {line}"))
}

/// One sentence with the words marked that are gone (`[-…-]`) and new (`{+…+}`).
fn write_words(out: &mut impl Write, old: &str, new: &str) -> io::Result<()> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let mut pieces = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (before, after) = (&old[operation.old_range()], &new[operation.new_range()]);
        if let DiffOp::Equal { .. } = operation {
            pieces.push(after.join(" "));
            continue;
        }
        let gone =
            if before.is_empty() { String::new() } else { format!("[-{}-]", before.join(" ")) };
        let new =
            if after.is_empty() { String::new() } else { format!("{{+{}+}}", after.join(" ")) };
        pieces.push(gone + &new);
    }
    writeln!(out, "~ {}", pieces.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str =
        "Headline\n\nThe council met. It signed the seventh deal.\n\n***\n\nIt left.\n";

    #[test]
    fn every_sentence_has_a_line_and_nothing_is_lost() {
        let expected = [
            "Headline",
            "",
            "The council met.",
            "It signed the seventh deal.",
            "***",
            "",
            "It left.",
        ];
        assert_eq!(sentences(OLD), expected);
        assert_eq!(sentences("red\u{1b}[31m"), ["red‹U+001B›[31m"]);
        assert_eq!(sentences(""), [""; 0]);
    }

    fn differs(new: &str) -> String {
        let mut out = Vec::new();
        write_sentences(&mut out, OLD, new).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_change_is_one_short_line() {
        let changed = differs(&OLD.replace("seventh", "fifth"));
        assert!(changed.contains("\n~ It signed the [-seventh-]{+fifth+} deal.\n"), "{changed}");
        assert!(differs(&OLD.replace("It left.", "It left. It came.")).contains("\n+ It came.\n"));
        assert!(differs(&OLD.replace("signed the ", "signed the\n")).starts_with("only blanks"));
    }
}
