package walkthrough

import (
	"bytes"
	"fmt"
	"io"
	"text/tabwriter"

	"backprop/network"
	"backprop/network/walkthrough/command"
)

// ShowStep returns the command step, which shows the step of the notebook: part 13, cell by cell.
func ShowStep(notebook Notebook) func(*command.Call) error {
	return func(call *command.Call) error {
		asJSON := call.Flags.Bool("json", false, "print every matrix as JSON, at full precision")
		s, err := parseStep(call, notebook)
		if err != nil {
			return err
		}
		if *asJSON {
			return s.writeJSON(call.Out)
		}
		return s.writeText(call.Out)
	}
}

// parseStep parses the call and computes the step that its settings ask for.
func parseStep(call *command.Call, notebook Notebook) (*Step, error) {
	var s Settings
	all, err := s.Parse(call, Limits{maxFlowers, MaxHidden, maxSteps})
	if err != nil {
		return nil, err
	}
	return Compute(notebook, all, s, func(float64) error { return nil })
}

// writeText writes the step cell by cell, in lines of at most 80 characters.
func (s *Step) writeText(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Implementing backpropagation (part 13): gradient descent step %d\n", s.Settings.Steps)
	for _, c := range s.Cells() {
		fmt.Fprintf(&b, "\n--- cell %d: %s\n", c.Number, c.Title)
		switch c.Number {
		case 2:
			s.writeFlowers(&b)
		case 4:
			fmt.Fprintf(&b, "sigmoid(z) = 1 / (1 + e^-z)\n")
			for _, z := range []float64{-2, 0, 2} {
				fmt.Fprintf(&b, "sigmoid(%2g) = %.8f\n", z, network.Sigmoid(z))
			}
		case 5:
			fmt.Fprintf(&b, "learning_rate = %g\n", s.Settings.Rate)
			fmt.Fprintf(&b, "nodes per layer: %s\n", Sizes(s.Before))
		case 6:
			for _, line := range s.WeightsOrigin() {
				fmt.Fprintln(&b, line)
			}
		case 9:
			fmt.Fprintf(&b, "MSE = sum of (output_layer_outputs − y)², divided by 2N = %.12f\n", s.MSEBefore)
		case 10:
			fmt.Fprintf(&b, "output_layer_outputs  %v\n", s.Again.OutputLayerOutputs)
		}
		for _, q := range c.Quantities {
			writeQuantity(&b, q)
		}
		if c.Number == 3 {
			fmt.Fprintf(&b, "\nN = %d, the number of elements of y\n", s.Pass.N())
		}
	}
	fmt.Fprintf(&b, "\nMSE before the step  %.12f\n", s.MSEBefore)
	fmt.Fprintf(&b, "MSE after the step   %.12f\n", s.MSEAfter)
	_, err := b.WriteTo(w)
	return err
}

// writeQuantity writes a matrix, and how it is computed.
func writeQuantity(w io.Writer, q *Quantity) {
	fmt.Fprintf(w, "\n%s\n", q.Meaning)
	if !q.IsGiven() {
		fmt.Fprintf(w, "%s = %s\n", q.Name, q.Equation())
	}
	fmt.Fprintf(w, "%s  %v\n", q.Name, q.Matrix)
}

// writeFlowers writes the flowers as a table.
func (s *Step) writeFlowers(w io.Writer) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "row\tsepal length\tsepal width\tpetal length\tpetal width\t  species\n")
	for i, f := range s.Flowers {
		fmt.Fprintf(table, "%d\t%.8g\t%.8g\t%.8g\t%.8g\t  %v\n", s.Settings.Rows[i],
			f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth, f.Species)
	}
	table.Flush()
}

// Count returns a number of things, such as 1 epoch or 2 epochs.
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Short cuts a long file name at the front, to fit on a line.
func Short(name string) string {
	if runes := []rune(name); len(runes) > 36 {
		return "…" + string(runes[len(runes)-35:])
	}
	return name
}
