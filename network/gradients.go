package network

import (
	"math"

	"backprop/matrix"
)

// A Derivative is how fast the MSE changes with one weight, found in two ways: by
// Backpropagate, and by moving the weight and looking at the MSE.
type Derivative struct {
	Weights        string // weights_1 or weights_2
	Row, Col       int    // of the weight, from 0
	Measured       float64
	Backpropagated float64
}

// RelativeError returns how far the two are apart, as a share of the larger: 0 if they are
// equal, 1 if one of them is 0, 2 if only their signs differ, and +Inf if one is not a number.
func (d Derivative) RelativeError() float64 {
	larger := max(math.Abs(d.Measured), math.Abs(d.Backpropagated))
	switch {
	case larger == 0:
		return 0
	case math.IsNaN(larger):
		return math.Inf(1)
	}
	return math.Abs(d.Measured-d.Backpropagated) / larger
}

// CheckGradients measures every derivative that Backpropagate computes for p. It moves one
// weight w up and down by move, and looks at the MSE:
//
//	∂MSE/∂w ≈ (MSE(w + move) − MSE(w − move)) / (2·move)      [central difference]
//
// This is exact where the MSE is a parabola of w, and else off by about c·move² for some c.
// With twice the move it is off by 4·c·move². So four times the first less the second is
// three times the derivative, without this part:
//
//	near = MSE(w + move) − MSE(w − move)
//	far = MSE(w + 2·move) − MSE(w − 2·move)
//	∂MSE/∂w ≈ (4·near/(2·move) − far/(4·move)) / 3 = (8·near − far) / (12·move)
//
// A smaller move is not always better, since the MSE is rounded to about 16 digits, and the
// difference of two nearly equal ones keeps few of them. The largest relative errors for the
// notebook's three flowers, by the move:
//
//	                               0.01     0.001    0.0001   0.00001
//	2 hidden nodes, near alone     2.8e-4   2.8e-6   2.8e-8   1.0e-8
//	2 hidden nodes, near and far   2.4e-7   1.5e-10  5.4e-10  1.3e-8
//	16 hidden nodes, near alone    2.0e-2   2.0e-4   2.0e-6   8.1e-7
//	16 hidden nodes, near and far  3.0e-5   4.5e-8   8.6e-8   1.3e-6
//
// So move = 0.001 is a good choice. The weights come back as they were.
func (net *Network) CheckGradients(p *Pass, move float64) []Derivative {
	net.Feedforward(p)
	net.Backpropagate(p)
	list := net.measure(p, move, "weights_1", net.Weights1, p.Weights1Update)
	list = append(list, net.measure(p, move, "weights_2", net.Weights2, p.Weights2Update)...)
	net.Feedforward(p) // p as it was
	return list
}

// measure returns the derivatives for one weight matrix.
func (net *Network) measure(
	p *Pass, move float64, name string, weights, update matrix.Matrix,
) (list []Derivative) {
	for i := range weights {
		for j, w := range weights[i] {
			mse := func(v float64) float64 {
				weights[i][j] = v
				net.Feedforward(p)
				return p.MSE()
			}
			near := mse(w+move) - mse(w-move)
			far := mse(w+2*move) - mse(w-2*move)
			weights[i][j] = w
			measured := (8*near - far) / (12 * move)
			list = append(list, Derivative{name, i, j, measured, update[i][j]})
		}
	}
	return list
}
