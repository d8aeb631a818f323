package walkthrough

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"backprop/data"
	"backprop/iris"
)

// Data is where the flowers come from: the name of a file, "" for the built-in flowers, or "-"
// for standard input.
type Data string

// Define adds the flag -data to fs.
func (d *Data) Define(fs *flag.FlagSet) {
	fs.StringVar((*string)(d), "data", "", "read the flowers from `FILE`, lines such as\n5.1,3.5,1.4,0.2,Iris-setosa, or one of the forms in the README;\n- is standard input (default: built in)")
}

// String returns what the data are called in a text.
func (d Data) String() string {
	switch d {
	case "":
		return "built-in flowers"
	case "-":
		return "standard input"
	default:
		return string(d)
	}
}

// Summary returns so many flowers, with where they come from if they are not the built-in ones.
func (d Data) Summary(flowers int) string {
	if d == "" {
		return Count(flowers, "flower")
	}
	return Count(flowers, "flower") + " from " + Short(d.String())
}

// Read reads the flowers, and warns of odd ones on stderr.
func (d Data) Read(stdin io.Reader, stderr io.Writer) (iris.Flowers, error) {
	table, err := d.ReadTable(stdin, stderr, iris.Options{NeedsSpecies: true})
	if err != nil {
		return nil, err
	}
	return table.Flowers, nil
}

// ReadTable reads the flowers with their rows, as the options say, and warns of odd ones on stderr.
func (d Data) ReadTable(stdin io.Reader, stderr io.Writer, o iris.Options) (*iris.Table, error) {
	from, err := d.open(stdin)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	table, err := o.Read(&limited{r: from, left: maxData})
	if err != nil {
		return nil, fmt.Errorf("%v: %w", d, err)
	}
	if !o.Scaled {
		Warn(stderr, d.String(), table.Flowers)
	}
	return table, nil
}

// maxWarnings is how many odd flowers are told of.
const maxWarnings = 5

// Warn writes a line for each odd flower of a file.
func Warn(stderr io.Writer, name string, flowers iris.Flowers) {
	warnings := flowers.Warnings()
	for i, warning := range warnings {
		if i == maxWarnings {
			fmt.Fprintf(stderr, "backprop: warning: %s: %d more flowers are odd\n", name, len(warnings)-i)
			return
		}
		fmt.Fprintf(stderr, "backprop: warning: %s: %s\n", name, warning)
	}
}

// open opens the file, or what takes its place.
func (d Data) open(stdin io.Reader) (io.ReadCloser, error) {
	switch d {
	case "":
		return io.NopCloser(strings.NewReader(data.Iris)), nil
	case "-":
		return io.NopCloser(stdin), nil
	default:
		return os.Open(string(d))
	}
}

const maxData = 16 << 20 // bytes; the real file has 4608

// limited reads from r, but ends with an error where more than left bytes come.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(b []byte) (int, error) {
	n, err := l.r.Read(b[:min(len(b), l.left+1)])
	if l.left -= n; l.left < 0 {
		return 0, fmt.Errorf("found more than %d MiB, expected a few flowers", maxData>>20)
	}
	return n, err
}
