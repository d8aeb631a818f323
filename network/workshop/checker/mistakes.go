package checker

import (
	"fmt"
	"math"

	"backprop/matrix"
)

// A mistake is one that people make, with what it gives: computed from the same
// matrices that the learner's function gets, so that an answer equal to it can be
// named. A form whose shapes do not fit panics, and is then no candidate.
type mistake struct {
	name  string
	part  string // of the series, to read again
	why   string
	forms []form
}

// A form is one way of writing a mistake that gives numbers of its own.
type form func(g *given) answer

// one makes a form of a mistake that returns a single matrix.
func one(f func(g *given) matrix.Matrix) form {
	return func(g *given) answer { return answer{f(g)} }
}

const (
	allZeros      = "every number is 0"
	tooEarly      = "only the first number, row or column is set"
	signTurned    = "the sign is turned"
	inputsAlready = "the sigmoid is in the inputs already"
	whyAllZeros   = "Is each number computed, but never written into what you return?"
	whyFrom0      = "Rows and columns count from 0: the loop has to begin there. What it leaves out is still 0."
	whyToLast     = "A loop from 0 to below c.Rows(), or c.Cols(), goes over all of them. Does yours go over another matrix? What it leaves out is still 0."
	whyShared     = "Each row needs numbers of its own. Is a row made once, before the loop? Then all rows are that one, and it holds what was written last. Or is an index the same for all rows?"
	whySign       = "Every number has the right size, but the other sign."
	whyTooEarly   = "The others are still 0. Is the return inside a loop? It belongs behind the loops: with it, everything ends. Or does a loop end too soon?"
	whyTransposed = "These are the right numbers with rows and columns exchanged."
)

// --- 1, 2: the matrix operations

func dotMistakes() []mistake {
	return []mistake{
		{"element-wise product instead of the dot product", "4",
			"You multiplied each number of x with the number of y in the same place. In the dot product, a whole row of x meets a whole column of y, and the products are added up.",
			[]form{one(func(g *given) matrix.Matrix { return hadamard(g.a, g.b) })}},
		{"columns of y not used: y is taken by its rows", "4",
			"The index that runs in the sum is the first one of y: it goes down a column. (With the equation's letters: y[k][j].)",
			[]form{one(func(g *given) matrix.Matrix { return dotOf(g.a, transposed(g.b)) })}},
		{"rows of x not used: x is taken by its columns", "4",
			"The index that runs in the sum is the second one of x: it goes along a row. (With the equation's letters: x[i][k].)",
			[]form{one(func(g *given) matrix.Matrix { return dotOf(transposed(g.a), g.b) })}},
		{"x and y exchanged", "4",
			"You computed y · x. The order of a dot product matters.",
			[]form{one(func(g *given) matrix.Matrix { return dotOf(g.b, g.a) })}},
		{"result transposed", "4", whyTransposed,
			[]form{one(func(g *given) matrix.Matrix { return transposed(dotOf(g.a, g.b)) })}},
		{"the last product only: = instead of +=", "4",
			"Each product overwrites the one before it. They have to be added up.",
			[]form{one(func(g *given) matrix.Matrix {
				return dotWith(g, func(_, product float64) float64 { return product }, false)
			})}},
		{"the sum is not set back to 0 for each number", "4",
			"Each number also contains all those before it. Begin the sum anew inside the loop over the columns.",
			[]form{one(func(g *given) matrix.Matrix {
				return dotWith(g, func(s, product float64) float64 { return s + product }, true)
			})}},
		{"subtracted instead of added up", "4", whySign,
			[]form{one(func(g *given) matrix.Matrix { return scale(-1, dotOf(g.a, g.b)) })}},
		{"products missing: k does not go over the whole row", "4",
			"k runs along a row of x and down a column of y: from 0 to below x.Cols(), which is the same as y.Rows().",
			[]form{
				one(func(g *given) matrix.Matrix { return dotOver(g, 0, g.b.Rows()-1) }),
				one(func(g *given) matrix.Matrix { return dotOver(g, 1, g.b.Rows()) }),
				one(func(g *given) matrix.Matrix { return dotOver(g, 0, g.b.Cols()) }),
			}},
		{"x[i][j] instead of x[i][k]", "4",
			"The number of x stays the same while k runs. The factors are x[i][k] and y[k][j].",
			[]form{one(func(g *given) matrix.Matrix {
				return dotLoop(g, func(i, j, k int) float64 { return g.a[i][j] * g.b[k][j] })
			})}},
		{"y[i][j] instead of y[k][j]", "4",
			"The number of y stays the same while k runs. The factors are x[i][k] and y[k][j].",
			[]form{one(func(g *given) matrix.Matrix {
				return dotLoop(g, func(i, j, k int) float64 { return g.a[i][k] * g.b[i][j] })
			})}},
		{"added instead of multiplied", "4",
			"The numbers that meet are multiplied; only the products are added up.",
			[]form{one(func(g *given) matrix.Matrix {
				return dotLoop(g, func(i, j, k int) float64 { return g.a[i][k] + g.b[k][j] })
			})}},
	}
}

// dotLoop is the dot product with another product.
func dotLoop(g *given, product func(i, j, k int) float64) matrix.Matrix {
	c := matrix.New(g.a.Rows(), g.b.Cols())
	for i := range c {
		for j := range c[i] {
			for k := range g.b {
				c[i][j] += product(i, j, k)
			}
		}
	}
	return c
}

// dotOver is the dot product for some k only.
func dotOver(g *given, from, to int) matrix.Matrix {
	return dotLoop(g, func(i, j, k int) float64 {
		if k < from || k >= to {
			return 0
		}
		return g.a[i][k] * g.b[k][j]
	})
}

// dotWith is the dot product with another way of adding up.
func dotWith(g *given, add func(sum, product float64) float64, keep bool) matrix.Matrix {
	c := matrix.New(g.a.Rows(), g.b.Cols())
	s := 0.0
	for i := range c {
		for j := range c[i] {
			if !keep {
				s = 0
			}
			for k := range g.b {
				s = add(s, g.a[i][k]*g.b[k][j])
			}
			c[i][j] = s
		}
	}
	return c
}

