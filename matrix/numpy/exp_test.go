package numpy

import (
	"fmt"
	"math"
	"math/big"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"backprop/data/testkit"
)

// precision is that of exact numbers, in bits: three times that of a float64.
const precision = 160

func exact(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

// exactExp returns eˣ with some 40 digits, in another way than Exp: it is the series of
// e to the power of x/2²⁰, squared 20 times.
func exactExp(x float64) *big.Float {
	small := exact(x)
	small.SetMantExp(small, -20)
	sum, term := exact(1), exact(1)
	for n := 1; term.Sign() != 0 && term.MantExp(nil) > -precision; n++ {
		term.Quo(term.Mul(term, small), exact(float64(n)))
		sum.Add(sum, term)
	}
	for range 20 {
		sum.Mul(sum, sum)
	}
	return sum
}

// place returns a unit in the last place of x, which is how far the next number is away.
func place(x float64) float64 {
	x = math.Abs(x)
	if x == math.MaxFloat64 {
		return x - math.Nextafter(x, 0)
	}
	return math.Nextafter(x, math.Inf(1)) - x
}

func TestExp(t *testing.T) {
	inf := math.Inf(1)
	for _, test := range []struct {
		name    string
		x, want float64
	}{
		{"NaN", math.NaN(), math.NaN()},
		{"+Inf", inf, inf},
		{"-Inf", -inf, 0},
		{"0", 0, 1},
		{"-0", math.Copysign(0, -1), 1},
		{"the smallest argument", math.SmallestNonzeroFloat64, 1},
		{"the largest argument", math.MaxFloat64, inf},
		{"its opposite", -math.MaxFloat64, 0},

		// As NumPy has them: np.exp(x), printed with float.hex.
		{"½", 0.5, 0x1.a61298e1e069cp+0},
		{"-½", -0.5, 0x1.368b2fc6f960ap-1},
		{"2", 2, 0x1.d8e64b8d4ddaep+2},
		{"10", 10, 0x1.5829dcf950560p+14},
		{"0.1", 0.1, 0x1.1aec7b35a00d4p+0},
		{"-0.1", -0.1, 0x1.cf46d99d52b3ap-1},
		{"1e-10", 1e-10, 0x1.000000006df38p+0},
		{"a hidden node's input in part 13", -1.4057728372429654, 0x1.f61f9f210341ep-3},
		{"½·ln 2", 0.34657359027997264, 0x1.6a09e667f3bccp+0},
		{"100", 100, 0x1.3494a9b171bf5p+144},
		{"700", 700, 0x1.d945df4f8ec8ep+1009},
		{"-700", -700, 0x1.14f2b0fb9307fp-1010},
		{"709", 709, 0x1.d422d2be5dc9bp+1022},
		{"the largest finite result", 709.782712893384, 0x1.fffffffffff2ap+1023},
		{"overflow", 709.7827128933841, inf},
		{"overflow before the limit of 710", 709.9, inf},
		{"overflow after the limit of 710", 710.1, inf},
		{"the smallest normal result", -708.3964185322641, 0x1.000000000007cp-1022},
		{"subnormal, 51 bits", -708.5, 0x0.e6cf6d08897acp-1022},
		{"subnormal, 35 bits", -720, 0x0.0000993b4dc95p-1022},
		{"subnormal, 7 bits", -740, 0x55 * 0x1p-1074},
		{"the smallest result", -745, 0x1p-1074},
		{"the last argument with it", -745.1332191019411, 0x1p-1074},
		{"underflow", -745.1332191019412, 0},
		{"underflow before the limit of -746", -745.9, 0},
		{"underflow after the limit of -746", -746.1, 0},
	} {
		got := Exp(test.x)
		if got != test.want && !(math.IsNaN(got) && math.IsNaN(test.want)) {
			t.Errorf("%s: Exp(%v): got %x, want %x", test.name, test.x, got, test.want)
		}
	}
}

// expArguments are some thousand numbers from where eˣ is 0 to where it is +Inf, half of
// them near 0.
func expArguments() []float64 {
	var list []float64
	r := NewRandom(1)
	for range 2000 {
		list = append(list, -745.2+float64(r.Float64()*(745.2+709.8)), 4*r.Normal())
	}
	return list
}

// math.Exp is no measure for the last digit. On amd64 it is sometimes two units off, and
// +Inf already at 709.5.
func TestExpIsWithinAUnitInTheLastPlace(t *testing.T) {
	for _, x := range expArguments() {
		got, want := Exp(x), exactExp(x)
		rounded, _ := want.Float64()
		if math.IsInf(rounded, 0) {
			if got != rounded {
				t.Errorf("Exp(%v): got %v, want %v", x, got, rounded)
			}
			continue
		}
		if math.IsInf(got, 0) {
			t.Errorf("Exp(%v): got %v, want %v", x, got, rounded)
			continue
		}
		off := want.Sub(want, exact(got))
		if units, _ := off.Quo(off, exact(place(rounded))).Float64(); !(math.Abs(units) < 1) {
			t.Errorf("Exp(%v): got %x, which is %.2f units in the last place off, want %x", x, got, units, rounded)
		}
	}
}

func TestExpAgainstMath(t *testing.T) {
	for _, x := range expArguments() {
		got, want := Exp(x), math.Exp(x)
		if x < 709 && math.Abs(got-want) > 2*place(want) {
			t.Errorf("Exp(%v): got %x, want %x, or two units in the last place off", x, got, want)
		}
	}
}

// Other numbers than in TestExp, computed by NumPy while the test runs.
func TestExpNumPyLive(t *testing.T) {
	x := append(expArguments(), math.NaN(), math.Inf(1), math.Inf(-1), 0)
	for i, want := range python(t, "np.exp(x)", x) {
		got := Exp(x[i])
		same := got == want || math.IsNaN(got) && math.IsNaN(want)
		if !same && !(math.Abs(got-want) <= 2*place(want)) { // a unit for each of them
			t.Errorf("Exp(%v): got %x, want %x, or two units in the last place off", x[i], got, want)
		}
	}
}

// python returns what a Python expression makes of the numbers x.
func python(t *testing.T, expression string, x []float64) []float64 {
	t.Helper()
	var in strings.Builder
	for _, v := range x {
		fmt.Fprintln(&in, v)
	}
	cmd := exec.Command(testkit.Python(t), "-c", `
import math, sys
import numpy as np
np.seterr(all="ignore")
x = np.array([float(line) for line in sys.stdin])
for v in `+expression+`:
    print(repr(float(v)))`)
	cmd.Stdin = strings.NewReader(in.String())
	r := testkit.Run(t, cmd)
	lines := strings.Fields(r.Out)
	if r.Code != 0 || len(lines) != len(x) {
		t.Fatalf("%s: got exit code %d, %d numbers and %s, want %d numbers", expression, r.Code, len(lines), r.Err, len(x))
	}
	numbers := make([]float64, len(x))
	for i, line := range lines {
		var err error
		if numbers[i], err = strconv.ParseFloat(line, 64); err != nil {
			t.Fatal(err)
		}
	}
	return numbers
}
