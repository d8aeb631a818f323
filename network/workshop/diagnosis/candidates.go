package diagnosis

import "backprop/network/workshop/exercise"

// A candidate is what a way of making a mistake gives with 5 flowers or, if its shapes do
// not fit together there, with the cube.
type candidate struct {
	mistake *mistake
	change  change
	numbers exercise.Answer
}

// candidatesFor returns those of the exercise's mistakes.
func (d *Diagnoser) candidatesFor(e *exercise.Exercise) []candidate {
	list, ok := d.candidates[e.Name]
	if ok {
		return list
	}
	for _, m := range mistakesOf(e.Name) {
		for _, way := range m.ways {
			numbers := answer(e, way, d.five)
			if numbers == nil {
				numbers = answer(e, way, d.cube)
			}
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

// matching returns the candidate that gives the same, or nil. (An answer with 5 flowers
// meets no numbers of the cube: it has another shape.)
func (d *Diagnoser) matching(e *exercise.Exercise, got exercise.Answer) *candidate {
	for _, c := range d.candidatesFor(e) {
		if got.Equal(c.numbers) {
			return &c
		}
	}
	return nil
}
