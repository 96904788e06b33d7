"""Exports two corpora in every form and asks the validator of each form.

One is the demonstration corpus; the other has names and metadata that break careless
writers. Ends with an error at the first export that is not accepted.
"""

import filecmp
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import zipfile

import jsonschema
from prov.model import ProvDocument
from pyld import jsonld

PROVENANCE, TOOLS, SCRATCH = (pathlib.Path(word).absolute() for word in sys.argv[1:4])
ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["bagit", "ro-crate", "ninjs", "frictionless"]
FILES = ["prov-json", "jsonld", "csl-json"]
CONTEXT = "https://w3id.org/ro/crate/1.1/context"


def run(*words, accept=(0,), **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    if done.returncode not in accept:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done


HARMLESS = ["plain.txt", "with space.txt", "#hash&amp.txt", "Қазақ/é.txt", "deep/er/~tilde.txt",
            "it's [one].txt", "a,b;c=d.txt"]
# bagit.py 1.9 does not decode %25, which RFC 8493 asks for, and is not asked here.
PERCENT = ["plain.txt", "with space.txt", "100%.txt", "a%0Ab.txt"]


def hostile(label, names):
    """A corpus whose names and metadata use everything that they may."""
    root = SCRATCH / label
    root.mkdir()
    run(PROVENANCE, "init", "-C", root)
    words = [
        'quotes " \' ` and \\ back\\slashes',
        "lines\nand\ttabs, a colon: and # marks",
        "</script><b>& ]]> {{x}} ${y} %s %0A",
        "bidi \u202e and zero\u200bwidth, \U0001f600, e\u0301, \u2028",
        "=cmd|' /C calc'!A0",
        "_:b0 pv:x @id $ref",
        "x" * 20_000,
    ]
    for index, (name, word) in enumerate(zip(names, words)):
        path = root / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Text {index}.\n", encoding="utf-8")
        run(PROVENANCE, "-C", root, "add", f"corpus/{name}", "--title", word, "--outlet", word,
            "--author", word, "--author", "Jane Doe", "--licence", word, "--by", word,
            "--url", "https://example.org/a b\"<é>%zz#x#y".replace(" ", "%20"),
            "--published", "2025-11-07" if index % 2 else "2025-11-07T18:00:00+05:00",
            "--retrieved", "2025-11-08T09:30:00Z", "--id", f"doc/{index}",
            "--claims-from", f"doc/{(index + 1) % len(names)}", "--language", "kk-Cyrl")
    (root / "corpus/plain.txt").write_text("Another text.\n")
    run(PROVENANCE, "-C", root, "add", "corpus/plain.txt", "--replace", "recapture")
    run(PROVENANCE, "-C", root, "retire", "corpus/with space.txt", "--reason", words[0])
    (root / "corpus/with space.txt").unlink()
    return root


def export(root, out):
    out.mkdir()
    for form in FOLDERS:
        run(PROVENANCE, "-C", root, "export", form, "--output", out / form)
    for form in FILES:
        run(PROVENANCE, "-C", root, "export", form, "--output", out / f"{form}.json")
        told = run(PROVENANCE, "-C", root, "export", form).stdout
        assert told == (out / f"{form}.json").read_text(encoding="utf-8"), form
    return out


def same(left, right):
    """Whether two folders hold the same bytes under the same names."""
    def files(folder):
        return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    names = files(left)
    assert names == files(right), (left, right)
    _, differing, unread = filecmp.cmpfiles(left, right, names, shallow=False)
    assert not differing and not unread, (differing, unread)


def check_bagit(root, bag):
    if root.name != "percent":
        run(TOOLS / "bin/bagit.py", "--validate", bag)
    run(PROVENANCE, "import", "bagit", "--check", bag)
    back = SCRATCH / f"back-{root.name}"
    back.mkdir()
    run(PROVENANCE, "init", "-C", back)
    run(PROVENANCE, "-C", back, "import", "bagit", bag)
    run(PROVENANCE, "-C", back, "verify")
    for item in root.joinpath("manifests").rglob("*.toml"):
        other = back / item.relative_to(root)
        assert item.read_bytes() == other.read_bytes(), item
    again = SCRATCH / f"again-{root.name}"
    run(PROVENANCE, "-C", back, "export", "bagit", "--output", again)
    same(bag, again)


def check_ro_crate(crate):
    """Offline: the one context that it names is put into the validator's cache."""
    from requests.adapters import HTTPAdapter
    from requests.models import Response
    from requests_cache import CachedSession

    wheel = next((TOOLS / "rocrate").glob("*.whl"))
    context = zipfile.ZipFile(wheel).read("rocrate/data/ro-crate.jsonld")
    assert json.loads(context)["@id"] == CONTEXT

    class Local(HTTPAdapter):
        def send(self, request, **_):
            from urllib3 import HTTPResponse
            import io
            raw = HTTPResponse(body=io.BytesIO(context), status=200, preload_content=False,
                               headers={"Content-Type": "application/ld+json"})
            return self.build_response(request, raw)

    cache = SCRATCH / "http-cache"
    session = CachedSession(str(cache), expire_after=-1)
    session.mount("https://", Local())
    session.get(CONTEXT)
    session.close()
    run(TOOLS / "bin/rocrate-validator", "-y", "--disable-color", "validate", "--offline",
        "--cache-path", cache, "--profile-identifier", "ro-crate-1.1", "--no-paging",
        "--requirement-severity", "required", "--verbose", crate)


def check_prov(path):
    document = ProvDocument.deserialize(str(path), format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again and document.get_records(), path
    document.get_provn()


def check_ninjs(folder):
    schema = os.environ.get("NINJS_SCHEMA")
    if not schema:
        print("   ninjs: no schema at hand (NINJS_SCHEMA), not validated")
        return
    files = sorted(str(path) for path in folder.rglob("*.json"))
    # The schema refers to that of GeoJSON, for places, which no record has.
    code = """
      const [schema, ...files] = process.argv.slice(1);
      const fs = require('fs');
      const Ajv = require('ajv/dist/2020');
      const ajv = new Ajv({ strict: false, allErrors: true });
      require('ajv-formats')(ajv);
      ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json' });
      const check = ajv.compile(JSON.parse(fs.readFileSync(schema)));
      for (const file of files) {
        if (!check(JSON.parse(fs.readFileSync(file)))) {
          console.error(file, check.errors);
          process.exit(1);
        }
      }
    """
    run("node", "-e", code, os.path.abspath(schema), *files, cwd=TOOLS)


def check_jsonld(path):
    def refuse(url, _):
        raise RuntimeError(f"asked the network for {url}")
    jsonld.set_document_loader(refuse)
    text = json.loads(path.read_text(encoding="utf-8"))
    nodes = jsonld.expand(text)
    assert len(nodes) == len(text["@graph"]), path
    for node, expanded in zip(text["@graph"], nodes):
        # Nothing that was said is lost: every key has become an address.
        keys = {key for key in node if not key.startswith("@")}
        assert len(keys) == len([key for key in expanded if not key.startswith("@")]), keys


def check_csl(path):
    archive = tarfile.open(next((TOOLS / "csl").glob("*.tar.gz")))
    name = next(name for name in archive.getnames() if name.endswith("csl_data/csl-data.json"))
    schema = json.load(archive.extractfile(name))
    jsonschema.Draft3Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))


def main():
    for root in [ROOT, hostile("hostile", HARMLESS), hostile("percent", PERCENT)]:
        out = export(root, SCRATCH / f"first-{root.name}")
        same(out, export(root, SCRATCH / f"second-{root.name}"))
        check_bagit(root, out / "bagit")
        check_ro_crate(out / "ro-crate")
        check_prov(out / "prov-json.json")
        check_ninjs(out / "ninjs")
        check_jsonld(out / "jsonld.json")
        check_csl(out / "csl-json.json")
        run(TOOLS / "bin/frictionless", "validate", "datapackage.json", cwd=out / "frictionless")
        records = len(list(root.joinpath("manifests").rglob("*.toml")))
        label = "our own corpus" if root == ROOT else root.name
        print(f"   {label}: {len(FOLDERS) + len(FILES)} forms of {records} records accepted")


main()
