package numpy_test

import (
	"fmt"

	"backprop/matrix"
	"backprop/matrix/numpy"
)

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

// The weights of the notebook, with 4 inputs, 2 hidden nodes and 3 outputs.
func ExampleRandom_NormalMatrix() {
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

func ExampleRandom_Permutation() {
	// np.random.seed(10)
	// np.random.permutation(10)
	r := numpy.NewRandom(10)
	fmt.Println(r.Permutation(10))
	// Output: [8 2 5 6 3 1 0 7 4 9]
}

func ExampleExp() {
	// np.exp(a)
	a := matrix.Matrix{
		{0, 1, -1},
		{2, 0.5, -20},
	}
	var c matrix.Matrix
	c.Apply(numpy.Exp, a)
	fmt.Println(c)
	// Output:
	// 2×3
	//   1.00000000  2.71828183  0.36787944
	//   7.38905610  1.64872127  0.00000000
}
