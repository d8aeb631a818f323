package network_test

import (
	"backprop/data"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
	"math"
	"strings"
	"testing"
)

// The mean of the batches' gradients is the gradient of all flowers, if the batches are
// equally large.
func TestBatchGradients(t *testing.T) {
	x, y := part14(t)
	net := network.New(4, 2, 3, numpy.NewRandom(10))
	whole := &network.Pass{X: x, Y: y}
	net.Feedforward(whole)
	net.Backpropagate(whole)
	for _, test := range []struct {
		size  int // flowers a batch, of 130
		equal bool
	}{
		{1, true}, {10, true}, {13, true}, {65, true}, {130, true}, {40, false}, {129, false},
	} {
		mean1, mean2 := matrix.New(4, 2), matrix.New(2, 3)
		batches := (130 + test.size - 1) / test.size
		for from := 0; from < 130; from += test.size {
			to := min(from+test.size, 130)
			batch := &network.Pass{X: x[from:to], Y: y[from:to]}
			net.Feedforward(batch)
			net.Backpropagate(batch)
			addShare(mean1, batch.Weights1Update, batches)
			addShare(mean2, batch.Weights2Update, batches)
		}
		apart := max(farthest(mean1, whole.Weights1Update), farthest(mean2, whole.Weights2Update))
		if test.equal && !(apart <= 1e-15) {
			t.Errorf("batches of %d: the mean gradient is %.2g away from that of all flowers, want at most 1e-15", test.size, apart)
		}
		if !test.equal && !(apart > 1e-6) {
			t.Errorf("batches of %d: the mean gradient is %.2g away from that of all flowers, want more: the last batch is smaller", test.size, apart)
		}
	}
}

// addShare adds m / n to sum.
func addShare(sum, m matrix.Matrix, n int) {
	for i := range sum {
		for j := range sum[i] {
			sum[i][j] += m[i][j] / float64(n)
		}
	}
}

// farthest returns the largest difference of two elements in the same place.
func farthest(a, b matrix.Matrix) float64 {
	far := 0.0
	for i := range a {
		for j := range a[i] {
			far = max(far, math.Abs(a[i][j]-b[i][j]))
		}
	}
	return far
}

// A training with a step after every 10 flowers is ahead of one with a step after all 130.
func TestBatchTraining(t *testing.T) {
	x, y := part14(t)
	mse := func(size, epochs int) float64 {
		net := network.New(4, 2, 3, numpy.NewRandom(10))
		for range epochs {
			for from := 0; from < 130; from += size {
				batch := &network.Pass{X: x[from : from+size], Y: y[from : from+size]}
				net.Feedforward(batch)
				net.Backpropagate(batch)
				net.Descend(batch, 0.1)
			}
		}
		all := &network.Pass{X: x, Y: y}
		net.Feedforward(all)
		return all.MSE()
	}
	start, batches, whole := mse(10, 0), mse(10, 20), mse(130, 20)
	if !(batches < whole && whole < start) {
		t.Errorf("MSE: got %.6f after 20 epochs with batches of 10 and %.6f without batches, want the first to be smaller and both below %.6f", batches, whole, start)
	}
}

// part14 returns the 130 flowers that part 14 trains with.
func part14(t *testing.T) (x, y matrix.Matrix) {
	t.Helper()
	all, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		t.Fatal(err)
	}
	train, _, err := all.Split(20, numpy.NewRandom(4))
	if err != nil {
		t.Fatal(err)
	}
	return train.Features(), train.Labels()
}
