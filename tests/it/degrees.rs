//! Degrees: how well the program's degree of certainty agrees with a reader's, on the
//! sentences of `tests/fixtures/grades.toml`.

#[path = "../../examples/evaluate/degrees.rs"]
mod scored;

use crate::pin::pin;

#[test]
fn degrees_of_certainty_follow_a_reader() {
    let (table, all) = scored::table(include_str!("../fixtures/grades.toml"));
    pin("", "degrees", "How sure is each sentence of its event?", &table);
    for (batch, r) in all {
        assert!(r >= 0.66, "batch {batch}");
    }
}
