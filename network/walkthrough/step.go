// Package walkthrough is one gradient descent step as data, and its words: the commands
// step, explain and check. The computing is done in network, by main's notebook. The package
// must not know of pages, plots or training.
package walkthrough

import (
	"fmt"

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

	// Quantities are the matrices of the step, in the order in which they are computed. All
	// that is shown of a step, in whatever form, comes from this list.
	Quantities []*Quantity
}

// A Stage says what flows through the net when a quantity is computed, and in which direction.
type Stage string

const (
	Forward1    Stage = "forward-1"   // from the input to the hidden layer
	Forward2    Stage = "forward-2"   // from the hidden to the output layer
	ForwardMSE  Stage = "forward-mse" // from the output layer to the MSE
	OutputError Stage = "error"
	Backward2   Stage = "backward-2"
	Update2     Stage = "update-2"
	Update1     Stage = "update-1"
)

// A NetPart is what a drawing of the net shows a quantity's numbers with: the lines between the
// nodes of two layers, or what is in the nodes of one layer, that of its columns.
type NetPart string

const (
	WeightLines NetPart = "weights"
	NodeOutput  NetPart = "out"
	NodeDelta   NetPart = "delta"
)

// newStep returns the step with its quantities.
func newStep(settings Settings, flowers iris.Flowers, results *Results) *Step {
	s := &Step{Results: results, Settings: settings, Flowers: flowers}
	p := s.Pass
	inputs, h, outputs := p.X.Cols(), settings.Hidden, p.Y.Cols()

	x := &Quantity{
		Name: "x", Cell: 3, Part: "3", Rows: Flowers, Cols: Features, Matrix: p.X,
		Operation: given, origin: s.measurementOrigin, Net: NodeOutput,
		Meaning: "What goes in: a row for each flower, its measurements in cm.",
	}
	y := &Quantity{
		Name: "y", Cell: 3, Part: "3", Rows: Flowers, Cols: Species, Matrix: p.Y,
		Operation: given, origin: s.labelOrigin,
		Meaning: "What should come out: 1 for the flower's species, 0 for the others.",
	}
	weights1 := &Quantity{
		Name: "weights_1", Cell: 6, Part: "2", Rows: Features, Cols: HiddenNodes, Matrix: s.Before.Weights1,
		Operation: given, origin: s.weightOrigin(0, h), Net: WeightLines,
		Meaning: "From the input layer to the hidden layer.",
	}
	weights2 := &Quantity{
		Name: "weights_2", Cell: 6, Part: "2", Rows: HiddenNodes, Cols: Species, Matrix: s.Before.Weights2,
		Operation: given, origin: s.weightOrigin(inputs*h, outputs), Net: WeightLines,
		Meaning: "From the hidden layer to the output layer.",
	}
	hiddenLayerInputs := &Quantity{
		Name: "hidden_layer_inputs", Cell: 7, Part: "2, 5", Rows: Flowers, Cols: HiddenNodes, Matrix: p.HiddenLayerInputs,
		Operation: dot, A: x, B: weights1, Stage: Forward1,
		Meaning: "Each hidden node adds up a flower's measurements, each times its weight.",
	}
	hiddenLayerOutputs := &Quantity{
		Name: "hidden_layer_outputs", Cell: 7, Part: "2, 5", Rows: Flowers, Cols: HiddenNodes, Matrix: p.HiddenLayerOutputs,
		Operation: sigmoid, A: hiddenLayerInputs, Stage: Forward1, Net: NodeOutput,
		Meaning: "The sigmoid squeezes each sum into the range from 0 to 1.",
	}
	outputLayerInputs := &Quantity{
		Name: "output_layer_inputs", Cell: 7, Part: "2, 5", Rows: Flowers, Cols: Species, Matrix: p.OutputLayerInputs,
		Operation: dot, A: hiddenLayerOutputs, B: weights2, Stage: Forward2,
		Meaning: "Each output node does the same with the hidden layer's outputs.",
	}
	outputLayerOutputs := &Quantity{
		Name: "output_layer_outputs", Cell: 7, Part: "2, 5", Rows: Flowers, Cols: Species, Matrix: p.OutputLayerOutputs,
		Operation: sigmoid, A: outputLayerInputs, Stage: Forward2, Net: NodeOutput,
		Meaning: "What the net says: a row for each flower, a column for each species.",
	}
	outputLayerError := &Quantity{
		Name: "output_layer_error", Cell: 7, Part: "9–13", Rows: Flowers, Cols: Species, Matrix: p.OutputLayerError,
		Operation: difference, A: outputLayerOutputs, B: y, Stage: OutputError,
		Meaning: "How far off each output is.",
	}
	outputLayerSlope := &Quantity{
		Name: "output_layer_slope", Cell: 7, Part: "8–13", Rows: Flowers, Cols: Species, Matrix: p.OutputLayerSlope,
		Operation: slope, A: outputLayerOutputs, Stage: OutputError,
		Meaning: "How steep the sigmoid is at each output: how much it reacts to its input.",
	}
	outputLayerDelta := &Quantity{
		Name: "output_layer_delta", Cell: 7, Part: "9–13", Rows: Flowers, Cols: Species, Matrix: p.OutputLayerDelta,
		Operation: product, A: outputLayerError, B: outputLayerSlope, Stage: OutputError, Net: NodeDelta,
		Meaning: "So, how N·MSE changes with the input of each output node.",
	}
	weights2T := &Quantity{
		Name: "weights_2.T", Cell: 7, Part: "11–13", Rows: Species, Cols: HiddenNodes, Matrix: p.Weights2T,
		Operation: transposed, A: weights2, Stage: Backward2,
		Meaning: "The same weights, seen from the output layer.",
	}
	hiddenLayerError := &Quantity{
		Name: "hidden_layer_error", Cell: 7, Part: "11–13", Rows: Flowers, Cols: HiddenNodes, Matrix: p.HiddenLayerError,
		Operation: dot, A: outputLayerDelta, B: weights2T, Stage: Backward2,
		Meaning: "The deltas sent back through the weights: each hidden node's share.",
	}
	hiddenLayerSlope := &Quantity{
		Name: "hidden_layer_slope", Cell: 7, Part: "11–13", Rows: Flowers, Cols: HiddenNodes, Matrix: p.HiddenLayerSlope,
		Operation: slope, A: hiddenLayerOutputs, Stage: Backward2,
		Meaning: "How much a hidden node's output reacts to its input.",
	}
	hiddenLayerDelta := &Quantity{
		Name: "hidden_layer_delta", Cell: 7, Part: "11–13", Rows: Flowers, Cols: HiddenNodes, Matrix: p.HiddenLayerDelta,
		Operation: product, A: hiddenLayerError, B: hiddenLayerSlope, Stage: Backward2, Net: NodeDelta,
		Meaning: "So, how N·MSE changes with the input of each hidden node.",
	}
	hiddenLayerOutputsT := &Quantity{
		Name: "hidden_layer_outputs.T", Cell: 7, Part: "13", Rows: HiddenNodes, Cols: Flowers, Matrix: p.HiddenLayerOutputsT,
		Operation: transposed, A: hiddenLayerOutputs, Stage: Update2,
		Meaning: "Transposed, so that the dot product sums over the flowers.",
	}
	weights2Update := &Quantity{
		Name: "weights_2_update", Cell: 7, Part: "13", Rows: HiddenNodes, Cols: Species, Matrix: p.Weights2Update,
		Operation: dotOverN, A: hiddenLayerOutputsT, B: outputLayerDelta, Stage: Update2,
		Meaning: "The gradient: how the MSE changes with each weight of weights_2.",
	}
	xT := &Quantity{
		Name: "x.T", Cell: 7, Part: "13", Rows: Features, Cols: Flowers, Matrix: p.XT,
		Operation: transposed, A: x, Stage: Update1,
		Meaning: "Transposed, so that the dot product sums over the flowers.",
	}
	weights1Update := &Quantity{
		Name: "weights_1_update", Cell: 7, Part: "13", Rows: Features, Cols: HiddenNodes, Matrix: p.Weights1Update,
		Operation: dotOverN, A: xT, B: hiddenLayerDelta, Stage: Update1,
		Meaning: "The gradient: how the MSE changes with each weight of weights_1.",
	}
	newWeights2 := &Quantity{
		Name: "new_weights_2", Cell: 8, Part: "7, 13", Rows: HiddenNodes, Cols: Species, Matrix: s.After.Weights2,
		Operation: descent, A: weights2, B: weights2Update, Stage: Update2,
		Meaning: "Each weight a little further downhill, against its gradient.",
	}
	newWeights1 := &Quantity{
		Name: "new_weights_1", Cell: 8, Part: "7, 13", Rows: Features, Cols: HiddenNodes, Matrix: s.After.Weights1,
		Operation: descent, A: weights1, B: weights1Update, Stage: Update1,
		Meaning: "The same for the weights between input and hidden layer.",
	}
	squaredErrors := &Quantity{
		Name: "squared_errors", Cell: 9, Part: "6", Rows: Flowers, Cols: Species, Matrix: squares(p.OutputLayerError),
		Operation: square, A: outputLayerError, Stage: ForwardMSE,
		Meaning: "A squared error is never below 0, and a large error counts most.",
	}
	sumOfSquaredErrors := &Quantity{
		Name: "sum_of_squared_errors", Cell: 9, Part: "6", Rows: Whole, Cols: Whole, Matrix: matrix.Matrix{{sum(squaredErrors.Matrix)}},
		Operation: total, A: squaredErrors, Stage: ForwardMSE,
		Meaning: "How far off the net is with all flowers and all species together.",
	}
	mse := &Quantity{
		Name: "mse", Cell: 9, Part: "6", Rows: Whole, Cols: Whole, Matrix: matrix.Matrix{{s.MSEBefore}},
		Operation: overTwoN, A: sumOfSquaredErrors, Stage: ForwardMSE,
		Meaning: "The mean squared error before the step: half the mean of the squares.",
	}

	s.Quantities = []*Quantity{
		x, y, weights1, weights2,
		hiddenLayerInputs, hiddenLayerOutputs, outputLayerInputs, outputLayerOutputs,
		outputLayerError, outputLayerSlope, outputLayerDelta, weights2T, hiddenLayerError, hiddenLayerSlope, hiddenLayerDelta,
		hiddenLayerOutputsT, weights2Update, xT, weights1Update,
		newWeights2, newWeights1,
		squaredErrors, sumOfSquaredErrors, mse,
	}
	return s
}

