// Package exercise has what is right in the workshop: the exercises, what their functions
// are given, the correct results, and a record of what a learner's function did. It
// knows nothing of mistakes, of terminals, or of how a program is built and run.
package exercise

import (
	"math"

	"backprop/matrix"
)

// An Exercise is one function for the learner to fill in.
type Exercise struct {
	Number   int // from 1
	Name     string
	Part     string    // of the series
	Equation string    // with shapes for 5 flowers
	Results  []string  // the series' names of what it returns, or "" for numbers
	Hints    [3]string // a question, the equation in words, almost the line

	call func(f *Functions, in *Inputs) Answer
	want func(in *Inputs) Answer
}

// All returns the exercises in the order of the file exercises.go.
func All() []*Exercise { return table }

// ByName returns the exercise of that name, or nil if there is none.
func ByName(name string) *Exercise {
	for _, e := range table {
		if e.Name == name {
			return e
		}
	}
	return nil
}

// Number returns the number of an exercise, from 1, or 0 if there is none of that
// name.
func Number(name string) int {
	if e := ByName(name); e != nil {
		return e.Number
	}
	return 0
}

// Call calls the exercise's function of f and returns what it returned. The function
// may change what it was given, and it may panic.
func (e *Exercise) Call(f *Functions, in *Inputs) Answer { return e.call(f, in) }

// Want returns the correct results.
func (e *Exercise) Want(in *Inputs) Answer { return e.want(in) }

func numbered(list []*Exercise) []*Exercise {
	for i, e := range list {
		e.Number = i + 1
	}
	return list
}

