package network

import "math"

// Accuracy returns the share of flowers, from 0 to 1, whose largest output is the labelled
// one (part 14). Of equally large outputs the first one counts, as in np.argmax. It panics
// if there are no outputs yet.
func (p *Pass) Accuracy() float64 {
	correct := 0
	for i := range p.Y {
		if p.Predicted(i) == p.Labelled(i) {
			correct++
		}
	}
	return float64(correct) / float64(p.Y.Rows())
}

// Predicted returns what the net takes flower i for: the number of its largest output, from
// 0 (part 14).
func (p *Pass) Predicted(i int) int { return largest(p.OutputLayerOutputs[i]) }

// Labelled returns what flower i is: the number of the 1 in its row of Y.
func (p *Pass) Labelled(i int) int { return largest(p.Y[i]) }

// largest returns the index of the largest element of row, np.argmax(row).
func largest(row []float64) int {
	index := 0
	for j := range row {
		if row[j] > row[index] {
			index = j
		}
	}
	return index
}

// A Record is what a training notes of one epoch, before its step.
type Record struct {
	MSE, Accuracy         float64 // of the training set
	TestMSE, TestAccuracy float64 // of the test set, which the net never learns from
}

// A History is the records of a training, of which the first is epoch 1. It is the only
// thing that grows while training: 32 bytes an epoch.
type History []Record

// Rules say when to stop a training (part 14).
type Rules struct {
	Epochs    int     // after so many epochs at the latest
	TargetMSE float64 // once the MSE of the training set is at or below this; 0 is never
	Patience  int     // epochs to look back for a plateau or a rising test MSE; 0 is never
	Tolerance float64 // which share of the MSE is no improvement: 0.001 is 0.1 %
}

// A Stop is the reason why a training ended.
type Stop string

const (
	EpochsDone  Stop = "all epochs are done"
	TargetMet   Stop = "the training MSE has reached the target"
	OnPlateau   Stop = "the training MSE hardly improved any more"
	TestRising  Stop = "the test MSE kept rising while the training MSE fell"
	NotANumber  Stop = "the MSE is not a number"
	Interrupted Stop = "it was interrupted"
)

// Train repeats gradient descent steps on the training set until one of the rules says
// stop, and returns what it noted of each epoch and why it ended (part 14). The test set is
// only looked at. Unless goOn is nil, Train calls it with the history after each epoch, and
// stops if it returns false.
//
// After EpochsDone the weights have moved once more than the last record says; any other
// stop leaves them as they were when that record was made.
func (net *Network) Train(
	train, test *Pass, learningRate float64, rules Rules, goOn func(History) bool,
) (History, Stop) {
	var history History
	for epoch := 1; epoch <= rules.Epochs; epoch++ {
		net.Feedforward(train)
		net.Feedforward(test)
		record := Record{train.MSE(), train.Accuracy(), test.MSE(), test.Accuracy()}
		history = append(history, record)
		if stop := rules.check(history); stop != "" {
			return history, stop
		}
		if goOn != nil && !goOn(history) {
			return history, Interrupted
		}
		net.Backpropagate(train)
		net.Descend(train, learningRate)
	}
	return history, EpochsDone
}

// check returns the rule that says stop after the last epoch of h, or "".
func (r Rules) check(h History) Stop {
	mse := h[len(h)-1].MSE
	lookBack := r.Patience > 0 && len(h) > r.Patience
	switch {
	case math.IsNaN(mse):
		return NotANumber
	case r.TargetMSE > 0 && mse <= r.TargetMSE:
		return TargetMet
	case lookBack && r.onPlateau(h):
		return OnPlateau
	case lookBack && r.testRising(h):
		return TestRising
	}
	return ""
}

// onPlateau reports whether the last Patience epochs lowered the training MSE by no more
// than the Tolerance says.
func (r Rules) onPlateau(h History) bool {
	before := h[len(h)-1-r.Patience].MSE
	now := h[len(h)-1].MSE
	return before-now <= r.Tolerance*before
}

// testRising reports whether in each of the last Patience epochs the test MSE rose while the
// training MSE fell: the net learns its flowers by heart.
func (r Rules) testRising(h History) bool {
	for e := len(h) - r.Patience; e < len(h); e++ {
		rises := h[e].TestMSE > h[e-1].TestMSE
		falls := h[e].MSE < h[e-1].MSE
		if !rises || !falls {
			return false
		}
	}
	return true
}
