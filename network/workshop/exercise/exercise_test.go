package exercise_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// flowers returns the flowers of the series.
func flowers(t *testing.T) iris.Flowers {
	t.Helper()
	f, err := iris.Read(strings.NewReader(testkit.Text(t, "data/iris.csv")))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// What the exercises are compared with is what NumPy computed (data/reference.py).
func TestWantAgainstNumPy(t *testing.T) {
	for _, test := range []struct {
		in     *exercise.Inputs
		rows   []int
		hidden int
		seed   uint32
	}{
		{exercise.Five(flowers(t)), []int{1, 51, 101, 52, 149}, 2, 10},
		{exercise.Seven(flowers(t)), []int{99, 0, 75, 51, 3, 60, 98}, 5, 2024},
	} {
		t.Run(test.in.About, func(t *testing.T) {
			compared := 0
			for _, pass := range testkit.Reference(t).Passes {
				r := pass.Request
				if !slices.Equal(r.Flowers, test.rows) || r.Hidden != test.hidden || r.Rate != test.in.LearningRate || r.Seed != test.seed || r.Steps != 1 && r.Steps != test.in.Epochs {
					continue
				}
				for _, e := range exercise.All() {
					if (e.Name == "Train") != (r.Steps == test.in.Epochs) {
						continue
					}
					want := e.Want(test.in)
					if e.Name == "MSE" && math.Abs(want[0][0][0]-pass.Answer.MSEBefore) > 1e-14 {
						t.Errorf("mse: got %v, want %v", want[0][0][0], pass.Answer.MSEBefore)
					}
					for i, name := range e.Results {
						if numPys := pass.Answer.Matrices[name]; numPys != nil {
							compared++
							if !exercise.Same(want[i], numPys) {
								t.Errorf("%s after %d steps: got\n%vwant\n%v", name, r.Steps, want[i], matrix.Matrix(numPys))
							}
						}
					}
				}
			}
			if compared != 16 { // new_weights_2 are of Descend and of Step
				t.Errorf("got %d matrices in reference.json to compare with, want 16", compared)
			}
		})
	}
}

// All sizes of the five flowers are different, and no matrix of the cube is its own
// transpose.
func TestInputs(t *testing.T) {
	in := exercise.Five(flowers(t))
	sizes := []int{in.X.Rows(), in.X.Cols(), in.Weights1.Cols(), in.Y.Cols()}
	slices.Sort(sizes)
	if len(slices.Compact(sizes)) != 4 {
		t.Errorf("got the sizes %v of 5 flowers, want four", sizes)
	}
	for _, e := range exercise.All() {
		for i, m := range e.Want(exercise.Cube()) {
			var mirrored matrix.Matrix
			mirrored.Transpose(m)
			if m.Rows() > 1 && exercise.Same(m, mirrored) {
				t.Errorf("%s, result %d: got a matrix of the cube that is its own transpose", e.Name, i)
			}
		}
	}
}

// Each exercise has all of its texts. Hints get nearer: the first is a question, and only
// the last is code.
func TestExercisesAreDescribed(t *testing.T) {
	for i, e := range exercise.All() {
		if e.Number != i+1 || exercise.Number(e.Name) != i+1 || e.Part == "" || e.Equation == "" {
			t.Errorf("%s: got %+v, want its number %d, a part and an equation", e.Name, e, i+1)
		}
		if got, want := len(e.Results), len(e.Want(exercise.Cube())); got != want {
			t.Errorf("%s: got %d names of results, want %d", e.Name, got, want)
		}
		if !strings.Contains(e.Hints[0], "?") || e.Hints[1] == "" || !strings.ContainsAny(e.Hints[2], "([") ||
			strings.Contains(e.Hints[0]+e.Hints[1], ":=") {
			t.Errorf("%s: got the hints %q, want a question, a sentence and code", e.Name, e.Hints)
		}
	}
	if got := exercise.Number("Other"); got != 0 {
		t.Errorf("got the number %d of an exercise that does not exist, want 0", got)
	}
}

// Our solutions are correct with all inputs, as one reads them and as Ours calls them.
func TestSolutionsPass(t *testing.T) {
	asWritten := &exercise.Functions{
		Dot: solutions.Dot, Transpose: solutions.Transpose, Sigmoid: solutions.Sigmoid,
		HiddenLayer: solutions.HiddenLayer, OutputLayer: solutions.OutputLayer,
		Labels: solutions.Labels, MSE: solutions.MSE,
		OutputLayerError: solutions.OutputLayerError, OutputLayerDelta: solutions.OutputLayerDelta,
		HiddenLayerError: solutions.HiddenLayerError, HiddenLayerDelta: solutions.HiddenLayerDelta,
		Weights2Update: solutions.Weights2Update, Weights1Update: solutions.Weights1Update,
		Descend: solutions.Descend, Step: solutions.Step, Train: solutions.Train,
	}
	for _, f := range []*exercise.Functions{asWritten, exercise.Ours()} {
		for _, e := range exercise.All() {
			for _, in := range exercise.OfTrials(flowers(t)) {
				if got := exercise.Try(e, f, in); got.Panic != "" || got.Changed != "" || !got.Answer.Equal(e.Want(in)) {
					t.Errorf("%s with %s: got %+v, want %v", e.Name, in.About, got, e.Want(in))
				}
			}
		}
	}
}

// Our solutions have the parameters of the file that learners begin with.
func TestSolutionsFit(t *testing.T) {
	ours := testkit.Text(t, "network/workshop/exercise/solutions/solutions.go")
	begin := testkit.Text(t, "network/workshop/checker/start.txt")
	head := func(text, name string) string {
		_, text, _ = strings.Cut(text, "\nfunc "+name+"(")
		text, _, _ = strings.Cut(text, "{\n")
		return text
	}
	for _, e := range exercise.All() {
		if got, want := head(ours, e.Name), head(begin, e.Name); got != want || got == "" {
			t.Errorf("%s: got %q, want %q", e.Name, got, want)
		}
	}
}

// A function that is changed changes the exercises that call it, and no others.
func TestOursCallEachOther(t *testing.T) {
	wrong := matrix.Matrix{{7}}
	for _, test := range []struct {
		change  func(f *exercise.Functions)
		changes string
	}{
		{func(f *exercise.Functions) { f.Dot = func(x, y matrix.Matrix) matrix.Matrix { return wrong } },
			"Dot HiddenLayer OutputLayer HiddenLayerError Weights2Update Weights1Update Step Train"},
		{func(f *exercise.Functions) { f.Transpose = func(x matrix.Matrix) matrix.Matrix { return wrong } },
			"Transpose HiddenLayerError Weights2Update Weights1Update Step Train"},
		{func(f *exercise.Functions) { f.Sigmoid = func(z float64) float64 { return 7 } },
			"Sigmoid HiddenLayer OutputLayer Step Train"},
		{func(f *exercise.Functions) {
			f.HiddenLayer = func(x, w matrix.Matrix) (in, out matrix.Matrix) { return wrong, wrong }
		}, "HiddenLayer Step Train"},
		{func(f *exercise.Functions) {
			f.OutputLayerDelta = func(in, out, err matrix.Matrix) matrix.Matrix { return wrong }
		}, "OutputLayerDelta Step Train"},
		{func(f *exercise.Functions) {
			f.Descend = func(w, u matrix.Matrix, rate float64) matrix.Matrix { return wrong }
		},
			"Descend Step Train"},
		{func(f *exercise.Functions) {
			f.Step = func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) { return wrong, wrong }
		}, "Step Train"},
	} {
		f := exercise.Ours()
		test.change(f)
		in := exercise.Five(flowers(t))
		var changed []string
		for _, e := range exercise.All() {
			if !exercise.Try(e, f, in).Answer.Equal(e.Want(in)) {
				changed = append(changed, e.Name)
			}
		}
		if got := strings.Join(changed, " "); got != test.changes {
			t.Errorf("got changed: %s, want %s", got, test.changes)
		}
	}
}

