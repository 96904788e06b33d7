//! Sentence vectors from a sentence transformer (Reimers and Gurevych, "Sentence-BERT",
//! EMNLP 2019) in a file of the user's: the mean of the vectors of its tokens.
//!
//! In:  an ONNX file, its `tokenizer.json`, and sentences.
//! Out: vectors of length one.
//! Not here: reading files (`cli`).

use super::Vector;
use super::encoder::Identity;
use super::encoder::ModelFault;
use rten::Model;
use rten::NodeId;
use rten::RunOptions;
use rten::ThreadPool;
use rten::Value;
use rten::ValueOrView;
use rten_tensor::AsView;
use rten_tensor::Layout;
use rten_tensor::NdTensor;
use rten_text::tokenizer::EncodeOptions;
use rten_text::tokenizer::Tokenizer;
use serde_json::Value as Json;
use std::fmt::Debug;
use std::fmt::Formatter;

/// Tokens of a sentence that are read: longer ones are tables, and models of sentences were
/// trained on as many.
const TOKENS_MAX: usize = 128;

/// A sentence transformer.
pub struct Transformer {
    identity: Identity,
    model: Model,
    /// Its text: what is read from it cannot be shared by threads.
    tokenizer: String,
    /// The number of each token, where a sentence is and where it is padded, and which of
    /// two sentences it is of, for models that ask for it.
    inputs: [Option<NodeId>; 3],
}

impl Transformer {
    /// A model with its tokenizer.
    pub(super) fn read(
        identity: Identity,
        model: Vec<u8>,
        tokenizer: &str,
    ) -> Result<Self, ModelFault> {
        if !is_whole(&model) {
            return Err(ModelFault::Model("it is no ONNX file, or not a whole one".to_owned()));
        }
        let model = Model::load(model).map_err(|error| ModelFault::Model(error.to_string()))?;
        let last = last_token(tokenizer)?;
        Tokenizer::from_json(tokenizer)
            .map_err(|error| ModelFault::Tokenizer(error.to_string()))?;
        let tokenizer = tokenizer.to_owned();
        let inputs =
            ["input_ids", "attention_mask", "token_type_ids"].map(|name| model.find_node(name));
        let read = Self { identity, model, tokenizer, inputs };
        // The longest sentence, of the last token there is: what fits now always fits.
        read.direction(&[last; TOKENS_MAX], RunOptions::default())
            .map_err(ModelFault::NotOfSentences)?;
        Ok(read)
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The directions of `sentences`; unknown where the tokenizer finds nothing in one.
    pub(super) fn vectors(&self, sentences: &[&str]) -> Vec<Option<Vector>> {
        // Threads of their own: one of rayon's that waits for the model would begin with
        // further sentences meanwhile, one inside the other, until its stack is full.
        let share = sentences.len().div_ceil(rayon::current_num_threads()).max(1);
        std::thread::scope(|scope| {
            let threads: Vec<_> = sentences
                .chunks(share)
                .map(|sentences| scope.spawn(|| self.directions(sentences)))
                .collect();
            let vectors = threads.into_iter().map(|thread| thread.join().expect("no panic"));
            vectors.flatten().collect()
        })
    }

    /// The directions of `sentences`, on this thread.
    fn directions(&self, sentences: &[&str]) -> Vec<Option<Vector>> {
        let tokenizer = Tokenizer::from_json(&self.tokenizer).expect("it was read before");
        let options = EncodeOptions { max_chunk_len: Some(TOKENS_MAX), overlap: 0 };
        let alone =
            RunOptions::default().with_thread_pool(Some(ThreadPool::with_num_threads(1).into()));
        let direction = |sentence: &&str| {
            let encoded = tokenizer.encode(*sentence, Some(options.clone())).ok()?;
            let ids = encoded.into_token_ids().into_iter();
            let tokens: Vec<i32> = ids.map(i32::try_from).collect::<Result<_, _>>().ok()?;
            self.direction(&tokens, alone.clone()).ok()
        };
        sentences.iter().map(direction).collect()
    }

    /// The direction of a sentence in tokens. One at a time: among others it would be
    /// rounded as they are, and its vector would depend on them.
    fn direction(&self, tokens: &[i32], options: RunOptions) -> Result<Vector, String> {
        let row = |values: Vec<i32>| NdTensor::from_data([1, values.len()], values);
        let rows = [tokens.to_vec(), vec![1; tokens.len()], vec![0; tokens.len()]].map(row);
        let inputs = self.inputs.into_iter().zip(rows.iter());
        let inputs: Vec<(NodeId, ValueOrView)> =
            inputs.filter_map(|(id, row)| Some((id?, row.view().into()))).collect();
        let output = *self.model.output_ids().first().ok_or("it has no output")?;
        let values =
            self.model.run(inputs, &[output], Some(options)).map_err(|error| error.to_string())?;
        let value = values.into_iter().next().ok_or("it gave no output")?;
        let Value::FloatTensor(tensor) = value else {
            return Err("its output is not of numbers with a fraction".to_owned());
        };
        let [1, length, dimensions] = *tensor.shape() else {
            return Err(format!("its output has the shape {:?}", tensor.shape()));
        };
        let mut sum = vec![0.0_f32; dimensions];
        for (at, value) in tensor.iter().enumerate().take(length * dimensions) {
            sum[at % dimensions] += value;
        }
        if sum.iter().any(|value| !value.is_finite()) {
            return Err("its output is not finite".to_owned());
        }
        Ok(Vector::new(sum.into()))
    }
}

impl Debug for Transformer {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transformer").field("identity", &self.identity).finish_non_exhaustive()
    }
}

/// Whether a file is a message of Protocol Buffers whose fields end where it ends. The
/// runtime would look for ever for the end of a number in one that is damaged.
fn is_whole(mut bytes: &[u8]) -> bool {
    let mut fields = 0;
    while !bytes.is_empty() {
        let Some(tag) = number(&mut bytes) else { return false };
        let length = match tag % 8 {
            0 => number(&mut bytes).map(|_| 0),
            1 => Some(8),
            2 => number(&mut bytes),
            5 => Some(4),
            _ => None,
        };
        let rest = length
            .and_then(|length| usize::try_from(length).ok())
            .and_then(|length| bytes.get(length..));
        let Some(rest) = rest else { return false };
        bytes = rest;
        fields += 1;
    }
    fields > 0
}

/// Takes a number off the front: seven bits a byte, the lowest first, ten bytes at most.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let length = 1 + bytes.iter().take(10).position(|byte| *byte < 0x80)?;
    let (number, rest) = bytes.split_at(length);
    *bytes = rest;
    Some(number.iter().rev().fold(0, |value, byte| value << 7 | u64::from(byte & 0x7f)))
}

/// The highest number of a token.
fn last_token(tokenizer: &str) -> Result<i32, ModelFault> {
    let json: Json = serde_json::from_str(tokenizer)
        .map_err(|error| ModelFault::Tokenizer(error.to_string()))?;
    let words = json["model"]["vocab"].as_object();
    let last = words.and_then(|words| words.values().filter_map(Json::as_i64).max());
    last.and_then(|last| i32::try_from(last).ok())
        .ok_or_else(|| ModelFault::Tokenizer("it lists no words by number".to_owned()))
}
