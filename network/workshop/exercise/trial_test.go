package exercise_test

import (
	"bytes"
	"encoding/gob"
	"math"
	"slices"
	"testing"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// A matrix or a list that a function has changed is called by the parameter's name, and
// the caller's is as it was.
func TestChanged(t *testing.T) {
	f := exercise.Ours()
	in := exercise.Five(flowers(t))
	for _, test := range []struct {
		exercise, want string
		change         func()
	}{
		{"Dot", "y", func() {
			f.Dot = func(x, y matrix.Matrix) matrix.Matrix { c := solutions.Dot(x, y); y[3][1]++; return c }
		}},
		{"HiddenLayer", "weights1", func() {
			f.HiddenLayer = func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				in, out = solutions.HiddenLayer(x, w)
				w[0][0]++
				return in, out
			}
		}},
		{"Labels", "species", func() { f.Labels = func(s []int) matrix.Matrix { y := solutions.Labels(s); s[0]++; return y } }},
		{"OutputLayerError", "outputLayerOutputs", func() {
			f.OutputLayerError = func(out, y matrix.Matrix) matrix.Matrix { out.Sub(out, y); return out }
		}},
		{"Weights1Update", "hiddenLayerDelta", func() {
			f.Weights1Update = func(x, y, err, delta matrix.Matrix) matrix.Matrix { delta[0][0] = math.NaN(); return delta }
		}},
		{"Descend", "weights", func() {
			f.Descend = func(w, u matrix.Matrix, rate float64) matrix.Matrix { w.Sub(w, u); return w }
		}},
		{"Step", "weights2", func() {
			f.Step = func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) { w2[0][0]++; return w1, w2 }
		}},
	} {
		test.change()
		if got := exercise.Try(exercise.ByName(test.exercise), f, in).Changed; got != test.want {
			t.Errorf("%s: got %q, want %q", test.exercise, got, test.want)
		}
	}
	if got := exercise.Try(exercise.ByName("Transpose"), f, in); got.Changed != "" || !got.Answer.Equal(exercise.ByName("Transpose").Want(in)) {
		t.Errorf("got %+v, want inputs that no call has changed", got)
	}
}

// A record stays as it is, whatever the function does to what it has returned.
func TestRecordStays(t *testing.T) {
	f, in, e := exercise.Ours(), exercise.Cube(), exercise.ByName("Transpose")
	var kept matrix.Matrix
	f.Transpose = func(x matrix.Matrix) matrix.Matrix { kept.Transpose(x); return kept }
	got := exercise.Try(e, f, in)
	kept[0][0]++
	if !got.Answer.Equal(e.Want(in)) {
		t.Errorf("got %v, want what it returned, %v", got.Answer, e.Want(in))
	}
}

// Whatever a function returns, a report gets through gob.
func TestReportAsGob(t *testing.T) {
	in := exercise.Cube()
	for name, m := range map[string]matrix.Matrix{
		"numbers":        {{1, -0.5}, {1e-300, 2}},
		"no numbers":     {{math.NaN(), math.Inf(1)}, {math.Inf(-1), math.Copysign(0, -1)}},
		"nothing":        nil,
		"ragged":         {{1, 2}, {3}},
		"rows, all of 0": {nil, {}},
	} {
		f := exercise.Ours()
		f.HiddenLayer = func(_, _ matrix.Matrix) (a, b matrix.Matrix) { return m, m }
		want := exercise.Report{
			Trials:  []exercise.Trial{exercise.Try(exercise.ByName("HiddenLayer"), f, in), {Panic: "p", Lines: []int{3, 4}, Printed: 9}},
			Stopped: "s", Stacks: "g", Rows: []exercise.Row{{Epoch: 1, Yours: "y", Ours: "o"}},
		}
		var b bytes.Buffer
		var got exercise.Report
		if err := gob.NewEncoder(&b).Encode(&want); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := gob.NewDecoder(&b).Decode(&got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, c := range got.Trials[0].Answer {
			if len(c) != len(m) {
				t.Fatalf("%s: got %d rows, want %d", name, len(c), len(m))
			}
			for row := range m {
				for col, v := range m[row] {
					if len(c[row]) != len(m[row]) || math.Float64bits(c[row][col]) != math.Float64bits(v) {
						t.Errorf("%s: got %v as result %d, want %v", name, c, i, m)
					}
				}
			}
		}
		if len(got.Trials[0].Answer) != 2 || !slices.Equal(got.Trials[1].Lines, want.Trials[1].Lines) || got.Trials[1].Printed != 9 || got.Stopped != "s" || got.Rows[0] != want.Rows[0] {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

// A panic is recorded with its first line and where it was: in the exercise's own function
// if that is on the stack and in what it called, and whether it was in another package.
// (These lines are those of a learner's file for the compiler, and so to the end of this one.)
func TestPanic(t *testing.T) {
	in := exercise.Cube()
	f := exercise.Ours()
	f.Transpose, f.Dot, f.MSE = Transpose, Dot, func(_, _ matrix.Matrix) float64 { panic(math.Sqrt2) }
	f.HiddenLayer = func(x, w matrix.Matrix) (_, _ matrix.Matrix) { return helper(x), nil }
	f.Labels = func([]int) matrix.Matrix { panic("") }
	for _, test := range []struct {
		exercise, want string
		lines          []int
		outside        bool
	}{
		{"Transpose", "first", []int{71, 81}, false},
		{"Dot", "matrix: New: 0×1: rows and columns must be at least 1", []int{91}, true},
		{"HiddenLayer", "first", []int{81}, false},
		{"MSE", "1.4142135623730951", nil, true},
		{"Labels", "nothing", nil, true},
	} {
		got := exercise.Try(exercise.ByName(test.exercise), f, in)
		if got.Panic != test.want || !slices.Equal(got.Lines, test.lines) || got.Outside != test.outside || got.Answer != nil || got.Changed != "" {
			t.Errorf("%s: got %+v, want %q in lines %v, outside: %v", test.exercise, got, test.want, test.lines, test.outside)
		}
	}
}

//line exercises.go:70
func Transpose(x matrix.Matrix) matrix.Matrix {
	return helper(x)
}

//line exercises.go:80
func helper(x matrix.Matrix) matrix.Matrix {
	panic("first\nsecond")
}

//line exercises.go:90
func Dot(_, _ matrix.Matrix) matrix.Matrix {
	return matrix.New(0, 1)
}
