//! A sentence transformer in place of the table: settings, refusals, and the record of it.
//!
//! What needs a model runs with the feature `accurate` where `PROVENANCE_MODEL` names a
//! folder with `model.onnx` and `tokenizer.json`, and says so when it does not.

use crate::program::Said;
use crate::program::run;
use crate::program::words;
use crate::project::Project;

const WIRE: &str = "Ferry pilots of Port Ellery went on strike over pensions on Monday.\n";
const POST: &str = "In Port Ellery a walkout of those who steer the ferries began on Monday.\n";

fn project() -> Project {
    let documents = [("corpus/a.txt", WIRE.as_bytes()), ("corpus/b.txt", POST.as_bytes())];
    Project::with(&documents)
}

fn said(project: &Project, line: &str) -> Said {
    run(project.root(), &words(line))
}

#[cfg(not(feature = "accurate"))]
#[test]
fn a_build_that_cannot_run_models_says_so() {
    let project = project();
    project.write("provenance.toml", "[align]\nmodel = \"model.onnx\"\n");
    for command in ["audit", "align", "propositions"] {
        let said = said(&project, command);

        assert_eq!((said.status, said.stdout.as_str()), (3, ""), "{command}");
        assert!(said.stderr.contains("PE070") && said.stderr.contains("accurate"), "{command}");
    }
    assert_eq!(said(&project, "verify").status, 0);
}

#[cfg(feature = "accurate")]
mod with_a_model {
    use super::*;
    use serde_json::Value;
    use std::path::Path;

    fn settings(model: &Path, tokenizer: &Path) -> String {
        format!("[align]\nmodel = '{}'\ntokenizer = '{}'\n", model.display(), tokenizer.display())
    }

    #[test]
    fn a_model_that_cannot_be_used_ends_the_run() {
        let project = project();
        let model = project.path("model.onnx");
        project.write("provenance.toml", settings(&model, &project.path("tokenizer.json")));
        let refused = |code: &str| {
            let said = said(&project, "audit");
            assert_eq!(said.stdout, "", "{code}");
            assert!(said.status > 1 && said.stderr.contains(code), "{code}: {}", said.stderr);
            assert!(said.stderr.contains("help: "), "{}", said.stderr);
        };

        refused("there is no file");
        // Nothing, text, a number without an end, a field that is longer than the file.
        for bytes in [&b""[..], b"no model", &[0xff; 4_096], b"\x08\x07\x3a\x7fcut"] {
            project.write("model.onnx", bytes);
            project.write("tokenizer.json", "{}");
            refused("PE07");
        }
    }

    #[test]
    fn a_model_is_used_and_put_on_record() {
        let Some(folder) = std::env::var_os("PROVENANCE_MODEL") else {
            eprintln!("SKIPPED: PROVENANCE_MODEL names no folder with a model");
            return;
        };
        let [model, tokenizer] =
            ["model.onnx", "tokenizer.json"].map(|it| Path::new(&folder).join(it));
        let project = project();
        let plain = said(&project, "align --all");
        project.write("provenance.toml", settings(&model, &tokenizer));

        let audit = said(&project, "audit");
        assert!(audit.stdout.contains("paraphrases by the model model.onnx, sha256 "));
        let json: Value =
            serde_json::from_str(&said(&project, "audit --format json").stdout).unwrap();
        let sha256 = json["summary"]["model"]["sha256"].as_str().unwrap();
        assert!(audit.stdout.contains(sha256) && sha256.len() == 64, "{sha256}");
        assert_ne!(said(&project, "align --all").stdout, plain.stdout);

        project.write("tokenizer.json", "{\"model\": {\"vocab\": {\"a\": 2000000}}}");
        project.write("provenance.toml", settings(&model, &project.path("tokenizer.json")));
        let said = said(&project, "audit");
        assert!(said.stderr.contains("PE07"), "{}", said.stderr);
    }
}
