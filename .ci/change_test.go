package ci

// What the README says under "Change it yourself" is tried here: the lines that it prints
// are put into copies of the sources, and the copies compute its numbers.

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"backprop/data/testkit"
)

// trial is what each changed copy of the packages computes. MAZUR stands for what only the
// net with biases does.
const trial = `package trial

import (
	"fmt"
	"strings"

	"backprop/data"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network/testdata/change/NAME/iris"
	"backprop/network/testdata/change/NAME/network"
)

var _ matrix.Matrix

func Run(seed uint32, inputs, hidden int, isToTrain bool) {
	all, err := iris.Read(strings.NewReader(data.Iris))
	check(err)
	three, err := all.Pick(1, 51, 101)
	check(err)
	net := network.New(inputs, hidden, 3, numpy.NewRandom(seed))
	p, err := net.NewPass(three.Features(), three.Labels())
	check(err)
	worst := 0.0
	derivatives := net.CheckGradients(p, 0.001)
	for _, d := range derivatives {
		worst = max(worst, d.RelativeError())
	}
	fmt.Printf("%d derivatives, the worst relative error is %.0e\n", len(derivatives), worst)
	if !isToTrain {
		return
	}

	learn, keep, err := all.Split(20, numpy.NewRandom(4))
	check(err)
	train, err := net.NewPass(learn.Features(), learn.Labels())
	check(err)
	test, err := net.NewPass(keep.Features(), keep.Labels())
	check(err)
	history, _ := net.Train(train, test, 0.1, network.Rules{Epochs: 10000}, nil)
	net.Feedforward(test)
	fmt.Printf("| %.6f | %.6f | %.2f |\n", history[999].MSE, history[9999].MSE, test.Accuracy())
	taken := 0
	for i := range test.Y {
		if test.Labelled(i) == int(iris.Virginica) && test.Predicted(i) == int(iris.Versicolor) {
			taken++
		}
	}
	fmt.Printf("%d virginicas for versicolors\n", taken)
	MAZUR
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
`

// mazurTrial is the example of published_test.go in a net with biases. The third hidden node
// outputs 1, whatever its weights are.
const mazurTrial = `
	his := &network.Network{
		Weights1: matrix.Matrix{{0.15, 0.25, 0}, {0.20, 0.30, 0}, {0.35, 0.35, 0}},
		Weights2: matrix.Matrix{{0.40, 0.50}, {0.45, 0.55}, {0.60, 0.60}},
	}
	p, err = his.NewPass(matrix.Matrix{{0.05, 0.10, 1}}, matrix.Matrix{{0.01, 0.99}})
	check(err)
	his.Feedforward(p)
	his.Backpropagate(p)
	his.Descend(p, 0.5*2) // his η, times N
	fmt.Printf("outputs %.6f and %.6f\n", p.OutputLayerOutputs[0][0], p.OutputLayerOutputs[0][1])
	w, v := his.Weights1, his.Weights2
	fmt.Printf("w1 to w8 %.6f\n", []float64{w[0][0], w[1][0], w[0][1], w[1][1], v[0][0], v[1][0], v[0][1], v[1][1]})
`

