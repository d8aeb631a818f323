package checker

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"backprop/network/workshop/exercise"
)

const (
	file   = "exercises.go"
	folder = "network/workshop"
)

// startText is the file of the exercises as it is at the start, for -reset.
//
//go:embed start.txt
var startText string

// A source is a Go file with its functions. If it cannot be parsed, it has none.
type source struct {
	text   string
	parsed bool
	set    *token.FileSet
	tree   *ast.File
	info   *types.Info // what each name is, or nil as long as nobody has asked
	funcs  map[string]*ast.FuncDecl
	decls  map[string][]ast.Node // what else calls exercises: methods, variables
	twice  map[string]bool       // the functions that are there more than once
}

func parse(text string) *source {
	s := &source{text: text, set: token.NewFileSet(), funcs: map[string]*ast.FuncDecl{}, decls: map[string][]ast.Node{}, twice: map[string]bool{}}
	tree, err := parser.ParseFile(s.set, file, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return s
	}
	s.parsed, s.tree = true, tree
	for _, d := range tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			switch {
			case d.Body == nil:
			case d.Recv != nil:
				s.decls[name] = append(s.decls[name], d.Body)
			default:
				s.twice[name] = s.funcs[name] != nil
				s.funcs[name] = d
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					for _, id := range v.Names {
						s.decls[id.Name] = append(s.decls[id.Name], d)
					}
				}
			}
		}
	}
	return s
}

// readSource reads the learner's file.
func readSource(dir string) (*source, error) {
	text, err := os.ReadFile(filepath.Join(dir, file))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("found no %s/%s, expected the exercises (go run . workshop -reset all writes them anew): %w", folder, file, fs.ErrNotExist)
	case err != nil:
		return nil, err
	case !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0:
		return nil, fmt.Errorf("%s/%s: found bytes that are no text in UTF-8, expected your editor to save it as UTF-8", folder, file)
	}
	return parse(string(text)), nil
}

// line returns the line of the function.
func (s *source) line(name string) int {
	from, _ := s.span(name)
	at := strings.Index(s.text[from:], "func "+name+"(")
	return 1 + strings.Count(s.text[:from+max(at, 0)], "\n")
}

// lineText returns a line of the source, without the spaces around it.
func (s *source) lineText(line int) string {
	lines := strings.Split(s.text, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[line-1])
}

// lineOf returns the line where the node begins.
func (s *source) lineOf(n ast.Node) int { return s.set.Position(n.Pos()).Line }

// object returns the variable or function that a name stands for, or nil.
func (s *source) object(id *ast.Ident) types.Object {
	if s.info == nil {
		s.info = &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
		config := types.Config{Importer: matrixOnly{}, Error: func(error) {}}
		config.Check(s.tree.Name.Name, s.set, []*ast.File{s.tree}, s.info) // its errors are the compiler's task
	}
	return s.info.ObjectOf(id)
}

// matrixOnly imports the type of package matrix, and nothing else: the names within the
// file do not need more.
type matrixOnly struct{}

func (matrixOnly) Import(path string) (*types.Package, error) {
	if path != "backprop/matrix" {
		return nil, fmt.Errorf("found the import %s, expected backprop/matrix only", path)
	}
	p := types.NewPackage(path, "matrix")
	name := types.NewTypeName(token.NoPos, p, "Matrix", nil)
	types.NewNamed(name, types.NewSlice(types.NewSlice(types.Typ[types.Float64])), nil)
	p.Scope().Insert(name)
	p.MarkComplete()
	return p, nil
}

// codeOf returns the text of the node, in one line.
func (s *source) codeOf(n ast.Node) string {
	code := s.text[s.set.Position(n.Pos()).Offset:s.set.Position(n.End()).Offset]
	return strings.Join(strings.Fields(code), " ")
}

// functionAt returns the function that the line is in, or nil.
func (s *source) functionAt(line int) *ast.FuncDecl {
	for _, f := range s.funcs {
		if s.lineOf(f) <= line && line <= s.set.Position(f.End()).Line {
			return f
		}
	}
	return nil
}

// exerciseAt returns the number of the exercise that the line is in, or 0.
func (s *source) exerciseAt(line int) int {
	for _, e := range exercises {
		from, to := s.span(e.Name)
		if 1+strings.Count(s.text[:from], "\n") <= line && line <= 1+strings.Count(s.text[:to], "\n") {
			return e.Number
		}
	}
	return 0
}

