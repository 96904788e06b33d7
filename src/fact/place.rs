//! Places: where an act happens, and which place lies in which.
//!
//! In:  a [`Sentence`] and the token that tells of an act.
//! Out: the name of the place after it.
//! Not here: countries that act (`entity`).

use super::Entity;
use super::Sentence;
use super::lexicon::lexicon;

/// How far after an act its place may stand, in tokens.
const REACH: usize = 6;

/// The place after the act at `token`: `signed in Astana`, `ceremony at the White House`.
pub(super) fn after<'s>(sentence: &'s Sentence, token: usize) -> Option<&'s Entity> {
    let near = |entity: &&Entity| {
        entity.tokens.start > token
            && entity.tokens.start <= token + REACH
            && entity.place.is_some()
    };
    let place = sentence.entities.iter().find(near)?;
    let the = usize::from(sentence.word(place.tokens.start - 1).eq_ignore_ascii_case("the"));
    let before = place.tokens.start.checked_sub(1 + the)?;
    let apart = sentence.gap(token, place.tokens.start).contains(['.', ';', ':', '—']);
    let preposition = sentence.word(before).to_lowercase();
    (matches!(preposition.as_str(), "in" | "at") && !apart).then_some(place)
}

/// Whether one of two places lies in the other, or they are the same.
pub(crate) fn is_within(left: &str, right: &str) -> bool {
    let inside = |inner: &str, outer: &str| {
        let mut at = Some(inner);
        while let Some(place) = at {
            if place == outer {
                return true;
            }
            at = lexicon().within.get(place).map(String::as_str);
        }
        false
    };
    inside(left, right) || inside(right, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_lies_in_its_town() {
        assert!(is_within("Oval Office", "Washington"));
        assert!(is_within("Astana", "Astana"));
        assert!(!is_within("Astana", "Washington"));
    }
}
