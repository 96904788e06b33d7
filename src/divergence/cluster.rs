//! Clusters: things that belong together because they are linked, directly or not.
//!
//! In:  pairs of indices, or pairs of passages.
//! Out: groups of indices, or [`Group`]s of passages.
//! Not here: what a group of passages means (`divergence::passage`).

use crate::divergence::shared::Shared;
use crate::span::DocId;
use std::collections::BTreeMap;
use std::ops::Range;

/// Sets of indices that are joined one link at a time.
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    /// The least member of the set of `member`; shortens the way to it for the next caller.
    fn root(&mut self, mut member: usize) -> usize {
        while self.parents[member] != member {
            self.parents[member] = self.parents[self.parents[member]];
            member = self.parents[member];
        }
        member
    }

    /// Joins two sets; says whether they were two.
    fn join(&mut self, left: usize, right: usize) -> bool {
        let (left, right) = (self.root(left), self.root(right));
        self.parents[left.max(right)] = left.min(right);
        left != right
    }
}

/// The connected groups of `0..count` under `links`, each sorted, ordered by their
/// smallest member; singletons are left out.
pub(crate) fn clusters(count: usize, links: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut sets = Sets::new(count);
    for (left, right) in links {
        sets.join(*left, *right);
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); count];
    for member in 0..count {
        groups[sets.root(member)].push(member);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Passages that share wording, over all documents that carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Which of the alignments belong to it, in order.
    pub(crate) members: Vec<usize>,
    /// Its passages in each document, as tokens, in order and apart.
    pub(crate) passages: BTreeMap<DocId, Vec<Range<u32>>>,
}

/// One passage of one alignment, or of several that were joined.
#[derive(Clone, Debug)]
struct Side {
    doc: DocId,
    tokens: Range<u32>,
    /// One of the alignments that it comes from.
    member: usize,
}

/// Groups alignments whose passages meet in a document.
///
/// Two passages of one document meet when they have half of the shorter one in
/// common. What is left of overlaps between groups is given to the first of them,
/// so that no word of a document is in two groups. The order of `shared` and of the
/// documents decides nothing but the order of the groups.
pub(crate) fn grouped(shared: &[Shared]) -> Vec<Group> {
    let mut sets = Sets::new(shared.len());
    let mut sides: Vec<Side> = shared
        .iter()
        .enumerate()
        .flat_map(|(member, found)| {
            let side =
                move |side| Side { doc: found.docs[side], tokens: found.range(side), member };
            [side(0), side(1)]
        })
        .collect();
    // Joined passages are longer and may meet others.
    while {
        sides.sort_by_key(|side| (side.doc, side.tokens.start, side.tokens.end));
        let (joined, before) = (join_meeting(&sides, &mut sets), sides.len());
        sides = merged(sides, &mut sets);
        joined || sides.len() < before
    } {}
    set_apart(&mut sides);
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for member in 0..shared.len() {
        let group = groups
            .entry(sets.root(member))
            .or_insert_with(|| Group { members: Vec::new(), passages: BTreeMap::new() });
        group.members.push(member);
    }
    for side in sides {
        let group = groups.get_mut(&sets.root(side.member)).expect("every side has a member");
        group.passages.entry(side.doc).or_default().push(side.tokens);
    }
    groups.into_values().collect()
}

/// Joins the sets of sides that meet; says whether any two became one. One pass over
/// the sides in order: those that end before the next begins are looked at no more.
fn join_meeting(sides: &[Side], sets: &mut Sets) -> bool {
    let mut joined = false;
    let mut open: Vec<Side> = Vec::new();
    for side in sides {
        open.retain(|known| known.doc == side.doc && known.tokens.end > side.tokens.start);
        let mut cover = side.clone();
        open.retain(|known| {
            let meets = meet(&known.tokens, &side.tokens);
            if meets {
                joined |= sets.join(known.member, side.member);
                cover.tokens = cover.tokens.start.min(known.tokens.start)
                    ..cover.tokens.end.max(known.tokens.end);
            }
            !meets
        });
        open.push(cover);
    }
    joined
}

/// Whether two passages have half of the shorter one in common.
fn meet(left: &Range<u32>, right: &Range<u32>) -> bool {
    let common = left.end.min(right.end).saturating_sub(left.start.max(right.start));
    common > 0 && 2 * common as usize >= left.len().min(right.len())
}