func transposeMistakes() []mistake {
	return []mistake{
		{"not transposed", "11",
			"This is x itself. What is in row i and column j has to get to row j and column i. (If you exchange numbers within x, each pair is exchanged twice: back again.)",
			[]form{one(func(g *given) matrix.Matrix { return g.a })}},
		{"reshaped instead of transposed", "11",
			"The shape is right, but the numbers still come in the old order, row by row.",
			[]form{one(func(g *given) matrix.Matrix { return reshaped(g.a, g.a.Cols(), g.a.Rows()) })}},
		{"turned instead of mirrored", "11",
			"The matrix is turned by a quarter. A transpose is mirrored at the diagonal: c[0][0] stays x[0][0].",
			[]form{one(func(g *given) matrix.Matrix { return transposed(reversed(g.a)) }),
				one(func(g *given) matrix.Matrix { return reversed(transposed(g.a)) })}},
	}
}

// --- 3: the sigmoid

func sigmoidMistakes() []mistake {
	return []mistake{
		{"exp(+z) instead of exp(-z)", "2",
			"This is 1 − σ(z): a large z gives 0 instead of 1. Is the minus in front of z missing, or does e⁻ᶻ stand above the fraction line?",
			[]form{sigmoidOf(func(z float64) float64 { return 1 / (1 + math.Exp(z)) })}},
		{"missing parentheses: 1/1 + exp(-z)", "2",
			"A division is done before an addition, so this is 1 + e⁻ᶻ. Put parentheses around what stands below the fraction line.",
			[]form{sigmoidOf(func(z float64) float64 { return 1 + math.Exp(-z) })}},
		{"missing parentheses and exp(+z)", "2",
			"This is 1 + eᶻ: what stands below the fraction line needs parentheses, and z a minus.",
			[]form{sigmoidOf(func(z float64) float64 { return 1 + math.Exp(z) })}},
		{"1 - exp(-z) below the fraction line", "2",
			"It is one plus e⁻ᶻ.",
			[]form{sigmoidOf(func(z float64) float64 { return 1 / (1 - math.Exp(-z)) })}},
		{"the 1 + below the fraction line is missing", "2",
			"This is 1 / e⁻ᶻ. Below the line stands 1 + e⁻ᶻ.",
			[]form{sigmoidOf(math.Exp)}},
		{"the slope instead of the sigmoid", "8",
			"This is σ(z)·(1 − σ(z)), which is needed later. Here it is σ(z) itself.",
			[]form{sigmoidOf(func(z float64) float64 { return logistic(z) * (1 - logistic(z)) })}},
		{"another base than e", "2", "It is e⁻ᶻ, which is math.Exp(-z), and e is 2.71828….",
			[]form{sigmoidOf(func(z float64) float64 { return 1 / (1 + math.Exp2(-z)) }),
				sigmoidOf(func(z float64) float64 { return 1 / (1 + math.Pow(10, -z)) }),
				sigmoidOf(func(z float64) float64 { return 1 / (1 + math.Pow(2.7, -z)) }),
				sigmoidOf(func(z float64) float64 { return 1 / (1 + math.Pow(2.71, -z)) }),
				sigmoidOf(func(z float64) float64 { return 1 / (1 + math.Pow(2.718, -z)) }),
				sigmoidOf(func(z float64) float64 { return 1 / (1 + math.Pow(2.7183, -z)) })}},
		{"no sigmoid", "2", "This is z itself.",
			[]form{sigmoidOf(func(z float64) float64 { return z })}},
		{signTurned, "2", whySign,
			[]form{sigmoidOf(func(z float64) float64 { return -logistic(z) })}},
		{"only 0 or 1 comes out: an integer division, or a step", "2",
			"The sigmoid is a smooth curve. In Go, 1 divided by a whole number is a whole number, and what is behind the point is lost: keep everything float64, without int(…). And it needs no if.",
			[]form{sigmoidOf(func(z float64) float64 { return math.Trunc(1 / (1 + math.Trunc(math.Exp(-z)))) }),
				sigmoidOf(func(z float64) float64 { return math.Trunc(1 / math.Trunc(1+math.Exp(-z))) })}},
	}
}

// --- 4, 5: feedforward

func hiddenLayerMistakes() []mistake {
	return layerMistakes("x", "weights_1", func(g *given) (x, w matrix.Matrix) { return g.x, g.weights1 })
}

func outputLayerMistakes() []mistake {
	return layerMistakes("hidden_layer_outputs", "weights_2", func(g *given) (x, w matrix.Matrix) { return g.hiddenLayerOutputs, g.weights2 })
}

