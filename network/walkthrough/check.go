package walkthrough

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"backprop/network"
	"backprop/network/walkthrough/command"
)

// Check returns the command check, which holds every derivative that the notebook
// backpropagated against a measured one.
func Check(notebook Notebook) func(*command.Call) error {
	return func(call *command.Call) error { return check(call, notebook) }
}

func check(call *command.Call, notebook Notebook) error {
	var h float64
	command.DefineFloat(call.Flags, "move", "0.001", "move each weight by this `H` to measure; with a larger one the curve\nshows, with a smaller one the rounding", parseMove, &h)
	quiet := call.Flags.Bool("quiet", false, "print the worst derivative only")
	s, err := parseStep(call, notebook)
	if err != nil {
		return err
	}
	gradients := s.Before.Clone().CheckGradients(s.Pass, h)
	worst := gradients[0]
	for _, g := range gradients {
		if g.RelativeError() > worst.RelativeError() {
			worst = g
		}
	}
	if !*quiet {
		fmt.Fprintf(call.Out, "∂MSE/∂w of each weight: measured, by moving the weight by %g, and\nbackpropagated\n\n", h)
		table := tabwriter.NewWriter(call.Out, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintf(table, "weight\tmeasured\tbackpropagated\trelative error\t\n")
		for _, g := range gradients {
			fmt.Fprintf(table, "%s\t%.8f\t%.8f\t%.0e\t\n", At(g.Weights, g.Row, g.Col), g.Measured, g.Backpropagated, g.RelativeError())
		}
		table.Flush()
		fmt.Fprintln(call.Out)
	}
	fmt.Fprintf(call.Out, "%d derivatives, the worst is %s: relative error %.0e\n",
		len(gradients), At(worst.Weights, worst.Row, worst.Col), worst.RelativeError())
	_, err = fmt.Fprintln(call.Out, judgeGradient(worst))
	return err
}

// parseMove reads how far to move a weight.
func parseMove(text string) (float64, error) {
	v, err := command.Number(text)
	if err != nil || v < 1e-6 || v > 0.1 {
		return 0, errors.New("expected a number from 1e-6 to 0.1")
	}
	return v, nil
}

// judgeGradient says what people make of a relative error.
func judgeGradient(worst network.Derivative) string {
	switch e := worst.RelativeError(); {
	case e < 1e-7:
		return "below 1e-7: right"
	case e < 1e-2:
		return "between 1e-7 and 1e-2: look closer (rounding can do it to a derivative near 0)"
	default:
		return "above 1e-2: wrong (or -move is no good choice, or the derivatives are nearly 0)"
	}
}
