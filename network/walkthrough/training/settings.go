package training

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"backprop/iris"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
	"backprop/network/walkthrough/plot"
)

// settings are what part 14 sets before it trains, and where the results go.
type settings struct {
	data      walkthrough.Data
	weights   walkthrough.Weights
	rates     []float64
	testSize  int
	splitSeed uint32
	rules     network.Rules

	saveFile, plotFile, historyFile string // to write, or ""
}

// parse reads the settings from the call's flags, and the file with the weights. It refuses
// what could not be written at the end.
func (s *settings) parse(call *command.Call) error {
	s.define(call.Flags)
	if err := call.Parse(); err != nil {
		return err
	}
	if s.saveFile != "" && len(s.rates) > 1 {
		return command.UsageError{Err: errors.New(
			"found -save with several rates, expected one rate, whose weights to save")}
	}
	if err := s.checkFiles(); err != nil {
		return err
	}
	return s.weights.Load(call.Flags, walkthrough.MaxHidden)
}

// define adds a flag for each setting to fs, with the series' values as defaults.
func (s *settings) define(fs *flag.FlagSet) {
	s.data.Define(fs)
	s.weights.Define(fs, walkthrough.MaxHidden)
	s.weights.DefineFile(fs)
	command.DefineUint32(fs, "split-seed", "4",
		"the `SEED` by which training and test set are split", &s.splitSeed)
	command.Define(fs, "rate", "0.1",
		"the learning `RATE`, or several to compare: 0.001,0.1,10",
		func(text string) (err error) {
			s.rates, err = parseRates(text)
			return err
		})
	command.DefineInt(fs, "test", "20",
		"how many `FLOWERS` the test set takes", 1, 1e9, &s.testSize)
	command.DefineInt(fs, "epochs", "10000",
		"stop after this many `EPOCHS`", 1, 1e9, &s.rules.Epochs)
	command.DefineFloat(fs, "target-mse", "0",
		"stop once the training `MSE` is at or below this; 0 is off",
		command.NotNegative, &s.rules.TargetMSE)
	command.DefineInt(fs, "patience", "0",
		"stop when over this many `EPOCHS` the training MSE has not improved,\n"+
			"or the test MSE has risen in each while the training MSE fell;\n0 is off",
		0, 1e9, &s.rules.Patience)
	command.DefineFloat(fs, "tolerance", "0.001",
		"with -patience: an improvement of the training MSE by no more than\nthis `SHARE` of it is none",
		command.NotNegative, &s.rules.Tolerance)
	fs.StringVar(&s.saveFile, "save", "", "write the weights to this `FILE` (JSON)")
	fs.StringVar(&s.plotFile, "plot", "", "draw MSE and accuracy over the epochs into this `FILE` (SVG)")
	fs.StringVar(&s.historyFile, "history", "", "write every epoch's MSE and accuracy to this `FILE` (CSV)")
}

func parseRates(text string) ([]float64, error) {
	var rates []float64
	for _, field := range strings.Split(text, ",") {
		rate, err := command.Positive(strings.TrimSpace(field))
		if err != nil {
			return nil, fmt.Errorf("%w, or several with commas and no spaces between them", err)
		}
		rates = append(rates, rate)
	}
	if len(rates) > plot.MaxCurves {
		return nil, fmt.Errorf("expected at most %d rates", plot.MaxCurves)
	}
	return rates, nil
}

// split reads the flowers and splits them.
func (s *settings) split(stdin io.Reader) (train, test iris.Flowers, err error) {
	flowers, err := s.data.Read(stdin)
	if err != nil {
		return nil, nil, err
	}
	if err := walkthrough.CheckSize(len(flowers), s.weights.Hidden); err != nil {
		return nil, nil, fmt.Errorf("%v: %w", s.data, err)
	}
	train, test, err = flowers.Split(s.testSize, numpy.NewRandom(s.splitSeed))
	if err != nil {
		return nil, nil, fmt.Errorf("-test: %v: %w", s.data, err)
	}
	return train, test, nil
}