// layerMistakes are those of a layer with the inputs called x and the weights
// called w.
func layerMistakes(x, w string, of func(g *given) (x, w matrix.Matrix)) []mistake {
	// Most of them concern the outputs only, after the right inputs.
	outputs := func(f func(z matrix.Matrix) matrix.Matrix) []form {
		return []form{func(g *given) answer {
			z := dotOf(of(g))
			return answer{z, f(z)}
		}}
	}
	inputs := func(f func(x, w matrix.Matrix) matrix.Matrix) []form {
		return []form{func(g *given) answer {
			z := f(of(g))
			return answer{z, sigmoids(z)}
		}, func(g *given) answer { // the outputs may come later
			z := f(of(g))
			return answer{z, z}
		}}
	}
	return []mistake{
		{"no sigmoid", "2",
			"The outputs are the inputs. Each number has to go through the sigmoid.",
			outputs(func(z matrix.Matrix) matrix.Matrix { return z })},
		{"the sigmoid is applied twice", "2",
			"The outputs are σ(σ(inputs)). Once is enough.",
			outputs(func(z matrix.Matrix) matrix.Matrix { return sigmoids(sigmoids(z)) })},
		{inputsAlready, "5",
			"The inputs are what comes before the sigmoid: both matrices that you return are what comes after it.",
			[]form{func(g *given) answer {
				out := sigmoids(dotOf(of(g)))
				return answer{out, out}
			}}},
		{"inputs and outputs exchanged", "5",
			"Return the inputs first and the outputs second.",
			[]form{func(g *given) answer {
				z := dotOf(of(g))
				return answer{sigmoids(z), z}
			}}},
		{"the slope instead of the sigmoid", "8",
			"The outputs are σ(z)·(1 − σ(z)). That is for later; here it is σ(z).",
			outputs(func(z matrix.Matrix) matrix.Matrix { return slope(sigmoids(z)) })},
		{"exp(+z) instead of exp(-z)", "2",
			"In the sigmoid, the minus in front of z is missing.",
			outputs(func(z matrix.Matrix) matrix.Matrix { return sigmoids(scale(-1, z)) })},
		{"missing parentheses: 1/1 + exp(-z)", "2",
			"In the sigmoid, what stands below the fraction line needs parentheses.",
			outputs(func(z matrix.Matrix) matrix.Matrix {
				return apply(z, func(v float64) float64 { return 1 + math.Exp(-v) })
			})},
		{"1 - exp(-z) below the fraction line", "2",
			"In the sigmoid, it is one plus e⁻ᶻ.",
			outputs(func(z matrix.Matrix) matrix.Matrix {
				return apply(z, func(v float64) float64 { return 1 / (1 - math.Exp(-v)) })
			})},
		{"exp(z) or exp(-z) alone instead of the sigmoid", "2",
			"The sigmoid is 1 / (1 + e⁻ᶻ).",
			append(outputs(func(z matrix.Matrix) matrix.Matrix { return apply(z, math.Exp) }),
				outputs(func(z matrix.Matrix) matrix.Matrix {
					return apply(z, func(v float64) float64 { return math.Exp(-v) })
				})...)},
		{"the sigmoid comes before the weights", "5",
			fmt.Sprintf("You took the sigmoid of %s. First comes the dot product with the weights, then the sigmoid of the result.", x),
			append(inputs(func(x, w matrix.Matrix) matrix.Matrix { return dotOf(sigmoids(x), w) }),
				func(g *given) answer {
					x, w := of(g)
					z := dotOf(sigmoids(x), w)
					return answer{z, z}
				},
				func(g *given) answer {
					x, w := of(g)
					return answer{dotOf(x, w), dotOf(sigmoids(x), w)}
				})},
		{"element-wise product instead of the dot product", "4",
			fmt.Sprintf("%s and %s have to meet in a dot product (Dot), not element by element (Hadamard).", x, w),
			inputs(hadamard)},
		{w + " transposed", "5",
			fmt.Sprintf("Here %s is used as it is; the transpose comes on the way back.", w),
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return dotOf(x, transposed(w)) })},
		{x + " transposed", "5",
			fmt.Sprintf("Here %s is used as it is: it has a row for each flower already.", x),
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return dotOf(transposed(x), w) })},
		{"order of the dot product exchanged", "4",
			fmt.Sprintf("It is %s · %s: the flowers' rows come first.", x, w),
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return dotOf(w, x) })},
		{"result transposed", "5", whyTransposed,
			inputs(func(x, w matrix.Matrix) matrix.Matrix { return transposed(dotOf(x, w)) })},
		{"the sign of the inputs is turned", "5", whySign,
			[]form{func(g *given) answer {
				z := scale(-1, dotOf(of(g)))
				return answer{z, sigmoids(z)}
			}}},
		{"the sign of the outputs is turned", "5", whySign,
			outputs(func(z matrix.Matrix) matrix.Matrix { return scale(-1, sigmoids(z)) })},
	}
}

// --- 6, 7: what should come out, and how far off it is

// labelsWith fills y, where species s in row i has its own value for each column.
func labelsWith(cols int, value func(s, col int) float64) form {
	return one(func(g *given) matrix.Matrix {
		y := matrix.New(len(g.species), cols)
		for i, s := range g.species {
			for j := range y[i] {
				y[i][j] = value(s, j)
			}
		}
		return y
	})
}

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func labelMistakes() []mistake {
	return []mistake{
		{"not one-hot: the number of the species instead of a 1", "3",
			"The column of a flower's species has to hold a 1, whichever species it is. A 2 would mean twice as much.",
			[]form{
				labelsWith(1, func(s, _ int) float64 { return float64(s) }),
				labelsWith(1, func(s, _ int) float64 { return float64(s + 1) }),
				labelsWith(3, func(s, _ int) float64 { return float64(s) }),
				labelsWith(3, func(s, _ int) float64 { return float64(s + 1) }),
				labelsWith(3, func(s, col int) float64 { return oneIf(s == col) * float64(s) }),
				labelsWith(3, func(s, col int) float64 { return oneIf(s == col) * float64(s+1) }),
				func(g *given) answer {
					y := make([]float64, len(g.species))
					for i, s := range g.species {
						y[i] = float64(s)
					}
					return numbers(y...)
				},
			}},
		{"labels permuted: the columns are in another order", "3",
			"The columns have to be in the order of the species' numbers: setosa 0, versicolor 1, virginica 2. Otherwise the net learns another species than you say.",
			[]form{permutedLabels(0, 2, 1), permutedLabels(1, 0, 2), permutedLabels(1, 2, 0), permutedLabels(2, 0, 1), permutedLabels(2, 1, 0)}},
		{"the row's number instead of the species", "3",
			"You counted the rows: the 1 of row i belongs into column species[i], not into column i.",
			[]form{one(func(g *given) matrix.Matrix {
				y := matrix.New(len(g.species), 3)
				for i := range y {
					y[i][i%3] = 1
				}
				return y
			})}},
		{"labels permuted: the rows are in another order", "3",
			"Row i belongs to flower i.",
			[]form{one(func(g *given) matrix.Matrix { return reversed(g.y) })}},
		{"not one-hot: the labels count up to the species", "3",
			"Only the column of the species itself holds a 1, not those before it.",
			[]form{labelsWith(3, func(s, col int) float64 { return oneIf(col <= s) }), labelsWith(3, func(s, col int) float64 { return oneIf(col < s) })}},
		{"0 and 1 exchanged", "3",
			"The species' own column holds the 1, the others hold 0.",
			[]form{labelsWith(3, func(s, col int) float64 { return oneIf(s != col) })}},
		{"not one-hot: every label is the same", "3",
			"Each row has a single 1, and its column depends on the flower's species.",
			[]form{
				labelsWith(3, func(_, _ int) float64 { return 1 }),
				labelsWith(3, func(_, col int) float64 { return oneIf(col == 0) }),
				labelsWith(3, func(_, col int) float64 { return oneIf(col == 1) }),
				labelsWith(3, func(_, col int) float64 { return oneIf(col == 2) }),
			}},
		{"not every row has its 1", "3",
			"A row has nothing but 0. Is a species left out? Or is the return inside the loop, where it ends everything?",
			append(missingLabels(func(s, left int) bool { return s == left }), missingLabels(func(s, left int) bool { return s != left })...)},
		{"result transposed", "3", "There is a row for each flower and a column for each species, not the other way round.",
			[]form{one(func(g *given) matrix.Matrix { return transposed(g.y) })}},
	}
}

