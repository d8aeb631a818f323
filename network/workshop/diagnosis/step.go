package diagnosis

import (
	"slices"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// A stepFunc is exercise 15.
type stepFunc = func(x, y, weights1, weights2 matrix.Matrix, learningRate float64) (newWeights1, newWeights2 matrix.Matrix)

// stepMistakes are those of a step alone.
func stepMistakes() []mistake {
	return []mistake{
		{"weights_1 and weights_2 exchanged", "13", "Return the new weights_1 first, the new weights_2 second.",
			[]change{steps(func(right stepFunc) stepFunc {
				return func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) {
					new1, new2 = right(x, y, w1, w2, rate)
					return new2, new1
				}
			})}},
		{"a step for each flower, instead of one for all of them", "13",
			"The updates come from all flowers at once: x has a row for each. Do not loop over the flowers, or compute both new weights after the loop, from the sums.",
			[]change{steps(batches(1, false)), steps(batches(1, true))}},
		{"a step for every two or three flowers, instead of one for all of them", "13",
			"The updates come from all flowers at once: x has a row for each.",
			[]change{steps(batches(2, false)), steps(batches(2, true)), steps(batches(3, false)), steps(batches(3, true))}},
		{"the forward pass is made again with one of the new weights", "13",
			"Both updates come from the same forward pass, with the weights from before the step. Compute both updates first, and call Descend at the very end.",
			[]change{steps(func(right stepFunc) stepFunc {
				return func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) {
					new1, _ = right(x, y, w1, w2, rate)
					_, new2 = right(x, y, new1, w2, rate)
					return new1, new2
				}
			}), steps(func(right stepFunc) stepFunc {
				return func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) {
					_, new2 = right(x, y, w1, w2, rate)
					new1, _ = right(x, y, w1, new2, rate)
					return new1, new2
				}
			})}},
		{"two steps instead of one", "13",
			"Each of the weights makes its step once.",
			[]change{steps(func(right stepFunc) stepFunc {
				return func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) {
					w1, w2 = right(x, y, w1, w2, rate)
					return right(x, y, w1, w2, rate)
				}
			})}},
		{"the updates instead of the new weights", "13", "Return weights − learning_rate · update for both.",
			[]change{func(f *exercise.Functions) {
				f.Descend = func(_, update matrix.Matrix, _ float64) matrix.Matrix { return update }
			}}},
	}
}

// steps changes exercise 15 to what wrong makes of the right step.
func steps(wrong func(right stepFunc) stepFunc) change {
	return func(f *exercise.Functions) { f.Step = wrong(f.Step) }
}

// batches makes a step for each so many flowers. N counts the elements of those few, or of all
// of y.
func batches(size int, ofAll bool) func(right stepFunc) stepFunc {
	return func(right stepFunc) stepFunc {
		return func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) {
			for from := 0; from < len(x); from += size {
				to := min(from+size, len(x))
				part := 1.0
				if ofAll {
					part = float64(to-from) / float64(len(x))
				}
				w1, w2 = right(x[from:to], y[from:to], w1, w2, rate*part)
			}
			return w1, w2
		}
	}
}

// rates are steps with another learning rate: for both weights, for weights_1 only and for
// weights_2 only. A factor in an update or in the descent is one, too.
func rates(other func(rate, n float64, y matrix.Matrix) float64) []change {
	wrong := func(for1, for2 bool) change {
		return steps(func(right stepFunc) stepFunc {
			return func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) {
				new1, new2 = right(x, y, w1, w2, rate)
				wrong1, wrong2 := right(x, y, w1, w2, other(rate, elements(y), y))
				if for1 {
					new1 = wrong1
				}
				if for2 {
					new2 = wrong2
				}
				return new1, new2
			}
		})
	}
	return []change{wrong(true, true), wrong(true, false), wrong(false, true)}
}

