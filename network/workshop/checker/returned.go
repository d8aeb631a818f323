package checker

import (
	"fmt"
	"go/ast"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"backprop/network/workshop/exercise"
)

// Results that are exchanged, empty, or not returned.

// exchanged says where the two results of an exercise are put into variables in the wrong
// order, or returned in it; or returns "".
func (r *reading) exchanged(e *exercise.Exercise) (sentence string) {
	ast.Inspect(r.f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if call, ok := n.Rhs[0].(*ast.CallExpr); ok && len(n.Rhs) == 1 {
				if called := calledExercise(call); called != nil && inWrongOrder(called, n.Lhs) {
					sentence = fmt.Sprintf("In line %d, %s returns %s first: you put them into %s.", r.c.source.lineOf(n), called.Name, called.Results[0], r.c.source.codeOf(n.Lhs[0]))
				}
			}
		case *ast.ReturnStmt:
			if inWrongOrder(e, n.Results) {
				sentence = fmt.Sprintf("In line %d, you return %s first: %s come first.", r.c.source.lineOf(n), r.c.source.codeOf(n.Results[0]), e.Results[0])
			}
		}
		return true
	})
	return sentence
}

// Names end like that, for the first and the second result.
var (
	firstNames  = regexp.MustCompile(`(^|[a-z_])(In|Input|Inputs)$|^(in|input|inputs)$|_(in|input|inputs)$|1$`)
	secondNames = regexp.MustCompile(`(^|[a-z_])(Out|Output|Outputs)$|^(out|output|outputs)$|_(out|output|outputs)$|2$`)
)

// inWrongOrder reports whether the names of the variables say that the first result of the
// exercise is in the second one, and the second in the first.
func inWrongOrder(e *exercise.Exercise, variables []ast.Expr) bool {
	if len(variables) != 2 || len(e.Results) != 2 {
		return false
	}
	first, ok1 := variables[0].(*ast.Ident)
	second, ok2 := variables[1].(*ast.Ident)
	return ok1 && ok2 && secondNames.MatchString(first.Name) && firstNames.MatchString(second.Name) &&
		strings.HasSuffix(first.Name, "2") == strings.HasSuffix(e.Results[1], "2")
}

// misfit says where an exercise is given sizes that do not fit together, or a matrix that
// is still empty; or returns "". It may return all the same, with wrong numbers.
func (r *reading) misfit(e *exercise.Exercise, in *exercise.Inputs) (sentence string) {
	ast.Inspect(r.f.Body, func(n ast.Node) bool {
		if _, within := n.(*ast.FuncLit); within {
			return false // which may be called later
		}
		if call, ok := n.(*ast.CallExpr); ok && sentence == "" {
			if wrong := r.wrongArguments(e, call, in); wrong != "" {
				sentence = fmt.Sprintf("In line %d,%s", r.c.source.lineOf(call), wrong)
			}
		}
		return true
	})
	return sentence
}

// missing says what was computed instead of the first result that is nil, or returns "".
func (r *reading) missing(want, got exercise.Answer) string {
	for i, m := range got {
		if len(m) == 0 {
			return r.notReturned(valueOf(want[i]))
		}
	}
	return ""
}

// notReturned says which matrix the function computes where it returns nil instead of the
// wanted one, or returns "".
func (r *reading) notReturned(want value) string {
	returned := map[types.Object]bool{}
	for _, id := range slices.Concat(names(r.f.Type.Params), names(r.f.Type.Results)) {
		returned[r.c.source.object(id)] = true
	}
	ast.Inspect(r.f.Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.ReturnStmt); ok {
			ast.Inspect(s, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					returned[r.c.source.object(id)] = true
				}
				return true
			})
		}
		return true
	})
	var computed []types.Object
	for object, v := range r.made {
		if v == want && !returned[object] {
			computed = append(computed, object)
		}
	}
	slices.SortFunc(computed, func(a, b types.Object) int { return int(a.Pos() - b.Pos()) })
	for _, object := range computed {
		for _, result := range names(r.f.Type.Results) {
			if result.Name == object.Name() {
				return fmt.Sprintf("In line %d, you make another variable %s. Write = to set the result of that name.", r.c.source.set.Position(object.Pos()).Line, object.Name())
			}
		}
	}
	size := want.shape()
	switch len(computed) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("You compute %s, which is %s, but you do not return it.", computed[0].Name(), size)
	}
	var list []string
	for _, object := range computed {
		list = append(list, object.Name())
	}
	return fmt.Sprintf("You compute %s, which are %s, but you do not return them.", listed(list), size)
}
