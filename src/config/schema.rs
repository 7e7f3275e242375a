//! The JSON schema of `hegao.toml`, from the types and the registry: editors complete and check with it.

use super::model::Config;
use crate::rules::RULES;
use crate::rules::document::Document;
use serde_json::{Value, json};

/// The schema, with every rule, group and option named.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Config).to_value();
    let level = json!({ "$ref": "#/$defs/Level" });
    let mut rules = serde_json::Map::new();
    for rule in RULES {
        let group = rule.name.split('/').next().unwrap_or_default();
        rules.entry(group).or_insert_with(|| json!({ "$ref": "#/$defs/RuleEntry" }));
        let gloss = Document::parse(rule.document).map(|d| d.gloss).unwrap_or_default();
        let mut properties = serde_json::Map::from_iter([("level".to_owned(), level.clone())]);
        for option in rule.options {
            let (low, high) = option.range;
            properties.insert(
                option.name.to_owned(),
                json!({ "type": "integer", "minimum": low, "maximum": high, "default": option.default, "description": option.meaning }),
            );
        }
        let table = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        rules.insert(rule.name.to_owned(), json!({ "description": gloss, "anyOf": [level, table] }));
    }
    let named = json!({ "type": "object", "properties": rules, "additionalProperties": false });
    for path in ["/properties/rules", "/$defs/Override/properties/rules"] {
        if let Some(place) = schema.pointer_mut(path) {
            *place = named.clone();
        }
    }
    schema["$id"] = json!("hegao.toml.schema.json");
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_names_every_rule_and_option() {
        let schema = schema();
        for rule in RULES {
            let entry = &schema["properties"]["rules"]["properties"][rule.name];
            for option in rule.options {
                assert_eq!(entry["anyOf"][1]["properties"][option.name]["default"], json!(option.default));
            }
            assert!(entry["description"].as_str().is_some_and(|d| !d.is_empty()), "{}", rule.name);
        }
        assert_eq!(schema["$defs"]["Override"]["properties"]["rules"]["additionalProperties"], json!(false));
    }
}
