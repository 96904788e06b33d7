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
//! (`divergence`), and what day "Thursday" is (it stays unresolved).

mod amount;
mod boundary;
mod count;
mod date;
mod hedge;
mod lex;
mod lexicon;
mod noun;
mod number;
mod ordinal;
mod quotation;
mod scan;
mod speaker;
mod value;

pub use value::Granularity;
pub use value::Unit;
pub use value::Value;

use crate::span::Place;
use crate::span::Span;
use crate::text::Text;

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
    /// What loosens it: `about`, `more than`, …
    pub hedge: Option<Hedge>,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// Who says it, for a quotation and for what stands inside one.
    pub speaker: Option<Span>,
    /// The noun it counts or orders: `agreements` of `29 bilateral agreements`.
    pub noun: Option<Span>,
}

/// What kind of claim a claim is. Claims of different kinds are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A sum in a currency: `$17 billion`.
    Money,
    /// A share: `20 per cent`.
    Percent,
    /// A difference of shares: `two percentage points`.
    PercentPoint,
    /// How many: `29 agreements`, `20,000`.
    Count,
    /// Which in a row: `seventh`.
    Ordinal,
    /// How long, and how old: `33 years`, `10-year`.
    Duration,
    /// How far, heavy, hot, …: `40 kilometres`.
    Measure,
    /// A day, month, year or day of the week.
    Date,
    /// Speech in quotation marks.
    Quotation,
    /// A name, a title or a borrowed word in quotation marks.
    Mention,
}

impl Kind {
    /// The word used in output.
    ///
    /// ```
    /// assert_eq!(provenance::claims::Kind::PercentPoint.name(), "percent-point");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Percent => "percent",
            Self::PercentPoint => "percent-point",
            Self::Count => "count",
            Self::Ordinal => "ordinal",
            Self::Duration => "duration",
            Self::Measure => "measure",
            Self::Date => "date",
            Self::Quotation => "quotation",
            Self::Mention => "mention",
        }
    }
}

/// What loosens a figure, and what values it still agrees with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hedge {
    /// `about`, `roughly`, `some`: within a tenth of the value, or half a unit of its
    /// last digit that is not zero, whichever is more.
    About,
    /// `nearly`, `almost`, `just under`: from nine tenths of the value up to, but not
    /// including, the value.
    Nearly,
    /// `more than`, `over`: above the value; nothing above five quarters of it is
    /// likely meant.
    MoreThan,
    /// `at least`, `no fewer than`: the value or above, as for [`MoreThan`](Self::MoreThan).
    AtLeast,
    /// `less than`, `under`: below the value.
    LessThan,
    /// `up to`, `as many as`, `no more than`: the value or below.
    UpTo,
}

impl Hedge {
    /// The word used in output and in the lexicon.
    pub fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Nearly => "nearly",
            Self::MoreThan => "more than",
            Self::AtLeast => "at least",
            Self::LessThan => "less than",
            Self::UpTo => "up to",
        }
    }

    /// The hedge of that [`name`](Self::name).
    fn named(name: &str) -> Option<Self> {
        let all =
            [Self::About, Self::Nearly, Self::MoreThan, Self::AtLeast, Self::LessThan, Self::UpTo];
        all.into_iter().find(|hedge| hedge.name() == name)
    }
}

impl Claim {
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
    let quotations = quotation::read(text);
    let mut claims = quotation::claims(text, &quotations);
    scan::claims(text, &quotations, &mut claims);
    claims.sort_by_key(|claim| {
        let span = claim.place.span;
        (span.start(), std::cmp::Reverse(span.end()))
    });
    claims
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
    lexicon::lexicon().reports.verbs.get(&word.to_lowercase()).map(String::as_str)
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
            for claim in extract(&text) {
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
