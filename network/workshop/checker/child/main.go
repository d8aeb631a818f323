//go:build exercises

package main

import (
	"os"

	"backprop/network/workshop"
	"backprop/network/workshop/exercise"
)

// The learner's functions, with the build tag exercises.
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
