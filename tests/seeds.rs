//! The seeds are evidence: what was measured and annotated on them holds for these bytes only.

use hegao::findings::stable_hash;
use std::path::Path;

/// Name, length in bytes, and `stable_hash` of the bytes.
const SEEDS: [(&str, usize, u64); 5] = [
    ("000_9975f0ca8d495da4.txt", 9327, 0xe0ff_b93c_ab53_9f28),
    ("001_27aa5a5a10930f29.txt", 13946, 0xedd6_b0bc_72da_06f0),
    ("002_0d5c2333e8b741ee.txt", 16350, 0xfe48_2837_c01b_8960),
    ("003_be7a440ed03577dc.txt", 10030, 0x5616_6031_a686_093e),
    ("004_80b9ded64eff503d.txt", 18133, 0x2dda_8f48_52c9_7476),
];

#[test]
fn the_seeds_are_as_they_came() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, SEEDS.map(|seed| seed.0));
    for (name, length, hash) in SEEDS {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        assert_eq!((bytes.len(), stable_hash([&bytes[..]])), (length, hash), "{name}");
    }
}
