package exercise

import (
	"backprop/matrix"
	"backprop/network/workshop/exercise/solutions"
)

// Functions are the exercises' functions, whoever wrote them.
type Functions struct {
	Dot              func(x, y matrix.Matrix) matrix.Matrix
	Transpose        func(x matrix.Matrix) matrix.Matrix
	Sigmoid          func(z float64) float64
	HiddenLayer      func(x, weights1 matrix.Matrix) (hiddenLayerInputs, hiddenLayerOutputs matrix.Matrix)
	OutputLayer      func(hiddenLayerOutputs, weights2 matrix.Matrix) (outputLayerInputs, outputLayerOutputs matrix.Matrix)
	Labels           func(species []int) matrix.Matrix
	MSE              func(outputLayerOutputs, y matrix.Matrix) float64
	OutputLayerError func(outputLayerOutputs, y matrix.Matrix) matrix.Matrix
	OutputLayerDelta func(outputLayerInputs, outputLayerOutputs, outputLayerError matrix.Matrix) matrix.Matrix
	HiddenLayerError func(outputLayerError, outputLayerDelta, weights2 matrix.Matrix) matrix.Matrix
	HiddenLayerDelta func(hiddenLayerInputs, hiddenLayerOutputs, hiddenLayerError matrix.Matrix) matrix.Matrix
	Weights2Update   func(hiddenLayerInputs, hiddenLayerOutputs, y, outputLayerError, outputLayerDelta matrix.Matrix) matrix.Matrix
	Weights1Update   func(x, y, hiddenLayerError, hiddenLayerDelta matrix.Matrix) matrix.Matrix
	Descend          func(weights, update matrix.Matrix, learningRate float64) matrix.Matrix
	Step             func(x, y, weights1, weights2 matrix.Matrix, learningRate float64) (newWeights1, newWeights2 matrix.Matrix)
	Train            func(x, y, weights1, weights2 matrix.Matrix, learningRate float64, epochs int) (newWeights1, newWeights2 matrix.Matrix)
}

// Ours returns our solutions. Those that call others call them through the fields, so
// that a field that is changed changes whatever calls it. (No layer, delta or update
// calls its counterpart of the other layer: each can be changed alone.)
func Ours() *Functions {
	f := &Functions{
		Dot: solutions.Dot, Transpose: solutions.Transpose, Sigmoid: solutions.Sigmoid,
		Labels: solutions.Labels, MSE: solutions.MSE,
		OutputLayerError: solutions.OutputLayerError,
		OutputLayerDelta: solutions.OutputLayerDelta,
		HiddenLayerDelta: solutions.HiddenLayerDelta,
		Descend:          solutions.Descend,
	}
	layer := func(x, weights matrix.Matrix) (in, out matrix.Matrix) {
		in = f.Dot(x, weights)
		out.Apply(f.Sigmoid, in)
		return in, out
	}
	update := func(outputs, y, delta matrix.Matrix) matrix.Matrix {
		c := f.Dot(f.Transpose(outputs), delta)
		c.Scale(1/float64(y.Rows()*y.Cols()), c)
		return c
	}
	f.HiddenLayer, f.OutputLayer = layer, layer
	f.HiddenLayerError = func(_, outputLayerDelta, weights2 matrix.Matrix) matrix.Matrix {
		return f.Dot(outputLayerDelta, f.Transpose(weights2))
	}
	f.Weights2Update = func(_, hiddenLayerOutputs, y, _, outputLayerDelta matrix.Matrix) matrix.Matrix {
		return update(hiddenLayerOutputs, y, outputLayerDelta)
	}
	f.Weights1Update = func(x, y, _, hiddenLayerDelta matrix.Matrix) matrix.Matrix {
		return update(x, y, hiddenLayerDelta)
	}
	f.Step, f.Train = f.step, f.train
	return f
}

func (f *Functions) step(x, y, weights1, weights2 matrix.Matrix, learningRate float64) (newWeights1, newWeights2 matrix.Matrix) {
	hiddenIn, hiddenOut := f.HiddenLayer(x, weights1)
	outputIn, outputOut := f.OutputLayer(hiddenOut, weights2)
	outputError := f.OutputLayerError(outputOut, y)
	outputDelta := f.OutputLayerDelta(outputIn, outputOut, outputError)
	hiddenError := f.HiddenLayerError(outputError, outputDelta, weights2)
	hiddenDelta := f.HiddenLayerDelta(hiddenIn, hiddenOut, hiddenError)
	update2 := f.Weights2Update(hiddenIn, hiddenOut, y, outputError, outputDelta)
	update1 := f.Weights1Update(x, y, hiddenError, hiddenDelta)
	return f.Descend(weights1, update1, learningRate), f.Descend(weights2, update2, learningRate)
}

func (f *Functions) train(x, y, weights1, weights2 matrix.Matrix, learningRate float64, epochs int) (newWeights1, newWeights2 matrix.Matrix) {
	for range epochs {
		weights1, weights2 = f.Step(x, y, weights1, weights2, learningRate)
	}
	return weights1, weights2
}
