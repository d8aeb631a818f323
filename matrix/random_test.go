package matrix_test

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"sort"
	"testing"

	"backprop/matrix"
)

// reference is what NumPy answered, see reference.py beside the file.
type reference struct {
	Passes []struct {
		Request struct {
			Hidden int
			Rate   float64
			Seed   uint32
			Steps  int
		}
		Answer struct {
			X                   matrix.Matrix
			Y                   matrix.Matrix
			Weights1            matrix.Matrix `json:"weights_1"`
			Weights2            matrix.Matrix `json:"weights_2"`
			Weights2T           matrix.Matrix `json:"weights_2.T"`
			HiddenLayerInputs   matrix.Matrix `json:"hidden_layer_inputs"`
			HiddenLayerOutputs  matrix.Matrix `json:"hidden_layer_outputs"`
			HiddenLayerOutputsT matrix.Matrix `json:"hidden_layer_outputs.T"`
			OutputLayerOutputs  matrix.Matrix `json:"output_layer_outputs"`
			OutputLayerError    matrix.Matrix `json:"output_layer_error"`
			OutputLayerSlope    matrix.Matrix `json:"output_layer_slope"`
			OutputLayerDelta    matrix.Matrix `json:"output_layer_delta"`
			Weights1Update      matrix.Matrix `json:"weights_1_update"`
			NewWeights1         matrix.Matrix `json:"new_weights_1"`
		}
	}
	Random []struct {
		Request struct{ Seed uint32 }
		Answer  struct {
			Uint32 []struct {
				Index int
				Word  uint32
			}
			Float64      []float64
			Normal       []float64
			Permutations [][]int
			Mixed        []float64
		}
	}
}

func readReference(t *testing.T) (r reference) {
	t.Helper()
	text, err := os.ReadFile("../data/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Random) == 0 || len(r.Passes) == 0 {
		t.Fatal("../data/reference.json has no random numbers or no passes")
	}
	return r
}

// withinLastPlace reports whether x and y are equal or neighbours. Normal
// numbers go through a logarithm, which may differ from NumPy's that much.
func withinLastPlace(x, y float64) bool {
	return x == y || x == math.Nextafter(y, math.Inf(1)) || x == math.Nextafter(y, math.Inf(-1))
}

func TestUint32(t *testing.T) {
	for _, test := range readReference(t).Random {
		r, drawn := matrix.NewRandom(test.Request.Seed), 0
		for _, want := range test.Answer.Uint32 {
			var got uint32
			for ; drawn <= want.Index; drawn++ {
				got = r.Uint32()
			}
			if got != want.Word {
				t.Errorf("seed %d, word %d: got %d, want %d", test.Request.Seed, want.Index, got, want.Word)
			}
		}
	}
}

// The C++ standard, [rand.predef]: "The 10000th consecutive invocation of a
// default-constructed object of type mt19937 produces the value 4123659995."
// By default it is seeded with 5489.
func TestUint32OfTheCppStandard(t *testing.T) {
	r := matrix.NewRandom(5489)
	var got uint32
	for range 10000 {
		got = r.Uint32()
	}
	if want := uint32(4123659995); got != want {
		t.Errorf("seed 5489, 10000th word: got %d, want %d", got, want)
	}
}

func TestFloat64(t *testing.T) {
	for _, test := range readReference(t).Random {
		r := matrix.NewRandom(test.Request.Seed)
		for i, want := range test.Answer.Float64 {
			if got := r.Float64(); got != want {
				t.Errorf("seed %d, number %d: got %v, want %v", test.Request.Seed, i, got, want)
			}
		}
	}
}

func TestNormal(t *testing.T) {
	for _, test := range readReference(t).Random {
		r := matrix.NewRandom(test.Request.Seed)
		for i, want := range test.Answer.Normal {
			if got := r.Normal(); !withinLastPlace(got, want) {
				t.Errorf("seed %d, number %d: got %v, want %v", test.Request.Seed, i, got, want)
			}
		}
	}
}

