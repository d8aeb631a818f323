package checker

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// given is what an exercise gets: every matrix of one gradient descent step,
// computed by package network, so that one bug does not carry over into the next
// exercise. The names are the series'.
type given struct {
	about string // whose numbers these are, for a message
	flags string // with which the commands step and explain show the same, or ""

	x, y, weights1, weights2              matrix.Matrix
	hiddenLayerInputs, hiddenLayerOutputs matrix.Matrix
	outputLayerInputs, outputLayerOutputs matrix.Matrix
	outputLayerError, outputLayerDelta    matrix.Matrix
	hiddenLayerError, hiddenLayerDelta    matrix.Matrix
	weights2Update, weights1Update        matrix.Matrix
	newWeights2, newWeights1              matrix.Matrix
	trainedWeights2, trainedWeights1      matrix.Matrix // after epochs steps

	a, b         matrix.Matrix // for Dot and Transpose, which call them x and y
	species      []int
	z            []float64 // for Sigmoid
	learningRate float64
	epochs       int
	mse          float64
}

// inputs are the matrices that a function may be given, with the names by which
// its parameters are known.
func (g *given) inputs() []named {
	return []named{
		{"x", &g.a}, {"y", &g.b},
		{"x", &g.x}, {"y", &g.y}, {"weights1", &g.weights1}, {"weights2", &g.weights2},
		{"hiddenLayerInputs", &g.hiddenLayerInputs}, {"hiddenLayerOutputs", &g.hiddenLayerOutputs},
		{"outputLayerInputs", &g.outputLayerInputs}, {"outputLayerOutputs", &g.outputLayerOutputs},
		{"outputLayerError", &g.outputLayerError}, {"outputLayerDelta", &g.outputLayerDelta},
		{"hiddenLayerError", &g.hiddenLayerError}, {"hiddenLayerDelta", &g.hiddenLayerDelta},
		{"update", &g.weights2Update}, {"update", &g.weights1Update},
	}
}

type named struct {
	name string
	m    *matrix.Matrix
}

// clone returns g with copies of what a function may be given.
func (g *given) clone() *given {
	c := *g
	for _, in := range c.inputs() {
		*in.m = in.m.Clone()
	}
	c.species = slices.Clone(g.species)
	return &c
}

// five is what every exercise is checked with: 5 flowers, 4 measurements, 2
// hidden nodes and 3 species are all different, so a transpose that was forgotten
// cannot pass by accident. (Learning rate and epochs are odd ones, so that other
// wrong factors and counts do not meet them by accident.)
func five(flowers iris.Flowers) *given {
	return fromFlowers(flowers, "5 flowers", []int{1, 51, 101, 52, 149}, 2, 10, 0.13, 7)
}

// seven has other sizes, another learning rate and another number of epochs, and no
// virginica, for what was written into the code as a number.
func seven(flowers iris.Flowers) *given {
	about := "7 flowers, 5 hidden nodes, learning rate 1.5 and 6 epochs"
	g := fromFlowers(flowers, about, []int{0, 99, 75, 51, 3, 60, 98}, 5, 2024, 1.5, 6)
	g.a, g.b = g.hiddenLayerOutputs.Clone(), g.weights2.Clone() // x always has 4 columns
	return g
}

func fromFlowers(flowers iris.Flowers, about string, rows []int, hidden int, seed uint32, learningRate float64, epochs int) *given {
	picked, err := flowers.Pick(rows...)
	if err != nil {
		panic(fmt.Sprintf("workshop: %v", err)) // the built-in flowers have these rows
	}
	g := newGiven(picked.Features(), picked.Labels(), network.New(4, hidden, 3, numpy.NewRandom(seed)), learningRate, epochs)
	for _, f := range picked {
		g.species = append(g.species, int(f.Species))
	}
	texts := make([]string, len(rows))
	for i, row := range rows {
		texts[i] = strconv.Itoa(row)
	}
	g.about = about
	g.flags = "-flowers " + strings.Join(texts, ",")
	return g
}

// cube has 3 of everything, so that no shape gives anything away. It is for
// mistakes that do not fit together on other shapes, such as an element-wise
// product where a dot product belongs: with it they can be computed, and so
// named. No matrix of it is its own transpose.
func cube() *given {
	r := numpy.NewRandom(13)
	g := newGiven(r.NormalMatrix(1, 3, 3), matrix.Matrix{{0, 1, 0}, {0, 0, 1}, {1, 0, 0}}, network.New(3, 3, 3, r), 0.1, 10)
	g.about = "3 flowers"
	g.species = []int{1, 2, 0}
	return g
}

func newGiven(x, y matrix.Matrix, net *network.Network, learningRate float64, epochs int) *given {
	p, err := net.NewPass(x, y)
	if err != nil {
		panic(fmt.Sprintf("workshop: %v", err))
	}
	before, trained := net.Clone(), net.Clone()
	net.Feedforward(p)
	net.Backpropagate(p)
	g := &given{
		x: x, y: y, weights1: before.Weights1, weights2: before.Weights2,
		hiddenLayerInputs: p.HiddenLayerInputs, hiddenLayerOutputs: p.HiddenLayerOutputs,
		outputLayerInputs: p.OutputLayerInputs, outputLayerOutputs: p.OutputLayerOutputs,
		outputLayerError: p.OutputLayerError, outputLayerDelta: p.OutputLayerDelta,
		hiddenLayerError: p.HiddenLayerError, hiddenLayerDelta: p.HiddenLayerDelta,
		weights2Update: p.Weights2Update, weights1Update: p.Weights1Update,
		z:            []float64{-2, -0.5, 0, 1, 3},
		learningRate: learningRate, epochs: epochs,
		mse: p.MSE(),
	}
	net.Descend(p, learningRate)
	g.newWeights1, g.newWeights2 = net.Weights1, net.Weights2
	again, _ := trained.NewPass(x, y) // the shapes fit: they just did
	for epoch := 0; epoch < epochs; epoch++ {
		trained.Feedforward(again)
		trained.Backpropagate(again)
		trained.Descend(again, learningRate)
	}
	g.trainedWeights1, g.trainedWeights2 = trained.Weights1, trained.Weights2
	g.a, g.b = x.Clone(), g.weights1.Clone()
	return g
}
