//! Integration tests.

mod attest;
mod base;
mod cli;
mod corpus;
mod crash;
mod errors;
mod exchange;
mod fuzzed;
mod index;
mod input;
mod jsonl;
mod keys;
mod layers;
mod output;
mod pin;
mod policy;
mod program;
mod project;
mod properties;
mod readme;
mod records;
mod reuse;
mod rules;
mod seal;
mod tampering;
mod threats;
