package workshop

import (
	_ "embed"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

const (
	file   = "exercises.go"
	folder = "network/workshop"
)

// exercisesGo is the source that was compiled, which tells what is still empty
// and what calls what; solutionsGo is shown by -solution.
var (
	//go:embed exercises.go
	exercisesGo string
	//go:embed solutions.go
	solutionsGo string
)

// A source is a Go file with its functions.
type source struct {
	text  string
	set   *token.FileSet
	funcs map[string]*ast.FuncDecl
}

func parse(text string) (*source, error) {
	s := &source{text: text, set: token.NewFileSet(), funcs: map[string]*ast.FuncDecl{}}
	tree, err := parser.ParseFile(s.set, file, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Body != nil {
			s.funcs[f.Name.Name] = f
		}
	}
	return s, nil
}

// line returns the line of the function.
func (s *source) line(name string) int {
	if f := s.funcs[name]; f != nil {
		return s.set.Position(f.Pos()).Line
	}
	return 0
}

// lineText returns a line of the source, without the spaces around it.
func (s *source) lineText(line int) string {
	lines := strings.Split(s.text, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[line-1])
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

// uses returns the exercises, numbered from 1, that the function calls, directly
// or through others.
func (s *source) uses(name string) []int {
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		f := s.funcs[name]
		if f == nil || seen[name] {
			return
		}
		seen[name] = true
		ast.Inspect(f.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr: // z.Dot is not Dot
				ast.Inspect(n.X, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						visit(id.Name)
					}
					return true
				})
				return false
			case *ast.Ident:
				visit(n.Name)
			}
			return true
		})
	}
	visit(name)
	var list []int
	for other := range seen {
		if n := number(other); n > 0 && other != name {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

// funcText returns the function with the comment above it.
func (s *source) funcText(name string) string {
	f := s.funcs[name]
	begin := f.Pos()
	if f.Doc != nil {
		begin = f.Doc.Pos()
	}
	return s.text[s.set.Position(begin).Offset:s.set.Position(f.End()).Offset] + "\n"
}

// emptied returns the source with the function's body as it was at the start.
func (s *source) emptied(name string) string {
	f := s.funcs[name]
	var zeros []string
	for _, result := range f.Type.Results.List {
		zero := "nil"
		if id, ok := result.Type.(*ast.Ident); ok && id.Name == "float64" {
			zero = "0"
		}
		for i := 0; i < max(1, len(result.Names)); i++ {
			zeros = append(zeros, zero)
		}
	}
	from, to := s.set.Position(f.Body.Lbrace).Offset, s.set.Position(f.Body.Rbrace).Offset
	return s.text[:from] + "{\n\treturn " + strings.Join(zeros, ", ") + "\n" + s.text[to:]
}

// solution returns the body of our function, written with the learner's names.
func solution(name string) (string, error) {
	s, err := parse(solutionsGo)
	if err != nil {
		return "", err
	}
	f := s.funcs[ours(name)]
	parameters := map[string]bool{}
	for _, field := range f.Type.Params.List {
		for _, id := range field.Names {
			parameters[id.Name] = true
		}
	}
	var places []int // of names of our functions
	ast.Inspect(f, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && s.funcs[id.Name] != nil && !parameters[id.Name] {
			places = append(places, s.set.Position(id.Pos()).Offset)
		}
		return true
	})
	text := []byte(s.text)
	for _, e := range exercises {
		for _, at := range places {
			if strings.HasPrefix(string(text[at:]), ours(e.name)) && !isLetter(text[at+len(e.name)]) {
				copy(text[at:], e.name)
			}
		}
	}
	from, to := s.set.Position(f.Body.Pos()).Offset, s.set.Position(f.Body.End()).Offset
	return string(text[from:to]), nil
}

func isLetter(c byte) bool { return unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) }

// ours returns the name of our function for the exercise of that name.
func ours(name string) string {
	if name == "MSE" {
		return "mse"
	}
	return strings.ToLower(name[:1]) + name[1:]
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

// reset empties the exercise in the file, and returns the name of the file beside
// it that keeps what was there.
func reset(folder, name string) (kept string, err error) {
	path := filepath.Join(folder, file)
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	s, err := parse(string(text))
	if err != nil {
		return "", err
	}
	if s.funcs[name] == nil {
		return "", fmt.Errorf("%s: found no func %s, expected one to empty", path, name)
	}
	emptied := s.emptied(name)
	if emptied == s.text {
		return "", nil
	}
	kept, err = keep(folder, name, s.funcText(name))
	if err != nil {
		return "", err
	}
	return kept, replace(path, emptied)
}

// keep writes the text into a new file and returns its name.
func keep(folder, name, text string) (string, error) {
	for i := 1; ; i++ {
		kept := filepath.Join(folder, fmt.Sprintf("kept_%s_%d.txt", name, i))
		f, err := os.OpenFile(kept, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.WriteString(text)
		return kept, errors.Join(err, f.Close())
	}
}

// replace writes the file beside the old one and then renames it, so that it is
// never there by half.
func replace(path, text string) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s: found something that is no regular file, expected the exercises", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), file+".*.tmp")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
