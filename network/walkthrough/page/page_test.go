package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backprop/data"
	"backprop/iris"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough"
)

// An example is a page by its query. Each page and each step is made once.
type example struct{ name, query string }

// examples are pages whose shapes cannot be mistaken for each other.
var examples = []example{
	{"the notebook", ""},
	{"five flowers, step 12", "flowers=0,60,120,149,7&hidden=6&rate=0.5&seed=5&step=12&run=40&flower=120"},
	{"one of everything", "flowers=77&hidden=1&step=3"},
	{"the same flower twice", "flowers=9,9&step=2"},
	{"all of it", "flowers=0-149&hidden=16&step=2"},
	{"large numbers", "rate=1e10&step=2"}, // and infinite exponentials
}

var (
	examplePages = map[string]*htmlPage{}
	exampleSteps = map[string]*walkthrough.Step{}
)

func (e example) page(t *testing.T) *htmlPage {
	t.Helper()
	if examplePages[e.query] == nil {
		examplePages[e.query] = mustGet(t, newTestHandler(t), "/?"+e.query, 200)
	}
	return examplePages[e.query]
}

func (e example) step(t *testing.T) *walkthrough.Step {
	t.Helper()
	if exampleSteps[e.query] == nil {
		exampleSteps[e.query] = stepOf(t, e.query)
	}
	return exampleSteps[e.query]
}

// Each quantity is in its cell with what is said of it, and the MSE in the header, too.
func TestPageCells(t *testing.T) {
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			doc, s := e.page(t), e.step(t)
			if got := len(doc.all("section", hasClass("quantity"))); got != len(s.Quantities) {
				t.Errorf("got %d quantities, want %d", got, len(s.Quantities))
			}
			for _, c := range s.Cells() {
				cell := doc.byID(fmt.Sprintf("cell-%d", c.Number))
				if cell == nil || !strings.Contains(cell.all("h2")[0].text(), c.Title) {
					t.Fatalf("got no cell %d with the title %s", c.Number, c.Title)
				}
				for _, q := range c.Quantities {
					section := cell.all("section", has("id", q.Name))
					if len(section) != 1 {
						t.Fatalf("cell %d: got %d sections for %s, want 1", c.Number, len(section), q.Name)
					}
					for _, want := range []string{q.Name + " " + q.Shape() + " " + q.Parts(), q.Meaning} {
						if !strings.Contains(section[0].text(), want) {
							t.Errorf("%s: got no %q in its section, want it", q.Name, want)
						}
					}
				}
			}
			for of, v := range map[string]float64{"mse_before": s.MSEBefore, "mse_after": s.MSEAfter} {
				want := decimals(v, 8)
				if got := texts(doc.all("b", has("data-of", of))); !slices.Equal(got, []string{want, want}) {
					t.Errorf("%s: got it as %q, want %s in the header and in its cell", of, got, want)
				}
			}
		})
	}
}

// travelTests are pages with where their links lead: to URLs with that at their end, and with
// the end of the run where it is behind the step.
var travelTests = []struct {
	query string
	step  int
	run   int
	rest  string
}{
	{"step=1", 1, 1, ""},
	{"step=10", 10, 10, ""},
	{"step=101", 101, 101, ""},
	{"step=5&run=1200&flower=101&cover=1&large=1", 5, 1200, "&flower=101&cover=1&large=1"},
	{"step=99500", 99500, 99500, ""},
	{"step=100000", 100000, 100000, ""},
}

func TestPageTravels(t *testing.T) {
	h := newTestHandler(t)
	for _, test := range travelTests {
		t.Run(test.query, func(t *testing.T) {
			doc := mustGet(t, h, "/?"+test.query, 200)
			urlOf := func(step int) string {
				run := ""
				if test.run > step {
					run = fmt.Sprintf("&run=%d", test.run)
				}
				return fmt.Sprintf("/?flowers=1,51,101&hidden=2&rate=0.1&seed=10&step=%d%s%s", step, run, test.rest)
			}
			checkNav(t, doc, test.step, urlOf)
			checkStretches(t, doc, test.run, urlOf)
			if got, want := doc.byID("field-step").attr["value"], fmt.Sprint(test.step); got != want {
				t.Errorf("got step %s in the box, want %s", got, want)
			}
			next := doc.byID("cell-10").all("a", hasClass("travel"))
			if test.step == 100000 && len(next) != 0 || test.step < 100000 && (len(next) != 1 || next[0].attr["href"] != urlOf(test.step+1)) {
				t.Errorf("got %d links to the next step, want the one to it if there is one", len(next))
			}
		})
	}
}