// A learner's functions that are ours train as package network does.
func TestTraining(t *testing.T) {
	rows := exercise.Training(exercise.Ours(), flowers(t))
	if len(rows) != 5 || rows[4].Epoch != 3000 {
		t.Errorf("got %v, want five rows up to epoch 3000", rows)
	}
	for _, row := range rows {
		if row.Yours != row.Ours || row.Yours == rows[0].Yours && row.Epoch > 0 {
			t.Errorf("after %d epochs: got %s and %s, want the same, and better than at the start", row.Epoch, row.Yours, row.Ours)
		}
	}
}

// Numbers are the same to 1e-9 of the largest one.
func TestEqual(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, test := range []struct {
		got, want matrix.Matrix
		row, col  int
	}{
		{matrix.Matrix{{1, 1000}}, matrix.Matrix{{1.0000009, 1000}}, exercise.NoDifference, 0},
		{matrix.Matrix{{1, 1000}}, matrix.Matrix{{1.0000011, 1000}}, 0, 0},
		{matrix.Matrix{{1}, {2}}, matrix.Matrix{{1}, {3}}, 1, 0},
		{matrix.Matrix{{1, inf}}, matrix.Matrix{{1, inf}}, exercise.NoDifference, 0},
		{matrix.Matrix{{1, 1e9}}, matrix.Matrix{{1, inf}}, 0, 1},
		{matrix.Matrix{{nan}}, matrix.Matrix{{nan}}, 0, 0},
		{nil, matrix.Matrix{{1}}, exercise.OtherShape, 0},
		{matrix.Matrix{{1, 2}, {3}}, matrix.Matrix{{1, 2}, {3, 4}}, exercise.OtherShape, 0},
	} {
		if row, col := exercise.Difference(test.got, test.want); row != test.row || col != test.col {
			t.Errorf("%v and %v: got %d, %d, want %d, %d", test.got, test.want, row, col, test.row, test.col)
		}
		got, want := exercise.Answer{{{1}}, test.got}, exercise.Answer{{{1}}, test.want}
		if got.Equal(want) != (test.row == exercise.NoDifference) || got[:1].Equal(want) {
			t.Errorf("%v and %v: got another answer of Equal", got, want)
		}
	}
}

func ExampleExercise_Want() {
	e := exercise.All()[0]
	in := exercise.Cube()
	fmt.Println(e.Number, e.Name, e.Call(exercise.Ours(), in).Equal(e.Want(in)))
	// Output: 1 Dot true
}
