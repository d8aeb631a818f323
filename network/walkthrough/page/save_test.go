package page

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
)

// downloadPrefix is what the URL of a file begins with that is in the page itself.
const downloadPrefix = "data:application/json,"

// isDownload reports whether an element is a link to a file that is in the page itself.
func isDownload(e *htmlNode) bool {
	return e.name == "a" && e.attr["download"] != "" && strings.HasPrefix(e.attr["href"], downloadPrefix)
}

// downloads returns the files that the page has in itself, by their names.
func downloads(t *testing.T, doc *htmlPage) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, a := range doc.all("a", isDownload) {
		text, err := url.PathUnescape(strings.TrimPrefix(a.attr["href"], downloadPrefix))
		if err != nil {
			t.Fatal(err)
		}
		files[a.attr["download"]] = text
	}
	return files
}

// printedStep returns what the command step prints with -json.
func printedStep(t *testing.T, args ...string) testkit.Step {
	t.Helper()
	var out, stderr strings.Builder
	step := command.Program{Commands: []command.Command{{Name: "step", Run: walkthrough.ShowStep(testNotebook)}}}
	if code := step.Run(append([]string{"step", "-json"}, args...), nil, &out, &stderr); code != 0 {
		t.Fatalf("step %q: got exit code %d and %s", args, code, stderr.String())
	}
	var s testkit.Step
	if err := json.Unmarshal([]byte(out.String()), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// checkSame checks that the page has the numbers of the step, to the last digit.
func checkSame(t *testing.T, doc *htmlPage, want testkit.Step) {
	t.Helper()
	for name, q := range decodeNumbers(t, doc).Quantities {
		if m, ok := want.Matrices[name]; ok && !reflect.DeepEqual(q.Values, matrix.Matrix(m)) {
			t.Errorf("%s: got\n%v\nwant\n%v", name, [][]float64(q.Values), m)
		}
	}
	for of, v := range map[string]float64{mseBefore: want.MSEBefore, mseAfter: want.MSEAfter} {
		if got := doc.all("b", has("data-of", of)); len(got) == 0 || got[0].text() != decimals(v, fewDecimals+4) {
			t.Errorf("%s: got %q, want %s", of, texts(got), decimals(v, fewDecimals+4))
		}
	}
}

// What the page saves, step -weights reads: from the weights before a step comes that step, and
// from those after it the next one.
func TestSavedWeights(t *testing.T) {
	h := newTestHandler(t)
	for _, test := range []struct {
		query string // without the step
		step  int
		flags []string
	}{
		{"", 1, nil},
		{"flowers=0,60,120,149,7&hidden=5&rate=0.3&seed=5", 7, []string{"-flowers", "0,60,120,149,7", "-rate", "0.3"}},
		{"flowers=77&hidden=1", 99_999, []string{"-flowers", "77"}},
		{"rate=1e10", 2, []string{"-rate", "1e10"}},
		{"rate=1e300", 2, []string{"-rate", "1e300"}}, // with exponents, which have signs
	} {
		t.Run(test.query, func(t *testing.T) {
			at := func(step int) *htmlPage { return mustGet(t, h, fmt.Sprintf("/?%s&step=%d", test.query, step), 200) }
			this, next := at(test.step), at(test.step+1)
			files := downloads(t, this)
			if len(files) != 2 {
				t.Fatalf("got %d files to save, want 2", len(files))
			}
			for when, want := range map[string]*htmlPage{"before": this, "after": next} {
				name := fmt.Sprintf("weights-%s-step-%d.json", when, test.step)
				weights := testkit.WriteFile(t, name, files[name])
				checkSame(t, want, printedStep(t, append(test.flags, "-weights", weights)...))
			}
		})
	}
}

// Weights are saved from the server's page, with scripts and without, where its policy lets
// next to nothing in.
func testSave(t *testing.T, b *browser) {
	b.saves("?step=7", b.site+"?step=7")
	b.blockScripts()
	b.saves("?step=7 without scripts", b.site+"?step=7")
}

// And from a page in a file.
func testSaveFromFile(t *testing.T, b *browser) {
	file := filepath.Join(t.TempDir(), "step.html")
	if r := testkit.Run(t, testkit.Program(t, "page", "-o", file, "-steps", "7")); r.Code != 0 {
		t.Fatalf("page: got exit code %d and %s", r.Code, r.Err)
	}
	b.pages = (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	b.saves("file", b.pages)
}

// saves checks that the page of step 7 saves the weights before and after it, and stays there.
func (b *browser) saves(what, page string) {
	b.t.Helper()
	folder := b.t.TempDir()
	devtools[any](b, "Browser.setDownloadBehavior", map[string]any{"behavior": "allow", "downloadPath": folder})
	b.load(page)
	eval[any](b, `for (const details of document.querySelectorAll("details")) details.open = true`)
	for when, query := range map[string]string{"before": "step=7", "after": "step=8"} {
		name := fmt.Sprintf("weights-%s-step-7.json", when)
		b.click(`a[download="` + name + `"]`)
		testkit.WaitFor(b.t, what+": "+name, func() bool { return slices.Contains(testkit.Files(b.t, folder), name) })
		want, got := stepOf(b.t, query), printedStep(b.t, "-weights", filepath.Join(folder, name))
		if got.MSEBefore != want.MSEBefore || got.MSEAfter != want.MSEAfter {
			b.t.Errorf("%s: %s: got the MSE %v and then %v, want %v and %v", what, name, got.MSEBefore, got.MSEAfter, want.MSEBefore, want.MSEAfter)
		}
	}
	if got := b.location(); got != page {
		b.t.Errorf("%s: got to %s, want to stay at %s", what, got, page)
	}
}
