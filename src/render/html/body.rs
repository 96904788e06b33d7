//! A document's text on the page: paragraphs of sentences, each with a name to link to.
//!
//! In:  a text, and for each sentence where else it stands.
//! Out: HTML, and how far into its visible text every byte of the original lies.
//! Not here: what corresponds to what (`passages`).

use super::draft::Note;
use super::shown::units;
use super::shown::write_char;
use crate::render::sanitize::is_hidden;
use crate::text::Role;
use crate::text::Text;
use crate::text::Unit;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A text as it stands on the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// Its paragraphs.
    pub(super) html: String,
    /// Units of UTF-16 that a browser counts in it.
    pub(super) length: usize,
    /// Where bytes and units begin to differ by another amount, in order.
    turns: Vec<(usize, usize)>,
}

/// Where else a sentence stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Elsewhere {
    /// The name of the sentence.
    pub(super) target: String,
    /// How the two are alike.
    pub(super) kind: &'static str,
    /// Whose sentence it is, without hidden characters: it stands where no markup may.
    pub(super) name: String,
    /// Its document, as readers count.
    pub(super) number: usize,
}

const INFALLIBLE: &str = "writing to a string cannot fail";

/// References after one sentence: more of them are no help to a reader.
const REFERENCES_MAX: usize = 6;

/// The name of a sentence, which links lead to.
pub(super) fn anchor(doc: usize, unit: usize) -> String {
    format!("s{}-{}", doc + 1, unit + 1)
}

/// Whether a reader misses nothing without `c`.
fn is_blank(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t') || c.is_whitespace() && !is_hidden(c)
}

impl Body {
    /// Writes `text`, with where each of its units stands elsewhere, and with notes on some.
    pub(super) fn write(
        text: &Text,
        elsewhere: &[Vec<Elsewhere>],
        notes: &BTreeMap<usize, Vec<Note>>,
    ) -> Self {
        let mut body = Self { turns: vec![(0, 0)], ..Self::default() };
        let mut beside: Vec<&Note> = Vec::new();
        let mut before = (0, None);
        for (index, unit) in text.units.iter().enumerate() {
            let (end, paragraph) = before;
            let between = &text.source[end..unit.span.start()];
            if paragraph == Some(unit.paragraph) {
                body.text(between, end);
            } else {
                // A bullet or number stands on the line of what it belongs to.
                let line = between.rfind(['\n', '\r']).map_or(0, |at| at + 1);
                body.rest(&between[..line], end, paragraph.is_some());
                body.margin(&mut beside);
                body.open(unit.role);
                body.text(&between[line..], end + line);
            }
            body.unit(text, (index, unit), elsewhere.get(index).map_or(&[], Vec::as_slice));
            for note in notes.get(&index).into_iter().flatten() {
                body.flag(note);
                beside.push(note);
            }
            before = (unit.span.end(), Some(unit.paragraph));
        }
        let (end, paragraph) = before;
        body.rest(&text.source[end..], end, paragraph.is_some());
        body.margin(&mut beside);
        body
    }

    /// Units of UTF-16 before the byte at `offset` of the original.
    pub(super) fn offset(&self, offset: usize) -> usize {
        let upto = self.turns.partition_point(|(byte, _)| *byte <= offset);
        let (byte, unit) = self.turns[upto - 1];
        unit + (offset - byte)
    }

    fn open(&mut self, role: Role) {
        let class = role.name();
        write!(self.html, "<p class=\"{class}\" dir=\"auto\">").expect(INFALLIBLE);
    }

    /// What stands between two paragraphs, most often nothing to see: the end of a line, and
    /// lines of their own.
    fn rest(&mut self, between: &str, start: usize, is_open: bool) {
        let line = between.find(['\n', '\r']).unwrap_or(between.len());
        if is_open {
            self.text(between[..line].trim_end(), start);
            self.html.push_str("</p>");
        }
        let rest = if is_open { line } else { 0 };
        if !between[rest..].chars().all(is_blank) {
            self.html.push_str("<p class=\"rest\" dir=\"auto\">");
            self.text(&between[rest..], start + rest);
            self.html.push_str("</p>");
        }
        self.turns.push((start + between.len(), self.length));
    }

    /// One sentence, and where else it stands.
    fn unit(&mut self, text: &Text, (index, unit): (usize, &Unit), elsewhere: &[Elsewhere]) {
        let id = anchor(text.doc.index(), index);
        let class =
            elsewhere.first().map_or(String::new(), |found| format!(" class=\"k {}\"", found.kind));
        write!(self.html, "<span id=\"{id}\"{class}>").expect(INFALLIBLE);
        self.text(text.unit_text(unit), unit.span.start());
        self.html.push_str("</span>");
        for found in elsewhere.iter().take(REFERENCES_MAX) {
            let Elsewhere { target, kind, name, number } = found;
            write!(self.html, "<a class=\"ref\" href=\"#{target}\" title=\"{kind}: ")
                .expect(INFALLIBLE);
            name.chars().try_for_each(|c| write_char(&mut self.html, c)).expect(INFALLIBLE);
            write!(self.html, "\">{number}</a>").expect(INFALLIBLE);
        }
        if let Some(more) = elsewhere.len().checked_sub(REFERENCES_MAX).filter(|more| *more > 0) {
            write!(self.html, "<i class=\"ref\">+{more}</i>").expect(INFALLIBLE);
        }
    }