// missingLabels leaves species out, for each of the three.
func missingLabels(out func(s, of int) bool) (list []form) {
	for of := 0; of < 3; of++ {
		list = append(list, labelsWith(3, func(s, col int) float64 { return oneIf(s == col && !out(s, of)) }))
	}
	return list
}

func permutedLabels(order ...int) form {
	return labelsWith(3, func(s, col int) float64 { return oneIf(order[s] == col) })
}

func mseMistakes() []mistake {
	return []mistake{
		{"N missing", "6", "The sum is not divided by N. The mean needs it: N is the number of elements of y, so divide by 2·15.",
			mseWith(func(s, n float64, g *given) float64 { return s / 2 })},
		{"N is the number of flowers instead of elements", "6",
			"Each flower has three outputs, and each of them counts: N is y.Rows() * y.Cols(), which is 15 for 5 flowers.",
			mseWith(func(s, n float64, g *given) float64 { return s / (2 * float64(g.y.Rows())) })},
		{"N is the number of outputs instead of elements", "6",
			"N is y.Rows() * y.Cols(), not only the columns.",
			mseWith(func(s, n float64, g *given) float64 { return s / (2 * float64(g.y.Cols())) })},
		{"the factor ½ missing", "6",
			"In the series the MSE is divided by 2·N, so that the 2 of the square's derivative cancels.",
			mseWith(func(s, n float64, g *given) float64 { return s / n })},
		{"N and the factor ½ missing", "6",
			"This is the sum alone. It has to be divided by 2·N.",
			mseWith(func(s, n float64, g *given) float64 { return s })},
		{"the factor ½ missing, and N is the number of flowers", "6",
			"Divide by 2·N, where N is the number of elements of y: 15 for 5 flowers.",
			mseWith(func(s, n float64, g *given) float64 { return s / float64(g.y.Rows()) })},
		{"the factor 2 instead of ½", "6",
			"The sum is multiplied by 2, but has to be divided by it (sum / 2*N needs parentheses: 2*N).",
			mseWith(func(s, n float64, g *given) float64 { return 2 * s / n })},
		{"the factor ½ twice", "6", "The sum is divided by 4·N. One 2 is enough.",
			mseWith(func(s, n float64, g *given) float64 { return s / (4 * n) })},
		{"missing parentheses: sum / 2 * N", "6",
			"Divisions and multiplications are done from left to right, so this multiplies by N. Write sum / (2 * N).",
			mseWith(func(s, n float64, g *given) float64 { return s / 2 * n })},
		{"÷ N done twice", "6", "The sum is divided by N once more than it should be.",
			mseWith(func(s, n float64, g *given) float64 { return s / (2 * n * n) })},
		{"the last square only: = instead of +=", "6",
			"Each square overwrites the one before it. They have to be added up.",
			mseOver(func(row, col, rows, cols int) bool { return row == rows-1 && col == cols-1 })},
		{"only the first square is in it, or those of the first row", "6",
			"Is the return inside a loop? It belongs behind both. Or does a loop end too soon?",
			append(mseOver(func(row, col, _, _ int) bool { return row == 0 && col == 0 }),
				mseOver(func(row, _, _, _ int) bool { return row == 0 })...)},
		{signTurned, "6", whySign,
			mseWith(func(s, n float64, g *given) float64 { return -s / (2 * n) })},
		{"not squared", "6", "Each difference has to be squared. Without that, errors up and down cancel each other.",
			[]form{
				func(g *given) answer { return numbers(sum(g.outputLayerError) / (2 * elements(g.y))) },
				func(g *given) answer { return numbers(-sum(g.outputLayerError) / (2 * elements(g.y))) },
			}},
		{"the square of the sum instead of the sum of the squares", "6",
			"Each difference is squared first, and then they are added up. Otherwise errors up and down cancel each other.",
			[]form{func(g *given) answer {
				total := sum(g.outputLayerError)
				return numbers(total * total / (2 * elements(g.y)))
			}}},
		{"the difference of the squares instead of the square of the difference", "6",
			"First out − y, and then the square of that.",
			[]form{
				func(g *given) answer { return numbers(squares(g) / (2 * elements(g.y))) },
				func(g *given) answer { return numbers(-squares(g) / (2 * elements(g.y))) },
			}},
		{"2 to the power of the difference", "6", "In math.Pow(d, 2) the 2 stands behind: d is squared.",
			[]form{
				func(g *given) answer {
					return numbers(sum(apply(g.outputLayerError, math.Exp2)) / (2 * elements(g.y)))
				},
				func(g *given) answer {
					return numbers(sum(apply(scale(-1, g.outputLayerError), math.Exp2)) / (2 * elements(g.y)))
				},
			}},
		{"the size of the error instead of its square", "6", "Each difference has to be squared; its absolute value is another cost.",
			[]form{func(g *given) answer {
				return numbers(sum(apply(g.outputLayerError, math.Abs)) / (2 * elements(g.y)))
			}}},
		{"the root of the MSE", "6", "The square root is too much: the MSE is the mean of the squares itself.",
			mseWith(func(s, n float64, g *given) float64 { return math.Sqrt(s / (2 * n)) })},
		{"dot product where each error has to be squared", "6",
			"Errors are squared element by element. In a dot product, they also meet each other.",
			[]form{
				func(g *given) answer {
					e := g.outputLayerError
					return numbers(sum(dotOf(transposed(e), e)) / (2 * elements(g.y)))
				},
				func(g *given) answer {
					e := g.outputLayerError
					return numbers(sum(dotOf(e, transposed(e))) / (2 * elements(g.y)))
				},
			}},
		{"element-wise product of out and y, instead of their difference", "6",
			"The difference of output and label is squared, not their product.",
			[]form{func(g *given) answer {
				p := hadamard(g.outputLayerOutputs, g.y)
				return numbers(sum(hadamard(p, p)) / (2 * elements(g.y)))
			}}},
	}
}

