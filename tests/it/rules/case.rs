//! The form of a case: reading it, and nothing else.

/// A case, as its file states it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// What it shows.
    pub(crate) about: String,
    /// The command and its arguments.
    pub(crate) run: Vec<String>,
    /// Whether the folder is a git repository with one commit.
    pub(crate) git: bool,
    /// What is done, in order; the `after` steps come last.
    pub(crate) steps: Vec<Step>,
}

/// One section of a case.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A file that is there from the start.
    File(String, Vec<u8>),
    /// A file of zero bytes that is there from the start.
    Size(String, u64),
    /// Arguments for `provenance add`.
    Meta(String, Vec<String>),
    /// Something that happens after the files have been recorded.
    After(Change),
}

/// Something that happens to the folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A file is written.
    Write(String, Vec<u8>),
    /// A text in a file is replaced by another.
    Replace(String, String, String),
    /// A file is removed.
    Remove(String),
    /// A file is moved.
    Move(String, String),
    /// A symbolic link is made.
    Symlink(String, String),
    /// A named pipe is made.
    Fifo(String),
    /// A file is written to while the command runs.
    KeepWriting(String),
    /// A secret SSH key and its public half are written, made from the name.
    Key(String),
    /// Git is run.
    Git(Vec<String>),
    /// The program is run.
    Provenance(Vec<String>),
}

impl Case {
    /// Reads a case.
    pub(crate) fn parse(source: &str) -> Result<Self, String> {
        let (head, mut rest) = cut(source);
        let about = head.lines().next().and_then(|line| line.strip_prefix("# "));
        let about = about.ok_or("the first line is `# ` and what the case shows")?.to_owned();
        let mut case = Self { about, run: Vec::new(), git: false, steps: Vec::new() };
        for line in head.lines().skip(1).filter(|line| !line.is_empty()) {
            match line.split_once(": ") {
                Some(("run", command)) => case.run = words(command)?,
                Some(("git", "init")) => case.git = true,
                _ => return Err(format!("`{line}` is neither `run: …` nor `git: init`")),
            }
        }
        if case.run.is_empty() {
            return Err("there is no `run: …`".to_owned());
        }
        while !rest.is_empty() {
            let (header, after) = rest.split_once('\n').unwrap_or((rest, ""));
            let header = &header["-- ".len()..header.len() - " --".len()];
            let (body, next) = cut(after);
            let step = step(header, body).map_err(|fault| format!("`-- {header} --`: {fault}"))?;
            if matches!(case.steps.last(), Some(Step::After(_))) && !matches!(step, Step::After(_))
            {
                return Err(format!("`-- {header} --` stands behind an `after`"));
            }
            case.steps.push(step);
            rest = next;
        }
        Ok(case)
    }
}

/// Cuts `source` before its first header.
fn cut(source: &str) -> (&str, &str) {
    let mut offset = 0;
    for line in source.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        if bare.starts_with("-- ") && bare.ends_with(" --") {
            break;
        }
        offset += line.len();
    }
    source.split_at(offset)
}

/// The step that a header and the text below it stand for.
fn step(header: &str, body: &str) -> Result<Step, String> {
    let plain = header.strip_suffix(" (escaped)");
    let bytes = || plain.map_or_else(|| Ok(body.as_bytes().to_vec()), |_| unescape(body));
    let header = plain.unwrap_or(header);
    if let Some(change) = header.strip_prefix("after ") {
        return after(change, body, bytes()?).map(Step::After);
    }
    if let Some(path) = header.strip_prefix("meta ") {
        return Ok(Step::Meta(path.to_owned(), words(body)?));
    }
    if let Some(size) = header.strip_prefix("size ") {
        let (path, bytes) = size.rsplit_once(' ').ok_or("wants a path and a number")?;
        let bytes = bytes.parse().map_err(|_| format!("`{bytes}` is no number of bytes"))?;
        return Ok(Step::Size(path.to_owned(), bytes));
    }
    Ok(Step::File(header.to_owned(), bytes()?))
}

/// The change that the rest of an `after` header stands for.
fn after(change: &str, body: &str, bytes: Vec<u8>) -> Result<Change, String> {
    if let Some(path) = change.strip_prefix("write ") {
        return Ok(Change::Write(path.to_owned(), bytes));
    }
    if let Some(path) = change.strip_prefix("replace ") {
        let (old, new) = body.split_once('\n').ok_or("wants the old line, then the new ones")?;
        return Ok(Change::Replace(path.to_owned(), format!("{old}\n"), new.to_owned()));
    }
    if !body.is_empty() {
        return Err("takes no text".to_owned());
    }
    if let Some(path) = change.strip_prefix("keep writing ") {
        return Ok(Change::KeepWriting(path.to_owned()));
    }
    if let Some(arguments) = change.strip_prefix("git ") {
        return Ok(Change::Git(words(arguments)?));
    }
    if let Some(arguments) = change.strip_prefix("provenance ") {
        return Ok(Change::Provenance(words(arguments)?));
    }
    let (verb, path) = change.split_once(' ').ok_or("wants a path")?;
    let pair = || {
        let (from, to) = path.split_once(" -> ").ok_or("wants `FROM -> TO`")?;
        Ok::<_, String>((from.to_owned(), to.to_owned()))
    };
    match verb {
        "remove" => Ok(Change::Remove(path.to_owned())),
        "key" => Ok(Change::Key(path.to_owned())),
        "fifo" => Ok(Change::Fifo(path.to_owned())),
        "move" => pair().map(|(from, to)| Change::Move(from, to)),
        "symlink" => pair().map(|(path, target)| Change::Symlink(path, target)),
        _ => Err(format!("`{verb}` is no change")),
    }
}

