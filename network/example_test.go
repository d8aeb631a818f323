package network_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"backprop/data"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// part13 returns the network, the flowers and the labels of part 13.
func part13() (net *network.Network, x, y matrix.Matrix) {
	net = network.New(4, 2, 3, numpy.NewRandom(10))
	x = matrix.Matrix{
		{4.9, 3.0, 1.4, 0.2}, // setosa
		{6.4, 3.2, 4.5, 1.5}, // versicolor
		{5.8, 2.7, 5.1, 1.9}, // virginica
	}
	y = matrix.Matrix{
		{1, 0, 0},
		{0, 1, 0},
		{0, 0, 1},
	}
	return net, x, y
}

// A gradient descent step of part 13: the MSE comes out a little lower.
func Example() {
	net, x, y := part13()
	p, err := net.NewPass(x, y)
	if err != nil {
		log.Fatal(err)
	}
	net.Feedforward(p)
	fmt.Printf("MSE before the step  %.12f\n", p.MSE())

	net.Backpropagate(p)
	net.Descend(p, 0.1)

	net.Feedforward(p)
	fmt.Printf("MSE after the step   %.12f\n", p.MSE())
	// Output:
	// MSE before the step  0.138311268008
	// MSE after the step   0.137974921697
}

func ExampleNew() {
	net := network.New(4, 2, 3, numpy.NewRandom(10))
	fmt.Println(net.Weights1)
	fmt.Println(net.Weights2)
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

func ExampleNetwork_Clone() {
	net, _, _ := part13()
	before := net.Clone()
	net.Weights1[0][0] = 1
	fmt.Printf("%.8f %.8f\n", before.Weights1[0][0], net.Weights1[0][0])
	// Output: 0.66579325 1.00000000
}

func ExampleNetwork_NewPass() {
	net, x, y := part13()
	if _, err := net.NewPass(x[:2], y); err != nil {
		fmt.Println(err)
	}
	// Output: network: y is 3×3, expected 2×3
}

func ExampleNetwork_Feedforward() {
	net, x, y := part13()
	p, err := net.NewPass(x, y)
	if err != nil {
		log.Fatal(err)
	}
	net.Feedforward(p)
	fmt.Println(p.OutputLayerOutputs)
	// Output:
	// 3×3
	//   0.61513159  0.39057320  0.63950625
	//   0.60081604  0.39872867  0.63578580
	//   0.58710561  0.40957790  0.62478582
}

func ExampleNetwork_Backpropagate() {
	net, x, y := part13()
	p, err := net.NewPass(x, y)
	if err != nil {
		log.Fatal(err)
	}
	net.Feedforward(p)
	net.Backpropagate(p)
	fmt.Println(p.Weights2Update)
	fmt.Println(p.Weights1Update)
	// Output:
	// 2×3
	//   0.02275376  0.00351919  0.01946169
	//   0.01216348  0.00359350  0.01810067
	// 4×2
	//   0.00258929  0.03269190
	//   0.00153837  0.01613305
	//   0.00089257  0.02372252
	//   0.00017133  0.00799010
}

func ExampleNetwork_Descend() {
	net, x, y := part13()
	p, err := net.NewPass(x, y)
	if err != nil {
		log.Fatal(err)
	}
	for step := 0; step < 1000; step++ {
		net.Feedforward(p)
		net.Backpropagate(p)
		net.Descend(p, 0.1)
	}
	net.Feedforward(p)
	fmt.Printf("MSE after 1000 steps %.6f\n", p.MSE())
	// Output: MSE after 1000 steps 0.095078
}

func ExamplePass_N() {
	net, x, y := part13()
	p, err := net.NewPass(x, y)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.N()) // 3 flowers × 3 species
	// Output: 9
}

func ExamplePass_MSE() {
	p := network.Pass{
		OutputLayerOutputs: matrix.Matrix{{0.5, 0.5}},
		Y:                  matrix.Matrix{{1, 0}},
	}
	fmt.Println(p.MSE()) // (0.5² + 0.5²) / (2·2)
	// Output: 0.125
}

func ExamplePass_Accuracy() {
	p := network.Pass{
		OutputLayerOutputs: matrix.Matrix{{0.2, 0.7, 0.1}, {0.6, 0.3, 0.1}},
		Y:                  matrix.Matrix{{0, 1, 0}, {0, 0, 1}},
	}
	fmt.Println(p.Accuracy()) // the first flower is right, the second is not
	// Output: 0.5
}

