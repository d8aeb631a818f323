package numpy

import "math"

// ln2High + ln2Low is ln 2. The first has so few digits that k·ln2High is exact for
// every k that Exp and log need.
const (
	ln2High = 0x1.62e42feep-1
	ln2Low  = math.Ln2 - ln2High
)

// Exp returns eˣ, NumPy's np.exp(x), within one unit in the last place. Exp(NaN) is
// NaN, Exp(+Inf) is +Inf and Exp(−Inf) is 0. math.Exp would do as well, but on some
// processors it is written in assembly, so that its last digit differs from one
// machine to the next.
//
//	x = k·ln 2 + r                              [k the nearest whole number, so |r| ≤ ½·ln 2]
//	eˣ = 2ᵏ·eʳ
//	eʳ = 1 + r + r²/2! + r³/3! + … + r¹³/13!    [the rest is below the last digit]
func Exp(x float64) float64 {
	if math.IsNaN(x) {
		return x
	}
	if x > 710 { // more than the largest number
		return math.Inf(1)
	}
	if x < -746 { // less than half of the smallest one
		return 0
	}
	k := math.Floor(float64(x*math.Log2E) + 0.5)
	r := x - float64(k*ln2High) - float64(k*ln2Low)

	r2 := float64(r * r)
	even := 1. / 479001600               // 1/12!
	even = 1./3628800 + float64(even*r2) // 1/10! + r²/12!
	even = 1./40320 + float64(even*r2)   // and so on, down to 1/2!
	even = 1./720 + float64(even*r2)
	even = 1./24 + float64(even*r2)
	even = 1./2 + float64(even*r2)
	odd := 1. / 6227020800              // 1/13!
	odd = 1./39916800 + float64(odd*r2) // 1/11! + r²/13!
	odd = 1./362880 + float64(odd*r2)   // and so on, down to 1/3!
	odd = 1./5040 + float64(odd*r2)
	odd = 1./120 + float64(odd*r2)
	odd = 1./6 + float64(odd*r2)

	power := 1 + (r + float64(r2*(even+float64(odd*r)))) // eʳ

	// 2ᵏ may be too large or too small for a number though eˣ is not, so it comes in two
	// factors.
	half := int(k) / 2
	return float64(power*powerOf2(half)) * powerOf2(int(k)-half)
}

// powerOf2 returns 2ᵏ for k from −1022 to 1023, which are the exponents that a number can
// have: they are kept in its bits 52 to 62, with 1023 added.
func powerOf2(k int) float64 { return math.Float64frombits(uint64(1023+k) << 52) }
