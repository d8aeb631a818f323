package diagnosis

import (
	"math"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// dots changes exercise 1.
func dots(functions ...func(x, y matrix.Matrix) matrix.Matrix) []change {
	return changes(func(f *exercise.Functions, function func(x, y matrix.Matrix) matrix.Matrix) { f.Dot = function }, functions...)
}

func dotMistakes() []mistake {
	return append([]mistake{
		{"element-wise product instead of the dot product", "4",
			"You multiplied each number of x with the number of y in the same place. In the dot product, a whole row of x meets a whole column of y, and the products are added up.",
			dots(hadamard)},
		{"columns of y not used: y is taken by its rows", "4",
			"The index that runs in the sum is the first one of y: it goes down a column. (With the equation's letters: y[k][j].)",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[i][k] * y[j][k] }))},
		{"rows of x not used: x is taken by its columns", "4",
			"The index that runs in the sum is the second one of x: it goes along a row. (With the equation's letters: x[i][k].)",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[k][i] * y[k][j] }))},
		{"x and y exchanged", "4",
			"You computed y · x. The order of a dot product matters.",
			dots(func(x, y matrix.Matrix) matrix.Matrix { return dot(y, x) })},
		{"result transposed", "4", whyTransposed,
			dots(func(x, y matrix.Matrix) matrix.Matrix { return transpose(dot(x, y)) })},
		{"subtracted instead of added up", "4", whySign,
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] -= x[i][k] * y[k][j] }))},
		{"x[i][j] instead of x[i][k]", "4",
			"The number of x stays the same while k runs. The factors are x[i][k] and y[k][j].",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[i][j] * y[k][j] }))},
		{"y[i][j] instead of y[k][j]", "4",
			"The number of y stays the same while k runs. The factors are x[i][k] and y[k][j].",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[i][k] * y[i][j] }))},
	}, sumMistakes()...)
}

// transposes changes exercise 2.
func transposes(functions ...func(x matrix.Matrix) matrix.Matrix) []change {
	return changes(func(f *exercise.Functions, function func(x matrix.Matrix) matrix.Matrix) { f.Transpose = function }, functions...)
}

func transposeMistakes() []mistake {
	return []mistake{
		{"not transposed", "11",
			"This is x itself. What is in row i and column j has to get to row j and column i. (Two full loops that swap numbers within x swap each pair twice.)",
			transposes(func(x matrix.Matrix) matrix.Matrix { return x })},
		{"reshaped instead of transposed", "11",
			"The shape is correct, but the numbers still come in the old order, row by row.",
			transposes(func(x matrix.Matrix) matrix.Matrix { return reshape(x, x.Cols(), x.Rows()) })},
		{"turned instead of mirrored", "11",
			"The matrix is rotated by a quarter turn. A transpose is mirrored at the diagonal: c[0][0] stays x[0][0].",
			transposes(func(x matrix.Matrix) matrix.Matrix { return transpose(reverse(x)) },
				func(x matrix.Matrix) matrix.Matrix { return reverse(transpose(x)) })},
	}
}

// sigmoids changes exercise 3.
func sigmoids(functions ...func(z float64) float64) []change {
	return changes(func(f *exercise.Functions, function func(z float64) float64) { f.Sigmoid = function }, functions...)
}

func sigmoidMistakes() []mistake {
	return append(activationMistakes(sigmoids),
		mistake{"exp(z) / (1 + exp(z)) is not a number for a large z", "2",
			"This is the sigmoid, but e⁸⁰⁰ is too large for a float64: Go gives Inf, and Inf / Inf is NaN. Divide both by eᶻ and you have 1 / (1 + e⁻ᶻ), which is correct for every z.",
			sigmoids(func(z float64) float64 { return math.Exp(z) / (1 + math.Exp(z)) })},
		mistake{"the sigmoid of z without its sign", "2", "A negative z has to give less than 0.5, a positive one more. Leave math.Abs out.",
			sigmoids(func(z float64) float64 { return solutions.Sigmoid(math.Abs(z)) }, func(z float64) float64 { return solutions.Sigmoid(-math.Abs(z)) })},
		mistake{"z is cut off or rounded to a whole number", "2", "int(z) cuts off what comes after the point. Keep everything float64.",
			sigmoids(func(z float64) float64 { return solutions.Sigmoid(math.Trunc(z)) }, func(z float64) float64 { return solutions.Sigmoid(math.Round(z)) },
				func(z float64) float64 { return solutions.Sigmoid(math.Floor(z)) })})
}
