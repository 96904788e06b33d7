//! Facts: what a record states, as keys and values that can be compared one by one.
//!
//! In:  a [`Record`].
//! Out: pairs of key and value, in the order of the keys.
//! Not here: the canonical spelling they are read from (`canonical`).

use crate::corpus::canonical::canonical;
use crate::corpus::comments::Comments;
use crate::corpus::record::Record;
use toml::Table;
use toml::Value;

/// Keys that say which bytes and which place the record is about, and what became of
/// them: they are shown for what they are, not as metadata.
const IDENTITY: [&str; 5] = ["schema", "path", "hash", "history", "retired"];

/// What `record` states of its document beside its identity, such as
/// `("capture.method", "http")`. A list is one fact for each of its members, in order.
pub fn facts(record: &Record) -> Vec<(String, String)> {
    let text = canonical(record, &Comments::default());
    let mut table: Table = toml::from_str(&text).unwrap_or_default();
    table.retain(|key, _| IDENTITY.iter().all(|known| key != *known));
    let mut facts = Vec::new();
    // A record is under 1 MiB and its parser limits how deep tables lie.
    flatten(&Value::Table(table), String::new(), &mut facts);
    facts
}

fn flatten(value: &Value, key: String, facts: &mut Vec<(String, String)>) {
    match value {
        Value::Table(table) => {
            for (name, value) in table {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                flatten(value, key, facts);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| flatten(value, key.clone(), facts)),
        Value::String(text) => facts.push((key, text.clone())),
        Value::Integer(number) => facts.push((key, number.to_string())),
        Value::Float(number) => facts.push((key, number.to_string())),
        Value::Boolean(truth) => facts.push((key, truth.to_string())),
        Value::Datetime(when) => facts.push((key, when.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_told_fact_by_fact() {
        let source = format!(
            "schema = 1\nid = \"a\"\npath = \"corpus/a\"\nkind = \"wire\"\nauthor = [\"Ruiz\", \
             \"Ito\"]\npublished = 2025-03-04\n[hash]\nsha256 = \"{}\"\nbytes = 1\n[capture]\n\
             method = \"http\"\n[extra.desk]\nshift = 2\n",
            "0".repeat(64)
        );
        let record: Record = toml::from_str(&source).unwrap();

        let told: Vec<String> =
            facts(&record).into_iter().map(|(key, value)| format!("{key}={value}")).collect();

        assert_eq!(
            told.join(" "),
            "author=Ruiz author=Ito capture.method=http extra.desk.shift=2 id=a kind=wire \
             published=2025-03-04"
        );
    }
}
