package checker

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"backprop/matrix"
	"backprop/network/workshop/checker/solutions"
)

// Here every mistake is made once more, in a learner's function and as a learner
// would write it, apart from how mistakes.go computes it.

// mul is a learner's dot product; it may panic, as theirs would.
func mul(x, y matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Rows(), y.Cols())
	for i := 0; i < x.Rows(); i++ {
		for j := 0; j < y.Cols(); j++ {
			for k := 0; k < x.Cols(); k++ {
				z[i][j] += x[i][k] * y[k][j]
			}
		}
	}
	return z
}

// lax is a dot product that looks at no sizes: it goes as far as y has rows.
func lax(x, y matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Rows(), y.Cols())
	for i := range z {
		for j := range z[i] {
			for k := 0; k < len(y) && k < len(x[i]); k++ {
				z[i][j] += x[i][k] * y[k][j]
			}
		}
	}
	return z
}

// flip is a learner's transpose.
func flip(x matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Cols(), x.Rows())
	for i := 0; i < x.Cols(); i++ {
		for j := 0; j < x.Rows(); j++ {
			z[i][j] = x[j][i]
		}
	}
	return z
}

// by multiplies element by element with package matrix, which checks the shapes.
func by(x, y matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Rows(), x.Cols())
	z.Hadamard(x, y)
	return z
}

// minus subtracts element by element.
func minus(x, y matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Rows(), x.Cols())
	z.Sub(x, y)
	return z
}

// each calls f for each number.
func each(x matrix.Matrix, f func(v float64) float64) matrix.Matrix {
	z := matrix.New(x.Rows(), x.Cols())
	for i, row := range x {
		for j, v := range row {
			z[i][j] = f(v)
		}
	}
	return z
}

func times(x matrix.Matrix, s float64) matrix.Matrix {
	return each(x, func(v float64) float64 { return v * s })
}

