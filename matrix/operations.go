package matrix

import "fmt"

// Dot sets c to the matrix product of a and b, NumPy's np.dot(a, b) (part 4).
//
//	c[i][j] = Σₖ a[i][k]·b[k][j]
//
// The element in row i and column j is row i of a times column j of b, so (3×4)·(4×2) is
// 3×2. Dot panics if the shapes do not fit, or if c is a or b.
func (c *Matrix) Dot(a, b Matrix) {
	if a.Cols() != b.Rows() {
		panic(fmt.Sprintf("matrix: Dot: %s·%s: inner sizes %d and %d differ",
			shape(a), shape(b), a.Cols(), b.Rows()))
	}
	result := c.fit("Dot", a.Rows(), b.Cols()) // what c points to, made if it is still empty
	refuseSame("Dot", result, a, b)            // panics if that is a or b
	for i := range result {
		for j := range result[i] {
			sum := 0.0
			for k := range b {
				// The conversion rounds the product before it is added. Without it, Go may
				// let a processor round product and sum in one go, and the last digit would
				// differ from one machine to the next.
				sum += float64(a[i][k] * b[k][j])
			}
			result[i][j] = sum
		}
	}
}

// Transpose sets c to a mirrored at its diagonal, NumPy's a.T: rows become columns
// (part 11).
//
//	c[j][i] = a[i][j]
//
// The transpose of 3×4 is 4×3. Transpose panics if c has another shape, or is a.
func (c *Matrix) Transpose(a Matrix) {
	result := c.fit("Transpose", a.Cols(), a.Rows())
	refuseSame("Transpose", result, a)
	for i := range a {
		for j := range a[i] {
			result[j][i] = a[i][j]
		}
	}
}

// Sub sets c to the difference of a and b, NumPy's a - b.
//
//	c[i][j] = a[i][j] − b[i][j]
//
// All three have the same shape, or Sub panics. c may be a or b.
func (c *Matrix) Sub(a, b Matrix) {
	checkSameShape("Sub", a, b)
	result := c.fit("Sub", a.Rows(), a.Cols())
	for i := range result {
		for j := range result[i] {
			result[i][j] = a[i][j] - b[i][j]
		}
	}
}

// Hadamard sets c to the element-wise product of a and b, NumPy's a * b. In equations
// it is written ∘.
//
//	c[i][j] = a[i][j]·b[i][j]
//
// All three have the same shape, or Hadamard panics. c may be a or b.
func (c *Matrix) Hadamard(a, b Matrix) {
	checkSameShape("Hadamard", a, b)
	result := c.fit("Hadamard", a.Rows(), a.Cols())
	for i := range result {
		for j := range result[i] {
			result[i][j] = a[i][j] * b[i][j]
		}
	}
}

// Scale sets c to a with each element multiplied by s, NumPy's s * a.
//
//	c[i][j] = s·a[i][j]
//
// Both have the same shape, or Scale panics. c may be a.
func (c *Matrix) Scale(s float64, a Matrix) {
	result := c.fit("Scale", a.Rows(), a.Cols())
	for i := range result {
		for j := range result[i] {
			result[i][j] = s * a[i][j]
		}
	}
}

// Apply sets each element of c to f of the element of a in the same place, as a NumPy
// function such as np.exp(a) does.
//
//	c[i][j] = f(a[i][j])
//
// Both have the same shape, or Apply panics. c may be a.
func (c *Matrix) Apply(f func(float64) float64, a Matrix) {
	result := c.fit("Apply", a.Rows(), a.Cols())
	for i := range result {
		for j := range result[i] {
			result[i][j] = f(a[i][j])
		}
	}
}

// fit returns the matrix that c points to, for a result of the given shape. A matrix
// that is still empty is made first: c is a pointer so that the caller gets it, too.
func (c *Matrix) fit(operation string, rows, cols int) Matrix {
	if len(*c) == 0 && rows > 0 && cols > 0 {
		*c = New(rows, cols)
	}
	if rows == 0 || cols == 0 || c.Rows() != rows || c.Cols() != cols {
		panic(fmt.Sprintf("matrix: %s: the result is (%d×%d), the receiver is %s",
			operation, rows, cols, shape(*c)))
	}
	return *c
}

// checkSameShape panics unless the operands have the same shape.
func checkSameShape(operation string, a, b Matrix) {
	if a.Rows() != b.Rows() || a.Cols() != b.Cols() {
		panic(fmt.Sprintf("matrix: %s: the operands are %s and %s: shapes differ",
			operation, shape(a), shape(b)))
	}
}

// refuseSame panics if the result is one of the operands, which are still read after
// the first elements of the result are written.
func refuseSame(operation string, result Matrix, operands ...Matrix) {
	for _, operand := range operands {
		if &result[0][0] == &operand[0][0] { // the address of the first element
			panic(fmt.Sprintf("matrix: %s: the receiver %s is also an operand",
				operation, shape(result)))
		}
	}
}

// shape returns m's shape for a panic's text, such as (3×4).
func shape(m Matrix) string { return fmt.Sprintf("(%d×%d)", m.Rows(), m.Cols()) }
