//! Quotations: what stands in quotation marks.
//!
//! A quotation never leaves its paragraph. Where a speech runs over several, each
//! paragraph opens anew and only the last one closes: every paragraph is one
//! quotation here, and [`Quotation::continues`] joins them. A mark that is never
//! closed holds to the end of its paragraph and no further.
//!
//! Double marks are read in curly, straight, low and angled form. Single marks
//! count only when they clearly open and later close: most are apostrophes.
//!
//! In:  the original text, where “ and ” still differ, and its paragraphs.
//! Out: [`Quotation`]s in order of their opening mark.
//! Not here: who is quoted, and whether the words are true to the source (`claims`).

use super::paragraph::is_blank;
use crate::span::Span;

/// A passage in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks; without a closing mark it ends with the paragraph.
    pub outer: Span,
    /// Without its marks.
    pub inner: Span,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether it goes on with the quotation that the paragraph before left open.
    pub continues: bool,
}

/// The quotations in `paragraphs` of `source`.
pub(super) fn quotations(source: &str, paragraphs: &[Span]) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    let mut left_open = false;
    for paragraph in paragraphs {
        let found = read_paragraph(source, *paragraph);
        let mut open = false;
        for (index, (_, mut quotation)) in found.into_iter().filter(is_kept).enumerate() {
            let first = index == 0 && quotation.outer.start() == paragraph.start();
            quotation.continues = left_open && first;
            open |= !quotation.closed;
            quotations.push(quotation);
        }
        left_open = open;
    }
    quotations
}

/// A single mark that nothing closes was an apostrophe.
fn is_kept((kind, quotation): &(Kind, Quotation)) -> bool {
    quotation.closed || *kind != Kind::Single
}

/// What kind of mark opened a quotation; it decides what closes it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `“…”`, and `”…”` in Swedish.
    Curly,
    /// `„…“` or `„…”`.
    Low,
    /// `"…"`.
    Straight,
    /// `«…»`.
    Angled,
    /// `»…«`.
    Inward,
    /// `‘…’`, `‚…‘` or `'…'`.
    Single,
}

/// What one mark does.
enum Act {
    Open(Kind),
    /// Closes the open quotation with this index.
    Close(usize),
    Nothing,
}

/// Quotations open at once in one paragraph. A quotation in a quotation in a quotation
/// is rare in print; marks without end are no speech, and each of them would hold the
/// whole rest of the paragraph.
const OPEN_MAX: usize = 8;

/// The quotations of one paragraph; those not closed reach its end.
fn read_paragraph(source: &str, paragraph: Span) -> Vec<(Kind, Quotation)> {
    let text = &source[..paragraph.end()];
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = paragraph.start();
    while let Some(mark) = next_mark(text, paragraph.start(), at) {
        at = mark.span.end();
        match mark.act(&found, &open) {
            Act::Open(kind) if open.len() < OPEN_MAX => {
                open.push(found.len());
                found.push((kind, opened(text, mark.span)));
            }
            Act::Close(index) => {
                // What was opened inside and not closed cannot reach over this mark.
                while open.pop().is_some_and(|inner| inner != index) {}
                found[index].1 = closed(text, found[index].1, mark.span);
            }
            Act::Open(_) | Act::Nothing => {}
        }
    }
    found
}

/// A quotation from `mark` to the end of `text`.
fn opened(text: &str, mark: Span) -> Quotation {
    let outer = Span::new(mark.start(), text.len());
    let inner = trimmed(text, Span::new(mark.end(), text.len()));
    Quotation { outer, inner, closed: false, continues: false }
}

/// `quotation`, closed by `mark`.
fn closed(text: &str, quotation: Quotation, mark: Span) -> Quotation {
    let outer = Span::new(quotation.outer.start(), mark.end());
    let first = text[outer.start()..].chars().next().map_or(0, char::len_utf8);
    let inner = trimmed(text, Span::new(outer.start() + first, mark.start()));
    Quotation { outer, inner, closed: true, ..quotation }
}

