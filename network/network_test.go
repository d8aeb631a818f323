package network_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// newPass returns a pass of net or ends the test.
func newPass(t testing.TB, net *network.Network, x, y matrix.Matrix) *network.Pass {
	t.Helper()
	p, err := net.NewPass(x, y)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// wantClose ends the test unless each element of got is within tolerance of
// want.
func wantClose(t testing.TB, name string, got, want matrix.Matrix, tolerance float64) {
	t.Helper()
	if got.Rows() != want.Rows() || got.Cols() != want.Cols() {
		t.Fatalf("%s: got %v, want %v", name, got, want)
	}
	for i := range want {
		for j := range want[i] {
			if !(math.Abs(got[i][j]-want[i][j]) <= tolerance) {
				t.Errorf("%s[%d][%d]: got %.12g, want %.12g", name, i, j, got[i][j], want[i][j])
			}
		}
	}
}

// panicText returns what f panics with, or "" if it does not.
func panicText(f func()) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprint(p)
		}
	}()
	f()
	return ""
}

// Every matrix of some steps, as NumPy has them (data/reference.py).
func TestStepsAgainstNumPy(t *testing.T) {
	flowers := readIris(t)
	for _, pass := range testkit.Reference(t).Passes {
		request, answer := pass.Request, pass.Answer
		t.Run(fmt.Sprintf("%+v", request), func(t *testing.T) {
			picked, err := flowers.Pick(request.Flowers...)
			if err != nil {
				t.Fatal(err)
			}
			net := network.New(4, request.Hidden, 3, numpy.NewRandom(request.Seed))
			p := newPass(t, net, picked.Features(), picked.Labels())
			var before *network.Network
			for range request.Steps {
				before = net.Clone()
				net.Feedforward(p)
				net.Backpropagate(p)
				net.Descend(p, request.Rate)
			}
			const tolerance = 1e-12
			if got := float64(p.N()); got != answer.N {
				t.Errorf("N: got %v, want %v", got, answer.N)
			}
			wantClose(t, "MSE before", matrix.Matrix{{p.MSE()}}, matrix.Matrix{{answer.MSEBefore}}, tolerance)
			wantClose(t, "weights_1", before.Weights1, answer.Matrices["weights_1"], tolerance)
			wantClose(t, "weights_2", before.Weights2, answer.Matrices["weights_2"], tolerance)
			wantClose(t, "new_weights_1", net.Weights1, answer.Matrices["new_weights_1"], tolerance)
			wantClose(t, "new_weights_2", net.Weights2, answer.Matrices["new_weights_2"], tolerance)
			for name, m := range map[string]matrix.Matrix{
				"x":                      p.X,
				"y":                      p.Y,
				"hidden_layer_inputs":    p.HiddenLayerInputs,
				"hidden_layer_outputs":   p.HiddenLayerOutputs,
				"output_layer_inputs":    p.OutputLayerInputs,
				"output_layer_outputs":   p.OutputLayerOutputs,
				"output_layer_error":     p.OutputLayerError,
				"output_layer_slope":     p.OutputLayerSlope,
				"output_layer_delta":     p.OutputLayerDelta,
				"weights_2.T":            p.Weights2T,
				"hidden_layer_error":     p.HiddenLayerError,
				"hidden_layer_slope":     p.HiddenLayerSlope,
				"hidden_layer_delta":     p.HiddenLayerDelta,
				"hidden_layer_outputs.T": p.HiddenLayerOutputsT,
				"weights_2_update":       p.Weights2Update,
				"x.T":                    p.XT,
				"weights_1_update":       p.Weights1Update,
			} {
				wantClose(t, name, m, answer.Matrices[name], tolerance)
			}
			net.Feedforward(p)
			wantClose(t, "MSE after", matrix.Matrix{{p.MSE()}}, matrix.Matrix{{answer.MSEAfter}}, tolerance)
		})
	}
}

