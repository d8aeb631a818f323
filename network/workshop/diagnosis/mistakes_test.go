package diagnosis

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// sameInStep has the mistakes of parts that give the same numbers in a whole step as an
// earlier one, whose name fits them all.
var sameInStep = []struct{ these, as string }{
	{`^wrong sign of the inputs, in the hidden layer$`, "exp(+z) instead of exp(-z), in the hidden layer"},
	{`^wrong sign of the inputs, in the output layer$`, "exp(+z) instead of exp(-z), in the output layer"},
	{`^(no sigmoid|inputs and outputs exchanged), in the hidden layer$`, "no sigmoid in the hidden layer, or its inputs and outputs exchanged"},
	{`^(no sigmoid|inputs and outputs exchanged), in the output layer$`, "no sigmoid at the output, or its inputs and outputs exchanged"},
	{`^no sigmoid, in both layers$`, "no sigmoid in both layers, or inputs and outputs exchanged"},
	{`^inputs where outputs belong, in `, "inputs where outputs belong: into weights_2"},
	{`^inputs where outputs belong, and error where the delta belongs, in `, "inputs where outputs belong, and error where the delta belongs: in weights_2's update"},
	{`^error where the delta belongs, in weights_2's update|^slope missing, in the output layer's delta`, "the slope is missing at the output: error where the delta belongs"},
	{`^error where the delta belongs, in weights_1's update|^slope missing, in the hidden layer's delta`, "the slope is missing in the hidden layer: error where the delta belongs"},
	{`^slope included already, in |^slope applied twice, in the output layer's delta`, "the slope is in it twice, at the output"},
	{`^wrong sign.*, in (the .*(error|delta)|weights_.*|the descent)$`, "a wrong sign"},
	{`^learning rate forgotten, and wrong sign, in `, "learning rate forgotten, and a wrong sign"},
	{`^learning rate forgotten, in `, "learning rate forgotten"},
	{`^the learning rate applied twice, in the descent$`, "the learning rate applied twice"},
	{`^N missing, in `, "N missing"},
	{`^N is the number of flowers instead of elements, in `, "N is the number of flowers instead of elements"},
	{`^÷ N (done twice, in weights_|too early, in )`, "÷ N done twice"},
	{`^÷ number of flowers, in `, "also divided by the number of flowers"},
	{`^the factor 2 or ½, in `, "the factor 2 or ½ (or Descend is called twice)"},
	{`^the weights are not changed, in |^only 0 or 1 comes out: .*, in both layers$`, notChanged},
	{`^the sigmoid is in the inputs already, in `, ""}, // no step uses them: it is right
}

// knownAs returns what the mistake is called in the exercise, or "" if it is right there.
func knownAs(e *exercise.Exercise, mistake string) string {
	if e.Number >= exercise.Number("Step") {
		for _, same := range sameInStep {
			if regexp.MustCompile(same.these).MatchString(mistake) {
				return same.as
			}
		}
	}
	return mistake
}

// Every mistake has its texts, a way to make it, and a name of its own.
func TestMistakesAreExplained(t *testing.T) {
	for _, e := range exercise.All() {
		names := map[string]bool{}
		for _, m := range mistakesOf(e.Name) {
			if names[m.name] || m.part == "" || !strings.HasSuffix(strings.TrimRight(m.why, ")"), ".") && !strings.HasSuffix(m.why, "?") || len(m.ways) == 0 {
				t.Errorf("%s: got the mistake %q with %q, part %q, %d ways, want a name of its own, a sentence, a part and a way", e.Name, m.name, m.why, m.part, len(m.ways))
			}
			if utf8.RuneCountInString(m.name) > 100 || utf8.RuneCountInString(m.why) > 300 || strings.Contains(m.name+m.why, "\n") {
				t.Errorf("%s: got %q with %q, want at most 100 and 300 characters, in a line", e.Name, m.name, m.why)
			}
			names[m.name] = true
		}
		if len(names) == 0 {
			t.Errorf("%s: got no mistakes, want some", e.Name)
		}
	}
}

// sometimesCorrect has those that make no difference in some exercises, which have smaller
// inputs, or sums that are no longer than the other size.
var sometimesCorrect = regexp.MustCompile(`^(products are missing: |exp\(z\) / )`)