// span returns where the function is in the text, with the comment above it; if it
// is not there, that is the end, twice. In a file that cannot be parsed, an exercise
// goes on up to the comment of another one, or to what else begins in the first column.
func (s *source) span(name string) (from, to int) {
	if f := s.funcs[name]; f != nil {
		begin := f.Pos()
		if f.Doc != nil {
			begin = f.Doc.Pos()
		}
		return s.set.Position(begin).Offset, s.set.Position(f.End()).Offset
	}
	head := regexp.MustCompile(`(?m)^// ` + name + ` is exercise `).FindStringIndex(s.text)
	if s.parsed || head == nil {
		return len(s.text), len(s.text)
	}
	begin := head[1] // behind its own func
	if own := strings.Index(s.text[begin:], "\nfunc "+name+"("); own >= 0 {
		begin += own + 1
	}
	to = len(s.text)
	if next := regexp.MustCompile(`(?m)^// \w+ is exercise |\n(func|var|const|type) `).FindStringIndex(s.text[begin:]); next != nil {
		to = begin + next[0]
		to -= len(regexp.MustCompile(`(?:\n//.*)*\n?$`).FindString(s.text[:to])) // the comment above it
	}
	return head[0], len(strings.TrimRight(s.text[:to], " \t\r\n"))
}

// head returns the function up to its body, or "".
func (s *source) head(name string) string {
	f := s.funcs[name]
	if f == nil {
		return ""
	}
	return s.text[s.set.Position(f.Pos()).Offset:s.set.Position(f.Body.Pos()).Offset]
}

// empty reports whether the function does nothing but return nil or 0.
func (s *source) empty(name string) bool {
	f := s.funcs[name]
	if f == nil || len(f.Body.List) != 1 {
		return f != nil && len(f.Body.List) == 0
	}
	ret, ok := f.Body.List[0].(*ast.ReturnStmt)
	if !ok {
		return false
	}
	for _, v := range ret.Results {
		switch v := v.(type) {
		case *ast.Ident:
			ok = ok && v.Name == "nil"
		case *ast.BasicLit:
			ok = ok && v.Value == "0"
		default:
			ok = false
		}
	}
	return ok
}

// reached calls f with the bodies of the function and of all that it calls, directly
// or through others: functions, methods, variables with functions. It returns the
// names of the functions and variables.
func (s *source) reached(name string, f func(n ast.Node)) map[string]bool {
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		nodes := s.decls[name]
		if f := s.funcs[name]; f != nil {
			nodes = append(nodes[:len(nodes):len(nodes)], f.Body)
		}
		if len(nodes) == 0 || seen[name] {
			return
		}
		seen[name] = true
		for _, node := range nodes {
			f(node)
			ast.Inspect(node, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SelectorExpr: // c.Dot is not Dot, but may be an own method
					ast.Inspect(n.X, func(n ast.Node) bool {
						if id, ok := n.(*ast.Ident); ok {
							visit(id.Name)
						}
						return true
					})
					if s.funcs[n.Sel.Name] == nil {
						visit(n.Sel.Name)
					}
					return false
				case *ast.Ident:
					visit(n.Name)
				}
				return true
			})
		}
	}
	visit(name)
	return seen
}

// uses returns the exercises, numbered from 1, that the function calls, directly or
// through others.
func (s *source) uses(name string) (list []int) {
	for other := range s.reached(name, func(ast.Node) {}) {
		if n := exercise.Number(other); n > 0 && other != name {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

// callsMethod reports whether the function, or one that it calls, calls the operation
// of package matrix that has its own name.
func (s *source) callsMethod(name string) (found bool) {
	if s.decls[name] != nil {
		return false // the learner's own method, who may call that
	}
	s.reached(name, func(node ast.Node) {
		ast.Inspect(node, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			found = found || ok && call.Sel.Name == name
			return true
		})
	})
	return found
}

// findFolder returns the folder of exercises.go, in the project that the current
// folder is in.
func findFolder() (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for at := here; ; at = filepath.Dir(at) {
		mod, err := os.ReadFile(filepath.Join(at, "go.mod"))
		head, _, _ := strings.Cut(string(mod), "\n")
		if err == nil && slices.Contains(strings.Fields(head), "backprop") {
			return filepath.Join(at, filepath.FromSlash(folder)), nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("%s: found no go.mod of module backprop here or above, expected to be in the project's folder", here)
		}
	}
}
