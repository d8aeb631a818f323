package checker

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/network/walkthrough/command"
	"backprop/network/workshop/diagnosis"
)

// The test's own executable is the program, for a test that starts it.
func TestMain(m *testing.M) { testkit.Main(m, program) }

// program is the command workshop alone.
func program(args []string, in io.Reader, out, err io.Writer) int {
	return command.Program{Commands: []command.Command{{Name: "workshop", Run: Run}}}.Run(args, in, out, err)
}

// A project is a copy of this one, for a learner to work in.
type project struct {
	t    *testing.T
	root string
	text string // of exercises.go
}

// newProject copies the project, with the exercises as at the start.
func newProject(t *testing.T) *project {
	t.Helper()
	testkit.Processes(t) // go build
	p := &project{t: t, root: testkit.Project(t)}
	p.save(startText)
	t.Cleanup(func() {
		for _, kept := range []string{progressFile, "kept_*.txt"} {
			paths, _ := filepath.Glob(filepath.Join(p.folder(), kept)) // the pattern is a good one
			for _, path := range paths {
				os.Remove(path)
			}
		}
	})
	return p
}

func (p *project) folder() string { return filepath.Join(p.root, filepath.FromSlash(folder)) }

func (p *project) save(text string) {
	p.t.Helper()
	p.text = text
	if err := os.WriteFile(filepath.Join(p.folder(), file), []byte(text), 0o666); err != nil {
		p.t.Fatal(err)
	}
}

// workshop runs the command in a folder of the project.
func (p *project) workshop(args ...string) testkit.Result {
	p.t.Helper()
	return p.workshopIn(p.root, args...)
}

func (p *project) workshopIn(dir string, args ...string) testkit.Result {
	p.t.Helper()
	here, err := os.Getwd()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.Chdir(dir); err != nil {
		p.t.Fatal(err)
	}
	defer os.Chdir(here)
	var out, stderr bytes.Buffer
	code := program(append([]string{"workshop"}, args...), nil, &out, &stderr)
	return testkit.Result{Code: code, Out: out.String(), Err: stderr.String()}
}

// mustSay runs the command, which has to succeed, and looks for the texts.
func (p *project) mustSay(args []string, wants ...string) string {
	p.t.Helper()
	r := p.workshop(args...)
	if r.Code != 0 || r.Err != "" {
		p.t.Fatalf("workshop %v: got exit code %d and %q, want 0 and nothing", args, r.Code, r.Err)
	}
	testSays(p.t, r.Out, wants...)
	return r.Out
}

// testSays looks for the texts in a screen, whatever the line breaks.
func testSays(t *testing.T, screen string, wants ...string) {
	t.Helper()
	testScreen(t, screen)
	for _, want := range wants {
		if !strings.Contains(squeezed(screen), squeezed(want)) {
			t.Errorf("got\n%s\nwant %q in it", screen, want)
		}
	}
}

func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// write writes a file into a folder that is there until the test is over.
func (p *project) write(name, text string) {
	p.t.Helper()
	top, _, _ := strings.Cut(name, "/")
	p.t.Cleanup(func() { os.RemoveAll(filepath.Join(p.root, top)) })
	path := filepath.Join(p.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		p.t.Fatal(err)
	}
}

// testDiagnoser is shared by all tests, so that each mistake's numbers are computed once.
var testDiagnoser *diagnosis.Diagnoser

// testChecker returns a checker of the text, in which no exercise has a result yet.
func testChecker(t *testing.T, text string) *checker {
	t.Helper()
	c, err := newChecker("", parse(text), 0)
	if err != nil {
		t.Fatal(err)
	}
	if testDiagnoser == nil {
		testDiagnoser = c.diagnoser
	}
	c.diagnoser = testDiagnoser
	return c
}

// with returns the text with the function of that name replaced by another.
func with(t *testing.T, text, name, body string) string {
	t.Helper()
	f := parse(text).funcs[name]
	if f == nil {
		t.Fatalf("got no func %s in\n%s", name, text)
	}
	from, to := int(f.Body.Pos())-1, int(f.Body.End())-1 // positions count from 1
	return text[:from] + body + text[to:]
}
