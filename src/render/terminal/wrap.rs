//! Wrapping: sentences of the tool's own as rows that fit the output.
//!
//! In:  one line of sanitised text, and the columns there are.
//! Out: its rows, cut at blanks.
//! Not here: passages of documents, which have marks (`excerpt`).

use unicode_width::UnicodeWidthStr;

/// The rows of `text`: the first of at most `first` columns, the others of at most
/// `others`. A word that is wider, such as a long path, has a row of its own.
pub(crate) fn rows(text: &str, first: usize, others: usize) -> Vec<&str> {
    let mut rows = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut at = 0;
    for word in text.split(' ') {
        let columns = if rows.is_empty() { first } else { others };
        let next = at + word.len();
        if text[start..next].width() > columns && (end > start || rows.is_empty()) {
            rows.push(text[start..end].trim_end());
            start = at;
        }
        end = next;
        at = next + 1;
    }
    rows.push(text[start..end].trim());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_blanks_and_nowhere_else() {
        #[rustfmt::skip]
        let cases: [(&str, usize, &[&str]); 6] = [
            ("",                        9, &[""]),
            ("one row",                 9, &["one row"]),
            ("found    sha256, 9 bytes", 20, &["found    sha256, 9", "bytes"]),
            ("one two three four",      9, &["one two", "three", "four"]),
            ("corpus/harbour.txt has none", 9, &["", "corpus/harbour.txt", "has none"]),
            ("日本 日本 日本",            9, &["日本 日本", "日本"]),
        ];
        for (text, columns, expected) in cases {
            assert_eq!(rows(text, columns, columns), expected, "{text}");
        }
    }

    #[test]
    fn leaves_room_for_what_stands_before_the_first_row() {
        assert_eq!(rows("one two three", 4, 9), ["one", "two three"]);
    }
}
