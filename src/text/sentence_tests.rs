//! The table of hard cases: ` | ` marks every place where a sentence ends.

use super::sentences;

#[rustfmt::skip]
const CASES: &[&str] = &[
    // Plain ends.
    "The harbour opened. | Nobody came.",
    "Will it hold? | It must! | We shall see.",
    "It rose to 20,000. | 19 of them left in 2020. | 300 stayed.",
    "The price was $1.1 billion in 2024. | $2 more is due.",
    "It ended on an élan. | Était-ce tout?",
    "Is it so?! | Yes.",
    // Initialisms, within and at the end.
    "The U.S. mission left the U.N. on Monday.",
    "He moved to the U.S. | The mission stayed.",
    "Ties with the U.S. | But nothing was signed.",
    "The U.S. President met U.S. Sen. Jane Doe and U.N. Secretary-General Ban.",
    "It is a U.S.-led plan for Washington, D.C. | It began in May.",
    "The U.S.’s plan failed.",
    "The U.S. No. 1 player lost.",
    "Talks with the E.U. continue.",
    // Titles and names.
    "Dr. Doe met Sen. Roe and Gov. Poe. | All agreed.",
    "Lt. Gen. Jane Q. Public and Prof. Doe spoke.",
    "J. K. Rowling and George R. R. Martin wrote.",
    "Donald J. Doe spoke. | John F. Roe did not.",
    "Martin Luther King Jr. spoke first. | Doe Sr. followed.",
    "He lives on Main St. | The mill is near.",
    "He lives in St. Petersburg near Mt. Hood.",
    "Acme Inc. Chief Executive Jane Doe left Acme Corp. | She was 60.",
    "Mr. and Mrs. Doe came.",
    "Roe v. Wade was cited.",
    "It was plan B. | The mayor knew.",
    // Dates, times and numbers.
    "It opened on Nov. 7, 2025, and closed on Sept. 9.",
    "It opened in Nov. | Traders were glad.",
    "See No. 5 and pp. 12 and Fig. 3.",
    "He said no. | Nobody listened.",
    "“No. | We will not.”",
    "It begins at 5 p.m. Thursday and ends at 9 a.m. ET on Friday.",
    "It begins at 5 p.m. | Doors open before.",
    "It began at 5 p.m. and ended late.",
    "It grew 3.5 percent. | Then it fell.",
    // Latin and its like.
    "Some goods (e.g., large ones, i.e. ships) count.",
    "Docks, mills, etc. | Then the bank.",
    "Its trade (docks, mills, etc.) Delft has kept.",
    "It is north vs. South again.",
    "Doe et al. found it.",
    // Quotation marks and brackets.
    "“It is done,” said Doe. | “We are glad.”",
    "“It is done.” | She left. | “Good.”",
    "\"It is done.\" | She left.",
    "“Is it done?” he asked. | “Yes!” she cried.",
    "“Is it done?” Doe asked. | Nobody spoke.",
    "“Is it done?” Mayor Jane Doe asked on Monday.",
    "“Is it done?” | Doe left the room.",
    "He called it “a new start.” | Others laughed.",
    "“There are many more. | So much more to come. | BLESSED ARE THE BUILDERS!”",
    "“It will be.” | (Nobody believed it.) | Then it was.",
    "It opened (see p. 5). | Then it closed.",
    "The plan (signal: “we have options”). | It failed.",
    "He said: “Stop!” and left.",
    "« C’est fini.\u{a0}» | Il part.",
    "It was shown.[12] | Later it was denied.[3][4] | So be it.",
    // Dots that end nothing.
    "It was … a long day.",
    "It was ... Doe who left.",
    "It was over... | Then it began.",
    "Well… | Nobody knows.",
    "It grew . . . and fell . . . in a year.",
    "Nobody would say that . . . . | Then Doe came.",
    "“It was small [...] and new [...]” (Doe 1990).",
    "It was you and I. | Did Albert I. Roe come?",
    "Visit example.com today. | It is free.",
    "Its iPhone sold. | iPhone sales rose.",
    "It ended. — Jane Doe",
    // Residue of source links.
    "It may join the states. | Herald+2AB News+2",
    "It may join with the U.S. | Ocean Council+1",
    // Others.
    "1. It begins with a number. | 2 more follow.",
    "它结束了。| 它开始了。",
    "Wrapped text goes on\nhere. | It ends\nthere.",
];

/// `case` without its marks, and the sentences they say it has.
fn read(case: &str) -> (String, Vec<String>) {
    let wide = case.replace("。| ", "。|");
    let parts: Vec<_> = wide.split('|').map(|part| part.trim().to_owned()).collect();
    let text = wide.replace(" | ", " ").replace('|', "");
    (text, parts)
}

#[test]
fn ends_sentences_where_an_editor_would() {
    let mut wrong = Vec::new();
    for case in CASES {
        let (text, expected) = read(case);
        let found: Vec<_> = sentences(&text).map(|place| text[place].to_owned()).collect();
        if found != expected {
            wrong.push((case, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_character_but_blanks_is_in_a_sentence() {
    let text = " One.  Two?\u{a0}“Three.”\n";
    let joined: Vec<_> = sentences(text).map(|place| &text[place]).collect();

    assert_eq!(joined, ["One.", "Two?", "“Three.”"]);
}
