//! Paragraphs: which lines belong together.
//!
//! Files come with a blank line between paragraphs, with one paragraph a line, or
//! wrapped at a column as in mail. Lines are joined only on evidence: the text is
//! wrapped and the line is full, or the line plainly runs on.
//!
//! In:  the original text.
//! Out: [`Paragraph`]s in order, without blanks and list signs at their edges.
//! Not here: what a paragraph is on the page (`role`).

use super::fold::is_removed;
use crate::span::Span;

/// Lines that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Where it stands, without surrounding blanks and its sign.
    pub(super) span: Span,
    /// The sign it begins with.
    pub(super) sign: Sign,
    /// Whether a blank line, or the start of the text, comes before.
    pub(super) after_blank: bool,
}

/// The sign a paragraph begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// None.
    Plain,
    /// A bullet: `•`, `-`, `*` and their like.
    Bullet,
    /// A number or letter with a full stop or bracket: `1.`, `a)`.
    Number,
    /// One `#` in Markdown, or an underline of `=`.
    Title,
    /// More than one `#`, or an underline of `-`.
    Subtitle,
    /// A Markdown picture; the paragraph is its description.
    Picture,
}

/// One line that is not blank.
#[derive(Clone, Copy)]
struct Line {
    /// Without surrounding blanks and its sign.
    span: Span,
    sign: Sign,
    after_blank: bool,
    /// Bytes before the first character that is not blank.
    indent: usize,
    /// Characters, with the sign.
    columns: usize,
}

/// The paragraphs of `source`.
pub(super) fn paragraphs(source: &str) -> Vec<Paragraph> {
    let lines = lines(source);
    let column = wrap_column(source, &lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut first = 0;
    for (index, line) in lines.iter().enumerate() {
        let Some((last, earlier)) = paragraphs.last_mut().zip(index.checked_sub(1)) else {
            paragraphs.push(line.paragraph());
            continue;
        };
        if let Some(sign) = underline(source, line, last) {
            last.sign = sign;
        } else if is_rule(&source[line.span.range()]) {
            // A drawn line separates; it says nothing.
        } else if joins(source, &lines[first], &lines[earlier], line, column) {
            last.span = last.span.cover(line.span);
        } else {
            first = index;
            paragraphs.push(line.paragraph());
        }
    }
    paragraphs.retain(|paragraph| !is_rule(&source[paragraph.span.range()]));
    paragraphs
}

impl Line {
    fn paragraph(&self) -> Paragraph {
        Paragraph { span: self.span, sign: self.sign, after_blank: self.after_blank }
    }
}

/// The lines of `source` that are not blank.
fn lines(source: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut start = 0;
    while start < source.len() {
        let rest = &source.as_bytes()[start..];
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let end = start + length.unwrap_or(rest.len());
        let full = &source[start..end];
        let text = full.trim_start_matches(is_blank);
        let indent = full.len() - text.len();
        let text = text.trim_end_matches(is_blank);
        if !text.is_empty() {
            let (sign, inner) = signed(text);
            let inner_start = start + indent + inner.start();
            let span = Span::new(inner_start, inner_start + inner.len());
            let columns = text.chars().count();
            lines.push(Line { span, sign, after_blank, indent, columns });
        }
        let return_and_feed = source[end..].starts_with("\r\n");
        after_blank = text.is_empty();
        start = end + 1 + usize::from(return_and_feed);
    }
    lines
}

/// Whether `c` is white or invisible.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_removed(c)
}

/// The sign that `line` begins with, and where in `line` the rest is.
fn signed(line: &str) -> (Sign, Span) {
    let whole = Span::new(0, line.len());
    let after = |sign: Sign, length: usize| {
        let rest = line[length..].trim_start_matches(is_blank);
        let spaced = rest.len() < line.len() - length;
        let kept = Span::new(line.len() - rest.len(), line.len());
        if spaced && !rest.is_empty() { (sign, kept) } else { (Sign::Plain, whole) }
    };
    let first = line.chars().next().unwrap_or(' ');
    match first {
        '•' | '◦' | '▪' | '‣' | '●' | '■' | '∙' | '·' | '➢' | '*' | '-' | '+' | '–' => {
            after(Sign::Bullet, first.len_utf8())
        }
        '#' => hashed(line, after),
        '!' if line.starts_with("![") => described_picture(line).unwrap_or((Sign::Plain, whole)),
        _ => match number_length(line) {
            Some(length) => after(Sign::Number, length),
            None => (Sign::Plain, whole),
        },
    }
}

