package walkthrough

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"backprop/iris"
	"backprop/matrix"
	"backprop/network"
	"backprop/network/walkthrough/command"
)

// Settings are what part 13's notebook sets before it computes anything.
type Settings struct {
	Data    Data
	Rows    []int // the flowers to take, from 0
	Weights       // to begin with
	Rate    float64
	Steps   int // number of gradient descent steps, of which the last is shown
}

// Limits are the largest settings that a command takes.
type Limits struct{ Flowers, Hidden, Steps int }

// The largest settings for a command that prints what it computes.
const (
	MaxHidden  = 1000          // hidden nodes
	maxFlowers = 1000          // rows of -flowers
	maxSteps   = 1_000_000_000 // gradient descent steps
)

// Parse reads the settings from the call's flags, with the notebook's values as defaults, and
// then the files that they name.
func (s *Settings) Parse(call *command.Call, most Limits) (iris.Flowers, error) {
	s.Define(call.Flags, most)
	s.DefineFiles(call.Flags)
	command.DefineInt(call.Flags, "steps", "1", "take this many gradient descent `STEPS`, show the last", 1, most.Steps, &s.Steps)
	if err := call.Parse(); err != nil {
		return nil, err
	}
	return s.ReadFiles(call, most)
}

// DefineFiles adds the flags -data and -weights to fs.
func (s *Settings) DefineFiles(fs *flag.FlagSet) {
	s.Data.Define(fs)
	s.DefineFile(fs)
}

// ReadFiles reads the files that the call's flags name: the weights into s, and the flowers.
func (s *Settings) ReadFiles(call *command.Call, most Limits) (iris.Flowers, error) {
	if err := s.Load(call.Flags, most.Hidden); err != nil {
		return nil, err
	}
	return s.Data.Read(call.Stdin, call.Stderr)
}

// seriesRows are the rows of the flowers that part 13 takes, as they are asked for.
const seriesRows = "1,51,101"

// Define adds the flags to fs that the step page's form also has.
func (s *Settings) Define(fs *flag.FlagSet, most Limits) {
	command.Define(fs, "flowers", seriesRows, "take the flowers in these `ROWS`, counted from 0;\n0-149 is all of them", func(text string) (err error) {
		s.Rows, err = parseRows(text, most.Flowers)
		return err
	})
	s.Weights.Define(fs, most.Hidden)
	command.DefineFloat(fs, "rate", "0.1", "the learning `RATE`", command.Positive, &s.Rate)
}

// parseRows reads row numbers such as 1,51,101 or 0-149, at most so many.
func parseRows(text string, most int) ([]int, error) {
	expected := errors.New("expected row numbers from 0 with commas and no spaces between them, such as 1,51,101 or 0-149")
	var rows []int
	for _, field := range strings.Split(text, ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(field), "-")
		if !isRange {
			last = first
		}
		from, err := strconv.ParseUint(first, 10, 30)
		to, lastErr := strconv.ParseUint(last, 10, 30)
		if err != nil || lastErr != nil || from > to {
			return nil, expected
		}
		for row := int(from); row <= int(to); row++ {
			if rows = append(rows, row); len(rows) > most {
				return nil, fmt.Errorf("expected at most %d rows", most)
			}
		}
	}
	return rows, nil
}

// maxCells is how many numbers a matrix may have, one for each flower and each hidden node.
const maxCells = 5_000_000

// CheckSize returns an error if so many flowers and hidden nodes are too many together.
func CheckSize(flowers, hidden int) error {
	if int64(flowers)*int64(hidden) > maxCells {
		return fmt.Errorf("found %s and %s, expected at most %d for the product of both", Count(flowers, "flower"), Count(hidden, "hidden node"), maxCells)
	}
	return nil
}

// A Notebook computes a step of the flowers in the given rows, with so many hidden nodes and
// with the network that draw makes: main's first function.
type Notebook func(
	all iris.Flowers, rows []int, hidden int, learningRate float64,
	draw func(inputs, hidden, outputs int) *network.Network,
) (*Results, error)

// Compute computes the step that the settings ask for. The steps before it are told to watch,
// which may end them with an error.
func Compute(notebook Notebook, all iris.Flowers, s Settings, watch func(mse float64) error) (*Step, error) {
	flowers, err := all.Pick(s.Rows...)
	if err != nil {
		return nil, fmt.Errorf("-flowers: %v: %w%s", s.Data, err, s.otherRows(len(all)))
	}
	var descendErr error
	draw := func(inputs, hidden, outputs int) *network.Network {
		net := s.Network(inputs, hidden, outputs)
		descendErr = TakeSteps(net, flowers.Features(), flowers.Labels(), s.Rate, s.Steps-1, watch)
		return net
	}
	results, err := notebook(all, s.Rows, s.Hidden, s.Rate, draw)
	if descendErr != nil {
		return nil, descendErr
	}
	if err != nil {
		return nil, err
	}
	return newStep(s, flowers, results), nil
}

// otherRows says which rows to take instead of the series', if these are not there.
func (s Settings) otherRows(flowers int) string {
	if series, err := parseRows(seriesRows, len(s.Rows)); err != nil || !slices.Equal(s.Rows, series) {
		return ""
	}
	return fmt.Sprintf(" (the series' rows 1, 51, 101 are not all in it: try -flowers 0-%d)", min(flowers, 3)-1)
}

// TakeSteps moves the network by so many gradient descent steps. The MSE before each of them is
// told to watch, which may end them with an error.
func TakeSteps(net *network.Network, x, y matrix.Matrix, learningRate float64, steps int, watch func(mse float64) error) error {
	p := &network.Pass{X: x, Y: y}
	for range steps {
		net.Feedforward(p)
		if err := watch(p.MSE()); err != nil {
			return err
		}
		net.Backpropagate(p)
		net.Descend(p, learningRate)
	}
	return nil
}