// squares returns the squares of m's numbers.
func squares(m matrix.Matrix) matrix.Matrix {
	var c matrix.Matrix
	c.Hadamard(m, m)
	return c
}

// sum returns the sum of m's numbers, added up row by row as the MSE does.
func sum(m matrix.Matrix) float64 {
	total := 0.0
	for _, row := range m {
		for _, v := range row {
			total += v
		}
	}
	return total
}

// What is given comes from here.

func (s *Step) measurementOrigin(row, col int) string {
	return fmt.Sprintf("flower %d's %s in cm, from the data (%v)", s.Settings.Rows[row], s.Label(Features, col), s.Flowers[row].Species)
}

func (s *Step) labelOrigin(row, _ int) string {
	return fmt.Sprintf("flower %d is a %v: 1 in that column, 0 in the others", s.Settings.Rows[row], s.Flowers[row].Species)
}

// weightOrigin returns the origin of the weights of a matrix with so many columns, before which
// NumPy has drawn so many others.
func (s *Step) weightOrigin(drawn, cols int) func(row, col int) string {
	return func(row, col int) string {
		if s.Settings.Steps > 1 {
			return fmt.Sprintf("as the %s before this one left it", Count(s.Settings.Steps-1, "step"))
		}
		return s.Settings.Weights.origin(drawn + row*cols + col + 1)
	}
}

