// Package testkit is what the tests of this project share: NumPy's numbers, the
// program as a process, and what a terminal can show. It imports none of the other
// packages, so the tests of each of them can use it.
package testkit

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"
)

// Everything skips the test unless everything is asked for, with
// BACKPROP_TEST=all in the environment. It is for tests that need more than Go: a
// browser, a debugger, NumPy. Where everything is asked for, nothing is skipped for
// want of a tool: the test then fails.
func Everything(t testing.TB) {
	t.Helper()
	if os.Getenv("BACKPROP_TEST") != "all" {
		t.Skip("only with BACKPROP_TEST=all")
	}
}

// Processes skips the test where it cannot start a process: with -short, which is
// also for emulated processors, and where there are no processes.
func Processes(t testing.TB) {
	t.Helper()
	if testing.Short() || runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("starts processes")
	}
}

// Tool returns the path of a program that the test needs, and for which everything
// must be asked for. Without it, the test fails.
func Tool(t testing.TB, name string) string {
	t.Helper()
	Everything(t)
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Python returns the path of a Python that has NumPy: python3, or what $PYTHON
// names. Everything must be asked for.
func Python(t testing.TB) string {
	t.Helper()
	name := os.Getenv("PYTHON")
	if name == "" {
		name = "python3"
	}
	python := Tool(t, name)
	if out, err := exec.Command(python, "-c", "import numpy").CombinedOutput(); err != nil {
		t.Fatalf("%s has no NumPy ($PYTHON names another Python): %v\n%s", python, err, out)
	}
	return python
}

// root is the folder of go.mod. A test begins in its package's folder. A process that
// Program started may begin elsewhere: then root is empty.
var root = findRoot()

func findRoot() string {
	folder, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		above := filepath.Dir(folder)
		if above == folder {
			return ""
		}
		folder = above
	}
}

// Path returns the path of a file of the project, such as data/iris.csv.
func Path(name string) string {
	if root == "" {
		panic("testkit: there is no go.mod here or above")
	}
	return filepath.Join(root, filepath.FromSlash(name))
}

// Text returns the text of a file of the project, with Unix line ends.
func Text(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(Path(name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// JSON decodes a file of the project. A field that v lacks is an error.
func JSON(t testing.TB, name string, v any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(Text(t, name)))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// Screen checks that a terminal of 80 columns can show the text: no line is longer
// or ends with a blank, the last one is ended, and there are no control characters.
func Screen(t testing.TB, text string) {
	t.Helper()
	if text != "" && (!strings.HasSuffix(text, "\n") || strings.HasSuffix(text, "\n\n")) {
		t.Errorf("got a text that ends with %.20q, want one line break at its end", text[max(0, len(text)-20):])
	}
	for i, line := range strings.Split(text, "\n") {
		line = strings.ReplaceAll(line, "    \t", "        ") // as a terminal shows package flag's help
		if n := utf8.RuneCountInString(line); n > 80 {
			t.Errorf("line %d: got %d columns, want at most 80: %q", i+1, n, line)
		}
		if strings.TrimRight(line, " ") != line || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("line %d: got %q, want no blank at its end and no control characters", i+1, line)
		}
	}
}
