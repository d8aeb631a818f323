package network_test

import (
	"fmt"
	"math"
	"testing"

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
	if &p.X[0][0] != &x[0][0] || &p.Y[0][0] != &y[0][0] {
		t.Error("the pass has copies of x and y, want themselves")
	}
	wantClose(t, "x", p.X, wantX, 0)
	wantClose(t, "y", p.Y, wantY, 0)
	if got := net.Weights1[0][0]; got == want.Weights1[0][0] {
		t.Errorf("weights_1[0][0]: got %v after Descend, want another than before it", got)
	}
}

// Descend must use W₂ of before the update for the hidden error, whichever
// matrix it updates first: all is computed before anything moves.
func TestWeights2TIsOfBeforeTheUpdate(t *testing.T) {
	net, x, y := part13()
	before := net.Clone()
	p := newPass(t, net, x, y)
	net.Feedforward(p)
	net.Backpropagate(p)
	net.Descend(p, 0.1)
	want := matrix.New(3, 2)
	want.Transpose(before.Weights2)
	wantClose(t, "weights_2.T", p.Weights2T, want, 0)
}

func TestNothingIsAllocated(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	for _, test := range []struct {
		name string
		f    func()
	}{
		{"Feedforward", func() { net.Feedforward(p) }},
		{"Backpropagate", func() { net.Backpropagate(p) }},
		{"Descend", func() { net.Descend(p, 0.1) }},
		{"MSE", func() { p.MSE() }},
		{"Accuracy", func() { p.Accuracy() }},
	} {
		if got := testing.AllocsPerRun(100, test.f); got != 0 {
			t.Errorf("%s: got %v allocations, want 0", test.name, got)
		}
	}
}

func TestNewPassErrors(t *testing.T) {
	four, three := matrix.New(4, 2), matrix.New(2, 3)
	x, y := matrix.New(5, 4), matrix.New(5, 3)
	nan := matrix.New(5, 4)
	nan[3][1] = math.NaN()
	for _, test := range []struct {
		name   string
		w1, w2 matrix.Matrix
		x, y   matrix.Matrix
		want   string
	}{
		{"no weights", nil, three, x, y, "network: weights_1: matrix is empty (0×0), expected at least 1×1"},
		{"infinite weight", four, matrix.Matrix{{1, 2, 3}, {4, 5, math.Inf(1)}}, x, y, "network: weights_2: row 1, column 2 is +Inf, expected a finite number"},
		{"no flowers", four, three, matrix.Matrix{}, y, "network: x: matrix is empty (0×0), expected at least 1×1"},
		{"NaN", four, three, nan, y, "network: x: row 3, column 1 is NaN, expected a finite number"},
		{"ragged labels", four, three, x, matrix.Matrix{{1, 0, 0}, {0, 1}}, "network: y: row 1 has length 2, expected 3 as in row 0"},
		{"layers", four, matrix.New(3, 3), x, y, "network: weights_2 is 3×3, expected 2×3"},
		{"inputs", four, three, matrix.New(5, 3), y, "network: x is 5×3, expected 5×4"},
		{"outputs", four, three, x, matrix.New(5, 4), "network: y is 5×4, expected 5×3"},
		{"flowers", four, three, x, matrix.New(4, 3), "network: y is 4×3, expected 5×3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			net := &network.Network{Weights1: test.w1, Weights2: test.w2}
			p, err := net.NewPass(test.x, test.y)
			if p != nil || err == nil || err.Error() != test.want {
				t.Errorf("got %v, %v, want nil, %s", p, err, test.want)
			}
		})
	}
}

func TestPassOfAnotherNetworkPanics(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	other := network.New(4, 5, 3, numpy.NewRandom(10))
	for _, test := range []struct {
		name string
		f    func()
		want string
	}{
		{"Feedforward", func() { other.Feedforward(p) }, "matrix: Dot: (3×4)·(4×5) is (3×5), the receiver is (3×2)"},
		{"Backpropagate", func() { other.Backpropagate(p) }, "matrix: Transpose: (5×3)ᵀ is (3×5), the receiver is (3×2)"},
		{"Descend", func() { other.Descend(p, 0.1) }, "matrix: Sub: the receiver (5×3) and the operand (2×3): shapes differ"},
	} {
		t.Run(test.name, func(t *testing.T) {
			defer func() {
				if got := recover(); got != test.want {
					t.Errorf("got panic %v, want %s", got, test.want)
				}
			}()
			test.f()
		})
	}
}

