//! Walks through a text and asks, at everything that may begin a figure, what it is.
//!
//! Dates come before amounts and amounts before plain numbers, so that what a
//! stricter reading explains is never read again by a looser one.
//!
//! In:  a [`Text`], and its quotations with their speakers.
//! Out: [`Claim`]s.
//! Not here: the readings themselves (`when`, `amount`, `ordinal`, `times`, …), and texts
//! that are nothing but figures (`every`).

use super::Basis;
use super::Claim;
use super::Hedge;
use super::Kind;
use super::Meant;
use super::Options;
use super::Value;
use super::age;
use super::amount;
use super::boundary;
use super::clock;
use super::every;
use super::frequency;
use super::lex::Lex;
use super::lex::Line;
use super::lexicon::Trigger;
use super::numeral;
use super::open;
use super::ordinal;
use super::polarity;
use super::quotation::Spoken;
use super::ratio;
use super::superlative;
use super::times;
use super::title;
use super::when;
use super::when::Period;
use super::when::Reader;
use super::year;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use jiff::civil::Date;
use std::cell::Cell;
use std::ops::Range;

/// A figure in one line; offsets count from the line's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
    pub(super) value: Value,
    pub(super) hedge: Option<Hedge>,
    pub(super) noun: Option<Range<usize>>,
    /// What days a date means.
    pub(super) days: Days,
}

/// What days a date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    /// Those it names, or none.
    Printed,
    /// These, counted from the day of writing.
    Counted(Period),
    /// Days that the day of writing would tell, if it were known.
    Unknown,
    /// So many days after the day the text named last.
    Context(i64),
}

impl Days {
    pub(super) fn counted(period: Period, known: bool) -> Self {
        if known { Self::Counted(period) } else { Self::Unknown }
    }
}

impl Figure {
    /// A figure in the lexemes `from..to`.
    pub(super) fn new(line: &Line, (from, to): (usize, usize), kind: Kind, value: Value) -> Self {
        let span = line.range(from, to);
        Self { span, kind, value, hedge: None, noun: None, days: Days::Printed }
    }

    pub(super) fn hedged(self, hedge: Option<Hedge>) -> Self {
        Self { hedge, ..self }
    }

    pub(super) fn of(self, noun: Option<Range<usize>>) -> Self {
        Self { noun, ..self }
    }

    pub(super) fn meaning(self, days: Days) -> Self {
        Self { days, ..self }
    }
}

/// Appends the figures of every unit of `text` to `claims`.
pub(super) fn claims(
    text: &Text,
    quotations: &[Spoken],
    options: &Options,
    claims: &mut Vec<Claim>,
) {
    let mut line = Line::default();
    line.every = options.every_figure;
    let mut found = Vec::new();
    let own = dateline(text, options).filter(|own| is_likely(*own, options.reference));
    let basis = if own.is_some() { Basis::Dateline } else { Basis::Published };
    let options = &Options { reference: own.or(options.reference), ..*options };
    let mut last = LastDay::default();
    for (index, unit) in text.units.iter().enumerate() {
        line.read(&text.source[unit.span.range()]);
        if line.every {
            every::figures(&line, options, &mut found);
        } else if line.promising {
            figures(&line, options, &mut found);
        }
        let unit_index = u32::try_from(index).expect("documents are under 4 GiB");
        let start = unit.span.start();
        last.enter(unit.paragraph);
        for figure in found.drain(..) {
            let denied = polarity::is_denied(&line, figure.span.start);
            let meant = last.meant(&figure, basis, options.reference);
            let shift = |range: Range<usize>| Span::new(start + range.start, start + range.end);
            let span = shift(figure.span);
            let spoken = enclosing(quotations, span);
            claims.push(Claim {
                place: Place { doc: text.doc, span },
                unit: unit_index,
                kind: figure.kind,
                value: figure.value,
                meant,
                hedge: figure.hedge,
                denied,
                quoted: spoken.is_some(),
                speaker: spoken.and_then(|spoken| spoken.speaker),
                noun: figure.noun.map(shift),
            });
        }
    }
}

/// The last day a paragraph named.
#[derive(Default)]
struct LastDay {
    paragraph: u32,
    day: Option<Date>,
}

impl LastDay {
    fn enter(&mut self, paragraph: u32) {
        if paragraph != self.paragraph {
            *self = Self { paragraph, day: None };
        }
    }

    /// The days that `figure` means and by what they are known; its own day is the last now.
    fn meant(&mut self, figure: &Figure, basis: Basis, today: Option<Date>) -> Option<Meant> {
        let meant = |period: Period, basis, from| {
            let Period { first, end, grain: granularity } = period;
            Meant { first, end, granularity, basis, from }
        };
        let meant = match figure.days {
            Days::Printed | Days::Unknown => None,
            Days::Counted(period) => today.map(|today| meant(period, basis, today)),
            Days::Context(shift) => self.day.and_then(|named| {
                let period = when::shift_days(named, shift).and_then(Period::day)?;
                Some(meant(period, Basis::Context, named))
            }),
        };
        let days = match (&figure.value, meant) {
            (_, Some(meant)) => Some((meant.first, meant.end)),
            (Value::Days { first, end, .. }, None) => Some((*first, *end)),
            _ => None,
        };
        if let Some((first, end)) = days.filter(|days| days.0.tomorrow().ok() == Some(days.1)) {
            debug_assert!(first < end);
            self.day = Some(first);
        }
        meant
    }
}