/// A Markdown heading, without the `#` at either end.
fn hashed(line: &str, after: impl Fn(Sign, usize) -> (Sign, Span)) -> (Sign, Span) {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let sign = if level == 1 { Sign::Title } else { Sign::Subtitle };
    // Six levels exist; more is decoration.
    if level > 6 {
        return (Sign::Plain, Span::new(0, line.len()));
    }
    let (sign, kept) = after(sign, level);
    let closed = line[kept.range()].trim_end_matches('#').trim_end_matches(is_blank);
    if closed.is_empty() || sign == Sign::Plain {
        return (sign, kept);
    }
    (sign, Span::new(kept.start(), kept.start() + closed.len()))
}

/// The description in `![description](address)`.
fn described_picture(line: &str) -> Option<(Sign, Span)> {
    let close = line.find("](")?;
    let described = line.ends_with(')') && !line["![".len()..close].trim().is_empty();
    described.then(|| (Sign::Picture, Span::new("![".len(), close)))
}

/// The length of a list number such as `1.`, `12)`, `a.` or `iv)`.
fn number_length(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let roman = bytes[..letters].iter().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    // Longer numbers are years, longer letters are words; a capital may be an initial.
    let length = match (digits, letters) {
        (1..=2, _) => digits,
        (0, 1) => 1,
        (0, 2..=4) if roman => letters,
        _ => return None,
    };
    matches!(bytes.get(length), Some(b'.' | b')')).then_some(length + 1)
}

/// Whether `text` is a drawn line, such as `---` or `* * *`.
fn is_rule(text: &str) -> bool {
    let drawn = |c: char| matches!(c, '-' | '=' | '*' | '_' | '~' | '—' | '–') || is_blank(c);
    text.chars().all(drawn) && text.chars().filter(|c| !is_blank(*c)).count() > 1
}

/// What `line` makes of the paragraph right above it, when it underlines it.
fn underline(source: &str, line: &Line, above: &Paragraph) -> Option<Sign> {
    let text = &source[line.span.range()];
    let one_line = !source[above.span.range()].contains(['\n', '\r']);
    if line.after_blank || !one_line || text.len() < 3 || above.sign != Sign::Plain {
        return None;
    }
    match text.as_bytes()[0] {
        b'=' if text.bytes().all(|byte| byte == b'=') => Some(Sign::Title),
        b'-' if text.bytes().all(|byte| byte == b'-') => Some(Sign::Subtitle),
        _ => None,
    }
}

/// Wrapped text is 35 to 100 columns wide: mail wraps at 72 to 78, books at about
/// 65; under 35 lines are verse or a list, over 100 each line is a paragraph.
const WRAP_COLUMNS: std::ops::RangeInclusive<usize> = 35..=100;

/// Fewer lines than this say nothing about the whole text.
const WRAPPED_LINES_MIN: usize = 3;

/// The column at which the text is wrapped, if it is.
///
/// A text is wrapped when most lines could not have taken the next line's first
/// word, and few of them end a sentence.
fn wrap_column(source: &str, lines: &[Line]) -> Option<usize> {
    let inside: Vec<_> = lines.windows(2).filter(|pair| may_join(&pair[1])).collect();
    if inside.len() < WRAPPED_LINES_MIN {
        return None;
    }
    let mut widths: Vec<_> = inside.iter().map(|pair| pair[0].columns).collect();
    widths.sort_unstable();
    // A web address may stick out: one line in twenty is let pass.
    let column = widths[(widths.len() - 1) * 19 / 20];
    let full = inside.iter().filter(|pair| is_full(source, &pair[0], &pair[1], column)).count();
    let ended = inside.iter().filter(|pair| ends_sentence(&source[pair[0].span.range()])).count();
    let wrapped = full * 5 >= inside.len() * 3 && ended * 2 <= inside.len();
    (WRAP_COLUMNS.contains(&column) && wrapped).then_some(column)
}

/// Whether `line` may continue the one before.
fn may_join(line: &Line) -> bool {
    !line.after_blank && line.sign == Sign::Plain
}

/// Whether the first word of `next` would not have fitted on `line`.
fn is_full(source: &str, line: &Line, next: &Line, column: usize) -> bool {
    let word = source[next.span.range()].split(is_blank).next().unwrap_or("");
    line.columns + 1 + word.chars().count() > column
}

/// Whether `next` continues `line`, in a paragraph that began with `first`.
fn joins(source: &str, first: &Line, line: &Line, next: &Line, column: Option<usize>) -> bool {
    let titled = matches!(first.sign, Sign::Title | Sign::Subtitle | Sign::Picture);
    let ruled = is_rule(&source[line.span.range()]);
    if titled || ruled || !may_join(next) {
        return false;
    }
    let in_item = matches!(first.sign, Sign::Bullet | Sign::Number);
    let wrapped = column.is_some_and(|column| is_full(source, line, next, column));
    wrapped || (in_item && next.indent > first.indent + 1) || runs_on(source, line, next)
}

