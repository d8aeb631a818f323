package checker

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/network/workshop/exercise"
)

// What does not compile is shown with the line, and with what that means: each example of
// compiler.txt leads to its entry. The learners' files are compiled all at once.
func TestCompiler(t *testing.T) {
	p := newProject(t)
	entries, err := explanations()
	if err != nil {
		t.Fatal(err)
	}
	folderOf := func(e explanation, i int) string { return fmt.Sprintf("line%d_%d", e.at, i) }
	for _, e := range entries {
		for i, x := range e.examples {
			if name, ok := x.exercise(); ok {
				p.write(fmt.Sprintf("%s/%s/%s", folderOf(e, i), folder, file), with(t, startText, name, strings.TrimSpace(x.code)))
			}
		}
	}
	messages := compileAll(t, p)
	for _, e := range entries {
		if len(e.examples) == 0 {
			t.Errorf("compiler.txt, line %d: got no example, want one at least", e.at)
		}
		for i, x := range e.examples {
			t.Run(fmt.Sprintf("compiler.txt, line %d, example %d", e.at, i+1), func(t *testing.T) {
				name, ok := x.exercise()
				if !ok {
					testFileExample(t, p, e, x)
					return
				}
				says := messages[folderOf(e, i)]
				if says == "" {
					t.Fatalf("it compiles:\n%s", x.code)
				}
				text := with(t, startText, name, strings.TrimSpace(x.code))
				c := testChecker(t, text)
				c.dir, c.compiler = t.TempDir(), says
				testExample(t, c, e, name)
			})
		}
	}
}

// exercise returns the exercise of an example, and whether it is of one.
func (x example) exercise() (name string, ok bool) {
	return x.of, exercise.Number(x.of) > 0
}

// compileAll returns what the compiler says of each folder in the project.
func compileAll(t *testing.T, p *project) map[string]string {
	t.Helper()
	cmd := exec.Command("go", "build", "./...")
	cmd.Dir = p.root
	messages := map[string]string{}
	for _, part := range strings.Split(testkit.Run(t, cmd).Err, "# backprop/")[1:] {
		name, text, _ := strings.Cut(part, "/")
		_, text, _ = strings.Cut(text, "\n")
		messages[name] = strings.NewReplacer(name+"/", "", name+`\`, "").Replace(text)
	}
	return messages
}

// testExample checks the screen and the hint of an exercise that does not compile.
func testExample(t *testing.T, c *checker, e explanation, name string) {
	t.Helper()
	var b strings.Builder
	if err := c.showCompiler(&b); err != nil {
		t.Fatal(err)
	}
	testSays(t, b.String(), "exercises.go does not compile yet", plain(e.sentence))
	b.Reset()
	if err := c.showHint(&b); err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(e.says, "redeclared") {
		return // either of the two may be the one
	}
	testSays(t, b.String(), name+": hint ")
}

// testFileExample checks an example of what is outside of the functions. Go may say that
// before it compiles anything.
func testFileExample(t *testing.T, p *project, e explanation, x example) {
	t.Helper()
	instead, ok := strings.CutPrefix(x.of, "instead of ")
	if !ok {
		t.Fatalf("got an example of %q, want one of an exercise or instead of a line of the file", x.of)
	}
	text := x.code
	if instead != "everything" {
		from := strings.Index(startText, instead)
		from = strings.LastIndexByte(startText[:max(from, 0)], '\n') + 1
		to := from + strings.IndexByte(startText[from:], '\n') + 1
		if strings.TrimSpace(startText[from:to]) != instead {
			t.Fatalf("got an example instead of %q, want a line of the file", instead)
		}
		text = startText[:from] + strings.TrimRight(x.code, "\n") + startText[to-1:]
	}
	p = &project{t: t, root: p.root}
	p.save(text)
	p.mustSay(nil, "exercises.go does not compile yet", plain(e.sentence))
}

// plain returns a sentence as the screen has it.
func plain(sentence string) string { return strings.ReplaceAll(sentence, "`", "") }

func TestParseExplanations(t *testing.T) {
	got, err := parseExplanations("# a comment\n\nWrite this.\n  says: undefined\n  line: ^x\n  example: Dot\n  {\n  \treturn x\n\n  }\n\nAnd that.\n  says: syntax\n  example: MSE\n  {\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []explanation{
		{"Write this.", "undefined", "^x", []example{{"Dot", "{\n\treturn x\n\n}\n\n"}}, 3},
		{"And that.", "syntax", "", []example{{"MSE", "{\n\n"}}, 12},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, test := range []struct{ text, want string }{
		{"  says: x\n", "line 1: found \"  says: x\", expected the sentence of an entry before it"},
		{"Write this.\n  say: x\n", "line 2: found \"say: x\", expected says:, line: or example:"},
		{"Write this.\n  says: (\n", "line 2: found \"(\", expected a regular expression"},
	} {
		if _, err := parseExplanations(test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: got %v, want %s", test.text, err, test.want)
		}
	}
}
