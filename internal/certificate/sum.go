package certificate

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
)

// sum is a whole number of 128 bits, as two's complement: what people count may be far more than the
// sum is in the end.
type sum struct{ high, low uint64 }

// add adds value so many times; times is not negative.
func (s *sum) add(value, times int64) {
	high, low := bits.Mul64(uint64(value), uint64(times))
	if value < 0 {
		high -= uint64(times)
	}
	var carry uint64
	s.low, carry = bits.Add64(s.low, low, 0)
	s.high, _ = bits.Add64(s.high, high, carry)
}

// int64 is the sum, if it fits.
func (s sum) int64() (int64, bool) {
	v := int64(s.low)
	return v, s.high == 0 && s.low <= math.MaxInt64 || s.high == math.MaxUint64 && v < 0
}

// String is the sum as people write it.
func (s sum) String() string {
	if v, fits := s.int64(); fits {
		return fmt.Sprint(v)
	}
	v := new(big.Int).Lsh(big.NewInt(int64(s.high)), 64)
	return v.Add(v, new(big.Int).SetUint64(s.low)).String()
}
