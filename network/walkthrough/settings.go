package walkthrough

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"backprop/data"
	"backprop/iris"
	"backprop/matrix/numpy"
	"backprop/network"
)

// Settings are what part 13's notebook sets before it computes anything.
type Settings struct {
	Data    string           // file with the flowers, "" for the built-in ones, "-" for standard input
	Rows    []int            // which of them to take, from 0
	Hidden  int              // number of hidden nodes
	Rate    float64          // the learning rate
	Seed    uint32           // for the random weights
	Steps   int              // number of gradient descent steps, of which the last is shown
	Weights string           // file with weights to begin with, "" for random ones
	Loaded  *network.Network // what was in it, nil for random ones
}

// limits are the largest settings that a command takes.
type limits struct{ flowers, hidden, steps int }

// parse reads the settings from the call's flags, with the notebook's values as
// defaults, and reads the data.
func (s *Settings) parse(call *Call, most limits) (iris.Flowers, error) {
	defineData(call.Flags, &s.Data)
	s.define(call.Flags, most)
	defineInt(call.Flags, "steps", "1", "take this many gradient descent `STEPS`, show the last", 1, most.steps, &s.Steps)
	defineWeights(call.Flags, &s.Weights)
	if err := call.Parse(); err != nil {
		return nil, err
	}
	if s.Weights != "" {
		var err error
		if s.Loaded, err = loadFor(call, s.Weights, most.hidden); err != nil {
			return nil, err
		}
		s.Hidden = s.Loaded.Weights1.Cols()
	}
	return readFlowers(s.Data, call.Stdin)
}

// define adds the flags to fs that the step page's form has, too.
func (s *Settings) define(fs *flag.FlagSet, most limits) {
	define(fs, "flowers", "1,51,101", "take the flowers in these `ROWS`, counted from 0;\n0-149 is all of them", func(text string) (err error) {
		s.Rows, err = parseRows(text, most.flowers)
		return err
	})
	defineInt(fs, "hidden", "2", "the number of hidden `NODES`", 1, most.hidden, &s.Hidden)
	defineFloat(fs, "rate", "0.1", "the learning `RATE`", parseRate, &s.Rate)
	defineSeed(fs, "seed", "10", "the `SEED` of the random weights", &s.Seed)
}

// newStep parses the call and computes the step that its settings ask for.
func newStep(call *Call) (*Step, error) {
	var s Settings
	all, err := s.parse(call, limits{maxFlowers, maxHidden, 1e9})
	if err != nil {
		return nil, err
	}
	return compute(call.Notebook, all, s)
}

// compute computes the step that the settings ask for.
func compute(notebook Notebook, all iris.Flowers, s Settings) (*Step, error) {
	flowers, err := all.Pick(s.Rows...)
	if err != nil {
		return nil, fmt.Errorf("-flowers: %s: %w", dataName(s.Data), err)
	}
	results, err := notebook(all, s.Rows, s.Hidden, s.Rate, s.draw(flowers))
	if err != nil {
		return nil, err
	}
	return &Step{Results: results, Settings: s, Flowers: flowers}, nil
}

// draw returns what makes the network that the step begins with: with random weights, or
// those that were loaded, moved by the steps that come before the one that is shown.
func (s Settings) draw(flowers iris.Flowers) func(inputs, hidden, outputs int) *network.Network {
	return func(inputs, hidden, outputs int) *network.Network {
		net := network.New(inputs, hidden, outputs, numpy.NewRandom(s.Seed))
		if s.Loaded != nil {
			net = s.Loaded.Clone()
		}
		p := &network.Pass{X: flowers.Features(), Y: flowers.Labels()}
		for i := 1; i < s.Steps; i++ {
			net.Feedforward(p)
			net.Backpropagate(p)
			net.Descend(p, s.Rate)
		}
		return net
	}
}

// ShowStep is the command step: part 13, cell by cell.
func ShowStep(call *Call) error {
	asJSON := call.Flags.Bool("json", false, "print every matrix as JSON, at full precision")
	s, err := newStep(call)
	if err != nil {
		return err
	}
	return s.Write(call.Out, *asJSON)
}

// dataName returns the name of the data for an error's text.
func dataName(name string) string {
	switch name {
	case "":
		return "built-in flowers"
	case "-":
		return "standard input"
	default:
		return name
	}
}

// readFlowers reads the flowers from the file of that name.
func readFlowers(name string, stdin io.Reader) (iris.Flowers, error) {
	file, err := open(name, stdin)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	all, err := iris.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dataName(name), err)
	}
	return all, nil
}

