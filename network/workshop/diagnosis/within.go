package diagnosis

import (
	"backprop/matrix"
	"backprop/network/workshop/exercise"
)

// within returns the general mistakes of the exercises that a step calls, for a learner who
// writes them again within it.
func within() (list []*candidate) {
	for _, p := range parts {
		e := exercise.ByName(p.exercise)
		if p.inStep == "" || e.Number <= exercise.Number("Sigmoid") {
			continue
		}
		for _, c := range append(operandMistakes(e), resultMistakes(e)...) {
			m := *c.mistake
			m.name += ", in " + p.inStep
			list = append(list, &candidate{mistake: &m, before: c.before, after: c.after, of: p.exercise})
		}
	}
	return list
}

// spoil makes the mistake in the exercise that a step calls. What the step is given is in.
func (c *candidate) spoil(f *exercise.Functions, in *exercise.Inputs) {
	right := *f
	call := func(set func(given *exercise.Inputs)) exercise.Answer {
		given := *in
		set(&given)
		spoiled := given
		if c.before != nil {
			c.before(&spoiled)
		}
		a := exercise.ByName(c.of).Call(&right, &spoiled)
		if c.after != nil {
			a = c.after(&given, a)
		}
		return a
	}
	switch c.of {
	case "HiddenLayer":
		f.HiddenLayer = func(x, w matrix.Matrix) (_, _ matrix.Matrix) {
			a := call(func(given *exercise.Inputs) { given.X, given.Weights1 = x, w })
			return a[0], a[1]
		}
	case "OutputLayer":
		f.OutputLayer = func(x, w matrix.Matrix) (_, _ matrix.Matrix) {
			a := call(func(given *exercise.Inputs) { given.HiddenLayerOutputs, given.Weights2 = x, w })
			return a[0], a[1]
		}
	case "OutputLayerError":
		f.OutputLayerError = func(out, y matrix.Matrix) matrix.Matrix {
			return call(func(given *exercise.Inputs) { given.OutputLayerOutputs, given.Y = out, y })[0]
		}
	case "OutputLayerDelta":
		f.OutputLayerDelta = func(z, out, err matrix.Matrix) matrix.Matrix {
			return call(func(given *exercise.Inputs) {
				given.OutputLayerInputs, given.OutputLayerOutputs, given.OutputLayerError = z, out, err
			})[0]
		}
	case "HiddenLayerError":
		f.HiddenLayerError = func(err, delta, w matrix.Matrix) matrix.Matrix {
			return call(func(given *exercise.Inputs) {
				given.OutputLayerError, given.OutputLayerDelta, given.Weights2 = err, delta, w
			})[0]
		}
	case "HiddenLayerDelta":
		f.HiddenLayerDelta = func(z, out, err matrix.Matrix) matrix.Matrix {
			return call(func(given *exercise.Inputs) {
				given.HiddenLayerInputs, given.HiddenLayerOutputs, given.HiddenLayerError = z, out, err
			})[0]
		}
	case "Weights2Update":
		f.Weights2Update = func(z, out, y, err, delta matrix.Matrix) matrix.Matrix {
			return call(func(given *exercise.Inputs) {
				given.HiddenLayerInputs, given.HiddenLayerOutputs, given.Y, given.OutputLayerError, given.OutputLayerDelta = z, out, y, err, delta
			})[0]
		}
	case "Weights1Update":
		f.Weights1Update = func(x, y, err, delta matrix.Matrix) matrix.Matrix {
			return call(func(given *exercise.Inputs) {
				given.X, given.Y, given.HiddenLayerError, given.HiddenLayerDelta = x, y, err, delta
			})[0]
		}
	case "Descend":
		f.Descend = func(w, update matrix.Matrix, rate float64) matrix.Matrix {
			return call(func(given *exercise.Inputs) {
				given.Weights2, given.Weights2Update, given.LearningRate = w, update, rate
			})[0]
		}
	}
}
