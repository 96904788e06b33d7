//! Facts: what a text states, with the question that it answers.
//!
//! Claims say what a figure is; facts say what it is of, so that two texts can be
//! compared where they share no wording: the day an act was announced, the place it was
//! signed, whether it is done or still to come, who belongs to a list. Without a parser
//! this is read from the words around; what is not plain is left out.
//!
//! In:  a read [`Text`] and its claims.
//! Out: [`Fact`]s in reading order, each question and answer once.
//! Not here: which facts of two texts answer the same question, and whether they differ
//! (`divergence`).

mod act;
mod count;
mod dated;
mod entity;
mod lexicon;
mod list;
mod name;
mod part;
mod place;
mod standing;
mod title;
mod toll;
mod vote;
mod year;

pub use entity::Entity;
pub(crate) use place::is_within;

use crate::claims::Claim;
use crate::claims::Kind;
use crate::span::Place;
use crate::span::Span;
use crate::text::Form;
use crate::text::Role;
use crate::text::Text;
use crate::text::Unit;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// One thing a text states, with the question that it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The passage to show.
    pub place: Place,
    /// The words in it that answer.
    pub marks: Vec<Span>,
    /// What is asked.
    pub question: Question,
    /// What the text says.
    pub answer: Answer,
    /// Who and what it is about, as far as names tell: its sentence and the one before.
    pub about: BTreeSet<String>,
    /// Whether it stands in the headline.
    pub headline: bool,
    /// By which rule the answer follows from the words, where they do not say it themselves.
    pub rule: Option<String>,
    /// The days that its sentence names beside it, if it names one time only.
    pub when: Option<(Date, Date)>,
}

/// What a fact tells of what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// The day of an act, by its class.
    Day(String),
    /// The year in which something was or will be done, by the verb: `built`.
    Year(String),
    /// The place of an act.
    Where(String),
    /// Whether an act is done: its class, who does it, and to what.
    Status(String, String, String),
    /// Who belongs together, by the noun over the list or the act it belongs to.
    Members(String),
    /// What a thing is called, by the part of the name that stays.
    Name(String),
    /// How many, by the noun that is counted.
    Count(String),
    /// How much, how long or how far, by the kind of figure and what it is in.
    Amount(Kind, String),
    /// To how many something happened, by what it is: `killed`.
    Toll(String),
    /// How many of a whole, by its number and noun.
    Part(String),
    /// How many were for something and how many against it.
    Vote,
    /// How long somebody is to be in prison.
    Term,
    /// Which in a row, by the noun that is ordered.
    Rank(String),
    /// Which in a row, by the quality that makes it so: `largest`.
    Most(String),
    /// When, in a sentence whose act is not known: since then, until then or at that time.
    When(String),
    /// Since when, or for how long.
    Since,
    /// When somebody was born, by the name.
    Born(String),
    /// Who is which in a row, by what is ranked and the words that say among what.
    Standing(String, BTreeSet<String>),
    /// What office somebody holds, by the full name.
    Title(String),
}

/// What a text says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Days, from the first up to and without the last.
    Days(Date, Date),
    /// A place.
    Place(String),
    /// How far an act has come.
    Status(Status),
    /// Names in a list, and whether it may go on.
    Members(BTreeSet<String>, bool),
    /// A name.
    Name(String),
    /// A claim of the text, by its position.
    Claim(usize),
    /// A number that is no claim by itself.
    Number(Decimal),
    /// The votes for and against, the greater number first; nothing where all were one.
    Votes(Option<(Decimal, Decimal)>),
    /// A rank, and who holds it.
    Standing(Decimal, String),
    /// An office.
    Title(String),
}

/// How far an act has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It is intended, or expected.
    Planned,
    /// It has taken place.
    Done,
}

impl Status {
    /// The words used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "still to come",
            Self::Done => "done",
        }
    }
}

impl Question {
    /// Whether it is asked whatever a sentence tells of, and beside other questions.
    pub(crate) fn is_of_any(&self) -> bool {
        match self {
            Self::When(_) => true,
            Self::Members(of) => of.is_empty(),
            _ => false,
        }
    }

