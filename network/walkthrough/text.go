package walkthrough

import (
	"bytes"
	"fmt"
	"io"
	"text/tabwriter"

	"backprop/network"
)

// Write writes the step as text or as JSON.
func (s *Step) Write(w io.Writer, asJSON bool) error {
	if asJSON {
		return s.WriteJSON(w)
	}
	return s.WriteText(w)
}

// WriteText writes the step cell by cell, in lines of at most 80 characters.
func (s *Step) WriteText(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Implementing backpropagation (part 13): gradient descent step %d\n", s.Settings.Steps)

	heading(&b, 2, "load the flowers and take some")
	s.writeFlowers(&b)

	heading(&b, 3, "x, y and N")
	s.writeQuantities(&b, 3)
	fmt.Fprintf(&b, "\nN = %d, the number of elements of y\n", s.Pass.N())

	heading(&b, 4, "the sigmoid")
	fmt.Fprintf(&b, "sigmoid(z) = 1 / (1 + e^-z)\n")
	for _, z := range []float64{-2, 0, 2} {
		fmt.Fprintf(&b, "sigmoid(%2g) = %.8f\n", z, network.Sigmoid(z))
	}

	heading(&b, 5, "the settings")
	fmt.Fprintf(&b, "learning_rate = %g\n", s.Settings.Rate)
	fmt.Fprintf(&b, "nodes per layer: %d-%d-%d\n", s.Pass.X.Cols(), s.Settings.Hidden, s.Pass.Y.Cols())

	if s.Settings.Weights == "" {
		heading(&b, 6, "random weights")
		fmt.Fprintf(&b, "np.random.seed(%d), scale=0.5\n", s.Settings.Seed)
	} else {
		heading(&b, 6, "the weights that were saved")
		fmt.Fprintf(&b, "%s\n", short(s.Settings.Weights))
	}
	if s.Settings.Steps > 1 {
		fmt.Fprintf(&b, "and then moved by %d gradient descent steps\n", s.Settings.Steps-1)
	}
	s.writeQuantities(&b, 6)

	heading(&b, 7, "feedforward and backpropagation")
	s.writeQuantities(&b, 7)

	heading(&b, 8, "the gradient descent step")
	s.writeQuantities(&b, 8)

	heading(&b, 9, "the mean squared error")
	fmt.Fprintf(&b, "MSE = sum of (output_layer_outputs − y)², divided by 2N = %.12f\n", s.MSEBefore)

	heading(&b, 10, "once more forward, with the new weights")
	fmt.Fprintf(&b, "output_layer_outputs  %v\n", s.Again.OutputLayerOutputs)

	fmt.Fprintf(&b, "\nMSE before the step  %.12f\n", s.MSEBefore)
	fmt.Fprintf(&b, "MSE after the step   %.12f\n", s.MSEAfter)
	_, err := b.WriteTo(w)
	return err
}

func heading(w io.Writer, cell int, title string) {
	fmt.Fprintf(w, "\n--- cell %d: %s\n", cell, title)
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

// writeQuantities writes the matrices that the cell computes.
func (s *Step) writeQuantities(w io.Writer, cell int) {
	for _, q := range s.Quantities() {
		if q.Cell != cell {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", q.Meaning)
		if q.Op != Given {
			fmt.Fprintf(w, "%s = %s\n", q.Name, q.Equation())
		}
		fmt.Fprintf(w, "%s  %v\n", q.Name, q.Matrix)
	}
}
