// Backprop is part 13 of the series "Basics of Deep Learning", Implementing
// Backpropagation, in plain Go: the notebook's cells in the notebook's order.
// Every dot product and every transpose is a loop that one can step into.
package main

import (
	_ "embed"
	"fmt"
	"io"
	"os"

	"backprop/iris"
	"backprop/matrix"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/workshop/checker"
)

// notebook is part 13, cell by cell; cell 1, the imports, is above. (Package
// walkthrough has the flags, which come in as s, and the printing.)
func notebook(file io.Reader, s walkthrough.Settings) (*walkthrough.Step, error) {
	// Cell 2: load the flowers and take three.
	all, err := iris.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.DataName(), err)
	}
	flowers, err := all.Pick(s.Rows...)
	if err != nil {
		return nil, fmt.Errorf("-flowers: %s: %w", s.DataName(), err)
	}

	// Cell 3: x and y, and N, the number of elements of y (Pass.N).
	x := flowers.Features() // n×4, in cm
	y := flowers.Labels()   // n×3, one-hot

	// Cell 4: the sigmoid is network.Sigmoid: σ(z) = 1 / (1 + e⁻ᶻ).

	// Cell 5: the settings.
	learningRate := s.Rate
	inputs, hidden, outputs := x.Cols(), s.Hidden, y.Cols() // nodes per layer

	// Cell 6: random weights, unless -weights has others.
	random := matrix.NewRandom(s.Seed) // np.random.seed
	net := network.New(inputs, hidden, outputs, random)
	if s.Loaded != nil {
		net = s.Loaded
	}

	// Cell 7: the pass, feedforward and backpropagation.
	p, err := net.NewPass(x, y)
	if err != nil {
		return nil, err
	}
	for i := 1; i < s.Steps; i++ { // only with -steps: those before the one that is shown
		net.Feedforward(p)
		net.Backpropagate(p)
		net.Descend(p, learningRate)
	}
	net.Feedforward(p)
	net.Backpropagate(p)

	// Cell 8: the gradient descent step.
	before := net.Clone() // only to be shown
	net.Descend(p, learningRate)

	// Cell 9: the MSE before the step: p still has the outputs of before.
	mseBefore := p.MSE()

	// Cell 10: once more forward, with the new weights, for the MSE after it.
	again, err := net.NewPass(x, y)
	if err != nil {
		return nil, fmt.Errorf("weights after the step: %w", err)
	}
	net.Feedforward(again)
	mseAfter := again.MSE()

	return &walkthrough.Step{
		Settings: s, Flowers: flowers,
		Before: before, Pass: p, After: net, Again: again,
		MSEBefore: mseBefore, MSEAfter: mseAfter,
	}, nil
}

// irisCSV is the data set of the series, so that the program runs anywhere.
//
//go:embed data/iris.csv
var irisCSV string

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run runs the program and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	commands := []walkthrough.Command{
		{Name: "step", Summary: "part 13: one gradient descent step, cell by cell", Run: walkthrough.ShowStep},
		{Name: "explain", Summary: "where a number of that step came from", Run: walkthrough.Explain},
		{Name: "check", Summary: "are the gradients right? each against a measured one", Run: walkthrough.Check},
		{Name: "train", Summary: "part 14: training, and when to stop", Run: walkthrough.Train},
		{Name: "predict", Summary: "which species? with the weights that train -save wrote", Run: walkthrough.Predict},
		{Name: "descend", Summary: "part 14: gradient descent on x², where it can be seen", Run: walkthrough.Descend},
		{Name: "serve", Summary: "the step as a page in the browser, every number to point at", Run: walkthrough.Serve},
		{Name: "page", Summary: "that page as a file, for a room without the program", Run: walkthrough.WritePage},
		{Name: "workshop", Summary: "write backpropagation yourself; it tells you which mistake", Run: checker.Run},
	}
	return walkthrough.Run(commands, irisCSV, notebook, args, stdin, stdout, stderr)
}
