package matrix

// How ln x is computed; skip it at first.

import "math"

// ln2High + ln2Low is ln 2. The first has so few digits that e·ln2High is exact.
const (
	ln2High = 0x1.62e42feep-1
	ln2Low  = math.Ln2 - ln2High
)

// log returns the natural logarithm of a positive x. It is here because
// math.Log is written in assembly on some processors, so that its last digit
// differs from one machine to the next.
//
//	x = m·2ᵉ                               [√½ ≤ m < √2]
//	ln x = e·ln 2 + ln m
//	ln m = 2·(s + s³/3 + s⁵/5 + …)         [s = (m − 1)/(m + 1); after s²¹ the rest is below the last digit]
//	     = f − s·(f − 2·(s²/3 + s⁴/5 + …)) [f = m − 1, which is exact, and 2·s = f − s·f]
func log(x float64) float64 {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, e = 2*m, e-1
	}
	f := m - 1
	s := f / (m + 1)
	series := 0.0 // s²/3 + s⁴/5 + …
	for n := 21; n >= 3; n -= 2 {
		series = float64((series + 1/float64(n)) * s * s)
	}
	high, low := float64(float64(e)*ln2High), float64(float64(e)*ln2Low)
	return high + (f - (float64(s*(f-2*series)) - low))
}
