package diagnosis

import (
	"math"
	"slices"

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

// otherRates are trainings whose steps have other learning rates.
func otherRates(rates ...func(rate float64, epoch, epochs int) float64) (list []change) {
	for _, other := range rates {
		list = append(list, trainings(func(step stepFunc, x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
			for epoch := range epochs {
				w1, w2 = step(x, y, w1, w2, other(rate, epoch, epochs))
			}
			return w1, w2
		}))
	}
	return list
}

// decays are trainings whose learning rate is multiplied by a number after, or before, each
// step.
func decays(by ...float64) (list []change) {
	for _, b := range by {
		list = append(list, otherRates(func(rate float64, epoch, _ int) float64 { return rate * math.Pow(b, float64(epoch)) },
			func(rate float64, epoch, _ int) float64 { return rate * math.Pow(b, float64(epoch+1)) })...)
	}
	return list
}

// epochsOf trains for another number of epochs.
func epochsOf(other func(epochs int) int) change {
	return func(f *exercise.Functions) {
		right := f.Train
		f.Train = func(x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
			return right(x, y, w1, w2, rate, other(epochs))
		}
	}
}

// trainMistakes are those of repeating a step.
func trainMistakes() []mistake {
	return []mistake{
		{"the result of a single step", "14",
			"These are the weights after one step. Is there a loop, with the return after it, and does each step begin with the weights that the one before it returned?",
			[]change{trainings(func(step stepFunc, x, y, w1, w2 matrix.Matrix, rate float64, _ int) (new1, new2 matrix.Matrix) {
				return step(x, y, w1, w2, rate)
			})}},
		{"only weights_1 go on into the next step", "14", "weights_2 also have to go on: both begin a step as the one before it left them.",
			[]change{trainings(func(step stepFunc, x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
				for range epochs {
					w1, new2 = step(x, y, w1, w2, rate)
				}
				return w1, new2
			})}},
		{"only weights_2 go on into the next step", "14", "weights_1 also have to go on: both begin a step as the one before it left them.",
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
		{"the learning rate is changed", "14", "Each step has the learning rate that Train is given. It depends neither on the epoch nor on how many there are.",
			slices.Concat(otherRates(func(rate float64, epoch, epochs int) float64 { return rate / float64(epochs) }, func(rate float64, epoch, epochs int) float64 { return rate * float64(epochs) },
				func(rate float64, epoch, epochs int) float64 { return rate / float64(epoch+1) }, func(rate float64, epoch, epochs int) float64 { return rate * float64(epoch+1) }, func(rate float64, epoch, epochs int) float64 { return rate * float64(epoch) }),
				decays(0.5, 0.9, 0.95, 0.98, 0.99, 0.999))},
		{"one epoch too few", "14", "Count again: a loop from 0 to below epochs, or from 1 to epochs, runs epochs times.",
			[]change{epochsOf(func(epochs int) int { return epochs - 1 })}},
		{"one epoch too many", "14", "Count again: a loop from 0 to below epochs, or from 1 to epochs, runs epochs times.",
			[]change{epochsOf(func(epochs int) int { return epochs + 1 })}},
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

// epochMistakes are trainings that take far more steps, or fewer.
func epochMistakes() []mistake {
	return []mistake{
		{"the number of epochs is written in", "14", "The loop runs epochs times, which is 7 in the first check.",
			[]change{epochsOf(func(int) int { return 10 }), epochsOf(func(int) int { return 100 }), epochsOf(func(int) int { return 1000 })}},
		{"a step for each flower in each epoch", "14", "An epoch is one step, which takes all flowers at once. Call Step once for each epoch.",
			[]change{func(f *exercise.Functions) {
				right := f.Train
				f.Train = func(x, y, w1, w2 matrix.Matrix, rate float64, epochs int) (new1, new2 matrix.Matrix) {
					return right(x, y, w1, w2, rate, epochs*len(x))
				}
			}}},
		{"twice as many epochs, or half as many", "14", "The loop runs epochs times, and calls Step once each time.",
			[]change{epochsOf(func(epochs int) int { return 2 * epochs }), epochsOf(func(epochs int) int { return epochs / 2 }),
				epochsOf(func(epochs int) int { return (epochs + 1) / 2 })}},
		{"a loop inside the loop over the epochs", "14", "Call Step once for each epoch, in one loop.",
			[]change{epochsOf(func(epochs int) int { return epochs * epochs }), epochsOf(func(epochs int) int { return epochs * (epochs - 1) / 2 }),
				epochsOf(func(epochs int) int { return epochs * (epochs + 1) / 2 })}},
	}
}
