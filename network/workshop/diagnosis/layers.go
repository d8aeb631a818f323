package diagnosis

import (
	"fmt"
	"math"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// A layerFunc is exercise 4 or 5.
type layerFunc = func(x, weights matrix.Matrix) (in, out matrix.Matrix)

func hiddenLayerMistakes() []mistake {
	return layerMistakes("x", "weights_1", func(f *exercise.Functions, l layerFunc) { f.HiddenLayer = l })
}

func outputLayerMistakes() []mistake {
	return layerMistakes("hidden_layer_outputs", "weights_2", func(f *exercise.Functions, l layerFunc) { f.OutputLayer = l })
}

// layerMistakes are those of the layer that set sets. It calls what it is given x and w.
func layerMistakes(x, w string, set func(f *exercise.Functions, l layerFunc)) []mistake {
	layers := func(functions ...layerFunc) []change { return changes(set, functions...) }
	// outputs are what else may come after the right inputs.
	outputs := func(functions ...func(z float64) float64) (list []change) {
		for _, sigmoid := range functions {
			list = append(list, layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				in = dot(x, w)
				return in, apply(sigmoid, in)
			})...)
		}
		return list
	}
	// inputs are what else may be computed from x and w. The sigmoid may come later.
	inputs := func(product func(x, w matrix.Matrix) matrix.Matrix) []change {
		return layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) {
			in = product(x, w)
			return in, apply(solutions.Sigmoid, in)
		}, func(x, w matrix.Matrix) (in, out matrix.Matrix) {
			in = product(x, w)
			return in, in
		})
	}
	sigmoidFirst := func(x, w matrix.Matrix) matrix.Matrix { return dot(apply(solutions.Sigmoid, x), w) }

	return []mistake{
		{"no sigmoid", "2",
			"The outputs are the inputs. Each number has to go through the sigmoid.",
			outputs(func(z float64) float64 { return z })},
		{"tanh instead of the sigmoid", "2",
			"The hyperbolic tangent is an activation as well, from −1 to 1. The series has the sigmoid, from 0 to 1, and the slope in the deltas is that of the sigmoid.",
			outputs(math.Tanh)},
		{"ReLU instead of the sigmoid", "2",
			"ReLU is an activation as well: the larger of z and 0. The series has the sigmoid, and the slope in the deltas is that of the sigmoid.",
			outputs(func(z float64) float64 { return max(z, 0) })},
		{"the sigmoid is applied twice", "2",
			"The outputs are σ(σ(inputs)). Once is enough.",
			outputs(func(z float64) float64 { return solutions.Sigmoid(solutions.Sigmoid(z)) })},
		{"the sigmoid is in the inputs already", "5",
			"The inputs are what comes before the sigmoid: both matrices that you return are what comes after it.",
			layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				out = apply(solutions.Sigmoid, dot(x, w))
				return out, out
			})},
		{"inputs and outputs exchanged", "5",
			"Return the inputs first and the outputs second.",
			layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				in = dot(x, w)
				return apply(solutions.Sigmoid, in), in
			})},
		{"the slope instead of the sigmoid", "8",
			"The outputs are σ(z)·(1 − σ(z)). That is for later; here it is σ(z).",
			outputs(func(z float64) float64 { return slope(solutions.Sigmoid(z)) })},
		{"exp(+z) instead of exp(-z)", "2",
			"In the sigmoid, the minus in front of z is missing.",
			outputs(func(z float64) float64 { return 1 / (1 + math.Exp(z)) })},
		{"missing parentheses: 1/1 + exp(-z)", "2",
			"In the sigmoid, what stands below the fraction line needs parentheses.",
			outputs(func(z float64) float64 { return 1 + math.Exp(-z) })},
		{"1 - exp(-z) below the fraction line", "2",
			"In the sigmoid, it is one plus e⁻ᶻ.",
			outputs(func(z float64) float64 { return 1 / (1 - math.Exp(-z)) })},
		{"exp(z) or exp(-z) alone instead of the sigmoid", "2",
			"The sigmoid is 1 / (1 + e⁻ᶻ).",
			outputs(math.Exp, func(z float64) float64 { return math.Exp(-z) })},
		{"the sigmoid comes before the weights", "5",
			fmt.Sprintf("You took the sigmoid of %s. First comes the dot product with the weights, then the sigmoid of the result.", x),
			append(inputs(sigmoidFirst),
				layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) { return dot(x, w), sigmoidFirst(x, w) })...)},
		{"element-wise product instead of the dot product", "4",
			fmt.Sprintf("%s and %s have to meet in a dot product (Dot), not element by element (Hadamard).", x, w),
			inputs(hadamard)},
		{w + " transposed", "5",
			fmt.Sprintf("Here %s is used as it is; the transpose comes on the way back.", w),
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return dot(x, transpose(w)) })},
		{x + " transposed", "5",
			fmt.Sprintf("Here %s is used as it is: it has a row for each flower already.", x),
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return dot(transpose(x), w) })},
		{"order of the dot product exchanged", "4",
			fmt.Sprintf("It is %s · %s: the flowers' rows come first.", x, w),
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return dot(w, x) })},
		{"result transposed", "5", whyTransposed,
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return transpose(dot(x, w)) })},
		{"the sign of the inputs is turned", "5", whySign,
			layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				in = scale(-1, dot(x, w))
				return in, apply(solutions.Sigmoid, in)
			})},
		{"the sign of the outputs is turned", "5", whySign,
			outputs(func(z float64) float64 { return -solutions.Sigmoid(z) })},
	}
}
