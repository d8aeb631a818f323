package training

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"backprop/iris"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/plot"
)

// writeSettings writes what a training begins with.
func (s *settings) writeSettings(w io.Writer, start *network.Network, train, test iris.Flowers) {
	fmt.Fprintf(w, "Training (part 14): %s to learn from, %d to test with\n\n", walkthrough.Count(len(train), "flower"), len(test))
	if s.testData == "" {
		fmt.Fprintf(w, "data           %s, split with seed %d\n", walkthrough.Short(s.data.String()), s.splitSeed)
	} else {
		fmt.Fprintf(w, "data           %s\n", walkthrough.Short(s.data.String()))
		fmt.Fprintf(w, "test data      %s\n", walkthrough.Short(s.testData.String()))
	}
	if edition := edition(append(slices.Clip(train), test...)); edition != "" {
		fmt.Fprintf(w, "flowers        %s\n", edition)
	}
	switch {
	case s.scaled:
		fmt.Fprintf(w, "lengths        scaled before\n")
	case s.weights.Inputs.Scale != nil:
		fmt.Fprintf(w, "lengths        scaled as the weights' file says\n")
	case s.scale:
		fmt.Fprintf(w, "lengths        scaled: mean 0, standard deviation 1 in the training set\n")
	}
	fmt.Fprintf(w, "network        %s, weights: %s\n", walkthrough.Sizes(start), s.weights.Source())
	var rates []string
	for _, rate := range s.rates {
		rates = append(rates, fmt.Sprintf("%g", rate))
	}
	fmt.Fprintf(w, "learning rate  %s\n", strings.Join(rates, ", "))
	fmt.Fprintf(w, "stop           after %s\n", walkthrough.Count(s.rules.Epochs, "epoch"))
	if s.rules.TargetMSE > 0 {
		fmt.Fprintf(w, "               or once the training MSE is at or below %g\n", s.rules.TargetMSE)
	}
	if s.rules.Patience > 0 {
		fmt.Fprintf(w, "               or when the training MSE, over %s,\n", walkthrough.Count(s.rules.Patience, "epoch"))
		fmt.Fprintf(w, "               has fallen by at most %.4g of itself,\n", s.rules.Tolerance)
		fmt.Fprintf(w, "               or has fallen in each, while the test MSE has risen\n")
	}
}

// writeTraining writes how one training went.
func writeTraining(w io.Writer, t *training, saved []string) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "\n\ttraining\ttraining\ttest\ttest\t\n")
	fmt.Fprintf(table, "epoch\tMSE\taccuracy\tMSE\taccuracy\t\n")
	for _, epoch := range shownEpochs(len(t.history)) {
		r := t.history[epoch-1]
		fmt.Fprintf(table, "%d\t%.8f\t%s\t%.8f\t%s\t\n", epoch, r.MSE, share(r.Accuracy), r.TestMSE, share(r.TestAccuracy))
	}
	table.Flush()
	fmt.Fprintf(w, "\nEach row was measured before the step of that epoch; a training that stops\nearly leaves that step out.\n\n")
	plot.WriteSketch(w, t.history)
	fmt.Fprintf(w, "\nStopped at epoch %d: %s.\n", len(t.history), t.stop)
	fmt.Fprintf(w, "Verdict: %s.\n%s\n", t.verdict(), t.advice())
	numbers := t.testPass.OutputLayerOutputs.Validate() == nil
	if numbers {
		writeConfusion(w, t.testPass)
	}
	for i, line := range saved {
		if i == 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "saved in %s\n", line)
	}
	if !numbers {
		fmt.Fprintf(w, "\nno test accuracy after %s: the outputs are not numbers\n",
			walkthrough.Count(len(t.history), "epoch"))
		return
	}
	accuracy, flowers := t.testPass.Accuracy(), t.testPass.Y.Rows()
	correct := math.Round(accuracy * float64(flowers))
	fmt.Fprintf(w, "\ntest accuracy %.2f (%.0f of %d) after %s\n", accuracy, correct, flowers, walkthrough.Count(len(t.history), "epoch"))
}

// share returns an accuracy for a table, or – if there is none.
func share(accuracy float64) string {
	if math.IsNaN(accuracy) {
		return "–"
	}
	return fmt.Sprintf("%.3f", accuracy)
}

// shownEpochs returns 1, 2, 5, 10, 20, 50, … and last.
func shownEpochs(last int) []int {
	var epochs []int
	for power := 1; power <= last; power *= 10 {
		for _, digit := range []int{1, 2, 5} {
			if digit*power < last {
				epochs = append(epochs, digit*power)
			}
		}
	}
	return append(epochs, last)
}

// writeConfusion writes which species the net took for which.
func writeConfusion(w io.Writer, p *network.Pass) {
	var counts [3][3]int
	for i := range p.Y {
		counts[p.Labelled(i)][p.Predicted(i)]++
	}
	fmt.Fprintf(w, "\nThe test set: each species, and what the net says it is\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "\t%v\t%v\t%v\t\n", iris.Setosa, iris.Versicolor, iris.Virginica)
	for species, row := range counts {
		fmt.Fprintf(table, "%v\t%d\t%d\t%d\t\n", iris.Species(species), row[0], row[1], row[2])
	}
	table.Flush()
}
