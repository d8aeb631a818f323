package diagnosis

import "backprop/network/workshop/exercise"

// A candidate is what a way of making a mistake gives with 5 flowers or, if its shapes do
// not fit together there, with the cube.
type candidate struct {
	mistake    *mistake
	change     change
	five, cube exercise.Answer
}

// candidatesFor returns those of the exercise's mistakes.
func (d *Diagnoser) candidatesFor(e *exercise.Exercise) []candidate {
	list, ok := d.candidates[e.Name]
	if ok {
		return list
	}
	for _, m := range mistakesOf(e.Name) {
		for _, way := range m.ways {
			c := candidate{mistake: &m, change: way, five: answer(e, way, d.five)}
			if c.five == nil {
				c.cube = answer(e, way, d.cube)
			}
			list = append(list, c)
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

// withFive returns the candidate that gives the same with 5 flowers, or nil.
func (d *Diagnoser) withFive(e *exercise.Exercise, got exercise.Answer) *candidate {
	for _, c := range d.candidatesFor(e) {
		if c.five != nil && got.Equal(c.five) {
			return &c
		}
	}
	return nil
}

// withCube returns the candidate that gives the same with the cube, or nil. There, several
// sizes are the same, so only those count that cannot be told with 5 flowers.
func (d *Diagnoser) withCube(e *exercise.Exercise, got exercise.Answer) *candidate {
	for _, c := range d.candidatesFor(e) {
		if c.cube != nil && got.Equal(c.cube) {
			return &c
		}
	}
	return nil
}
