package checker

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// -reset takes an exercise back to its start, and keeps what was there.
func TestReset(t *testing.T) {
	p := newProject(t)
	p.mustSay([]string{"-reset", "1"}, "Exercise 1, Dot, is as at the start already.")
	first := slips[0].body
	p.save(with(t, startText, "Dot", first))
	p.mustSay([]string{"-reset", "1"}, "Exercise 1, Dot, is as at the start again. What you had is kept in network/workshop/kept_Dot_1.txt")
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(p.folder(), name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if got := read(file); got != startText {
		t.Errorf("got\n%s\nwant the file as it was at the start", got)
	}
	second := strings.Replace(first, "= x[i][k]", "= 2 * x[i][k]", 1)
	p.save(with(t, startText, "Dot", second))
	if r := p.workshopIn(p.folder(), "-reset", "1"); r.Code != 0 || !strings.Contains(r.Out, "kept_Dot_2.txt") {
		t.Errorf("in a folder below: got %+v, want the second file", r)
	}
	for name, body := range map[string]string{"kept_Dot_1.txt": first, "kept_Dot_2.txt": second} {
		kept := read(name)
		if !strings.HasSuffix(kept, "matrix.Matrix "+body+"\n") || !strings.HasPrefix(kept, "// Dot is exercise 1") {
			t.Errorf("%s: got\n%s\nwant the comment and\n%s", name, kept, body)
		}
	}
	if left, err := filepath.Glob(filepath.Join(p.folder(), "*.tmp")); err != nil || len(left) > 0 {
		t.Errorf("got the files %v, want none left", left)
	}

	// A function that is gone, or another one, is put back.
	from, to := parse(startText).span("Transpose")
	for name, text := range map[string]string{
		"gone":             startText[:from] + startText[to:],
		"renamed":          strings.Replace(with(t, startText, "HiddenLayerError", "{\n\treturn Transpose(weights2)\n}"), "func Transpose(", "func Transposed(", 1),
		"other parameters": strings.Replace(startText, "func Transpose(x matrix.Matrix) matrix.Matrix", "func Transpose(x, y matrix.Matrix) matrix.Matrix", 1),
	} {
		t.Run(name, func(t *testing.T) {
			p.t = t
			p.save(text)
			p.mustSay(nil, "Exercise 2, Transpose, is no longer there, or it has other parameters", "go run . workshop -reset 2")
			p.mustSay([]string{"-reset", "2"}, "Exercise 2, Transpose, is")
			if s := parse(read(file)); s.head("Transpose") != parse(startText).head("Transpose") || !s.empty("Transpose") {
				t.Errorf("got\n%s\nwant Transpose as at the start", s.text)
			}
		})
	}
}

// Whatever has become of the file, -reset gets it back, and keeps what was there.
func TestResetBrokenFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, file)
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	body := func(text, name, body string) string { return with(t, text, name, body) }
	full := solved(t, startText)
	windows := strings.ReplaceAll(full, "\n", "\r\n")
	for _, test := range []struct {
		name, exercise, text, want string
		kept                       string // what the kept file has, and no more
	}{
		{"right", "MSE", full, body(full, "MSE", "{\n\treturn 0\n}"), ""},
		{"a brace missing", "Sigmoid", body(full, "Sigmoid", "{\n\tif z > 0 {\n\treturn 1\n}"), body(full, "Sigmoid", "{\n\treturn 0\n}"), "\tif z > 0 {\n\treturn 1\n}\n"},
		{"a brace too many", "Sigmoid", body(full, "Sigmoid", "{\n\treturn 1\n}\n}"), body(full, "Sigmoid", "{\n\treturn 0\n}"), "\treturn 1\n}\n}\n"},
		{"no func", "Sigmoid", strings.Replace(full, "func Sigmoid(", "def Sigmoid(", 1), body(full, "Sigmoid", "{\n\treturn 0\n}"), "\n}\n"},
		{"all braces missing", "Sigmoid", body(full, "Sigmoid", "{\n\treturn 1\n"), body(full, "Sigmoid", "{\n\treturn 0\n}"), "\treturn 1\n"},
		{"the next one's comment gone", "Sigmoid", strings.Replace(body(full, "Sigmoid", "{\n\treturn (\n}"), "// HiddenLayer is exercise 4", "// 4", 1), strings.Replace(body(full, "Sigmoid", "{\n\treturn 0\n}"), "// HiddenLayer is exercise 4", "// 4", 1), ""},
		{"a helper below", "Sigmoid", strings.Replace(body(full, "Sigmoid", "{\n\treturn (\n}"), "// HiddenLayer is", "// own halves.\nfunc own(v float64) float64 { return v / 2 }\n\nvar rate = 0.1\n\n// HiddenLayer is", 1),
			strings.Replace(body(full, "Sigmoid", "{\n\treturn 0\n}"), "// HiddenLayer is", "// own halves.\nfunc own(v float64) float64 { return v / 2 }\n\nvar rate = 0.1\n\n// HiddenLayer is", 1), ""},
		{"the last", "Train", strings.TrimRight(body(full, "Train", "{\n\tfor (\n"), "\n"), body(full, "Train", "{\n\treturn nil, nil\n}"), "\tfor (\n"},
		{"Windows", "MSE", windows, strings.ReplaceAll(body(full, "MSE", "{\n\treturn 0\n}"), "\n", "\r\n"), "\treturn sum / float64(2*n)\r\n}\n"},
		{"Windows, everything", "", windows, strings.ReplaceAll(startText, "\n", "\r\n"), windows + "\n"},
		{"everything", "", "no Go at all", startText, "no Go at all\n"},
		{"the exercise is all there is", "Dot", "package workshop\n", "package workshop\n\n" + startText[start1("Dot"):end1("Dot")] + "\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := os.WriteFile(path, []byte(test.text), 0o666); err != nil {
				t.Fatal(err)
			}
			changed, kept, err := reset(dir, test.exercise)
			if err != nil || !changed {
				t.Fatalf("got %v, %v", changed, err)
			}
			if got := read(file); strings.TrimSpace(got) != strings.TrimSpace(test.want) && squeezed(got) != squeezed(test.want) {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if kept != "" && !strings.HasSuffix(read(filepath.Base(kept)), test.kept) {
				t.Errorf("kept: got\n%q\nwant at its end\n%q", read(filepath.Base(kept)), test.kept)
			}
			if changed, _, err := reset(dir, test.exercise); changed || err != nil {
				t.Errorf("once more: got %v, %v, want no change", changed, err)
			}
		})
	}
	for _, test := range []struct{ name, text, says string }{
		{"twice", full + "\nfunc Dot() {}\n", "found func Dot twice, expected it once"},
		{"a variable", strings.Replace(full, "func Dot(x, y matrix.Matrix) matrix.Matrix {", "var Dot = func(x, y matrix.Matrix) matrix.Matrix {", 1), "found Dot as a variable"},
		{"no comment, and no Go", strings.Replace(full, "// Dot is exercise 1", "// (", 1) + "\n}\n", "the comment above Dot is gone"},
		{"UTF-16", "p\x00a\x00c\x00", "found bytes that are no text in UTF-8"},
		{"Latin-1", full + "// \xfc\n", "found bytes that are no text in UTF-8"},
	} {
		if err := os.WriteFile(path, []byte(test.text), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, _, err := reset(dir, "Dot"); err == nil || !strings.Contains(err.Error(), test.says) || read(file) != test.text {
			t.Errorf("%s: got %v, want %q, and the file as it was", test.name, err, test.says)
		}
		if changed, _, err := reset(dir, ""); err != nil || !changed || read(file) != startText {
			t.Errorf("%s: -reset all: got %v, %v, want the file as at the start", test.name, changed, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, _, err := reset(dir, "Dot"); err == nil || !strings.Contains(err.Error(), "-reset all writes them anew") {
		t.Errorf("no file: got %v, want what to do", err)
	}
	if _, kept, err := reset(dir, ""); err != nil || kept != "" || read(file) != startText {
		t.Errorf("no file: got %q, %v, want it written", kept, err)
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if err := save(path, "new"); err == nil || read(file) != startText {
		t.Errorf("read-only: got %v, want an error and the file as it was", err)
	}
}

func start1(name string) int { from, _ := parse(startText).span(name); return from }
func end1(name string) int   { _, to := parse(startText).span(name); return to }
