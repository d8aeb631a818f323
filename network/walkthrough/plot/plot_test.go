package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/network"
)

// historyOf returns a history with these training MSEs. The test MSE is half of
// it, the accuracy 0.25 and the test accuracy 0.75.
func historyOf(mse ...float64) network.History {
	h := make(network.History, len(mse))
	for i, v := range mse {
		h[i] = network.Record{MSE: v, Accuracy: 0.25, TestMSE: v / 2, TestAccuracy: 0.75}
	}
	return h
}

// fallingHistory returns a history whose MSE falls like 1/epoch.
func fallingHistory(epochs int) network.History {
	mse := make([]float64, epochs)
	for e := range mse {
		mse[e] = 1 / float64(e+3)
	}
	return historyOf(mse...)
}

var nan, inf = math.NaN(), math.Inf(1)

// plotHistories are what a picture has to cope with.
var plotHistories = []struct {
	name    string
	history network.History
}{
	{"empty", nil},
	{"one epoch", historyOf(0.2)},
	{"two epochs", historyOf(0.2, 0.1)},
	{"falling", fallingHistory(10000)},
	{"flat", historyOf(0.125, 0.125, 0.125)},
	{"zero", historyOf(0, 0)},
	{"NaN at the end", historyOf(0.2, 0.1, nan, nan)},
	{"infinite at the end", historyOf(0.2, 0.1, inf)},
	{"only NaN", historyOf(nan, nan)},
	{"NaN at first", historyOf(nan, 0.1)},
	{"below zero", historyOf(0.1, -0.1)},
	{"huge", historyOf(0.1, 1e299, math.MaxFloat64)},
	{"tiny", historyOf(1e-9, 5e-324)},
	{"smallest", historyOf(5e-324)},
}

// A svgElement is one element of a picture, with what it says.
type svgElement struct {
	name, text string
	attr       map[string]string
}

// plotOf returns the picture of the curves as it is written and as elements.
func plotOf(t *testing.T, curves ...Curve) (string, []svgElement) {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, curves); err != nil {
		t.Fatal(err)
	}
	return b.String(), elementsOf(t, b.String())
}

func elementsOf(t *testing.T, svg string) (elements []svgElement) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return elements
		}
		if err != nil {
			t.Fatalf("got %v, want well-formed XML", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := svgElement{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			elements = append(elements, e)
		case xml.CharData:
			if len(elements) > 0 {
				elements[len(elements)-1].text += strings.TrimSpace(string(token))
			}
		}
	}
}

// pathsOf returns the paths of a class in the panels, without the legend's.
func pathsOf(elements []svgElement, class string) []string {
	var paths []string
	for _, e := range elements {
		if d := e.attr["d"]; e.attr["class"] == class && !strings.HasSuffix(d, "h44") {
			paths = append(paths, d)
		}
	}
	return paths
}

func textsOf(elements []svgElement) []string {
	var texts []string
	for _, e := range elements {
		if e.name == "text" {
			texts = append(texts, e.text)
		}
	}
	return texts
}

func TestWriteStandsAloneAndStaysInside(t *testing.T) {
	point := regexp.MustCompile(`[ML]([^ MLHhmv]+) ([^ MLHhmv]+)`)
	for _, test := range plotHistories {
		t.Run(test.name, func(t *testing.T) {
			for _, curves := range [][]Curve{
				{{History: test.history}},
				{{Label: "rate 0.1", History: test.history}, {Label: "rate 1", History: fallingHistory(7)}},
			} {
				svg, elements := plotOf(t, curves...)
				width, _ := strconv.ParseFloat(elements[0].attr["width"], 64)
				height, _ := strconv.ParseFloat(elements[0].attr["height"], 64)
				if got, want := elements[0].attr["viewBox"], fmt.Sprintf("0 0 %g %g", width, height); got != want {
					t.Errorf("viewBox: got %q, want %q", got, want)
				}
				inside := func(what, x, y string) {
					fx, errX := strconv.ParseFloat(x, 64)
					fy, errY := strconv.ParseFloat(y, 64)
					if errX != nil || errY != nil || !(fx >= 0 && fx <= width && fy >= 0 && fy <= height) {
						t.Errorf("%s: got %s, %s, want a point in %g×%g", what, x, y, width, height)
					}
					if regexp.MustCompile(`\.\d\d\d`).MatchString(x + " " + y) {
						t.Errorf("%s: got %s, %s, want at most 2 decimals", what, x, y)
					}
				}
				for _, e := range elements {
					if e.name == "text" {
						inside(e.text, e.attr["x"], e.attr["y"])
					}
					for _, p := range point.FindAllStringSubmatch(e.attr["d"], -1) {
						inside(e.attr["class"], p[1], p[2])
					}
				}
				for _, bad := range []string{"<script", "href", "url(", "@import", "<image", "\r"} {
					if strings.Contains(svg, bad) {
						t.Errorf("got %q in it, want a picture that needs nothing else", bad)
					}
				}
			}
		})
	}
}

