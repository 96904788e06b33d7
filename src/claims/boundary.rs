//! Where a figure may begin and end: what must not be read as a number.
//!
//! `C5+1`, `AS-100`, `10:30`, `555-1234`, `3/4`, `[1]` and `News+2` hold digits that
//! count nothing. They all touch something a figure does not touch.
//!
//! In:  a [`Line`] and a place in it.
//! Out: whether a figure may begin or end there, and where to go on if not.
//! Not here: labels that stand apart from their number, such as `Article 5` (`count`).

use super::lex::Lex;
use super::lex::Line;

/// Whether a figure may begin with the lexeme at `at`.
pub(super) fn opens(line: &Line, at: usize) -> bool {
    if !line.is_glued(at) {
        // "1 . 6 billion", as some wires set it: which number is meant is lost.
        let point = at >= 2 && matches!(line.mark(at - 1), Some('.' | ','));
        return !(point && !line.is_glued(at - 1) && line.is_number(at - 2));
    }
    let Some(mark) = at.checked_sub(1).and_then(|before| line.mark(before)) else {
        return false;
    };
    match mark {
        '(' | '[' | '{' | '"' | '“' | '‘' | '\'' | '«' | '—' | '…' | '~' | '≈' | '*' | '•'
        | '|' => true,
        // "stood at 40–the most" opens; "2–1", "10:30" and "1,00" do not.
        '–' | ':' | ',' | ';' | '.' | ')' | '?' | '!' | '”' | '’' => {
            at >= 2
                && !line.is_number(at - 2)
                && !matches!(mark, '.' | '’')
                && line.is_glued(at - 1)
        }
        _ => false,
    }
}

/// Whether a figure may end before the lexeme at `to`; `hyphen` allows `10-year`, where the
/// hyphen joins it to a word.
pub(super) fn closes(line: &Line, to: usize, hyphen: bool) -> bool {
    let Some(mark) = line.glued_mark(to) else {
        let spaced = matches!(line.mark(to), Some('.' | ',')) && line.is_number(to + 1);
        return !line.is_glued(to) && !spaced;
    };
    let touches = line.is_glued(to + 1)
        && matches!(line.get(to + 1), Some(next) if !matches!(next.kind, Lex::Mark(_)));
    match mark {
        ')' | ']' | '}' | '"' | '”' | '—' | '…' | ';' | '!' | '?' | '»' | '*' | '†' | '[' => {
            true
        }
        '.' | ',' | ':' | '’' | '\'' | '(' | '|' => !touches,
        '-' | '–' => !touches || (hyphen && line.is_word(to + 1)),
        _ => false,
    }
}

/// The lexeme after everything that hangs together with the one at `at`: `5-4`, `10:30`, `+2AP`.
pub(super) fn chain_end(line: &Line, at: usize) -> usize {
    let mut to = at + 1;
    while line.is_glued(to) {
        let joint = matches!(
            line.mark(to),
            Some('-' | '–' | '/' | '+' | ':' | '.' | ',' | '_' | '=' | '\'' | '’' | '×' | '&')
        );
        let goes_on = joint && line.is_glued(to + 1);
        if !(line.is_number(to) || line.is_word(to) || goes_on) {
            break;
        }
        to += 1;
    }
    to
}

/// Whether the lexemes `from..to` stand alone between brackets: `(1)`, `[12]`.
pub(super) fn is_bracketed(line: &Line, from: usize, to: usize) -> bool {
    let open = from.checked_sub(1).and_then(|before| line.mark(before));
    matches!((open, line.mark(to)), (Some('('), Some(')')) | (Some('['), Some(']')))
}

/// Whether the number at `at` numbers a heading or a list item: `1. What happened`.
pub(super) fn is_enumerator(line: &Line, at: usize) -> bool {
    let first = at == 0 || (at == 1 && matches!(line.mark(0), Some('(' | '•' | '#' | '§')));
    first && matches!(line.glued_mark(at + 1), Some('.' | ')')) && !line.is_glued(at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(line: &Line) -> usize {
        (0..line.len()).find(|at| line.is_number(*at)).unwrap()
    }

    /// One row per neighbour: whether a figure may stand there.
    #[test]
    fn knows_what_a_figure_may_touch() {
        #[rustfmt::skip]
        let cases = [
            ("sold 29 ships",   true),
            ("(29 ships)",      true),
            ("only—29 ships",   true),
            ("29, and more",    true),
            ("29.",             true),
            ("B-52",            false),
            ("29-B",            false),
            ("News+2",          false),
            ("item #4",         false),
            ("3/4",             false),
            ("10:30",           false),
            ("29.com",          false),
            ("x=29",            false),
            ("29 . 6 billion",  false),
        ];
        for (text, free) in cases {
            let line = Line::new(text);
            let at = number(&line);
            assert_eq!(opens(&line, at) && closes(&line, at + 1, false), free, "{text}");
        }
    }

    #[test]
    fn skips_what_hangs_together() {
        let line = Line::new("call 555-1234-x now");

        assert_eq!(line.text(chain_end(&line, 1)), "now");
    }
}