// checkNav checks the time travel from a step.
func checkNav(t *testing.T, doc *htmlPage, step int, urlOf func(step int) string) {
	t.Helper()
	steps := []int{1, step - 100, step - 10, step - 1, step + 1, step + 10, step + 100, step + 1000}
	links := doc.all("nav")[0].all("a")
	if got, want := fmt.Sprint(texts(links)), "[first −100 −10 −1 +1 +10 +100 +1000]"; got != want {
		t.Fatalf("got the controls %s, want %s", got, want)
	}
	for i, link := range links {
		href, isLink := link.attr["href"]
		if link.attr["aria-label"] == "" {
			t.Errorf("%s: got no name, want one", link.text())
		}
		if steps[i] < 1 || steps[i] > 100000 {
			if isLink || link.attr["aria-disabled"] != "true" {
				t.Errorf("%s: got the link %q, want it disabled", link.text(), href)
			}
		} else if href != urlOf(steps[i]) {
			t.Errorf("%s: got %s, want %s", link.text(), href, urlOf(steps[i]))
		}
	}
}

// checkStretches checks that a click anywhere on the curve leads to a step of the run, from
// the first to the last.
func checkStretches(t *testing.T, doc *htmlPage, run int, urlOf func(step int) string) {
	t.Helper()
	stretches := doc.all("svg", hasClass("curve"))[0].all("a")
	if want := min(run, 120); len(stretches) != want {
		t.Fatalf("got %d links on the curve, want %d", len(stretches), want)
	}
	last, right := 0, 0.0
	for i, a := range stretches {
		title := a.all("title")[0].text()
		step, err := strconv.Atoi(strings.TrimPrefix(title, "step "))
		if err != nil || step <= last || step > run || i == 0 && step != 1 || i == len(stretches)-1 && step != run {
			t.Errorf("got %q behind step %d, want the steps from 1 to %d in order", title, last, run)
		}
		if a.attr["href"] != urlOf(step) {
			t.Errorf("%s: got %s, want %s", title, a.attr["href"], urlOf(step))
		}
		rect := a.all("rect")[0]
		x, width := mustFloat(t, rect.attr["x"]), mustFloat(t, rect.attr["width"])
		if i > 0 && math.Abs(x-right) > (width+5)/2 {
			t.Errorf("%s: got it from %.1f on, want it where the one before ends, at %.1f", title, x, right)
		}
		last, right = step, x+width
	}
}

// The other flowers of the step can be drawn, and the form keeps the one that is.
func TestPageFlowers(t *testing.T) {
	h := newTestHandler(t)
	for flower, want := range map[string][]string{"9": {"next flower › 51"}, "51": {"‹ previous flower 9", "next flower › 101"}, "101": {"‹ previous flower 51"}} {
		doc := mustGet(t, h, "/?flowers=9,51,101&run=7&flower="+flower, 200)
		var got []string
		for _, a := range doc.all("p", hasClass("flower"))[0].all("a") {
			if _, isHidden := a.attr["hidden"]; isHidden {
				continue
			}
			q := mustParse(t, strings.TrimPrefix(a.attr["href"], "/?"))
			got = append(got, fmt.Sprintf("%s %d", a.text(), q.Flower))
		}
		if !slices.Equal(got, want) {
			t.Errorf("flower %s: got the links %q, want %q", flower, got, want)
		}
		for name, want := range map[string]string{"flower": flower, "run": "7"} {
			kept := doc.byID("settings").all("input", has("type", "hidden"), has("name", name))
			if len(kept) != 1 || kept[0].attr["value"] != want {
				t.Errorf("flower %s: got %d hidden fields for %s, want one with %s", flower, len(kept), name, want)
			}
		}
	}
}

// The MSE of the curve is that of the steps, each computed on its own.
func TestPageMSE(t *testing.T) {
	q := mustParse(t, "step=4&run=9&rate=0.5")
	p, err := newPage(context.Background(), testNotebook, allFlowers(t), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.MSE) != 9 {
		t.Fatalf("got the MSE of %d steps, want 9", len(p.MSE))
	}
	for i, got := range p.MSE {
		if want := stepOf(t, fmt.Sprintf("rate=0.5&step=%d", i+1)).MSEBefore; got != want {
			t.Errorf("step %d: got the MSE %v, want %v", i+1, got, want)
		}
	}
}

