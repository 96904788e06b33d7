//! Boilerplate and wire stories in a thousand made texts whose truth is known.
//!
//! Every outlet ends its texts with lines of its own, some print a promotion in the
//! middle, and some carry a wire story, whole or cut, or one sentence of one.

use super::Boilerplate;
use crate::span::DocId;
use crate::text::Text;
use std::fmt::Write;

const DOCUMENTS: usize = 1_000;
const OUTLETS: usize = 20;
const TOPICS: usize = 50;
const STORIES: usize = 5;

/// A stream of numbers that is the same on every machine (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % count
    }
}

/// A word of three or four syllables; each number has its own.
fn word(number: usize) -> String {
    const SOUNDS: [&str; 20] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
        "va", "we", "xi", "yo", "zu",
    ];
    [1, 20, 400].iter().map(|step| SOUNDS[number / step % 20]).collect()
}

/// A sentence of `length` words on a topic: half of them are anybody's.
fn sentence(dice: &mut Dice, topic: usize, length: usize) -> String {
    const ANY: [&str; 24] = [
        "the", "of", "and", "to", "in", "a", "that", "for", "on", "was", "with", "as", "by", "at",
        "from", "said", "had", "were", "which", "it", "be", "an", "this", "not",
    ];
    let mut text = String::from("The");
    for _ in 1..length {
        let next = match dice.below(10) {
            0..5 => ANY[dice.below(ANY.len())].to_owned(),
            5..9 => word(topic * 120 + dice.below(120)),
            _ => word(6_000 + dice.below(1_500)),
        };
        write!(text, " {next}").expect("a string can be written to");
    }
    text + "."
}

fn paragraph(dice: &mut Dice, topic: usize, sentences: usize) -> String {
    let all: Vec<String> = (0..sentences).map(|_| sentence(dice, topic, 18)).collect();
    all.join(" ")
}

/// A made corpus, and the wording that was planted in it.
struct Made {
    sources: Vec<String>,
    /// Lines at the end of texts, and promotions inside.
    boilerplate: Vec<String>,
    /// The sentences of wire stories.
    wire: Vec<String>,
}

fn made() -> Made {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let furniture = |dice: &mut Dice, length| sentence(dice, TOPICS, length);
    let closing: Vec<[String; 2]> =
        (0..OUTLETS).map(|_| [furniture(&mut dice, 22), furniture(&mut dice, 12)]).collect();
    let authors: Vec<String> = (0..3 * OUTLETS).map(|_| furniture(&mut dice, 20)).collect();
    let promotions: Vec<String> = (0..4).map(|_| furniture(&mut dice, 16)).collect();
    let stories: Vec<Vec<String>> =
        (0..STORIES).map(|s| (0..8).map(|_| sentence(&mut dice, s * 7, 18)).collect()).collect();
    let mut made = Made {
        sources: Vec::new(),
        boilerplate: closing.iter().flatten().chain(&authors).chain(&promotions).cloned().collect(),
        wire: stories.iter().flatten().cloned().collect(),
    };
    for number in 0..DOCUMENTS {
        let outlet = number % OUTLETS;
        let mut topic = dice.below(TOPICS);
        let mut body: Vec<String> = Vec::new();
        let story = number / 40;
        let carries = story < STORIES;
        if carries {
            // A text that carries a story is about the same.
            topic = story * 7;
        }
        for _ in 0..4 + dice.below(4) {
            let length = 2 + dice.below(3);
            body.push(paragraph(&mut dice, topic, length));
        }
        if carries {
            let kept = 4 + dice.below(5);
            let copied = stories[story][..kept].chunks(2).map(|part| part.join(" "));
            let at = 1 + dice.below(body.len() - 1);
            body.splice(at..at, copied);
        }
        if dice.below(3) == 0 {
            let at = 1 + dice.below(body.len() - 1);
            body.insert(at, promotions[dice.below(4)].clone());
        }
        body.push(authors[outlet * 3 + dice.below(3)].clone());
        body.extend(closing[outlet].iter().cloned());
        let title = format!("{} {}", word(number * 7), word(number * 11 + 3));
        made.sources.push(format!("{title}\n\n{}\n", body.join("\n\n")));
    }
    made
}

/// How often one of `wordings` stands in the texts, and how often it was found.
fn covered(texts: &[Text], wordings: &[String], found: &Boilerplate) -> (usize, usize) {
    let (mut all, mut covered) = (0, 0);
    for text in texts {
        for unit in &text.units {
            if wordings.iter().any(|wording| wording == text.unit_text(unit)) {
                all += 1;
                covered += usize::from(found.covers(text.doc, unit.tokens.start));
            }
        }
    }
    (all, covered)
}

#[test]
fn boilerplate_is_left_out_and_wire_stories_are_not() {
    let made = made();
    let texts: Vec<Text> =
        (0..).zip(&made.sources).map(|(doc, source)| Text::read(DocId(doc), source)).collect();

    let found = Boilerplate::find(&texts, &[]);

    let (lines, left_out) = covered(&texts, &made.boilerplate, &found);
    assert!(lines > 3 * DOCUMENTS, "{lines}");
    assert!(left_out * 100 >= lines * 98, "{left_out} of {lines} lines of boilerplate");
    let (wire, hidden) = covered(&texts, &made.wire, &found);
    assert!(wire > 900 && hidden == 0, "{hidden} of {wire} wire sentences left out");
}