/// Words as a shell would see them, with double quotation marks only.
fn words(line: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for (index, part) in line.trim().split('"').enumerate() {
        if index % 2 == 1 {
            found.push(part.to_owned());
        } else {
            found.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    if line.matches('"').count() % 2 == 1 {
        return Err("a quotation mark is not closed".to_owned());
    }
    Ok(found)
}

/// The bytes that an escaped text stands for.
fn unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let (value, length) = escaped(escape).ok_or("an unknown escape")?;
        bytes.extend_from_slice(&value);
        rest = &escape[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}

/// The bytes that an escape stands for, and its length without the backslash.
fn escaped(escape: &str) -> Option<(Vec<u8>, usize)> {
    let plain = |value: &[u8]| Some((value.to_vec(), 1));
    match escape.chars().next()? {
        '\n' => plain(b""),
        'n' => plain(b"\n"),
        'r' => plain(b"\r"),
        't' => plain(b"\t"),
        '\\' => plain(b"\\"),
        'x' => Some((vec![u8::from_str_radix(escape.get(1..3)?, 16).ok()?], 3)),
        'u' => {
            let digits = escape[1..].strip_prefix('{')?.split_once('}')?.0;
            let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            Some((character.to_string().into_bytes(), digits.len() + 3))
        }
        _ => None,
    }
}

#[test]
fn reads_every_kind_of_section() {
    let source = "\
# Shows every section.
run: audit drafts/d.md
git: init

-- corpus/a.txt --
One line.

-- size corpus/b.txt 40 --
-- meta corpus/a.txt --
--outlet \"Harbour Wire\" --published 2025-03-04
-- after write corpus/a.txt (escaped) --
caf\\xe9\\u{200B}\\r\\n\\\\ \\
joined
-- after replace manifests/a.txt.toml --
old = 1
new = 2
-- after remove corpus/a.txt --
-- after move corpus/a.txt -> corpus/b c.txt --
-- after symlink corpus/l.txt -> a.txt --
-- after fifo corpus/p --
-- after keep writing corpus/a.txt --
-- after git add --all --
-- after provenance retire corpus/a.txt --reason \"a court order\" --
";
    let text = str::to_owned;
    let steps = vec![
        Step::File(text("corpus/a.txt"), b"One line.\n\n".to_vec()),
        Step::Size(text("corpus/b.txt"), 40),
        Step::Meta(
            text("corpus/a.txt"),
            ["--outlet", "Harbour Wire", "--published", "2025-03-04"].map(text).into(),
        ),
        Step::After(Change::Write(
            text("corpus/a.txt"),
            b"caf\xe9\xe2\x80\x8b\r\n\\ joined\n".to_vec(),
        )),
        Step::After(Change::Replace(
            text("manifests/a.txt.toml"),
            text("old = 1\n"),
            text("new = 2\n"),
        )),
        Step::After(Change::Remove(text("corpus/a.txt"))),
        Step::After(Change::Move(text("corpus/a.txt"), text("corpus/b c.txt"))),
        Step::After(Change::Symlink(text("corpus/l.txt"), text("a.txt"))),
        Step::After(Change::Fifo(text("corpus/p"))),
        Step::After(Change::KeepWriting(text("corpus/a.txt"))),
        Step::After(Change::Git(["add", "--all"].map(text).into())),
        Step::After(Change::Provenance(
            ["retire", "corpus/a.txt", "--reason", "a court order"].map(text).into(),
        )),
    ];
    let expected = Case {
        about: text("Shows every section."),
        run: ["audit", "drafts/d.md"].map(text).into(),
        git: true,
        steps,
    };

    assert_eq!(Case::parse(source), Ok(expected));
}

#[test]
fn refuses_what_it_does_not_understand() {
    #[rustfmt::skip]
    let cases = [
        ("",                                                      "the first line"),
        ("run: verify\n",                                         "the first line"),
        ("# About.\n",                                            "no `run: …`"),
        ("# About.\nrun: verify\ngit: clone\n",                   "neither"),
        ("# About.\nrun: verify\n-- after melt a --\n",           "is no change"),
        ("# About.\nrun: verify\n-- after move a b --\n",         "FROM -> TO"),
        ("# About.\nrun: verify\n-- after remove a --\ntext\n",   "takes no text"),
        ("# About.\nrun: verify\n-- size a many --\n",            "no number of bytes"),
        ("# About.\nrun: verify\n-- a (escaped) --\n\\q\n",       "an unknown escape"),
        ("# About.\nrun: verify\n-- meta a --\n--title \"x\n",    "not closed"),
        ("# About.\nrun: verify\n-- after remove a --\n-- b --\n", "behind an `after`"),
    ];
    for (source, fault) in cases {
        let found = Case::parse(source).unwrap_err();
        assert!(found.contains(fault), "{source}: {found}");
    }
}
