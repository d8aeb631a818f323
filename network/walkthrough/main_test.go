package walkthrough

import (
	"io"
	"testing"

	"backprop/data/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m, program) }

// program is this package's part of the program, as a process of its own or within
// the tests.
func program(args []string, in io.Reader, out, err io.Writer) int {
	commands := []Command{
		{Name: "train", Run: Train},
		{Name: "predict", Run: Predict},
		{Name: "descend", Run: Descend},
		{Name: "page", Run: WritePage},
		{Name: "serve", Run: Serve},
	}
	return Run(commands, testNotebook, args, in, out, err)
}
