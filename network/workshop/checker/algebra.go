package checker

import (
	"math"

	"backprop/matrix"
)

// The operations of package matrix with the result returned, so that a wrong
// answer can be written in one line.

func dotOf(a, b matrix.Matrix) (c matrix.Matrix) {
	c.Dot(a, b)
	return c
}

func transposed(a matrix.Matrix) (c matrix.Matrix) {
	c.Transpose(a)
	return c
}

func sub(a, b matrix.Matrix) (c matrix.Matrix) {
	c.Sub(a, b)
	return c
}

func hadamard(a, b matrix.Matrix) (c matrix.Matrix) {
	c.Hadamard(a, b)
	return c
}

func scale(s float64, a matrix.Matrix) (c matrix.Matrix) {
	c.Scale(s, a)
	return c
}

func apply(a matrix.Matrix, f func(float64) float64) (c matrix.Matrix) {
	c.Apply(f, a)
	return c
}

// combine computes each number from those of a and b in the same place.
func combine(a, b matrix.Matrix, f func(a, b float64) float64) matrix.Matrix {
	c := sub(a, b) // which panics unless they have the same shape
	for i := range c {
		for j := range c[i] {
			c[i][j] = f(a[i][j], b[i][j])
		}
	}
	return c
}

// sum returns the sum of all elements.
func sum(a matrix.Matrix) float64 {
	total := 0.0
	for _, row := range a {
		for _, v := range row {
			total += v
		}
	}
	return total
}

// reshaped returns the numbers of a in their order, row by row, in another shape.
func reshaped(a matrix.Matrix, rows, cols int) matrix.Matrix {
	c := matrix.New(rows, cols)
	for i := 0; i < rows*cols; i++ {
		c[i/cols][i%cols] = a[i/a.Cols()][i%a.Cols()]
	}
	return c
}

// reversed returns a with its rows in the opposite order.
func reversed(a matrix.Matrix) matrix.Matrix {
	c := matrix.New(a.Rows(), a.Cols())
	for i := range a {
		copy(c[len(a)-1-i], a[i])
	}
	return c
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
