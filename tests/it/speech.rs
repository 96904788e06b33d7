//! Speech: of how many quotations in `tests/fixtures/speech.toml` the kind, the speaker and
//! the cue are told right.

#[path = "../../examples/evaluate/speech.rs"]
mod scored;

use crate::pin::pin;

#[test]
fn the_speaker_and_the_cue_of_quotations_are_told() {
    let (table, scores) = scored::table(include_str!("../fixtures/speech.toml"));
    pin("", "speech", "Who says which quotation, and by which words?", &table);
    for (batch, [both, speech]) in scores {
        assert!(both * 100 >= speech * 88, "batch {batch}: cue and speaker");
    }
}
