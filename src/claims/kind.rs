//! Kinds of claims, and what loosens them.
//!
//! In:  nothing.
//! Out: [`Kind`], [`Hedge`].
//! Not here: reading either (`scan`, `hedge`).

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
    /// A time of day: `10:30`.
    Time,
    /// How old: `47-year-old`, `aged 33`.
    Age,
    /// A part of a whole: `one in three`, `two thirds`.
    Ratio,
    /// How many times as much: `three-fold`, `doubled`.
    Multiple,
    /// How often: `twice a week`, `every two years`.
    Frequency,
    /// Which of all: `the second-largest port`.
    Superlative,
    /// Who holds an office: `President Dana Ruiz`.
    Person,
    /// A result: `5–4`.
    Score,
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
            Self::Time => "time",
            Self::Age => "age",
            Self::Ratio => "ratio",
            Self::Multiple => "multiple",
            Self::Frequency => "frequency",
            Self::Superlative => "superlative",
            Self::Person => "person",
            Self::Score => "score",
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
    pub(super) fn named(name: &str) -> Option<Self> {
        let all =
            [Self::About, Self::Nearly, Self::MoreThan, Self::AtLeast, Self::LessThan, Self::UpTo];
        all.into_iter().find(|hedge| hedge.name() == name)
    }
}