    /// The number of a note, behind the sentence that it is about.
    fn flag(&mut self, note: &Note) {
        let Note { number, target, severity, .. } = note;
        write!(self.html, "<a class=\"ref flag {severity}\" href=\"#{target}\">{number}</a>")
            .expect(INFALLIBLE);
    }

    /// The notes on a paragraph, beside it.
    fn margin(&mut self, beside: &mut Vec<&Note>) {
        if beside.is_empty() {
            return;
        }
        self.html.push_str("<aside class=\"margin\"><ol>");
        for Note { number, target, severity, code, message } in beside.drain(..) {
            write!(
                self.html,
                "<li value=\"{number}\" class=\"{severity}\"><a href=\"#{target}\">\
                 <b>{severity}</b> {code}</a> <span dir=\"auto\">{message}</span></li>"
            )
            .expect(INFALLIBLE);
        }
        self.html.push_str("</ol></aside>");
    }

    /// Characters as they are, but line ends, which end no line on the page.
    fn text(&mut self, text: &str, start: usize) {
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let shown = match c {
                '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => None,
                '\r' | '\n' | '\t' => Some(' '),
                c => Some(c),
            };
            let mut count = 0;
            if let Some(shown) = shown {
                write_char(&mut self.html, shown).expect(INFALLIBLE);
                count = units(shown);
            }
            self.length += count;
            if count != c.len_utf8() {
                self.turns.push((start + at + c.len_utf8(), self.length));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::DocId;

    fn body(source: &str) -> Body {
        Body::write(&Text::read(DocId(0), source), &[], &BTreeMap::new())
    }

    /// What a browser shows of some HTML, without its tags.
    fn visible(html: &str) -> String {
        let mut shown = String::new();
        let mut is_tag = false;
        for c in html.chars() {
            match c {
                '<' => is_tag = true,
                '>' => is_tag = false,
                c if !is_tag => shown.push(c),
                _ => {}
            }
        }
        shown
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }

    #[test]
    fn paragraphs_and_headlines_stay_and_nothing_is_lost() {
        let html =
            body("Harbour Opens\n\nThe mayor of the port, who had waited for an hour and a half,\r\ncame. She left.\n\n***\n\n\u{200b}\n\n- One\n")
                .html;

        assert_eq!(html.matches("<p class=\"headline\"").count(), 1, "{html}");
        assert_eq!(html.matches("<p ").count(), html.matches("</p>").count(), "{html}");
        assert!(
            html.contains("The mayor of the port, who had waited for an hour and a half, came.</span> <span id=\"s1-3\">She left."),
            "{html}"
        );
        assert!(html.contains("***") && html.contains(">U+200B</span>"), "{html}");
    }

    /// The offset of every sign is where a browser finds it.
    #[test]
    fn offsets_are_those_of_the_visible_text() {
        let source = "\u{feff}Été à <b>\r\n\r\nDas “Қазақ” & 😀 29\ttimes\u{202e}. Then\u{e0041} 38.\n\n\n***\nEnd";
        let body = body(source);
        let shown: Vec<u16> = visible(&body.html).encode_utf16().collect();

        for (at, c) in
            source.char_indices().filter(|(_, c)| c.is_alphanumeric() || "<&“😀".contains(*c))
        {
            let offset = body.offset(at);
            let found = String::from_utf16(&shown[offset..offset + c.len_utf16()]);
            assert_eq!(found.ok(), Some(c.to_string()), "{at} {}", body.html);
        }
        assert_eq!(body.length, shown.len());
    }

    #[test]
    fn a_sentence_links_to_where_it_stands_elsewhere() {
        let text = Text::read(DocId(0), "The port opens.");
        let found = Elsewhere {
            target: "s2-1".to_owned(),
            kind: "verbatim",
            name: "A \"B\" <c>".to_owned(),
            number: 2,
        };
        let html = Body::write(&text, &[vec![found; 8]], &BTreeMap::new()).html;

        assert!(
            html.contains("<span id=\"s1-1\" class=\"k verbatim\">The port opens.</span>"),
            "{html}"
        );
        assert!(html.contains("title=\"verbatim: A &quot;B&quot; &lt;c&gt;\">2</a>"), "{html}");
        assert!(html.contains("<i class=\"ref\">+2</i>"), "{html}");
    }
}