// The four equations at the top of the package comment, in plain loops.
func TestFourEquations(t *testing.T) {
	for _, test := range []struct {
		name                       string
		n, inputs, hidden, outputs int
	}{
		{"part 13", 3, 4, 2, 3},
		{"one of each", 1, 1, 1, 1},
		{"one flower", 1, 4, 2, 3},
		{"all sizes different", 7, 4, 5, 2},
		{"one hidden node", 5, 2, 1, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := numpy.NewRandom(5)
			net := network.New(test.inputs, test.hidden, test.outputs, r)
			x, y := r.NormalMatrix(2, test.n, test.inputs), r.NormalMatrix(1, test.n, test.outputs)
			p := newPass(t, net, x, y)
			net.Feedforward(p)
			net.Backpropagate(p)

			w1, w2 := net.Weights1, net.Weights2
			sigmoid := func(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
			hidden, out := matrix.New(test.n, test.hidden), matrix.New(test.n, test.outputs)
			deltaHidden, deltaOutput := matrix.New(test.n, test.hidden), matrix.New(test.n, test.outputs)
			for i := range test.n {
				for j := range test.hidden {
					z := 0.0
					for m := range test.inputs {
						z += x[i][m] * w1[m][j]
					}
					hidden[i][j] = sigmoid(z)
				}
				for k := range test.outputs {
					z := 0.0
					for j := range test.hidden {
						z += hidden[i][j] * w2[j][k]
					}
					out[i][k] = sigmoid(z)
					deltaOutput[i][k] = (out[i][k] - y[i][k]) * out[i][k] * (1 - out[i][k])
				}
				for j := range test.hidden {
					for k := range test.outputs {
						deltaHidden[i][j] += deltaOutput[i][k] * w2[j][k]
					}
					deltaHidden[i][j] *= hidden[i][j] * (1 - hidden[i][j])
				}
			}
			N := float64(test.n * test.outputs)
			gradient1, gradient2 := matrix.New(test.inputs, test.hidden), matrix.New(test.hidden, test.outputs)
			for i := range test.n {
				for j := range test.hidden {
					for m := range test.inputs {
						gradient1[m][j] += x[i][m] * deltaHidden[i][j] / N
					}
					for k := range test.outputs {
						gradient2[j][k] += hidden[i][j] * deltaOutput[i][k] / N
					}
				}
			}

			const rounding = 1e-14
			wantClose(t, "hidden", p.HiddenLayerOutputs, hidden, rounding)
			wantClose(t, "out", p.OutputLayerOutputs, out, rounding)
			wantClose(t, "δ_output", p.OutputLayerDelta, deltaOutput, rounding)
			wantClose(t, "δ_hidden", p.HiddenLayerDelta, deltaHidden, rounding)
			wantClose(t, "∂MSE/∂W₂", p.Weights2Update, gradient2, rounding)
			wantClose(t, "∂MSE/∂W₁", p.Weights1Update, gradient1, rounding)
		})
	}
}

// One input, one hidden node, one output: every equation by hand.
func TestOneWeightEach(t *testing.T) {
	net := &network.Network{Weights1: matrix.Matrix{{2}}, Weights2: matrix.Matrix{{-3}}}
	p := newPass(t, net, matrix.Matrix{{0.5}}, matrix.Matrix{{1}})
	net.Feedforward(p)
	net.Backpropagate(p)
	net.Descend(p, 10)

	h := 1 / (1 + math.Exp(-2*0.5))
	out := 1 / (1 + math.Exp(3*h))
	outDelta := (out - 1) * out * (1 - out)
	hDelta := outDelta * -3 * h * (1 - h)
	wantClose(t, "MSE", matrix.Matrix{{p.MSE()}}, matrix.Matrix{{(out - 1) * (out - 1) / 2}}, 1e-15)
	wantClose(t, "weights_2", net.Weights2, matrix.Matrix{{-3 - 10*h*outDelta}}, 1e-14)
	wantClose(t, "weights_1", net.Weights1, matrix.Matrix{{2 - 10*0.5*hDelta}}, 1e-14)
}

func TestBackpropagateKeepsWeightsAndData(t *testing.T) {
	net, x, y := part13()
	_, wantX, wantY := part13()
	want := net.Clone()
	p := newPass(t, net, x, y)
	net.Feedforward(p)
	net.Backpropagate(p)
	wantClose(t, "weights_1", net.Weights1, want.Weights1, 0)
	wantClose(t, "weights_2", net.Weights2, want.Weights2, 0)
	net.Descend(p, 0.1)
	wantClose(t, "x", p.X, wantX, 0)
	wantClose(t, "y", p.Y, wantY, 0)
	if got := net.Weights1[0][0]; got == want.Weights1[0][0] {
		t.Errorf("weights_1[0][0]: got %v after Descend, want another than before it", got)
	}
}

// The hidden error goes through the weights from before the update.
func TestWeights2TIsFromBeforeTheUpdate(t *testing.T) {
	net, x, y := part13()
	before := net.Clone()
	p := newPass(t, net, x, y)
	net.Feedforward(p)
	net.Backpropagate(p)
	net.Descend(p, 0.1)
	var want matrix.Matrix
	want.Transpose(before.Weights2)
	wantClose(t, "weights_2.T", p.Weights2T, want, 0)
}