// table has the exercises in the order of the file exercises.go.
var table = numbered([]*Exercise{
	{
		Name: "Dot", Part: "4", Results: []string{"Dot(x, y)"},
		Equation: "c[i][j] = Σₖ x[i][k]·y[k][j]      5×4 · 4×2 = 5×2",
		call:     func(f *Functions, in *Inputs) Answer { return Answer{f.Dot(in.A, in.B)} },
		want: func(in *Inputs) Answer {
			var c matrix.Matrix
			c.Dot(in.A, in.B)
			return Answer{c}
		},
		Hints: [3]string{
			"Take the number in row 1, column 0 of the result. Which row of x and which column of y does it come from, and how many products are added up for it?",
			"For each row i of x and each column j of y: go along row i of x and down column j of y at the same time, multiply what you meet, and add it all up. The result has the rows of x and the columns of y.",
			"c := matrix.New(x.Rows(), y.Cols()). Then three loops, one inside the other: i over the rows of c, j over its columns, k over the rows of y. Innermost: c[i][j] += x[i][…] * y[…][j].",
		},
	},
	{
		Name: "Transpose", Part: "11", Results: []string{"Transpose(x)"},
		Equation: "c[j][i] = x[i][j]      the transpose of 5×4 is 4×5",
		call:     func(f *Functions, in *Inputs) Answer { return Answer{f.Transpose(in.A)} },
		want: func(in *Inputs) Answer {
			var c matrix.Matrix
			c.Transpose(in.A)
			return Answer{c}
		},
		Hints: [3]string{
			"x has 5 rows and 4 columns. How many rows has its transpose? And where does the number in row 0, column 3 go?",
			"Each row of x becomes a column: what was in row i and column j is then in row j and column i.",
			"c := matrix.New(x.Cols(), x.Rows()), two loops over the rows i and columns j of x, and inside: c[…][…] = x[i][j].",
		},
	},
	{
		Name: "Sigmoid", Part: "2", Results: []string{""},
		Equation: "σ(z) = 1 / (1 + e⁻ᶻ)",
		call:     func(f *Functions, in *Inputs) Answer { return in.sigmoids(f.Sigmoid) },
		want:     func(in *Inputs) Answer { return in.sigmoids(func(z float64) float64 { return 1 / (1 + math.Exp(-z)) }) },
		Hints: [3]string{
			"What should come out for z = 0? For a very large z? For a very negative one? Does your formula do that?",
			"One, divided by (one plus e to the power of minus z). The parentheses matter: the division comes last.",
			"return 1 / (1 + math.Exp(…))",
		},
	},
	{
		Name: "HiddenLayer", Part: "5", Results: []string{"hidden_layer_inputs", "hidden_layer_outputs"},
		Equation: "hidden_layer_inputs = x · weights_1      5×4 · 4×2 = 5×2\nhidden_layer_outputs = σ(hidden_layer_inputs)      5×2",
		call: func(f *Functions, in *Inputs) Answer {
			inputs, outputs := f.HiddenLayer(in.X, in.Weights1)
			return Answer{inputs, outputs}
		},
		want: func(in *Inputs) Answer { return Answer{in.HiddenLayerInputs, in.HiddenLayerOutputs} },
		Hints: [3]string{
			"A hidden node adds up all four measurements of a flower, each times its weight. Which exercise does that for all flowers and all nodes at once? And what happens to the sum then?",
			"What goes in is the dot product of x and weights_1. What comes out is the sigmoid of each number of that. Keep the first when you compute the second: both are returned.",
			"var in, out matrix.Matrix; in.Dot(…, …); out.Apply(Sigmoid, …); return in, out",
		},
	},
	{
		Name: "OutputLayer", Part: "5", Results: []string{"output_layer_inputs", "output_layer_outputs"},
		Equation: "output_layer_inputs = hidden_layer_outputs · weights_2      5×2 · 2×3 = 5×3\noutput_layer_outputs = σ(output_layer_inputs)      5×3",
		call: func(f *Functions, in *Inputs) Answer {
			inputs, outputs := f.OutputLayer(in.HiddenLayerOutputs, in.Weights2)
			return Answer{inputs, outputs}
		},
		want: func(in *Inputs) Answer { return Answer{in.OutputLayerInputs, in.OutputLayerOutputs} },
		Hints: [3]string{
			"What is to the output layer what x is to the hidden layer?",
			"The dot product of the hidden layer's outputs and weights_2 goes in; the sigmoid of each of its numbers comes out. It is exercise 4 with other matrices.",
			"As in HiddenLayer: in.Dot(hiddenLayerOutputs, …), then out.Apply(…, in); return in, out.",
		},
	},
	{
		Name: "Labels", Part: "3", Results: []string{"y"},
		Equation: "y[i][species[i]] = 1, all others 0      5×3",
		call:     func(f *Functions, in *Inputs) Answer { return Answer{f.Labels(in.Species)} },
		want:     func(in *Inputs) Answer { return Answer{in.Y} },
		Hints: [3]string{
			"There are three outputs, one for each species. What should the three say for a versicolor (species 1)?",
			"Begin with zeros, a row for each flower and a column for each of the 3 species. In each row put a single 1, in the column whose number is the flower's species.",
			"y := matrix.New(len(species), 3); for i, s := range species { y[…][…] = 1 }",
		},
	},
	{
		Name: "MSE", Part: "6", Results: []string{""},
		Equation: "MSE = Σ (out − y)² / (2·N)      N = 15, the elements of y",
		call:     func(f *Functions, in *Inputs) Answer { return numbers(f.MSE(in.OutputLayerOutputs, in.Y)) },
		want:     func(in *Inputs) Answer { return numbers(in.mse) },
		Hints: [3]string{
			"How many differences are there to square and add, for 5 flowers and 3 outputs? And by what is their sum divided?",
			"Go over all rows and columns, square each difference of output and label, add them up. Then divide once, by two times the number of elements of y (rows times columns).",
			"sum += difference * difference in two loops; n := y.Rows() * y.Cols(); return sum / float64(…)",
		},
	},
	{
		Name: "OutputLayerError", Part: "9", Results: []string{"output_layer_error"},
		Equation: "output_layer_error = output_layer_outputs − y      5×3",
		call:     func(f *Functions, in *Inputs) Answer { return Answer{f.OutputLayerError(in.OutputLayerOutputs, in.Y)} },
		want:     func(in *Inputs) Answer { return Answer{in.OutputLayerError} },
		Hints: [3]string{
			"An output says 0.6 and should say 1. Is its error, in the series, 0.4 or −0.4?",
			"The outputs minus the labels, element by element: negative where an output is too small.",
			"var c matrix.Matrix; c.Sub(…, …); return c",
		},
	},
	{
		Name: "OutputLayerDelta", Part: "9", Results: []string{"output_layer_delta"},
		Equation: "output_layer_delta = output_layer_error ∘ slope      5×3\nslope = out ∘ (1 − out)",
		call: func(f *Functions, in *Inputs) Answer {
			return Answer{f.OutputLayerDelta(in.OutputLayerInputs, in.OutputLayerOutputs, in.OutputLayerError)}
		},
		want: func(in *Inputs) Answer { return Answer{in.OutputLayerDelta} },
		Hints: [3]string{
			"The slope of the sigmoid can be computed from what the sigmoid returned. Which of the three matrices is that?",
			"Each error, times its output, times (one minus its output): element by element.",
			"In two loops: out := outputLayerOutputs[i][j]; c[i][j] = outputLayerError[i][j] * out * (…)",
		},
	},
	{
		Name: "HiddenLayerError", Part: "11", Results: []string{"hidden_layer_error"},
		Equation: "hidden_layer_error = output_layer_delta · weights_2ᵀ      5×3 · 3×2 = 5×2",
		call: func(f *Functions, in *Inputs) Answer {
			return Answer{f.HiddenLayerError(in.OutputLayerError, in.OutputLayerDelta, in.Weights2)}
		},
		want: func(in *Inputs) Answer { return Answer{in.HiddenLayerError} },
		Hints: [3]string{
			"A hidden node feeds three output nodes. What of those three comes back to it, and along which weights? What must be done with the 2×3 weights, so that 5×3 · … gives 5×2?",
			"The dot product of the output layer's delta (not its error) and the transpose of weights_2.",
			"t := Transpose(weights2); var c matrix.Matrix; c.Dot(outputLayerDelta, …); return c",
		},
	},
	{
		Name: "HiddenLayerDelta", Part: "11", Results: []string{"hidden_layer_delta"},
		Equation: "hidden_layer_delta = hidden_layer_error ∘ slope      5×2\nslope = out ∘ (1 − out)",
		call: func(f *Functions, in *Inputs) Answer {
			return Answer{f.HiddenLayerDelta(in.HiddenLayerInputs, in.HiddenLayerOutputs, in.HiddenLayerError)}
		},
		want: func(in *Inputs) Answer { return Answer{in.HiddenLayerDelta} },
		Hints: [3]string{
			"Compare this with exercise 9. What is different but the names?",
			"Each error of the hidden layer, times the hidden output, times (one minus the hidden output).",
			"As in OutputLayerDelta: out := hiddenLayerOutputs[i][j]; c[i][j] = hiddenLayerError[i][j] * … * (1 - …)",
		},
	},
	{
		Name: "Weights2Update", Part: "10", Results: []string{"weights_2_update"},
		Equation: "weights_2_update = hidden_layer_outputsᵀ · output_layer_delta / N\n                   2×5 · 5×3 = 2×3      N = 15, the elements of y",
		call: func(f *Functions, in *Inputs) Answer {
			return Answer{f.Weights2Update(in.HiddenLayerInputs, in.HiddenLayerOutputs, in.Y, in.OutputLayerError, in.OutputLayerDelta)}
		},
		want: func(in *Inputs) Answer { return Answer{in.Weights2Update} },
		Hints: [3]string{
			"The weight between a hidden node and an output node: what does the flower send along it, and what is the delta at its end? Over what is their product added up?",
			"The transpose of the hidden layer's outputs, dot product with the output layer's delta: that adds up over the flowers. Then every number divided by N, the number of elements of y.",
			"var c matrix.Matrix; c.Dot(Transpose(…), outputLayerDelta); c.Scale(1/float64(…), c); return c",
		},
	},
	{
		Name: "Weights1Update", Part: "12", Results: []string{"weights_1_update"},
		Equation: "weights_1_update = xᵀ · hidden_layer_delta / N\n                   4×5 · 5×2 = 4×2      N = 15, the elements of y",
		call: func(f *Functions, in *Inputs) Answer {
			return Answer{f.Weights1Update(in.X, in.Y, in.HiddenLayerError, in.HiddenLayerDelta)}
		},
		want: func(in *Inputs) Answer { return Answer{in.Weights1Update} },
		Hints: [3]string{
			"In exercise 12 the hidden outputs met the output delta. What goes along the weights of weights_1, and which delta is at their end? Is N another one now?",
			"The transpose of x, dot product with the hidden layer's delta. Then every number divided by N, still the number of elements of y.",
			"var c matrix.Matrix; c.Dot(Transpose(…), …); c.Scale(1/float64(y.Rows()*y.Cols()), c); return c",
		},
	},
	{
		Name: "Descend", Part: "7", Results: []string{"new_weights_2"},
		Equation: "new weights = weights − learning_rate · update      2×3",
		call: func(f *Functions, in *Inputs) Answer {
			return Answer{f.Descend(in.Weights2, in.Weights2Update, in.LearningRate)}
		},
		want: func(in *Inputs) Answer { return Answer{in.newWeights2} },
		Hints: [3]string{
			"The update says in which direction the MSE goes up. Which way do we want to go, and how far?",
			"From each weight subtract the learning rate times its update.",
			"var c matrix.Matrix; c.Scale(learningRate, …); c.Sub(…, c); return c",
		},
	},
	{
		Name: "Step", Part: "13", Results: []string{"new_weights_1", "new_weights_2"},
		Equation: "forward, errors and deltas from back to front, both updates,\nand only then both new weights      4×2 and 2×3",
		call: func(f *Functions, in *Inputs) Answer {
			w1, w2 := f.Step(in.X, in.Y, in.Weights1, in.Weights2, in.LearningRate)
			return Answer{w1, w2}
		},
		want: func(in *Inputs) Answer { return Answer{in.newWeights1, in.newWeights2} },
		Hints: [3]string{
			"Which of your functions can be called at once, with what Step is given? Which can be called next, with what the first returned? Write them down in that order.",
			"HiddenLayer, OutputLayer; OutputLayerError, OutputLayerDelta; HiddenLayerError, HiddenLayerDelta; Weights2Update, Weights1Update; and at the very end Descend, twice.",
			"hiddenIn, hiddenOut := HiddenLayer(x, weights1), and so on, each with the results of those before it; last return Descend(weights1, update1, learningRate), Descend(weights2, …, …)",
		},
	},
	{
		Name: "Train", Part: "14", Results: []string{"new_weights_1", "new_weights_2"},
		Equation: "epochs times: weights_1, weights_2 = Step(x, y, weights_1, weights_2)",
		call: func(f *Functions, in *Inputs) Answer {
			w1, w2 := f.Train(in.X, in.Y, in.Weights1, in.Weights2, in.LearningRate, in.Epochs)
			return Answer{w1, w2}
		},
		want: func(in *Inputs) Answer { return Answer{in.trainedWeights1, in.trainedWeights2} },
		Hints: [3]string{
			"With which weights should the second step begin?",
			"In a loop that runs epochs times, call Step, and let both weights be what it returned.",
			"for epoch := 0; epoch < epochs; epoch++ { weights1, weights2 = Step(…) }, and then return both.",
		},
	},
})
