package exercise

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

// Inputs are what the exercises' functions are given: every matrix of one gradient
// descent step, computed by package network, so that one bug does not carry over into
// the next exercise. The names are the series'.
type Inputs struct {
	About string // whose numbers these are, for a message
	Flags string // with which the commands step and explain show the same, or ""

	A, B                                  matrix.Matrix // for Dot and Transpose, which call them x and y
	Species                               []int
	Z                                     []float64 // for Sigmoid
	X, Y, Weights1, Weights2              matrix.Matrix
	HiddenLayerInputs, HiddenLayerOutputs matrix.Matrix
	OutputLayerInputs, OutputLayerOutputs matrix.Matrix
	OutputLayerError, OutputLayerDelta    matrix.Matrix
	HiddenLayerError, HiddenLayerDelta    matrix.Matrix
	Weights2Update, Weights1Update        matrix.Matrix
	LearningRate                          float64
	Epochs                                int

	// No function is given these.
	newWeights2, newWeights1         matrix.Matrix
	trainedWeights2, trainedWeights1 matrix.Matrix // after so many epochs
	mse                              float64
}

// OfTrials returns what the functions are given in the trials of a Report, in their
// order.
func OfTrials(flowers iris.Flowers) []*Inputs {
	five := Five(flowers)
	return []*Inputs{five, five, Seven(flowers), Cube()}
}

// Five is what every exercise is checked with: 5 flowers, 4 measurements, 2 hidden nodes
// and 3 species are all different, so a transpose that was forgotten cannot pass by
// accident. (Learning rate and epochs are odd ones, so that other wrong factors and
// counts do not meet them by accident.)
func Five(flowers iris.Flowers) *Inputs {
	return fromFlowers(flowers, "5 flowers", []int{1, 51, 101, 52, 149}, 2, 10, 0.13, 7)
}

// Seven has other sizes, another learning rate and another number of epochs, and no
// virginica, for what was written into the code as a number.
func Seven(flowers iris.Flowers) *Inputs {
	about := "7 flowers, 5 hidden nodes, learning rate 1.5 and 9 epochs"
	in := fromFlowers(flowers, about, []int{99, 0, 75, 51, 3, 60, 98}, 5, 2024, 1.5, 9)
	in.A, in.B = in.HiddenLayerInputs.Clone(), in.Weights2.Clone() // x always has 4 columns, and nothing below 0
	return in
}

// Cube has 3 of everything, so that no shape gives anything away. It is for mistakes that
// do not fit together on other shapes, such as an element-wise product where a dot
// product belongs: with it they can be computed, and so named. No matrix of it is its own
// transpose.
func Cube() *Inputs {
	r := numpy.NewRandom(13)
	in := ofStep(r.NormalMatrix(1, 3, 3), matrix.Matrix{{0, 1, 0}, {0, 0, 1}, {1, 0, 0}}, network.New(3, 3, 3, r), 0.1, 12)
	in.About = "3 flowers with 3 measurements, 3 hidden nodes and 12 epochs"
	in.Species = []int{1, 2, 0}
	return in
}

func fromFlowers(flowers iris.Flowers, about string, rows []int, hidden int, seed uint32, learningRate float64, epochs int) *Inputs {
	picked, err := flowers.Pick(rows...)
	if err != nil {
		panic(fmt.Sprintf("workshop: %v", err)) // the built-in flowers have these rows
	}
	in := ofStep(picked.Features(), picked.Labels(), network.New(4, hidden, 3, numpy.NewRandom(seed)), learningRate, epochs)
	for _, f := range picked {
		in.Species = append(in.Species, int(f.Species))
	}
	texts := make([]string, len(rows))
	for i, row := range rows {
		texts[i] = strconv.Itoa(row)
	}
	in.About = about
	in.Flags = "-flowers " + strings.Join(texts, ",")
	return in
}

