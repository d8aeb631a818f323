// Package workshop has the exercises in which you write backpropagation.
package workshop

// THE WORKSHOP. This is the only file that you edit.
//
// Below are sixteen empty functions. Filled in, they are backpropagation: by the
// end your own code trains a neural net that tells three kinds of Iris apart.
//
//  1. In a terminal, in the project's folder:   go run . workshop
//     It says which exercise is next, and where it is in this file.
//  2. Read the comment above that function: what goes in, what comes out, with
//     the equation and the shapes. Replace its return line with your code.
//  3. Save, and run the command again. If a number is wrong, it shows the first
//     one, and often it can tell which mistake you made.
//
//     go run . workshop -watch        does step 3 at each save; Ctrl-C ends it
//     go run . workshop -hint         a hint for your exercise; there are three
//     go run . workshop 9             about exercise 9; -hint 9: a hint for it
//     go run . workshop -solution 3   our exercise 3, once yours is correct
//     go run . workshop -reset 3      exercise 3 as at the start; keeps yours in a
//                                     file (-reset all: everything)
//
// As much Go as you need:
//
//	sum := 0.0                     a new variable; then sum = 1 and sum += 2
//	for i := 0; i < n; i++ { … }   n times, i from 0
//	for i := range x { … }         i is the number of each row of x, from 0
//	for _, row := range x { … }    row is the row itself, and _ is not needed
//	float64(n)                     a whole n (an int); int and float64 do not mix
//	in, out := HiddenLayer(x, w)   a function with two results
//	func(v float64) float64 { return v * v }     a function without a name
//	fmt.Println("here", x)         to see x, as long as the exercise is not done
//
//	c := matrix.New(rows, cols)    a matrix full of zeros
//	c[i][j]                        the number in row i and column j, both from 0
//	c.Rows(), c.Cols()             how many there are
//
// Exercises 1 and 2 are loops over those. From exercise 3 on you may also use the
// operations of package matrix. The result goes into the matrix before the dot. If
// that is still empty, it takes the size of the result:
//
//	var c matrix.Matrix            a matrix that is still empty
//	c.Dot(a, b)       c = a·b, the dot product       c.Sub(a, b)    c = a − b
//	c.Hadamard(a, b)  c = a ∘ b, element by element  c.Scale(s, a)  c = s·a
//	c.Transpose(a)    c = aᵀ                         c.Apply(f, a)  c = f(a)
//
// Or call your own earlier functions: both are fine, and so is a function more.
// Never change a matrix that you were given; make a new one for the result.
//
// In the shapes, n is the number of flowers and h the number of hidden nodes. The
// checks use 5 flowers and 2 hidden nodes, so 5, 4, 2 and 3 are all different.

import (
	"fmt"
	"math"

	"backprop/matrix"
)

// So that both may be imported before you use them.
var _, _ = fmt.Println, math.Exp

// Dot is exercise 1 (part 4): the dot product of two matrices.
// The number in row i and column j is row i of x times column j of y.
//
//	c[i][j] = Σₖ x[i][k]·y[k][j]      such as 5×4 · 4×2 = 5×2
func Dot(x, y matrix.Matrix) matrix.Matrix {
	return nil
}

// Transpose is exercise 2 (part 11): x mirrored, so that rows become columns.
//
//	c[j][i] = x[i][j]      the transpose of 5×4 is 4×5
func Transpose(x matrix.Matrix) matrix.Matrix {
	return nil
}

// Sigmoid is exercise 3 (part 2): it squeezes any number into the range from 0
// to 1. math.Exp(v) is eᵛ.
//
//	σ(z) = 1 / (1 + e⁻ᶻ)
func Sigmoid(z float64) float64 {
	return 0
}

// HiddenLayer is exercise 4 (part 5): from the flowers x, a row for each, to what
// goes into the hidden nodes, and what comes out of them.
//
//	hidden_layer_inputs = x · weights_1               n×4 · 4×h = n×h
//	hidden_layer_outputs = σ(hidden_layer_inputs)     n×h
func HiddenLayer(x, weights1 matrix.Matrix) (hiddenLayerInputs, hiddenLayerOutputs matrix.Matrix) {
	return nil, nil
}

