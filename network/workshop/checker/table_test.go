package checker

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network/workshop/checker/solutions"
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

var oneExaminer *examiner

// theExaminer returns one that all tests share, so that each mistake's numbers are
// computed once. Tests that run beside others have no part in it.
func theExaminer(t *testing.T) *examiner {
	t.Helper()
	if oneExaminer == nil {
		oneExaminer = newExaminer(flowers(t))
	}
	return oneExaminer
}

// ours are those of package solutions.
func ours() Functions {
	return Functions{
		Dot: solutions.Dot, Transpose: solutions.Transpose, Sigmoid: solutions.Sigmoid,
		HiddenLayer: solutions.HiddenLayer, OutputLayer: solutions.OutputLayer,
		Labels: solutions.Labels, MSE: solutions.MSE,
		OutputLayerError: solutions.OutputLayerError, OutputLayerDelta: solutions.OutputLayerDelta,
		HiddenLayerError: solutions.HiddenLayerError, HiddenLayerDelta: solutions.HiddenLayerDelta,
		Weights2Update: solutions.Weights2Update, Weights1Update: solutions.Weights1Update,
		Descend: solutions.Descend, Step: solutions.Step, Train: solutions.Train,
	}
}

// What the exercises are compared with is what NumPy computed (data/reference.py).
func TestGivenAgainstNumPy(t *testing.T) {
	x := theExaminer(t)
	for _, test := range []struct {
		g      *given
		rows   []int
		hidden int
		seed   uint32
	}{
		{x.five, []int{1, 51, 101, 52, 149}, 2, 10},
		{x.seven, []int{0, 99, 75, 51, 3, 60, 98}, 5, 2024},
	} {
		t.Run(test.g.about, func(t *testing.T) {
			var compared []string
			for _, pass := range testkit.Reference(t).Passes {
				r := pass.Request
				if !slices.Equal(r.Flowers, test.rows) || r.Hidden != test.hidden || r.Rate != test.g.learningRate || r.Seed != test.seed {
					continue
				}
				gots := map[string]matrix.Matrix{}
				switch r.Steps {
				case test.g.epochs:
					gots = map[string]matrix.Matrix{"new_weights_1": test.g.trainedWeights1, "new_weights_2": test.g.trainedWeights2}
				case 1:
					for _, e := range exercises {
						for i, name := range e.results {
							if pass.Answer.Matrices[name] != nil && e.name != "Train" {
								gots[name] = e.want(test.g)[i]
							}
						}
					}
					if got, want := test.g.mse, pass.Answer.MSEBefore; math.Abs(got-want) > 1e-14 {
						t.Errorf("mse: got %v, want %v", got, want)
					}
				}
				for name, got := range gots {
					compared = append(compared, name)
					if row, col := difference(got, pass.Answer.Matrices[name]); row != same {
						t.Errorf("%s after %d steps: got another number in row %d, column %d, want NumPy's", name, r.Steps, row, col)
					}
				}
			}
			if len(compared) != 15 { // 13 of one step, 2 of the training
				t.Errorf("got %d matrices in reference.json to compare with, %v, want 15", len(compared), compared)
			}
		})
	}
}

// What -reset puts back is what the project comes with.
func TestStart(t *testing.T) {
	text := testkit.Text(t, folder+"/"+file)
	s := parse(text)
	for _, e := range exercises {
		if !s.empty(e.name) {
			return // who has begun may run the tests, too
		}
	}
	if text == startText {
		return
	}
	t.Errorf("%s and start.txt differ, want them the same as long as no exercise is begun", file)
}

// Whatever is in exercises.go, our solutions have its functions and their
// parameters.
func TestSolutionsFit(t *testing.T) {
	ours, start := parse(solutionsGo), parse(startText)
	for _, e := range exercises {
		head := func(s *source) string {
			f := s.funcs[e.name]
			return s.text[f.Pos()-1 : f.Body.Pos()-1]
		}
		if got, want := head(ours), head(start); got != want {
			t.Errorf("%s: got %q, want %q", e.name, got, want)
		}
	}
}

// With our solutions, everything passes.
func TestSolutionsPass(t *testing.T) {
	for _, e := range exercises {
		if r := theExaminer(t).check(e, ours()); r.State != done {
			t.Errorf("%s: got %+v, want done", e.name, r)
		}
	}
}

