package checker

import (
	"slices"

	"backprop/matrix"
)

// Functions are the exercises' functions, whoever wrote them.
type Functions struct {
	Dot              func(x, y matrix.Matrix) matrix.Matrix
	Transpose        func(x matrix.Matrix) matrix.Matrix
	Sigmoid          func(z float64) float64
	HiddenLayer      func(x, weights1 matrix.Matrix) (hiddenLayerInputs, hiddenLayerOutputs matrix.Matrix)
	OutputLayer      func(hiddenLayerOutputs, weights2 matrix.Matrix) (outputLayerInputs, outputLayerOutputs matrix.Matrix)
	Labels           func(species []int) matrix.Matrix
	MSE              func(outputLayerOutputs, y matrix.Matrix) float64
	OutputLayerError func(outputLayerOutputs, y matrix.Matrix) matrix.Matrix
	OutputLayerDelta func(outputLayerInputs, outputLayerOutputs, outputLayerError matrix.Matrix) matrix.Matrix
	HiddenLayerError func(outputLayerError, outputLayerDelta, weights2 matrix.Matrix) matrix.Matrix
	HiddenLayerDelta func(hiddenLayerInputs, hiddenLayerOutputs, hiddenLayerError matrix.Matrix) matrix.Matrix
	Weights2Update   func(hiddenLayerInputs, hiddenLayerOutputs, y, outputLayerError, outputLayerDelta matrix.Matrix) matrix.Matrix
	Weights1Update   func(x, y, hiddenLayerError, hiddenLayerDelta matrix.Matrix) matrix.Matrix
	Descend          func(weights, update matrix.Matrix, learningRate float64) matrix.Matrix
	Step             func(x, y, weights1, weights2 matrix.Matrix, learningRate float64) (newWeights1, newWeights2 matrix.Matrix)
	Train            func(x, y, weights1, weights2 matrix.Matrix, learningRate float64, epochs int) (newWeights1, newWeights2 matrix.Matrix)
}

// An exercise is one function for the learner to fill in.
type exercise struct {
	name     string
	part     string   // of the series
	equation string   // with shapes for 5 flowers
	results  []string // the series' names of what it returns, or "" for numbers
	call     func(f Functions, g *given) answer
	want     func(g *given) answer
	mistakes func() []mistake
	hints    [3]string // a question, the equation in words, almost the line
}