// Each mistake is named, in whichever way it is made. None gives the correct results, and
// where others give the same numbers, not even nearly others, its name is among those that
// are said. In an exercise that is no whole step there are no others.
func TestMistakesAreNamed(t *testing.T) {
	s := theSubject(t)
	for _, e := range exercise.All() {
		own, _ := s.single(e)
		right := rightOnes(s, e)
		for _, c := range own {
			numbers := s.inAll(e, c)
			if e.Name == "Train" && !hasNumbers(numbers[0]) {
				continue // its weights are soon no numbers, which are equal to nothing
			}
			if numbers[0] != nil && near(numbers[0], right[0]) {
				if known := knownAs(e, c.mistake.name); known != "" && nearInAll(numbers, right) && !sometimesCorrect.MatchString(known) {
					t.Errorf("%s: got the correct results for %q, want others", e.Name, known)
				}
				continue // correct for five flowers
			}
			if !slices.ContainsFunc([]int{0, 2, 3}, func(i int) bool { return numbers[i] != nil && !near(numbers[i], right[i]) }) {
				continue // it panics where it would be wrong
			}
			var names []string
			for _, found := range s.explanations(e, s.reportOfAll(e, numbers)) {
				names = append(names, found.mistake.name)
			}
			names = names[:min(len(names), mostNames)]
			if slices.Contains(names, AllZeros) {
				continue // whatever else it is
			}
			if !slices.Contains(names, knownAs(e, c.mistake.name)) || len(names) > 1 && e.Number < exercise.Number("Step") {
				t.Errorf("%s, %s: got %q, want its name", e.Name, c.mistake.name, names)
			}
		}
	}
}

// A general mistake is named in each exercise where it makes a difference, if only by the name
// of another one that gives the same numbers.
func TestGeneralMistakesAreNamed(t *testing.T) {
	for _, e := range exercise.All() {
		_, general := theSubject(t).single(e)
		names := map[string]bool{}
		for _, c := range general {
			if names[c.mistake.name] || c.mistake.why == "" || c.mistake.part == "" || strings.Contains(c.mistake.name+c.mistake.why, "%!") {
				t.Errorf("%s: got %+v, want a name of its own, a sentence and a part", e.Name, c.mistake)
			}
			names[c.mistake.name] = true
			numbers := theSubject(t).inAll(e, c)
			if numbers[0] == nil || !hasNumbers(numbers[0]) || numbers[2] == nil {
				continue
			}
			fault := theSubject(t).ofTrials(e, numbers)
			if fault != nil && fault.Mistake == "" && !strings.HasPrefix(fault.Sentence, "Correct for 5") {
				t.Errorf("%s, %s: got %+v, want a name", e.Name, c.mistake.name, fault)
			}
		}
	}
}

// Two mistakes at once are named both, where each is one of those that people make.
func TestTwoMistakes(t *testing.T) {
	for _, test := range []struct {
		exercise string
		change   change
		want     []string
	}{
		{"Dot", func(f *exercise.Functions) {
			f.Dot = func(x, y matrix.Matrix) matrix.Matrix {
				return without0(func(i, j, rows, cols int) bool { return j == cols-1 })(dot(x, apply(math.Abs, y)))
			}
		}, []string{"y without its sign", "the last column of y is missing"}},
		{"Weights2Update", func(f *exercise.Functions) {
			f.Weights2Update = func(_, out, y, err, _ matrix.Matrix) matrix.Matrix {
				return scale(1/float64(len(y)), dot(transpose(out), err))
			}
		}, []string{"N is the number of flowers instead of elements", "outputLayerError where outputLayerDelta belongs"}},
		{"MSE", func(f *exercise.Functions) {
			f.MSE = func(out, y matrix.Matrix) float64 { return total(apply(math.Abs, sub(out, y))) / elements(y) }
		}, []string{"the size of the error instead of its square", "multiplied by 2"}},
		{"Weights1Update", func(f *exercise.Functions) {
			f.Weights1Update = func(x, _, _, delta matrix.Matrix) matrix.Matrix {
				return scale(1/float64(len(x)), each(sign)(dot(transpose(x), delta)))
			}
		}, []string{"only the sign is left", "divided by the number of flowers"}},
		{"Step", func(f *exercise.Functions) {
			errorFirst := f.HiddenLayerError
			f.HiddenLayerError = func(err, delta, w matrix.Matrix) matrix.Matrix { return errorFirst(delta, err, w) }
			inputsFirst := f.Weights2Update
			f.Weights2Update = func(in, out, y, err, delta matrix.Matrix) matrix.Matrix { return inputsFirst(out, in, y, err, delta) }
		}, []string{"the error goes back to the hidden layer instead of the delta", "inputs where outputs belong: into weights_2"}},
		{"Train", func(f *exercise.Functions) {
			f.Train = func(x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
				for range epochs + 1 {
					w1, new2 = f.Step(x, y, w1, w2, rate)
				}
				return w1, new2
			}
		}, []string{"only weights_1 go on into the next step", "one epoch too many"}},
	} {
		fault := theSubject(t).of(exercise.ByName(test.exercise), with(test.change))
		for _, want := range test.want {
			if fault == nil || !strings.Contains(fault.Mistake, want) || !strings.HasPrefix(fault.Why, "These are two mistakes. ") {
				t.Errorf("%s: got %+v, want %q", test.exercise, fault, want)
			}
		}
	}
}

