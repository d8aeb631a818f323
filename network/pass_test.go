package network_test

import (
	"math"
	"reflect"
	"testing"

	"backprop/matrix"
	"backprop/network"
)

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

// matrices returns every matrix of p by its name.
func matrices(p *network.Pass) map[string]matrix.Matrix {
	all := map[string]matrix.Matrix{}
	v := reflect.ValueOf(*p)
	for i := range v.NumField() {
		all[v.Type().Field(i).Name] = v.Field(i).Interface().(matrix.Matrix)
	}
	return all
}

// A pass begins as x and y. Its first step makes all other matrices, and the second step
// computes the same ones again.
func TestPassFillsUp(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	for name, m := range matrices(p) {
		switch {
		case name == "X" && &m[0][0] == &x[0][0], name == "Y" && &m[0][0] == &y[0][0]:
		case name == "X" || name == "Y":
			t.Errorf("%s: got a copy, want the matrix itself", name)
		case m != nil:
			t.Errorf("%s of a new pass: got %v, want none", name, m)
		}
	}
	step(net, p)
	first := matrices(p)
	for name, m := range first {
		if m == nil {
			t.Errorf("%s after a step: got none", name)
		}
	}
	step(net, p)
	for name, m := range matrices(p) {
		if &m[0][0] != &first[name][0][0] {
			t.Errorf("%s: got another matrix in the second step, want the first one again", name)
		}
	}
}

// step does one gradient descent step of part 13.
func step(net *network.Network, p *network.Pass) {
	net.Feedforward(p)
	net.Backpropagate(p)
	net.Descend(p, 0.1)
}

// From its second step on, a pass allocates nothing.
func TestAllocations(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	step(net, p)
	for _, test := range []struct {
		name string
		f    func()
	}{
		{"a step", func() { step(net, p) }},
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

func TestMSEBeforeFeedforwardPanics(t *testing.T) {
	net, x, y := part13()
	p := newPass(t, net, x, y)
	if got := panicText(func() { p.MSE() }); got == "" {
		t.Error("got no panic")
	}
	net.Feedforward(p)
	if got := panicText(func() { p.MSE() }); got != "" {
		t.Errorf("after Feedforward: got panic %q, want none", got)
	}
}
