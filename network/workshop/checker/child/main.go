// Command child calls the learner's functions for one exercise, and writes down what they
// did. It is a process of its own, since anything may be in them: an endless loop, a
// recursion without end (which Go cannot recover from), os.Exit. It knows nothing of
// mistakes, of screens, or of builds.
package main

import (
	"os"

	"backprop/network/workshop"
	"backprop/network/workshop/exercise"
)

func main() {
	os.Exit(child(os.Args[1:], &exercise.Functions{
		Dot: workshop.Dot, Transpose: workshop.Transpose, Sigmoid: workshop.Sigmoid,
		HiddenLayer: workshop.HiddenLayer, OutputLayer: workshop.OutputLayer,
		Labels: workshop.Labels, MSE: workshop.MSE,
		OutputLayerError: workshop.OutputLayerError, OutputLayerDelta: workshop.OutputLayerDelta,
		HiddenLayerError: workshop.HiddenLayerError, HiddenLayerDelta: workshop.HiddenLayerDelta,
		Weights2Update: workshop.Weights2Update, Weights1Update: workshop.Weights1Update,
		Descend: workshop.Descend, Step: workshop.Step, Train: workshop.Train,
	}))
}
