package walkthrough_test

import (
	"fmt"
	"log"
	"os"

	"backprop/network"
	"backprop/network/walkthrough"
)

func ExampleWriteSketch() {
	var h network.History
	for epoch := 1; epoch <= 100; epoch++ {
		h = append(h, network.Record{MSE: 0.1 / float64(epoch), TestMSE: 0.1})
	}
	if err := walkthrough.WriteSketch(os.Stdout, h); err != nil {
		log.Fatal(err)
	}
	// Output:
	// MSE over the epochs:  * training  o test  @ both
	//      0.1 |@oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo
	//          |
	//          |
	//          |
	//          |
	//     0.05 | *
	//          |
	//          | **
	//          |   *
	//          |    *********
	//        0 |------------*****************************************************
	//           1          20           40           60           80           100
}

func ExampleQuantity_Equation() {
	q := walkthrough.Quantity{Name: "weights_2_update", Op: walkthrough.DotOverN, X: "hidden_layer_outputs.T", Y: "output_layer_delta"}
	fmt.Println(q.Name, "=", q.Equation())
	// Output: weights_2_update = hidden_layer_outputs.T · output_layer_delta / N
}
