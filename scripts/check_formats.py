"""Asks the validators of others about every form: PROGRAM TOOLS FOLDER.

Looks at our own corpus, also with a draft, at one whose texts, names and reasons hold
everything that acts somewhere, and at a review of such texts.
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tarfile

import jsonschema
from junitparser import JUnitXml
from lxml import etree

PROGRAM, TOOLS, FOLDER = (pathlib.Path(argument) for argument in sys.argv[1:])
OURS = pathlib.Path(__file__).resolve().parent.parent
MULTITOOL = TOOLS / "node_modules/@microsoft/sarif-multitool-linux"
HOSTILE = "=cmd @name #1 <b>&amp; ]]> ``` ::error::x [a](b) {0} \u202e\u200b\x1b[31m 😀 %0A"

# What GitLab's documentation of the report demands.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}

# What reviewdog's definition of a result demands.
POSITION = {
    "type": "object",
    "required": ["line"],
    "additionalProperties": False,
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
    },
}
LOCATION = {
    "type": "object",
    "required": ["path"],
    "additionalProperties": False,
    "properties": {
        "path": {"type": "string"},
        "range": {"type": "object", "properties": {"start": POSITION, "end": POSITION}},
    },
}
RDJSON = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": {"type": "object", "required": ["name"]},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string"},
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {"type": "object", "required": ["value"]},
                    "location": LOCATION,
                    "related_locations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["location"],
                            "additionalProperties": False,
                            "properties": {"message": {"type": "string"}, "location": LOCATION},
                        },
                    },
                },
            },
        },
    },
}


def run(folder, *arguments):
    """What the program writes in `folder`, which must be a whole run."""
    done = subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{arguments} ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def hostile():
    """A corpus whose texts, record and reason hold what acts somewhere."""
    folder = FOLDER / "hostile"
    folder.mkdir()
    run(folder, "init")
    for name, figure in (("a", "29"), ("b", "38")):
        text = f"{HOSTILE} The council of Port Ellery signed {figure} contracts worth $17 billion.\n"
        (folder / f"corpus/{name}.txt").write_text(text, encoding="utf-8")
        run(folder, "add", f"corpus/{name}.txt", "--outlet", "<b>@name</b> =1 [a](b)")
    run(folder, "allow", "PV030:corpus/a.txt", "--reason", "<i>[x](y)</i> & =1 @name #1")
    return folder


def review():
    """A repository in which everything that a review tells of has changed."""
    folder = FOLDER / "review"
    folder.mkdir()
    run(folder, "init")
    shared = (
        "The two ports signed {} agreements worth about $17 million at a short ceremony on "
        "Thursday. According to a list handed to reporters, the work runs from new piers to "
        "shared pilots and a common timetable for the winter, which both called overdue."
    )
    texts = {
        "wire": f"{shared.format(29)}\n\nPort Ellery is set to join the council.\n\n{HOSTILE} is left.\n",
        "ledger": f"Ports agree\n\n{shared.format(29)}\n",
        "column": "The gulls came back to the pier, and nobody had asked them to.\n",
        "gone": "A short note on tides and nothing else.\n",
    }
    for name, text in texts.items():
        (folder / f"corpus/{name}.txt").write_text(text, encoding="utf-8")
        run(folder, "add", f"corpus/{name}.txt", "--outlet", f"{name} <b>@name</b> =1 [a](b)")
    settings = ["user.name=A. Tester", "user.email=tester@example.org", "commit.gpgSign=false"]
    git = ["git", *(word for setting in settings for word in ("-c", setting))]
    subprocess.run([*git, "init", "--quiet"], cwd=folder, check=True)
    subprocess.run([*git, "add", "--all"], cwd=folder, check=True)
    subprocess.run([*git, "commit", "--quiet", "--message", "before"], cwd=folder, check=True)
    wire = f"{shared.format(38)}\n\nPort Ellery has joined the council.\n\nA line with {HOSTILE}.\n"
    (folder / "corpus/wire.txt").write_text(wire, encoding="utf-8")
    column = texts["column"].replace("pier, and", "pier,\nand")
    (folder / "corpus/column.txt").write_text(column, encoding="utf-8")
    (folder / "corpus/new.txt").write_text(HOSTILE + "\n", encoding="utf-8")
    for path in ("corpus/gone.txt", "manifests/gone.txt.toml"):
        (folder / path).unlink()
    return folder


def schema_of_sarif():
    return json.loads((MULTITOOL / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))


def schemas_of_junit():
    """The definitions of Jenkins, as the tests of a well-known writer keep them."""
    (archive,) = (TOOLS / "reporting").glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        names = [name for name in packed.getnames() if name.endswith("junit-10.xsd")]
        return [etree.XMLSchema(etree.parse(packed.extractfile(name))) for name in names]


def sarif(text, where):
    log = json.loads(text)
    jsonschema.validate(log, schema_of_sarif())
    source, report = FOLDER / f"{where}.sarif", FOLDER / f"{where}.report"
    source.write_text(text, encoding="utf-8")
    program = MULTITOOL / "Sarif.Multitool"
    program.chmod(0o755)
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    command = [program, "validate", source, "--rule-kind", "Sarif;Ghas"]
    command += ["--output", report, "--log", "ForceOverwrite"]
    subprocess.run(command, env=environment, capture_output=True, check=True)
    faults = json.loads(report.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    # SARIF2005 wants an address of the project, which has none.
    faults = [(fault["ruleId"], fault.get("level", "warning")) for fault in faults]
    faults = {fault for fault in faults if fault[1] != "note" and fault[0] != "SARIF2005"}
    assert not faults, faults
    return len(log["runs"][0]["results"])


def junit(text, where):
    tree = etree.fromstring(text.encode())
    for schema in schemas_of_junit():
        schema.assertValid(tree)
    (suite,) = JUnitXml.fromstring(text.encode())
    assert suite.tests == len(list(suite)), where
    return suite.tests


def gitlab(text, where):
    issues = json.loads(text)
    jsonschema.validate(issues, GITLAB)
    names = [issue["fingerprint"] for issue in issues]
    assert len(names) == len(set(names)), where
    return len(issues)


def rdjson(text, where):
    result = json.loads(text)
    jsonschema.validate(result, RDJSON)
    return len(result["diagnostics"])


def table(text, where):
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}, where
    formulas = [cell for row in rows for cell in row if cell.lstrip().startswith(tuple("=+-@"))]
    assert not formulas, formulas
    return len(rows) - 1


def main():
    corpora = [
        ("ours", OURS, ("audit",)),
        ("draft", OURS, ("audit", "drafts/weekend-explainer.md")),
        ("hostile", hostile(), ("audit",)),
        ("review", review(), ("diff",)),
    ]
    forms = {"sarif": sarif, "junit": junit, "gitlab": gitlab, "rdjson": rdjson, "csv": table}
    for where, folder, arguments in corpora:
        counts = []
        for form, check in forms.items():
            text = run(folder, *arguments, "--format", form)
            try:
                counts.append(f"{form} {check(text, where)}")
            except Exception as fault:
                sys.exit(f"{where}: {form}: {fault}")
        print(f"{where}: {', '.join(counts)}")


main()
