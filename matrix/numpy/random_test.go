package numpy_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/matrix/numpy"
)

// What each method draws is what NumPy draws.
func TestRandomReference(t *testing.T) { testRandom(t, testkit.Reference(t).Random) }

// Other seeds than in reference.json, drawn by NumPy while the test runs.
func TestNumPyLive(t *testing.T) {
	testkit.Everything(t)
	r := numpy.NewRandom(20)
	var random []map[string]any
	for range 20 {
		random = append(random, map[string]any{"seed": r.Uint32()})
	}
	got := testkit.NumPy(t, map[string]any{"random": random}).Random
	if len(got) != len(random) {
		t.Fatalf("got %d seeds, want %d", len(got), len(random))
	}
	testRandom(t, got)
}

func testRandom(t *testing.T, random []testkit.Random) {
	for _, test := range random {
		seed, want := test.Request.Seed, test.Answer
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			r, drawn := numpy.NewRandom(seed), 0
			for _, want := range want.Uint32 {
				var got uint32
				for ; drawn <= want.Index; drawn++ {
					got = r.Uint32()
				}
				if got != want.Word {
					t.Errorf("Uint32 %d: got %d, want %d", want.Index, got, want.Word)
				}
			}

			r = numpy.NewRandom(seed)
			for i, want := range want.Float64 {
				if got := r.Float64(); got != want {
					t.Errorf("Float64 %d: got %v, want %v", i, got, want)
				}
			}

			r = numpy.NewRandom(seed)
			for i, want := range want.Normal {
				if got := r.Normal(); !withinTwoPlaces(got, want) {
					t.Errorf("Normal %d: got %v, want %v", i, got, want)
				}
			}

			// The second normal number of a pair waits while others are drawn.
			r = numpy.NewRandom(seed)
			for i, draw := range []func() float64{r.Normal, r.Float64, r.Normal, r.Normal} {
				if got, want := draw(), want.Mixed[i]; !withinTwoPlaces(got, want) {
					t.Errorf("Normal, Float64, Normal, Normal: %d: got %v, want %v", i, got, want)
				}
			}

			for _, want := range want.Permutations {
				if got := numpy.NewRandom(seed).Permutation(len(want)); !slices.Equal(got, want) {
					t.Errorf("Permutation(%d):\ngot  %v\nwant %v", len(want), got, want)
				}
			}
		})
	}
}

// panicText returns what f panics with, or "" if it does not.
func panicText(f func()) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprint(p)
		}
	}()
	f()
	return ""
}

// withinTwoPlaces reports whether got is at most two units in the last place from
// want. Normal numbers go through a logarithm, which NumPy takes from the C library.
func withinTwoPlaces(got, want float64) bool {
	place := math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want)
	return math.Abs(got-want) <= 2*place
}

// The C++ standard, [rand.predef]: "The 10000th consecutive invocation of a
// default-constructed object of type mt19937 produces the value 4123659995."
// By default it is seeded with 5489.
func TestUint32OfTheCppStandard(t *testing.T) {
	r := numpy.NewRandom(5489)
	var got uint32
	for range 10000 {
		got = r.Uint32()
	}
	if want := uint32(4123659995); got != want {
		t.Errorf("seed 5489, 10000th word: got %d, want %d", got, want)
	}
}

func TestPermutationIsOne(t *testing.T) {
	r := numpy.NewRandom(1)
	for n := range 70 { // beyond 64, the last power of two on the way
		got := r.Permutation(n)
		if got == nil || len(got) != n {
			t.Fatalf("Permutation(%d): got %#v, want %d numbers", n, got, n)
		}
		sorted := slices.Clone(got)
		slices.Sort(sorted)
		for i, v := range sorted {
			if v != i {
				t.Fatalf("Permutation(%d): got %v, want every number from 0 to %d once", n, got, n-1)
			}
		}
	}
}

// Where there is nothing to choose, NumPy draws no random number.
func TestPermutationOfOneDrawsNothing(t *testing.T) {
	r := numpy.NewRandom(5489)
	r.Permutation(0)
	r.Permutation(1)
	if got, want := r.Uint32(), uint32(3499211612); got != want { // NumPy's first word, too
		t.Errorf("the first word after them: got %d, want %d", got, want)
	}
}

func TestPermutationPanics(t *testing.T) {
	got := panicText(func() { numpy.NewRandom(0).Permutation(-1) })
	if got == "" {
		t.Error("Permutation(-1): got no panic")
	}
}

// The notebook draws both weight matrices from one generator.
func TestNormalMatrix(t *testing.T) {
	tested := 0
	for _, pass := range testkit.Reference(t).Passes {
		if pass.Request.Steps != 1 {
			continue // later, the weights are no longer the random ones
		}
		tested++
		r := numpy.NewRandom(pass.Request.Seed)
		for _, want := range []matrix.Matrix{pass.Answer.Matrices["weights_1"], pass.Answer.Matrices["weights_2"]} {
			got := r.NormalMatrix(0.5, want.Rows(), want.Cols())
			if got.Rows() != want.Rows() || got.Cols() != want.Cols() {
				t.Fatalf("seed %d: got %v\nwant %v", pass.Request.Seed, got, want)
			}
			for i := range want {
				for j := range want[i] {
					if !withinTwoPlaces(got[i][j], want[i][j]) {
						t.Errorf("seed %d, row %d, column %d: got %v, want %v", pass.Request.Seed, i, j, got[i][j], want[i][j])
					}
				}
			}
		}
	}
	if tested == 0 {
		t.Error("data/reference.json: got no pass of one step, want one")
	}
}

func TestNormalMatrixRowByRow(t *testing.T) {
	for _, scale := range []float64{1, 0.5, 0, -3} {
		m := numpy.NewRandom(7).NormalMatrix(scale, 3, 5)
		if m.Rows() != 3 || m.Cols() != 5 {
			t.Fatalf("got shape %d×%d, want 3×5", m.Rows(), m.Cols())
		}
		r := numpy.NewRandom(7)
		for i, row := range m {
			for j, got := range row {
				if want := scale * r.Normal(); got != want {
					t.Errorf("scale %v, row %d, column %d: got %v, want %v", scale, i, j, got, want)
				}
			}
		}
	}
}

func TestNormalMatrixPanics(t *testing.T) {
	got := panicText(func() { numpy.NewRandom(0).NormalMatrix(1, 0, 2) })
	want := "matrix: New: 0×2: rows and columns must be at least 1"
	if got != want {
		t.Errorf("NormalMatrix of 0×2: got panic %q, want %q", got, want)
	}
}

// Generators share no state: one does not move another on.
func TestRandomsAreIndependent(t *testing.T) {
	a, b := numpy.NewRandom(10), numpy.NewRandom(10)
	for i := range 1000 {
		first, second := a.Uint32(), b.Uint32()
		if first != second {
			t.Fatalf("word %d of two generators with seed 10: got %d and %d", i, first, second)
		}
	}
}