func TestAccuracy(t *testing.T) {
	for _, test := range []struct {
		name       string
		outputs, y matrix.Matrix
		want       float64
	}{
		{"all right", matrix.Matrix{{.1, .9}, {.6, .5}}, matrix.Matrix{{0, 1}, {1, 0}}, 1},
		{"all wrong", matrix.Matrix{{.1, .9}, {.6, .5}}, matrix.Matrix{{1, 0}, {0, 1}}, 0},
		{"one of three", matrix.Matrix{{.1, .9}, {.6, .5}, {.6, .5}}, matrix.Matrix{{0, 1}, {0, 1}, {0, 1}}, 1. / 3},
		{"of equals the first", matrix.Matrix{{.5, .5}, {.5, .5}}, matrix.Matrix{{1, 0}, {1, 0}}, 1},
		{"the last column", matrix.Matrix{{.1, .2, .3}}, matrix.Matrix{{0, 0, 1}}, 1},
	} {
		p := &network.Pass{OutputLayerOutputs: test.outputs, Y: test.y}
		if got := p.Accuracy(); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestMSE(t *testing.T) {
	p := &network.Pass{
		OutputLayerOutputs: matrix.Matrix{{0.5, 0.25}, {1, 0}, {0, 0.5}},
		Y:                  matrix.Matrix{{1, 0}, {1, 0}, {1, 0}},
	}
	// squares: 1/4 + 1/16 + 0 + 0 + 1 + 1/4 = 25/16, over 2N = 12
	if got, want := p.MSE(), 25.0/16/12; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := p.N(), 6; got != want {
		t.Errorf("N: got %v, want %v", got, want)
	}
}

func TestSigmoid(t *testing.T) {
	for _, test := range []struct{ z, want float64 }{
		{0, 0.5}, {math.Inf(1), 1}, {math.Inf(-1), 0}, {1000, 1}, {-1000, 0}, {37, 1},
		{1, 0.7310585786300049}, {-1, 0.2689414213699951}, // tables of the logistic function
		{math.Log(3), 0.75}, {-math.Log(4), 0.2},
	} {
		if got := network.Sigmoid(test.z); math.Abs(got-test.want) > 2e-16 {
			t.Errorf("Sigmoid(%v): got %v, want %v", test.z, got, test.want)
		}
	}
	// Far out, where only the last digits' places differ from 0. The values are
	// Python's: 1 / (1 + (-Decimal(z)).exp()) with 40 digits.
	for _, test := range []struct{ z, want float64 }{
		{-1, 0.2689414213699951207488407581781637},
		{-20, 2.061153618190203581430862129474592e-9},
		{-37, 8.533047625744065066149031990776923e-17},
		{-100, 3.720075976020835962959695803863118e-44},
		{-500, 7.124576406741285531549157377122755e-218},
		{-700, 9.859676543759770856705372947849465e-305},
		{0.001, 0.50024999997916666874999978918652},
		{3.25, 0.96267311265587053980222863396180},
		{20, 0.9999999979388463818097964185691378},
	} {
		got := network.Sigmoid(test.z)
		lastPlace := math.Nextafter(test.want, math.Inf(1)) - test.want
		if math.Abs(got-test.want) > 2*lastPlace {
			t.Errorf("Sigmoid(%v): got %v, want %v", test.z, got, test.want)
		}
	}
	if got := network.Sigmoid(math.NaN()); !math.IsNaN(got) {
		t.Errorf("Sigmoid(NaN): got %v, want NaN", got)
	}
	for z := -5.0; z <= 5; z += 0.25 {
		const h = 1e-5
		numeric := (network.Sigmoid(z+h) - network.Sigmoid(z-h)) / (2 * h)
		if got := network.SigmoidSlope(network.Sigmoid(z)); math.Abs(got-numeric) > 1e-10 {
			t.Errorf("slope at %v: got %v, want %v", z, got, numeric)
		}
		if sum := network.Sigmoid(z) + network.Sigmoid(-z); math.Abs(sum-1) > 1e-15 {
			t.Errorf("σ(%v) + σ(−%v): got %v, want 1", z, z, sum)
		}
	}
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
