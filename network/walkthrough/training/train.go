// Package training is part 14: training, the comparison of learning rates, the prediction with
// trained weights, and gradient descent on x². It must not know of the notebook's single step,
// nor of pages.
package training

import (
	"context"
	"math"
	"os"
	"os/signal"

	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
)

// Train is the command train: part 14. With several learning rates it trains once with each,
// always from the same weights.
func Train(call *command.Call) error {
	var s settings
	if err := s.parse(call); err != nil {
		return err
	}
	trainFlowers, testFlowers, err := s.split(call)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // so a second Ctrl-C ends the program at once

	inputs := s.inputs(trainFlowers.Features())
	x, y := inputs.Apply(trainFlowers.Features()), trainFlowers.Labels()
	testX, testY := inputs.Apply(testFlowers.Features()), testFlowers.Labels()
	start := s.weights.Network(x.Cols(), s.weights.Hidden, y.Cols())
	var trainings []*training
	for _, rate := range s.rates {
		t := &training{rate: rate, net: start.Clone(), inputs: inputs, keepBest: s.bestFile != ""}
		if t.trainPass, err = t.net.NewPass(x, y); err != nil {
			return err
		}
		if t.testPass, err = t.net.NewPass(testX, testY); err != nil {
			return err
		}
		progress := newProgress(call.Stderr, s.rules.Epochs)
		t.run(s.rules, func(h network.History) bool {
			progress.show(h)
			return ctx.Err() == nil
		})
		progress.clear()
		trainings = append(trainings, t)
		if t.stop == network.Interrupted {
			break
		}
	}

	saved, filesErr := s.writeFiles(trainings)
	s.writeSettings(call.Out, start, trainFlowers, testFlowers)
	if len(s.rates) > 1 {
		writeComparison(call.Out, trainings, len(s.rates))
	} else {
		writeTraining(call.Out, trainings[0], saved)
	}
	return filesErr
}

// A training is a network that is trained with a learning rate, and how it went.
type training struct {
	rate                float64
	net                 *network.Network
	trainPass, testPass *network.Pass // of the two sets, at the end with the weights as they are then
	inputs              walkthrough.Inputs
	history             network.History
	stop                network.Stop

	keepBest bool // the weights with the lowest test MSE
	best     best
}

// best are the weights with the lowest test MSE so far.
type best struct {
	net     *network.Network // nil if there are none yet
	steps   int              // after which they were these
	testMSE float64
}

// keep keeps the weights if their test MSE is lower than that of those before them.
func (b *best) keep(net *network.Network, steps int, testMSE float64) {
	if b.net == nil && !math.IsNaN(testMSE) || testMSE < b.testMSE {
		*b = best{net.Clone(), steps, testMSE}
	}
}

// steps returns how many steps the network has taken at the end.
func (t *training) steps() int {
	if t.stop == network.EpochsDone {
		return len(t.history)
	}
	return len(t.history) - 1
}

// run trains the network until the rules or goOn say stop.
func (t *training) run(rules network.Rules, goOn func(network.History) bool) {
	t.history, t.stop = t.net.Train(t.trainPass, t.testPass, t.rate, rules, func(h network.History) bool {
		if t.keepBest {
			t.best.keep(t.net, len(h)-1, h[len(h)-1].TestMSE)
		}
		return goOn(h)
	})
	t.net.Feedforward(t.trainPass)
	t.net.Feedforward(t.testPass)
	if t.keepBest {
		t.best.keep(t.net, t.steps(), t.testPass.MSE())
	}
	for i := range t.history {
		t.history[i] = withoutNaN(t.history[i])
	}
}

// withoutNaN returns the record without an accuracy of outputs that are not numbers, which
// says nothing: that accuracy is NaN, too.
func withoutNaN(r network.Record) network.Record {
	if math.IsNaN(r.MSE) {
		r.Accuracy = r.MSE
	}
	if math.IsNaN(r.TestMSE) {
		r.TestAccuracy = r.TestMSE
	}
	return r
}
