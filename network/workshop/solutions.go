package workshop

// You have found our solutions. They are no secret: nothing stops you from
// reading on. But an exercise that you have worked out stays with you, and one
// that you have read does not. The hints (go run . workshop -hint) tell a little
// at a time, and -solution N shows ours when yours is right, to compare.

import (
	"math"

	"backprop/matrix"
)

func dot(x, y matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Rows(), y.Cols())
	for i := range z {
		for j := range z[i] {
			for k := range y {
				// float64: see package matrix
				z[i][j] += float64(x[i][k] * y[k][j])
			}
		}
	}
	return z
}

func transpose(x matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Cols(), x.Rows())
	for i := range x {
		for j := range x[i] {
			z[j][i] = x[i][j]
		}
	}
	return z
}

func sigmoid(z float64) float64 {
	return 1 / (1 + math.Exp(-z))
}

func hiddenLayer(x, weights1 matrix.Matrix) (hiddenLayerInputs, hiddenLayerOutputs matrix.Matrix) {
	hiddenLayerInputs = dot(x, weights1)
	hiddenLayerOutputs = matrix.New(hiddenLayerInputs.Rows(), hiddenLayerInputs.Cols())
	hiddenLayerOutputs.Apply(sigmoid, hiddenLayerInputs)
	return hiddenLayerInputs, hiddenLayerOutputs
}

func outputLayer(hiddenLayerOutputs, weights2 matrix.Matrix) (outputLayerInputs, outputLayerOutputs matrix.Matrix) {
	return hiddenLayer(hiddenLayerOutputs, weights2) // the same equations
}

func labels(species []int) matrix.Matrix {
	y := matrix.New(len(species), 3)
	for i, s := range species {
		y[i][s] = 1
	}
	return y
}

func mse(outputLayerOutputs, y matrix.Matrix) float64 {
	sum := 0.0
	for i := range y {
		for j := range y[i] {
			difference := outputLayerOutputs[i][j] - y[i][j]
			sum += float64(difference * difference)
		}
	}
	n := y.Rows() * y.Cols()
	return sum / float64(2*n)
}

func outputLayerError(outputLayerOutputs, y matrix.Matrix) matrix.Matrix {
	z := matrix.New(y.Rows(), y.Cols())
	z.Sub(outputLayerOutputs, y)
	return z
}

func outputLayerDelta(outputLayerInputs, outputLayerOutputs, outputLayerError matrix.Matrix) matrix.Matrix {
	z := matrix.New(outputLayerError.Rows(), outputLayerError.Cols())
	for i := range z {
		for j := range z[i] {
			out := outputLayerOutputs[i][j]
			z[i][j] = outputLayerError[i][j] * out * (1 - out)
		}
	}
	return z
}

func hiddenLayerError(outputLayerError, outputLayerDelta, weights2 matrix.Matrix) matrix.Matrix {
	return dot(outputLayerDelta, transpose(weights2))
}

func hiddenLayerDelta(hiddenLayerInputs, hiddenLayerOutputs, hiddenLayerError matrix.Matrix) matrix.Matrix {
	// the same equation
	return outputLayerDelta(hiddenLayerInputs, hiddenLayerOutputs, hiddenLayerError)
}

func weights2Update(hiddenLayerInputs, hiddenLayerOutputs, y, outputLayerError, outputLayerDelta matrix.Matrix) matrix.Matrix {
	update := dot(transpose(hiddenLayerOutputs), outputLayerDelta)
	n := y.Rows() * y.Cols()
	update.Scale(1/float64(n), update)
	return update
}

func weights1Update(x, y, hiddenLayerError, hiddenLayerDelta matrix.Matrix) matrix.Matrix {
	update := dot(transpose(x), hiddenLayerDelta)
	n := y.Rows() * y.Cols()
	update.Scale(1/float64(n), update)
	return update
}

func descend(weights, update matrix.Matrix, learningRate float64) matrix.Matrix {
	z := matrix.New(weights.Rows(), weights.Cols())
	z.Scale(learningRate, update)
	z.Sub(weights, z)
	return z
}

func step(x, y, weights1, weights2 matrix.Matrix, learningRate float64) (newWeights1, newWeights2 matrix.Matrix) {
	hiddenIn, hiddenOut := hiddenLayer(x, weights1)
	outputIn, outputOut := outputLayer(hiddenOut, weights2)

	outputError := outputLayerError(outputOut, y)
	outputDelta := outputLayerDelta(outputIn, outputOut, outputError)
	hiddenError := hiddenLayerError(outputError, outputDelta, weights2)
	hiddenDelta := hiddenLayerDelta(hiddenIn, hiddenOut, hiddenError)

	update2 := weights2Update(hiddenIn, hiddenOut, y, outputError, outputDelta)
	update1 := weights1Update(x, y, hiddenError, hiddenDelta)
	newWeights1 = descend(weights1, update1, learningRate)
	newWeights2 = descend(weights2, update2, learningRate)
	return newWeights1, newWeights2
}

func train(x, y, weights1, weights2 matrix.Matrix, learningRate float64, epochs int) (newWeights1, newWeights2 matrix.Matrix) {
	for epoch := 1; epoch <= epochs; epoch++ {
		weights1, weights2 = step(x, y, weights1, weights2, learningRate)
	}
	return weights1, weights2
}
