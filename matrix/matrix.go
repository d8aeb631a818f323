// Package matrix is a small dense matrix, written so that every dot product and every
// transpose is a plain loop that one can step into. It knows nothing of nets.
//
// The result goes into the matrix before the dot, the receiver, as in Go's math/big:
//
//	var c matrix.Matrix
//	c.Dot(a, b) // c = a·b
//
// A matrix that is still empty takes the size of its first result, and keeps it. So
// whoever repeats a computation with the same matrices allocates nothing from the
// second time on, and a debugger shows a result as it fills up cell by cell.
//
// The operands a and b never change, unless c is one of them. The element-wise
// operations (Sub, Hadamard, Scale, Apply) may write over an operand: c.Sub(c, b) is
// c = c − b. Dot and Transpose may not, since they still read their operands after the
// first elements of the result are written.
//
// A shape that does not fit is a mistake in the program, not in its input. So the
// operations panic, and name both shapes:
//
//	matrix: Dot: (3×4)·(2×3): inner sizes 4 and 2 differ
//
// What comes from outside is checked with Validate before it gets here.
package matrix

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Matrix is a list of equally long rows: m[i][j] is the element in row i and column j,
// both counted from 0. A NumPy array prints in the same way, and so does a debugger.
// Like every list in Go (a slice), it refers to its elements: after b := a, a and b
// are the same matrix. Clone makes another one.
type Matrix [][]float64

// New returns a matrix of zeros, like np.zeros((rows, cols)).
// It panics unless rows and cols are both at least 1.
func New(rows, cols int) Matrix {
	if rows < 1 || cols < 1 {
		panic(fmt.Sprintf("matrix: New: %d×%d: rows and columns must be at least 1",
			rows, cols))
	}
	cells := make([]float64, rows*cols) // all rows, one after the other
	m := make(Matrix, rows)
	for i := range m {
		m[i] = cells[i*cols : (i+1)*cols] // row i is a part of them, not a copy
	}
	return m
}

// Clone returns a copy of m, NumPy's m.copy(). It panics if m is empty.
func (m Matrix) Clone() Matrix {
	c := New(m.Rows(), m.Cols())
	for i := range m {
		copy(c[i], m[i])
	}
	return c
}

// Rows returns the number of rows, NumPy's m.shape[0].
func (m Matrix) Rows() int { return len(m) }

// Cols returns the number of columns, NumPy's m.shape[1].
func (m Matrix) Cols() int {
	if len(m) == 0 {
		return 0
	}
	return len(m[0])
}

// Validate returns nil if m is a matrix of numbers to compute with, and
// otherwise an error that says why not: it is empty, its rows are not equally
// long, or an element is NaN or infinite (with its row and column, from 0).
func (m Matrix) Validate() error {
	if m.Cols() == 0 {
		return fmt.Errorf("matrix is empty (%d×%d), expected at least 1×1", m.Rows(), m.Cols())
	}
	for i, row := range m {
		if len(row) != m.Cols() {
			return fmt.Errorf("row %d has length %d, expected %d as in row 0",
				i, len(row), m.Cols())
		}
		for j, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("row %d, column %d is %v, expected a finite number", i, j, v)
			}
		}
	}
	return nil
}

// String returns m as an aligned grid with 8 decimals below its shape. A
// matrix too wide for a line of 80 characters comes in blocks of columns.
func (m Matrix) String() string {
	width := 0 // of the longest element
	for _, row := range m {
		for _, v := range row {
			width = max(width, len(format(v)))
		}
	}
	perLine := 80 / (width + 2)

	var b strings.Builder
	fmt.Fprintf(&b, "%d×%d", m.Rows(), m.Cols())
	for left := 0; left < m.Cols(); left += perLine {
		if m.Cols() > perLine {
			fmt.Fprintf(&b, "\n columns %d to %d:", left, min(left+perLine, m.Cols())-1)
		}
		for _, row := range m {
			b.WriteByte('\n')
			for j := left; j < min(left+perLine, len(row)); j++ {
				fmt.Fprintf(&b, "  %*s", width, format(row[j]))
			}
		}
	}
	return b.String()
}

// format writes v with 8 decimals, and with an exponent where that would not
// fit on a line.
func format(v float64) string {
	if math.Abs(v) >= 1e9 {
		return strconv.FormatFloat(v, 'e', 8, 64)
	}
	return strconv.FormatFloat(v, 'f', 8, 64)
}
