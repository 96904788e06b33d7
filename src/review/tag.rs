//! Tags: what kind of difference an edit is.
//!
//! A tag is given only where the words show it; a change that none fits is plain
//! wording. What stands in quotation marks is the speaker's: certainty, attribution
//! and labels are not looked for there.
//!
//! In:  one edit in a sentence of both texts.
//! Out: [`Tag`]s, and how certainty changed.
//! Not here: the word lists (`lexicon`).

use crate::claims;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Rung;
use crate::claims::framing::Lexicon;
use crate::claims::framing::lexicon;
use crate::corpus::hidden;
use crate::review::Reading;
use crate::review::pieces::Edit;
use crate::review::pieces::Piece;
use crate::review::pieces::Sides;
use crate::review::pieces::span;
use crate::span::Span;
use crate::text::Form;
use std::collections::BTreeSet;
use std::ops::Range;

/// What kind of difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// A figure, its unit or what loosens it.
    Figure,
    /// A date.
    Date,
    /// A name.
    Name,
    /// Words in quotation marks, or the marks.
    Quote,
    /// Who is said to say it, or how the text hands it on.
    Attribution,
    /// How sure the text is of it.
    Certainty,
    /// A disputed name for the same thing.
    Label,
    /// A character that no reader sees.
    Hidden,
    /// Words that were not there.
    Added,
    /// Words that are not there any more.
    Omitted,
    /// A passage that stands elsewhere.
    Moved,
    /// Other words, and none of the above.
    Wording,
    /// The same words: letter case, punctuation, typography.
    Cosmetic,
}

impl Tag {
    /// The word used in output; in capitals what can change a fact.
    pub fn name(self) -> &'static str {
        match self {
            Self::Figure => "FIGURE",
            Self::Date => "DATE",
            Self::Name => "NAME",
            Self::Quote => "QUOTE",
            Self::Attribution => "ATTRIBUTION",
            Self::Certainty => "CERTAINTY",
            Self::Label => "LABEL",
            Self::Hidden => "HIDDEN",
            Self::Added => "ADDED",
            Self::Omitted => "OMITTED",
            Self::Moved => "MOVED",
            Self::Wording => "wording",
            Self::Cosmetic => "cosmetic",
        }
    }
}

/// Words in an edit beyond which one phrase on one side says nothing of the other.
const PHRASE_WORDS_MAX: usize = 6;

/// What an edit is.
pub(crate) struct Told {
    pub(crate) tags: Vec<Tag>,
    pub(crate) certainty: Option<(Rung, Rung)>,
}

/// What the edit is that `edit` describes.
pub(crate) fn tell(sides: &Sides, edit: &Edit) -> Told {
    let old = Side::new(&sides.old, edit.old.clone());
    let new = Side::new(&sides.new, edit.new.clone());
    let quoted = old.is_quoted() || new.is_quoted();
    let certainty = if quoted { None } else { certainty(&old, &new) };
    let plain = |holds: bool| holds && !quoted;
    let figure = |dates| old.values(dates) != new.values(dates) || hedged(&old, &new, dates);
    let months = old.is_calendar_name() && new.is_calendar_name();
    let all = [
        (Tag::Figure, figure(false)),
        (Tag::Date, figure(true) || months),
        (Tag::Name, !months && old.names(&new) != new.names(&old)),
        (Tag::Quote, quoted || old.quote_marks() != new.quote_marks()),
        (Tag::Attribution, plain(attributes(&old, &new))),
        (Tag::Certainty, certainty.is_some()),
        (Tag::Label, plain(relabels(&old, &new))),
        (Tag::Hidden, old.hidden() != new.hidden()),
    ];
    let mut tags: Vec<Tag> =
        all.into_iter().filter_map(|(tag, holds)| holds.then_some(tag)).collect();
    let (was, is) = (old.forms(), new.forms());
    match (was.is_empty(), is.is_empty()) {
        (true, false) => tags.push(Tag::Added),
        (false, true) => tags.push(Tag::Omitted),
        _ if !tags.is_empty() => {}
        _ if was == is && old.is_typographic() && new.is_typographic() => tags.push(Tag::Cosmetic),
        _ => tags.push(Tag::Wording),
    }
    Told { tags, certainty }
}