func TestWriteHasItsPieces(t *testing.T) {
	long, short := fallingHistory(10), fallingHistory(4)
	tests := []struct {
		name                     string
		curves                   []Curve
		want                     []string // texts
		wantNot                  []string
		trainingLines, testLines int
	}{
		{"none", nil, []string{"MSE", "accuracy in %", "epoch", "no epochs"}, []string{"training"}, 0, 0},
		{"empty", []Curve{{}}, []string{"training", "test", "no epochs"}, []string{""}, 2, 2},
		{"one", []Curve{{History: long}},
			[]string{"MSE", "accuracy in %", "epoch", "training", "test"}, []string{"no epochs", ""}, 2, 2},
		{"one with a label", []Curve{{Label: "rate 1", History: long}},
			[]string{"rate 1 training", "rate 1 test"}, []string{"training"}, 2, 2},
		{"two", []Curve{{Label: "rate 1", History: long}, {Label: "rate 2", History: short}},
			[]string{"training MSE", "training accuracy in %", "rate 1", "rate 2"}, []string{"no epochs", "test"}, 2, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			svg, elements := plotOf(t, test.curves...)
			texts := textsOf(elements)
			for _, want := range test.want {
				if !slices.Contains(texts, want) {
					t.Errorf("got the texts %q, want %q among them", texts, want)
				}
			}
			for _, bad := range test.wantNot {
				if slices.Contains(texts, bad) {
					t.Errorf("got the texts %q, want %q not among them", texts, bad)
				}
			}
			if got := len(pathsOf(elements, "line c0")); got != test.trainingLines {
				t.Errorf("solid lines: got %d, want %d", got, test.trainingLines)
			}
			if got := len(pathsOf(elements, "line c1 test")); got != test.testLines {
				t.Errorf("dashed lines: got %d, want %d", got, test.testLines)
			}
			for _, want := range []string{"<title id=", "<desc id=", "prefers-color-scheme: dark", `<rect class="paper"`} {
				if !strings.Contains(svg, want) {
					t.Errorf("got no %s", want)
				}
			}
		})
	}
}

