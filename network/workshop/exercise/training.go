package exercise

import (
	"fmt"

	"backprop/iris"
	"backprop/matrix/numpy"
	"backprop/network"
)

// A Row is of the table at the end: the MSE and the accuracy after so many epochs, of
// the learner's functions and of ours.
type Row struct {
	Epoch       int
	Yours, Ours string
}

// Training has the learner's functions train a net on the flowers, and package network.
func Training(f *Functions, flowers iris.Flowers) (rows []Row) {
	train, _, err := flowers.Split(20, numpy.NewRandom(4)) // as in part 14
	if err != nil {
		panic(fmt.Sprintf("workshop: %v", err))
	}
	x, y := train.Features(), train.Labels()
	start := network.New(4, 2, 3, numpy.NewRandom(10))
	theirs1, theirs2 := start.Weights1, start.Weights2
	ours := start.Clone()
	p, err := ours.NewPass(x, y)
	if err != nil {
		panic(fmt.Sprintf("workshop: %v", err))
	}
	theirPass := *p // for Accuracy, with their outputs
	shown := func(mse, accuracy float64) string { return fmt.Sprintf("%.8f     %.3f", mse, accuracy) }
	epoch := 0
	for _, until := range []int{0, 10, 100, 1000, 3000} {
		if until > epoch {
			theirs1, theirs2 = f.Train(x, y, theirs1, theirs2, 0.1, until-epoch)
		}
		for ; epoch < until; epoch++ {
			ours.Feedforward(p)
			ours.Backpropagate(p)
			ours.Descend(p, 0.1)
		}
		ours.Feedforward(p)
		_, hidden := f.HiddenLayer(x, theirs1)
		_, theirPass.OutputLayerOutputs = f.OutputLayer(hidden, theirs2)
		rows = append(rows, Row{epoch, shown(f.MSE(theirPass.OutputLayerOutputs, y), theirPass.Accuracy()), shown(p.MSE(), p.Accuracy())})
	}
	return rows
}