/// One side of an edit.
struct Side<'s> {
    reading: &'s Reading<'s>,
    pieces: &'s [Piece],
    range: Range<usize>,
    span: Option<Span>,
}

/// A word of the sentence.
struct Word {
    /// Its position in the pieces.
    piece: usize,
    lower: String,
}

impl<'s> Side<'s> {
    fn new((reading, pieces): &'s (&'s Reading<'s>, Vec<Piece>), range: Range<usize>) -> Self {
        let span = span(pieces, &range);
        Self { reading, pieces, range, span }
    }

    fn edited(&self) -> &'s [Piece] {
        &self.pieces[self.range.clone()]
    }

    fn text(&self, piece: &Piece) -> &'s str {
        &self.reading.text.source[piece.span.range()]
    }

    /// The forms of the edited words.
    fn forms(&self) -> Vec<Form> {
        self.edited().iter().filter_map(|piece| piece.form).collect()
    }

    /// The figures, or the dates, in the edit, by their values.
    fn values(&self, dates: bool) -> Vec<(Kind, String, Option<String>)> {
        let Some(span) = self.span else { return Vec::new() };
        let here = |claim: &&Claim| is_value(claim, dates) && claim.place.span.overlaps(span);
        let value = |claim: &Claim| (claim.kind, claim.value_text(), claim.unit_text());
        let mut values: Vec<_> = self.reading.claims.iter().filter(here).map(value).collect();
        values.sort();
        values
    }

    /// The figure in the edit or directly behind it, when there is one.
    fn nearest(&self, dates: bool) -> Option<&'s Claim> {
        let next = self.pieces.get(self.range.end).map(|piece| piece.span);
        let near = match (self.span, next) {
            (Some(span), Some(next)) => span.cover(next),
            (span, next) => span.or(next)?,
        };
        let here = |claim: &&Claim| is_value(claim, dates) && claim.place.span.overlaps(near);
        let mut found = self.reading.claims.iter().filter(here);
        found.next().filter(|_| found.next().is_none())
    }

    /// Whether the edited words stand in quotation marks.
    fn is_quoted(&self) -> bool {
        let quotations = &self.reading.text.quotations;
        let words = !self.forms().is_empty();
        let inside = |span: Span| quotations.iter().any(|quotation| quotation.inner.contains(span));
        words && self.span.is_some_and(inside)
    }

    /// Whether the edit is the name of a month or a day and nothing else.
    fn is_calendar_name(&self) -> bool {
        matches!(self.edited(), [only] if claims::is_calendar_name(self.text(only)))
    }

    /// How many quotation marks are in the edit, whatever their shape.
    fn quote_marks(&self) -> usize {
        let signs = self.edited().iter().filter(|piece| piece.form.is_none());
        signs.filter(|piece| is_quote_mark(self.text(piece))).count()
    }

    /// The capitalised words in the edit that are names, without those that `other`
    /// has in small letters.
    fn names(&self, other: &Self) -> BTreeSet<Form> {
        let others = other.forms();
        let names = (self.range.clone()).filter(|at| self.is_name(*at));
        let forms = names.filter_map(|at| self.pieces[at].form);
        let own: BTreeSet<Form> = forms.collect();
        let small = |form: &Form| {
            others.contains(form)
                && !other
                    .range
                    .clone()
                    .any(|at| other.pieces[at].form == Some(*form) && other.is_capital(at))
        };
        own.into_iter().filter(|form| !small(form)).collect()
    }

    fn is_capital(&self, at: usize) -> bool {
        let word = self.text(&self.pieces[at]);
        word.chars().nth(1).is_some() && word.starts_with(char::is_uppercase)
    }

    fn is_name(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let Some(form) = piece.form.filter(|_| self.is_capital(at)) else { return false };
        let dated =
            |claim: &Claim| claim.kind == Kind::Date && claim.place.span.overlaps(piece.span);
        if self.reading.claims.iter().any(dated) {
            return false;
        }
        let before = at.checked_sub(1).map(|before| self.text(&self.pieces[before]));
        let begins = piece.first || before.is_some_and(|sign| sign == ":" || is_quote_mark(sign));
        !begins || self.is_known_name(form)
    }

    /// Whether a word that begins a sentence here is written with a capital inside one.
    fn is_known_name(&self, form: Form) -> bool {
        let text = &self.reading.text;
        text.units.iter().any(|unit| {
            let mut inside = text.unit_tokens(unit).iter().skip(1);
            inside
                .any(|token| token.form == form && text.word(token).starts_with(char::is_uppercase))
        })
    }

    /// The words of the sentence in lower case. One that is capitalised inside a
    /// sentence is a name, and matches no list.
    fn words(&self) -> Vec<Word> {
        let word = |(piece, found): (usize, &Piece)| {
            found.form?;
            let lower = self.text(found).replace('’', "'").to_lowercase();
            Some(Word { piece, lower })
        };
        self.pieces.iter().enumerate().filter_map(word).collect()
    }

    /// Whether every sign in the edit is one of typography, that changes no value.
    fn is_typographic(&self) -> bool {
        let signs = self.edited().iter().filter(|piece| piece.form.is_none());
        let next_is_digit = |piece: &Piece| {
            self.reading.text.source[piece.span.end()..].starts_with(|c: char| c.is_ascii_digit())
        };
        signs.map(|piece| (piece, self.text(piece))).all(|(piece, sign)| match sign {
            "-" | "–" | "−" => !next_is_digit(piece),
            "," | "." | ";" | ":" | "!" | "?" | "…" | "—" | "(" | ")" | "[" | "]" | "'" | "’"
            | "‘" | "*" | "_" | "/" | "\u{2010}" | "\u{2011}" => true,
            sign => is_quote_mark(sign),
        })
    }

    /// The characters in the edit that no reader sees.
    fn hidden(&self) -> Vec<char> {
        let text = self.span.map_or("", |span| &self.reading.text.source[span.range()]);
        text.chars().filter(|c| hidden::name(*c).is_some()).collect()
    }

    /// The speakers of quotations that the edit names.
    fn speakers(&self) -> Vec<Vec<Form>> {
        let Some(span) = self.span else { return Vec::new() };
        let speakers = self.reading.claims.iter().filter_map(|claim| claim.speaker);
        let mut speakers: Vec<Span> = speakers.filter(|speaker| speaker.overlaps(span)).collect();
        speakers.sort_unstable();
        speakers.dedup();
        let tokens = &self.reading.text.tokens;
        let forms = |speaker: Span| {
            let inside = tokens.iter().filter(move |token| speaker.contains(token.span));
            inside.map(|token| token.form).collect()
        };
        speakers.into_iter().map(forms).collect()
    }
}