// No two mistakes of an exercise give the same numbers, and none gives the right
// ones: else the checker would name one for the other. A mistake is compared where
// it can be computed: with 5 flowers, else with 3 of everything. (In a whole step, some
// cannot be told apart: then the first is called by a name that fits all.)
func TestMistakesDiffer(t *testing.T) {
	x := theExaminer(t)
	for _, e := range exercises {
		for _, g := range []*given{x.five, x.cube} {
			names, answers := []string{"the right answer"}, []answer{e.want(g)}
			for _, c := range x.candidates(e) {
				a := c.five
				if g == x.cube {
					a = c.cube
				}
				if a != nil {
					names, answers = append(names, c.mistake.name), append(answers, a)
				}
				if c.five == nil && c.cube == nil {
					t.Errorf("%s, %s: got a form that cannot be computed, want none", e.name, c.mistake.name)
				}
			}
			for i := range answers {
				for j := range i {
					if near(answers[i], answers[j]) && called(e.name, names[i]) != called(e.name, names[j]) {
						t.Errorf("%s with %s: got the same numbers for %q and %q, want others", e.name, g.about, names[i], names[j])
					}
				}
			}
		}
	}
}

// near is equal with a wider tolerance.
func near(a, b answer) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Rows() != b[i].Rows() || a[i].Cols() != b[i].Cols() {
			return false
		}
		largest := 0.0
		for j := range a[i] {
			for k := range a[i][j] {
				if !math.IsInf(a[i][j][k], 0) {
					largest = max(largest, math.Abs(a[i][j][k]))
				}
			}
		}
		for j := range a[i] {
			for k := range a[i][j] {
				if a[i][j][k] != b[i][j][k] && !(math.Abs(a[i][j][k]-b[i][j][k]) <= 1e-6*largest) {
					return false
				}
			}
		}
	}
	return true
}

// Every mistake has its text, its part, and a name of its own.
func TestMistakesAreExplained(t *testing.T) {
	for i, e := range exercises {
		if e.part == "" || e.equation == "" || number(e.name) != i+1 {
			t.Errorf("%s: got part %q, equation %q and number %d, want all three", e.name, e.part, e.equation, number(e.name))
		}
		names := map[string]bool{}
		for _, m := range e.mistakes() {
			if names[m.name] || m.why == "" || m.part == "" || !strings.ContainsAny(m.why[len(m.why)-1:], ".?)") || len(m.forms) == 0 {
				t.Errorf("%s: got the mistake %q with %q, part %q, %d forms, want a name of its own, a sentence, a part and a form", e.name, m.name, m.why, m.part, len(m.forms))
			}
			names[m.name] = true
		}
		for j, hint := range e.hints {
			if hint == "" {
				t.Errorf("%s: got no hint %d", e.name, j+1)
			}
		}
		if !strings.Contains(e.hints[0], "?") {
			t.Errorf("%s: got the first hint %q, want a question", e.name, e.hints[0])
		}
		// Hints get nearer: only the last is code.
		code := func(hint string) int { return strings.Count(hint, "(") + strings.Count(hint, "[") }
		if code(e.hints[2]) == 0 || strings.Contains(e.hints[1], ":=") || strings.Contains(e.hints[0], ":=") {
			t.Errorf("%s: got %q, want code in the last hint only", e.name, e.hints)
		}
	}
}

// What is wrong in no way that we know is not named.
func TestOtherWrongsAreNotNamed(t *testing.T) {
	r := numpy.NewRandom(2024)
	wrongs := map[string]func(m matrix.Matrix) matrix.Matrix{
		"one number a little off": func(m matrix.Matrix) matrix.Matrix {
			z := scale(1, m)
			i, j := int(r.Uint32())%z.Rows(), int(r.Uint32()>>1)%z.Cols()
			z[i][j] += 1e-6 * (1 + math.Abs(z[i][j]))
			return z
		},
		"one number far off": func(m matrix.Matrix) matrix.Matrix {
			z := scale(1, m)
			z[int(r.Uint32()>>1)%z.Rows()][int(r.Uint32()>>1)%z.Cols()] = 7 + r.Float64()
			return z
		},
		"random numbers": func(m matrix.Matrix) matrix.Matrix { return r.NormalMatrix(1, m.Rows(), m.Cols()) },
		"an odd factor":  func(m matrix.Matrix) matrix.Matrix { return scale(0.3+3*r.Float64(), m) },
		"a constant more": func(m matrix.Matrix) matrix.Matrix {
			return apply(m, func(v float64) float64 { return v + 0.37 })
		},
		"NaN":      func(m matrix.Matrix) matrix.Matrix { return scale(math.NaN(), m) },
		"infinite": func(m matrix.Matrix) matrix.Matrix { return apply(m, func(float64) float64 { return math.Inf(1) }) },
		"another shape": func(m matrix.Matrix) matrix.Matrix {
			return r.NormalMatrix(1, m.Rows()+1, m.Cols()+2)
		},
	}
	for name, change := range wrongs {
		for round := 0; round < 20; round++ {
			for _, e := range exercises {
				if name == "another shape" && (e.name == "Sigmoid" || e.name == "MSE") {
					continue
				}
				e.call = func(_ Functions, g *given) answer {
					a := e.want(g)
					wrongs := make(answer, len(a))
					for i := range a {
						wrongs[i] = change(a[i])
					}
					return wrongs
				}
				got := theExaminer(t).check(e, ours())
				if got.State != wrong || got.Mistake != "" {
					t.Errorf("%s, %s: got %s and the mistake %q, want wrong and none", e.name, name, got.State, got.Mistake)
				}
			}
		}
	}
}

