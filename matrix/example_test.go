package matrix_test

import (
	"fmt"
	"math"

	"backprop/matrix"
	"backprop/matrix/numpy"
)

func ExampleNew() {
	m := matrix.New(2, 3)
	m[1][0] = 0.5 // row 1, column 0
	fmt.Println(m)
	// Output:
	// 2×3
	//   0.00000000  0.00000000  0.00000000
	//   0.50000000  0.00000000  0.00000000
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
	x := matrix.Matrix{ // 3×2
		{1, 2},
		{3, 4},
		{5, 6},
	}
	y := matrix.Matrix{ // 2×3
		{0.5, -1, 2},
		{0, 1, -2},
	}
	z := matrix.New(3, 3)
	z.Dot(x, y) // z[2][0] = 5·0.5 + 6·0
	fmt.Println(z)
	// Output:
	// 3×3
	//    0.50000000   1.00000000  -2.00000000
	//    1.50000000   1.00000000  -2.00000000
	//    2.50000000   1.00000000  -2.00000000
}

func ExampleMatrix_Transpose() {
	x := matrix.Matrix{ // 2×3
		{1, 2, 3},
		{4, 5, 6},
	}
	z := matrix.New(3, 2)
	z.Transpose(x)
	fmt.Println(z)
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
	z := matrix.New(2, 3)
	z.Sub(outputs, labels)
	fmt.Println(z)
	// Output:
	// 2×3
	//   -0.25000000   0.25000000   0.50000000
	//    0.50000000  -0.25000000   0.12500000
}

// The receiver may be an operand: z.Sub(z, y) is z = z − y.
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
	x := matrix.Matrix{
		{2, 3, 1},
		{0, 8, -2},
	}
	y := matrix.Matrix{
		{3, 1, 4},
		{7, 9, 5},
	}
	z := matrix.New(2, 3)
	z.Hadamard(x, y)
	fmt.Println(z)
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
	z := matrix.New(2, 2)
	z.Scale(learningRate, update)
	fmt.Println(z)
	// Output:
	// 2×2
	//    0.10000000  -0.25000000
	//    0.05000000   0.40000000
}

func ExampleMatrix_Apply() {
	sigmoid := func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
	x := matrix.Matrix{
		{-1, 0},
		{1, 2},
	}
	z := matrix.New(2, 2)
	z.Apply(sigmoid, x)
	fmt.Println(z) // as 1 / (1 + np.exp(-x)) in NumPy
	// Output:
	// 2×2
	//   0.26894142  0.50000000
	//   0.73105858  0.88079708
}

func ExampleNewRandom() {
	// np.random.seed(10)
	// np.random.random_sample()
	// np.random.standard_normal(2)
	r := numpy.NewRandom(10)
	fmt.Printf("%.8f\n", r.Float64())
	fmt.Printf("%.8f %.8f\n", r.Normal(), r.Normal())
	// Output:
	// 0.77132064
	// 0.03777261 -0.13544849
}

func ExampleRandom_Uint32() {
	// np.random.seed(10)
	// np.random.randint(2**32, size=3, dtype=np.uint32)
	r := numpy.NewRandom(10)
	for range 3 {
		fmt.Println(r.Uint32())
	}
	// Output:
	// 3312796937
	// 1283169405
	// 89128932
}

func ExampleRandom_Float64() {
	// np.random.seed(10)
	// np.random.random_sample(3)
	r := numpy.NewRandom(10)
	for range 3 {
		fmt.Printf("%.8f\n", r.Float64())
	}
	// Output:
	// 0.77132064
	// 0.02075195
	// 0.63364823
}

func ExampleRandom_Normal() {
	// np.random.seed(10)
	// np.random.standard_normal(3)
	r := numpy.NewRandom(10)
	for range 3 {
		fmt.Printf("%.8f\n", r.Normal())
	}
	// Output:
	// 1.33158650
	// 0.71527897
	// -1.54540029
}

func ExampleRandom_Permutation() {
	// np.random.seed(10)
	// np.random.permutation(10)
	r := numpy.NewRandom(10)
	fmt.Println(r.Permutation(10))
	// Output: [8 2 5 6 3 1 0 7 4 9]
}

// The weights of the notebook, with 4 inputs, 2 hidden nodes and 3 outputs.
func ExampleRandomNormal() {
	// np.random.seed(10)
	// np.random.normal(scale=0.5, size=(4, 2))
	// np.random.normal(scale=0.5, size=(2, 3))
	r := numpy.NewRandom(10)
	fmt.Println(r.NormalMatrix(0.5, 4, 2))
	fmt.Println(r.NormalMatrix(0.5, 2, 3))
	// Output:
	// 4×2
	//    0.66579325   0.35763949
	//   -0.77270015  -0.00419192
	//    0.31066799  -0.36004278
	//    0.13275579   0.05427426
	// 2×3
	//    0.00214572  -0.08730011   0.21651309
	//    0.60151869  -0.48253284   0.51413704
}