// squares returns the sum of the squares of all outputs, less that of all labels.
func squares(g *given) float64 {
	return sum(hadamard(g.outputLayerOutputs, g.outputLayerOutputs)) - sum(hadamard(g.y, g.y))
}

// mseWith computes the MSE from the sum of the squares and N in another way.
func mseWith(f func(sum, n float64, g *given) float64) []form {
	return []form{func(g *given) answer {
		return numbers(f(sum(hadamard(g.outputLayerError, g.outputLayerError)), elements(g.y), g))
	}}
}

// mseOver computes the MSE from some of the squares.
func mseOver(in func(row, col, rows, cols int) bool) []form {
	return []form{func(g *given) answer {
		total := 0.0
		for row := range g.y {
			for col, e := range g.outputLayerError[row] {
				if in(row, col, g.y.Rows(), g.y.Cols()) {
					total += e * e
				}
			}
		}
		return numbers(total / (2 * elements(g.y)))
	}}
}

// --- 8 to 11: errors and deltas

func errorMistakes() []mistake {
	return []mistake{
		{signTurned + ": y − out", "9",
			"In the series it is out − y. (Turned here and in Descend, which then adds the update, it is right as well: two turned signs cancel. One alone makes the net climb.)",
			[]form{one(func(g *given) matrix.Matrix { return sub(g.y, g.outputLayerOutputs) })}},
		{"squared", "9", "The square belongs to the MSE. Its derivative is the plain difference.",
			[]form{one(func(g *given) matrix.Matrix { return hadamard(g.outputLayerError, g.outputLayerError) })}},
		{"the size of the error without its sign", "9",
			"The sign is needed: it says in which direction an output has to move.",
			[]form{one(func(g *given) matrix.Matrix { return apply(g.outputLayerError, math.Abs) })}},
		{"÷ N too early", "9",
			"The division by N comes with the weight updates, once. Done here as well, it would be done twice.",
			[]form{one(func(g *given) matrix.Matrix { return scale(1/elements(g.y), g.outputLayerError) })}},
		{"÷ number of flowers", "9", "The error is not divided by anything; the updates will be, by N.",
			[]form{one(func(g *given) matrix.Matrix { return scale(1/float64(g.y.Rows()), g.outputLayerError) })}},
		{"the factor 2 or ½", "9",
			"The 2 of the square's derivative and the ½ of the MSE cancel, so there is no factor in the error.",
			[]form{one(func(g *given) matrix.Matrix { return scale(2, g.outputLayerError) }),
				one(func(g *given) matrix.Matrix { return scale(0.5, g.outputLayerError) })}},
		{"product instead of difference", "9", "The error is out − y, not out ∘ y.",
			[]form{one(func(g *given) matrix.Matrix { return hadamard(g.outputLayerOutputs, g.y) })}},
		{"slope included already", "9", "This is the delta, the next exercise. The error is only the difference.",
			[]form{one(func(g *given) matrix.Matrix { return hadamard(g.outputLayerError, slope(g.outputLayerOutputs)) })}},
		{"the sigmoid is applied again", "9", "The outputs have been through the sigmoid already.",
			[]form{one(func(g *given) matrix.Matrix { return sub(sigmoids(g.outputLayerOutputs), g.y) })}},
		{"labels permuted", "3", "Each output is compared with its own label: the same row, the same column.",
			[]form{one(func(g *given) matrix.Matrix { return sub(g.outputLayerOutputs, reversed(g.y)) })}},
		{"result transposed", "9", whyTransposed,
			[]form{one(func(g *given) matrix.Matrix { return transposed(g.outputLayerError) })}},
	}
}

// parts of a delta: what goes into the sigmoid, what comes out, and the error.
type deltaParts struct{ z, out, err matrix.Matrix }

func outputDeltaOf(g *given) deltaParts {
	return deltaParts{g.outputLayerInputs, g.outputLayerOutputs, g.outputLayerError}
}

func hiddenDeltaOf(g *given) deltaParts {
	return deltaParts{g.hiddenLayerInputs, g.hiddenLayerOutputs, g.hiddenLayerError}
}

func outputDeltaMistakes() []mistake { return deltaMistakes("output", outputDeltaOf) }

func hiddenDeltaMistakes() []mistake { return deltaMistakes("hidden", hiddenDeltaOf) }

