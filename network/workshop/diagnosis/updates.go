package diagnosis

import (
	"fmt"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
)

// An updateFunc is exercise 12 or 13: outputs is what comes along the weights, err and delta
// are the layer's at their end.
type updateFunc = func(outputs, y, err, delta matrix.Matrix) matrix.Matrix

func update1Mistakes() []mistake {
	set := func(f *exercise.Functions, u updateFunc) { f.Weights1Update = u }
	return append(updateMistakes("1", "x", "hidden", "12", set), mistake{
		"N is the number of elements of the delta", "13",
		"N is y.Rows() * y.Cols(), for both updates, as in the MSE: 15 for 5 flowers.",
		changes(set, func(x, _, _, delta matrix.Matrix) matrix.Matrix {
			return scale(1/elements(delta), dot(transpose(x), delta))
		}),
	})
}

func update2Mistakes() []mistake {
	list := updateMistakes("2", "hiddenLayerOutputs", "output", "10", func(f *exercise.Functions, u updateFunc) {
		f.Weights2Update = func(_, out, y, err, delta matrix.Matrix) matrix.Matrix { return u(out, y, err, delta) }
	})
	updates := func(u func(in, y, err, delta matrix.Matrix) matrix.Matrix) []change {
		return []change{func(f *exercise.Functions) {
			f.Weights2Update = func(in, _, y, err, delta matrix.Matrix) matrix.Matrix { return u(in, y, err, delta) }
		}}
	}
	return append(list,
		mistake{"inputs where outputs belong", "10",
			"Along weights_2 goes what came out of the hidden nodes: hiddenLayerOutputs, not hiddenLayerInputs.",
			updates(func(in, y, _, delta matrix.Matrix) matrix.Matrix {
				return scale(1/elements(y), dot(transpose(in), delta))
			})},
		mistake{"inputs where outputs belong, and N missing", "10",
			"Along weights_2 goes what came out of the hidden nodes: hiddenLayerOutputs. Then divide by N.",
			updates(func(in, _, _, delta matrix.Matrix) matrix.Matrix { return dot(transpose(in), delta) })},
		mistake{"inputs where outputs belong, and error where the delta belongs", "10",
			"Use hiddenLayerOutputs and outputLayerDelta.",
			updates(func(in, y, err, _ matrix.Matrix) matrix.Matrix { return scale(1/elements(y), dot(transpose(in), err)) })})
}

