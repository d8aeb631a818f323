package training

import (
	"math"
	"slices"

	"backprop/matrix"
	"backprop/network"
)

// A verdict says how a training went. It comes from the history, the outputs and the
// weights, not from the learning rate itself.
type verdict string

const (
	diverged     verdict = "diverged"
	stuck        verdict = "stuck: saturated"
	equalNodes   verdict = "stuck: equal nodes"
	overshoots   verdict = "overshoots"
	stillFalling verdict = "still falling"
	oneSpecies   verdict = "one species"
	settled      verdict = "settled"
	tooShort     verdict = "too short to tell"
)

// advice says of each verdict what it means, and what to try. Its lines fit a terminal.
var advice = map[verdict]string{
	diverged: "The numbers became too large to compute with. Try a smaller -rate, random\n" +
		"weights instead of -weights, and -scale.",
	stuck: "A layer's outputs are all so near 0 or 1 that the slope is almost 0, and the\n" +
		"weights hardly move. Try a smaller -rate, another -seed, or -scale.",
	equalNodes: "Two hidden nodes have the same weights, get the same changes and stay equal.\n" +
		"Begin with random weights: leave out -weights.",
	overshoots:   "The MSE still jumps up: steps are too long. Try a smaller -rate.",
	stillFalling: "The MSE was still going down. Try more -epochs, or a larger -rate.",
	oneSpecies: "The MSE hardly changes, and the net takes every flower for the same species.\n" +
		"Try a larger -rate, more -epochs, another -seed, or -scale.",
	settled: "The MSE hardly changes any more. If that is not good enough, try more nodes\n" +
		"with -hidden, another -seed, or -scale.",
	tooShort: "One epoch has nothing to compare with. Try more -epochs.",
}

// advice returns what the verdict means for this training, and what to try. The rule that
// stopped the training may know better than to go on.
func (t *training) advice() string {
	v := t.verdict()
	switch {
	case v == stillFalling && t.stop == network.TargetMet:
		return "The MSE was still going down. For a lower one, try a lower -target-mse."
	case (v == stillFalling || v == settled) && t.stop == network.TestRising:
		return "The net begins to learn its flowers by heart. Keep the weights from before that\n" +
			"with -save-best, or try fewer nodes with -hidden."
	}
	return advice[v]
}

// verdict judges the training.
//
//   - diverged: the MSE is not a number.
//   - stuck, saturated: every output of a layer is so close to 0 or 1 that the
//     sigmoid's slope lets no gradient through, and yet the flowers are not learned.
//   - stuck, equal nodes: two hidden nodes have the same weights on both
//     sides, so that they get the same updates, and the flowers are not learned.
//   - overshoots: in the second half of the epochs the MSE still jumped up, by
//     more than a hundredth in one epoch.
//   - still falling: the last tenth of the epochs brought the MSE down by more
//     than half a hundredth of itself; or by more than a twentieth of its whole
//     fall, as a slow one does, and the flowers are not learned.
//   - one species: none of these, and all flowers have the same largest
//     output, but not the same label.
//   - settled: none of these.
func (t *training) verdict() verdict {
	last := t.history[len(t.history)-1]
	half := t.history[len(t.history)/2:]
	tenth := t.history[max(0, len(t.history)-1-max(1, len(t.history)/10))]
	fall, wholeFall := tenth.MSE-last.MSE, t.history[0].MSE-last.MSE
	learned := last.Accuracy >= goodAccuracy
	switch {
	case math.IsNaN(last.MSE) || t.trainPass.OutputLayerOutputs.Validate() != nil:
		return diverged
	case !learned && (saturated(t.trainPass.HiddenLayerOutputs) || saturated(t.trainPass.OutputLayerOutputs)):
		return stuck
	case !learned && hasEqualNodes(t.net):
		return equalNodes
	case jumps(half):
		return overshoots
	case len(t.history) < 2:
		return tooShort
	case fall > 0.005*tenth.MSE || fall > max(0, 0.05*wholeFall) && !learned:
		return stillFalling
	case !learned && predictsOneSpecies(t.trainPass):
		return oneSpecies
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

// hasEqualNodes reports whether two hidden nodes have the same weights, to the last bit. Then
// they have the same outputs and the same gradients, and stay the same for ever.
func hasEqualNodes(net *network.Network) bool {
	var columns matrix.Matrix // a row per hidden node: those of weights_1
	columns.Transpose(net.Weights1)
	for a := range columns {
		for b := range columns[:a] {
			if slices.Equal(columns[a], columns[b]) && slices.Equal(net.Weights2[a], net.Weights2[b]) {
				return true
			}
		}
	}
	return false
}

// predictsOneSpecies reports whether the net takes all flowers for the same species, although
// they are not.
func predictsOneSpecies(p *network.Pass) bool {
	several := false
	for i := range p.Y {
		if p.Predicted(i) != p.Predicted(0) {
			return false
		}
		several = several || p.Labelled(i) != p.Labelled(0)
	}
	return several
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
