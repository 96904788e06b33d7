//! Quotations: what stands in quotation marks, what it is, and who is said to have said it.
//!
//! Marks hold speech, but also names, titles, borrowed words and speech that nobody
//! uttered. Speech is what a verb hands to somebody (`called it “a gift”`), and what
//! has at least four words and is a clause by itself. The speaker is whom the words
//! around the quotation name: `X said, “…”`, `“…,” said X`, `“…,” according to X`,
//! `“…” for the port, X said`, and a quotation that goes on after such a one.
//!
//! In:  a [`Text`] with its quotations.
//! Out: [`Spoken`], and [`Claim`]s of kind quotation and mention.
//! Not here: how names are told (`speaker`), and whether wordings agree (`divergence`).

use super::Claim;
use super::Kind;
use super::Usage;
use super::Value;
use super::Voice;
use super::lex::Line;
use super::lexicon::lexicon;
use super::people::People;
use super::phrase;
use super::phrase::Phrase;
use super::speaker::Cue;
use super::usage::is_clause;
use super::usage::is_title;
use super::usage::words;
use crate::span::Place;
use crate::span::Span;
use crate::text::Quotation;
use crate::text::Text;
use crate::text::Unit;

/// A quotation and what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) outer: Span,
    pub(super) inner: Span,
    words: usize,
    pub(super) closed: bool,
    unit: u32,
    pub(super) paragraph: u32,
    pub(super) usage: Usage,
    pub(super) cue: Option<Span>,
    /// The words beside the verb.
    pub(super) said: Option<Span>,
    /// The same, or whom a pronoun there means.
    pub(super) speaker: Option<Span>,
    /// Whether its cue stands at another quotation of the same speaker.
    pub(super) borrowed: bool,
    /// Whether the speaker is named after it, and so for all of its sentence.
    pub(super) closing: bool,
}

/// Fewer quoted words are a name or a term, unless a verb hands them to somebody.
const SPEECH_WORDS_MIN: usize = 4;

/// One word is a term, whoever uses it.
const ATTRIBUTED_WORDS_MIN: usize = 2;

/// How far apart two quotations of one speaker may stand, in bytes: `,” said the mayor. “`.
pub(super) const GAP_BYTES_MAX: usize = 160;

/// Every quotation of `text` with its speaker, in order.
pub(super) fn read(text: &Text) -> Vec<Spoken> {
    let mut read: Vec<Spoken> = Vec::with_capacity(text.quotations.len());
    for (index, quotation) in text.quotations.iter().enumerate() {
        let Some(unit) = unit_at(text, quotation.outer.start()) else { continue };
        let reader = Reader { text, index, unit, earlier: &read };
        let spoken = reader.read(quotation);
        read.push(spoken);
    }
    share_sentence(&mut read);
    read
}

/// Gives `“…” including “…,” according to X` the same speaker twice.
fn share_sentence(read: &mut [Spoken]) {
    for index in (1..read.len()).rev() {
        let (one, two) = (read[index - 1], read[index]);
        let shares = one.speaker.is_none() && one.usage != Usage::Name && one.unit == two.unit;
        if shares && two.closing && two.outer.start() >= one.outer.end() {
            let first = &mut read[index - 1];
            (first.speaker, first.said, first.closing) = (two.speaker, two.said, true);
            (first.cue, first.borrowed) = (two.cue, true);
            if first.usage == Usage::Term && first.words >= ATTRIBUTED_WORDS_MIN {
                first.usage = Usage::Speech;
            }
        }
    }
}

