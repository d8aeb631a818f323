// Package network is the small neural net of the series: an input layer, one hidden layer
// and an output layer, fully connected, without biases, with the sigmoid in every hidden
// and output node. Its cost is the MSE, the mean squared error, with the series' factor ½.
// The package knows nothing of flowers, or of how its numbers are shown.
//
// Backpropagation is four equations. In them, n is the number of flowers and h the number
// of hidden nodes; 4 inputs and 3 outputs stand for any number of them. x, y, hidden and out
// are the flowers, the labels and the outputs of the two layers. W₁ and W₂ are the weights,
// and N is the number of elements of y. A delta, δ, says how fast N·MSE changes with what
// goes into a node. (The division by N comes last, so it is N·MSE until then.)
//
//	δ_output = (out − y) ∘ out ∘ (1 − out)                 n×3
//	δ_hidden = (δ_output · W₂ᵀ) ∘ hidden ∘ (1 − hidden)    n×h
//	∂MSE/∂W₂ = hiddenᵀ · δ_output / N                      h×3
//	∂MSE/∂W₁ = xᵀ · δ_hidden / N                           4×h
//
// · is the dot product, ∘ multiplies element by element, ᵀ transposes, and ∂MSE/∂W is how
// fast the MSE changes with each weight: the gradient. In the code, the deltas are
// OutputLayerDelta and HiddenLayerDelta, the gradients are Weights2Update and
// Weights1Update. The matrices of a step, in their order, are those of a Pass.
//
// A gradient descent step is three lines (part 13):
//
//	net.Feedforward(p)           // what does the net say?
//	net.Backpropagate(p)         // how fast does the MSE change with each weight?
//	net.Descend(p, learningRate) // move each weight a little, to where the MSE is smaller
package network

import (
	"backprop/matrix"
	"backprop/matrix/numpy"
)

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
func New(inputs, hidden, outputs int, r *numpy.Random) *Network {
	return &Network{
		Weights1: r.NormalMatrix(0.5, inputs, hidden),
		Weights2: r.NormalMatrix(0.5, hidden, outputs),
	}
}

// Clone returns a copy of the network with weights of its own.
func (net *Network) Clone() *Network {
	return &Network{
		Weights1: net.Weights1.Clone(),
		Weights2: net.Weights2.Clone(),
	}
}

// Feedforward computes the network's outputs for p.X (parts 2 and 5). The pass p keeps
// each matrix that is computed, under the series' name.
// It panics if p was made for a network of other sizes.
func (net *Network) Feedforward(p *Pass) {
	p.HiddenLayerInputs.Dot(p.X, net.Weights1)                  // n×4·4×h = n×h  x·W₁
	p.HiddenLayerOutputs.Apply(Sigmoid, p.HiddenLayerInputs)    // n×h            σ(inputs)
	p.OutputLayerInputs.Dot(p.HiddenLayerOutputs, net.Weights2) // n×h·h×3 = n×3  hidden·W₂
	p.OutputLayerOutputs.Apply(Sigmoid, p.OutputLayerInputs)    // n×3            σ(inputs)
}

