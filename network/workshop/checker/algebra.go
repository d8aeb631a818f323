package checker

import (
	"math"

	"backprop/matrix"
)

// The operations of package matrix with the result returned, so that a wrong
// answer can be written in one line.

func dotOf(x, y matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Rows(), y.Cols())
	z.Dot(x, y)
	return z
}

func transposed(x matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Cols(), x.Rows())
	z.Transpose(x)
	return z
}

func sub(x, y matrix.Matrix) matrix.Matrix {
	return combine(x, y, func(a, b float64) float64 { return a - b })
}

func hadamard(x, y matrix.Matrix) matrix.Matrix {
	return combine(x, y, func(a, b float64) float64 { return a * b })
}

func scale(s float64, x matrix.Matrix) matrix.Matrix {
	return apply(x, func(v float64) float64 { return s * v })
}

func apply(x matrix.Matrix, f func(float64) float64) matrix.Matrix {
	z := matrix.New(x.Rows(), x.Cols())
	z.Apply(f, x)
	return z
}

func combine(x, y matrix.Matrix, f func(a, b float64) float64) matrix.Matrix {
	z := sized(x, y)
	for i := range z {
		for j := range z[i] {
			z[i][j] = f(x[i][j], y[i][j])
		}
	}
	return z
}

// sized returns zeros in the shape of x, after a look whether y has it, too.
func sized(x, y matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Rows(), x.Cols())
	z.Sub(x, y)
	return z
}

// sum returns the sum of all elements.
func sum(x matrix.Matrix) float64 {
	total := 0.0
	for _, row := range x {
		for _, v := range row {
			total += v
		}
	}
	return total
}

// reshaped returns the numbers of x in their order, row by row, in another shape.
func reshaped(x matrix.Matrix, rows, cols int) matrix.Matrix {
	z := matrix.New(rows, cols)
	for i := 0; i < rows*cols; i++ {
		z[i/cols][i%cols] = x[i/x.Cols()][i%x.Cols()]
	}
	return z
}

// reversed returns x with its rows in the opposite order.
func reversed(x matrix.Matrix) matrix.Matrix {
	z := matrix.New(x.Rows(), x.Cols())
	for i := range x {
		copy(z[len(x)-1-i], x[i])
	}
	return z
}

func slope(out matrix.Matrix) matrix.Matrix {
	return apply(out, func(v float64) float64 { return v * (1 - v) })
}

func sigmoids(z matrix.Matrix) matrix.Matrix { return apply(z, logistic) }

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func elements(m matrix.Matrix) float64 { return float64(m.Rows() * m.Cols()) }

// An answer is what an exercise returns: one or two matrices, or numbers as a
// matrix of one row.
type answer []matrix.Matrix

func numbers(v ...float64) answer { return answer{matrix.Matrix{v}} }

// equal reports whether the two answers are the same to 1e-9 of each matrix's
// largest number. NaN is equal to nothing.
func equal(got, want answer) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range want {
		if !isSame(got[i], want[i]) {
			return false
		}
	}
	return true
}

const (
	same       = -1 // instead of a row
	otherShape = -2
)

// difference returns the row and column of the first number that differs, or
// same, or otherShape.
func difference(got, want matrix.Matrix) (row, col int) {
	if got.Rows() != want.Rows() {
		return otherShape, 0
	}
	largest := 0.0
	for i := range want {
		if len(got[i]) != len(want[i]) {
			return otherShape, 0
		}
		for _, v := range want[i] {
			if !math.IsInf(v, 0) {
				largest = max(largest, math.Abs(v))
			}
		}
	}
	for i := range want {
		for j := range want[i] {
			if got[i][j] != want[i][j] && !(math.Abs(got[i][j]-want[i][j]) <= 1e-9*largest) {
				return i, j
			}
		}
	}
	return same, 0
}