// weights2First is a step that computes the new weights_2 too early, and perhaps computes
// them once more at the end.
func weights2First(onceMore bool) change {
	return func(f *exercise.Functions) {
		f.Step = func(x, y, w1, w2 matrix.Matrix, rate float64) (new1, new2 matrix.Matrix) {
			hiddenIn, hiddenOut := f.HiddenLayer(x, w1)
			outputIn, outputOut := f.OutputLayer(hiddenOut, w2)
			outputError := f.OutputLayerError(outputOut, y)
			outputDelta := f.OutputLayerDelta(outputIn, outputOut, outputError)
			update2 := f.Weights2Update(hiddenIn, hiddenOut, y, outputError, outputDelta)
			w2 = f.Descend(w2, update2, rate)
			hiddenError := f.HiddenLayerError(outputError, outputDelta, w2)
			hiddenDelta := f.HiddenLayerDelta(hiddenIn, hiddenOut, hiddenError)
			w1 = f.Descend(w1, f.Weights1Update(x, y, hiddenError, hiddenDelta), rate)
			if onceMore {
				w2 = f.Descend(w2, update2, rate)
			}
			return w1, w2
		}
	}
}

// Functions that a step calls with one thing in the place of another.

func update2FromError(f *exercise.Functions) {
	right := f.Weights2Update
	f.Weights2Update = func(in, out, y, err, _ matrix.Matrix) matrix.Matrix { return right(in, out, y, err, err) }
}

func update1FromError(f *exercise.Functions) {
	right := f.Weights1Update
	f.Weights1Update = func(x, y, err, _ matrix.Matrix) matrix.Matrix { return right(x, y, err, err) }
}

func backFromError(f *exercise.Functions) {
	right := f.HiddenLayerError
	f.HiddenLayerError = func(err, _, weights2 matrix.Matrix) matrix.Matrix { return right(err, err, weights2) }
}

func update2FromInputs(f *exercise.Functions) {
	right := f.Weights2Update
	f.Weights2Update = func(in, _, y, err, delta matrix.Matrix) matrix.Matrix { return right(in, in, y, err, delta) }
}

// outputFromInputs gives the hidden layer's inputs to the output layer only.
func outputFromInputs(f *exercise.Functions) {
	rightHidden, rightOutput := f.HiddenLayer, f.OutputLayer
	var inputs matrix.Matrix
	f.HiddenLayer = func(x, weights1 matrix.Matrix) (in, out matrix.Matrix) {
		inputs, out = rightHidden(x, weights1)
		return inputs, out
	}
	f.OutputLayer = func(_, weights2 matrix.Matrix) (in, out matrix.Matrix) { return rightOutput(inputs, weights2) }
}

// errorFromInputs gives the output layer's inputs to the error only.
func errorFromInputs(f *exercise.Functions) {
	right := f.OutputLayer
	var inputs matrix.Matrix
	f.OutputLayer = func(hiddenOut, weights2 matrix.Matrix) (in, out matrix.Matrix) {
		inputs, out = right(hiddenOut, weights2)
		return inputs, out
	}
	f.OutputLayerError = func(_, y matrix.Matrix) matrix.Matrix { return solutions.OutputLayerError(inputs, y) }
}

func hiddenWithoutSigmoid(f *exercise.Functions) { f.HiddenLayer = withoutSigmoid }

func outputWithoutSigmoid(f *exercise.Functions) { f.OutputLayer = withoutSigmoid }

func withoutSigmoid(x, weights matrix.Matrix) (in, out matrix.Matrix) {
	in = dot(x, weights)
	return in, in
}

func slopeTwice(f *exercise.Functions) {
	right := f.OutputLayerDelta
	f.OutputLayerDelta = func(in, out, err matrix.Matrix) matrix.Matrix { return right(in, out, right(in, out, err)) }
}

const (
	notChanged = "weights_1, weights_2 or both are not changed"

	whyDelta = "The slope comes between an error and what is made of it. HiddenLayerError and Weights2Update take the error of the output layer first and its delta second; Weights1Update ends with hiddenLayerDelta."
)

