package walkthrough

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
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
		s.writeDerivatives(call.Out, gradients, h)
	}
	fmt.Fprintf(call.Out, "%d derivatives, the worst is %s: relative error %.0e\n",
		len(gradients), At(worst.Weights, worst.Row, worst.Col), worst.RelativeError())
	_, err = fmt.Fprintln(call.Out, judgeGradient(worst))
	return err
}

// writeDerivatives writes a line for each weight. For a small net, the sum over its routes is a
// third way to the same derivative.
func (s *Step) writeDerivatives(w io.Writer, gradients []network.Derivative, h float64) {
	byRoutes := s.hasFewRoutes(gradients)
	about, header := "and\nbackpropagated", "weight\tmeasured\tbackpropagated\t"
	if byRoutes {
		about, header = "backpropagated,\nand added up route by route (see explain -routes)", header+"by routes\t"
	}
	fmt.Fprintf(w, "∂MSE/∂w of each weight: measured, by moving the weight by %g, %s\n\n", h, about)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "%srelative error\t\n", header)
	verdict := "By routes, all derivatives are the same as by backpropagation, but for rounding."
	for _, g := range gradients {
		weight := At(g.Weights, g.Row, g.Col)
		fmt.Fprintf(table, "%s\t%.8f\t%.8f\t", weight, g.Measured, g.Backpropagated)
		if byRoutes {
			routes := s.routes(s.named(g.Weights), g.Row, g.Col)
			fmt.Fprintf(table, "%.8f\t", addUp(routes))
			if !agree(routes, g.Backpropagated) {
				verdict = fmt.Sprintf("By routes, %s has another derivative than by backpropagation.", weight)
			}
		}
		fmt.Fprintf(table, "%.0e\t\n", g.RelativeError())
	}
	table.Flush()
	fmt.Fprintln(w)
	if byRoutes {
		fmt.Fprintln(w, verdict)
	}
}

// hasFewRoutes reports whether every weight is one of the series' net, and has so few routes that
// a reader could follow them.
func (s *Step) hasFewRoutes(gradients []network.Derivative) bool {
	return len(s.Flowers)*s.Size(Species) <= manyRoutes && !slices.ContainsFunc(gradients, func(g network.Derivative) bool {
		return !slices.Contains(weightNames, g.Weights)
	})
}

// agree reports whether the sum of the routes is the derivative, but for rounding.
func agree(routes []route, derivative float64) bool {
	largest := 0.0
	for _, r := range routes {
		largest = max(largest, math.Abs(r.contribution))
	}
	return math.Abs(addUp(routes)-derivative) <= 1e-12*largest
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
