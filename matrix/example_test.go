package matrix_test

import (
	"fmt"
	"math"

	"backprop/matrix"
)

// The result goes into the matrix before the dot. It takes the size of its first
// result, and a second one goes into the same place.
func Example() {
	x := matrix.Matrix{ // 3×2
		{1, 2},
		{3, 4},
		{5, 6},
	}
	weights := matrix.Matrix{ // 2×1
		{0.5},
		{0.25},
	}
	var c matrix.Matrix
	c.Dot(x, weights)
	fmt.Println(c)

	weights[1][0] = 0
	c.Dot(x, weights)
	fmt.Println(c)
	// Output:
	// 3×1
	//   1.00000000
	//   2.50000000
	//   4.00000000
	// 3×1
	//   0.50000000
	//   1.50000000
	//   2.50000000
}

func ExampleNew() {
	m := matrix.New(2, 3)
	m[1][0] = 0.5 // row 1, column 0
	fmt.Println(m)
	// Output:
	// 2×3
	//   0.00000000  0.00000000  0.00000000
	//   0.50000000  0.00000000  0.00000000
}

func ExampleMatrix_Clone() {
	m := matrix.Matrix{
		{1, 2},
		{3, 4},
	}
	same, copied := m, m.Clone()
	m[0][0] = -1
	fmt.Println(same)
	fmt.Println(copied)
	// Output:
	// 2×2
	//   -1.00000000   2.00000000
	//    3.00000000   4.00000000
	// 2×2
	//   1.00000000  2.00000000
	//   3.00000000  4.00000000
}

func ExampleMatrix_Rows() {
	m := matrix.Matrix{
		{1, 2, 3},
		{4, 5, 6},
	}
	fmt.Println(m.Rows())
	// Output: 2
}

func ExampleMatrix_Cols() {
	m := matrix.Matrix{
		{1, 2, 3},
		{4, 5, 6},
	}
	fmt.Println(m.Cols())
	// Output: 3
}

func ExampleMatrix_Validate() {
	fmt.Println(matrix.Matrix{
		{1, 2, 3},
		{4, 5, 6},
	}.Validate())
	fmt.Println(matrix.Matrix{
		{1, 2, 3},
		{4, 5},
	}.Validate())
	fmt.Println(matrix.Matrix{
		{1, 2, 3},
		{4, 5, math.NaN()},
	}.Validate())
	// Output:
	// <nil>
	// row 1 has length 2, expected 3 as in row 0
	// row 1, column 2 is NaN, expected a finite number
}

func ExampleMatrix_String() {
	m := matrix.Matrix{
		{0.5, -1, 2000},
		{1.0 / 3, 0, 6e12},
	}
	fmt.Println(m.String()) // the same as fmt.Println(m)
	// Output:
	// 2×3
	//       0.50000000     -1.00000000   2000.00000000
	//       0.33333333      0.00000000  6.00000000e+12
}

// A wide matrix comes in blocks of columns.
func ExampleMatrix_String_wide() {
	m := matrix.Matrix{
		{0, 1, 2, 3, 4, 5, 6, 7},
		{8, 7, 6, 5, 4, 3, 2, 1},
	}
	fmt.Println(m)
	// Output:
	// 2×8
	//  columns 0 to 5:
	//   0.00000000  1.00000000  2.00000000  3.00000000  4.00000000  5.00000000
	//   8.00000000  7.00000000  6.00000000  5.00000000  4.00000000  3.00000000
	//  columns 6 to 7:
	//   6.00000000  7.00000000
	//   2.00000000  1.00000000
}

func ExampleMatrix_Dot() {
	a := matrix.Matrix{ // 3×2
		{1, 2},
		{3, 4},
		{5, 6},
	}
	b := matrix.Matrix{ // 2×3
		{0.5, -1, 2},
		{0, 1, -2},
	}
	var c matrix.Matrix
	c.Dot(a, b) // c[2][0] = 5·0.5 + 6·0
	fmt.Println(c)
	// Output:
	// 3×3
	//    0.50000000   1.00000000  -2.00000000
	//    1.50000000   1.00000000  -2.00000000
	//    2.50000000   1.00000000  -2.00000000
}

func ExampleMatrix_Transpose() {
	a := matrix.Matrix{ // 2×3
		{1, 2, 3},
		{4, 5, 6},
	}
	var c matrix.Matrix
	c.Transpose(a)
	fmt.Println(c)
	// Output:
	// 3×2
	//   1.00000000  4.00000000
	//   2.00000000  5.00000000
	//   3.00000000  6.00000000
}

func ExampleMatrix_Sub() {
	outputs := matrix.Matrix{
		{0.75, 0.25, 0.5},
		{0.5, 0.75, 0.125},
	}
	labels := matrix.Matrix{
		{1, 0, 0},
		{0, 1, 0},
	}
	var c matrix.Matrix
	c.Sub(outputs, labels)
	fmt.Println(c)
	// Output:
	// 2×3
	//   -0.25000000   0.25000000   0.50000000
	//    0.50000000  -0.25000000   0.12500000
}

// The receiver may be an operand: c.Sub(c, b) is c = c − b.
func ExampleMatrix_Sub_inPlace() {
	weights := matrix.Matrix{
		{0.5, -0.5},
		{1.5, 2},
	}
	update := matrix.Matrix{
		{0.25, 0.25},
		{-1, 0},
	}
	weights.Sub(weights, update)
	fmt.Println(weights)
	// Output:
	// 2×2
	//    0.25000000  -0.75000000
	//    2.50000000   2.00000000
}

func ExampleMatrix_Hadamard() {
	a := matrix.Matrix{
		{2, 3, 1},
		{0, 8, -2},
	}
	b := matrix.Matrix{
		{3, 1, 4},
		{7, 9, 5},
	}
	var c matrix.Matrix
	c.Hadamard(a, b)
	fmt.Println(c)
	// Output:
	// 2×3
	//     6.00000000    3.00000000    4.00000000
	//     0.00000000   72.00000000  -10.00000000
}

func ExampleMatrix_Scale() {
	update := matrix.Matrix{
		{1, -2.5},
		{0.5, 4},
	}
	learningRate := 0.1
	var c matrix.Matrix
	c.Scale(learningRate, update)
	fmt.Println(c)
	// Output:
	// 2×2
	//    0.10000000  -0.25000000
	//    0.05000000   0.40000000
}

func ExampleMatrix_Apply() {
	sigmoid := func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
	a := matrix.Matrix{
		{-1, 0},
		{1, 2},
	}
	var c matrix.Matrix
	c.Apply(sigmoid, a)
	fmt.Println(c) // as 1 / (1 + np.exp(-a)) in NumPy
	// Output:
	// 2×2
	//   0.26894142  0.50000000
	//   0.73105858  0.88079708
}
