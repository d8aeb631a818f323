// Package walkthrough shows the steps of a pass to people: what is done, with
// which equation, and what comes out. The computing is done in network; here
// is everything that would be in a reader's way there.
package walkthrough

import (
	"fmt"
	"strings"

	"backprop/iris"
	"backprop/matrix"
	"backprop/network"
)

// Results are what part 13's notebook computes in a gradient descent step.
type Results struct {
	Before    *network.Network // with the weights from before the step
	Pass      *network.Pass    // forward and back with those weights
	After     *network.Network // with the weights from after the step
	Again     *network.Pass    // forward again, with the new weights
	MSEBefore float64
	MSEAfter  float64
}

// A Step is one gradient descent step with the notebook's results for it.
type Step struct {
	*Results
	Settings Settings
	Flowers  iris.Flowers // those that Settings.Rows picked
}

// An Op says how a quantity is computed from its operands.
type Op int

const (
	Given      Op = iota // it comes from outside
	Dot                  // x · y
	DotOverN             // x · y / N
	Sigmoid              // sigmoid(x)
	Slope                // x ∘ (1 − x)
	Difference           // x − y
	Product              // x ∘ y
	Transposed           // x.T
	Descent              // x − learning_rate · y
)

// An Axis says what the rows or columns of a matrix are.
type Axis int

const (
	Flowers Axis = iota
	Features
	HiddenNodes
	Species
)

// A Quantity is one matrix of the step, and how it came about.
type Quantity struct {
	Name       string // the series' name
	Cell       int    // of part 13's notebook
	Part       string // of the series
	Meaning    string // in one sentence
	Op         Op
	X, Y       string // the names of the operands
	Rows, Cols Axis
	Matrix     matrix.Matrix
}

// Equation returns how the quantity is computed, in the series' names, or "".
func (q Quantity) Equation() string {
	switch q.Op {
	case Dot:
		return q.X + " · " + q.Y
	case DotOverN:
		return q.X + " · " + q.Y + " / N"
	case Sigmoid:
		return "sigmoid(" + q.X + ")"
	case Slope:
		return q.X + " ∘ (1 − " + q.X + ")"
	case Difference:
		return q.X + " − " + q.Y
	case Product:
		return q.X + " ∘ " + q.Y
	case Transposed:
		return q.X + ", transposed"
	case Descent:
		return q.X + " − learning_rate · " + q.Y
	}
	return ""
}