// updateMistakes are those of the update that set sets: of which weights, from what it is
// called that comes along them, and to which layer.
func updateMistakes(which, outputs, layer, part string, set func(f *exercise.Functions, u updateFunc)) []mistake {
	updates := func(functions ...updateFunc) []change { return changes(set, functions...) }
	// scaled is the right product with another factor than 1/N.
	scaled := func(factors ...func(n float64, y, outputs, delta matrix.Matrix) float64) (list []change) {
		for _, factor := range factors {
			list = append(list, updates(func(outputs, y, _, delta matrix.Matrix) matrix.Matrix {
				return scale(factor(elements(y), y, outputs, delta), dot(transpose(outputs), delta))
			})...)
		}
		return list
	}
	// products are others, divided by N or not yet.
	products := func(functions ...func(outputs, delta matrix.Matrix) matrix.Matrix) (list []change) {
		for _, product := range functions {
			list = append(list, updates(
				func(outputs, y, _, delta matrix.Matrix) matrix.Matrix {
					return scale(1/elements(y), product(outputs, delta))
				},
				func(outputs, y, _, delta matrix.Matrix) matrix.Matrix { return product(outputs, delta) })...)
		}
		return list
	}
	deltaName, errName := layer+"LayerDelta", layer+"LayerError"

	return []mistake{
		{"N missing", "13", "The product has to be divided by N, the number of elements of y, since the MSE is a mean.",
			scaled(func(_ float64, y, outputs, delta matrix.Matrix) float64 { return 1 })},
		{"N is the number of flowers instead of elements", "13",
			"The MSE is the mean over all elements of y, so N is y.Rows() * y.Cols(): 15 for 5 flowers.",
			scaled(func(_ float64, y, outputs, delta matrix.Matrix) float64 { return 1 / float64(y.Rows()) })},
		{"N is not the number of elements of y", "13",
			"N is y.Rows() * y.Cols(), for both updates, as in the MSE: 15 for 5 flowers. It is neither twice the flowers, nor does it count the elements of another matrix.",
			scaled(func(_ float64, y, outputs, delta matrix.Matrix) float64 { return 1 / elements(outputs) },
				func(_ float64, y, outputs, delta matrix.Matrix) float64 {
					return 1 / float64(outputs.Cols()*delta.Cols())
				},
				func(_ float64, y, outputs, delta matrix.Matrix) float64 { return 1 / float64(2*y.Rows()) },
				func(_ float64, y, outputs, delta matrix.Matrix) float64 { return 1 / float64(4*y.Rows()) },
				func(_ float64, y, outputs, delta matrix.Matrix) float64 { return 1 / float64(y.Cols()) })},
		{"÷ N done twice", "13", "The product is divided by N once more than it should be.",
			scaled(func(n float64, y, outputs, delta matrix.Matrix) float64 { return 1 / n / n })},
		{"multiplied by N", "13", "The product is divided by N: c.Scale(1/N, c), not c.Scale(N, c).",
			scaled(func(n float64, y, outputs, delta matrix.Matrix) float64 { return n })},
		{"the factor 2 or ½", "13",
			"The 2 of the square's derivative and the ½ of the MSE cancel: the product is divided by N, neither by 2·N nor by N/2.",
			scaled(func(n float64, y, outputs, delta matrix.Matrix) float64 { return 1 / (2 * n) },
				func(n float64, y, outputs, delta matrix.Matrix) float64 { return 2 / n })},
		{signTurned, "13", whySign + " The minus comes in Descend.",
			scaled(func(n float64, y, outputs, delta matrix.Matrix) float64 { return -1 / n })},
		{"learning rate included already", "7", "The learning rate comes in Descend.",
			scaled(func(n float64, y, outputs, delta matrix.Matrix) float64 { return 0.1 / n }, func(n float64, y, outputs, delta matrix.Matrix) float64 { return 0.01 / n })},
		{"update transposed", part,
			fmt.Sprintf("The update has the shape of weights_%s. Transpose %s, not %s, and take it as the first factor.", which, outputs, deltaName),
			products(func(outputs, delta matrix.Matrix) matrix.Matrix { return dot(transpose(delta), outputs) })},
		{"error where the delta belongs", part,
			fmt.Sprintf("You used %s. Use %s: the slope is part of the gradient.", errName, deltaName),
			updates(func(outputs, y, err, _ matrix.Matrix) matrix.Matrix {
				return scale(1/elements(y), dot(transpose(outputs), err))
			})},
		{"the labels where the delta belongs", part,
			fmt.Sprintf("You used y. Use %s.", deltaName),
			updates(func(outputs, y, _, _ matrix.Matrix) matrix.Matrix {
				return scale(1/elements(y), dot(transpose(outputs), y))
			})},
		{"slope applied again", part,
			fmt.Sprintf("%s has the slope in it already. Multiply by %s alone.", deltaName, deltaName),
			updates(func(outputs, y, err, delta matrix.Matrix) matrix.Matrix {
				slopes := combine(delta, err, func(delta, err float64) float64 { return delta / err })
				return scale(1/elements(y), dot(transpose(outputs), hadamard(delta, slopes)))
			})},
		{"÷ N inside the loop that adds up", "13",
			"Add all products up first. Divide by N once, after the innermost loop.",
			updates(func(outputs, y, _, delta matrix.Matrix) matrix.Matrix {
				return inLoops(func(c, x, d matrix.Matrix, i, j, k int) {
					c[i][j] = (c[i][j] + x[i][k]*d[k][j]) / elements(y)
				})(transpose(outputs), delta)
			})},
		{"error where the delta belongs, and N missing", part,
			fmt.Sprintf("You used %s. Use %s: the slope is part of the gradient. Then divide by N.", errName, deltaName),
			updates(func(outputs, _, err, _ matrix.Matrix) matrix.Matrix { return dot(transpose(outputs), err) })},
		{outputs + " not transposed", part,
			fmt.Sprintf("The sum has to go over the flowers, so transpose %s first: then its rows are the nodes.", outputs),
			products(dot, func(outputs, delta matrix.Matrix) matrix.Matrix { // as far as its columns go
				return fill(outputs.Cols(), delta.Cols(), func(i, j int) float64 {
					sum := 0.0
					for k := range outputs.Cols() {
						sum += outputs[i][k] * delta[k][j]
					}
					return sum
				})
			})},
		{outputs + " reshaped instead of transposed", part,
			"The shape fits, but the numbers are still in the old order. A transpose mirrors them: what is in row i and column j gets to row j and column i.",
			products(func(outputs, delta matrix.Matrix) matrix.Matrix {
				return dot(reshape(outputs, outputs.Cols(), outputs.Rows()), delta)
			})},
		{"the delta is transposed instead of " + outputs, part,
			fmt.Sprintf("Transpose %s, and leave %s as it is.", outputs, deltaName),
			products(func(outputs, delta matrix.Matrix) matrix.Matrix { return dot(outputs, transpose(delta)) })},
		{"order of the dot product exchanged", part,
			fmt.Sprintf("It is %sᵀ · %s, in this order.", outputs, deltaName),
			products(func(outputs, delta matrix.Matrix) matrix.Matrix { return dot(delta, transpose(outputs)) },
				func(outputs, delta matrix.Matrix) matrix.Matrix { return dot(delta, outputs) })},
		{"element-wise product instead of the dot product", part,
			"Each weight adds up over all flowers: that is a dot product (Dot), not element by element (Hadamard).",
			products(func(outputs, delta matrix.Matrix) matrix.Matrix { return hadamard(transpose(outputs), delta) }, hadamard)},
	}
}

