//! A JSON object that is built key by key; keys come out in byte order.
//!
//! In:  keys, and values that may be absent.
//! Out: a JSON value.

use serde_json::Map;
use serde_json::Value;

/// A JSON object that is being built.
#[derive(Default)]
pub(crate) struct Object(Map<String, Value>);

impl Object {
    /// With this value.
    pub(crate) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// With this value, when there is one.
    pub(crate) fn maybe(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// With everything that `other` has.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// With these values, when there are any.
    pub(crate) fn list(self, key: &str, values: Vec<Value>) -> Self {
        if values.is_empty() { self } else { self.with(key, values) }
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}

impl From<Value> for Object {
    /// The object that `value` is, or an empty one.
    fn from(value: Value) -> Self {
        match value {
            Value::Object(map) => Self(map),
            _ => Self::default(),
        }
    }
}
