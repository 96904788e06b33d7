//! Roles: what a paragraph is on the page.
//!
//! Plain files do not mark headings, so these are told by their look: short, no
//! full stop, and something follows that they are the title of.
//!
//! In:  the original text and its paragraphs.
//! Out: one [`Role`] for each.
//! Not here: joining lines (`paragraph`) and splitting into sentences (`sentence`).

use super::paragraph::Paragraph;
use super::paragraph::Sign;
use super::paragraph::ends_sentence;
use super::paragraph::is_blank;

/// What a unit is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The title of the whole text.
    Headline,
    /// A title inside the text.
    Heading,
    /// An item of a list, or one sentence of it.
    Bullet,
    /// The line under or for a picture, or a line about the text: dateline, byline, sign-off.
    Caption,
    /// A sentence of running text.
    Sentence,
}

impl Role {
    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Heading => "heading",
            Self::Bullet => "bullet",
            Self::Caption => "caption",
            Self::Sentence => "sentence",
        }
    }
}

/// The roles of `paragraphs`, in order.
pub(super) fn roles(source: &str, paragraphs: &[Paragraph]) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::with_capacity(paragraphs.len());
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let text = &source[paragraph.span.range()];
        roles.push(match paragraph.sign {
            Sign::Bullet => Role::Bullet,
            Sign::Number => numbered(text, paragraphs, index),
            Sign::Title if !roles.contains(&Role::Headline) => Role::Headline,
            Sign::Title | Sign::Subtitle => Role::Heading,
            Sign::Picture => Role::Caption,
            Sign::Plain => plain(text, &roles, paragraphs.len() == 1),
        });
    }
    sign_off(source, paragraphs, &mut roles);
    roles
}

/// A number stands before a heading when it stands alone, and before an item in a list.
fn numbered(text: &str, paragraphs: &[Paragraph], index: usize) -> Role {
    let listed_before = !paragraphs[index].after_blank
        && index.checked_sub(1).is_some_and(|before| paragraphs[before].sign == Sign::Number);
    let listed_after = paragraphs
        .get(index + 1)
        .is_some_and(|next| next.sign == Sign::Number && !next.after_blank);
    if listed_before || listed_after || !is_title(text) { Role::Bullet } else { Role::Heading }
}

/// The role of a paragraph without a sign; `before` are the roles so far.
fn plain(text: &str, before: &[Role], alone: bool) -> Role {
    if text.len() > SHORT_BYTES_MAX || alone {
        return Role::Sentence;
    }
    let opening = before.iter().all(|role| *role == Role::Caption);
    let titled = before.iter().all(|role| matches!(role, Role::Caption | Role::Headline));
    if is_furniture(text) || is_credit(text) || (titled && !opening && shows_picture(text)) {
        Role::Caption
    } else if !is_title(text) {
        Role::Sentence
    } else if opening && !text.ends_with(':') {
        Role::Headline
    } else {
        Role::Heading
    }
}

/// A signature with its office and a credit take three lines; more are a list.
const SIGN_OFF_LINES_MAX: usize = 3;

/// Titles at the very end head nothing: they are signatures and credits.
fn sign_off(source: &str, paragraphs: &[Paragraph], roles: &mut [Role]) {
    let heads_nothing = |(paragraph, role): &(&Paragraph, &Role)| {
        let text = &source[paragraph.span.range()];
        **role == Role::Heading && paragraph.sign == Sign::Plain && !text.ends_with(':')
    };
    let lines = paragraphs.iter().zip(roles.iter()).rev().take_while(heads_nothing).count();
    if lines <= SIGN_OFF_LINES_MAX {
        roles.iter_mut().rev().take(lines).for_each(|role| *role = Role::Caption);
    }
}

/// No title, caption or dateline is longer, in bytes; a long headline has about 150 letters.
const SHORT_BYTES_MAX: usize = 240;

/// Longer titles are sentences that lost their full stop.
const TITLE_WORDS_MAX: usize = 18;

/// Lines up to this many words that end with a colon are titles; longer ones lead in a list.
const COLON_TITLE_WORDS_MAX: usize = 6;

/// Whether `text` looks like the title of something.
fn is_title(text: &str) -> bool {
    let words = text.split_whitespace().count();
    if text.len() > SHORT_BYTES_MAX
        || words > TITLE_WORDS_MAX
        || text.starts_with(char::is_lowercase)
    {
        return false;
    }
    match text.chars().next_back() {
        Some(':') => words <= COLON_TITLE_WORDS_MAX,
        Some(',' | ';' | '—') => false,
        _ if ends_initialism(text) => true,
        _ if !ends_sentence(text) => true,
        Some('?' | '!') => is_title_case(text),
        _ => false,
    }
}

/// Whether `text` ends with an initialism such as `U.S.`, whose full stop ends nothing.
fn ends_initialism(text: &str) -> bool {
    let last = text.rsplit(is_blank).next().unwrap_or("");
    let dotted = last.len() >= 4 && last.len() <= 8 && is_title_case(text);
    dotted && last.split_terminator('.').all(|part| part.len() == 1)
}

/// Whether nearly all longer words begin with a capital.
fn is_title_case(text: &str) -> bool {
    let long = |word: &&str| word.chars().count() > 3;
    let begins_small = |word: &&str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        word.starts_with(char::is_lowercase)
    };
    let words = text.split_whitespace().filter(long);
    let (count, small) = words
        .fold((0, 0), |(count, small), word| (count + 1, small + usize::from(begins_small(&word))));
    // One small word in four is let pass: `with`, `against`.
    count > 0 && small * 4 <= count
}

