package ci

import (
	"backprop/data/testkit"
	"backprop/matrix"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// Every output in the README is what the program prints. A line of … stands
// for lines left out.
func TestREADMEOutputs(t *testing.T) {
	text := testkit.Text(t, "README.md")
	folder := t.TempDir()
	blocks := regexp.MustCompile("(?ms)^```console\n(.*?)^```$").FindAllStringSubmatch(text, -1)
	shown := 0
	for _, block := range blocks {
		for _, part := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, want, _ := strings.Cut(part, "\n")
			args, isRun := strings.CutPrefix(command+" ", "go run . ")
			if !isRun || args == "workshop " {
				continue // go test, go run ./try and the workshop have tests of their own
			}
			shown++
			got := mustPrint(t, folder, strings.Fields(args)...)
			if pattern := outputPattern(want); !pattern.MatchString(got) {
				t.Errorf("README.md: $ %s: got\n%s\nwant\n%s", command, got, want)
			}
		}
	}
	if shown < 2 {
		t.Errorf("README.md: got %d outputs of go run ., want at least two", shown)
	}
	// The picture is the one that the README's command draws.
	got, err := os.ReadFile(filepath.Join(folder, "training.svg"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(testkit.Path("network/walkthrough/plot/training.svg"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("network/walkthrough/plot/training.svg is not what train -plot draws")
	}
}

// The stops of the debugger that the README shows are where they are said to be,
// with the numbers of the pass.
func TestREADMEStops(t *testing.T) {
	_, text, _ := strings.Cut(testkit.Text(t, "README.md"), "## Step through it")
	text, _, _ = strings.Cut(text, "\n## ")
	source := testkit.Text(t, "network/network.go")
	var s testkit.Step
	if err := json.Unmarshal([]byte(mustPrint(t, t.TempDir(), "step", "-json")), &s); err != nil {
		t.Fatal(err)
	}
	stops := regexp.MustCompile(`(?s)\./network/network\.go:… …\n\tp\.(\w+): [^\n]*\n(.*?)\n\t\]\n(.*?)(?:\(dlv\)|$)`).FindAllStringSubmatch(text, -1)
	if len(stops) != 3 {
		t.Fatalf("got %d stops, want 3", len(stops))
	}
	names := map[string]string{"X": "x", "HiddenLayerInputs": "hidden_layer_inputs", "HiddenLayerOutputs": "hidden_layer_outputs"}
	last := 0
	for _, stop := range stops {
		if arrow := regexp.MustCompile(`(?m)^=>  …:\t\t(.*?) +// …$`).FindStringSubmatch(stop[3]); arrow != nil {
			equation, _, _ := strings.Cut(arrow[1], "(") // whatever the receiver is called
			at := strings.Index(source, "\t"+equation+"(")
			if at <= last {
				t.Errorf("stop at %s: got %q at %d in network.go, want it there, after %d", stop[1], arrow[1], at, last)
			}
			last = at
		}
		var printed matrix.Matrix
		rows := strings.NewReplacer("\t", "", "\n", "").Replace(stop[2])
		if err := json.Unmarshal([]byte("["+strings.TrimSuffix(rows, ",")+"]"), &printed); err != nil {
			t.Fatalf("%s: %v", rows, err)
		}
		if want := matrix.Matrix(s.Matrices[names[stop[1]]]); !reflect.DeepEqual(printed, want) {
			t.Errorf("%s: got %v, want %v", stop[1], printed, want)
		}
	}
}

// The commands that the workshop's guide names can be run.
func TestWorkshopCommands(t *testing.T) {
	guide := testkit.Text(t, "network/workshop/WORKSHOP.md")
	folder := t.TempDir()
	run := 0
	for _, command := range regexp.MustCompile("(?m)(?:`|^ +)go run \\. ([^`\n]*)").FindAllStringSubmatch(guide, -1) {
		args := strings.Fields(command[1])
		switch args[0] {
		case "step", "explain", "check", "train", "descend", "page":
			mustPrint(t, folder, args...)
			run++
		case "serve", "workshop": // which wait, or are for the exercises
			mustPrint(t, folder, args[0], "-h")
		default:
			t.Errorf("got the command %q, want one of ours", command[0])
		}
	}
	if run < 10 {
		t.Errorf("got %d commands, want more", run)
	}
}

// outputPattern returns a pattern for the output that the README shows.
func outputPattern(shown string) *regexp.Regexp {
	quoted := regexp.QuoteMeta("\n" + strings.TrimRight(shown, "\n") + "\n")
	pattern := strings.Trim(strings.ReplaceAll(quoted, "\n…\n", "\n(?s:.*\n)?"), "\n")
	return regexp.MustCompile(`^` + pattern + `\n?$`)
}

// The README's program is put where the README says, without touching this
// folder, and run as the README says.
func TestREADMEProgram(t *testing.T) {
	text := testkit.Text(t, "README.md")
	program := regexp.MustCompile("(?ms)^```go\n(package main.*?)^```$").FindStringSubmatch(text)
	output := regexp.MustCompile("(?ms)^\\$ go run ./try\n(.*?)^```$").FindStringSubmatch(text)
	if program == nil || output == nil {
		t.Fatal("README.md: got no program with its output")
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "main.go")
	if err := os.WriteFile(file, []byte(program[1]), 0o666); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{testkit.Path("try/main.go"): file}})
	if err != nil {
		t.Fatal(err)
	}
	overlayFile := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(overlayFile, overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "-overlay", overlayFile, "./try")
	cmd.Dir = testkit.Path("")
	cmd.Env = append(os.Environ(), "GOARCH="+runtime.GOARCH)
	if got := testkit.Run(t, cmd); got.Code != 0 || got.Out != output[1] {
		t.Errorf("got exit code %d, %q and\n%s\nwant\n%s", got.Code, got.Err, got.Out, output[1])
	}
}
