package network

import (
	"cmp"
	"fmt"

	"backprop/matrix"
)

// A Pass holds every matrix of one pass through the network, forward and back, in the
// order in which they are computed. It begins as X and Y; the other matrices are empty
// until their equation makes them. A debugger's print p shows them all.
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

// NewPass returns a pass for the network, the flowers x (n×4) and their labels y (n×3).
// The pass keeps x and y themselves and never changes them.
//
// If x, y or the weights are not matrices of finite numbers (see matrix.Matrix.Validate),
// or their shapes do not fit, the error says which.
func (net *Network) NewPass(x, y matrix.Matrix) (*Pass, error) {
	err := cmp.Or( // the first one that is not nil
		net.validate(),
		checkMatrix("x", x, x.Rows(), net.Weights1.Rows()),
		checkMatrix("y", y, x.Rows(), net.Weights2.Cols()),
	)
	if err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	return &Pass{X: x, Y: y}, nil
}

// validate returns an error unless the weights are two matrices that fit.
func (net *Network) validate() error {
	hidden := net.Weights1.Cols()
	return cmp.Or(
		checkMatrix("weights_1", net.Weights1, net.Weights1.Rows(), hidden),
		checkMatrix("weights_2", net.Weights2, hidden, net.Weights2.Cols()),
	)
}

// checkMatrix returns an error unless m is a matrix of finite numbers and has the given
// shape.
func checkMatrix(name string, m matrix.Matrix, rows, cols int) error {
	if err := m.Validate(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if m.Rows() != rows || m.Cols() != cols {
		return fmt.Errorf("%s is %d×%d, expected %d×%d", name, m.Rows(), m.Cols(), rows, cols)
	}
	return nil
}

// N returns the number of elements of Y, by which the MSE and its gradients are divided: 9
// for three flowers and three outputs (part 6).
func (p *Pass) N() int { return p.Y.Rows() * p.Y.Cols() }

// MSE returns the mean squared error of the outputs that Feedforward left in p, with the
// factor ½ of the series (part 6). It panics if there are none yet.
//
//	MSE = Σ (OutputLayerOutputs − Y)² / 2N
func (p *Pass) MSE() float64 {
	sum := 0.0
	for i := range p.Y {
		for j := range p.Y[i] {
			difference := p.OutputLayerOutputs[i][j] - p.Y[i][j]
			sum += float64(difference * difference) // rounded before it is added, as in Dot
		}
	}
	return sum / float64(2*p.N())
}
