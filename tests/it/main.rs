//! Integration tests.

mod accurate;
mod archive;
mod attest;
mod base;
mod cli;
mod contrasts;
mod corpus;
mod crash;
mod degrees;
mod diff;
mod drivers;
mod errors;
mod events;
mod exchange;
mod formats;
mod framed;
mod fuzzed;
mod index;
mod input;
mod jsonl;
mod keys;
#[path = "../../benches/reuse/language.rs"]
mod language;
mod layers;
mod lexicon;
mod mutations;
#[path = "../../benches/reuse/newsroom.rs"]
mod newsroom;
mod output;
mod pictures;
mod pin;
mod policy;
mod program;
mod project;
mod properties;
mod quality;
mod quotations;
mod readme;
mod records;
mod report;
mod reuse;
mod rules;
mod scale;
#[path = "../../benches/reuse/score.rs"]
mod score;
mod seal;
mod speech;
mod tampering;
mod threats;