fn is_quote_mark(sign: &str) -> bool {
    matches!(sign, "“" | "”" | "\"" | "„" | "«" | "»" | "‟")
}

fn is_value(claim: &Claim, dates: bool) -> bool {
    match claim.kind {
        Kind::Date => dates,
        Kind::Quotation | Kind::Mention | Kind::Person => false,
        _ => !dates,
    }
}

/// Whether what loosens a figure changed: "about 29" against "29".
fn hedged(old: &Side, new: &Side, dates: bool) -> bool {
    let (Some(was), Some(is)) = (old.nearest(dates), new.nearest(dates)) else { return false };
    was.kind == is.kind && was.hedge != is.hedge
}

/// Phrases that touch the edit, with the pieces they cover; `near` takes those directly
/// before and behind it as well.
fn touching<T: Copy>(
    side: &Side,
    found: Vec<(Range<usize>, T)>,
    words: &[Word],
    near: bool,
) -> Vec<(usize, T)> {
    let room = usize::from(near);
    let first = words.partition_point(|word| word.piece < side.range.start);
    let end = words.partition_point(|word| word.piece < side.range.end);
    let touches = |phrase: &Range<usize>| phrase.start < end + room && first < phrase.end + room;
    let kept = found.into_iter().filter(|(phrase, _)| touches(phrase));
    kept.map(|(phrase, meaning)| (phrase.len(), meaning)).collect()
}