/// `span` without the blanks at its edges, as French sets them.
fn trimmed(text: &str, span: Span) -> Span {
    let inside = text[span.range()].trim_end_matches(is_blank);
    let kept = inside.trim_start_matches(is_blank);
    let start = span.start() + (inside.len() - kept.len());
    Span::new(start, start + kept.len())
}

/// A quotation mark and what stands around it.
struct QuoteMark<'t> {
    sign: char,
    span: Span,
    /// The character before; a blank at the start of the paragraph.
    before: char,
    /// The text after, to the end of the paragraph.
    rest: &'t str,
}

/// The first quotation mark of `text` from `at`, in the paragraph that begins at `start`.
fn next_mark(text: &str, start: usize, mut at: usize) -> Option<QuoteMark<'_>> {
    loop {
        let bytes = &text.as_bytes()[at..];
        at += bytes.iter().position(|byte| matches!(byte, b'"' | b'\'' | 0xc2 | 0xe2))?;
        let sign = text[at..].chars().next()?;
        let end = at + sign.len_utf8();
        if is_mark(sign) {
            return Some(QuoteMark::new(text, start, sign, Span::new(at, end)));
        }
        at = end;
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›')
}

impl<'t> QuoteMark<'t> {
    fn new(text: &'t str, start: usize, sign: char, span: Span) -> Self {
        let before = text[start..span.start()].chars().next_back().unwrap_or(' ');
        Self { sign, span, before, rest: &text[span.end()..] }
    }

    /// Whether it can open: nothing, a blank or an opening sign before, something after.
    fn leads(&self) -> bool {
        let opener =
            matches!(self.before, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '*' | '_' | '=');
        let nested = is_mark(self.before) && !matches!(self.before, '’' | '”');
        (is_blank(self.before) || opener || nested)
            && !self.rest.starts_with(is_blank)
            && !self.rest.is_empty()
    }

    /// Whether it can close: something before, no letter or digit after.
    fn trails(&self) -> bool {
        !is_blank(self.before) && !self.rest.starts_with(char::is_alphanumeric)
    }

    fn only_closes(&self) -> bool {
        self.trails() && !self.leads()
    }

    /// Whether a letter follows that does not begin a clipped word such as `'em`.
    fn before_word(&self) -> bool {
        self.rest.starts_with(char::is_alphabetic) && !is_clipped(self.rest)
    }

    /// What the mark does; `open` lists the quotations of `found` that are still open.
    fn act(&self, found: &[(Kind, Quotation)], open: &[usize]) -> Act {
        let nearest = |kinds: &[Kind]| {
            open.iter().rev().copied().find(|index| kinds.contains(&found[*index].0))
        };
        let innermost =
            |kinds: &[Kind]| open.last().copied().filter(|index| kinds.contains(&found[*index].0));
        let (closing, opening) = match self.sign {
            '“' if self.only_closes() => (nearest(&[Kind::Low, Kind::Curly]), Some(Kind::Curly)),
            '“' => (innermost(&[Kind::Low]).filter(|_| !self.leads()), Some(Kind::Curly)),
            '”' => {
                let doubles = [Kind::Curly, Kind::Low, Kind::Straight];
                (nearest(&doubles), self.leads().then_some(Kind::Curly))
            }
            '„' | '‟' => (None, Some(Kind::Low)),
            '"' => self.straight(nearest(&[Kind::Straight]), nearest(&[Kind::Curly, Kind::Low])),
            '«' | '‹' => (nearest(&[Kind::Inward]), Some(Kind::Angled)),
            '»' | '›' => (nearest(&[Kind::Angled]), self.leads().then_some(Kind::Inward)),
            '’' => (innermost(&[Kind::Single]).filter(|_| self.trails()), None),
            _ => {
                let single = nearest(&[Kind::Single]);
                let closing = innermost(&[Kind::Single]).filter(|_| self.only_closes());
                let opens = self.leads() && self.before_word() && single.is_none();
                (closing, opens.then_some(Kind::Single))
            }
        };
        match (closing, opening) {
            (Some(index), _) => Act::Close(index),
            (None, Some(kind)) => Act::Open(kind),
            (None, None) => Act::Nothing,
        }
    }

