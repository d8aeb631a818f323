package training

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/network"
	"backprop/network/walkthrough/command"
)

func TestMain(m *testing.M) { testkit.Main(m, program) }

// program is this package's part of the program, as a process of its own or within
// the tests.
func program(args []string, in io.Reader, out, err io.Writer) int {
	commands := []command.Command{
		{Name: "train", Run: Train},
		{Name: "predict", Run: Predict},
		{Name: "descend", Run: Descend},
	}
	return command.Program{Commands: commands}.Run(args, in, out, err)
}

// run runs one of the commands as the program does.
func run(stdin io.Reader, args ...string) testkit.Result {
	var out, stderr bytes.Buffer
	code := program(args, stdin, &out, &stderr)
	return testkit.Result{Code: code, Out: out.String(), Err: stderr.String()}
}

// mustRun is run for a command that has to succeed, with nothing on
// standard error. It returns the output.
func mustRun(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	r := run(strings.NewReader(stdin), args...)
	if r.Code != 0 || r.Err != "" {
		t.Fatalf("backprop %.200q: got exit code %d and %q on standard error, want 0 and nothing", args, r.Code, r.Err)
	}
	return r.Out
}

// checkRefused runs a command that has to be refused: with that exit code and
// one line that has want in it, and no output.
func checkRefused(t *testing.T, stdin io.Reader, code int, want string, args ...string) {
	t.Helper()
	r := run(stdin, args...)
	if r.Code != code {
		t.Errorf("backprop %.200q: got exit code %d, want %d", args, r.Code, code)
	}
	if !strings.HasPrefix(r.Err, "backprop: ") || strings.Index(r.Err, "\n") != len(r.Err)-1 {
		t.Errorf("backprop %.200q: got %q on standard error, want one line that begins with backprop", args, r.Err)
	}
	if !strings.Contains(r.Err, want) {
		t.Errorf("backprop %.200q: got %q on standard error, want %q in it", args, r.Err, want)
	}
	if r.Out != "" {
		t.Errorf("backprop %.200q: got the output %q, want none", args, r.Out)
	}
}

// lastLine returns the last line of text.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return lines[len(lines)-1]
}

// rowOf returns the fields of the first line whose first field is the given
// one.
func rowOf(text, first string) []string {
	for _, line := range strings.Split(text, "\n") {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0] == first {
			return fields
		}
	}
	return nil
}

// saveNet writes the weights into a file and returns its name.
func saveNet(t *testing.T, n *network.Network) string {
	t.Helper()
	var b bytes.Buffer
	if err := n.Save(&b); err != nil {
		t.Fatal(err)
	}
	return testkit.WriteFile(t, "weights.json", b.String())
}
