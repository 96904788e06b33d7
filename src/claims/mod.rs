//! Claims: the figures, dates and quotations a text stands on.
//!
//! Reads `$17 billion`, `29 agreements`, `November 6, 2025` or `“…,” said X` out of
//! a text and gives each an exact value, so that outlets can be compared by what
//! they claim rather than by how they spell it. What cannot be read for certain is
//! skipped, never guessed: a missed figure costs recall, a wrong one costs trust.
//!
//! In:  a read [`Text`].
//! Out: [`Claim`]s in reading order, each with its [`Place`].
//! Not here: which claims of two texts belong together and whether they disagree
//! (`divergence`).

mod age;
mod amount;
mod attribution;
mod beside;
mod boundary;
mod clock;
mod compound;
mod context;
mod count;
mod degree;
mod every;
mod fraction;
pub(crate) mod framing;
mod frequency;
mod hedge;
mod joint;
mod kind;
mod label;
mod lex;
mod lexicon;
mod magnitude;
mod noun;
mod numeral;
mod open;
mod ordinal;
mod people;
mod phrase;
mod polarity;
mod quotation;
mod ratio;
mod reason;
mod reference;
mod saying;
mod scan;
mod speaker;
mod statement;
mod stem;
mod subject;
mod sum;
mod superlative;
mod times;
mod title;
mod unit;
mod usage;
mod value;
mod when;
mod year;

pub use attribution::Attribution;
pub use attribution::Source;
pub use attribution::attributions;
pub use degree::degree;
pub use framing::Rung;
pub use kind::Hedge;
pub use kind::Kind;
pub use label::LabelUse;
pub use label::default_labels;
pub use label::label_uses;
pub use lexicon::Own;
pub(crate) use lexicon::OwnAct;
pub use lexicon::OwnFault;
pub(crate) use lexicon::OwnName;
pub(crate) use lexicon::OwnStatus;
pub use lexicon::install;
pub(crate) use lexicon::own;
pub use magnitude::Pole;
pub use magnitude::Weighing;
pub use magnitude::weighings;
pub(crate) use noun::class as noun_class;
pub use phrase::is_person_noun;
pub use statement::Statement;
pub use statement::content_stem;
pub use statement::statements;
pub(crate) use title::are_exclusive;
pub use value::Granularity;
pub use value::Unit;
pub use value::Usage;
pub use value::Value;
pub use value::Voice;

use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use jiff::civil::Date;

/// How a text is to be read; the default is running news without a date.
///
/// One grammar reads every text. The options say what its readings mean where that is a
/// matter of policy, and whether there is a sentence around a figure to judge it by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The day the text was written: what `yesterday` and `Thursday` count from.
    /// Without one they stay unresolved.
    pub reference: Option<Date>,
    /// Whether a date the text itself is headed by goes before `reference`.
    pub dateline: bool,
    /// Which of two days a name without a year means.
    pub lean: Lean,
    /// Which part of `5/6/2026` is the day; not read unless it is known or plain.
    pub order: Option<DateOrder>,
    /// Whether every number counts, also where it stands alone or in a name: for
    /// tables, agendas and queries.
    pub every_figure: bool,
}

impl Options {
    /// Running news that was published on a day, if that is known.
    pub fn news(published: Option<Date>) -> Self {
        Self { reference: published, dateline: true, ..Self::default() }
    }
}

/// Which of two days `Thursday` or `March 4` means beside a reference date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lean {
    /// The last one, the day of writing included, unless the words say otherwise: news.
    #[default]
    Past,
    /// The next one: agendas and plans.
    Future,
}

/// The order of the parts of a date in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/12/2026`.
    DayFirst,
    /// `12/31/2026`.
    MonthFirst,
}

/// One thing a text asserts, with the value it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Where the outlet printed it; for quotations, with the marks.
    pub place: Place,
    /// The unit it stands in, as an index into [`Text::units`].
    pub unit: u32,
    /// What kind of claim it is.
    pub kind: Kind,
    /// What it says.
    pub value: Value,
    /// The days that a date means which names none by itself: `Thursday`, `last month`.
    /// Nothing where no day to count from is known.
    pub meant: Option<Meant>,
    /// What loosens it: `about`, `more than`, …
    pub hedge: Option<Hedge>,
    /// Whether the text denies it: `not 29 ships`.
    pub denied: bool,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// Who says it, for a quotation and for what stands inside one.
    pub speaker: Option<Span>,
    /// The noun it counts or orders: `agreements` of `29 bilateral agreements`.
    pub noun: Option<Span>,
}

/// The days that a date means which names none by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The first day.
    pub first: Date,
    /// The day after the last.
    pub end: Date,
    /// How finely the text named them.
    pub granularity: Granularity,
    /// What they are counted from.
    pub basis: Basis,
    /// The day they are counted from.
    pub from: Date,
}

/// What the days of a date are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The date at the head of the text.
    Dateline,
    /// The time of publication on record.
    Published,
    /// The day the same paragraph named before.
    Context,
}

impl Basis {
    /// The words used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dateline => "the dateline",
            Self::Published => "its publication",
            Self::Context => "the day named before",
        }
    }
}

