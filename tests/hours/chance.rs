//! What happens by chance within a day, the same every time.

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Chance(pub u64);

impl Chance {
    /// From 0 up to 1.
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        // The upper 53 bits, as many as a number between 0 and 1 can hold.
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of them, or a number below.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() * count as f64) as usize
    }
}
