package walkthrough

import (
	"flag"
	"fmt"
	"os"

	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough/command"
)

// Weights are where a network's first weights come from: a seed, or a file.
type Weights struct {
	Hidden int    // number of hidden nodes
	Seed   uint32 // for random weights
	File   string // that train -save wrote, "" for random weights
	Inputs Inputs // what the network in the file expects of x

	loaded *network.Network // what was in the file
}

// Define adds the flags -hidden and -seed to fs.
func (w *Weights) Define(fs *flag.FlagSet, maxHidden int) {
	command.DefineInt(fs, "hidden", "2", "the number of hidden `NODES`", 1, maxHidden, &w.Hidden)
	command.DefineUint32(fs, "seed", "10", "the `SEED` of the random weights", &w.Seed)
}

// DefineFile adds the flag -weights to fs.
func (w *Weights) DefineFile(fs *flag.FlagSet) {
	fs.StringVar(&w.File, "weights", "", "go on from the weights in this `FILE`, saved by train -save,\ninstead of random ones")
}

// Load reads the file, if there is one, as LoadInputs does. It refuses weights for lengths that
// are scaled: the flowers of a step are not.
func (w *Weights) Load(fs *flag.FlagSet, maxHidden int) error {
	err := w.LoadInputs(fs, maxHidden)
	if err == nil && w.Inputs != (Inputs{}) {
		return fmt.Errorf("%s: found weights for scaled lengths, "+
			"expected some for lengths in cm: only train and predict scale", w.File)
	}
	return err
}

// LoadInputs reads the file, if there is one. It must have a network for flowers, with 4 inputs
// and 3 outputs, and with as many hidden nodes as the flag -hidden says if it was given.
func (w *Weights) LoadInputs(fs *flag.FlagSet, maxHidden int) error {
	if w.File == "" {
		return nil
	}
	net, inputs, err := Load(w.File, maxHidden)
	if err != nil {
		return err
	}
	hidden := net.Weights1.Cols()
	fs.Visit(func(f *flag.Flag) {
		if f.Name == "hidden" && w.Hidden != hidden {
			err = fmt.Errorf("%s: found a %s network, expected %s, as -hidden says", w.File, Sizes(net), Count(w.Hidden, "hidden node"))
		}
	})
	w.Hidden, w.Inputs, w.loaded = hidden, inputs, net
	return err
}

// Load reads a network for flowers, and what its inputs are, from a file that train -save wrote.
func Load(name string, maxHidden int) (*network.Network, Inputs, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, Inputs{}, err
	}
	defer file.Close()
	net, inputs, err := loadInputs(file)
	if err != nil {
		return nil, inputs, fmt.Errorf("%s: %w", name, err)
	}
	if net.Weights1.Rows() != 4 || net.Weights2.Cols() != 3 || net.Weights1.Cols() > maxHidden {
		return nil, inputs, fmt.Errorf("%s: found a %s network, expected 4 inputs, 1 to %d hidden nodes and 3 outputs", name, Sizes(net), maxHidden)
	}
	return net, inputs, nil
}

// Network returns the network to begin with: what was loaded, or random weights.
func (w Weights) Network(inputs, hidden, outputs int) *network.Network {
	if w.loaded != nil {
		return w.loaded.Clone()
	}
	return network.New(inputs, hidden, outputs, numpy.NewRandom(w.Seed))
}

// What is said of them: in a line of a training, in a page's summary, as the notebook's cell
// with its title, and of a single weight.

// Source returns where the weights come from.
func (w Weights) Source() string {
	if w.File != "" {
		return Short(w.File)
	}
	return fmt.Sprintf("random, np.random.seed(%d)", w.Seed)
}

// Summary returns where the weights come from, in two or three words.
func (w Weights) Summary() string {
	if w.File != "" {
		return "weights from " + Short(w.File)
	}
	return fmt.Sprintf("seed %d", w.Seed)
}

// cell returns the title and the line of the notebook's cell that makes the weights.
func (w Weights) cell() (title, line string) {
	if w.File != "" {
		return "the weights that were saved", Short(w.File)
	}
	return "random weights", fmt.Sprintf("np.random.seed(%d), scale=0.5", w.Seed)
}

// origin returns where one weight comes from, the one that NumPy draws as the given number,
// from 1.
func (w Weights) origin(number int) string {
	if w.File != "" {
		return "as it was saved in " + w.File
	}
	return fmt.Sprintf("0.5 × random normal number %d after np.random.seed(%d)", number, w.Seed)
}

// Sizes returns the nodes per layer, such as 4-2-3.
func Sizes(net *network.Network) string {
	return fmt.Sprintf("%d-%d-%d", net.Weights1.Rows(), net.Weights1.Cols(), net.Weights2.Cols())
}