// descents changes exercise 14, number by number.
func descents(functions ...func(w, u, rate float64) float64) (list []change) {
	for _, number := range functions {
		list = append(list, func(f *exercise.Functions) {
			f.Descend = func(weights, update matrix.Matrix, learningRate float64) matrix.Matrix {
				return combine(weights, update, func(w, u float64) float64 { return number(w, u, learningRate) })
			}
		})
	}
	return list
}

func descendMistakes() []mistake {
	return []mistake{
		{descentTurned, "7",
			"The update points uphill, so it has to be subtracted. (If your error is y − out, adding is also correct: two wrong signs cancel. The series has out − y, and subtracts.)",
			descents(func(w, u, rate float64) float64 { return w + rate*u })},
		{"learning rate forgotten", "7", "The whole update is subtracted. Subtract learning_rate times the update, which is a smaller step.",
			descents(func(w, u, rate float64) float64 { return w - u })},
		{"learning rate forgotten, and wrong sign", "7", "It is weights − learning_rate · update.",
			descents(func(w, u, rate float64) float64 { return w + u })},
		{"the learning rate applied twice", "7", "The update is multiplied by the learning rate once.",
			descents(func(w, u, rate float64) float64 { return w - rate*rate*u })},
		{"a learning rate that is written in", "7", "Use learningRate, which the function is given, instead of a number of your own.",
			descents(func(w, u, _ float64) float64 { return w - 0.1*u }, func(w, u, _ float64) float64 { return w - 0.01*u },
				func(w, u, _ float64) float64 { return w - 0.5*u })},
		{"divided by the learning rate", "7", "The update is multiplied by the learning rate.",
			descents(func(w, u, rate float64) float64 { return w - u/rate })},
		{"the step alone, without the weights", "7", "This is only the change of the weights, not the new weights: weights − learning_rate · update.",
			descents(func(w, u, rate float64) float64 { return rate * u }, func(w, u, rate float64) float64 { return -rate * u })},
		{"(weights − update) · learning_rate instead of weights − learning_rate · update", "7",
			"Multiply the update alone by the learning rate, and subtract that from the weights.",
			descents(func(w, u, rate float64) float64 { return (w - u) * rate })},
		{"the learning rate alone is subtracted", "7", "The change of each weight is the learning rate times its own update.",
			descents(func(w, u, rate float64) float64 { return w - rate })},
		{"the wrong way round: learning_rate · update − weights", "7", "It is weights − learning_rate · update.",
			descents(func(w, u, rate float64) float64 { return rate*u - w })},
		{"update and weights exchanged", "7", "It is weights − learning_rate · update.",
			descents(func(w, u, rate float64) float64 { return u - rate*w })},
		{"the factor 2 or ½", "7", "There is no factor in the change but the learning rate.",
			descents(func(w, u, rate float64) float64 { return w - 2*rate*u }, func(w, u, rate float64) float64 { return w - rate*u/2 })},
		{"(weights − learning_rate) · update instead of weights − learning_rate · update", "7",
			"Multiply the update by the learning rate first, and subtract the product from the weights.",
			descents(func(w, u, rate float64) float64 { return (w - rate) * u })},
		{"the weights are not changed", "7", "These are the old weights.",
			descents(func(w, u, rate float64) float64 { return w })},
		{"element-wise product of weights and update", "7", "The change of a weight does not depend on the weight itself: it is learning_rate · update.",
			descents(func(w, u, rate float64) float64 { return w - rate*w*u }, func(w, u, rate float64) float64 { return w * u })},
		{"÷ N done twice", "13", "The update has been divided by N already.",
			descents(func(w, u, rate float64) float64 { return w - rate*u/15 })},
		{"÷ number of weights", "13", "The update has been divided already, and by N.",
			[]change{func(f *exercise.Functions) {
				f.Descend = func(weights, update matrix.Matrix, learningRate float64) matrix.Matrix {
					return sub(weights, scale(learningRate/elements(weights), update))
				}
			}}},
		{"result transposed", "7", whyTransposed,
			[]change{func(f *exercise.Functions) {
				f.Descend = func(weights, update matrix.Matrix, learningRate float64) matrix.Matrix {
					return transpose(sub(weights, scale(learningRate, update)))
				}
			}}},
	}
}
