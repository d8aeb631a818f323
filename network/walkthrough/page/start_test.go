package page

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"backprop/data"
	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/walkthrough"
)

// startOf returns the start with these files, "" for none.
func startOf(t *testing.T, data, weights string) start {
	t.Helper()
	s := walkthrough.Settings{Data: walkthrough.Data(data), Weights: walkthrough.Weights{File: weights}}
	if err := s.Load(flag.NewFlagSet("", flag.ContinueOnError), limits.Hidden); err != nil {
		t.Fatal(err)
	}
	flowers, err := s.Data.Read(nil, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return newStart(s, flowers)
}

// handlerFrom returns the handler of the pages with these files.
func handlerFrom(t *testing.T, data, weights string) *handler {
	t.Helper()
	h, err := newHandler(testNotebook, startOf(t, data, weights))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// ownFiles writes ten flowers, of which those of the series are not all there, and the weights
// of a net with three hidden nodes.
func ownFiles(t *testing.T) (flowers, weights string) {
	t.Helper()
	in := newFolder(t)
	lines := strings.SplitAfter(data.Iris, "\n")
	flowers = in.write("mine.csv", strings.Join(slices.Concat(lines[:1+4], lines[101:104], lines[51:54]), ""))
	return flowers, in.save("weights.json", network.New(4, 3, 3, numpy.NewRandom(4)))
}

// Without rows in its URL, a page has the series' rows, or else a flower of each species.
func TestStartRows(t *testing.T) {
	all := allFlowers(t)
	for _, test := range []struct {
		name       string
		flowers    iris.Flowers
		rows, hint string
	}{
		{"built in", all, "1,51,101", "0 to 149, such as 1,51,101 or 0-149"},
		{"up to row 101", all[:102], "1,51,101", "0 to 101, such as 1,51,101 or 0-101"},
		{"more than a page takes", slices.Concat(all, all), "1,51,101", "0 to 299, such as 1,51,101 or 0-149"},
		{"up to row 100", all[:101], "0,50,100", "0 to 100, such as 0,50,100 or 0-100"},
		{"two species", slices.Concat(all[100:104], all[:4]), "0,4", "0 to 7, such as 0,4 or 0-7"},
		{"one of each", iris.Flowers{all[149], all[0], all[99]}, "0-2", "0 to 2, such as 0-2"},
		{"one flower", all[:1], "0", "0 to 0, such as 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStart(walkthrough.Settings{}, test.flowers)
			if got := rowsText(s.rows); got != test.rows {
				t.Errorf("got the rows %s, want %s", got, test.rows)
			}
			if got := s.rowsHint(); got != test.hint {
				t.Errorf("got the hint %q, want %q", got, test.hint)
			}
			if q, ok := parseQuery("", s); !ok || rowsText(q.Settings.Rows) != test.rows || q.Flower != s.rows[0] {
				t.Errorf("got the rows %s with the flower %d in the drawing, want %s", rowsText(q.Settings.Rows), q.Flower, test.rows)
			}
		})
	}
}

// A page of one's own flowers and weights has the numbers that step prints for the same files,
// and so have the pages that it leads to.
func TestPageOfFiles(t *testing.T) {
	flowers, weights := ownFiles(t)
	h := handlerFrom(t, flowers, weights)
	for _, test := range []struct {
		query  string
		flower string // in the drawing
		flags  []string
	}{
		{"", "flower 0 (setosa)", []string{"-flowers", "0,4,7"}},
		{"flowers=9,0-2&flower=9&rate=0.5&step=30&run=40", "flower 9 (versicolor)", []string{"-flowers", "9,0-2", "-rate", "0.5", "-steps", "30"}},
		{"hidden=3&seed=99", "flower 0 (setosa)", []string{"-flowers", "0,4,7"}}, // the seed of another page
	} {
		t.Run(test.query, func(t *testing.T) {
			doc := mustGet(t, h, "/?"+test.query, 200)
			want := printedStep(t, append(test.flags, "-data", flowers, "-weights", weights)...)
			checkSame(t, doc, want)
			if got := doc.byID("flower-name").text(); got != test.flower {
				t.Errorf("got %s in the drawing, want %s", got, test.flower)
			}
			if got := len(nodePlaces(doc.all("svg", hasClass("net"))[0])); got != 4+3+3 {
				t.Errorf("got %d nodes in the drawing, want 10", got)
			}
			for _, a := range doc.all("a", hasClass("travel")) {
				if href := a.attr["href"]; strings.Contains(href, "hidden=") || strings.Contains(href, "seed=") {
					t.Errorf("got the link %s, want no hidden nodes and no seed in it", href)
				}
			}
		})
	}
	next := mustGet(t, h, "/", 200).byID("cell-10").all("a", hasClass("travel"))[0].attr["href"]
	checkSame(t, mustGet(t, h, next, 200), printedStep(t, "-flowers", "0,4,7", "-data", flowers, "-weights", weights, "-steps", "2"))
}

// The page says where its flowers and weights come from, and its form offers no setting that
// the file of weights has made already.
func TestPageSaysWhatItsFilesAre(t *testing.T) {
	flowers, weights := ownFiles(t)
	short := walkthrough.Short
	for _, test := range []struct {
		name, data, weights string
		summary             string
		fields              string
		fixed               string // what is said instead of the fields that are not there
	}{
		{"none", "", "", "3 flowers, 4-2-3 nodes, learning rate 0.1, seed 10", "flowers hidden rate seed", ""},
		{"flowers", flowers, "", "3 flowers from " + short(flowers) + ", 4-2-3 nodes, learning rate 0.1, seed 10", "flowers hidden rate seed", ""},
		{"weights", "", weights, "3 flowers, 4-3-3 nodes, learning rate 0.1, weights from " + short(weights), "flowers rate",
			"The weights come from " + short(weights) + ". They are for 3 hidden nodes, and there is no seed."},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := handlerFrom(t, test.data, test.weights)
			for _, target := range []string{"/", "/?rate=x"} { // the form is there, too, where something is wrong
				doc := mustGet(t, h, target, map[string]int{"/": 200, "/?rate=x": 400}[target])
				if got := texts(doc.all("p", hasClass("summary"))); target == "/" && !slices.Equal(got, []string{test.summary}) {
					t.Errorf("got the summary %q, want %q", got, test.summary)
				}
				var fields []string
				for _, input := range doc.all("details")[0].all("input") {
					fields = append(fields, input.attr["name"])
				}
				if got := strings.Join(fields, " "); got != test.fields {
					t.Errorf("%s: got the fields %s in the settings, want %s", target, got, test.fields)
				}
				if got := strings.Join(texts(doc.all("p", hasClass("fixed"))), "\n"); got != test.fixed {
					t.Errorf("%s: got %q in the settings, want %q", target, got, test.fixed)
				}
			}
		})
	}
}

