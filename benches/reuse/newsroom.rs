//! Documents with planted reuse of known truth.
//!
//! In:  how many documents.
//! Out: the documents, one after another, with where each planted passage stands.
//! Not here: the sentences (`language`), what was found of it (`score`).
#![expect(clippy::cast_possible_truncation, reason = "numbers made here, with room to spare")]

use crate::language::After;
use crate::language::Language;
use crate::language::Random;
use crate::language::Token;
use crate::language::capitalised;

/// How a passage was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Verbatim,
    Edits5,
    Edits10,
    Edits20,
    /// Some stretches of up to twenty words dropped, and others added.
    Cuts,
    /// The clauses of each sentence in another order.
    Reordered,
    /// Paragraphs in other places.
    Moved,
    /// One sentence.
    Quoted,
    /// One story in sixty outlets, each with cuts of its own.
    Wire,
}

pub(crate) const KINDS: [Kind; 9] = [
    Kind::Verbatim,
    Kind::Edits5,
    Kind::Edits10,
    Kind::Edits20,
    Kind::Cuts,
    Kind::Reordered,
    Kind::Moved,
    Kind::Quoted,
    Kind::Wire,
];

/// Where a document has a planted passage.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    /// Which passage: the same number in every document that has it.
    pub(crate) passage: u32,
    /// How it was copied; none in the document that it was copied from.
    pub(crate) kind: Option<Kind>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// One document.
pub(crate) struct Article {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) planted: Vec<Planted>,
    /// Where boilerplate stands.
    pub(crate) boilerplate: Vec<(usize, usize)>,
}

/// Documents about one event, on the average.
const STORY_DOCUMENTS: usize = 12;

/// Words of a document besides what is planted.
const OWN_WORDS: (usize, usize) = (300, 980);

/// Of a hundred documents, how many have a passage that others copy.
const COPIED_PERCENT: usize = 16;

/// Outlets that carry one wire story, and documents for each wire story.
const WIRE_OUTLETS: usize = 60;
const WIRE_EVERY: usize = 3_000;

const BOILERPLATE_BLOCKS: u64 = 40;
const BOILERPLATE_PERCENT: f64 = 60.0;

/// Paragraphs of a passage whose paragraphs are moved.
const MOVED_PARAGRAPHS: u32 = 3;

/// A passage that one document copies from another.
#[derive(Clone, Copy)]
struct Copy {
    passage: u32,
    kind: Kind,
    /// Whether this document is the one copied from.
    original: bool,
    /// The story that the passage is about.
    story: u64,
}

/// The plan of an archive: which document copies what.
pub(crate) struct Newsroom {
    seed: u64,
    language: Language,
    plans: Vec<Vec<Copy>>,
}

impl Newsroom {
    /// `documents` to be made; another `seed` makes another language and other documents.
    pub(crate) fn new(documents: usize, seed: u64) -> Self {
        let mut plans = vec![Vec::new(); documents];
        let mut passage = 0;
        let mut random = Random::of(10, documents as u64 ^ seeded(seed));
        for _ in 0..documents.div_ceil(WIRE_EVERY) {
            let original = random.below(documents);
            let copies: Vec<usize> = (0..WIRE_OUTLETS).map(|_| random.below(documents)).collect();
            plan(&mut plans, &mut passage, Kind::Wire, original, &copies);
        }
        for round in 0..documents * COPIED_PERCENT / 100 {
            let kind = KINDS[round % 8];
            let original = random.below(documents);
            let copies: Vec<usize> = (0..[1, 1, 1, 2, 3][random.below(5)])
                .map(|_| {
                    let neighbour = original / STORY_DOCUMENTS * STORY_DOCUMENTS;
                    let same_story = neighbour + random.below(STORY_DOCUMENTS);
                    if random.percent(50.0) {
                        same_story.min(documents - 1)
                    } else {
                        random.below(documents)
                    }
                })
                .collect();
            plan(&mut plans, &mut passage, kind, original, &copies);
        }
        Self { seed: seeded(seed), language: Language::new(seeded(seed)), plans }
    }

