package training

import (
	"errors"
	"flag"
	"fmt"
	"strings"

	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
	"backprop/network/walkthrough/plot"
)

// settings are what part 14 sets before it trains, and where the results go.
type settings struct {
	data      walkthrough.Data
	testData  walkthrough.Data // a file of its own for the test set, or ""
	scale     bool             // the lengths, as the training set says
	scaled    bool             // the lengths of the files were scaled before
	weights   walkthrough.Weights
	rates     []float64
	testSize  int
	splitSeed uint32
	rules     network.Rules

	saveFile, bestFile, plotFile, historyFile string // to write, or ""
}

// parse reads the settings from the call's flags, and the file with the weights. It refuses
// what could not be written at the end.
func (s *settings) parse(call *command.Call) error {
	s.define(call.Flags)
	if err := call.Parse(); err != nil {
		return err
	}
	if err := s.checkFlags(call.Flags); err != nil {
		return command.UsageError{Err: err}
	}
	if err := s.checkFiles(); err != nil {
		return err
	}
	if err := s.weights.LoadInputs(call.Flags, walkthrough.MaxHidden); err != nil {
		return err
	}
	return checkScaled(s.weights.File, s.weights.Inputs, s.scaled)
}

// checkFlags returns an error if two flags do not go together.
func (s *settings) checkFlags(fs *flag.FlagSet) error {
	given := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	switch {
	case (s.saveFile != "" || s.bestFile != "") && len(s.rates) > 1:
		return errors.New("found -save or -save-best with several rates, expected one rate, whose weights to save")
	case s.testData != "" && given["test"]:
		return errors.New("found -test with -test-data, expected one of them: the whole file is the test set")
	case s.testData != "" && given["split-seed"]:
		return errors.New("found -split-seed with -test-data, expected one of them: nothing is split")
	case s.data == "-" && s.testData == "-":
		return errors.New("found - for both -data and -test-data, expected a file for one of them")
	case s.scale && s.scaled:
		return errors.New("found -scale with -scaled, expected one of them: " +
			"-scale is for lengths in cm, -scaled for lengths that were scaled before")
	case s.scaled && s.data == "":
		return errors.New("found -scaled without -data, expected -data FILE: the built-in flowers are in cm")
	}
	return nil
}

// checkScaled returns an error if the weights in a file are not for such flowers.
func checkScaled(name string, in walkthrough.Inputs, scaled bool) error {
	switch {
	case in.Scaled && !scaled:
		return fmt.Errorf("%s: found weights for lengths that were scaled before: "+
			"add -scaled and give such flowers", name)
	case in.Scale != nil && scaled:
		return fmt.Errorf("%s: found weights with a scale of their own: "+
			"leave out -scaled and give lengths in cm", name)
	}
	return nil
}

// define adds a flag for each setting to fs, with the series' values as defaults.
func (s *settings) define(fs *flag.FlagSet) {
	s.data.Define(fs)
	fs.StringVar((*string)(&s.testData), "test-data", "",
		"test with the flowers in this `FILE`, and learn from all of -data")
	fs.BoolVar(&s.scale, "scale", false,
		"scale each of the four lengths to mean 0 and standard deviation 1 in\nthe training set; -save keeps the scale, and predict uses it")
	fs.BoolVar(&s.scaled, "scaled", false,
		"the lengths in the files were scaled before: some are below 0")
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
	fs.StringVar(&s.saveFile, "save", "", "write the last weights to this `FILE` (JSON)")
	fs.StringVar(&s.bestFile, "save-best", "", "write the weights with the lowest test MSE to this `FILE` (JSON)")
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

// split reads the flowers of the training and of the test set.
func (s *settings) split(call *command.Call) (train, test iris.Flowers, err error) {
	train, err = s.read(s.data, call)
	if err != nil {
		return nil, nil, err
	}
	if s.testData != "" {
		test, err = s.read(s.testData, call)
		return train, test, err
	}
	train, test, err = train.Split(s.testSize, numpy.NewRandom(s.splitSeed))
	if err != nil {
		return nil, nil, fmt.Errorf("-test: %v: %w", s.data, err)
	}
	return train, test, nil
}

// read reads a file with flowers.
func (s *settings) read(from walkthrough.Data, call *command.Call) (iris.Flowers, error) {
	table, err := from.ReadTable(call.Stdin, call.Stderr, iris.Options{NeedsSpecies: true, Scaled: s.scaled})
	if err != nil {
		return nil, err
	}
	if err := walkthrough.CheckSize(len(table.Flowers), s.weights.Hidden); err != nil {
		return nil, fmt.Errorf("%v: %w", from, err)
	}
	return table.Flowers, nil
}

// inputs returns what the network's inputs are: those of the weights that were loaded, if
// they say so, or else what the flags say.
func (s *settings) inputs(x matrix.Matrix) walkthrough.Inputs {
	in := s.weights.Inputs
	if s.scale && in.Scale == nil {
		in.Scale = walkthrough.NewScale(x)
	}
	in.Scaled = s.scaled
	return in
}