// OutputLayer is exercise 5 (part 5): the same once more, from what came out of
// the hidden nodes.
//
//	output_layer_inputs = hidden_layer_outputs · weights_2    n×h · h×3 = n×3
//	output_layer_outputs = σ(output_layer_inputs)             n×3
func OutputLayer(hiddenLayerOutputs, weights2 matrix.Matrix) (outputLayerInputs, outputLayerOutputs matrix.Matrix) {
	return nil, nil
}

// Labels is exercise 6 (part 3): y, what should come out. There is a row for each
// flower, with 1 in the column of its species and 0 in the others ("one-hot").
// A species is 0 for setosa, 1 for versicolor, 2 for virginica.
//
//	y[i][species[i]] = 1      n×3
func Labels(species []int) matrix.Matrix {
	return nil
}

// MSE is exercise 7 (part 6): the mean squared error, one number for how far off
// all outputs are. N is the number of elements of y, 15 for 5 flowers.
//
//	MSE = Σ (out − y)² / (2·N)      the sum is over all n×3 elements
func MSE(outputLayerOutputs, y matrix.Matrix) float64 {
	return 0
}

// OutputLayerError is exercise 8 (part 9): how far off each output is.
//
//	output_layer_error = output_layer_outputs − y      n×3
func OutputLayerError(outputLayerOutputs, y matrix.Matrix) matrix.Matrix {
	return nil
}

// OutputLayerDelta is exercise 9 (part 9): the error, brought back through the
// sigmoid, by the slope that the sigmoid has there (part 8). You get three
// matrices and need two: which?
//
//	output_layer_delta = output_layer_error ∘ slope      n×3
//	slope = out ∘ (1 − out), where out = σ(z)
func OutputLayerDelta(outputLayerInputs, outputLayerOutputs, outputLayerError matrix.Matrix) matrix.Matrix {
	return nil
}

// HiddenLayerError is exercise 10 (part 11): each output node's delta, brought
// back along the weights to the hidden nodes. Which two do you need?
//
//	hidden_layer_error = output_layer_delta · weights_2ᵀ      n×3 · 3×h = n×h
func HiddenLayerError(outputLayerError, outputLayerDelta, weights2 matrix.Matrix) matrix.Matrix {
	return nil
}

// HiddenLayerDelta is exercise 11 (part 11): the hidden layer's error, brought
// back through the sigmoid, as in exercise 9.
//
//	hidden_layer_delta = hidden_layer_error ∘ slope      n×h
func HiddenLayerDelta(hiddenLayerInputs, hiddenLayerOutputs, hiddenLayerError matrix.Matrix) matrix.Matrix {
	return nil
}

// Weights2Update is exercise 12 (part 10): the gradient, how the MSE changes with
// each weight of weights_2. N is the number of elements of y, as in exercise 7.
// You get five matrices: which ones do you need?
//
//	weights_2_update = hidden_layer_outputsᵀ · output_layer_delta / N
//	                   h×n · n×3 = h×3
func Weights2Update(hiddenLayerInputs, hiddenLayerOutputs, y, outputLayerError, outputLayerDelta matrix.Matrix) matrix.Matrix {
	return nil
}

// Weights1Update is exercise 13 (part 12): how the MSE changes with each weight
// of weights_1. N is once more the number of elements of y.
//
//	weights_1_update = xᵀ · hidden_layer_delta / N
//	                   4×n · n×h = 4×h
func Weights1Update(x, y, hiddenLayerError, hiddenLayerDelta matrix.Matrix) matrix.Matrix {
	return nil
}

// Descend is exercise 14 (part 7): the new weights, each a little further down.
// It is used for weights_1 and for weights_2.
//
//	new weights = weights − learning_rate · update
func Descend(weights, update matrix.Matrix, learningRate float64) matrix.Matrix {
	return nil
}

// Step is exercise 15 (part 13): one whole gradient descent step. Call your
// functions of exercises 4, 5 and 8 to 14 in the right order, and return both new
// weights. All of it is computed with the weights of before the step.
func Step(x, y, weights1, weights2 matrix.Matrix, learningRate float64) (newWeights1, newWeights2 matrix.Matrix) {
	return nil, nil
}

// Train is exercise 16 (part 14): as many steps as there are epochs, each from the
// weights that the step before it returned. It returns the last ones.
func Train(x, y, weights1, weights2 matrix.Matrix, learningRate float64, epochs int) (newWeights1, newWeights2 matrix.Matrix) {
	return nil, nil
}
