// Package training is part 14: training, the comparison of learning rates, the prediction with
// trained weights, and gradient descent on x². It must not know of the notebook's single step,
// nor of pages.
package training

import (
	"context"
	"os"
	"os/signal"

	"backprop/network"
	"backprop/network/walkthrough/command"
)

// Train is the command train: part 14. With several learning rates it trains once with each,
// always from the same weights.
func Train(call *command.Call) error {
	var s settings
	if err := s.parse(call); err != nil {
		return err
	}
	trainFlowers, testFlowers, err := s.split(call.Stdin)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // so a second Ctrl-C ends the program at once

	x, y := trainFlowers.Features(), trainFlowers.Labels()
	testX, testY := testFlowers.Features(), testFlowers.Labels()
	start := s.weights.Network(x.Cols(), s.weights.Hidden, y.Cols())
	var trainings []*training
	for _, rate := range s.rates {
		t := &training{rate: rate, net: start.Clone()}
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

	filesErr := s.writeFiles(trainings)
	s.writeSettings(call.Out, start, len(trainFlowers), len(testFlowers))
	if len(s.rates) > 1 {
		writeComparison(call.Out, trainings, len(s.rates))
	} else {
		writeTraining(call.Out, trainings[0])
	}
	return filesErr
}

// A training is a network that is trained with a learning rate, and how it went.
type training struct {
	rate                float64
	net                 *network.Network
	trainPass, testPass *network.Pass // of the two sets, at the end with the weights as they are then
	history             network.History
	stop                network.Stop
}

// run trains the network until the rules or goOn say stop.
func (t *training) run(rules network.Rules, goOn func(network.History) bool) {
	t.history, t.stop = t.net.Train(t.trainPass, t.testPass, t.rate, rules, goOn)
	t.net.Feedforward(t.trainPass)
	t.net.Feedforward(t.testPass)
}
