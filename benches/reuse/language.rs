//! An invented language with the statistics that make reuse hard to tell from chance.
//!
//! Words are drawn from a Zipf distribution and stick to the word before, so that
//! pairs and short phrases recur; stories have words, people and places of their own,
//! and all newsrooms share stock phrases. Sentences of one story therefore have names,
//! titles and phrases in common without any reuse.
//!
//! In:  a random number generator and a story.
//! Out: [`Token`]s.
//! Not here: documents and what is planted in them (`newsroom`).
#![expect(clippy::cast_precision_loss, reason = "numbers made here, with room to spare")]
#![expect(clippy::cast_possible_truncation, reason = "numbers made here, with room to spare")]
#![expect(clippy::cast_sign_loss, reason = "numbers made here, with room to spare")]

/// Random numbers by `SplitMix64` (Steele, Lea and Flood 2014): the same for one seed.
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// A generator for one thing, such as a document, of one kind.
    pub(crate) fn of(kind: u64, number: u64) -> Self {
        let mut random = Self(kind.wrapping_mul(0xd134_2543_de82_ef95) ^ number);
        random.next();
        Self(random.next() ^ number.rotate_left(32))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number under `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }

    /// A number from `low` up to and including `high`.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn percent(&mut self, percent: f64) -> bool {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64 * 100.0 < percent
    }
}

/// What stands after a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    Blank,
    Comma,
    /// The end of a sentence.
    Stop,
    /// The end of a quoted sentence.
    Unquote,
}

/// A word with what stands after it.
#[derive(Clone, Copy)]
pub(crate) struct Token {
    pub(crate) word: u32,
    pub(crate) after: After,
    /// Whether a quotation mark stands before it.
    pub(crate) quote: bool,
}

/// Different common words; newspapers have more, but the rest is rare.
const VOCABULARY: usize = 120_000;

/// Words of names, each used by few stories.
const NAMES: usize = 60_000;

const NUMBERS: usize = 4_000;

/// Phrases that all newsrooms use.
const PHRASES: usize = 600;

/// The words and habits that all stories share.
pub(crate) struct Language {
    seed: u64,
    words: Vec<String>,
    /// Cumulated chance of each common word, scaled to 64 bits.
    chances: Vec<u64>,
    phrases: Vec<Vec<u32>>,
    titles: Vec<Vec<u32>>,
}

/// What the documents about one event have in common.
pub(crate) struct Story {
    topic: Vec<u32>,
    people: Vec<Vec<u32>>,
    places: Vec<Vec<u32>>,
}

impl Language {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::of(1, seed);
        let mut words: Vec<String> = (0..VOCABULARY).map(|rank| spell(&mut random, rank)).collect();
        words.extend((0..NAMES).map(|_| capitalised(&spell(&mut random, VOCABULARY))));
        words.extend((0..NUMBERS).map(|_| number(&mut random)));
        let mut language =
            Self { seed, words, chances: chances(), phrases: Vec::new(), titles: Vec::new() };
        let phrase = |random: &mut Random, low, high| {
            let length = random.between(low, high);
            (0..length).map(|_| language.common(random)).collect::<Vec<u32>>()
        };
        let phrases = (0..PHRASES).map(|_| phrase(&mut random, 3, 9)).collect();
        let titles = (0..80).map(|_| phrase(&mut random, 1, 4)).collect();
        language.phrases = phrases;
        language.titles = titles;
        language
    }

    pub(crate) fn word(&self, word: u32) -> &str {
        &self.words[word as usize]
    }

    /// A word by its frequency alone.
    pub(crate) fn common(&self, random: &mut Random) -> u32 {
        let chance = random.next();
        self.chances.partition_point(|upto| *upto < chance).min(VOCABULARY - 1) as u32
    }

    /// One of the few words that like to follow `before`.
    fn follower(&self, random: &mut Random, before: u32) -> u32 {
        let mut choice = 0;
        while choice < 12 && random.percent(55.0) {
            choice += 1;
        }
        self.common(&mut Random::of(2, (u64::from(before) << 8 | choice) ^ self.seed))
    }

    fn name(random: &mut Random) -> u32 {
        (VOCABULARY + random.below(NAMES)) as u32
    }

    pub(crate) fn story(&self, number: u64) -> Story {
        let mut random = Random::of(3, number ^ self.seed);
        let person = |random: &mut Random| {
            // A third of the people are known to many stories.
            let mut who = if random.percent(33.0) {
                Random::of(4, random.below(400) as u64)
            } else {
                random.clone()
            };
            random.next();
            let mut words = self.titles[who.below(self.titles.len())].clone();
            words.extend((0..who.between(2, 3)).map(|_| Self::name(&mut who)));
            words
        };
        let people = (0..7).map(|_| person(&mut random)).collect();
        let place = |random: &mut Random| {
            (0..random.between(1, 4)).map(|_| Self::name(random)).collect::<Vec<u32>>()
        };
        let places = (0..5).map(|_| place(&mut random)).collect();
        let topic = (0..60).map(|_| self.common(&mut random)).collect();
        Story { topic, people, places }
    }

    /// Appends one sentence about `story`.
    pub(crate) fn sentence(&self, random: &mut Random, story: &Story, tokens: &mut Vec<Token>) {
        let length = random.between(8, 30);
        self.sentence_of(random, story, length, tokens);
    }

    /// Appends one sentence of `length` words or, where it ends in a phrase, a few more.
    pub(crate) fn sentence_of(
        &self,
        random: &mut Random,
        story: &Story,
        length: usize,
        tokens: &mut Vec<Token>,
    ) {
        let start = tokens.len();
        let mut words: Vec<u32> = Vec::with_capacity(length + 10);
        while words.len() < length {
            let before = words.last().copied();
            match random.below(1000) {
                0..12 => words.extend(&story.people[Self::skewed(random, story.people.len())]),
                12..30 => words.extend(&story.places[Self::skewed(random, story.places.len())]),
                30..42 => words.extend(&self.phrases[Self::skewed(random, PHRASES)]),
                42..60 => words.push((VOCABULARY + NAMES + random.below(NUMBERS)) as u32),
                60..160 => words.push(story.topic[random.below(story.topic.len())]),
                160..560 if before.is_some() => {
                    words.push(self.follower(random, before.unwrap_or(0)));
                }
                _ => words.push(self.common(random)),
            }
        }
        let quoted = random.percent(12.0);
        tokens.extend(words.into_iter().map(|word| {
            let after = if random.percent(5.0) { After::Comma } else { After::Blank };
            Token { word, after, quote: false }
        }));
        tokens[start].quote = quoted;
        let last = tokens.len() - 1;
        tokens[last].after = if quoted { After::Unquote } else { After::Stop };
    }

    /// A number under `count` of which small ones are much more likely.
    fn skewed(random: &mut Random, count: usize) -> usize {
        let (one, other) = (random.below(count), random.below(count));
        one * other / count
    }
}

/// Zipf and Mandelbrot: the chance of a word falls with its rank.
fn chances() -> Vec<u64> {
    let weights = (0..VOCABULARY).map(|rank| (rank as f64 + 2.7).powf(-1.08));
    let total: f64 = weights.clone().sum();
    let mut sum = 0.0;
    let scaled = weights.map(|weight| {
        sum += weight;
        (sum / total * u64::MAX as f64) as u64
    });
    scaled.collect()
}

/// A word of syllables, shorter for frequent words.
fn spell(random: &mut Random, rank: usize) -> String {
    const HEADS: [&str; 20] = [
        "b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr",
        "pl", "sh",
    ];
    const HEARTS: [&str; 10] = ["a", "e", "i", "o", "u", "ea", "ou", "a", "e", "i"];
    const TAILS: [&str; 8] = ["", "n", "r", "s", "t", "l", "", "nd"];
    let syllables = match rank {
        0..40 => 1,
        40..2_000 => random.between(1, 2),
        2_000..20_000 => random.between(2, 3),
        _ => random.between(2, 4),
    };
    let mut word = String::new();
    for _ in 0..syllables {
        for part in [
            HEADS[random.below(HEADS.len())],
            HEARTS[random.below(HEARTS.len())],
            TAILS[random.below(TAILS.len())],
        ] {
            word.push_str(part);
        }
    }
    if rank >= VOCABULARY && random.percent(4.0) {
        word.push('é');
    }
    word
}

fn number(random: &mut Random) -> String {
    match random.below(3) {
        0 => format!("{}", random.between(1990, 2030)),
        1 => format!("{},{:03}", random.between(1, 99), random.below(1000)),
        _ => format!("{}", random.between(2, 400)),
    }
}

/// `word` with its first letter, which is ASCII, in upper case.
pub(crate) fn capitalised(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    word
}