// inAll returns what the candidate gives in all calls.
func (s *subject) inAll(e *exercise.Exercise, c *candidate) (list []exercise.Answer) {
	for _, in := range []*exercise.Inputs{s.five, s.five, s.seven, s.cube} {
		list = append(list, c.numbers(e, in))
	}
	return list
}

// ofTrials says what is wrong with a function that returns these answers, or that panics where
// there is none.
func (s *subject) ofTrials(e *exercise.Exercise, answers []exercise.Answer) *Fault {
	return s.Of(e, s.reportOfAll(e, answers))
}

func (s *subject) reportOfAll(e *exercise.Exercise, answers []exercise.Answer) *exercise.Report {
	r := &exercise.Report{}
	for _, a := range answers {
		trial := exercise.Trial{Answer: a}
		if a == nil {
			trial.Panic = "no answer"
		}
		r.Trials = append(r.Trials, trial)
	}
	return r
}

// rightOnes returns the correct results of all calls.
func rightOnes(s *subject, e *exercise.Exercise) (list []exercise.Answer) {
	for _, in := range exercise.OfTrials(s.flowers) {
		list = append(list, e.Want(in))
	}
	return list
}

// nearInAll reports whether what one gives in the calls could be taken for the other.
func nearInAll(a, b []exercise.Answer) bool {
	for i := range a {
		if (a[i] == nil) != (b[i] == nil) || a[i] != nil && !near(a[i], b[i]) {
			return false
		}
	}
	return true
}

// A mistake of a part is also one of the step and of the training that call the part, as
// far as they give other numbers than without it.
func TestMistakesOfPartsAreNamed(t *testing.T) {
	for _, p := range parts {
		own, _ := theSubject(t).single(exercise.ByName(p.exercise))
		for _, c := range own {
			for _, whole := range []string{"Step", "Train"} {
				fault := theSubject(t).of(exercise.ByName(whole), with(c.change))
				if fault != nil && fault.Mistake == "" && fault.Got != "NaN" && !strings.HasPrefix(fault.Sentence, "It panicked") {
					t.Errorf("%s in %s, %s: got %+v, want a name", p.exercise, whole, c.mistake.name, fault)
				}
			}
		}
	}
}

// near is Equal with ten times its tolerance.
func near(a, b exercise.Answer) bool {
	for i := range a {
		if len(a[i]) != len(b[i]) || len(a[i][0]) != len(b[i][0]) {
			return false
		}
		largest := 0.0
		for _, row := range a[i] {
			for _, v := range row {
				if !math.IsInf(v, 0) {
					largest = max(largest, math.Abs(v))
				}
			}
		}
		for j, row := range a[i] {
			for k, v := range row {
				if v != b[i][j][k] && !(math.Abs(v-b[i][j][k]) <= 1e-8*largest) {
					return false
				}
			}
		}
	}
	return true
}

// lax is a dot product that looks at no sizes: it goes as far as both have numbers.
func lax(x, y matrix.Matrix) matrix.Matrix {
	c := matrix.New(x.Rows(), y.Cols())
	for i := range c {
		for j := range c[i] {
			for k := 0; k < len(y) && k < len(x[i]); k++ {
				c[i][j] += x[i][k] * y[k][j]
			}
		}
	}
	return c
}

