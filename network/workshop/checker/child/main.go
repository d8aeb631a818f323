// Command child calls the learner's functions. It is a process of its own, since
// anything may be in them: an endless loop, a recursion without end (which Go
// cannot recover from), os.Exit.
package main

import (
	"os"

	"backprop/network/workshop"
	"backprop/network/workshop/checker"
)

func main() {
	os.Exit(checker.Child(os.Args[1:], os.Stdout, checker.Functions{
		Dot: workshop.Dot, Transpose: workshop.Transpose, Sigmoid: workshop.Sigmoid,
		HiddenLayer: workshop.HiddenLayer, OutputLayer: workshop.OutputLayer,
		Labels: workshop.Labels, MSE: workshop.MSE,
		OutputLayerError: workshop.OutputLayerError, OutputLayerDelta: workshop.OutputLayerDelta,
		HiddenLayerError: workshop.HiddenLayerError, HiddenLayerDelta: workshop.HiddenLayerDelta,
		Weights2Update: workshop.Weights2Update, Weights1Update: workshop.Weights1Update,
		Descend: workshop.Descend, Step: workshop.Step, Train: workshop.Train,
	}))
}
