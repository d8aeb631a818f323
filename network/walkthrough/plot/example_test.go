package plot_test

import (
	"log"
	"os"

	"backprop/network"
	"backprop/network/walkthrough/plot"
)

func ExampleWriteSketch() {
	var h network.History
	for epoch := 1; epoch <= 100; epoch++ {
		h = append(h, network.Record{MSE: 0.1 / float64(epoch), TestMSE: 0.1})
	}
	if err := plot.WriteSketch(os.Stdout, h); err != nil {
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
