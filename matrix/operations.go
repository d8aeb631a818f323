package matrix

// Dot sets z to the matrix product of x and y, NumPy's np.dot(x, y).
//
//	z[i][j] = Σₖ x[i][k]·y[k][j]
//
// The element in row i and column j is row i of x times column j of y, so
// (a×b)·(b×c) is a×c. Dot panics if the shapes do not fit, or if z and an
// operand lie in the same memory.
func (z Matrix) Dot(x, y Matrix) {
	checkDot(z, x, y)
	for i, xi := range x {
		zi := z[i]
		for j := range zi {
			sum := 0.0
			for k, xik := range xi {
				sum += float64(xik * y[k][j]) // float64: see "The same numbers" in matrix.go
			}
			zi[j] = sum
		}
	}
}

// Transpose sets z to x mirrored at its diagonal, NumPy's x.T: rows become
// columns.
//
//	z[j][i] = x[i][j]
//
// The transpose of a×b is b×a. Transpose panics if the shapes do not fit, or
// if z and x lie in the same memory.
func (z Matrix) Transpose(x Matrix) {
	checkTranspose(z, x)
	for i, xi := range x {
		for j := range xi {
			z[j][i] = xi[j]
		}
	}
}

// Sub sets z to the difference of x and y, NumPy's x - y.
//
//	z[i][j] = x[i][j] − y[i][j]
//
// All three have the same shape, or Sub panics. z may be x or y itself.
func (z Matrix) Sub(x, y Matrix) {
	checkElementwise("Sub", z, x)
	checkElementwise("Sub", z, y)
	for i, zi := range z {
		xi, yi := x[i], y[i]
		for j := range zi {
			zi[j] = xi[j] - yi[j]
		}
	}
}

// Hadamard sets z to the element-wise product of x and y, NumPy's x * y. In
// equations it is written ∘.
//
//	z[i][j] = x[i][j]·y[i][j]
//
// All three have the same shape, or Hadamard panics. z may be x or y itself.
func (z Matrix) Hadamard(x, y Matrix) {
	checkElementwise("Hadamard", z, x)
	checkElementwise("Hadamard", z, y)
	for i, zi := range z {
		xi, yi := x[i], y[i]
		for j := range zi {
			zi[j] = xi[j] * yi[j]
		}
	}
}

// Scale sets z to x with each element multiplied by s, NumPy's s * x.
//
//	z[i][j] = s·x[i][j]
//
// Both have the same shape, or Scale panics. z may be x itself.
func (z Matrix) Scale(s float64, x Matrix) {
	checkElementwise("Scale", z, x)
	for i, zi := range z {
		xi := x[i]
		for j := range zi {
			zi[j] = s * xi[j]
		}
	}
}

// Apply sets each element of z to f of the element of x in the same place, as
// a NumPy function such as np.exp(x) does.
//
//	z[i][j] = f(x[i][j])
//
// Both have the same shape, or Apply panics. z may be x itself.
func (z Matrix) Apply(f func(float64) float64, x Matrix) {
	checkElementwise("Apply", z, x)
	for i, xi := range x {
		zi := z[i]
		for j, xij := range xi {
			zi[j] = f(xij)
		}
	}
}
