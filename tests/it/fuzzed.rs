//! What the fuzz targets were given or found: every input in `fuzz/corpus/` still holds.
#![expect(clippy::disallowed_methods, reason = "reads the inputs")]

#[path = "../../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;

#[test]
fn every_kept_input_holds() {
    type Check = fn(&[u8]);
    let targets: [(&str, Check); 7] = [
        ("record", checks::record),
        ("fold", checks::fold),
        ("segment", checks::segment),
        ("figures", checks::figures),
        ("quotations", checks::quotations),
        ("signature", checks::signature),
        ("index", checks::index),
    ];
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let folders = fs::read_dir(&corpus).unwrap().count();
    assert_eq!(folders, targets.len(), "every target has its inputs, and the others none");
    for (name, check) in targets {
        let inputs = fs::read_dir(corpus.join(name)).unwrap();
        let paths: Vec<_> = inputs.map(|input| input.unwrap().path()).collect();
        assert!(!paths.is_empty(), "{name}");
        for path in paths {
            check(&fs::read(path).unwrap());
        }
    }
}
