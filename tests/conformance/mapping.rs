//! From our claims to the kinds, values and units of the specifications.
//!
//! Their conventions live here and nowhere else: Recognizers-Text ends a range
//! before its last day, Duckling writes a hedge into the value and grams for kilograms.

use super::Case;
use jiff::ToSpan;
use jiff::civil::Date;
use provenance::claims::Claim;
use provenance::claims::DateOrder;
use provenance::claims::Granularity;
use provenance::claims::Hedge;
use provenance::claims::Kind;
use provenance::claims::Lean;
use provenance::claims::Options;
use provenance::claims::Value;
use provenance::claims::extract_with;
use provenance::span::DocId;
use provenance::span::Span;
use provenance::text::Text;
use rust_decimal::Decimal;

/// A claim in their words; offsets count characters.
#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    pub(crate) unit: String,
}

/// Everything that is read in the text of `case`.
pub(crate) fn mentions(case: &Case) -> Vec<Mention> {
    let reference = case.ref_date.as_ref().and_then(|date| date.get(..10)?.parse::<Date>().ok());
    let duckling = case.suite.starts_with("duckling");
    let order =
        if case.suite.ends_with("-gb") { DateOrder::DayFirst } else { DateOrder::MonthFirst };
    let options = Options {
        reference,
        lean: if duckling { Lean::Future } else { Lean::Past },
        dateline: false,
        order: Some(order),
        every_figure: true,
    };
    let text = Text::read(DocId(0), &case.text);
    let claims = extract_with(&text, &options);
    let times: Vec<Span> = claims
        .iter()
        .filter(|claim| claim.kind == Kind::Time)
        .map(|claim| claim.place.span)
        .collect();
    let found: Vec<Mention> = claims
        .iter()
        .filter(|claim| duckling || !has_hour(&case.text, claim, &times))
        .flat_map(|claim| mapped(&case.text, claim, duckling))
        .collect();
    let named = |mention: &Mention| {
        mention.unit != "unnamed"
            || !found.iter().any(|other| {
                other.unit != "unnamed"
                    && other.kind == mention.kind
                    && other.start <= mention.end
                    && mention.start <= other.end
            })
    };
    let keep: Vec<bool> = found.iter().map(named).collect();
    found.into_iter().zip(keep).filter_map(|(mention, keep)| keep.then_some(mention)).collect()
}