// The second normal number of a pair waits while others are drawn.
func TestNormalAmongOthers(t *testing.T) {
	for _, test := range readReference(t).Random {
		r := matrix.NewRandom(test.Request.Seed)
		for i, draw := range []func() float64{r.Normal, r.Float64, r.Normal, r.Normal} {
			if got, want := draw(), test.Answer.Mixed[i]; !withinLastPlace(got, want) {
				t.Errorf("seed %d, number %d: got %v, want %v", test.Request.Seed, i, got, want)
			}
		}
	}
}

func TestPermutation(t *testing.T) {
	for _, test := range readReference(t).Random {
		for _, want := range test.Answer.Permutations {
			got := matrix.NewRandom(test.Request.Seed).Permutation(len(want))
			if !reflect.DeepEqual(got, want) {
				t.Errorf("seed %d, n = %d:\ngot  %v\nwant %v", test.Request.Seed, len(want), got, want)
			}
		}
	}
}

func TestPermutationIsOne(t *testing.T) {
	r := matrix.NewRandom(1)
	for n := range 70 { // beyond 64, the last power of two on the way
		got := r.Permutation(n)
		if got == nil || len(got) != n {
			t.Fatalf("Permutation(%d): got %#v, want %d numbers", n, got, n)
		}
		sorted := append([]int{}, got...)
		sort.Ints(sorted)
		for i, v := range sorted {
			if v != i {
				t.Fatalf("Permutation(%d): got %v, want every number from 0 to %d once", n, got, n-1)
			}
		}
	}
}

// Where there is nothing to choose, NumPy draws no random number.
func TestPermutationOfOneDrawsNothing(t *testing.T) {
	r := matrix.NewRandom(5489)
	r.Permutation(0)
	r.Permutation(1)
	if got, want := r.Uint32(), uint32(3499211612); got != want { // NumPy's first word, too
		t.Errorf("the first word after them: got %d, want %d", got, want)
	}
}

func TestPermutationPanics(t *testing.T) {
	got := panicText(func() { matrix.NewRandom(0).Permutation(-1) })
	if got == "" {
		t.Error("Permutation(-1): got no panic")
	}
}

// The notebook draws both weight matrices from one generator.
func TestRandomNormal(t *testing.T) {
	tested := 0
	for _, pass := range readReference(t).Passes {
		if pass.Request.Steps != 1 {
			continue // later, the weights are no longer the random ones
		}
		tested++
		r := matrix.NewRandom(pass.Request.Seed)
		for _, want := range []matrix.Matrix{pass.Answer.Weights1, pass.Answer.Weights2} {
			got := matrix.RandomNormal(r, 0.5, want.Rows(), want.Cols())
			if !near(got, want, 1e-15) {
				t.Errorf("seed %d: got %v\nwant %v", pass.Request.Seed, got, want)
			}
		}
	}
	if tested == 0 {
		t.Error("../data/reference.json has no pass of one step")
	}
}

func TestRandomNormalRowByRow(t *testing.T) {
	for _, scale := range []float64{1, 0.5, 0, -3} {
		m := matrix.RandomNormal(matrix.NewRandom(7), scale, 3, 5)
		if m.Rows() != 3 || m.Cols() != 5 {
			t.Fatalf("got shape %d×%d, want 3×5", m.Rows(), m.Cols())
		}
		r := matrix.NewRandom(7)
		for i, row := range m {
			for j, got := range row {
				if want := scale * r.Normal(); got != want {
					t.Errorf("scale %v, row %d, column %d: got %v, want %v", scale, i, j, got, want)
				}
			}
		}
	}
}

func TestRandomNormalPanics(t *testing.T) {
	got := panicText(func() { matrix.RandomNormal(matrix.NewRandom(0), 1, 0, 2) })
	want := "matrix: New: 0×2: rows and columns must be at least 1"
	if got != want {
		t.Errorf("RandomNormal of 0×2: got panic %q, want %q", got, want)
	}
}

// Generators share no state: one does not move another on.
func TestRandomsAreIndependent(t *testing.T) {
	a, b := matrix.NewRandom(10), matrix.NewRandom(10)
	for i := range 1000 {
		first, second := a.Uint32(), b.Uint32()
		if first != second {
			t.Fatalf("word %d of two generators with seed 10: got %d and %d", i, first, second)
		}
	}
}
