package training

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
	"backprop/network/walkthrough/plot"
)

// checkFiles returns an error if the training could not write its files at the end, or would
// write one over another, or over what it reads. It may write the weights over those that it
// read, to go on with them.
func (s *settings) checkFiles() error {
	flowers := []string{string(s.data), string(s.testData)}
	read := []string{string(s.data), string(s.testData), s.weights.File}
	written := append(slices.Clip(read), s.saveFile, s.bestFile)
	for _, check := range []struct {
		name   string
		others []string
	}{
		{s.saveFile, flowers},
		{s.bestFile, []string{string(s.data), string(s.testData), s.saveFile}},
		{s.plotFile, written},
		{s.historyFile, append(slices.Clip(written), s.plotFile)},
	} {
		for _, other := range check.others {
			if command.SameFile(check.name, other) {
				return command.UsageError{Err: fmt.Errorf(
					"found the file %s twice, expected different ones for -data, -test-data, -weights, "+
						"-save, -save-best, -plot and -history",
					check.name)}
			}
		}
		if err := command.CheckWritable(check.name); err != nil {
			return err
		}
	}
	return nil
}

// writeFiles writes the files that were asked for, and returns a line for each file of weights
// that says which weights are in it. If one fails, it still writes the others.
func (s *settings) writeFiles(trainings []*training) (saved []string, err error) {
	var errs []error
	t := trainings[0]
	last := fmt.Sprintf("the weights after %s", walkthrough.Count(t.steps(), "step"))
	lowest := fmt.Sprintf("the weights after %s, with the lowest test MSE, %.8f",
		walkthrough.Count(t.best.steps, "step"), t.best.testMSE)
	for _, file := range []struct {
		name string
		net  *network.Network
		what string
	}{
		{s.saveFile, t.net, last},
		{s.bestFile, t.best.net, lowest},
	} {
		if file.name == "" {
			continue
		}
		err := t.saveWeights(file.name, file.net)
		if err == nil {
			saved = append(saved, fmt.Sprintf("%s: %s", walkthrough.Short(file.name), file.what))
		}
		errs = append(errs, err)
	}
	if s.plotFile != "" {
		errs = append(errs, command.WriteFile(s.plotFile, func(w io.Writer) error {
			return plot.Write(w, s.curves(trainings))
		}))
	}
	if s.historyFile != "" {
		errs = append(errs, command.WriteFile(s.historyFile, func(w io.Writer) error {
			return writeHistory(w, trainings)
		}))
	}
	return saved, errors.Join(errs...)
}

// saveWeights writes weights of the training, with what their inputs are.
func (t *training) saveWeights(name string, net *network.Network) error {
	if net == nil || net == t.net && t.stop == network.NotANumber {
		return fmt.Errorf("%s: not written: %s", name, network.NotANumber)
	}
	return command.WriteFile(name, func(w io.Writer) error { return t.inputs.Save(w, net) })
}

// curves returns the trainings for a plot. They are labelled if there may be several.
func (s *settings) curves(trainings []*training) []plot.Curve {
	var curves []plot.Curve
	for _, t := range trainings {
		curve := plot.Curve{History: t.history}
		if len(s.rates) > 1 {
			curve.Label = fmt.Sprintf("rate %g", t.rate)
		}
		curves = append(curves, curve)
	}
	return curves
}

// writeHistory writes every epoch of every training as CSV, at full precision.
func writeHistory(w io.Writer, trainings []*training) error {
	out := csv.NewWriter(w)
	out.Write([]string{"rate", "epoch", "training_mse", "training_accuracy", "test_mse", "test_accuracy"})
	for _, t := range trainings {
		for i, r := range t.history {
			out.Write([]string{
				walkthrough.Exact(t.rate), strconv.Itoa(i + 1),
				walkthrough.Exact(r.MSE), walkthrough.Exact(r.Accuracy),
				walkthrough.Exact(r.TestMSE), walkthrough.Exact(r.TestAccuracy),
			})
		}
	}
	out.Flush()
	return out.Error()
}
