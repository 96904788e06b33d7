//! Clusters: things that belong together because they are linked, directly or not.
//!
//! In:  pairs of indices.
//! Out: groups of indices, each sorted, ordered by their smallest member.

/// The connected groups of `0..count` under `links`; singletons are left out.
pub(crate) fn clusters(count: usize, links: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut parents: Vec<usize> = (0..count).collect();
    for (left, right) in links {
        let (left, right) = (root(&mut parents, *left), root(&mut parents, *right));
        let (low, high) = (left.min(right), left.max(right));
        parents[high] = low;
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); count];
    for member in 0..count {
        groups[root(&mut parents, member)].push(member);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// The representative of a member; shortens the way to it for the next caller.
fn root(parents: &mut [usize], mut member: usize) -> usize {
    while parents[member] != member {
        parents[member] = parents[parents[member]];
        member = parents[member];
    }
    member
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_join_groups_directly_and_through_others() {
        assert_eq!(clusters(6, &[(4, 1), (5, 4), (2, 0)]), [vec![0, 2], vec![1, 4, 5]]);
        assert!(clusters(3, &[]).is_empty());
    }
}