/// Longest line that may be a dateline, in bytes: a place, an agency and a date.
const DATELINE_BYTES_MAX: usize = 80;

/// Units from the start of a text among which its dateline stands.
const DATELINE_UNITS: usize = 4;

/// The one full date of a short line at the head of the text, or of the head of a longer
/// one before a dash: `ASTANA, Nov. 7, 2025 — The …`.
fn dateline(text: &Text, options: &Options) -> Option<Date> {
    let heads = text.units.iter().take(DATELINE_UNITS).filter(|_| options.dateline);
    heads.map(|unit| &text.source[unit.span.range()]).find_map(|unit| {
        let near = unit.floor_char_boundary(DATELINE_BYTES_MAX);
        let dash = unit[..near]
            .find([' ', '\u{a0}'])
            .and_then(|_| ["—", "–", "--"].iter().filter_map(|dash| unit[..near].find(dash)).min());
        let short = unit.len() <= DATELINE_BYTES_MAX && !unit.trim_end().ends_with('.');
        let head = match dash {
            Some(dash) => &unit[..dash],
            None if short => unit,
            None => return None,
        };
        let line = Line::new(head);
        let mut found = Vec::new();
        figures(&line, &Options::default(), &mut found);
        let day = |figure: &Figure| match figure.value {
            Value::Days { first, end, .. } if first.tomorrow().ok() == Some(end) => Some(first),
            _ => None,
        };
        let only = found.first().filter(|date| found.len() == 1 && is_head(&line, &date.span));
        only.and_then(day)
    })
}

/// Words of a dateline that are in small letters.
const DATELINE_WORDS: [&str; 9] =
    ["by", "at", "and", "in", "updated", "published", "on", "am", "pm"];

/// Whether a head holds nothing beside its date but names.
fn is_head(line: &Line, date: &Range<usize>) -> bool {
    (0..line.len()).filter(|at| line.is_word(*at)).all(|at| {
        let inside = date.contains(&line.range(at, at + 1).start);
        let word = line.lower(at);
        inside || line.is_capitalised(at) || DATELINE_WORDS.contains(&word)
    })
}

/// A dateline further from the recorded day than this is a date that a headline names.
const DATELINE_DAYS_MAX: i32 = 7;

fn is_likely(dateline: Date, published: Option<Date>) -> bool {
    published.is_none_or(|published| {
        dateline.until(published).is_ok_and(|span| span.get_days().abs() <= DATELINE_DAYS_MAX)
    })
}

/// The last quotation that encloses `span`.
fn enclosing(quotations: &[Spoken], span: Span) -> Option<&Spoken> {
    let before = quotations.partition_point(|spoken| spoken.outer.start() <= span.start());
    let near = &quotations[before.saturating_sub(NESTED_MAX)..before];
    near.iter().rev().find(|spoken| spoken.outer.contains(span))
}

/// Quotations that may begin between a figure and the mark that opens around it.
const NESTED_MAX: usize = 4;

/// Every figure of `line`, in reading order.
pub(super) fn figures(line: &Line, options: &Options, found: &mut Vec<Figure>) {
    let asked = Cell::new(false);
    let reader = &Reader::new(line, options, &asked);
    let mut at = 0;
    while let Some(lexeme) = line.get(at) {
        let next = match lexeme.kind {
            Lex::Number => digits(reader, line, at, found),
            Lex::Word(trigger) => word(reader, line, at, trigger, found),
            Lex::Mark('-' | '\u{2212}') => negative(line, at, found),
            Lex::Mark(_) if amount::is_sign(line, at) => amount::read(line, at, found),
            _ => at + 1,
        };
        at = next.max(at + 1);
    }
}

