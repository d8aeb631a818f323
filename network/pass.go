package network

import (
	"cmp"
	"fmt"

	"backprop/matrix"
)

// A Pass holds every matrix of one pass through the network, forward and back,
// in the order in which they are computed. A debugger's print p shows them all.
type Pass struct {
	X matrix.Matrix // n×4, a row per flower
	Y matrix.Matrix // n×3, one-hot: what the outputs should be

	// Feedforward
	HiddenLayerInputs  matrix.Matrix // n×h = X·W₁
	HiddenLayerOutputs matrix.Matrix // n×h = σ(HiddenLayerInputs)
	OutputLayerInputs  matrix.Matrix // n×3 = HiddenLayerOutputs·W₂
	OutputLayerOutputs matrix.Matrix // n×3 = σ(OutputLayerInputs)

	// Backpropagate
	OutputLayerError    matrix.Matrix // n×3 = OutputLayerOutputs − Y
	OutputLayerSlope    matrix.Matrix // n×3 = OutputLayerOutputs ∘ (1 − OutputLayerOutputs)
	OutputLayerDelta    matrix.Matrix // n×3 = OutputLayerError ∘ OutputLayerSlope
	Weights2T           matrix.Matrix // 3×h = W₂ᵀ, of the weights before the update
	HiddenLayerError    matrix.Matrix // n×h = OutputLayerDelta·W₂ᵀ
	HiddenLayerSlope    matrix.Matrix // n×h = HiddenLayerOutputs ∘ (1 − HiddenLayerOutputs)
	HiddenLayerDelta    matrix.Matrix // n×h = HiddenLayerError ∘ HiddenLayerSlope
	HiddenLayerOutputsT matrix.Matrix // h×n = HiddenLayerOutputsᵀ
	Weights2Update      matrix.Matrix // h×3 = HiddenLayerOutputsᵀ·OutputLayerDelta / N
	XT                  matrix.Matrix // 4×n = Xᵀ
	Weights1Update      matrix.Matrix // 4×h = Xᵀ·HiddenLayerDelta / N

	// Descend
	Weights2Step matrix.Matrix // h×3 = learning_rate · Weights2Update
	Weights1Step matrix.Matrix // 4×h = learning_rate · Weights1Update
}

// NewPass returns a pass for the network, the flowers x (n×4) and their labels
// y (n×3), with room for the result of every equation. The pass keeps x and y
// themselves and never changes them.
//
// If x, y or the weights are no matrices of finite numbers (see
// matrix.Matrix.Validate), or their shapes do not fit, the error says which.
func (n *Network) NewPass(x, y matrix.Matrix) (*Pass, error) {
	flowers, inputs, hidden, outputs := x.Rows(), n.Weights1.Rows(), n.Weights1.Cols(), n.Weights2.Cols()
	if err := cmp.Or(n.validate(), checkMatrix("x", x, flowers, inputs), checkMatrix("y", y, flowers, outputs)); err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	return &Pass{
		X: x,
		Y: y,

		HiddenLayerInputs:  matrix.New(flowers, hidden),
		HiddenLayerOutputs: matrix.New(flowers, hidden),
		OutputLayerInputs:  matrix.New(flowers, outputs),
		OutputLayerOutputs: matrix.New(flowers, outputs),

		OutputLayerError:    matrix.New(flowers, outputs),
		OutputLayerSlope:    matrix.New(flowers, outputs),
		OutputLayerDelta:    matrix.New(flowers, outputs),
		Weights2T:           matrix.New(outputs, hidden),
		HiddenLayerError:    matrix.New(flowers, hidden),
		HiddenLayerSlope:    matrix.New(flowers, hidden),
		HiddenLayerDelta:    matrix.New(flowers, hidden),
		HiddenLayerOutputsT: matrix.New(hidden, flowers),
		Weights2Update:      matrix.New(hidden, outputs),
		XT:                  matrix.New(inputs, flowers),
		Weights1Update:      matrix.New(inputs, hidden),

		Weights2Step: matrix.New(hidden, outputs),
		Weights1Step: matrix.New(inputs, hidden),
	}, nil
}

// validate returns an error unless the weights are two matrices that fit.
func (n *Network) validate() error {
	inputs, hidden, outputs := n.Weights1.Rows(), n.Weights1.Cols(), n.Weights2.Cols()
	return cmp.Or(checkMatrix("weights_1", n.Weights1, inputs, hidden), checkMatrix("weights_2", n.Weights2, hidden, outputs))
}

// checkMatrix returns an error unless m is a matrix of finite numbers and has
// the given shape.
func checkMatrix(name string, m matrix.Matrix, rows, cols int) error {
	if err := m.Validate(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if m.Rows() != rows || m.Cols() != cols {
		return fmt.Errorf("%s is %d×%d, expected %d×%d", name, m.Rows(), m.Cols(), rows, cols)
	}
	return nil
}

// N returns the number of elements of Y, by which the MSE and its gradients are
// divided: 9 for three flowers and three outputs (part 6).
func (p *Pass) N() int {
	return p.Y.Rows() * p.Y.Cols()
}

// MSE returns the mean squared error of the outputs that Feedforward left in p,
// with the factor ½ of the series (part 6):
//
//	MSE = Σ (OutputLayerOutputs − Y)² / 2N
func (p *Pass) MSE() float64 {
	sum := 0.0
	for i, out := range p.OutputLayerOutputs {
		for j := range out {
			difference := out[j] - p.Y[i][j]
			sum += float64(difference * difference)
		}
	}
	return sum / float64(2*p.N())
}

// Accuracy returns the share of flowers, from 0 to 1, whose largest output is
// the labelled one (part 14). Of equally large outputs the first one counts, as
// in np.argmax.
func (p *Pass) Accuracy() float64 {
	correct := 0
	for i := range p.Y {
		if p.Predicted(i) == p.Labelled(i) {
			correct++
		}
	}
	return float64(correct) / float64(p.Y.Rows())
}

// Predicted returns what the net takes flower i for: the number of its largest
// output, from 0 (part 14).
func (p *Pass) Predicted(i int) int { return largest(p.OutputLayerOutputs[i]) }

// Labelled returns what flower i is: the number of the 1 in its row of Y.
func (p *Pass) Labelled(i int) int { return largest(p.Y[i]) }

// largest returns the index of the largest element of row, np.argmax(row).
func largest(row []float64) int {
	index := 0
	for j := range row {
		if row[j] > row[index] {
			index = j
		}
	}
	return index
}