func sig(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func bend(out float64) float64 { return out * (1 - out) } // the slope

// whole is a division of whole numbers, such as 1/2 in Go.
func whole(a, b int) float64 { return float64(a / b) }

func size(y matrix.Matrix) float64 { return float64(len(y) * len(y[0])) }

type (
	m    = matrix.Matrix
	pair = func(x, w m) (m, m)
)

// A made mistake is a learner's function with the mistake of that name. What was made
// may have another name than what it is called, if both give the same numbers.
type made struct {
	exercise, mistake, made string
	make                    func(f *Functions)
}

func allMade() (all []made) {
	add := func(exercise, mistake string, make func(f *Functions)) {
		all = append(all, made{exercise, called(exercise, mistake), mistake, make})
	}
	// --- 1
	dots := func(mistake string, f func(x, y m) m) { add("Dot", mistake, func(fs *Functions) { fs.Dot = f }) }
	dots("element-wise product instead of the dot product", by)
	dots("element-wise product instead of the dot product", func(x, y m) m {
		z := matrix.New(x.Rows(), x.Cols())
		for i := range x {
			for j := range x[i] {
				z[i][j] = x[i][j] * y[i][j]
			}
		}
		return z
	})
	loops := func(set func(z, x, y m, i, j, k int)) func(x, y m) m {
		return func(x, y m) m {
			z := matrix.New(x.Rows(), y.Cols())
			for i := range z {
				for j := range z[i] {
					for k := range y {
						set(z, x, y, i, j, k)
					}
				}
			}
			return z
		}
	}
	dots("columns of y not used: y is taken by its rows", loops(func(z, x, y m, i, j, k int) { z[i][j] += x[i][k] * y[j][k] }))
	dots("rows of x not used: x is taken by its columns", loops(func(z, x, y m, i, j, k int) { z[i][j] += x[k][i] * y[k][j] }))
	dots("x and y exchanged", func(x, y m) m { return mul(y, x) })
	dots("result transposed", func(x, y m) m { return flip(mul(x, y)) })
	dots("the last product only: = instead of +=", loops(func(z, x, y m, i, j, k int) { z[i][j] = x[i][k] * y[k][j] }))
	dots("the sum is not set back to 0 for each number", func(x, y m) m {
		z := matrix.New(x.Rows(), y.Cols())
		sum := 0.0
		for i := range z {
			for j := range z[i] {
				for k := range y {
					sum += x[i][k] * y[k][j]
				}
				z[i][j] = sum
			}
		}
		return z
	})
	dots("subtracted instead of added up", loops(func(z, x, y m, i, j, k int) { z[i][j] -= x[i][k] * y[k][j] }))
	for _, over := range []func(x, y m) (from, to int){
		func(x, y m) (int, int) { return 0, x.Cols() - 1 },
		func(x, y m) (int, int) { return 1, x.Cols() },
		func(x, y m) (int, int) { return 0, y.Cols() },
	} {
		dots("products missing: k does not go over the whole row", func(x, y m) m {
			z := matrix.New(x.Rows(), y.Cols())
			for i := range z {
				for j := range z[i] {
					from, to := over(x, y)
					for k := from; k < to; k++ {
						z[i][j] += x[i][k] * y[k][j]
					}
				}
			}
			return z
		})
	}
	dots("x[i][j] instead of x[i][k]", loops(func(z, x, y m, i, j, k int) { z[i][j] += x[i][j] * y[k][j] }))
	dots("y[i][j] instead of y[k][j]", loops(func(z, x, y m, i, j, k int) { z[i][j] += x[i][k] * y[i][j] }))
	dots("added instead of multiplied", loops(func(z, x, y m, i, j, k int) { z[i][j] += x[i][k] + y[k][j] }))
	// --- 2
	turns := func(mistake string, f func(x m) m) {
		add("Transpose", mistake, func(fs *Functions) { fs.Transpose = f })
	}
	turns("not transposed", func(x m) m { return x })
	turns("not transposed", func(x m) m { return flip(flip(x)) })
	turns("reshaped instead of transposed", func(x m) m {
		var all []float64
		for _, row := range x {
			all = append(all, row...)
		}
		z := matrix.New(x.Cols(), x.Rows())
		for i := range z {
			copy(z[i], all[i*x.Rows():])
		}
		return z
	})
	turns("turned instead of mirrored", func(x m) m {
		z := matrix.New(x.Cols(), x.Rows())
		for i := range x {
			for j := range x[i] {
				z[j][len(x)-1-i] = x[i][j]
			}
		}
		return z
	})
	turns("turned instead of mirrored", func(x m) m {
		z := matrix.New(x.Cols(), x.Rows())
		for i := range x {
			for j := range x[i] {
				z[len(z)-1-j][i] = x[i][j]
			}
		}
		return z
	})
	// --- 3
	sigs := func(mistake string, f func(z float64) float64) {
		add("Sigmoid", mistake, func(fs *Functions) { fs.Sigmoid = f })
	}
	sigs("exp(+z) instead of exp(-z)", func(z float64) float64 { return 1 / (1 + math.Exp(z)) })
	sigs("exp(+z) instead of exp(-z)", func(z float64) float64 { return math.Exp(-z) / (1 + math.Exp(-z)) })
	sigs("missing parentheses: 1/1 + exp(-z)", func(z float64) float64 { return 1/1.0 + math.Exp(-z) })
	sigs("missing parentheses and exp(+z)", func(z float64) float64 { return 1/1.0 + math.Exp(z) })
	sigs("1 - exp(-z) below the fraction line", func(z float64) float64 { return 1 / (1 - math.Exp(-z)) })
	sigs("the 1 + below the fraction line is missing", func(z float64) float64 { return 1 / math.Exp(-z) })
	sigs("the slope instead of the sigmoid", func(z float64) float64 { s := sig(z); return s * (1 - s) })
	sigs("no sigmoid", func(z float64) float64 { return z })
	sigs("the sign is turned", func(z float64) float64 { return -1 / (1 + math.Exp(-z)) })
	sigs("another base than e", func(z float64) float64 { return 1 / (1 + math.Pow(2.718, -z)) })
	sigs("another base than e", func(z float64) float64 { return 1 / (1 + math.Exp2(-z)) })
	sigs("only 0 or 1 comes out: an integer division, or a step", func(z float64) float64 {
		if z > 0 {
			return 1
		}
		return 0
	})
	sigs("only 0 or 1 comes out: an integer division, or a step", func(z float64) float64 { return float64(1 / int(1+math.Exp(-z))) })
	sigs("only 0 or 1 comes out: an integer division, or a step", func(z float64) float64 { return float64(1 / (1 + int(math.Exp(-z)))) })
	sigs(allZeros, func(z float64) float64 { return whole(1, 2) * z })
	// --- 4 and 5
	for _, layer := range []string{"HiddenLayer", "OutputLayer"} {
		x, w := "x", "weights_1"
		if layer == "OutputLayer" {
			x, w = "hidden_layer_outputs", "weights_2"
		}
		layers := func(mistake string, f pair) {
			add(layer, mistake, func(fs *Functions) {
				if layer == "HiddenLayer" {
					fs.HiddenLayer = f
				} else {
					fs.OutputLayer = f
				}
			})
		}
		of := func(in func(x, w m) m, out func(z float64) float64) pair {
			return func(x, w m) (m, m) { z := in(x, w); return z, each(z, out) }
		}
		same := func(z float64) float64 { return z }
		layers("no sigmoid", of(mul, same))
		layers("the sigmoid is applied twice", of(mul, func(z float64) float64 { return sig(sig(z)) }))
		layers("the sigmoid is in the inputs already", func(x, w m) (m, m) { z := each(mul(x, w), sig); return z, z })
		layers("inputs and outputs exchanged", func(x, w m) (m, m) { z := mul(x, w); return each(z, sig), z })
		layers("the slope instead of the sigmoid", of(mul, func(z float64) float64 { return bend(sig(z)) }))
		layers("exp(+z) instead of exp(-z)", of(mul, func(z float64) float64 { return 1 / (1 + math.Exp(z)) }))
		layers("missing parentheses: 1/1 + exp(-z)", of(mul, func(z float64) float64 { return 1/1.0 + math.Exp(-z) }))
		layers("1 - exp(-z) below the fraction line", of(mul, func(z float64) float64 { return 1 / (1 - math.Exp(-z)) }))
		layers("exp(z) or exp(-z) alone instead of the sigmoid", of(mul, math.Exp))
		layers("exp(z) or exp(-z) alone instead of the sigmoid", of(mul, func(z float64) float64 { return math.Exp(-z) }))
		layers("the sigmoid comes before the weights", of(func(x, w m) m { return mul(each(x, sig), w) }, sig))
		layers("the sigmoid comes before the weights", of(func(x, w m) m { return mul(each(x, sig), w) }, same))
		layers("the sigmoid comes before the weights", func(x, w m) (m, m) { return mul(x, w), mul(each(x, sig), w) })
		layers("element-wise product instead of the dot product", of(by, sig))
		layers(w+" transposed", of(func(x, w m) m { return mul(x, flip(w)) }, sig))
		layers(w+" transposed", of(func(x, w m) m { return lax(x, flip(w)) }, sig))
		layers(x+" transposed", of(func(x, w m) m { return mul(flip(x), w) }, sig))
		layers("order of the dot product exchanged", of(func(x, w m) m { return mul(w, x) }, sig))
		layers("result transposed", of(func(x, w m) m { return mul(flip(w), flip(x)) }, sig))
		layers("the sign of the inputs is turned", of(func(x, w m) m { return mul(times(x, -1), w) }, sig))
		layers("the sign of the outputs is turned", of(mul, func(z float64) float64 { return -sig(z) }))
	}
	// --- 6
	ys := func(mistake string, f func(species []int) m) {
		add("Labels", mistake, func(fs *Functions) { fs.Labels = f })
	}
	fill := func(cols int, set func(row []float64, s int)) func(species []int) m {
		return func(species []int) m {
			y := matrix.New(len(species), cols)
			for i, s := range species {
				set(y[i], s)
			}
			return y
		}
	}
	counted := "not one-hot: the number of the species instead of a 1"
	ys(counted, fill(1, func(row []float64, s int) { row[0] = float64(s) }))
	ys(counted, fill(1, func(row []float64, s int) { row[0] = float64(s) + 1 }))
	ys(counted, fill(3, func(row []float64, s int) { row[0], row[1], row[2] = float64(s), float64(s), float64(s) }))
	ys(counted, fill(3, func(row []float64, s int) { row[0], row[1], row[2] = float64(s+1), float64(s+1), float64(s+1) }))
	ys(counted, fill(3, func(row []float64, s int) { row[s] = float64(s) }))
	ys(counted, fill(3, func(row []float64, s int) { row[s] = float64(s + 1) }))
	ys(counted, func(species []int) m {
		row := []float64{}
		for _, s := range species {
			row = append(row, float64(s))
		}
		return m{row}
	})
	columns := "labels permuted: the columns are in another order"
	ys(columns, fill(3, func(row []float64, s int) { row[2-s] = 1 }))
	ys(columns, fill(3, func(row []float64, s int) { row[(s+1)%3] = 1 }))
	ys(columns, fill(3, func(row []float64, s int) { row[(s+2)%3] = 1 }))
	ys(columns, fill(3, func(row []float64, s int) { row[[]int{1, 0, 2}[s]] = 1 }))
	ys(columns, fill(3, func(row []float64, s int) { row[[]int{0, 2, 1}[s]] = 1 }))
	ys("labels permuted: the rows are in another order", func(species []int) m {
		y := matrix.New(len(species), 3)
		for i, s := range species {
			y[len(species)-1-i][s] = 1
		}
		return y
	})
	ys("not one-hot: the labels count up to the species", fill(3, func(row []float64, s int) {
		for j := 0; j <= s; j++ {
			row[j] = 1
		}
	}))
	ys("not one-hot: the labels count up to the species", fill(3, func(row []float64, s int) {
		for j := 0; j < s; j++ {
			row[j] = 1
		}
	}))
	ys("0 and 1 exchanged", fill(3, func(row []float64, s int) { row[0], row[1], row[2] = 1, 1, 1; row[s] = 0 }))
	ys(allZeros, fill(3, func([]float64, int) {}))
	ys("the row's number instead of the species", func(species []int) m {
		y := matrix.New(len(species), 3)
		for i := range species {
			y[i][i%3] = 1
		}
		return y
	})
	ys("not one-hot: every label is the same", fill(3, func(row []float64, _ int) { row[2] = 1 }))
	ys("not every row has its 1", fill(3, func(row []float64, s int) {
		if s != 0 {
			row[s] = 1
		}
	}))
	ys("not every row has its 1", fill(3, func(row []float64, s int) {
		if s == 2 {
			row[s] = 1
		}
	}))
	ys("not every row has its 1", func(species []int) m { // too early
		y := matrix.New(len(species), 3)
		y[0][species[0]] = 1
		return y
	})
	ys("not one-hot: every label is the same", fill(3, func(row []float64, _ int) { row[0], row[1], row[2] = 1, 1, 1 }))
	ys("result transposed", func(species []int) m {
		y := matrix.New(3, len(species))
		for i, s := range species {
			y[s][i] = 1
		}
		return y
	})
	// --- 7
	mses := func(mistake string, f func(out, y m) float64) {
		add("MSE", mistake, func(fs *Functions) { fs.MSE = f })
	}
	squares := func(out, y m) (sum float64) {
		for i := range out {
			for j := range out[i] {
				sum += math.Pow(y[i][j]-out[i][j], 2)
			}
		}
		return sum
	}
	mses("N missing", func(out, y m) float64 { return squares(out, y) / 2 })
	mses("N is the number of flowers instead of elements", func(out, y m) float64 { return squares(out, y) / float64(2*len(y)) })
	mses("N is the number of outputs instead of elements", func(out, y m) float64 { return squares(out, y) / float64(2*len(y[0])) })
	mses("the factor ½ missing", func(out, y m) float64 { return squares(out, y) / size(y) })
	mses("N and the factor ½ missing", squares)
	mses("the factor ½ missing, and N is the number of flowers", func(out, y m) float64 { return squares(out, y) / float64(len(y)) })
	mses("the factor 2 instead of ½", func(out, y m) float64 { return 2 * squares(out, y) / size(y) })
	mses("the factor ½ twice", func(out, y m) float64 { return 0.5 * squares(out, y) / (2 * size(y)) })
	mses("missing parentheses: sum / 2 * N", func(out, y m) float64 { return squares(out, y) / 2 * size(y) })
	mses("÷ N done twice", func(out, y m) float64 { return squares(out, y) / (2 * size(y)) / size(y) })
	mses(allZeros, func(out, y m) float64 { return float64(1/(2*len(y)*len(y[0]))) * squares(out, y) })
	mses(allZeros, func(out, y m) float64 { return whole(1, 2) * squares(out, y) / size(y) })
	part := func(out, y m, in func(i, j int) bool) (sum float64) {
		for i := range y {
			for j := range y[i] {
				if in(i, j) {
					sum += (out[i][j] - y[i][j]) * (out[i][j] - y[i][j])
				}
			}
		}
		return sum / (2 * size(y))
	}
	mses("the last square only: = instead of +=", func(out, y m) float64 {
		sum := 0.0
		for i := range y {
			for j := range y[i] {
				sum = math.Pow(out[i][j]-y[i][j], 2)
			}
		}
		return sum / (2 * size(y))
	})
	mses("only the first square is in it, or those of the first row", func(out, y m) float64 { return part(out, y, func(i, j int) bool { return i+j == 0 }) })
	mses("only the first square is in it, or those of the first row", func(out, y m) float64 { return part(out, y, func(i, j int) bool { return i == 0 }) })
	mses(signTurned, func(out, y m) float64 { return -squares(out, y) / 2 / size(y) })
	total := func(x m, f func(v float64) float64) (sum float64) {
		for _, row := range x {
			for _, v := range row {
				sum += f(v)
			}
		}
		return sum
	}
	plain := func(v float64) float64 { return v }
	square := func(v float64) float64 { return v * v }
	mses("the square of the sum instead of the sum of the squares", func(out, y m) float64 { return square(total(minus(out, y), plain)) / (2 * size(y)) })
	mses("the difference of the squares instead of the square of the difference", func(out, y m) float64 { return (total(out, square) - total(y, square)) / (2 * size(y)) })
	mses("2 to the power of the difference", func(out, y m) float64 { return total(minus(out, y), math.Exp2) / (2 * size(y)) })
	mses("2 to the power of the difference", func(out, y m) float64 { return total(minus(y, out), math.Exp2) / (2 * size(y)) })
	mses("not squared", func(out, y m) float64 { return total(minus(out, y), plain) / (2 * size(y)) })
	mses("not squared", func(out, y m) float64 { return total(minus(y, out), plain) / (2 * size(y)) })
	mses("the size of the error instead of its square", func(out, y m) float64 { return total(minus(y, out), math.Abs) / (2 * size(y)) })
	mses("the root of the MSE", func(out, y m) float64 { return math.Sqrt(squares(out, y) / 2 / size(y)) })
	mses("dot product where each error has to be squared", func(out, y m) float64 {
		e := minus(y, out)
		return total(mul(flip(e), e), plain) / (2 * size(y))
	})
	mses("dot product where each error has to be squared", func(out, y m) float64 {
		e := minus(y, out)
		return total(mul(e, flip(e)), plain) / (2 * size(y))
	})
	mses("element-wise product of out and y, instead of their difference", func(out, y m) float64 {
		return total(by(out, y), func(v float64) float64 { return v * v }) / (2 * size(y))
	})
	// --- 8
	errs := func(mistake string, f func(out, y m) m) {
		add("OutputLayerError", mistake, func(fs *Functions) { fs.OutputLayerError = f })
	}
	errs("the sign is turned: y − out", func(out, y m) m { return minus(y, out) })
	errs("squared", func(out, y m) m { return each(minus(y, out), func(v float64) float64 { return v * v }) })
	errs("the size of the error without its sign", func(out, y m) m { return each(minus(y, out), math.Abs) })
	errs("÷ N too early", func(out, y m) m { return times(minus(out, y), 1/size(y)) })
	errs("÷ number of flowers", func(out, y m) m { return times(minus(out, y), 1/float64(len(y))) })
	errs("the factor 2 or ½", func(out, y m) m { return times(minus(out, y), 2) })
	errs("the factor 2 or ½", func(out, y m) m { return times(minus(out, y), 0.5) })
	errs(allZeros, func(out, y m) m { return times(minus(out, y), whole(1, 2)) })
	errs("product instead of difference", by)
	errs("slope included already", func(out, y m) m { return by(minus(out, y), each(out, bend)) })
	errs("the sigmoid is applied again", func(out, y m) m { return minus(each(out, sig), y) })
	errs("labels permuted", func(out, y m) m {
		z := matrix.New(y.Rows(), y.Cols())
		for i := range z {
			for j := range z[i] {
				z[i][j] = out[i][j] - y[len(y)-1-i][j]
			}
		}
		return z
	})
	errs("result transposed", func(out, y m) m { return flip(minus(out, y)) })
	// --- 9 and 11
	for _, layer := range []string{"OutputLayerDelta", "HiddenLayerDelta"} {
		deltas := func(mistake string, f func(in, out, e m) m) {
			add(layer, mistake, func(fs *Functions) {
				if layer == "OutputLayerDelta" {
					fs.OutputLayerDelta = f
				} else {
					fs.HiddenLayerDelta = f
				}
			})
		}
		with := func(f func(in, out, e float64) float64) func(in, out, e m) m {
			return func(in, out, e m) m {
				z := matrix.New(e.Rows(), e.Cols())
				for i := range z {
					for j := range z[i] {
						z[i][j] = f(in[i][j], out[i][j], e[i][j])
					}
				}
				return z
			}
		}
		deltas("slope missing", func(_, _, e m) m { return e })
		deltas("the sigmoid is applied again inside the slope", with(func(_, o, e float64) float64 { return e * sig(o) * (1 - sig(o)) }))
		deltas("the sigmoid is applied again inside the slope", with(func(_, o, e float64) float64 { return e * sig(o) * (1 - o) }))
		deltas("the sigmoid is applied again inside the slope", with(func(_, o, e float64) float64 { return e * o * (1 - sig(o)) }))
		deltas("out · out instead of out · (1 − out)", with(func(_, o, e float64) float64 { return e * o * o }))
		deltas("slope of the layer's input instead of its output", with(func(z, _, e float64) float64 { return e * z * (1 - z) }))
		deltas("slope of the layer's input instead of its output", with(func(z, o, e float64) float64 { return e * z * (1 - o) }))
		deltas("slope of the layer's input instead of its output", with(func(z, o, e float64) float64 { return e * o * (1 - z) }))
		deltas("error missing", with(func(_, o, _ float64) float64 { return o * (1 - o) }))
		deltas("half of the slope: (1 − out) missing", with(func(_, o, e float64) float64 { return e * o }))
		deltas("half of the slope: out missing", with(func(_, o, e float64) float64 { return e * (1 - o) }))
		deltas("missing parentheses: out * 1 - out", with(func(_, o, e float64) float64 { return e*o*1 - o }))
		deltas(allZeros, with(func(_, o, e float64) float64 { slope := o*1 - o; return e * slope }))
		deltas("missing parentheses: out * 1 - out", with(func(_, o, e float64) float64 { return e*o - o*o }))
		deltas("the sign is turned", with(func(_, o, e float64) float64 { return e * o * (o - 1) }))
		deltas("1 + out instead of 1 − out", with(func(_, o, e float64) float64 { return e * o * (1 + o) }))
		deltas("sum instead of product", with(func(_, o, e float64) float64 { return e + o*(1-o) }))
		deltas("slope applied twice", with(func(_, o, e float64) float64 { return e * bend(o) * bend(o) }))
		deltas("÷ N too early", with(func(_, o, e float64) float64 { return e * bend(o) / 15 }))
		deltas("÷ number of flowers", with(func(_, o, e float64) float64 { return e * bend(o) / 5 }))
		deltas("the factor 2 or ½", with(func(_, o, e float64) float64 { return 2 * e * bend(o) }))
		deltas("the factor 2 or ½", with(func(_, o, e float64) float64 { return e * bend(o) / 2 }))
		deltas("÷ number of hidden outputs", with(func(_, o, e float64) float64 { return e * bend(o) / 10 }))
		product := "dot product where an element-wise product belongs"
		deltas(product, func(_, out, e m) m { return mul(e, flip(each(out, bend))) })
		deltas(product, func(_, out, e m) m { return mul(flip(e), each(out, bend)) })
		deltas(product, func(_, out, e m) m { return mul(e, each(out, bend)) })
		deltas(product, func(_, out, e m) m {
			z := matrix.New(e.Rows(), e.Cols())
			z.Dot(e, each(out, bend))
			return z
		})
		deltas("result transposed", func(_, out, e m) m { return flip(by(e, each(out, bend))) })
	}
	// --- 10
	backs := func(mistake string, f func(e, d, w m) m) {
		add("HiddenLayerError", mistake, func(fs *Functions) { fs.HiddenLayerError = f })
	}
	backs("from the output layer's error instead of its delta", func(e, d, w m) m { return mul(e, flip(w)) })
	backs("weights_2 not transposed", func(e, d, w m) m { return mul(d, w) })
	backs("weights_2 not transposed", func(e, d, w m) m { return lax(d, w) })
	backs("weights_2 not transposed", func(e, d, w m) m { return lax(e, w) })
	backs("weights_2 not transposed", func(e, d, w m) m {
		z := matrix.New(d.Rows(), w.Cols())
		z.Dot(d, w)
		return z
	})
	backs("weights_2 reshaped instead of transposed", func(e, d, w m) m {
		all := append(append([]float64{}, w[0]...), w[1]...)
		if len(w) > 2 { // with other sizes, too
			for _, row := range w[2:] {
				all = append(all, row...)
			}
		}
		t := matrix.New(w.Cols(), w.Rows())
		for i := range t {
			copy(t[i], all[i*w.Rows():])
		}
		return mul(d, t)
	})
	backs("element-wise product instead of the dot product", func(e, d, w m) m { return by(d, w) })
	backs("element-wise product instead of the dot product", func(e, d, w m) m { return by(d, flip(w)) })
	backs("order of the dot product exchanged", func(e, d, w m) m { return mul(flip(w), d) })
	backs("order of the dot product exchanged", func(e, d, w m) m { return mul(w, d) })
	backs("the delta is transposed", func(e, d, w m) m { return mul(flip(d), flip(w)) })
	backs("result transposed", func(e, d, w m) m { return mul(w, flip(d)) })
	backs("÷ N too early", func(e, d, w m) m { return times(mul(d, flip(w)), 1/size(d)) })
	backs("÷ number of flowers", func(e, d, w m) m { return times(mul(d, flip(w)), 1/float64(len(d))) })
	backs("the factor 2 or ½", func(e, d, w m) m { return times(mul(d, flip(w)), 2) })
	backs("the factor 2 or ½", func(e, d, w m) m { return times(mul(d, flip(w)), 0.5) })
	backs("the sign is turned", func(e, d, w m) m { return mul(times(d, -1), flip(w)) })
	// --- 12 and 13
	for _, which := range []string{"1", "2"} {
		in, layer := "x", "Weights1Update"
		if which == "2" {
			in, layer = "hiddenLayerOutputs", "Weights2Update"
		}
		updates := func(mistake string, f func(in, y, e, d m) m) {
			add(layer, mistake, func(fs *Functions) {
				if layer == "Weights1Update" {
					fs.Weights1Update = f
				} else {
					fs.Weights2Update = func(_, out, y, e, d m) m { return f(out, y, e, d) }
				}
			})
		}
		over := func(n func(x, y, d m) float64) func(x, y, e, d m) m {
			return func(x, y, e, d m) m { return times(mul(flip(x), d), 1/n(x, y, d)) }
		}
		updates("N missing", func(x, y, e, d m) m { return mul(flip(x), d) })
		updates("N is the number of flowers instead of elements", over(func(x, y, d m) float64 { return float64(len(x)) }))
		other := "N is not the number of elements of y"
		updates(other, over(func(x, y, d m) float64 { return size(x) }))
		updates(other, over(func(x, y, d m) float64 { return float64(x.Cols() * d.Cols()) }))
		updates(other, over(func(x, y, d m) float64 { return float64(y.Cols()) }))
		updates(other, over(func(x, y, d m) float64 { return float64(2 * y.Rows()) }))
		updates(other, over(func(x, y, d m) float64 { return 20 })) // of x
		updates(other, over(func(x, y, d m) float64 { return 10 })) // of the hidden layer's outputs
		updates("÷ N done twice", over(func(x, y, d m) float64 { return size(y) * size(y) }))
		updates("multiplied by N", over(func(x, y, d m) float64 { return 1 / size(y) }))
		updates("the factor 2 or ½", over(func(x, y, d m) float64 { return 2 * size(y) }))
		updates("the factor 2 or ½", over(func(x, y, d m) float64 { return size(y) / 2 }))
		updates(allZeros, func(x, y, e, d m) m { return times(mul(flip(x), d), float64(1/(len(y)*len(y[0])))) })
		updates("the sign is turned", over(func(x, y, d m) float64 { return -size(y) }))
		updates("learning rate included already", over(func(x, y, d m) float64 { return size(y) / 0.13 }))
		updates("update transposed", func(x, y, e, d m) m { return mul(flip(d), x) })
		updates("error where the delta belongs, and N missing", func(x, y, e, d m) m { return mul(flip(x), e) })
		updates("update transposed", func(x, y, e, d m) m { return times(mul(flip(d), x), 1/size(y)) })
		updates("error where the delta belongs", func(x, y, e, d m) m { return times(mul(flip(x), e), 1/size(y)) })
		updates(in+" not transposed", func(x, y, e, d m) m { return times(mul(x, d), 1/size(y)) })
		updates(in+" not transposed", func(x, y, e, d m) m { return lax(x, d) })
		updates(in+" not transposed", func(x, y, e, d m) m {
			z := matrix.New(x.Cols(), d.Cols())
			z.Dot(x, d)
			z.Scale(1/size(y), z)
			return z
		})
		updates("the delta is transposed instead of "+in, func(x, y, e, d m) m { return times(mul(x, flip(d)), 1/size(y)) })
		updates("order of the dot product exchanged", func(x, y, e, d m) m { return times(mul(d, flip(x)), 1/size(y)) })
		updates("order of the dot product exchanged", func(x, y, e, d m) m { return times(mul(d, x), 1/size(y)) })
		updates("element-wise product instead of the dot product", func(x, y, e, d m) m { return times(by(flip(x), d), 1/size(y)) })
		updates("element-wise product instead of the dot product", func(x, y, e, d m) m { return times(by(x, d), 1/size(y)) })
	}
	twos := func(mistake string, f func(in, out, y, e, d m) m) {
		add("Weights2Update", mistake, func(fs *Functions) { fs.Weights2Update = f })
	}
	twos("inputs where outputs belong, and N missing", func(in, out, y, e, d m) m { return mul(flip(in), d) })
	twos("inputs where outputs belong", func(in, out, y, e, d m) m { return times(mul(flip(in), d), 1/size(y)) })
	twos("inputs where outputs belong, and error where the delta belongs", func(in, out, y, e, d m) m { return times(mul(flip(in), e), 1/size(y)) })
	// --- 14
	downs := func(mistake string, f func(w, u, rate float64) float64) {
		add("Descend", mistake, func(fs *Functions) {
			fs.Descend = func(weights, update m, rate float64) m {
				z := matrix.New(weights.Rows(), weights.Cols())
				for i := range z {
					for j := range z[i] {
						z[i][j] = f(weights[i][j], update[i][j], rate)
					}
				}
				return z
			}
		})
	}
	downs("the sign is turned: weights + learning_rate · update", func(w, u, r float64) float64 { return w + r*u })
	downs("learning rate forgotten", func(w, u, r float64) float64 { return w - u })
	downs("learning rate forgotten, and the sign is turned", func(w, u, r float64) float64 { return w + u })
	downs("divided by the learning rate", func(w, u, r float64) float64 { return w - u/r })
	downs("the step alone, without the weights", func(w, u, r float64) float64 { return -u * r })
	downs("the step alone, without the weights", func(w, u, r float64) float64 { return u * r })
	downs("missing parentheses: (weights − update) · learning_rate", func(w, u, r float64) float64 { return (w - u) * r })
	downs("the learning rate alone is subtracted", func(w, u, r float64) float64 { return w - r })
	downs("the wrong way round: learning_rate · update − weights", func(w, u, r float64) float64 { return -(w - r*u) })
	downs("the factor 2 or ½", func(w, u, r float64) float64 { return w - 2*u*r })
	downs("the factor 2 or ½", func(w, u, r float64) float64 { return w - u*r/2 })
	downs("missing parentheses: (weights − learning_rate) · update", func(w, u, r float64) float64 { return (w - r) * u })
	downs("update and weights exchanged", func(w, u, r float64) float64 { return u - r*w })
	downs("the weights are not changed", func(w, u, r float64) float64 { w -= 0; return w })
	downs("element-wise product of weights and update", func(w, u, r float64) float64 { return w - w*u*r })
	downs("element-wise product of weights and update", func(w, u, r float64) float64 { return u * w })
	downs("÷ N done twice", func(w, u, r float64) float64 { return w - u*r/15 })
	add("Descend", "÷ number of weights", func(fs *Functions) {
		fs.Descend = func(w, u m, rate float64) m { return minus(w, times(u, rate/size(w))) }
	})
	add("Descend", "result transposed", func(fs *Functions) {
		fs.Descend = func(w, u m, rate float64) m { return flip(minus(w, times(u, rate))) }
	})
	// --- 15: written out, without other functions of the learner
	parts := all
	type step = func(x, y, w1, w2 m, rate float64) (m, m)
	steps := func(mistake string, f step) { add("Step", mistake, func(fs *Functions) { fs.Step = f }) }
	// wired is a step of right functions in which one line is another.
	type lines struct {
		toOutput, errorOf  func(in, out m) m // what goes on from a layer
		outDelta, hidDelta func(in, out, e m) m
		back               func(e, d m) m // what goes back along weights_2
		into2              func(in, out m) m
		for2, for1         func(e, d m) m
		n                  func(x, y m) float64
		rate1, rate2       func(rate float64) float64
		weights2Before     bool
	}
	wire := func(change func(l *lines)) step {
		second := func(a, b m) m { return b }
		delta := func(_, out, e m) m { return by(e, each(out, bend)) }
		plain := func(rate float64) float64 { return rate }
		l := lines{toOutput: second, errorOf: second, outDelta: delta, hidDelta: delta, back: second, into2: second, for2: second, for1: second,
			n: func(x, y m) float64 { return size(y) }, rate1: plain, rate2: plain}
		change(&l)
		return func(x, y, w1, w2 m, rate float64) (m, m) {
			hi := mul(x, w1)
			ho := each(hi, sig)
			oi := mul(l.toOutput(hi, ho), w2)
			oo := each(oi, sig)
			oe := minus(l.errorOf(oi, oo), y)
			od := l.outDelta(oi, oo, oe)
			u2 := times(mul(flip(l.into2(hi, ho)), l.for2(oe, od)), 1/l.n(x, y))
			n2 := minus(w2, times(u2, l.rate2(rate)))
			if l.weights2Before {
				w2 = n2
			}
			he := mul(l.back(oe, od), flip(w2))
			hd := l.hidDelta(hi, ho, he)
			u1 := times(mul(flip(x), l.for1(he, hd)), 1/l.n(x, y))
			return minus(w1, times(u1, l.rate1(rate))), n2
		}
	}
	first := func(a, b m) m { return a }
	ofInput := func(in, _, e m) m { return by(e, each(in, bend)) }
	steps("weights_2 updated before the hidden error used them", wire(func(l *lines) { l.weights2Before = true }))
	steps("weights_2 updated before the hidden error used them", func(x, y, w1, w2 m, rate float64) (m, m) {
		f := ours()
		hi, ho := f.HiddenLayer(x, w1)
		oi, oo := f.OutputLayer(ho, w2)
		oe := f.OutputLayerError(oo, y)
		od := f.OutputLayerDelta(oi, oo, oe)
		u2 := f.Weights2Update(hi, ho, y, oe, od)
		w2 = f.Descend(w2, u2, rate)
		he := f.HiddenLayerError(oe, od, w2)
		hd := f.HiddenLayerDelta(hi, ho, he)
		return f.Descend(w1, f.Weights1Update(x, y, he, hd), rate), f.Descend(w2, u2, rate)
	})
	slopes := []string{"the slope is missing at the output: error where the delta belongs", "the slope is missing in the hidden layer: error where the delta belongs", "the slope is missing in both layers: error where the delta belongs"}
	steps(slopes[0], wire(func(l *lines) { l.for2 = first }))
	steps(slopes[0], wire(func(l *lines) { l.back, l.for2 = first, first }))
	steps(slopes[1], wire(func(l *lines) { l.for1 = first }))
	steps(slopes[2], wire(func(l *lines) { l.for1, l.for2 = first, first }))
	steps(slopes[2], wire(func(l *lines) { l.back, l.for1 = first, first }))
	steps(slopes[2], wire(func(l *lines) { l.back, l.for1, l.for2 = first, first, first }))
	belong := "inputs where outputs belong: into weights_2"
	steps(belong, wire(func(l *lines) { l.toOutput = first }))
	steps(belong, wire(func(l *lines) { l.into2 = first }))
	steps(belong, wire(func(l *lines) { l.toOutput, l.into2 = first, first }))
	steps("inputs where outputs belong: in the output layer's error", wire(func(l *lines) { l.errorOf = first }))
	steps("inputs where outputs belong, and error where the delta belongs: in weights_2's update", wire(func(l *lines) { l.into2, l.for2 = first, first }))
	steps("no sigmoid at the output, or its inputs and outputs exchanged", wire(func(l *lines) { l.errorOf, l.outDelta = first, ofInput }))
	steps("no sigmoid in the hidden layer, or its inputs and outputs exchanged", wire(func(l *lines) { l.toOutput, l.into2, l.hidDelta = first, first, ofInput }))
	for _, r := range []struct {
		mistake string
		rate    func(rate float64) float64
	}{
		{"learning rate forgotten", func(float64) float64 { return 1 }},
		{"a sign is turned", func(r float64) float64 { return -r }},
		{"N missing", func(r float64) float64 { return r * 15 }},
		{"N is the number of flowers instead of elements", func(r float64) float64 { return r * 15 / 5 }},
		{"÷ N done twice", func(r float64) float64 { return r / 15 }},
		{"÷ number of flowers, too", func(r float64) float64 { return r / 5 }},
		{"the factor 2 or ½ (or Descend is called twice)", func(r float64) float64 { return r + r }},
		{"the factor 2 or ½ (or Descend is called twice)", func(r float64) float64 { return r / 2 }},
		{notChanged, func(r float64) float64 { return whole(1, 15) * r }},
		{"the learning rate applied twice", func(r float64) float64 { return r * r }},
	} {
		steps(r.mistake, wire(func(l *lines) { l.rate1, l.rate2 = r.rate, r.rate }))
		steps(r.mistake, wire(func(l *lines) { l.rate1 = r.rate }))
		steps(r.mistake, wire(func(l *lines) { l.rate2 = r.rate }))
	}
	steps("N missing", wire(func(l *lines) { l.n = func(x, y m) float64 { return 1 } }))
	steps("N is the number of flowers instead of elements", wire(func(l *lines) { l.n = func(x, y m) float64 { return float64(len(x)) } }))
	steps("learning rate forgotten, and a sign is turned", wire(func(l *lines) {
		l.rate1 = func(float64) float64 { return -1 }
		l.rate2 = l.rate1
	}))
	right := wire(func(*lines) {})
	steps("weights_1 and weights_2 exchanged", func(x, y, w1, w2 m, rate float64) (m, m) {
		n1, n2 := right(x, y, w1, w2, rate)
		return n2, n1
	})
	steps("the updates instead of the new weights", func(x, y, w1, w2 m, rate float64) (m, m) {
		n1, n2 := right(x, y, w1, w2, 1)
		return minus(w1, n1), minus(w2, n2)
	})
	// --- 16
	trains := func(mistake string, f func(x, y, w1, w2 m, rate float64, epochs int) (m, m)) {
		add("Train", mistake, func(fs *Functions) { fs.Train = f })
	}
	trains("the result of a single step", func(x, y, w1, w2 m, rate float64, epochs int) (m, m) {
		var n1, n2 m
		for i := 0; i < epochs; i++ {
			n1, n2 = right(x, y, w1, w2, rate)
		}
		return n1, n2
	})
	trains("the result of a single step", func(x, y, w1, w2 m, rate float64, epochs int) (m, m) { return right(x, y, w1, w2, rate) })
	trains("only weights_1 go on into the next step", func(x, y, w1, w2 m, rate float64, epochs int) (m, m) {
		var n2 m
		for i := 0; i < epochs; i++ {
			w1, n2 = right(x, y, w1, w2, rate)
		}
		return w1, n2
	})
	trains("only weights_2 go on into the next step", func(x, y, w1, w2 m, rate float64, epochs int) (m, m) {
		var n1 m
		for i := 0; i < epochs; i++ {
			n1, w2 = right(x, y, w1, w2, rate)
		}
		return n1, w2
	})
	loop := func(step step, epochs func(n int) int) func(x, y, w1, w2 m, rate float64, n int) (m, m) {
		return func(x, y, w1, w2 m, rate float64, n int) (m, m) {
			for i := 0; i < epochs(n); i++ {
				w1, w2 = step(x, y, w1, w2, rate)
			}
			return w1, w2
		}
	}
	whole := func(n int) int { return n }
	trains("one epoch too few", loop(right, func(n int) int { return n - 1 }))
	trains("one epoch too many", loop(right, func(n int) int { return n + 1 }))
	trains(notChanged, loop(right, func(n int) int { return 0 }))
	trains("weights_1 and weights_2 exchanged", func(x, y, w1, w2 m, rate float64, epochs int) (m, m) {
		n1, n2 := loop(right, whole)(x, y, w1, w2, rate, epochs)
		return n2, n1
	})
	trains("two steps an epoch, one for each of the weights", func(x, y, w1, w2 m, rate float64, epochs int) (m, m) {
		for i := 0; i < epochs; i++ {
			w1, _ = right(x, y, w1, w2, rate)
			_, w2 = right(x, y, w1, w2, rate)
		}
		return w1, w2
	})
	trains("two steps an epoch, one for each of the weights", func(x, y, w1, w2 m, rate float64, epochs int) (m, m) {
		for i := 0; i < epochs; i++ {
			_, w2 = right(x, y, w1, w2, rate)
			w1, _ = right(x, y, w1, w2, rate)
		}
		return w1, w2
	})
	// --- 15 and 16 written out, with one of the mistakes above in it
	wrongStep := func(mistake string, f Functions) {
		step := func(x, y, w1, w2 m, rate float64) (m, m) {
			hi, ho := f.HiddenLayer(x, w1)
			oi, oo := f.OutputLayer(ho, w2)
			oe := f.OutputLayerError(oo, y)
			od := f.OutputLayerDelta(oi, oo, oe)
			he := f.HiddenLayerError(oe, od, w2)
			hd := f.HiddenLayerDelta(hi, ho, he)
			return f.Descend(w1, f.Weights1Update(x, y, he, hd), rate), f.Descend(w2, f.Weights2Update(hi, ho, y, oe, od), rate)
		}
		steps(mistake, step)
	}
	for i, one := range parts {
		if n := number(one.exercise); n < number("HiddenLayer") || n == number("Labels") || n == number("MSE") || one.mistake == inputsAlready {
			continue
		}
		f := ours()
		one.make(&f)
		wrongStep(one.mistake+", in "+places[one.exercise], f)
		before := 0 // how many of the same mistake come before this one
		for _, other := range parts[:i] {
			if other.exercise == one.exercise && other.mistake == one.mistake {
				before++
			}
		}
		for _, other := range parts {
			if twin[one.exercise] == other.exercise && one.mistake == other.mistake {
				if before == 0 {
					other.make(&f)
					wrongStep(one.mistake+", in both "+kind[one.exercise], f)
					break
				}
				before--
			}
		}
	}
	for _, one := range all { // each of those steps, again and again
		switch {
		case one.exercise != "Step", one.mistake == "weights_1 and weights_2 exchanged", one.mistake == "the updates instead of the new weights":
		case one.mistake == "exp(z) or exp(-z) alone instead of the sigmoid, in the output layer": // whose weights are soon no numbers
		default:
			f := ours()
			one.make(&f)
			trains(one.made, loop(f.Step, whole))
		}
	}
	return all
}

var (
	// twin is the other layer's exercise, and kind what both are.
	twin = map[string]string{"HiddenLayer": "OutputLayer", "OutputLayerDelta": "HiddenLayerDelta", "Weights1Update": "Weights2Update"}
	kind = map[string]string{"HiddenLayer": "layers", "OutputLayerDelta": "deltas", "Weights1Update": "updates"}
)

// sameInStep has the mistakes that give the same numbers in a whole step as another
// one, whose name fits them all.
var sameInStep = []struct{ these, as string }{
	{`^the sign of the inputs is turned, in the hidden layer$`, "exp(+z) instead of exp(-z), in the hidden layer"},
	{`^the sign of the inputs is turned, in the output layer$`, "exp(+z) instead of exp(-z), in the output layer"},
	{`^the sign of the inputs is turned, in both layers$`, "exp(+z) instead of exp(-z), in both layers"},
	{`^(no sigmoid|inputs and outputs exchanged), in the hidden layer$`, "no sigmoid in the hidden layer, or its inputs and outputs exchanged"},
	{`^(no sigmoid|inputs and outputs exchanged), in the output layer$`, "no sigmoid at the output, or its inputs and outputs exchanged"},
	{`^(no sigmoid|inputs and outputs exchanged), in both layers$`, "no sigmoid in both layers, or inputs and outputs exchanged"},
	{`^inputs where outputs belong, in `, "inputs where outputs belong: into weights_2"},
	{`^inputs where outputs belong, and error where the delta belongs, in `, "inputs where outputs belong, and error where the delta belongs: in weights_2's update"},
	{`^error where the delta belongs, in weights_2's update|^slope missing, in the output layer's delta`, "the slope is missing at the output: error where the delta belongs"},
	{`^error where the delta belongs, in weights_1's update|^slope missing, in the hidden layer's delta`, "the slope is missing in the hidden layer: error where the delta belongs"},
	{`^error where the delta belongs, in both|^slope missing, in both`, "the slope is missing in both layers: error where the delta belongs"},
	{`^slope included already, in |^slope applied twice, in the output layer's delta`, "the slope is in it twice, at the output"},
	{`^the sign is turned`, "a sign is turned"},
	{`^learning rate forgotten, and the sign is turned, in `, "learning rate forgotten, and a sign is turned"},
	{`^learning rate forgotten, in `, "learning rate forgotten"},
	{`^learning rate included already, in `, "the learning rate applied twice"},
	{`^N missing, in `, "N missing"},
	{`^N is the number of flowers instead of elements, in `, "N is the number of flowers instead of elements"},
	{`^÷ N (done twice|too early), in (the .*|weights_.*|both updates)$`, "÷ N done twice"},
	{`^÷ number of flowers, in (the .*|weights_.*|both updates)$`, "÷ number of flowers, too"},
	{`^the factor 2 or ½, in (the .*|weights_.*|both updates)$`, "the factor 2 or ½ (or Descend is called twice)"},
	{`^every number is 0, in |^the weights are not changed, in `, notChanged},
}

// called returns what the checker calls the mistake in the exercise.
func called(exercise, mistake string) string {
	for _, same := range sameInStep {
		if number(exercise) >= number("Step") && regexp.MustCompile(same.these).MatchString(mistake) {
			return same.as
		}
	}
	return mistake
}

// Each mistake, made in a learner's function, is named.
func TestMistakesAreNamed(t *testing.T) {
	x := theExaminer(t)
	tested := map[string]bool{}
	for _, test := range allMade() {
		fs := ours()
		test.make(&fs)
		tested[test.exercise+": "+test.mistake], tested[test.exercise+": "+test.made] = true, true
		r := x.check(exercises[number(test.exercise)-1], fs)
		if r.State != wrong || r.Mistake != test.mistake {
			t.Errorf("%s: got %s, %q, %s, want wrong, %q", test.exercise, r.State, r.Mistake, r.Fault, test.mistake)
		}
	}
	tested["Train: exp(z) or exp(-z) alone instead of the sigmoid, in the output layer"] = true // see allMade
	for _, e := range exercises {
		for _, m := range e.mistakes() {
			if !tested[e.name+": "+m.name] {
				t.Errorf("%s: the mistake %q is made nowhere", e.name, m.name)
			}
		}
	}
}

// What was never set, or only at the beginning, is said to be that, in each
// exercise that returns a matrix, whichever of its results it is.
func TestBlankIsNamed(t *testing.T) {
	for _, e := range exercises {
		if e.name == "MSE" || e.name == "Sigmoid" || e.name == "Labels" {
			continue // see allMade
		}
		for i, want := range e.want(theExaminer(t).five) {
			rows, cols := want.Rows(), want.Cols()
			var before []matrix.Matrix
			for _, test := range []struct {
				want string
				set  func(row, col int) bool
			}{
				{allZeros, func(row, col int) bool { return false }},
				{tooEarly, func(row, col int) bool { return row+col == 0 }},
				{tooEarly, func(row, col int) bool { return row == 0 }},
				{tooEarly, func(row, col int) bool { return col == 0 }},
				{"the first row is missing", func(row, col int) bool { return row > 0 }},
				{"the first column is missing", func(row, col int) bool { return col > 0 }},
				{"the first row and column are missing", func(row, col int) bool { return row > 0 && col > 0 }},
				{"the last row is missing", func(row, col int) bool { return row < rows-1 }},
				{"the last column is missing", func(row, col int) bool { return col < cols-1 }},
				{"the last row and column are missing", func(row, col int) bool { return row < rows-1 && col < cols-1 }},
			} {
				z := matrix.New(rows, cols)
				for row := range z {
					for col := range z[row] {
						if test.set(row, col) {
							z[row][col] = want[row][col]
						}
					}
				}
				if slices.ContainsFunc(before, func(m matrix.Matrix) bool { return isSame(m, z) }) {
					continue // such as the last of two columns: then only the first is set
				}
				before = append(before, z)
				wrongs := e
				wrongs.call = func(_ Functions, g *given) answer {
					a := append(answer{}, e.want(g)...)
					a[i] = z
					return a
				}
				if r := theExaminer(t).check(wrongs, ours()); r.State != wrong || r.Mistake != test.want {
					t.Errorf("%s, result %d: got %s, %q, want wrong, %q", e.name, i, r.State, r.Mistake, test.want)
				}
			}
			shared := e
			shared.call = func(_ Functions, g *given) answer {
				a := append(answer{}, e.want(g)...)
				z := scale(1, a[i])
				for row := range z {
					z[row] = a[i][len(z)-1]
				}
				a[i] = z
				return a
			}
			if r := theExaminer(t).check(shared, ours()); r.Mistake != "every row is the last one" {
				t.Errorf("%s, result %d: got %s, %q, want that every row is the last one", e.name, i, r.State, r.Mistake)
			}
		}
	}
}

// Each function that changes one of the matrices that it was given is told so,
// though its result is right.
func TestChangedInPlace(t *testing.T) {
	spoil := func(x m) { x[0][0] += 0.5 }
	for _, test := range []struct {
		exercise, name string
		make           func(f *Functions)
	}{
		{"Dot", "x", func(f *Functions) { f.Dot = func(x, y m) m { z := solutions.Dot(x, y); spoil(x); return z } }},
		{"Dot", "y", func(f *Functions) { f.Dot = func(x, y m) m { z := solutions.Dot(x, y); spoil(y); return z } }},
		{"Transpose", "x", func(f *Functions) { f.Transpose = func(x m) m { z := solutions.Transpose(x); spoil(x); return z } }},
		{"HiddenLayer", "x", func(f *Functions) {
			f.HiddenLayer = func(x, w m) (m, m) { a, b := solutions.HiddenLayer(x, w); spoil(x); return a, b }
		}},
		{"HiddenLayer", "weights1", func(f *Functions) {
			f.HiddenLayer = func(x, w m) (m, m) { a, b := solutions.HiddenLayer(x, w); spoil(w); return a, b }
		}},
		{"OutputLayer", "hiddenLayerOutputs", func(f *Functions) {
			f.OutputLayer = func(x, w m) (m, m) { a, b := solutions.OutputLayer(x, w); spoil(x); return a, b }
		}},
		{"OutputLayer", "weights2", func(f *Functions) {
			f.OutputLayer = func(x, w m) (m, m) { a, b := solutions.OutputLayer(x, w); spoil(w); return a, b }
		}},
		{"Labels", "species", func(f *Functions) { f.Labels = func(s []int) m { y := solutions.Labels(s); s[0]++; return y } }},
		{"MSE", "outputLayerOutputs", func(f *Functions) {
			f.MSE = func(out, y m) float64 { v := solutions.MSE(out, y); out.Sub(out, y); return v }
		}},
		{"OutputLayerError", "outputLayerOutputs", func(f *Functions) { f.OutputLayerError = func(out, y m) m { out.Sub(out, y); return out } }},
		{"OutputLayerError", "y", func(f *Functions) { f.OutputLayerError = func(out, y m) m { y.Sub(out, y); return y } }},
		{"OutputLayerDelta", "outputLayerError", func(f *Functions) {
			f.OutputLayerDelta = func(in, out, e m) m { e.Hadamard(e, each(out, bend)); return e }
		}},
		{"OutputLayerDelta", "outputLayerOutputs", func(f *Functions) {
			f.OutputLayerDelta = func(in, out, e m) m { out.Apply(bend, out); return by(e, out) }
		}},
		{"HiddenLayerError", "weights2", func(f *Functions) {
			f.HiddenLayerError = func(e, d, w m) m { z := solutions.HiddenLayerError(e, d, w); spoil(w); return z }
		}},
		{"HiddenLayerDelta", "hiddenLayerError", func(f *Functions) {
			f.HiddenLayerDelta = func(in, out, e m) m { e.Hadamard(e, each(out, bend)); return e }
		}},
		{"Weights2Update", "outputLayerDelta", func(f *Functions) {
			f.Weights2Update = func(in, out, y, e, d m) m {
				d.Scale(1/size(y), d)
				return mul(flip(out), d)
			}
		}},
		{"Weights1Update", "hiddenLayerDelta", func(f *Functions) {
			f.Weights1Update = func(x, y, e, d m) m { d.Scale(1/size(y), d); return mul(flip(x), d) }
		}},
		{"Weights1Update", "x", func(f *Functions) {
			f.Weights1Update = func(x, y, e, d m) m { x.Scale(1/size(y), x); return mul(flip(x), d) }
		}},
		{"Descend", "weights", func(f *Functions) {
			f.Descend = func(w, u m, r float64) m { w.Sub(w, times(u, r)); return w }
		}},
		{"Descend", "update", func(f *Functions) {
			f.Descend = func(w, u m, r float64) m { u.Scale(r, u); return minus(w, u) }
		}},
		{"Step", "weights1", func(f *Functions) {
			f.Step = func(x, y, w1, w2 m, r float64) (m, m) {
				a, b := solutions.Step(x, y, w1, w2, r)
				w1.Scale(1, a)
				return w1, b
			}
		}},
		{"Step", "weights2", func(f *Functions) {
			f.Step = func(x, y, w1, w2 m, r float64) (m, m) {
				a, b := solutions.Step(x, y, w1, w2, r)
				w2.Scale(1, b)
				return a, w2
			}
		}},
		{"Step", "x", func(f *Functions) {
			f.Step = func(x, y, w1, w2 m, r float64) (m, m) { a, b := solutions.Step(x, y, w1, w2, r); spoil(x); return a, b }
		}},
		{"Train", "weights1", func(f *Functions) {
			f.Train = func(x, y, w1, w2 m, r float64, n int) (m, m) {
				a, b := solutions.Train(x, y, w1, w2, r, n)
				w1.Scale(1, a)
				w2.Scale(1, b)
				return w1, w2
			}
		}},
	} {
		fs := ours()
		test.make(&fs)
		for _, e := range exercises {
			r := theExaminer(t).check(e, fs)
			if e.name != test.exercise && r.State != done {
				t.Errorf("%s changed in %s: got %s %s, too, want done", test.name, test.exercise, e.name, r.State)
			}
			if want := test.name + " changed in place"; e.name == test.exercise && (r.State != wrong || r.Mistake != want) {
				t.Errorf("%s: got %s, %q, want wrong, %q", e.name, r.State, r.Mistake, want)
			}
		}
	}
}

// Two turned signs are right, and the checker says so; whether they are, a step of
// those functions tells.
func TestTurnedSigns(t *testing.T) {
	for bits := 0; bits < 1<<len(signs); bits++ {
		f := ours()
		var all []string
		for bit, name := range signs {
			if bits>>bit&1 == 0 {
				continue
			}
			all = append(all, name)
			switch name {
			case "OutputLayerError":
				f.OutputLayerError = func(out, y m) m { return minus(y, out) }
			case "OutputLayerDelta":
				f.OutputLayerDelta = func(_, out, e m) m { return by(times(e, -1), each(out, bend)) }
			case "HiddenLayerError":
				f.HiddenLayerError = func(_, d, w m) m { return times(mul(d, flip(w)), -1) }
			case "HiddenLayerDelta":
				f.HiddenLayerDelta = func(_, out, e m) m { return by(times(e, -1), each(out, bend)) }
			case "Weights2Update":
				f.Weights2Update = func(_, out, y, _, d m) m { return times(mul(flip(out), d), -1/size(y)) }
			case "Weights1Update":
				f.Weights1Update = func(x, y, _, d m) m { return times(mul(flip(x), d), -1/size(y)) }
			case "Descend":
				f.Descend = func(w, u m, rate float64) m { return minus(w, times(u, -rate)) }
			}
		}
		g := theExaminer(t).five
		hi, ho := f.HiddenLayer(g.x, g.weights1)
		oi, oo := f.OutputLayer(ho, g.weights2)
		oe := f.OutputLayerError(oo, g.y)
		od := f.OutputLayerDelta(oi, oo, oe)
		he := f.HiddenLayerError(oe, od, g.weights2)
		hd := f.HiddenLayerDelta(hi, ho, he)
		right := equal(answer{
			f.Descend(g.weights1, f.Weights1Update(g.x, g.y, he, hd), g.learningRate),
			f.Descend(g.weights2, f.Weights2Update(hi, ho, g.y, oe, od), g.learningRate),
		}, answer{g.newWeights1, g.newWeights2})
		want := all
		if right {
			want = nil
		}

		c := &checker{source: parse(startText), results: make([]result, len(exercises)+1)}
		var got []string
		for i, e := range exercises {
			c.results[i+1] = theExaminer(t).check(e, f)
		}
		c.turned()
		for i, e := range exercises {
			if c.results[i+1].State != done {
				got = append(got, e.name)
			}
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("turned in %v: got %v wrong, want %v", all, got, want)
		}
		var b strings.Builder
		if err := c.show(&b); err != nil {
			t.Fatal(err)
		}
		if says := strings.Contains(b.String(), "You turned the sign in"); says != (right && len(all) > 0) {
			t.Errorf("turned in %v: got that it says so: %v, want %v:\n%s", all, says, right, b.String())
		}
	}
}

// Who has turned a sign and gone on is not held up by it until the other ones are
// known.
func TestGoesOnAfterTurnedSign(t *testing.T) {
	turned := func(e exercise) result {
		return result{State: wrong, Mistake: signTurned, Why: "Why.", Part: e.part, Turned: true}
	}
	for _, test := range []struct {
		name    string
		states  string // of the exercises from 8 on: d done, w wrong, n not begun, t turned
		current string
		note    bool
	}{
		{name: "at once", states: "tnnnnnnnn", current: "OutputLayerError"},
		{name: "gone on", states: "twnnnnnnn", current: "OutputLayerDelta", note: true},
		{name: "one more done", states: "tdnnnnnnn", current: "HiddenLayerError", note: true},
		{name: "up to the descent", states: "tdddddnnn", current: "Descend", note: true},
		{name: "the descent as in the series", states: "tddddddnn", current: "OutputLayerError"},
		{name: "the descent turned", states: "tdddddtnn", current: "Step"},
		{name: "both updates", states: "tdddttnnn", current: "Descend", note: true},
		{name: "both updates and the descent as in the series", states: "tdddttdnn", current: "Step"},
		{name: "one update", states: "ddddtnnnn", current: "Weights2Update"},
		{name: "one update, and gone on", states: "ddddtwnnn", current: "Weights1Update", note: true},
		{name: "one update for good", states: "ddddtddnn", current: "Weights2Update"},
	} {
		c := &checker{source: parse(startText), results: make([]result, len(exercises)+1)}
		for i, e := range exercises {
			r := result{State: done}
			if i >= 7 {
				r = map[byte]result{'d': r, 'w': {State: wrong, Fault: "Wrong."}, 'n': {State: notBegun}, 't': turned(e)}[test.states[i-7]]
			}
			c.results[i+1] = r
		}
		c.turned()
		if n := c.current(); n == 0 || exercises[n-1].name != test.current {
			t.Errorf("%s: got exercise %d, want %s", test.name, n, test.current)
		}
		var b strings.Builder
		if err := c.show(&b); err != nil {
			t.Fatal(err)
		}
		testScreen(t, b.String())
		if note := strings.Contains(b.String(), "Two turned signs are right, too"); note != test.note {
			t.Errorf("%s: got the note: %v, want %v:\n%s", test.name, note, test.note, b.String())
		}
	}
}
