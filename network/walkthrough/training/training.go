// Package training is part 14: training, the comparison of learning rates, the prediction with
// trained weights, and gradient descent on x². It must not know of the notebook's single step,
// nor of pages.
package training

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"backprop/iris"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
	"backprop/network/walkthrough/plot"
)

// settings are what part 14 sets before it trains, and where the results
// go.
type settings struct {
	data      walkthrough.Data
	rates     []float64
	weights   walkthrough.Weights
	testSize  int
	splitSeed uint32
	rules     network.Rules
	save      string // files to write
	plot      string
	history   string
}

// flags defines a flag for each setting, with the series' values as defaults.
func (s *settings) flags(call *command.Call) {
	fs := call.Flags
	s.data.Define(fs)
	s.weights.Define(fs, walkthrough.MaxHidden)
	s.weights.DefineFile(fs)
	command.DefineUint32(fs, "split-seed", "4", "the `SEED` by which training and test set are split", &s.splitSeed)
	command.Define(fs, "rate", "0.1", "the learning `RATE`, or several to compare: 0.001,0.1,10", func(text string) (err error) {
		s.rates, err = parseRates(text)
		return err
	})
	command.DefineInt(fs, "test", "20", "how many `FLOWERS` the test set takes", 1, 1e9, &s.testSize)
	command.DefineInt(fs, "epochs", "10000", "stop after this many `EPOCHS`", 1, 1e9, &s.rules.Epochs)
	command.DefineFloat(fs, "target-mse", "0", "stop once the training `MSE` is at or below this; 0 is off", command.NotNegative, &s.rules.TargetMSE)
	command.DefineInt(fs, "patience", "0", "stop when over this many `EPOCHS` the training MSE has not improved,\nor the test MSE has risen in each while the training MSE fell;\n0 is off", 0, 1e9, &s.rules.Patience)
	command.DefineFloat(fs, "tolerance", "0.001", "with -patience: an improvement of the training MSE by no more than\nthis `SHARE` of it is none", command.NotNegative, &s.rules.Tolerance)
	fs.StringVar(&s.save, "save", "", "write the weights to this `FILE` (JSON)")
	fs.StringVar(&s.plot, "plot", "", "draw MSE and accuracy over the epochs into this `FILE` (SVG)")
	fs.StringVar(&s.history, "history", "", "write every epoch's MSE and accuracy to this `FILE` (CSV)")
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
	if len(rates) > maxRates {
		return nil, fmt.Errorf("expected at most %d rates", maxRates)
	}
	return rates, nil
}

// maxRates is how many rates a comparison may have, as its plot tells no more
// apart.
const maxRates = 8

// A training is a network after its training, with all there is to tell of it.
type training struct {
	rate    float64
	net     *network.Network
	train   *network.Pass
	test    *network.Pass
	history network.History
	stop    network.Stop
}

// Train is the command train: part 14.
func Train(call *command.Call) error {
	var s settings
	s.flags(call)
	if err := call.Parse(); err != nil {
		return err
	}
	if s.save != "" && len(s.rates) > 1 {
		return command.UsageError{Err: errors.New("found -save with several rates, expected one rate, whose weights to save")}
	}
	if err := s.checkFiles(); err != nil {
		return err
	}
	if err := s.weights.Load(call.Flags, walkthrough.MaxHidden); err != nil {
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
		if t.train, err = t.net.NewPass(x, y); err != nil {
			return err
		}
		if t.test, err = t.net.NewPass(testX, testY); err != nil {
			return err
		}
		progress := newProgress(call.Stderr, s.rules.Epochs)
		goOn := func(h network.History) bool {
			progress.show(h)
			return ctx.Err() == nil
		}
		t.history, t.stop = t.net.Train(t.train, t.test, rate, s.rules, goOn)
		progress.clear()
		t.net.Feedforward(t.train) // with the weights as they are now
		t.net.Feedforward(t.test)
		trainings = append(trainings, t)
		if t.stop == network.Interrupted {
			break
		}
	}

	saveErr := s.writeFiles(trainings)
	s.writeSettings(call.Out, start, len(trainFlowers), len(testFlowers))
	if len(s.rates) > 1 {
		writeComparison(call.Out, trainings, len(s.rates))
	} else {
		writeTraining(call.Out, trainings[0])
	}
	return saveErr
}