/// The quotations as claims.
pub(super) fn claims(text: &Text, quotations: &[Spoken]) -> Vec<Claim> {
    if quotations.is_empty() {
        return Vec::new();
    }
    let people = People::read(text);
    let voice = |spoken: &Spoken| {
        let speaker = spoken.speaker?;
        let name = people.name(speaker);
        Some(Voice { said: spoken.said?, name, role: people.role(name) })
    };
    let claim = |spoken: &Spoken| Claim {
        place: Place { doc: text.doc, span: spoken.outer },
        unit: spoken.unit,
        kind: if spoken.usage == Usage::Speech { Kind::Quotation } else { Kind::Mention },
        value: Value::Words {
            inner: spoken.inner,
            cue: spoken.cue,
            usage: spoken.usage,
            voice: voice(spoken),
        },
        meant: None,
        hedge: None,
        denied: false,
        quoted: true,
        speaker: spoken.speaker,
        noun: None,
    };
    quotations.iter().map(claim).collect()
}

/// The unit in which `offset` lies, or the last before it.
fn unit_at(text: &Text, offset: usize) -> Option<usize> {
    text.units.partition_point(|unit| unit.span.start() <= offset).checked_sub(1)
}

/// Who is said to speak, and the verb that says so.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attribution {
    pub(super) said: Option<Span>,
    pub(super) speaker: Option<Span>,
    pub(super) cue: Option<Span>,
    /// Whether the cue stands at another quotation of the same speaker.
    pub(super) borrowed: bool,
}

/// One quotation with what stands around it.
pub(super) struct Reader<'a, 'c> {
    pub(super) text: &'a Text<'c>,
    /// Which quotation of the text.
    pub(super) index: usize,
    /// The unit it begins in.
    pub(super) unit: usize,
    /// The quotations before it.
    pub(super) earlier: &'a [Spoken],
}

impl Reader<'_, '_> {
    fn read(&self, quotation: &Quotation) -> Spoken {
        let inner = Line::new(&self.text.source[quotation.inner.range()]);
        let words = words(&inner);
        let imagining = self.imagining(quotation);
        let imagined = imagining.is_some();
        let found = self.attribution(quotation, &inner);
        // The verb of "as if to say" hands nothing to anybody.
        let found = found.filter(|found| {
            let own = found.cue.filter(|_| !found.borrowed);
            let outside = |start| {
                own.is_some_and(|cue| cue.start() < start || cue.start() >= quotation.outer.end())
            };
            imagining.is_none_or(outside)
        });
        let adjacent = found.is_some_and(|found| self.is_adjacent(quotation, found));
        let title = is_title(&inner) && !adjacent;
        let Attribution { said, speaker, cue, borrowed } =
            found.filter(|_| !title).unwrap_or_default();
        let own = cue.is_some() && !borrowed;
        let handed = speaker.is_some() && (own || is_clause(&inner));
        let uttered = words >= ATTRIBUTED_WORDS_MIN && handed
            || words >= SPEECH_WORDS_MIN && (speaker.is_some() || is_clause(&inner));
        let usage = if title {
            Usage::Name
        } else if speaker.is_none() && imagined {
            Usage::Imagined
        } else if adjacent || uttered && !self.is_kept_at_distance(quotation) {
            Usage::Speech
        } else {
            Usage::Term
        };
        Spoken {
            outer: quotation.outer,
            inner: quotation.inner,
            words,
            closed: quotation.closed,
            unit: u32::try_from(self.unit).expect("documents are under 4 GiB"),
            paragraph: self.here().paragraph,
            usage,
            cue,
            said,
            speaker,
            borrowed,
            closing: cue.is_some_and(|cue| cue.start() >= quotation.outer.end()),
        }
    }

    pub(super) fn here(&self) -> &Unit {
        &self.text.units[self.unit]
    }

    /// Whether the verb stands at the quotation itself: `“No,” she said`, `She said: “No.”`
    fn is_adjacent(&self, quotation: &Quotation, found: Attribution) -> bool {
        let Some(cue) = found.cue else { return false };
        let (outer, source) = (quotation.outer, self.text.source);
        if cue.start() >= outer.end() {
            let inner = source[quotation.inner.range()].trim_end();
            let between = &source[outer.end()..cue.start()];
            let ended = inner.ends_with([',', '?', '!', '…']) || between.starts_with(',');
            return ended && !between.contains(". ");
        }
        let between = source.get(cue.end()..outer.start()).unwrap_or("x").trim();
        matches!(between, "," | ":") || between.ends_with(':') && !between.contains(". ")
    }

