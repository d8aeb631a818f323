package diagnosis

import (
	"fmt"
	"math"
	"slices"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
)

// A candidate is a way of making a mistake: our functions after a change, given something
// else than the right inputs, or with something done to their results.
type candidate struct {
	mistake *mistake
	change  change                                                       // or nil
	before  func(in *exercise.Inputs)                                    // or nil
	after   func(in *exercise.Inputs, a exercise.Answer) exercise.Answer // or nil
	of      string                                                       // the exercise that a step calls and in which the mistake is made, or ""
	first   *candidate                                                   // of two, whose numbers after changes; or nil
	rare    bool                                                         // seldom made together with another one
	known   []known
}

// A known answer is what a candidate gives with some inputs.
type known struct {
	in     *exercise.Inputs
	answer exercise.Answer
}

// numbers returns what the exercise gives with the mistake: nil if the shapes do not fit
// together. (Some only fit with the cube.)
func (c *candidate) numbers(e *exercise.Exercise, in *exercise.Inputs) exercise.Answer {
	for _, k := range c.known {
		if k.in == in {
			return k.answer
		}
	}
	a := c.compute(e, in)
	c.known = append(c.known, known{in, a})
	return a
}

func (c *candidate) compute(e *exercise.Exercise, in *exercise.Inputs) (a exercise.Answer) {
	defer func() {
		if recover() != nil {
			a = nil
		}
	}()
	if c.first != nil {
		return c.after(in, c.first.numbers(e, in))
	}
	f, given := exercise.Ours(), *in
	switch {
	case c.change != nil:
		c.change(f)
	case c.of != "":
		c.spoil(f, in)
		return e.Call(f, in)
	}
	if c.before != nil {
		c.before(&given)
	}
	a = e.Call(f, &given)
	if c.after != nil {
		a = c.after(in, a)
	}
	return a
}

// single returns the candidates that are one mistake: those that people are known to make
// in the exercise, and those that can be made in any.
func (d *Diagnoser) single(e *exercise.Exercise) (own, general []*candidate) {
	list, ok := d.candidates[e.Name]
	if !ok {
		own = candidatesOf(mistakesOf(e.Name))
		switch e.Name {
		case "Step", "Train":
			own = append(own, ofParts()...)
		default:
			general = append(operandMistakes(e), resultMistakes(e)...)
		}
		if e.Name == "Step" {
			general = within()
		}
		list = [2][]*candidate{own, general}
		d.candidates[e.Name] = list
	}
	return list[0], list[1]
}

// candidatesOf returns each way of making the mistakes.
func candidatesOf(mistakes []mistake) (list []*candidate) {
	for _, m := range mistakes {
		for _, way := range m.ways {
			list = append(list, &candidate{mistake: &m, change: way})
		}
	}
	return list
}

// ofParts returns the mistakes of the parts of a step, for a learner who writes them again
// within it.
func ofParts() (list []*candidate) {
	for _, p := range parts {
		if p.inStep == "" {
			continue
		}
		for _, c := range candidatesOf(p.mistakes()) {
			m := *c.mistake
			m.name += ", in " + p.inStep
			list = append(list, &candidate{mistake: &m, change: c.change, of: p.exercise})
		}
	}
	return list
}

// both returns the candidate that is made of two, as yet without its mistake.
func both(first, second *candidate) *candidate {
	c := &candidate{change: first.change, before: first.before, after: first.after}
	switch {
	case second.after != nil:
		c.first, c.after = first, second.after
	case second.change != nil:
		c.change = together(first.change, second.change)
	case first.before != nil:
		c.before = func(in *exercise.Inputs) { first.before(in); second.before(in) }
	default:
		c.before = second.before
	}
	return c
}

// and returns the mistake of making both.
func (m *mistake) and(other *mistake) *mistake {
	return &mistake{
		name: m.name + "; and " + other.name,
		why:  fmt.Sprintf("These are two mistakes. %s The other one: %s", m.why, other.why),
		part: m.part,
	}
}

// explanations returns the mistakes of which each explains the calls, the likeliest first.
// They have names of their own. Two mistakes at once are only looked for where one alone
// explains nothing.
func (d *Diagnoser) explanations(e *exercise.Exercise, r *exercise.Report, correct ...string) []*candidate {
	if found := d.oneMistake(e, r, correct...); found != nil {
		return found
	}
	return d.twoMistakes(e, r)
}

