package training

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"backprop/network"
)

// goodAccuracy is the training accuracy that the comparison of learning rates
// looks for.
const goodAccuracy = 0.95

// writeComparison writes a row for each learning rate that was tried, of so
// many that were asked for.
func writeComparison(w io.Writer, trainings []*training, rates int) {
	fmt.Fprintf(w, "\nThe same weights to begin with; MSE and accuracy of the last epoch.\n\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "learning\ttraining\t\ttest\t\tfirst\t\n")
	fmt.Fprintf(table, "rate\tMSE\taccuracy\tMSE\taccuracy\t≥ %.2f\t  verdict\n", goodAccuracy)
	for _, t := range trainings {
		last := t.history[len(t.history)-1]
		fmt.Fprintf(table, "%g\t%.6f\t%s\t%.6f\t%s\t%s\t  %s\n",
			t.rate, last.MSE, share(last.Accuracy), last.TestMSE, share(last.TestAccuracy),
			firstGood(t.history), t.verdict())
	}
	table.Flush()
	for _, t := range trainings {
		if t.stop != network.EpochsDone && t.stop != network.Interrupted {
			fmt.Fprintf(w, "\nrate %g stopped at epoch %d: %s\n", t.rate, len(t.history), t.stop)
		}
	}
	if last := trainings[len(trainings)-1]; last.stop == network.Interrupted {
		fmt.Fprintf(w, "\nInterrupted at epoch %d of rate %g; rates not tried: %d\n", len(last.history), last.rate, rates-len(trainings))
	}
	fmt.Fprintf(w, "\nfirst ≥ %.2f: the first epoch with that training accuracy\n", goodAccuracy)
}

// firstGood returns the first epoch with a good training accuracy, or –.
func firstGood(h network.History) string {
	for i, r := range h {
		if r.Accuracy >= goodAccuracy {
			return strconv.Itoa(i + 1)
		}
	}
	return "–"
}
