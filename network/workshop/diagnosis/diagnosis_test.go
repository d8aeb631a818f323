package diagnosis

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
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// A subject is a Diagnoser with the flowers that it is for. All tests share it, so that
// each mistake's numbers are computed once.
type subject struct {
	*Diagnoser
	flowers iris.Flowers
}

var shared *subject

func theSubject(t *testing.T) *subject {
	t.Helper()
	if shared == nil {
		flowers, err := iris.Read(strings.NewReader(testkit.Text(t, "data/iris.csv")))
		if err != nil {
			t.Fatal(err)
		}
		shared = &subject{New(flowers), flowers}
	}
	return shared
}

// of records what a learner's functions do, and says what is wrong.
func (s *subject) of(e *exercise.Exercise, f *exercise.Functions) *Fault {
	r := &exercise.Report{}
	for _, in := range exercise.OfTrials(s.flowers) {
		r.Trials = append(r.Trials, exercise.Try(e, f, in))
	}
	return s.Of(e, r)
}

// ofAnswers says what is wrong with a function that returns what answer makes of the
// right answer.
func (s *subject) ofAnswers(e *exercise.Exercise, answer func(right exercise.Answer) exercise.Answer) *Fault {
	return s.Of(e, s.reportOf(e, answer))
}

func (s *subject) reportOf(e *exercise.Exercise, answer func(right exercise.Answer) exercise.Answer) *exercise.Report {
	r := &exercise.Report{}
	for _, in := range exercise.OfTrials(s.flowers) {
		r.Trials = append(r.Trials, exercise.Trial{Answer: answer(e.Want(in))})
	}
	return r
}

// with returns our functions after the change.
func with(c change) *exercise.Functions {
	f := exercise.Ours()
	c(f)
	return f
}

func TestNothingIsWrong(t *testing.T) {
	for _, e := range exercise.All() {
		if fault := theSubject(t).of(e, exercise.Ours()); fault != nil {
			t.Errorf("%s: got %+v, want nothing", e.Name, fault)
		}
	}
}