    /// The question in words: `day (announce)`.
    pub fn text(&self) -> String {
        match self {
            Self::Day(act) => format!("day: {act}"),
            Self::Year(verb) => format!("year: {verb}"),
            Self::Where(act) => format!("place: {act}"),
            Self::Status(act, who, _) if who.is_empty() => format!("status: {act}"),
            Self::Status(act, who, what) => format!("status: {who}, {act}, {what}"),
            Self::Members(of) if of.is_empty() => "list".to_owned(),
            Self::Members(of) => format!("list: {of}"),
            Self::Name(of) => format!("name: {of}"),
            Self::Count(noun) | Self::Amount(_, noun) => format!("number: {noun}"),
            Self::Toll(class) => format!("number: {class}"),
            Self::Part(of) => format!("number: {of}"),
            Self::Vote => "vote".to_owned(),
            Self::Term => "prison term".to_owned(),
            Self::Rank(noun) | Self::Most(noun) => format!("rank: {noun}"),
            Self::When(how) => format!("when: {how}"),
            Self::Since => "since when".to_owned(),
            Self::Born(name) => format!("born: {name}"),
            Self::Standing(what, _) => format!("standing: {what}"),
            Self::Title(name) => format!("office: {name}"),
        }
    }
}

/// The facts of `text`.
///
/// ```
/// use provenance::claims::Options;
/// use provenance::claims::extract_with;
/// use provenance::fact::Answer;
/// use provenance::fact::Question;
/// use provenance::fact::Status;
/// use provenance::fact::facts;
/// use provenance::span::DocId;
/// use provenance::text::Text;
///
/// let text = Text::read(DocId(0), "Latvia has formally joined the Harbour Accords.");
/// let found = facts(&text, &extract_with(&text, &Options::default()), None);
///
/// let question = Question::Status("join".into(), "Latvia".into(), "accords".into());
/// assert_eq!(found[0].question, question);
/// assert_eq!(found[0].answer, Answer::Status(Status::Done));
/// ```
pub fn facts(text: &Text, claims: &[Claim], published: Option<Date>) -> Vec<Fact> {
    let names = entity::Names::of(text);
    let mut facts = Vec::new();
    let mut before: Vec<Entity> = Vec::new();
    let mut frame = act::Frame::default();
    let mut next = 0;
    for (index, unit) in text.units.iter().enumerate() {
        let first = next;
        while claims.get(next).is_some_and(|claim| claim.unit as usize <= index) {
            next += 1;
        }
        let entities = names.in_unit(unit);
        let sentence = Sentence {
            text,
            unit,
            claims,
            range: first..next,
            entities: &entities,
            before: &before,
            published,
            about: OnceCell::new(),
            when: only_time(&claims[first..next]),
        };
        frame.enter(&sentence);
        act::read(&sentence, &frame, &mut facts);
        list::read(&sentence, &mut facts);
        name::read(&sentence, &mut facts);
        let mut told = toll::read(&sentence, &mut facts);
        told.extend(part::read(&sentence, &mut facts));
        vote::read(&sentence, &mut facts);
        count::read(&sentence, &told, &mut facts);
        standing::read(&sentence, &mut facts);
        title::read(&sentence, &mut facts);
        year::read(&sentence, &mut facts);
        dated::read(&sentence, &mut facts);
        if !entities.is_empty() {
            before = entities;
        }
    }
    once(facts)
}

/// The form by which words for one act are one word: `bought` and `takeover`.
pub(crate) fn act_form(form: Form) -> Form {
    act_of(form).unwrap_or(form)
}

/// The same of words for acts alone.
pub(crate) fn act_of(form: Form) -> Option<Form> {
    lexicon::lexicon().act_forms.get(&form).copied()
}

/// The class of those who vote that a word names: `jury` for `jurors`.
pub(crate) fn voters(form: Form) -> Option<&'static str> {
    lexicon::lexicon().voters.get(&form).map(String::as_str)
}

