//! Checks JSON against docs/riffls.schema.json. A full JSON Schema validator needs seventy crates; this one supports
//! the keywords of that file, and refuses others.

use serde_json::Value;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../docs/riffls.schema.json")).expect("the schema is JSON")
});

/// Asserts that the output is valid.
#[track_caller]
pub fn check(output: &Value) {
    let violations = violations(output, &SCHEMA, "");
    assert!(violations.is_empty(), "{violations:#?}\n{output}");
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "array" => value.is_array(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        _ => panic!("unknown type: {name}"),
    }
}

/// Whether a number is within a limit; true if there is no number.
fn compare(one: Option<f64>, limit: &Value, is_least: bool) -> bool {
    let limit = limit.as_f64().expect("limits are numbers");
    one.is_none_or(|one| if is_least { one >= limit } else { one <= limit })
}

fn length(value: &Value) -> Option<f64> {
    value.as_str().map(|text| text.chars().count() as f64)
}

fn count(value: &Value) -> Option<f64> {
    value.as_array().map(|items| items.len() as f64)
}

/// The schema at a `$ref`.
fn referred(reference: &Value) -> &'static Value {
    let pointer =
        reference.as_str().and_then(|text| text.strip_prefix('#')).expect("a reference in this file");
    SCHEMA.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"))
}

/// Returns the violations of a schema, with the place of each.
fn violations(value: &Value, schema: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (keyword, wanted) in schema.as_object().expect("a schema is an object") {
        let is_good = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                found.extend(violations(value, referred(wanted), place));
                true
            }
            "type" => match wanted {
                Value::Array(names) => names.iter().any(|name| is_of_type(value, name.as_str().unwrap())),
                name => is_of_type(value, name.as_str().unwrap()),
            },
            "const" => value == wanted,
            "oneOf" => {
                let schemas = wanted.as_array().unwrap().iter();
                let each: Vec<_> = schemas.map(|schema| violations(value, schema, place)).collect();
                found.extend(each.iter().min_by_key(|violations| violations.len()).unwrap().iter().cloned());
                each.iter().filter(|violations| violations.is_empty()).count() <= 1
            }
            "minimum" => compare(value.as_f64(), wanted, true),
            "maximum" => compare(value.as_f64(), wanted, false),
            "minLength" => compare(length(value), wanted, true),
            "maxLength" => compare(length(value), wanted, false),
            "minItems" => compare(count(value), wanted, true),
            "maxItems" => compare(count(value), wanted, false),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(violations(item, wanted, &format!("{place}/{index}")));
                }
                true
            }
            "required" => {
                let is_there = |name: &Value| value.get(name.as_str().unwrap()).is_some();
                wanted.as_array().unwrap().iter().all(is_there)
            }
            "properties" | "additionalProperties" => true,
            _ => panic!("unknown keyword: {keyword}"),
        };
        if !is_good {
            found.push(format!("{place}: {keyword} {wanted}"));
        }
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        let wanted = schema.pointer(&format!("/properties/{name}")).or(schema.get("additionalProperties"));
        match wanted {
            None | Some(Value::Bool(true)) => {}
            Some(Value::Bool(false)) => found.push(format!("{place}: no member {name} is known")),
            Some(schema) => found.extend(violations(member, schema, &format!("{place}/{name}"))),
        }
    }
    found
}

/// The validator finds each of these violations.
#[test]
fn invalid_json_is_refused() {
    let good =
        r#"[{"path": "a", "chunks": [{"id": "RIFF", "offset": 0, "size": 4}], "size": 12, "faults": []}]"#;
    let changes = [
        ("\"path\"", "\"name\""),
        ("\"RIFF\"", "\"RIF\""),
        ("\"offset\": 0", "\"offset\": -1"),
        ("\"size\": 4}", "\"size\": 4294967296}"),
        ("\"size\": 4}", "\"size\": 4, \"streamed\": false}"),
        ("\"size\": 12", "\"size\": \"12\""),
        ("\"size\": 4}", "\"size\": 4, \"faults\": []}"),
        ("\"size\": 4}", "\"size\": 4, \"reading\": {\"rate\": null}}"),
        ("[{\"path", "[{\"path\": \"b\"}, {\"path"),
    ];
    let of = |text: &str| violations(&serde_json::from_str(text).unwrap(), &SCHEMA, "");
    assert_eq!(of(good), [""; 0]);
    for (from, to) in changes {
        assert!(good.contains(from));
        assert!(!of(&good.replacen(from, to, 1)).is_empty(), "{to}");
    }
}