// Every change of the README can be made as it is printed there: it compiles, its gradient
// is the measured one, and what the README says to expect comes out.
func TestREADMEChanges(t *testing.T) {
	_, section, _ := strings.Cut(testkit.Text(t, "README.md"), "\n## Change it yourself\n")
	section, _, _ = strings.Cut(section, "\n## ")
	hunks := map[string][]hunk{} // by the heading
	for _, part := range strings.Split(section, "\n### ")[1:] {
		heading, text, _ := strings.Cut(part, "\n")
		hunks[heading] = readHunks(t, text)
	}
	tanh := hunks["Tanh in the hidden layer"]
	if len(hunks) != 4 || len(tanh) != 3 {
		t.Fatalf("README.md: got the changes %v, want four, of which tanh has three places", hunks)
	}

	trials := []struct {
		name           string
		change         []hunk
		seed           uint32
		inputs, hidden int
		row            string   // how its row in the table begins; "" for a wrong gradient
		wants          []string // what it also prints, besides its row
		said           []string // what the README says of that
	}{
		{"none", nil, 10, 4, 2, "| none | `train` ", nil, nil},
		{"minibatches", hunks["Mini-batches"], 10, 4, 2, "| mini-batches | `train` ", nil, nil},
		{"tanh", tanh, 10, 4, 2, "| tanh | `train` ",
			[]string{"7 virginicas for versicolors"},
			[]string{"all 7 virginicas of the\ntest set for versicolors"}},
		{"forwardonly", tanh[:2], 10, 4, 2, "", nil, nil},
		{"backwardonly", []hunk{tanh[0], tanh[2]}, 10, 4, 2, "", nil, nil},
		{"none1", nil, 1, 4, 2, "| none | `train -seed 1` ", nil, nil},
		{"biases10", hunks["Biases"], 10, 5, 3, "| biases | `train -hidden 3` ", nil, nil},
		{"biases", hunks["Biases"], 1, 5, 3, "| biases | `train -seed 1 -hidden 3` ",
			[]string{"outputs 0.751365 and 0.772928", "w1 to w8 [0.149781 0.199561 0.249751 0.299502 0.358916 0.408666 0.511301 0.561370]"},
			[]string{"the outputs are 0.751365 and 0.772928", "his first weight\ngoes from 0.15 to 0.149781"}},
		{"secondlayer", hunks["A second hidden layer"], 10, 4, 2, "| second hidden layer | `train` ",
			[]string{"18 derivatives"},
			[]string{"`check` now measures 18 derivatives, 4 more than before"}},
	}
	files := virtualFiles{}
	var imports, calls strings.Builder
	for _, net := range trials {
		files.addCopy(t, net.name, net.change)
		mazur := ""
		if net.name == "biases" {
			mazur = mazurTrial
		}
		program := strings.NewReplacer("NAME", net.name, "MAZUR", mazur).Replace(trial)
		files["network/testdata/change/"+net.name+"/trial.go"] = program
		fmt.Fprintf(&imports, "import %s %q\n", net.name, "backprop/network/testdata/change/"+net.name)
		fmt.Fprintf(&calls, "\tprintln(); %s.Run(%d, %d, %d, %t)\n", net.name, net.seed, net.inputs, net.hidden, net.row != "")
	}
	files["network/testdata/change/main.go"] = "package main\n" +
		imports.String() + "import \"fmt\"\nfunc println() { fmt.Println(\"=\") }\nfunc main() {\n" + calls.String() + "}\n"

	got := strings.Split(files.run(t), "=\n")[1:]
	if len(got) != len(trials) {
		t.Fatalf("got the output of %d changed nets, want %d: %q", len(got), len(trials), got)
	}
	for i, net := range trials {
		var count int
		var worst float64
		fmt.Sscanf(got[i], "%d derivatives, the worst relative error is %g", &count, &worst)
		if net.row == "" {
			if !(worst > 1e-2) {
				t.Errorf("%s: got worst relative error %.2g, want more than 1e-2", net.name, worst)
			}
			continue
		}
		if count == 0 || !(worst < 1e-7) {
			t.Errorf("%s: got worst relative error %.2g of %d derivatives, want less than 1e-7", net.name, worst, count)
		}
		numbers := regexp.MustCompile(`(?m)^\|.*\|$`).FindString(got[i])
		if row := net.row + numbers; numbers == "" || !strings.Contains(section, row+"\n") {
			t.Errorf("README.md: want the row\n%s", row)
		}
		for _, want := range net.wants {
			if !strings.Contains(got[i], want) {
				t.Errorf("%s: got\n%s\nwant %q in it", net.name, got[i], want)
			}
		}
		for _, want := range net.said {
			if flat := strings.Join(strings.Fields(section), " "); !strings.Contains(flat, strings.Join(strings.Fields(want), " ")) {
				t.Errorf("README.md: want %q", want)
			}
		}
	}
}

// A hunk is a change in one place: after @@ file: name @@, a function or type, come its
// lines, as in a diff.
type hunk struct {
	file, name string // without a name, the whole file
	lines      []string
}