func deltaMistakes(layer string, of func(g *given) deltaParts) []mistake {
	in, out, err := layer+"LayerInputs", layer+"LayerOutputs", layer+"LayerError"
	part := map[string]string{"output": "9", "hidden": "11"}[layer]
	forms := func(fs ...func(d deltaParts) matrix.Matrix) (list []form) {
		for _, f := range fs {
			list = append(list, one(func(g *given) matrix.Matrix { return f(of(g)) }))
		}
		return list
	}
	times := func(f func(d deltaParts) matrix.Matrix) []form {
		return forms(func(d deltaParts) matrix.Matrix { return hadamard(d.err, f(d)) })
	}
	return []mistake{
		{"slope missing", "8",
			"This is the error itself. It has to be multiplied by the sigmoid's slope: on its way back it passes the sigmoid, too.",
			times(func(d deltaParts) matrix.Matrix { return apply(d.out, func(float64) float64 { return 1 }) })},
		{"the sigmoid is applied again inside the slope", "8",
			fmt.Sprintf("%s are what the sigmoid returned, so the slope is out·(1 − out) with them. You took σ(out)·(1 − σ(out)).", out),
			append(times(func(d deltaParts) matrix.Matrix { return slope(sigmoids(d.out)) }),
				forms(func(d deltaParts) matrix.Matrix {
					return hadamard(sub(d.err, hadamard(d.err, d.out)), sigmoids(d.out))
				}, func(d deltaParts) matrix.Matrix {
					return hadamard(sub(d.err, hadamard(d.err, sigmoids(d.out))), d.out)
				})...)},
		{"slope of the layer's input instead of its output", "8",
			fmt.Sprintf("out·(1 − out) wants what comes out of the sigmoid: %s, not %s.", out, in),
			append(times(func(d deltaParts) matrix.Matrix { return slope(d.z) }),
				forms(func(d deltaParts) matrix.Matrix { return hadamard(sub(d.err, hadamard(d.err, d.out)), d.z) },
					func(d deltaParts) matrix.Matrix { return hadamard(sub(d.err, hadamard(d.err, d.z)), d.out) })...)},
		{"error missing", part,
			fmt.Sprintf("This is the slope alone. Multiply it by %s.", err),
			forms(func(d deltaParts) matrix.Matrix { return slope(d.out) })},
		{"half of the slope: (1 − out) missing", "8",
			"The slope is a product of two: out, and 1 − out.",
			times(func(d deltaParts) matrix.Matrix { return d.out })},
		{"out · out instead of out · (1 − out)", "8",
			"The slope is a product of two: out, and 1 − out.",
			times(func(d deltaParts) matrix.Matrix { return hadamard(d.out, d.out) })},
		{"half of the slope: out missing", "8",
			"The slope is a product of two: out, and 1 − out.",
			times(func(d deltaParts) matrix.Matrix { return apply(d.out, func(v float64) float64 { return 1 - v }) })},
		{"missing parentheses: out * 1 - out", "8",
			"Multiplication is done before subtraction. Put 1 - out in parentheses.",
			forms(func(d deltaParts) matrix.Matrix { return sub(hadamard(d.err, d.out), d.out) },
				func(d deltaParts) matrix.Matrix { return sub(hadamard(d.err, d.out), hadamard(d.out, d.out)) })},
		{signTurned, "8",
			whySign + " The slope is out·(1 − out), not out·(out − 1).",
			times(func(d deltaParts) matrix.Matrix { return scale(-1, slope(d.out)) })},
		{"1 + out instead of 1 − out", "8", "The slope is out·(1 − out), which is never more than ¼.",
			times(func(d deltaParts) matrix.Matrix { return apply(d.out, func(v float64) float64 { return v * (1 + v) }) })},
		{"sum instead of product", part, "Error and slope are multiplied, not added.",
			forms(func(d deltaParts) matrix.Matrix { return sub(d.err, scale(-1, slope(d.out))) })},
		{"slope applied twice", "8", "The error is multiplied by the slope once.",
			times(func(d deltaParts) matrix.Matrix { return hadamard(slope(d.out), slope(d.out)) })},
		{"÷ N too early", "13", "The division by N comes with the weight updates, once. Done here as well, it would be done twice.",
			[]form{one(func(g *given) matrix.Matrix {
				d := of(g)
				return scale(1/elements(g.y), hadamard(d.err, slope(d.out)))
			})}},
		{"÷ number of hidden outputs", "13", "The delta is not divided by anything; the updates will be, by N.",
			[]form{one(func(g *given) matrix.Matrix {
				d := of(g)
				return scale(1/elements(g.hiddenLayerOutputs), hadamard(d.err, slope(d.out)))
			})}},
		{"÷ number of flowers", "13", "The delta is not divided by anything; the updates will be, by N.",
			times(func(d deltaParts) matrix.Matrix { return scale(1/float64(d.out.Rows()), slope(d.out)) })},
		{"the factor 2 or ½", "6", "There is no factor in the delta: error times slope, that is all.",
			append(times(func(d deltaParts) matrix.Matrix { return scale(2, slope(d.out)) }),
				times(func(d deltaParts) matrix.Matrix { return scale(0.5, slope(d.out)) })...)},
		{"dot product where an element-wise product belongs", part,
			"Each error meets its own slope: element by element (Hadamard, or two loops), not in a dot product.",
			forms(
				func(d deltaParts) matrix.Matrix { return dotOf(d.err, transposed(slope(d.out))) },
				func(d deltaParts) matrix.Matrix { return dotOf(transposed(d.err), slope(d.out)) },
				func(d deltaParts) matrix.Matrix { return dotOf(d.err, slope(d.out)) })},
		{"result transposed", part, whyTransposed,
			forms(func(d deltaParts) matrix.Matrix { return transposed(hadamard(d.err, slope(d.out))) })},
	}
}