// What the files do not have is refused with what they have.
func TestPageOfFilesRefuses(t *testing.T) {
	flowers, weights := ownFiles(t)
	h := handlerFrom(t, flowers, weights)
	const rows = "expected at most 150 rows from 0 to 9, such as 0,4,7 or 0-9"
	hidden := "expected 3, since the weights in " + walkthrough.Short(weights) + " are for 3 hidden nodes"
	for query, want := range map[string]string{
		"flowers=1,51,101":  "flowers (rows): found “1,51,101”, " + rows,
		"flowers=10":        "flowers (rows): found “10”, " + rows,
		"flower=10":         "flower in the drawing: found “10”, expected a whole number from 0 to 9",
		"hidden=2":          "hidden nodes: found “2”, " + hidden,
		"hidden=":           "hidden nodes: found “”, " + hidden,
		"hidden=x&seed=y":   "hidden nodes: found “x”, " + hidden,
		"hidden=4&hidden=3": "hidden nodes: found “4”, " + hidden,
	} {
		doc := mustGet(t, h, "/?"+query, 400)
		if got := texts(doc.all("li")); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}

// A server reads its files before it begins, and says what is wrong with them as step does.
func TestServeRefusesFiles(t *testing.T) {
	in := newFolder(t)
	flowers, weights := ownFiles(t)
	five := in.write("five.json", `{"weights_1": [[1,2],[3,4],[5,6],[7,8],[9,10]], "weights_2": [[1,2,3],[4,5,6]]}`)
	for _, test := range []struct {
		name string
		code int
		want string
		args []string
	}{
		{"no such data", 1, "missing.csv: ", []string{"-data", in.path("missing.csv")}},
		{"no such weights", 1, "missing.json: ", []string{"-weights", in.path("missing.json")}},
		{"data that are weights", 1, "weights.json: found JSON, expected lines such as", []string{"-data", weights}},
		{"weights that are data", 1, "mine.csv: found a file that begins with", []string{"-weights", flowers}},
		{"no flowers", 1, "standard input: ", []string{"-data", "-"}},
		{"five inputs", 1, "five.json: found a 5-2-3 network, expected 4 inputs, 1 to 16 hidden nodes and 3 outputs", []string{"-weights", five}},
		{"17 hidden nodes", 1, "wide.json: found a 4-17-3 network", []string{"-weights", in.save("wide.json", network.New(4, 17, 3, numpy.NewRandom(1)))}},
		{"scaled lengths", 1, "scaled.json: found weights for scaled lengths", []string{"-weights",
			in.write("scaled.json", strings.Replace(readText(t, weights), "{", `{"scaled": true, `, 1))}},
		{"weights that overflow", 1, "weights after the step: ", []string{"-weights", in.save("overflowing.json", nanWeights())}},
		{"hidden nodes", 2, "flag provided but not defined: -hidden", []string{"-weights", weights, "-hidden", "3"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkRefused(t, test.code, test.want, append([]string{"serve", "-addr", "127.0.0.1:0"}, test.args...)...)
			if test.code != 1 || strings.Contains(test.name, "17") {
				return
			}
			var out, stderr strings.Builder
			code := program(append([]string{"page", "-o", in.path("page.html")}, test.args...), strings.NewReader(""), &out, &stderr)
			if serve := run("", append([]string{"serve", "-addr", "127.0.0.1:0"}, test.args...)...); code != serve.Code || stderr.String() != serve.Err {
				t.Errorf("got %q from serve and %q from page, want the same", serve.Err, stderr.String())
			}
		})
	}
	checkRefused(t, 1, "found a 4-3-3 network, expected 2 hidden nodes, as -hidden says", "page", "-o", in.path("page.html"), "-weights", weights, "-hidden", "2")
}

// The command as a process: it warns of odd flowers, and a file that changes or goes while it
// runs changes nothing.
func TestServeFilesProcess(t *testing.T) {
	testkit.Processes(t)
	flowers, weights := ownFiles(t)
	if err := os.WriteFile(flowers, []byte(readText(t, flowers)+"51,3.5,1.4,0.2,Iris-setosa\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	server, url := startServer(t, testkit.Program(t, "serve", "-addr", "127.0.0.1:0", "-data", flowers, "-weights", weights))
	get := func() string {
		response, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != 200 {
			t.Fatalf("got status %d and the error %v, want the page", response.StatusCode, err)
		}
		return string(text)
	}
	page := get()
	for _, name := range []string{flowers, weights} {
		if !strings.Contains(page, "from "+walkthrough.Short(name)) {
			t.Errorf("got no %s on the page, want where it is from", filepath.Base(name))
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if get() != page {
		t.Error("got another page without the files, want the same")
	}
	warning := fmt.Sprintf(`^backprop: warning: %s: .*51.*\n$`, regexp.QuoteMeta(flowers))
	if got := server.Err.Text(); !regexp.MustCompile(warning).MatchString(got) {
		t.Errorf("got %q on standard error, want one line that warns of a sepal of 51 cm", got)
	}
}

// The form of a page with files asks for what is left to choose, and the page goes on from there.
func testOwnFiles(t *testing.T, b *browser) {
	flowers, weights := ownFiles(t)
	server := testkit.Start(t, testkit.Program(t, "serve", "-addr", "127.0.0.1:0", "-data", flowers, "-weights", weights))
	b.site = awaitLine(server, "The step page is at ")
	b.pages = b.site
	summary := func(what string, rows int, rate string) {
		t.Helper()
		b.awaitScript(what, `return document.querySelector(".summary")?.innerText ?? ""`, fmt.Sprintf("%d flowers from %s, 4-3-3 nodes, learning rate %s, weights from %s",
			rows, walkthrough.Short(flowers), rate, walkthrough.Short(weights)))
	}
	at := func(what, query string) {
		t.Helper()
		b.await(what, func() string { return strings.ReplaceAll(b.location(), "%2C", ",") }, b.site+"?"+query)
	}
	b.open("")
	summary("the start", 3, "0.1")
	b.click("summary")
	b.isVisible("the settings", ".fields .fixed")
	b.write("#field-flowers", "0-2,9")
	b.write("#field-rate", "0.5")
	b.click(".fields button")
	summary("the form", 4, "0.5")
	b.click(`a.travel[aria-label="step 2"]`)
	at("+1", "flowers=0-2,9&rate=0.5&step=2")
	summary("+1", 4, "0.5")
	b.click(`[id="new_weights_1-3-2"]`) // of the third hidden node
	at("a click", "flowers=0-2,9&rate=0.5&step=2#new_weights_1-3-2")
	b.isVisible("a click", "#panel h2")
}
