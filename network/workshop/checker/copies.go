package checker

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"backprop/network/workshop/exercise"
)

// A matrix that was meant to be a copy.

// An alias is a statement such as c := x, after which both names stand for the same numbers.
type alias struct {
	at    *ast.AssignStmt
	to    types.Object
	of    types.Object
	row   bool // row := x[i]
	value ast.Expr
}

// aliases returns those of matrices that are not empty.
func (r *reading) aliases() (list []alias) {
	ast.Inspect(r.f.Body, func(n ast.Node) bool {
		s, ok := n.(*ast.AssignStmt)
		if !ok || len(s.Lhs) != len(s.Rhs) || s.Tok != token.DEFINE && s.Tok != token.ASSIGN {
			return true
		}
		for i, to := range s.Lhs {
			id, ok := to.(*ast.Ident)
			of, row := sharedBy(s.Rhs[i])
			if !ok || of == nil || id.Name == "_" {
				continue
			}
			r.now = r.before[s]
			if v := r.of(of); v.kind != grid || v.n < 1 {
				continue
			}
			a := alias{s, r.c.source.object(id), r.c.source.object(of), row, s.Rhs[i]}
			if a.to != nil && a.of != nil && a.to != a.of {
				list = append(list, a)
			}
		}
		return true
	})
	return list
}

// sharedBy returns the matrix whose numbers the value shares, or nil, and whether it is only
// a row.
func sharedBy(value ast.Expr) (of *ast.Ident, row bool) {
	switch x := ast.Unparen(value).(type) {
	case *ast.Ident:
		return x, false
	case *ast.SliceExpr:
		if x.Low == nil && x.High == nil {
			return sharedBy(x.X)
		}
	case *ast.IndexExpr:
		of, row = sharedBy(x.X)
		if row {
			return nil, false // a number
		}
		return of, true
	case *ast.CallExpr:
		if f, ok := x.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Matrix" && len(x.Args) == 1 {
			return sharedBy(x.Args[0])
		}
	}
	return nil, false
}

// writtenAfter returns where numbers of the variable are written after pos, before it
// becomes another matrix; or nil.
func (r *reading) writtenAfter(pos token.Pos, variable types.Object) (written ast.Node) {
	other := false
	ast.Inspect(r.f.Body, func(n ast.Node) bool {
		if n == nil || n.End() <= pos || written != nil || other {
			return n != nil && n.End() > pos
		}
		if n.Pos() < pos {
			return true
		}
		writes := func(x ast.Expr) bool {
			id := rootOf(x)
			return id != nil && r.c.source.object(id) == variable
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, to := range n.Lhs {
				_, whole := to.(*ast.Ident)
				switch {
				case writes(to) && whole:
					other = true
				case writes(to):
					written = n
				}
			}
		case *ast.IncDecStmt:
			if _, whole := n.X.(*ast.Ident); !whole && writes(n.X) {
				written = n
			}
		case *ast.CallExpr:
			if to, _ := operation(n); to != nil && writes(to) {
				written = n
			}
		}
		return true
	})
	return written
}

// usedAfter reports whether the variable is used after pos. A return alone uses all results.
func (r *reading) usedAfter(pos token.Pos, variable types.Object) (used bool) {
	is := func(id *ast.Ident) bool { return r.c.source.object(id) == variable }
	ast.Inspect(r.f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			used = used || n.Pos() > pos && is(n)
		case *ast.ReturnStmt:
			used = used || n.Pos() > pos && len(n.Results) == 0 && slices.ContainsFunc(names(r.f.Type.Results), is)
		}
		return true
	})
	return used
}

// noCopy says where one of the function's matrices that was given to it, or made by it, is
// written to under another name; or returns "". The one that was given has that name here;
// without a name, only those that are still used afterwards count.
func (r *reading) noCopy(given string) string {
	for _, a := range r.aliases() {
		if a.row && given == "" {
			continue // to set its numbers that way is common
		}
		written, variable, of := r.writtenAfter(a.at.End(), a.to), a.to, a.of
		if written == nil && given == "" {
			written, variable, of = r.writtenAfter(a.at.End(), a.of), a.of, a.to
		}
		if written == nil || given != "" && a.of.Name() != given || given == "" && !r.usedAfter(written.End(), of) {
			continue
		}
		line := r.c.source.lineOf(a.at)
		code := fmt.Sprintf("%s %s %s", a.to.Name(), a.at.Tok, r.c.source.codeOf(a.value))
		if a.row {
			return unbroken(fmt.Sprintf("In line %d, `%s` makes no copy: what is written into %s is written into %s.", line, code, variable.Name(), of.Name()))
		}
		fresh := ""
		if _, byOperation := written.(*ast.CallExpr); byOperation && variable == a.to && a.at.Tok == token.DEFINE {
			fresh = fmt.Sprintf(", or `var %s matrix.Matrix`", a.to.Name())
		}
		return unbroken(fmt.Sprintf("In line %d, `%s` makes no copy: %s and %s are the same matrix. Write `%s %s %s.Clone()`%s.",
			line, code, a.to.Name(), a.of.Name(), a.to.Name(), a.at.Tok, a.of.Name(), fresh))
	}
	return ""
}

// changedIn says how the input of that name, at the start, was changed under another name,
// or returns "".
func (c *checker) changedIn(e *exercise.Exercise, r *reading, changed string) string {
	at := slices.Index(startParameters(e.Name), changed)
	if at < 0 {
		return ""
	}
	return r.noCopy(c.parameters(e)[at])
}
