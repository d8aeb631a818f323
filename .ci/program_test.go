// Package ci has the tests of what is around the program: the README, the guide, the house. They
// are not among those of go test ./..., since whoever changes the program for themselves is free
// to; bash .ci/run runs them.
package ci

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"backprop/data/testkit"
)

// program is where the program is that the tests run.
var program string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "backprop-ci-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	program = filepath.Join(folder, "backprop.exe") // a name that every system takes
	code := 1
	if out, err := exec.Command("go", "build", "-o", program, testkit.Path("")).CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
	} else {
		code = m.Run()
	}
	os.RemoveAll(folder)
	os.Exit(code)
}

// mustPrint runs the program in the folder and returns its output, and ends the test if anything
// goes wrong.
func mustPrint(t *testing.T, folder string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = folder
	r := testkit.Run(t, cmd)
	if r.Code != 0 || r.Err != "" {
		t.Fatalf("backprop %v: got exit code %d and %q, want 0 and nothing", args, r.Code, r.Err)
	}
	return r.Out
}