impl Claim {
    /// The days of a date, as `first..end`: those it names, or those it means.
    pub fn days(&self) -> Option<(Date, Date)> {
        match (&self.value, self.meant) {
            (Value::Days { first, end, .. }, _) => Some((*first, *end)),
            (_, meant) => meant.map(|meant| (meant.first, meant.end)),
        }
    }

    /// Why it was read as it was, in a clause: `counted from the dateline, 2025-11-07`.
    pub fn reason(&self) -> String {
        reason::reason(self)
    }

    /// The days that a date means which names none by itself, in normal form.
    pub fn meant_text(&self) -> Option<String> {
        let Meant { first, end, granularity, .. } = self.meant?;
        Some(Value::Days { first, end, granularity }.text())
    }

    /// The value in normal form: `17000000000`, `5..7`, `2025-11-06`, `2025-11`,
    /// `--11-06`, `thursday`. Empty for quotations, whose words stand in the text.
    pub fn value_text(&self) -> String {
        self.value.text()
    }

    /// What the value is in: `USD`, `percent`, `year`, the counted noun in the singular.
    pub fn unit_text(&self) -> Option<String> {
        self.value.unit_text()
    }

    /// The least value, or the first day.
    pub fn low_text(&self) -> Option<String> {
        self.value.low_text()
    }

    /// The greatest value, or the last day.
    pub fn high_text(&self) -> Option<String> {
        self.value.high_text()
    }
}

/// Every claim of `text`, in reading order.
///
/// A figure inside a quotation follows it, marked as quoted and with its speaker.
/// Nothing is ever an error: what cannot be read is not a claim.
///
/// ```
/// use provenance::claims::{Kind, extract};
/// use provenance::span::DocId;
/// use provenance::text::Text;
///
/// let text = Text::read(DocId(0), "The port signed 31 deals worth about $2.5bn on March 4, 2021.");
/// let claims = extract(&text);
///
/// let kinds: Vec<_> = claims.iter().map(|claim| claim.kind).collect();
/// assert_eq!(kinds, [Kind::Count, Kind::Money, Kind::Date]);
/// assert_eq!(claims[0].unit_text().as_deref(), Some("deal"));
/// assert_eq!(claims[1].value_text(), "2500000000");
/// assert_eq!(claims[2].value_text(), "2021-03-04");
/// ```
pub fn extract(text: &Text) -> Vec<Claim> {
    extract_with(text, &Options::default())
}

/// Every claim of `text`, read as `options` say.
///
/// ```
/// use jiff::civil::date;
/// use provenance::claims::Options;
/// use provenance::claims::extract_with;
/// use provenance::span::DocId;
/// use provenance::text::Text;
///
/// let text = Text::read(DocId(0), "The port was closed on Thursday.");
/// let friday = Options { reference: Some(date(2021, 3, 5)), ..Options::default() };
///
/// let claim = &extract_with(&text, &friday)[0];
/// assert_eq!(claim.value_text(), "thursday");
/// assert_eq!(claim.days(), Some((date(2021, 3, 4), date(2021, 3, 5))));
/// ```
pub fn extract_with(text: &Text, options: &Options) -> Vec<Claim> {
    let quotations = quotation::read(text);
    let mut claims = quotation::claims(text, &quotations);
    scan::claims(text, &quotations, options, &mut claims);
    claims.sort_by_key(|claim| {
        let span = claim.place.span;
        (span.start(), std::cmp::Reverse(span.end()))
    });
    claims
}

/// The quotations of `text` alone, as [`extract`] has them among the other claims.
pub fn quotations(text: &Text) -> Vec<Claim> {
    quotation::claims(text, &quotation::read(text))
}

/// What a verb of saying does, when `word` is a form of one: `neutral`, `commitment`,
/// `factive`, `distancing`, `evaluative` or `belief`.
///
/// ```
/// use provenance::claims::report_class;
///
/// assert_eq!(report_class("said"), Some("neutral"));
/// assert_eq!(report_class("Alleged"), Some("distancing"));
/// assert_eq!(report_class("signed"), None);
/// ```
pub fn report_class(word: &str) -> Option<&'static str> {
    let class = lexicon::lexicon().reports.verbs.get(&word.to_lowercase()).map(String::as_str);
    class.filter(|class| *class != "beside")
}

/// The number below a hundred that a word is: `seven`.
pub(crate) fn cardinal(word: &str) -> Option<u8> {
    match lexicon::lexicon().trigger(word) {
        lexicon::Trigger::Cardinal(number) => Some(number),
        _ => None,
    }
}

/// What only machines write beside their text, such as `utm_source=chatgpt.com`.
pub fn residue_markers() -> &'static [String] {
    &framing::lexicon().markers
}

/// The names of each news agency, the one to print first: `AFP`, `Agence France-Presse`.
pub(crate) fn agencies() -> &'static [Vec<String>] {
    &framing::lexicon().agencies
}