    /// The document of this number.
    pub(crate) fn article(&self, number: usize) -> Article {
        let mut random = Random::of(11, number as u64 ^ self.seed);
        let story = (number / STORY_DOCUMENTS) as u64;
        let mut blocks: Vec<Block> = Vec::new();
        let mut words = 0;
        let own_words = random.between(OWN_WORDS.0, OWN_WORDS.1);
        while words < own_words {
            let tokens = self.paragraph(&mut random, story);
            words += tokens.len();
            blocks.push(Block { tokens, copy: None, boilerplate: false });
        }
        for copy in &self.plans[number] {
            let mut at = random.below(blocks.len() + 1);
            // An original stays whole: its paragraphs follow each other.
            let inside = |at: usize, blocks: &[Block]| {
                at > 0
                    && at < blocks.len()
                    && blocks[at - 1].copy.is_some()
                    && blocks[at].copy.is_some()
            };
            while inside(at, &blocks) {
                at += 1;
            }
            let tokens = self.passage(&mut random, copy);
            blocks.insert(at, Block { tokens, copy: Some(*copy), boilerplate: false });
        }
        if random.percent(BOILERPLATE_PERCENT) {
            for _ in 0..random.between(1, 3) {
                let tokens = self.boilerplate(random.below(BOILERPLATE_BLOCKS as usize) as u64);
                let at =
                    if random.percent(80.0) { blocks.len() } else { random.below(blocks.len()) };
                blocks.insert(at, Block { tokens, copy: None, boilerplate: true });
            }
        }
        self.rendered(number, &mut random, &blocks)
    }

    fn paragraph(&self, random: &mut Random, story: u64) -> Vec<Token> {
        let story = self.language.story(story);
        let mut tokens = Vec::new();
        for _ in 0..random.between(1, 4) {
            self.language.sentence(random, &story, &mut tokens);
        }
        tokens
    }

    /// The passage as this document has it.
    fn passage(&self, random: &mut Random, copy: &Copy) -> Vec<Token> {
        let original = self.original(copy);
        if copy.original {
            return original;
        }
        match copy.kind {
            Kind::Verbatim | Kind::Quoted | Kind::Moved => original,
            Kind::Edits5 => self.edited(random, original, 5.0),
            Kind::Edits10 => self.edited(random, original, 10.0),
            Kind::Edits20 => self.edited(random, original, 20.0),
            Kind::Cuts => self.cut(random, &original),
            Kind::Reordered => reordered(random, &original),
            Kind::Wire => {
                let kept = wire_cut(random, &original);
                self.edited(random, kept, 1.0)
            }
        }
    }

    /// The passage as the document has it that others copy from.
    fn original(&self, copy: &Copy) -> Vec<Token> {
        let mut random = Random::of(12, u64::from(copy.passage) ^ self.seed);
        let story = self.language.story(copy.story);
        let mut tokens = Vec::new();
        if copy.kind == Kind::Quoted {
            let length = random.between(12, 25);
            self.language.sentence_of(&mut random, &story, length, &mut tokens);
            return tokens;
        }
        let words = match copy.kind {
            Kind::Moved => random.between(40, 90),
            Kind::Wire => random.between(220, 420),
            _ => random.between(60, 220),
        };
        while tokens.len() < words {
            self.language.sentence(&mut random, &story, &mut tokens);
        }
        tokens
    }

    /// Every word with this chance replaced, dropped, or followed by another one.
    fn edited(&self, random: &mut Random, tokens: Vec<Token>, percent: f64) -> Vec<Token> {
        let mut edited = Vec::with_capacity(tokens.len());
        for token in tokens {
            let other = Token { word: self.language.common(random), ..token };
            match random.below(20) {
                _ if !random.percent(percent) => edited.push(token),
                0..14 => edited.push(other),
                14..17 => {}
                _ => edited.extend([
                    Token { after: After::Blank, ..token },
                    Token { quote: false, ..other },
                ]),
            }
        }
        edited
    }

    /// About every fifty words a stretch dropped or a stretch added.
    fn cut(&self, random: &mut Random, tokens: &[Token]) -> Vec<Token> {
        let mut result = Vec::new();
        let mut rest = tokens;
        while rest.len() > 60 {
            let (kept, after) = rest.split_at(random.between(25, 50));
            result.extend_from_slice(kept);
            let stretch = random.between(3, 20);
            rest = after;
            if random.percent(50.0) {
                rest = &after[stretch.min(after.len())..];
            } else {
                let added = (0..stretch).map(|_| self.language.common(random));
                result.extend(added.map(|word| Token { word, after: After::Blank, quote: false }));
            }
        }
        result.extend_from_slice(rest);
        result
    }

