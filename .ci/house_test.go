package ci

import (
	"backprop/data/testkit"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// studyPath is what a learner reads, in the README's order.
var studyPath = []string{
	"main.go", "iris/iris.go", "matrix/matrix.go", "matrix/operations.go",
	"network/network.go", "network/pass.go", "network/sigmoid.go", "network/training.go", "network/gradients.go",
}

// The study path keeps to the rules that make it readable: short lines, files and
// functions, one statement a line, and nothing that asks to be skipped.
func TestStudyPathIsReadable(t *testing.T) {
	total := 0
	for _, name := range studyPath {
		text := testkit.Text(t, name)
		for i, line := range strings.Split(text, "\n") {
			if n := utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    ")); n > 100 {
				t.Errorf("%s:%d: got %d columns, want at most 100", name, i+1, n)
			}
			if strings.Contains(line, "skip") {
				t.Errorf("%s:%d: got %q, want nothing to skip", name, i+1, line)
			}
		}
		files := token.NewFileSet()
		tree, err := parser.ParseFile(files, name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		code := func(from, to token.Pos) int {
			return codeLines(text[files.Position(from).Offset:files.Position(to).Offset])
		}
		if n := code(tree.FileStart, tree.FileEnd); n > 200 {
			t.Errorf("%s: got %d lines of code, want at most 200", name, n)
		} else {
			total += n
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if lines := code(n.Pos(), n.End()); lines > 50 {
					t.Errorf("%s: %s: got %d lines of code, want at most a screenful, 50", name, n.Name.Name, lines)
				}
			case *ast.BlockStmt:
				for i := 1; i < len(n.List); i++ {
					if at := files.Position(n.List[i].Pos()); at.Line == files.Position(n.List[i-1].End()).Line {
						t.Errorf("%v: got two statements in a line, want one", at)
					}
				}
			}
			return true
		})
	}
	about := regexp.MustCompile(`about (\d+) lines of code`).FindStringSubmatch(testkit.Text(t, "README.md"))
	if about == nil {
		t.Fatal("README.md: got no size of the study path")
	}
	if n, err := strconv.Atoi(about[1]); err != nil || total < n*9/10 || total > n*11/10 {
		t.Errorf("README.md: got about %s lines of code, want %d, give or take a tenth", about[1], total)
	}
}

// codeLines counts the lines that are neither blank nor only a comment. No file of the
// study path has /* */ comments.
func codeLines(text string) (lines int) {
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			lines++
		}
	}
	return lines
}

func TestModuleHasNoRequirements(t *testing.T) {
	got := testkit.Text(t, "go.mod")
	if want := "module backprop\n\ngo 1.22.0\n"; got != want {
		t.Errorf("go.mod: got %q, want %q", got, want)
	}
}

// Imports go one way, and only to the standard library and this module.
func TestImports(t *testing.T) {
	allowed := map[string][]string{
		"": {"iris", "network", "network/walkthrough", "network/walkthrough/command", "network/walkthrough/page",
			"network/walkthrough/training", "network/workshop/checker"},

		"data":         {},
		"data/testkit": {},
		"matrix":       {},
		"matrix/numpy": {"matrix"},
		"iris":         {"matrix", "matrix/numpy"},
		"network":      {"matrix", "matrix/numpy"},

		"network/walkthrough/command":      {},
		"network/walkthrough":              {"data", "iris", "matrix", "matrix/numpy", "network", "network/walkthrough/command"},
		"network/walkthrough/notebooktest": {"iris", "network"},
		"network/walkthrough/plot":         {"network"},
		"network/walkthrough/page": {"iris", "matrix", "network", "network/walkthrough", "network/walkthrough/command",
			"network/walkthrough/plot"},
		"network/walkthrough/training": {"iris", "matrix", "matrix/numpy", "network", "network/walkthrough",
			"network/walkthrough/command", "network/walkthrough/plot"},

		"network/workshop":                    {"matrix"},
		"network/workshop/exercise":           {"iris", "matrix", "matrix/numpy", "network", "network/workshop/exercise/solutions"},
		"network/workshop/exercise/solutions": {"matrix"},
		"network/workshop/diagnosis":          {"iris", "matrix", "network/workshop/exercise", "network/workshop/exercise/solutions"},
		"network/workshop/checker": {"data", "iris", "network/walkthrough/command", "network/workshop/diagnosis",
			"network/workshop/exercise", "network/workshop/exercise/solutions"},
		"network/workshop/checker/child": {"data", "iris", "network/workshop", "network/workshop/exercise"},
	}
	for _, line := range goList(t, `{{.ImportPath}}|{{.Doc}}|{{join .Imports " "}}`, "./...") {
		path, rest, _ := strings.Cut(line, "|")
		doc, imports, _ := strings.Cut(rest, "|")
		folder := strings.TrimPrefix(strings.TrimPrefix(path, "backprop"), "/")
		own, known := allowed[folder]
		if !known {
			t.Errorf("%q: got a package that this test does not know, want its imports in the list", folder)
		}
		if doc == "" {
			t.Errorf("%q: got no doc comment, want one that says what the package is for", folder)
		}
		for _, imported := range strings.Fields(imports) {
			path, isOwn := strings.CutPrefix(imported, "backprop/")
			if strings.Contains(imported, ".") || isOwn && !slices.Contains(own, path) {
				t.Errorf("%q: got the import %s, want none of those outside the list", folder, imported)
			}
		}
	}
}

// The process that calls the learners' functions is small, so that each save is built soon.
func TestChildIsSmall(t *testing.T) {
	for _, path := range goList(t, "{{.ImportPath}}", "-deps", "-tags=exercises", "./network/workshop/checker/child") {
		if path == "net/http" || strings.HasPrefix(path, "backprop/network/walkthrough") {
			t.Errorf("got %s in the child, want it without", path)
		}
	}
}

// goList returns what go list prints for each package.
func goList(t *testing.T, format string, args ...string) []string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-f", format}, args...)...)
	cmd.Dir = testkit.Path("")
	r := testkit.Run(t, cmd)
	if r.Code != 0 {
		t.Fatal(r.Err)
	}
	return strings.Split(strings.TrimSpace(r.Out), "\n")
}