fn mapped(text: &str, claim: &Claim, duckling: bool) -> Vec<Mention> {
    let span = claim.place.span;
    let chars = |end: usize| text[..end].chars().count();
    let mention = |kind, (value, unit): (String, String)| Mention {
        start: chars(span.start()),
        end: chars(span.end()),
        kind,
        value,
        unit,
    };
    let printed = &text[span.range()];
    match claim.kind {
        Kind::Count if text[..span.start()].trim_end().ends_with("per cent of") => {
            vec![mention("percent", amount(claim, false))]
        }
        Kind::Count if duckling => ["number", "money", "quantity"]
            .map(|kind| mention(kind, (amount(claim, true).0, "unnamed".to_owned())))
            .into(),
        Kind::Count => vec![mention("number", amount(claim, duckling))],
        Kind::Ordinal => vec![mention("ordinal", amount(claim, duckling))],
        Kind::Percent => vec![mention("percent", amount(claim, duckling))],
        // Of "two pounds" only the text around tells whether they are a weight.
        Kind::Money if printed.contains("pound") => vec![
            mention("money", money(claim, duckling)),
            mention("quantity", (amount(claim, duckling).0, "pound".to_owned())),
        ],
        Kind::Money => vec![mention("money", money(claim, duckling))],
        Kind::Age => vec![mention("age", amount(claim, duckling))],
        Kind::Duration => vec![mention("duration", amount(claim, false))],
        // Nor of "90 degrees" whether they are an angle.
        Kind::Measure if printed.ends_with("degrees") => {
            ["temperature", "quantity"].map(|kind| mention(kind, amount(claim, duckling))).into()
        }
        Kind::Measure => vec![measure(claim, printed, duckling, &mention)],
        Kind::Date => date(text, claim, printed, duckling)
            .map(|(kind, value)| mention(kind, (value, String::new())))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// The number of an amount and its unit; Duckling writes ranges and hedges into it.
fn amount(claim: &Claim, duckling: bool) -> (String, String) {
    let Value::Amount { low, high, .. } = &claim.value else { return Default::default() };
    let unit = claim.unit_text().unwrap_or_default();
    let (low, high) = (low.normalize(), high.normalize());
    let value = match claim.hedge {
        _ if !duckling => high.to_string(),
        _ if low != high => format!("[{low},{high}]"),
        Some(Hedge::LessThan | Hedge::UpTo) => format!("<{high}"),
        Some(Hedge::MoreThan | Hedge::AtLeast) => format!(">{low}"),
        _ => high.to_string(),
    };
    (value, unit)
}

fn money(claim: &Claim, duckling: bool) -> (String, String) {
    let (value, unit) = amount(claim, duckling);
    // Duckling reads every rupee as India's.
    let unit = if duckling && unit == "rupee" { "INR".to_owned() } else { unit };
    (value, unit)
}

/// Temperatures are a kind of their own; Duckling weighs in grams.
fn measure(
    claim: &Claim,
    printed: &str,
    duckling: bool,
    mention: &dyn Fn(&'static str, (String, String)) -> Mention,
) -> Mention {
    let (value, unit) = amount(claim, duckling);
    if unit.starts_with("degree") && !printed.contains("turn") {
        return mention("temperature", (value, unit));
    }
    let grams = match unit.as_str() {
        "kilogram" => Some(Decimal::from(1000)),
        "milligram" => Some(Decimal::new(1, 3)),
        _ => None,
    };
    if let (true, Some(factor), Ok(number)) = (duckling, grams, value.parse::<Decimal>()) {
        return mention("quantity", ((number * factor).normalize().to_string(), "gram".to_owned()));
    }
    let feet = printed.contains("ft") || printed.contains("feet") || printed.contains("foot");
    if !duckling
        && unit == "inch"
        && feet
        && let Ok(number) = value.parse::<Decimal>()
    {
        return mention("quantity", ((number / Decimal::from(12)).to_string(), "foot".to_owned()));
    }
    mention("quantity", (value, unit))
}

/// Recognizers-Text calls a day with its hour a moment, and names the two together.
fn has_hour(text: &str, claim: &Claim, times: &[Span]) -> bool {
    if !matches!(claim.kind, Kind::Date | Kind::Duration) {
        return false;
    }
    if let Some((first, end)) = claim.days()
        && first.tomorrow().ok() != Some(end)
    {
        return false;
    }
    let span = claim.place.span;
    let near = |gap: &str| gap.split_whitespace().count() <= 3 && !gap.contains(['.', '?']);
    let parts = ["morning", "mornings", "afternoon", "afternoons", "evening", "night", "oclock"];
    let next = text[span.end()..].split_whitespace().next().unwrap_or_default();
    let tonight = text[span.range()].contains("tonight");
    let part = claim.kind == Kind::Date && parts.iter().any(|part| next.starts_with(part));
    part || (tonight && claim.kind == Kind::Date)
        || times.iter().any(|time| {
            (time.start() >= span.end() && near(&text[span.end()..time.start()]))
                || (span.start() >= time.end() && near(&text[time.end()..span.start()]))
        })
}

/// A day, or a range of days as `first/end`.
fn date(
    text: &str,
    claim: &Claim,
    printed: &str,
    duckling: bool,
) -> Option<(&'static str, String)> {
    let (first, end) = claim.days()?;
    let granularity = match (&claim.value, claim.meant) {
        (Value::Days { granularity, .. }, _) => *granularity,
        (_, meant) => meant?.granularity,
    };
    let span = claim.place.span;
    if let Some(open) = open_ended(text, span.start(), span.end(), first, end) {
        return Some(("daterange", open));
    }
    if first.tomorrow().ok() == Some(end) {
        return Some(("date", first.to_string()));
    }
    let words: Vec<String> = printed.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let season = |word: &String| matches!(word.as_str(), "spring" | "summer" | "autumn" | "winter");
    if !duckling && words.iter().any(season) {
        return Some(("daterange", "not resolved".to_owned()));
    }
    // Recognizers-Text ends a range where its last day, month or year begins.
    let joints = ["to", "through", "till", "until", "-", "–", "thru"];
    let ranged = words.first().is_some_and(|word| word == "from" || word == "between")
        || words.iter().any(|word| joints.contains(&word.as_str()))
        || printed.contains('~')
        || printed.contains('–')
        || printed.split('-').count() == 2
            && !printed.chars().all(|c| c.is_ascii_digit() || c == '-');
    let end = if ranged && !duckling { range_end(end, granularity) } else { end };
    Some(("daterange", format!("{first}/{end}")))
}

fn range_end(end: Date, granularity: Granularity) -> Date {
    match granularity {
        Granularity::Day => end.saturating_sub(1.day()),
        Granularity::Month => end.saturating_sub(1.month()),
        Granularity::Year => end.saturating_sub(1.year()),
        Granularity::Decade => end,
    }
}

/// `since 2010`, `before May`: the preposition makes a day or a year a range without an end.
fn open_ended(text: &str, start: usize, to: usize, first: Date, end: Date) -> Option<String> {
    let before = text[..start].trim_end().to_lowercase();
    let before = before.strip_suffix(" the").unwrap_or(&before).trim_end();
    let after = text[to..].trim_start().to_lowercase();
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if after.starts_with("or later")
        || after == "and after"
        || after.starts_with("and greater")
        || ends(&["since", "starting", "starting on", "starting from"])
    {
        return Some(format!("{first}/.."));
    }
    if ends(&["before", "no later than", "until", "till", "by", "prior to"]) {
        return Some(format!("../{first}"));
    }
    if ends(&["after", "later than"]) {
        let day = first.tomorrow().ok() == Some(end);
        return Some(format!("{}/..", if day { first } else { end }));
    }
    ends(&["as late as"]).then(|| format!("../{end}"))
}

/// Their name of a currency as a code; a bare dollar is the one of the United States.
pub(crate) fn currency(name: &str) -> String {
    let lower = name.to_lowercase();
    let code = match lower.as_str() {
        "dollar" | "united states dollar" | "us dollar" => "USD",
        "euro" => "EUR",
        "pound" | "british pound" | "pound sterling" => "GBP",
        "yen" | "japanese yen" => "JPY",
        "yuan" | "chinese yuan" => "CNY",
        _ => return lower.to_uppercase(),
    };
    code.to_owned()
}

/// Their name of a unit in one spelling.
pub(crate) fn unit(name: &str) -> String {
    let lower = name.to_lowercase().replace("metre", "meter").replace("litre", "liter");
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    match singular {
        "c" | "degree celsiu" | "celsiu" => "celsius".to_owned(),
        "f" | "degree fahrenheit" => "fahrenheit".to_owned(),
        "m" => "meter".to_owned(),
        "metric ton" | "tonne" => "tonne".to_owned(),
        other => other.to_owned(),
    }
}

/// The length of a duration in seconds: `PT1H30M`, or a number of a unit.
pub(crate) fn seconds(value: &str, unit: &str) -> Option<f64> {
    if value.starts_with('P') {
        return iso_seconds(value);
    }
    let number: f64 = value.parse().ok()?;
    let of = match unit.to_lowercase().as_str() {
        "" | "second" => 1,
        name if name.starts_with('p') => 1,
        "minute" => 60,
        "hour" => 3600,
        "day" => 86_400,
        "week" => 604_800,
        "weekend" => 172_800,
        "fortnight" => 1_209_600,
        "month" => 2_592_000,
        "quarter" => 7_776_000,
        "year" => 31_536_000,
        "decade" => 315_360_000,
        _ => return None,
    };
    Some(number * f64::from(of))
}

fn iso_seconds(value: &str) -> Option<f64> {
    let mut sum = 0.0;
    let mut number = String::new();
    let mut time = false;
    for c in value.chars().skip(1) {
        let of = match c {
            'T' => {
                time = true;
                continue;
            }
            'Y' => 31_536_000,
            'M' if !time => 2_592_000,
            'W' => 604_800,
            'D' => 86_400,
            'H' => 3600,
            'M' => 60,
            'S' => 1,
            _ => {
                number.push(c);
                continue;
            }
        };
        sum += number.parse::<f64>().ok()? * f64::from(of);
        number.clear();
    }
    Some(sum)
}

/// A range of days as `first/end`; Duckling names the first day and a unit.
pub(crate) fn days(value: &str) -> String {
    let value = value.split('|').next().unwrap_or(value);
    let Some((first, grain)) = value.split_once('/') else { return value.to_owned() };
    let Ok(date) = first.parse::<Date>() else { return value.to_owned() };
    let span = match grain {
        "Week" => 1.week(),
        "Month" => 1.month(),
        "Quarter" => 3.months(),
        "Year" => 1.year(),
        _ => return value.to_owned(),
    };
    date.checked_add(span).map_or(value.to_owned(), |end| format!("{first}/{end}"))
}