/// Whether `word` is the name of a month or of a day of the week, such as `May`; a
/// person or a paper may have the same name.
pub fn is_calendar_name(word: &str) -> bool {
    let named = matches!(
        lexicon::lexicon().trigger(word),
        lexicon::Trigger::Month(_) | lexicon::Trigger::Weekday(_)
    );
    named && word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::DocId;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn read(source: &str) -> Vec<Claim> {
        extract(&Text::read(DocId(0), source))
    }

    #[test]
    fn a_figure_in_a_quotation_has_its_speaker() {
        let source = "“We signed 31 deals,” said Dana Ruiz. Nobody counted 12 of them.";
        let claims = read(source);

        let kinds: Vec<_> = claims.iter().map(|claim| (claim.kind, claim.quoted)).collect();
        let speaker = claims[1].speaker.map(|speaker| &source[speaker.range()]);
        assert_eq!(kinds, [(Kind::Quotation, true), (Kind::Count, true), (Kind::Count, false)]);
        assert_eq!(speaker, Some("Dana Ruiz"));
        assert_eq!(claims[2].speaker, None);
    }

    /// What the first claim of `source` means beside `options`, in output form.
    fn meant(source: &str, options: &Options) -> String {
        let claims = extract_with(&Text::read(DocId(0), source), options);
        let claim = claims.iter().rfind(|claim| claim.kind == Kind::Date).unwrap();
        match claim.meant {
            Some(Meant { first, end, granularity, .. }) => {
                Value::Days { first, end, granularity }.text()
            }
            None => claim.value_text(),
        }
    }

    /// One row per policy: what a text of Friday 2021-03-05 means.
    #[test]
    fn dates_count_from_the_day_of_writing() {
        let options = Options { reference: Some(date(2021, 3, 5)), ..Options::default() };
        #[rustfmt::skip]
        let cases = [
            ("They met on Thursday.",               "2021-03-04"),
            ("They met late Friday.",               "2021-03-05"),
            ("They will meet on Thursday.",         "2021-03-11"),
            ("They met last week.",                 "2021-02-22..2021-02-28"),
            ("They left two months ago.",           "2021-01-05"),
            ("They left a year ago.",               "2020"),
            ("They left yesterday.",                "2021-03-04"),
            ("It opened on November 6.",            "2020-11-06"),
            ("It will open on November 6.",         "2021-11-06"),
            ("Pupils are to go back on November 6.", "2021-11-06"),
            ("Pupils go back on April 6 at the earliest.", "2021-04-06"),
            ("It aims to reopen on Monday.",        "2021-03-08"),
            ("It opens in early 2026.",             "2026-01..2026-04"),
            ("It was built from May to July 2019.", "2019-05..2019-07"),
            ("It met on March 1 and again later that day.", "2021-03-01"),
            ("It met on Monday and left the next day.",     "2021-03-02"),
            ("It fell in the first quarter of 2020.", "2020-01..2020-03"),
            ("They plan to visit later this month.",  "2021-03-05..2021-03-31"),
        ];
        for (source, value) in cases {
            assert_eq!(meant(source, &options), value, "{source}");
        }
    }

    #[test]
    fn without_a_day_to_count_from_a_date_stays_what_it_is() {
        #[rustfmt::skip]
        let cases = [
            ("They met on Thursday.", "thursday"),
            ("They met on March 4.", "--03-04"),
            ("They met last week.", "relative"),
            ("They left the next day.", "relative"),
        ];
        for (source, value) in cases {
            assert_eq!(meant(source, &Options::default()), value, "{source}");
        }
    }

    #[test]
    fn a_dateline_goes_before_the_reference() {
        let options = Options { dateline: true, ..Options::default() };
        let text = Text::read(DocId(0), "Oslo | March 5, 2021\n\nThe port was closed on Thursday.");
        let claims = extract_with(&text, &options);

        assert_eq!(claims[1].days(), Some((date(2021, 3, 4), date(2021, 3, 5))));
        assert_eq!(claims[1].meant.map(|meant| meant.basis), Some(Basis::Dateline));
    }

    #[test]
    fn hedges_have_names_the_lexicon_knows() {
        assert_eq!(Hedge::named("more than"), Some(Hedge::MoreThan));
        assert_eq!(Hedge::named("perhaps"), None);
    }

    proptest! {
        #[test]
        fn claims_lie_on_character_boundaries_in_their_unit(
            parts in proptest::collection::vec("[“”\"‘’$€0-9]{0,3}|\\PC{0,4}| said Ruiz| per cent|\n\n| 7th|\u{a0}", 0..20),
        ) {
            let source = parts.concat();
            let text = Text::read(DocId(0), &source);
            let reference = Some(date(2021, 3, 5));
            let open = Options { reference, every_figure: true, ..Options::default() };
            let news = Options { reference, dateline: true, ..Options::default() };
            let wide = [extract_with(&text, &open), extract_with(&text, &news)].concat();
            for claim in extract(&text).into_iter().chain(wide) {
                let spans = [Some(claim.place.span), claim.speaker, claim.noun];
                for span in spans.into_iter().flatten() {
                    prop_assert!(source.get(span.range()).is_some());
                }
                let unit = &text.units[claim.unit as usize];
                prop_assert!(unit.span.start() <= claim.place.span.start() || claim.quoted);
            }
        }
    }
}