// Without what an exercise returned in the first three calls, it is not done.
func TestReportThatEndsEarly(t *testing.T) {
	s, e := theSubject(t), exercise.ByName("OutputLayerError")
	whole := func(f *exercise.Functions) (trials []exercise.Trial) {
		for _, in := range exercise.OfTrials(s.flowers) {
			trials = append(trials, exercise.Try(e, f, in))
		}
		return trials
	}
	right := whole(exercise.Ours())
	wrong := whole(with(func(f *exercise.Functions) {
		f.OutputLayerError = func(out, y matrix.Matrix) matrix.Matrix { return scale(2, sub(out, y)) }
	}))
	turned := whole(with(func(f *exercise.Functions) {
		f.OutputLayerError = func(out, y matrix.Matrix) matrix.Matrix { return sub(y, out) }
	}))
	for _, test := range []struct {
		name   string
		trials []exercise.Trial
		want   string
	}{
		{"no call", nil, "It was stopped."},
		{"one call", right[:1], "It was stopped."},
		{"two calls", right[:2], "It was stopped."},
		{"three calls", right[:3], "It was stopped."},
		{"four calls", right, "nothing"},
		{"a wrong call", wrong[:1], "the factor 2 or ½"},
		{"a turned sign", turned[:1], "It was stopped."},
		{"a turned sign, each time", turned, errorTurned},
	} {
		got := "nothing"
		if fault := s.Of(e, &exercise.Report{Trials: test.trials, Stopped: "It was stopped."}); fault != nil {
			got = fault.Sentence + fault.Mistake
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// What is wrong in no way that we know is not named.
func TestOtherWrongsAreNotNamed(t *testing.T) {
	r := numpy.NewRandom(2024)
	somewhere := func(m matrix.Matrix, f func(v float64) float64) matrix.Matrix {
		c := m.Clone()
		i, j := int(r.Uint32()>>1)%c.Rows(), int(r.Uint32()>>1)%c.Cols()
		c[i][j] = f(c[i][j])
		return c
	}
	for name, wrong := range map[string]func(m matrix.Matrix) matrix.Matrix{
		"one number a little off": func(m matrix.Matrix) matrix.Matrix {
			return somewhere(m, func(v float64) float64 { return v + 1e-6*(1+math.Abs(v)) })
		},
		"one number far off": func(m matrix.Matrix) matrix.Matrix {
			return somewhere(m, func(float64) float64 { return 7 + r.Float64() })
		},
		"random numbers":  func(m matrix.Matrix) matrix.Matrix { return r.NormalMatrix(1, m.Rows(), m.Cols()) },
		"an odd factor":   func(m matrix.Matrix) matrix.Matrix { return scale(0.3+3*r.Float64(), m) },
		"a constant more": func(m matrix.Matrix) matrix.Matrix { return apply(func(v float64) float64 { return v + 0.37 }, m) },
		"NaN":             func(m matrix.Matrix) matrix.Matrix { return scale(math.NaN(), m) },
		"infinite":        func(m matrix.Matrix) matrix.Matrix { return apply(func(float64) float64 { return math.Inf(1) }, m) },
		"another shape":   func(m matrix.Matrix) matrix.Matrix { return r.NormalMatrix(1, m.Rows()+1, m.Cols()+2) },
	} {
		for round := 0; round < 5; round++ {
			for _, e := range exercise.All() {
				r := theSubject(t).reportOf(e, func(right exercise.Answer) (answer exercise.Answer) {
					for _, m := range right {
						answer = append(answer, wrong(m))
					}
					return answer
				})
				if found := theSubject(t).oneMistake(e, r); found != nil {
					t.Errorf("%s, %s: got %q, want no name", e.Name, name, found[0].mistake.name)
				}
				if round > 0 || e.Name != "OutputLayerError" { // two mistakes take longer
					continue
				}
				if fault := theSubject(t).Of(e, r); fault == nil || fault.Mistake != "" || fault.Sentence+fault.Cell == "" {
					t.Errorf("%s, %s: got %+v, want a fault without a name", e.Name, name, fault)
				}
			}
		}
	}
}

// What was never set, or only at the beginning, is said to be that, in each exercise that
// returns a matrix, whichever of its results it is.
func TestBlanksAreNamed(t *testing.T) {
	tested := map[string]bool{}
	try := func(e *exercise.Exercise, i int, want string, blank func(right matrix.Matrix) matrix.Matrix) {
		fault := theSubject(t).ofAnswers(e, func(right exercise.Answer) exercise.Answer {
			right = slices.Clone(right)
			right[i] = blank(right[i])
			return right
		})
		if fault == nil || fault.Mistake != want || fault.Why == "" || fault.Part != e.Part {
			t.Errorf("%s, result %d: got %+v, want %q", e.Name, i, fault, want)
		}
		tested[want] = true
	}
	for _, e := range exercise.All() {
		if e.Name == "MSE" || e.Name == "Sigmoid" || e.Name == "Labels" {
			continue // numbers, or mostly 0 when they are right
		}
		for i, right := range e.Want(theSubject(t).five) {
			try(e, i, AllZeros, func(right matrix.Matrix) matrix.Matrix { return scale(0, right) })
			try(e, i, "every row is the last one", func(right matrix.Matrix) matrix.Matrix {
				last := make(matrix.Matrix, len(right))
				for row := range last {
					last[row] = right[len(right)-1]
				}
				return last
			})
			var before []matrix.Matrix
			for _, b := range blanks {
				z := b.make(right)
				if slices.ContainsFunc(before, func(m matrix.Matrix) bool { return exercise.Same(m, z) }) {
					continue // such as the last of two columns: then only the first is set
				}
				before = append(before, z)
				try(e, i, b.name, b.make)
			}
		}
	}
	for _, name := range []string{"MSE", "Sigmoid", "Labels"} {
		try(exercise.ByName(name), 0, AllZeros, func(right matrix.Matrix) matrix.Matrix { return scale(0, right) })
	}
	if len(tested) != 9 { // two of the eight blanks have the same name
		t.Errorf("got %d names, want 9: %v", len(tested), tested)
	}
}

// What is a number in the code, instead of what the function was given, shows with other
// flowers, another rate and another number of epochs. No mistake is named: it would be
// right for 5 flowers only by accident.
func TestHardCodedNumbers(t *testing.T) {
	rate := func(f *exercise.Functions) {
		step := f.Step
		f.Step = func(x, y, w1, w2 matrix.Matrix, _ float64) (new1, new2 matrix.Matrix) {
			return step(x, y, w1, w2, 0.13)
		}
	}
	if got := theSubject(t).seven.Species; fmt.Sprint(got) != "[1 0 1 1 0 1 1]" {
		t.Errorf("got the species %v for seven flowers, want those that are told", got)
	}
	for _, test := range []struct {
		name, exercise string
		change         change
	}{
		{"15 elements", "MSE", func(f *exercise.Functions) {
			f.MSE = func(out, y matrix.Matrix) float64 { return solutions.MSE(out, y) * elements(y) / 15 }
		}},
		{"15 elements", "Weights2Update", func(f *exercise.Functions) {
			f.Weights2Update = func(_, out, _, _, delta matrix.Matrix) matrix.Matrix {
				return scale(1.0/15, dot(transpose(out), delta))
			}
		}},
		{"15 elements", "Weights1Update", func(f *exercise.Functions) {
			f.Weights1Update = func(x, _, _, delta matrix.Matrix) matrix.Matrix { return scale(1.0/15, dot(transpose(x), delta)) }
		}},
		{"the learning rate", "Descend", descents(func(w, u, _ float64) float64 { return w - 0.13*u })[0]},
		{"the learning rate", "Step", rate},
		{"the learning rate", "Train", rate},
		{"the epochs", "Train", func(f *exercise.Functions) {
			train := f.Train
			f.Train = func(x, y, w1, w2 matrix.Matrix, rate float64, _ int) (new1, new2 matrix.Matrix) {
				return train(x, y, w1, w2, rate, 7)
			}
		}},
		{"the learning rate, with the sign turned", "Descend", descents(func(w, u, _ float64) float64 { return w + 0.13*u })[0]},
		{"the shape, with the sign turned", "OutputLayerError", func(f *exercise.Functions) {
			f.OutputLayerError = func(out, y matrix.Matrix) matrix.Matrix { return sub(y[:5], out[:min(5, len(out))]) }
		}},
		{"4 columns", "Transpose", func(f *exercise.Functions) {
			f.Transpose = func(x matrix.Matrix) matrix.Matrix {
				return fill(4, x.Rows(), func(i, j int) float64 { return x[j][i] })
			}
		}},
		{"4 columns", "Dot", dots(someProducts(func(_, _ matrix.Matrix) int { return 4 }))[0]},
		{"5 rows", "Dot", func(f *exercise.Functions) {
			f.Dot = func(x, y matrix.Matrix) matrix.Matrix { return dot(x[:5], y) }
		}},
		{"a column more than there are species", "Labels", func(f *exercise.Functions) {
			f.Labels = func(species []int) matrix.Matrix {
				return rows(slices.Max(species)+1, func(s, col int) float64 { return oneIf(s == col) })(species)
			}
		}},
	} {
		want := "Correct for 5 flowers, but not for 7 flowers, 5 hidden nodes, learning rate 1.5 and 9 epochs."
		if test.exercise == "Labels" {
			want = "Correct for 5 flowers, but not for 7 others, whose species are 1, 0, 1, 1, 0, 1, 1."
		}
		fault := theSubject(t).of(exercise.ByName(test.exercise), with(test.change))
		if fault == nil || !strings.HasPrefix(fault.Sentence, want) || fault.Mistake+fault.Ask != "" || fault.Turned {
			t.Errorf("%s in %s: got %+v, want %q", test.name, test.exercise, fault, want)
		}
	}
}

// A function whose result depends on the calls before is told so, with its sign turned
// also.
func TestRemembers(t *testing.T) {
	calls := 0.0
	f := exercise.Ours()
	f.MSE = func(out, y matrix.Matrix) float64 { calls++; return calls * solutions.MSE(out, y) }
	f.Descend = func(w, u matrix.Matrix, rate float64) matrix.Matrix { calls++; return sub(w, scale(-rate*calls, u)) }
	for _, name := range []string{"MSE", "Descend"} {
		calls = 0
		fault := theSubject(t).of(exercise.ByName(name), f)
		if want := "Called again with the same arguments, it gives something else."; fault == nil || !strings.HasPrefix(fault.Sentence, want) || fault.Mistake != "" {
			t.Errorf("%s: got %+v, want %q", name, fault, want)
		}
	}
}

// Correct is what gives the correct results with all inputs, each time, and changes nothing.
func TestCorrect(t *testing.T) {
	calls := 0
	report := func(e *exercise.Exercise, f *exercise.Functions) *exercise.Report {
		calls = 0
		r := &exercise.Report{}
		for _, in := range exercise.OfTrials(theSubject(t).flowers) {
			r.Trials = append(r.Trials, exercise.Try(e, f, in))
		}
		return r
	}
	e := exercise.ByName("OutputLayerError")
	for _, test := range []struct {
		name     string
		function func(out, y matrix.Matrix) matrix.Matrix
		want     bool
	}{
		{"ours", solutions.OutputLayerError, true},
		{"wrong", func(out, y matrix.Matrix) matrix.Matrix { return sub(y, out) }, false},
		{"wrong at the second call", func(out, y matrix.Matrix) matrix.Matrix {
			calls++
			return scale(oneIf(calls != 2), sub(out, y))
		}, false},
		{"wrong with seven", func(out, y matrix.Matrix) matrix.Matrix { return scale(oneIf(len(y) < 7), sub(out, y)) }, false},
		{"wrong with a square", func(out, y matrix.Matrix) matrix.Matrix { return scale(oneIf(len(y) != 3), sub(out, y)) }, false},
		{"changes y", func(out, y matrix.Matrix) matrix.Matrix { e := sub(out, y); y[0][0]++; return e }, false},
		{"panics", func(out, y matrix.Matrix) matrix.Matrix { panic("no") }, false},
	} {
		f := exercise.Ours()
		f.OutputLayerError = test.function
		if got := theSubject(t).Correct(e, report(e, f)); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
	if r := report(e, exercise.Ours()); theSubject(t).Correct(e, &exercise.Report{Trials: r.Trials[:3]}) {
		t.Errorf("got that three calls are enough, want four")
	}
}

// A function that changes what it was given is told so, though its result is correct.
func TestChangedInPlace(t *testing.T) {
	fault := theSubject(t).of(exercise.ByName("Descend"), with(func(f *exercise.Functions) {
		f.Descend = func(w, u matrix.Matrix, rate float64) matrix.Matrix { w.Sub(w, scale(rate, u)); return w }
	}))
	if fault == nil || fault.Sentence != "It changed weights, which it was given." || fault.Mistake != "weights changed in place" || fault.Why == "" || fault.Part != "7" {
		t.Errorf("got %+v, want that weights were changed", fault)
	}
}

// Only signs that can cancel are turned: that of the error and that of the descent.
func TestTurned(t *testing.T) {
	for _, e := range exercise.All() {
		own, _ := theSubject(t).single(e)
		for _, c := range own {
			name := c.mistake.name
			want := e.Name == "OutputLayerError" && strings.HasSuffix(name, "y − out") || e.Name == "Descend" && strings.HasSuffix(name, "weights + learning_rate · update")
			if fault := theSubject(t).of(e, with(c.change)); fault != nil && fault.Turned != want {
				t.Errorf("%s, %s: got turned %v, want %v", e.Name, name, fault.Turned, want)
			}
		}
	}
}

// The first number that differs is said, with the command that explains the right one.
func TestCell(t *testing.T) {
	half := func(right exercise.Answer) exercise.Answer {
		return append(exercise.Answer{scale(0.987, right[0])}, right[1:]...)
	}
	five := theSubject(t).five
	for _, test := range []struct{ exercise, cell, ask string }{
		{"Dot", "Dot(x, y)[0][0]", "hidden_layer_inputs 0 0 -flowers 1,51,101,52,149"},
		{"Sigmoid", "Sigmoid(-2)", ""},
		{"MSE", "MSE(…)", ""},
		{"OutputLayerDelta", "output_layer_delta[0][0]", "output_layer_delta 0 0 -flowers 1,51,101,52,149"},
		{"Step", "new_weights_1[0][0]", "new_weights_1 0 0 -flowers 1,51,101,52,149 -rate 0.13"},
		{"Train", "new_weights_1[0][0]", "new_weights_1 0 0 -flowers 1,51,101,52,149 -rate 0.13 -steps 7"},
	} {
		e := exercise.ByName(test.exercise)
		fault := theSubject(t).ofAnswers(e, half)
		want := e.Want(five)[0][0][0]
		if fault == nil || fault.Cell != test.cell || fault.Ask != test.ask || fault.Want != fmt.Sprintf("%.8g", want) || fault.Got != fmt.Sprintf("%.8g", 0.987*want) {
			t.Errorf("%s: got %+v, want %s, %.8g and %q", test.exercise, fault, test.cell, want, test.ask)
		}
	}
	if got, want := twoNumbers(1, 1+1e-10); got != "1" || want != "1.0000000001" {
		t.Errorf("got %s and %s, want digits in which they differ", got, want)
	}
}

// A panic is told as it is, without a name; a result that is still empty or no matrix is
// explained.
func TestPanicsAndShapes(t *testing.T) {
	for _, test := range []struct {
		name  string
		layer layerFunc
		want  string
	}{
		{"a panic", func(x, w matrix.Matrix) (in, out matrix.Matrix) { in.Dot(x, x); return in, in },
			"It panicked: matrix: Dot: (5×4)·(5×4): inner sizes 4 and 5 differ."},
		{"a result that is not written to", func(x, w matrix.Matrix) (in, out matrix.Matrix) { return dot(x, w), nil },
			"hidden_layer_outputs is nil. It should be a 5×2 matrix. nil is a matrix that is still empty. An operation writes into the matrix before its dot."},
		{"rows without numbers", func(x, w matrix.Matrix) (in, out matrix.Matrix) {
			return make(matrix.Matrix, len(x)), make(matrix.Matrix, len(x))
		},
			"hidden_layer_inputs is 5×0. It should be a 5×2 matrix."},
		{"one row without numbers", func(x, w matrix.Matrix) (in, out matrix.Matrix) { return append(matrix.Matrix{nil}, x[1:]...), x },
			"hidden_layer_inputs is not a matrix (row 0 has 0 numbers, row 1 has 4)."},
		{"another shape", func(x, w matrix.Matrix) (in, out matrix.Matrix) { return x, x },
			"hidden_layer_inputs is 5×4. It should be a 5×2 matrix."},
		{"no matrix", func(x, w matrix.Matrix) (in, out matrix.Matrix) { return matrix.Matrix{{1, 2}, {3}}, x },
			"hidden_layer_inputs is not a matrix (row 0 has 2 numbers, row 1 has 1). It should be a 5×2 matrix."},
	} {
		f := exercise.Ours()
		f.HiddenLayer = test.layer
		fault := theSubject(t).of(exercise.ByName("HiddenLayer"), f)
		if fault == nil || !strings.Contains(fault.Sentence, test.want) {
			t.Errorf("%s: got %+v, want %q", test.name, fault, test.want)
		}
	}
}

// A function that gives the same whatever it is given is told so, and no more.
func TestConstant(t *testing.T) {
	f := exercise.Ours()
	f.Sigmoid = func(float64) float64 { return 0.5 }
	f.MSE = func(_, _ matrix.Matrix) float64 { return 0.25 }
	for name, want := range map[string]string{"Sigmoid": "the result is always 0.5", "MSE": "the result is always 0.25"} {
		if fault := theSubject(t).of(exercise.ByName(name), f); fault == nil || fault.Mistake != want {
			t.Errorf("%s: got %+v, want %q", name, fault, want)
		}
	}
}

// What is correct but with a square matrix is wrong.
func TestSquare(t *testing.T) {
	f := exercise.Ours()
	f.Transpose = func(x matrix.Matrix) matrix.Matrix {
		if x.Rows() == x.Cols() {
			return x.Clone()
		}
		return transpose(x)
	}
	if fault := theSubject(t).of(exercise.ByName("Transpose"), f); fault == nil || !strings.HasPrefix(fault.Sentence, "Correct for 5 and for 7 flowers, but not for 3 flowers with 3 measurements") || fault.Trial != 3 {
		t.Errorf("got %+v, want that a square matrix is wrong", fault)
	}
}

// A mistake in an exercise that is called and correct is none of the step's.
func TestCorrectExercisesAreNotBlamed(t *testing.T) {
	f := exercise.Ours()
	f.Train = func(_, _, w1, w2 matrix.Matrix, _ float64, _ int) (new1, new2 matrix.Matrix) { return w1, w2 }
	r := &exercise.Report{}
	for _, in := range exercise.OfTrials(theSubject(t).flowers) {
		r.Trials = append(r.Trials, exercise.Try(exercise.ByName("Train"), f, in))
	}
	if fault := theSubject(t).Of(exercise.ByName("Train"), r); !strings.Contains(fault.Why, "in every dot product") {
		t.Errorf("got %+v, want that it may be a dot product", fault)
	}
	all := []string{}
	for _, e := range exercise.All()[:15] {
		all = append(all, e.Name)
	}
	if fault := theSubject(t).Of(exercise.ByName("Train"), r, all...); fault.Mistake != notChanged || strings.Contains(fault.Why, "These mistakes give the same numbers") {
		t.Errorf("got %+v, want only that the weights are not changed", fault)
	}
}

// With two hidden nodes, a number divided by them is half of it, and with seven flowers
// it is not: what fits by chance is not named.
func TestChanceIsNotNamed(t *testing.T) {
	f := with(func(f *exercise.Functions) {
		f.Weights2Update = func(_, out, y, _, delta matrix.Matrix) matrix.Matrix {
			return scale(1/(elements(y)*float64(out.Cols())), dot(transpose(out), delta))
		}
	})
	if fault := theSubject(t).of(exercise.ByName("Weights2Update"), f); fault == nil || fault.Mistake != "divided by the number of hidden nodes" {
		t.Errorf("got %+v, want that it is divided by the hidden nodes", fault)
	}
	square := with(func(f *exercise.Functions) { // weights_2 not transposed, but only with the cube
		f.HiddenLayerError = func(_, delta, w matrix.Matrix) matrix.Matrix {
			if len(delta) == 3 {
				return dot(delta, w)
			}
			return apply(math.Cos, dot(delta, transpose(w)))
		}
	})
	if fault := theSubject(t).of(exercise.ByName("HiddenLayerError"), square); fault == nil || fault.Mistake != "" {
		t.Errorf("got %+v, want a fault without a name", fault)
	}
	zeros := with(func(f *exercise.Functions) { // only with five flowers
		f.Transpose = func(x matrix.Matrix) matrix.Matrix {
			if x.Rows() == 5 {
				return matrix.New(x.Cols(), x.Rows())
			}
			return transpose(x)
		}
	})
	if fault := theSubject(t).of(exercise.ByName("Transpose"), zeros); fault == nil || fault.Mistake != "" {
		t.Errorf("got %+v, want a fault without a name", fault)
	}
}

// A wrong answer that is another one at the second call is said to be that, NaN is not.
func TestWrongAndRemembers(t *testing.T) {
	sum := 1.0
	f := with(func(f *exercise.Functions) {
		f.MSE = func(out, y matrix.Matrix) float64 {
			sum += solutions.MSE(out, y)
			return sum
		}
	})
	const want = "Called again with the same arguments"
	if fault := theSubject(t).of(exercise.ByName("MSE"), f); fault == nil || !strings.Contains(fault.Sentence, want) || fault.Mistake != "" || fault.Got == "" {
		t.Errorf("got %+v, want %q and the number", fault, want)
	}
	f.MSE = func(out, y matrix.Matrix) float64 { return math.NaN() }
	if fault := theSubject(t).of(exercise.ByName("MSE"), f); fault == nil || strings.Contains(fault.Sentence, want) {
		t.Errorf("got %+v, want no %q", fault, want)
	}
}