func ExampleSigmoid() {
	for _, z := range []float64{-10, 0, 10} {
		fmt.Printf("%.8f\n", network.Sigmoid(z))
	}
	// Output:
	// 0.00004540
	// 0.50000000
	// 0.99995460
}

func ExampleSigmoidSlope() {
	fmt.Println(network.SigmoidSlope(0.5)) // steepest in the middle
	fmt.Println(network.SigmoidSlope(1))   // flat at the end: nothing is learned there
	// Output:
	// 0.25
	// 0
}

func ExampleNetwork_CheckGradients() {
	net, x, y := part13()
	p, err := net.NewPass(x, y)
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range net.CheckGradients(p, 0.001)[:2] {
		fmt.Printf("%s[%d][%d]  measured %.8f  backpropagated %.8f\n", g.Weights, g.Row, g.Col, g.Measured, g.Backpropagated)
	}
	// Output:
	// weights_1[0][0]  measured 0.00258929  backpropagated 0.00258929
	// weights_1[0][1]  measured 0.03269190  backpropagated 0.03269190
}

func ExampleDerivative_RelativeError() {
	g := network.Derivative{Measured: 0.020, Backpropagated: 0.025}
	fmt.Printf("%.1f\n", g.RelativeError())
	// Output: 0.2
}

// Part 14's training, until the MSE is small enough.
func ExampleNetwork_Train() {
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		log.Fatal(err)
	}
	trainFlowers, testFlowers, err := flowers.Split(20, numpy.NewRandom(4))
	if err != nil {
		log.Fatal(err)
	}

	net := network.New(4, 2, 3, numpy.NewRandom(10))
	train, err := net.NewPass(trainFlowers.Features(), trainFlowers.Labels())
	if err != nil {
		log.Fatal(err)
	}
	test, err := net.NewPass(testFlowers.Features(), testFlowers.Labels())
	if err != nil {
		log.Fatal(err)
	}
	history, stop := net.Train(train, test, 0.1, network.Rules{
		Epochs:    10000,
		TargetMSE: 0.1,
	}, nil)
	for _, epoch := range []int{1, 10, 100, len(history)} {
		r := history[epoch-1]
		fmt.Printf("epoch %3d  MSE %.8f  accuracy %.4f  test MSE %.8f  accuracy %.2f\n", epoch, r.MSE, r.Accuracy, r.TestMSE, r.TestAccuracy)
	}
	fmt.Println(stop)
	// Output:
	// epoch   1  MSE 0.13910518  accuracy 0.3308  test MSE 0.12799517  accuracy 0.35
	// epoch  10  MSE 0.13604965  accuracy 0.3308  test MSE 0.12614133  accuracy 0.35
	// epoch 100  MSE 0.12147941  accuracy 0.3308  test MSE 0.11852558  accuracy 0.35
	// epoch 776  MSE 0.09998320  accuracy 0.4385  test MSE 0.09773296  accuracy 0.60
	// the training MSE has reached the target
}

func ExamplePass_Predicted() {
	p := network.Pass{
		OutputLayerOutputs: matrix.Matrix{
			{0.2, 0.7, 0.1},
			{0.6, 0.3, 0.1},
		},
	}
	fmt.Println(p.Predicted(0), p.Predicted(1))
	// Output: 1 0
}

func ExamplePass_Labelled() {
	p := network.Pass{
		Y: matrix.Matrix{
			{0, 0, 1}, // virginica
			{1, 0, 0}, // setosa
		},
	}
	fmt.Println(p.Labelled(0), p.Labelled(1))
	// Output: 2 0
}

func ExampleNetwork_Save() {
	net := network.Network{
		Weights1: matrix.Matrix{{0.1, -0.2}, {0.3, 0.4}},
		Weights2: matrix.Matrix{{0.5}, {1. / 3}},
	}
	if err := net.Save(os.Stdout); err != nil {
		log.Fatal(err)
	}
	// Output: {"weights_1":[[0.1,-0.2],[0.3,0.4]],"weights_2":[[0.5],[0.3333333333333333]]}
}

func ExampleLoad() {
	net, err := network.Load(strings.NewReader(`{
		"weights_1": [[0.1, -0.2], [0.3, 0.4]],
		"weights_2": [[0.5], [0.6]]
	}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(net.Weights1)

	_, err = network.Load(strings.NewReader(`{"weights_1": [[0.1, -0.2]], "weights_2": [[0.5]]}`))
	fmt.Println(err)
	// Output:
	// 2×2
	//    0.10000000  -0.20000000
	//    0.30000000   0.40000000
	// weights_1 looks transposed: weights_1 is 1×2 and weights_2 is 1×1, expected a row of weights_2 for each column of weights_1
}