// Backpropagate computes the gradient of the MSE for both weight matrices, from what
// Feedforward left in p (parts 8 to 13). The weights stay as they are. It panics if p was
// made for a network of other sizes.
//
// ∂MSE/∂w is the derivative of the MSE with respect to one weight w: how fast the MSE
// changes with w while everything else stays as it is. It follows from two rules:
//
//   - Along a route, the derivatives are multiplied. If w changes z, z changes out and out
//     changes the MSE, then ∂MSE/∂w = ∂MSE/∂out · ∂out/∂z · ∂z/∂w (the chain rule, part 8).
//   - Over several routes, the products are added up. A weight reaches the MSE through the
//     outputs for every flower, and a weight of W₁ also through every output node.
//
// In the derivations, i counts flowers, m inputs, j hidden nodes and k output nodes. Each
// one is above the lines that it leads to.
func (net *Network) Backpropagate(p *Pass) {
	// From the MSE to the output nodes. z[i][k] is what goes into output node k for flower i.
	// It changes out[i][k] alone. The division by N is left for the end: until then, all of
	// this is about N·MSE.
	//
	//	MSE = Σᵢₖ (out[i][k] − y[i][k])² / 2N
	//	∂(N·MSE)/∂out[i][k] = out[i][k] − y[i][k]              the 2 of the square cancels
	//	∂out/∂z = σ′(z) = out·(1 − out)                        the slope: see SigmoidSlope
	//	∂(N·MSE)/∂z[i][k] = (out − y) · out·(1 − out)          chain rule: the delta
	p.OutputLayerError.Sub(p.OutputLayerOutputs, p.Y)                   // n×3  out − y
	p.OutputLayerSlope.Apply(SigmoidSlope, p.OutputLayerOutputs)        // n×3  out ∘ (1 − out)
	p.OutputLayerDelta.Hadamard(p.OutputLayerError, p.OutputLayerSlope) // n×3  Error ∘ Slope

	// On to the outputs of the hidden nodes. hidden[i][j] changes z[i][k] of every output
	// node k, so there is a sum over k. The second index of the weights has to run in it,
	// along a row of W₂. A dot product goes down the columns of its second factor, so W₂ is
	// transposed. These are the weights that the outputs came from, before the update.
	//
	//	z[i][k] = Σⱼ hidden[i][j]·W₂[j][k]
	//	∂z[i][k]/∂hidden[i][j] = W₂[j][k]                      the one term with this hidden
	//	∂(N·MSE)/∂hidden[i][j] = Σₖ delta[i][k]·W₂[j][k]
	//	                       = Σₖ delta[i][k]·W₂ᵀ[k][j]
	p.Weights2T.Transpose(net.Weights2)                     // 3×h            W₂ᵀ
	p.HiddenLayerError.Dot(p.OutputLayerDelta, p.Weights2T) // n×3·3×h = n×h  delta·W₂ᵀ

	// On to what goes into the hidden nodes: it changes hidden[i][j] alone, by the sigmoid's
	// slope, as z[i][k] changes out[i][k].
	//
	//	∂(N·MSE)/∂input[i][j] = error[i][j] · hidden·(1 − hidden)      the hidden layer's delta
	p.HiddenLayerSlope.Apply(SigmoidSlope, p.HiddenLayerOutputs)        // n×h  hidden∘(1−hidden)
	p.HiddenLayerDelta.Hadamard(p.HiddenLayerError, p.HiddenLayerSlope) // n×h  Error ∘ Slope

	// Back at z[i][k], on to the weight W₂[j][k]. The weight changes z[i][k] of every flower
	// i, so there is a sum over i. The first index of hidden has to run in it, down a column.
	// A dot product goes along the rows of its first factor, so hidden is transposed. Now the
	// 1/N of the MSE comes in, N being the number of elements of y.
	//
	//	∂z[i][k]/∂W₂[j][k] = hidden[i][j]                      the one term with this weight
	//	∂MSE/∂W₂[j][k] = Σᵢ hidden[i][j]·delta[i][k] / N
	//	               = Σᵢ hiddenᵀ[j][i]·delta[i][k] / N
	oneOverN := 1 / float64(p.N())
	p.HiddenLayerOutputsT.Transpose(p.HiddenLayerOutputs)           // h×n            hiddenᵀ
	p.Weights2Update.Dot(p.HiddenLayerOutputsT, p.OutputLayerDelta) // h×n·n×3 = h×3  hiddenᵀ·delta
	p.Weights2Update.Scale(oneOverN, p.Weights2Update)              // h×3            … / N

	// W₁[m][j] is multiplied by x[i][m], as W₂[j][k] is by hidden[i][j]: the same once more.
	//
	//	∂MSE/∂W₁[m][j] = Σᵢ x[i][m]·delta[i][j] / N            with the hidden layer's delta
	//	               = Σᵢ xᵀ[m][i]·delta[i][j] / N
	p.XT.Transpose(p.X)                                // 4×n            xᵀ
	p.Weights1Update.Dot(p.XT, p.HiddenLayerDelta)     // 4×n·n×h = 4×h  xᵀ·delta
	p.Weights1Update.Scale(oneOverN, p.Weights1Update) // 4×h            … / N
}

// Descend moves each weight against its gradient, which Backpropagate left in p: one
// gradient descent step (parts 7 and 13). It panics if p was made for a network of other
// sizes.
func (net *Network) Descend(p *Pass, learningRate float64) {
	p.Weights2Step.Scale(learningRate, p.Weights2Update) // h×3  learning_rate · update
	net.Weights2.Sub(net.Weights2, p.Weights2Step)       // h×3  W₂ − learning_rate · update

	p.Weights1Step.Scale(learningRate, p.Weights1Update) // 4×h  learning_rate · update
	net.Weights1.Sub(net.Weights1, p.Weights1Step)       // 4×h  W₁ − learning_rate · update
}
