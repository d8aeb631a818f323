package diagnosis

import (
	"math"
	"slices"

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

// fromCost adds up another cost than the square: its mean over the elements, over the flowers,
// and its sum, each also halved.
func fromCost(cost func(out, y float64) float64) (list []change) {
	for _, half := range []float64{1, 2} {
		list = append(list, mses(func(out, y matrix.Matrix) float64 { return total(combine(out, y, cost)) / elements(y) / half },
			func(out, y matrix.Matrix) float64 { return total(combine(out, y, cost)) / float64(y.Rows()) / half },
			func(out, y matrix.Matrix) float64 { return total(combine(out, y, cost)) / half })...)
	}
	return list
}

// dividedInLoop divides by N, or by 2·N, each time that a square is added.
func dividedInLoop(factor float64) func(out, y matrix.Matrix) float64 {
	return func(out, y matrix.Matrix) (mean float64) {
		for i := range y {
			for j := range y[i] {
				mean = (mean + (out[i][j]-y[i][j])*(out[i][j]-y[i][j])) / (factor * elements(y))
			}
		}
		return mean
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
		{"N missing", "6", "The sum is not divided by N. The mean needs it: N is the number of elements of y, so divide by 2·N, which is 30 for 5 flowers.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / 2 })},
		{"N is the number of flowers instead of elements", "6",
			"Each flower has three outputs, and each of them counts: N is y.Rows() * y.Cols(), which is 15 for 5 flowers.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / float64(2*y.Rows()) })},
		{"N is 1 too small or too large", "6",
			"The mean divides by N itself, and not by N − 1 as an estimate of the variance does.",
			append(fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / (2 * (n - 1)) }),
				slices.Concat(fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / (n - 1) }),
					fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / (2 * (n + 1)) }),
					fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / (2*n - 1) }))...)},
		{"N is the number of outputs instead of elements", "6",
			"N is y.Rows() * y.Cols(), not only the columns.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / float64(2*y.Cols()) })},
		{"the factor ½ missing", "6",
			"In the series the sum is divided by 2·N, so that the 2 of the square's derivative cancels.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / n })},
		{"N and the factor ½ missing", "6",
			"This is the sum alone. It has to be divided by 2·N.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum })},
		{"the factor ½ missing, and N is the number of flowers", "6",
			"Divide by 2·N, where N is the number of elements of y: 15 for 5 flowers.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / float64(y.Rows()) })},
		{"the factor 2 instead of ½", "6",
			"The sum is multiplied by 2, but has to be divided by it. In Go, sum / n * 2 is (sum / n) * 2, and sum / (n * 2) divides by both.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return 2 * sum / n })},
		{"the factor ½ twice", "6", "The sum is divided by 4·N. One 2 is enough.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / (4 * n) })},
		{"multiplied by N instead of divided", "6",
			"The sum has to be divided by 2·N. In Go, sum / 2 * n is (sum / 2) * n: put parentheses around 2 * n.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / 2 * n })},
		{"÷ N done twice", "6", "The sum is divided by N once more than it should be.",
			fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return sum / (2 * n) / n })},
		{"only the last square is in it", "6",
			"Is there = where += belongs, so that each square overwrites the one before it? Or is the sum set to 0 in the inner loop?",
			mses(someSquares(func(i, j int, y matrix.Matrix) bool { return i == y.Rows()-1 && j == y.Cols()-1 }))},
		{"only the first square is in it, or those of the first row or column", "6",
			"Is the return inside a loop? It belongs after both. Or does a loop end too early?",
			mses(someSquares(func(i, j int, y matrix.Matrix) bool { return i == 0 && j == 0 }),
				someSquares(func(i, j int, y matrix.Matrix) bool { return i == 0 }),
				someSquares(func(i, j int, y matrix.Matrix) bool { return j == 0 }))},
		{"only the last row's squares are in it, or the last column's", "6",
			"Is the sum set back to 0 for each row, or for each column? Set it to 0 once, before both loops.",
			mses(someSquares(func(i, j int, y matrix.Matrix) bool { return i == y.Rows()-1 }),
				someSquares(func(i, j int, y matrix.Matrix) bool { return j == y.Cols()-1 }))},
		{"the first or the last row or column is missing", "6",
			"Both loops begin at 0, and go on while i is below y.Rows() and j is below y.Cols().",
			mses(someSquares(func(i, j int, y matrix.Matrix) bool { return i > 0 }), someSquares(func(i, j int, y matrix.Matrix) bool { return j > 0 }),
				someSquares(func(i, j int, y matrix.Matrix) bool { return i > 0 && j > 0 }),
				someSquares(func(i, j int, y matrix.Matrix) bool { return i < y.Rows()-1 }), someSquares(func(i, j int, y matrix.Matrix) bool { return j < y.Cols()-1 }),
				someSquares(func(i, j int, y matrix.Matrix) bool { return i < y.Rows()-1 && j < y.Cols()-1 }))},
		{"rows are missing: the loop over the rows ends at the number of columns", "6",
			"There is a square for each element of y: y.Rows() rows and y.Cols() columns.",
			mses(someSquares(func(i, j int, y matrix.Matrix) bool { return i < y.Cols() }))},
		{"only the diagonal's squares are in it", "6",
			"One index is used for both the row and the column. There have to be two loops, one inside the other.",
			mses(someSquares(func(i, j int, y matrix.Matrix) bool { return i == j }))},
		{"only the squares where the label is 1 are in it", "6",
			"The outputs whose label is 0 also have errors: every element counts.",
			mses(func(out, y matrix.Matrix) float64 {
				return someSquares(func(i, j int, _ matrix.Matrix) bool { return y[i][j] == 1 })(out, y)
			}, func(out, y matrix.Matrix) float64 {
				return someSquares(func(i, j int, _ matrix.Matrix) bool { return y[i][j] == 1 })(out, y) * elements(y) / float64(y.Rows())
			})},
		{"the sum of all sums: it is added up once more on the way", "6",
			"Each square belongs in the sum once. Is a sum that goes on added to another sum, without being set back to 0?",
			mses(func(out, y matrix.Matrix) float64 {
				e := sub(out, y)
				return sum(running(func(i, j int) bool { return i == 0 && j == 0 })(hadamard(e, e))[0]) / (2 * elements(y))
			}, func(out, y matrix.Matrix) float64 {
				e := sub(out, y)
				return total(running(func(i, j int) bool { return i == 0 && j == 0 })(hadamard(e, e))) / (2 * elements(y))
			}, func(out, y matrix.Matrix) float64 {
				e := sub(out, y)
				all := running(func(i, j int) bool { return i == 0 && j == 0 })(hadamard(e, e))
				sum := 0.0
				for _, row := range all {
					sum += row[len(row)-1]
				}
				return sum / (2 * elements(y))
			})},
		{"the cross-entropy instead of the mean squared error", "6",
			"The cross-entropy is also a cost. The series has the mean squared error: the squares of out − y, added up and divided by 2·N.",
			append(fromCost(func(out, y float64) float64 { return -y*math.Log(out) - (1-y)*math.Log(1-out) }),
				fromCost(func(out, y float64) float64 { return -y * math.Log(out) })...)},
		{"the first difference is not squared", "6", "Begin with a sum of 0, and add every square to it.",
			mses(func(out, y matrix.Matrix) float64 {
				d := out[0][0] - y[0][0]
				return solutions.MSE(out, y) + (d-d*d)/(2*elements(y))
			})},
		{"÷ N inside the loop that adds up", "6",
			"Add all squares up first. Divide once, after both loops.",
			mses(dividedInLoop(1), dividedInLoop(2))},
		{"the third power instead of the square", "6", "Each difference is multiplied by itself once: d * d.",
			mses(halfMean(func(out, y float64) float64 { return math.Pow(out-y, 3) }), halfMean(func(out, y float64) float64 { return math.Pow(y-out, 3) }))},
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
		{"2 to the power of the difference", "6", "In math.Pow(d, 2) the exponent 2 comes second: that is d squared.",
			mses(halfMean(func(out, y float64) float64 { return math.Pow(2, out-y) }),
				halfMean(func(out, y float64) float64 { return math.Pow(2, y-out) }))},
		{"the size of the error instead of its square", "6", "Each difference has to be squared; its absolute value is another cost.",
			mses(halfMean(func(out, y float64) float64 { return math.Abs(out - y) }))},
		{"doubled instead of squared", "6", "The square of d is d * d. d * 2 is twice d.",
			mses(halfMean(func(out, y float64) float64 { return 2 * (out - y) }),
				halfMean(func(out, y float64) float64 { return 2 * (y - out) }))},
		{"sum of out and y, instead of their difference", "6", "The difference out − y is squared, not out + y.",
			mses(halfMean(func(out, y float64) float64 { return (out + y) * (out + y) }))},
		{"the root of the MSE", "6", "Leave the square root out: the MSE is Σ (out − y)² / (2·N).",
			append(mses(func(out, y matrix.Matrix) float64 { return math.Sqrt(solutions.MSE(out, y)) }),
				slices.Concat(fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return math.Sqrt(sum / n) }),
					fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return math.Sqrt(sum) }),
					fromSquares(func(sum, n float64, y matrix.Matrix) float64 { return math.Sqrt(sum) / (2 * n) }))...)},
		{"errors are multiplied by other errors, and not only by themselves", "6",
			"Each error has to be squared by itself. Are errors added up before they are squared, or is there a dot product?",
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
