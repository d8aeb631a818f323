package matrix

import "math"

// ln2High + ln2Low is ln 2. The first has so few digits that e·ln2High is exact.
const (
	ln2High = 0x1.62e42feep-1
	ln2Low  = math.Ln2 - ln2High
)

// log returns the natural logarithm of a positive x, correct to the last digit
// but for rare cases. It is here because math.Log is written in assembly on
// some processors, so that its last digit differs from one machine to the next.
//
//	x = m·2ᵉ                                    [with √½ ≤ m < √2]
//	ln x = e·ln 2 + ln m
//	ln m = 2·(s + s³/3 + s⁵/5 + … + s²¹/21)     [s = (m − 1)/(m + 1); the rest is below the last digit]
func log(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	difference, sum := m-1, m+1
	s := difference / sum
	sumError := (m - 1) - (sum - 2)                                       // what m + 1 was rounded by
	sError := (math.FMA(-s, sum, difference) - float64(s*sumError)) / sum // what s was rounded by

	s2 := float64(s * s)
	series := 0.0 // s²/3 + s⁴/5 + …
	for n := 21; n >= 3; n -= 2 {
		series = float64((series + 1/float64(n)) * s2)
	}
	// The large parts first, with what their sum was rounded by, then the rest.
	high, low := float64(float64(e)*ln2High), float64(float64(e)*ln2Low)
	large := high + 2*s
	largeError := 2*s - (large - high)
	small := largeError + low + 2*(sError+float64(s*series))
	return large + small
}
