package network_test

import (
	"fmt"
	"testing"

	"backprop/matrix"
	"backprop/network"
)

// benchmarkFlowers returns a 4-2-3 network and n made-up flowers, the same as
// in testdata/step.c.
func benchmarkFlowers(n int) (net *network.Network, x, y matrix.Matrix) {
	literal := network.Network{
		Weights1: matrix.Matrix{{0.1, -0.2}, {0.3, 0.4}, {-0.5, 0.6}, {0.7, -0.8}},
		Weights2: matrix.Matrix{{0.1, 0.2, -0.3}, {0.4, -0.5, 0.6}},
	}
	net = literal.Clone() // weights laid out as New lays them
	x, y = matrix.New(n, 4), matrix.New(n, 3)
	for f := range x {
		for i := range x[f] {
			x[f][i] = 0.1 * float64(1+(7*f+3*i)%70)
		}
		y[f][f%3] = 1
	}
	return net, x, y
}

// BenchmarkStep times one whole gradient descent step: forward, backward,
// descent.
func BenchmarkStep(b *testing.B) {
	for _, flowers := range []int{3, 130, 100000} {
		b.Run(fmt.Sprintf("flowers=%d", flowers), func(b *testing.B) {
			net, x, y := benchmarkFlowers(flowers)
			p, err := net.NewPass(x, y)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				net.Feedforward(p)
				net.Backpropagate(p)
				net.Descend(p, 0.1)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(flowers), "ns/flower")
		})
	}
}
