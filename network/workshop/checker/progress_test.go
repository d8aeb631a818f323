package checker

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backprop/data/testkit"
)

// What has become correct since the last check is said first. The file in which that is
// remembered may be deleted at any time, or be in the way.
func TestNewlyDone(t *testing.T) {
	const none = "The workshop: backpropagation, written by you"
	dir := t.TempDir()
	path := filepath.Join(dir, progressFile)
	for _, test := range []struct {
		name  string
		dir   string
		begin func() error
		done  []int
		says  string
	}{
		{"the first check", dir, nil, nil, none},
		{"one more", dir, nil, []int{1}, "Exercise 1 is done."},
		{"the same again", dir, nil, []int{1}, none},
		{"two more", dir, nil, []int{1, 2, 9}, "Exercises 2 and 9 are done."},
		{"one that is no longer done", dir, nil, []int{1, 2}, none},
		{"done again, with others", dir, nil, []int{1, 2, 7, 9, 16}, "Exercises 7, 9 and 16 are done."},
		{"deleted", dir, func() error { return os.Remove(path) }, []int{1, 2, 3}, none},
		{"not ours", dir, func() error { return os.WriteFile(path, []byte(`{"Done": ["Dot"], "Hints": 3}`), 0o666) }, []int{1, 2, 3, 4}, none},
		{"after that", dir, nil, []int{1, 2, 3, 4, 5}, "Exercise 5 is done."},
		{"no such folder", filepath.Join(dir, "none"), nil, []int{1}, none},
	} {
		if test.begin != nil {
			if err := test.begin(); err != nil {
				t.Fatal(err)
			}
		}
		c := testChecker(t, startText)
		c.dir, c.before = test.dir, readProgress(test.dir).Done
		for _, e := range exercises {
			c.results[e.Number].State = notBegun
			if slices.Contains(test.done, e.Number) {
				c.results[e.Number].State = done
			}
		}
		var b strings.Builder
		if err := c.showAndRemember(&b); err != nil {
			t.Fatal(err)
		}
		testSays(t, b.String())
		if first, _, _ := strings.Cut(b.String(), "\n"); first != test.says {
			t.Errorf("%s: got %q first, want %q", test.name, first, test.says)
		}
		if fails := strings.Contains(squeezed(b.String()), "could not save what it remembers in network/workshop/progress.json"); fails != (test.dir != dir) {
			t.Errorf("%s: got\n%s\nwant that it could not be written: %v", test.name, b.String(), !fails)
		}
	}
	if got := testkit.Files(t, dir); !slices.Equal(got, []string{progressFile}) {
		t.Errorf("got the files %v, want one", got)
	}
}

// What is back at its start is no longer done, and its hints begin with the first.
func TestForget(t *testing.T) {
	for _, test := range []struct {
		n    int
		want string
	}{
		{2, `{"Done":["Dot"],"Hints":{"Dot":1}}`},
		{3, `{"Done":["Dot","Transpose"],"Hints":{"Dot":1,"Transpose":3}}`},
		{allExercises, `{"Done":[],"Hints":null}`},
	} {
		dir := t.TempDir()
		text := startText
		for _, name := range []string{"Dot", "Transpose"} {
			text = with(t, text, name, solvedBody(name))
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := remember(dir, func(p *progress) {
			p.Done, p.Hints = []string{"Dot", "Transpose"}, map[string]int{"Dot": 1, "Transpose": 3}
		}); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := runReset(&b, dir, test.n); err != nil {
			t.Fatal(err)
		}
		testScreen(t, b.String())
		if got := testkit.ReadFile(t, filepath.Join(dir, progressFile)); got != test.want+"\n" {
			t.Errorf("after -reset %d: got %s, want %s", test.n, got, test.want)
		}
	}
}
