package walkthrough

import (
	"fmt"
	"math"
	"testing"

	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/matrix/numpy"
)

// Every matrix has the numbers that NumPy computed, under the series' name.
func TestReference(t *testing.T) { testPasses(t, testkit.Reference(t).Passes) }

// Other settings than in reference.json, computed by NumPy while the test runs.
func TestNumPyLive(t *testing.T) {
	testkit.Everything(t)
	r := numpy.NewRandom(20)
	var passes []map[string]any
	for i := range 20 {
		steps, rate := []int{1, 1, 5, 1000}[i%4], math.Exp(3*r.Normal())
		if steps > 1 {
			rate = 0.05 * float64(1+i) // a larger one jumps about, and doubles each rounding with each step
		}
		passes = append(passes, map[string]any{
			"flowers": r.Permutation(150)[:1+i*i%37], "hidden": 1 + i%7, "rate": rate, "seed": r.Uint32(), "steps": steps,
		})
	}
	got := testkit.NumPy(t, map[string]any{"passes": passes}).Passes
	if len(got) != len(passes) {
		t.Fatalf("got %d passes, want %d", len(got), len(passes))
	}
	testPasses(t, got)
}

func testPasses(t *testing.T, passes []testkit.Pass) {
	for _, pass := range passes {
		r, want := pass.Request, pass.Answer
		t.Run(fmt.Sprintf("%d flowers, hidden %d, rate %.4g, seed %d, steps %d", len(r.Flowers), r.Hidden, r.Rate, r.Seed, r.Steps), func(t *testing.T) {
			s := mustStep(t, Settings{Rows: r.Flowers, Weights: Weights{Hidden: r.Hidden, Seed: r.Seed}, Rate: r.Rate, Steps: r.Steps})
			tolerance := 1e-14
			if r.Steps > 1 {
				tolerance = 1e-10
			}
			testMatrix(t, "n", matrix.Matrix{{float64(s.Pass.N())}}, matrix.Matrix{{want.N}}, tolerance)
			testMatrix(t, "mse_before", matrix.Matrix{{s.MSEBefore}}, matrix.Matrix{{want.MSEBefore}}, tolerance)
			testMatrix(t, "mse_after", matrix.Matrix{{s.MSEAfter}}, matrix.Matrix{{want.MSEAfter}}, tolerance)
			for _, q := range s.Quantities {
				testMatrix(t, q.Name, q.Matrix, want.Matrices[q.Name], tolerance)
			}
			if len(s.Quantities) != len(want.Matrices) {
				t.Errorf("got %d matrices, want NumPy's %d", len(s.Quantities), len(want.Matrices))
			}
		})
	}
}

// testMatrix checks each element of a matrix, within tolerance of the largest.
func testMatrix(t *testing.T, name string, got, want matrix.Matrix, tolerance float64) {
	t.Helper()
	if got.Rows() != want.Rows() || got.Cols() != want.Cols() {
		t.Errorf("%s: got %d×%d, want %d×%d", name, got.Rows(), got.Cols(), want.Rows(), want.Cols())
		return
	}
	largest := 0.0
	for _, row := range want {
		for _, v := range row {
			largest = max(largest, math.Abs(v))
		}
	}
	for i := range want {
		for j, w := range want[i] {
			if !(math.Abs(got[i][j]-w) <= tolerance*largest) {
				t.Errorf("%s[%d][%d]: got %v, want %v", name, i, j, got[i][j], w)
			}
		}
	}
}