// A reader who goes away ends the computing, of the steps before the one that is shown and of
// those after it; and the notebook runs once.
func TestPageEndsWithItsReader(t *testing.T) {
	for _, text := range []string{"step=100000", "run=100000"} {
		ctx, leave := context.WithCancel(context.Background())
		runs := 0
		notebook := func(all iris.Flowers, rows []int, hidden int, learningRate float64, draw drawWeights) (*walkthrough.Results, error) {
			runs++
			leave()
			return testNotebook(all, rows, hidden, learningRate, draw)
		}
		if _, err := newPage(ctx, notebook, allFlowers(t), mustParse(t, text)); !errors.Is(err, context.Canceled) || runs != 1 {
			t.Errorf("%s: got the error %v and the notebook run %d times, want that the reader has gone and 1", text, err, runs)
		}
	}
}

// A folder of files for the command page.
type folder struct {
	t    *testing.T
	name string
}

func newFolder(t *testing.T) folder { t.Helper(); return folder{t, t.TempDir()} }

func (f folder) path(name string) string { return filepath.Join(f.name, name) }

// write writes a file and returns its path.
func (f folder) write(name, text string) string {
	f.t.Helper()
	if err := os.WriteFile(f.path(name), []byte(text), 0o666); err != nil {
		f.t.Fatal(err)
	}
	return f.path(name)
}

// save writes a file with weights and returns its path.
func (f folder) save(name string, net *network.Network) string {
	f.t.Helper()
	var b bytes.Buffer
	if err := net.Save(&b); err != nil {
		f.t.Fatal(err)
	}
	return f.write(name, b.String())
}