// What is a number in the code, instead of what the function was given, shows with
// other flowers, another rate and another number of epochs. No mistake is named:
// it would be right for 5 flowers only by accident.
func TestHardCodedNumbers(t *testing.T) {
	for _, test := range []struct {
		name, exercise string
		make           func(f *Functions)
	}{
		{"15 elements", "MSE", func(f *Functions) {
			f.MSE = func(out, y m) float64 { return solutions.MSE(out, y) * size(y) / 15 }
		}},
		{"15 elements", "Weights2Update", func(f *Functions) {
			f.Weights2Update = func(_, out, y, _, d m) m { return times(mul(flip(out), d), 1.0/15) }
		}},
		{"15 elements", "Weights1Update", func(f *Functions) {
			f.Weights1Update = func(x, y, _, d m) m { return times(mul(flip(x), d), 1.0/15) }
		}},
		{"the learning rate", "Descend", func(f *Functions) {
			f.Descend = func(w, u m, _ float64) m { return minus(w, times(u, 0.13)) }
		}},
		{"the learning rate", "Step", func(f *Functions) {
			f.Step = func(x, y, w1, w2 m, _ float64) (m, m) { return solutions.Step(x, y, w1, w2, 0.13) }
		}},
		{"the learning rate", "Train", func(f *Functions) {
			f.Train = func(x, y, w1, w2 m, _ float64, n int) (m, m) { return solutions.Train(x, y, w1, w2, 0.13, n) }
		}},
		{"the epochs", "Train", func(f *Functions) {
			f.Train = func(x, y, w1, w2 m, rate float64, _ int) (m, m) { return solutions.Train(x, y, w1, w2, rate, 7) }
		}},
		{"the learning rate, with the sign turned", "Descend", func(f *Functions) {
			f.Descend = func(w, u m, _ float64) m { return minus(w, times(u, -0.13)) }
		}},
		{"the shape, with the sign turned", "OutputLayerError", func(f *Functions) {
			f.OutputLayerError = func(out, y m) m {
				z := matrix.New(5, 3)
				for i := range z {
					for j := range z[i] {
						z[i][j] = y[i][j] - out[i][j]
					}
				}
				return z
			}
		}},
		{"4 columns", "Transpose", func(f *Functions) {
			f.Transpose = func(x m) m {
				z := matrix.New(4, x.Rows())
				for i := range z {
					for j := range z[i] {
						z[i][j] = x[j][i]
					}
				}
				return z
			}
		}},
		{"4 columns", "Dot", func(f *Functions) {
			f.Dot = func(x, y m) m {
				z := matrix.New(x.Rows(), y.Cols())
				for i := range z {
					for j := range z[i] {
						for k := 0; k < 4; k++ {
							z[i][j] += x[i][k] * y[k][j]
						}
					}
				}
				return z
			}
		}},
		{"a column more than there are species", "Labels", func(f *Functions) {
			f.Labels = func(species []int) m {
				y := matrix.New(len(species), slices.Max(species)+1)
				for i, s := range species {
					y[i][s] = 1
				}
				return y
			}
		}},
		{"5 rows", "Dot", func(f *Functions) {
			f.Dot = func(x, y m) m {
				z := matrix.New(5, y.Cols())
				for i := range z {
					copy(z[i], mul(m{x[i]}, y)[0])
				}
				return z
			}
		}},
	} {
		f := ours()
		test.make(&f)
		r := theExaminer(t).check(exercises[number(test.exercise)-1], f)
		if r.Turned {
			t.Errorf("%s in %s: got a turned sign that may be right, want wrong", test.name, test.exercise)
		}
		want := "Right for 5 flowers, but not for 7 flowers, 5 hidden nodes, learning rate 1.5 and 6 epochs."
		if test.exercise == "Labels" {
			want = "Right for 5 flowers, but not for 7 others, of which none is a virginica."
		}
		if r.State != wrong || !strings.HasPrefix(r.Fault, want) || r.Mistake != "" {
			t.Errorf("%s in %s: got %+v, want wrong with %q", test.name, test.exercise, r, want)
		}
	}
}

