package matrix

import "fmt"

// This file holds what the operations check before they begin. A learner can
// leave it for last.

// checkDot panics unless z.Dot(x, y) makes sense.
func checkDot(z, x, y Matrix) {
	switch {
	case x.Cols() != y.Rows():
		panic(fmt.Sprintf("matrix: Dot: %s·%s: inner sizes %d and %d differ", shape(x), shape(y), x.Cols(), y.Rows()))
	case z.Rows() != x.Rows() || z.Cols() != y.Cols():
		panic(fmt.Sprintf("matrix: Dot: %s·%s is (%d×%d), the receiver is %s", shape(x), shape(y), x.Rows(), y.Cols(), shape(z)))
	case overlap(z, x) || overlap(z, y):
		panic(fmt.Sprintf("matrix: Dot: %s·%s: the receiver shares memory with an operand", shape(x), shape(y)))
	}
}

// checkTranspose panics unless z.Transpose(x) makes sense.
func checkTranspose(z, x Matrix) {
	switch {
	case z.Rows() != x.Cols() || z.Cols() != x.Rows():
		panic(fmt.Sprintf("matrix: Transpose: %sᵀ is (%d×%d), the receiver is %s", shape(x), x.Cols(), x.Rows(), shape(z)))
	case overlap(z, x):
		panic(fmt.Sprintf("matrix: Transpose: %sᵀ: the receiver shares memory with the operand", shape(x)))
	}
}

// checkElementwise panics unless z, x and y have one shape, and z is x or y
// itself or shares no memory with it.
func checkElementwise(op string, z, x, y Matrix) {
	switch {
	case x.Rows() != y.Rows() || x.Cols() != y.Cols():
		panic(fmt.Sprintf("matrix: %s: %s and %s: shapes differ", op, shape(x), shape(y)))
	case z.Rows() != x.Rows() || z.Cols() != x.Cols():
		panic(fmt.Sprintf("matrix: %s: the operand is %s, the receiver is %s", op, shape(x), shape(z)))
	case overlap(z, x) && !same(z, x) || overlap(z, y) && !same(z, y):
		panic(fmt.Sprintf("matrix: %s: %s and %s: the receiver shares memory with an operand, shifted", op, shape(z), shape(x)))
	}
}

// shape returns m's shape for a panic's text, such as (3×4).
func shape(m Matrix) string { return fmt.Sprintf("(%d×%d)", m.Rows(), m.Cols()) }

// same reports whether z and x are the same rows in the same order.
func same(z, x Matrix) bool {
	for i := range z {
		if &z[i][0] != &x[i][0] {
			return false
		}
	}
	return true
}

// overlap reports whether z and x have an element in common. The rows of a
// matrix that New made are one stretch of memory, so for two of those one
// comparison answers it; rows put together by hand are compared one by one.
func overlap(z, x Matrix) bool {
	zRows, xRows := rowsPerStretch(z), rowsPerStretch(x)
	for i := 0; i < len(z); i += zRows {
		for j := 0; j < len(x); j += xRows {
			if overlapping(z[i][:zRows*len(z[i])], x[j][:xRows*len(x[j])]) {
				return true
			}
		}
	}
	return false
}

// rowsPerStretch returns how many rows of m lie in memory without a gap: all
// of them, or else 1 to be safe.
func rowsPerStretch(m Matrix) int {
	if len(m) < 2 || m.Cols() == 0 {
		return 1
	}
	first, last := m[0], m[len(m)-1]
	if end(first) == end(last) && cap(first)-cap(last) == (m.Rows()-1)*m.Cols() {
		return m.Rows()
	}
	return 1
}

// overlapping reports whether the slices a and b have an element in common.
// In slices of one array, the capacity tells how far their start is from the
// array's end.
func overlapping(a, b []float64) bool {
	if len(a) == 0 || len(b) == 0 || end(a) != end(b) {
		return false
	}
	return cap(a)-len(a) < cap(b) && cap(b)-len(b) < cap(a)
}

// end returns the address of the last element of the array behind s, by which
// two slices of one array are known (math/big's alias has the same trick).
func end(s []float64) *float64 { return &s[:cap(s)][cap(s)-1] }