// checkFiles returns an error if the training could not write its files in the
// end, or would write one over another, or over what it reads. (-save over
// -weights is fine: that goes on with a net.)
func (s *settings) checkFiles() error {
	written := []string{s.save, s.plot, s.history}
	for i, name := range written {
		others := append(slices.Clone(written[:i]), string(s.data))
		if name != s.save {
			others = append(others, s.weights.File)
		}
		for _, other := range others {
			if command.SameFile(name, other) {
				return command.UsageError{Err: fmt.Errorf("found the file %s twice, expected different ones for -data, -weights, -save, -plot and -history", name)}
			}
		}
		if err := command.CheckWritable(name); err != nil {
			return err
		}
	}
	return nil
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

// writeFiles writes the files that were asked for.
func (s *settings) writeFiles(trainings []*training) error {
	var errs []error
	switch {
	case s.save == "":
	case trainings[0].stop == network.NotANumber:
		errs = append(errs, fmt.Errorf("%s: not written: %s", s.save, network.NotANumber))
	default:
		errs = append(errs, command.WriteFile(s.save, trainings[0].net.Save))
	}
	if s.plot != "" {
		errs = append(errs, command.WriteFile(s.plot, func(w io.Writer) error {
			var curves []plot.Curve
			for _, t := range trainings {
				curve := plot.Curve{History: t.history}
				if len(s.rates) > 1 {
					curve.Label = fmt.Sprintf("rate %g", t.rate)
				}
				curves = append(curves, curve)
			}
			return plot.Write(w, curves)
		}))
	}
	if s.history != "" {
		errs = append(errs, command.WriteFile(s.history, func(w io.Writer) error { return writeHistory(w, trainings) }))
	}
	return errors.Join(errs...)
}

// writeHistory writes every epoch of every training as CSV, at full precision.
func writeHistory(w io.Writer, trainings []*training) error {
	out := csv.NewWriter(w)
	out.Write([]string{"rate", "epoch", "training_mse", "training_accuracy", "test_mse", "test_accuracy"})
	for _, t := range trainings {
		for i, r := range t.history {
			out.Write([]string{walkthrough.Exact(t.rate), strconv.Itoa(i + 1),
				walkthrough.Exact(r.MSE), walkthrough.Exact(r.Accuracy), walkthrough.Exact(r.TestMSE), walkthrough.Exact(r.TestAccuracy)})
		}
	}
	out.Flush()
	return out.Error()
}

// writeSettings writes what a training begins with.
func (s *settings) writeSettings(w io.Writer, start *network.Network, train, test int) {
	fmt.Fprintf(w, "Training (part 14): %s to learn from, %d to test with\n\n", walkthrough.Count(train, "flower"), test)
	fmt.Fprintf(w, "data           %s, split with seed %d\n", walkthrough.Short(s.data.String()), s.splitSeed)
	fmt.Fprintf(w, "network        %s, weights: %s\n", walkthrough.Sizes(start), s.weights.Source())
	var rates []string
	for _, rate := range s.rates {
		rates = append(rates, fmt.Sprintf("%g", rate))
	}
	fmt.Fprintf(w, "learning rate  %s\n", strings.Join(rates, ", "))
	fmt.Fprintf(w, "stop           after %s\n", walkthrough.Count(s.rules.Epochs, "epoch"))
	if s.rules.TargetMSE > 0 {
		fmt.Fprintf(w, "               or once the training MSE is at or below %g\n", s.rules.TargetMSE)
	}
	if s.rules.Patience > 0 {
		fmt.Fprintf(w, "               or when the training MSE, over %s,\n", walkthrough.Count(s.rules.Patience, "epoch"))
		fmt.Fprintf(w, "               has fallen by at most %.4g of itself,\n", s.rules.Tolerance)
		fmt.Fprintf(w, "               or has fallen in each, while the test MSE has risen\n")
	}
}

// writeTraining writes how one training went.
func writeTraining(w io.Writer, t *training) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "\n\ttraining\ttraining\ttest\ttest\t\n")
	fmt.Fprintf(table, "epoch\tMSE\taccuracy\tMSE\taccuracy\t\n")
	for _, epoch := range shownEpochs(len(t.history)) {
		r := t.history[epoch-1]
		fmt.Fprintf(table, "%d\t%.8f\t%.3f\t%.8f\t%.3f\t\n", epoch, r.MSE, r.Accuracy, r.TestMSE, r.TestAccuracy)
	}
	table.Flush()
	fmt.Fprintf(w, "\nEach row was measured before the step of that epoch; a training that stops\nearly leaves that step out.\n\n")
	plot.WriteSketch(w, t.history)
	fmt.Fprintf(w, "\nStopped at epoch %d: %s.\n", len(t.history), t.stop)
	writeConfusion(w, t.test)
	accuracy, flowers := t.test.Accuracy(), t.test.Y.Rows()
	correct := math.Round(accuracy * float64(flowers))
	fmt.Fprintf(w, "\ntest accuracy %.2f (%.0f of %d) after %s\n", accuracy, correct, flowers, walkthrough.Count(len(t.history), "epoch"))
}

// shownEpochs returns 1, 2, 5, 10, 20, 50, … and last.
func shownEpochs(last int) []int {
	var epochs []int
	for power := 1; power <= last; power *= 10 {
		for _, digit := range []int{1, 2, 5} {
			if digit*power < last {
				epochs = append(epochs, digit*power)
			}
		}
	}
	return append(epochs, last)
}

// writeConfusion writes which species the net took for which.
func writeConfusion(w io.Writer, p *network.Pass) {
	var counts [3][3]int
	for i := range p.Y {
		counts[p.Labelled(i)][p.Predicted(i)]++
	}
	fmt.Fprintf(w, "\nThe test set: each species, and what the net says it is\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "\t%v\t%v\t%v\t\n", iris.Setosa, iris.Versicolor, iris.Virginica)
	for species, row := range counts {
		fmt.Fprintf(table, "%v\t%d\t%d\t%d\t\n", iris.Species(species), row[0], row[1], row[2])
	}
	table.Flush()
}

// progress is a line on the terminal that says how far a training is.
type progress struct {
	w      io.Writer // nil if nobody watches
	epochs int
	begin  time.Time
	shown  time.Time
}

func newProgress(stderr io.Writer, epochs int) *progress {
	p := &progress{epochs: epochs, begin: time.Now(), shown: time.Now()}
	if file, ok := stderr.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.w = stderr
		}
	}
	return p
}

// show writes the line anew, but at most ten times a second.
func (p *progress) show(h network.History) {
	if p.w == nil || len(h)%64 != 0 || time.Since(p.shown) < 100*time.Millisecond {
		return
	}
	p.shown = time.Now()
	last := h[len(h)-1]
	perEpoch := float64(p.shown.Sub(p.begin)) / float64(len(h))
	left := time.Duration(perEpoch * float64(p.epochs-len(h))).Round(time.Second)
	fmt.Fprintf(p.w, "\r\x1b[Kepoch %d of %d, MSE %.6f, accuracy %.3f, %v left", len(h), p.epochs, last.MSE, last.Accuracy, left)
}

// clear takes the line away.
func (p *progress) clear() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