/// How certain both sides are, when that differs and the edit is about it.
fn certainty(old: &Side, new: &Side) -> Option<(Rung, Rung)> {
    let lexicon = lexicon();
    let (was, is) = (rungs(lexicon, old, false), rungs(lexicon, new, false));
    let words = (old.forms().len(), new.forms().len());
    let spoken: usize = was.iter().chain(&is).map(|(length, _)| length).sum();
    let about = match (was.is_empty(), is.is_empty()) {
        (true, true) => false,
        (false, false) => true,
        // A phrase that came or went alone, or that gave way to a few other words.
        _ if words.0 == 0 || words.1 == 0 => words.0 + words.1 == spoken,
        _ => words.0.max(words.1) <= PHRASE_WORDS_MAX,
    };
    let least = |side| {
        let near = rungs(lexicon, side, true);
        near.into_iter().map(|(_, rung)| rung).min().unwrap_or(Rung::Asserted)
    };
    let both = (least(old), least(new));
    (about && both.0 != both.1).then_some(both)
}

/// The rungs of the phrases in the edit, or also next to it, with their lengths.
fn rungs(lexicon: &Lexicon, side: &Side, near: bool) -> Vec<(usize, Rung)> {
    let words = side.words();
    let lower: Vec<String> = words.iter().map(|word| word.lower.clone()).collect();
    let mut found = lexicon.certainty.find(&lower);
    found.retain(|(phrase, _)| {
        let piece = words[phrase.start].piece;
        let noun = phrase.start > 0 && lexicon.nouns_after.contains(&lower[phrase.start - 1]);
        let name = side.is_capital(piece) && !side.pieces[piece].first;
        !noun && !name
    });
    touching(side, found, &words, near)
}

/// Whether the sides hand what is said to somebody else, or in another way.
fn attributes(old: &Side, new: &Side) -> bool {
    let lexicon = lexicon();
    let phrases = |side: &Side| {
        let words = side.words();
        let lower: Vec<String> = words.iter().map(|word| word.lower.clone()).collect();
        let found = touching(side, lexicon.attribution.find(&lower), &words, false);
        found.into_iter().map(|(_, phrase)| phrase).collect::<BTreeSet<_>>()
    };
    let classes = |side: &Side, ambiguous: bool| -> BTreeSet<&'static str> {
        let words = side.words().into_iter().filter(|word| side.range.contains(&word.piece));
        let certain = words.filter(|word| ambiguous || !lexicon.ambiguous.contains(&word.lower));
        certain.filter_map(|word| claims::report_class(&word.lower)).collect()
    };
    let certain = (classes(old, false), classes(new, false));
    let was = classes(old, !certain.1.is_empty());
    let is = classes(new, !certain.0.is_empty());
    let (before, after) = (old.speakers(), new.speakers());
    let speaker = !before.is_empty() && !after.is_empty() && before != after;
    speaker || was != is || phrases(old) != phrases(new)
}

