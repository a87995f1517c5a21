//! The published JSON Schema, the demo feeds, the fixtures and the reader, held against each other.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "in a test a panic is the report, in its helpers too")]

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use livefeed::feed::{Document, read_feed};

const SCHEMA: &str = "www/demo/feed.schema.json";
const DEMOS: [&str; 2] = ["www/demo/feed.json", "www/demo/feed.ar.json"];
const VALID: &str = "tests/fixtures/feeds/valid";
const INVALID: &str = "tests/fixtures/feeds/invalid";

fn json(path: &Path) -> serde_json::Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn schema() -> Validator {
    // A time that is none is the commonest mistake of all, and the schema says so by its formats alone.
    jsonschema::options().should_validate_formats(true).build(&json(Path::new(SCHEMA))).unwrap()
}

fn read(path: &Path) -> Result<Document, livefeed::error::Error> {
    read_feed(&json(path).to_string())
}

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{folder} is empty");
    paths
}

#[test]
fn the_schema_is_a_json_schema_itself() {
    jsonschema::meta::validate(&json(Path::new(SCHEMA))).unwrap();
}

#[test]
fn what_is_valid_is_read_without_a_warning() {
    let schema = schema();
    for path in fixtures(VALID).into_iter().chain(DEMOS.map(PathBuf::from)) {
        if let Err(error) = schema.validate(&json(&path)) {
            panic!("{} should be valid: {} at {}", path.display(), error, error.instance_path());
        }
        let document = read(&path).unwrap();
        assert_eq!(document.warnings, [], "{}", path.display());
        let items = json(&path)["items"].as_array().unwrap().len();
        assert_eq!(document.entries.len(), items, "every entry of {} is read", path.display());
    }
}

#[test]
fn what_is_invalid_is_named_by_the_reader_too() {
    let schema = schema();
    for path in fixtures(INVALID) {
        assert!(!schema.is_valid(&json(&path)), "{} should be invalid", path.display());
        if let Ok(document) = read(&path) {
            assert_ne!(document.warnings, [], "{} should be warned about", path.display());
        }
    }
}