func hiddenErrorMistakes() []mistake {
	return []mistake{
		{"from the output layer's error instead of its delta", "11",
			"What comes back along the weights has passed the output's sigmoid: use outputLayerDelta, not outputLayerError.",
			[]form{one(func(g *given) matrix.Matrix { return dotOf(g.outputLayerError, transposed(g.weights2)) })}},
		{"weights_2 not transposed", "11",
			"Forward, weights_2 leads from 2 hidden nodes to 3 outputs (2×3). On the way back it has to lead from 3 to 2: use its transpose.",
			[]form{one(func(g *given) matrix.Matrix { return dotOf(g.outputLayerDelta, g.weights2) }),
				one(func(g *given) matrix.Matrix { return dotOf(g.outputLayerError, g.weights2) })}},
		{"weights_2 reshaped instead of transposed", "11",
			"The shape is 3×2, but the numbers are still in the old order. A transpose mirrors them.",
			[]form{one(func(g *given) matrix.Matrix {
				return dotOf(g.outputLayerDelta, reshaped(g.weights2, g.weights2.Cols(), g.weights2.Rows()))
			})}},
		{"element-wise product instead of the dot product", "11",
			"Each hidden node collects from all three outputs: that is a dot product (Dot), not element by element (Hadamard).",
			[]form{one(func(g *given) matrix.Matrix { return hadamard(g.outputLayerDelta, transposed(g.weights2)) }),
				one(func(g *given) matrix.Matrix { return hadamard(g.outputLayerDelta, g.weights2) })}},
		{"order of the dot product exchanged", "4",
			"It is output_layer_delta · weights_2ᵀ: the flowers' rows come first.",
			[]form{one(func(g *given) matrix.Matrix { return dotOf(transposed(g.weights2), g.outputLayerDelta) }),
				one(func(g *given) matrix.Matrix { return dotOf(g.weights2, g.outputLayerDelta) })}},
		{"the delta is transposed", "11", "The delta has a row for each flower, and so has the result: only the weights are transposed.",
			[]form{one(func(g *given) matrix.Matrix { return dotOf(transposed(g.outputLayerDelta), transposed(g.weights2)) })}},
		{"result transposed", "11", whyTransposed,
			[]form{one(func(g *given) matrix.Matrix { return dotOf(g.weights2, transposed(g.outputLayerDelta)) })}},
		{"÷ N too early", "13", "The division by N comes with the weight updates, once. Done here as well, it would be done twice.",
			[]form{one(func(g *given) matrix.Matrix { return scale(1/elements(g.outputLayerDelta), g.hiddenLayerError) })}},
		{"÷ number of flowers", "13", "The hidden error is not divided by anything; the updates will be, by N.",
			[]form{one(func(g *given) matrix.Matrix { return scale(1/float64(g.y.Rows()), g.hiddenLayerError) })}},
		{"the factor 2 or ½", "6", "There is no factor in the hidden error.",
			[]form{one(func(g *given) matrix.Matrix { return scale(2, g.hiddenLayerError) }),
				one(func(g *given) matrix.Matrix { return scale(0.5, g.hiddenLayerError) })}},
		{signTurned, "11", whySign,
			[]form{one(func(g *given) matrix.Matrix { return scale(-1, g.hiddenLayerError) })}},
	}
}

// --- 12, 13: the updates

// parts of an update: what comes in along the weights, and the delta at their end.
type updateParts struct {
	in, delta matrix.Matrix
	err       matrix.Matrix // of the same layer as the delta
	beforeIn  matrix.Matrix // what in was before the sigmoid, nil for x
}

func update2Of(g *given) updateParts {
	return updateParts{g.hiddenLayerOutputs, g.outputLayerDelta, g.outputLayerError, g.hiddenLayerInputs}
}

func update1Of(g *given) updateParts {
	return updateParts{g.x, g.hiddenLayerDelta, g.hiddenLayerError, nil}
}

func update1Mistakes() []mistake { return updateMistakes("1", update1Of) }

func update2Mistakes() []mistake { return updateMistakes("2", update2Of) }

func updateMistakes(which string, of func(g *given) updateParts) []mistake {
	in, delta, errName, part := "x", "hiddenLayerDelta", "hiddenLayerError", "12"
	if which == "2" {
		in, delta, errName, part = "hiddenLayerOutputs", "outputLayerDelta", "outputLayerError", "10"
	}
	product := func(u updateParts) matrix.Matrix { return dotOf(transposed(u.in), u.delta) }
	scaled := func(fs ...func(g *given) float64) (list []form) {
		for _, f := range fs {
			list = append(list, one(func(g *given) matrix.Matrix { return scale(f(g), product(of(g))) }))
		}
		return list
	}
	overN := func(fs ...func(u updateParts) matrix.Matrix) (list []form) {
		for _, f := range fs {
			list = append(list,
				one(func(g *given) matrix.Matrix { return scale(1/elements(g.y), f(of(g))) }),
				one(func(g *given) matrix.Matrix { return f(of(g)) })) // N is not there yet
		}
		return list
	}
	list := []mistake{
		{"N missing", "13", "The product has to be divided by N, the number of elements of y, since the MSE is a mean.",
			scaled(func(g *given) float64 { return 1 })},
		{"N is the number of flowers instead of elements", "13",
			"The MSE is the mean over all elements of y, so N is y.Rows() * y.Cols(): 15 for 5 flowers.",
			scaled(func(g *given) float64 { return 1 / float64(g.y.Rows()) })},
		{"N is not the number of elements of y", "13",
			"N is y.Rows() * y.Cols(), for both updates, as in the MSE: 15 for 5 flowers. It is neither twice the flowers, nor does it count the elements of another matrix.",
			scaled(
				func(g *given) float64 { return 1 / elements(g.x) },
				func(g *given) float64 { return 1 / elements(g.hiddenLayerOutputs) },
				func(g *given) float64 { return 1 / elements(of(g).in) },
				func(g *given) float64 { return 1 / elements(product(of(g))) },
				func(g *given) float64 { return 1 / float64(2*g.y.Rows()) },
				func(g *given) float64 { return 1 / float64(g.y.Cols()) })},
		{"÷ N done twice", "13", "It is divided by N once more than it should be.",
			scaled(func(g *given) float64 { return 1 / (elements(g.y) * elements(g.y)) })},
		{"multiplied by N", "13", "The product is divided by N: c.Scale(1/N, c), not c.Scale(N, c).",
			scaled(func(g *given) float64 { return elements(g.y) })},
		{"the factor 2 or ½", "13",
			"The 2 of the square's derivative and the ½ of the MSE cancel: it is divided by N, neither by 2·N nor by N/2.",
			scaled(func(g *given) float64 { return 0.5 / elements(g.y) }, func(g *given) float64 { return 2 / elements(g.y) })},
		{signTurned, "13", whySign + " The minus comes in Descend.",
			scaled(func(g *given) float64 { return -1 / elements(g.y) })},
		{"learning rate included already", "7", "The learning rate comes in Descend.",
			scaled(func(g *given) float64 { return g.learningRate / elements(g.y) })},
		{"update transposed", part,
			fmt.Sprintf("The update has the shape of weights_%s. Transpose %s, not %s, and take it as the first factor.", which, in, delta),
			overN(func(u updateParts) matrix.Matrix { return dotOf(transposed(u.delta), u.in) })},
		{"error where the delta belongs", part,
			fmt.Sprintf("You used %s. Use %s: the slope is part of the gradient.", errName, delta),
			overN(func(u updateParts) matrix.Matrix { return dotOf(transposed(u.in), u.err) })[:1]},
		{"error where the delta belongs, and N missing", part,
			fmt.Sprintf("You used %s. Use %s: the slope is part of the gradient. Then divide by N.", errName, delta),
			overN(func(u updateParts) matrix.Matrix { return dotOf(transposed(u.in), u.err) })[1:]},
		{in + " not transposed", part,
			fmt.Sprintf("The sum has to go over the flowers, so transpose %s first: then its rows are the nodes.", in),
			overN(func(u updateParts) matrix.Matrix { return dotOf(u.in, u.delta) })},
		{"the delta is transposed instead of " + in, part,
			fmt.Sprintf("Transpose %s, and leave %s as it is.", in, delta),
			overN(func(u updateParts) matrix.Matrix { return dotOf(u.in, transposed(u.delta)) })},
		{"order of the dot product exchanged", part,
			fmt.Sprintf("It is %sᵀ · %s, in this order.", in, delta),
			overN(func(u updateParts) matrix.Matrix { return dotOf(u.delta, transposed(u.in)) },
				func(u updateParts) matrix.Matrix { return dotOf(u.delta, u.in) })},
		{"element-wise product instead of the dot product", part,
			"Each weight adds up over all flowers: that is a dot product (Dot), not element by element (Hadamard).",
			overN(func(u updateParts) matrix.Matrix { return hadamard(transposed(u.in), u.delta) },
				func(u updateParts) matrix.Matrix { return hadamard(u.in, u.delta) })},
	}
	if which == "2" {
		list = append(list, mistake{"inputs where outputs belong", part,
			"Along weights_2 goes what came out of the hidden nodes: hiddenLayerOutputs, not hiddenLayerInputs.",
			overN(func(u updateParts) matrix.Matrix { return dotOf(transposed(u.beforeIn), u.delta) })[:1]},
			mistake{"inputs where outputs belong, and N missing", part,
				"Along weights_2 goes what came out of the hidden nodes: hiddenLayerOutputs. Then divide by N.",
				overN(func(u updateParts) matrix.Matrix { return dotOf(transposed(u.beforeIn), u.delta) })[1:]},
			mistake{"inputs where outputs belong, and error where the delta belongs", part,
				"Use hiddenLayerOutputs and outputLayerDelta.",
				overN(func(u updateParts) matrix.Matrix { return dotOf(transposed(u.beforeIn), u.err) })[:1]})
	}
	return list
}

