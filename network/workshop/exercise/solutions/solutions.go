// Package solutions has the exercises of the workshop, filled in. What each
// function is, and its equation, is above the exercise of its name. The package knows nothing of how
// they are called or checked.
package solutions

// You have found our solutions. They are no secret: nothing stops you from
// reading on. But an exercise that you have worked out stays with you, and one
// that you have read does not. The hints (go run . workshop -hint) tell a little
// at a time, and -solution N shows ours when yours is right, to compare.

import (
	"math"

	"backprop/matrix"
)

func Dot(x, y matrix.Matrix) matrix.Matrix {
	c := matrix.New(x.Rows(), y.Cols())
	for i := range c {
		for j := range c[i] {
			for k := range y {
				c[i][j] += x[i][k] * y[k][j]
			}
		}
	}
	return c
}

func Transpose(x matrix.Matrix) matrix.Matrix {
	c := matrix.New(x.Cols(), x.Rows())
	for i := range x {
		for j := range x[i] {
			c[j][i] = x[i][j]
		}
	}
	return c
}

func Sigmoid(z float64) float64 {
	return 1 / (1 + math.Exp(-z))
}

func HiddenLayer(x, weights1 matrix.Matrix) (hiddenLayerInputs, hiddenLayerOutputs matrix.Matrix) {
	// A result that has a name is an empty matrix at first.
	hiddenLayerInputs.Dot(x, weights1)
	hiddenLayerOutputs.Apply(Sigmoid, hiddenLayerInputs)
	return hiddenLayerInputs, hiddenLayerOutputs
}

func OutputLayer(hiddenLayerOutputs, weights2 matrix.Matrix) (outputLayerInputs, outputLayerOutputs matrix.Matrix) {
	return HiddenLayer(hiddenLayerOutputs, weights2) // the same equations
}

func Labels(species []int) matrix.Matrix {
	y := matrix.New(len(species), 3)
	for i, s := range species {
		y[i][s] = 1
	}
	return y
}

func MSE(outputLayerOutputs, y matrix.Matrix) float64 {
	sum := 0.0
	for i := range y {
		for j := range y[i] {
			difference := outputLayerOutputs[i][j] - y[i][j]
			sum += difference * difference
		}
	}
	n := y.Rows() * y.Cols()
	return sum / float64(2*n)
}

func OutputLayerError(outputLayerOutputs, y matrix.Matrix) matrix.Matrix {
	var c matrix.Matrix
	c.Sub(outputLayerOutputs, y)
	return c
}

func OutputLayerDelta(outputLayerInputs, outputLayerOutputs, outputLayerError matrix.Matrix) matrix.Matrix {
	c := matrix.New(outputLayerError.Rows(), outputLayerError.Cols())
	for i := range c {
		for j := range c[i] {
			out := outputLayerOutputs[i][j]
			c[i][j] = outputLayerError[i][j] * out * (1 - out)
		}
	}
	return c
}

func HiddenLayerError(outputLayerError, outputLayerDelta, weights2 matrix.Matrix) matrix.Matrix {
	return Dot(outputLayerDelta, Transpose(weights2))
}

func HiddenLayerDelta(hiddenLayerInputs, hiddenLayerOutputs, hiddenLayerError matrix.Matrix) matrix.Matrix {
	return OutputLayerDelta(hiddenLayerInputs, hiddenLayerOutputs, hiddenLayerError) // the same equation
}

func Weights2Update(hiddenLayerInputs, hiddenLayerOutputs, y, outputLayerError, outputLayerDelta matrix.Matrix) matrix.Matrix {
	update := Dot(Transpose(hiddenLayerOutputs), outputLayerDelta)
	n := y.Rows() * y.Cols()
	update.Scale(1/float64(n), update)
	return update
}

func Weights1Update(x, y, hiddenLayerError, hiddenLayerDelta matrix.Matrix) matrix.Matrix {
	update := Dot(Transpose(x), hiddenLayerDelta)
	n := y.Rows() * y.Cols()
	update.Scale(1/float64(n), update)
	return update
}

func Descend(weights, update matrix.Matrix, learningRate float64) matrix.Matrix {
	var c matrix.Matrix
	c.Scale(learningRate, update)
	c.Sub(weights, c)
	return c
}

func Step(x, y, weights1, weights2 matrix.Matrix, learningRate float64) (newWeights1, newWeights2 matrix.Matrix) {
	hiddenIn, hiddenOut := HiddenLayer(x, weights1)
	outputIn, outputOut := OutputLayer(hiddenOut, weights2)

	outputError := OutputLayerError(outputOut, y)
	outputDelta := OutputLayerDelta(outputIn, outputOut, outputError)
	hiddenError := HiddenLayerError(outputError, outputDelta, weights2)
	hiddenDelta := HiddenLayerDelta(hiddenIn, hiddenOut, hiddenError)

	update2 := Weights2Update(hiddenIn, hiddenOut, y, outputError, outputDelta)
	update1 := Weights1Update(x, y, hiddenError, hiddenDelta)
	newWeights1 = Descend(weights1, update1, learningRate)
	newWeights2 = Descend(weights2, update2, learningRate)
	return newWeights1, newWeights2
}

func Train(x, y, weights1, weights2 matrix.Matrix, learningRate float64, epochs int) (newWeights1, newWeights2 matrix.Matrix) {
	for epoch := 1; epoch <= epochs; epoch++ {
		weights1, weights2 = Step(x, y, weights1, weights2, learningRate)
	}
	return weights1, weights2
}