// A mistake is named however it is written: in loops that fit together with any sizes,
// with other operations, with whole numbers, and in a step or a training without any
// function of the exercises before it.
func TestOtherWaysAreNamed(t *testing.T) {
	whole := func(a, b int) float64 { return float64(a / b) } // a division of whole numbers
	for _, test := range []struct {
		exercise, want string
		ways           []change
	}{
		{"Dot", "element-wise product instead of the dot product", dots(func(x, y matrix.Matrix) matrix.Matrix {
			return fill(x.Rows(), x.Cols(), func(i, j int) float64 { return x[i][j] * y[i][j] })
		})},
		{"Transpose", "not transposed", transposes(func(x matrix.Matrix) matrix.Matrix { return transpose(transpose(x)) })},
		{"Sigmoid", "exp(+z) instead of exp(-z)", sigmoids(func(z float64) float64 { return math.Exp(-z) / (1 + math.Exp(-z)) })},
		{"Sigmoid", "only 0 or 1 comes out: an integer division, rounding, or a step", sigmoids(func(z float64) float64 { return oneIf(z > 0) })},
		{"OutputLayer", "weights_2 transposed", []change{func(f *exercise.Functions) {
			f.OutputLayer = func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				in = lax(x, transpose(w))
				return in, apply(solutions.Sigmoid, in)
			}
		}}},
		{"Labels", "labels permuted: the columns are in another order", labels(func(species []int) matrix.Matrix {
			y := matrix.New(len(species), 3)
			for i, s := range species {
				y[i][2-s] = 1
			}
			return y
		})},
		{"Labels", "not every row has its 1", labels(func(species []int) matrix.Matrix {
			y := matrix.New(len(species), 3)
			y[0][species[0]] = 1 // with the return inside the loop
			return y
		})},
		{"MSE", AllZeros, mses(func(out, y matrix.Matrix) float64 { return whole(1, 2) * solutions.MSE(out, y) })},
		{"MSE", "the factor ½ missing", mses(func(out, y matrix.Matrix) (mean float64) {
			for i := range y {
				for j := range y[i] {
					mean += (y[i][j] - out[i][j]) * (y[i][j] - out[i][j]) / elements(y)
				}
			}
			return mean
		})},
		{"HiddenLayerError", "weights_2 not transposed", hiddenErrors(func(_, delta, w matrix.Matrix) matrix.Matrix { return lax(delta, w) },
			func(_, delta, w matrix.Matrix) matrix.Matrix {
				c := matrix.New(delta.Rows(), w.Cols())
				c.Dot(delta, w)
				return c
			})},
		{"Weights1Update", "x not transposed", []change{func(f *exercise.Functions) {
			f.Weights1Update = func(x, y, err, delta matrix.Matrix) matrix.Matrix { return lax(x, delta) }
		}}},
		{"Weights2Update", "N is not the number of elements of y", []change{func(f *exercise.Functions) {
			f.Weights2Update = func(_, out, y, _, delta matrix.Matrix) matrix.Matrix {
				return scale(1/float64(4*y.Rows()), dot(transpose(out), delta))
			}
		}}},
		{"Weights1Update", "only the last product is in each sum, in the dot product", []change{func(f *exercise.Functions) {
			f.Weights1Update = func(x, y, _, delta matrix.Matrix) matrix.Matrix {
				last := x.Rows() - 1
				return fill(x.Cols(), delta.Cols(), func(i, j int) float64 { return x[last][i] * delta[last][j] / elements(y) })
			}
		}}},
		{"Descend", "the wrong way round: learning_rate · update − weights", descents(func(w, u, rate float64) float64 { return -(w - rate*u) })},
		{"Step", "weights_2 updated before the hidden error used them", changes(func(f *exercise.Functions, s stepFunc) { f.Step = s }, mazurs,
			func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) {
				new1, new2 = mazurs(x, y, w1, w2, rate)
				return new1, sub(new2, sub(w2, new2)) // makes the same step twice
			})},
		{"Train", "weights_2 updated before the hidden error used them", changes(func(f *exercise.Functions, s stepFunc) { f.Step = s }, mazurs)},
		{"Train", notChanged, []change{func(f *exercise.Functions) {
			f.Train = func(_, _, w1, w2 matrix.Matrix, _ float64, _ int) (new1, new2 matrix.Matrix) { return w1, w2 }
		}}},
	} {
		for _, way := range test.ways {
			fault := theSubject(t).of(exercise.ByName(test.exercise), with(way))
			if fault == nil || fault.Mistake != test.want {
				t.Errorf("%s: got %+v, want %q", test.exercise, fault, test.want)
			}
		}
	}
}

// mazurs is a step without any function of the exercises, with the slip of Matt Mazur's
// example.
func mazurs(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) {
	var hidden, out, err, delta, update, back, slopes matrix.Matrix
	sigmoid := func(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
	hidden.Dot(x, w1)
	hidden.Apply(sigmoid, hidden)
	out.Dot(hidden, w2)
	out.Apply(sigmoid, out)
	err.Sub(out, y)
	slopes.Apply(slope, out)
	delta.Hadamard(err, slopes)
	update.Dot(transpose(hidden), delta)
	update.Scale(rate/float64(len(y)*3), update)
	new2.Sub(w2, update)
	back.Dot(delta, transpose(new2))
	for i := range back {
		for j := range back[i] {
			back[i][j] *= hidden[i][j] * (1 - hidden[i][j])
		}
	}
	new1.Dot(transpose(x), back)
	new1.Scale(rate/float64(len(y)*3), new1)
	new1.Sub(w1, new1)
	return new1, new2
}
