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
	part    *exercise.Exercise                                           // the same, for a mistake that is made in any; or nil
	first   *candidate                                                   // of two, whose numbers after changes; or nil
	rare    bool                                                         // seldom made together with another one
	known   map[*exercise.Inputs]exercise.Answer
}

// numbers returns what the exercise gives with the mistake: nil if the shapes do not fit
// together. (Some only fit with the cube.)
func (c *candidate) numbers(e *exercise.Exercise, in *exercise.Inputs) exercise.Answer {
	a, ok := c.known[in]
	if !ok {
		if c.known == nil {
			c.known = map[*exercise.Inputs]exercise.Answer{}
		}
		a = c.compute(e, in)
		c.known[in] = a
	}
	return a
}

func (c *candidate) compute(e *exercise.Exercise, in *exercise.Inputs) (a exercise.Answer) {
	defer func() {
		if recover() != nil {
			a = nil
		}
	}()
	f, given := exercise.Ours(), *in
	if c.change != nil {
		c.change(f)
	}
	if c.first != nil {
		return c.after(in, c.first.numbers(e, in))
	}
	if c.part != nil {
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
		list[0] = candidatesOf(mistakesOf(e.Name))
		switch e.Name {
		case "Step":
			list[0] = append(list[0], ofParts()...)
			list[1] = within()
		case "Train":
			list[0] = append(list[0], ofParts()...)
		default:
			list[1] = append(operandMistakes(e), resultMistakes(e)...)
		}
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

// both returns the candidate that is made of two.
func both(first, second *candidate) *candidate {
	c := &candidate{
		mistake: &mistake{
			name: first.mistake.name + "; and " + second.mistake.name,
			why:  fmt.Sprintf("These are two mistakes. %s The other one: %s", first.mistake.why, second.mistake.why),
			part: first.mistake.part,
		},
		change: first.change, before: first.before, after: first.after,
	}
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

// explanations returns the mistakes of which each explains the calls, the likeliest first.
// They have names of their own. Two mistakes at once are only looked for where one alone
// explains nothing.
func (d *Diagnoser) explanations(e *exercise.Exercise, r *exercise.Report) []*candidate {
	if found := d.oneMistake(e, r); found != nil {
		return found
	}
	return d.twoMistakes(e, r)
}

func (d *Diagnoser) oneMistake(e *exercise.Exercise, r *exercise.Report) []*candidate {
	own, general := d.single(e)
	blank := d.blankOf(e, r)
	if m := d.constantOf(e, r); m != nil && (blank == nil || blank.name != AllZeros) {
		return []*candidate{{mistake: m}}
	}
	if blank != nil && blank.name == AllZeros {
		return []*candidate{{mistake: blank}}
	}
	if found := d.matching(e, r, own); found != nil {
		return found
	}
	if blank != nil {
		return []*candidate{{mistake: blank}}
	}
	return d.matching(e, r, general)
}

// twoMistakes looks for two, which only several calls can tell from a coincidence.
func (d *Diagnoser) twoMistakes(e *exercise.Exercise, r *exercise.Report) []*candidate {
	if len(r.Trials) < 2 {
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
				return []*candidate{c}
			}
		}
	}
	return nil
}

// matching returns those of the candidates that explain the calls, of each mistake one.
func (d *Diagnoser) matching(e *exercise.Exercise, r *exercise.Report, list []*candidate) (found []*candidate) {
	for _, c := range list {
		if !slices.Contains(d.correct, c.of) && d.explains(e, r, c) > 0 && !slices.ContainsFunc(found, func(other *candidate) bool { return other.mistake.name == c.mistake.name }) {
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
	inputs := []*exercise.Inputs{d.five, d.five, d.seven, d.cube}
	for i := range r.Trials {
		t := &r.Trials[i]
		numbers := c.numbers(e, inputs[i])
		switch {
		case numbers == nil && t.Panic == "" && (c.change == nil || sameShapes(t.Answer, e.Want(inputs[i]))):
			return 0 // what does not fit together would not have given this
		case numbers == nil, !hasNumbers(numbers):
		case numbers.Equal(e.Want(inputs[i])) && t.Panic == "" && t.Answer.Equal(numbers): // correct here, whatever is wrong
		case t.Panic == "" && gives(t.Answer, numbers):
			calls++
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
	return slices.EqualFunc(got, want, func(got, want matrix.Matrix) bool {
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
	for _, m := range a {
		for _, row := range m {
			if slices.ContainsFunc(row, func(v float64) bool { return !math.IsNaN(v) }) {
				return true
			}
		}
	}
	return false
}
