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

// inLoops is exercise 1 with another line in the innermost of its three loops.
func inLoops(line func(c, x, y matrix.Matrix, i, j, k int)) func(x, y matrix.Matrix) matrix.Matrix {
	return func(x, y matrix.Matrix) matrix.Matrix {
		c := matrix.New(x.Rows(), y.Cols())
		for i := range c {
			for j := range c[i] {
				for k := range y {
					line(c, x, y, i, j, k)
				}
			}
		}
		return c
	}
}

// someProducts is exercise 1 with a k that begins or ends elsewhere.
func someProducts(bounds func(x, y matrix.Matrix) (from, to int)) func(x, y matrix.Matrix) matrix.Matrix {
	return func(x, y matrix.Matrix) matrix.Matrix {
		from, to := bounds(x, y)
		return inLoops(func(c, x, y matrix.Matrix, i, j, k int) {
			if from <= k && k < to {
				c[i][j] += x[i][k] * y[k][j]
			}
		})(x, y)
	}
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
		{"products missing: k does not go over the whole row", "4",
			"k runs along a row of x and down a column of y: from 0 to below x.Cols(), which is the same as y.Rows().",
			dots(someProducts(func(x, y matrix.Matrix) (from, to int) { return 0, y.Cols() }))},
		{"x[i][j] instead of x[i][k]", "4",
			"The number of x stays the same while k runs. The factors are x[i][k] and y[k][j].",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[i][j] * y[k][j] }))},
		{"y[i][j] instead of y[k][j]", "4",
			"The number of y stays the same while k runs. The factors are x[i][k] and y[k][j].",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[i][k] * y[i][j] }))},
	}, sumMistakes()...)
}

// sumMistakes are those of a loop that adds products up, in whichever exercise.
func sumMistakes() []mistake {
	return []mistake{
		{"the last product only: = instead of +=", "4",
			"Each product overwrites the one before it. They have to be added up.",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] = x[i][k] * y[k][j] }))},
		{"the sum is not set back to 0 for each number", "4",
			"Each number also contains all those before it. Set the sum to 0 again inside the loop over the columns.",
			dots(func(x, y matrix.Matrix) matrix.Matrix {
				sum := 0.0
				return inLoops(func(c, x, y matrix.Matrix, i, j, k int) {
					sum += x[i][k] * y[k][j]
					c[i][j] = sum
				})(x, y)
			})},
		{"added instead of multiplied", "4",
			"The numbers that meet are multiplied; only the products are added up.",
			dots(inLoops(func(c, x, y matrix.Matrix, i, j, k int) { c[i][j] += x[i][k] + y[k][j] }))},
		{"the first or the last product is missing", "4",
			"The innermost loop begins with 0 and goes over all the products: one too few is added up.",
			dots(someProducts(func(x, y matrix.Matrix) (from, to int) { return 0, y.Rows() - 1 }),
				someProducts(func(x, y matrix.Matrix) (from, to int) { return 1, y.Rows() }))},
	}
}

// transposes changes exercise 2.
func transposes(functions ...func(x matrix.Matrix) matrix.Matrix) []change {
	return changes(func(f *exercise.Functions, function func(x matrix.Matrix) matrix.Matrix) { f.Transpose = function }, functions...)
}

func transposeMistakes() []mistake {
	return []mistake{
		{"not transposed", "11",
			"This is x itself. What is in row i and column j has to get to row j and column i. (If you exchange numbers within x, each pair is exchanged twice: back again.)",
			transposes(func(x matrix.Matrix) matrix.Matrix { return x })},
		{"reshaped instead of transposed", "11",
			"The shape is right, but the numbers still come in the old order, row by row.",
			transposes(func(x matrix.Matrix) matrix.Matrix { return reshape(x, x.Cols(), x.Rows()) })},
		{"turned instead of mirrored", "11",
			"The matrix is turned by a quarter. A transpose is mirrored at the diagonal: c[0][0] stays x[0][0].",
			transposes(func(x matrix.Matrix) matrix.Matrix { return transpose(reverse(x)) },
				func(x matrix.Matrix) matrix.Matrix { return reverse(transpose(x)) })},
	}
}

// sigmoids changes exercise 3.
func sigmoids(functions ...func(z float64) float64) []change {
	return changes(func(f *exercise.Functions, function func(z float64) float64) { f.Sigmoid = function }, functions...)
}

// toThePower is exercise 3 with another number than e.
func toThePower(base float64) func(z float64) float64 {
	return func(z float64) float64 { return 1 / (1 + math.Pow(base, -z)) }
}

func sigmoidMistakes() []mistake {
	return []mistake{
		{"exp(+z) instead of exp(-z)", "2",
			"This is 1 − σ(z): a large z gives 0 instead of 1. Is the minus in front of z missing, or does e⁻ᶻ stand above the fraction line?",
			sigmoids(func(z float64) float64 { return 1 / (1 + math.Exp(z)) })},
		{"missing parentheses: 1/1 + exp(-z)", "2",
			"A division is done before an addition, so this is 1 + e⁻ᶻ. Put parentheses around what stands below the fraction line.",
			sigmoids(func(z float64) float64 { return 1 + math.Exp(-z) })},
		{"missing parentheses and exp(+z)", "2",
			"This is 1 + eᶻ: what stands below the fraction line needs parentheses, and z a minus.",
			sigmoids(func(z float64) float64 { return 1 + math.Exp(z) })},
		{"1 - exp(-z) below the fraction line", "2",
			"It is one plus e⁻ᶻ.",
			sigmoids(func(z float64) float64 { return 1 / (1 - math.Exp(-z)) })},
		{"the 1 + below the fraction line is missing", "2",
			"This is 1 / e⁻ᶻ. Below the line stands 1 + e⁻ᶻ.",
			sigmoids(func(z float64) float64 { return 1 / math.Exp(-z) })},
		{"the slope instead of the sigmoid", "8",
			"This is σ(z)·(1 − σ(z)), which is needed later. Here it is σ(z) itself.",
			sigmoids(func(z float64) float64 { return slope(solutions.Sigmoid(z)) })},
		{"another base than e", "2", "It is e⁻ᶻ, which is math.Exp(-z), and e is 2.71828….",
			sigmoids(toThePower(2), toThePower(10), toThePower(2.7), toThePower(2.71), toThePower(2.718), toThePower(2.7183))},
		{"tanh instead of the sigmoid", "2",
			"The hyperbolic tangent is an activation as well, from −1 to 1. The series has the sigmoid, from 0 to 1: 1 / (1 + e⁻ᶻ).",
			sigmoids(math.Tanh)},
		{"ReLU instead of the sigmoid", "2",
			"ReLU is an activation as well: the larger of z and 0. The series has the sigmoid: 1 / (1 + e⁻ᶻ).",
			sigmoids(func(z float64) float64 { return max(z, 0) })},
		{"no sigmoid", "2", "This is z itself.",
			sigmoids(func(z float64) float64 { return z })},
		{signTurned, "2", whySign,
			sigmoids(func(z float64) float64 { return -1 / (1 + math.Exp(-z)) })},
		{"only 0 or 1 comes out: an integer division, or a step", "2",
			"The sigmoid is a smooth curve. In Go, 1 divided by a whole number is a whole number, and what is behind the point is lost: keep everything float64, without int(…). And it needs no if.",
			sigmoids(func(z float64) float64 { return float64(1 / (1 + int(math.Exp(-z)))) })},
	}
}