// open opens the file with the flowers.
func open(name string, stdin io.Reader) (io.ReadCloser, error) {
	switch name {
	case "":
		return io.NopCloser(strings.NewReader(data.Iris)), nil
	case "-":
		return io.NopCloser(&limited{r: stdin, left: maxData}), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{&limited{r: file, left: maxData}, file}, nil
}

const (
	maxData    = 16 << 20 // bytes of a data file; the real one has 4608
	maxHidden  = 1000     // hidden nodes
	maxFlowers = 1000     // rows of -flowers
)

// maxCells is how many numbers a matrix may have, one for each flower and each
// hidden node.
const maxCells = 5_000_000

// checkSize returns an error if so many flowers and hidden nodes are too many
// together.
func checkSize(flowers, hidden int) error {
	if int64(flowers)*int64(hidden) > maxCells {
		return fmt.Errorf("found %s and %s, expected at most %d for the product of both", count(flowers, "flower"), count(hidden, "hidden node"), maxCells)
	}
	return nil
}

// limited reads from r, but ends with an error where more than left bytes come.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if l.left -= n; l.left < 0 {
		return 0, fmt.Errorf("found more than %d MiB, expected a few flowers", maxData>>20)
	}
	return n, err
}

func defineData(fs *flag.FlagSet, name *string) {
	fs.StringVar(name, "data", "", "read the flowers from `FILE`, lines such as\n5.1,3.5,1.4,0.2,Iris-setosa; - is standard input (default: built in)")
}

func defineWeights(fs *flag.FlagSet, weights *string) {
	fs.StringVar(weights, "weights", "", "go on from the weights in this `FILE`, saved by train -save,\ninstead of random ones")
}

func defineInt(fs *flag.FlagSet, name, defaultText, usage string, low, high int, i *int) {
	define(fs, name, defaultText, usage, func(text string) (err error) {
		*i, err = strconv.Atoi(text)
		if err != nil || *i < low || *i > high {
			return fmt.Errorf("expected a whole number from %d to %d", low, high)
		}
		return nil
	})
}

func defineSeed(fs *flag.FlagSet, name, defaultText, usage string, seed *uint32) {
	define(fs, name, defaultText, usage, func(text string) error {
		v, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return fmt.Errorf("expected a whole number from 0 to %d", uint32(math.MaxUint32))
		}
		*seed = uint32(v)
		return nil
	})
}

func defineFloat(fs *flag.FlagSet, name, defaultText, usage string, parse func(string) (float64, error), v *float64) {
	define(fs, name, defaultText, usage, func(text string) (err error) {
		*v, err = parse(text)
		return err
	})
}

// define adds a flag to fs whose text is read by set, first of all its default.
func define(fs *flag.FlagSet, name, defaultText, usage string, set func(string) error) {
	v := &value{set: set}
	if err := v.Set(defaultText); err != nil {
		panic(fmt.Sprintf("walkthrough: default of -%s: %v", name, err))
	}
	fs.Var(v, name, usage)
}

// value is a flag.Value that remembers its text, for the help.
type value struct {
	text string
	set  func(string) error
}

func (v *value) String() string { return v.text }

func (v *value) Set(text string) error {
	v.text = text
	return v.set(text)
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

// parseRate reads a learning rate.
func parseRate(text string) (float64, error) {
	v, err := parseNumber(text)
	if err != nil || v <= 0 {
		return 0, errors.New("expected a finite number above 0")
	}
	return v, nil
}

// parseShare reads a number that is 0 or more.
func parseShare(text string) (float64, error) {
	v, err := parseNumber(text)
	if err != nil || v < 0 {
		return 0, errors.New("expected a finite number, 0 or more")
	}
	return v, nil
}

// parseNumber reads a finite decimal number.
func parseNumber(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0) || strings.ContainsAny(text, "_xX")) {
		err = errors.New("no finite decimal number")
	}
	return v, err
}

// loadFor loads the weights for a network on flowers, with 4 inputs and 3
// outputs, and with as many hidden nodes as -hidden says if it was given.
func loadFor(call *Call, name string, mostHidden int) (*network.Network, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	n, err := network.Load(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if n.Weights1.Rows() != 4 || n.Weights2.Cols() != 3 || n.Weights1.Cols() > mostHidden {
		return nil, fmt.Errorf("%s: found a %s network, expected 4 inputs, 1 to %d hidden nodes and 3 outputs", name, sizes(n), mostHidden)
	}
	call.Flags.Visit(func(f *flag.Flag) {
		if hidden, _ := strconv.Atoi(f.Value.String()); f.Name == "hidden" && hidden != n.Weights1.Cols() {
			err = fmt.Errorf("%s: found a %s network, expected %s, as -hidden says", name, sizes(n), count(hidden, "hidden node"))
		}
	})
	return n, err
}

// sizes returns the nodes per layer, such as 4-2-3.
func sizes(n *network.Network) string {
	return fmt.Sprintf("%d-%d-%d", n.Weights1.Rows(), n.Weights1.Cols(), n.Weights2.Cols())
}
