package training

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
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
	read := []string{string(s.data), s.weights.File}
	for _, check := range []struct {
		name   string
		others []string
	}{
		{s.saveFile, read[:1]},
		{s.plotFile, append(read, s.saveFile)},
		{s.historyFile, append(read, s.saveFile, s.plotFile)},
	} {
		for _, other := range check.others {
			if command.SameFile(check.name, other) {
				return command.UsageError{Err: fmt.Errorf(
					"found the file %s twice, expected different ones for -data, -weights, -save, -plot and -history",
					check.name)}
			}
		}
		if err := command.CheckWritable(check.name); err != nil {
			return err
		}
	}
	return nil
}

// writeFiles writes the files that were asked for. If one fails, it still writes the others.
func (s *settings) writeFiles(trainings []*training) error {
	var errs []error
	if s.saveFile != "" {
		errs = append(errs, saveWeights(s.saveFile, trainings[0]))
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
	return errors.Join(errs...)
}

func saveWeights(name string, t *training) error {
	if t.stop == network.NotANumber {
		return fmt.Errorf("%s: not written: %s", name, network.NotANumber)
	}
	return command.WriteFile(name, t.net.Save)
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