// exercises are in the order of the file exercises.go.
var exercises = []exercise{
	{
		name: "Dot", part: "4", results: []string{"Dot(x, y)"},
		equation: "c[i][j] = Σₖ x[i][k]·y[k][j]      5×4 · 4×2 = 5×2",
		call:     func(f Functions, g *given) answer { return answer{f.Dot(g.a, g.b)} },
		want:     func(g *given) answer { return answer{dotOf(g.a, g.b)} },
		mistakes: dotMistakes,
		hints: [3]string{
			"Take the number in row 1, column 0 of the result. Which row of x and which column of y does it come from, and how many products are added up for it?",
			"For each row i of x and each column j of y: go along row i of x and down column j of y at the same time, multiply what you meet, and add it all up. The result has the rows of x and the columns of y.",
			"c := matrix.New(x.Rows(), y.Cols()). Then three loops, one inside the other: i over the rows of c, j over its columns, k over the rows of y. Innermost: c[i][j] += x[i][…] * y[…][j].",
		},
	},
	{
		name: "Transpose", part: "11", results: []string{"Transpose(x)"},
		equation: "c[j][i] = x[i][j]      the transpose of 5×4 is 4×5",
		call:     func(f Functions, g *given) answer { return answer{f.Transpose(g.a)} },
		want:     func(g *given) answer { return answer{transposed(g.a)} },
		mistakes: transposeMistakes,
		hints: [3]string{
			"x has 5 rows and 4 columns. How many rows has its transpose? And where does the number in row 0, column 3 go?",
			"Each row of x becomes a column: what was in row i and column j is then in row j and column i.",
			"c := matrix.New(x.Cols(), x.Rows()), two loops over the rows i and columns j of x, and inside: c[…][…] = x[i][j].",
		},
	},
	{
		name: "Sigmoid", part: "2", results: []string{""},
		equation: "σ(z) = 1 / (1 + e⁻ᶻ)",
		call: func(f Functions, g *given) answer {
			out := make([]float64, len(g.z))
			for i, z := range g.z {
				out[i] = f.Sigmoid(z)
			}
			return numbers(out...)
		},
		want:     sigmoidOf(logistic),
		mistakes: sigmoidMistakes,
		hints: [3]string{
			"What should come out for z = 0? For a very large z? For a very negative one? Does your formula do that?",
			"One, divided by (one plus e to the power of minus z). The parentheses matter: the division comes last.",
			"return 1 / (1 + math.Exp(…))",
		},
	},
	{
		name: "HiddenLayer", part: "5", results: []string{"hidden_layer_inputs", "hidden_layer_outputs"},
		equation: "hidden_layer_inputs = x · weights_1      5×4 · 4×2 = 5×2\nhidden_layer_outputs = σ(hidden_layer_inputs)      5×2",
		call: func(f Functions, g *given) answer {
			in, out := f.HiddenLayer(g.x, g.weights1)
			return answer{in, out}
		},
		want:     func(g *given) answer { return answer{g.hiddenLayerInputs, g.hiddenLayerOutputs} },
		mistakes: hiddenLayerMistakes,
		hints: [3]string{
			"A hidden node adds up all four measurements of a flower, each times its weight. Which exercise does that for all flowers and all nodes at once? And what happens to the sum then?",
			"What goes in is the dot product of x and weights_1. What comes out is the sigmoid of each number of that. Keep the first when you compute the second: both are returned.",
			"var in, out matrix.Matrix; in.Dot(…, …); out.Apply(Sigmoid, …); return in, out",
		},
	},
	{
		name: "OutputLayer", part: "5", results: []string{"output_layer_inputs", "output_layer_outputs"},
		equation: "output_layer_inputs = hidden_layer_outputs · weights_2      5×2 · 2×3 = 5×3\noutput_layer_outputs = σ(output_layer_inputs)      5×3",
		call: func(f Functions, g *given) answer {
			in, out := f.OutputLayer(g.hiddenLayerOutputs, g.weights2)
			return answer{in, out}
		},
		want:     func(g *given) answer { return answer{g.outputLayerInputs, g.outputLayerOutputs} },
		mistakes: outputLayerMistakes,
		hints: [3]string{
			"What is to the output layer what x is to the hidden layer?",
			"The dot product of the hidden layer's outputs and weights_2 goes in; the sigmoid of each of its numbers comes out. It is exercise 4 with other matrices.",
			"As in HiddenLayer: in.Dot(hiddenLayerOutputs, …), then out.Apply(…, in); return in, out.",
		},
	},
	{
		name: "Labels", part: "3", results: []string{"y"},
		equation: "y[i][species[i]] = 1, all others 0      5×3",
		call:     func(f Functions, g *given) answer { return answer{f.Labels(g.species)} },
		want:     func(g *given) answer { return answer{g.y} },
		mistakes: labelMistakes,
		hints: [3]string{
			"There are three outputs, one for each species. What should the three say for a versicolor (species 1)?",
			"Begin with zeros, a row for each flower and a column for each of the 3 species. In each row put a single 1, in the column whose number is the flower's species.",
			"y := matrix.New(len(species), 3); for i, s := range species { y[…][…] = 1 }",
		},
	},
	{
		name: "MSE", part: "6", results: []string{""},
		equation: "MSE = Σ (out − y)² / (2·N)      N = 15, the elements of y",
		call:     func(f Functions, g *given) answer { return numbers(f.MSE(g.outputLayerOutputs, g.y)) },
		want:     func(g *given) answer { return numbers(g.mse) },
		mistakes: mseMistakes,
		hints: [3]string{
			"How many differences are there to square and add, for 5 flowers and 3 outputs? And by what is their sum divided?",
			"Go over all rows and columns, square each difference of output and label, add them up. Then divide once, by two times the number of elements of y (rows times columns).",
			"sum += difference * difference in two loops; n := y.Rows() * y.Cols(); return sum / float64(…)",
		},
	},
	{
		name: "OutputLayerError", part: "9", results: []string{"output_layer_error"},
		equation: "output_layer_error = output_layer_outputs − y      5×3",
		call:     func(f Functions, g *given) answer { return answer{f.OutputLayerError(g.outputLayerOutputs, g.y)} },
		want:     func(g *given) answer { return answer{g.outputLayerError} },
		mistakes: errorMistakes,
		hints: [3]string{
			"An output says 0.6 and should say 1. Is its error, in the series, 0.4 or −0.4?",
			"The outputs minus the labels, element by element: negative where an output is too small.",
			"var c matrix.Matrix; c.Sub(…, …); return c",
		},
	},
	{
		name: "OutputLayerDelta", part: "9", results: []string{"output_layer_delta"},
		equation: "output_layer_delta = output_layer_error ∘ slope      5×3\nslope = out ∘ (1 − out)",
		call: func(f Functions, g *given) answer {
			return answer{f.OutputLayerDelta(g.outputLayerInputs, g.outputLayerOutputs, g.outputLayerError)}
		},
		want:     func(g *given) answer { return answer{g.outputLayerDelta} },
		mistakes: outputDeltaMistakes,
		hints: [3]string{
			"The slope of the sigmoid can be computed from what the sigmoid returned. Which of the three matrices is that?",
			"Each error, times its output, times (one minus its output): element by element.",
			"In two loops: out := outputLayerOutputs[i][j]; c[i][j] = outputLayerError[i][j] * out * (…)",
		},
	},
	{
		name: "HiddenLayerError", part: "11", results: []string{"hidden_layer_error"},
		equation: "hidden_layer_error = output_layer_delta · weights_2ᵀ      5×3 · 3×2 = 5×2",
		call: func(f Functions, g *given) answer {
			return answer{f.HiddenLayerError(g.outputLayerError, g.outputLayerDelta, g.weights2)}
		},
		want:     func(g *given) answer { return answer{g.hiddenLayerError} },
		mistakes: hiddenErrorMistakes,
		hints: [3]string{
			"A hidden node feeds three output nodes. What of those three comes back to it, and along which weights? What must be done with the 2×3 weights, so that 5×3 · … gives 5×2?",
			"The dot product of the output layer's delta (not its error) and the transpose of weights_2.",
			"t := Transpose(weights2); var c matrix.Matrix; c.Dot(outputLayerDelta, …); return c",
		},
	},
	{
		name: "HiddenLayerDelta", part: "11", results: []string{"hidden_layer_delta"},
		equation: "hidden_layer_delta = hidden_layer_error ∘ slope      5×2\nslope = out ∘ (1 − out)",
		call: func(f Functions, g *given) answer {
			return answer{f.HiddenLayerDelta(g.hiddenLayerInputs, g.hiddenLayerOutputs, g.hiddenLayerError)}
		},
		want:     func(g *given) answer { return answer{g.hiddenLayerDelta} },
		mistakes: hiddenDeltaMistakes,
		hints: [3]string{
			"Compare this with exercise 9. What is different but the names?",
			"Each error of the hidden layer, times the hidden output, times (one minus the hidden output).",
			"As in OutputLayerDelta: out := hiddenLayerOutputs[i][j]; c[i][j] = hiddenLayerError[i][j] * … * (1 - …)",
		},
	},
	{
		name: "Weights2Update", part: "10", results: []string{"weights_2_update"},
		equation: "weights_2_update = hidden_layer_outputsᵀ · output_layer_delta / N\n                   2×5 · 5×3 = 2×3      N = 15, the elements of y",
		call: func(f Functions, g *given) answer {
			return answer{f.Weights2Update(g.hiddenLayerInputs, g.hiddenLayerOutputs, g.y, g.outputLayerError, g.outputLayerDelta)}
		},
		want:     func(g *given) answer { return answer{g.weights2Update} },
		mistakes: update2Mistakes,
		hints: [3]string{
			"The weight between a hidden node and an output node: what does the flower send along it, and what is the delta at its end? Over what is their product added up?",
			"The transpose of the hidden layer's outputs, dot product with the output layer's delta: that adds up over the flowers. Then every number divided by N, the number of elements of y.",
			"var c matrix.Matrix; c.Dot(Transpose(…), outputLayerDelta); c.Scale(1/float64(…), c); return c",
		},
	},
	{
		name: "Weights1Update", part: "12", results: []string{"weights_1_update"},
		equation: "weights_1_update = xᵀ · hidden_layer_delta / N\n                   4×5 · 5×2 = 4×2      N = 15, the elements of y",
		call: func(f Functions, g *given) answer {
			return answer{f.Weights1Update(g.x, g.y, g.hiddenLayerError, g.hiddenLayerDelta)}
		},
		want:     func(g *given) answer { return answer{g.weights1Update} },
		mistakes: update1Mistakes,
		hints: [3]string{
			"In exercise 12 the hidden outputs met the output delta. What goes along the weights of weights_1, and which delta is at their end? Is N another one now?",
			"The transpose of x, dot product with the hidden layer's delta. Then every number divided by N, still the number of elements of y.",
			"var c matrix.Matrix; c.Dot(Transpose(…), …); c.Scale(1/float64(y.Rows()*y.Cols()), c); return c",
		},
	},
	{
		name: "Descend", part: "7", results: []string{"new_weights_2"},
		equation: "new weights = weights − learning_rate · update      2×3",
		call: func(f Functions, g *given) answer {
			return answer{f.Descend(g.weights2, g.weights2Update, g.learningRate)}
		},
		want:     func(g *given) answer { return answer{g.newWeights2} },
		mistakes: descendMistakes,
		hints: [3]string{
			"The update says in which direction the MSE goes up. Which way do we want to go, and how far?",
			"From each weight subtract the learning rate times its update.",
			"var c matrix.Matrix; c.Scale(learningRate, …); c.Sub(…, c); return c",
		},
	},
	{
		name: "Step", part: "13", results: []string{"new_weights_1", "new_weights_2"},
		equation: "forward, errors and deltas from back to front, both updates,\nand only then both new weights      4×2 and 2×3",
		call: func(f Functions, g *given) answer {
			w1, w2 := f.Step(g.x, g.y, g.weights1, g.weights2, g.learningRate)
			return answer{w1, w2}
		},
		want:     func(g *given) answer { return answer{g.newWeights1, g.newWeights2} },
		mistakes: stepMistakes,
		hints: [3]string{
			"Which of your functions can be called at once, with what Step is given? Which can be called next, with what the first returned? Write them down in that order.",
			"HiddenLayer, OutputLayer; OutputLayerError, OutputLayerDelta; HiddenLayerError, HiddenLayerDelta; Weights2Update, Weights1Update; and at the very end Descend, twice.",
			"hiddenIn, hiddenOut := HiddenLayer(x, weights1), and so on, each with the results of those before it; last return Descend(weights1, update1, learningRate), Descend(weights2, …, …)",
		},
	},
	{
		name: "Train", part: "14", results: []string{"new_weights_1", "new_weights_2"},
		equation: "epochs times: weights_1, weights_2 = Step(x, y, weights_1, weights_2)",
		call: func(f Functions, g *given) answer {
			w1, w2 := f.Train(g.x, g.y, g.weights1, g.weights2, g.learningRate, g.epochs)
			return answer{w1, w2}
		},
		want:     func(g *given) answer { return answer{g.trainedWeights1, g.trainedWeights2} },
		mistakes: trainMistakes,
		hints: [3]string{
			"With which weights should the second step begin?",
			"In a loop that runs epochs times, call Step, and let both weights be what it returned.",
			"for epoch := 0; epoch < epochs; epoch++ { weights1, weights2 = Step(…) }, and then return both.",
		},
	},
}

// number returns the number of an exercise, from 1, or 0 if there is none of that
// name.
func number(name string) int {
	return 1 + slices.IndexFunc(exercises, func(e exercise) bool { return e.name == name })
}

func sigmoidOf(f func(z float64) float64) func(g *given) answer {
	return func(g *given) answer {
		out := make([]float64, len(g.z))
		for i, z := range g.z {
			out[i] = f(z)
		}
		return numbers(out...)
	}
}
