//! What holds of quotations and framing for any text: no panic, no difference from itself,
//! and nothing outside quotation marks that depends on what stands inside.

use proptest::prelude::*;
use provenance::analyse;
use provenance::claims;
use provenance::corpus::Document;
use provenance::policy::Policy;
use provenance::span::DocId;
use provenance::text::Text;

/// Pieces of news and of what is none, to be put together at random.
const PIECES: [&str; 26] = [
    "“We open the port in May,” said Dana Ruiz, the mayor. “Nobody can stop us now.” ",
    "\"It was a long and honest talk about the price of the tickets,\" she told reporters. ",
    "The council said the plan was ‘unfit for any harbour’ and left. ",
    "Port Ellery will join the coastal council before the end of the year. ",
    "Port Ellery has joined the coastal council. ",
    "According to Harbour Wire, the bridge cost $40 million. ",
    "Analysts say the strike may end on Friday. ",
    "Ruiz signed the dredging contract for the outer harbour on Tuesday. ",
    "The dredging contract for the outer harbour was signed on Tuesday. ",
    "It was a historic day, and on paper it changes little. ",
    "“One “two “three ",
    "”’\" ‘ ",
    "\n\n",
    "\n",
    "“",
    "”",
    "\"",
    "'",
    " — Dana Ruiz",
    ", Ruiz said",
    ", according to ",
    "Mr. ",
    "\u{feff}\u{200b}",
    "é漢字🙂 ",
    ": ",
    "… [sic] ",
];

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => ".{0,12}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// The codes of what two texts part in, by quotation or framing.
fn parting(source: &str, draft: &str) -> Vec<&'static str> {
    let mut documents = [
        Document::unrecorded(DocId(0), "wire.txt", source.to_owned()),
        Document::unrecorded(DocId(1), "draft.md", draft.to_owned()),
    ];
    documents[1].draft = true;
    let findings = analyse(&documents, &Policy::default()).findings;
    let codes = findings.iter().map(|finding| finding.rule.info().code);
    let told = |code: &&str| match *code {
        // These are about one text by itself.
        "PV407" | "PV408" | "PV424" | "PV427" => false,
        code => ("PV401"..="PV431").contains(&code),
    };
    codes.filter(told).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic(source in texts()) {
        let text = Text::read(DocId(0), &source);
        for claim in claims::quotations(&text) {
            prop_assert!(source.get(claim.place.span.range()).is_some());
        }
        for token in &text.tokens {
            prop_assert!(claims::degree(&text, token.span).abs() <= 1.0);
        }
        claims::statements(&text);
        claims::attributions(&text);
        claims::weighings(&text);
    }

    #[test]
    fn a_text_parts_from_itself_in_nothing(source in texts()) {
        prop_assert_eq!(parting(&source, &source), Vec::<&str>::new());
    }

    #[test]
    fn what_a_quotation_says_changes_no_framing_outside_it(
        before in proptest::sample::select(&PIECES[3..10]),
        after in proptest::sample::select(&PIECES[3..10]),
        words in "[a-z]{2,9}( [a-z]{2,9}){3,9}",
    ) {
        let draft = |quoted: &str| format!("{after}\n\n“{quoted}.” That was all, Ana Poe said.\n");
        let mask: String = words.chars().map(|c| if c == ' ' { c } else { 'x' }).collect();
        prop_assert_eq!(parting(before, &draft(&words)), parting(before, &draft(&mask)));
    }

    #[test]
    fn swapped_sides_swap_raised_and_lowered(
        one in proptest::sample::select(&PIECES[3..10]),
        other in proptest::sample::select(&PIECES[3..10]),
    ) {
        let (there, back) = (parting(one, other), parting(other, one));
        prop_assert_eq!(there.contains(&"PV425"), back.contains(&"PV426"));
        prop_assert_eq!(there.contains(&"PV426"), back.contains(&"PV425"));
    }
}
