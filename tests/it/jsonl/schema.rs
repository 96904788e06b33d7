//! A small checker of JSON Schema: exactly the keywords that our schema uses.
//!
//! A keyword that it does not know fails the test, so the schema cannot say
//! something that nobody checks. Beyond the standard, a field that the schema does
//! not list is a fault: users may add fields to what they expect, we may not.

use serde_json::Value;

/// What is wrong with `value`, as `path: fault` lines.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut checker = Checker { root: schema, faults: Vec::new() };
    checker.check(schema, value, "$");
    checker.faults
}

struct Checker<'s> {
    root: &'s Value,
    faults: Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        for (keyword, wanted) in schema.as_object().expect("a schema is an object") {
            let holds = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "examples" | "if" => true,
                "type" => types(wanted).iter().any(|name| is_of(value, name)),
                "const" => value == wanted,
                "enum" => wanted.as_array().is_some_and(|any| any.contains(value)),
                "minimum" => value.as_f64().is_none_or(|number| number >= float(wanted)),
                "maximum" => value.as_f64().is_none_or(|number| number <= float(wanted)),
                "minLength" => chars(value).is_none_or(|count| count >= size(wanted)),
                "maxLength" => chars(value).is_none_or(|count| count <= size(wanted)),
                "minItems" => value.as_array().is_none_or(|items| items.len() >= size(wanted)),
                "pattern" => value.as_str().is_none_or(|text| matches(text, wanted)),
                "required" => {
                    types(wanted).iter().all(|name| value.get(name).is_some() || !value.is_object())
                }
                "$ref" => {
                    self.check(referred(self.root, wanted), value, at);
                    true
                }
                "properties" => {
                    self.check_fields(wanted, value, at);
                    true
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(wanted, item, &format!("{at}[{index}]"));
                    }
                    true
                }
                "allOf" => {
                    for part in wanted.as_array().into_iter().flatten() {
                        self.check(part, value, at);
                    }
                    true
                }
                "then" => {
                    let applies = Checker { root: self.root, faults: Vec::new() };
                    if applies.holds(&schema["if"], value) {
                        self.check(wanted, value, at);
                    }
                    true
                }
                unknown => panic!("the checker does not know `{unknown}`"),
            };
            if !holds {
                self.faults.push(format!("{at}: {value} breaks {keyword} {wanted}"));
            }
        }
    }

    /// Whether `value` fits; fields beside those of `schema` are no fault here.
    fn holds(mut self, schema: &Value, value: &Value) -> bool {
        for (name, wanted) in schema["properties"].as_object().expect("a condition has fields") {
            self.check(wanted, &value[name], name);
        }
        self.faults.is_empty()
    }

    fn check_fields(&mut self, wanted: &Value, value: &Value, at: &str) {
        // The outermost schema names only `type`; the definitions name the rest.
        let open = wanted.as_object().is_some_and(|fields| fields.len() == 1);
        for (name, field) in value.as_object().into_iter().flatten() {
            match wanted.get(name) {
                Some(schema) => self.check(schema, field, &format!("{at}.{name}")),
                None if open => {}
                None => self.faults.push(format!("{at}.{name} is not in the schema")),
            }
        }
    }
}

/// One name or a list of names.
fn types(wanted: &Value) -> Vec<&str> {
    match wanted {
        Value::String(name) => vec![name],
        _ => wanted.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    }
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        unknown => panic!("no JSON value is of type `{unknown}`"),
    }
}

fn referred<'s>(root: &'s Value, reference: &Value) -> &'s Value {
    let pointer = reference.as_str().and_then(|text| text.strip_prefix('#'));
    root.pointer(pointer.expect("references stay inside")).expect("references lead somewhere")
}

/// The four patterns of the schema, in words.
fn matches(text: &str, pattern: &Value) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit();
    let hexadecimal = |byte: u8| digit(byte) || (b'a'..=b'f').contains(&byte);
    match pattern.as_str() {
        Some("^[0-9a-f]{64}$") => text.len() == 64 && text.bytes().all(hexadecimal),
        Some("^[0-9a-f]{32}$") => text.len() == 32 && text.bytes().all(hexadecimal),
        Some("^PV[0-9]{3}$") => {
            text.strip_prefix("PV").is_some_and(|code| code.len() == 3 && code.bytes().all(digit))
        }
        Some("^[a-z0-9]+(-[a-z0-9]+)*$") => text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| digit(byte) || byte.is_ascii_lowercase())
        }),
        unknown => panic!("the checker does not know the pattern {unknown:?}"),
    }
}

fn chars(value: &Value) -> Option<usize> {
    value.as_str().map(|text| text.chars().count())
}

fn size(wanted: &Value) -> usize {
    wanted.as_u64().and_then(|size| usize::try_from(size).ok()).expect("a size")
}

fn float(wanted: &Value) -> f64 {
    wanted.as_f64().expect("a number")
}
