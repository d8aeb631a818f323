package diagnosis

import "backprop/matrix"

// The operations of package matrix with the result returned, so that a learner's function
// fits into a line.

func dot(a, b matrix.Matrix) (c matrix.Matrix) {
	c.Dot(a, b)
	return c
}

func transpose(a matrix.Matrix) (c matrix.Matrix) {
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

func apply(f func(v float64) float64, a matrix.Matrix) (c matrix.Matrix) {
	c.Apply(f, a)
	return c
}

// fill returns a matrix of that size, with value in row i and column j.
func fill(rows, cols int, value func(i, j int) float64) matrix.Matrix {
	c := matrix.New(rows, cols)
	for i := range c {
		for j := range c[i] {
			c[i][j] = value(i, j)
		}
	}
	return c
}

// reshape returns the numbers of a in their order, row by row, in another shape.
func reshape(a matrix.Matrix, rows, cols int) matrix.Matrix {
	return fill(rows, cols, func(i, j int) float64 {
		k := i*cols + j
		return a[k/a.Cols()][k%a.Cols()]
	})
}

// reverse returns a with its rows in the opposite order.
func reverse(a matrix.Matrix) matrix.Matrix {
	return fill(a.Rows(), a.Cols(), func(i, j int) float64 { return a[len(a)-1-i][j] })
}

// total returns the sum of all elements.
func total(a matrix.Matrix) float64 {
	sum := 0.0
	for _, row := range a {
		for _, v := range row {
			sum += v
		}
	}
	return sum
}

// elements returns how many numbers a has.
func elements(a matrix.Matrix) float64 { return float64(a.Rows() * a.Cols()) }

// slope is the sigmoid's, from its output.
func slope(out float64) float64 { return out * (1 - out) }

// combine computes each number from those of a and b in the same place. Like an operation
// of package matrix, it panics unless they have the same shape.
func combine(a, b matrix.Matrix, f func(a, b float64) float64) matrix.Matrix {
	c := sub(a, b)
	for i := range c {
		for j := range c[i] {
			c[i][j] = f(a[i][j], b[i][j])
		}
	}
	return c
}