// All is computed before anything moves, so it does not matter which half of Descend comes
// first.
func TestDescendInEitherOrder(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	net.Feedforward(p)
	net.Backpropagate(p)
	half1 := func(net *network.Network, learningRate float64) {
		var change matrix.Matrix
		change.Scale(learningRate, p.Weights1Update)
		net.Weights1.Sub(net.Weights1, change)
	}
	half2 := func(net *network.Network, learningRate float64) {
		var change matrix.Matrix
		change.Scale(learningRate, p.Weights2Update)
		net.Weights2.Sub(net.Weights2, change)
	}
	for _, learningRate := range []float64{0.1, 10, 0, -0.3} {
		got, oneFirst, twoFirst := net.Clone(), net.Clone(), net.Clone()
		half1(oneFirst, learningRate)
		half2(oneFirst, learningRate)
		half2(twoFirst, learningRate)
		half1(twoFirst, learningRate)
		got.Descend(p, learningRate)
		wantSameNetwork(t, got, oneFirst)
		wantSameNetwork(t, got, twoFirst)
	}
}

// A pass of another network, or an equation whose operand was never computed, is a panic
// with both shapes. The weights stay as they are.
func TestMisfits(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	step(net, p)
	fresh := newPass(t, net, x, y)
	hidden5 := network.New(4, 5, 3, numpy.NewRandom(10))
	inputs5 := network.New(5, 2, 3, numpy.NewRandom(10))
	for _, test := range []struct {
		name string
		net  *network.Network
		f    func(net *network.Network)
		want []string // one of them: two halves of a step may come in either order
	}{
		{"Feedforward, other inputs", inputs5, func(net *network.Network) { net.Feedforward(p) },
			[]string{"matrix: Dot: (3×4)·(5×2): inner sizes 4 and 5 differ"}},
		{"Feedforward, other hidden nodes", hidden5, func(net *network.Network) { net.Feedforward(p) },
			[]string{"matrix: Dot: the result is (3×5), the receiver is (3×2)"}},
		{"Backpropagate, other hidden nodes", hidden5, func(net *network.Network) { net.Backpropagate(p) },
			[]string{"matrix: Transpose: the result is (3×5), the receiver is (3×2)"}},
		{"Descend, other hidden nodes", hidden5, func(net *network.Network) { net.Descend(p, 0.1) },
			[]string{
				"matrix: Sub: the operands are (4×5) and (4×2): shapes differ",
				"matrix: Sub: the operands are (5×3) and (2×3): shapes differ",
			}},
		{"Backpropagate before Feedforward", net, func(net *network.Network) { net.Backpropagate(fresh) },
			[]string{
				"matrix: Sub: the operands are (0×0) and (3×3): shapes differ",
				"matrix: Apply: the result is (0×0), the receiver is (0×0)",
			}},
		{"Descend before Backpropagate", net, func(net *network.Network) { net.Descend(fresh, 0.1) },
			[]string{"matrix: Scale: the result is (0×0), the receiver is (0×0)"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := test.net.Clone()
			if got := panicText(func() { test.f(test.net) }); !slices.Contains(test.want, got) {
				t.Errorf("got panic %q, want one of %q", got, test.want)
			}
			wantSameNetwork(t, test.net, before)
		})
	}
}

func TestClone(t *testing.T) {
	net, _, _ := part13()
	want, _, _ := part13()
	clone := net.Clone()
	wantSameNetwork(t, clone, net)
	for _, m := range []matrix.Matrix{clone.Weights1, clone.Weights2} {
		m.Scale(2, m)
	}
	wantSameNetwork(t, net, want)
}

func TestNewDrawsRowByRow(t *testing.T) {
	net := network.New(2, 3, 1, numpy.NewRandom(7))
	r := numpy.NewRandom(7)
	for _, m := range []matrix.Matrix{net.Weights1, net.Weights2} {
		for i := range m {
			for j := range m[i] {
				if got, want := m[i][j], 0.5*r.Normal(); got != want {
					t.Errorf("[%d][%d]: got %v, want %v", i, j, got, want)
				}
			}
		}
	}
}

func TestNewPanics(t *testing.T) {
	for _, sizes := range [][3]int{{0, 2, 3}, {4, 0, 3}, {4, 2, 0}, {4, -1, 3}} {
		t.Run(fmt.Sprint(sizes), func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("got no panic")
				}
			}()
			network.New(sizes[0], sizes[1], sizes[2], numpy.NewRandom(1))
		})
	}
}
