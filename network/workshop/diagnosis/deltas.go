package diagnosis

import (
	"fmt"
	"math"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// outputErrors changes exercise 8.
func outputErrors(functions ...func(out, y matrix.Matrix) matrix.Matrix) []change {
	return changes(func(f *exercise.Functions, outputError func(out, y matrix.Matrix) matrix.Matrix) {
		f.OutputLayerError = outputError
	}, functions...)
}

// difference is exercise 8, number by number.
func difference(number func(out, y float64) float64) func(out, y matrix.Matrix) matrix.Matrix {
	return func(out, y matrix.Matrix) matrix.Matrix { return combine(out, y, number) }
}

func errorMistakes() []mistake {
	return []mistake{
		{errorTurned, "9",
			"In the series it is out − y. (With the other sign here and in Descend, which then adds the update, it is also correct: two wrong signs cancel. One alone makes the net climb.)",
			outputErrors(difference(func(out, y float64) float64 { return y - out }))},
		{"squared", "9", "The square belongs to the MSE. Its derivative is the plain difference.",
			outputErrors(difference(func(out, y float64) float64 { return math.Pow(out-y, 2) }))},
		{"the size of the error without its sign", "9",
			"The sign is needed: it says in which direction an output has to move.",
			outputErrors(difference(func(out, y float64) float64 { return math.Abs(out - y) }))},
		{"÷ N too early", "9",
			"The division by N comes with the weight updates, once. Done here as well, it would be done twice.",
			outputErrors(func(out, y matrix.Matrix) matrix.Matrix { return scale(1/elements(y), sub(out, y)) })},
		{"÷ number of flowers", "9", "The error is not divided by anything; the updates will be, by N.",
			outputErrors(func(out, y matrix.Matrix) matrix.Matrix { return scale(1/float64(y.Rows()), sub(out, y)) })},
		{"the factor 2 or ½", "9",
			"The 2 of the square's derivative and the ½ of the MSE cancel, so there is no factor in the error.",
			outputErrors(difference(func(out, y float64) float64 { return 2 * (out - y) }),
				difference(func(out, y float64) float64 { return 0.5 * (out - y) }))},
		{"sum instead of difference", "9", "The error is out − y, not out + y.",
			outputErrors(difference(func(out, y float64) float64 { return out + y }))},
		{"product instead of difference", "9", "The error is out − y, not out ∘ y.",
			outputErrors(hadamard)},
		{"slope included already", "9", "This is the delta, the next exercise. The error is only the difference.",
			outputErrors(difference(func(out, y float64) float64 { return (out - y) * slope(out) }))},
		{"divided by the slope, or by the output", "9",
			"This belongs to another cost, the cross-entropy. In the series the error is the plain difference out − y.",
			outputErrors(difference(func(out, y float64) float64 { return (out - y) / slope(out) }),
				difference(func(out, y float64) float64 { return (out - y) / out }), difference(func(out, y float64) float64 { return -y / out }))},
		{"the cross-entropy instead of the difference", "9", "In the series the error is the plain difference out − y.",
			outputErrors(difference(func(out, y float64) float64 { return -y * math.Log(out) }))},
		{"only where the label is 1", "9", "An output whose label is 0 also has an error: the output itself.",
			outputErrors(difference(func(out, y float64) float64 { return (out - y) * y }), difference(func(out, y float64) float64 { return (y - out) * y }))},
		{"half the square: the cost of each output", "9", "This is what the MSE adds up. The error is its derivative, the plain difference.",
			outputErrors(difference(func(out, y float64) float64 { return (out - y) * (out - y) / 2 }))},
		{"the sigmoid is applied again", "9", "The outputs have been through the sigmoid already.",
			outputErrors(difference(func(out, y float64) float64 { return solutions.Sigmoid(out) - y }))},
		{"labels permuted", "3", "Each output is compared with its own label: the same row, the same column.",
			outputErrors(func(out, y matrix.Matrix) matrix.Matrix { return sub(out, reverse(y)) })},
		{"result transposed", "9", whyTransposed,
			outputErrors(func(out, y matrix.Matrix) matrix.Matrix { return transpose(sub(out, y)) })},
	}
}

// A deltaFunc is exercise 9 or 11.
type deltaFunc = func(in, out, err matrix.Matrix) matrix.Matrix

func outputDeltaMistakes() []mistake {
	return deltaMistakes("output", "9", func(f *exercise.Functions, d deltaFunc) { f.OutputLayerDelta = d })
}

func hiddenDeltaMistakes() []mistake {
	return deltaMistakes("hidden", "11", func(f *exercise.Functions, d deltaFunc) { f.HiddenLayerDelta = d })
}

// deltaMistakes are those of the layer whose delta set sets.
func deltaMistakes(layer, part string, set func(f *exercise.Functions, d deltaFunc)) []mistake {
	deltas := func(functions ...deltaFunc) []change { return changes(set, functions...) }
	// numbers is a delta, number by number.
	numbers := func(functions ...func(in, out, err float64) float64) (list []change) {
		for _, number := range functions {
			list = append(list, deltas(func(in, out, err matrix.Matrix) matrix.Matrix {
				return fill(err.Rows(), err.Cols(), func(i, j int) float64 { return number(in[i][j], out[i][j], err[i][j]) })
			})...)
		}
		return list
	}
	// divided is the right delta, divided by so many numbers a flower.
	divided := func(by int) []change {
		return deltas(func(in, out, err matrix.Matrix) matrix.Matrix {
			return scale(1/float64(by*err.Rows()), solutions.OutputLayerDelta(in, out, err))
		})
	}
	σ := solutions.Sigmoid
	inputs, outputs := layer+"LayerInputs", layer+"LayerOutputs"

	return []mistake{
		{"slope missing", "8",
			"This is the error itself. It has to be multiplied by the sigmoid's slope: on its way back it also passes the sigmoid.",
			numbers(func(_, out, err float64) float64 { return err })},
		{"the sigmoid is applied again inside the slope", "8",
			fmt.Sprintf("%s are what the sigmoid returned, so the slope is out·(1 − out) with them. No sigmoid is needed here.", outputs),
			numbers(func(_, out, err float64) float64 { return err * σ(out) * (1 - σ(out)) },
				func(_, out, err float64) float64 { return err * σ(out) * (1 - out) },
				func(_, out, err float64) float64 { return err * out * (1 - σ(out)) })},
		{"slope of the layer's input instead of its output", "8",
			fmt.Sprintf("out·(1 − out) wants what comes out of the sigmoid: %s, not %s.", outputs, inputs),
			numbers(func(in, out, err float64) float64 { return err * in * (1 - in) },
				func(in, out, err float64) float64 { return err * in * (1 - out) },
				func(in, out, err float64) float64 { return err * out * (1 - in) })},
		{"error missing", part,
			fmt.Sprintf("This is the slope alone. Multiply it by %s.", layer+"LayerError"),
			numbers(func(_, out, err float64) float64 { return out * (1 - out) })},
		{"half of the slope: (1 − out) missing", "8",
			"The slope is a product of two: out, and 1 − out.",
			numbers(func(_, out, err float64) float64 { return err * out })},
		{"out · out instead of out · (1 − out)", "8",
			"The slope is a product of two: out, and 1 − out.",
			numbers(func(_, out, err float64) float64 { return err * out * out })},
		{"half of the slope: out missing", "8",
			"The slope is a product of two: out, and 1 − out.",
			numbers(func(_, out, err float64) float64 { return err * (1 - out) })},
		{"error · out · 1 − out, or error · out − out², instead of error · out · (1 − out)", "8",
			"The error is multiplied by all of out·(1 − out). Go multiplies before it subtracts: put 1 - out in parentheses.",
			numbers(func(_, out, err float64) float64 { return err*out*1 - out },
				func(_, out, err float64) float64 { return err*out - out*out })},
		{signTurned, "8",
			whySign + " It is error · out · (1 − out), without any other minus.",
			numbers(func(_, out, err float64) float64 { return err * out * (out - 1) })},
		{"1 + out instead of 1 − out", "8", "The slope is out·(1 − out), which is never more than ¼.",
			numbers(func(_, out, err float64) float64 { return err * out * (1 + out) })},
		{"divided by the slope", part, "The error is multiplied by the slope.",
			numbers(func(_, out, err float64) float64 { return err / (out * (1 - out)) })},
		{"sum instead of product", part, "Error and slope are multiplied, not added.",
			numbers(func(_, out, err float64) float64 { return err + out*(1-out) })},
		{"the slope of tanh: 1 − out²", "8",
			"The slope belongs to the activation. 1 − out² is that of tanh. The sigmoid's is out·(1 − out).",
			numbers(func(_, out, err float64) float64 { return err * (1 - out*out) })},
		{"the slope of ReLU: 1 or 0", "8",
			"The slope belongs to the activation. ReLU's is 1 for a positive input, and 0 otherwise. The sigmoid's is out·(1 − out).",
			numbers(func(in, _, err float64) float64 { return err * oneIf(in > 0) })},
		{"the slope of tanh, from the layer's input: 1 − tanh²", "8",
			"The slope belongs to the activation. The sigmoid's is out·(1 − out).",
			numbers(func(in, _, err float64) float64 { return err * (1 - math.Tanh(in)*math.Tanh(in)) })},
		{"a factor of the slope is squared", "8", "The slope is out·(1 − out), with neither factor squared.",
			numbers(func(_, out, err float64) float64 { return err * out * out * (1 - out) }, func(_, out, err float64) float64 { return err * out * (1 - out) * (1 - out) },
				func(_, out, err float64) float64 { return err * out * (1 - out*out) })},
		{"the slope is made of the error", "8",
			"The slope comes from the outputs. The error is only multiplied by it.",
			numbers(func(_, out, err float64) float64 { return err * (1 - err) }, func(_, out, err float64) float64 { return err * err * (1 - err) },
				func(_, out, err float64) float64 { return err * out * (1 - err) }, func(_, out, err float64) float64 { return out * err * (1 - out*err) })},
		{"the error squared", part, "The error is multiplied by the slope once. The square belongs to the MSE.",
			numbers(func(_, out, err float64) float64 { return err * err * out * (1 - out) })},
		{"slope applied twice", "8", "The error is multiplied by the slope once.",
			numbers(func(_, out, err float64) float64 { return err * slope(out) * slope(out) })},
		{"the slope of softmax", "8",
			"With softmax, each output depends on all of a flower's inputs. The sigmoid's slope is out·(1 − out), of each number alone.",
			deltas(func(_, out, err matrix.Matrix) matrix.Matrix {
				return fill(err.Rows(), err.Cols(), func(i, j int) float64 { return out[i][j] * (err[i][j] - sum(hadamard(out, err)[i])) })
			})},
		{"÷ N too early", "13", "The division by N comes with the weight updates, once. Done here as well, it would be done twice.",
			divided(3)},
		{"÷ number of flowers", "13", "The delta is not divided by anything; the updates will be, by N.",
			divided(1)},
		{"the factor 2 or ½", "6", "There is no factor in the delta: error times slope, that is all.",
			numbers(func(_, out, err float64) float64 { return 2 * err * slope(out) },
				func(_, out, err float64) float64 { return 0.5 * err * slope(out) })},
		{"dot product where an element-wise product belongs", part,
			"Each error meets its own slope: element by element (Hadamard, or two loops), not in a dot product.",
			deltas(func(_, out, err matrix.Matrix) matrix.Matrix { return dot(err, transpose(apply(slope, out))) },
				func(_, out, err matrix.Matrix) matrix.Matrix { return dot(transpose(err), apply(slope, out)) },
				func(_, out, err matrix.Matrix) matrix.Matrix { return dot(err, apply(slope, out)) })},
		{"result transposed", part, whyTransposed,
			deltas(func(_, out, err matrix.Matrix) matrix.Matrix { return transpose(hadamard(err, apply(slope, out))) })},
	}
}

// hiddenErrors changes exercise 10.
func hiddenErrors(functions ...func(err, delta, weights2 matrix.Matrix) matrix.Matrix) []change {
	return changes(func(f *exercise.Functions, hiddenError func(err, delta, weights2 matrix.Matrix) matrix.Matrix) {
		f.HiddenLayerError = hiddenError
	}, functions...)
}

// multiplied is exercise 10 with a factor.
func multiplied(factor func(delta matrix.Matrix) float64) func(err, delta, weights2 matrix.Matrix) matrix.Matrix {
	return func(_, delta, weights2 matrix.Matrix) matrix.Matrix {
		return scale(factor(delta), dot(delta, transpose(weights2)))
	}
}

// shares divides each number by the sum of its column.
func shares(w matrix.Matrix) matrix.Matrix {
	cols := transpose(w)
	return fill(w.Rows(), w.Cols(), func(i, j int) float64 { return w[i][j] / sum(cols[j]) })
}

func hiddenErrorMistakes() []mistake {
	return []mistake{
		{"from the output layer's error instead of its delta", "11",
			"What comes back along the weights has passed the output's sigmoid: use outputLayerDelta, not outputLayerError.",
			hiddenErrors(func(err, _, w matrix.Matrix) matrix.Matrix { return dot(err, transpose(w)) })},
		{"weights_2 not transposed", "11",
			"Forward, weights_2 leads from 2 hidden nodes to 3 outputs (2×3). On the way back it has to lead from 3 to 2: use its transpose.",
			hiddenErrors(func(_, delta, w matrix.Matrix) matrix.Matrix { return dot(delta, w) },
				func(err, _, w matrix.Matrix) matrix.Matrix { return dot(err, w) })},
		{"weights_2 reshaped instead of transposed", "11",
			"The shape is 3×2, but the numbers are still in the old order. A transpose mirrors them.",
			hiddenErrors(func(_, delta, w matrix.Matrix) matrix.Matrix { return dot(delta, reshape(w, w.Cols(), w.Rows())) })},
		{"element-wise product instead of the dot product", "11",
			"Each hidden node collects from all three outputs: that is a dot product (Dot), not element by element (Hadamard).",
			hiddenErrors(func(_, delta, w matrix.Matrix) matrix.Matrix { return hadamard(delta, transpose(w)) },
				func(_, delta, w matrix.Matrix) matrix.Matrix { return hadamard(delta, w) })},
		{"order of the dot product exchanged", "4",
			"It is output_layer_delta · weights_2ᵀ: the flowers' rows come first.",
			hiddenErrors(func(_, delta, w matrix.Matrix) matrix.Matrix { return dot(transpose(w), delta) },
				func(_, delta, w matrix.Matrix) matrix.Matrix { return dot(w, delta) })},
		{"the delta is transposed", "11", "The delta has a row for each flower, and so has the result: only the weights are transposed.",
			hiddenErrors(func(_, delta, w matrix.Matrix) matrix.Matrix { return dot(transpose(delta), transpose(w)) })},
		{"result transposed", "11", whyTransposed,
			hiddenErrors(func(_, delta, w matrix.Matrix) matrix.Matrix { return dot(w, transpose(delta)) })},
		{"the weights as shares of their sum", "11",
			"Some books split an error up by each weight's share of its node's weights. The chain rule takes the weight itself.",
			hiddenErrors(func(_, delta, w matrix.Matrix) matrix.Matrix { return dot(delta, transpose(shares(w))) },
				func(err, _, w matrix.Matrix) matrix.Matrix { return dot(err, transpose(shares(w))) },
				func(_, delta, w matrix.Matrix) matrix.Matrix { return dot(delta, shares(transpose(w))) })},
		{"÷ N too early", "13", "The division by N comes with the weight updates, once. Done here as well, it would be done twice.",
			hiddenErrors(multiplied(func(delta matrix.Matrix) float64 { return 1 / elements(delta) }))},
		{"÷ number of flowers", "13", "The hidden error is not divided by anything; the updates will be, by N.",
			hiddenErrors(multiplied(func(delta matrix.Matrix) float64 { return 1 / float64(delta.Rows()) }))},
		{"the factor 2 or ½", "6", "There is no factor in the hidden error.",
			hiddenErrors(multiplied(func(matrix.Matrix) float64 { return 2 }), multiplied(func(matrix.Matrix) float64 { return 0.5 }))},
		{signTurned, "11", whySign,
			hiddenErrors(multiplied(func(matrix.Matrix) float64 { return -1 }))},
	}
}
