// Package network is the small neural net of the series: an input layer, one
// hidden layer and an output layer, fully connected, without biases, with the
// sigmoid in every node and the mean squared error as its cost.
//
// NewPass makes room for every matrix of the equations, once. After that, a
// gradient descent step is three lines (part 13):
//
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
	Weights1 matrix.Matrix `json:"weights_1"` // 4×h, from the input layer to the hidden layer
	Weights2 matrix.Matrix `json:"weights_2"` // h×3, from the hidden layer to the output layer
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
	c.Weights1.Scale(1, n.Weights1) // 1·W₁ is a copy
	c.Weights2.Scale(1, n.Weights2)
	return c
}

// Feedforward computes the network's outputs for p.X (parts 2 and 5).
// It panics if p was made for a network of other sizes.
func (n *Network) Feedforward(p *Pass) {
	p.HiddenLayerInputs.Dot(p.X, n.Weights1)                  // n×4 · 4×h = n×h   X·W₁
	p.HiddenLayerOutputs.Apply(Sigmoid, p.HiddenLayerInputs)  // n×h               σ(HiddenLayerInputs)
	p.OutputLayerInputs.Dot(p.HiddenLayerOutputs, n.Weights2) // n×h · h×3 = n×3   HiddenLayerOutputs·W₂
	p.OutputLayerOutputs.Apply(Sigmoid, p.OutputLayerInputs)  // n×3               σ(OutputLayerInputs)
}

// Backpropagate computes the gradient of the MSE for both weight matrices, from
// what Feedforward left in p (parts 8 to 13). The weights stay as they are.
// It panics if p was made for a network of other sizes.
//
// # Where the equations come from
//
// In short: x, y, hidden and out are X, Y, HiddenLayerOutputs and
// OutputLayerOutputs; i counts flowers, m inputs, j hidden nodes and k output
// nodes; N is the number of elements of Y; W₁ and W₂ are the weights. A z is
// what goes into a sigmoid.
//
//	MSE = Σᵢₖ (out[i][k] − y[i][k])² / 2N                 [part 6]
//
// First W₂. The weight W₂[j][k] reaches the MSE through the outputs of node k,
// one for each flower:
//
//	z[i][k] = Σⱼ hidden[i][j]·W₂[j][k]                    [part 5]
//	out[i][k] = σ(z[i][k])                                [part 5]
//	∂MSE/∂W₂[j][k] = Σᵢ ∂MSE/∂out · ∂out/∂z · ∂z/∂W₂      [chain rule, part 8]
//	∂MSE/∂out[i][k] = (out[i][k] − y[i][k]) / N           [power rule: the 2 cancels]
//	∂out/∂z = σ′(z) = out·(1 − out)                       [see SigmoidSlope]
//	∂z[i][k]/∂W₂[j][k] = hidden[i][j]                     [the one term of z with this weight]
//
// The product of the first two, without the 1/N that is left for the end, is
// the delta of the output layer. It is how N·MSE changes with z.
//
//	OutputLayerDelta = (out − y) ∘ out∘(1 − out)          [part 9]
//	∂MSE/∂W₂[j][k] = Σᵢ hidden[i][j]·OutputLayerDelta[i][k] / N
//	∂MSE/∂W₂ = hiddenᵀ·OutputLayerDelta / N               [a sum over i: row of hiddenᵀ times column]
//
// Then W₁. The weight W₁[m][j] reaches the MSE through hidden node j, and from
// there through every output node k:
//
//	zʰ[i][j] = Σₘ x[i][m]·W₁[m][j]                        [part 5]
//	hidden[i][j] = σ(zʰ[i][j])                            [part 5]
//	∂z[i][k]/∂hidden[i][j] = W₂[j][k]                     [the one term of z with this hidden]
//	∂(N·MSE)/∂hidden[i][j] = Σₖ OutputLayerDelta[i][k]·W₂[j][k]   [chain rule, part 11]
//	HiddenLayerError = OutputLayerDelta·W₂ᵀ               [row of delta times column of W₂ᵀ]
//
// From hidden on, all is as it was from out on: once more the sigmoid's slope,
// and x for what the weight multiplies.
//
//	∂hidden/∂zʰ = hidden·(1 − hidden)                     [see SigmoidSlope]
//	∂zʰ[i][j]/∂W₁[m][j] = x[i][m]                         [the one term of zʰ with this weight]
//	HiddenLayerDelta = HiddenLayerError ∘ hidden∘(1 − hidden)   [part 11]
//	∂MSE/∂W₁[m][j] = Σᵢ x[i][m]·HiddenLayerDelta[i][j] / N      [chain rule]
//	∂MSE/∂W₁ = xᵀ·HiddenLayerDelta / N                    [parts 12, 13]
func (n *Network) Backpropagate(p *Pass) {
	oneOverN := 1 / float64(p.N())

	p.OutputLayerError.Sub(p.OutputLayerOutputs, p.Y)                   // n×3   out − y
	p.OutputLayerSlope.Apply(SigmoidSlope, p.OutputLayerOutputs)        // n×3   out ∘ (1 − out)
	p.OutputLayerDelta.Hadamard(p.OutputLayerError, p.OutputLayerSlope) // n×3   Error ∘ Slope

	p.Weights2T.Transpose(n.Weights2)                                   // 3×h   W₂ᵀ
	p.HiddenLayerError.Dot(p.OutputLayerDelta, p.Weights2T)             // n×3 · 3×h = n×h   OutputLayerDelta·W₂ᵀ
	p.HiddenLayerSlope.Apply(SigmoidSlope, p.HiddenLayerOutputs)        // n×h   hidden ∘ (1 − hidden)
	p.HiddenLayerDelta.Hadamard(p.HiddenLayerError, p.HiddenLayerSlope) // n×h   Error ∘ Slope

	p.HiddenLayerOutputsT.Transpose(p.HiddenLayerOutputs)           // h×n   hiddenᵀ
	p.Weights2Update.Dot(p.HiddenLayerOutputsT, p.OutputLayerDelta) // h×n · n×3 = h×3   hiddenᵀ·OutputLayerDelta
	p.Weights2Update.Scale(oneOverN, p.Weights2Update)              // h×3   … / N

	p.XT.Transpose(p.X)                                // 4×n   xᵀ
	p.Weights1Update.Dot(p.XT, p.HiddenLayerDelta)     // 4×n · n×h = 4×h   xᵀ·HiddenLayerDelta
	p.Weights1Update.Scale(oneOverN, p.Weights1Update) // 4×h   … / N
}

// Descend moves each weight against its gradient, which Backpropagate left in
// p: one gradient descent step (parts 7 and 13).
// It panics if p was made for a network of other sizes.
func (n *Network) Descend(p *Pass, learningRate float64) {
	p.Weights2Step.Scale(learningRate, p.Weights2Update) // h×3   learning_rate · Weights2Update
	n.Weights2.Sub(n.Weights2, p.Weights2Step)           // h×3   W₂ − learning_rate · Weights2Update

	p.Weights1Step.Scale(learningRate, p.Weights1Update) // 4×h   learning_rate · Weights1Update
	n.Weights1.Sub(n.Weights1, p.Weights1Step)           // 4×h   W₁ − learning_rate · Weights1Update
}
