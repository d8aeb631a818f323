package exercise

import (
	"reflect"

	"backprop/matrix"
)

// Given returns the arguments with which the exercise's function is called, in the last call
// if there are several.
func (e *Exercise) Given(in *Inputs) (arguments []any) {
	f := new(Functions)
	field := reflect.ValueOf(f).Elem().FieldByName(e.Name)
	field.Set(reflect.MakeFunc(field.Type(), func(given []reflect.Value) (results []reflect.Value) {
		arguments = nil
		for _, v := range given {
			arguments = append(arguments, v.Interface())
		}
		for i := range field.Type().NumOut() {
			results = append(results, reflect.Zero(field.Type().Out(i)))
		}
		return results
	}))
	e.Call(f, in)
	return arguments
}

// OurResults returns what our function returns for zeros: matrices of those sizes, rows and
// columns, or lists of so many rows. It returns nil if they do not fit together. (Our function
// may not need them all.)
func (e *Exercise) OurResults(sizes [][2]int) (results []any) {
	defer func() {
		if recover() != nil {
			results = nil
		}
	}()
	ours := reflect.ValueOf(Ours()).Elem().FieldByName(e.Name)
	var given []reflect.Value
	for i, size := range sizes {
		var argument any
		switch reflect.Zero(ours.Type().In(i)).Interface().(type) {
		case matrix.Matrix:
			var m matrix.Matrix // empty without a size
			if size[0] > 0 && size[1] > 0 {
				m = matrix.New(size[0], size[1])
			}
			argument = m
		case []int:
			argument = make([]int, max(size[0], 0))
		case int:
			argument = 0
		default:
			argument = 0.0
		}
		given = append(given, reflect.ValueOf(argument))
	}
	for _, v := range ours.Call(given) {
		results = append(results, v.Interface())
	}
	return results
}
