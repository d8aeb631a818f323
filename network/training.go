package network

import (
	"context"
	"math"
)

// A Record is what a training notes of one epoch, before its update.
type Record struct {
	MSE, Accuracy         float64 // of the training set
	TestMSE, TestAccuracy float64 // of the test set, which the net never learns from
}

// A History is the records of a training, of which the first is epoch 1. It is
// the only thing that grows while training: 32 bytes an epoch, so 32 MB for a
// million (and for moments up to three times that, when append moves it).
type History []Record

// Rules say when to stop a training (part 14). A rule that is zero is off,
// except for Epochs.
type Rules struct {
	Epochs    int     // at the latest after so many updates
	TargetMSE float64 // once the MSE of the training set is at or below this
	Patience  int     // epochs that OnPlateau and TestRising look back
	Tolerance float64 // relative improvement of the MSE that is none: 0.001 is a thousandth

	Watch func(History) // if not nil, is shown the history after each epoch
}

// A Stop is the reason why a training ended.
type Stop string

const (
	EpochsDone  Stop = "all epochs are done"
	TargetMet   Stop = "the training MSE has reached the target"
	OnPlateau   Stop = "the training MSE hardly improved any more"
	TestRising  Stop = "the test MSE kept rising while the training MSE fell"
	NotANumber  Stop = "the MSE is no number any more"
	Interrupted Stop = "it was interrupted"
)

// Train repeats gradient descent steps on train until one of the rules says
// stop, or ctx is done, and returns what it noted of each epoch and why it
// ended (part 14). The test set is only looked at.
//
// After EpochsDone the weights have moved once more than the last record says;
// any other stop leaves them as they were when that record was made.
func (n *Network) Train(ctx context.Context, train, test *Pass, learningRate float64, rules Rules) (History, Stop) {
	var history History
	for epoch := 1; epoch <= rules.Epochs; epoch++ {
		n.Feedforward(train)
		n.Feedforward(test)
		history = append(history, Record{train.MSE(), train.Accuracy(), test.MSE(), test.Accuracy()})
		if rules.Watch != nil {
			rules.Watch(history)
		}
		if stop := rules.check(history); stop != "" {
			return history, stop
		}
		if ctx.Err() != nil {
			return history, Interrupted
		}
		n.Backpropagate(train)
		n.Descend(train, learningRate)
	}
	return history, EpochsDone
}

// check returns the rule that says stop after the last epoch of h, or "".
func (r Rules) check(h History) Stop {
	mse := h[len(h)-1].MSE
	switch {
	case math.IsNaN(mse):
		return NotANumber
	case r.TargetMSE > 0 && mse <= r.TargetMSE:
		return TargetMet
	case r.Patience > 0 && len(h) > r.Patience && r.onPlateau(h):
		return OnPlateau
	case r.Patience > 0 && len(h) > r.Patience && r.testRising(h):
		return TestRising
	}
	return ""
}

// onPlateau reports whether the last Patience epochs lowered the training MSE by
// no more than the Tolerance of itself.
func (r Rules) onPlateau(h History) bool {
	before, now := h[len(h)-1-r.Patience].MSE, h[len(h)-1].MSE
	return before-now <= r.Tolerance*before
}

// testRising reports whether in each of the last Patience epochs the test MSE
// rose while the training MSE fell: the net learns its flowers by heart.
func (r Rules) testRising(h History) bool {
	for e := len(h) - r.Patience; e < len(h); e++ {
		rises, falls := h[e].TestMSE > h[e-1].TestMSE, h[e].MSE < h[e-1].MSE
		if !rises || !falls {
			return false
		}
	}
	return true
}
