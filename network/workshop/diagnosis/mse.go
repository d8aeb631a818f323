package diagnosis

import (
	"math"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// mses changes exercise 7.
func mses(functions ...func(out, y matrix.Matrix) float64) []change {
	return changes(func(f *exercise.Functions, function func(out, y matrix.Matrix) float64) { f.MSE = function }, functions...)
}

// fromSquares computes the MSE from the sum of the squares in another way.
func fromSquares(mse func(sum, n float64, y matrix.Matrix) float64) []change {
	return mses(func(out, y matrix.Matrix) float64 {
		e := sub(out, y)
		return mse(total(hadamard(e, e)), elements(y), y)
	})
}

// halfMean adds up something else than the squares.
func halfMean(square func(out, y float64) float64) func(out, y matrix.Matrix) float64 {
	return func(out, y matrix.Matrix) float64 {
		return total(combine(out, y, square)) / (2 * elements(y))
	}
}

// someSquares leaves out the others.
func someSquares(in func(i, j int, y matrix.Matrix) bool) func(out, y matrix.Matrix) float64 {
	return func(out, y matrix.Matrix) float64 {
		squares := fill(y.Rows(), y.Cols(), func(i, j int) float64 {
			return oneIf(in(i, j, y)) * math.Pow(out[i][j]-y[i][j], 2)
		})
		return total(squares) / (2 * elements(y))
	}
}

func mseMistakes() []mistake {
	return []mistake{
		{"N missing", "6", "The sum is not divided by N. The mean needs it: N is the number of elements of y, so divide by 2·15.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / 2 })},
		{"N is the number of flowers instead of elements", "6",
			"Each flower has three outputs, and each of them counts: N is y.Rows() * y.Cols(), which is 15 for 5 flowers.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / float64(2*y.Rows()) })},
		{"N is the number of outputs instead of elements", "6",
			"N is y.Rows() * y.Cols(), not only the columns.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / float64(2*y.Cols()) })},
		{"the factor ½ missing", "6",
			"In the series the MSE is divided by 2·N, so that the 2 of the square's derivative cancels.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / n })},
		{"N and the factor ½ missing", "6",
			"This is the sum alone. It has to be divided by 2·N.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum })},
		{"the factor ½ missing, and N is the number of flowers", "6",
			"Divide by 2·N, where N is the number of elements of y: 15 for 5 flowers.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / float64(y.Rows()) })},
		{"the factor 2 instead of ½", "6",
			"The sum is multiplied by 2, but has to be divided by it (sum / 2*N needs parentheses: 2*N).",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return 2 * sum / n })},
		{"the factor ½ twice", "6", "The sum is divided by 4·N. One 2 is enough.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / (4 * n) })},
		{"missing parentheses: sum / 2 * N", "6",
			"Divisions and multiplications are done from left to right, so this multiplies by N. Write sum / (2 * N).",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / 2 * n })},
		{"÷ N done twice", "6", "The sum is divided by N once more than it should be.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / (2 * n) / n })},
		{"the last square only: = instead of +=", "6",
			"Each square overwrites the one before it. They have to be added up.",
			mses(someSquares(func(i, j int, y matrix.Matrix) bool { return i == y.Rows()-1 && j == y.Cols()-1 }))},
		{"only the first square is in it, or those of the first row", "6",
			"Is the return inside a loop? It belongs behind both. Or does a loop end too soon?",
			mses(someSquares(func(i, j int, y matrix.Matrix) bool { return i == 0 && j == 0 }),
				someSquares(func(i, j int, y matrix.Matrix) bool { return i == 0 }))},
		{signTurned, "6", whySign,
			mses(func(out, y matrix.Matrix) float64 { return -solutions.MSE(out, y) })},
		{"not squared", "6", "Each difference has to be squared. Without that, errors up and down cancel each other.",
			mses(halfMean(func(out, y float64) float64 { return out - y }),
				halfMean(func(out, y float64) float64 { return y - out }))},
		{"the square of the sum instead of the sum of the squares", "6",
			"Each difference is squared first, and then they are added up. Otherwise errors up and down cancel each other.",
			mses(func(out, y matrix.Matrix) float64 { return math.Pow(total(sub(out, y)), 2) / (2 * elements(y)) })},
		{"the difference of the squares instead of the square of the difference", "6",
			"First out − y, and then the square of that.",
			mses(halfMean(func(out, y float64) float64 { return out*out - y*y }),
				halfMean(func(out, y float64) float64 { return y*y - out*out }))},
		{"2 to the power of the difference", "6", "In math.Pow(d, 2) the 2 stands behind: d is squared.",
			mses(halfMean(func(out, y float64) float64 { return math.Pow(2, out-y) }),
				halfMean(func(out, y float64) float64 { return math.Pow(2, y-out) }))},
		{"the size of the error instead of its square", "6", "Each difference has to be squared; its absolute value is another cost.",
			mses(halfMean(func(out, y float64) float64 { return math.Abs(out - y) }))},
		{"doubled instead of squared", "6", "The square of d is d * d. d * 2 is twice d.",
			mses(halfMean(func(out, y float64) float64 { return 2 * (out - y) }),
				halfMean(func(out, y float64) float64 { return 2 * (y - out) }))},
		{"sum of out and y, instead of their difference", "6", "The difference out − y is squared, not out + y.",
			mses(halfMean(func(out, y float64) float64 { return (out + y) * (out + y) }))},
		{"the root of the MSE", "6", "The square root is too much: the MSE is the mean of the squares itself.",
			mses(func(out, y matrix.Matrix) float64 { return math.Sqrt(solutions.MSE(out, y)) })},
		{"dot product where each error has to be squared", "6",
			"Errors are squared element by element. In a dot product, they also meet each other.",
			mses(func(out, y matrix.Matrix) float64 {
				e := sub(out, y)
				return total(dot(transpose(e), e)) / (2 * elements(y))
			}, func(out, y matrix.Matrix) float64 {
				e := sub(out, y)
				return total(dot(e, transpose(e))) / (2 * elements(y))
			})},
		{"element-wise product of out and y, instead of their difference", "6",
			"The difference of output and label is squared, not their product.",
			mses(halfMean(func(out, y float64) float64 { return math.Pow(out*y, 2) }))},
	}
}
