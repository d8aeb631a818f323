package numpy

import (
	"math"
	"testing"
)

func TestLog(t *testing.T) {
	for _, test := range []struct {
		name    string
		x, want float64
	}{
		{"1", 1, 0},

		// As NumPy has them: np.log(x), printed with float.hex.
		{"2", 2, 0x1.62e42fefa39efp-1},
		{"½", 0.5, -0x1.62e42fefa39efp-1},
		{"0.1", 0.1, -0x1.26bb1bbb55515p+1},
		{"0.29", 0.29, -0x1.3ce5557395819p+0},
		{"⅓", 1. / 3, -0x1.193ea7aad030bp+0},
		{"1e-5", 1e-5, -0x1.7069e2aa2aa5bp+3},
		{"just below √½", 0.7071067811865475, -0x1.62e42fefa39f1p-2},
		{"just above √½", 0.7071067811865476, -0x1.62e42fefa39eep-2},
		{"√2", math.Sqrt2, 0x1.62e42fefa39f0p-2},
		{"just below 1", 1 - 0x1p-53, -0x1p-53},
		{"just above 1", 1 + 0x1p-52, 0x1.fffffffffffffp-53},
		{"1e-300", 1e-300, -0x1.5963447f87fb5p+9},
		{"the smallest number", math.SmallestNonzeroFloat64, -0x1.74385446d71c3p+9},
		{"the largest number", math.MaxFloat64, 0x1.62e42fefa39efp+9},
	} {
		if got := log(test.x); got != test.want {
			t.Errorf("%s: log(%v): got %x, want %x", test.name, test.x, got, test.want)
		}
	}
}

// logArguments are some thousand numbers: from 0 to 1, where Normal's are, near 1, and of
// every size.
func logArguments() []float64 {
	var list []float64
	r := NewRandom(2)
	for range 1000 {
		list = append(list, r.Float64()+0x1p-60, 1+r.Normal()/1000, math.Ldexp(1+r.Float64(), int(r.Uint32()%2000)-1000))
	}
	return list
}

// The nearest number is at most half a unit in the last place off.
func TestLogIsNearlyTheNearestNumber(t *testing.T) {
	for _, x := range logArguments() {
		got := log(x)
		// e to the power of what got is off, d, is 1 + d, and d is tiny.
		off := exactExp(got)
		off.Sub(off.Quo(off, exact(x)), exact(1))
		if units, _ := off.Quo(off, exact(place(got))).Float64(); !(math.Abs(units) < 0.51) {
			t.Errorf("log(%v): got %x, which is %.3f units in the last place off, want less than 0.51", x, got, units)
		}
	}
}

// NumPy's random numbers go through the logarithm of the C library, which Python also has.
// It is seldom another one.
func TestLogLive(t *testing.T) {
	x, others := logArguments(), 0
	for i, want := range python(t, "map(math.log, x)", x) {
		got := log(x[i])
		if got != want {
			others++
		}
		if !(math.Abs(got-want) <= place(want)) {
			t.Errorf("log(%v): got %x, want %x, or one unit in the last place off", x[i], got, want)
		}
	}
	if others > len(x)/100 {
		t.Errorf("got %d of %d numbers with another last digit than Python's, want at most 1 %%", others, len(x))
	}
}