// Screen readers get the numbers.
func TestWriteDescribes(t *testing.T) {
	_, elements := plotOf(t, Curve{Label: "rate 1", History: historyOf(0.2, 0.1)}, Curve{Label: "rate 2"})
	want := "rate 1 training: 2 epochs. MSE from 0.2000 to 0.1000, accuracy from 25.0 % to 25.0 %. " +
		"Test set: MSE from 0.1000 to 0.0500, accuracy from 75.0 % to 75.0 %. rate 2 training: 0 epochs."
	if got := elements[2].text; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The upper panel is from y = 82 to 282, the lower one from 378 to 578; both
// are from x = 84 to 684.
func TestWriteLines(t *testing.T) {
	tests := []struct {
		name     string
		history  network.History
		class    string
		mse, acc string
	}{
		{"training", historyOf(0.2, 0.1, 0), "line c0",
			"M84.0 82.0L384.0 182.0L684.0 282.0", "M84.0 528.0L384.0 528.0L684.0 528.0"},
		{"test", historyOf(0.2, 0.1, 0), "line c1 test",
			"M84.0 182.0L384.0 232.0L684.0 282.0", "M84.0 428.0L384.0 428.0L684.0 428.0"},
		{"one epoch", historyOf(0.2), "line c0", "M84.0 82.0", "M84.0 528.0"},
		{"NaN in the middle", historyOf(0.2, nan, 0.1), "line c0",
			"M84.0 82.0M684.0 182.0", "M84.0 528.0L384.0 528.0L684.0 528.0"},
		{"NaN at the end", historyOf(0.2, 0.1, nan), "line c0",
			"M84.0 82.0L384.0 182.0", "M84.0 528.0L384.0 528.0L684.0 528.0"},
		{"infinite at the end", historyOf(0.2, 0.1, inf), "line c0",
			"M84.0 82.0L384.0 182.0", "M84.0 528.0L384.0 528.0L684.0 528.0"},
		{"zero", historyOf(0, 0), "line c0", "M84.0 282.0L684.0 282.0", "M84.0 528.0L684.0 528.0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, elements := plotOf(t, Curve{History: test.history})
			got, want := pathsOf(elements, test.class), []string{test.mse, test.acc}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// The shorter of two curves ends where its epochs do, and begins with its first
// marker further on than the other.
func TestWriteLengthsDiffer(t *testing.T) {
	_, elements := plotOf(t,
		Curve{Label: "long", History: historyOf(0.2, 0.2, 0.2, 0.2, 0.2)},
		Curve{Label: "short", History: historyOf(0.1, 0.1, 0.1)})
	if got, want := pathsOf(elements, "line c0")[0], "M84.0 82.0L234.0 82.0L384.0 82.0L534.0 82.0L684.0 82.0"; got != want {
		t.Errorf("long: got %q, want %q", got, want)
	}
	if got, want := pathsOf(elements, "line c1")[0], "M84.0 182.0L234.0 182.0L384.0 182.0"; got != want {
		t.Errorf("short: got %q, want %q", got, want)
	}

	_, elements = plotOf(t, Curve{History: fallingHistory(1201)}, Curve{History: fallingHistory(1201)})
	for class, want := range map[string]string{"mark c0": "M84.0 ", "mark c1": "M134.0 "} { // half of a sixth of 600
		marks := pathsOf(elements, class)
		if got := marks[len(marks)-1]; !strings.HasPrefix(got, want) || strings.Count(got, "M") != 6 {
			t.Errorf("%s: got %.20q… with %d markers, want %q… with 6", class, got, strings.Count(got, "M"), want)
		}
	}
}

func TestWriteThinsOut(t *testing.T) {
	const epochs, peak, dip = 1_000_000, 123_456, 765_432
	mse := make([]float64, epochs)
	for e := range mse {
		mse[e] = 0.1 + float64(0.01*float64(e%2)) // it oscillates
	}
	mse[peak], mse[dip] = 0.2, 0
	mse[0], mse[epochs-1] = 0.104, 0.106
	svg, elements := plotOf(t, Curve{History: historyOf(mse...)})
	line := pathsOf(elements, "line c0")[0]
	if got := strings.Count(line, "L") + 1; got < 500 || got > 600 {
		t.Errorf("got %d points, want 500 to 600", got)
	}
	if len(svg) > 50_000 {
		t.Errorf("got %d bytes, want at most 50000", len(svg))
	}
	for _, want := range []string{
		"M84.0 178.0L", // the first
		"L158.1 82.0L", // the peak
		"L543.3 282.0L",
		"L684.0 176.0", // the last
	} {
		if !strings.Contains(line, want) {
			t.Errorf("got no %s", want)
		}
	}
	if high, low := strings.Count(line, " 172.0"), strings.Count(line, " 182.0"); high < 290 || low < 290 {
		t.Errorf("got %d highs and %d lows, want one of each in every stretch", high, low)
	}
}

func TestWriteThinningKeepsShortOnes(t *testing.T) {
	for _, epochs := range []int{1, 2, 299, 597} {
		_, elements := plotOf(t, Curve{History: fallingHistory(epochs)})
		if got := strings.Count(pathsOf(elements, "line c0")[0], " "); got != epochs {
			t.Errorf("got %d points, want all %d", got, epochs)
		}
	}
	h := fallingHistory(5000)
	h[2000].MSE = nan
	_, elements := plotOf(t, Curve{History: h})
	if got := strings.Count(pathsOf(elements, "line c0")[0], "M"); got != 2 {
		t.Errorf("got %d pieces, want 2, with a gap between them", got)
	}
}

func TestMSETicks(t *testing.T) {
	for _, test := range []struct {
		highest, tick float64
		ticks         int
	}{
		{0, 0.5, 2}, {1, 0.5, 2}, {0.139, 0.05, 3}, {0.15, 0.05, 3}, {0.151, 0.05, 4}, {0.2, 0.05, 4}, {0.21, 0.1, 3}, {0.5, 0.2, 3},
		{0.00037, 0.0001, 4}, {30, 10, 3}, {nan, 0.5, 2},
	} {
		if tick, ticks := mseTicks([]line{{}, {mse: []float64{nan, 0, test.highest, 0}}}); float32(tick) != float32(test.tick) || ticks != test.ticks {
			t.Errorf("highest MSE %g: got %d ticks of %g, want %d of %g", test.highest, ticks, tick, test.ticks, test.tick)
		}
	}
}

func TestEpochTicks(t *testing.T) {
	for _, test := range []struct {
		epochs int
		want   []int
	}{
		{0, nil}, {1, []int{1}}, {2, []int{1, 2}}, {5, []int{1, 2, 3, 4, 5}}, {7, []int{1, 2, 4, 6}}, {10, []int{1, 2, 4, 6, 8, 10}},
		{11, []int{1, 5, 10}}, {130, []int{1, 50, 100}}, {10000, []int{1, 2000, 4000, 6000, 8000, 10000}},
		{1000000, []int{1, 200000, 400000, 600000, 800000, 1000000}},
	} {
		if got := epochTicks(test.epochs); !slices.Equal(got, test.want) {
			t.Errorf("%d epochs: got the ticks %v, want %v", test.epochs, got, test.want)
		}
	}
}

// Each tick has its number, of the MSE, of the accuracy and, below each, of the epochs.
func TestWriteNamesTheTicks(t *testing.T) {
	_, elements := plotOf(t, Curve{History: historyOf(0.139, 0.12, 0.1)})
	got := strings.Join(textsOf(elements)[2:], " ") // without the legend's
	if want := "MSE 0 0.05 0.1 0.15 1 2 3 epoch accuracy in % 0 20 40 60 80 100 1 2 3 epoch"; got != want {
		t.Errorf("got the texts %s, want %s", got, want)
	}
}

// Without colour, the lines differ in their markers.
func TestWriteMarksEachLine(t *testing.T) {
	var curves []Curve
	for i := range MaxCurves {
		curves = append(curves, Curve{Label: fmt.Sprint(i), History: fallingHistory(100)})
	}
	_, elements := plotOf(t, curves...)
	shapes := map[string]bool{}
	outline := regexp.MustCompile(`^M\S+ \S+?m(.*?z)`)
	for _, e := range elements {
		if strings.HasPrefix(e.attr["class"], "mark ") {
			shapes[outline.FindStringSubmatch(e.attr["d"])[1]] = true
		}
	}
	if len(shapes) != MaxCurves {
		t.Errorf("got %d shapes of markers, want %d", len(shapes), MaxCurves)
	}
}

func TestWriteEscapes(t *testing.T) {
	const label = `<b>&"rate' 1</b>`
	svg, elements := plotOf(t, Curve{Label: label, History: historyOf(1)}, Curve{Label: "2"})
	if texts := textsOf(elements); !slices.Contains(texts, label) {
		t.Errorf("got the texts %q, want %q among them", texts, label)
	}
	if !strings.HasPrefix(elements[2].text, label) || strings.Contains(svg, "<b>") {
		t.Errorf("got the description %q, want it to begin with %q, escaped", elements[2].text, label)
	}
}

// The checksum was made on amd64 and must be right on other processors too.
func TestWriteIsTheSameEverywhere(t *testing.T) {
	curves := []Curve{{Label: "1", History: fallingHistory(997)}, {Label: "2", History: fallingHistory(1009)}}
	svg, elements := plotOf(t, curves...)
	if again, _ := plotOf(t, curves...); again != svg {
		t.Error("got another picture the second time, want the same")
	}
	lines := strings.Join(append(pathsOf(elements, "line c0"), pathsOf(elements, "mark c1")...), "\n")
	if got, want := crc32.ChecksumIEEE([]byte(lines)), uint32(0x77f8fa10); got != want {
		t.Errorf("got the checksum %#x, want %#x", got, want)
	}
}

// brokenWriter fails.
type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestPicturesReportErrors(t *testing.T) {
	for _, h := range []network.History{nil, historyOf(1)} {
		if err := Write(brokenWriter{}, []Curve{{History: h}}); err != io.ErrClosedPipe {
			t.Errorf("Write: got %v, want %v", err, io.ErrClosedPipe)
		}
		if err := WriteSketch(brokenWriter{}, h); err != io.ErrClosedPipe {
			t.Errorf("WriteSketch: got %v, want %v", err, io.ErrClosedPipe)
		}
	}
}

func sketchOf(t *testing.T, h network.History) []string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteSketch(&b, h); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(b.String(), "\n") {
		t.Errorf("got %q, want a line end at the end", b.String())
	}
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

func TestWriteSketchFits(t *testing.T) {
	histories := append(slices.Clone(plotHistories), struct {
		name    string
		history network.History
	}{"a million epochs", fallingHistory(1_000_000)})
	for _, test := range histories {
		lines := sketchOf(t, test.history)
		if len(lines) > 14 {
			t.Errorf("%s: got %d lines, want at most 14", test.name, len(lines))
		}
		testkit.Screen(t, strings.Join(lines, "\n")+"\n")
	}
	if got, want := sketchOf(t, nil), []string{"MSE: no epochs"}; !slices.Equal(got, want) {
		t.Errorf("empty: got %q, want %q", got, want)
	}
}

func TestWriteSketch(t *testing.T) {
	h := historyOf(0.2, 0.1, nan, 0.05, 0.001)
	h[1].TestMSE = 0.101 // in the same cell
	const want = `
MSE over the epochs:  * training  o test  @ both
     0.2 |*
         |
    0.15 |
         |
     0.1 |o               @
         |
    0.05 |                                                *
         |                                                o
       0 |----------------------------------------------------------------@
          1               2               3               4               5
`
	if got := "\n" + strings.Join(sketchOf(t, h), "\n") + "\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}

	lines := sketchOf(t, fallingHistory(1001))
	numbers := strings.Repeat(" ", 10) + "1" + strings.Repeat(" ", 30) + "500" + strings.Repeat(" ", 28) + "1000"
	if got := lines[len(lines)-1]; got != numbers {
		t.Errorf("numbers: got %q, want %q", got, numbers)
	}
}