    /// One of the blocks that stand under articles whatever they are about.
    fn boilerplate(&self, block: u64) -> Vec<Token> {
        let mut random = Random::of(13, block ^ self.seed);
        let story = self.language.story(1_000_000 + block);
        let mut tokens = Vec::new();
        let words = random.between(14, 60);
        while tokens.len() < words {
            self.language.sentence(&mut random, &story, &mut tokens);
        }
        tokens
    }

    fn rendered(&self, number: usize, random: &mut Random, blocks: &[Block]) -> Article {
        let curly = random.percent(50.0);
        let mut article = Article {
            // Not in the order of the stories.
            name: format!(
                "{:08x}-{number}",
                Random::of(14, number as u64 ^ self.seed).next() >> 32
            ),
            text: String::new(),
            planted: Vec::new(),
            boilerplate: Vec::new(),
        };
        for block in blocks {
            let start = article.text.len();
            self.render(&block.tokens, curly, &mut article.text);
            let end = article.text.len();
            if let Some(copy) = block.copy {
                let kind = (!copy.original).then_some(copy.kind);
                article.planted.push(Planted { passage: copy.passage, kind, start, end });
            }
            if block.boilerplate {
                article.boilerplate.push((start, end));
            }
            article.text.push_str("\n\n");
        }
        article
    }

    fn render(&self, tokens: &[Token], curly: bool, text: &mut String) {
        let (open, close) = if curly { ('“', '”') } else { ('"', '"') };
        let mut capital = true;
        for (index, token) in tokens.iter().enumerate() {
            if index > 0 {
                text.push(' ');
            }
            if token.quote {
                text.push(open);
            }
            let word = self.language.word(token.word);
            if capital {
                text.push_str(&capitalised(word));
            } else {
                text.push_str(word);
            }
            capital = matches!(token.after, After::Stop | After::Unquote);
            match token.after {
                After::Blank => {}
                After::Comma => text.push(','),
                After::Stop => text.push('.'),
                After::Unquote => text.extend(['.', close]),
            }
        }
    }
}

/// Some tokens of a document that belong together.
struct Block {
    tokens: Vec<Token>,
    copy: Option<Copy>,
    boilerplate: bool,
}

/// A seed out of the way of the numbers of documents.
fn seeded(seed: u64) -> u64 {
    seed.rotate_left(40)
}

/// Plans a passage, or one passage for each moved paragraph.
fn plan(plans: &mut [Vec<Copy>], next: &mut u32, kind: Kind, original: usize, copies: &[usize]) {
    let parts = if kind == Kind::Moved { MOVED_PARAGRAPHS } else { 1 };
    let story = (original / STORY_DOCUMENTS) as u64;
    for passage in *next..*next + parts {
        plans[original].push(Copy { passage, kind, original: true, story });
        let mut carriers = copies.to_vec();
        carriers.sort_unstable();
        carriers.dedup();
        for copy in carriers.into_iter().filter(|copy| *copy != original) {
            plans[copy].push(Copy { passage, kind, original: false, story });
        }
    }
    *next += parts;
}

/// The clauses of each two exchanged.
fn reordered(random: &mut Random, tokens: &[Token]) -> Vec<Token> {
    let mut clauses: Vec<&[Token]> = Vec::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        let (clause, after) = rest.split_at(random.between(6, 14).min(rest.len()));
        clauses.push(clause);
        rest = after;
    }
    for two in clauses.chunks_mut(2) {
        two.reverse();
    }
    clauses.concat()
}

/// Some sentences left out, and up to a third of the story at its end.
fn wire_cut(random: &mut Random, tokens: &[Token]) -> Vec<Token> {
    let kept = tokens.len() - random.below(tokens.len() / 3);
    let sentences = tokens[..kept]
        .split_inclusive(|token| token.after != After::Blank && token.after != After::Comma);
    sentences.filter(|_| !random.percent(8.0)).flatten().copied().collect()
}
