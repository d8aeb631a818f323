package network

import (
	"math"

	"backprop/matrix"
)

// A Gradient is the derivative of the MSE with respect to one weight, in two
// ways: by Backpropagate, and by moving the weight and looking at the MSE.
type Gradient struct {
	Weights        string // weights_1 or weights_2
	Row, Col       int
	Numeric        float64 // measured: how much the MSE changes when the weight does
	Backpropagated float64 // what Backpropagate says
}

// RelativeError returns how far the two are apart, as a share of the larger:
// 0 if they are equal, 1 if one of them is 0, 2 if only their signs differ, and
// +Inf if one is no number.
func (g Gradient) RelativeError() float64 {
	larger := max(math.Abs(g.Numeric), math.Abs(g.Backpropagated))
	switch {
	case larger == 0:
		return 0
	case math.IsNaN(larger):
		return math.Inf(1)
	}
	return math.Abs(g.Numeric-g.Backpropagated) / larger
}

// CheckGradients measures every derivative that Backpropagate computes for p.
// It moves one weight w up and down by h, and the MSE follows:
//
//	∂MSE/∂w ≈ (MSE(w + h) − MSE(w − h)) / 2h                          [central difference]
//
// That is off by c·h², since the MSE is no straight line. With 2h for h it is
// off by 4c·h², so from both together the h² part cancels:
//
//	∂MSE/∂w ≈ (8·(MSE(w + h) − MSE(w − h)) − (MSE(w + 2h) − MSE(w − 2h))) / 12h
//
// What is left is off by about h⁴, and by about 10⁻¹⁷/h because the MSE is
// rounded, so h = 0.001 is a good choice: smaller is not better. The weights
// come back as they were.
func (n *Network) CheckGradients(p *Pass, h float64) []Gradient {
	n.Feedforward(p)
	n.Backpropagate(p)
	list := n.measure(p, h, "weights_1", n.Weights1, p.Weights1Update)
	list = append(list, n.measure(p, h, "weights_2", n.Weights2, p.Weights2Update)...)
	n.Feedforward(p) // p as it was
	return list
}

// measure returns the gradients of one weight matrix.
func (n *Network) measure(p *Pass, h float64, name string, weights, update matrix.Matrix) (list []Gradient) {
	for i := range weights {
		for j, w := range weights[i] {
			mse := func(move float64) float64 {
				weights[i][j] = w + move
				n.Feedforward(p)
				return p.MSE()
			}
			near, far := mse(h)-mse(-h), mse(2*h)-mse(-2*h)
			weights[i][j] = w
			list = append(list, Gradient{name, i, j, (8*near - far) / (12 * h), update[i][j]})
		}
	}
	return list
}