/// Whether one disputed name of a thing gave way to another.
fn relabels(old: &Side, new: &Side) -> bool {
    let labels = |side: &Side| {
        let words = side.words();
        let lower: Vec<String> = words.iter().map(|word| word.lower.clone()).collect();
        touching(side, lexicon().labels.find(&lower), &words, false)
    };
    let is = labels(new);
    labels(old).into_iter().any(|(_, (referent, variant))| {
        is.iter().any(|(_, other)| other.0 == referent && other.1 != variant)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Passage;
    use crate::review::sentence::passages;

    /// The tags of all edits between two sentences.
    fn told(old: &str, new: &str) -> String {
        let (old, new) = (Reading::of(old), Reading::of(new));
        let passages = passages(&old, &new);
        let tags = passages.iter().flat_map(Passage::tags);
        tags.map(Tag::name).collect::<Vec<_>>().join(" ")
    }

    /// One row per kind of change: what stood there, what stands there, what it is.
    #[test]
    fn every_change_is_named_for_what_it_is() {
        #[rustfmt::skip]
        let cases = [
            ("They signed 29 deals in Port Ellery.",       "They signed 38 deals in Port Ellery.",        "FIGURE"),
            ("They signed 29 deals in Port Ellery.",       "They signed twenty-nine deals in Port Ellery.", "wording"),
            ("They signed about 29 deals in the port.",    "They signed 29 deals in the port.",           "FIGURE OMITTED"),
            ("They paid $17 million for the old pier.",    "They paid €17 million for the old pier.",     "FIGURE"),
            ("It opened on March 4, 2021, in the rain.",   "It opened on March 5, 2021, in the rain.",    "DATE"),
            ("It opened on Monday in heavy rain.",         "It opened on Tuesday in heavy rain.",         "DATE"),
            ("The deal with Ruiz was signed at noon.",     "The deal with Ito was signed at noon.",       "NAME"),
            ("“We will build the pier,” Ruiz said.",       "“We will mend the pier,” Ruiz said.",         "QUOTE"),
            ("He called it a costly plan for the port.",   "He called it a “costly plan” for the port.",  "QUOTE"),
            ("The mayor said the pier was closed.",        "The mayor alleged the pier was closed.",      "ATTRIBUTION"),
            ("The mayor said the pier was closed.",        "The mayor claims the pier was closed.",       "ATTRIBUTION"),
            ("The pier was closed, according to the mayor.", "The pier was closed.",                      "ATTRIBUTION OMITTED"),
            ("The city is set to join the pact.",          "The city has joined the pact.",               "CERTAINTY"),
            ("The city will join the pact.",               "The city will not join the pact.",            "CERTAINTY ADDED"),
            ("The city may join the pact soon.",           "The city could join the pact soon.",          "wording"),
            ("The city has joined the pact.",              "The city has officially joined the pact.",    "CERTAINTY ADDED"),
            ("The train to Kyiv left on time.",            "The train to Kiev left on time.",             "NAME LABEL"),
            ("Police searched for the militants all day.", "Police searched for the terrorists all day.", "LABEL"),
            ("The pier will open to all of them.",         "The pier will\u{200b} open to all of them.",  "HIDDEN"),
            ("The ferry left the pier at noon.",           "The ferry, left the pier at noon.",           "cosmetic"),
            ("The U.S. ferry left the pier at noon.",      "The US ferry left the pier at noon.",         "cosmetic"),
            ("It fell to -5 degrees in the harbour.",      "It fell to 5 degrees in the harbour.",        "FIGURE"),
            ("The old ferry left the pier at noon.",       "The old boat left the pier at noon.",         "wording"),
            ("The old ferry left the pier at noon.",       "The ferry left the pier at noon.",            "OMITTED"),
        ];
        for (old, new, expected) in cases {
            assert_eq!(told(old, new), expected, "{old} {new}");
        }
    }

    /// One row per thing that looks like a kind of change and is none.
    #[test]
    fn a_tag_is_not_given_on_a_guess() {
        #[rustfmt::skip]
        let cases = [
            ("The ferry left in May with the mayor.",      "The ferry left in June with the mayor.",      "DATE"),
            ("He wrote his will in the old harbour.",      "He wrote his book in the old harbour.",       "wording"),
            ("“It may rain,” the mayor said at noon.",     "“It will rain,” the mayor said at noon.",     "QUOTE"),
            ("Old ferries left the pier at noon.",         "New ferries left the pier at noon.",          "wording"),
            ("The Pier was closed for the winter.",        "The pier was closed for the winter.",         "cosmetic"),
            ("The mayor said the pier was closed.",        "The mayor says the pier was closed.",         "wording"),
            ("The report was read in the harbour.",        "The paper was read in the harbour.",          "wording"),
        ];
        for (old, new, expected) in cases {
            assert_eq!(told(old, new), expected, "{old} {new}");
        }
    }
}
