// Package network is the small neural net of the series: an input layer, one
// hidden layer and an output layer, fully connected, without biases, with the
// sigmoid in every node and the mean squared error as its cost.
//
// A gradient descent step is four lines (part 13):
//
//	p, err := net.NewPass(x, y)  // room for every matrix of the equations
//	net.Feedforward(p)           // what does the net say?
//	net.Backpropagate(p)         // which way does each weight move the error?
//	net.Descend(p, learningRate) // move each weight a little the other way
//
// The names are the series', in Go's spelling. In the shapes of the comments, n
// is the number of flowers and h the number of hidden nodes; 4 and 3 stand for
// the number of inputs and outputs, which may be others.
package network

import "backprop/matrix"

// A Network is nothing but its weights (part 2).
type Network struct {
	Weights1 matrix.Matrix // 4×h, from the input layer to the hidden layer
	Weights2 matrix.Matrix // h×3, from the hidden layer to the output layer
}

// New returns a network with random weights, drawn in the order of part 13:
//
//	weights_1 = np.random.normal(scale=0.5, size=(inputs, hidden))
//	weights_2 = np.random.normal(scale=0.5, size=(hidden, outputs))
//
// It panics unless every size is at least 1.
func New(inputs, hidden, outputs int, r *matrix.Random) *Network {
	return &Network{
		Weights1: matrix.RandomNormal(r, 0.5, inputs, hidden),
		Weights2: matrix.RandomNormal(r, 0.5, hidden, outputs),
	}
}

// Clone returns a copy of the network with weights of its own.
func (n *Network) Clone() *Network {
	c := &Network{
		Weights1: matrix.New(n.Weights1.Rows(), n.Weights1.Cols()),
		Weights2: matrix.New(n.Weights2.Rows(), n.Weights2.Cols()),
	}
	c.Weights1.Scale(1, n.Weights1)
	c.Weights2.Scale(1, n.Weights2)
	return c
}

// Feedforward computes the network's outputs for p.X (parts 2 and 5).
// It panics if p was made for a network of other sizes.
func (n *Network) Feedforward(p *Pass) {
	p.HiddenLayerInputs.Dot(p.X, n.Weights1)                  // X·W₁                    n×4 · 4×h = n×h
	p.HiddenLayerOutputs.Apply(Sigmoid, p.HiddenLayerInputs)  // σ(HiddenLayerInputs)    n×h
	p.OutputLayerInputs.Dot(p.HiddenLayerOutputs, n.Weights2) // HiddenLayerOutputs·W₂   n×h · h×3 = n×3
	p.OutputLayerOutputs.Apply(Sigmoid, p.OutputLayerInputs)  // σ(OutputLayerInputs)    n×3
}

// Backpropagate computes the gradient of the MSE for both weight matrices, from
// what Feedforward left in p (parts 8 to 13). The weights stay as they are.
// It panics if p was made for a network of other sizes.
//
// # Where the equations come from
//
// N is the number of elements of Y, and the sums go over all of them:
//
//	MSE = Σ (out − y)² / 2N                                    [part 6]
//
// One element out of OutputLayerOutputs depends on a weight w through its own
// input z, since out = σ(z). So, for any weight,
//
//	∂MSE/∂w = Σ ∂MSE/∂out · ∂out/∂z · ∂z/∂w                    [chain rule, part 8]
//	∂MSE/∂out = (out − y) / N                                  [power rule; the 2 cancels]
//	∂out/∂z = σ′(z) = σ(z)·(1 − σ(z)) = out·(1 − out)          [see SigmoidSlope]
//
// The first two factors do not depend on which weight it is. Without the 1/N,
// which is left for the end, they are the delta of the output layer:
//
//	OutputLayerDelta = (out − y) ∘ out∘(1 − out)               [part 9]
//
// For a weight of W₂, from hidden node j to output node k: z of flower i and
// node k is Σⱼ hidden[i][j]·W₂[j][k], so ∂z/∂W₂[j][k] = hidden[i][j], and
//
//	∂MSE/∂W₂[j][k] = Σᵢ hidden[i][j]·OutputLayerDelta[i][k] / N
//	∂MSE/∂W₂ = HiddenLayerOutputsᵀ·OutputLayerDelta / N        [a sum over i is row times column]
//
// For a weight of W₁ the way is one layer longer. Hidden node j of flower i
// reaches every output node k, each through W₂[j][k], so what it does to the
// error is the sum over them:
//
//	HiddenLayerError[i][j] = Σₖ OutputLayerDelta[i][k]·W₂[j][k]  [chain rule, part 11]
//	HiddenLayerError = OutputLayerDelta·W₂ᵀ                      [row of delta times row of W₂]
//
// From there on all is as before, with the hidden layer's outputs for out, and
// X for what comes in:
//
//	HiddenLayerDelta = HiddenLayerError ∘ hidden∘(1 − hidden)  [part 11]
//	∂MSE/∂W₁ = Xᵀ·HiddenLayerDelta / N                         [parts 11 to 13]
func (n *Network) Backpropagate(p *Pass) {
	perElement := 1 / float64(p.N()) // 1/N

	p.OutputLayerError.Sub(p.OutputLayerOutputs, p.Y)                   // OutputLayerOutputs − Y                 n×3
	p.OutputLayerSlope.Apply(SigmoidSlope, p.OutputLayerOutputs)        // out ∘ (1 − out)                        n×3
	p.OutputLayerDelta.Hadamard(p.OutputLayerError, p.OutputLayerSlope) // Error ∘ Slope                          n×3

	p.Weights2T.Transpose(n.Weights2)                                   // W₂ᵀ                                    3×h
	p.HiddenLayerError.Dot(p.OutputLayerDelta, p.Weights2T)             // OutputLayerDelta·W₂ᵀ                   n×3 · 3×h = n×h
	p.HiddenLayerSlope.Apply(SigmoidSlope, p.HiddenLayerOutputs)        // out ∘ (1 − out)                        n×h
	p.HiddenLayerDelta.Hadamard(p.HiddenLayerError, p.HiddenLayerSlope) // Error ∘ Slope                          n×h

	p.HiddenLayerOutputsT.Transpose(p.HiddenLayerOutputs)           // HiddenLayerOutputsᵀ                    h×n
	p.Weights2Update.Dot(p.HiddenLayerOutputsT, p.OutputLayerDelta) // HiddenLayerOutputsᵀ·OutputLayerDelta   h×n · n×3 = h×3
	p.Weights2Update.Scale(perElement, p.Weights2Update)            // … / N                                  h×3

	p.XT.Transpose(p.X)                                  // Xᵀ                                     4×n
	p.Weights1Update.Dot(p.XT, p.HiddenLayerDelta)       // Xᵀ·HiddenLayerDelta                    4×n · n×h = 4×h
	p.Weights1Update.Scale(perElement, p.Weights1Update) // … / N                                  4×h
}

// Descend moves each weight against its gradient, which Backpropagate left in
// p: one gradient descent step (parts 7 and 13).
// It panics if p was made for a network of other sizes.
func (n *Network) Descend(p *Pass, learningRate float64) {
	p.Weights2Step.Scale(learningRate, p.Weights2Update) // learning_rate · weights_2_update
	n.Weights2.Sub(n.Weights2, p.Weights2Step)           // W₂ − learning_rate · weights_2_update

	p.Weights1Step.Scale(learningRate, p.Weights1Update) // learning_rate · weights_1_update
	n.Weights1.Sub(n.Weights1, p.Weights1Step)           // W₁ − learning_rate · weights_1_update
}