// wiringMistakes are what goes wrong between the exercises that a step calls.
func wiringMistakes() []mistake {
	return []mistake{
		{"weights_2 updated before the hidden error used them", "13",
			"The hidden layer's error has to come from the weights_2 with which the step began. Compute both updates first, and call Descend at the very end.",
			[]change{weights2First(false), weights2First(true)}},
		{"the slope is missing at the output: error where the delta belongs", "9", whyDelta,
			[]change{update2FromError, together(update2FromError, backFromError)}},
		{"the error goes back to the hidden layer instead of the delta", "11",
			"HiddenLayerError takes the error of the output layer first and its delta second.",
			[]change{backFromError}},
		{"the slope is missing in the hidden layer: error where the delta belongs", "11", whyDelta,
			[]change{update1FromError}},
		{"the slope is missing in both layers: error where the delta belongs", "13", whyDelta,
			[]change{together(update1FromError, update2FromError), together(update1FromError, backFromError),
				together(update1FromError, backFromError, update2FromError)}},
		{"inputs where outputs belong: into weights_2", "5",
			"OutputLayer, and Weights2Update, take what came out of the hidden nodes: its outputs.",
			[]change{outputFromInputs, update2FromInputs, together(outputFromInputs, update2FromInputs)}},
		{"inputs where outputs belong, and error where the delta belongs: in weights_2's update", "13",
			"Weights2Update takes the layer's inputs first, its outputs second, and the error before the delta.",
			[]change{together(update2FromInputs, update2FromError)}},
		{"inputs where outputs belong: in the output layer's error", "9",
			"OutputLayerError takes outputLayerOutputs, the second result of OutputLayer.",
			[]change{errorFromInputs}},
		{"no sigmoid in the hidden layer, or its inputs and outputs exchanged", "5",
			"HiddenLayer returns the inputs first and the outputs second. Only the outputs go on.",
			[]change{hiddenWithoutSigmoid}},
		{"no sigmoid at the output, or its inputs and outputs exchanged", "5",
			"OutputLayer returns the inputs first and the outputs second. Only the outputs go on.",
			[]change{outputWithoutSigmoid}},
		{"no sigmoid in both layers, or inputs and outputs exchanged", "5",
			"Both layers return the inputs first and the outputs second. Only the outputs go on.",
			[]change{together(hiddenWithoutSigmoid, outputWithoutSigmoid)}},
		{"the slope is in it twice, at the output", "9",
			"It belongs in OutputLayerDelta, once. The error is only the difference.",
			[]change{slopeTwice}},
		{"learning rate forgotten", "7", "The learning rate has to reach Descend, for both weights.",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return 1 })},
		{"a wrong sign", "7",
			"The weights go uphill. A sign is the other way round: in out − y, in out·(1 − out), or in weights − learning_rate · update. (Two wrong signs cancel.)",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return -rate })},
		{"learning rate forgotten, and a wrong sign", "7", "It is weights − learning_rate · update, for both weights.",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return -1 })[:1]},
		{"N missing", "13", "Both updates are divided by N, the number of elements of y.",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return rate * n })},
		{"N is the number of flowers instead of elements", "13", "N is y.Rows() * y.Cols(), for both updates.",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return rate * float64(y.Cols()) })},
		{"N is the number of outputs instead of elements", "13", "N is y.Rows() * y.Cols(), for both updates.",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return rate * float64(y.Rows()) })},
		{"a learning rate that is written in", "7", "Use learningRate, which the function is given, instead of a number of your own.",
			slices.Concat(rates(func(_, _ float64, _ matrix.Matrix) float64 { return 0.1 }), rates(func(_, _ float64, _ matrix.Matrix) float64 { return 0.01 }),
				rates(func(_, _ float64, _ matrix.Matrix) float64 { return 0.5 }))},
		{"÷ N done twice", "13", "Each update is divided by N once.",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return rate / n })},
		{"also divided by the number of flowers", "13", "Each update is divided by N, and by nothing else.",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return rate / float64(y.Rows()) })},
		{"the factor 2 or ½ (or Descend is called twice)", "13", "The 2 of the square's derivative and the ½ of the MSE cancel, and each of the weights makes its step once.",
			append(rates(func(rate, n float64, y matrix.Matrix) float64 { return 2 * rate }),
				rates(func(rate, n float64, y matrix.Matrix) float64 { return rate / 2 })...)},
		{notChanged, "13",
			"At least one of the two matrices is as it was. Return what the step has made of them. If you divide whole numbers, as in 1/n, the result is 0.",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return 0 })},
		{"the learning rate applied twice", "7", "Each change is the learning rate times the update, once.",
			rates(func(rate, n float64, y matrix.Matrix) float64 { return rate * rate })},
	}
}