/// Shorter lines are items, verse or titles, and do not run on.
const RUN_ON_COLUMNS_MIN: usize = 30;

/// Whether `line` plainly goes on in `next`: it is broken off, and the next is no beginning.
fn runs_on(source: &str, line: &Line, next: &Line) -> bool {
    let text = &source[line.span.range()];
    if line.columns < RUN_ON_COLUMNS_MIN || ends_sentence(text) || text.ends_with([':', ';', '|']) {
        return false;
    }
    let last = text.rsplit(is_blank).next().unwrap_or("");
    let broken_off = text.ends_with(',') || is_function_word(last);
    broken_off || source[next.span.range()].starts_with(char::is_lowercase)
}

/// Whether `text` ends with a full stop or its like, perhaps before closing marks.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closers = |c: char| matches!(c, '”' | '’' | '"' | '\'' | '»' | ')' | ']' | '*' | '_');
    text.trim_end_matches(closers).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Whether no sentence and no title ends with `word`.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "and"
            | "or"
            | "to"
            | "with"
            | "for"
            | "from"
            | "by"
            | "at"
            | "their"
            | "its"
            | "his"
            | "her"
            | "our"
            | "that"
            | "which"
            | "as"
            | "than"
            | "into"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(source: &str) -> Vec<&str> {
        paragraphs(source).iter().map(|paragraph| &source[paragraph.span.range()]).collect()
    }

    #[test]
    fn one_paragraph_a_line_stays_so() {
        let source = "The harbour reopens\nThe mayor opened the old harbour on Monday after three \
                      years of work.\nTraders had waited for the day, and many came early.\n\
                      Why it matters\nThe port employs 300 people, more than the mill does.\n";

        assert_eq!(split(source).len(), 5);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let source = "The council met on Monday to discuss the new bridge, which has\n\
                      been planned for ten years and costs more than the town can\n\
                      pay. Nobody knows who will build it. The mayor said that the\n\
                      State would help.\n\
                      \n\
                      A second meeting was called for Friday, when the engineers of\n\
                      Northern Steel will explain their drawings.\n";

        let paragraphs = split(source);

        assert_eq!(paragraphs.len(), 2);
        assert!(paragraphs[0].starts_with("The council") && paragraphs[0].ends_with("would help."));
    }

    #[test]
    fn a_line_that_runs_on_takes_the_next() {
        #[rustfmt::skip]
        let cases = [
            ("Dairy farmers met to talk about their\nfuture in the valley.", 1),
            ("Dairy farmers met in the town hall with the\nMayor of Delft.", 1),
            ("Dairy farmers met in the town hall.\nfuture plans", 2),
            ("short line\nand another", 2),
            ("Dairy farmers met in the town hall on\n\nfuture plans", 2),
        ];
        for (source, count) in cases {
            assert_eq!(split(source).len(), count, "{source:?}");
        }
    }

    #[test]
    fn signs_are_read_and_left_out() {
        #[rustfmt::skip]
        let cases = [
            ("• One",           Sign::Bullet,   "One"),
            ("  - One two",     Sign::Bullet,   "One two"),
            ("– One",           Sign::Bullet,   "One"),
            ("1. One",          Sign::Number,   "One"),
            ("iv) One",         Sign::Number,   "One"),
            ("a. One",          Sign::Number,   "One"),
            ("# One",           Sign::Title,    "One"),
            ("### One ###",     Sign::Subtitle, "One"),
            ("One\n===",        Sign::Title,    "One"),
            ("![A man](x.jpg)", Sign::Picture,  "A man"),
            ("-5 degrees",      Sign::Plain,    "-5 degrees"),
            ("1.5 million",     Sign::Plain,    "1.5 million"),
            ("2025. A year",    Sign::Plain,    "2025. A year"),
            ("A. Smith spoke",  Sign::Plain,    "A. Smith spoke"),
            ("#tag",            Sign::Plain,    "#tag"),
            ("\u{feff}One",     Sign::Plain,    "One"),
        ];
        for (source, sign, text) in cases {
            let found = paragraphs(source);
            assert_eq!(found.len(), 1, "{source}");
            assert_eq!((found[0].sign, &source[found[0].span.range()]), (sign, text), "{source}");
        }
    }

    #[test]
    fn an_item_keeps_its_indented_lines() {
        let source = "- one item that is\n  Wrapped here\n- two\n\nAfter";

        assert_eq!(split(source), ["one item that is\n  Wrapped here", "two", "After"]);
    }

    #[test]
    fn drawn_lines_say_nothing() {
        assert_eq!(split("---\nOne.\n\n* * *\n\nTwo.\n____\n"), ["One.", "Two."]);
        assert!(split(" \n\u{a0}\r\n").is_empty());
    }
}