/// Whether `text` is a dateline or byline.
fn is_furniture(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let byline = words.next() == Some("By")
        && words.next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && words.count() <= 8
        && !ends_sentence(text);
    byline || is_dateline(text)
}

/// Whether at least half of `text` is a date, with a month or weekday in it.
fn is_dateline(text: &str) -> bool {
    let words: Vec<_> = text.split_whitespace().collect();
    // The longest form, `Published: Thursday, Nov. 6, 2025 at 10:15 a.m. ET | Updated …`.
    if words.len() > 16 {
        return false;
    }
    let bare = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let named = words.iter().map(bare).any(|word| is_month(&word) || is_weekday(&word));
    let dated = words.iter().map(bare).filter(|word| is_date_word(word)).count();
    named && dated * 2 >= words.len() && text.contains(|c: char| c.is_ascii_digit())
}

fn is_date_word(word: &str) -> bool {
    is_month(word)
        || is_weekday(word)
        || word.is_empty()
        || word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(word, "Published" | "Updated" | "Posted" | "at" | "on" | "a.m" | "p.m" | "ET")
}

/// Whether `word` names a month, in full or short.
pub(super) fn is_month(word: &str) -> bool {
    matches!(
        word,
        "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
            | "Jan"
            | "Feb"
            | "Mar"
            | "Apr"
            | "Jun"
            | "Jul"
            | "Aug"
            | "Sep"
            | "Sept"
            | "Oct"
            | "Nov"
            | "Dec"
    )
}

/// Whether `word` names a day of the week, in full or short.
pub(super) fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "Mon"
            | "Tue"
            | "Tues"
            | "Wed"
            | "Thu"
            | "Thur"
            | "Thurs"
            | "Fri"
            | "Sat"
            | "Sun"
    )
}

/// Whether `text` names the owner of a picture.
fn is_credit(text: &str) -> bool {
    const MARKS: [&str; 14] = [
        "Getty Images",
        "AP Photo",
        "REUTERS/",
        "/Reuters",
        "/AFP",
        "/AP",
        "AFP via",
        "File photo",
        "Photo:",
        "Photo by",
        "(Photo",
        "Image:",
        "Image credit",
        "Illustration:",
    ];
    MARKS.iter().any(|mark| text.contains(mark))
}

/// A description of a picture is short.
const PICTURE_WORDS_MAX: usize = 12;

/// Whether `text`, right after the headline, says what a picture shows: it has a
/// participle, `waving`, and no finite verb.
fn shows_picture(text: &str) -> bool {
    let words: Vec<_> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let finite = |word: &&str| {
        matches!(
            *word,
            "is" | "are"
                | "was"
                | "were"
                | "be"
                | "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "can"
                | "could"
                | "may"
                | "must"
                | "does"
                | "did"
                | "says"
                | "said"
        ) || word.ends_with("ed")
    };
    let acting = |word: &&str| word.len() > 4 && word.ends_with("ing");
    words.len() <= PICTURE_WORDS_MAX && words.iter().any(acting) && !words.iter().any(finite)
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::paragraphs;
    use super::*;

    /// The first letter of every role in `source`.
    fn letters(source: &str) -> String {
        let letter = |role: &Role| match role {
            Role::Headline => 'T',
            Role::Heading => 'H',
            Role::Bullet => 'B',
            Role::Caption => 'C',
            Role::Sentence => 'S',
        };
        roles(source, &paragraphs(source)).iter().map(letter).collect()
    }

    #[test]
    fn tells_what_each_paragraph_is() {
        #[rustfmt::skip]
        let cases = [
            ("Harbour Opens\n\nMan in hat waving.\n\nThe mayor spoke.", "TCS"),
            ("The mayor spoke.\nWhy it matters\nIt is the only port.",   "SHS"),
            ("Delft | March 3, 2024\nThe mayor spoke.",                  "CS"),
            ("Harbour Opens\nBy Jane Doe\nThe mayor spoke.",             "TCS"),
            ("By Jane Doe\nHarbour Opens\nThe mayor spoke.",             "CTS"),
            ("# Harbour\n## Why\nIt opened.\n- One.\n* Two",             "THSBB"),
            ("Harbour Opens\n\n1. What is new\n\nMuch.\n\n2. What is old\n\nAll.", "THSHS"),
            ("The mayor said:\n1. One\n2. Two\n3. Three",                "HBBB"),
            ("It opened.\n\nHarbour Master, Delft\n\nNorth News",        "SCC"),
            ("It opened.\nDelft\nGouda\nLeiden\nUtrecht",               "SHHHH"),
            ("It opened.\n\nSources:\n\nHarbour Office: Open At Last",   "SHC"),
            ("It opened.\nWill Others Follow Soon?\nNobody knows.",      "SHS"),
            ("It opened.\nWill the others follow soon?\nNobody knows.",  "SSS"),
            ("Mill Sold to the U.S.\nThe mill was sold.",                "TS"),
            ("Boats leave Delft. (Jane Doe/AP)\nThe mill was sold.",     "CS"),
            ("the mayor spoke without a full stop",                      "S"),
            ("Here is what we know about the new harbour so far:\n- One", "SB"),
            ("",                                                         ""),
        ];
        for (source, expected) in cases {
            assert_eq!(letters(source), expected, "{source:?}");
        }
    }

    #[test]
    fn a_sentence_that_names_an_agency_is_no_credit() {
        assert_eq!(letters("Harbour Opens\nThe mayor told AFP on Monday that it was late."), "TS");
    }
}
