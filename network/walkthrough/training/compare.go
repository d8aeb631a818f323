package training

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"

	"backprop/matrix"
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
		fmt.Fprintf(table, "%g\t%.6f\t%.3f\t%.6f\t%.3f\t%s\t  %s\n",
			t.rate, last.MSE, last.Accuracy, last.TestMSE, last.TestAccuracy, firstGood(t.history), t.verdict())
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

// A verdict says what a learning rate did. It comes from the history and the
// outputs, not from the rate itself.
type verdict string

const (
	diverged     verdict = "diverged"
	stuck        verdict = "stuck: saturated"
	overshoots   verdict = "overshoots"
	stillFalling verdict = "still falling"
	settled      verdict = "settled"
	tooShort     verdict = "too short to tell"
)

// verdict judges the training.
//
//   - diverged: the MSE is not a number.
//   - stuck: every output of a layer is so close to 0 or 1 that the sigmoid's
//     slope lets no gradient through, and yet the flowers are not learned.
//   - overshoots: in the second half of the epochs the MSE still jumped up, by
//     more than a hundredth in one epoch.
//   - still falling: the last tenth of the epochs brought the MSE down by more
//     than half a hundredth of itself; or by more than a twentieth of its whole
//     fall, as a slow one does, and the flowers are not learned.
//   - settled: none of these.
func (t *training) verdict() verdict {
	last := t.history[len(t.history)-1]
	half := t.history[len(t.history)/2:]
	tenth := t.history[max(0, len(t.history)-1-max(1, len(t.history)/10))]
	fall, wholeFall := tenth.MSE-last.MSE, t.history[0].MSE-last.MSE
	switch {
	case math.IsNaN(last.MSE):
		return diverged
	case last.Accuracy < goodAccuracy && (saturated(t.trainPass.HiddenLayerOutputs) || saturated(t.trainPass.OutputLayerOutputs)):
		return stuck
	case jumps(half):
		return overshoots
	case len(t.history) < 2:
		return tooShort
	case fall > 0.005*tenth.MSE || fall > max(0, 0.05*wholeFall) && last.Accuracy < goodAccuracy:
		return stillFalling
	default:
		return settled
	}
}

// saturated reports whether the sigmoid's slope is below 0.001 at all outputs.
func saturated(outputs matrix.Matrix) bool {
	for _, row := range outputs {
		for _, out := range row {
			if network.SigmoidSlope(out) > 0.001 {
				return false
			}
		}
	}
	return true
}

// jumps reports whether the MSE rises by more than a hundredth in an epoch.
func jumps(h network.History) bool {
	for i := 1; i < len(h); i++ {
		if h[i].MSE > 1.01*h[i-1].MSE {
			return true
		}
	}
	return false
}