/// The names in `text`, in reading order.
pub(crate) fn names(text: &Text) -> Vec<Entity> {
    let names = entity::Names::of(text);
    text.units.iter().flat_map(|unit| names.in_unit(unit)).collect()
}

/// Each question with each answer a few times, where it stands first.
fn once(facts: Vec<Fact>) -> Vec<Fact> {
    let mut known: BTreeMap<(Question, Answer), usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for fact in facts {
        let count = known.entry((fact.question.clone(), fact.answer.clone())).or_default();
        *count += 1;
        let most = if matches!(fact.answer, Answer::Status(_)) { STATUS_MAX } else { 1 };
        if *count <= most {
            kept.push(fact);
        }
    }
    kept
}

/// Places kept where a text says again whether an act is done: each may be the one that
/// another text has otherwise.
const STATUS_MAX: usize = 8;

/// Claims that one quotation may hold.
const SPEECH_CLAIMS_MAX: usize = 32;

/// One unit with what was read in it.
struct Sentence<'s, 'c> {
    text: &'s Text<'c>,
    unit: &'s Unit,
    claims: &'s [Claim],
    /// The claims of the unit.
    range: std::ops::Range<usize>,
    entities: &'s [Entity],
    /// The names of the last unit before that has any.
    before: &'s [Entity],
    published: Option<Date>,
    /// Who and what it is about, for every fact the same.
    about: OnceCell<BTreeSet<String>>,
    /// The days of the one date that it names.
    when: Option<(Date, Date)>,
}

impl Sentence<'_, '_> {
    /// The text from the token `from` up to and without the token `to`.
    fn span(&self, from: usize, to: usize) -> Span {
        let tokens = &self.text.tokens;
        tokens[from].span.cover(tokens[to.max(from + 1) - 1].span)
    }

    /// The tokens of the unit, as indices into the text's.
    fn tokens(&self) -> std::ops::Range<usize> {
        self.unit.tokens.start as usize..self.unit.tokens.end as usize
    }

    /// The original word of a token.
    fn word(&self, token: usize) -> &str {
        &self.text.source[self.text.tokens[token].span.range()]
    }

    /// What stands between two tokens.
    fn gap(&self, left: usize, right: usize) -> &str {
        let (from, to) = (self.text.tokens[left].span.end(), self.text.tokens[right].span.start());
        self.text.source.get(from..to).unwrap_or_default()
    }

    /// The token at or after a byte.
    fn token_at(&self, byte: usize) -> usize {
        self.text.tokens.partition_point(|token| token.span.end() <= byte)
    }

    /// Whether a token stands in somebody's speech, and not in a quoted name.
    fn is_spoken(&self, token: usize) -> bool {
        let at = self.text.tokens[token].span;
        let upto = self.claims.partition_point(|claim| claim.place.span.start() <= at.start());
        let near = &self.claims[upto.saturating_sub(SPEECH_CLAIMS_MAX)..upto];
        near.iter().any(|claim| claim.kind == Kind::Quotation && claim.place.span.contains(at))
    }

    fn fact(&self, marks: Vec<Span>, question: Question, answer: Answer) -> Fact {
        let about = self.about.get_or_init(|| {
            let here = self.entities.iter().chain(self.before);
            here.map(|entity| entity.name.clone()).collect()
        });
        let whole = marks.iter().fold(self.unit.span, |span, mark| span.cover(*mark));
        Fact {
            place: Place { doc: self.text.doc, span: whole },
            marks,
            question,
            answer,
            about: about.clone(),
            headline: self.unit.role == Role::Headline,
            rule: None,
            when: self.when,
        }
    }
}

/// The days of the one date among `claims`.
fn only_time(claims: &[Claim]) -> Option<(Date, Date)> {
    let dated = |claim: &Claim| (claim.kind == Kind::Date).then(|| claim.days()).flatten();
    let mut times = claims.iter().filter_map(dated);
    times.next().filter(|_| times.next().is_none())
}