// oneMistake looks for one that is not in the exercises that are correct.
func (d *Diagnoser) oneMistake(e *exercise.Exercise, r *exercise.Report, correct ...string) []*candidate {
	own, general := d.single(e)
	blank := d.blankOf(e, r)
	if blank != nil && blank.name == AllZeros {
		return []*candidate{{mistake: blank}}
	}
	if m := d.constantOf(e, r); m != nil {
		return []*candidate{{mistake: m}}
	}
	if found := d.matching(e, r, own, correct); found != nil {
		return found
	}
	if blank != nil {
		return []*candidate{{mistake: blank}}
	}
	return d.matching(e, r, general, correct)
}

// twoMistakes looks for two, which only several calls that returned can tell from a
// coincidence.
func (d *Diagnoser) twoMistakes(e *exercise.Exercise, r *exercise.Report) []*candidate {
	returned := 0
	for _, t := range r.Trials {
		if t.Panic == "" {
			returned++
		}
	}
	if returned < 2 {
		return nil
	}
	own, general := d.single(e)
	seconds := slices.DeleteFunc(slices.Clone(general), func(c *candidate) bool { return c.rare })
	firsts := slices.Concat(own, seconds)
	if whole := wholeMistakes(e.Name); whole != nil {
		firsts = candidatesOf(whole)
		seconds = firsts
	}
	for _, first := range firsts {
		for _, second := range seconds {
			if c := both(first, second); first != second && d.explains(e, r, c) > 1 {
				c.mistake = first.mistake.and(second.mistake)
				return []*candidate{c}
			}
		}
	}
	return nil
}

// matching returns those of the candidates that explain the calls, of each mistake one, but for
// those in exercises that are correct.
func (d *Diagnoser) matching(e *exercise.Exercise, r *exercise.Report, list []*candidate, correct []string) (found []*candidate) {
	for _, c := range list {
		isFound := func(other *candidate) bool { return other.mistake.name == c.mistake.name }
		if !slices.Contains(correct, c.of) && !slices.ContainsFunc(found, isFound) && d.explains(e, r, c) > 0 {
			found = append(found, c)
		}
	}
	return found
}

// explains returns in how many calls the candidate gives what the learner's function
// gives, or 0 if there is one in which it gives something else. All calls count:
// numbers of other sizes meet by chance, as when h is 2. (Of a sign that may be turned,
// the first call says enough: what the others have to give is known then.)
func (d *Diagnoser) explains(e *exercise.Exercise, r *exercise.Report, c *candidate) (calls int) {
	for i := range r.Trials {
		t, in := &r.Trials[i], d.given[i]
		numbers := c.numbers(e, in)
		switch {
		case numbers == nil && t.Panic == "" && (c.change == nil || sameShapes(t.Answer, e.Want(in))):
			return 0 // what does not fit together would not have given this
		case numbers == nil, !hasNumbers(numbers):
		case t.Panic == "" && gives(t.Answer, numbers):
			if !numbers.Equal(e.Want(in)) { // else it is correct here, whatever is wrong
				calls++
			}
		case i > 0 && calls > 0 && c.mistake.mayBeRight():
		default:
			return 0
		}
	}
	return calls
}

// sameShapes reports whether the two answers have the same rows and columns.
func sameShapes(a, b exercise.Answer) bool {
	return slices.EqualFunc(a, b, func(a, b matrix.Matrix) bool {
		return slices.EqualFunc(a, b, func(a, b []float64) bool { return len(a) == len(b) })
	})
}

// gives reports whether the two answers are the same, with NaN where the other has NaN.
func gives(got, want exercise.Answer) bool {
	return got.Equal(want) || hasNaN(want) && slices.EqualFunc(got, want, func(got, want matrix.Matrix) bool {
		return exercise.Same(withoutNaN(got, want), withoutNaN(want, got))
	})
}

// withoutNaN returns m with 0 in the place of NaN where the other has NaN as well.
func withoutNaN(m, other matrix.Matrix) matrix.Matrix {
	c := make(matrix.Matrix, len(m)) // of any shape
	for i, row := range m {
		c[i] = slices.Clone(row)
		for j, v := range row {
			if math.IsNaN(v) && i < len(other) && j < len(other[i]) && math.IsNaN(other[i][j]) {
				c[i][j] = 0
			}
		}
	}
	return c
}

// hasNumbers reports whether there is anything in the answer but NaN.
func hasNumbers(a exercise.Answer) bool {
	return contains(a, func(v float64) bool { return !math.IsNaN(v) })
}

func hasNaN(a exercise.Answer) bool { return contains(a, math.IsNaN) }

// contains reports whether the answer has a number for which f holds.
func contains(a exercise.Answer, f func(v float64) bool) bool {
	return slices.ContainsFunc(a, func(m matrix.Matrix) bool {
		return slices.ContainsFunc(m, func(row []float64) bool { return slices.ContainsFunc(row, f) })
	})
}
