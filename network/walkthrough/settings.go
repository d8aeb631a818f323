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
)

// Settings are what part 13's notebook sets before it computes anything.
type Settings struct {
	Data   string  // file with the flowers, "" for the built-in ones, "-" for standard input
	Rows   []int   // which of them to take, from 0
	Hidden int     // number of hidden nodes
	Rate   float64 // the learning rate
	Seed   uint32  // for the random weights
	Steps  int     // number of gradient descent steps, of which the last is shown
}

// flags defines a flag for each setting, with the notebook's values as
// defaults. Parsing reports a bad value with what was expected instead.
func (s *Settings) flags(fs *flag.FlagSet) {
	fs.StringVar(&s.Data, "data", "", "read the flowers from `FILE`, lines such as 5.1,3.5,1.4,0.2,Iris-setosa;\n- is standard input (default: built in)")
	define(fs, "flowers", "1,51,101", "take the flowers in these `ROWS`, counted from 0", func(text string) (err error) {
		s.Rows, err = parseRows(text)
		return err
	})
	define(fs, "hidden", "2", "the number of hidden `NODES`", func(text string) (err error) {
		s.Hidden, err = parseInt(text, 1, 1000)
		return err
	})
	define(fs, "rate", "0.1", "the learning `RATE`", func(text string) (err error) {
		s.Rate, err = parseRate(text)
		return err
	})
	define(fs, "seed", "10", "the `SEED` of the random weights", func(text string) (err error) {
		s.Seed, err = parseSeed(text)
		return err
	})
	define(fs, "steps", "1", "the number of gradient descent `STEPS`; the last one is shown", func(text string) (err error) {
		s.Steps, err = parseInt(text, 1, 1e9)
		return err
	})
}

// DataName returns the name of the data for an error's text.
func (s *Settings) DataName() string {
	switch s.Data {
	case "":
		return "built-in flowers"
	case "-":
		return "standard input"
	default:
		return s.Data
	}
}

// Parse reads the settings from the call's flags and opens the data, of which
// builtIn is a copy.
func (s *Settings) Parse(call *Call, builtIn string) (io.ReadCloser, error) {
	s.flags(call.Flags)
	if err := call.Parse(); err != nil {
		return nil, err
	}
	return open(s.Data, builtIn, call.Stdin)
}

// open opens the data.
func open(name, builtIn string, stdin io.Reader) (io.ReadCloser, error) {
	switch name {
	case "":
		return io.NopCloser(strings.NewReader(builtIn)), nil
	case "-":
		return io.NopCloser(stdin), nil
	default:
		return os.Open(name)
	}
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

func parseRows(text string) ([]int, error) {
	var rows []int
	for _, field := range strings.Split(text, ",") {
		row, err := strconv.Atoi(strings.TrimSpace(field))
		if err != nil || row < 0 {
			return nil, errors.New("expected row numbers from 0 with commas and no spaces between them, such as 1,51,101")
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func parseInt(text string, low, high int) (int, error) {
	i, err := strconv.Atoi(text)
	if err != nil || i < low || i > high {
		return 0, fmt.Errorf("expected a whole number from %d to %d", low, high)
	}
	return i, nil
}

func parseRate(text string) (float64, error) {
	rate, err := strconv.ParseFloat(text, 64)
	if err != nil || !(rate > 0) || math.IsInf(rate, 0) {
		return 0, errors.New("expected a finite number above 0")
	}
	return rate, nil
}

func parseSeed(text string) (uint32, error) {
	seed, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		return 0, fmt.Errorf("expected a whole number from 0 to %d", uint32(math.MaxUint32))
	}
	return uint32(seed), nil
}