    fn attribution(&self, quotation: &Quotation, inner: &Line) -> Option<Attribution> {
        let behind = self.after(quotation).map(|found| self.opened_by(quotation, found));
        behind
            .or_else(|| self.outdone(quotation, inner))
            .or_else(|| self.before(quotation))
            .or_else(|| self.carried(quotation))
            .or_else(|| self.trailing(quotation, inner))
            .or_else(|| self.joined(quotation))
            .or_else(|| self.introduced(quotation))
            .or_else(|| self.unclosed(quotation))
            .or_else(|| self.implied(quotation, inner))
    }

    pub(super) fn resolve(&self, line: &Line, start: usize, cue: Cue) -> Attribution {
        let place = |from, to| shifted(line, start, from, to);
        let apposed = cue.who.and_then(|who| phrase::apposed(line, who));
        let said = cue.who.map(|who| place(who.start(), apposed.unwrap_or(who).end()));
        let speaker = match cue.who {
            Some(Phrase::Name(..)) if apposed.is_some() => {
                apposed.map(|name| place(name.start(), name.end()))
            }
            Some(Phrase::Name(..)) => said,
            Some(Phrase::Pronoun(at)) => {
                let offset = said.map_or(start, Span::start);
                let own = self.first_person(line.lower(at), offset);
                own.or_else(|| self.named_earlier(offset)).or(said)
            }
            None => None,
        };
        let subject = || self.subject(self.unit).filter(|found| found.end() <= start);
        let (said, speaker) = if speaker.is_none() && cue.verb.is_some() {
            let subject = subject();
            (subject, subject)
        } else {
            (said, speaker)
        };
        let cue = cue.verb.map(|(from, to)| place(from, to));
        Attribution { said, speaker, cue, borrowed: false }
    }

    /// Whether the words before say that it is what others say: `the so-called “free port”`.
    fn is_kept_at_distance(&self, quotation: &Quotation) -> bool {
        let before = self.text.source[..quotation.outer.start()].trim_end();
        ["so-called", "so\u{2011}called", "known as", "known as the"]
            .iter()
            .any(|end| before.ends_with(end))
    }

    /// Where the words before a quotation begin that say that nobody uttered it, if they do:
    /// `the message is: “…”`.
    fn imagining(&self, quotation: &Quotation) -> Option<usize> {
        let (start, line) = self.line_before(quotation)?;
        let end = (0..line.len()).rev().find(|at| line.is_word(*at))? + 1;
        let from = end.saturating_sub(IMAGINED_WORDS);
        let tail: Vec<&str> = (from..end).map(|at| line.lower(at)).collect();
        let phrase = lexicon().reports.imagined.iter().filter_map(|phrase| {
            let words: Vec<&str> = phrase.split(' ').collect();
            let at = tail.len().checked_sub(words.len())?;
            (tail[at..] == words[..]).then_some(at)
        });
        // "The message to young officers is clear: “…”"
        let told = || {
            let topic = tail.iter().position(|word| lexicon().reports.meanings.contains(*word))?;
            let is = tail.iter().rposition(|word| matches!(*word, "is" | "was" | "seems"))?;
            let near = topic < is && tail.len() - is <= 3;
            (near && line.mark(line.len() - 1) == Some(':')).then_some(topic)
        };
        let at = phrase.min().or_else(told)?;
        Some(start + line.range(from + at, end).start)
    }
}

/// How far before imagined speech the words that say so may begin.
const IMAGINED_WORDS: usize = 10;

