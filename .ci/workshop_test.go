package ci

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"backprop/data/testkit"
)

const (
	exercises = "network/workshop/exercises.go"
	start     = "network/workshop/checker/start.txt"
)

// What -reset puts back is what the project comes with.
func TestStart(t *testing.T) {
	if testkit.Text(t, exercises) != testkit.Text(t, start) {
		t.Errorf("%s and %s differ, want them the same", exercises, start)
	}
}

// Whatever a learner has written, go test ./... and the program's other commands are as
// without it. Where it does not compile, go test says so of the learner's package alone.
func TestWhateverTheLearnerWrites(t *testing.T) {
	folder := t.TempDir()
	if err := testkit.CopyProject(folder, func(name string) bool { return name == ".git" }); err != nil {
		t.Fatal(err)
	}
	begin := testkit.Text(t, start)
	dot := func(body string) string {
		const empty = "func Dot(x, y matrix.Matrix) matrix.Matrix {\n\treturn nil\n}"
		if !strings.Contains(begin, empty) {
			t.Fatalf("%s: got no %q", start, empty)
		}
		return strings.Replace(begin, empty, strings.Replace(empty, "\treturn nil\n", body, 1), 1)
	}
	solved := strings.Replace(testkit.Text(t, "network/workshop/exercise/solutions/solutions.go"), "\npackage solutions\n", "\npackage workshop\n", 1)
	for _, test := range []struct{ name, text, fails string }{
		{"everything is done", solved, ""},
		{"a comment only", begin + "\n// Me.\n", ""},
		{"wrong", dot("\treturn x\n"), ""},
		{"a loop without end", dot("\tfor {\n\t}\n"), ""},
		{"it does not compile", dot("\treturn \"no\"\n"), "FAIL\tbackprop/network/workshop [build failed]\nFAIL\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := os.WriteFile(filepath.Join(folder, filepath.FromSlash(exercises)), []byte(test.text), 0o666); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("go", "test", "-short", "./...")
			cmd.Dir = folder
			r := testkit.Run(t, cmd)
			failed := regexp.MustCompile(`(?m)^(ok  |\?   )\t.*\n`).ReplaceAllString(r.Out, "")
			if failed != test.fails || test.fails == "" && r.Err != "" {
				t.Errorf("got\n%s\n%s\nwant nothing but\n%s", r.Out, r.Err, test.fails)
			}
			cmd = exec.Command("go", "run", ".", "step")
			cmd.Dir = folder
			if r := testkit.Run(t, cmd); r.Code != 0 || r.Err != "" {
				t.Errorf("step: got exit code %d and %s, want 0 and nothing", r.Code, r.Err)
			}
		})
	}
}
