package network_test

// Worked examples that others have published, digit for digit. Both sources
// use the cost E = ½Σ(out − target)², without this project's 1/N. So MSE = E/N,
// and their learning rate η is η·N here.

import (
	"math"
	"testing"

	"backprop/matrix"
	"backprop/network"
)

// Udacity's deep learning course has this exercise for its students: a 3-2-1
// network without biases and a learning rate of 0.5, of which they print the
// changes of the weights.
func TestUdacity(t *testing.T) {
	net := &network.Network{
		Weights1: matrix.Matrix{{0.5, -0.6}, {0.1, -0.2}, {0.1, 0.7}},
		Weights2: matrix.Matrix{{0.1}, {-0.3}},
	}
	p := newPass(t, net, matrix.Matrix{{0.5, 0.1, -0.2}}, matrix.Matrix{{0.6}})
	net.Feedforward(p)
	net.Backpropagate(p)
	const learningRate = 0.5 * 1 // N = 1
	net.Descend(p, learningRate)

	// They add their change; here the step is subtracted.
	change1, change2 := matrix.New(3, 2), matrix.New(2, 1)
	change1.Scale(-1, p.Weights1Step)
	change2.Scale(-1, p.Weights2Step)
	wantClose(t, "ΔW₂", change2, matrix.Matrix{{0.00804047}, {0.00555918}}, 0.5e-8)
	wantClose(t, "ΔW₁", change1, matrix.Matrix{
		{1.77005547e-4, -5.11178506e-4},
		{3.54011093e-5, -1.02235701e-4},
		{-7.08022187e-5, 2.04471402e-4},
	}, 0.5e-12)
}

// mazur returns the network of Matt Mazur's "A Step by Step Backpropagation
// Example" (2015). It is a 2-2-2 network with biases, which this project's
// networks do not have. But a bias is only a weight on an input that is always
// 1, so a 3-3-2 network can stand in:
//
//   - the third input is the constant 1, whose weights are the hidden biases;
//   - the third hidden node gets 37 times that 1, and σ(37) is 1 to the last
//     digit, so its weights are the output biases. Its slope 1·(1 − 1) is 0,
//     so the 37 never moves.
func mazur() *network.Network {
	return &network.Network{
		Weights1: matrix.Matrix{
			{0.15, 0.25, 0},  // w1 w3
			{0.20, 0.30, 0},  // w2 w4
			{0.35, 0.35, 37}, // b1 b1
		},
		Weights2: matrix.Matrix{
			{0.40, 0.50}, // w5 w7
			{0.45, 0.55}, // w6 w8
			{0.60, 0.60}, // b2 b2
		},
	}
}

const mazurRate = 0.5 * 2 // his η is 0.5, and N = 2

func mazurPass(t *testing.T, net *network.Network) *network.Pass {
	return newPass(t, net, matrix.Matrix{{0.05, 0.10, 1}}, matrix.Matrix{{0.01, 0.99}})
}

// mazurError returns his E for net, with the biases put back to where they
// were, since he leaves them alone.
func mazurError(t *testing.T, net *network.Network) float64 {
	net = net.Clone()
	copy(net.Weights1[2], mazur().Weights1[2])
	copy(net.Weights2[2], mazur().Weights2[2])
	p := mazurPass(t, net)
	net.Feedforward(p)
	return p.MSE() * float64(p.N())
}

func TestMazur(t *testing.T) {
	net := mazur()
	if got := mazurError(t, net); math.Abs(got-0.298371109) > 0.5e-9 {
		t.Errorf("E before: got %.9f, want 0.298371109", got)
	}
	p := mazurPass(t, net)
	net.Feedforward(p)
	wantClose(t, "outputs", p.OutputLayerOutputs, matrix.Matrix{{0.75136507, 0.772928465}}, 0.5e-8)
	net.Backpropagate(p)
	net.Descend(p, mazurRate)

	wantClose(t, "w1 to w4", net.Weights1[:2], matrix.Matrix{
		{0.149780716, 0.24975114, 0},
		{0.19956143, 0.29950229, 0},
	}, 0.5e-8)
	wantClose(t, "w5 to w8", net.Weights2[:2], matrix.Matrix{
		{0.35891648, 0.511301270},
		{0.408666186, 0.561370121},
	}, 0.5e-8)
	if got := net.Weights1[2][2]; got != 37 {
		t.Errorf("weight of the constant hidden node: got %v, want 37", got)
	}
	if got := mazurError(t, net); math.Abs(got-0.291027773694) > 0.5e-12 {
		t.Errorf("E after: got %.12f, want 0.291027773694", got)
	}
}

// The error that Mazur gives for after his step, 0.291027924, is not the one
// that his own equations lead to. It is what comes out if the hidden error is
// computed with weights_2 *after* their update: the classic slip in writing
// backpropagation. Here it is made on purpose.
func TestMazurSlip(t *testing.T) {
	net := mazur()
	p := mazurPass(t, net)
	net.Feedforward(p)
	net.Backpropagate(p)
	stepped := net.Clone()
	stepped.Descend(p, mazurRate)

	net.Weights2 = stepped.Weights2 // the slip: weights_2 move first,
	net.Backpropagate(p)            // and only then the hidden error goes through them
	right := net.Clone()
	right.Descend(p, mazurRate)
	net.Weights1 = right.Weights1

	if got := mazurError(t, net); math.Abs(got-0.291027924) > 0.5e-9 {
		t.Errorf("E after: got %.9f, want 0.291027924", got)
	}
}
