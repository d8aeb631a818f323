package numpy

import "math"

// log returns the natural logarithm of a positive x, nearly always rounded to
// the nearest number. math.Log would do but for that, and is written in assembly
// on some processors, so that its last digit differs from one machine to the
// next.
//
//	x = m·2ᵉ                              [√½ ≤ m < √2]
//	ln x = e·ln 2 + ln m
//	ln m = 2·(s + s³/3 + s⁵/5 + …)        [s = (m − 1)/(m + 1); after s²¹ the rest is below the last digit]
func log(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	sum := m + 1
	s := (m - 1) / sum
	sumError := (m - 1) - (sum - 2)                                // what m + 1 was rounded by
	sError := (math.FMA(-s, sum, m-1) - float64(s*sumError)) / sum // what s was rounded by

	series := 0.0 // s²/3 + s⁴/5 + …
	for n := 21; n >= 3; n -= 2 {
		series = float64((series + 1/float64(n)) * float64(s*s))
	}
	high, low := float64(float64(e)*ln2High), float64(float64(e)*ln2Low)
	large := high + 2*s
	largeError := 2*s - (large - high) // what the sum was rounded by
	return large + (largeError + low + 2*(sError+float64(s*series)))
}
