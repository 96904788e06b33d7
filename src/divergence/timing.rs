//! Times: whether two facts may be of one time.
//!
//! In:  the days that two sentences name, and those on which their texts appeared.
//! Out: whether nothing says that they are of two times.
//! Not here: which days a text names (`claims`, `fact`).

use crate::divergence::Material;
use crate::span::DocId;
use jiff::civil::Date;

/// Acts of one class further apart than this are two acts, in days.
const SAME_ACT_DAYS: i32 = 14;

/// Days before a text appeared beyond which a time that it names is another one than the
/// time of which a text tells that names none.
const RECENT_DAYS: i32 = 45;

/// The days of the only time that a sentence names, and its document.
pub(super) type Time = (DocId, Option<(Date, Date)>);

/// Whether two days are near enough to be of one act.
pub(super) fn near(left: Date, right: Date) -> bool {
    left.until(right).is_ok_and(|span| span.get_days().abs() <= SAME_ACT_DAYS)
}

/// Whether nothing says that two sentences are of two times.
pub(super) fn is_one_time(material: &Material, one: Time, other: Time) -> bool {
    match (one.1, other.1) {
        (Some(left), Some(right)) => left.0 < right.1 && right.0 < left.1 || near(left.0, right.0),
        (Some(days), None) => is_recent(material, days, one.0),
        (None, Some(days)) => is_recent(material, days, other.0),
        (None, None) => true,
    }
}

/// Whether two documents appeared at about the same time, as far as that is known: an
/// office is held for a while.
pub(super) fn are_of_one_time(material: &Material, one: DocId, other: DocId) -> bool {
    match (material.day(one), material.day(other)) {
        (Some(one), Some(other)) => {
            one.until(other).is_ok_and(|span| span.get_days().abs() <= RECENT_DAYS)
        }
        (None, None) => true,
        _ => false,
    }
}

/// Whether `days` are of the time of which a text of `doc` tells: shortly before it
/// appeared, or, of a whole year, the current one.
fn is_recent(material: &Material, (first, end): (Date, Date), doc: DocId) -> bool {
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    material.day(doc).is_none_or(|published| {
        let ago = days(end, published);
        ago < 0 || (days(first, end) <= RECENT_DAYS && ago <= RECENT_DAYS)
    })
}
