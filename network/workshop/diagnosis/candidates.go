package diagnosis

import "backprop/network/workshop/exercise"

// A candidate is a way of making a mistake, with what it gives in each of a report's
// calls: nil where its shapes do not fit together. (Some only fit with the cube.)
type candidate struct {
	mistake *mistake
	change  change
	numbers []exercise.Answer
}

// candidatesFor returns those of the exercise's mistakes.
func (d *Diagnoser) candidatesFor(e *exercise.Exercise) []candidate {
	list, ok := d.candidates[e.Name]
	if ok {
		return list
	}
	for _, m := range mistakesOf(e.Name) {
		for _, way := range m.ways {
			five := answer(e, way, d.five)
			numbers := []exercise.Answer{five, five, answer(e, way, d.seven), answer(e, way, d.cube)}
			list = append(list, candidate{&m, way, numbers})
		}
	}
	d.candidates[e.Name] = list
	return list
}

// answer returns what the exercise gives with our functions and that change, or nil if
// the shapes do not fit.
func answer(e *exercise.Exercise, way change, in *exercise.Inputs) (a exercise.Answer) {
	defer func() {
		if recover() != nil {
			a = nil
		}
	}()
	f := exercise.Ours()
	way(f)
	return e.Call(f, in)
}

// matching returns the candidate that explains the calls, or nil: of several the one that
// explains most of them.
func (d *Diagnoser) matching(e *exercise.Exercise, r *exercise.Report) (best *candidate) {
	most := 0
	for _, c := range d.candidatesFor(e) {
		if calls := c.explains(r); calls > most {
			most, best = calls, &c
		}
	}
	return best
}

// explains returns in how many calls the candidate gives what the learner's function
// gives, or 0 if there is one in which it gives something else. One call is not enough:
// numbers of other sizes meet by chance, as when h is 2. (Of a sign that may be turned,
// the first call says enough: what the others have to give is known then.)
func (c *candidate) explains(r *exercise.Report) (calls int) {
	for i, t := range r.Trials {
		switch {
		case c.numbers[i] == nil, !c.numbers[i].Equal(c.numbers[i]): // NaN tells nothing
		case t.Panic == "" && t.Answer.Equal(c.numbers[i]):
			calls++
		case i > 0 && calls > 0 && c.mistake.mayBeRight():
		default:
			return 0
		}
	}
	return calls
}