/// Sides of one set that overlap or touch, as one.
fn merged(sides: Vec<Side>, sets: &mut Sets) -> Vec<Side> {
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    let mut merged: Vec<Side> = Vec::new();
    for side in sides {
        let set = sets.root(side.member);
        if let Some(known) = last.get(&set).map(|index| &mut merged[*index])
            && known.doc == side.doc
            && side.tokens.start <= known.tokens.end
        {
            known.tokens.end = known.tokens.end.max(side.tokens.end);
            continue;
        }
        last.insert(set, merged.len());
        merged.push(side);
    }
    merged
}

/// Takes from each side what the sides before it in the same document have. What
/// meets was joined before, so more than half of every side stays.
fn set_apart(sides: &mut [Side]) {
    let mut end: Option<(DocId, u32)> = None;
    for side in sides {
        if let Some((doc, end)) = end
            && doc == side.doc
        {
            side.tokens.start = side.tokens.start.max(end);
        }
        end = Some((side.doc, side.tokens.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::shared::Word;
    use proptest::prelude::*;

    /// An alignment of `words` words from these tokens on.
    fn aligned(docs: [u32; 2], starts: [u32; 2], words: u32) -> Shared {
        let word = |n| Word { tokens: starts.map(|start| start + n), quoted: false, plain: true };
        Shared { docs: docs.map(DocId), words: (0..words).map(word).collect() }
    }

    fn documents(group: &Group) -> Vec<u32> {
        group.passages.keys().map(|doc| doc.0).collect()
    }

    #[test]
    fn links_join_groups_directly_and_through_others() {
        assert_eq!(clusters(6, &[(4, 1), (5, 4), (2, 0)]), [vec![0, 2], vec![1, 4, 5]]);
        assert!(clusters(3, &[]).is_empty());
    }

    #[test]
    fn a_passage_in_six_documents_is_one_group() {
        let pairs = (0..6).flat_map(|left| (left + 1..6).map(move |right| [left, right]));
        let shared: Vec<Shared> = pairs.map(|docs| aligned(docs, [100, 100], 20)).collect();

        let groups = grouped(&shared);

        assert_eq!(groups.len(), 1);
        assert_eq!(documents(&groups[0]), [0, 1, 2, 3, 4, 5]);
        assert_eq!(groups[0].members.len(), 15);
    }

    #[test]
    fn passages_that_hardly_overlap_are_two_groups_and_are_set_apart() {
        let shared = [aligned([0, 1], [0, 0], 20), aligned([0, 2], [17, 0], 20)];

        let groups = grouped(&shared);

        assert_eq!(groups.len(), 2);
        let ends = |group: usize| {
            let tokens = &groups[group].passages[&DocId(0)][0];
            (tokens.start, tokens.end)
        };
        assert_eq!((ends(0), ends(1)), ((0, 20), (20, 37)));
    }

    #[test]
    fn a_part_belongs_to_the_whole() {
        let shared = [aligned([0, 1], [0, 0], 100), aligned([0, 2], [40, 0], 20)];

        assert_eq!(grouped(&shared).len(), 1);
    }

    proptest! {
        #[test]
        fn groups_are_apart_and_forget_the_order(
            found in prop::collection::vec((0..4_u32, 0..4_u32, 0..60_u32, 0..60_u32, 1..30_u32), 0..20),
        ) {
            let shared: Vec<Shared> = found
                .iter()
                .filter(|found| found.0 != found.1)
                .map(|&(a, b, left, right, words)| aligned([a, b], [left, right], words))
                .collect();
            let mut backward = shared.clone();
            backward.reverse();
            let groups = grouped(&shared);
            let passages = |groups: &[Group]| {
                let mut all: Vec<_> = groups.iter().map(|group| group.passages.clone()).collect();
                all.sort_by_key(|group| format!("{group:?}"));
                all
            };
            prop_assert_eq!(passages(&groups), passages(&grouped(&backward)));
            let mut all: Vec<(DocId, Range<u32>)> = Vec::new();
            for group in &groups {
                prop_assert!(group.passages.len() > 1);
                for (doc, ranges) in &group.passages {
                    all.extend(ranges.iter().map(|range| (*doc, range.clone())));
                }
            }
            all.sort_by_key(|(doc, range)| (*doc, range.start));
            for pair in all.windows(2) {
                let apart = pair[0].0 != pair[1].0 || pair[0].1.end <= pair[1].1.start;
                prop_assert!(apart, "{pair:?}");
            }
        }
    }
}