// Quantities returns the matrices of the step, in the order in which they are
// computed. All that is shown of a step, in whatever form, comes from this list.
func (s *Step) Quantities() []Quantity {
	p := s.Pass
	return []Quantity{
		{"x", 3, "3", "What goes in: a row for each flower, its measurements in cm.",
			Given, "", "", Flowers, Features, p.X},
		{"y", 3, "3", "What should come out: 1 for the flower's species, 0 for the others.",
			Given, "", "", Flowers, Species, p.Y},

		{"weights_1", 6, "2", "From the input layer to the hidden layer.",
			Given, "", "", Features, HiddenNodes, s.Before.Weights1},
		{"weights_2", 6, "2", "From the hidden layer to the output layer.",
			Given, "", "", HiddenNodes, Species, s.Before.Weights2},

		{"hidden_layer_inputs", 7, "2, 5", "Each hidden node adds up a flower's measurements, each times its weight.",
			Dot, "x", "weights_1", Flowers, HiddenNodes, p.HiddenLayerInputs},
		{"hidden_layer_outputs", 7, "2, 5", "The sigmoid squeezes each sum into the range from 0 to 1.",
			Sigmoid, "hidden_layer_inputs", "", Flowers, HiddenNodes, p.HiddenLayerOutputs},
		{"output_layer_inputs", 7, "2, 5", "Each output node does the same with the hidden layer's outputs.",
			Dot, "hidden_layer_outputs", "weights_2", Flowers, Species, p.OutputLayerInputs},
		{"output_layer_outputs", 7, "2, 5", "What the net says: a row for each flower, a column for each species.",
			Sigmoid, "output_layer_inputs", "", Flowers, Species, p.OutputLayerOutputs},

		{"output_layer_error", 7, "9–13", "How far off each output is.",
			Difference, "output_layer_outputs", "y", Flowers, Species, p.OutputLayerError},
		{"output_layer_slope", 7, "8–13", "How steep the sigmoid is at each output: how much it reacts to its input.",
			Slope, "output_layer_outputs", "", Flowers, Species, p.OutputLayerSlope},
		{"output_layer_delta", 7, "9–13", "So, how N·MSE changes with the input of each output node.",
			Product, "output_layer_error", "output_layer_slope", Flowers, Species, p.OutputLayerDelta},
		{"weights_2.T", 7, "11–13", "The same weights, seen from the output layer.",
			Transposed, "weights_2", "", Species, HiddenNodes, p.Weights2T},
		{"hidden_layer_error", 7, "11–13", "The deltas sent back through the weights: each hidden node's share.",
			Dot, "output_layer_delta", "weights_2.T", Flowers, HiddenNodes, p.HiddenLayerError},
		{"hidden_layer_slope", 7, "11–13", "How much a hidden node's output reacts to its input.",
			Slope, "hidden_layer_outputs", "", Flowers, HiddenNodes, p.HiddenLayerSlope},
		{"hidden_layer_delta", 7, "11–13", "So, how N·MSE changes with the input of each hidden node.",
			Product, "hidden_layer_error", "hidden_layer_slope", Flowers, HiddenNodes, p.HiddenLayerDelta},
		{"hidden_layer_outputs.T", 7, "13", "Transposed, so that the dot product sums over the flowers.",
			Transposed, "hidden_layer_outputs", "", HiddenNodes, Flowers, p.HiddenLayerOutputsT},
		{"weights_2_update", 7, "13", "The gradient: how the MSE changes with each weight of weights_2.",
			DotOverN, "hidden_layer_outputs.T", "output_layer_delta", HiddenNodes, Species, p.Weights2Update},
		{"x.T", 7, "13", "Transposed, so that the dot product sums over the flowers.",
			Transposed, "x", "", Features, Flowers, p.XT},
		{"weights_1_update", 7, "13", "The gradient: how the MSE changes with each weight of weights_1.",
			DotOverN, "x.T", "hidden_layer_delta", Features, HiddenNodes, p.Weights1Update},

		{"new_weights_2", 8, "7, 13", "Each weight a little further downhill, against its gradient.",
			Descent, "weights_2", "weights_2_update", HiddenNodes, Species, s.After.Weights2},
		{"new_weights_1", 8, "7, 13", "The same for the weights between input and hidden layer.",
			Descent, "weights_1", "weights_1_update", Features, HiddenNodes, s.After.Weights1},
	}
}

// quantity returns the quantity with the given name, in whatever case, and
// whether there is one.
func (s *Step) quantity(name string) (Quantity, bool) {
	for _, q := range s.Quantities() {
		if strings.EqualFold(q.Name, name) {
			return q, true
		}
	}
	return Quantity{}, false
}

// longLabel is label, with the numbers of flowers and the nodes of species.
func (s *Step) longLabel(axis Axis, i int) string {
	switch axis {
	case Flowers:
		return fmt.Sprintf("flower %d (%s)", s.Settings.Rows[i], s.label(axis, i))
	case Species:
		return "output node for " + s.label(axis, i)
	}
	return s.label(axis, i)
}

// label returns what row or column i of an axis is, such as "virginica".
func (s *Step) label(axis Axis, i int) string {
	switch axis {
	case Flowers:
		return s.Flowers[i].Species.String()
	case Features:
		return [...]string{"sepal length", "sepal width", "petal length", "petal width"}[i]
	case HiddenNodes:
		return fmt.Sprintf("hidden node %d", i)
	default:
		return iris.Species(i).String()
	}
}
