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
	// parts are outputs of which only some have gone through the sigmoid.
	parts := func(in ...func(i, j, rows, cols int) bool) (list []change) {
		for _, in := range in {
			list = append(list, layers(func(x, w matrix.Matrix) (inputs, outputs matrix.Matrix) {
				inputs = dot(x, w)
				return inputs, fill(inputs.Rows(), inputs.Cols(), func(i, j int) float64 {
					if in(i, j, inputs.Rows(), inputs.Cols()) {
						return solutions.Sigmoid(inputs[i][j])
					}
					return inputs[i][j]
				})
			})...)
		}
		return list
	}
	sigmoidFirst := func(x, w matrix.Matrix) matrix.Matrix { return dot(apply(solutions.Sigmoid, x), w) }

	return append([]mistake{
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
		{"the sigmoid is applied to a part of the inputs only", "5",
			"The others come out as they went in. Does a loop end too early, or begin too late?",
			parts(func(i, j, rows, cols int) bool { return i == 0 && j == 0 }, func(i, j, rows, cols int) bool { return i == 0 }, func(i, j, rows, cols int) bool { return j == 0 },
				func(i, j, rows, cols int) bool { return i > 0 }, func(i, j, rows, cols int) bool { return j > 0 }, func(i, j, rows, cols int) bool { return i < rows-1 },
				func(i, j, rows, cols int) bool { return i > 0 && j > 0 }, func(i, j, rows, cols int) bool { return i < rows-1 && j < cols-1 }, func(i, j, rows, cols int) bool { return i == j })},
		{"the outputs come from incomplete inputs", "5",
			"First all products are added up, and then the sum goes through the sigmoid once. Move the sigmoid after the innermost loop.",
			layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				return dot(x, w), apply(solutions.Sigmoid, ofProducts(func(p []float64) float64 { return sum(p[:len(p)-1]) })(x, w))
			}, func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				return dot(x, w), apply(solutions.Sigmoid, ofProducts(func(p []float64) float64 { return p[0] })(x, w))
			}, func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				return dot(x, w), apply(solutions.Sigmoid, ofProducts(func(p []float64) float64 { return p[len(p)-1] })(x, w))
			})},
		{"the sigmoid of each product instead of the sigmoid of their sum", "5",
			"First all products are added up, and then the sum goes through the sigmoid once. Move the sigmoid after the innermost loop.",
			layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				return dot(x, w), ofProducts(func(p []float64) float64 { return sum(apply(solutions.Sigmoid, matrix.Matrix{p})[0]) })(x, w)
			}, func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				in = ofProducts(func(p []float64) float64 { return sum(apply(solutions.Sigmoid, matrix.Matrix{p})[0]) })(x, w)
				return in, in
			})},
		{"softmax instead of the sigmoid", "2",
			"Softmax divides eᶻ by the sum over a flower's nodes. The series has the sigmoid of each number alone.",
			layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				in = dot(x, w)
				powers := apply(math.Exp, in)
				return in, fill(in.Rows(), in.Cols(), func(i, j int) float64 { return powers[i][j] / sum(powers[i]) })
			}, func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				in = dot(x, w)
				powers := apply(math.Exp, in)
				return in, scale(1/total(powers), powers)
			})},
		{"the sigmoid comes before the weights", "5",
			fmt.Sprintf("You took the sigmoid of %s. First comes the dot product with the weights, then the sigmoid of the result.", x),
			append(inputs(sigmoidFirst),
				layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) { return dot(x, w), sigmoidFirst(x, w) })...)},
		{"element-wise product instead of the dot product", "4",
			fmt.Sprintf("%s and %s have to meet in a dot product (Dot), not element by element (Hadamard).", x, w),
			inputs(hadamard)},
		{w + " transposed", "5",
			fmt.Sprintf("Use %s as it is. It has a row for each column of %s.", w, x),
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return dot(x, transpose(w)) })},
		{x + " transposed", "5",
			fmt.Sprintf("Here %s is used as it is: it has a row for each flower already.", x),
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return dot(transpose(x), w) })},
		{"order of the dot product exchanged", "4",
			fmt.Sprintf("It is %s · %s: the flowers' rows come first.", x, w),
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return dot(w, x) })},
		{"result transposed", "5", whyTransposed,
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return transpose(dot(x, w)) })},
		{"wrong sign of the inputs", "5", "Every number of the inputs has the wrong sign.",
			layers(func(x, w matrix.Matrix) (in, out matrix.Matrix) {
				in = scale(-1, dot(x, w))
				return in, apply(solutions.Sigmoid, in)
			})},
	}, activationMistakes(outputs)...)
}
