package checker

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"backprop/network/walkthrough/command"
)

const (
	file   = "exercises.go"
	folder = "network/workshop"
)

var (
	// startText is the file of the exercises as it is at the start, for -reset.
	//
	//go:embed start.txt
	startText string

	// solutionsGo has what -solution shows.
	//
	//go:embed solutions/solutions.go
	solutionsGo string
)

// A source is a Go file with its functions. If it cannot be parsed, it has none.
type source struct {
	text   string
	parsed bool
	set    *token.FileSet
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
	s.parsed = true
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

// exerciseAt returns the number of the exercise that the line is in, or 0.
func (s *source) exerciseAt(line int) int {
	for i, e := range exercises {
		from, to := s.span(e.name)
		if 1+strings.Count(s.text[:from], "\n") <= line && line <= 1+strings.Count(s.text[:to], "\n") {
			return i + 1
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
		if n := number(other); n > 0 && other != name {
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

// clues returns what in the function may be the reason that all its numbers are 0: a
// name for it, and sentences.
func (s *source) clues(name string) (as, why string) {
	f := s.funcs[name]
	if f == nil {
		return allZeros, ""
	}
	as = allZeros
	found := map[string]bool{}
	made := map[string]int{}        // how often a variable of that name is made
	counters := map[ast.Node]bool{} // but not where a loop begins
	clue := func(of, sentence string) {
		if found[sentence] {
			return
		}
		found[sentence] = true
		why += " " + sentence
		if of != "" && as == allZeros {
			as += ", perhaps of " + of
		}
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if n.Op == token.QUO && isWhole(f, n.X) && isWhole(f, n.Y) {
				clue("an integer division", "In Go, a whole number divided by a whole number is a whole number: 1/2 and 1/n are 0. Write 1/float64(n).")
			}
			if times, ok := n.X.(*ast.BinaryExpr); ok && n.Op == token.SUB && times.Op == token.MUL {
				if one, ok := times.Y.(*ast.BasicLit); ok && one.Value == "1" {
					clue("missing parentheses", "out * 1 - out is 0: 1 - out needs parentheses.")
				}
			}
		case *ast.ForStmt:
			counters[n.Init] = true
		case *ast.AssignStmt:
			_, ok := n.Lhs[0].(*ast.IndexExpr)
			if ok && (n.Tok == token.MUL_ASSIGN || n.Tok == token.QUO_ASSIGN) {
				clue("", "A new matrix is full of zeros, and zero times anything is zero: its numbers are set with =.")
			}
			for _, to := range n.Lhs {
				if id, ok := to.(*ast.Ident); ok && n.Tok == token.DEFINE && id.Name != "_" && !counters[n] {
					if made[id.Name]++; made[id.Name] == 2 {
						clue("", fmt.Sprintf("With := in a loop, you make a new %s; = sets the one outside.", id.Name))
					}
				}
			}
		case *ast.CallExpr:
			if op, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Dot", "Transpose", "Sub", "Hadamard", "Scale", "Apply"}, op.Sel.Name) {
				clue("", "An operation writes into the matrix before its dot.")
			}
		}
		return true
	})
	return as, why
}

// isWhole reports whether the value in the function is a whole number: a number
// without a point, a count of rows or columns, what is computed of those, or a
// variable that was made as one of them.
func isWhole(f *ast.FuncDecl, value ast.Expr) (whole bool) {
	switch v := value.(type) {
	case *ast.BasicLit:
		return v.Kind == token.INT
	case *ast.ParenExpr:
		return isWhole(f, v.X)
	case *ast.BinaryExpr:
		return isWhole(f, v.X) && isWhole(f, v.Y)
	case *ast.CallExpr:
		switch fun := v.Fun.(type) {
		case *ast.Ident:
			return fun.Name == "len" || fun.Name == "int"
		case *ast.SelectorExpr:
			return fun.Sel.Name == "Rows" || fun.Sel.Name == "Cols"
		}
	case *ast.Ident:
		ast.Inspect(f.Body, func(n ast.Node) bool {
			made, ok := n.(*ast.AssignStmt)
			if ok && made.Tok == token.DEFINE && len(made.Lhs) == len(made.Rhs) && made.End() < v.Pos() {
				for i, to := range made.Lhs {
					if id, ok := to.(*ast.Ident); ok && id.Name == v.Name {
						whole = isWhole(f, made.Rhs[i])
					}
				}
			}
			return true
		})
	}
	return whole
}

// oldReturn returns the line of a return behind which the function goes on, or 0.
func (s *source) oldReturn(name string) int {
	if f := s.funcs[name]; f != nil {
		for i, statement := range f.Body.List {
			if _, ok := statement.(*ast.ReturnStmt); ok && i < len(f.Body.List)-1 {
				return s.set.Position(statement.Pos()).Line
			}
		}
	}
	return 0
}

// copyChanged returns the line where the function sets the variable of a range, such
// as v in for _, v := range row, without using it behind that, and its name; or 0.
func (s *source) copyChanged(name string) (line int, v string) {
	f := s.funcs[name]
	if f == nil {
		return 0, ""
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		loop, ok := n.(*ast.RangeStmt)
		if !ok {
			return true
		}
		id, ok := loop.Value.(*ast.Ident)
		if !ok {
			return true
		}
		last := token.NoPos // where the variable stands for the last time
		var set ast.Node    // the last statement that sets it
		ast.Inspect(loop.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if n.Name == id.Name {
					last = n.Pos()
				}
			case *ast.AssignStmt:
				if to, ok := n.Lhs[0].(*ast.Ident); ok && to.Name == id.Name && n.Tok != token.DEFINE {
					set = n
				}
			}
			return true
		})
		if set != nil && last <= set.End() {
			line, v = s.set.Position(set.Pos()).Line, id.Name
		}
		return true
	})
	return line, v
}