/// Reads the word at `at`.
fn word(
    reader: &Reader,
    line: &Line,
    at: usize,
    trigger: Trigger,
    found: &mut Vec<Figure>,
) -> usize {
    let date = |found: &mut Vec<Figure>| when::read(reader, at, found);
    let open_time = |found: &mut Vec<Figure>| exactly(when::open(line, at), found);
    // Reading dates is dear, and most of these words begin none.
    let counted = |found: &mut Vec<Figure>| when::may_begin(line, at).then(|| date(found))?;
    match trigger {
        Trigger::None | Trigger::Hundred => at + 1,
        Trigger::Article if line.lower(at + 2) != "ago" => at + 1,
        Trigger::Month(_) | Trigger::Weekday(_) if !line.is_capitalised(at) => at + 1,
        Trigger::Time if !when::may_turn(line, at) => at + 1,
        Trigger::Month(_) | Trigger::Weekday(_) | Trigger::Time | Trigger::Article => {
            date(found).or_else(|| open_time(found)).unwrap_or(at + 1)
        }
        Trigger::Ordinal(_) => {
            counted(found).or_else(|| ordinal::read(line, at, found)).unwrap_or(at + 1)
        }
        Trigger::Cardinal(_) => counted(found)
            .or_else(|| ordinal::read(line, at, found))
            .or_else(|| exactly(ratio::read(line, at), found))
            .unwrap_or_else(|| amount::read(line, at, found)),
        Trigger::Dozen | Trigger::Scale(_) => {
            numeral::start_before(line, at).map_or(at + 1, |_| amount::read(line, at, found))
        }
        Trigger::Open => open_time(found).unwrap_or(at + 1),
        Trigger::Vague => exactly(open::vague(line, at), found).unwrap_or(at + 1),
        Trigger::Often => exactly(frequency::read(line, at), found).unwrap_or(at + 1),
        Trigger::Times => exactly(times::read(line, at), found).unwrap_or(at + 1),
        Trigger::Most => exactly(superlative::read(line, at), found).unwrap_or(at + 1),
        Trigger::Sides => exactly(open::sides(line, at), found).unwrap_or(at + 1),
        Trigger::Office => exactly(title::read(line, at), found).unwrap_or(at + 1),
    }
}

/// Adds a figure that explains itself; returns where to go on.
fn exactly(read: Option<(Figure, usize)>, found: &mut Vec<Figure>) -> Option<usize> {
    let (figure, to) = read?;
    found.push(figure);
    Some(to)
}

/// Reads `-5`, if a unit follows.
fn negative(line: &Line, at: usize, found: &mut Vec<Figure>) -> usize {
    let sign = !line.is_glued(at) && line.is_glued(at + 1) && line.is_number(at + 1);
    if sign { amount::read(line, at, found) } else { at + 1 }
}

/// The time of day at `at`, if it stands alone.
fn clock_at(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let alone = boundary::opens(line, at);
    clock::figure(line, at).filter(|(_, to)| alone && boundary::closes(line, *to, true))
}

/// Reads the digits at `at`.
fn digits(reader: &Reader, line: &Line, at: usize, found: &mut Vec<Figure>) -> usize {
    year::prefixed(line, at, found)
        .or_else(|| exactly(clock_at(line, at), found))
        .or_else(|| exactly(ratio::read(line, at), found))
        .or_else(|| exactly(age::read(line, at), found))
        .or_else(|| amount::has_code(line, at).then(|| amount::read(line, at, found)))
        .or_else(|| (!boundary::opens(line, at)).then(|| boundary::chain_end(line, at)))
        .or_else(|| year::range(line, at, found))
        .or_else(|| when::may_begin(line, at).then(|| when::read(reader, at, found)).flatten())
        .or_else(|| ordinal::read(line, at, found))
        .unwrap_or_else(|| amount::read(line, at, found))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::claims::lexicon::lexicon;
    use proptest::prelude::*;

    /// `kind value unit "printed"` of every figure of `text`.
    pub(in crate::claims) fn shown(text: &str) -> Vec<String> {
        let line = Line::new(text);
        let mut found = Vec::new();
        figures(&line, &Options::default(), &mut found);
        found.iter().map(|figure| show(text, figure)).collect()
    }

    fn show(text: &str, figure: &Figure) -> String {
        let mut shown = format!("{} {}", figure.kind.name(), figure.value.text());
        if let Some(unit) = figure.value.unit_text() {
            shown = format!("{shown} {unit}");
        }
        if let Some(hedge) = figure.hedge {
            shown = format!("{shown} ({})", hedge.name());
        }
        format!("{shown}: {}", &text[figure.span.clone()])
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            shown(&text);
        }

        #[test]
        fn anything_like_a_figure_is_read_without_panic(
            parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..12),
        ) {
            let text = parts.concat();
            let found = shown(&text);
            prop_assert!(found.len() <= parts.len());
        }
    }

    /// What figures are made of.
    const PARTS: &[&str] = &[
        " ",
        " ",
        "17",
        "2025",
        "1,000",
        "1.5",
        "6",
        "½",
        "$",
        "€",
        "US",
        "%",
        "-",
        "–",
        "/",
        ":",
        "+",
        ".",
        ",",
        "(",
        ")",
        "th",
        "bn",
        "m",
        " billion",
        " to ",
        " and ",
        "between ",
        "Nov",
        "November ",
        "May ",
        "Thursday",
        "seven",
        "twenty",
        "hundred ",
        "dozen",
        "half",
        "a ",
        "third ",
        "second",
        "year",
        "old",
        " years",
        " dollars",
        "percent",
        "agreements",
        "’s",
        "\u{2011}",
        "\u{a0}",
        "C5",
        "of ",
        "in ",
        "the ",
        "é",
        "°C",
    ];

    #[test]
    fn the_lexicon_loads() {
        assert!(!lexicon().before.is_empty());
    }
}
