// Package walkthrough shows the steps of a pass to people: what is done, with
// which equation, and what comes out. The computing is done in network; here
// is everything that would be in a reader's way there.
package walkthrough

import (
	"backprop/iris"
	"backprop/matrix"
	"backprop/network"
)

// A Step is one gradient descent step with everything that part 13's notebook
// computes for it.
type Step struct {
	Settings  Settings
	Flowers   iris.Flowers     // those that Settings.Rows picked
	Before    *network.Network // with the weights of before the step
	Pass      *network.Pass    // forward and back with those weights
	After     *network.Network // with the weights of after the step
	Again     *network.Pass    // once more forward, with the new weights
	MSEBefore float64
	MSEAfter  float64
}

// A Quantity is one matrix of the step, and how it came about.
type Quantity struct {
	Name     string // the series' name
	Cell     int    // of part 13's notebook
	Equation string // in the series' names
	Meaning  string // in one sentence
	Matrix   matrix.Matrix
}

// Quantities returns every matrix of the step, in the order in which they are
// computed.
func (s *Step) Quantities() []Quantity {
	p := s.Pass
	return []Quantity{
		{"x", 3, "", "What goes in: a row for each flower, its measurements in cm.", p.X},
		{"y", 3, "", "What should come out: 1 for the flower's species, 0 for the others.", p.Y},

		{"weights_1", 6, "", "From the input layer to the hidden layer.", s.Before.Weights1},
		{"weights_2", 6, "", "From the hidden layer to the output layer.", s.Before.Weights2},

		{"hidden_layer_inputs", 7, "x · weights_1",
			"Each hidden node adds up a flower's measurements, each times its weight.", p.HiddenLayerInputs},
		{"hidden_layer_outputs", 7, "sigmoid(hidden_layer_inputs)",
			"The sigmoid squeezes each sum into the range from 0 to 1.", p.HiddenLayerOutputs},
		{"output_layer_inputs", 7, "hidden_layer_outputs · weights_2",
			"Each output node does the same with the hidden layer's outputs.", p.OutputLayerInputs},
		{"output_layer_outputs", 7, "sigmoid(output_layer_inputs)",
			"What the net says: a row for each flower, a column for each species.", p.OutputLayerOutputs},

		{"output_layer_error", 7, "output_layer_outputs − y",
			"How far off each output is.", p.OutputLayerError},
		{"output_layer_slope", 7, "output_layer_outputs ∘ (1 − output_layer_outputs)",
			"How steep the sigmoid is at each output: how much it reacts to its input.", p.OutputLayerSlope},
		{"output_layer_delta", 7, "output_layer_error ∘ output_layer_slope",
			"So, how N·MSE changes with the input of each output node.", p.OutputLayerDelta},
		{"weights_2.T", 7, "weights_2, transposed",
			"The same weights, seen from the output layer.", p.Weights2T},
		{"hidden_layer_error", 7, "output_layer_delta · weights_2.T",
			"The deltas sent back through the weights: each hidden node's share.", p.HiddenLayerError},
		{"hidden_layer_slope", 7, "hidden_layer_outputs ∘ (1 − hidden_layer_outputs)",
			"How much a hidden node's output reacts to its input.", p.HiddenLayerSlope},
		{"hidden_layer_delta", 7, "hidden_layer_error ∘ hidden_layer_slope",
			"So, how N·MSE changes with the input of each hidden node.", p.HiddenLayerDelta},
		{"hidden_layer_outputs.T", 7, "hidden_layer_outputs, transposed",
			"Transposed, so that the dot product sums over the flowers.", p.HiddenLayerOutputsT},
		{"weights_2_update", 7, "hidden_layer_outputs.T · output_layer_delta / N",
			"The gradient: how the MSE changes with each weight of weights_2.", p.Weights2Update},
		{"x.T", 7, "x, transposed",
			"Transposed, so that the dot product sums over the flowers.", p.XT},
		{"weights_1_update", 7, "x.T · hidden_layer_delta / N",
			"The gradient: how the MSE changes with each weight of weights_1.", p.Weights1Update},

		{"new_weights_2", 8, "weights_2 − learning_rate · weights_2_update",
			"Each weight a little further downhill, against its gradient.", s.After.Weights2},
		{"new_weights_1", 8, "weights_1 − learning_rate · weights_1_update",
			"The same for the weights between input and hidden layer.", s.After.Weights1},
	}
}