func ofStep(x, y matrix.Matrix, net *network.Network, learningRate float64, epochs int) *Inputs {
	p, err := net.NewPass(x, y)
	if err != nil {
		panic(fmt.Sprintf("workshop: %v", err))
	}
	before, trained := net.Clone(), net.Clone()
	net.Feedforward(p)
	net.Backpropagate(p)
	in := &Inputs{
		A: x.Clone(), B: before.Weights1.Clone(),
		Z: []float64{-2, -0.5, 0, 1, 3, -6, 10, 800, -800},
		X: x, Y: y, Weights1: before.Weights1, Weights2: before.Weights2,
		HiddenLayerInputs: p.HiddenLayerInputs, HiddenLayerOutputs: p.HiddenLayerOutputs,
		OutputLayerInputs: p.OutputLayerInputs, OutputLayerOutputs: p.OutputLayerOutputs,
		OutputLayerError: p.OutputLayerError, OutputLayerDelta: p.OutputLayerDelta,
		HiddenLayerError: p.HiddenLayerError, HiddenLayerDelta: p.HiddenLayerDelta,
		Weights2Update: p.Weights2Update, Weights1Update: p.Weights1Update,
		LearningRate: learningRate, Epochs: epochs,
		mse: p.MSE(),
	}
	net.Descend(p, learningRate)
	in.newWeights1, in.newWeights2 = net.Weights1, net.Weights2
	again, _ := trained.NewPass(x, y) // the shapes fit: they just did
	for range epochs {
		trained.Feedforward(again)
		trained.Backpropagate(again)
		trained.Descend(again, learningRate)
	}
	in.trainedWeights1, in.trainedWeights2 = trained.Weights1, trained.Weights2
	return in
}

// Clone returns in with copies of what a function may be given.
func (in *Inputs) Clone() *Inputs {
	c := *in
	for _, input := range c.matrices() {
		*input.matrix = input.matrix.Clone()
	}
	c.Species = slices.Clone(in.Species)
	return &c
}

// changed returns the name of the first input that is no longer as it was, or "".
func (in *Inputs) changed(untouched *Inputs) string {
	before := untouched.matrices()
	for i, input := range in.matrices() {
		if !Same(*input.matrix, *before[i].matrix) {
			return input.name
		}
	}
	if !slices.Equal(in.Species, untouched.Species) {
		return "species"
	}
	return ""
}

// An input is a matrix that a function may be given.
type input struct {
	name   string // of the parameter
	series string // its name in the series, "" for what Dot and Transpose get
	matrix *matrix.Matrix
}

func (in *Inputs) matrices() []input {
	return []input{
		{"x", "", &in.A},
		{"y", "", &in.B},
		{"x", "x", &in.X},
		{"y", "y", &in.Y},
		{"weights1", "weights_1", &in.Weights1},
		{"weights2", "weights_2", &in.Weights2},
		{"hiddenLayerInputs", "hidden_layer_inputs", &in.HiddenLayerInputs},
		{"hiddenLayerOutputs", "hidden_layer_outputs", &in.HiddenLayerOutputs},
		{"outputLayerInputs", "output_layer_inputs", &in.OutputLayerInputs},
		{"outputLayerOutputs", "output_layer_outputs", &in.OutputLayerOutputs},
		{"outputLayerError", "output_layer_error", &in.OutputLayerError},
		{"outputLayerDelta", "output_layer_delta", &in.OutputLayerDelta},
		{"hiddenLayerError", "hidden_layer_error", &in.HiddenLayerError},
		{"hiddenLayerDelta", "hidden_layer_delta", &in.HiddenLayerDelta},
		{"update", "weights_2_update", &in.Weights2Update},
		{"update", "weights_1_update", &in.Weights1Update},
	}
}

func (in *Inputs) sigmoids(sigmoid func(z float64) float64) Answer {
	out := make([]float64, len(in.Z))
	for i, z := range in.Z {
		out[i] = sigmoid(z)
	}
	return numbers(out...)
}

// A Named matrix is one of a gradient descent step, with the series' name.
type Named struct {
	Name   string
	Matrix matrix.Matrix
}

// Named returns the matrices of the step that the functions are given.
func (in *Inputs) Named() (list []Named) {
	for _, m := range in.matrices() {
		if m.series != "" {
			list = append(list, Named{m.series, *m.matrix})
		}
	}
	return list
}