// readHunks returns the hunks of the diff in text.
func readHunks(t *testing.T, text string) (list []hunk) {
	t.Helper()
	_, diff, _ := strings.Cut(text, "\n```diff\n")
	diff, _, _ = strings.Cut(diff, "\n```\n")
	for _, line := range strings.Split(diff, "\n") {
		if header, isHeader := strings.CutPrefix(line, "@@ "); isHeader {
			file, name, _ := strings.Cut(strings.TrimSuffix(header, " @@"), ": ")
			list = append(list, hunk{file: file, name: name})
			continue
		}
		if len(list) == 0 || line == "" || !strings.Contains("+- \t", line[:1]) {
			t.Fatalf("README.md: got the line %q in a diff", line)
		}
		last := &list[len(list)-1]
		last.lines = append(last.lines, line)
	}
	return list
}

// apply returns the source with the hunk's change. A line is found by its code: blanks and
// the comment at its end do not count. Lines that come after no other are put at the end.
func (h hunk) apply(t *testing.T, source string) string {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(source, "\n"), "\n")
	begin, end := 0, len(lines)
	if h.name != "" {
		head := regexp.MustCompile(`^(func (\(.*?\) )?|type )` + h.name + `\b`)
		begin = slices.IndexFunc(lines, head.MatchString)
		if begin < 0 {
			t.Fatalf("%s: got no %s, which README.md changes", h.file, h.name)
		}
		end = begin + slices.Index(lines[begin:], "}")
	}
	receiver := "net" // in the README
	if found := regexp.MustCompile(`(?m)^func \((\w+) \*Network\)`).FindStringSubmatch(source); found != nil {
		receiver = found[1]
	}
	at := end
	for i, line := range h.lines {
		mark, text := line[0], regexp.MustCompile(`\bnet\.`).ReplaceAllString(line[1:], receiver+".")
		if mark == '+' {
			lines = slices.Insert(lines, at, text)
			at, end = at+1, end+1
			continue
		}
		if i == 0 {
			at = begin
		}
		found := slices.IndexFunc(lines[at:end], func(l string) bool { return code(l) == code(text) })
		if found < 0 {
			t.Fatalf("%s: got no line %q in %s, which README.md names", h.file, text, h.name)
		}
		at += found
		if mark == '-' {
			lines = slices.Delete(lines, at, at+1)
			end--
		} else {
			at++
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// code returns a line without blanks around it, in a row or before its comment.
func code(line string) string {
	line, _, _ = strings.Cut(line, " // ")
	return strings.Join(strings.Fields(line), " ")
}

// virtualFiles are files of the project that exist only for the go command, by their paths.
type virtualFiles map[string]string

// addCopy adds a changed copy of the packages iris and network.
func (v virtualFiles) addCopy(t *testing.T, name string, change []hunk) {
	t.Helper()
	folder := "network/testdata/change/" + name + "/"
	for _, of := range []string{"iris", "network"} {
		files, err := filepath.Glob(testkit.Path(of) + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: got no files, %v", of, err)
		}
		for _, file := range files {
			if path := of + "/" + filepath.Base(file); !strings.HasSuffix(path, "_test.go") {
				v[folder+path] = testkit.Text(t, path)
			}
		}
	}
	for _, h := range change {
		if v[folder+h.file] == "" {
			t.Fatalf("got no file %s, which README.md changes", h.file)
		}
		v[folder+h.file] = h.apply(t, v[folder+h.file])
	}
}

// run runs network/testdata/change/main.go and returns what it printed.
func (v virtualFiles) run(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	replace := map[string]string{}
	for path, text := range v {
		file := filepath.Join(folder, strings.ReplaceAll(path, "/", "_"))
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		replace[testkit.Path(path)] = file
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	overlayFile := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(overlayFile, overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "-overlay", overlayFile, "./network/testdata/change")
	cmd.Dir = testkit.Path(".")
	cmd.Env = append(os.Environ(), "GOARCH="+runtime.GOARCH)
	got := testkit.Run(t, cmd)
	if got.Code != 0 {
		t.Fatalf("got exit code %d and\n%s", got.Code, got.Err)
	}
	return got.Out
}