// What an operation of package matrix panics with is explained, and so is a result that is
// still empty.
func TestOperationsSaid(t *testing.T) {
	for _, test := range []struct {
		name string
		f    func(x, w m) (in, out m)
		want string
	}{
		{"an empty operand", func(x, w m) (in, out m) { out.Apply(sig, in); return in, out },
			"the receiver is (0×0). 0×0 is a matrix that is still empty. Compute it before you use it."},
		{"two operands, one of them empty", func(x, w m) (in, out m) { in.Dot(x, w); out.Sub(in, out); return in, out },
			"the operands are (5×2) and (0×0): shapes differ. 0×0 is a matrix that is still empty. Compute it before you use it."},
		{"a result of another size", func(x, w m) (in, out m) { in.Dot(x, w); in.Transpose(in); return in, in },
			"the result is (2×5), the receiver is (5×2). The matrix before the dot has another size already. Begin with an empty one: var c matrix.Matrix."},
		{"a result that is an operand", func(x, w m) (in, out m) { in.Dot(flip(w), w); in.Dot(in, in); return in, in },
			"the receiver (2×2) is also an operand. The result needs a matrix of its own: var c matrix.Matrix."},
		{"a pointer to nothing", func(x, w m) (in, out m) { var z *m; z.Dot(x, w); return *z, *z },
			"An empty matrix is var c matrix.Matrix, without the *."},
		{"a result that is not written to", func(x, w m) (in, out m) { var z m; in.Dot(x, w); z.Apply(sig, in); return in, out },
			"hidden_layer_outputs is nil, expected a 5×2 matrix. nil is a matrix that is still empty. An operation writes into the matrix before its dot."},
	} {
		f := ours()
		f.HiddenLayer = test.f
		if r := theExaminer(t).check(exercises[number("HiddenLayer")-1], f); r.State != wrong || !strings.Contains(r.Fault, test.want) {
			t.Errorf("%s: got %+v, want wrong with %q", test.name, r, test.want)
		}
	}
}

// A function whose result depends on the calls before is told so.
func TestRemembers(t *testing.T) {
	f := ours()
	total := 0.0
	f.MSE = func(out, y m) float64 {
		total += solutions.MSE(out, y)
		return total
	}
	calls := 0.0
	f.Descend = func(w, u m, rate float64) m { // with the sign turned, too
		calls++
		return minus(w, times(u, -rate*calls))
	}
	for _, name := range []string{"Descend", "MSE"} {
		r := theExaminer(t).check(exercises[number(name)-1], f)
		if want := "Called once more with the same, it gives something else."; r.State != wrong || !strings.HasPrefix(r.Fault, want) || r.Mistake != "" {
			t.Errorf("%s: got %+v, want wrong with %q", name, r, want)
		}
	}
}

// The right numbers of a message are those that the command explain computes.
func TestAsk(t *testing.T) {
	f := ours()
	f.OutputLayerDelta = func(z, out, err matrix.Matrix) matrix.Matrix {
		return scale(1.1, solutions.OutputLayerDelta(z, out, err))
	}
	r := theExaminer(t).check(exercises[number("OutputLayerDelta")-1], f)
	if want := "output_layer_delta 0 0 -flowers 1,51,101,52,149"; r.Ask != want {
		t.Errorf("got %q, want %q", r.Ask, want)
	}
	if got, want := r.Cell, "output_layer_delta[0][0]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := r.Want, fmt.Sprintf("%.8g", theExaminer(t).five.outputLayerDelta[0][0]); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	f.Step = func(x, y, w1, w2 matrix.Matrix, rate float64) (matrix.Matrix, matrix.Matrix) {
		w1, w2 = solutions.Step(x, y, w1, w2, rate)
		return scale(1.1, w1), w2
	}
	r = theExaminer(t).check(exercises[number("Step")-1], f)
	if want := "new_weights_1 0 0 -flowers 1,51,101,52,149 -rate 0.13"; r.Ask != want {
		t.Errorf("got %q, want %q", r.Ask, want)
	}
}
