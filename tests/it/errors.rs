//! Every error code of the source is in `docs/errors.md`, and no other.

use std::collections::BTreeSet;

/// The codes that stand in `text` as `PE` and three digits after `before`.
fn codes(text: &str, before: &str) -> BTreeSet<String> {
    let mark = format!("{before}PE");
    let starts = text.match_indices(&mark).map(|(at, _)| at + before.len());
    starts.filter_map(|at| text.get(at..at + 5)).map(str::to_owned).collect()
}

#[test]
fn the_page_lists_every_code_and_no_other() {
    let source = [
        include_str!("../../src/corpus/error.rs"),
        include_str!("../../src/corpus/input/fault.rs"),
        include_str!("../../src/corpus/obstacle.rs"),
        include_str!("../../src/corpus/refusal.rs"),
        include_str!("../../src/cli/error.rs"),
        include_str!("../../src/index/error.rs"),
    ];
    let page = codes(include_str!("../../docs/errors.md"), "| ");

    assert_eq!(page, codes(&source.concat(), "\""));
    assert!(page.len() > 20, "{page:?}");
}