// --- 14: descent

func descendMistakes() []mistake {
	return []mistake{
		{signTurned + ": weights + learning_rate · update", "7",
			"The update points uphill, so it has to be subtracted. (If your error is y − out, adding is right: two turned signs cancel. The series has out − y, and subtracts.)",
			descendWith(func(w, u, rate float64) float64 { return w + rate*u })},
		{"learning rate forgotten", "7", "The whole update is subtracted. Only its learning_rate-th part should be: a small step.",
			descendWith(func(w, u, rate float64) float64 { return w - u })},
		{"learning rate forgotten, and the sign is turned", "7", "It is weights − learning_rate · update.",
			descendWith(func(w, u, rate float64) float64 { return w + u })},
		{"divided by the learning rate", "7", "The update is multiplied by the learning rate.",
			descendWith(func(w, u, rate float64) float64 { return w - u/rate })},
		{"the step alone, without the weights", "7", "This is only how far the weights have to move, not where they get to: weights − learning_rate · update.",
			descendWith(func(w, u, rate float64) float64 { return rate * u }, func(w, u, rate float64) float64 { return -rate * u })},
		{"missing parentheses: (weights − update) · learning_rate", "7",
			"The learning rate belongs to the update alone: weights − (learning_rate · update).",
			descendWith(func(w, u, rate float64) float64 { return rate * (w - u) })},
		{"the learning rate alone is subtracted", "7", "The step of each weight is the learning rate times its own update.",
			descendWith(func(w, u, rate float64) float64 { return w - rate })},
		{"the wrong way round: learning_rate · update − weights", "7", "It is weights − learning_rate · update.",
			descendWith(func(w, u, rate float64) float64 { return rate*u - w })},
		{"update and weights exchanged", "7", "It is weights − learning_rate · update.",
			descendWith(func(w, u, rate float64) float64 { return u - rate*w })},
		{"the factor 2 or ½", "7", "There is no factor in the step but the learning rate.",
			descendWith(func(w, u, rate float64) float64 { return w - 2*rate*u }, func(w, u, rate float64) float64 { return w - rate*u/2 })},
		{"missing parentheses: (weights − learning_rate) · update", "7",
			"The update is multiplied by the learning rate, and the product subtracted from the weights.",
			descendWith(func(w, u, rate float64) float64 { return (w - rate) * u })},
		{"the weights are not changed", "7", "These are the old weights.",
			descendWith(func(w, u, rate float64) float64 { return w })},
		{"element-wise product of weights and update", "7", "The step of a weight does not depend on the weight itself: it is learning_rate · update.",
			descendWith(func(w, u, rate float64) float64 { return w - rate*w*u }, func(w, u, rate float64) float64 { return w * u })},
		{"÷ N done twice", "13", "The update has been divided by N already.",
			[]form{one(func(g *given) matrix.Matrix {
				return sub(g.weights2, scale(g.learningRate/elements(g.y), g.weights2Update))
			})}},
		{"÷ number of weights", "13", "The update has been divided already, and by N.",
			[]form{one(func(g *given) matrix.Matrix {
				return sub(g.weights2, scale(g.learningRate/elements(g.weights2), g.weights2Update))
			})}},
		{"result transposed", "7", whyTransposed,
			[]form{one(func(g *given) matrix.Matrix {
				return transposed(sub(g.weights2, scale(g.learningRate, g.weights2Update)))
			})}},
	}
}

func descendWith(fs ...func(w, u, rate float64) float64) (list []form) {
	for _, f := range fs {
		list = append(list, one(func(g *given) matrix.Matrix {
			return combine(g.weights2, g.weights2Update, func(w, u float64) float64 { return f(w, u, g.learningRate) })
		}))
	}
	return list
}
