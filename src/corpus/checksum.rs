//! Checksums: what other tools state about a file's bytes.
//!
//! A document's identity is its SHA-256 ([`Digest`](crate::corpus::Digest)). The
//! other algorithms are read as evidence from elsewhere and never written.
//!
//! In:  bytes, in pieces.
//! Out: hexadecimal digits for each [`Algorithm`] asked for.
//! Not here: opening files (`tree`).

use md5::Md5;
use sha1::Sha1;
use sha2::Digest as _;
use sha2::Sha224;
use sha2::Sha256;
use sha2::Sha384;
use sha2::Sha512;
use sha2::digest::DynDigest;
use std::collections::BTreeMap;

/// What was computed: lower-case hexadecimal digits by algorithm.
pub type Checksums = BTreeMap<Algorithm, String>;

/// A checksum algorithm that manifests of other tools use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// MD5, 32 digits.
    Md5,
    /// SHA-1, 40 digits.
    Sha1,
    /// SHA-224, 56 digits.
    Sha224,
    /// SHA-256, 64 digits.
    Sha256,
    /// SHA-384, 96 digits.
    Sha384,
    /// SHA-512, 128 digits.
    Sha512,
}

impl Algorithm {
    /// Every algorithm, weakest first.
    pub const ALL: [Self; 6] =
        [Self::Md5, Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    /// The name in file names, such as `sha256`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha224 => "sha224",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// The algorithm of this name, in any letter case and with or without a hyphen.
    ///
    /// ```
    /// use provenance::corpus::Algorithm;
    ///
    /// assert_eq!(Algorithm::named("SHA-256"), Some(Algorithm::Sha256));
    /// assert_eq!(Algorithm::named("crc32"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let plain = name.replace(['-', '_'], "").to_ascii_lowercase();
        Self::ALL.into_iter().find(|known| known.name() == plain)
    }

    /// How many hexadecimal digits there are.
    pub fn digits(self) -> usize {
        self.hasher().output_size() * 2
    }

    fn hasher(self) -> Box<dyn DynDigest> {
        match self {
            Self::Md5 => Box::new(Md5::new()),
            Self::Sha1 => Box::new(Sha1::new()),
            Self::Sha224 => Box::new(Sha224::new()),
            Self::Sha256 => Box::new(Sha256::new()),
            Self::Sha384 => Box::new(Sha384::new()),
            Self::Sha512 => Box::new(Sha512::new()),
        }
    }
}

/// Several checksums that grow with the bytes they are given.
pub(crate) struct Summer(Vec<(Algorithm, Box<dyn DynDigest>)>);

impl Summer {
    /// One that computes each of `algorithms`.
    pub(crate) fn new(algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        Self(algorithms.into_iter().map(|algorithm| (algorithm, algorithm.hasher())).collect())
    }

    /// Adds `bytes` at the end.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        for (_, hasher) in &mut self.0 {
            hasher.update(bytes);
        }
    }

    /// The checksums of everything added.
    pub(crate) fn finish(self) -> Checksums {
        self.0.into_iter().map(|(algorithm, hasher)| (algorithm, hex(&hasher.finalize()))).collect()
    }
}

/// `bytes` in lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).expect("a nibble is a digit");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published test vectors for `abc`, their first digits.
    #[test]
    fn every_algorithm_agrees_with_its_standard() {
        #[rustfmt::skip]
        let cases = [
            (Algorithm::Md5,    "900150983cd24fb0d6963f7d28e17f72", 32),
            (Algorithm::Sha1,   "a9993e364706816aba3e25717850c26c", 40),
            (Algorithm::Sha224, "23097d223405d8228642a477bda255b3", 56),
            (Algorithm::Sha256, "ba7816bf8f01cfea414140de5dae2223", 64),
            (Algorithm::Sha384, "cb00753f45a35e8bb5a03d699ac65007", 96),
            (Algorithm::Sha512, "ddaf35a193617abacc417349ae204131", 128),
        ];
        let mut summer = Summer::new(Algorithm::ALL);
        summer.update(b"a");
        summer.update(b"bc");
        let sums = summer.finish();
        for (algorithm, start, digits) in cases {
            assert!(sums[&algorithm].starts_with(start), "{algorithm:?}");
            assert_eq!((sums[&algorithm].len(), algorithm.digits()), (digits, digits));
        }
    }
}
