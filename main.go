// Backprop is part 13 of the series "Basics of Deep Learning", Implementing Backpropagation,
// in plain Go: the notebook's cells in the notebook's order. Every dot product and every
// transpose is a loop that one can step into.
package main

import (
	"fmt"
	"io"
	"os"

	"backprop/iris"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
	"backprop/network/walkthrough/page"
	"backprop/network/walkthrough/training"
	"backprop/network/workshop/checker"
)

// notebook is part 13, cell by cell. Cell 1, the imports, is above. In the series, the rows
// are 1, 51 and 101, there are 2 hidden nodes, and the learning rate is 0.1. The random
// weights of draw are there those of network.New(4, 2, 3, numpy.NewRandom(10)), which draws
// what NumPy draws after np.random.seed(10).
func notebook(
	all iris.Flowers, rows []int, hidden int, learningRate float64,
	draw func(inputs, hidden, outputs int) *network.Network,
) (*walkthrough.Results, error) {
	// Cell 2: take three of the flowers.
	flowers, err := all.Pick(rows...)
	if err != nil {
		return nil, err
	}

	// Cell 3: x and y. N, the number of elements of y, is 9 for three flowers.
	x := flowers.Features() // n×4, in cm
	y := flowers.Labels()   // n×3, one-hot

	// Cell 4: the sigmoid is network.Sigmoid: σ(z) = 1 / (1 + e⁻ᶻ).

	// Cell 5: the learning rate is there already; the nodes per layer are 4-2-3.
	inputs := x.Cols()
	outputs := y.Cols()

	// Cell 6: random weights.
	net := draw(inputs, hidden, outputs)
	before := net.Clone()

	// Cell 7: feedforward and backpropagation. The pass p holds x, y and every matrix that is
	// computed from them.
	p, err := net.NewPass(x, y)
	if err != nil {
		return nil, err
	}
	net.Feedforward(p)
	net.Backpropagate(p)

	// Cell 8: the gradient descent step, which changes only the weights.
	net.Descend(p, learningRate)

	// Cell 9: the MSE before the step, since p still has the outputs from before it.
	mseBefore := p.MSE()

	// Cell 10: forward again, with the new weights, for the MSE after the step.
	again, err := net.NewPass(x, y)
	if err != nil {
		return nil, fmt.Errorf("weights after the step: %w", err)
	}
	net.Feedforward(again)
	mseAfter := again.MSE()

	return &walkthrough.Results{
		Before: before, Pass: p, After: net, Again: again,
		MSEBefore: mseBefore, MSEAfter: mseAfter,
	}, nil
}

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run runs the program and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	program := command.Program{
		About:    walkthrough.About,
		Examples: walkthrough.Examples,
		Commands: []command.Command{
			{Name: "step", Run: walkthrough.ShowStep(notebook),
				Summary: "part 13: one gradient descent step, cell by cell"},
			{Name: "explain", Run: walkthrough.Explain(notebook),
				Summary: "where a number of that step came from"},
			{Name: "check", Run: walkthrough.Check(notebook),
				Summary: "are the gradients right? each against a measured one"},
			{Name: "train", Run: training.Train,
				Summary: "part 14: training, and when to stop"},
			{Name: "predict", Run: training.Predict,
				Summary: "which species? with the weights that train -save wrote"},
			{Name: "descend", Run: training.Descend,
				Summary: "part 14: gradient descent on x², where it can be seen"},
			{Name: "serve", Run: page.Serve(notebook),
				Summary: "the step as a page in the browser, every number to point at"},
			{Name: "page", Run: page.Write(notebook),
				Summary: "that page as a file, for a room without the program"},
			{Name: "workshop", Run: checker.Run,
				Summary: "write backpropagation yourself; it tells you which mistake"},
		},
	}
	return program.Run(args, stdin, stdout, stderr)
}
