//! Days counted from the day a text named last: `later that day`, `the next day`.
//!
//! In:  a [`Line`] and where in it such words may begin.
//! Out: how many days after that day, and where the words end.
//! Not here: which day was named last (`scan`).

use super::super::lex::Line;

/// The days after the day named last, and the lexeme after the words at `at`.
pub(super) fn read(line: &Line, at: usize) -> Option<(i64, usize)> {
    let shift = match line.lower(at) {
        "that" | "same" => 0,
        "next" | "following" => 1,
        "previous" => -1,
        _ => return None,
    };
    let part = matches!(line.lower(at + 1), "day" | "morning" | "afternoon" | "evening" | "night");
    // "the next day of talks", "same day delivery"
    let goes_on = line.lower(at + 2) == "of" || line.glued_mark(at + 1) == Some('-');
    (part && !goes_on).then_some((shift, at + 2))
}