// solution returns our function of that name.
func solution(name string) string {
	from, to := parse(solutionsGo).span(name)
	return strings.ReplaceAll(solutionsGo[from:to], "\r\n", "\n")
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
		if err == nil && slices.Contains(strings.Fields(firstLine(string(mod))), "backprop") {
			return filepath.Join(at, filepath.FromSlash(folder)), nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("%s: found no go.mod of module backprop here or above, expected to be in the project's folder", here)
		}
	}
}

// reset puts the exercise of that name, or the whole file if it is "", back to its
// start, and reports whether it was not there already. What is replaced is kept in
// a file beside it, whose name it returns. It works with a file that does not
// compile, too.
func reset(dir, name string) (changed bool, kept string, err error) {
	path := filepath.Join(dir, file)
	start := parse(strings.ReplaceAll(startText, "\r\n", "\n"))
	if name == "" {
		text, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, "", err
		}
		return replace(path, name, string(text), 0, len(text), start.text)
	}
	s, err := readSource(dir)
	if err != nil {
		return false, "", err
	}
	from, to := s.span(name)
	begin, end := start.span(name)
	anew := start.text[begin:end]
	switch {
	case s.twice[name]:
		return false, "", fmt.Errorf("%s: found func %s twice, expected it once: take one out", file, name)
	case s.funcs[name] == nil && s.decls[name] != nil:
		return false, "", fmt.Errorf("%s: found %s as a variable or a method, expected a func: take it out, or give it another name", file, name)
	case from == to && !s.parsed:
		return false, "", fmt.Errorf("%s does not compile, and the comment above %s is gone, so it is not clear where that is (-reset all puts everything back, and keeps yours)", file, name)
	case from == to: // it is gone: now it stands behind the others
		anew = "\n" + anew + "\n"
	}
	return replace(path, name, s.text, from, to, anew)
}

// replace writes a part of the text anew, and keeps what was there.
func replace(path, name, text string, from, to int, anew string) (changed bool, kept string, err error) {
	if strings.Contains(text, "\r\n") {
		anew = strings.ReplaceAll(anew, "\n", "\r\n")
	}
	if text[from:to] == anew {
		return false, "", nil
	}
	if from < to {
		if kept, err = keep(filepath.Dir(path), name, text[from:to]); err != nil {
			return false, "", err
		}
	}
	return true, kept, save(path, text[:from]+anew+text[to:])
}

func save(path, text string) error {
	return command.WriteFile(path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// keep writes the text into a new file and returns its name.
func keep(dir, name, text string) (string, error) {
	if name == "" {
		name = "exercises"
	}
	for i := 1; ; i++ {
		kept := filepath.Join(dir, fmt.Sprintf("kept_%s_%d.txt", name, i))
		f, err := os.OpenFile(kept, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.WriteString(text + "\n")
		return kept, errors.Join(err, f.Close())
	}
}