    /// What `"` closes and opens: it closes its like, or a curly mark where it can only close.
    fn straight(&self, like: Option<usize>, curly: Option<usize>) -> (Option<usize>, Option<Kind>) {
        let only_closes = self.only_closes();
        // After a digit and with nothing to close it is the sign for inches.
        let opens = !only_closes && (self.leads() || !self.before.is_ascii_digit());
        (like.or(curly.filter(|_| only_closes)), opens.then_some(Kind::Straight))
    }
}

/// Whether `rest` begins with a word that an apostrophe shortens: `'em`, `'tis`.
fn is_clipped(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    matches!(
        &rest[..end],
        "em" | "n"
            | "til"
            | "tis"
            | "Tis"
            | "twas"
            | "Twas"
            | "cause"
            | "bout"
            | "round"
            | "s"
            | "t"
    )
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::paragraphs;
    use super::*;

    /// The quotations of `source`, inner text only, `…` after one that is not closed.
    fn inners(source: &str) -> String {
        let spans: Vec<_> = paragraphs(source).iter().map(|paragraph| paragraph.span).collect();
        let show = |quotation: &Quotation| {
            let before = if quotation.continues { "+" } else { "" };
            let after = if quotation.closed { "" } else { "…" };
            format!("{before}{}{after}", &source[quotation.inner.range()])
        };
        quotations(source, &spans).iter().map(show).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn reads_every_kind_of_mark() {
        #[rustfmt::skip]
        let cases = [
            ("“Yes,” she said. “No.”",             "Yes,|No."),
            ("\"Yes,\" she said. \"No.\"",         "Yes,|No."),
            ("„Ja“, sagte sie, „Nein”.",           "Ja|Nein"),
            ("« Oui », « non »",                   "Oui|non"),
            ("»Ja«, sagte sie, »nein«.",           "Ja|nein"),
            ("”Ja,” sa hon.",                      "Ja,"),
            ("She said ‘yes’ to Doe’s plan.",      "yes"),
            ("She said 'yes' to Doe's plan.",      "yes"),
            ("‚Ja‘, sagte sie.",                   "Ja"),
            ("“He said ‘no’ to us,” Doe said.",    "He said ‘no’ to us,|no"),
            ("“‘No’ is a word,” Doe said.",        "‘No’ is a word,|No"),
            ("“He said \"no\" to us,” Doe said.",  "He said \"no\" to us,|no"),
            ("a “mixed\" pair and a \"mixed” one", "mixed|mixed"),
            ("the deal—“the best”—was (“very”) small", "the best|very"),
        ];
        for (source, expected) in cases {
            assert_eq!(inners(source), expected, "{source}");
        }
    }

    #[test]
    fn apostrophes_and_inches_are_no_quotations() {
        #[rustfmt::skip]
        let cases = [
            "Doe’s plan, the states’ rights and rock ’n’ roll",
            "Doe's plan, the states' rights and rock 'n' roll",
            "the '90s and the ‘90s, 'tis so, get 'em, the boys' club",
            "a 6\" pipe and a 5'10\" man",
            "a stray mark” and another\" here",
        ];
        for source in cases {
            assert_eq!(inners(source), "", "{source}");
        }
    }

    #[test]
    fn an_open_mark_ends_with_its_paragraph() {
        assert_eq!(inners("“One two.\n\nThree four."), "One two.…");
        assert_eq!(inners("\"One two.\n\nThree \"four.\""), "One two.…|four.");
        assert_eq!(inners("“One “two” three.\n\nFour."), "One “two” three.…|two");
    }

    #[test]
    fn marks_that_only_open_are_not_piled_up() {
        let source = "“a ".repeat(100);
        let span = Span::new(0, source.len());

        assert_eq!(quotations(&source, &[span]).len(), OPEN_MAX);
        assert_eq!(
            quotations(&(source + "\n\n“b”"), &[span, Span::new(span.end() + 2, span.end() + 9)])
                .len(),
            OPEN_MAX + 1
        );
    }

    #[test]
    fn a_speech_of_several_paragraphs_is_joined() {
        let source = "“One two.\n\n“Three four.\n\n“Five,” Doe said. “Six.”";

        assert_eq!(inners(source), "One two.…|+Three four.…|+Five,|Six.");
    }
}
