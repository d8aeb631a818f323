package matrix

// What the operations check before they begin; skip it at first.

import "fmt"

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

// checkElementwise panics unless z and x have one shape, and z is x itself or
// shares no memory with it.
func checkElementwise(op string, z, x Matrix) {
	switch {
	case z.Rows() != x.Rows() || z.Cols() != x.Cols():
		panic(fmt.Sprintf("matrix: %s: the receiver %s and the operand %s: shapes differ", op, shape(z), shape(x)))
	case z.Cols() > 0 && !same(z, x) && overlap(z, x):
		panic(fmt.Sprintf("matrix: %s: the receiver %s and the operand %s share memory without being the same", op, shape(z), shape(x)))
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

// overlap reports whether z and x have an element in common. It looks at no
// row between the first and the last, so that it costs next to nothing; a
// matrix put together by hand from rows of several others can escape it.
func overlap(z, x Matrix) bool {
	zArray, xArray := array(z), array(x)
	if zArray != xArray && zArray != nil && xArray != nil {
		return false // the usual case: two matrices that New made
	}
	return overlapByRow(z, x)
}

// array returns the end of the array that m lies in, or nil if it is none.
func array(m Matrix) *float64 {
	if m.Cols() == 0 || end(m[0]) != end(m[len(m)-1]) {
		return nil
	}
	return end(m[0])
}

// overlapByRow is overlap without the short cut: row by row, but for a z that
// lies in one stretch.
func overlapByRow(z, x Matrix) bool {
	if array(z) != nil && cap(z[0])-cap(z[len(z)-1]) == (z.Rows()-1)*z.Cols() { // as New lays them
		z = Matrix{z[0][:z.Rows()*z.Cols()]}
	}
	for _, zi := range z {
		for _, xj := range x {
			if overlapping(zi, xj) {
				return true
			}
		}
	}
	return false
}

// overlapping reports whether the slices a and b have an element in common.
// In slices of one array, the capacity tells how far their start is from the
// array's end.
func overlapping(a, b []float64) bool {
	return len(a) > 0 && len(b) > 0 && end(a) == end(b) && cap(a)-len(a) < cap(b) && cap(b)-len(b) < cap(a)
}

// end returns the address of the last element of the array behind s, by which
// slices of one array are known (the trick is math/big's).
func end(s []float64) *float64 { return &s[:cap(s)][cap(s)-1] }
