package network_test

import (
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"backprop/data/testkit"
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
			p := newPass(b, net, x, y)
			step(net, p) // makes the matrices
			b.ReportAllocs()
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				step(net, p)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(flowers), "ns/flower")
		})
	}
}

// BenchmarkAgainst times the step of BenchmarkStep side by side with the same
// step in NumPy (data/reference.py) and as one fused loop in C
// (testdata/step.c, gcc -O2): in rounds, each of all three, so that whatever
// else the machine does hits them alike. It reports the medians and how they
// compare. It takes its own number of steps, so run it with -benchtime 1x:
//
//	BACKPROP_TEST=all go test -run '^$' -bench Against -benchtime 1x ./network
func BenchmarkAgainst(b *testing.B) {
	gcc, python := testkit.Tool(b, "gcc"), testkit.Python(b)
	c := filepath.Join(b.TempDir(), "step")
	if r := testkit.Run(b, exec.Command(gcc, "-O2", "-o", c, "testdata/step.c", "-lm")); r.Code != 0 {
		b.Fatalf("gcc: got exit code %d and %s", r.Code, r.Err)
	}
	for _, flowers := range []int{3, 130, 100000} {
		b.Run(fmt.Sprintf("flowers=%d", flowers), func(b *testing.B) {
			steps := max(5, 300000/flowers)
			flowersArg, stepsArg := strconv.Itoa(flowers), strconv.Itoa(steps)
			var inGo, inNumPy, inC []float64
			for round := 0; round < 7; round++ {
				goTime, goSum := timeSteps(b, flowers, steps)
				numPyTime, numPySum := timeOther(b, python, "../data/reference.py", "--time", flowersArg, stepsArg)
				cTime, cSum := timeOther(b, c, flowersArg, stepsArg)
				if math.Abs(goSum-numPySum) > 1e-6 || math.Abs(goSum-cSum) > 1e-6 {
					b.Fatalf("sum of the weights: %v in Go, %v in NumPy, %v in C, want the same", goSum, numPySum, cSum)
				}
				inGo, inNumPy, inC = append(inGo, goTime), append(inNumPy, numPyTime), append(inC, cTime)
			}
			b.ReportMetric(0, "ns/op") // a round's time says nothing
			b.ReportMetric(median(inGo), "ns-Go")
			b.ReportMetric(median(inNumPy), "ns-NumPy")
			b.ReportMetric(median(inC), "ns-C")
			b.ReportMetric(median(inNumPy)/median(inGo), "NumPy/Go")
			b.ReportMetric(median(inGo)/median(inC), "Go/C")
		})
	}
}

// timeSteps returns the nanoseconds of one of the steps, and the sum of all
// weights after them.
func timeSteps(b *testing.B, flowers, steps int) (nanoseconds, sum float64) {
	net, x, y := benchmarkFlowers(flowers)
	p := newPass(b, net, x, y)
	for i := 0; i <= steps/10; i++ { // to warm up, as the other two do
		step(net, p)
	}
	begin := time.Now()
	for i := 0; i < steps; i++ {
		step(net, p)
	}
	nanoseconds = float64(time.Since(begin).Nanoseconds()) / float64(steps)
	for _, m := range []matrix.Matrix{net.Weights1, net.Weights2} {
		for _, row := range m {
			for _, w := range row {
				sum += w
			}
		}
	}
	return nanoseconds, sum
}

// timeOther runs a program that prints what timeSteps returns.
func timeOther(b *testing.B, name string, args ...string) (nanoseconds, sum float64) {
	r := testkit.Run(b, exec.Command(name, args...))
	if _, err := fmt.Sscan(r.Out, &nanoseconds, &sum); err != nil || r.Code != 0 {
		b.Fatalf("%s %v: got exit code %d, %v and %s", name, args, r.Code, err, r.Err)
	}
	return nanoseconds, sum
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// BenchmarkTrain times 10,000 epochs of part 14, 130 flowers and 20 to test
// with, against 10,000 bare steps, in turns, so that whatever else the machine
// does hits both alike. The ratio should be well below 2.
func BenchmarkTrain(b *testing.B) {
	const epochs = 10000
	var training, bare time.Duration
	for i := 0; i < b.N; i++ {
		net, train, test := series.make(b)
		other := net.Clone()

		begin := time.Now()
		net.Train(train, test, 0.1, network.Rules{Epochs: epochs}, nil)
		training += time.Since(begin)

		begin = time.Now()
		for range epochs {
			step(other, train)
		}
		bare += time.Since(begin)
		wantSameNetwork(b, other, net)
	}
	b.ReportMetric(0, "ns/op") // which would be that of both
	b.ReportMetric(float64(training.Nanoseconds())/float64(b.N)/epochs, "ns/epoch")
	b.ReportMetric(float64(bare.Nanoseconds())/float64(b.N)/epochs, "ns/step")
	b.ReportMetric(training.Seconds()/bare.Seconds(), "train/bare")
}