// A Cell is one of part 13's notebook, with the matrices that it computes.
type Cell struct {
	Number     int
	Title      string
	Quantities []*Quantity
}

// Cells returns the notebook's cells from 2 on.
func (s *Step) Cells() []Cell {
	weightsTitle, _ := s.Settings.Weights.cell()
	cells := []Cell{
		{Number: 2, Title: "load the flowers and take some"},
		{Number: 3, Title: "x, y and N"},
		{Number: 4, Title: "the sigmoid"},
		{Number: 5, Title: "the settings"},
		{Number: 6, Title: weightsTitle},
		{Number: 7, Title: "feedforward and backpropagation"},
		{Number: 8, Title: "the gradient descent step"},
		{Number: 9, Title: "the mean squared error"},
		{Number: 10, Title: "once more forward, with the new weights"},
	}
	for _, q := range s.Quantities {
		c := &cells[q.Cell-cells[0].Number]
		c.Quantities = append(c.Quantities, q)
	}
	return cells
}

// WeightsOrigin returns the lines of the cell that makes the weights.
func (s *Step) WeightsOrigin() []string {
	_, line := s.Settings.Weights.cell()
	lines := []string{line}
	if s.Settings.Steps > 1 {
		lines = append(lines, "and then moved by "+Count(s.Settings.Steps-1, "gradient descent step"))
	}
	return lines
}