// files returns the names of the files that are there.
func (f folder) files() []string {
	f.t.Helper()
	entries, err := os.ReadDir(f.name)
	if err != nil {
		f.t.Fatal(err)
	}
	names := []string{}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPageFile(t *testing.T) {
	in := newFolder(t)
	weights := in.save("weights.json", network.New(4, 3, 3, numpy.NewRandom(4)))
	csv := in.write("five <b>&amp;.csv", strings.Join(strings.SplitAfter(data.Iris, "\n")[:5], ""))
	for _, test := range []struct {
		name    string
		query   string // for the same step
		summary string
		args    []string
	}{
		{"the notebook", "", "seed 10", nil},
		{"many flowers and nodes", "flowers=0-29&hidden=16&step=2", "seed 10", []string{"-flowers", "0-29", "-hidden", "16", "-steps", "2"}},
		{"saved weights", "flowers=7,88&hidden=3&rate=0.5&seed=4&step=1", "weights.json", []string{"-weights", weights, "-flowers", "7,88", "-rate", "0.5", "-steps", "1"}},
		{"data file", "flowers=3", "seed 10", []string{"-data", csv, "-flowers", "3"}},
		{"large numbers", "rate=1e10&step=2", "seed 10", []string{"-rate", "1e10", "-steps", "2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := newFolder(t)
			name := out.write("step.html", strings.Repeat("old", 1e6)) // longer than the page
			r := run("", append([]string{"page", "-o", name}, test.args...)...)
			s := stepOf(t, test.query)
			if want := fmt.Sprintf("Step %d is in %s: open it in a browser.\n", s.Settings.Steps, name); r.Code != 0 || r.Out != want || r.Err != "" {
				t.Fatalf("got %+v, want code 0 and %q", r, want)
			}
			if got := out.files(); !slices.Equal(got, []string{"step.html"}) {
				t.Errorf("got the files %v, want the page alone", got)
			}
			text := readText(t, name)
			doc, err := parseHTML(text)
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range s.Quantities {
				for _, table := range doc.byID(q.Name).all("table", has("data-of", q.Name)) {
					checkTable(t, s, table, q, true)
				}
			}
			decodeNumbers(t, doc)
			checkAlone(t, text, doc)
			if got := doc.all("p", hasClass("summary"))[0].text(); !strings.HasSuffix(got, test.summary) {
				t.Errorf("got the summary %q, want %s at its end", got, test.summary)
			}
		})
	}
}

// checkAlone checks that the file needs no other, and has what it needs.
func checkAlone(t *testing.T, text string, doc *htmlPage) {
	t.Helper()
	text = regexp.MustCompile(`<a download="[^"]*" href="data:application/json,[^":]*:[^":]*:[^":]*">`).ReplaceAllString(text, "<a>")
	if url := regexp.MustCompile(`(?i)\b(?:https?|ftp|data|blob|file|wss?):/*[\w.]+[^\s"'<]*`).FindString(text); url != "" {
		t.Errorf("got %s in the file, want nothing from elsewhere", url)
	}
	for _, bad := range []string{"@import", "url(", "<base", "<iframe", "<form"} {
		if strings.Contains(text, bad) {
			t.Errorf("got %s in the file, want it to be one by itself", bad)
		}
	}
	for _, e := range doc.all("") {
		_, src := e.attr["src"]
		href, hasHref := e.attr["href"]
		if src || e.name == "link" || hasHref && !isDownload(e) && !(strings.HasPrefix(href, "#") && doc.byID(href[1:]) != nil) {
			t.Errorf("got <%s> with %v, want no way out of the file and no dead link", e.name, e.attr)
		}
	}
	if styles := texts(doc.all("style")); !slices.Equal(styles, []string{styleSheet(examples[0].step(t))}) {
		t.Error("got another style sheet in the file, want the server's")
	}
	isScript := func(n *htmlNode) bool { return n.attr["type"] != "application/json" }
	var served []string
	for _, name := range scriptNames {
		served = append(served, script(name))
	}
	if scripts := texts(doc.all("script", isScript)); !slices.Equal(scripts, served) {
		t.Error("got another script in the file, want the server's")
	}
}

// What cannot be done leaves nothing behind, and an old file as it was.
func TestPageFileRefuses(t *testing.T) {
	in := newFolder(t)
	flowers := in.write("flowers.csv", data.Iris)
	twice := in.write("twice.csv", data.Iris+data.Iris)
	old := in.write("old.html", "old")
	wide := in.save("wide.json", network.New(4, 17, 3, numpy.NewRandom(1)))
	overflowing := in.save("overflowing.json", nanWeights())
	before := in.files()
	for _, test := range []struct {
		name string
		code int
		want string
		args []string
	}{
		{"no -o", 2, "found no -o, expected the file to write, such as -o step.html", nil},
		{"operand", 2, "expected nothing but flags", []string{"-o", old, "step.html"}},
		{"missing folder", 1, "missing", []string{"-o", in.path("missing/a.html")}},
		{"folder", 1, "no regular file", []string{"-o", in.name}}, // package command tests the other reasons
		{"same as -data", 2, "flowers.csv twice", []string{"-data", flowers, "-o", flowers}},
		{"same as -data by another name", 2, "flowers.csv twice", []string{"-data", flowers, "-o", filepath.Join(in.name, ".", "x", "..", "flowers.csv")}},
		{"same as -weights", 2, "overflowing.json twice", []string{"-weights", overflowing, "-o", overflowing}},
		{"17 hidden nodes", 1, "from 1 to 16", []string{"-o", old, "-hidden", "17"}},
		{"17 hidden nodes in a file", 1, "1 to 16 hidden nodes", []string{"-o", old, "-weights", wide}},
		{"step 100001", 1, "from 1 to 100000", []string{"-o", old, "-steps", "100001"}},
		{"151 flowers", 1, "at most 150 rows", []string{"-o", old, "-data", twice, "-flowers", "0-150"}},
		{"row that is not there", 1, "no row 150", []string{"-o", old, "-flowers", "150"}},
		{"no data", 1, "no flowers", []string{"-o", old, "-data", "-"}},
		{"not a number after the step", 1, "weights after the step: ", []string{"-o", old, "-weights", overflowing}},
		{"not a number before it", 1, errTooLarge.Error(), []string{"-o", old, "-weights", overflowing, "-steps", "2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkRefused(t, test.code, test.want, append([]string{"page"}, test.args...)...)
			if got := in.files(); !slices.Equal(got, before) {
				t.Errorf("got the files %v, want %v", got, before)
			}
			if got := readText(t, old); got != "old" {
				t.Errorf("got %.40q in the old file, want it untouched", got)
			}
		})
	}
}
