package walkthrough

import (
	"fmt"
	"io"
	"text/tabwriter"

	"backprop/network"
)

// WriteText writes the step cell by cell, in lines of at most 80 characters.
func (s *Step) WriteText(w io.Writer) error {
	t := &text{w: w}
	t.printf("Implementing backpropagation (part 13): gradient descent step %d\n", s.Settings.Steps)

	t.heading(2, "load the flowers and take some")
	t.flowers(s)

	t.heading(3, "x, y and N")
	t.quantities(s, 3)
	t.printf("\nN = %d, the number of elements of y\n", s.Pass.N())

	t.heading(4, "the sigmoid")
	t.printf("sigmoid(z) = 1 / (1 + e^-z)\n")
	for _, z := range []float64{-2, 0, 2} {
		t.printf("sigmoid(%2g) = %.8f\n", z, network.Sigmoid(z))
	}

	t.heading(5, "the settings")
	t.printf("learning_rate   = %g\n", s.Settings.Rate)
	t.printf("nodes per layer = %d-%d-%d\n", s.Pass.X.Cols(), s.Settings.Hidden, s.Pass.Y.Cols())

	t.heading(6, "random weights")
	t.printf("np.random.seed(%d), scale=0.5\n", s.Settings.Seed)
	if s.Settings.Steps > 1 {
		t.printf("after %d gradient descent steps:\n", s.Settings.Steps-1)
	}
	t.quantities(s, 6)

	t.heading(7, "feedforward and backpropagation")
	t.quantities(s, 7)

	t.heading(8, "the gradient descent step")
	t.quantities(s, 8)

	t.heading(9, "the mean squared error")
	t.printf("MSE = sum of (output_layer_outputs − y)², divided by 2N\n")

	t.heading(10, "once more forward, with the new weights")
	t.printf("output_layer_outputs  %v\n", s.Again.OutputLayerOutputs)

	t.printf("\nMSE before the step  %.12f\n", s.Pass.MSE())
	t.printf("MSE after the step   %.12f\n", s.Again.MSE())
	return t.err
}

// text writes to w until an error comes up, and remembers it.
type text struct {
	w   io.Writer
	err error
}

func (t *text) printf(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format, args...)
	}
}

func (t *text) heading(cell int, title string) {
	t.printf("\n--- cell %d: %s\n", cell, title)
}

// flowers writes the flowers of s as a table.
func (t *text) flowers(s *Step) {
	table := tabwriter.NewWriter(t.w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "row\tsepal length\tsepal width\tpetal length\tpetal width\t  species\n")
	for i, f := range s.Flowers {
		fmt.Fprintf(table, "%d\t%g\t%g\t%g\t%g\t  %v\n", s.Settings.Rows[i], f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth, f.Species)
	}
	if err := table.Flush(); t.err == nil {
		t.err = err
	}
}

// quantities writes the matrices that the cell computes.
func (t *text) quantities(s *Step, cell int) {
	for _, q := range s.Quantities() {
		if q.Cell != cell {
			continue
		}
		t.printf("\n%s\n", q.Meaning)
		if q.Equation != "" {
			t.printf("%s = %s\n", q.Name, q.Equation)
		}
		t.printf("%s  %v\n", q.Name, q.Matrix)
	}
}
