package diagnosis

import (
	"backprop/matrix"
	"backprop/network/workshop/exercise"
)

// trainings changes exercise 16. The function is told what it repeats.
func trainings(train func(step stepFunc, x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix)) change {
	return func(f *exercise.Functions) {
		f.Train = func(x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
			return train(f.Step, x, y, w1, w2, rate, epochs)
		}
	}
}

// moreEpochs trains for so many more, or fewer.
func moreEpochs(more int) change {
	return func(f *exercise.Functions) {
		right := f.Train
		f.Train = func(x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
			return right(x, y, w1, w2, rate, epochs+more)
		}
	}
}

// trainMistakes are those of repeating a step.
func trainMistakes() []mistake {
	return []mistake{
		{"the result of a single step", "14",
			"These are the weights after one step. Is there a loop, with the return behind it, and does each step begin with the weights that the one before it returned?",
			[]change{trainings(func(step stepFunc, x, y, w1, w2 matrix.Matrix, rate float64, _ int) (new1, new2 matrix.Matrix) {
				return step(x, y, w1, w2, rate)
			})}},
		{"only weights_1 go on into the next step", "14", "weights_2 have to go on, too: both begin a step as the one before it left them.",
			[]change{trainings(func(step stepFunc, x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
				for range epochs {
					w1, new2 = step(x, y, w1, w2, rate)
				}
				return w1, new2
			})}},
		{"only weights_2 go on into the next step", "14", "weights_1 have to go on, too: both begin a step as the one before it left them.",
			[]change{trainings(func(step stepFunc, x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
				for range epochs {
					new1, w2 = step(x, y, w1, w2, rate)
				}
				return new1, w2
			})}},
		{"two steps an epoch, one for each of the weights", "14", "One call of Step returns both: weights1, weights2 = Step(…).",
			[]change{trainings(func(step stepFunc, x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
				for range epochs {
					w1, _ = step(x, y, w1, w2, rate)
					_, w2 = step(x, y, w1, w2, rate)
				}
				return w1, w2
			}), trainings(func(step stepFunc, x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
				for range epochs {
					_, w2 = step(x, y, w1, w2, rate)
					w1, _ = step(x, y, w1, w2, rate)
				}
				return w1, w2
			})}},
		{"one epoch too few", "14", "Count again: a loop from 0 to below epochs, or from 1 to epochs, runs epochs times.",
			[]change{moreEpochs(-1)}},
		{"one epoch too many", "14", "Count again: a loop from 0 to below epochs, or from 1 to epochs, runs epochs times.",
			[]change{moreEpochs(+1)}},
		{"weights_1 and weights_2 exchanged", "14", "Step returns the new weights_1 first, and so does Train.",
			[]change{func(f *exercise.Functions) {
				right := f.Train
				f.Train = func(x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
					new1, new2 = right(x, y, w1, w2, rate, epochs)
					return new2, new1
				}
			}}},
	}
}