/// The place of some lexemes of a line that begins at `start`, without a final `'s`.
pub(super) fn shifted(line: &Line, start: usize, from: usize, to: usize) -> Span {
    let range = line.range(from, to);
    let last = line.text(to - 1);
    let owner = ["'s", "’s"].iter().find(|end| last.len() > end.len() && last.ends_with(**end));
    Span::new(start + range.start, start + range.end - owner.map_or(0, |end| end.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::DocId;

    /// `kind speaker/cue` of every quotation of `source`.
    fn shown(source: &str) -> Vec<String> {
        let text = Text::read(DocId(0), source);
        let printed = |span: Option<Span>| span.map_or("-", |span| &source[span.range()]);
        let read = read(&text);
        let name = |claim: &Claim| match claim.value {
            Value::Words { voice: Some(voice), usage, .. } => (usage, Some(voice.name)),
            Value::Words { usage, .. } => (usage, None),
            _ => unreachable!("these claims are quotations"),
        };
        let claims = claims(&text, &read);
        let lines = read.iter().zip(&claims).map(|(spoken, claim)| {
            let (usage, name) = name(claim);
            format!("{} {}/{}", usage.name(), printed(name), printed(spoken.cue))
        });
        lines.collect()
    }

    /// One row per pattern: what it is, who says it, and by which verb.
    #[test]
    fn tells_speech_from_names_and_who_speaks() {
        #[rustfmt::skip]
        let cases = [
            ("“The port will open soon,” said Ruiz.",                     vec!["speech Ruiz/said"]),
            ("Ruiz said: “The port will open soon.”",                     vec!["speech Ruiz/said"]),
            ("“It opens,” said Ruiz. “Nobody can stop us now.”",          vec!["speech Ruiz/said", "speech Ruiz/said"]),
            ("“No,” said Ruiz.",                                          vec!["speech Ruiz/said"]),
            ("Ruiz said, “Never!”",                                       vec!["speech Ruiz/said"]),
            ("Dana Ruiz runs the port. She said, “The port will open.”",  vec!["speech Dana Ruiz/said"]),
            ("Mayor Dana Ruiz runs the port. Nobody else does.\n\n“It will open soon,” Ruiz said.",
                                                                          vec!["speech Dana Ruiz/said"]),
            ("“We open the port,” Ruiz said, calling it “a gift to all the sailors.”",
                                                                          vec!["speech Ruiz/said", "speech Ruiz/calling"]),
            ("They spoke of “a deeper bond between ports” and “wider roads for all trucks,” according to a Harbour readout.",
                                                                          vec!["speech They/spoke", "speech a Harbour readout/according to"]),
            ("the so-called “free port” opened",                          vec!["term -/-"]),
            ("He read “The Old Man of Bergen” again.",                    vec!["name -/-"]),
            ("Doe spoke of the launch of the “Smart Harbour Platform” in May.", vec!["name -/-"]),
            ("It has brought “peace through better harbours.”",           vec!["speech -/-"]),
            ("Sailors call this a “floating formality”.",                 vec!["speech Sailors/call"]),
            ("Officials call the approach “multi-port”.",                 vec!["term Officials/call"]),
            ("The port grows. (Signal: “we have other berths”).",         vec!["imagined -/-"]),
            ("The plan is “unfit” for any port and “a shame for us,” Ruiz said.", vec!["term Ruiz/said", "speech Ruiz/said"]),
            ("The plan is “wholly unfit” for any port, Ruiz said.",       vec!["speech Ruiz/said"]),
            ("Ruiz put it like this:\n\n“We open in May.”",             vec!["speech Ruiz/put"]),
            ("“We open in May,” Ruiz said. “We do.”\n\n“And we close in June.”",
                                                                          vec!["speech Ruiz/said", "speech Ruiz/said", "speech Ruiz/said"]),
            ("“We open in May.”\n— Dana Ruiz",                           vec!["speech Dana Ruiz/-"]),
        ];
        for (source, quotations) in cases {
            assert_eq!(shown(source), quotations, "{source}");
        }
    }
}
